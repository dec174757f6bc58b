package load

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// operation is a document with one operation; what a test appends begins on line 10, at an indentation of 6.
const operation = "openapi: 3.0.3\ninfo:\n  title: T\n  version: '1'\npaths:\n  /login:\n    post:\n      operationId: login\n      tags: [Login]\n"

const answer = "      responses: {'200': {description: ok}}\n"

func TestKeys(t *testing.T) {
	complaints(t, []complaintCase{
		{"respnses", operation + "      respnses: {'200': {description: ok}}\n",
			"10:7: unknown-key: an operation has no key \"respnses\" [did you mean \"responses\"?]"},
		{"requestBdy", operation + answer + "      requestBdy: {}\n", `11:7: unknown-key: an operation has no key "requestBdy" [did you mean "requestBody"?]`},
		{"operationID", strings.Replace(operation, "operationId", "operationID", 1) + answer,
			`8:7: unknown-key: an operation has no key "operationID" [did you mean "operationId"?]`},
		{"x-msdk-sgin", head + "components:\n  securitySchemes:\n    key:\n      type: apiKey\n      in: query\n      name: sig\n      x-msdk-sgin: {}\n",
			`12:7: unknown-key: msdkgen knows no key "x-msdk-sgin" [did you mean "x-msdk-sign"?]`},
		{"an extension in the wrong place", operation + answer + "      x-msdk-sign: {}\n", `11:7: unknown-key: "x-msdk-sign" has no meaning in an operation; it belongs in a security scheme`},
		{"an extension with two places", head + "x-msdk-sensitive: true\n", `6:1: unknown-key: "x-msdk-sensitive" has no meaning in the document; it belongs in a parameter or a schema`},
		{"an extension like no other", head + "x-msdk-zzzzzzzz: true\n", `6:1: unknown-key: msdkgen knows no key "x-msdk-zzzzzzzz"`},
		{"x-go-name in the wrong place", head + "x-go-name: A\n", "6:1: warning: unknown-key: x-go-name has no meaning in the document; it belongs in an operation or a parameter or a schema"},
		{"unlike any key", operation + answer + "      colour: red\n", `11:7: warning: unknown-key: an operation has no key "colour"; nothing reads it`},
		{"like a key of three letters", head + "components: {schemas: {A: {note: x, type: string}}}\n",
			`6:28: warning: unknown-key: a schema has no key "note"; nothing reads it [did you mean "not"?]`},
		{"lists inside of one another, by references", head + "components: {schemas: {" + listsOf(21) + "}}\n",
			"6:24: unsupported: more than 20 lists and maps inside of one another are not supported"},
		{"of 3.1 in 3.0", head + "components: {schemas: {A: {const: 1, type: integer}}}\n",
			`6:28: warning: unknown-key: "const" is a key of OpenAPI 3.1; this document is 3.0.3, in which it has no meaning`},
		{"of 3.0 in 3.1", head31 + "components: {schemas: {A: {nullable: true, type: integer}}}\n",
			`6:28: warning: unknown-key: "nullable" is a key of OpenAPI 3.0; this document is 3.1.0, in which it has no meaning`},
		{"path without a slash", strings.Replace(operation, "/login", "login", 1) + answer, `6:3: unknown-key: "login" is no key of paths [a key here is a path beginning with /]`},
		{"status", operation + "      responses: {200: {description: ok}, 4xx: {description: x}, 20: {description: y}}\n",
			"10:43: warning: unknown-key: \"4xx\" is taken for \"4XX\" [write 4XX]\n10:66: unknown-key: \"20\" is no key of responses [a key here is default, a status such as 200, or a range such as 4XX]"},
		{"beside a reference", head + "components:\n  schemas:\n    A: {type: string}\n    B:\n      $ref: '#/components/schemas/A'\n      description: fine\n      nullable: true\n      x-msdk-expected: true\n",
			"12:7: warning: unknown-key: \"nullable\" beside a $ref is not read\n13:7: unknown-key: \"x-msdk-expected\" beside a $ref is not read [write allOf: [{$ref: …}] with the key beside allOf]"},
		{"missing", "openapi: 3.0.3\ninfo: {title: T}\n", "1:1: missing-key: the document needs the key \"paths\"\n2:1: missing-key: info needs the key \"version\""},
		{"missing because of the type", head + "components: {securitySchemes: {k: {type: apiKey}}}\n",
			"6:32: missing-key: a security scheme of type apiKey needs the key \"in\"\n6:32: missing-key: a security scheme of type apiKey needs the key \"name\""},
		{"array without items", head + "components: {schemas: {A: {type: array}}}\n", `6:24: missing-key: a schema of type array needs the key "items"`},
		{"name of a component", head + "components: {schemas: {A B: {type: string}}}\n",
			`6:24: invalid-openapi: "A B" is no name for a component; it consists of letters, digits, dots, dashes and underscores`},
	})
}

