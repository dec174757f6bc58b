package load

import (
	"bytes"
	"encoding/json"
	"io"
	"testing"
	"testing/fstest"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// FuzzSpec: no document makes the stage panic; every complaint has a place and can be printed, and what is accepted is JSON.
func FuzzSpec(f *testing.F) {
	for _, seed := range []string{
		operation + answer, head, head31, "{\"openapi\": \"3.0.3\"}", "a: &x [*x]\n", "a: \"\\ud83d\"\n", "- a\nb: 1\n", "a: 'it's'\n", "\ta: 1\n", "a: b: c\n", "[[[[",
		head + "components: {schemas: {A: {default: 1, oneOf: [{$ref: '#/components/schemas/A'}]}, B: {$ref: '#/x/0'}}}\nx: [{allOf: [{$ref: '#/x/0'}]}]\n",
		head31 + "webhooks: {a: {$ref: '#/webhooks/a'}}\ncomponents: {schemas: {A: true, B: {$ref: '#/components/schemas/A', minLength: 1}}}\n",
	} {
		f.Add([]byte(seed), false)
		f.Add([]byte(seed), true)
	}
	f.Fuzz(func(t *testing.T, text []byte, asJSON bool) {
		name := "api.yaml"
		if asJSON {
			name = "api.json"
		}
		var list diag.List
		d := Spec(fstest.MapFS{name: {Data: text}}, name, &list)
		if d == nil && !list.HasErrors() {
			t.Fatal("refused without a word")
		}
		for _, complaint := range list {
			if !complaint.Pos.IsValid() || complaint.Message == "" {
				t.Fatalf("no place or no message: %+v", complaint)
			}
		}
		diag.Print(io.Discard, list, func(string) []byte { return text })
		if d == nil {
			return
		}
		if !json.Valid(d.Root.JSON()) || d.At("") != d.Root {
			t.Fatalf("not JSON: %s", bytes.TrimSpace(d.Root.JSON()))
		}
	})
}
