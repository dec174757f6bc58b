// The door of the stage: file to Document. Each step it takes has a file of its own.
package load

import (
	"io/fs"
	"path"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// Spec reads an OpenAPI document from a file of fsys and reports everything that is wrong with it. Positions carry the name as
// given. The result is nil when the document is of no use to the next stage; it may be non-nil although the list has errors.
func Spec(fsys fs.FS, name string, list *diag.List) *Document {
	root := readTree(fsys, name, list)
	if root == nil {
		return nil
	}
	if root.Kind != Mapping {
		list.Errorf(root.Pos, diag.CodeWrongKind, "an OpenAPI document is a mapping, not %s", root.describe())
		return nil
	}
	checked := check(root, list)
	if checked == nil {
		return nil
	}
	d := &Document{File: path.Base(name), Root: root, index: map[string]*Node{}}
	d.addPointers(root)
	d.readOpenAPI(checked, list)
	if d.OpenAPI == nil {
		return nil
	}
	return d
}