func TestKindsAndValues(t *testing.T) {
	schema := func(members string) string { return head + "components: {schemas: {A: {" + members + "}}}\n" }
	complaints(t, []complaintCase{
		{"required: true on a property", schema("type: object, properties: {b: {type: string, required: true}}"),
			"6:83: wrong-kind: \"required\" takes a list, not true [list the names of the required properties in the schema that has them: required: [name]]"},
		{"one name instead of a list", schema("type: object, required: b"), "6:52: wrong-kind: \"required\" takes a list, not the text \"b\" [write it as a list: [b]]"},
		{"list instead of a mapping", schema("properties: [a]"), `6:40: wrong-kind: "properties" takes a mapping, not a list [write its members as keys, without dashes and brackets]`},
		{"number instead of text", schema("description: 1"), "6:41: wrong-kind: \"description\" takes text, not the number 1 [put it in quotes: \"1\"]"},
		{"text instead of a number", schema("maxLength: '1'"), "6:39: wrong-kind: \"maxLength\" takes a whole number from 0 on, not the text \"1\" [leave out the quotes]"},
		{"text instead of a truth value", schema("nullable: 'true', type: string"), "6:38: wrong-kind: \"nullable\" takes true or false, not the text \"true\" [leave out the quotes]"},
		{"below 0", schema("minItems: -1"), `6:38: wrong-kind: "minItems" takes a whole number from 0 on, not the number -1`},
		{"out of range", schema("maximum: 1e999"), `6:37: wrong-kind: "maximum" takes a number in the range of 64-bit floating point, not 1e999`},
		{"nothing", schema("description: null"), `6:41: wrong-kind: "description" takes text, not nothing [give it a value, or remove the key]`},
		{"a schema that is true", schema("type: object, properties: {b: true}"), `6:58: wrong-kind: "b" takes a mapping, not true`},
		{"several types in 3.0", schema("type: [string, 'null']"), `6:34: wrong-kind: "type" with a list is a form of OpenAPI 3.1; this document is 3.0.3 [in 3.0 write type: string with nullable: true]`},
		{"one type in a list in 3.0", schema("type: [string]"), `6:34: wrong-kind: "type" with a list is a form of OpenAPI 3.1; this document is 3.0.3 [in 3.0 write type: string]`},
		{"two types in 3.0", schema("type: [string, integer]"), `6:34: wrong-kind: "type" with a list is a form of OpenAPI 3.1; this document is 3.0.3 [in 3.0 a schema has one type]`},
		{"exclusive bound in 3.0", schema("type: integer, exclusiveMinimum: 1"),
			`6:61: wrong-kind: "exclusiveMinimum" with a number is a form of OpenAPI 3.1; this document is 3.0.3 [in 3.0 write minimum: 1 with exclusiveMinimum: true]`},
		{"another kind of exclusive bound", schema("type: integer, exclusiveMaximum: x"), `6:61: wrong-kind: "exclusiveMaximum" takes true or false, not the text "x"`},
		{"items without a blank", head + "tags:\n  -name: a\n", `7:3: wrong-kind: "tags" takes a list, not a mapping [put a blank behind the dash]`},
		{"text items without a blank", head + "components: {schemas: {A: {type: object, required:\n  -a\n  -b\n  }}}\n", `7:3: wrong-kind: "required" takes a list, not the text "-a -b" [put a blank behind the dash]`},
		{"scheme of a server", strings.Replace(head, "paths", "servers: [{url: 'ftp://a.example'}, {url: 'HTTPS://a.example'}, {url: /a}]\npaths", 1),
			`5:17: unknown-value: the URL of a server begins with "http://" or "https://", not with "ftp://"`},
		{"strng", schema("type: strng"), `6:34: unknown-value: "type" cannot be "strng"; it is one of array, boolean, integer, number, object, string [did you mean "string"?]`},
		{"null in 3.0", schema("type: 'null'"), `6:34: unknown-value: "type" cannot be "null"; it is one of array, boolean, integer, number, object, string [OpenAPI 3.0 says nullable: true beside the type]`},
		{"boddy", operation + "      parameters:\n        - {name: a, in: boddy, schema: {type: string}}\n" + answer,
			`11:25: unknown-value: "in" cannot be "boddy"; it is one of query, header, path, cookie`},
		{"style", operation + "      parameters:\n        - {name: a, in: query, style: from, schema: {type: string}}\n" + answer,
			`11:39: unknown-value: "style" cannot be "from"; it is one of matrix, label, form, simple, spaceDelimited, pipeDelimited, deepObject [did you mean "form"?]`},
	})
}

