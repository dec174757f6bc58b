package e2e

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"
)

// tree is JSON as plain values, numbers kept as they are written.
func tree(t testing.TB, text []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	require.NoError(t, d.Decode(&v), "%s", text)
	return v
}

// missing returns the path of something in want that got does not hold with the same value; "" if there is nothing.
func missing(path string, want, got any) string {
	switch want := want.(type) {
	case map[string]any:
		object, _ := got.(map[string]any)
		for name, value := range want {
			if p := missing(path+"."+name, value, object[name]); p != "" {
				return p
			}
		}
		return ""
	case []any:
		list, _ := got.([]any)
		if len(list) != len(want) {
			return path
		}
		for i, value := range want {
			if p := missing(fmt.Sprintf("%s[%d]", path, i), value, list[i]); p != "" {
				return p
			}
		}
		return ""
	}
	if want != got {
		return path
	}
	return ""
}

// without removes members, named by their paths, from plain values.
func without(v any, paths []string) any {
	for _, path := range paths {
		object, ok := v.(map[string]any)
		names := strings.Split(path, ".")
		for _, name := range names[:len(names)-1] {
			object, ok = object[name].(map[string]any)
		}
		if ok {
			delete(object, names[len(names)-1])
		}
	}
	return v
}

// order lists the members of JSON by their paths, in the order in which they stand there.
func order(t testing.TB, text []byte) []string {
	t.Helper()
	var paths []string
	d := json.NewDecoder(bytes.NewReader(text))
	var value func(path string)
	value = func(path string) {
		token, err := d.Token()
		require.NoError(t, err)
		open, _ := token.(json.Delim)
		for i := 0; (open == '{' || open == '[') && d.More(); i++ {
			if open == '[' {
				value(fmt.Sprintf("%s[%d]", path, i))
				continue
			}
			name, err := d.Token()
			require.NoError(t, err)
			inner := strings.TrimPrefix(path+"."+name.(string), ".")
			paths = append(paths, inner)
			value(inner)
		}
		if open == '{' || open == '[' {
			_, err = d.Token()
			require.NoError(t, err)
		}
	}
	value("")
	_, err := d.Token()
	require.ErrorIs(t, err, io.EOF)
	return paths
}

// orderWithout is order but for some members and what stands in them.
func orderWithout(t testing.TB, text []byte, paths []string) []string {
	t.Helper()
	return slices.DeleteFunc(order(t, text), func(path string) bool {
		return slices.ContainsFunc(paths, func(p string) bool {
			rest, ok := strings.CutPrefix(path, p)
			return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
		})
	})
}

func deflate(t testing.TB, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, err := w.Write(text)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

// specs are both documents as plain values: the tests read them with the YAML library alone, not with the loader that they test.
var specs = sync.OnceValue(func() map[string]map[string]any {
	all := map[string]map[string]any{}
	for _, file := range specFiles {
		raw, err := os.ReadFile("../../spec/" + file)
		if err == nil {
			var doc map[string]any
			err = yaml.Unmarshal(raw, &doc)
			all[file] = doc
		}
		if err != nil {
			panic(err)
		}
	}
	return all
})

// at follows keys into plain values; nil where the way ends.
func at(v any, keys ...string) any {
	for _, key := range keys {
		object, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = object[key]
	}
	return v
}

// specOperations calls visit for every operation of a document.
func specOperations(doc map[string]any, visit func(path, method string, operation map[string]any)) {
	for path, item := range at(doc, "paths").(map[string]any) {
		for method, operation := range item.(map[string]any) {
			visit(path, strings.ToUpper(method), operation.(map[string]any))
		}
	}
}

// specFile is the document that a page's interface is captured in.
func specFile(document string) string {
	if document == "tim" {
		return "timgroup.yaml"
	}
	return "msdk.yaml"
}

// The table of calls is complete: a new operation without an end to end test fails here.
func TestEveryOperationIsHere(t *testing.T) {
	have := map[string]bool{}
	for _, o := range operations() {
		require.False(t, have[o.name], "%s is there twice", o.name)
		have[o.name] = true
	}
	count := 0
	for _, file := range specFiles {
		specOperations(specs()[file], func(_, _ string, operation map[string]any) {
			id := operation["operationId"].(string)
			cases, variants := at(operation, "x-msdk-variants", "cases").(map[string]any)
			if !variants {
				require.True(t, have[id], id)
				count++
			}
			for name := range cases {
				require.True(t, have[id+"/"+name], "%s/%s", id, name)
				count++
			}
		})
	}
	require.Len(t, have, count)
}
