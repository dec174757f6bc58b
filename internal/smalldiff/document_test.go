package smalldiff

// The documents that are edited: their trees, what is generated from them, and the names that are declared there.

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
	"github.com/msdkgen/msdkgen/spec"
)

// document is one of this repository's specs.
type document struct {
	name   string
	root   *load.Node // never edited: edits work on copies
	api    *ir.API
	owners map[string][]string // by pointer: the Go types that are made of an operation or a component
	whole  output              // generated from it
	bare   output              // generated from it without its examples, for edits after which they would not hold
}

// output is what was generated: the content of each file by its name.
type output map[string]string

// read loads a spec and generates from it.
func read(t *testing.T, name string) *document {
	t.Helper()
	docs, file, ok := spec.Named(name)
	require.True(t, ok)
	doc, api, list := generator.Model(docs, generator.Package{Spec: file}, true)
	require.Empty(t, list)
	d := &document{name: name, root: doc.Root, api: api, owners: map[string][]string{}}
	d.findOwners()
	// A copy, as each edit makes one: what it is written as is what is compared.
	d.whole = d.mustGenerate(t, clone(d.root))
	bare := clone(d.root)
	stripExamples(bare)
	d.bare = d.mustGenerate(t, bare)
	return d
}

// documents are the specs, read once for all tests; the small one first.
func documents(t *testing.T) []*document {
	t.Helper()
	once.Do(func() { allDocuments = []*document{read(t, "timgroup"), read(t, "msdk")} })
	require.Len(t, allDocuments, 2)
	return allDocuments
}

var (
	once         sync.Once
	allDocuments []*document
)

// findOwners notes the types of operations and components.
func (d *document) findOwners() {
	places := map[diag.Pos]string{}
	walk(d.root, func(n *load.Node) { places[n.Place()] = n.Pointer })
	for _, op := range d.api.Operations {
		pointer := places[op.Pos]
		for _, call := range op.Calls {
			d.owners[pointer] = append(d.owners[pointer], call.Request.Name.Go)
			for _, r := range call.Responses {
				if r.Type.Name != nil {
					d.owners[pointer] = append(d.owners[pointer], r.Type.Name.Go)
				}
			}
		}
	}
	for _, typ := range d.api.Types {
		if typ.Component {
			pointer := load.Pointer("components", "schemas", typ.Name.Spec)
			d.owners[pointer] = append(d.owners[pointer], typ.Name.Go)
		}
	}
}

// ownersOf returns the types that are made of the operation or component around a place.
func (d *document) ownersOf(pointer string) []string {
	var all []string
	for _, around := range slices.Sorted(maps.Keys(d.owners)) {
		if pointer == around || strings.HasPrefix(pointer, around+"/") {
			all = append(all, d.owners[around]...)
		}
	}
	for i := 0; i < len(all); i++ { // what holds such a type passes its checks on
		for _, t := range d.api.Types {
			if !slices.Contains(all, t.Name.Go) && slices.ContainsFunc(t.Fields, func(f *ir.Field) bool { return holds(f.Type, all[i]) }) {
				all = append(all, t.Name.Go)
			}
		}
		for _, op := range d.api.Operations {
			for _, c := range op.Calls {
				if name := c.Request.Name.Go; !slices.Contains(all, name) && slices.ContainsFunc(c.Request.Fields, func(f *ir.Field) bool { return holds(f.Type, all[i]) }) {
					all = append(all, name)
				}
			}
		}
	}
	return all
}

// holds reports whether a value of type t holds one of the named type, without a named one between them.
func holds(t *ir.Type, name string) bool {
	for ; t != nil; t = t.Elem {
		if t.Name != nil && t.Name.Go == name {
			return true
		}
	}
	return false
}

// lines is the size of an output.
func (o output) lines() int {
	n := 0
	for _, text := range o {
		n += strings.Count(text, "\n")
	}
	return n
}

