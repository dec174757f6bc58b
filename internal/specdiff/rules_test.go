package specdiff

// Rules that the real documents have no place for, or only in one direction: a small document, one edit, one row.

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const small = `openapi: 3.0.3
info: {title: Test, version: "1"}
x-msdk-results:
  main: {code: ret, message: msg, success: [0], wrapped: {-100: qq}, errors: [{code: 5, name: Five, text: Five.}]}
  other: {code: ret, message: text, success: [0]}
paths:
  /a:
    post:
      operationId: a
      tags: [One]
      security: [{vendor: []}]
      x-msdk-result: main
      parameters:
        - {name: appid, in: query, required: true, schema: {type: string}, x-msdk-value: {credential: appid}}
        - {name: kind, in: query, schema: {type: string}}
        - {name: mode, in: query, required: true, schema: {type: string, enum: [fast]}, x-msdk-value: constant}
        - {name: sig, in: query, required: true, schema: {type: string}, x-msdk-value: signature}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              properties:
                id: {type: string, nullable: true, deprecated: true}
                name: {type: string}
                code: {type: string, pattern: ^a$, x-msdk-required-when: {field: name, is: [x]}}
                act: {type: integer, enum: [1], x-msdk-value: constant}
                color: {type: string, enum: [red, green]}
                shape: {type: string, x-msdk-enum: [{value: round}, {value: square}]}
                bits: {type: integer, x-msdk-enum: [{value: 1, name: Read}, {value: 2, name: Write}]}
                ids: {type: string}
                more: {$ref: '#/components/schemas/More'}
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                additionalProperties: false
                properties:
                  ret: {type: integer}
                  msg: {type: string}
                  text: {type: string}
                  back: {type: string}
                  data: {type: object, properties: {x: {type: string}}}
                  list: {type: array, items: {$ref: '#/components/schemas/Part'}}
        "500": {description: a fault}
  /b:
    post:
      operationId: b
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: object, properties: {more: {$ref: '#/components/schemas/Less'}}}}}}
components:
  securitySchemes:
    vendor:
      type: apiKey
      in: query
      name: sig
      x-msdk-credentials: {appid: {app: true}, key: {secret: true}, region: {}}
      x-msdk-sign:
        steps:
          - {name: text, concat: [{secret: key}, {parameter: appid}]}
          - {name: digest, md5: text}
          - {name: sig, hex: digest}
        place: {query: sig}
  schemas:
    More: {type: object, properties: {x: {type: string, enum: [a, b, c]}}}
    Less: {type: object, properties: {x: {type: string, enum: [a, b, c]}}}
    Part: {type: object, properties: {ret: {type: integer}, msg: {type: string}}}
`

const (
	opA     = "/paths/~1a/post"
	bodyA   = opA + "/requestBody/content/application~1json/schema/properties"
	answerA = opA + "/responses/200/content/application~1json/schema"
)

