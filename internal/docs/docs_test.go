// Package docs holds the pages under docs to their promises. It is all tests. This file is about docs/extensions.md: every key of the extension
// language stands there with an example; the table of keys is read as text, so that the loader need not offer it to anyone.
package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"
)

const root = "../.."

// block is a block of YAML of a document.
type block struct {
	line    int    // on which it begins
	heading string // that it stands below
	text    string
}

var fence = regexp.MustCompile("(?ms)^```yaml\n(.*?)^```$")

func blocks(t *testing.T, name string) []block {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	require.NoError(t, err)
	text := strings.ReplaceAll(string(raw), "\r\n", "\n")
	var all []block
	for _, at := range fence.FindAllStringSubmatchIndex(text, -1) {
		_, heading, _ := lastCut(text[:at[0]], "\n## ")
		heading, _, _ = strings.Cut(heading, "\n")
		all = append(all, block{strings.Count(text[:at[2]], "\n") + 1, heading, text[at[2]:at[3]]})
	}
	require.NotEmpty(t, all)
	return all
}

// lastCut is strings.Cut at the last separator.
func lastCut(s, separator string) (before, after string, found bool) {
	if i := strings.LastIndex(s, separator); i >= 0 {
		return s[:i], s[i+len(separator):], true
	}
	return s, "", false
}

// grammarKeys are the extensions that the loader's grammar lists at any of its shapes.
func grammarKeys(t *testing.T) []string {
	t.Helper()
	var keys []string
	for _, name := range []string{"grammar.go", "grammarschema.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, "generator", "load", name), nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(file, func(node ast.Node) bool {
			pair, ok := node.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			field, named := pair.Key.(*ast.Ident)
			list, listed := pair.Value.(*ast.CompositeLit)
			if !named || field.Name != "extensions" || !listed {
				return true
			}
			for _, item := range list.Elts {
				key, err := strconv.Unquote(item.(*ast.BasicLit).Value)
				require.NoError(t, err)
				keys = append(keys, key)
			}
			return false
		})
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// keysOf collects the keys of all mappings below a node.
func keysOf(node *yaml.Node, into map[string]bool) {
	for i, child := range node.Content {
		if node.Kind == yaml.MappingNode && i%2 == 0 {
			into[child.Value] = true
		}
		keysOf(child, into)
	}
}

func TestEveryKeyHasAnExample(t *testing.T) {
	keys := grammarKeys(t)
	require.GreaterOrEqual(t, len(keys), 30, "the table of keys is somewhere else now: %q", keys)
	shown := map[string]bool{}
	for _, b := range blocks(t, "docs/extensions.md") {
		var node yaml.Node
		require.NoError(t, yaml.Unmarshal([]byte(b.text), &node), "docs/extensions.md:%d", b.line)
		keysOf(&node, shown)
	}
	for _, key := range keys {
		if !shown[key] {
			t.Errorf("docs/extensions.md has no example with %s", key)
		}
	}
	for key := range shown {
		if strings.HasPrefix(key, "x-") && !slices.Contains(keys, key) {
			t.Errorf("docs/extensions.md has an example with %s, which the loader does not know", key)
		}
	}
}

// The tables list the same keys: each once or several times, none that does not exist.
func TestEveryKeyIsInATable(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(root, "docs", "extensions.md"))
	require.NoError(t, err)
	var listed []string
	for _, m := range regexp.MustCompile("(?m)^\\| `(x-[a-z-]+)` \\|").FindAllStringSubmatch(string(raw), -1) {
		listed = append(listed, m[1])
	}
	slices.Sort(listed)
	require.Equal(t, grammarKeys(t), slices.Compact(listed))
}
