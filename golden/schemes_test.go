package golden

// Signing schemes: the packages of all cases scheme-*.txtar, parameter-*.txtar and body-*.txtar are compiled together and driven by the tests of testdata/schemes, which
// hold them against the answers of wire/known. One build for all of them: each package holds the whole support code.

import (
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// driven are the first words of the names of the cases that are driven.
var driven = map[string]bool{"scheme": true, "parameter": true, "body": true}

func TestSchemes(t *testing.T) {
	module := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(module, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	write("go.mod", "module schemes\n\ngo 1.24\n")
	found := 0
	for _, c := range readCases(t) {
		if !driven[strings.Split(c.name, "-")[0]] && c.name != "extension-encrypt" {
			continue
		}
		found++
		folder := strings.ReplaceAll(c.name, "-", "_")
		for name, text := range c.got {
			if name != diagnostics && !strings.HasSuffix(name, "_test.go") {
				write(folder+"/"+path.Base(name), text)
			}
		}
		for name, text := range c.beside() {
			write(folder+"/"+name, text)
		}
	}
	require.Greater(t, found, 9)
	drivers, err := filepath.Glob("testdata/schemes/*_test.go")
	require.NoError(t, err)
	require.NotEmpty(t, drivers)
	for _, driver := range drivers {
		text, err := os.ReadFile(driver)
		require.NoError(t, err)
		write(filepath.Base(driver), string(text))
	}
	answers, err := filepath.Abs("wire/known")
	require.NoError(t, err)

	// Optimizing takes more time than all that is tried here; with -trimpath what did not change is not compiled again, although the folder is new.
	build := exec.Command("go", "test", "-vet=off", "-trimpath", "-gcflags=schemes/...=-N -l -dwarf=false", "-ldflags=-s -w", ".")
	build.Dir = module
	build.Env = append(os.Environ(), "KNOWN_ANSWERS="+answers, "GOWORK=off", "GOFLAGS=", "GOPROXY=off")
	text, err := build.CombinedOutput()
	require.NoError(t, err, "%s", text)
}
