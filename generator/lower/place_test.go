package lower

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

func TestTemplate(t *testing.T) {
	s := run(t, withSteps("")).Schemes[0]
	place := s.Places[0]
	require.Equal(t, "sig", place.Step)
	require.Equal(t, ir.InHeader, place.In)
	for i := range place.Template {
		require.True(t, place.Template[i].Pos.IsValid())
		place.Template[i].Pos = diag.Pos{}
	}
	require.Equal(t, []ir.TemplatePart{
		{Literal: "{v1} t="}, {Hole: "t", Kind: ir.HoleValue}, {Literal: ",n="}, {Hole: "n", Kind: ir.HoleValue}, {Literal: ",s="}, {Hole: "sig"},
	}, place.Template)
	require.Equal(t, 5*time.Minute, s.Window)
	require.Equal(t, []string{"t", "n"}, []string{s.Values[0].Name.Spec, s.Values[1].Name.Spec})
	require.True(t, s.Credentials[3].Optional)
	// The value in the template states the time; the date in a header is covered too, but stands behind it.
	require.Equal(t, ir.Locator{Pos: s.Time.Pos, In: ir.InSignature, Name: "t", Format: ir.TimeSeconds}, *s.Time)
	require.Equal(t, ir.Locator{Pos: s.App.Pos, In: ir.InQuery, Name: "app"}, *s.App)
}

// A place that only the security scheme declares is a parameter of every operation, behind those of the document.
func TestPlacesAreParameters(t *testing.T) {
	op := run(t, withSteps("")).Operations[0]
	p := op.Parameters[len(op.Parameters)-1]
	require.Equal(t, []any{"X-Sig", ir.InHeader, true, true, ir.FillSignature}, []any{p.Name.Spec, p.In, p.Required, p.Sensitive, p.Fill.Kind})
	declared := strings.Replace(withSteps(""), "        - {name: X-Date", "        - {name: x-sig, in: header, x-msdk-value: signature, schema: {type: string}}\n        - {name: X-Date", 1)
	require.Len(t, run(t, declared).Operations[0].Parameters, len(op.Parameters))
}

