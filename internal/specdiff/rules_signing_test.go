package specdiff

// Rules about signatures, encryption and the places of values, each on a document that has the place for it; both directions, all rows.

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const signedDocument = `openapi: 3.0.3
info: {title: Test, version: "1"}
security: [{head: []}]
x-msdk-results:
  main: {code: ret, success: [0]}
paths:
  /items/{id}:
    post:
      operationId: put_item
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: X-Date, in: header, required: true, schema: {type: string}, x-msdk-value: {timestamp: iso}}
        - {name: X-Trace, in: header, schema: {type: string}}
        - {name: X-Nonce, in: header, required: true, schema: {type: string}, x-msdk-value: {nonce: hex, length: 16}}
        - {name: page, in: query, schema: {type: string}}
        - {name: expires, in: query, required: true, schema: {type: string}, x-msdk-value: {timestamp: seconds, offset: 600}}
        - {name: mode, in: query, schema: {type: string}}
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {count: {type: integer}, color: {type: string}}}
            examples: {one: {value: {count: 3}}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: object, properties: {ret: {type: integer}}}}}}
  /plain:
    post:
      operationId: plain
      security: []
      requestBody: {content: {application/json: {schema: {type: object, properties: {zz: {type: string}}}}}}
      responses: {"200": {description: ok}}
  /pay:
    post:
      operationId: pay
      x-msdk-security: body
      requestBody:
        required: true
        content:
          application/json:
            schema: {type: object, properties: {mch: {type: string, x-msdk-value: {credential: mch}}, fee: {type: integer}, sign: {type: string, x-msdk-value: signature}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {ret: {type: integer}}}}}}}
components:
  securitySchemes:
    head:
      type: apiKey
      in: header
      name: Authorization
      x-msdk-credentials: {app: {app: true}, key: {secret: true}, enckey: {secret: true, optional: true}, spare: {secret: true, optional: true}, region: {}}
      x-msdk-encrypt: {cipher: msdktea, key: enckey}
      x-msdk-sign:
        window: 300
        values: {nonce: {nonce: hex, length: 16}, ts: {timestamp: seconds}}
        steps:
          - {name: list, parameters: {from: [query], except: [mode]}}
          - {name: sorted, sort: list}
          - {name: query, join: {of: sorted, pair: "=", with: "&"}}
          - {name: text, join: {of: [{source: method}, query, {header: X-Date}, {value: nonce}, {value: ts}, {field: count}], with: "\n"}}
          - {name: mac, hmac: {hash: sha256, key: {secret: key}, of: text}}
          - {name: signature, base64: mac}
        place: {header: Authorization, separator: ",", template: "app={app},n={nonce},t={ts},sig={signature}"}
  x-msdk-security-schemes:
    body:
      x-msdk-credentials: {mch: {app: true}, secret: {secret: true}}
      x-msdk-sign:
        steps:
          - {name: members, parameters: {from: [body]}}
          - {name: order, sort: members}
          - {name: pairs, join: {of: order, pair: "=", with: "&"}}
          - {name: mac, hmac: {hash: sha256, key: {secret: secret}, of: pairs}}
          - {name: sign, hex: mac}
        place: {body: sign}
`

const (
	head   = "/components/securitySchemes/head"
	sign   = head + "/x-msdk-sign"
	cipher = head + "/x-msdk-encrypt"
	itemOp = "/paths/~1items~1{id}/post"
	list   = itemOp + "/parameters"
	payOp  = "/paths/~1pay/post"
)

// edit replaces texts of the document, in turn.
type edit []string

type signingTest struct {
	name string
	edit edit
	want []string // rule, pointer, verdicts
}

func row(rule, pointer string, v Verdicts) string {
	return rule + " " + pointer + " (" + verdictWords(v) + ")"
}

var (
	longer  = Verdicts{Request: c0, Go: c0, Signing: r0}
	shorter = Verdicts{Request: r0, Go: c0, Signing: r0}
	fine    = Verdicts{Request: c0, Response: c0, Go: c0, Signing: c0}
	worst   = Verdicts{Request: b0, Response: b0, Go: c0, Signing: b0}
)

