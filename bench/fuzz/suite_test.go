package fuzz

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/msdkgen/msdkgen/internal/codectest"
)

// Our table of the published suite is what another library has of it, byte for byte, and go-json-experiment/json agrees with its verdicts.
func TestSuite(t *testing.T) {
	cases, err := codectest.Suite()
	if err != nil {
		t.Fatal(err)
	}
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/go-faster/jx").Output()
	if err != nil {
		t.Fatal(err)
	}
	files := filepath.Join(strings.TrimSpace(string(folder)), "testdata", "test_parsing")
	for _, c := range cases {
		text, err := os.ReadFile(filepath.Join(files, c.Name+".json"))
		if err != nil || string(text) != c.Text {
			t.Errorf("%s is not what the library has: %v", c.Name, err)
		}
		_, err = Parse(c.Text)
		if c.Name[0] == 'y' && err != nil || c.Name[0] == 'n' && err == nil {
			t.Errorf("%s: %v", c.Name, err)
		}
	}
}
