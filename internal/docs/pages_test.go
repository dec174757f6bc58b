package docs

// The pages that lead through a task are sessions: what a reader would type runs here, in the order of the page, in a folder of its own, and
// what the page shows is what comes out. A page is made of blocks:
//
//	sh     commands, a line each. A comment "exits with N" says how a command ends that does not end with 0.
//	text   what the commands of the block before it print, stdout and stderr together. A line of three dots stands for any lines, … for any text.
//	diff   an edit of the file whose name stands in backquotes before it, with the lines around the edit.
//	other  a file; its name stands in backquotes before it.
//
// msdkgen is this test itself, run once more, and so is "go tool msdkgen". What would ask the network is left out: internal/downstream
// has a module that gets the tool as the pages say.

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/internal/command"
)

// asTool in the environment makes this program msdkgen.
const asTool = "MSDKGEN_RUN_BY_PAGES_TEST"

func TestMain(m *testing.M) {
	if os.Getenv(asTool) != "" {
		os.Exit(command.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// tools are programs that stand first in the PATH of a session. The msdkgen that a module gets is this one.
var tools = map[string]string{
	"msdkgen": `#!/bin/sh
` + asTool + `=1 exec "$PAGES_SELF" "$@"
`,
	"go": `#!/bin/sh
case "$*" in
"tool msdkgen "*) shift 2; exec msdkgen "$@" ;;
"tool msdkgen"|"generate ."|"generate ./...") exec msdkgen ;;
"get -tool "*) exec "$PAGES_GO" mod edit -tool=github.com/msdkgen/msdkgen/cmd/msdkgen ;;
"mod edit -replace"*|"mod tidy") exit 0 ;;
"list -m "*) echo "$PAGES_ROOT"; exit 0 ;;
esac
exec "$PAGES_GO" "$@"
`,
}

// session is one page at work.
type session struct {
	page   string
	folder string
	state  string // a file that leads from one command to the next: where it was, and what it exported
	env    []string
	last   *string // what the last sh block printed; nil if it has been looked at
}

func newSession(t *testing.T, page string) *session {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the pages speak to a POSIX shell")
	}
	self, err := os.Executable()
	require.NoError(t, err)
	goCommand, err := exec.LookPath("go")
	require.NoError(t, err)
	top, err := filepath.Abs(root)
	require.NoError(t, err)
	base := t.TempDir()
	bin := filepath.Join(base, "bin")
	s := &session{page: page, folder: filepath.Join(base, "work"), state: filepath.Join(base, "state")}
	require.NoError(t, os.Mkdir(bin, 0o755))
	require.NoError(t, os.Mkdir(s.folder, 0o755))
	for name, text := range tools {
		require.NoError(t, os.WriteFile(filepath.Join(bin, name), []byte(text), 0o755))
	}
	require.NoError(t, os.WriteFile(s.state, []byte("cd '"+s.folder+"'\n"), 0o644))
	s.env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "PAGES_SELF="+self, "PAGES_GO="+goCommand, "PAGES_ROOT="+top,
		"GOPROXY=off", "GOSUMDB=off", "GOFLAGS=-mod=mod -vet=off", "GOWORK=off", "GOTOOLCHAIN=local", "NO_COLOR=1",
		"GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
	return s
}

// run runs one command line where the one before it ended, and returns what it prints and its exit code.
func (s *session) run(t *testing.T, line string) (string, int) {
	t.Helper()
	script := ". '" + s.state + "'\n" + line + "\ncode=$?\n{ printf \"cd '%s'\\n\" \"$PWD\"; export -p; } > '" + s.state + "'\nexit $code\n"
	cmd := exec.Command("sh", "-c", script)
	cmd.Dir, cmd.Env = s.folder, s.env
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		require.NoError(t, err)
	}
	return strings.ReplaceAll(out.String(), "\r\n", "\n"), cmd.ProcessState.ExitCode()
}

// here is the folder in which the next command will run.
func (s *session) here(t *testing.T) string {
	t.Helper()
	out, _ := s.run(t, "pwd")
	return strings.TrimSpace(out)
}

var exits = regexp.MustCompile(`# .*exits with (\d)`)

func (s *session) commands(t *testing.T, b pageBlock) {
	t.Helper()
	var printed strings.Builder
	for line := range strings.SplitSeq(strings.ReplaceAll(strings.TrimRight(b.text, "\n"), "\\\n", " "), "\n") {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		want := "0"
		if m := exits.FindStringSubmatch(line); m != nil {
			want = m[1]
		}
		out, exit := s.run(t, line)
		require.Equal(t, want, fmt.Sprint(exit), "%s:%d: %s\n%s", s.page, b.line, line, out)
		printed.WriteString(out)
	}
	out := printed.String()
	s.last = &out
}

// pattern is a regular expression for what a page shows.
func pattern(shown string) *regexp.Regexp {
	var b strings.Builder
	b.WriteString(`\A`)
	for line := range strings.SplitAfterSeq(shown, "\n") {
		if strings.TrimSpace(line) == "..." {
			b.WriteString(`(?:.*\n)*`)
			continue
		}
		b.WriteString(strings.ReplaceAll(regexp.QuoteMeta(line), "…", ".*"))
	}
	b.WriteString(`\z`)
	return regexp.MustCompile(b.String())
}

// edited is a text after an edit in the form of a diff block.
func edited(t *testing.T, text, diff string) string {
	t.Helper()
	var old, changed strings.Builder
	for line := range strings.SplitAfterSeq(diff, "\n") {
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
	require.Equal(t, 1, strings.Count(text, old.String()), "the edit fits another number of places:\n%s", diff)
	return strings.Replace(text, old.String(), changed.String(), 1)
}

func (s *session) block(t *testing.T, b pageBlock) {
	t.Helper()
	switch b.language {
	case "sh":
		s.commands(t, b)
		return
	case "text":
		if s.last == nil { // of a command that is not here
			return
		}
		require.Regexp(t, pattern(b.text), *s.last, "%s:%d", s.page, b.line)
		s.last = nil
		return
	}
	require.NotEmpty(t, b.language, "%s:%d: a block without a language", s.page, b.line)
	require.NotEmpty(t, b.file, "%s:%d: which file this is stands in backquotes before it", s.page, b.line)
	name := filepath.Join(s.here(t), filepath.FromSlash(b.file))
	if b.language != "diff" {
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(b.text), 0o644))
		return
	}
	old, err := os.ReadFile(name)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(name, []byte(edited(t, string(old), b.text)), 0o644))
}

