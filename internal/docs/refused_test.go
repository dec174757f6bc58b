package docs

// The table of what is refused, in docs/another-spec.md, held against the generator: each message stands for a small document that gets it.

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
)

// refusedDocument has a place for each fault; KEY: in front of a line leaves the line out unless it is the fault's.
const refusedDocument = `openapi: 3.1.0
info: {title: Refused, version: '1'}
servers:
  - url: 'https://example.com'
VARIABLES:    variables: {a: {default: b}}
paths:
  /one:
    post:
      parameters:
        - {name: fine, in: query, schema: {type: string}}
LIST:        - {name: ids, in: query, schema: {type: array, items: {type: string}}}
COOKIE:        - {name: a, in: cookie, schema: {type: string}}
      responses:
STATUS:        '201': {description: Made.}
        '200':
          description: Done.
HEADERS:          headers: {A: {schema: {type: string}}}
          content:
            application/json:
              schema:
                type: object
                properties:
                  fine: {type: string}
ONEOF:                  a: {oneOf: [{type: string}, {type: boolean}]}
FORMAT:                  a: {type: string, format: date-time}
REF:                  a: {$ref: 'other.yaml'}
CONTENT:            application/xml: {schema: {type: object, properties: {fine: {type: string}}}}
SECURITY:components:
SECURITY:  securitySchemes:
SECURITY:    a: {type: oauth2, flows: {}}
`

// refusals says which fault gets a message.
var refusals = map[string]string{
	`"oneOf" is not supported`:                                       "ONEOF",
	`the format "date-time" is not supported`:                        "FORMAT",
	`a parameter of the kind list is not supported`:                  "LIST",
	`a parameter in cookie is not supported`:                         "COOKIE",
	`a second content type, "application/xml", is not supported`:     "CONTENT",
	`the status 201 is not supported`:                                "STATUS",
	`"headers" is not supported`:                                     "HEADERS",
	`a security scheme of type "oauth2" is not supported`:            "SECURITY",
	`"other.yaml" leads to another document, which is not supported`: "REF",
	`"variables" is not supported`:                                   "VARIABLES",
}

func withFault(fault string) string {
	marked := regexp.MustCompile(`^([A-Z]+):`)
	var b strings.Builder
	for line := range strings.Lines(refusedDocument) {
		m := marked.FindStringSubmatch(line)
		if m != nil && m[1] != fault {
			continue
		}
		if m != nil {
			line = strings.TrimPrefix(line, m[0])
		}
		b.WriteString(line)
	}
	return b.String()
}

func TestRefused(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, "docs", "another-spec.md"))
	require.NoError(t, err)
	_, table, ok := strings.Cut(string(page), "## What is refused")
	require.True(t, ok)
	shown := regexp.MustCompile("(?m)^\\|[^|]*\\| `(.*? not supported)` \\|").FindAllStringSubmatch(table, -1)
	require.Len(t, shown, len(refusals))
	for _, m := range append(shown, []string{"", ""}) {
		fault, known := refusals[m[1]]
		require.True(t, known || m[1] == "", m[1])
		_, list := generator.Generate(fstest.MapFS{"refused.yaml": {Data: []byte(withFault(fault))}},
			generator.Config{Packages: []generator.Package{{Spec: "refused.yaml", Package: "refused", Output: "refused"}}})
		var messages []string
		for _, d := range list {
			if d.Severity == diag.SeverityError {
				messages = append(messages, d.Message)
			}
		}
		if m[1] == "" {
			require.Empty(t, messages, "without a fault")
			continue
		}
		require.Contains(t, messages, m[1])
	}
}