var signingTests = []signingTest{
	{"a longer window", edit{"window: 300", "window: 600"}, []string{row("window-extended", sign+"/window", longer)}},
	{"a shorter window", edit{"window: 300", "window: 60"}, []string{row("window-shortened", sign+"/window", shorter)}},
	{"no window", edit{"        window: 300\n", ""}, []string{row("window-extended", sign, longer)}},
	{"a value of another length", edit{"values: {nonce: {nonce: hex, length: 16}", "values: {nonce: {nonce: hex, length: 32}"}, []string{row("signing-value-changed", sign+"/values/nonce", shorter)}},
	{"a value of other letters", edit{"values: {nonce: {nonce: hex, length: 16}", "values: {nonce: {nonce: uuid}"}, []string{row("signing-value-changed", sign+"/values/nonce", shorter)}},
	{"a time of another form", edit{"ts: {timestamp: seconds}", "ts: {timestamp: milliseconds}"}, []string{row("signing-value-changed", sign+"/values/ts", signed)}},
	{"a further value", edit{"ts: {timestamp: seconds}}", "ts: {timestamp: seconds}, id: {nonce: uuid}}", "t={ts},", "t={ts},id={id},"}, []string{
		row("signing-value-changed", sign+"/values/id", signed), row("signature-place-changed", sign+"/place/template", signed)}},
	{"another template", edit{"app={app},n=", "app={app},nonce="}, []string{row("signature-place-changed", sign+"/place/template", signed)}},
	{"no separator", edit{`separator: ",", `, ""}, []string{row("signature-order-changed", sign+"/place", shorter)}},
	{"another place", edit{"in: header\n      name: Authorization", "in: query\n      name: auth", "{header: Authorization,", "{query: auth,"}, []string{row("signature-place-changed", sign+"/place", signed)}},
	{"one more place", edit{"place: {header: Authorization, separator: \",\", template: \"app={app},n={nonce},t={ts},sig={signature}\"}",
		"place: [{header: Authorization, separator: \",\", template: \"app={app},n={nonce},t={ts},sig={signature}\"}, {header: X-Too}]"}, []string{row("signature-place-changed", sign+"/place", signed)}},
	{"another member of an hmac", edit{"hash: sha256, key: {secret: key}", "hash: sha1, key: {secret: key}"}, []string{row("signing-program-changed", sign+"/steps/4/hmac/hash", signed)}},
	{"encoded parameters", edit{"sort: list}", "sort: list}\n          - {name: encoded, percent-encode: sorted}", "join: {of: sorted", "join: {of: encoded"}, []string{row("signing-program-changed", sign+"/steps", signed)}},

	{"an optional credential", edit{"region: {}", "region: {optional: true}"}, []string{row("credential-optional", head+"/x-msdk-credentials/region/optional", Verdicts{Go: c0, Signing: c0})}},
	{"a required credential", edit{"spare: {secret: true, optional: true}", "spare: {secret: true}"}, []string{row("credential-required", head+"/x-msdk-credentials/spare", Verdicts{Go: r0, Signing: r0})}},
	{"a new optional credential", edit{"region: {}", "region: {}, zone: {optional: true}"}, []string{row("credential-added-optional", head+"/x-msdk-credentials/zone", Verdicts{Go: c0, Signing: c0})}},

	{"no cipher", edit{"      x-msdk-encrypt: {cipher: msdktea, key: enckey}\n", ""}, []string{row("cipher-removed", head, Verdicts{Request: r0, Response: r0, Go: c0, Signing: r0})}},
	{"a cipher that has to be used", edit{"key: enckey}", "key: enckey, required: true}", "enckey: {secret: true, optional: true}", "enckey: {secret: true}"}, []string{
		row("credential-required", head+"/x-msdk-credentials/enckey", Verdicts{Go: r0, Signing: r0}), row("cipher-required", cipher+"/required", Verdicts{Request: b0, Response: r0, Go: r0, Signing: b0})}},
	{"the key of a cipher", edit{"key: enckey}", "key: spare}"}, []string{row("cipher-changed", cipher+"/key", worst)}},
	{"the headers of a cipher", edit{"key: enckey}", "key: enckey, headers: {content: X-Enc}}"}, []string{row("cipher-changed", cipher+"/headers", worst)}},
	{"the same in more words", edit{"key: enckey}", "key: enckey, sign: plaintext, required: false}"}, []string{row("rewritten", cipher, Verdicts{Go: d0})}},
	{"an operation without a cipher", edit{"      operationId: put_item\n", "      operationId: put_item\n      x-msdk-encrypt: false\n"}, []string{row("cipher-removed", itemOp+"/x-msdk-encrypt", Verdicts{Request: r0, Response: r0, Go: c0, Signing: r0})}},

	{"a parameter that is listed goes to a header", edit{"{name: page, in: query,", "{name: page, in: header,"}, []string{row("parameter-moved", list+"/4/in", Verdicts{Request: b0, Go: c0, Signing: c0})}},
	{"a header that is signed goes to the query", edit{"{header: X-Date}", "{parameter: X-Date}", "name: X-Date, in: header", "name: X-Date, in: query"}, []string{
		row("parameter-moved", list+"/1/in", signed), row("signing-program-changed", sign+"/steps/3/join/of/2", signed)}},
	{"a parameter in the path goes to the query", edit{"/items/{id}", "/items", "{name: id, in: path,", "{name: id, in: query,"}, []string{
		row("operation-renamed", "/paths/~1items", Verdicts{Request: b0, Go: c0}), row("parameter-moved", "/paths/~1items/post/parameters/0/in", Verdicts{Request: b0, Go: c0, Signing: c0})}},
	{"a header in other letters", edit{"{name: X-Trace,", "{name: X-TRACE,"}, []string{row("rewritten", list+"/2/name", Verdicts{Go: d0})}},
	{"a time in another form", edit{"x-msdk-value: {timestamp: iso}", "x-msdk-value: {timestamp: http}"}, []string{row("parameter-source-changed", list+"/1/x-msdk-value", signed)}},
	{"a time further ahead", edit{"offset: 600", "offset: 900"}, []string{row("parameter-source-changed", list+"/5/x-msdk-value", Verdicts{Request: r0, Go: c0, Signing: c0})}},
	{"a longer nonce", edit{"x-msdk-value: {nonce: hex, length: 16}", "x-msdk-value: {nonce: hex, length: 32}"}, []string{row("parameter-source-changed", list+"/3/x-msdk-value", Verdicts{Request: r0, Go: c0})}},
	{"a parameter that the list leaves out is gone", edit{"        - {name: mode, in: query, schema: {type: string}}\n", "", ", except: [mode]", ""}, []string{
		row("parameter-removed", list, Verdicts{Request: r0, Go: b0}), row("signing-program-changed", sign+"/steps/0/parameters", signed)}},

	{"a member that is signed by name", edit{"{field: count}", "{field: amount}", "{count: {type: integer}, color", "{amount: {type: integer}, color", "{count: 3}", "{amount: 3}"}, []string{
		row("field-renamed", itemOp+"/requestBody/content/application~1json/schema/properties/amount", Verdicts{Request: b0, Go: b0, Signing: b0}),
		row("signing-program-changed", sign+"/steps/3/join/of/5/field", signed), row("example-changed", itemOp+"/requestBody/content/application~1json/examples/one/value", Verdicts{Tests: r0})}},
	{"a member beside those that are signed", edit{"color: {type: string}", "color: {type: string}, size: {type: string}"}, []string{
		row("field-added", itemOp+"/requestBody/content/application~1json/schema/properties/size", Verdicts{Request: c0, Go: c0})}},
	{"a member of a body that is signed as a list", edit{"fee: {type: integer}", "fee: {type: integer}, tip: {type: integer}"}, []string{
		row("field-added", payOp+"/requestBody/content/application~1json/schema/properties/tip", Verdicts{Request: c0, Go: c0, Signing: c0})}},
	{"a form", edit{"        content:\n          application/json:\n            schema: {type: object, properties: {mch", "        content:\n          application/x-www-form-urlencoded:\n            schema: {type: object, properties: {mch"}, []string{
		row("content-type-changed", payOp+"/requestBody/content/application~1x-www-form-urlencoded", Verdicts{Request: b0, Go: c0, Signing: r0})}},
	{"a form that is not signed", edit{"requestBody: {content: {application/json:", "requestBody: {content: {application/x-www-form-urlencoded:"}, []string{
		row("content-type-changed", "/paths/~1plain/post/requestBody/content/application~1x-www-form-urlencoded", Verdicts{Request: b0, Go: c0})}},
	{"no body", edit{"      requestBody: {content: {application/json: {schema: {type: object, properties: {zz: {type: string}}}}}}\n", ""}, []string{
		row("body-removed", "/paths/~1plain/post", Verdicts{Request: r0, Go: b0})}},
	{"a body that has to be there", edit{"      requestBody: {content: {application/json: {schema: {type: object, properties: {zz", "      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {zz"}, []string{
		row("body-required", "/paths/~1plain/post/requestBody/required", Verdicts{Request: b0, Go: c0})}},
	{"a member that the client fills", edit{"{mch: {type: string,", "{nonce: {type: string, x-msdk-value: {nonce: uuid}}, mch: {type: string,", "type: object, properties: {nonce", "type: object, required: [nonce], properties: {nonce"}, []string{
		row("field-added-filled", payOp+"/requestBody/content/application~1json/schema/properties/nonce", Verdicts{Request: b0, Go: c0, Signing: c0})}},

	{"an operation is signed in another way", edit{"      operationId: plain\n      security: []\n", "      operationId: plain\n      x-msdk-security: easy\n", "    head:\n", "    easy: {type: apiKey, in: header, name: X-Key, x-msdk-credentials: {k: {secret: true}}, x-msdk-sign: {steps: [{name: d, md5: {secret: k}}, {name: h, hex: d}], place: {header: X-Key}}}\n    head:\n"}, []string{
		row("scheme-changed", "/paths/~1plain/post/x-msdk-security", Verdicts{Request: b0, Go: r0, Signing: b0}), row("scheme-added", "/components/securitySchemes/easy", Verdicts{Go: c0, Signing: c0})}},
	{"signed by default in another way", edit{"security: [{head: []}]\n", "x-msdk-security: head\n"}, []string{row("rewritten", "", Verdicts{Go: d0}), row("rewritten", "/x-msdk-security", Verdicts{Go: d0})}},
	{"nothing is signed by default", edit{"security: [{head: []}]\n", ""}, []string{
		row("scheme-changed", itemOp, Verdicts{Request: b0, Go: r0, Signing: b0}), row("cipher-removed", itemOp, Verdicts{Request: r0, Response: r0, Go: c0, Signing: r0})}},
	{"no scheme by its own key", edit{"      x-msdk-security: body\n", "      security: []\n", "{mch: {type: string, x-msdk-value: {credential: mch}}, ", "{", ", sign: {type: string, x-msdk-value: signature}", ""}, []string{
		row("scheme-changed", payOp+"/security", Verdicts{Request: b0, Go: r0, Signing: b0}),
		row("field-removed-filled", payOp+"/requestBody/content/application~1json/schema/properties", Verdicts{Request: r0, Go: c0, Signing: c0}),
		row("field-removed-filled", payOp+"/requestBody/content/application~1json/schema/properties", Verdicts{Request: r0, Go: c0})}},
	{"other words about a scheme", edit{"    body:\n", "    body:\n      description: Of the body.\n"}, []string{row("sign-words-changed", "/components/x-msdk-security-schemes/body/description", Verdicts{Go: d0, Signing: d0})}},
}

