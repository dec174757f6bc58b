package command

// What only a person at a terminal sees, and what a checkout with other line ends may not change.

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// runAs runs in a process that a test describes.
func runAs(p process, args ...string) result {
	var stdout, stderr bytes.Buffer
	if p.terminal == nil {
		p.terminal = func(io.Writer) bool { return false }
	}
	if p.getenv == nil {
		p.getenv = func(string) string { return "" }
	}
	if p.now == nil {
		p.now = time.Now
	}
	if p.version == "" {
		p.version = devel
	}
	exit := runIn(p, args, strings.NewReader(""), &stdout, &stderr)
	return result{exit, stdout.String(), stderr.String()}
}

// terminal is a process with a terminal that knows colors and a clock that moves by 15 ms a look.
func terminal(environment map[string]string) process {
	now := time.Unix(0, 0)
	return process{
		terminal: func(io.Writer) bool { return true },
		getenv: func(name string) string {
			if name == "TERM" && environment[name] == "" {
				return "xterm"
			}
			return environment[name]
		},
		now: func() time.Time { now = now.Add(15 * time.Millisecond); return now },
	}
}

func TestTerminalGetsASummary(t *testing.T) {
	project(t, "msdkgen.yaml", goodConfig, "api.yaml", goodSpec)
	done := runAs(terminal(nil))
	require.Equal(t, exitDone, done.exit)
	require.Empty(t, done.stdout)
	require.Regexp(t, `^msdkgen: 1 package, 1 operation: \d+ files written, 0 removed, 0 unchanged, in 15ms\n$`, done.stderr)
	again := runAs(terminal(nil))
	require.Regexp(t, `^msdkgen: 1 package, 1 operation: 0 files written, 0 removed, \d+ unchanged, in 15ms\n$`, again.stderr)
	require.Regexp(t, `^msdkgen: \d+ files are up to date\n$`, runAs(terminal(nil), "--check").stderr)
	require.Equal(t, result{}, runAs(process{}))
	require.Equal(t, result{}, runAs(process{}, "--check"))
}

var escape = regexp.MustCompile("\x1b\\[[0-9;]*m")

// Color adds nothing but color, and stays away from pipes and from those who do not want it.
func TestColor(t *testing.T) {
	project(t, "msdkgen.yaml", "packges: []\n"+goodConfig, "api.yaml", strings.Replace(goodSpec, "operationId", "operationID", 1))
	plain := runAs(process{})
	require.NotContains(t, plain.stderr, "\x1b")
	colored := runAs(terminal(nil))
	require.Contains(t, colored.stderr, "\x1b[31munknown-key:\x1b[0m")
	require.Contains(t, colored.stderr, "\x1b[32mhelp:\x1b[0m")
	require.Equal(t, plain.stderr, escape.ReplaceAllString(colored.stderr, ""))
	for _, environment := range []map[string]string{{"NO_COLOR": "1"}, {"TERM": "dumb"}} {
		require.NotContains(t, runAs(terminal(environment)).stderr, "\x1b")
	}

	plain, colored = runAs(process{}, "lint", "api.yaml"), runAs(terminal(nil), "lint", "api.yaml")
	require.Contains(t, colored.stdout, "\x1b[31munknown-key:\x1b[0m")
	require.Equal(t, plain.stdout, escape.ReplaceAllString(colored.stdout, ""))

	project(t, "msdkgen.yaml", goodConfig, "api.yaml", goodSpec)
	require.Zero(t, run().exit)
	content, err := os.ReadFile("out/api/client_gen.go")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile("out/api/client_gen.go", bytes.Replace(content, []byte("\npackage api\n"), []byte("\npackage other\n--- x\n"), 1), 0o644))
	plain, colored = runAs(process{}, "--check"), runAs(terminal(nil), "--check")
	require.Contains(t, colored.stdout, "\x1b[31m-package other\x1b[0m\n\x1b[31m---- x\x1b[0m\n\x1b[32m+package api\x1b[0m\n")
	require.Equal(t, plain.stdout, escape.ReplaceAllString(colored.stdout, ""))
	require.NotContains(t, runAs(terminal(map[string]string{"NO_COLOR": "1"}), "--check").stdout, "\x1b")
}

