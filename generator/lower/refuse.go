package lower

// What OpenAPI 3.0 and 3.1 can say and this version does not emit, as tables. A key that carries meaning for the generated code
// and is not listed here has to be lowered somewhere; dropping it silently is a fault.

import (
	"slices"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/load"
)

// refusal is one key that is refused where test holds; without a test it is always refused.
type refusal struct {
	key  string
	test func(*load.Node) bool
	hint string // what to do instead, may be empty
}

var rootRefusals = []refusal{
	{key: "webhooks"},
	{key: "jsonSchemaDialect", hint: "schemas are read in the dialect of OpenAPI"},
}

var serverRefusals = []refusal{
	{key: "variables", hint: "list each server by its full URL"},
}

var pathRefusals = []refusal{
	{key: "servers", hint: "list servers at the head of the document, with x-msdk-schemes"},
	{key: "head"},
	{key: "options"},
	{key: "trace"},
}

var operationRefusals = []refusal{
	{key: "callbacks"},
	{key: "servers", hint: "list servers at the head of the document, with x-msdk-schemes"},
	{key: "tags", test: func(n *load.Node) bool { return len(n.Children) > 1 }, hint: "an operation belongs to one tag"},
}

var parameterRefusals = []refusal{
	{key: "content", hint: "describe the parameter by a schema"},
	{key: "allowReserved", test: isTrue},
	{key: "allowEmptyValue", test: isTrue},
}

var mediaRefusals = []refusal{
	{key: "encoding"},
}

var responseRefusals = []refusal{
	{key: "headers"},
	{key: "links"},
}

var exampleRefusals = []refusal{
	{key: "externalValue", hint: "write the example out"},
}

var schemaRefusals = []refusal{
	{key: "oneOf", hint: "of its forms, an integer or a string is known and, with x-msdk-single, an item or a list of such items"},
	{key: "anyOf"}, // but for variants
	{key: "not"},
	{key: "discriminator"},
	{key: "xml"},
	{key: "readOnly", test: isTrue},
	{key: "writeOnly", test: isTrue},
	{key: "patternProperties"},
	{key: "propertyNames"},
	{key: "dependentRequired"},
	{key: "dependentSchemas"},
	{key: "unevaluatedProperties"},
	{key: "unevaluatedItems"},
	{key: "prefixItems"},
	{key: "contains"},
	{key: "minContains"},
	{key: "maxContains"},
	{key: "if"},
	{key: "then"},
	{key: "else"},
	{key: "contentMediaType"},
	{key: "contentEncoding"},
	{key: "contentSchema"},
	{key: "$dynamicRef"},
	{key: "$dynamicAnchor"},
	{key: "$anchor"},
	{key: "$id"},
	{key: "$schema"},
	{key: "$defs", hint: "move the schema to components/schemas"},
}

// formatRefusals are the formats that would need a Go type of their own.
var formatRefusals = []string{"date-time", "date", "binary", "byte"}

// refuse reports every key of n that table lists, and whether there was one.
func (l *lowering) refuse(n *load.Node, table []refusal) bool {
	found := false
	for _, m := range members(n) {
		for _, r := range table {
			if m.Key == r.key && (r.test == nil || r.test(m)) {
				l.unsupported(m, r.hint, "%q", m.Key)
				found = true
			}
		}
	}
	return found
}

// refusedBeside reports whether a schema is refused for more than the given key.
func refusedBeside(n *load.Node, key string) bool {
	return slices.ContainsFunc(schemaRefusals, func(r refusal) bool {
		m := n.Member(r.key)
		return m != nil && r.key != key && (r.test == nil || r.test(m))
	})
}

// refused reports whether a schema was refused as a whole: what else is odd about it follows from that.
func refused(n *load.Node) bool {
	var quiet diag.List
	return (&lowering{list: &quiet}).refuse(n, schemaRefusals)
}

// typeRefused reports whether a schema that seems to have no type states one all the same, which was complained about.
func typeRefused(n *load.Node) bool { return n.Has("type") || n.Incomplete() }

// unsupported reports that what stands at n is refused.
func (l *lowering) unsupported(n *load.Node, hint, format string, args ...any) *diag.Diagnostic {
	d := l.list.Errorf(n.Place(), diag.CodeUnsupported, format+" is not supported", args...)
	if hint != "" {
		d.Suggest("%s", hint)
	}
	return d
}
