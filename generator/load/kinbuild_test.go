package load

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"
)

// everything has an object of every kind and a member of every form.
const everything = `openapi: 3.1.0
info: {title: T, version: "1", summary: S, contact: {name: N, email: e@example.com}, license: {name: L, identifier: MIT}}
servers:
  - url: https://{host}/v1
    variables: {host: {default: a, enum: [a, b]}}
security: [{key: []}, {}]
tags: [{name: one, externalDocs: {url: "https://example.com"}}]
webhooks: {happened: {post: {responses: {"200": {description: ok}}}}}
paths:
  /a/{id}:
    parameters: [{$ref: "#/components/parameters/ID"}]
    get:
      operationId: a
      deprecated: true
      tags: [one]
      parameters:
        - {name: q, in: query, style: form, explode: false, example: [1, 2.5, {a: null}], schema: {type: array, items: {type: integer, format: int64, minimum: 0, exclusiveMaximum: 7}}}
      responses:
        "200":
          description: ok
          headers: {X-A: {schema: {type: string}}}
          links: {self: {operationId: a, parameters: {id: $request.path.id}}}
          content:
            application/json:
              schema: {$ref: "#/components/schemas/A"}
              examples: {one: {summary: s, value: {b: text}}, two: {$ref: "#/components/examples/Two"}}
        default: {$ref: "#/components/responses/Default"}
    post:
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {type: object}
            encoding: {file: {contentType: image/png, headers: {X-B: {schema: {type: integer}}}}}
      callbacks: {done: {"{$request.body#/url}": {post: {responses: {"200": {description: ok}}}}}}
      security: []
      responses: {"200": {description: ok}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: "https://example.com", scopes: {read: Reads.}}}}
  parameters: {ID: {name: id, in: path, required: true, schema: {type: string, maxLength: 9, pattern: "^a"}}}
  examples: {Two: {value: {b: 2}}}
  responses: {Default: {description: else, content: {text/plain: {}}}}
  schemas:
    A:
      type: [object, "null"]
      required: [b]
      minProperties: 1
      additionalProperties: false
      patternProperties: {"^x": {type: boolean, default: true}}
      properties:
        b: {type: string, enum: [text, 2, null], nullable: false, default: text}
        c: {allOf: [{$ref: "#/components/schemas/B"}], readOnly: true}
        d: {$ref: "#/components/schemas/B", description: beside, maxLength: 3}
        e: {const: 1.5e3, examples: [1, a]}
        f: true
    B:
      oneOf: [{$ref: "#/components/schemas/A"}, {type: number, multipleOf: 0.5, exclusiveMinimum: 1}]
      discriminator: {propertyName: b, mapping: {a: "#/components/schemas/A"}}
      additionalProperties: {$ref: "#/components/schemas/A"}
      xml: {name: b, attribute: true}
      not: {type: integer, exclusiveMinimum: 3}
`

// What is built from the tree is what kin-openapi's own reader makes of the same document.
func TestBuiltAsKinOpenAPIReads(t *testing.T) {
	for _, version := range []string{"3.1.0", "3.0.3"} {
		root, said := readTreeFrom(file, everything)
		require.Empty(t, said)
		root.Member("openapi").Value = version
		read := &openapi3.T{}
		require.NoError(t, json.Unmarshal(root.JSON(), read))
		built := &openapi3.T{}
		require.True(t, newKinBuilder().build(reflect.ValueOf(built).Elem(), root))
		require.NoError(t, openapi3.NewLoader().ResolveRefsIn(read, nil))
		require.NoError(t, openapi3.NewLoader().ResolveRefsIn(built, nil))
		want, err := json.Marshal(read)
		require.NoError(t, err)
		got, err := json.Marshal(built)
		require.NoError(t, err)
		require.JSONEq(t, string(want), string(got))
		require.Greater(t, len(got), 2500)
		require.Equal(t, root.Member("tags").Children[0].Pos.Line, built.Tags[0].Origin.Key.Line)
	}
}

// What does not fit is left to kin-openapi's reader, which says so in its own words.
func TestBuildGivesUp(t *testing.T) {
	for _, text := range []string{"info: text", "info: {title: [1]}", "paths: []", "tags: {a: b}", "servers: [{url: 1}]"} {
		root, _ := readTreeFrom(file, "openapi: 3.0.3\n"+text+"\n")
		require.False(t, newKinBuilder().build(reflect.ValueOf(&openapi3.T{}).Elem(), root), text)
		_, _, err := kinObject(root)
		require.Error(t, err, text)
	}
}