func TestNewerSchemasAreFine(t *testing.T) {
	_, said := readSpec(t, file, head31+`components:
  schemas:
    A:
      type: [object, 'null']
      properties: {b: true, c: {const: 1}, d: {exclusiveMinimum: 1.5, examples: [1]}, $ref: {type: string}}
      $defs: {e: {type: array}}
      example: {$ref: "#/nowhere"}
    B: {$ref: '#/components/schemas/A/$defs/e', minItems: 1, x-msdk-expected: true}
`)
	require.Empty(t, said)
}

func TestVersions(t *testing.T) {
	complaints(t, []complaintCase{
		{"swagger", "swagger: '2.0'\n", "1:1: openapi-version: the document is Swagger 2.0, not OpenAPI 3.0 or 3.1 [convert it to OpenAPI 3.0]"},
		{"number", "openapi: 3.1\n", "1:10: openapi-version: openapi is the number 3.1; 3.0.x and 3.1.x are known [write 3.0.3 or 3.1.0]"},
		{"later", "openapi: 3.2.0\n", `1:10: openapi-version: openapi is the text "3.2.0"; 3.0.x and 3.1.x are known [write 3.0.3 or 3.1.0]`},
		{"none", "info: {}\n", "1:1: openapi-version: the document does not say which version of OpenAPI it is [begin it with openapi: 3.0.3]"},
		{"not a mapping", "[a]\n", "1:1: wrong-kind: an OpenAPI document is a mapping, not a list"},
	})
	for _, version := range []string{"3.0.0", "3.0.9", "3.1.0", "3.1.7"} {
		d, said := readSpec(t, file, strings.Replace(head, "3.0.3", version, 1))
		require.Empty(t, said)
		require.Equal(t, version, d.OpenAPI.OpenAPI)
	}
}

