package lower

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/ir"
)

func TestScalars(t *testing.T) {
	api := run(t, schemas(`
S:
  type: object
  description: All kinds.
  properties:
    text: {type: string, format: hostname, description: A text., deprecated: true}
    plain: {type: integer}
    i32: {type: integer, format: int32}
    u32: {type: integer, format: uint32}
    u64: {type: integer, format: uint64}
    real: {type: number}
    yes: {type: boolean}
    free: {}
    none: {type: string, nullable: true}
    list: {type: array, items: {type: array, items: {type: integer}}}
    map: {type: object, additionalProperties: {type: boolean}}
    anyMap: {type: object}
    hidden: {type: string, x-msdk-sensitive: true, x-go-name: Secret}
    fallback: {type: integer, default: 4}
`))
	require.Equal(t, []string{"S"}, typeNames(api))
	s := api.Types[0]
	require.Equal(t, ir.KindStruct, s.Kind)
	require.True(t, s.Component)
	require.Equal(t, "All kinds.", s.Doc.Description)
	f := s.Fields
	require.Equal(t, "hostname", f[0].Type.Format)
	require.Equal(t, "A text.", f[0].Doc.Description)
	require.True(t, f[0].Doc.Deprecated)
	shape := func(i int) ir.Type {
		typ := f[i].Type
		return ir.Type{Kind: typ.Kind, Bits: typ.Bits, Unsigned: typ.Unsigned}
	}
	require.Equal(t, ir.Type{Kind: ir.KindString}, shape(0))
	require.Equal(t, ir.Type{Kind: ir.KindInt, Bits: 64}, shape(1))
	require.Equal(t, ir.Type{Kind: ir.KindInt, Bits: 32}, shape(2))
	require.Equal(t, ir.Type{Kind: ir.KindInt, Bits: 32, Unsigned: true}, shape(3))
	require.Equal(t, ir.Type{Kind: ir.KindInt, Bits: 64, Unsigned: true}, shape(4))
	require.Equal(t, ir.Type{Kind: ir.KindFloat, Bits: 64}, shape(5))
	require.Equal(t, ir.Type{Kind: ir.KindBool}, shape(6))
	require.Equal(t, ir.Type{Kind: ir.KindAny}, shape(7))
	require.True(t, f[8].Nullable)
	require.Equal(t, ir.KindInt, f[9].Type.Elem.Elem.Kind)
	require.Equal(t, ir.KindBool, f[10].Type.Elem.Kind)
	require.Equal(t, ir.KindMap, f[11].Type.Kind)
	require.Equal(t, ir.KindAny, f[11].Type.Elem.Kind)
	require.True(t, f[12].Sensitive)
	require.Equal(t, ir.Name{Spec: "hidden", Override: "Secret", Pos: f[12].Pos, OverridePos: f[12].Name.OverridePos}, f[12].Name)
	require.Equal(t, "4", f[13].Default.Text)
	require.Nil(t, f[0].Type.Name)
}

func TestTypesOf31(t *testing.T) {
	api := run(t, head31+`
components:
  schemas:
    S:
      type: object
      properties:
        a: {type: [string, "null"]}
        b: {type: [string, integer]} # want unsupported
        c: {type: "null"} # want unsupported
        d: {const: x}
        e: true
        f: false # want unsupported
        g: {$ref: "#/components/schemas/T", maxLength: 3, description: Own words.}
        h: {type: integer, exclusiveMinimum: 2, exclusiveMaximum: 7}
    T: {type: string}
`)
	f := typeNamed(t, api, "S").Fields
	require.True(t, f[0].Nullable)
	require.Equal(t, ir.KindString, f[0].Type.Kind)
	require.Equal(t, []string{"const x"}, ruleTexts(f[3].Rules))
	require.Equal(t, ir.KindAny, f[4].Type.Kind)
	require.Same(t, typeNamed(t, api, "T"), f[6].Type)
	require.Equal(t, []string{"maxLength 3"}, ruleTexts(f[6].Rules))
	require.Equal(t, "Own words.", f[6].Doc.Description)
	require.Equal(t, []string{"exclusiveMinimum 2", "exclusiveMaximum 7"}, ruleTexts(f[7].Rules))
}

