package command

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// suspicious is legal, and lint has something to say about it.
var suspicious = strings.Replace(goodSpec, "      operationId: hello\n", "", 1)

func TestLintForms(t *testing.T) {
	bad := strings.Replace(suspicious, "type: string, description: What", "type: sting, description: What", 1)
	project(t, "specs/a,b.yaml", bad, "good.yaml", strings.Replace(goodSpec, "      tags:", "      x-msdk-doc: {document: v1}\n      tags:", 1)+"x-msdk-documents: {v1: {title: T}}\n")

	text := run("lint", "specs/a,b.yaml")
	require.Equal(t, exitFindings, text.exit)
	require.Empty(t, text.stderr)
	require.Regexp(t, `(?m)^specs/a,b\.yaml:7:5: warning: no-operation-id: .*\n  7 \|     post:\n    \|     \^\n  help: `, text.stdout)
	require.Regexp(t, `(?m)^specs/a,b\.yaml:16:\d+: unknown-value: `, text.stdout)

	annotated := run("lint", "--format", "github", "specs/a,b.yaml")
	require.Equal(t, exitFindings, annotated.exit)
	require.Equal(t, 3, strings.Count(annotated.stdout, "\n"), annotated.stdout)
	require.Contains(t, annotated.stdout, "::warning file=specs/a%2Cb.yaml,line=7,col=5,title=no-operation-id::this operation is called PostHello after its method and path%0Ahelp: ")
	require.Contains(t, annotated.stdout, "::error file=specs/a%2Cb.yaml,line=16,")

	structured := run("lint", "good.yaml", "--format=json", "specs/a,b.yaml")
	require.Equal(t, exitFindings, structured.exit)
	var report struct {
		Version, Errors, Warnings int
		Findings                  []map[string]any
	}
	require.NoError(t, json.Unmarshal([]byte(structured.stdout), &report))
	require.Equal(t, []int{1, 1, 2, 3}, []int{report.Version, report.Errors, report.Warnings, len(report.Findings)})
	require.Equal(t, map[string]any{
		"code": "no-operation-id", "severity": "warning", "file": "specs/a,b.yaml", "line": 7.0, "column": 5.0,
		"message":    "this operation is called PostHello after its method and path",
		"suggestion": "give it an operationId, so that its name outlives its path",
	}, report.Findings[1])

	require.Equal(t, result{exit: exitDone}, run("lint", "good.yaml"))
	require.JSONEq(t, `{"version": 1, "errors": 0, "warnings": 0, "findings": []}`, run("lint", "good.yaml", "--format", "json").stdout)
}

func TestLintExitCodes(t *testing.T) {
	config := "packages:\n  - {spec: api.yaml, package: api, output: out/api}\n  - {spec: api.yaml, package: two, output: out/two}\n"
	project(t, "msdkgen.yaml", config, "api.yaml", suspicious, "below/api.yaml", suspicious,
		"below/msdkgen.yaml", "strict: true\n"+config, "bad.yaml", "packages:\n  - {spec: msdkk, package: a, output: a}\n", "worse.yaml", "packages: [\n")
	lenient := run("lint")
	require.Equal(t, exitDone, lenient.exit, "warnings are no reason to stop a build")
	require.Equal(t, 1, strings.Count(lenient.stdout, "no-operation-id"), "a document of two packages is looked at once")
	require.Equal(t, exitFindings, run("lint", "--strict").exit)
	require.Equal(t, exitFindings, run("lint", "--strict", "api.yaml").exit)
	strict := run("lint", "--config", "below/msdkgen.yaml")
	require.Equal(t, exitFindings, strict.exit)
	require.Contains(t, strict.stdout, "below/api.yaml:7:5: no-operation-id: ")

	unreadable := run("lint", "--config", "bad.yaml")
	require.Equal(t, exitFindings, unreadable.exit)
	require.Contains(t, unreadable.stdout, `help: did you mean "msdk", which comes with msdkgen?`)
	require.Equal(t, exitFindings, run("lint", "--config", "worse.yaml").exit)

	for _, args := range [][]string{{"none.yaml"}, {"below"}, {"--format", "xml", "api.yaml"}, {"--config", "none.yaml"}, {"--chek"}} {
		got := run(append([]string{"lint"}, args...)...)
		require.Equal(t, exitFailed, got.exit, "%q", args)
		require.Empty(t, got.stdout)
		require.NotEmpty(t, got.stderr)
	}
	require.Contains(t, run("lint", "mdsk").stderr, `did you mean "msdk", which comes with msdkgen?`)
	require.Contains(t, run("lint", "other").stderr, "neither a file nor one of msdk, timgroup")
	require.Equal(t, result{exit: exitDone}, run("lint", "--strict", "timgroup"))

	project(t, "msdkgen.yaml", "packages:\n  - {spec: msdk, package: a, output: a, include: {tags: [Group]}}\n")
	require.Equal(t, result{exit: exitDone}, run("lint", "--strict"), "what a package leaves out is not unused in the document")
}