func TestBadPlaces(t *testing.T) {
	good := withSteps("")
	for name, c := range map[string]struct{ old, new, code, message, fix string }{
		"unknown hole":         {"n={n}", "n={nn}", "unknown-name", `unknown step, value or credential "nn"`, ""},
		"near hole":            {"s={signature}", "s={sinature}", "unknown-name", `unknown step, value or credential "sinature"`, `did you mean "signature"?`},
		"hole of bytes":        {"s={signature}", "s={signature}{last}", "step-type", `a template takes text, but the step "last" gives bytes`, "encode it first, with hex or base64"},
		"hole of a secret":     {"s={signature}", "s={signature},k={key}", "extension", `the credential "key" is a secret and never travels`, ""},
		"no signature":         {"s={signature}", "s=", "extension", "the template does not hold the signature", "add {signature}"},
		"open brace":           {"s={signature}", "s={signature", "extension", "the template has a { without its }", "a brace itself is written twice"},
		"brace in a hole":      {"s={signature}", "s={sig{nature}", "extension", "the template has a { without its }", "a brace itself is written twice"},
		"closing brace":        {"s={signature}", "s=signature}", "extension", "the template has a } without its {", "a brace itself is written twice"},
		"empty hole":           {"s={signature}", "s={}", "extension", "a hole of the template has no name", "a brace itself is written twice"},
		"holes side by side":   {",n={n}", "{n}", "extension", "nothing stands between {t} and {n}, so that no server can tell them apart", ""},
		"hole of two things":   {"app: {app: true}", "app: {app: true}\n        n: {}", "extension", "{n} means two things here", ""},
		"value in no template": {",n={n}", "", "extension", `the value "n" stands in no template, so that the other side could not know it`, "add {n} to the template of a place"},
		"separator alone":      {"{header: X-Sig, template: \"{{v1}} t={t},n={n},s={signature}\"}", "{header: X-Sig, separator: ','}", "extension", "a separator cuts a template into its elements", ""},
		"empty separator":      {"s={signature}\"}", "s={signature}\", separator: ''}", "extension", "a separator cuts a template into its elements", ""},
		"unknown step":         {"{header: X-Sig,", "{header: X-Sig, step: sigg,", "unknown-name", `unknown step "sigg"`, `did you mean "sig"?`},
		"step of bytes":        {"{header: X-Sig,", "{header: X-Sig, step: last,", "step-type", `the signature has to be text, but the step "last" gives bytes`, "encode it first, with hex or base64"},
		"query and header":     {"{header: X-Sig,", "{header: X-Sig, query: sig,", "extension", "a place is one of query, header and body; several are a list", ""},
		"unknown place":        {"{header: X-Sig,", "{headers: X-Sig,", "unknown-key", `unknown key "headers"`, `did you mean "header"?`},
		"no place":             {"{header: X-Sig, template: \"{{v1}} t={t},n={n},s={signature}\"}", "[]", "extension", "the signature has no place", ""},
		"two of one name":      {"{header: X-Sig, template: \"{{v1}} t={t},n={n},s={signature}\"}", "[{header: X-Sig}, {header: x-sig}]", "extension", `the header "x-sig" holds a signature already`, ""},
		"header of the client": {"{header: X-Sig,", "{header: Host,", "unsupported", `the header "Host" is not supported here: the server's address gives it`, ""},
		"scheme says another":  {"name: X-Sig", "name: X-Sign", "extension", `the signature goes to the header "X-Sig", but the scheme says header "X-Sign"`, "in: header, name: X-Sig; a signature in the body alone belongs under x-msdk-security-schemes"},
		"value without a kind": {"t: {timestamp: seconds}", "t: {}", "missing-key", `the value "t" is of no kind`, "{timestamp: seconds} or {nonce: hex, length: 32}"},
		"window of a week":     {"window: 300", "window: 604800", "extension", "requests may be more than a day old; the unit is seconds", ""},
		"window of nothing":    {"window: 300", "window: 0", "extension", `"window" has to be at least 1`, ""},
		"key in clear":         {"hex: last", "concat: [{secret: key}]", "extension", `the secret "key" would travel as it is, without a hash over it`, ""},
		"optional key alone":   {"key: {secret: true}", "key: {secret: true, optional: true}", "extension", "no step takes a key or a secret, so that anybody could make this signature", "add the operand {key: true} or {secret: key}; one that is optional does not count"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, good, c.old)
			_, list := lowered(t, strings.Replace(good, c.old, c.new, 1), false)
			var found []string
			for _, d := range list {
				require.True(t, d.Pos.IsValid())
				found = append(found, string(d.Code)+": "+d.Message+" / "+d.Suggestion)
			}
			if c.fix == "" {
				require.Contains(t, strings.Join(found, "\n"), c.code+": "+c.message+" / ")
				return
			}
			require.Contains(t, found, c.code+": "+c.message+" / "+c.fix)
		})
	}
}

// inBody is a document whose signatures stand in the body.
const inBody = head + `
x-msdk-security: m
paths:
  /a:
    post:
      operationId: a
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                app: {type: string, x-msdk-value: {credential: app}}
                ts: {type: integer, x-msdk-value: millis}
                sign: {type: string, x-msdk-value: signature}
      ` + answer + `
components:
  x-msdk-security-schemes:
    m:
      description: In the body.
      x-msdk-credentials: {app: {app: true}, key: {secret: true}}
      x-msdk-sign:
        window: 60
        steps:
          - {name: l, parameters: {from: [body]}}
          - {name: text, join: {of: l, with: "&", pair: "="}}
          - {name: mac, hmac: {hash: md5, key: {secret: key}, of: text}}
          - {name: sig, hex: mac}
        place: {body: sign}
`

