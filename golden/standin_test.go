package golden

// Stand-ins have to compile for every document that packages are made of, and for every signing scheme: they are packages of their own, which
// import the package that they belong to.

import (
	"go/ast"
	"go/parser"
	"go/types"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator"
)

// standinFiles is what the names of a stand-in's files begin with.
const standinFiles = "standin_"

// importing knows one package besides the standard library.
type importing struct {
	types.Importer
	known *types.Package
}

// Import implements types.Importer.
func (i importing) Import(path string) (*types.Package, error) {
	if path == i.known.Path() {
		return i.known, nil
	}
	return i.Importer.Import(path)
}

// checkPackage compiles files without their tests.
func checkPackage(t *testing.T, name string, files []generator.File, library types.Importer) *types.Package {
	t.Helper()
	tokens, _ := standardLibrary()
	var syntax []*ast.File
	for _, file := range files {
		if strings.HasSuffix(file.Path, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(tokens, file.Path, file.Content, parser.SkipObjectResolution)
		require.NoError(t, err)
		syntax = append(syntax, parsed)
	}
	checker := types.Config{Importer: library, GoVersion: "go1.24", Error: func(err error) { t.Error(err) }}
	checked, _ := checker.Check(name, tokens, syntax, nil)
	return checked
}

func TestStandInsCompile(t *testing.T) {
	for _, c := range readCases(t) {
		if !strings.HasPrefix(c.name, "scheme-") && c.name != "config-standin" && c.name != "extension-encrypt" {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			docs := make(fstest.MapFS)
			for _, file := range c.archive.Files {
				docs[file.Name] = &fstest.MapFile{Data: file.Data}
			}
			files, list := generator.Generate(docs, generator.Config{Packages: []generator.Package{
				{Spec: "spec.yaml", Package: "api", Output: "out", Import: "example.com/out"},
			}})
			require.Empty(t, list)
			for name, text := range c.beside() {
				files = append(files, generator.File{Path: "out/" + path.Base(name), Content: []byte(text)})
			}
			checkStandIn(t, files)
		})
	}
}

func checkStandIn(t *testing.T, files []generator.File) {
	t.Helper()
	_, library := standardLibrary()
	var own, standin []generator.File
	for _, file := range files {
		if path.Dir(file.Path) == "out" {
			own = append(own, file)
		} else {
			standin = append(standin, file)
		}
	}
	require.NotEmpty(t, standin)
	known := checkPackage(t, "example.com/out", own, library)
	checkPackage(t, "example.com/out/apitest", standin, importing{library, known})
}

// The templates are what is copied: none is forgotten, and each is imported under the path of its package.
func TestStandInIsCopied(t *testing.T) {
	files, err := repository()
	require.NoError(t, err)
	content := map[string]string{}
	for _, file := range files {
		content[file.Path] = string(file.Content)
	}
	entries, err := os.ReadDir("../templates/standin")
	require.NoError(t, err)
	copied := 0
	for _, e := range entries {
		if e.Name() == "doc.go" || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		copied++
		text := content["generated/timgroup/timgrouptest/standin_"+strings.TrimSuffix(e.Name(), ".go")+"_gen.go"]
		require.Contains(t, text, "\npackage timgrouptest\n", e.Name())
		require.NotContains(t, text, "templates/support")
	}
	require.Greater(t, copied, 10)
}
