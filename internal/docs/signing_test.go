package docs

// docs/signing.md is a reference: each source and operation of the language has an example there, and each example is generated from.

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
)

const signing = "docs/signing.md"

// signedOperation is an operation that has all that the examples read; IN and NAME say in OpenAPI's words where the signature goes.
const signedOperation = `
openapi: 3.0.3
info: {title: Examples, version: 1.0.0}
security: [{scheme: []}]
paths:
  /one/{id}:
    post:
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: appid, in: query, required: true, schema: {type: string}, x-msdk-value: APP}
        - {name: timestamp, in: query, required: true, schema: {type: integer}, x-msdk-value: timestamp}
        - {name: mode, in: query, schema: {type: string}}
        - {name: source, in: query, schema: {type: string}KEY}
        - {name: X-Date, in: header, required: true, schema: {type: string}, x-msdk-value: {timestamp: iso-basic}}
      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {count: {type: integer}}}}}}
      responses: {'200': {description: Done., content: {application/json: {schema: {type: object, properties: {ok: {type: boolean}}}}}}}
components:
  securitySchemes:
    scheme:
      type: apiKey
      in: IN
      name: NAME
`

// aroundSteps is a scheme for examples that are steps alone.
const aroundSteps = `
x-msdk-credentials: {secret: {secret: true}, region: {}}
x-msdk-sign:
  values: {nonce: {nonce: hex}}
  steps:
STEPS
    - {name: final_text, concat: [{value: nonce}, {secret: secret}]}
    - {name: final_digest, md5: final_text}
    - {name: final, hex: final_digest}
  place: {header: X-Signature, template: '{nonce} {signature}'}
`

var firstPlace = regexp.MustCompile(`place: \[?\{(query|header): ([\w-]+)`)

func indented(by int, text string) string {
	pad := strings.Repeat(" ", by)
	return pad + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n"+pad) + "\n"
}

// signingDocument is the document for one example: itself, or the one that it is a part of.
func signingDocument(t *testing.T, b block) string {
	t.Helper()
	if strings.HasPrefix(b.text, "openapi:") {
		return b.text
	}
	scheme := b.text
	if strings.HasPrefix(scheme, "- ") {
		scheme = strings.Replace(aroundSteps, "STEPS\n", indented(4, b.text), 1)
	}
	place := firstPlace.FindStringSubmatch(scheme)
	require.NotNil(t, place, "%s:%d has no place", signing, b.line)
	app, key := "option", ""
	if strings.Contains(scheme, "appid: {app: true}") {
		app = "{credential: appid}"
	}
	if strings.Contains(scheme, "parameter: source") {
		key = ", x-msdk-value: key"
	}
	return strings.NewReplacer("APP", app, "KEY", key, "IN", place[1], "NAME", place[2]).Replace(signedOperation) + indented(6, scheme)
}

func TestSigningExamples(t *testing.T) {
	for _, b := range blocks(t, signing) {
		text := signingDocument(t, b)
		files, list := generator.Generate(fstest.MapFS{"examples.yaml": {Data: []byte(text)}},
			generator.Config{Packages: []generator.Package{{Spec: "examples.yaml", Package: "examples", Output: "examples"}}})
		fragment := strings.HasPrefix(b.text, "- ")
		for _, d := range list {
			unused := strings.HasSuffix(d.Message, "is used by nothing")
			if d.Severity == diag.SeverityError && !(fragment && unused) {
				t.Errorf("%s:%d: %s: %s\n%s", signing, b.line, d.Pos, d.Message, text)
			}
		}
		if !fragment {
			require.NotEmpty(t, files, "%s:%d", signing, b.line)
		}
	}
}

// words are the first groups of a pattern in a file of the generator.
func words(t *testing.T, file, pattern string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "generator", filepath.FromSlash(file)))
	require.NoError(t, err)
	var all []string
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(text), -1) {
		all = append(all, m[1])
	}
	require.Greater(t, len(all), 3, "%s: the words of %s stand somewhere else now", pattern, file)
	return all
}

func TestSigningReferenceIsWhole(t *testing.T) {
	shown := map[string]bool{}
	var sources strings.Builder
	for _, b := range blocks(t, signing) {
		var node yaml.Node
		require.NoError(t, yaml.Unmarshal([]byte(b.text), &node), "%s:%d", signing, b.line)
		keysOf(&node, shown)
		sources.WriteString(b.text)
	}
	page, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(signing)))
	require.NoError(t, err)
	for _, name := range words(t, "ir/security.go", `StepOp = "([a-z0-9-]+)"`) {
		require.True(t, shown[name], "%s has no example with the operation %s", signing, name)
	}
	for _, name := range words(t, "lower/operand.go", `\{"([a-z-]+)", \(\*program\)`) {
		require.True(t, shown[name], "%s has no example with the operand %s", signing, name)
		require.Contains(t, string(page), "| `{"+name+": ", "the table of operands lacks %s", name)
	}
	for _, name := range words(t, "lower/operand.go", `\{"([a-z-]+)", ir\.Operand`) {
		require.Contains(t, sources.String(), "{source: "+name+"}", "%s has no example with this source", signing)
		require.Contains(t, string(page), "| `{source: "+name+"}` |", "the table of operands lacks it")
	}
	for _, name := range words(t, "ir/security.go", `TimeFormat = "([a-z-]+)"`) {
		require.Contains(t, string(page), "`"+name+"`", "%s lacks this form of a time", signing)
	}
}

var edit = regexp.MustCompile("(?ms)^```diff\n(.*?)^```$")

// The switches for what is not certain are edits of the spec: each has to fit it, and what comes out has to be a document that generates.
func TestSwitches(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(signing)))
	require.NoError(t, err)
	edits := edit.FindAllStringSubmatch(strings.ReplaceAll(string(page), "\r\n", "\n"), -1)
	require.Len(t, edits, 2)
	raw, err := os.ReadFile(filepath.Join(root, "spec", "msdk.yaml"))
	require.NoError(t, err)
	spec := strings.ReplaceAll(string(raw), "\r\n", "\n")
	for _, e := range edits {
		var old, changed strings.Builder
		for _, line := range strings.SplitAfter(e[1], "\n") {
			switch {
			case line == "":
			case line[0] == '-':
				old.WriteString(line[1:])
			case line[0] == '+':
				changed.WriteString(line[1:])
			default:
				old.WriteString(line[1:])
				changed.WriteString(line[1:])
			}
		}
		require.Equal(t, 1, strings.Count(spec, old.String()), "the edit fits another number of places:\n%s", e[1])
		files, list := generator.Generate(fstest.MapFS{"msdk.yaml": {Data: []byte(strings.Replace(spec, old.String(), changed.String(), 1))}},
			generator.Config{Packages: []generator.Package{{Spec: "msdk.yaml", Package: "msdk", Output: "msdk"}}})
		require.Empty(t, list)
		require.NotEmpty(t, files)
	}
}