func TestSignatureInTheBody(t *testing.T) {
	api := run(t, inBody)
	s := api.Schemes[0]
	require.Same(t, s, api.Operations[0].Scheme)
	require.Equal(t, "In the body.", s.Doc.Description)
	require.Equal(t, ir.Locator{Pos: s.App.Pos, In: ir.InBody, Name: "app"}, *s.App)
	require.Equal(t, ir.Locator{Pos: s.Time.Pos, In: ir.InBody, Name: "ts", Format: ir.TimeMillis}, *s.Time)
	require.Equal(t, ir.FillSignature, api.Operations[0].Calls[0].Body.Type.Fields[2].Fill.Kind)

	for name, c := range map[string]struct{ old, new, message string }{
		"body signs itself":   {"hash: md5, key: {secret: key}, of: text", "hash: md5, key: text, of: {source: body}", `the signature cannot sign itself: the body holds it, as "sign"`},
		"member signs itself": {"with: \"&\", pair: \"=\"}}", "with: \"&\", pair: \"=\"}}\n          - {name: x, concat: [{field: sign}]}", `the signature cannot sign itself: it goes into the member of the body "sign"`},
		"only the signature":  {"from: [body]", "from: [body], only: [sign]", `the signature cannot sign itself: it goes into the member of the body "sign"`},
		"member is missing":   {"                sign: {type: string, x-msdk-value: signature}\n", "", `unknown member of the body "sign"`},
		"member is filled by the caller": {"sign: {type: string, x-msdk-value: signature}", "sign: {type: string}",
			`the client has to fill the member of the body "sign"`},
		"member is a number": {"sign: {type: string,", "sign: {type: integer,", "text is filled in here, but the type is not string"},
		"time is not signed": {"from: [body]", "from: [body], except: [ts]", "the signature does not cover the time, so that whoever repeats a request can change it"},
		"no time":            {"x-msdk-value: millis", "description: A number.", `the requests of "m" state no time, so that there is no age to limit`},
		"unknown scheme":     {"x-msdk-security: m", "x-msdk-security: mm", `unknown security scheme "mm"`},
		"key of OpenAPI":     {"description: In the body.", "description: In the body.\n      type: apiKey", `unknown key "type"`},
		"no program":         {"      x-msdk-sign:\n", "      x-msdk-encrypt: {cipher: msdktea, key: key}\n      x-msdk-signs:\n", `unknown key "x-msdk-signs"`},
		"two schemes of a name": {"components:\n", "components:\n  securitySchemes:\n    m: {type: apiKey, in: query, name: a, x-msdk-credentials: {k: {secret: true}}, x-msdk-sign: {steps: [{name: a, md5: {secret: k}}, {name: b, hex: a}], place: {query: a}}}\n",
			`the security scheme "m" is defined twice`},
		"variant in the body": {"x-msdk-value: millis", "x-msdk-value: variant", `unknown source "variant"`},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, inBody, c.old)
			_, list := lowered(t, strings.Replace(inBody, c.old, c.new, 1), false)
			var found []string
			for _, d := range list {
				require.True(t, d.Pos.IsValid())
				found = append(found, d.Message)
			}
			require.Contains(t, found, c.message)
		})
	}
}

// An operation's own requirement replaces the document's, whichever of the two keys states it.
func TestSecurityOfOneOperation(t *testing.T) {
	query := `  securitySchemes:
    q: {type: apiKey, in: query, name: a, x-msdk-credentials: {k: {secret: true}}, x-msdk-sign: {steps: [{name: a, md5: {secret: k}}, {name: b, hex: a}], place: {query: a}}}
`
	text := strings.Replace(inBody, "components:\n", "  /b:\n    get: {operationId: b, KEY, "+answer+"}\ncomponents:\n"+query, 1)
	names := func(key string) string {
		op := run(t, strings.Replace(text, "KEY", key, 1)).Operations[1]
		if op.Scheme == nil {
			return ""
		}
		return op.Scheme.Name.Spec
	}
	require.Equal(t, "q", names("security: [{q: []}]"))
	require.Equal(t, "q", names("x-msdk-security: q"))
	require.Equal(t, "q", names("security: [{q: []}], x-msdk-security: q"))
	require.Equal(t, "q", names("security: [], x-msdk-security: q"))
	require.Empty(t, names("security: []"))
	_, list := lowered(t, strings.Replace(text, "KEY", "security: [{q: []}], x-msdk-security: m", 1), false)
	require.Contains(t, fmt.Sprint(list), "more than one security scheme at once is not supported")
	_, list = lowered(t, strings.Replace(text, "KEY", "summary: B", 1), false) // the document's, which signs in the body
	require.Contains(t, fmt.Sprint(list), `nothing carries "app", which names the app`)
	require.Contains(t, fmt.Sprint(list), `the member of the body "sign" is not declared, but the scheme "m" uses it`)
}

