package lower

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// answer is the shortest list of responses, for operations that are about something else.
const answer = `responses: {"200": {description: d, content: {application/json: {schema: {type: object, properties: {}}}}}}`

func TestOperation(t *testing.T) {
	api := run(t, head+`
x-msdk-documents: {v3: {title: V3}}
tags: [{name: b, description: Second letter.}, {name: a}]
paths:
  /auth/login:
    post:
      tags: [a]
      operationId: verify_login
      summary: Checks.
      description: Long.
      deprecated: true
      x-go-name: Verify
      x-msdk-doc: {document: v3, line: 152, basis: example, note: seen}
      x-msdk-timeout: 3100
      x-msdk-repeatable: true
      x-msdk-path-aliases: [/wx/login]
      requestBody:
        required: true
        content:
          application/json; charset=utf-8:
            schema: {type: object, properties: {id: {type: string}}}
      `+answer+`
  /auth/out:
    get: {tags: [b], `+answer+`}
    put: {operationId: put, `+answer+`}
`)
	require.Equal(t, []string{"b", "a", "default"}, []string{api.Tags[0].Name.Spec, api.Tags[1].Name.Spec, api.Tags[2].Name.Spec})
	op := api.Operations[0]
	require.Same(t, api.Tags[1], op.Tag)
	require.Equal(t, []*ir.Operation{op}, op.Tag.Operations)
	require.Equal(t, "verify_login", op.Name.Spec)
	require.Equal(t, "Verify", op.Name.Override)
	require.Equal(t, []string{"POST", "/auth/login"}, []string{op.Method, op.Path})
	require.Equal(t, []string{"/wx/login"}, op.Aliases)
	require.Equal(t, 3100*time.Millisecond, op.Timeout)
	require.True(t, op.Repeatable)
	require.Nil(t, op.Scheme)
	require.Nil(t, op.Variants)
	source := &ir.Source{Pos: diag.Pos{File: "t.yaml", Line: 15, Column: 19}, Document: "v3", Line: 152, Basis: ir.BasisExample, Note: "seen"}
	require.Equal(t, ir.Doc{Summary: "Checks.", Description: "Long.", Deprecated: true, Source: source}, op.Doc)
	require.Len(t, op.Calls, 1)
	c := op.Calls[0]
	require.Equal(t, op.Name, c.Name)
	require.Equal(t, op.Doc, c.Doc)
	require.True(t, c.Body.Flattened)
	require.True(t, c.Body.Required)
	require.Same(t, c.Request, c.Body.Type)
	require.Equal(t, "verify_login.Request", c.Request.Name.Spec)
	require.Equal(t, "verify_login.Response", c.Responses[0].Type.Name.Spec)
	require.Same(t, &c.Name, c.Request.Owner)
	require.Equal(t, "get /auth/out", api.Operations[1].Name.Spec)
	require.Empty(t, api.Operations[1].Calls[0].Request.Fields, "nothing to supply")
	require.Equal(t, []string{"verify_login.Request", "verify_login.Response", "get /auth/out.Response", "get /auth/out.Request", "put.Response", "put.Request"}, typeNames(api))
}

func TestBadOperations(t *testing.T) {
	run(t, head+`
paths:
  /a:
    post:
      operationId: same
      x-msdk-timeout: 0 # want extension
      x-msdk-repeatable: 1 # want wrong-kind
      x-msdk-path-aliases: [b, /a, /c, /c] # want extension extension extension
      x-msdk-doc: {document: v3, line: many, basis: sure} # want unknown-name wrong-kind unknown-value
      x-msdk-result: v3 # want unknown-name
      `+answer+`
    put:
      operationId: same # want duplicate-op
      x-msdk-timeout: 99999999999 # want extension
      security: [{gone: []}] # want unknown-name
      `+answer+`
  /a/:
    get: # want extension
      `+answer+`
  /d/:
    get:
      x-msdk-path-aliases: [/d, /a] # want extension extension
      `+answer+`
    put: {`+answer+`}
`)
}

func TestDuplicateOperationShowsBothPlaces(t *testing.T) {
	_, list := lowered(t, head+`
paths:
  /a: {get: {operationId: same, `+answer+`}}
  /b: {get: {operationId: same, `+answer+`}}
`, false)
	require.Len(t, list, 1)
	require.Equal(t, 6, list[0].Pos.Line)
	require.Equal(t, 5, list[0].Related[0].Pos.Line)
}

func TestDocumentationInStrictMode(t *testing.T) {
	text := head + `
paths:
  /a:
    get: # want no-doc
      ` + answer + `
`
	runAs(t, text, true)
	_, list := lowered(t, text, true)
	require.Equal(t, diag.SeverityWarning, list[0].Severity)
	_, list = lowered(t, text, false)
	require.Empty(t, list)
}

