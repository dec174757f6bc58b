package golden

// Subsets: what include, exclude and emit leave of the real documents. A subset has to compile, must not rename anything, and has no support
// code that nothing uses.

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

const msdk = "spec/msdk.yaml"

func choices(names ...string) []load.Choice {
	var all []load.Choice
	for _, name := range names {
		all = append(all, load.Choice{Text: name})
	}
	return all
}

func includeOperations(names ...string) generator.Package {
	return generator.Package{Include: &load.Selection{Operations: choices(names...)}}
}

// subset generates a part of a document of this repository.
func subset(t *testing.T, spec string, p generator.Package) []generator.File {
	t.Helper()
	p.Spec, p.Package, p.Output = spec, "part", "part"
	files, list := generator.Generate(os.DirFS(root), generator.Config{Strict: true, Packages: []generator.Package{p}})
	require.Empty(t, list)
	return files
}

func model(t *testing.T, spec string) *ir.API {
	t.Helper()
	apis, list := generator.Models(os.DirFS(root), generator.Config{Strict: true, Packages: []generator.Package{{Spec: spec, Package: "part", Output: "part"}}})
	require.Empty(t, list)
	return apis[0]
}

// declared lists the names of the package scope and of methods, unexported ones too, by the file that declares them.
func declared(t *testing.T, files []generator.File) map[string]string {
	t.Helper()
	names := map[string]string{}
	for _, file := range files {
		syntax, err := parser.ParseFile(token.NewFileSet(), file.Path, file.Content, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range syntax.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				receiver := ""
				if d.Recv != nil {
					receiver = strings.TrimPrefix(types.ExprString(d.Recv.List[0].Type), "*") + "."
				}
				names[receiver+d.Name.Name] = path.Base(file.Path)
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch s := spec.(type) {
					case *ast.TypeSpec:
						names[s.Name.Name] = path.Base(file.Path)
					case *ast.ValueSpec:
						for _, name := range s.Names {
							names[name.Name] = path.Base(file.Path)
						}
					}
				}
			}
		}
	}
	return names
}

// A subset is a subset of the full package: each of its names is there too, in the same file and, if it is exported, with the same type.
func TestSubsetsRenameNothing(t *testing.T) {
	all, err := repository()
	require.NoError(t, err)
	for spec, seeds := range map[string]uint64{msdk: 4, "spec/timgroup.yaml": 1} {
		folder := "generated/" + strings.TrimSuffix(path.Base(spec), ".yaml")
		whole := slices.DeleteFunc(slices.Clone(all), func(f generator.File) bool { return path.Dir(f.Path) != folder })
		symbols, err := exported(whole)
		require.NoError(t, err)
		names := declared(t, whole)
		var operations []string
		for _, op := range model(t, spec).Operations {
			operations = append(operations, op.Name.Spec)
		}
		for seed := range seeds {
			random := rand.New(rand.NewPCG(seed, 0))
			random.Shuffle(len(operations), func(i, j int) { operations[i], operations[j] = operations[j], operations[i] })
			chosen := operations[:1+random.IntN(min(len(operations), 8))]
			t.Run(strings.Join(chosen, " "), func(t *testing.T) {
				part := subset(t, spec, includeOperations(chosen...))
				left, err := exported(part)
				require.NoError(t, err)
				require.Empty(t, missing(left, symbols))
				for name, file := range declared(t, part) {
					require.Equal(t, names[name], file, name)
				}
			})
		}
	}
}

// missing are the elements of part that whole, which is sorted, lacks.
func missing(part, whole []string) []string {
	return slices.DeleteFunc(slices.Clone(part), func(s string) bool {
		_, found := slices.BinarySearch(whole, s)
		return found
	})
}