// sealed is inBody with the app in the query and the signature in a header, and with a cipher.
func sealed(encrypt string) string {
	return strings.NewReplacer(
		"                app: {type: string, x-msdk-value: {credential: app}}\n", "",
		"                ts: {type: integer, x-msdk-value: millis}\n", "                n: {type: integer}\n",
		"                sign: {type: string, x-msdk-value: signature}\n", "",
		"      requestBody:\n", "      parameters:\n        - {name: app, in: query, required: true, schema: {type: string}, x-msdk-value: {credential: app}}\n"+
			"        - {name: ts, in: query, required: true, schema: {type: integer}, x-msdk-value: timestamp}\n      requestBody:\n",
		"- {name: l, parameters: {from: [body]}}", "- {name: l, list: [{parameter: ts}, {source: body}]}",
		", pair: \"=\"", "", "{body: sign}", "{header: X-Sign}",
		"key: {secret: true}}", "key: {secret: true}, tea: {secret: true, optional: true}}",
		"      x-msdk-sign:\n", "      x-msdk-encrypt: "+encrypt+"\n      x-msdk-sign:\n",
	).Replace(inBody)
}

// What a cipher makes unreadable nothing can stand in that has to be read before it, nor can anything be put into it.
func TestCipherAndBody(t *testing.T) {
	run(t, sealed("{cipher: msdktea, key: tea}"))
	run(t, sealed("{cipher: msdktea, key: tea, sign: ciphertext}"))
	for what, c := range map[string]struct{ old, new, cipher, message string }{
		"app": {"      requestBody:\n", "PARAMETER", "plaintext", "the app is named in the body, but which key decrypts the body depends on the app"},
		"list": {"list: [{parameter: ts}, {source: body}]", "parameters: {from: [query, body]}", "ciphertext",
			"the signature covers the ciphertext, which has no members"},
		"field": {"{source: body}", "{field: n}", "ciphertext", "the signature covers the ciphertext, which has no members"},
	} {
		text := strings.Replace(sealed("{cipher: msdktea, key: tea, sign: "+c.cipher+"}"), c.old, c.new, 1)
		if what == "app" {
			text = strings.Replace(inBody, "key: {secret: true}}\n", "key: {secret: true}}\n      x-msdk-encrypt: {cipher: msdktea, key: key}\n", 1)
		}
		_, list := lowered(t, text, false)
		require.Contains(t, fmt.Sprint(list), c.message, what)
		run(t, strings.Replace(text, "operationId: a\n", "operationId: a\n      x-msdk-encrypt: false\n", 1)) // no body is encrypted
	}
	inside := strings.Replace(inBody, "key: {secret: true}}\n", "key: {secret: true}}\n      x-msdk-encrypt: {cipher: msdktea, key: key, sign: ciphertext}\n", 1)
	_, list := lowered(t, inside, false)
	require.Contains(t, fmt.Sprint(list), "the signature stands in the body, but covers the ciphertext of it")
}

// The text behind a value tells where the value ends, on the other side as well.
func TestWhereValuesEnd(t *testing.T) {
	template := func(values, template, separator string) diag.List {
		text := strings.NewReplacer("        steps:", "        values: {"+values+"}\n        steps:", "{parameter: ts}", "{value: t}",
			"{header: X-Sign}", `{header: X-Sign, template: "`+template+`"`+separator+"}").Replace(sealed("{cipher: msdktea, key: tea}"))
		text = strings.Replace(text, "        window: 60\n", "", 1)
		_, list := lowered(t, text, false)
		return list
	}
	for _, c := range []struct {
		values, template, separator string
		good                        bool
	}{
		{"t: {timestamp: http}", "Date={t}; {signature}", "", true},
		{"t: {timestamp: http}", "Date={t}, {signature}", "", false},
		{"t: {timestamp: http}", "Date={t},v={signature}", `, separator: ","`, false},
		{"t: {timestamp: http}", "Date={t};v={signature}", `, separator: ";"`, true},
		{"t: {timestamp: iso}", "{t}:{signature}", "", false},
		{"t: {timestamp: iso}", "{t}={signature}", "", true},
		{"t: {timestamp: seconds}", "{t}00{signature}", "", false},
		{"t: {nonce: uuid}", "{t}-{signature}", "", false},
		{"t: {nonce: hex}", "{t}-{signature}", "", true},
		{"t: {nonce: hex}", "{t}mac={signature}", "", true},
	} {
		list := template(c.values, c.template, c.separator)
		if c.good {
			require.Empty(t, list, c.template)
			continue
		}
		require.Len(t, list, 1, c.template)
		require.Contains(t, list[0].Message, "so that no server can tell where it ends", c.template)
		require.Equal(t, strings.Index(`        place: {header: X-Sign, template: "`+c.template, "{t}")+1, list[0].Pos.Column, "the hole itself")
	}
	for text, at := range map[string]string{"a {nope} {signature}": "{nope}", "{signature} x{": "{", "ab } {signature}": "}", "a {} {signature}": "{}"} {
		list := template("t: {timestamp: iso}", text, "")
		require.NotEmpty(t, list, text)
		from := len(`        place: {header: X-Sign, template: "`)
		column := from + strings.Index(text, at) + 1
		if at == "{" {
			column = from + strings.LastIndex(text, at) + 1
		}
		require.Equal(t, column, list[0].Pos.Column, text)
	}
}

