package load

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
)

func TestWhatKinOpenAPISays(t *testing.T) {
	complaints(t, []complaintCase{
		{"unknown security scheme", operation + answer + "      security: [{msdkSgi: []}]\ncomponents: {securitySchemes: {msdkSig: {type: apiKey, in: query, name: sig}}}\n",
			`11:19: unknown-name: unknown security scheme "msdkSgi" [did you mean "msdkSig"?]`},
		{"unknown security scheme, nothing near", operation + answer + "      security: [{other: []}]\ncomponents: {securitySchemes: {a: {type: http, scheme: basic}, b: {type: http, scheme: basic}}}\n",
			`11:19: unknown-name: unknown security scheme "other" [known here: a, b]`},
		{"name twice under required", head + "components: {schemas: {A: {type: object, required: [a, b, a], properties: {a: {type: string}, b: {type: string}}}}}\n",
			`6:59: invalid-openapi: "a" stands twice under required {6:53 the other one}`},
		{"tag twice", head + "tags: [{name: a}, {name: a}]\n", `6:20: invalid-openapi: two tags have the name "a" {6:8 the other one}`},
		{"parameter twice", operation + answer + "      parameters:\n        - {name: q, in: query, schema: {type: string}}\n        - {name: r, in: query, schema: {type: string}}\n        - {name: q, in: query, schema: {type: string}}\n",
			`14:11: invalid-openapi: two query parameters have the name "q" {12:11 the other one}`},
		{"path parameter that is not required", strings.Replace(operation, "/login", "/{id}", 1) + answer + "      parameters:\n        - {name: id, in: path, required: false, schema: {type: string}}\n",
			"12:32: invalid-openapi: a path parameter says required: true"},
		{"no schema", operation + answer + "      parameters:\n        - {name: id, in: query}\n", "12:11: invalid-openapi: exactly one of schema and content is due"},
		{"paths that match the same", operation + answer + "  /a/{x}: {get: {responses: {'200': {description: ok}}}}\n  /a/{y}: {get: {responses: {'200': {description: ok}}}}\n",
			`12:3: invalid-openapi: the paths "/a/{y}" and "/a/{x}" match the same requests {11:3 the other one}`},
		{"no response", operation + "      responses: {}\n", "10:7: invalid-openapi: at least one response is due"},
		{"default", head + "components: {schemas: {A: {type: object, properties: {b: {type: integer, default: x}}}}}\n",
			`6:74: invalid-openapi: the default "x" does not fit its own schema, type: integer`},
		{"default beyond a limit", head + "components: {schemas: {A: {type: string, maxLength: 2, default: abc}}}\n",
			`6:56: invalid-openapi: the default "abc" does not fit its own schema, maxLength: 2`},
		{"default with a wrong item", head + "components: {schemas: {A: {type: array, items: {type: integer, maximum: 3}, default: [1, 4]}}}\n",
			`6:77: invalid-openapi: the default [1,4] does not fit its own schema: number must be at most 3`},
		{"server variables", strings.Replace(head, "paths", "servers: [{url: 'https://{host}/'}]\npaths", 1), "5:12: invalid-openapi: the variables of the server and the names in braces in its url differ"},
		{"both directions", head + "components: {schemas: {A: {readOnly: true, writeOnly: true}}}\n", "6:44: invalid-openapi: readOnly and writeOnly exclude each other"},
		{"scheme of HTTP", head + "components: {securitySchemes: {A: {type: http, scheme: 'a b'}}}\n", `6:48: invalid-openapi: "a b" is no scheme of HTTP authentication`},
	})
}

// Examples, patterns, path parameters and operation names are lower's.
func TestWhatOthersSay(t *testing.T) {
	_, said := readSpec(t, file, strings.Replace(operation, "/login", "/{id}", 1)+answer+`  /b: {get: {operationId: login, responses: {'200': {description: ok}}}}
components: {schemas: {A: {type: string, pattern: '(?=x)', example: 1, maxLength: 1}}}
`)
	require.Empty(t, said)
}