func TestLiftedTypes(t *testing.T) {
	api := run(t, schemas(`
A:
  type: object
  properties:
    b_c: {type: object, properties: {d: {type: array, items: {type: object, properties: {e: {type: string}}}}}}
    state: {type: string, enum: [on, off]}
    other: {$ref: '#/components/schemas/Z'}
    named: {type: array, items: {type: object, x-go-name: Item, properties: {}}}
L: {type: array, items: {type: object, properties: {}}}
Z: {type: object, properties: {}}
`))
	require.Equal(t, []string{"A", "A.b_c", "A.b_c.d", "A.state", "A.named", "L", "L.Item", "Z"}, typeNames(api))
	a := api.Types[0]
	require.Same(t, a.Name, api.Types[1].Owner)
	require.Same(t, api.Types[1].Name, api.Types[2].Owner)
	require.Same(t, api.Types[2], api.Types[1].Fields[0].Type.Elem)
	require.False(t, api.Types[1].Component)
	require.Equal(t, "Item", api.Types[4].Name.Override)
	require.Equal(t, ir.KindList, typeNamed(t, api, "L").Kind)
}

func TestRecursion(t *testing.T) {
	api := run(t, schemas(`
Tree: {type: object, properties: {children: {type: array, items: {$ref: '#/components/schemas/Tree'}}, other: {$ref: '#/components/schemas/Leaf'}}}
Leaf: {type: object, properties: {trees: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}
Alias: {$ref: '#/components/schemas/Leaf'}
`))
	tree, leaf := typeNamed(t, api, "Tree"), typeNamed(t, api, "Leaf")
	require.Same(t, tree, tree.Fields[0].Type.Elem)
	require.Same(t, leaf, tree.Fields[1].Type)
	require.Same(t, tree, leaf.Fields[0].Type.Elem)
	require.Equal(t, []string{"Tree", "Leaf"}, typeNames(api))
}

func TestAdditionalProperties(t *testing.T) {
	api := run(t, head+`
paths:
  /x:
    post:
      operationId: x
      requestBody: {content: {application/json: {schema: {type: object, properties: {s: {$ref: '#/components/schemas/Sent'}, b: {$ref: '#/components/schemas/Both'}}}}}}
      responses:
        "200": {description: d, content: {application/json: {schema: {type: object, properties: {b: {$ref: '#/components/schemas/Both'}, c: {$ref: '#/components/schemas/Closed'}}}}}}
components:
  schemas:
    Sent: {type: object, properties: {o: {$ref: '#/components/schemas/Open'}}}
    Both: {type: object, properties: {}}
    Closed: {type: object, properties: {}, additionalProperties: false}
    Open: {type: object, properties: {}, additionalProperties: {}}
    Typed: {type: object, properties: {}, additionalProperties: {type: string}} # want unsupported
`)
	extra := map[string]bool{}
	for _, typ := range api.Types {
		extra[typ.Name.Spec] = typ.Extra
	}
	require.Equal(t, map[string]bool{
		"Sent": false, "Both": true, "Closed": false, "Open": true, "Typed": true, "x.Request": false, "x.Response": true,
	}, extra)
	require.True(t, typeNamed(t, api, "Closed").Closed)
	require.False(t, typeNamed(t, api, "Sent").Closed)
}

