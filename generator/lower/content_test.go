package lower

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const posted = head + `
paths:
  /a:
    post:
      operationId: a
      requestBody:
        content:
          TYPE:
            schema:
              type: object
              properties:
                text: {type: string, maxLength: 4}
                number: {type: integer}
                share: {type: number}
                yes: {type: boolean}
                color: {type: string, enum: [red]}
                MORE
      ` + answer

func TestContentTypes(t *testing.T) {
	for _, kind := range []string{
		"application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8", "application/json; version=2", "Application/JSON",
		"application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-8",
	} {
		api := run(t, strings.NewReplacer("TYPE", "'"+kind+"'", "                MORE\n", "").Replace(posted))
		c := api.Operations[0].Calls[0]
		require.Equal(t, kind, c.Body.ContentType, "as the document spells it: that is what travels")
		require.True(t, c.Body.Flattened)
		require.Equal(t, []string{"text", "number", "share", "yes", "color"}, fieldNames(c.Request))
	}
	for _, kind := range []string{"application/json; charset=gbk", "application/xml", "application/*", "multipart/form-data", "application/json;", "application/json; charset"} {
		_, list := lowered(t, strings.NewReplacer("TYPE", "'"+kind+"'", "                MORE\n", "").Replace(posted), false)
		if kind == "application/json;" {
			require.Empty(t, list)
			continue
		}
		require.Len(t, list, 1, kind)
		require.Equal(t, `the content type "`+kind+`" is not supported`, list[0].Message)
	}
}

func TestForms(t *testing.T) {
	run(t, strings.NewReplacer("TYPE", "application/x-www-form-urlencoded", "                MORE\n", indent(16, `
list: {type: array, items: {type: string}} # want unsupported
object: {type: object, properties: {a: {type: string}}} # want unsupported
either: {oneOf: [{type: integer}, {type: string}]} # want unsupported
nothing: {type: string, nullable: true} # want unsupported
any: {} # want unsupported
comma: {type: string, x-msdk-list: comma} # want unsupported
inside: {type: object, x-msdk-embedded-json: true, properties: {a: {type: string}}} # want unsupported`)).Replace(posted))
	run(t, strings.NewReplacer("TYPE", "application/x-www-form-urlencoded", "                MORE\n", "              additionalProperties: true\n",
		"schema:\n", "schema: # want unsupported\n").Replace(posted))
	run(t, head+`
paths:
  /a:
    post:
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: string}}}} # want unsupported
      `+answer+`
  /b:
    get:
      responses: {"200": {description: D., content: {application/x-www-form-urlencoded: {schema: {type: object}}}}} # want unsupported
`)
}