func TestAllFaultsAtOnce(t *testing.T) {
	_, said := readSpec(t, file, operation+"      respnses: {}\n      parameters: [{$ref: '#/components/parameters/None'}]\n      security: [{none: []}]\ncomponents: {schemas: {A: {type: strng}, B: {readOnly: true, writeOnly: true}}}\nx-msdk-nmes: {}\n")
	require.Equal(t, []string{
		`10:7: unknown-key: an operation has no key "respnses" [did you mean "responses"?]`,
		`11:27: dangling-ref: "#/components/parameters/None" leads to nothing`,
		`12:19: unknown-name: unknown security scheme "none"`,
		`13:34: unknown-value: "type" cannot be "strng"; it is one of array, boolean, integer, number, object, string [did you mean "string"?]`,
		"13:62: invalid-openapi: readOnly and writeOnly exclude each other",
		`14:1: unknown-key: msdkgen knows no key "x-msdk-nmes" [did you mean "x-msdk-names"?]`,
	}, said)
}

// An error without a place of its own is placed by what wraps it.
func TestPlacesFromWrappers(t *testing.T) {
	d, said := readSpec(t, file, operation+answer+"components: {schemas: {A: {type: string}}}\n")
	require.Empty(t, said)
	plain := errors.New("some rule")
	for _, c := range []struct {
		err  error
		want string
	}{
		{plain, "1:1: invalid-openapi: some rule"},
		{&openapi3.SectionValidationError{Section: "paths", Cause: &openapi3.PathValidationError{Path: "/login", Cause: &openapi3.OperationValidationError{Method: "POST", Cause: plain}}}, "7:5: invalid-openapi: some rule"},
		{&openapi3.SectionValidationError{Section: "paths", Cause: &openapi3.PathValidationError{Path: "/none", Cause: plain}}, "5:1: invalid-openapi: some rule"},
		{&openapi3.SectionValidationError{Section: "components", Cause: &openapi3.ComponentValidationError{Section: "schema", Name: "A", Cause: plain}}, "11:24: invalid-openapi: some rule"},
		{&openapi3.SectionValidationError{Section: "info", Cause: openapi3.MultiError{plain}}, "2:1: invalid-openapi: some rule"},
	} {
		var list diag.List
		d.complain(c.err, &list)
		require.Equal(t, []string{c.want}, lines(list))
	}
}

func TestPanicOfKinOpenAPIIsAComplaint(t *testing.T) {
	var list diag.List
	d := &Document{Root: &Node{Pos: diag.Pos{File: file, Line: 1, Column: 1}, Kind: Mapping, Children: []*Node{nil}}}
	d.readOpenAPI(&checker{}, &list)
	require.Nil(t, d.OpenAPI)
	require.Len(t, list, 1)
	require.Equal(t, diag.CodeInvalidOpenAPI, list[0].Code)
}

// kin-openapi does not see what stands behind a reference, which would take it time without bound, but sees all else; afterwards the
// document is whole.
func TestValidationStopsAtReferences(t *testing.T) {
	d, said := readSpec(t, file, operation+`      responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/A'}}}}}}
components: {schemas: {A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}}}, B: {readOnly: true, writeOnly: true}, C: {$ref: '#/components/schemas/B'}}}
`)
	require.Equal(t, []string{"11:114: invalid-openapi: readOnly and writeOnly exclude each other"}, said)
	built, refs, err := kinObject(d.Root)
	require.NoError(t, err)
	d.OpenAPI = built
	require.Len(t, refs, 3)
	read := &openapi3.T{}
	require.NoError(t, json.Unmarshal(d.Root.JSON(), read))
	require.Len(t, setOrigins(read, d.Root), 3, "both ways to an object find all references")

	schemas := d.OpenAPI.Components.Schemas
	b := schemas["B"].Value
	item := func() *openapi3.Schema {
		return d.OpenAPI.Paths.Value("/login").Post.Responses.Value("200").Value.Content["application/json"].Schema.Value.Items.Value
	}
	failure := errors.New("x")
	require.Equal(t, failure, withoutReferences(append(refs, refs[0]), func() error {
		require.False(t, schemas["A"].Value.Properties["b"].Value.ReadOnly)
		require.Empty(t, item().Properties)
		require.False(t, schemas["C"].Value.ReadOnly)
		require.True(t, schemas["B"].Value.ReadOnly, "a component is looked at itself")
		return failure
	}))
	require.Same(t, b, schemas["A"].Value.Properties["b"].Value)
	require.Same(t, b, schemas["C"].Value)
	require.Same(t, schemas["A"].Value, item())
}
