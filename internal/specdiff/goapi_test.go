package specdiff

// The verdict for Go callers against the code that is generated: its exported names before and after a mutation.

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/emit"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// exportedNames returns what a caller can name, with its type: "Type.Field" -> "string".
func exportedNames(t testing.TB, d *Document) map[string]string {
	t.Helper()
	files, err := emit.Files(d.API, emit.Options{Package: "api"})
	require.NoError(t, err)
	names := map[string]string{}
	tokens := token.NewFileSet()
	print := func(node any) string {
		var b bytes.Buffer
		require.NoError(t, printer.Fprint(&b, tokens, node))
		return strings.Join(strings.Fields(b.String()), " ")
	}
	for _, file := range files {
		if strings.HasSuffix(file.Name, "_test.go") || strings.HasPrefix(file.Name, "support_") {
			continue
		}
		syntax, err := parser.ParseFile(tokens, file.Name, file.Content, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, declaration := range syntax.Decls {
			switch declaration := declaration.(type) {
			case *ast.FuncDecl:
				name := declaration.Name.Name
				if declaration.Recv != nil {
					name = strings.TrimPrefix(print(declaration.Recv.List[0].Type), "*") + "." + name
				}
				names[name] = print(declaration.Type)
			case *ast.GenDecl:
				for _, spec := range declaration.Specs {
					exportedSpec(names, spec, print)
				}
			}
		}
	}
	for name := range names {
		for part := range strings.SplitSeq(name, ".") {
			if !ast.IsExported(part) {
				delete(names, name)
			}
		}
	}
	return names
}

func exportedSpec(names map[string]string, spec ast.Spec, print func(any) string) {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		for _, name := range spec.Names {
			names[name.Name] = "value"
			if spec.Type != nil {
				names[name.Name] = print(spec.Type)
			}
		}
	case *ast.TypeSpec:
		structure, ok := spec.Type.(*ast.StructType)
		if !ok {
			if _, isInterface := spec.Type.(*ast.InterfaceType); !isInterface { // a new method is for implementers, who embed the stub
				names[spec.Name.Name] = print(spec.Type)
			}
			return
		}
		names[spec.Name.Name] = "struct"
		for _, field := range structure.Fields.List {
			for _, name := range field.Names {
				names[spec.Name.Name+"."+name.Name] = print(field.Type)
			}
		}
	}
}

// lost lists the names that are gone or of another type.
func lost(before, after map[string]string) []string {
	var gone []string
	for name, was := range before {
		if is, ok := after[name]; !ok || is != was {
			gone = append(gone, name+" "+was)
		}
	}
	slices.Sort(gone)
	return gone
}

// Each field has the Go type that is generated for it.
func TestGoTypesAreThoseOfTheEmitter(t *testing.T) {
	for _, name := range specs {
		d := read(t, name+".yaml", text(t, name))
		names := exportedNames(t, d)
		seen := 0
		for _, structure := range d.API.Types {
			if structure.Kind != ir.KindStruct || names[structure.Name.Go] == "" {
				continue
			}
			for _, f := range structure.Fields {
				require.Equal(t, names[structure.Name.Go+"."+f.Name.Go], goField(f), "%s.%s", structure.Name.Go, f.Name.Go)
				seen++
			}
		}
		require.Greater(t, seen, 20)
		for _, op := range d.API.Operations {
			for _, call := range op.Calls {
				if r := answer(call); r != nil && !r.Component {
					require.Equal(t, checks(r, map[*ir.Type]bool{}), names[r.Name.Go+".Validate"] != "", r.Name.Go)
				}
			}
		}
	}
}

// byBehavior are rules that break callers whose code compiles: what they send is refused.
var byBehavior = []string{"field-added-required", "field-added-expected", "parameter-added-required"}

// A change that does not break Go callers takes no exported name away, and one that breaks them takes one.
func TestVerdictsForGoAreThoseOfTheEmitter(t *testing.T) {
	for _, name := range specs {
		old, all := mutations(t, name)
		before := exportedNames(t, old)
		var kept, broken []mutation
		for _, m := range all {
			switch {
			case m.want.verdicts.Go < Breaking || slices.Contains(byBehavior, m.want.rule):
				kept = append(kept, m)
			case name == "timgroup": // which is small: these need a document each
				broken = append(broken, m)
			}
		}
		sets := batches(kept)
		for _, set := range sets[:min(len(sets), 4)] {
			fits := slices.DeleteFunc(slices.Clone(set), func(m mutation) bool { return m.operator == "move a parameter to a header" }) // not generated yet
			require.Empty(t, lost(before, exportedNames(t, mutate(t, old, fits))), "%s: %v", name, fits)
		}
		for _, m := range broken {
			require.NotEmpty(t, lost(before, exportedNames(t, mutate(t, old, []mutation{m}))), "%s: %v", name, m)
		}
	}
}
