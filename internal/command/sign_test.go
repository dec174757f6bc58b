package command

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite testdata; a run that rewrote something fails")

// Each archive is a run of commands: files, the lines of "run", and what comes out. A line that begins with $ is a command; NAME=value before
// it goes into the environment, and > and < name files.
func TestSessions(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		file, err := filepath.Abs(file)
		require.NoError(t, err)
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			var inputs []string
			for i := range archive.Files {
				if f := &archive.Files[i]; f.Name != "session" {
					inputs = append(inputs, f.Name, string(f.Data))
				}
			}
			project(t, inputs...)
			for i := range archive.Files {
				if f := &archive.Files[i]; f.Name == "session" {
					f.Data = []byte(session(t, string(f.Data)))
				}
			}
			got := txtar.Format(archive)
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			if *update && !bytes.Equal(want, got) {
				require.NoError(t, os.WriteFile(file, got, 0o644))
				t.Fatalf("%s was rewritten", file)
			}
			require.Equal(t, string(want), string(got))
		})
	}
}

// session runs the commands of a text and returns it with what comes out now.
func session(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		var stdin, stdout, stderr bytes.Buffer
		var args []string
		target, environment := "", true
		words := strings.Fields(command)
		for i := 0; i < len(words); i++ {
			name, value, assigns := strings.Cut(words[i], "=")
			switch {
			case environment && assigns:
				t.Setenv(name, value)
			case words[i] == "msdkgen":
				environment = false
			case words[i] == ">":
				i++
				target = words[i]
			case words[i] == "<":
				i++
				content, err := os.ReadFile(words[i])
				require.NoError(t, err)
				stdin.Write(content)
			default:
				args = append(args, words[i])
			}
		}
		exit := Run(args, &stdin, &stdout, &stderr)
		fmt.Fprintln(&b, line)
		if target != "" {
			require.NoError(t, os.WriteFile(target, stdout.Bytes(), 0o644))
			stdout.Reset()
		}
		b.WriteString(strings.ReplaceAll(stdout.String(), "\r\n", "\\r\\n\n"))
		if stdout.Len() > 0 && !strings.HasSuffix(stdout.String(), "\n") {
			b.WriteString("\n")
		}
		for line := range strings.Lines(stderr.String()) {
			b.WriteString("! " + line)
		}
		fmt.Fprintf(&b, "exit %d\n\n", exit)
	}
	return b.String()
}
