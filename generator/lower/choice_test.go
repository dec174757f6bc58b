package lower

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/ir"
)

func TestChoices(t *testing.T) {
	api := run(t, schemas(`
ID: {type: string, maxLength: 3}
S:
  type: object
  required: [a]
  properties:
    a: {oneOf: [{type: integer}, {type: string, description: Words.}], description: Either.}
    b: {oneOf: [{type: string}, {type: integer}], nullable: true}
    c: {type: object, additionalProperties: {oneOf: [{type: integer}, {type: string}]}}
    d: {x-msdk-single: true, oneOf: [{$ref: '#/components/schemas/ID'}, {type: array, maxItems: 3, items: {$ref: '#/components/schemas/ID'}}]}
    e: {x-msdk-single: true, oneOf: [{type: array, items: {type: integer}}, {type: integer}], minItems: 1}
    f: {oneOf: [{type: integer}, {type: string}], type: string} # want unsupported
    g: {oneOf: [{type: integer, minimum: 1}, {type: string}]} # want unsupported
    h: {oneOf: [{type: integer}, {type: string}, {type: boolean}]} # want unsupported
    i: {anyOf: [{type: integer}, {type: string}]} # want unsupported
    j: {oneOf: [{type: integer}, {type: string}], not: {type: string}} # want unsupported unsupported
    k: {oneOf: [{type: integer}, {type: string}], minimum: 1} # want bad-rule
    l: {oneOf: [{type: integer}, {type: string}], x-msdk-accept: [string]} # want extension
    m: {oneOf: [{type: string}, {type: array, items: {type: string}}], x-msdk-single: false} # want unsupported
    n: {oneOf: [{type: string}, {type: array, items: {type: integer}}], x-msdk-single: true} # want unsupported
    o: {oneOf: [{type: string}, {type: array, minItems: 2, items: {type: string}}], x-msdk-single: true} # want bad-rule
    p: {oneOf: [{type: string}, {type: array, nullable: true, items: {type: string}}], x-msdk-single: true} # want unsupported
    q: {oneOf: [{type: array, items: {type: string}}, {type: array, items: {type: array, items: {type: string}}}], x-msdk-single: true} # want unsupported
`))
	f := typeNamed(t, api, "S").Fields
	require.Equal(t, ir.KindUnion, f[0].Type.Kind)
	require.True(t, f[0].Required)
	require.Equal(t, "Either.", f[0].Doc.Description)
	for _, union := range []*ir.Type{f[0].Type, f[1].Type, f[2].Type.Elem} {
		require.Equal(t, []ir.Kind{ir.KindInt, ir.KindString}, []ir.Kind{union.Union.Members[0].Kind, union.Union.Members[1].Kind})
	}
	require.True(t, f[1].Nullable)
	require.True(t, f[3].Type.Single)
	require.Same(t, typeNamed(t, api, "ID"), f[3].Type.Elem)
	require.Equal(t, []string{"maxItems 3"}, ruleTexts(f[3].Type.Rules))
	require.True(t, f[4].Type.Single)
	require.Equal(t, ir.KindInt, f[4].Type.Elem.Kind)
	require.Equal(t, []string{"minItems 1"}, ruleTexts(f[4].Rules))
}

func TestEndlessTypes(t *testing.T) {
	run(t, schemas(`
Tree: {type: object, properties: {children: {type: array, items: {$ref: '#/components/schemas/Tree'}}, named: {type: object, additionalProperties: {$ref: '#/components/schemas/Tree'}}}}
Self: {type: object, properties: {self: {$ref: '#/components/schemas/Self'}}} # want unsupported
A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}}}
B: {type: object, properties: {a: {$ref: '#/components/schemas/A'}, again: {$ref: '#/components/schemas/A'}}} # want unsupported unsupported
List: {type: array, items: {$ref: '#/components/schemas/List'}} # want unsupported
Map: {type: object, additionalProperties: {type: array, items: {$ref: '#/components/schemas/Map'}}} # want unsupported
User: {type: object, properties: {list: {$ref: '#/components/schemas/List'}, map: {$ref: '#/components/schemas/Map'}}}
`))
}
