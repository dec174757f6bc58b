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
	required bool
	replaced bool   // a replace line stands for msdkgen: a checkout, most of the time
	version  string // the one version that it stands for; "" for all
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
		case "require":
			m.required = m.required || name == toolModule
		case "replace":
			if name != toolModule {
				continue
			}
			m.replaced = true
			if len(words) > 2 && words[2] != "=>" {
				m.version = words[2]
			}
		}
	}
	return m
}

// toolSteps are the commands that make msdkgen a tool of the module; none where it is one. With a replacement "go get" is no way: it asks
// the network which versions there are, and behind many proxies there is no answer.
func (m goModule) toolSteps() []string {
	switch {
	case m.tool:
		return nil
	case !m.replaced:
		return []string{"go get -tool " + toolPackage + "@latest"}
	}
	edit := "go mod edit -tool=" + toolPackage
	if !m.required {
		version := m.version
		if version == "" {
			version = "v0.0.0" // any will do: the replacement decides
		}
		edit = "go mod edit -require=" + toolModule + "@" + version + " -tool=" + toolPackage
	}
	return []string{edit, "go mod tidy"}
}