// What nothing uses is gone, and what is used is there.
func TestSubsetLeavesOut(t *testing.T) {
	names := declared(t, subset(t, msdk, includeOperations("verify_login")))
	for _, name := range []string{"Client.VerifyLogin", "LoginServer", "WithMSDKV3", "ServerTestAndroid", "CodeV3BadSignature"} {
		require.Contains(t, names, name)
	}
	for _, name := range []string{"Client.GetGroupInfoQQ", "RelationServer", "WithMSDKV5", "schemeMSDKV5", "GroupInfo", "CodeV5InvalidAppID"} {
		require.NotContains(t, names, name)
	}
	for name, file := range names {
		require.NotContains(t, []string{"op_group_gen.go", "codec_relation_gen.go", "op_relation_gen.go"}, file, name)
	}

	channel := generator.Package{Include: &load.Selection{Tags: choices("Group"), Channels: choices("QQ")}}
	names = declared(t, subset(t, msdk, channel))
	require.Contains(t, names, "Client.SendGroupMsgQQ")
	require.NotContains(t, names, "Client.SendGroupMsgWeChat")
	require.NotContains(t, names, "SendGroupMsgWeChatRequest")

	without := generator.Package{Exclude: &load.Selection{Tags: choices("Relation", "Profile"), Channels: choices("WeChat")}}
	names = declared(t, subset(t, msdk, without))
	require.Contains(t, names, "Client.SendGroupMsgQQ")
	require.Contains(t, names, "Client.VerifyLogin")
	require.NotContains(t, names, "Client.SendGroupMsgWeChat")
	require.NotContains(t, names, "RelationServer")
}

// parts are combinations that show each part left out, alone and beside others.
var parts = []struct {
	name, spec string
	omit       load.Parts
}{
	{"a client", msdk, load.Parts{Server: true}},
	{"a server", msdk, load.Parts{Client: true}},
	{"both sides without rules", msdk, load.Parts{Validators: true}},
	{"a client and nothing else", "spec/timgroup.yaml", load.Parts{Server: true, Validators: true, Tests: true}},
	{"a server without rules", "spec/timgroup.yaml", load.Parts{Client: true, Validators: true}},
}

// Whatever is left out, the rest compiles, and no support file stays that nothing uses.
func TestPartsCompile(t *testing.T) {
	for _, part := range parts {
		t.Run(part.name, func(t *testing.T) {
			spec, omit := part.spec, part.omit
			p := generator.Package{Omit: omit}
			if spec == msdk {
				p.Include = &load.Selection{Tags: choices("Login"), Operations: choices("wxuserinfo", "send_group_msg")}
			}
			contents := map[string]string{}
			for _, file := range subset(t, spec, p) {
				contents[path.Base(file.Path)] = string(file.Content)
			}
			info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
			for _, fault := range typeCheck("part", contents, info) {
				t.Error(fault)
			}
			require.Equal(t, !omit.Tests, contents["examples_gen_test.go"] != "")
			require.Equal(t, !omit.Tests, contents["support_example_gen_test.go"] != "")
			require.Equal(t, !omit.Server, contents["server_gen.go"] != "")
			require.Equal(t, !omit.Client, contents["client_gen.go"] != "")
			for file, text := range contents {
				require.False(t, omit.Validators && !strings.HasPrefix(file, "support_") && strings.Contains(text, "Validate()"), file)
				require.False(t, omit.Client && !strings.HasPrefix(file, "support_") && strings.Contains(text, "[Client"), "%s links to the client", file)
			}
			if omit.Client || omit.Server {
				require.Empty(t, dead(contents, info))
			}
		})
	}
}

// idle are support files of which a package may use nothing, each with the reason.
var idle = map[string]string{
	"support_opt_gen.go":            "Opt is part of the exported names that every package has",
	"support_encrypt_client_gen.go": "its option is there for callers, its methods are called through an interface",
	"support_encrypt_server_gen.go": "as on the client",
	"support_options_copied_gen.go": "an option is there for callers",
	"support_comma_gen.go":          "the writer of fields knows lists of both kinds",
}

// dead are the support files that neither the generated files nor the exported functions lead to.
func dead(contents map[string]string, info *types.Info) []string {
	tokens, _ := standardLibrary()
	file := func(pos token.Pos) string { return path.Base(tokens.Position(pos).Filename) }
	uses := map[string]map[string]bool{}
	for ident, object := range info.Uses {
		if object.Pkg() == nil || object.Pkg().Name() != "part" {
			continue
		}
		from := file(ident.Pos())
		if uses[from] == nil {
			uses[from] = map[string]bool{}
		}
		uses[from][file(object.Pos())] = true
	}
	reached := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		if reached[name] {
			return
		}
		reached[name] = true
		for next := range uses[name] {
			visit(next)
		}
	}
	for name := range contents {
		if !strings.HasPrefix(name, "support_") {
			visit(name)
		}
	}
	var unused []string
	for name := range contents {
		if !reached[name] && idle[name] == "" {
			unused = append(unused, name)
		}
	}
	slices.Sort(unused)
	return unused
}
