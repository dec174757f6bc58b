package golden

// Cases: an archive holds a document and either the diagnostics that it has to cause or some of the files that have to come out. A case
// shows one thing; its comment, above the first file, says which.

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/internal/lint"
)

const (
	wanted      = "want/"
	diagnostics = "want/diagnostics"
)

// complaint is a list of diagnostics as an error, and as the text that a user sees.
type complaint struct {
	list diag.List
	docs fs.FS
}

func (c complaint) Error() string {
	var text strings.Builder
	diag.Print(&text, c.list, func(file string) []byte {
		content, err := fs.ReadFile(c.docs, file)
		if err != nil {
			return nil
		}
		return content
	})
	return text.String()
}

// goldenCase is one archive.
type goldenCase struct {
	file    string // path of the archive
	name    string // its base name without the extension
	archive *txtar.Archive
	list    diag.List
	got     map[string]string // every file that could be wanted, by the name it has in an archive
	panic   any               // what the generator panicked with: one case must not hide the others
}

// allCases reads and runs every case, once for all tests.
var allCases = sync.OnceValues(func() ([]*goldenCase, error) {
	files, err := filepath.Glob("cases/*.txtar")
	if err != nil {
		return nil, err
	}
	var cases []*goldenCase
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			return nil, err
		}
		c := &goldenCase{file: file, name: strings.TrimSuffix(filepath.Base(file), ".txtar"), archive: archive}
		c.run()
		cases = append(cases, c)
	}
	return cases, nil
})

func readCases(t *testing.T) []*goldenCase {
	t.Helper()
	cases, err := allCases()
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	return cases
}

// beside are the Go files of the archive that its author wrote: functions that a document names.
func (c *goldenCase) beside() map[string]string {
	files := make(map[string]string)
	for _, file := range c.archive.Files {
		if strings.HasSuffix(file.Name, ".go") && !strings.HasPrefix(file.Name, wanted) {
			files[file.Name] = string(file.Data)
		}
	}
	return files
}

// run generates; an archive whose name begins with "lint-" is what the command lint looks at instead. An archive without a configuration of its own has one package from spec.yaml.
func (c *goldenCase) run() {
	defer func() {
		if c.panic = recover(); c.panic != nil {
			c.panic = fmt.Sprintf("%v\n%s", c.panic, debug.Stack())
		}
	}()
	docs := make(fstest.MapFS)
	for _, file := range c.archive.Files {
		if !strings.HasPrefix(file.Name, wanted) {
			docs[file.Name] = &fstest.MapFile{Data: file.Data}
		}
	}
	cfg := &generator.Config{Packages: []generator.Package{{Spec: "spec.yaml", Package: "api", Output: "out"}}}
	if docs["config.yaml"] != nil {
		cfg, c.list = generator.ReadConfig(docs, "config.yaml")
	}
	c.got = make(map[string]string)
	switch {
	case strings.HasPrefix(c.name, "lint-"):
		c.list = lint.Document(docs, cfg.Packages[0], cfg.Strict)
	case cfg != nil:
		files, list := generator.Generate(docs, *cfg)
		for _, file := range files {
			name := path.Base(file.Path)
			if test := path.Base(path.Dir(file.Path)); strings.HasPrefix(name, standinFiles) {
				name = path.Join(test, name)
			}
			c.got[wanted+name] = string(file.Content)
		}
		c.list = append(c.list, list...)
		c.list.Sort()
	}
	if len(c.list) > 0 {
		c.got[diagnostics] = complaint{c.list, docs}.Error()
	}
}

// expected returns the archive as it has to look: the documents as they are, the wanted files as they come out now. Which files
// are wanted is the author's choice; diagnostics always are.
func (c *goldenCase) expected() (string, error) {
	expected := &txtar.Archive{Comment: c.archive.Comment}
	listed := false
	for _, file := range c.archive.Files {
		if !strings.HasPrefix(file.Name, wanted) {
			expected.Files = append(expected.Files, file)
			continue
		}
		text, ok := c.got[file.Name]
		if !ok && file.Name != diagnostics {
			return "", fmt.Errorf("%s does not come out; what does is:\n%s", file.Name, strings.Join(c.names(), "\n"))
		}
		if ok {
			expected.Files = append(expected.Files, txtar.File{Name: file.Name, Data: []byte(text)})
			listed = listed || file.Name == diagnostics
		}
	}
	if text, ok := c.got[diagnostics]; ok && !listed {
		expected.Files = append(expected.Files, txtar.File{Name: diagnostics, Data: []byte(text)})
	}
	if !slices.ContainsFunc(expected.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, wanted) }) {
		return "", errors.New("the case wants nothing: name one of the generated files, such as \"-- want/types_gen.go --\"")
	}
	if strings.TrimSpace(string(c.archive.Comment)) == "" {
		return "", errors.New("the case does not say what it shows, in words above its first file")
	}
	return string(txtar.Format(expected)), nil
}

