package generator

// The door to the stages in front of emit. It is apart from Generate because commands that look at a document, and print no code, stop here.

import (
	"io/fs"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
	"github.com/msdkgen/msdkgen/generator/narrow"
)

// Model reads one document as far as Generate does before it prints: the document with its places, the model with its Go names, and every
// complaint, sorted by place, each as severe as its stage says. Both results are nil for a document that is of no use; they may be there
// although the list has errors.
func Model(fsys fs.FS, p Package, strict bool) (*load.Document, *ir.API, diag.List) {
	var list diag.List
	doc, api := model(fsys, p, strict, &list)
	list.Sort()
	return doc, api, list
}

// Names lists what a key of include and exclude (tags, operations, paths, channels) can name in a document, in its order.
func Names(api *ir.API, key string) []string { return narrow.Names(api, key) }