func TestReferences(t *testing.T) {
	schemas := head + "components:\n  schemas:\n    Pet: {type: string}\n"
	complaints(t, []complaintCase{
		{"dangling", schemas + "    A: {$ref: '#/components/schemas/Pett'}\n", `9:15: dangling-ref: "#/components/schemas/Pett" leads to nothing [did you mean "#/components/schemas/Pet"?]`},
		{"to an old place", schemas + "    A: {$ref: '#/definitions/Pet'}\n", `9:15: dangling-ref: "#/definitions/Pet" leads to nothing [did you mean "#/components/schemas/Pet"?]`},
		{"bare name", schemas + "    A: {$ref: Pet}\n", `9:15: unsupported: "Pet" leads to another document, which is not supported [did you mean "#/components/schemas/Pet"?]`},
		{"other document", schemas + "    A: {$ref: 'other.yaml#/Pet'}\n", `9:15: unsupported: "other.yaml#/Pet" leads to another document, which is not supported [bring everything into one document]`},
		{"anchor", schemas + "    A: {$ref: '#pet'}\n", `9:15: unsupported: the anchor "#pet" is not supported; a $ref is a path such as #/components/schemas/Name`},
		{"not text", schemas + "    A: {$ref: 1}\n", `9:15: wrong-kind: "$ref" takes text, not the number 1 [put it in quotes: "1"]`},
		{"other shape", schemas + "  responses:\n    R: {$ref: '#/components/schemas/Pet'}\n", `10:15: invalid-openapi: "#/components/schemas/Pet" is a schema; a response is due here {8:5 a schema}`},
		{"circle", schemas + "    A: {$ref: '#/components/schemas/A'}\n", `9:15: invalid-openapi: "#/components/schemas/A" leads back to itself, through nothing but references`},
		{"circle of allOf", schemas + "    A: {allOf: [{$ref: '#/components/schemas/A'}]}\n", `9:24: invalid-openapi: "#/components/schemas/A" contains itself through allOf`},
		{"discriminator", schemas + "    A: {oneOf: [{$ref: '#/components/schemas/Pet'}], discriminator: {propertyName: t, mapping: {pet: '#/components/schemas/Pt'}}}\n",
			`9:102: dangling-ref: "#/components/schemas/Pt" leads to nothing`},
		{"faults behind a reference", schemas + "    A: {$ref: '#/x-parts/P'}\nx-parts: {P: {type: strng}}\n",
			`10:21: unknown-value: "type" cannot be "strng"; it is one of array, boolean, integer, number, object, string [did you mean "string"?]`},
	})
	_, said := readSpec(t, file, schemas+"    A: {properties: {'a~/b c': {type: string}, r: {$ref: '#/components/schemas/A/properties/a~0~1b%20c'}}}\n")
	require.Empty(t, said)
}

// Recursion that kin-openapi finds no end of must not reach it: a stack overflow cannot be recovered from.
func TestRecursionWithoutAnEnd(t *testing.T) {
	self := "{$ref: '#/components/schemas/A'}"
	for _, schema := range []string{
		"{default: 1, oneOf: [" + self + "]}", "{default: {}, items: " + self + "}", "{default: {}, not: {anyOf: [" + self + "]}}",
		"{default: {a: {}}, properties: {a: " + self + "}}", "{type: object, default: {a: {}}, additionalProperties: " + self + "}",
	} {
		for _, start := range []string{head, head31} {
			d, said := readSpec(t, file, start+"components: {schemas: {A: "+schema+"}}\n")
			require.Empty(t, said)
			require.NotNil(t, d)
		}
	}
	_, said := readSpec(t, file, head31+"components: {schemas: {A: {properties: {x: {$ref: '#/components/schemas/B'}}}, B: {$ref: '#/components/schemas/A', properties: {x: {$ref: '#/components/schemas/B'}}}}}\n")
	require.Equal(t, []string{`6:116: unsupported: "properties" beside a $ref is not supported where schemas without a type recurse [give the schemas that recurse a type, or put the $ref and what stands beside it into allOf]`}, said)
}