// What a signature covers can change only where the program reads no members of the body.
var ciphertextTests = []signingTest{
	{"what is signed", edit{"key: enckey}", "key: enckey, sign: ciphertext}"}, []string{row("cipher-changed", cipher+"/sign", worst)}},
	{"what is signed, and has to be used", edit{"key: enckey}", "key: enckey, sign: ciphertext, required: true}", "enckey: {secret: true, optional: true}", "enckey: {secret: true}"}, []string{
		row("credential-required", head+"/x-msdk-credentials/enckey", Verdicts{Go: r0, Signing: r0}), row("cipher-changed", cipher, worst)}},
}

func TestSigningRules(t *testing.T) {
	testRules(t, signedDocument, signingTests)
	testRules(t, strings.Replace(signedDocument, "{field: count}", "{source: body}", 1), ciphertextTests)
}

func testRules(t *testing.T, document string, tests []signingTest) {
	t.Helper()
	old := read(t, "a.yaml", []byte(document))
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			edited := document
			for i := 0; i < len(test.edit); i += 2 {
				before := edited
				edited = strings.Replace(edited, test.edit[i], test.edit[i+1], 1)
				require.NotEqual(t, before, edited, test.edit[i])
			}
			newer := read(t, "a.yaml", []byte(edited))
			report := Compare(old, newer)
			var rows []string
			for _, c := range report.Changes {
				rows = append(rows, row(c.Rule, c.New.Pointer, c.Verdicts))
				require.False(t, c.Level == Breaking && c.Action == "")
			}
			require.ElementsMatch(t, test.want, rows, "%s", strings.Join(rowsOf(report), "\n"))
			require.NotEmpty(t, Compare(newer, old).Changes)
		})
	}
}

