package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// A rewritten decoder must not leave faults behind that nobody can plant any more.
func TestFaultsAreInTheCode(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	for _, f := range faults {
		name := filepath.Join(root, f.file)
		if filepath.Base(f.file) == f.file {
			name = filepath.Join(root, "templates", "support", f.file)
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(text, []byte(f.old)); n != 1 {
			t.Errorf("%s: %s has this text %d times, want once:\n%s", f.name, f.file, n, f.old)
		}
	}
}
