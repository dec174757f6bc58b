package lower

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

const exampled = head + `
x-msdk-documents: {d: {title: D}}
paths:
  /a:
    post:
      operationId: a
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: {type: string, x-msdk-max-bytes: 6}
                note: {type: string, x-msdk-expected: true}
                kind: {type: integer, enum: [1, 2]}
                url: {type: string, x-msdk-required-when: {field: kind, is: [2]}}
                list: {type: array, maxItems: 2, items: {type: object, required: [id], properties: {id: {type: integer, x-msdk-accept: [string]}}}}
            examples:
              EXAMPLES
      responses:
        "200":
          description: d
          content:
            application/json:
              schema: {type: object, required: [ret], properties: {ret: {type: integer}, msg: {type: string, x-msdk-expected: true}}}
              example: {"ret": 0,   "msg": ""}
`

func examples(text string) string {
	return strings.Replace(exampled, "              EXAMPLES\n", indent(14, text), 1)
}

func TestExamples(t *testing.T) {
	api := run(t, examples(`
b: {summary: First., value: {note: x, name: abc, kind: 1, list: [{id: "7"}]}, x-msdk-doc: {document: d, line: 3}}
a: {$ref: '#/components/examples/E'}
`)+`
components:
  examples:
    E: {value: {name: "日本", note: x}}
`)
	e := api.Operations[0].Calls[0].Examples
	require.Len(t, e, 3)
	require.Equal(t, []string{"b", "a", "example"}, []string{e[0].Name, e[1].Name, e[2].Name})
	require.Equal(t, `{"note":"x","name":"abc","kind":1,"list":[{"id":"7"}]}`, string(e[0].JSON))
	require.Equal(t, "First.", e[0].Summary)
	require.Equal(t, 3, e[0].Source.Line)
	require.False(t, e[0].Response)
	require.Equal(t, `{"name":"日本","note":"x"}`, string(e[1].JSON))
	require.True(t, e[2].Response)
	require.Equal(t, "200", e[2].Status)
	require.Equal(t, `{"ret":0,"msg":""}`, string(e[2].JSON), "an empty expected member is no fault of a response")
}

func TestBadExamples(t *testing.T) {
	for text, want := range map[string]string{
		`{note: x}`:                               "name: required",
		`{name: "", note: x}`:                     "name: required",
		`{name: a}`:                               "note: expected",
		`{name: a, note: ""}`:                     "note: expected",
		`{name: 5, note: x}`:                      "name: type",
		`{name: 日本語, note: x}`:                    "name: max-bytes",
		`{name: a, note: x, kind: 3}`:             "kind: enum",
		`{name: a, note: x, kind: 2}`:             "url: required-when",
		`{name: a, note: x, list: [{}, {id: 1}]}`: "list[0].id: required",
		`{name: a, note: x, list: [{id: x}]}`:     "list[0].id: type",
		`{name: a, note: x, list: [{id: 1.5}]}`:   "list[0].id: type",
		`{name: a, note: x, list: 1}`:             "list: type",
		`{name: a, note: null}`:                   "note: expected",
		`[]`:                                      "type",
		`{name: a, note: x, list: [{id: 1}, {id: 2}, {id: 3}]}`: "list: maxItems",
	} {
		t.Run(text, func(t *testing.T) {
			_, list := lowered(t, examples("x: {value: "+text+"}"), false)
			require.Len(t, list, 1, "%v", list)
			require.Equal(t, diag.CodeBadExample, list[0].Code)
			require.Contains(t, list[0].Message, `the example "x" breaks its schema: `)
			require.Equal(t, want, brokenRule(list[0].Message))
		})
	}
}

func TestExamplePlace(t *testing.T) {
	_, list := lowered(t, examples("x:\n  value:\n    name: a\n    note: x\n    list:\n      - id: 1\n      - id: true"), false)
	require.Len(t, list, 1)
	require.Equal(t, diag.Pos{File: "t.yaml", Line: 28, Column: 27}, list[0].Pos)
}

