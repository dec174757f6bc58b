package lower

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// requests has a body of each form.
const requests = head + `
paths:
  /a:
    post:
      operationId: a
      parameters:
        - {name: openid, in: query, required: true, schema: {$ref: '#/components/schemas/ID'}}
        - {name: q, in: query, schema: {type: string}}
      requestBody: {$ref: '#/components/requestBodies/R'}
      responses: {"200": {$ref: '#/components/responses/A'}, "404": {description: gone}}
  /b:
    post:
      operationId: b
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}}
      responses: {"200": {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}}}
  /c:
    post:
      operationId: c
      requestBody: {content: {application/json: {schema: {allOf: [{$ref: '#/components/schemas/S'}, {type: object, properties: {more: {type: string}}}]}}}}
      ` + answer + `
  /d:
    post:
      operationId: d
      requestBody: {content: {application/json: {schema: {type: array, items: {type: object, properties: {}}}}}}
      ` + answer + `
components:
  schemas:
    ID: {type: string}
    S: {type: object, properties: {s: {type: string}}}
  requestBodies:
    R:
      required: true
      content:
        application/json:
          schema:
            type: object
            properties:
              openid: {allOf: [{$ref: '#/components/schemas/ID'}], x-msdk-also: {query: openid}}
              when: {type: integer, x-msdk-value: timestamp}
              kind: {type: string, enum: [a], x-msdk-value: constant}
              word: {type: string, enum: [a]}
  responses:
    A: {description: d, content: {application/json: {schema: {type: object, properties: {x: {type: object, properties: {}}}}}}}
`

func TestRequest(t *testing.T) {
	api := run(t, requests)
	a := api.Operations[0]
	require.True(t, a.Parameters[0].Also)
	require.False(t, a.Parameters[1].Also)
	request := a.Calls[0].Request
	require.Equal(t, []string{"openid", "when", "kind", "word", "q"}, fieldNames(request))
	require.Equal(t, "openid", request.Fields[0].Also)
	require.Equal(t, ir.FillTimestamp, request.Fields[1].Fill.Kind)
	require.Equal(t, "a", request.Fields[2].Fill.Constant.Text)
	require.Empty(t, request.Fields[2].Rules)
	require.Nil(t, request.Fields[3].Fill)
	require.Equal(t, []string{"const a"}, ruleTexts(request.Fields[3].Rules))
	require.Equal(t, []string{"200", "404"}, []string{a.Calls[0].Responses[0].Status, a.Calls[0].Responses[1].Status})
	require.Equal(t, "application/json", a.Calls[0].Responses[0].ContentType)
	require.Equal(t, "gone", a.Calls[0].Responses[1].Doc.Description)
	require.Nil(t, a.Calls[0].Responses[1].Type)

	s := typeNamed(t, api, "S")
	b := api.Operations[1].Calls[0]
	require.False(t, b.Body.Flattened)
	require.Same(t, s, b.Body.Type)
	require.Equal(t, []string{"Body"}, fieldNames(b.Request))
	require.Same(t, s, b.Request.Fields[0].Type)
	require.Same(t, s, b.Responses[0].Type)

	c := api.Operations[2].Calls[0]
	require.True(t, c.Body.Flattened)
	require.Equal(t, []string{"s", "more"}, fieldNames(c.Request))

	d := api.Operations[3].Calls[0]
	require.Equal(t, ir.KindList, d.Request.Fields[0].Type.Kind)
	require.Equal(t, []string{
		"ID", "S", "a.Request", "a.Response", "a.Response.x", "b.Request", "c.Request", "c.Response", "d.Body", "d.Response", "d.Request",
	}, typeNames(api))
}

func TestBadBodies(t *testing.T) {
	run(t, head+`
paths:
  /a:
    get:
      operationId: a
      requestBody: {content: {application/json: {schema: {type: object, properties: {}}}}} # want unsupported
      `+answer+`
  /b:
    post:
      operationId: b
      requestBody:
        content:
          application/xml: {schema: {type: object, properties: {}}} # want unsupported
          application/json:
            schema: {type: object, properties: {}}
            encoding: {x: {contentType: a/b}} # want unsupported
          text/json: {} # want unsupported
      responses:
        "200":
          description: d
          headers: {X: {schema: {type: string}}} # want unsupported
          links: {} # want unsupported
          content: {application/json: {schema: {type: array, items: {type: string}}}} # want unsupported
        "201": {description: d} # want unsupported
        "400": {description: d, content: {application/json: {}}} # want unsupported
  /c:
    post:
      operationId: c
      responses: {default: {description: d}} # want unsupported
  /d:
    post:
      operationId: d
      responses: {"200": {description: d}} # want unsupported
  /e:
    post:
      operationId: e
      responses: {"200": {description: d, content: {application/json: {}}}} # want unsupported
`)
}

func TestBadClaims(t *testing.T) {
	run(t, head+`
paths:
  /a:
    post:
      operationId: a
      parameters:
        - {name: p, in: query, schema: {type: string}}
        - {name: t, in: query, x-msdk-value: timestamp, schema: {type: integer}}
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                a: {type: string, x-msdk-also: {query: gone}} # want unknown-name
                b: {type: integer, x-msdk-also: {query: t}} # want extension
                c: {type: integer, x-msdk-value: timestamp, x-msdk-also: {query: p}} # want extension
                d: {type: array, items: {type: string}, x-msdk-also: {query: p}} # want extension
                e: {type: string, x-msdk-also: {header: p}} # want unknown-key missing-key
                f: {type: string, x-msdk-value: signature} # want extension
                g: {type: object, properties: {x: {type: string, x-msdk-also: {query: p}}}} # want unsupported
                h: {type: object, properties: {x: {type: integer, x-msdk-value: nonce}}} # want unsupported
                i: {type: string, x-msdk-value: {credential: x}} # want extension
                j: {type: array, items: {type: object, properties: {x: {type: integer, enum: [0], x-msdk-value: constant}}}}
                k: {type: string, x-msdk-echo: p} # want extension
      responses:
        "200":
          description: d
          content:
            application/json:
              schema:
                type: object
                properties:
                  a: {type: string, x-msdk-echo: gone} # want unknown-name
                  b: {type: boolean, x-msdk-echo: p} # want extension
                  c: {type: object, properties: {x: {type: string, x-msdk-echo: p}}} # want extension
                  d: {type: integer, x-msdk-echo: p}
                  e: {type: string, x-msdk-echo: [p]} # want wrong-kind
  /b:
    post:
      operationId: b
      x-msdk-variants:
        parameter: v
        cases:
          A: {value: "1"}
          B: {value: "2"} # want extension
      parameters:
        - {name: v, in: query, x-msdk-value: variant, schema: {type: string}}
        - {name: p, in: query, required: true, schema: {type: string}}
      requestBody:
        content:
          application/json:
            schema:
              oneOf:
                - {title: A, type: object, properties: {p: {type: string, x-msdk-also: {query: p}}}}
                - {title: B, type: object, properties: {}}
      `+answer+`
`)
}
