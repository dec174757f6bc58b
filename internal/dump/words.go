package dump

// The words for constants of the model that have no String method. A test holds the number of words against the number of constants.

import (
	"reflect"
	"slices"

	"github.com/msdkgen/msdkgen/generator/ir"
)

var words = map[reflect.Type][]string{
	reflect.TypeFor[ir.Basis]():    {"stated", "example", "assumed"},
	reflect.TypeFor[ir.FillKind](): {"timestamp", "millis", "nonce", "constant", "credential", "key", "signature", "variant", "option"},
	reflect.TypeFor[ir.OperandKind](): {
		"constant", "step", "key", "secret", "credential", "value", "parameter", "header", "path-parameter", "field",
		"method", "path", "encoded-path", "query", "target", "url", "scheme", "host", "host-name", "port", "body",
	},
	reflect.TypeFor[ir.HoleKind](): {"step", "value", "credential"},
	reflect.TypeFor[ir.Take]():     {"both", "names", "values"},
	reflect.TypeFor[ir.SortKey]():  {"name", "value"},
}

func sortedKeys(v reflect.Value) []string {
	var keys []string
	for _, key := range v.MapKeys() {
		keys = append(keys, key.String())
	}
	slices.Sort(keys)
	return keys
}
