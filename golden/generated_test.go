package golden

// generated/ against a regeneration: the two have to be equal byte for byte, whoever generates, wherever, and on however many processors.

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/internal/command"
	"github.com/msdkgen/msdkgen/internal/diff"
)

func TestGeneratedIsUpToDate(t *testing.T) {
	files, err := repository()
	require.NoError(t, err)
	wanted := make(map[string]bool)
	for _, file := range files {
		wanted[file.Path] = true
		// Read here and not through generator.Compare, which overlooks line ends on purpose.
		old, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file.Path)))
		if err != nil && !os.IsNotExist(err) {
			require.NoError(t, err)
		}
		if !bytes.Equal(old, file.Content) {
			t.Errorf("%s is out of date; run go generate ./...\n%s", file.Path, shorten(diff.Unified(file.Path, "now", string(old), string(file.Content))))
		}
	}
	err = filepath.WalkDir(filepath.Join(root, "generated"), func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(root, file)
		if err == nil && !wanted[filepath.ToSlash(relative)] {
			t.Errorf("%s is not generated any more; run go generate ./...", filepath.ToSlash(relative))
		}
		return err
	})
	require.NoError(t, err)
}

// shorten keeps a difference readable in a test's output when a whole package is missing.
func shorten(text string) string {
	const most = 20_000
	if len(text) <= most {
		return text
	}
	return text[:most] + "\n… (go run ./cmd/msdkgen generate --check prints the rest)\n"
}

func TestGenerationDependsOnDocumentsOnly(t *testing.T) {
	want, err := repository()
	require.NoError(t, err)
	require.NotEmpty(t, want)

	for _, processors := range []int{1, 2, 1, 2} {
		before := runtime.GOMAXPROCS(processors)
		got, err := generate(root)
		runtime.GOMAXPROCS(before)
		require.NoError(t, err)
		requireSame(t, want, got)
	}

	// A fresh root is one in which generated/ was deleted.
	elsewhere := t.TempDir()
	for _, name := range []string{config, "spec/msdk.yaml", "spec/timgroup.yaml"} {
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		require.NoError(t, err)
		target := filepath.Join(elsewhere, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(target), 0o755))
		require.NoError(t, os.WriteFile(target, content, 0o644))
	}
	run := func(args ...string) {
		var stdout, stderr bytes.Buffer
		exit := command.Run(append([]string{"generate"}, args...), nil, &stdout, &stderr)
		require.Zero(t, exit, stderr.String())
		require.Empty(t, stdout.String())
		for _, file := range want {
			content, err := os.ReadFile(filepath.Join(elsewhere, filepath.FromSlash(file.Path)))
			require.NoError(t, err)
			require.Equal(t, string(file.Content), string(content), file.Path)
		}
	}
	run("--config", filepath.Join(elsewhere, config)) // from the folder of this test
	require.NoError(t, os.RemoveAll(filepath.Join(elsewhere, "generated")))
	t.Chdir(elsewhere)
	run()
	require.NoError(t, os.RemoveAll(filepath.Join(elsewhere, "generated")))
	t.Chdir(filepath.Join(elsewhere, "spec"))
	run("--config", "../"+config)
}

func requireSame(t *testing.T, want, got []generator.File) {
	t.Helper()
	require.Len(t, got, len(want))
	for i := range want {
		require.Equal(t, want[i].Path, got[i].Path)
		require.Equal(t, string(want[i].Content), string(got[i].Content), want[i].Path)
	}
}

// The configuration of this repository is what the tests above rest on: with a package missing they would prove nothing about it.
func TestBothPackagesAreGenerated(t *testing.T) {
	cfg, list := generator.ReadConfig(os.DirFS(root), config)
	require.Empty(t, list)
	require.True(t, cfg.Strict)
	var outputs []string
	for _, p := range cfg.Packages {
		outputs = append(outputs, p.Spec+" "+p.Package+" "+p.Output)
	}
	require.Equal(t, []string{"spec/msdk.yaml msdk generated/msdk", "spec/timgroup.yaml timgroup generated/timgroup"}, outputs)
	var stdout bytes.Buffer
	t.Chdir(root)
	require.Zero(t, command.Run([]string{"generate", "--check"}, nil, &stdout, io.Discard), stdout.String())
}