func TestMarks(t *testing.T) {
	api := run(t, schemas(`
S:
  type: object
  x-msdk-expected: [a, gone] # want unknown-name
  required: [b, missing] # want required-unknown
  x-msdk-empty-list: true
  properties:
    a: {type: string, x-msdk-may-be-empty: true, x-msdk-accept: [integer]}
    b: {type: integer, x-msdk-accept: [string]}
    c: {type: string, x-msdk-expected: true}
    d: {type: string, x-msdk-list: comma}
    e: {type: object, properties: {}, x-msdk-embedded-json: true}
    f: {type: integer, x-msdk-flags: true, x-msdk-enum: [{value: 1}, {value: 2, name: Two}]}
    g: {type: string, enum: [x, y], x-msdk-enum: [{name: Ex, description: First.}, {name: Why}]}
    h: {type: integer, x-msdk-may-be-empty: true} # want extension
    i: {type: string, x-msdk-accept: [string]} # want extension
    j: {type: string, x-msdk-accept: [float]} # want unknown-value
    ja: {type: string, x-msdk-accept: [embedded-json]} # want extension
    jb: {type: object, properties: {}, x-msdk-accept: [embedded-json, string]} # want extension
    k: {type: boolean, x-msdk-accept: [string]} # want extension
    l: {type: boolean, x-msdk-enum: [{value: true}]} # want extension
    m: {type: string, x-msdk-enum: [{value: a}], x-msdk-flags: true} # want extension
    n: {type: string, x-msdk-embedded-json: true} # want extension
    o: {type: string, x-msdk-empty-list: true} # want extension
    p: {type: array, items: {type: string}, x-msdk-list: comma} # want extension
    q: {type: string, x-msdk-list: tab} # want unknown-value
    r: {type: string, enum: [a, b], x-msdk-enum: [{name: A}]} # want extension
    s: {type: string, enum: [a, b], x-msdk-enum: [{name: A}, {nmae: B}]} # want unknown-key
    t: {type: string, x-msdk-sensitive: maybe} # want wrong-kind
    u: {type: string, x-msdk-enum: []} # want extension
    v: {type: string, x-msdk-expected: [x]} # want wrong-kind
    w: {type: integer, enum: [1, 2], x-msdk-flags: true} # want extension
    x: {type: string, x-msdk-single: true} # want extension
    y: {type: string, x-msdk-items: {type: string}} # want extension
    z: {type: string, x-msdk-list: comma, x-msdk-items: {type: number}} # want extension
    aa: {type: string, x-msdk-list: comma, maxLength: 3} # want bad-rule
    ab: {type: string, x-msdk-list: comma, x-msdk-items: {$ref: '#/components/schemas/Gone'}} # want dangling-ref extension
    ac: {type: string, x-msdk-list: comma, enum: [a, b]} # want unsupported
`))
	s := api.Types[0]
	require.True(t, s.EmptyList)
	f := s.Fields
	require.True(t, f[0].Expected)
	require.False(t, f[0].Required)
	require.True(t, f[0].MayBeEmpty)
	require.Equal(t, []ir.Kind{ir.KindInt}, f[0].Accept)
	require.True(t, f[1].Required)
	require.True(t, f[2].Expected)
	require.True(t, f[3].Type.Comma)
	require.Equal(t, []ir.Kind{ir.KindList, ir.KindString}, []ir.Kind{f[3].Type.Kind, f[3].Type.Elem.Kind})
	require.True(t, f[4].Type.Embedded)
	require.True(t, f[5].Type.Flags)
	require.False(t, f[5].Type.Open)
	require.Equal(t, []string{"1", "2"}, enumTexts(f[5].Type))
	require.Equal(t, "Two", f[5].Type.Values[1].Name.Override)
	g := f[6].Type
	require.False(t, g.Open)
	require.Equal(t, ir.KindEnum, g.Kind)
	require.Equal(t, ir.KindString, g.Base)
	require.Equal(t, []string{"x", "y"}, enumTexts(g))
	require.Equal(t, "Ex", g.Values[0].Name.Override)
	require.Equal(t, "First.", g.Values[0].Doc.Description)
}

