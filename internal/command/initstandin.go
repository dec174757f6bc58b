package command

// init --standin: a program for each package that serves its stand-in. Apart from the rest of init because it also works where msdkgen.yaml is
// there already.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/msdkgen/msdkgen/generator"
)

// standIns writes the programs of all packages of msdkgen.yaml.
func (s *setup) standIns() error {
	docs := os.DirFS(".")
	cfg, list := generator.ReadConfig(docs, defaultConfig)
	if cfg != nil {
		list = append(list, importPaths(cfg, ".")...)
	}
	if cfg == nil || list.HasErrors() {
		return fmt.Errorf("%s: %s", defaultConfig, list[0].Message)
	}
	for _, p := range cfg.Packages {
		if p.Omit.Standin || p.Omit.Client || p.Omit.Server {
			s.call.message("%s has no stand-in; it needs client, server and standin among what is emitted", p.Package)
			continue
		}
		folder := path.Join("cmd", p.Package+"-standin")
		if err := os.MkdirAll(filepath.FromSlash(folder), 0o755); err != nil {
			return err
		}
		if err := s.file(path.Join(folder, "main.go"), standInText(p), false); err != nil {
			return err
		}
		s.call.message("run it: go run ./%s", folder)
	}
	return nil
}

func standInText(p generator.Package) string {
	test := p.Package + "test"
	return fmt.Sprintf(`// Command %s-standin stands in for the vendor of package %s: it checks, decrypts, validates and answers requests as the document says.
package main

import %q

func main() { %s.Main() }
`, p.Package, p.Package, path.Join(p.Import, test), test)
}

// exists reports whether there is a configuration already.
func exists(name string) bool {
	_, err := os.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}
