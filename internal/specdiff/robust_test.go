package specdiff

import (
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/load"
)

// A document that lacks something anywhere, errors and all, is compared without a panic in both directions.
func TestDamagedDocuments(t *testing.T) {
	old := read(t, "timgroup.json", read(t, "timgroup.yaml", text(t, "timgroup")).spec.Root.JSON())
	random := rand.New(rand.NewPCG(4, 7))
	compared := 0
	for range 60 {
		root := clone(old.spec.Root)
		for range 3 {
			var holders []*load.Node
			every(root, nil, func(n, _ *load.Node) {
				if len(n.Children) > 0 {
					holders = append(holders, n)
				}
			})
			holder := holders[random.IntN(len(holders))]
			i := random.IntN(len(holder.Children))
			holder.Children = append(holder.Children[:i:i], holder.Children[i+1:]...)
		}
		var list diag.List
		if d := Read(fstest.MapFS{"a.json": {Data: root.JSON()}}, "a.json", "a.json", &list); d != nil {
			Compare(old, d)
			Compare(d, old)
			compared++
		}
	}
	require.Greater(t, compared, 20)
}

// What is not supported has no complete model: a response that is no object, a path that is a reference.
func TestUnsupportedDocuments(t *testing.T) {
	document := `openapi: 3.1.0
info: {title: Test, version: "1"}
paths:
  /a: {$ref: '#/components/pathItems/A'}
  /b:
    get:
      parameters: [{name: X-B, in: header, schema: {type: array, items: {type: string}}}]
      responses:
        "200": {description: ok, content: {text/plain: {schema: {type: string, maxLength: 5}}}}
        "404": {description: none, content: {application/json: {schema: {type: object, properties: {why: {type: string}}}}}}
components:
  pathItems:
    A: {get: {operationId: a, responses: {"200": {description: ok, content: {application/json: {schema: {anyOf: [{type: string}, {type: object}]}}}}}}}
`
	old := read(t, "a.yaml", []byte(document))
	require.Empty(t, Compare(old, read(t, "a.yaml", []byte(document))).Changes)
	for before, after := range map[string]string{"why: {type: string}": "why: {type: integer}", "maxLength: 5": "maxLength: 4", "operationId: a": "operationId: aa", "anyOf: [{type: string}": "anyOf: [{type: integer}"} {
		report := Compare(old, read(t, "a.yaml", []byte(strings.Replace(document, before, after, 1))))
		require.Len(t, report.Changes, 1, "%s: nothing passes in silence", after)
	}
}