// The way back of two rules about ciphers, and a cipher that has to be used from the first day.
func TestCiphersBackwards(t *testing.T) {
	replace := func(text string, pairs ...string) *Document {
		return read(t, "a.yaml", []byte(strings.NewReplacer(pairs...).Replace(text)))
	}
	old := read(t, "a.yaml", []byte(signedDocument))
	plain := replace(signedDocument, "      x-msdk-encrypt: {cipher: msdktea, key: enckey}\n", "")
	required := replace(signedDocument, "key: enckey}", "key: enckey, required: true}", "enckey: {secret: true, optional: true}", "enckey: {secret: true}")
	rows := func(a, b *Document) string { return strings.Join(rowsOf(Compare(a, b)), "\n") }
	require.Contains(t, rows(plain, old), row("cipher-added", cipher, fine))
	require.Contains(t, rows(plain, required), row("cipher-added", cipher, worst))
	require.Contains(t, rows(required, plain), row("cipher-removed", head, worst))
	require.Contains(t, rows(required, old), row("cipher-optional", cipher, fine))
}

// A change that plain values do not show is shown with values that hold marks.
func TestEncodingIsShown(t *testing.T) {
	encoded := strings.NewReplacer("sort: list}", "sort: list}\n          - {name: encoded, percent-encode: sorted}", "join: {of: sorted", "join: {of: encoded").Replace(signedDocument)
	shown := Compare(read(t, "a.yaml", []byte(signedDocument)), read(t, "a.yaml", []byte(encoded))).Changes[0].Signing
	require.Len(t, shown, 1)
	require.Contains(t, shown[0].Request, "POST /items/A1B2%20/+%C3%BC?page=A1B2+%2F%2B%C3%BC&expires=1700000600&mode=A1B2")
	require.Contains(t, shown[0].Request, "\nX-Date: 2023-11-14T22:13:20Z\n")
	require.Contains(t, shown[0].Old.StringToSign, "&page=A1B2 /+ü\n")
	require.Contains(t, shown[0].New.StringToSign, "&page=A1B2%20%2F%2B%C3%BC\n")
}
