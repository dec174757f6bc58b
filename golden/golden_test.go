// Package golden holds what the generator is expected to say and to print, and the tests that compare. It is all tests.
//
// cases/ shows one keyword, extension or diagnostic each; api/ holds the exported API of the generated packages. "go test ./golden
// -update" rewrites both, and a run that rewrote something fails: what changed is to be looked at, and the next run passes.
package golden

import (
	"flag"
	"os"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/internal/diff"
)

var update = flag.Bool("update", false, "rewrite the files that tests compare with; a run that rewrote something fails")

// The module's root, and its own configuration there.
const (
	root   = ".."
	config = "msdkgen.yaml"
)

// repository generates this repository's own packages in memory, once for all tests.
var repository = sync.OnceValues(func() ([]generator.File, error) { return generate(root) })

// generate runs the pipeline on the msdkgen.yaml of a folder. The error holds all that was complained about.
func generate(folder string) ([]generator.File, error) {
	docs := os.DirFS(folder)
	cfg, list := generator.ReadConfig(docs, config)
	if cfg == nil || list.HasErrors() {
		return nil, complaint{list, docs}
	}
	files, list := generator.Generate(docs, *cfg)
	if len(list) > 0 {
		return nil, complaint{list, docs}
	}
	return files, nil
}

// compare holds got against the content of a file and, with -update, rewrites the file.
func compare(t *testing.T, file, got string) {
	t.Helper()
	want, err := os.ReadFile(file)
	if err != nil && !(*update && os.IsNotExist(err)) {
		require.NoError(t, err)
	}
	difference := diff.Unified(file, "now", diff.UnixLines(string(want)), got)
	if difference == "" {
		return
	}
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
		t.Errorf("rewrote %s", file)
		return
	}
	t.Errorf("%s is not what comes out now; if it should be, run go test ./golden -update\n%s", file, difference)
}
