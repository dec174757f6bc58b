package lower

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// rich is a document whose requests have something of every kind.
const rich = head + `
security: [{s: []}]
paths:
  /a/{id}:
    post:
      operationId: a
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: app, in: query, x-msdk-value: {credential: app}, schema: {type: string}}
        - {name: q, in: query, schema: {type: string}}
        - {name: X-Date, in: header, x-msdk-value: {timestamp: iso}, schema: {type: string}}
        - {name: X-Acs-B, in: header, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {type: object, properties: {m: {type: string}}}}}}
      ` + answer + `
components:
  securitySchemes:
    s:
      type: apiKey
      in: header
      name: X-Sig
      x-msdk-credentials:
        app: {app: true}
        region: {}
        key: {secret: true}
        old: {secret: true, optional: true}
      x-msdk-sign:
        window: 300
        values: {t: {timestamp: seconds}, n: {nonce: hex, length: 16}}
        place: {header: X-Sig, template: "{{v1}} t={t},n={n},s={signature}"}
        steps:
          - {name: first, hmac: {hash: sha256, key: {secret: key}, of: {header: X-Date}}}
          - {name: times, concat: [{value: t}, {value: n}]}
          STEPS
          - {name: last, hmac: {hash: sha1, key: first, of: times}}
          - {name: sig, hex: last}
`

// withSteps is rich with further steps.
func withSteps(text string) string {
	return strings.Replace(rich, "          STEPS\n", indent(10, text), 1)
}

// wired is rich with further steps, of which y has a part in the signature.
func wired(text string) string {
	text = strings.Replace(withSteps(text), "of: times}}\n          - {name: sig", "of: joined}}\n          - {name: sig", 1)
	return strings.Replace(text, "          - {name: last", "          - {name: joined, concat: [times, y]}\n          - {name: last", 1)
}

// stepOf lowers one operation as the step x and returns it. use are the steps that make the text y of it, before are those that it
// needs.
func stepOf(t *testing.T, operation, use string, before ...string) *ir.Step {
	t.Helper()
	text := wired(strings.Join(append(before, "- {name: x, "+operation+"}", use), "\n"))
	s := run(t, text).Schemes[0]
	for _, step := range s.Program.Steps {
		if step.Name.Spec == "x" {
			return step
		}
	}
	require.Fail(t, "no step x")
	return nil
}

// What makes text of a step x of each type.
const (
	fromText  = "- {name: y, concat: [x]}"
	fromBytes = "- {name: y, hex: x}"
	fromList  = "- {name: y, join: {of: x, with: ','}}"
)

func TestOperationsOfOneOperand(t *testing.T) {
	for _, c := range []struct {
		operation string
		gives     ir.StepType
		use       string
	}{
		{"md5: {source: body}", ir.StepBytes, fromBytes},
		{"sha1: first", ir.StepBytes, fromBytes},
		{"sha224: {source: url}", ir.StepBytes, fromBytes},
		{"sha256: {source: target}", ir.StepBytes, fromBytes},
		{"sha384: {source: host}", ir.StepBytes, fromBytes},
		{"sha512: {source: scheme}", ir.StepBytes, fromBytes},
		{"hex: first", ir.StepText, fromText},
		{"upper-hex: first", ir.StepText, fromText},
		{"base64: first", ir.StepText, fromText},
		{"base64-raw: first", ir.StepText, fromText},
		{"base64url: first", ir.StepText, fromText},
		{"base64url-raw: first", ir.StepText, fromText},
		{"from-hex: {parameter: q}", ir.StepBytes, fromBytes},
		{"from-base64: {field: m}", ir.StepBytes, fromBytes},
		{"utf8: {path-parameter: id}", ir.StepBytes, fromBytes},
		{"lower: {header: Content-Type}", ir.StepText, fromText},
		{"upper: {credential: region}", ir.StepText, fromText},
		{"trim: {header: x-acs-b}", ir.StepText, fromText},
		{"length: {source: encoded-path}", ir.StepText, fromText},
		{"length: first", ir.StepText, fromText},
	} {
		s := stepOf(t, c.operation, c.use)
		name, _, _ := strings.Cut(c.operation, ":")
		require.Equal(t, ir.StepOp(name), s.Op)
		require.Equal(t, c.gives, s.Type, c.operation)
		require.Len(t, s.Args, 1)
	}
	require.Equal(t, "x-acs-b", stepOf(t, "trim: {header: X-ACS-B}", fromText).Args[0].Text, "headers compare in lower case")
}