func TestFaultyPartsAreLeftOut(t *testing.T) {
	d, said := readSpec(t, file, head+"components:\n  schemas:\n    A: {type: object, required: true, properties: {b: {$ref: '#/no'}, c: {type: strng}}}\n  parameters:\n    P: {$ref: '#/no'}\n")
	require.Len(t, said, 4)
	require.Equal(t, `{"type":"object","properties":{"b":{},"c":{}}}`, string(d.At("/components/schemas/A").JSON()))
	require.Empty(t, d.OpenAPI.Components.Schemas["A"].Value.Required)
	require.Nil(t, d.At("/components/parameters/P"))
	require.Empty(t, d.OpenAPI.Components.Parameters)
}

func TestPointers(t *testing.T) {
	d, said := readSpec(t, "spec/api.yaml", operation+answer)
	require.Empty(t, said)
	require.Equal(t, "api.yaml", d.File)
	node := d.At(Pointer("paths", "/login", "post"))
	require.Equal(t, "/paths/~1login/post", node.Pointer)
	require.Equal(t, diag.Pos{File: "spec/api.yaml", Line: 7, Column: 5}, node.KeyPos)
	require.Same(t, node, d.At("#/paths/~1login/post"))
	require.Equal(t, "Login", d.At("/paths/~1login/post/tags/0").Value)
	require.Same(t, d.Root, d.At(""))
	require.Nil(t, d.At("/paths/x"))
	require.Equal(t, "ok", *d.OpenAPI.Paths.Value("/login").Post.Responses.Value("200").Value.Description)
}

func TestGrammarRefersToKnownShapes(t *testing.T) {
	var look func(v value)
	look = func(v value) {
		if v.shape != "" {
			require.Contains(t, shapes, v.shape)
		}
		for _, inner := range []*value{v.item, v.entry} {
			if inner != nil {
				look(*inner)
			}
		}
	}
	for name, s := range shapes {
		for _, k := range s.keys {
			look(k.takes)
			require.False(t, k.takes.item == nil && k.takes.entry == nil && k.takes.shape == "" && !k.takes.any && !k.takes.text && !k.takes.boolean && !k.takes.number && !k.takes.integer, "%s.%s takes nothing", name, k.name)
		}
		if s.free != nil {
			look(*s.free)
		}
	}
}

// listsOf writes that many schemas, each a list of the next one but for every third, which is a map, and an integer in the end.
func listsOf(n int) string {
	var b strings.Builder
	for i := range n {
		key, kind := "items", "array"
		if i%3 == 2 {
			key, kind = "additionalProperties", "object"
		}
		fmt.Fprintf(&b, "L%d: {type: %s, %s: {$ref: '#/components/schemas/L%d'}}, ", i, kind, key, i+1)
	}
	fmt.Fprintf(&b, "L%d: {type: integer}", n)
	return b.String()
}

func TestListsInsideOfOneAnother(t *testing.T) {
	_, said := readSpec(t, file, head+"components: {schemas: {"+listsOf(20)+"}}\n")
	require.Empty(t, said)
	_, said = readSpec(t, file, head+"components: {schemas: {A: {type: array, items: {$ref: '#/components/schemas/A'}}}}\n")
	require.Empty(t, said, "a list of itself is for lower to judge")
}

// A key of 3.1 that a document of 3.0 has by mistake is warned about and then not there; unless something refers to it.
func TestKeysOfTheOtherVersionAreNotThere(t *testing.T) {
	d, said := readSpec(t, file, head+"components: {schemas: {A: {type: array, items: {type: string}, prefixItems: [{type: string}], const: 1}, B: {$defs: {X: {type: string}}, allOf: [{$ref: '#/components/schemas/B/$defs/X'}]}}}\n")
	require.Len(t, said, 3)
	require.Nil(t, d.At("/components/schemas/A/prefixItems"))
	require.Nil(t, d.At("/components/schemas/A/const"))
	require.NotNil(t, d.At("/components/schemas/A/items"))
	require.NotNil(t, d.At("/components/schemas/B/$defs/X"))
	_, said = readSpec(t, file, head+"components: {schemas: {A: {type: integer, const: 1, default: x}}}\n")
	require.Len(t, said, 2, "what else is wrong with the schema is still found")
}
