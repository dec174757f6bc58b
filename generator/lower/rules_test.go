package lower

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRules(t *testing.T) {
	api := run(t, schemas(`
S:
  type: object
  minProperties: 1
  maxProperties: 9
  properties:
    text: {type: string, minLength: 0, maxLength: 5, pattern: '^a+$', x-msdk-max-bytes: 45}
    int: {type: integer, minimum: -3, maximum: 4e0, multipleOf: 2.0}
    open: {type: number, minimum: 1.5, exclusiveMinimum: true, maximum: 1e3, exclusiveMaximum: true}
    shut: {type: number, minimum: 1.5, exclusiveMinimum: false}
    list: {type: array, items: {type: string, maxLength: 2}, minItems: 1, maxItems: 50, uniqueItems: true}
    map: {type: object, maxProperties: 3}
    when: {type: string, x-msdk-required-when: {field: int, is: [2, 4]}}
    inner: {type: object, properties: {w: {type: string, x-msdk-required-when: {field: ../text, is: [a]}}}}
`))
	s := api.Types[0]
	var all [][]string
	for _, f := range s.Fields {
		all = append(all, ruleTexts(f.Rules))
	}
	require.Equal(t, [][]string{
		{"minLength 0", "maxLength 5", "pattern ^a+$", "x-msdk-max-bytes 45"},
		{"minimum -3", "maximum 4", "multipleOf 2"},
		{"exclusiveMinimum 1.5", "exclusiveMaximum 1e3"},
		{"minimum 1.5"},
		{"minItems 1", "maxItems 50", "uniqueItems 0"},
		{"maxProperties 3"},
		{"x-msdk-required-when int up 0 2 4"},
		nil,
	}, all)
	require.Equal(t, []string{"minProperties 1", "maxProperties 9"}, ruleTexts(s.Rules))
	require.Equal(t, []string{"maxLength 2"}, ruleTexts(s.Fields[4].Type.Elem.Rules))
	require.Equal(t, []string{"x-msdk-required-when text up 1 a"}, ruleTexts(typeNamed(t, api, "S.inner").Fields[0].Rules))
}

func TestBadRules(t *testing.T) {
	run(t, schemas(`
S:
  type: object
  properties:
    a: {type: integer, minLength: 1} # want bad-rule
    b: {type: string, minimum: 1} # want bad-rule
    c: {type: string, minItems: 1} # want bad-rule
    d: {type: string, minLength: 3, maxLength: 2} # want bad-rule
    e: {type: integer, minimum: 3, maximum: 2} # want bad-rule
    f: {type: integer, minimum: 3, maximum: 3, exclusiveMaximum: true} # want bad-rule
    g: {type: array, items: {}, maxItems: 0} # want bad-rule
    h: {type: string, maxLength: 0} # want bad-rule
    i: {type: string, x-msdk-max-bytes: 0} # want bad-rule
    j: {type: string, x-msdk-max-bytes: many} # want wrong-kind
    k: {type: string, minLength: 50, x-msdk-max-bytes: 45} # want bad-rule
    l: {type: integer, minimum: 1.5} # want bad-rule
    m: {type: number, multipleOf: 0} # want bad-rule
    n: {type: integer, exclusiveMinimum: true} # want bad-rule
    o: {type: string, pattern: '(?=x)'} # want bad-pattern
    q: {type: string, maxLength: 2, default: abc} # want bad-rule
    r: {type: string, enum: [a, b], default: c} # want bad-rule
    u: {minLength: 2} # want unsupported
    v: {type: integer, maximum: 1.8446744073709552e+19} # want bad-rule
    s: {type: string, minProperties: 1} # want bad-rule
    va: {type: integer, format: int32, maximum: 2147483648} # want bad-rule
    vb: {type: integer, format: int32, minimum: -2147483648, maximum: 2147483647}
    vc: {type: integer, format: uint32, minimum: -1} # want bad-rule
    vd: {type: integer, format: uint64, maximum: 18446744073709551615}
    ve: {type: integer, format: int32, enum: [1, 2147483648]} # want bad-rule
    vf: {type: integer, format: uint32, x-msdk-enum: [{value: -1}]} # want bad-rule
    vg: {type: integer, format: uint8} # want unsupported
    vh: {type: string, xml: {name: h}} # want unsupported
    ua: {type: array, items: {type: array, items: {type: integer}}, uniqueItems: true} # want unsupported
    ub: {type: array, items: {type: object, properties: {}}, uniqueItems: true} # want unsupported
    uc: {type: array, items: {}, uniqueItems: true} # want unsupported
    ud: {type: array, items: {type: number}, uniqueItems: true} # want unsupported
    ue: {type: array, items: {type: boolean}, uniqueItems: true}
    uf: {type: array, items: {type: string, enum: [a, b]}, uniqueItems: true}
    ug: {type: array, items: {type: array, items: {}}, uniqueItems: false}
`))
}

func TestBoundsOf31(t *testing.T) {
	run(t, head31+`
components:
  schemas:
    A: {type: number, exclusiveMinimum: 3, exclusiveMaximum: 3} # want bad-rule
    B: {type: integer, exclusiveMinimum: 2.5} # want bad-rule
    C: {type: integer, exclusiveMinimum: 3, maximum: 3} # want bad-rule
`)
}

func TestConditions(t *testing.T) {
	run(t, schemas(`
S:
  type: object
  properties:
    kind: {type: integer, enum: [1, 2]}
    a: {type: string, x-msdk-required-when: {field: knid, is: [1]}} # want unknown-name
    b: {type: string, x-msdk-required-when: {field: kind, is: ["1"]}} # want wrong-kind
    c: {type: string, x-msdk-required-when: {field: kind, is: [3]}} # want unknown-value
    d: {type: string, x-msdk-required-when: {field: kind, is: []}} # want extension
    e: {type: string, x-msdk-required-when: {field: e, is: [x]}} # want extension
    f: {type: string, x-msdk-required-when: {field: kind, is: 1}} # want wrong-kind
    g: {type: string, x-msdk-required-when: {field: kind}} # want missing-key
    h: {type: string, x-msdk-required-when: {field: kind, is: [1], not: 2}} # want unknown-key
    inner: {$ref: '#/components/schemas/I'}
I:
  type: object
  properties:
    a: {type: string, x-msdk-required-when: {field: ../kind, is: [1]}}
    b: {type: string, x-msdk-required-when: {field: ../gone, is: [1]}} # want unknown-name
    c: {type: string, x-msdk-required-when: {field: same, is: [x]}} # want extension
    same: {type: string, enum: [x], x-msdk-value: constant}
Holder: {type: object, properties: {kind: {type: integer}, items: {type: array, items: {$ref: '#/components/schemas/Item'}}}}
Named: {type: object, properties: {kind: {type: integer}, items: {type: object, additionalProperties: {$ref: '#/components/schemas/Member'}}}}
Item: {type: object, properties: {a: {type: string, x-msdk-required-when: {field: ../kind, is: [1]}}}} # want unsupported
Member: {type: object, properties: {a: {type: string, x-msdk-required-when: {field: ../kind, is: [1]}}}} # want unsupported
Alone:
  type: object
  properties:
    a: {type: string, x-msdk-required-when: {field: ../kind, is: [1]}} # want unknown-name
`))
}

func TestNumber(t *testing.T) {
	n, ok := number("1.5e3")
	require.True(t, ok)
	require.Equal(t, "1500/1", n.String())
	_, ok = number("1e999999999")
	require.False(t, ok, "an exact number of that size would take gigabytes")
	_, ok = number("x")
	require.False(t, ok)
}
