package docs

// The examples of docs/extensions.md, put together into one document and generated: an example that the generator refuses would teach a
// mistake. The document around them holds what they leave to their reader.

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
)

// around is the document into which the examples are put.
const around = `
openapi: 3.0.3
info: {title: Examples, version: 1.0.0}
paths:
  /one:
    post:
      security: [{vendor: []}]
      requestBody: {required: true, content: {application/json: {}}}
      responses: {'200': {description: Done., content: {application/json: {}}}}
  /two:
    post:
      operationId: two
      x-msdk-result: v3Message
      parameters:
        - {name: channelid, in: query, required: true, schema: {type: string}, x-msdk-value: variant}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              oneOf:
                - {title: WeChat, type: object, properties: {openid: {type: string}}}
                - title: QQ
                  type: object
                  required: [roleid]
                  properties: {openid: {type: string}, name: {type: string, x-msdk-max-bytes: 9}, roleid: {type: string}}
      responses:
        '200':
          description: Done.
          content:
            application/json:
              schema: {type: object, properties: {ret: {type: integer}, message: {type: string}, ActionStatus: {type: string}}}
components:
  securitySchemes:
    vendor: {type: apiKey, in: query, name: sig}
  schemas:
    Report: {type: object, properties: {text: {type: string}}}
    Types: {type: object}
`

// places says where the blocks below a heading belong, in their order.
var places = map[string][]string{
	"At the head of the document": {""},
	"On a server":                 {""},
	"On an operation":             {"paths|/one|post", "paths|/two|post"},
	"On a parameter":              {"paths|/one|post"},
	"On a schema or property": {
		"paths|/one|post|requestBody|content|application/json|schema",
		"paths|/one|post|responses|200|content|application/json|schema",
		"components|schemas|Types|properties",
	},
	"On an example":        {"paths|/two|post|requestBody|content|application/json"},
	"On a media type":      {"paths|/two|post|requestBody|content|application/json"},
	"On a security scheme": {"components|securitySchemes|vendor"},
	"Under components":     {"components"},
}

// merge puts the members of one mapping into another; what is there already stays, unless both are mappings.
func merge(into, from map[string]any) {
	for name, value := range from {
		inner, isMapping := into[name].(map[string]any)
		more, both := value.(map[string]any)
		if isMapping && both {
			merge(inner, more)
			continue
		}
		into[name] = value
	}
}

func TestTheExamplesTogetherAreADocument(t *testing.T) {
	var document map[string]any
	require.NoError(t, yaml.Unmarshal([]byte(around), &document))
	seen := map[string]int{}
	for _, b := range blocks(t, "docs/extensions.md") {
		n := seen[b.heading]
		seen[b.heading]++
		require.Less(t, n, len(places[b.heading]), "docs/extensions.md:%d: the test does not know where this block below %q belongs", b.line, b.heading)
		var content map[string]any
		require.NoError(t, yaml.Unmarshal([]byte(b.text), &content), "docs/extensions.md:%d", b.line)
		into := document
		for _, key := range strings.FieldsFunc(places[b.heading][n], func(r rune) bool { return r == '|' }) {
			if into[key] == nil {
				into[key] = map[string]any{}
			}
			into = into[key].(map[string]any)
		}
		merge(into, content)
	}
	for heading, all := range places {
		require.Equal(t, len(all), seen[heading], heading)
	}
	text, err := yaml.Marshal(document)
	require.NoError(t, err)
	files, list := generator.Generate(fstest.MapFS{"examples.yaml": {Data: text}},
		generator.Config{Packages: []generator.Package{{Spec: "examples.yaml", Package: "examples", Output: "examples"}}})
	var printed bytes.Buffer
	for _, d := range list {
		if d.Severity == diag.SeverityError {
			printed.WriteString(d.Pos.String() + ": " + d.Message + "\n")
		}
	}
	require.Empty(t, printed.String(), "%s", text)
	require.NotEmpty(t, files)
}
