package e2e

import (
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// known is one file of golden/wire/known: a head of names and values, and a text. Its README describes the format.
type known struct {
	file string
	head map[string][]string
	text []byte
}

const knownFolder = "../../golden/wire/known"

// readKnown reads the files whose names begin with prefix, or all requests for "".
func readKnown(t *testing.T, signatures bool) []*known {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(knownFolder, "*.txt"))
	require.NoError(t, err)
	sort.Strings(names)
	var all []*known
	for _, name := range names {
		if strings.HasPrefix(filepath.Base(name), "sign-") == signatures {
			all = append(all, parseKnown(t, name))
		}
	}
	require.NotEmpty(t, all)
	return all
}

func parseKnown(t *testing.T, name string) *known {
	t.Helper()
	raw, err := os.ReadFile(name)
	require.NoError(t, err)
	head, text, ok := strings.Cut(strings.ReplaceAll(string(raw), "\r\n", "\n"), "\n\n")
	require.True(t, ok, "%s: no blank line between head and text", name)
	k := &known{file: filepath.Base(name), head: map[string][]string{}, text: []byte(strings.TrimSuffix(text, "\n"))}
	for _, line := range strings.Split(head, "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		require.True(t, ok, "%s: %q is no head line", name, line)
		k.head[key] = append(k.head[key], strings.TrimPrefix(value, " "))
	}
	return k
}

// get returns the only value of a name, "" if there is none.
func (k *known) get(name string) string {
	if len(k.head[name]) == 0 {
		return ""
	}
	return k.head[name][0]
}

// call is the name that the table of calls knows the operation by.
func (k *known) call() string {
	if v := k.get("variant"); v != "" {
		return k.get("operation") + "/" + v
	}
	return k.get("operation")
}

// query returns the printed parameters, decoded, in the page's order.
func (k *known) query(t *testing.T) parameters {
	t.Helper()
	var all parameters
	for _, line := range k.head["query"] {
		name, value, _ := strings.Cut(line, "=")
		decoded, err := url.QueryUnescape(value)
		require.NoError(t, err, k.file)
		all = append(all, pair{name, decoded})
	}
	return all
}

// value returns one printed parameter.
func (k *known) value(t *testing.T, name string) string { return k.query(t).get(name) }

// seconds returns a printed time stamp, or a fixed one where the page prints a placeholder.
func (k *known) seconds(t *testing.T, name string) int64 {
	n, err := strconv.ParseInt(k.value(t, name), 10, 64)
	if err != nil {
		return 1478745715
	}
	return n
}

// excepts reports whether the file says that a part cannot be reproduced.
func (k *known) excepts(part string) bool {
	for _, e := range k.head["exceptions"] {
		if strings.HasPrefix(e, part+":") {
			return true
		}
	}
	return false
}

// bodyExceptions returns the members of the body that the file excepts: paths below the body, in the order of the file.
func (k *known) bodyExceptions() []string {
	var paths []string
	for _, e := range k.head["exceptions"] {
		part, _, _ := strings.Cut(e, ":")
		path, ok := strings.CutPrefix(part, "body.")
		if ok && path != "layout" && path != "order" {
			paths = append(paths, path)
		}
	}
	return paths
}

// Every call has a request that was written by hand: on it stand the exchange with literal bytes, the comparison of the client's bytes, the
// hostile requests and the golden file of the wire.
func TestEveryCallHasAKnownRequest(t *testing.T) {
	have := map[string]bool{}
	for _, k := range readKnown(t, false) {
		have[k.call()] = true
		require.Contains(t, []string{"", "assumed"}, k.get("basis"), k.file)
		assumed := len(k.head["query"]) == 0 && k.get("variant") == "WeChat"
		require.Equal(t, assumed, k.get("basis") == "assumed", "%s: only the WeChat forms of v5 have no example on their page", k.file)
	}
	for _, o := range operations() {
		require.True(t, have[o.name], "%s has no file in golden/wire/known", o.name)
	}
	require.Len(t, have, len(operations()))
}
