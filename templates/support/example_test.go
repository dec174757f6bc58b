package support

// How the examples of a document are tested. This is the one test file that is copied into generated packages.

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// exampleMessage is a generated request or response.
type exampleMessage interface {
	jsonTarget
	jsonAppender
}

// checkExample decodes an example into v, validates a request as the client that sends it and a response as a server, and encodes it
// again: nothing that the example holds may be lost. violations are what the document itself says the example breaks; what breaks a
// rule need not come out as it went in. notInBody are the members that only a client can fill, and what travels in the query alone.
func checkExample(t *testing.T, name string, v exampleMessage, text string, violations []string, notInBody ...string) {
	t.Helper()
	d := newReader(text, readLimits{})
	if err := d.document(v); err != nil {
		t.Errorf("example %s: %v", name, err)
		return
	}
	if got := exampleViolations(v, d, notInBody); !slices.Equal(got, violations) {
		t.Errorf("example %s: violations %q, the document expects %q", name, got, violations)
	}
	if names := unknownMembers(reflect.ValueOf(v)); len(names) > 0 {
		t.Errorf("example %s: no field takes %q", name, names)
	}
	if len(violations) > 0 {
		return
	}
	want, again := exampleTree(t, []byte(text)), exampleTree(t, v.AppendJSON(nil))
	object, ok := want.(map[string]any)
	for _, member := range notInBody {
		if ok {
			delete(object, member)
		}
	}
	if path := lostFrom("", want, again); path != "" {
		t.Errorf("example %s: %s is lost or changed when it is encoded again", name, path)
	}
}

// unknownMembers lists what went into an Extra anywhere below v: the document shows these members and has no fields for them.
func unknownMembers(v reflect.Value) []string {
	var names []string
	switch v.Kind() {
	case reflect.Pointer:
		return unknownMembers(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			names = append(names, unknownMembers(v.Index(i))...)
		}
	case reflect.Struct:
		if extra := reflect.TypeFor[Extra](); v.Type() == extra {
			return v.Interface().(Extra).Names()
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				names = append(names, unknownMembers(v.Field(i))...)
			}
		}
	}
	return names
}

// exampleViolations lists "path: rule" for each rule that v, which d has read, breaks.
func exampleViolations(v exampleMessage, d *jsonReader, notInBody []string) []string {
	found := d.violations()
	if c, ok := v.(checkable); ok {
		mode := checkServer
		if _, request := v.(requestBody); request {
			mode = checkClient
		}
		var broken *ValidationError
		if errors.As(validateAs(mode, "", c, d), &broken) {
			found = broken.Violations
		}
	}
	var all []string
	for _, violation := range found {
		switch {
		case violation.Path == "":
			all = append(all, violation.Rule)
		case !slices.Contains(notInBody, violation.Path):
			all = append(all, violation.Path+": "+violation.Rule)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func exampleTree(t *testing.T, text []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var tree any
	if err := d.Decode(&tree); err != nil {
		t.Errorf("%v", err)
	}
	return tree
}

// lostFrom returns the path of something in want that got does not hold, "" if there is nothing. A number that is taken from a
// string, or the reverse, counts as the same; null counts as absent.
func lostFrom(path string, want, got any) string {
	switch want := want.(type) {
	case nil:
		return ""
	case map[string]any:
		object, ok := got.(map[string]any)
		if !ok {
			return path
		}
		for name, value := range want {
			if lost := lostFrom(joinPath(path, name), value, object[name]); lost != "" {
				return lost
			}
		}
		return ""
	case []any:
		list, ok := got.([]any)
		_, object := got.(map[string]any)
		switch {
		case !ok && len(want) == 1: // a single item may travel as itself
			return lostFrom(path+"[]", want[0], got)
		case object && len(want) == 0: // an empty list may stand for an empty object
			return ""
		case !ok || len(list) != len(want):
			return path
		}
		for i, value := range want {
			if lost := lostFrom(path+"[]", value, list[i]); lost != "" {
				return lost
			}
		}
		return ""
	}
	if text, ok := want.(string); ok { // an object may be written as text
		var inside map[string]any
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		if object, ok := got.(map[string]any); ok && d.Decode(&inside) == nil {
			return lostFrom(path, inside, object)
		}
	}
	if scalarText(want) != scalarText(got) {
		return path
	}
	return ""
}

func scalarText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return ""
}

func TestCheckExampleFindsWhatIsLost(t *testing.T) {
	for _, c := range []struct{ want, got, lost string }{
		{`{"a":1,"b":{"c":["x"]}}`, `{"a":"1","b":{"c":["x"]},"d":0}`, ""},
		{`{"a":1}`, `{"a":2}`, "a"},
		{`{"a":{"b":"x"}}`, `{"a":{}}`, "a.b"},
		{`{"a":["x","y"]}`, `{"a":["x"]}`, "a"},
		{`{"a":null}`, `{}`, ""},
		{`{"a":true}`, `{"a":false}`, "a"},
		{`{"a":["x"]}`, `{"a":"x"}`, ""},
		{`{"a":["x"]}`, `{"a":"y"}`, "a[]"},
		{`{"a":[]}`, `{"a":{}}`, ""},
		{`{"a":[]}`, `{}`, "a"},
		{`{"a":"{\"b\":1}"}`, `{"a":{"b":1}}`, ""},
		{`{"a":"{\"b\":\"x\"}"}`, `{"a":{"b":"y"}}`, "a.b"},
	} {
		if lost := lostFrom("", exampleTree(t, []byte(c.want)), exampleTree(t, []byte(c.got))); lost != c.lost {
			t.Errorf("%s into %s: %q is lost, want %q", c.want, c.got, lost, c.lost)
		}
	}
}
