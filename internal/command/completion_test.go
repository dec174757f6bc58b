package command

// The completion scripts, asked of the shells that they are for. A shell that is not here is no reason to fail.

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Every command and every flag is in every script, and a shell that is here takes its script.
func TestCompletion(t *testing.T) {
	for _, shell := range shellNames() {
		got := run("completion", shell)
		require.Equal(t, exitDone, got.exit)
		require.Empty(t, got.stderr)
		for _, c := range commands() {
			require.Contains(t, got.stdout, c.name, shell)
			for _, f := range flagsOf(c) {
				require.Contains(t, got.stdout, f.Name, "%s: %s", shell, c.name)
			}
		}
		check, options := shell, "-n"
		if shell == "powershell" {
			continue // has no way to read without running
		}
		if _, err := exec.LookPath(check); err != nil {
			continue
		}
		script := filepath.Join(t.TempDir(), "script")
		require.NoError(t, os.WriteFile(script, []byte(got.stdout), 0o644))
		output, err := exec.Command(check, options, script).CombinedOutput()
		require.NoError(t, err, "%s: %s", shell, output)
		require.Empty(t, string(output))
	}
	require.Contains(t, run("completion", "tcsh").stderr, `there is no script for "tcsh", only for bash, zsh, fish, powershell`)
	require.Equal(t, exitFailed, run("completion").exit)
}

// completions are lines and what completes their last word: one word, or "" where that is the shell's own affair.
var completions = []struct{ line, want string }{
	{"msdkgen gen", "generate"},
	{"msdkgen generate --ch", "--check"},
	{"msdkgen --ch", "--check"},
	{"msdkgen --vers", "--version"},
	{"msdkgen generate --he", "--help"},
	{"msdkgen completion z", "zsh"},
	{"msdkgen help ini", "init"},
	{"msdkgen explain unknown-k", "unknown-key"},
	{"msdkgen spec ti", "timgroup"},
	{"msdkgen dump --list x ms", "msdk"},
	{"msdkgen generate --config ms", ""},
}

// shellHere looks for a shell, and goes to a folder with one file that a value can be.
func shellHere(t *testing.T, name string) string {
	t.Helper()
	shell, err := exec.LookPath(name)
	if err != nil {
		t.Skip("there is no " + name + " here: its script is only looked at, not run")
	}
	project(t, "msfile.yaml", "", "script", run("completion", name).stdout)
	return shell
}

func TestBashCompletes(t *testing.T) {
	bash := shellHere(t, "bash")
	for _, c := range completions {
		script := "source ./script; COMP_WORDS=(" + c.line + "); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _msdkgen; echo \"${COMPREPLY[*]}\"\n"
		output, err := exec.Command(bash, "--norc", "-c", script).CombinedOutput()
		require.NoError(t, err, string(output))
		require.Equal(t, c.want+"\n", string(output), c.line)
	}
}

func TestFishCompletes(t *testing.T) {
	fish := shellHere(t, "fish")
	t.Setenv("HOME", t.TempDir())
	for _, c := range completions {
		output, err := exec.Command(fish, "--no-config", "-c", "source ./script; complete -C '"+c.line+"'").CombinedOutput()
		require.NoError(t, err, string(output))
		word, _, _ := strings.Cut(strings.TrimSuffix(string(output), "\n"), "\t")
		want := c.want
		if want == "" {
			want = "msfile.yaml" // fish offers files itself
		}
		require.Equal(t, want, word, c.line)
		require.Equal(t, 1, strings.Count(string(output), "\n"), "%s: %s", c.line, output)
	}
}

// zshAsks starts an interactive zsh on a terminal of its own, since its completion works nowhere else, and prints what each line becomes.
const zshAsks = `zmodload zsh/zpty || exit 3
zpty z 'zsh -f -i'
zpty -w z 'PS1= PS2= RPS1=; unsetopt zle_bracketed_paste prompt_sp beep auto_list; stty -echo; autoload -Uz compinit && compinit -u -D; source ./script'
zpty -w z 'shown() { zle complete-word; print -r -- "<[$BUFFER]>"; BUFFER=; zle accept-line }; zle -N shown; bindkey "^T" shown; print rea""dy'
while zpty -r z line; do [[ $line == *ready* ]] && break; done
for asked in "$@"; do
	zpty -w -n z "$asked"$'\C-t'
	while zpty -r z line; do
		if [[ $line == *"<["* ]]; then print -r -- "${${line#*<\[}%\]>*}"; break; fi
	done
done
zpty -d z
`

func TestZshCompletes(t *testing.T) {
	zsh := shellHere(t, "zsh")
	t.Setenv("HOME", t.TempDir())
	arguments := []string{"-f", "-c", zshAsks, "zsh"}
	var want []string
	for _, c := range completions {
		arguments = append(arguments, c.line)
		begun := c.line[:strings.LastIndexByte(c.line, ' ')+1]
		word := c.want
		if word == "" {
			word = "msfile.yaml"
		}
		want = append(want, begun+word)
	}
	waiting, cancel := context.WithTimeout(t.Context(), time.Minute) // for a terminal that never answers
	defer cancel()
	output, err := exec.CommandContext(waiting, zsh, arguments...).CombinedOutput()
	if exit, ok := err.(*exec.ExitError); ok && exit.ExitCode() == 3 {
		t.Skip("this zsh has no module for terminals")
	}
	require.NoError(t, err, string(output))
	var got []string
	for line := range strings.Lines(string(output)) {
		got = append(got, strings.TrimSpace(line))
	}
	require.Equal(t, want, got)
}
