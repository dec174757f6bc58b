// Package spec holds the documents that this repository's own packages are generated from.
//
// They are embedded so that `msdk` and `timgroup` name them anywhere, without a checkout of the repository. The package is
// separate because the documents are input: nothing here reads them, it only hands them out.
package spec

import (
	"embed"
	"io/fs"
)

//go:embed msdk.yaml timgroup.yaml
var files embed.FS

// Names lists the short names that Named knows, in alphabetical order.
func Names() []string { return []string{"msdk", "timgroup"} }

// Named returns the document that a short name stands for: a file system that holds it, and its name in there. The last result is
// false for any other name.
func Named(name string) (fs.FS, string, bool) {
	for _, known := range Names() {
		if name == known {
			return files, name + ".yaml", true
		}
	}
	return nil, "", false
}
