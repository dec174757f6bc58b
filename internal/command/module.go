package command

// The Go module around a folder: as much of its go.mod as tells how msdkgen is run there. Read by hand, because the whole grammar of go.mod
// would be a dependency for three words of it.

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// goModule is what a go.mod says about itself and about msdkgen.
type goModule struct {
	root     string // folder of go.mod
	path     string
	tool     bool // msdkgen is a tool of the module
	replaced bool // a replace line stands for msdkgen: a checkout, most of the time
}

const toolModule = "github.com/msdkgen/msdkgen"

// moduleAround finds the module that a folder is in.
func moduleAround(folder string) (goModule, bool) {
	absolute, err := filepath.Abs(folder)
	if err != nil {
		return goModule{}, false
	}
	for {
		if text, err := os.ReadFile(filepath.Join(absolute, "go.mod")); err == nil {
			m := readModule(string(text))
			m.root = absolute
			return m, true
		}
		above := filepath.Dir(absolute)
		if above == absolute {
			return goModule{}, false
		}
		absolute = above
	}
}

// readModule takes what it knows out of a go.mod and overlooks the rest.
func readModule(text string) (m goModule) {
	block := ""
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "//")
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
			continue
		case words[0] == ")":
			block = ""
			continue
		case block == "" && slices.Equal(words[1:], []string{"("}):
			block = words[0]
			continue
		case block != "":
			words = append([]string{block}, words...)
		}
		if len(words) < 2 {
			continue
		}
		name := strings.Trim(words[1], "\"`")
		switch words[0] {
		case "module":
			m.path = name
		case "tool":
			m.tool = m.tool || name == toolPackage
		case "replace":
			m.replaced = m.replaced || name == toolModule
		}
	}
	return m
}
