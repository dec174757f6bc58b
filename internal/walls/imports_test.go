// Package walls holds the module against the rules of its own house. It is all tests: nothing imports it, and it imports no other
// room, so that it can say something about each of them, even about one that does not compile.
//
// This file is about imports. They are read with go/parser in this process: the answer of a test that runs `go list` would come from the test
// cache, which does not know the files that `go list` looked at.
package walls

import (
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/msdkgen/msdkgen"

// The tag of the go:generate line, with which the commands that need generated code are left out: a bad output must never block its own
// repair.
const bootstrapTag = "bootstrap"

const (
	kinOpenAPI = "github.com/getkin/kin-openapi"
	yaml       = "gopkg.in/yaml.v3"
	jennifer   = "github.com/dave/jennifer"
	testify    = "github.com/stretchr/testify"
	oasdiff    = "github.com/oasdiff/oasdiff"
	txtar      = "golang.org/x/tools/txtar"
)

// contenders are what bench measures the generated packages beside, and what the output of one of them imports.
var contenders = []string{
	"github.com/bytedance/sonic", "github.com/go-faster/errors", "github.com/go-faster/jx", "github.com/go-json-experiment/json",
	"github.com/goccy/go-json", "github.com/ogen-go/ogen",
}

// room is a folder with everything below it, up to the next room. Imports run downward only: what is not listed is forbidden.
type room struct {
	folder string   // below the module's root
	rooms  []string // of this module; "x/..." includes everything below x
	others []string // modules of others
	tests  []string // modules of others, in tests only
	why    string
}

// The rooms of the house, from the door inwards.
func rooms() []room {
	anyTest := []string{testify, txtar}
	return []room{
		{folder: ".", why: "the root holds the go:generate line and no code"},
		{folder: "cmd", rooms: []string{"generator", "internal/..."}, tests: anyTest,
			why: "the door is thin: it hands over to a command"},
		{folder: "internal", rooms: []string{"generator/...", "spec", "templates/support", "internal/..."}, tests: anyTest,
			why: "a command uses the generator and the code that packages get, and neither reads YAML nor prints Go by itself"},
		{folder: "internal/e2e", tests: append([]string{yaml}, anyTest...),
			why: "end to end is all tests; they read documents by themselves, because the generator's own reader is on trial too"},
		{folder: "internal/docs", tests: append([]string{yaml}, anyTest...),
			why: "a document is held against the rooms that it describes, from outside"},
		{folder: "bench", rooms: []string{"generator", "bench/...", "templates/support"}, others: contenders,
			why: "measures the other rooms beside the peers that it names, and needs nothing else; it is a module of its own"},
		{folder: "bench/fuzz", rooms: []string{"internal/codectest", "spec"}, others: []string{"github.com/go-json-experiment/json"},
			why: "the comparison is made in internal/codectest; here it is asked about with a library that is no dependency of msdkgen"},
		{folder: "bench/oasdiff", others: []string{oasdiff, kinOpenAPI},
			why: "a second opinion knows nothing of what it is asked about; it is a module of its own"},
		{folder: "generator", rooms: []string{"generator/load", "generator/lower", "generator/naming", "generator/narrow", "generator/emit", "generator/ir", "generator/diag", "templates"}, tests: anyTest,
			why: "the pipeline calls the stages and does not do their work; specs come in through an fs.FS"},
		{folder: "generator/emit", rooms: []string{"generator/ir", "templates"}, others: []string{jennifer}, tests: anyTest,
			why: "the emitter prints the model; whatever it would ask of YAML or OpenAPI belongs into the model"},
		{folder: "generator/naming", rooms: []string{"generator/ir", "generator/diag"}, tests: anyTest,
			why: "names depend on the model alone"},
		{folder: "generator/narrow", rooms: []string{"generator/ir", "generator/diag", "generator/load"}, tests: anyTest,
			why: "what is left out follows from the model and the configuration alone"},
		{folder: "generator/lower", rooms: []string{"generator/ir", "generator/diag", "generator/load"}, others: []string{kinOpenAPI}, tests: anyTest,
			why: "kin-openapi stops here: later stages see the model only"},
		{folder: "generator/load", rooms: []string{"generator/diag"}, others: []string{kinOpenAPI, yaml}, tests: anyTest,
			why: "the only reader of YAML knows nothing of the stages behind it"},
		{folder: "generator/ir", rooms: []string{"generator/diag"}, tests: anyTest,
			why: "the model knows neither YAML nor printing"},
		{folder: "generator/diag", tests: anyTest,
			why: "everything stands on the positions, they stand on nothing"},
		{folder: "templates", tests: anyTest,
			why: "templates are text"},
		{folder: "templates/support",
			why: "support code is copied into other people's modules: standard library only, its tests included"},
		{folder: "templates/standin", rooms: []string{"templates/support"}, tests: anyTest,
			why: "the stand-in is copied into other people's modules, too: it sees the package it belongs to as any importer does"},
		{folder: "spec", tests: append([]string{kinOpenAPI}, anyTest...),
			why: "specs are text; their tests read them as another tool does"},
		{folder: "golden", tests: anyTest,
			why: "golden holds cases and their tests, nothing that others import"},
		{folder: "generated",
			why: "generated code imports the standard library only"},
	}
}

// file is what the rules are about: one Go file.
type file struct {
	path   string // below the module's root
	text   []byte
	tokens *token.FileSet
	syntax *ast.File
}

func (f *file) isTest() bool { return strings.HasSuffix(f.path, "_test.go") }

// leftOutWith reports whether the file is no part of a build with tag.
func (f *file) leftOutWith(tag string) bool {
	for _, group := range f.syntax.Comments {
		for _, comment := range group.List {
			if comment.Pos() > f.syntax.Package || !constraint.IsGoBuild(comment.Text) {
				continue
			}
			expression, err := constraint.Parse(comment.Text)
			return err == nil && excludes(expression, tag)
		}
	}
	return false
}

func excludes(expression constraint.Expr, tag string) bool {
	switch e := expression.(type) {
	case *constraint.NotExpr:
		only, ok := e.X.(*constraint.TagExpr)
		return ok && only.Tag == tag
	case *constraint.AndExpr:
		return excludes(e.X, tag) || excludes(e.Y, tag)
	case *constraint.OrExpr:
		return excludes(e.X, tag) && excludes(e.Y, tag)
	}
	return false
}

// parseModule parses every Go file of the module. Folders that the go command skips are skipped.
func parseModule(root fs.FS) ([]*file, error) {
	var files []*file
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := entry.Name()
		if entry.IsDir() && name != "." && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata") {
			return fs.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(base, ".go") || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		tokens := token.NewFileSet()
		syntax, err := parser.ParseFile(tokens, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files = append(files, &file{name, text, tokens, syntax})
		return nil
	})
	return files, err
}

