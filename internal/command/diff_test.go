package command

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// git runs git in the working directory, with an identity of its own.
func git(t *testing.T, args ...string) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	run := exec.Command("git", append([]string{"-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"}, args...)...)
	run.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
	out, err := run.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func TestDiffComparesFiles(t *testing.T) {
	project(t, "old.yaml", goodSpec, "new.yaml", strings.Replace(goodSpec, "name: who, in: query,", "name: who, in: query, required: true,", 1))
	require.Equal(t, result{exit: exitDone, stdout: "old.yaml -> old.yaml: no difference\n"}, run("diff", "old.yaml", "old.yaml"))
	got := run("diff", "old.yaml", "new.yaml")
	require.Equal(t, exitFindings, got.exit)
	require.Empty(t, got.stderr)
	require.Contains(t, got.stdout, "breaking: parameter who: was optional, is required now  [became-required]")
	require.Contains(t, got.stdout, "do: Change the Go values of the field Who of the request from Opt[string] to string.")
	require.Equal(t, exitDone, run("diff", "old.yaml", "new.yaml", "--fail-on", "none").exit)

	back := run("diff", "new.yaml", "old.yaml", "--format=json")
	require.Equal(t, exitFindings, back.exit, "the Go type changes back")
	var report struct {
		Summary map[string]int
		Changes []struct{ Rule, Level string }
	}
	require.NoError(t, json.Unmarshal([]byte(back.stdout), &report))
	require.Equal(t, 1, report.Summary["breaking"])
	require.Equal(t, "became-optional", report.Changes[0].Rule)
}

func TestDiffFailsOnTheLevelThatIsAskedFor(t *testing.T) {
	project(t, "old.yaml", goodSpec, "words.yaml", strings.Replace(goodSpec, "Says hello.", "Greets.", 1),
		"added.yaml", strings.Replace(goodSpec, "properties: {text:", "properties: {more: {type: string}, text:", 1))
	for _, test := range []struct {
		file, level string
		exit        int
	}{
		{"words.yaml", "documentation", exitFindings}, {"words.yaml", "compatible", exitDone}, {"words.yaml", "breaking", exitDone},
		{"added.yaml", "compatible", exitFindings}, {"added.yaml", "risky", exitDone},
	} {
		require.Equal(t, test.exit, run("diff", "old.yaml", test.file, "--fail-on", test.level).exit, "%v", test)
	}
}

func TestDiffReadsCommits(t *testing.T) {
	project(t, "api/spec.yaml", goodSpec)
	git(t, "init", "-q")
	git(t, "add", ".")
	git(t, "commit", "-qm", "first")
	require.Equal(t, exitDone, run("diff", "api/spec.yaml").exit)
	require.NoError(t, os.WriteFile("api/spec.yaml", []byte(strings.Replace(goodSpec, "/hello:", "/hi:", 1)), 0o644))

	got := run("diff", "api/spec.yaml")
	require.Equal(t, exitFindings, got.exit, got.stderr)
	require.Contains(t, got.stdout, "git:HEAD:./api/spec.yaml -> api/spec.yaml: 1 change: 1 breaking")
	require.Contains(t, got.stdout, "was POST /hello, is POST /hi now")
	require.Equal(t, exitFindings, run("diff", "git:HEAD:api/spec.yaml", "api/spec.yaml").exit)

	absolute, err := filepath.Abs("api/spec.yaml")
	require.NoError(t, err)
	t.Chdir("api")
	require.Equal(t, exitFindings, run("diff", "spec.yaml").exit, "a path is relative to this folder")
	t.Chdir(t.TempDir())
	require.Equal(t, exitFindings, run("diff", absolute).exit, "also from outside of the repository")
}