func TestOperationsWithOptions(t *testing.T) {
	s := stepOf(t, `hmac: {hash: sha384, key: {credential: region}, of: first}`, fromBytes)
	require.Equal(t, "sha384", s.Hash)
	require.Equal(t, []ir.OperandKind{ir.OperandCredential, ir.OperandStep}, []ir.OperandKind{s.Args[0].Kind, s.Args[1].Kind})

	s = stepOf(t, `percent-encode: {of: {source: path}, keep: "/!", encode: "~", space: plus, lower-hex: true}`, fromText)
	require.Equal(t, ir.Percent{Keep: "/!", Encode: "~", Plus: true, LowerHex: true}, *s.Encoding)
	require.Equal(t, ir.Percent{}, *stepOf(t, `percent-encode: {source: path}`, fromText).Encoding)

	s = stepOf(t, `slice: {of: {source: path}, from: 1, to: 9}`, fromText)
	require.Equal(t, []any{1, 9, false, ir.StepText}, []any{s.From, s.To, s.Last, s.Type})
	s = stepOf(t, `slice: {of: first, from: 4}`, fromBytes)
	require.Equal(t, []any{4, -1, false, ir.StepBytes}, []any{s.From, s.To, s.Last, s.Type})
	s = stepOf(t, `slice: {of: first, last: 8}`, fromBytes)
	require.Equal(t, []any{8, true}, []any{s.From, s.Last})

	s = stepOf(t, `replace: {of: {source: path}, old: "+", new: "%20"}`, fromText)
	require.Equal(t, []string{"+", "%20"}, []string{s.Old, s.New})
	s = stepOf(t, `date: {of: {header: x-date}, from: iso, to: date-basic}`, fromText)
	require.Equal(t, []ir.TimeFormat{ir.TimeISO, ir.TimeDateBasic}, []ir.TimeFormat{s.Read, s.Write})

	s = stepOf(t, `if: {present: {source: body}, then: first, else: first}`, fromBytes)
	require.Equal(t, ir.StepBytes, s.Type)
	s = stepOf(t, `if: {present: {secret: old}, then: {constant: a}}`, fromText)
	require.Equal(t, ir.OperandConstant, s.Args[2].Kind)
	require.Empty(t, s.Args[2].Text)

	s = stepOf(t, `go: {function: own, of: [first, {constant: x}], gives: bytes}`, fromBytes)
	require.Equal(t, []any{"own", ir.StepBytes, 2}, []any{s.Function, s.Type, len(s.Args)})
}