// roomOf returns the innermost room around a folder.
func roomOf(folder string) (room, bool) {
	var found room
	ok := false
	for _, r := range rooms() {
		inside := r.folder == folder || r.folder != "." && strings.HasPrefix(folder, r.folder+"/")
		if inside && (!ok || len(r.folder) > len(found.folder)) {
			found, ok = r, true
		}
	}
	return found, ok
}

// checkImports returns a line for every import that a wall forbids.
func checkImports(f *file) []string {
	var faults []string
	folder := path.Dir(f.path)
	r, ok := roomOf(folder)
	if !ok {
		return []string{fmt.Sprintf("%s: no room of the house has this folder; the table of rooms has to name it", f.path)}
	}
	for _, spec := range f.syntax.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			faults = append(faults, fmt.Sprintf("%s: %v", f.path, err))
			continue
		}
		if why := forbidden(f, r, folder, imported); why != "" {
			faults = append(faults, fmt.Sprintf("%s: imports %s: %s", f.tokens.Position(spec.Pos()), imported, why))
		}
	}
	return faults
}

// forbidden returns why f may not import a path, empty if it may.
func forbidden(f *file, r room, folder, imported string) string {
	first, _, _ := strings.Cut(imported, "/")
	inside, ours := strings.CutPrefix(imported, module+"/")
	switch {
	case imported == "C":
		return "no cgo: the tool and its output build anywhere"
	case !strings.Contains(first, "."):
		return "" // the standard library
	case ours && folder == inside+"/"+path.Base(inside)+"test" && r.folder == "generated":
		return "" // the stand-in of a package belongs to it
	case ours && (inside == "generated" || strings.HasPrefix(inside, "generated/")):
		if r.folder != "generated" && (f.isTest() || r.folder == "bench" || r.folder == "internal" && f.leftOutWith(bootstrapTag)) {
			return ""
		}
		return "generated/ is imported by tests, by bench and by commands that the build tag " + bootstrapTag + " leaves out: a bad output must never block its own repair"
	case ours && (inside == folder || allowed(r.rooms, inside)):
		return ""
	case ours && f.isTest() && !slices.Contains([]string{"templates/support", "generated"}, r.folder):
		return "" // tests look at a room from wherever they like
	case !ours && (within(r.others, imported) || f.isTest() && within(r.tests, imported)):
		return ""
	}
	return r.why
}

