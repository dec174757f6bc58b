// Package readme runs what README.md shows: an example that has stopped working is worse than none. It is all tests.
package readme

import (
	"bytes"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/internal/command"

	// The example is run by the go command, of which the test cache knows nothing. This import ties its answer to the generated code.
	_ "github.com/msdkgen/msdkgen/generated/msdk"
)

const root = "../.."

// chinese is the README of most users.
const chinese = "README.zh-CN.md"

// read returns a document of the repository.
func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	require.NoError(t, err)
	return strings.ReplaceAll(string(content), "\r\n", "\n")
}

// block returns the first block of README.md in a language, behind some text.
func block(t *testing.T, behind, language string) string {
	t.Helper()
	_, rest, ok := strings.Cut(read(t, "README.md"), behind)
	require.True(t, ok, "README.md has no %q", behind)
	_, rest, ok = strings.Cut(rest, "\n```"+language+"\n")
	require.True(t, ok)
	text, _, ok := strings.Cut(rest, "\n```\n")
	require.True(t, ok)
	return text + "\n"
}

func TestFirstExample(t *testing.T) {
	program := filepath.Join(t.TempDir(), "main.go")
	require.NoError(t, os.WriteFile(program, []byte(block(t, "## A first example", "go")), 0o644))
	cmd := exec.Command("go", "run", program)
	cmd.Dir = root // inside of the module, so that its packages are found
	var stderr strings.Builder
	cmd.Stderr = &stderr
	stdout, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	require.Equal(t, block(t, "It prints", "text"), string(stdout))
}

// The configuration can be copied: it is read without a complaint, and means something for its document.
func TestConfiguration(t *testing.T) {
	docs := fstest.MapFS{"msdkgen.yaml": {Data: []byte(strings.Replace(block(t, "### msdkgen.yaml", "yaml"), "spec: msdk ", "spec: msdk.yaml ", 1))}}
	document, err := os.ReadFile(filepath.Join(root, "spec", "msdk.yaml"))
	require.NoError(t, err)
	docs["msdk.yaml"] = &fstest.MapFile{Data: document}
	cfg, list := generator.ReadConfig(docs, "msdkgen.yaml")
	require.Empty(t, list)
	_, list = generator.Models(docs, *cfg)
	require.Empty(t, list)
}

// Every direct dependency is in the table with its reason, and the table names no other.
func TestDependencies(t *testing.T) {
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	var direct []string
	for _, m := range regexp.MustCompile(`(?m)^\s*(?:require )?(\S+\.\S+/\S+|\S+\.\S+) v\S+$`).FindAllStringSubmatch(string(mod), -1) {
		direct = append(direct, m[1])
	}
	for _, name := range []string{"README.md", chinese} {
		var named []string
		for _, m := range regexp.MustCompile(`(?m)^\| (\S+\.\S+/\S+)(?: \(\w+\))? \|`).FindAllStringSubmatch(read(t, name), -1) {
			named = append(named, m[1])
		}
		require.ElementsMatch(t, direct, named, name)
	}
}

// Links lead to files that are there.
func TestLinks(t *testing.T) {
	for _, name := range append([]string{"README.md", chinese, "ARCHITECTURE.md"}, pages(t)...) {
		for _, m := range regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`).FindAllStringSubmatch(read(t, name), -1) {
			target := path.Join(path.Dir(name), m[1])
			_, err := os.Stat(filepath.Join(root, filepath.FromSlash(target)))
			require.NoError(t, err, "%s links to %s", name, m[1])
		}
	}
}

// Headings that links name within the documents of this repository are there too.
func TestAnchors(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^):]*)#([^)]+)\)`)
	heading := regexp.MustCompile(`(?m)^#+ (.*)$`)
	for _, name := range append([]string{"README.md", chinese, "ARCHITECTURE.md"}, pages(t)...) {
		for _, m := range link.FindAllStringSubmatch(read(t, name), -1) {
			target := name
			if m[1] != "" {
				target = path.Join(path.Dir(name), m[1])
			}
			var anchors []string
			for _, h := range heading.FindAllStringSubmatch(read(t, target), -1) {
				anchors = append(anchors, anchor(h[1]))
			}
			require.Contains(t, anchors, m[2], "%s links to a heading of %s", name, target)
		}
	}
}

// anchor is the name of a heading in a link: lower case, hyphens for spaces, no other marks.
func anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

// pages are the documents under docs.
func pages(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	require.NoError(t, err)
	require.NotEmpty(t, found)
	var names []string
	for _, name := range found {
		names = append(names, "docs/"+filepath.Base(name))
	}
	return names
}

// A page that neither README leads to would never be read.
func TestEveryPageIsNamed(t *testing.T) {
	for _, name := range pages(t) {
		require.Contains(t, read(t, "README.md"), "]("+name+")")
		require.Contains(t, read(t, chinese), "]("+name+")")
	}
}

// The table of commands holds those of the tool, in both languages.
func TestCommands(t *testing.T) {
	var help bytes.Buffer
	require.Zero(t, command.Run([]string{"help"}, strings.NewReader(""), &help, &help))
	list, _, _ := strings.Cut(help.String(), "\nExamples:")
	row := regexp.MustCompile("(?m)^\\| `([a-z]+)`.* \\|$")
	name := regexp.MustCompile("`([a-z]+)`")
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z]+)  +\S`).FindAllStringSubmatch(list, -1) {
		for _, file := range []string{"README.md", chinese} {
			var named []string
			for _, line := range row.FindAllString(read(t, file), -1) {
				first, _, _ := strings.Cut(strings.TrimPrefix(line, "| "), " | ")
				for _, n := range name.FindAllStringSubmatch(first, -1) {
					named = append(named, n[1])
				}
			}
			require.Contains(t, named, m[1], file)
		}
	}
}
