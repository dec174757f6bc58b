// Package readme runs what README.md shows: an example that has stopped working is worse than none. It is all tests.
package readme

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator"

	// The example is run by the go command, of which the test cache knows nothing. This import ties its answer to the generated code.
	_ "github.com/msdkgen/msdkgen/generated/msdk"
)

const root = "../.."

// block returns the first block of README.md in a language, behind some text.
func block(t *testing.T, behind, language string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, "README.md"))
	require.NoError(t, err)
	_, rest, ok := strings.Cut(strings.ReplaceAll(string(content), "\r\n", "\n"), behind)
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
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	require.NoError(t, err)
	var named []string
	for _, m := range regexp.MustCompile(`(?m)^\| (\S+\.\S+/\S+)(?: \(\w+\))? \|`).FindAllStringSubmatch(string(readme), -1) {
		named = append(named, m[1])
	}
	require.ElementsMatch(t, direct, named)
}

// Links lead to files that are there.
func TestLinks(t *testing.T) {
	for _, name := range []string{"README.md", "ARCHITECTURE.md", "docs/extensions.md", "docs/linting.md", "docs/performance.md", "docs/assumptions.md", "docs/signing.md"} {
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		require.NoError(t, err)
		for _, m := range regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`).FindAllStringSubmatch(string(content), -1) {
			target := filepath.Join(root, filepath.Dir(filepath.FromSlash(name)), filepath.FromSlash(m[1]))
			_, err := os.Stat(target)
			require.NoError(t, err, "%s links to %s", name, m[1])
		}
	}
}
