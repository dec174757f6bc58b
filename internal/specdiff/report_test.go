package specdiff

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// valid holds a value against a JSON Schema: the keywords that ours uses, and no others. Written here, because a validator is not worth a module.
func valid(t *testing.T, root, schema map[string]any, value any, path string) {
	t.Helper()
	for key, want := range schema {
		switch key {
		case "$schema", "title", "description", "$defs", "properties", "additionalProperties":
		case "$ref":
			name := strings.TrimPrefix(want.(string), "#/$defs/")
			valid(t, root, root["$defs"].(map[string]any)[name].(map[string]any), value, path)
		case "const":
			require.Equal(t, want, value, path)
		case "enum":
			require.Contains(t, want, value, path)
		case "type":
			kinds := map[string]string{"object": "map[string]interface {}", "array": "[]interface {}", "string": "string", "integer": "float64"}
			require.Equal(t, kinds[want.(string)], fmt.Sprintf("%T", value), path)
		case "required":
			for _, name := range want.([]any) {
				require.Contains(t, value, name, path)
			}
		case "items":
			for i, item := range value.([]any) {
				valid(t, root, want.(map[string]any), item, fmt.Sprintf("%s[%d]", path, i))
			}
		default:
			t.Fatalf("%s: the schema says %q, which this test does not know", path, key)
		}
	}
	members, ok := value.(map[string]any)
	properties, known := schema["properties"].(map[string]any)
	if !ok || !known {
		return
	}
	require.Equal(t, false, schema["additionalProperties"], path)
	for name, member := range members {
		require.Contains(t, properties, name, path)
		valid(t, root, properties[name].(map[string]any), member, path+"."+name)
	}
}

func TestJSONFollowsItsSchema(t *testing.T) {
	var schema map[string]any
	require.NoError(t, json.Unmarshal([]byte(Schema()), &schema))
	old, all := mutations(t, "timgroup")
	seen := 0
	for _, set := range batches(all)[:3] {
		report := Compare(old, mutate(t, old, set))
		var b strings.Builder
		require.NoError(t, Print(&b, report, "json", Options{}))
		var value any
		require.NoError(t, json.Unmarshal([]byte(b.String()), &value))
		valid(t, schema, schema, value, "report")
		seen += len(report.Changes)
	}
	require.Greater(t, seen, 30)
}

// Reports are the same on every run, whatever the order of maps.
func TestReportsAreDeterministic(t *testing.T) {
	old, all := mutations(t, "timgroup")
	newer := mutate(t, old, batches(all)[0])
	for _, format := range Formats() {
		var first string
		for range 5 {
			var b strings.Builder
			require.NoError(t, Print(&b, Compare(old, newer), format, Options{}))
			if first == "" {
				first = b.String()
			}
			require.Equal(t, first, b.String())
		}
	}
}

// A comment has to fit into a pull request, however much there is to say.
func TestMarkdownIsBounded(t *testing.T) {
	old, _ := mutations(t, "msdk")
	report := Compare(old, mutate(t, old, nil))
	require.Empty(t, report.Changes)
	for i := range 3000 {
		level := Level(1 + i%4)
		report.Changes = append(report.Changes, &Change{Rule: "words-changed", Level: level, Subject: fmt.Sprint("field ", i), Text: "reads differently", Operations: []string{fmt.Sprint(i % 900)}})
	}
	var b strings.Builder
	require.NoError(t, Print(&b, report, "markdown", Options{}))
	require.Less(t, b.Len(), 65000)
	require.Contains(t, b.String(), "shows all of it")
}

// Every rule that the code names exists, and every rule that exists is used and explained.
func TestRulesAreThoseOfTheCode(t *testing.T) {
	var code strings.Builder
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, entry := range entries {
		if name := entry.Name(); strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && name != "rules.go" {
			content, err := os.ReadFile(name)
			require.NoError(t, err)
			code.Write(content)
		}
	}
	var ids []string
	for _, r := range Rules() {
		require.NotContains(t, ids, r.ID)
		ids = append(ids, r.ID)
		require.NotEmpty(t, r.Meaning)
		require.NotEqual(t, None, r.Verdicts.Worst(), r.ID)
		require.Regexp(t, `^[a-z-]+$`, r.ID)
		word := strings.TrimPrefix(r.ID, "open-")
		require.Contains(t, code.String(), word+`"`, r.ID)
	}
	for _, m := range regexp.MustCompile(`(?:[fF]act|\.plain|\.member|change|add)\("([a-z-]+)"`).FindAllStringSubmatch(code.String(), -1) {
		require.Contains(t, ids, m[1])
	}
	guide, err := os.ReadFile("../../docs/reviewing.md")
	require.NoError(t, err)
	for _, level := range levelWords[1:] {
		require.Contains(t, string(guide), "**"+level+"**")
	}
}

// A program of operations that the explainer does not know is shown by its steps.
func TestUnknownOperationsAreShownAsSteps(t *testing.T) {
	old := read(t, "msdk.yaml", text(t, "msdk"))
	newer := read(t, "msdk.yaml", []byte(strings.Replace(string(text(t, "msdk")), "md5: text", "sha256: text", 1)))
	scheme := newer.API.Schemes[0]
	scheme.Program.Steps[1].Op = "hmac"
	report := Compare(old, newer)
	require.Len(t, report.Changes, 1)
	s := report.Changes[0].Signing
	require.Len(t, s, 1)
	require.Contains(t, strings.Join(s[0].Old.Steps, "\n"), `"md5":"text"`)
	require.Contains(t, strings.Join(s[0].New.Steps, "\n"), `"sha256":"text"`)
	require.Empty(t, s[0].New.StringToSign)
}

// A response whose last rule goes loses a method, which the compiler will miss.
func TestLastRuleOfAResponse(t *testing.T) {
	document := `openapi: 3.0.3
info: {title: Test, version: "1"}
paths:
  /a:
    post:
      operationId: a
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: object, properties: {id: {type: string, maxLength: 5}}}}}}
`
	report := Compare(read(t, "a.yaml", []byte(document)), read(t, "a.yaml", []byte(strings.Replace(document, ", maxLength: 5", "", 1))))
	require.Len(t, report.Changes, 1)
	require.Equal(t, Verdicts{Response: Risky, Go: Breaking}, report.Changes[0].Verdicts)
	require.True(t, slices.Contains([]string{"Do without AResponse.Validate: there is nothing to check any more."}, report.Changes[0].Action))
}
