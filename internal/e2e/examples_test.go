package e2e

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// documentedExchange is one documented request with its response, as a spec holds it. The documents are read once: each has thousands of lines.
type documentedExchange struct {
	file       string // the document
	operation  string // operation id
	variant    string
	name       string // of the example
	method     string
	request    any // nil for an operation without a body
	response   any
	violations []string // "path: rule", for a request that stands as it is printed
	own        bool     // no page shows it
}

func (e *documentedExchange) call() string {
	if e.variant != "" {
		return e.operation + "/" + e.variant
	}
	return e.operation
}

// json is a request's or a response's text; empty for a request without a body.
func (e *documentedExchange) json(t testing.TB, value any) []byte {
	t.Helper()
	if value == nil {
		return nil
	}
	text, err := json.Marshal(value)
	require.NoError(t, err)
	return text
}

var specFiles = []string{"msdk.yaml", "timgroup.yaml"}

// documentedExchanges reads all of them out of both documents; those of one call stand in a fixed order.
var documentedExchanges = sync.OnceValue(func() []documentedExchange {
	var all []documentedExchange
	for _, file := range specFiles {
		specOperations(specs()[file], func(_, method string, operation map[string]any) {
			body := at(operation, "requestBody", "content", "application/json")
			answers, _ := at(operation, "responses", "200", "content", "application/json", "examples").(map[string]any)
			id, _ := operation["operationId"].(string)
			if body == nil {
				for _, name := range slices.Sorted(maps.Keys(answers)) {
					all = append(all, documentedExchange{file: file, operation: id, name: name, method: method, response: at(answers[name], "value")})
				}
				return
			}
			for _, key := range []string{"x-msdk-examples-as-printed", "examples"} {
				examples, _ := at(body, key).(map[string]any)
				for _, name := range slices.Sorted(maps.Keys(examples)) {
					variant, _ := at(examples[name], "x-msdk-variant").(string)
					e := documentedExchange{
						file: file, operation: id, variant: variant, name: name, method: method,
						request: at(examples[name], "value"), response: at(answers[name], "value"),
						own: at(examples[name], "x-msdk-doc", "basis") == "assumed",
					}
					violations, _ := at(examples[name], "violations").([]any)
					for _, v := range violations {
						e.violations = append(e.violations, v.(string))
					}
					all = append(all, e)
				}
			}
		})
	}
	return all
})

// exchangesOf returns the exchanges of one call.
func exchangesOf(call string) []documentedExchange {
	var found []documentedExchange
	for _, e := range documentedExchanges() {
		if e.call() == call {
			found = append(found, e)
		}
	}
	return found
}

// exchangeOf is the exchange that a file shows, as the spec holds it. A page without a body belongs to the only one.
func exchangeOf(t testing.TB, k *known) documentedExchange {
	t.Helper()
	var found []documentedExchange
	for _, e := range exchangesOf(k.call()) {
		same := len(k.text) == 0 || reflect.DeepEqual(tree(t, k.text), tree(t, e.json(t, e.request)))
		if e.file == specFile(k.get("document")) && same {
			found = append(found, e)
		}
	}
	require.Len(t, found, 1, "the spec has not exactly one exchange with the request of %s", k.file)
	if found[0].response == nil { // a request for which no page has an answer of its own
		for _, e := range exchangesOf(k.call()) {
			if e.response != nil {
				found[0].response = e.response
			}
		}
	}
	require.NotNil(t, found[0].response, k.file)
	return found[0]
}

// requestOf is an example request of an operation that keeps all rules, a page's one if there is one; empty where there is no body.
func requestOf(t testing.TB, o operation) []byte {
	t.Helper()
	all := exchangesOf(o.name)
	slices.SortStableFunc(all, func(a, b documentedExchange) int {
		return map[bool]int{true: 1}[a.own] - map[bool]int{true: 1}[b.own]
	})
	for _, e := range all {
		if e.violations == nil {
			return e.json(t, e.request)
		}
	}
	require.FailNow(t, "no example request", o.name)
	return nil
}

// filled is text with the members that it lacks and a complete request has, on every level.
func filled(t testing.TB, text, complete []byte) []byte {
	t.Helper()
	var merge func(into, from map[string]any)
	merge = func(into, from map[string]any) {
		for name, value := range from {
			have, ok := into[name]
			if !ok {
				into[name] = value
			}
			inner, isObject := have.(map[string]any)
			if more, both := value.(map[string]any); isObject && both {
				merge(inner, more)
			}
		}
	}
	object := tree(t, text).(map[string]any)
	merge(object, tree(t, complete).(map[string]any))
	out, err := json.Marshal(object)
	require.NoError(t, err)
	return out
}