func TestOperationsOnLists(t *testing.T) {
	s := stepOf(t, `parameters: {from: [query, body], except: [q], drop-empty: true, names: lower, add: {b: {value: t}, a: {constant: x}}}`, fromList)
	require.Equal(t, []ir.In{ir.InQuery, ir.InBody}, s.Select.From)
	require.Equal(t, []string{"q"}, s.Select.Except)
	require.True(t, s.Select.DropEmpty)
	require.True(t, s.Select.Lower)
	require.Equal(t, []string{"b", "a"}, []string{s.Select.Add[0].Name, s.Select.Add[1].Name}, "in document order")
	require.Equal(t, []string{"m"}, stepOf(t, `parameters: {from: [body], only: [m]}`, fromList).Select.Only)
	require.Equal(t, []ir.In{ir.InQuery}, stepOf(t, `parameters: {}`, fromList).Select.From)
	s = stepOf(t, `headers: {only: [Host, X-Date], prefix: X-ACS-}`, fromList)
	require.Equal(t, []string{"host", "x-date"}, s.Select.Only)
	require.Equal(t, "x-acs-", s.Select.Prefix)

	s = stepOf(t, `sort: {of: l, by: value, ignore-case: true}`, fromList, "- {name: l, headers: {prefix: x-}}")
	require.Equal(t, []any{ir.SortValue, true}, []any{s.By, s.Fold})
	s = stepOf(t, `percent-encode: l`, fromList, "- {name: l, parameters: {}}")
	require.Equal(t, ir.StepList, s.Type)

	l := "- {name: l, parameters: {}}"
	s = stepOf(t, `join: {of: l, with: "&", pair: "=", bare: true}`, fromText, l)
	require.Equal(t, []any{"&", "=", true, ir.TakeBoth, ir.StepText}, []any{s.With, s.Pair, s.Bare, s.Take, s.Type})
	require.Equal(t, ir.TakeNames, stepOf(t, `join: {of: l, with: ";", take: names}`, fromText, l).Take)
	require.Equal(t, ir.TakeValues, stepOf(t, `join: {of: l, with: "", take: values}`, fromText, l).Take)
	require.Len(t, stepOf(t, `join: {of: [{source: method}, {constant: ""}], with: "\n"}`, fromText).Args, 2)
}

func TestFurtherSelections(t *testing.T) {
	s := stepOf(t, `parameters: {repeated: ","}`, fromList)
	require.Equal(t, ",", s.Select.Repeated)
	s = stepOf(t, `headers: {only: [Host], add: {X-Add: {source: port}}}`, fromList)
	require.Equal(t, "x-add", s.Select.Add[0].Name)
	require.Equal(t, ir.OperandPort, s.Select.Add[0].Value.Kind)
	require.Equal(t, ir.OperandHostName, stepOf(t, `lower: {source: host-name}`, fromText).Args[0].Kind)
	for fault, message := range map[string]string{
		`- {name: x, parameters: {repeated: ""}}`:               "nothing stands between the values",
		`- {name: x, headers: {only: [Host], add: {a: first}}}`: "this is bytes",
		`- {name: x, headers: {add: {a: {value: t}}}}`:          "no header is selected",
		`- {name: x, list: [{source: domain}]}`:                 "the sources are method, path",
	} {
		_, list := lowered(t, wired(fault+"\n"+fromList), false)
		require.Contains(t, fmt.Sprint(list), message, fault)
	}
}

// That a key is there is no proof of anything: whoever has none can say so as well.
func TestPresenceOfAKeySignsNothing(t *testing.T) {
	text := strings.Replace(inBody, "hmac: {hash: md5, key: {secret: key}, of: text}", "md5: text", 1)
	text = strings.Replace(text, "of: l, with", "of: k, with", 1)
	text = strings.Replace(text, "          - {name: text,", "          - {name: on, if: {present: {secret: key}, then: {constant: a}}}\n          - {name: k, parameters: {from: [body], add: {on: on}}}\n          - {name: text,", 1)
	text = strings.Replace(text, "          - {name: l, parameters: {from: [body]}}\n", "", 1)
	_, list := lowered(t, text, false)
	require.Len(t, list, 1)
	require.Contains(t, list[0].Message, "no step takes a key or a secret")
}

// Whether a key is there may be told, the key itself not: not in a place, and not by a way around.
func TestKeysInClear(t *testing.T) {
	hole := func(steps string) string {
		return strings.Replace(withSteps(steps), "s={signature}", "s={signature},x={x}", 1)
	}
	run(t, hole("- {name: x, if: {present: {secret: key}, then: {constant: a}}}"))
	for _, steps := range []string{
		"- {name: x, concat: [{secret: key}]}",
		"- {name: x, if: {present: {value: t}, then: {secret: key}}}",
		"- {name: b, utf8: {secret: key}}\n- {name: x, hex: b}",
		"- {name: l, list: [{value: t}, {secret: key}]}\n- {name: x, join: {of: l, with: ''}}",
		"- {name: l, parameters: {add: {k: {secret: key}}}}\n- {name: p, percent-encode: l}\n- {name: x, join: {of: p, with: ''}}",
		"- {name: x, slice: {of: {secret: key}, last: 4}}",
	} {
		_, list := lowered(t, hole(steps), false)
		require.Len(t, list, 1, steps)
		require.Equal(t, `the secret "key" would travel as it is, without a hash over it`, list[0].Message)
	}
}