func TestEnums(t *testing.T) {
	api := run(t, schemas(`
One: {type: string, enum: [only]}
Number: {type: integer, enum: [1, 2]}
Guessed: {enum: [a, b]}
Nullable: {type: string, nullable: true, enum: [a, b, null]}
Twice: {type: string, enum: [a, b, a]} # want bad-rule
Mixed: {type: string, enum: [a, 1]} # want bad-rule
None: {type: string, enum: []} # want bad-rule
Floats: {type: number, enum: [1.5, 2]} # want unsupported
Large: {type: integer, enum: [1, 99999999999999999999]} # want bad-rule
Open: {type: integer, x-msdk-enum: [{value: 1, name: One, description: First.}, {value: 2}]}
Single: {type: string, x-msdk-enum: [{value: only}]}
Again: {type: string, x-msdk-enum: [{value: a}, {value: a}]} # want bad-rule
Kinds: {type: integer, x-msdk-enum: [{value: "1"}]} # want bad-rule
Empty: {type: string, x-msdk-enum: []} # want extension
Entry: {type: string, x-msdk-enum: [{name: A}, {value: b, nmae: B}]} # want missing-key unknown-key
Closed: {type: string, enum: [a, b], x-msdk-enum: [{value: a}, {name: B}]} # want extension
`))
	open := typeNamed(t, api, "Open")
	require.True(t, open.Open)
	require.Equal(t, []ir.Kind{ir.KindEnum, ir.KindInt}, []ir.Kind{open.Kind, open.Base})
	require.Equal(t, "One", open.Values[0].Name.Override)
	require.Equal(t, "First.", open.Values[0].Doc.Description)
	require.Equal(t, "2", open.Values[1].Name.Spec)
	require.True(t, typeNamed(t, api, "Single").Open)
	require.Equal(t, ir.KindString, typeNamed(t, api, "One").Kind)
	require.Equal(t, []string{"const only"}, ruleTexts(typeNamed(t, api, "One").Rules))
	number := typeNamed(t, api, "Number")
	require.Equal(t, []ir.Kind{ir.KindEnum, ir.KindInt}, []ir.Kind{number.Kind, number.Base})
	require.Equal(t, ir.KindInt, number.Values[1].Value.Kind)
	require.Equal(t, ir.KindString, typeNamed(t, api, "Guessed").Base)
	require.Equal(t, []string{"a", "b"}, enumTexts(typeNamed(t, api, "Nullable")))
	require.True(t, typeNamed(t, api, "Nullable").Nullable)
}

func TestReferences(t *testing.T) {
	api := run(t, schemas(`
ID: {type: string, description: An id., maxLength: 9}
S:
  type: object
  properties:
    a:
      allOf: [{$ref: '#/components/schemas/ID'}]
      description: Mine.
      minLength: 2
      x-msdk-accept: [integer]
      x-msdk-sensitive: true
      nullable: true
      default: abc
    b: {allOf: [{$ref: '#/components/schemas/ID'}], minLength: 10} # want bad-rule
    c: {allOf: [{$ref: '#/components/schemas/ID'}], enum: [x, y]} # want unsupported
    d: {allOf: [{$ref: '#/components/schemas/ID'}], enum: [x]}
    e: {allOf: [{$ref: '#/components/schemas/ID'}], x-msdk-enum: [{value: a}]} # want unsupported
    f: {type: array, items: {allOf: [{$ref: '#/components/schemas/ID'}], maxLength: 3}} # want unsupported
    g: {$ref: '#/components/schemas/S/properties/a'} # want unsupported
    h: {allOf: [{$ref: '#/components/schemas/ID'}], minimum: 3} # want bad-rule
Copy: {allOf: [{$ref: '#/components/schemas/ID'}], minLength: 1}
`))
	id := typeNamed(t, api, "ID")
	f := typeNamed(t, api, "S").Fields
	require.Same(t, id, f[0].Type)
	require.Equal(t, "Mine.", f[0].Doc.Description)
	require.Equal(t, []string{"minLength 2"}, ruleTexts(f[0].Rules))
	require.Equal(t, []ir.Kind{ir.KindInt}, f[0].Accept)
	require.True(t, f[0].Sensitive)
	require.True(t, f[0].Nullable)
	require.Equal(t, "abc", f[0].Default.Text)
	require.Empty(t, id.Accept)
	require.Equal(t, []string{"const x"}, ruleTexts(f[3].Rules))
	clone := typeNamed(t, api, "Copy")
	require.Equal(t, ir.KindString, clone.Kind)
	require.Equal(t, []string{"maxLength 9", "minLength 1"}, ruleTexts(clone.Rules))
	require.Equal(t, []string{"maxLength 9"}, ruleTexts(id.Rules))
	require.Equal(t, "An id.", clone.Doc.Description)
}