// A file is no terminal, whatever stands in it. That a terminal is one cannot be shown without one.
func TestIsTerminal(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	require.NoError(t, err)
	defer file.Close()
	require.False(t, isTerminal(file))
	require.False(t, isTerminal(new(bytes.Buffer)))
}

// The command that repairs is the one that works where it is shown.
func TestCheckNamesTheRepair(t *testing.T) {
	project(t, "msdkgen.yaml", goodConfig, "api.yaml", goodSpec, "a b/msdkgen.yaml", goodConfig, "a b/api.yaml", goodSpec)
	require.Contains(t, run("--check").stderr, `out of date; run "msdkgen generate"`+"\n")
	require.Contains(t, run("--check", "--config", "a b/msdkgen.yaml").stderr, `run "msdkgen generate --config 'a b/msdkgen.yaml'"`+"\n")
	require.NoError(t, os.WriteFile("go.mod", []byte("module example.com/game\n\ntool github.com/msdkgen/msdkgen/cmd/msdkgen\n"), 0o644))
	require.Contains(t, run("--check").stderr, `run "go tool msdkgen generate"`+"\n")
	require.Contains(t, run("--check", "--config", "a b/msdkgen.yaml").stderr, `run "go tool msdkgen generate --config 'a b/msdkgen.yaml'"`+"\n")
}

// A checkout with CRLF line ends is up to date, in whole and in part, and generating again touches none of its files.
func TestCRLFIsNotStale(t *testing.T) {
	project(t, "msdkgen.yaml", goodConfig, "api.yaml", goodSpec)
	require.Zero(t, run().exit)
	require.NoError(t, filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		if err == nil {
			err = os.WriteFile(name, bytes.ReplaceAll(content, []byte("\n"), []byte("\r\n")), 0o644)
		}
		return err
	}))
	require.Equal(t, result{}, run("--check"))
	require.Contains(t, runAs(terminal(nil)).stderr, " 0 files written, 0 removed, ")
	content, err := os.ReadFile("out/api/client_gen.go")
	require.NoError(t, err)
	require.Contains(t, string(content), "package api\r\n")

	require.NoError(t, os.WriteFile("out/api/client_gen.go", bytes.Replace(content, []byte("package api\r\n"), []byte("package other\r\n"), 1), 0o644))
	stale := run("--check")
	require.Equal(t, exitFindings, stale.exit)
	require.Contains(t, stale.stdout, "\n-package other\n+package api\n")
	require.NotContains(t, stale.stdout, "\r")
	require.Equal(t, 2, strings.Count(stale.stdout, "\n-"+"package")+strings.Count(stale.stdout, "\n+"+"package"))
}

func TestRequires(t *testing.T) {
	project(t, "msdkgen.yaml", "requires: '>=0.4.0 <2'\nunheard: of\n"+goodConfig, "api.yaml", goodSpec)
	for _, args := range [][]string{nil, {"--check"}, {"dump"}} {
		old := runAs(process{version: "v0.3.9"}, args...)
		require.Equal(t, exitFailed, old.exit)
		require.Equal(t, `msdkgen.yaml:1:11: config: this is msdkgen v0.3.9, which is too old: ">=0.4.0 <2" is required
  1 | requires: '>=0.4.0 <2'
    |           ^
  help: run: go get -tool 'github.com/msdkgen/msdkgen/cmd/msdkgen@<v2.0.0'; or change requires
`, old.stderr)
	}
	require.Contains(t, runAs(process{version: "v2.0.0"}).stderr, "too new")
	for _, version := range []string{"v0.4.0", "v1.9.0", devel, "v0.0.0-20260102030405-0123456789ab"} {
		other := runAs(process{version: version})
		require.Equal(t, exitFindings, other.exit)
		require.Contains(t, other.stderr, `msdkgen.yaml:2:1: unknown-key: the configuration has no key "unheard"`)
		require.NotContains(t, other.stderr, "is required")
	}
}