// Values without names keep having none: to join them takes no names, whatever was done to the list in between.
func TestNamelessLists(t *testing.T) {
	l := "- {name: l, list: [{value: t}, {header: x-date}]}\n- {name: o, sort: l}\n- {name: e, percent-encode: o}"
	require.Equal(t, ir.TakeValues, stepOf(t, `join: {of: e, with: ""}`, fromText, l).Take)
	s := stepOf(t, `sort: l2`, "- {name: j, join: {of: e, with: ''}}\n- {name: k, join: {of: x, with: ''}}\n- {name: y, concat: [j, k]}", l, "- {name: l2, list: [{value: n}]}")
	require.Equal(t, ir.SortValue, s.By)
	run(t, withSteps(l+"\n- {name: j, join: {of: e, with: '', pair: '='}} # want extension\n- {name: k, join: {of: [j], with: '', take: names}} # want extension"))
}

func TestBadOperationsOfSteps(t *testing.T) {
	for name, text := range map[string]string{
		"bytes with text":         `concat: [first, {value: t}]} # want step-type`,
		"text with bytes":         `concat: [{value: t}, first]} # want step-type`,
		"list in a text":          `concat: [l]} # want step-type`,
		"join of bytes":           `join: {of: first, with: x}} # want step-type`,
		"join of bytes in a list": `join: {of: [first], with: x}} # want step-type`,
		"join without with":       `join: {of: l}} # want missing-key`,
		"join of nothing":         `join: {of: [], with: ""}} # want extension`,
		"pair of names":           `join: {of: l, with: "", take: names, pair: x}} # want extension`,
		"unknown part":            `join: {of: l, with: "", take: keys}} # want unknown-value`,
		"hash of a list":          `md5: l} # want step-type`,
		"hex of text":             `upper-hex: {value: t}} # want step-type`,
		"from-hex of bytes":       `from-hex: first} # want step-type`,
		"unknown hash":            `hmac: {hash: sha3, key: {secret: key}, of: first}} # want unknown-value`,
		"hmac without a key":      `hmac: {hash: md5, of: first}} # want missing-key`,
		"hmac of a list":          `hmac: {hash: md5, key: {secret: key}, of: l}} # want step-type`,
		"option of hmac":          `hmac: {hash: md5, key: {secret: key}, message: l}} # want unknown-key missing-key`,
		"option of percent":       `percent-encode: {of: {value: t}, kept: x}} # want unknown-key`,
		"operand with options":    `percent-encode: {source: path, keep: "/"}} # want unknown-key missing-key`,
		"kept letter":             `percent-encode: {of: {value: t}, keep: a}} # want extension`,
		"encoded slash":           `percent-encode: {of: {value: t}, encode: "/"}} # want extension`,
		"space":                   `percent-encode: {of: {value: t}, space: "+"}} # want unknown-value`,
		"slice of nothing":        `slice: {of: first, from: 3, to: 3}} # want extension`,
		"slice from the end":      `slice: {of: first, from: -3}} # want extension`,
		"slice of everything":     `slice: {of: first}} # want missing-key`,
		"slice of both ends":      `slice: {of: first, last: 3, from: 1}} # want extension`,
		"slice of a list":         `slice: {of: l, last: 3}} # want step-type`,
		"replace nothing":         `replace: {of: {value: t}, old: "", new: x}} # want extension`,
		"replace without new":     `replace: {of: {value: t}, old: x}} # want missing-key`,
		"date in words":           `date: {of: {value: t}, from: seconds, to: words}} # want unknown-value`,
		"date of bytes":           `date: {of: first, from: seconds, to: date}} # want step-type`,
		"outcomes that differ":    `if: {present: {value: t}, then: first, else: {value: n}}} # want step-type`,
		"bytes without an else":   `if: {present: {value: t}, then: first}} # want step-type`,
		"presence of bytes":       `if: {present: first, then: {value: t}}} # want step-type`,
		"no outcome":              `if: {present: {value: t}}} # want missing-key`,
		"from the header":         `parameters: {from: [header]}} # want unknown-value`,
		"from nowhere":            `parameters: {from: []}} # want extension`,
		"only and except":         `parameters: {only: [q], except: [app]}} # want extension`,
		"added bytes":             `parameters: {add: {a: first}}} # want step-type`,
		"names in capitals":       `parameters: {names: upper}} # want unknown-value`,
		"no headers":              `headers: {}} # want missing-key`,
		"header of a signature":   `headers: {only: [X-SIG]}} # want extension`,
		"list of nothing":         `list: []} # want extension`,
		"list of lists":           `list: [l]} # want step-type`,
		"sort of text":            `sort: {value: t}} # want step-type`,
		"order":                   `sort: {of: l, by: length}} # want unknown-value`,
		"go without an end":       `go: {function: own, of: []}} # want missing-key`,
		"go to a list":            `go: {function: own, of: [], gives: list}} # want unknown-value`,
		"go function":             `go: {function: "a-b", of: [], gives: text}} # want invalid-name`,
		"go import":               `go: {function: sha256, of: [], gives: text}} # want invalid-name`,
		"go predeclared":          `go: {function: append, of: [], gives: text}} # want invalid-name`,
		"go with a list":          `go: {function: own, of: [l], gives: text}} # want step-type`,
		"unknown value":           `concat: [{value: time}]} # want unknown-name`,
		"unknown credential":      `concat: [{credential: reg}]} # want unknown-name`,
		"credential as secret":    `concat: [{secret: region}]} # want unknown-name`,
		"secret as credential":    `concat: [{credential: key}]} # want unknown-name`,
		"no choice of keys":       `concat: [{key: true}]} # want extension`,
		"no key":                  `concat: [{key: false}]} # want extension`,
		"own header":              `concat: [{header: x-sig}]} # want extension`,
	} {
		t.Run(name, func(t *testing.T) {
			run(t, withSteps("- {name: l, parameters: {}}\n- {name: x, "+text))
		})
	}
}

