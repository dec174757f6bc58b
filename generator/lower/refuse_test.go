package lower

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/load"
)

// TestSchemaRefusals takes every row of the table: what it names is refused, at its place.
func TestSchemaRefusals(t *testing.T) {
	for _, r := range schemaRefusals {
		t.Run(r.key, func(t *testing.T) {
			l := &lowering{list: &diag.List{}}
			member := &load.Node{Key: r.key, Kind: load.Bool, Value: "true", KeyPos: diag.Pos{File: "x", Line: 3, Column: 4}}
			require.True(t, l.refuse(&load.Node{Kind: load.Mapping, Children: []*load.Node{member}}, schemaRefusals))
			require.Equal(t, fmt.Sprintf("%q is not supported", r.key), (*l.list)[0].Message)
			require.Equal(t, diag.CodeUnsupported, (*l.list)[0].Code)
			require.Equal(t, 3, (*l.list)[0].Pos.Line)
		})
	}
}

func TestRefusedSchemas(t *testing.T) {
	run(t, head31+`
jsonSchemaDialect: https://x.example.com # want unsupported
webhooks: {} # want unsupported
components:
  schemas:
    A: {type: string, format: date-time} # want unsupported
    B: {type: string, format: byte} # want unsupported
    C: {oneOf: [{type: string}]} # want unsupported
    D: {type: object, properties: {x: {anyOf: [{type: string}]}}} # want unsupported
    E: {type: object, patternProperties: {x: true}} # want unsupported
    F: {type: array, prefixItems: [true]} # want unsupported
    G: {if: true, then: true} # want unsupported unsupported
    H: {type: string, readOnly: true, writeOnly: false} # want unsupported
    I: {$dynamicRef: "#x"} # want unsupported
`)
}

func TestRefusedOperations(t *testing.T) {
	run(t, head+`
paths:
  /a:
    servers: [{url: https://x.example.com}] # want unsupported
    head: {`+answer+`} # want unsupported
    options: {`+answer+`} # want unsupported
    trace: {`+answer+`} # want unsupported
    get:
      operationId: a
      tags: [a, b] # want unsupported
      callbacks: {} # want unsupported
      servers: [{url: https://x.example.com}] # want unsupported
      `+answer+`
`)
}