// names lists what comes out; in place of files, the diagnostics that are to blame.
func (c *goldenCase) names() []string {
	if text, ok := c.got[diagnostics]; ok {
		return []string{text}
	}
	var names []string
	for name := range c.got {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func TestCases(t *testing.T) {
	for _, c := range readCases(t) {
		t.Run(c.name, func(t *testing.T) {
			require.Nil(t, c.panic)
			expected, err := c.expected()
			require.NoError(t, err)
			compare(t, c.file, expected)
		})
	}
}

// Codes that no document can cause, each with the reason.
var unreachable = map[diag.Code]string{
	diag.CodeInternal: "a document that caused it would show a fault of the generator, which would be repaired",
}

// Every code has a case of its own, diag-<code>.txtar or diag-<code>.<what>.txtar, lint- where lint alone reports it, and that case causes nothing else.
func TestEveryCodeHasACase(t *testing.T) {
	shown := make(map[diag.Code]bool)
	for _, c := range readCases(t) {
		kind, name, _ := strings.Cut(c.name, "-")
		if kind != "diag" && kind != "lint" {
			continue
		}
		name, _, _ = strings.Cut(name, ".")
		for _, d := range c.list {
			require.Equal(t, name, string(d.Code), "%s has to cause this code and no other", c.file)
			require.NotEmpty(t, d.Pos.File, "%s: no place: %s", c.file, d.Message)
			shown[d.Code] = true
		}
	}
	var missing []string
	for code := range diag.Codes() {
		if !shown[code] && unreachable[code] == "" {
			missing = append(missing, string(code))
		}
	}
	slices.Sort(missing)
	require.Empty(t, missing, "codes without a case; one that nothing reports has to go from diag/codes.go")
}

// What comes out has to compile. The types are checked in this process, with one reader of the standard library for all cases:
// each package holds the whole support code, and to build them one by one would take a minute.
func TestCasesCompile(t *testing.T) {
	for _, c := range readCases(t) {
		t.Run(c.name, func(t *testing.T) {
			files := maps.Clone(c.got)
			delete(files, diagnostics)
			maps.DeleteFunc(files, func(name, _ string) bool { return strings.HasPrefix(path.Base(name), standinFiles) })
			maps.Copy(files, c.beside())
			for _, fault := range typeCheck(c.name, files, nil) {
				t.Error(fault)
			}
		})
	}
}

// standardLibrary is read from source, once for all tests.
var standardLibrary = sync.OnceValues(func() (*token.FileSet, types.Importer) {
	build.Default.CgoEnabled = false // package net is read without its C parts
	tokens := token.NewFileSet()
	return tokens, importer.ForCompiler(tokens, "source", nil)
})

// typeCheck compiles the files of one package, given by name, its tests included. info, unless nil, learns what they use.
func typeCheck(name string, contents map[string]string, info *types.Info) []error {
	tokens, library := standardLibrary()
	var faults []error
	var files []*ast.File
	for file, text := range contents {
		name := path.Base(file)
		file, err := parser.ParseFile(tokens, path.Join(name, name), text, parser.SkipObjectResolution)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		for _, spec := range file.Imports {
			if first, _, _ := strings.Cut(strings.Trim(spec.Path.Value, `"`), "/"); strings.Contains(first, ".") {
				faults = append(faults, fmt.Errorf("%s imports %s, which is not of the standard library", name, spec.Path.Value))
			}
		}
		files = append(files, file)
	}
	if len(files) == 0 || faults != nil {
		return faults
	}
	checker := types.Config{Importer: library, GoVersion: "go1.24", Error: func(err error) { faults = append(faults, err) }}
	_, _ = checker.Check("example.com/"+name, tokens, files, info)
	return faults
}
