package lower

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// signed is a document with one operation that uses the scheme s; what stands at the holes may be replaced.
const signed = head + `
security: [{s: []}]
paths:
  /a:
    get:
      operationId: a
      parameters:
        - {name: sig, in: query, x-msdk-value: signature, schema: {type: string}}
        - {name: ts, in: query, x-msdk-value: timestamp, schema: {type: integer}}
        - {name: encode, in: query, x-msdk-value: key, schema: {type: string}}
        - {name: appid, in: query, x-msdk-value: {credential: appid}, schema: {type: string}}
      ` + answer + `
components:
  securitySchemes:
    s:
      type: apiKey
      in: query
      name: sig
      description: Signed.
      x-msdk-credentials:
        appid: {app: true, description: The app.}
        key1: {secret: true}
        key2: {secret: true}
      x-msdk-sign:
        keys:
          parameter: encode
          choices:
            - {value: "2", secret: key1, otherwise: true}
            - {value: "1", secret: key2}
        place: {query: sig}
        steps:
          STEPS
`

// oneLine is the document with a program that stands on the line of its key.
func oneLine(program string) string {
	return strings.Replace(signed, "\n          STEPS", " "+program, 1)
}

// goodSteps is a program without a fault.
const goodSteps = `
- {name: text, concat: [{key: true}, {parameter: ts}, {constant: "&"}, {source: method}, {source: path}, {source: body}, {secret: key2}]}
- {name: rest, query: {except: [sig]}}
- {name: both, concat: [text, rest]}
- {name: digest, md5: both}
- {name: again, sha256: digest}
- {name: other, sha1: again}
- {name: sig, hex: other}`

func steps(text string) string {
	return strings.Replace(signed, "          STEPS\n", indent(10, text), 1)
}

func TestSigningProgram(t *testing.T) {
	api := run(t, steps(goodSteps))
	s := api.Schemes[0]
	require.Same(t, s, api.Operations[0].Scheme)
	require.Equal(t, "Signed.", s.Doc.Description)
	require.Equal(t, []*ir.Credential{s.Credentials[0], s.Credentials[1], s.Credentials[2]}, s.Credentials)
	require.True(t, s.Credentials[0].App)
	require.Equal(t, "The app.", s.Credentials[0].Doc.Description)
	require.True(t, s.Credentials[1].Secret)
	require.Equal(t, "encode", s.Keys.Parameter)
	require.Equal(t, []string{"2", "key1"}, []string{s.Keys.Choices[0].Value, s.Keys.Choices[0].Secret})
	require.True(t, s.Keys.Choices[0].Otherwise)
	require.Equal(t, ir.InQuery, s.Places[0].In)
	require.Equal(t, "sig", s.Places[0].Name)
	require.Empty(t, s.Builtin)
	p := s.Program.Steps
	require.Len(t, p, 9, "the shorthand query is three steps")
	require.Equal(t, ir.OpConcat, p[0].Op)
	require.Equal(t, ir.StepText, p[0].Type)
	var kinds []ir.OperandKind
	for _, a := range p[0].Args {
		kinds = append(kinds, a.Kind)
	}
	require.Equal(t, []ir.OperandKind{
		ir.OperandKey, ir.OperandParameter, ir.OperandConstant, ir.OperandMethod, ir.OperandPath, ir.OperandBody, ir.OperandSecret,
	}, kinds)
	require.Equal(t, "ts", p[0].Args[1].Text)
	require.Equal(t, "&", p[0].Args[2].Text)
	require.Equal(t, []ir.StepOp{ir.OpParameters, ir.OpSort, ir.OpJoin}, []ir.StepOp{p[1].Op, p[2].Op, p[3].Op})
	require.Equal(t, []string{"rest.list", "rest.sorted", "rest"}, []string{p[1].Name.Spec, p[2].Name.Spec, p[3].Name.Spec})
	require.Equal(t, []string{"sig"}, p[1].Select.Except)
	require.Equal(t, []ir.In{ir.InQuery}, p[1].Select.From)
	require.Equal(t, []string{"&", "="}, []string{p[3].With, p[3].Pair})
	require.Equal(t, ir.StepBytes, p[5].Type)
	require.Equal(t, ir.Operand{Pos: diag.Pos{File: "t.yaml", Line: 37, Column: 33}, Kind: ir.OperandStep, Text: "both"}, p[5].Args[0])
	require.Equal(t, "sig", p[8].Name.Spec)
	require.Equal(t, "sig", s.Places[0].Step)
	require.Equal(t, ir.Locator{Pos: s.App.Pos, In: ir.InQuery, Name: "appid"}, *s.App)
	require.Equal(t, ir.Locator{Pos: s.Time.Pos, In: ir.InQuery, Name: "ts", Format: ir.TimeSeconds}, *s.Time)
}

