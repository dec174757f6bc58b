package lower

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

func TestParameters(t *testing.T) {
	api := run(t, head+`
paths:
  /a:
    parameters:
      - {name: shared, in: query, schema: {type: string}}
      - {name: replaced, in: query, schema: {type: string}}
    get:
      operationId: a
      parameters:
        - {name: replaced, in: query, required: true, description: Mine., schema: {type: integer, minimum: 3}}
        - {name: os, in: query, x-msdk-value: option, schema: {type: integer, default: 4}}
        - {name: time, in: query, x-msdk-value: timestamp, schema: {type: integer}}
        - {name: fixed, in: query, x-msdk-value: constant, schema: {type: string, enum: [json]}}
        - {name: random, in: query, x-msdk-value: nonce, schema: {type: integer, format: uint32}}
        - {name: token, in: query, x-msdk-sensitive: true, x-go-name: Ticket, schema: {type: string, description: From the schema.}}
        - {name: mode, in: query, schema: {type: string, enum: [x, y]}}
        - {$ref: '#/components/parameters/Level'}
        - {name: here, in: query, x-msdk-expected: true, schema: {type: string}}
        - {name: there, in: query, schema: {type: string, x-msdk-expected: true}}
      `+answer+`
    put:
      operationId: b
      parameters:
        - {name: os, in: query, x-msdk-value: option, schema: {type: integer}}
        - {$ref: '#/components/parameters/Level'}
      `+answer+`
components:
  parameters:
    Level: {name: level, in: query, schema: {type: integer, enum: [1, 2]}}
`)
	op := api.Operations[0]
	require.Equal(t, []string{"shared", "replaced", "os", "time", "fixed", "random", "token", "mode", "level", "here", "there"}, queryNames(op))
	p := op.Parameters
	require.True(t, p[1].Required)
	require.Equal(t, "Mine.", p[1].Doc.Description)
	require.Equal(t, []string{"minimum 3"}, ruleTexts(p[1].Rules))
	require.Equal(t, ir.FillOption, p[2].Fill.Kind)
	require.Equal(t, "4", p[2].Default.Text)
	require.Equal(t, ir.FillTimestamp, p[3].Fill.Kind)
	require.Equal(t, "json", p[4].Fill.Constant.Text)
	require.Empty(t, p[4].Rules)
	require.True(t, p[5].Type.Unsigned)
	require.True(t, p[6].Sensitive)
	require.Equal(t, "Ticket", p[6].Name.Override)
	require.Equal(t, "From the schema.", p[6].Doc.Description)
	require.Equal(t, "a.mode", p[7].Type.Name.Spec)
	require.Equal(t, []*ir.Parameter{p[2]}, api.Options)
	level := p[8].Type
	require.Equal(t, "Level", level.Name.Spec)
	require.Nil(t, level.Owner)
	require.False(t, level.Component)
	require.Same(t, level, api.Operations[1].Parameters[3].Type)
	request := op.Calls[0].Request
	require.Equal(t, []string{"shared", "replaced", "token", "mode", "level", "here", "there"}, fieldNames(request))
	require.False(t, p[0].Expected)
	require.True(t, p[9].Expected && p[10].Expected)
	require.True(t, request.Fields[5].Expected && request.Fields[6].Expected)
	f := request.Fields[1]
	require.Equal(t, ir.InQuery, f.In)
	require.True(t, f.Required)
	require.Same(t, p[1].Type, f.Type)
	require.Equal(t, p[1].Rules, f.Rules)
	require.True(t, request.Fields[2].Sensitive)
}