func TestDiffCouldNot(t *testing.T) {
	project(t, "old.yaml", goodSpec, "bad.yaml", strings.Replace(goodSpec, "operationId", "operationID", 1))
	tests := []struct {
		name string
		args []string
		want []string
	}{
		{"no document", nil, []string{"diff takes one or two documents, not 0", "msdkgen help diff"}},
		{"three documents", []string{"a", "b", "c"}, []string{"not 3"}},
		{"an unknown level", []string{"old.yaml", "old.yaml", "--fail-on", "bad"}, []string{`--fail-on takes breaking, risky, compatible, documentation or none, not "bad"`}},
		{"an unknown format", []string{"old.yaml", "old.yaml", "--format", "html"}, []string{`--format takes text, markdown, json, github, not "html"`}},
		{"a file that is not there", []string{"old.yaml", "new.yaml"}, []string{"new.yaml cannot be read"}},
		{"nearly a short name", []string{"timgrop", "old.yaml"}, []string{`did you mean "timgroup", which comes with msdkgen?`}},
		{"both are missing", []string{"one.yaml", "two.yaml"}, []string{"one.yaml cannot be read", "two.yaml cannot be read"}},
		{"a short name alone", []string{"msdk"}, []string{"msdk comes with msdkgen and has no committed version"}},
		{"a commit alone", []string{"git:HEAD:old.yaml"}, []string{"is a committed version already"}},
		{"no repository", []string{"old.yaml"}, []string{"git:HEAD:./old.yaml: git cannot show it: "}},
		{"no path", []string{"git:HEAD", "old.yaml"}, []string{"is written git:REF:PATH"}},
		{"an option for git", []string{"git:--output=x:y", "old.yaml"}, []string{`"--output=x" is no name of a commit`}},
		{"a document with errors", []string{"old.yaml", "bad.yaml"}, []string{"bad.yaml:8:7: ", "operationID: hello", "bad.yaml cannot be compared before that is repaired"}},
		{"rules and more", []string{"--rules", "old.yaml"}, []string{"--rules and --schema stand alone"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := run(append([]string{"diff"}, test.args...)...)
			require.Equal(t, exitFailed, got.exit, got.stderr)
			require.Empty(t, got.stdout)
			for _, want := range test.want {
				require.Contains(t, got.stderr, want)
			}
		})
	}
}

func TestDiffSaysThatGitOrTheCommitIsMissing(t *testing.T) {
	project(t, "old.yaml", goodSpec, "folder/a.yaml", goodSpec)
	git(t, "init", "-q")
	git(t, "add", ".")
	git(t, "commit", "-qm", "first")
	require.Regexp(t, `git:nowhere:old\.yaml: git cannot show it: .*nowhere`, run("diff", "git:nowhere:old.yaml", "old.yaml").stderr)
	require.Contains(t, run("diff", "git:HEAD:folder", "old.yaml").stderr, "git cannot show it: it is no file")
	require.Regexp(t, `git:HEAD:new\.yaml: git cannot show it: .*new\.yaml`, run("diff", "git:HEAD:new.yaml", "old.yaml").stderr)
	t.Setenv("PATH", t.TempDir())
	require.Contains(t, run("diff", "old.yaml").stderr, "git is not installed, or not on the PATH")
}

// What is not supported is compared as far as it is understood: a change of it is seen.
func TestDiffComparesWhatIsNotSupported(t *testing.T) {
	header := strings.Replace(goodSpec, "in: query", "in: cookie", 1)
	project(t, "old.yaml", goodSpec, "new.yaml", header)
	got := run("diff", "old.yaml", "new.yaml")
	require.Equal(t, exitFindings, got.exit)
	require.Contains(t, got.stdout, "was in the query, is in the cookie now  [parameter-moved]")
	require.Contains(t, got.stderr, "msdkgen: new.yaml: 1 place is not supported and compared as written\n")
}

func TestDiffDescribesItself(t *testing.T) {
	rules := run("diff", "--rules")
	require.Equal(t, exitDone, rules.exit)
	require.Contains(t, rules.stdout, "signing-program-changed\n    the steps that make a signature are others\n    request breaking · go compatible · signing breaking\n")
	var list []struct{ ID, Meaning string }
	require.NoError(t, json.Unmarshal([]byte(run("diff", "--rules", "--format", "json").stdout), &list))
	require.Greater(t, len(list), 50)
	require.True(t, json.Valid([]byte(run("diff", "--schema").stdout)))
}