func TestPrintedExamples(t *testing.T) {
	text := examples(`
v: {summary: Nothing.} # want missing-key
u: {externalValue: https://x.example.com} # want unsupported
s: {value: {name: a, note: x}, x-msdk-variant: QQ} # want extension
`)
	api := run(t, strings.Replace(text, "            examples:\n", "            x-msdk-examples-as-printed:\n"+indent(14, `
x:
  summary: First.
  value: {kind: 3, name: ""}
  reason: So it stands.
  violations: ["note: expected", "kind: enum", "name: required"]
y: {value: {name: a, note: x}, reason: r, violations: ["note: expected"]} # want bad-example
z: {value: {name: a}, reason: r, violations: ["note: expected", "kind: enum"]} # want bad-example
w: {value: {name: a, note: x}, violations: []} # want missing-key extension
u: {value: {name: a}, reason: r, violations: ["note: expected"]} # want extension
q: {value: {name: 1, note: x}, reason: r, violations: ["name: type"]} # want bad-example
r: {value: {name: a}, reson: r, violations: ["note: expected"]} # want unknown-key
p: {value: {name: a}, reason: r, violations: ["note: expected"], x-msdk-variant: QQ} # want extension
o: {reason: r, violations: ["note: expected"]} # want missing-key
`)+"            examples:\n", 1))
	all := api.Operations[0].Calls[0].Examples
	e := all[slices.IndexFunc(all, func(e *ir.Example) bool { return e.Name == "x" })]
	require.Equal(t, "First.", e.Summary)
	require.Equal(t, "So it stands.", e.Printed.Reason)
	require.Equal(t, []string{"kind: enum", "name: required", "note: expected"}, e.Printed.Violations)
}

// brokenRule is "path: rule" out of a message; what the rule asks for follows it there.
func brokenRule(message string) string {
	_, rule, _ := strings.Cut(message, " breaks its schema: ")
	return regexp.MustCompile(`^(\S+: )?\S+`).FindString(rule)
}

// What a rule asks for stands in the message, and its place beside it where that is another line.
func TestBrokenLimits(t *testing.T) {
	_, list := lowered(t, head+`
paths: {}
components:
  schemas:
    A:
      type: object
      properties:
        word: {type: string, maxLength: 3, example: abcd}
        kind: {type: string, enum: [a, b], example: c}
        form: {type: string, pattern: "^a", default: b}
        many: {type: integer, maximum: 1.5e3, default: 2000}
        one: {$ref: "#/components/schemas/B"}
        sure: {type: string, minLength: 2, example: ab, default: ab}
      example:
        word: 5
        many: 2000
    B: {type: object, properties: {again: {type: array, items: {$ref: "#/components/schemas/B"}}}, example: {again: [{again: 1}]}}
`, false)
	var got []string
	for _, d := range list {
		text := fmt.Sprintf("%d: %s: %s", d.Pos.Line, d.Severity, d.Message)
		for _, r := range d.Related {
			text += fmt.Sprintf(" (%d: %s)", r.Pos.Line, r.Message)
		}
		got = append(got, text)
	}
	require.ElementsMatch(t, []string{
		"10: warning: the example breaks its schema: maxLength 3",
		"11: warning: the example breaks its schema: enum (one of a, b)",
		`12: error: the default "b" breaks its own schema: pattern "^a"`,
		"13: error: the default 2000 breaks its own schema: maximum 1500",
		"17: warning: the example breaks its schema: word: type string (10: stated here)",
		"18: warning: the example breaks its schema: many: maximum 1500 (13: stated here)",
		"19: warning: the example breaks its schema: again[0].again: type array",
	}, got)
}

// TestWordsOfTheValidator: where emptiness breaks several rules, a breach is what the generated validator makes of it.
func TestWordsOfTheValidator(t *testing.T) {
	_, list := lowered(t, head+`
paths:
  /a:
    post:
      operationId: a
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [set, both]
              properties:
                set: {type: string, enum: [a, b]}
                want: {type: string, enum: [a, b], x-msdk-expected: true}
                both: {type: string, minLength: 2, pattern: ^a}
                same: {type: integer, enum: [1], x-msdk-value: constant, x-msdk-expected: true}
                kind: {type: integer}
                list: {type: array, items: {type: string}, x-msdk-required-when: {field: kind, is: [1]}}
                flat: {type: integer, x-msdk-expected: true, x-msdk-required-when: {field: kind, is: [1]}}
            example: {set: "", want: "", both: "", kind: 1, list: []}
      responses:
        "200":
          description: d
          content:
            application/json:
              schema: {type: object, properties: {want: {type: string, enum: [a, b], x-msdk-expected: true}}}
              example: {want: ""}
`, false)
	var got []string
	for _, d := range list {
		got = append(got, brokenRule(d.Message))
	}
	require.ElementsMatch(t, []string{"set: enum", "want: expected", "both: required", "list: required-when"}, got)
}

