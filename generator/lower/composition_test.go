package lower

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/ir"
)

func TestMergedObjects(t *testing.T) {
	api := run(t, schemas(`
Base: {type: object, required: [a], properties: {a: {type: string}, b: {type: integer}}}
M:
  description: Both.
  properties: {z: {type: string}}
  allOf:
    - $ref: '#/components/schemas/Base'
    - {type: object, required: [b, c], properties: {c: {type: object, properties: {d: {type: string}}}}}
  required: [z]
`))
	m := typeNamed(t, api, "M")
	require.Equal(t, []string{"z", "a", "b", "c"}, fieldNames(m))
	for _, f := range m.Fields {
		require.True(t, f.Required, f.Name.Spec)
	}
	require.Equal(t, "Both.", m.Doc.Description)
	base := typeNamed(t, api, "Base")
	require.False(t, base.Fields[1].Required, "the copy is required, not the original")
	require.Equal(t, "M.c", m.Fields[3].Type.Name.Spec)
	require.Equal(t, []string{"Base", "M", "M.c"}, typeNames(api))
}

func TestInlineComposition(t *testing.T) {
	api := run(t, schemas(`
Base: {type: object, properties: {a: {type: string}}}
S:
  type: object
  properties:
    more: {allOf: [{$ref: '#/components/schemas/Base'}], properties: {b: {type: string}}}
    same: {allOf: [{$ref: '#/components/schemas/Base'}], description: No more than words.}
`))
	s := typeNamed(t, api, "S")
	require.Equal(t, "S.more", s.Fields[0].Type.Name.Spec)
	require.Equal(t, []string{"a", "b"}, fieldNames(s.Fields[0].Type))
	require.Same(t, typeNamed(t, api, "Base"), s.Fields[1].Type)
}

func TestBadComposition(t *testing.T) {
	run(t, schemas(`
Text: {type: string}
Base: {type: object, properties: {a: {type: string}}}
Twice: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {a: {type: integer}}}]} # want unsupported
Both: {properties: {a: {type: string}}, allOf: [{$ref: '#/components/schemas/Base'}]} # want unsupported
Scalar: {allOf: [{$ref: '#/components/schemas/Text'}, {type: object}]} # want unsupported
Inline: {allOf: [{type: string}, {$ref: '#/components/schemas/Base'}]} # want unsupported
Extra: {allOf: [{type: object, minProperties: 3}, {$ref: '#/components/schemas/Base'}]} # want unsupported
Choice: {allOf: [{oneOf: []}, {$ref: '#/components/schemas/Base'}]} # want unsupported
Loop:
  type: object
  properties:
    inner: {allOf: [{$ref: '#/components/schemas/Loop'}, {type: object, properties: {b: {type: string}}}]} # want unsupported
`))
}

func TestClosedComposition(t *testing.T) {
	api := run(t, schemas(`
Base: {type: object, additionalProperties: false, properties: {}}
Copy: {allOf: [{$ref: '#/components/schemas/Base'}]}
More: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, additionalProperties: true}]}
`))
	for _, typ := range api.Types {
		require.Equal(t, ir.KindStruct, typ.Kind, typ.Name.Spec)
		require.False(t, typ.Extra, typ.Name.Spec)
	}
}