// Whether requests have what a program reads is looked at when they are known.
func TestNamesThatNoRequestHas(t *testing.T) {
	for operation, c := range map[string]struct{ use, message, fix string }{
		`parameters: {only: [qq]}`:                      {fromList, `unknown query parameter "qq"`, `known here: app, q`},
		`parameters: {from: [body], except: [q]}`:       {fromList, `unknown member of the body "q"`, `known here: m`},
		`parameters: {from: [query, body], only: [mm]}`: {fromList, `unknown parameter "mm"`, `known here: app, q, m`},
		`headers: {only: [x-dat]}`:                      {fromList, `unknown header "x-dat"`, `did you mean "X-Date"?`},
		`concat: [{path-parameter: ids}]`:               {fromText, `unknown path parameter "ids"`, `known here: id`},
		`concat: [{parameter: apps}]`:                   {fromText, `unknown query parameter "apps"`, `did you mean "app"?`},
		`concat: [{field: mm}]`:                         {fromText, `unknown member of the body "mm"`, `known here: m`},
		`concat: [{header: User-Agent}]`:                {fromText, `unknown header "user-agent"`, `no operation of "s" sends it; declare it there`},
	} {
		_, list := lowered(t, wired("- {name: x, "+operation+"}\n"+c.use), false)
		require.Len(t, list, 1, operation)
		require.Equal(t, []any{diag.CodeUnknownName, c.message, c.fix}, []any{list[0].Code, list[0].Message, list[0].Suggestion})
	}
}