// TestExamplesAtTheLimit keeps every rule by the least margin.
func TestExamplesAtTheLimit(t *testing.T) {
	run(t, head+`
paths:
  /a:
    get:
      operationId: a
      responses:
        "200":
          description: d
          content:
            application/json:
              schema:
                type: object
                properties:
                  text: {type: string, minLength: 2, maxLength: 2, x-msdk-max-bytes: 6}
                  int: {type: integer, format: int32, minimum: 2147483647, maximum: 2147483647}
                  open: {type: number, minimum: 1, exclusiveMinimum: true}
                  list: {type: array, items: {type: integer}, minItems: 2, maxItems: 2, uniqueItems: true}
                  map: {type: object, additionalProperties: {type: integer}, minProperties: 1, maxProperties: 1}
              example: {text: 日本, int: 2147483647, open: 1.0001, list: [1, 2], map: {a: 1}}
`)
}

func TestExampleRules(t *testing.T) {
	api, list := lowered(t, head+`
paths:
  /a:
    get:
      operationId: a
      responses:
        "200":
          description: d
          content:
            application/json:
              schema:
                type: object
                additionalProperties: false
                properties:
                  min: {type: number, minimum: 2, exclusiveMinimum: true}
                  max: {type: integer, maximum: 2}
                  step: {type: integer, multipleOf: 3}
                  short: {type: string, minLength: 2}
                  long: {type: string, maxLength: 2}
                  form: {type: string, pattern: '^a'}
                  same: {type: array, items: {type: integer}, uniqueItems: true, minItems: 3}
                  map: {type: object, additionalProperties: {type: boolean}, minProperties: 2}
                  few: {type: object, additionalProperties: {type: integer}, maxProperties: 1}
                  one: {type: string, enum: [x]}
                  bits: {type: integer, x-msdk-enum: [{value: 1}, {value: 2}], x-msdk-flags: true}
                  good: {type: integer, x-msdk-enum: [{value: 1}, {value: 2}], x-msdk-flags: true}
                  comma: {type: string, x-msdk-list: comma}
                  commas: {type: string, x-msdk-list: comma, x-msdk-items: {type: integer, maximum: 2}, maxItems: 2}
                  digits: {type: string, x-msdk-list: comma, x-msdk-items: {type: integer}}
                  either: {type: array, items: {oneOf: [{type: string}, {type: integer}]}}
                  lone: {x-msdk-single: true, oneOf: [{type: string, maxLength: 1}, {type: array, items: {type: string, maxLength: 1}}]}
                  more: {x-msdk-single: true, oneOf: [{type: string, maxLength: 1}, {type: array, items: {type: string, maxLength: 1}, maxItems: 1}]}
                  text: {type: object, properties: {}, x-msdk-embedded-json: true}
                  none: {type: object, properties: {}, x-msdk-empty-list: true}
                  small: {type: integer, format: int32}
                  open: {type: string, x-msdk-enum: [{value: a}, {value: b}]}
                  free: {}
              example:
                {min: 2, max: 3, step: 4, short: a, long: abc, form: b, same: [1, 1], map: {k: 1}, few: {a: 1, b: 2}, one: y, bits: 4, good: 3,
                 comma: [], text: "{", none: [], small: 2147483648, open: c, free: {a: null}, other: 1,
                 commas: "1,2,3", digits: "1,x", either: [1, "1", 1.5, true], lone: xy, more: [xy, z]}
`, false)
	require.NotNil(t, api)
	var got []string
	for _, d := range list {
		got = append(got, brokenRule(d.Message))
	}
	require.ElementsMatch(t, []string{
		"min: exclusiveMinimum", "max: maximum", "step: multipleOf", "short: minLength", "long: maxLength", "form: pattern", "same: uniqueItems",
		"same: minItems", "map: minProperties", "map.k: type", "few: maxProperties", "one: const", "bits: flags", "comma: type", "text: type",
		"small: type", "other: additionalProperties", "commas: maxItems", "commas[2]: maximum", "digits: type", "either[2]: type",
		"either[3]: type", "lone: maxLength", "more: maxItems", "more[0]: maxLength",
	}, got)
}