func TestRulesOneByOne(t *testing.T) {
	tests := []struct {
		before, after string
		rule, pointer string // in the second document
		verdicts      Verdicts
	}{
		{"      operationId: b\n", "      operationId: b\n      requestBody: {content: {application/json: {schema: {type: object, properties: {zz: {type: string}}}}}}\n", "body-added", "/paths/~1b/post/requestBody", Verdicts{Request: c0, Go: b0}},
		{"      operationId: b\n", "      operationId: b\n      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {zz: {type: string}}}}}}\n", "body-added", "/paths/~1b/post/requestBody", Verdicts{Request: b0, Go: b0}},
		{"x: {type: string, enum: [a, b, c]}", "x: {type: string, enum: [a, b]}", "enum-value-removed", "/components/schemas/More/properties/x/enum", Verdicts{Request: b0, Go: b0}},
		{"                act: {", "                zz: {type: integer, x-msdk-value: constant, enum: [4]}\n                act: {", "field-added", bodyA + "/zz", Verdicts{Request: c0, Go: c0}},
		{"  other: {code: ret,", "  third: {code: ret, message: text, success: [3]}\n  other: {code: ret,", "result-added", "/x-msdk-results/third", Verdicts{Go: c0, Tests: c0}},
		{"tags: [One]", "tags: [Two]", "tag-changed", opA + "/tags/0", Verdicts{Go: b0}},
		{", deprecated: true", "", "deprecation-withdrawn", bodyA + "/id", Verdicts{Request: c0, Go: c0}},
		{"nullable: true, ", "", "became-non-nullable", bodyA + "/id", Verdicts{Request: b0, Go: c0}},
		{"        required: true\n        content", "        content", "body-optional", opA + "/requestBody", Verdicts{Request: c0, Go: c0}},
		{"        \"500\": {description: a fault}\n", "", "status-removed", opA + "/responses", Verdicts{Response: c0, Go: c0}},
		{"        - {name: kind, in: query, schema: {type: string}}\n", "", "parameter-removed", opA + "/parameters", Verdicts{Request: r0, Go: b0}},
		{"name: kind, in: query, schema: {type: string}", "name: kind, in: query, schema: {type: string}, x-msdk-value: option", "parameter-source-changed", opA + "/parameters/1/x-msdk-value", Verdicts{Request: r0, Go: b0}},
		{"enum: [fast]", "enum: [slow]", "constant-changed", opA + "/parameters/2/schema/enum/0", Verdicts{Request: b0, Go: c0}},
		{"        - {name: kind,", "        - {name: zz, in: query, x-msdk-expected: true, schema: {type: integer}}\n        - {name: kind,", "parameter-added-expected", opA + "/parameters/1", Verdicts{Request: r0, Go: b0}},
		{"                act: {type: integer, enum: [1], x-msdk-value: constant}\n", "", "field-removed-filled", bodyA, Verdicts{Request: r0, Go: c0}},
		{"enum: [1], x-msdk-value: constant", "enum: [2], x-msdk-value: constant", "constant-changed", bodyA + "/act/enum/0", Verdicts{Request: b0, Go: c0}},
		{"enum: [1], x-msdk-value: constant", "enum: [1]", "fill-changed", bodyA + "/act", Verdicts{Request: r0, Go: b0}},
		{"^a$", "^b$", "limit-changed", bodyA + "/code/pattern", Verdicts{Request: b0, Go: r0}},
		{"is: [x]", "is: [y]", "condition-changed", bodyA + "/code/x-msdk-required-when", Verdicts{Request: b0, Go: r0}},
		{"enum: [red, green]", "enum: [red, green], x-msdk-enum: [{name: Red}, {name: Verde}]", "go-name-changed", bodyA + "/color/x-msdk-enum/1/name", Verdicts{Go: b0}},
		{"enum: [red, green]", "x-msdk-enum: [{value: red}, {value: green}]", "enum-opened", bodyA + "/color", Verdicts{Request: c0, Go: c0}},
		{"x-msdk-enum: [{value: round}, {value: square}]", "enum: [round, square]", "enum-closed", bodyA + "/shape/enum", Verdicts{Request: b0, Go: r0}},
		{"color: {type: string, enum: [red, green]}", "color: {type: string}", "enum-opened", bodyA + "/color", Verdicts{Request: c0, Go: b0}},
		{"enum: [red, green]", "enum: [red, blue, green]", "enum-value-added", bodyA + "/color/enum/1", Verdicts{Request: c0, Go: c0}},
		{"bits: {type: integer,", "bits: {type: integer, x-msdk-flags: true,", "flags-changed", bodyA + "/bits/x-msdk-flags", Verdicts{Request: r0, Go: r0}},
		{"ids: {type: string}", "ids: {type: string, x-msdk-list: comma}", "form-changed", bodyA + "/ids/x-msdk-list", Verdicts{Request: b0, Go: b0}},
		{"more: {$ref: '#/components/schemas/More'}", "more: {$ref: '#/components/schemas/Less'}", "reference-changed", bodyA + "/more/$ref", Verdicts{Go: b0}},
		{"                additionalProperties: false\n", "", "members-opened", answerA, Verdicts{Response: r0, Go: c0}},
		{"data: {type: object,", "data: {type: object, x-msdk-empty-list: true,", "empty-list-changed", answerA + "/properties/data/x-msdk-empty-list", Verdicts{Response: r0, Go: c0}},
		{"data: {type: object,", "data: {type: object, x-msdk-embedded-json: true,", "form-changed", answerA + "/properties/data/x-msdk-embedded-json", Verdicts{Response: b0, Go: c0}},
		{"back: {type: string}", "back: {type: string, x-msdk-echo: kind}", "echo-changed", answerA + "/properties/back/x-msdk-echo", Verdicts{Response: r0}},
		{"Part: {type: object,", "Part: {type: object, x-msdk-item-result: main,", "item-result-changed", "/components/schemas/Part/x-msdk-item-result", Verdicts{Response: r0, Go: b0, Tests: r0}},
		{"id: {type: string,", "id: {type: string, x-msdk-also: {query: kind},", "also-changed", bodyA + "/id/x-msdk-also", Verdicts{Request: r0, Go: c0}},
		{"region: {}", "", "credential-removed", "/components/securitySchemes/vendor/x-msdk-credentials", Verdicts{Go: b0, Signing: r0}},
		{"region: {}", "region: {secret: true}", "credential-changed", "/components/securitySchemes/vendor/x-msdk-credentials/region/secret", Verdicts{Go: b0, Signing: r0}},
		{"vendor", "seller", "scheme-renamed", "/components/securitySchemes/seller", Verdicts{Go: b0, Signing: c0}},
		{"x-msdk-result: main", "x-msdk-result: other", "result-changed", opA + "/x-msdk-result", Verdicts{Response: b0, Go: r0, Tests: r0}},
		{"  other: {code: ret, message: text, success: [0]}\n", "", "result-removed", "/x-msdk-results", Verdicts{Go: c0, Tests: r0}},
		{"message: msg, success", "message: text, success", "result-field-changed", "/x-msdk-results/main/message", Verdicts{Response: b0, Go: c0, Tests: r0}},
		{"message: msg, success", "message: [msg, back], success", "result-text-added", "/x-msdk-results/main/message", Verdicts{Response: r0, Go: c0, Tests: r0}},
		{"-100: qq", "-200: qq", "wrapped-codes-changed", "/x-msdk-results/main/wrapped", Verdicts{Response: r0, Go: r0, Tests: r0}},
		{"      operationId: b\n", "      operationId: b\n      callbacks: {}\n", "unexplained", "/paths/~1b/post/callbacks", Verdicts{Request: r0, Response: r0, Go: c0}},
		{"    post:\n      operationId: b", "    put:\n      operationId: b", "operation-renamed", "/paths/~1b/put", Verdicts{Request: b0, Go: c0}},
	}
	old := read(t, "a.yaml", []byte(small))
	for _, test := range tests {
		t.Run(test.rule+" "+test.after, func(t *testing.T) {
			edited := strings.Replace(small, test.before, test.after, 1)
			if test.before == "vendor" {
				edited = strings.ReplaceAll(small, test.before, test.after)
			}
			require.NotEqual(t, small, edited)
			report := Compare(old, read(t, "a.yaml", []byte(edited)))
			rows := rowsOf(report)
			require.Len(t, rows, 1, "%s", strings.Join(rows, "\n"))
			c := report.Changes[0]
			require.Equal(t, test.rule+" "+test.pointer+" ("+verdictWords(test.verdicts)+") "+c.Text, rows[0])
			require.False(t, c.Level == Breaking && c.Action == "")
		})
	}
}