func allowed(rooms []string, folder string) bool {
	return slices.ContainsFunc(rooms, func(pattern string) bool {
		above, below := strings.CutSuffix(pattern, "/...")
		return folder == above || below && strings.HasPrefix(folder, above+"/")
	})
}

func within(modules []string, imported string) bool {
	return slices.ContainsFunc(modules, func(m string) bool { return imported == m || strings.HasPrefix(imported, m+"/") })
}

func moduleFiles(t *testing.T) []*file {
	t.Helper()
	files, err := parseModule(os.DirFS("../.."))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

func TestImports(t *testing.T) {
	for _, f := range moduleFiles(t) {
		for _, fault := range checkImports(f) {
			t.Error(fault)
		}
	}
}

// The line that repairs bad output builds without it.
func TestGenerateLine(t *testing.T) {
	text, err := os.ReadFile("../../doc.go")
	require.NoError(t, err)
	require.Contains(t, string(text), "\n//go:generate go run -tags "+bootstrapTag+" ./cmd/msdkgen generate\n")
}

// A rule that nothing breaks proves nothing: here is a violation of each, beside its neighbour that is fine.
func TestCheckImports(t *testing.T) {
	const tagged = "//go:build !bootstrap\n\n"
	tests := []struct {
		path, head, imported string
		fault                string
	}{
		{"cmd/msdkgen/main.go", "", module + "/internal/command", ""},
		{"cmd/msdkgen/main.go", "", module + "/generator/load", "the door is thin"},
		{"cmd/msdkgen/main.go", "", testify + "/require", "the door is thin"},
		{"internal/command/a.go", "", module + "/spec", ""},
		{"internal/command/a.go", "", module + "/templates/support", ""},
		{"generator/emit/a.go", "", module + "/templates/support", "the emitter prints the model"},
		{"internal/command/a.go", "", yaml, "neither reads YAML nor prints Go"},
		{"generator/generator.go", "", module + "/generator/emit", ""},
		{"generator/generator.go", "", module + "/spec", "the pipeline calls the stages"},
		{"generator/generator.go", "", kinOpenAPI + "/openapi3", "the pipeline calls the stages"},
		{"generator/generator_test.go", "", module + "/spec", ""},
		{"generator/load/a.go", "", yaml, ""},
		{"generator/load/a.go", "", module + "/generator/ir", "the only reader of YAML"},
		{"generator/lower/a.go", "", kinOpenAPI + "/openapi3", ""},
		{"generator/lower/a.go", "", module + "/generator/naming", "kin-openapi stops here"},
		{"generator/naming/a.go", "", kinOpenAPI + "/openapi3", "names depend on the model"},
		{"generator/naming/a_test.go", "", kinOpenAPI + "/openapi3", "names depend on the model"},
		{"generator/emit/a.go", "", jennifer + "/jen", ""},
		{"generator/emit/a.go", "", module + "/generator/load", "the emitter prints the model"},
		{"generator/ir/a.go", "", jennifer + "/jen", "the model knows neither"},
		{"generator/diag/a.go", "", module + "/generator/ir", "everything stands on the positions"},
		{"templates/support/a.go", "", "net/http", ""},
		{"templates/support/a_test.go", "", testify + "/require", "standard library only"},
		{"templates/support/a_test.go", "", module + "/generator/ir", "standard library only"},
		{"generated/msdk/a_gen.go", "", "net/http", ""},
		{"generated/msdk/a_gen.go", "", "golang.org/x/text/width", "the standard library only"},
		{"generated/msdk/a_gen.go", "", module + "/generated/timgroup", "generated/ is imported by tests"},
		{"generated/msdk/a_gen_test.go", "", testify + "/require", "the standard library only"},
		{"generated/msdk/msdktest/a_gen.go", "", module + "/generated/msdk", ""},
		{"generated/msdk/msdktest/a_gen.go", "", module + "/generated/timgroup", "generated/ is imported by tests"},
		{"generated/msdk/msdktest/a_gen.go", "", testify + "/require", "the standard library only"},
		{"generated/msdk/a_gen.go", "", module + "/generated/msdk/msdktest", "generated/ is imported by tests"},
		{"templates/standin/a.go", "", module + "/templates/support", ""},
		{"templates/standin/a.go", "", module + "/generator/ir", "the stand-in is copied"},
		{"templates/standin/a_test.go", "", testify + "/require", ""},
		{"internal/e2e/a_test.go", "", module + "/generated/msdk", ""},
		{"internal/e2e/a_test.go", "", yaml, ""},
		{"internal/docs/a_test.go", "", yaml, ""},
		{"bench/a_test.go", "", module + "/generator/emit", ""},
		{"bench/a_test.go", "", testify + "/require", "measures the other rooms"},
		{"bench/contest/a.go", "", module + "/generated/msdk", ""},
		{"bench/contest/a.go", "", module + "/bench/contest/forms", ""},
		{"bench/contest/a.go", "", "github.com/goccy/go-json", ""},
		{"bench/contest/a.go", "", yaml, "measures the other rooms"},
		{"generator/a.go", "", "github.com/goccy/go-json", "the pipeline calls the stages"},
		{"generator/a.go", "", module + "/bench/contest/forms", "the pipeline calls the stages"},
		{"bench/oasdiff/a_test.go", "", oasdiff + "/checker", ""},
		{"internal/specdiff/a.go", "", oasdiff + "/checker", "neither reads YAML nor prints Go"},
		{"internal/command/a_test.go", "", yaml, "neither reads YAML nor prints Go"},
		{"internal/standin/a.go", tagged, module + "/generated/msdk", ""},
		{"internal/standin/a.go", "", module + "/generated/msdk", "generated/ is imported by tests"},
		{"internal/standin/a.go", "//go:build !bootstrap || linux\n\n", module + "/generated/msdk", "generated/ is imported by tests"},
		{"internal/standin/a.go", "//go:build linux && !bootstrap\n\n", module + "/generated/msdk", ""},
		{"internal/standin/a.go", "//go:build bootstrap\n\n", module + "/generated/msdk", "generated/ is imported by tests"},
		{"internal/standin/a.go", "//go:build !linux\n\n", module + "/generated/msdk", "generated/ is imported by tests"},
		{"cmd/msdkgen/main.go", tagged, module + "/generated/msdk", "generated/ is imported by tests"},
		{"doc.go", "", module + "/generator", "the root holds the go:generate line"},
		{"pkg/a.go", "", "fmt", "no room of the house has this folder"},
		{"generator/ir/a.go", "", "C", "no cgo"},
	}
	for _, test := range tests {
		t.Run(test.path+" "+test.imported, func(t *testing.T) {
			f := parseText(t, test.path, test.head+"package a\n\nimport _ "+strconv.Quote(test.imported)+"\n")
			faults := checkImports(f)
			if test.fault == "" {
				require.Empty(t, faults)
				return
			}
			require.Len(t, faults, 1)
			require.Contains(t, faults[0], test.fault)
			require.Contains(t, faults[0], test.path)
		})
	}
}
