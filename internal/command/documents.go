package command

// The documents that a run may read: the user's folder, and the documents that come with msdkgen under a short name. The generator sees one
// file system and need not know that there are two.

import (
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/spec"
)

// A folder that no user has, so that a path shows where the document comes from and cannot hide one of the user's.
const embeddedFolder = "<msdkgen>/"

// documents is the user's folder with the embedded documents beside it.
type documents struct {
	disk fs.FS
	root string // the folder, as the user gave it
}

// resolve gives packages whose spec is a short name the path of the embedded document. A file of the user's with that name goes first.
func (d documents) resolve(cfg *generator.Config) {
	for i := range cfg.Packages {
		p := &cfg.Packages[i]
		if _, err := fs.Stat(d.disk, p.Spec); err == nil {
			continue
		}
		if _, file, ok := spec.Named(p.Spec); ok {
			p.Spec = embeddedFolder + file
		}
	}
}

// suggest completes a complaint about a document that is not there by the short name that it nearly has, and names documents as a command
// takes them.
func (d documents) suggest(cfg *generator.Config, list diag.List) {
	for i := range list {
		for _, name := range spec.Names() {
			list[i].Suggestion = strings.ReplaceAll(list[i].Suggestion, embeddedFolder+name+".yaml", name)
		}
		for _, p := range cfg.Packages {
			if list[i].Code != diag.CodeUnreadable || list[i].Pos != p.SpecPos {
				continue
			}
			if near, ok := diag.Nearest(p.Spec, spec.Names()); ok {
				list[i].Suggest("did you mean %q, which comes with msdkgen?", near)
			}
		}
	}
}

// Open implements fs.FS.
func (d documents) Open(name string) (fs.File, error) {
	if file, ok := strings.CutPrefix(name, embeddedFolder); ok {
		if embedded, file, ok := spec.Named(strings.TrimSuffix(file, ".yaml")); ok {
			return embedded.Open(file)
		}
	}
	return d.disk.Open(name)
}

// shown returns a document's path as a user reads it: from the working directory.
func (d documents) shown(name string) string {
	if strings.HasPrefix(name, embeddedFolder) {
		return name
	}
	return filepath.ToSlash(filepath.Join(d.root, filepath.FromSlash(name)))
}

// text returns a document's content for the lines that stand below a complaint; nil if it cannot be read.
func (d documents) text(name string) []byte {
	content, err := fs.ReadFile(d, name)
	if err != nil {
		return nil
	}
	return content
}

// specNames lists the short names of documents.
func specNames() []string { return spec.Names() }
