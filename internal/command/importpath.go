package command

// Under which path a generated package is imported: its stand-in has to know. The generator looks at no go.mod, so that what it makes depends
// on the documents and the configuration alone; it is told here.

import (
	"path"
	"path/filepath"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
)

// importPaths fills in the import paths that a configuration in a folder leaves out. Without a go.mod around it they stay unknown; then
// there is no stand-in, which is a mistake only if one is asked for.
func importPaths(cfg *generator.Config, folder string) (list diag.List) {
	module, found := moduleAround(folder)
	inside := ""
	if found {
		absolute, err := filepath.Abs(folder)
		if err == nil {
			inside, err = filepath.Rel(module.root, absolute)
		}
		found = err == nil && module.path != ""
	}
	for i := range cfg.Packages {
		p := &cfg.Packages[i]
		switch {
		case p.Import != "":
		case found:
			p.Import = path.Join(module.path, filepath.ToSlash(inside), p.Output)
		case p.StandinPos.IsValid():
			list.Errorf(p.StandinPos, diag.CodeConfig, "the stand-in of %q has to import the package, and there is no go.mod that says under which path", p.Package).
				Suggest("add the key import to the package")
		}
	}
	return list
}