// Rules that ask for more than one edit, or for two that cause each other.
func TestRulesInTwo(t *testing.T) {
	compare := func(before, after string) []string {
		return rowsOf(Compare(read(t, "a.yaml", []byte(before)), read(t, "a.yaml", []byte(after))))
	}
	spare := strings.Replace(small, "  schemas:\n", "    spare: {type: apiKey, in: header, name: X-Key, x-msdk-credentials: {k: {secret: true}}, x-msdk-sign: {steps: [{name: d, md5: {secret: k}}, {name: h, hex: d}], place: {header: X-Key}}}\n  schemas:\n", 1)
	spare = strings.Replace(spare, "      operationId: b\n", "      operationId: b\n      security: [{spare: []}]\n", 1)
	require.Equal(t, []string{
		"scheme-changed /paths/~1b/post (request breaking · go risky · signing breaking) was signed by spare, is signed by none now",
		"scheme-removed /components/securitySchemes (go breaking · signing compatible) is gone",
	}, slices.Sorted(slices.Values(compare(spare, small))))

	// More is reached from a request only; once a response holds it too, its members that nobody names are kept.
	shared := strings.Replace(small, "more: {$ref: '#/components/schemas/Less'}", "more: {$ref: '#/components/schemas/Less'}, too: {$ref: '#/components/schemas/More'}", 1)
	require.Contains(t, strings.Join(compare(small, shared), "\n"), "extra-changed /components/schemas/More (go compatible)")
	require.Contains(t, strings.Join(compare(shared, small), "\n"), "extra-changed /components/schemas/More (go breaking)")
}

// What is neither a step, nor a key, nor a place is compared all the same: another built-in.
func TestBuiltinsAreCompared(t *testing.T) {
	old, newer := read(t, "timgroup.yaml", text(t, "timgroup")), read(t, "timgroup.yaml", text(t, "timgroup"))
	newer.API.Schemes[0].Builtin = "another"
	report := Compare(old, newer)
	require.Len(t, report.Changes, 1)
	require.Equal(t, "signing-changed", report.Changes[0].Rule)
	require.Equal(t, signed, report.Changes[0].Verdicts)
	require.Empty(t, Compare(old, old).Changes)
}

// rowsOf prints the rows of a report: rule, place in the second document, verdicts, words.
func rowsOf(report *Report) []string {
	var rows []string
	for _, c := range report.Changes {
		rows = append(rows, c.Rule+" "+c.New.Pointer+" ("+verdictWords(c.Verdicts)+") "+c.Text)
	}
	return rows
}