func TestBadSteps(t *testing.T) {
	for name, text := range map[string]string{
		"bytes where text is due":  `[{name: a, md5: {key: true}}, {name: b, concat: [a]}] # want step-type`,
		"text where bytes are due": `[{name: a, hex: {key: true}}] # want step-type`,
		"ends in bytes":            `[{name: a, md5: {key: true}}] # want step-type`,
		"later step":               `[{name: a, concat: [b]}, {name: b, hex: a}] # want step-order step-type`,
		"own step":                 `[{name: a, concat: [a]}] # want step-order`,
		"unknown step":             `[{name: abc, md5: {key: true}}, {name: b, hex: abd}] # want unknown-name`,
		"unknown operation":        `[{name: a, concatt: [{key: true}]}] # want unknown-name`,
		"unknown secret":           `[{name: a, concat: [{secret: key3}]}] # want unknown-name`,
		"unknown parameter":        `[{name: a, hmac: {hash: md5, key: {key: true}, of: {parameter: tz}}}, {name: b, hex: a}] # want unknown-name`,
		"unknown source":           `[{name: a, concat: [{source: urls}]}] # want unknown-name`,
		"unknown operand":          `[{name: a, concat: [{constat: x}]}] # want unknown-key`,
		"two operands":             `[{name: a, concat: [{constant: x, key: true}]}] # want extension`,
		"two operations":           `[{name: a, concat: [{key: true}], query: {except: [sig]}}] # want extension`,
		"no operation":             `[{name: a}] # want extension`,
		"no name":                  `[{concat: [{key: true}]}] # want missing-key`,
		"empty name":               `[{name: "", concat: [{key: true}]}] # want extension`,
		"name twice":               `[{name: a, concat: [{key: true}]}, {name: a, concat: [{key: true}]}] # want extension`,
		"no steps":                 `[] # want extension`,
		"nothing to join":          `[{name: a, concat: []}] # want extension`,
		"not a list":               `[{name: a, concat: {key: true}}] # want wrong-kind`,
		"signs itself":             `[{name: a, concat: [{parameter: sig}]}] # want extension`,
		"unknown exception":        `[{name: a, query: {except: [sig, gone]}}, {name: b, hmac: {hash: md5, key: {key: true}, of: a}}, {name: c, hex: b}] # want unknown-name`,
		"step is text":             `[text] # want wrong-kind`,
		"step that nothing uses":   `[{name: a, md5: {source: body}}, {name: b, md5: {key: true}}, {name: c, hex: b}] # want extension`,
		"no key and no secret":     `[{name: a, concat: [{source: body}, {parameter: ts}]}] # want extension`,
	} {
		t.Run(name, func(t *testing.T) { run(t, oneLine(text)) })
	}
}

func TestStepSuggestion(t *testing.T) {
	_, list := lowered(t, steps("- {name: text, concat: [{parameter: ts}]}\n- {name: digest, md5: txet}\n- {name: sig, hex: digest}"), false)
	require.Len(t, list, 1)
	require.Equal(t, `did you mean "text"?`, list[0].Suggestion)
	require.Equal(t, diag.Pos{File: "t.yaml", Line: 35, Column: 33}, list[0].Pos)
}

// A bare name that is none of a step is perhaps that of something else.
func TestBareNames(t *testing.T) {
	for name, fix := range map[string]string{"key1": "{secret: key1}", "appid": "{credential: appid}", "body": "{source: body}", "query": "{source: query}"} {
		_, list := lowered(t, oneLine("[{name: a, concat: ["+name+"]}]"), false)
		require.Equal(t, fix, list[0].Suggestion)
	}
}