// generate generates from an edited tree, which goes to the generator as JSON. Complaints give nothing.
func (d *document) generate(root *load.Node) (output, diag.List) {
	name := d.name + ".yaml"
	files, list := generator.Generate(fstest.MapFS{name: {Data: root.JSON()}},
		generator.Config{Strict: true, Packages: []generator.Package{{Spec: name, Package: d.name, Output: "out"}}})
	out := output{}
	for _, file := range files {
		out[path.Base(file.Path)] = string(file.Content)
	}
	return out, list
}

func (d *document) mustGenerate(t *testing.T, root *load.Node) output {
	t.Helper()
	out, list := d.generate(root)
	require.Empty(t, list)
	return out
}

func clone(n *load.Node) *load.Node {
	copied := *n
	copied.Children = make([]*load.Node, len(n.Children))
	for i, child := range n.Children {
		copied.Children[i] = clone(child)
	}
	return &copied
}

// at finds the node with a pointer in a copy of the tree.
func at(n *load.Node, pointer string) *load.Node {
	if n.Pointer == pointer {
		return n
	}
	for _, child := range n.Children {
		if child.Pointer != "" && (pointer == child.Pointer || strings.HasPrefix(pointer, child.Pointer+"/")) {
			return at(child, pointer)
		}
	}
	return nil
}

// stripExamples takes out the examples of messages.
func stripExamples(n *load.Node) {
	for _, child := range n.Children {
		stripExamples(child)
	}
	if n.Member("schema") != nil {
		for _, key := range []string{"example", "examples", "x-msdk-examples-as-printed"} {
			remove(n, key)
		}
	}
	if n.Has("type") || n.Has("allOf") {
		remove(n, "example")
	}
}

func remove(n *load.Node, key string) {
	for i, child := range n.Children {
		if child.Key == key && n.Kind == load.Mapping {
			n.Children = append(n.Children[:i:i], n.Children[i+1:]...)
			return
		}
	}
}

// fragment parses a piece of a document.
func fragment(t *testing.T, key, text string) *load.Node {
	t.Helper()
	around := `{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}, "x-piece": ` + text + `}`
	doc := load.Spec(fstest.MapFS{"a.json": {Data: []byte(around)}}, "a.json", new(diag.List))
	require.NotNil(t, doc)
	n := doc.Root.Member("x-piece")
	require.NotNil(t, n, text)
	n = clone(n)
	n.Key = key
	return n
}

// names returns what a file declares for the whole package: types with their fields and methods, functions, constants, variables. Functions
// and methods end with "()".
func names(t *testing.T, file, text string) map[string]bool {
	t.Helper()
	syntax, err := parser.ParseFile(token.NewFileSet(), file, text, parser.SkipObjectResolution)
	require.NoError(t, err)
	found := map[string]bool{}
	for _, declaration := range syntax.Decls {
		switch d := declaration.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			if d.Recv != nil {
				name = receiver(d.Recv.List[0].Type) + "." + name
			}
			found[name+"()"] = true
		case *ast.GenDecl:
			for _, s := range d.Specs {
				declared(s, found)
			}
		}
	}
	return found
}

func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return "?"
}

func declared(s ast.Spec, found map[string]bool) {
	switch s := s.(type) {
	case *ast.ValueSpec:
		for _, name := range s.Names {
			if name.Name != "_" {
				found[name.Name] = true
			}
		}
	case *ast.TypeSpec:
		found[s.Name.Name] = true
		var members *ast.FieldList
		switch shape := s.Type.(type) {
		case *ast.StructType:
			members = shape.Fields
		case *ast.InterfaceType:
			members = shape.Methods
		}
		if members == nil {
			return
		}
		for _, member := range members.List {
			for _, name := range member.Names {
				found[s.Name.Name+"."+name.Name] = true
			}
		}
	}
}

// The trees that are edited say the same as the texts that generated/ comes from.
func TestTreesAreTheDocuments(t *testing.T) {
	for _, d := range documents(t) {
		docs, file, _ := spec.Named(d.name)
		files, list := generator.Generate(docs, generator.Config{Strict: true, Packages: []generator.Package{{Spec: file, Package: d.name, Output: "out"}}})
		require.Empty(t, list)
		require.Len(t, d.whole, len(files))
		for _, file := range files {
			require.Equal(t, string(file.Content), d.whole[path.Base(file.Path)], file.Path)
		}
	}
}