const variants = head + `
x-msdk-documents: {v5: {title: V5}}
paths:
  /send:
    post:
      operationId: send
      description: Sends.
      x-msdk-doc: {document: v5, line: 10}
      x-msdk-variants:
        parameter: channelid
        cases:
          WeChat: {value: "1", line: 240, description: To WeChat.}
          QQ: {value: "2"}
      parameters:
        - {name: channelid, in: query, x-msdk-value: variant, schema: {type: string, enum: ["1", "2"]}}
      requestBody:
        content:
          application/json:
            schema:
              oneOf:
                - {title: QQ, type: object, properties: {q: {type: string}}}
                - {title: WeChat, type: object, properties: {w: {type: string}}}
            examples:
              one: {value: {w: x}, x-msdk-variant: WeChat}
      `

func TestVariants(t *testing.T) {
	api := run(t, variants+answer+"\n")
	op := api.Operations[0]
	require.Same(t, op.Parameters[0], op.Variants.Parameter)
	require.Equal(t, ir.KindString, op.Parameters[0].Type.Kind, "a filled parameter needs no enum type")
	require.Len(t, op.Calls, 2)
	w, q := op.Calls[0], op.Calls[1]
	require.Equal(t, []string{"send.WeChat", "WeChat", "1"}, []string{w.Name.Spec, w.Variant, w.Value})
	require.Equal(t, "To WeChat.", w.Doc.Description)
	require.Equal(t, 240, w.Doc.Source.Line)
	require.Equal(t, "v5", w.Doc.Source.Document)
	require.Equal(t, 10, q.Doc.Source.Line)
	require.Equal(t, "Sends.", q.Doc.Description)
	require.Equal(t, []string{"w"}, fieldNames(w.Request))
	require.Equal(t, []string{"q"}, fieldNames(q.Request))
	require.Same(t, w.Responses[0].Type, q.Responses[0].Type)
	require.Equal(t, []string{"send.WeChat.Request", "send.QQ.Request", "send.Response"}, typeNames(api))
	require.Len(t, w.Examples, 1)
	require.Empty(t, q.Examples)
}

func TestVariantsUnderAnyOf(t *testing.T) {
	api := run(t, strings.Replace(variants, "oneOf:", "anyOf:", 1)+answer+"\n")
	require.Equal(t, []string{"w"}, fieldNames(api.Operations[0].Calls[0].Request))
	run(t, strings.Replace(variants, "oneOf:", "anyOf: [] # want unsupported\n              oneOf:", 1)+answer+"\n")
}

func TestVariantResponses(t *testing.T) {
	api := run(t, variants+`responses:
        "200":
          description: d
          content:
            application/json:
              schema:
                oneOf:
                  - {title: QQ, type: object, properties: {a: {type: string}}}
                  - {title: WeChat, type: object, properties: {b: {type: string}}}
`)
	calls := api.Operations[0].Calls
	require.Equal(t, "send.WeChat.Response", calls[0].Responses[0].Type.Name.Spec)
	require.Equal(t, []string{"a"}, fieldNames(calls[1].Responses[0].Type))
}

func TestBadVariants(t *testing.T) {
	run(t, head+`
paths:
  /a:
    post:
      operationId: a
      x-msdk-variants:
        parameter: chanelid # want unknown-name
        cases: {A: {value: "1"}}
      parameters: [{name: channelid, in: query, schema: {type: string}}]
      `+answer+`
  /b:
    post:
      operationId: b
      x-msdk-variants:
        parameter: channelid # want extension
        cases:
          A: {value: "1"}
          B: {value: "1"} # want extension
          C: {value: "7"} # want unknown-value
          D: {line: 3} # want missing-key
          E: {value: 4} # want wrong-kind
      parameters: [{name: channelid, in: query, schema: {type: string, enum: ["1", "2"]}}]
      requestBody:
        content:
          application/json:
            schema:
              oneOf: # want unknown-name unknown-name unknown-name
                - {title: A, type: object, properties: {}}
                - {title: B, type: object, properties: {}}
                - {title: F, type: object, properties: {}} # want unknown-name
                - {type: object, properties: {}} # want missing-key
            examples:
              x: {value: {}} # want missing-key
              y: {value: {}, x-msdk-variant: G} # want unknown-name
      `+answer+`
  /c:
    post:
      operationId: c
      x-msdk-variants: {parameter: channelid, cases: {}} # want extension
      parameters: [{name: channelid, in: query, x-msdk-value: variant, schema: {type: integer}}]
      `+answer+`
  /d:
    post:
      operationId: d
      x-msdk-variants: {parameter: channelid, cases: {A: {value: x}}} # want extension
      parameters: [{name: channelid, in: query, x-msdk-value: variant, schema: {type: integer}}]
      `+answer+`
`)
}

func TestExampleWithoutAVariant(t *testing.T) {
	run(t, head+`
paths:
  /e:
    post:
      operationId: e
      x-msdk-variants: {parameter: channelid, cases: {A: {value: "1"}}}
      parameters: [{name: channelid, in: query, x-msdk-value: variant, schema: {type: string}}]
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {}}
            example: {} # want missing-key
      `+answer+`
`)
}