func TestBadSchemes(t *testing.T) {
	good := steps(goodSteps)
	for name, c := range map[string]struct {
		old, new string
		code     diag.Code
		message  string
	}{
		"two apps":             {"key2: {secret: true}", "key2: {secret: true}\n        other: {app: true}", "extension", "only one credential names the app"},
		"optional app":         {"appid: {app: true,", "appid: {app: true, optional: true,", "extension", `the credential "appid" names the app, so it cannot be left out`},
		"secret app":           {"appid: {app: true,", "appid: {app: true, secret: true,", "extension", `the credential "appid" names the app, so it is no secret`},
		"credential type":      {"appid: {app: true,", "appid: {app: true, type: int,", "unknown-value", `unknown type "int"`},
		"integer secret":       {"key1: {secret: true}", "key1: {secret: true, type: integer}", "extension", `the secret "key1" has to be a string`},
		"choice of no secret":  {"secret: key1,", "secret: appid,", "unknown-name", `unknown secret "appid"`},
		"choice twice":         {`value: "1", s`, `value: "2", s`, "extension", `the value "2" chooses another key already`},
		"otherwise twice":      {"secret: key2}\n        place", "secret: key2, otherwise: true}\n        place", "extension", "only one choice takes all other values"},
		"no choices":           {"choices:\n            - {value: \"2\", secret: key1, otherwise: true}\n            - {value: \"1\", secret: key2}\n", "choices: []\n", "extension", "no key to choose from"},
		"key parameter gone":   {"parameter: encode", "parameter: encod", "unknown-name", `unknown query parameter "encod"`},
		"key not filled":       {"x-msdk-value: key,", "", "extension", `the client has to fill the query parameter "encode"`},
		"signature not filled": {"x-msdk-value: signature,", "", "extension", `the client has to fill the query parameter "sig"`},
		"app not carried":      {"x-msdk-value: {credential: appid},", "", "extension", `nothing carries "appid", which names the app`},
		"secret travels":       {"x-msdk-value: timestamp", "x-msdk-value: {credential: key1}", "extension", `the credential "key1" is a secret and never travels`},
		"unknown credential":   {"x-msdk-value: timestamp", "x-msdk-value: {credential: apid}", "unknown-name", `unknown credential "apid"`},
		"other place":          {"in: query\n      name: sig", "in: query\n      name: sign", "extension", `the signature goes to the query parameter "sig", but the scheme says query "sign"`},
		"place of nothing":     {"place: {query: sig}", "place: {}", "missing-key", "the place is neither in the query nor in a header nor in the body"},
		"in header":            {"in: query\n      name: sig", "in: header\n      name: sig", "extension", `the signature goes to the query parameter "sig", but the scheme says header "sig"`},
		"http":                 {"type: apiKey\n      in: query\n      name: sig", "type: http\n      scheme: basic", "unsupported", `a security scheme of type "http" is not supported`},
		"scope":                {"{s: []}", "{s: [x]}", "unsupported", "a scope is not supported"},
		"choice of schemes":    {"[{s: []}]", "[{s: []}, {}]", "unsupported", "a choice of security schemes is not supported"},
		"misspelt":             {"otherwise: true}", "otherwhise: true}", "unknown-key", `unknown key "otherwhise"`},
		"key without a choice": {"keys:", "kees:", "extension", "the scheme has no keys to choose from"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, good, c.old)
			_, list := lowered(t, strings.Replace(good, c.old, c.new, 1), false)
			found := slices.ContainsFunc(list, func(d diag.Diagnostic) bool {
				return d.Code == c.code && d.Message == c.message && d.Pos.IsValid()
			})
			require.True(t, found, "%v", list)
		})
	}
}

func TestSchemesThatAreNotEmitted(t *testing.T) {
	run(t, head+`
paths:
  /a:
    get: {security: [{k: [], b: []}], `+answer+`} # want unsupported
components:
  securitySchemes:
    k: {type: apiKey, in: query, name: k} # want unsupported
    b: {type: http, scheme: bearer} # want unsupported
    o: {type: openIdConnect, openIdConnectUrl: https://x.example.com} # want unsupported
`)
}

func TestOperationsAgreeOnTheirScheme(t *testing.T) {
	text := strings.Replace(steps(goodSteps), "components:\n", `  /b:
    get: # want extension extension extension
      operationId: b
      parameters:
        - {name: other, in: query, schema: {type: string}}
      `+answer+`
  /c:
    get:
      operationId: c
      parameters:
        - {name: sig, in: query, x-msdk-value: signature, schema: {type: string}}
        - {name: ts, in: query, x-msdk-value: timestamp, schema: {type: integer}}
        - {name: encode, in: query, x-msdk-value: key, schema: {type: string}}
        - {name: gameid, in: query, x-msdk-value: {credential: appid}, schema: {type: string}} # want extension
      `+answer+`
  /free:
    get:
      operationId: free
      security: []
      `+answer+`
components:
`, 1)
	run(t, text)
	_, list := lowered(t, text, false)
	var got []string
	for _, d := range list {
		got = append(got, d.Message)
	}
	require.Equal(t, []string{
		`nothing carries "appid", which names the app`,
		`the query parameter "encode" is not declared, but the scheme "s" uses it`,
		`the query parameter "ts" is not declared, but the scheme "s" uses it`,
		`the app travels as the query parameter "gameid" here, but as the query parameter "appid" elsewhere`,
	}, got)
}

func TestUserSig(t *testing.T) {
	text := head + `
paths: {}
components:
  securitySchemes:
    tim:
      type: apiKey
      in: query
      name: usersig
      x-msdk-credentials:
        sdkappid: {app: true, type: integer}
        identifier: {}
        secret: {secret: true}
      x-msdk-sign: {builtin: tim-usersig, place: {query: usersig}}
`
	s := run(t, text).Schemes[0]
	require.Equal(t, "tim-usersig", s.Builtin)
	require.Nil(t, s.Program)
	require.Equal(t, ir.KindInt, s.Credentials[0].Kind)
	run(t, strings.Replace(text, "{builtin: tim-usersig, place: {query: usersig}}", "{builtin: tim, place: {query: usersig}} # want unknown-value", 1))
	run(t, strings.Replace(text, "place: {query: usersig}}", "place: {query: usersig}, steps: []} # want extension", 1))
	run(t, strings.Replace(text, "identifier: {}", "identifier: {secret: true} # want extension", 1))
	run(t, strings.Replace(strings.Replace(text, "        identifier: {}\n", "", 1), "query: usersig}}", "query: usersig}} # want missing-key", 1))
}