// pageBlock is a block of a page.
type pageBlock struct {
	line           int
	language, file string
	text           string
}

var (
	anyFence = regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```$")
	fileName = regexp.MustCompile("`([\\w./-]+\\.\\w+)`[^`]*:\\s*\\z")
)

func pageBlocks(t *testing.T, page string) []pageBlock {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(page)))
	require.NoError(t, err)
	text := strings.ReplaceAll(string(raw), "\r\n", "\n")
	var all []pageBlock
	for _, at := range anyFence.FindAllStringSubmatchIndex(text, -1) {
		b := pageBlock{line: strings.Count(text[:at[0]], "\n") + 1, language: text[at[2]:at[3]], text: text[at[4]:at[5]]}
		if m := fileName.FindStringSubmatch(text[:at[0]]); m != nil {
			b.file = m[1]
		}
		all = append(all, b)
	}
	require.NotEmpty(t, all)
	return all
}

func TestPages(t *testing.T) {
	for _, page := range []string{"docs/first-call.md", "docs/regenerating.md", "docs/adding-a-scheme.md", "docs/another-spec.md", "docs/encryption.md"} {
		t.Run(strings.TrimSuffix(filepath.Base(page), ".md"), func(t *testing.T) {
			s := newSession(t, page)
			for _, b := range pageBlocks(t, page) {
				s.block(t, b)
			}
		})
	}
}
