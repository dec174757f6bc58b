package load

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// schemaObject is what the test reads of an object in the schema.
type schemaObject struct {
	Description string
	Properties  map[string]schemaObject
	Required    []string
	Items       *schemaObject
	Definitions map[string]schemaObject
}

// The schema knows the keys that the reader knows, and says something about each.
func TestConfigSchemaKeys(t *testing.T) {
	var root schemaObject
	require.NoError(t, json.Unmarshal(ConfigSchema(), &root))
	for _, object := range []struct {
		schema schemaObject
		keys   []string
	}{
		{root, configKeys},
		{root.Definitions["package"], packageKeys},
		{root.Definitions["selection"], selectionKeys},
		{root.Definitions["package"].Properties["emit"], emitKeys},
	} {
		var keys []string
		for key, value := range object.schema.Properties {
			keys = append(keys, key)
			require.NotEmpty(t, value.Description, key)
		}
		require.ElementsMatch(t, object.keys, keys)
	}
	require.Equal(t, []string{"packages"}, root.Required)
	require.Equal(t, []string{"spec", "package", "output"}, root.Definitions["package"].Required)
}

// validator compiles the schema as a part of an OpenAPI 3.1 document: its keywords mean the same there, and another implementation than
// ours judges.
func validator(t *testing.T) *openapi3.Schema {
	t.Helper()
	var root map[string]any
	text := strings.ReplaceAll(string(ConfigSchema()), "#/definitions/", "#/components/schemas/")
	require.NoError(t, json.Unmarshal([]byte(text), &root))
	schemas := root["definitions"].(map[string]any)
	delete(root, "definitions")
	delete(root, "$schema")
	schemas["config"] = root
	whole, err := json.Marshal(map[string]any{
		"openapi": "3.1.0", "info": map[string]any{"title": "Config", "version": "1"}, "paths": map[string]any{},
		"components": map[string]any{"schemas": schemas},
	})
	require.NoError(t, err)
	doc, err := openapi3.NewLoader().LoadFromData(whole)
	require.NoError(t, err)
	return doc.Components.Schemas["config"].Value
}

// Schema and reader take the same files and refuse the same ones. What only the reader can know is marked.
func TestConfigSchemaAgreesWithReader(t *testing.T) {
	schema := validator(t)
	entry := "packages:\n  - {spec: msdk, package: msdk, output: internal/msdk"
	for _, c := range []struct {
		text            string
		good, byReading bool // byReading: the schema lets it pass
	}{
		{entry + "}\n", true, false},
		{"requires: 0.4.0\nstrict: true\n" + entry + "}\n", true, false},
		{"requires: '>=0.4.0 <2'\n" + entry + "}\n", true, false},
		{"requires: '>= v0.4, <= 2.0.0-rc.1'\n" + entry + "}\n", true, false},
		{entry + ", include: {tags: [A], operations: [b], paths: [/c/*], channels: [QQ]}, exclude: {channels: [WeChat]}}\n", true, false},
		{entry + ", emit: {client: true, server: false, validators: false, tests: false}}\n", true, false},
		{entry + ", emit: {}}\n", true, false},
		{"packages:\n  - {spec: a, package: größe, output: a}\n", true, false},
		{"packages: []\n", false, false},
		{"strict: true\n", false, false},
		{"strict: maybe\n" + entry + "}\n", false, false},
		{"requires: 1\n" + entry + "}\n", false, false},
		{"requires: newest\n" + entry + "}\n", false, false},
		{"requires: '>='\n" + entry + "}\n", false, false},
		{"verbose: true\n" + entry + "}\n", false, false},
		{"packages:\n  - {spec: a, package: a}\n", false, false},
		{"packages:\n  - {spec: '', package: a, output: a}\n", false, false},
		{"packages:\n  - {spec: a, package: a-b, output: a}\n", false, false},
		{"packages:\n  - {spec: a, package: main, output: a}\n", false, false},
		{"packages:\n  - {spec: a, package: a, output: /a}\n", false, false},
		{"packages:\n  - {spec: a, package: a, output: 'a\\b'}\n", false, false},
		{entry + ", includes: {tags: [A]}}\n", false, false},
		{entry + ", include: {tag: [A]}}\n", false, false},
		{entry + ", include: {}}\n", false, false},
		{entry + ", include: {tags: []}}\n", false, false},
		{entry + ", include: {tags: [A, A]}}\n", false, false},
		{entry + ", exclude: {tags: ['']}}\n", false, false},
		{entry + ", exclude: {tags: A}}\n", false, false},
		{entry + ", emit: {clients: true}}\n", false, false},
		{entry + ", emit: {client: 'no'}}\n", false, false},
		{entry + ", emit: {client: false, server: false}}\n", false, false},
		{"packages:\n  - {spec: a, package: func, output: a}\n", false, true},
		{"packages:\n  - {spec: a, package: a, output: a/../b}\n", false, true},
		{entry + "}\n  - {spec: b, package: b, output: internal/msdk}\n", false, true},
		{entry + ", include: {tags: [A]}, exclude: {tags: [A]}}\n", false, true},
	} {
		_, said := readConfig(c.text)
		require.Equal(t, c.good, len(said) == 0, "%s%s", c.text, said)
		root := readTree(fstest.MapFS{"msdkgen.yaml": {Data: []byte(c.text)}}, "msdkgen.yaml", new(diag.List))
		var value any
		require.NoError(t, json.Unmarshal(root.JSON(), &value))
		err := schema.VisitJSON(value, openapi3.EnableJSONSchema2020())
		require.Equal(t, c.good || c.byReading, err == nil, "%s%v", c.text, err)
	}
}