func TestBadParameters(t *testing.T) {
	run(t, head+`
paths:
  /a/{id}/{gone}:
    get: # want path-parameter
      operationId: a
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: nowhere, in: path, required: true, schema: {type: string}} # want path-parameter
        - {name: h, in: header, schema: {type: string}}
        - {name: H, in: header, schema: {type: string}} # want invalid-openapi
        - {name: "x y", in: header, schema: {type: string}} # want invalid-openapi
        - {name: Content-Type, in: header, schema: {type: string}} # want unsupported
        - {name: authorization, in: header, schema: {type: string}} # want unsupported
        - {name: hs, in: header, style: form, schema: {type: string}} # want unsupported
        - {name: hv, in: header, x-msdk-value: variant, schema: {type: string}} # want unknown-value
        - {name: c, in: cookie, schema: {type: string}} # want unsupported
        - {name: list, in: query, schema: {type: array, items: {type: string}}} # want unsupported
        - {name: style, in: query, style: spaceDelimited, schema: {type: string}} # want unsupported
        - {name: explode, in: query, explode: false, schema: {type: string}} # want unsupported
        - {name: reserved, in: query, allowReserved: true, schema: {type: string}} # want unsupported
        - {name: empty, in: query, allowEmptyValue: true, schema: {type: string}} # want unsupported
        - {name: bare, in: query, x-msdk-value: timestmap, schema: {type: integer}} # want unknown-value
        - {name: text, in: query, x-msdk-value: timestamp, schema: {type: boolean}} # want extension
        - {name: iso, in: query, x-msdk-value: {timestamp: iso}, schema: {type: integer}} # want extension
        - {name: hour, in: query, x-msdk-value: {timestamp: hours}, schema: {type: string}} # want unknown-value
        - {name: far, in: query, x-msdk-value: {timestamp: seconds, offset: 100000}, schema: {type: string}} # want extension
        - {name: n1, in: query, x-msdk-value: nonce, schema: {type: string}} # want extension
        - {name: n2, in: query, x-msdk-value: {nonce: hex}, schema: {type: integer}} # want extension
        - {name: n3, in: query, x-msdk-value: {nonce: octal}, schema: {type: string}} # want unknown-value
        - {name: n4, in: query, x-msdk-value: {nonce: uuid, length: 32}, schema: {type: string}} # want extension
        - {name: n5, in: query, x-msdk-value: {nonce: hex, length: 257}, schema: {type: string}} # want extension
        - {name: n6, in: query, x-msdk-value: {nonce: hex, len: 4}, schema: {type: string}} # want unknown-key
        - {name: many, in: query, x-msdk-value: constant, schema: {type: string, enum: [a, b]}} # want extension
        - {name: sig, in: query, x-msdk-value: signature, schema: {type: string}} # want extension
        - {name: key, in: query, x-msdk-value: key, schema: {type: string}} # want extension
        - {name: app, in: query, x-msdk-value: {credential: appid}, schema: {type: string}} # want extension
        - {name: var, in: query, x-msdk-value: variant, schema: {type: string}} # want extension
        - {name: num, in: query, x-msdk-value: 3, schema: {type: string}} # want wrong-kind
        - {name: map, in: query, x-msdk-value: {credentials: x}, schema: {type: string}} # want unknown-key
        - {name: o, in: query, x-msdk-value: option, schema: {type: string}}
        - {name: e, in: query, x-msdk-value: millis, x-msdk-expected: true, schema: {type: integer}} # want extension
        - {name: f, in: query, x-msdk-expected: [a], schema: {type: integer}} # want wrong-kind
        - {name: u, in: query, schema: {oneOf: [{type: integer}, {type: string}]}} # want unsupported
      `+answer+`
    put: # want path-parameter path-parameter
      operationId: b
      parameters:
        - {name: o, in: query, x-msdk-value: option, schema: {type: integer}} # want extension
      `+answer+`
`)
}

// What stands in headers and paths is a parameter like any other; the forms of times and random texts are the same everywhere.
func TestParametersElsewhere(t *testing.T) {
	api := run(t, head+`
paths:
  /apps/{app}/{day}:
    get:
      operationId: a
      parameters:
        - {name: app, in: path, required: true, schema: {type: string, minLength: 2}}
        - {name: day, in: path, required: true, style: simple, explode: true, schema: {type: string}, x-msdk-value: {timestamp: date-basic}}
        - {name: X-Trace, in: header, description: For support., schema: {type: string, maxLength: 9}}
        - {name: X-Client, in: header, style: simple, schema: {type: string, default: game}, x-msdk-value: option}
        - {name: X-Until, in: header, required: true, schema: {type: integer}, x-msdk-value: {timestamp: seconds, offset: 600}}
        - {name: X-Nonce, in: header, required: true, schema: {type: string}, x-msdk-value: {nonce: alphanumeric}}
        - {name: id, in: query, required: true, schema: {type: string}, x-msdk-value: {nonce: uuid}}
        - {name: pin, in: query, required: true, schema: {type: string}, x-msdk-value: {nonce: digits, length: 6}}
        - {name: now, in: query, required: true, schema: {type: string}, x-msdk-value: millis}
      `+answer+`
`)
	op := api.Operations[0]
	require.Equal(t, []string{"app", "X-Trace"}, fieldNames(op.Calls[0].Request))
	require.Equal(t, []ir.In{ir.InPath, ir.InHeader}, []ir.In{op.Calls[0].Request.Fields[0].In, op.Calls[0].Request.Fields[1].In})
	require.Equal(t, []string{"minLength 2"}, ruleTexts(op.Calls[0].Request.Fields[0].Rules))
	require.Equal(t, []string{"maxLength 9"}, ruleTexts(op.Calls[0].Request.Fields[1].Rules))
	require.Equal(t, "X-Client", api.Options[0].Name.Spec)
	fill := func(i int) ir.Fill {
		f := *op.Parameters[i].Fill
		f.Pos = diag.Pos{}
		return f
	}
	require.Equal(t, ir.Fill{Kind: ir.FillTimestamp, Format: ir.TimeDateBasic}, fill(1))
	require.Equal(t, ir.Fill{Kind: ir.FillTimestamp, Format: ir.TimeSeconds, Offset: 10 * time.Minute}, fill(4))
	require.Equal(t, ir.Fill{Kind: ir.FillNonce, Alphabet: "alphanumeric", Length: 32}, fill(5))
	require.Equal(t, ir.Fill{Kind: ir.FillNonce, Alphabet: "uuid", Length: 36}, fill(6))
	require.Equal(t, ir.Fill{Kind: ir.FillNonce, Alphabet: "digits", Length: 6}, fill(7))
	require.Equal(t, ir.Fill{Kind: ir.FillMillis, Format: ir.TimeMillis}, fill(8))
}

// One parameter stands between two slashes, with text around it if need be.
func TestPathParametersOfSegments(t *testing.T) {
	run(t, head+`
paths:
  /a/{id}.json:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      `+answer+`
  /b/{id}:
    get:
      x-msdk-path-aliases: [/c] # want unsupported
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      `+answer+`
  /d/{x}{y}: # want unsupported
    get:
      parameters: [{name: x, in: path, required: true, schema: {type: string}}, {name: y, in: path, required: true, schema: {type: string}}]
      `+answer+`
`)
}