func TestCipher(t *testing.T) {
	with := sealed
	c := run(t, with("{cipher: msdktea, key: tea}")).Operations[0].Cipher
	require.Equal(t, ir.Cipher{Pos: c.Pos, Name: "msdktea", Secret: "tea", ContentHeader: "Content-Encrypt", AcceptHeader: "Accept-Encrypt"}, *c)
	c = run(t, with("{cipher: msdktea, key: key, sign: ciphertext, headers: {content: X-In, accept: X-Out}, required: true}")).Operations[0].Cipher
	require.Equal(t, ir.Cipher{Pos: c.Pos, Name: "msdktea", Secret: "key", SignCiphertext: true, ContentHeader: "X-In", AcceptHeader: "X-Out", Required: true}, *c)
	require.Nil(t, run(t, inBody).Operations[0].Cipher)
	plain := strings.Replace(with("{cipher: msdktea, key: tea}"), "operationId: a\n", "operationId: a\n      x-msdk-encrypt: false\n", 1)
	require.Nil(t, run(t, plain).Operations[0].Cipher)

	run(t, strings.Replace(with("{cipher: msdktea, key: tea}"), "      parameters:\n", `      parameters:
        - {name: accept-encrypt, in: header, schema: {type: string}} # want extension
`, 1))
	for encrypt, message := range map[string]string{
		"{cipher: tea, key: tea}":                                       `unknown cipher "tea"`,
		"{cipher: msdktea}":                                             `the key "key" is missing`,
		"{key: tea}":                                                    `the key "cipher" is missing`,
		"{cipher: msdktea, key: tee}":                                   `unknown secret "tee"`,
		"{cipher: msdktea, key: app}":                                   `unknown secret "app"`,
		"{cipher: msdktea, key: tea, sign: after}":                      `unknown form of the body "after"`,
		"{cipher: msdktea, key: tea, required: true}":                   `every body is encrypted, so that the key "tea" cannot be left out`,
		"{cipher: msdktea, key: tea, headers: {content: A, accept: a}}": "the two headers are the same",
		"{cipher: msdktea, key: tea, headers: {content: Content-Type}}": `the header "Content-Type" is not supported here: the content type of the body gives it`,
		"{cipher: msdktea, key: tea, mode: cbc}":                        `unknown key "mode"`,
		"msdktea":                                                       `"x-msdk-encrypt" takes a mapping, not the text "msdktea"`,
	} {
		_, list := lowered(t, with(encrypt), false)
		var found []string
		for _, d := range list {
			found = append(found, d.Message)
		}
		require.Contains(t, found, message, encrypt)
	}
	run(t, strings.Replace(inBody, "operationId: a\n", "operationId: a\n      x-msdk-encrypt: true # want extension\n", 1))
}

// A time ahead of the clock says when a request expires; the age is counted from the one that is not.
func TestWhichTimeCounts(t *testing.T) {
	text := strings.Replace(withSteps(""), "values: {t: {timestamp: seconds},", "values: {u: {timestamp: seconds, offset: 60}, t: {timestamp: seconds},", 1)
	text = strings.Replace(text, "{{v1}} t={t}", "u={u},t={t}", 1)
	text = strings.Replace(text, "[{value: t},", "[{value: t}, {value: u},", 1)
	require.Equal(t, "t", run(t, text).Schemes[0].Time.Name)
	text = strings.Replace(text, "t: {timestamp: seconds},", "t: {nonce: digits},", 1)
	at := run(t, text).Schemes[0].Time
	require.Equal(t, []any{"u", time.Minute}, []any{at.Name, at.Offset})
}
