package dump

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

func models(t *testing.T, spec string) []Package {
	t.Helper()
	apis, list := generator.Models(os.DirFS("../.."), generator.Config{Packages: []generator.Package{{Spec: spec}}})
	require.Empty(t, list)
	return []Package{{Spec: spec, API: apis[0]}}
}

// The dump is JSON, and what it says about a few facts is so.
func TestWrite(t *testing.T) {
	text, err := Write(models(t, "spec/msdk.yaml"), diag.Pos.String)
	require.NoError(t, err)
	var dumped struct {
		Version  int
		Packages []struct {
			API struct {
				Operations []struct {
					Pos   string
					Name  struct{ Spec, Go string }
					Tag   string
					Path  string
					Calls []struct {
						Variant, Request string
					}
					Scheme  string
					Timeout int
				}
				Types []struct {
					Name struct{ Go string }
					Kind string
				}
				Schemes []struct {
					Name    struct{ Go string }
					Program struct {
						Steps []struct {
							Op   string
							Args []struct{ Kind, Text string }
						}
					}
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal(text, &dumped))
	require.Equal(t, Version, dumped.Version)
	api := dumped.Packages[0].API
	types := map[string]string{}
	for _, typ := range api.Types {
		types[typ.Name.Go] = typ.Kind
	}
	first := api.Operations[0]
	require.Equal(t, "verify_login", first.Name.Spec)
	require.Equal(t, "VerifyLogin", first.Name.Go)
	require.Equal(t, "Login", first.Tag)
	require.Equal(t, "VerifyLoginRequest", first.Calls[0].Request)
	require.Equal(t, "MSDKV3", first.Scheme)
	require.Regexp(t, `^spec/msdk\.yaml:\d+:\d+$`, first.Pos)
	for _, op := range api.Operations {
		for _, c := range op.Calls {
			require.Equal(t, "struct", types[c.Request], c.Request)
		}
	}
	require.Equal(t, "concat", api.Schemes[0].Program.Steps[0].Op)
	require.Equal(t, "key", api.Schemes[0].Program.Steps[0].Args[0].Kind)

}

// Two readings of one document are one text: nothing in it depends on an address or on the order of a map.
func TestWriteIsStable(t *testing.T) {
	first, err := Write(models(t, "spec/timgroup.yaml"), diag.Pos.String)
	require.NoError(t, err)
	second, err := Write(models(t, "spec/timgroup.yaml"), diag.Pos.String)
	require.NoError(t, err)
	require.True(t, bytes.Equal(first, second))
}

// Every constant of the types that have words here has one, and no more do.
func TestWords(t *testing.T) {
	constants := map[string]int{}
	files, err := filepath.Glob("../../generator/ir/*.go")
	require.NoError(t, err)
	for _, file := range files {
		syntax, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range syntax.Decls {
			group, ok := d.(*ast.GenDecl)
			if !ok || group.Tok != token.CONST {
				continue
			}
			of := ""
			for _, s := range group.Specs {
				value := s.(*ast.ValueSpec)
				if name, ok := value.Type.(*ast.Ident); ok {
					of = name.Name
				}
				constants[of] += len(value.Names)
			}
		}
	}
	for typ, list := range words {
		require.Len(t, list, constants[typ.Name()], typ.Name())
	}
	// The other closed sets of the model speak for themselves.
	for _, typ := range []reflect.Type{reflect.TypeFor[ir.Kind](), reflect.TypeFor[ir.In](), reflect.TypeFor[ir.StepType]()} {
		_, ok := reflect.Zero(typ).Interface().(interface{ String() string })
		require.True(t, ok, typ.Name())
	}
}

func TestLowerCamel(t *testing.T) {
	for name, key := range map[string]string{"Pos": "pos", "URL": "url", "SHA256": "sha256", "OpenAPI": "openAPI", "GoName": "goName", "JSON": "json", "ItemResult": "itemResult", "IsNull": "isNull"} {
		require.Equal(t, key, lowerCamel(name))
	}
}

// A model that contains itself without a name has an end all the same.
func TestWriteOfACycle(t *testing.T) {
	list := &ir.Type{Kind: ir.KindList}
	list.Elem = list
	text, err := Write([]Package{{API: &ir.API{Types: []*ir.Type{list}}}}, diag.Pos.String)
	require.NoError(t, err)
	require.Contains(t, string(text), `"elem": "itself"`)
}
