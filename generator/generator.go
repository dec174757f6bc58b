// Package generator turns OpenAPI documents with x-msdk-* extensions into Go packages.
//
// Generate is the whole pipeline, and nothing else: each stage is a package below this one, and what it hands on is all that the
// next one knows. It is pure: documents come in through an fs.FS, files go out as values, and neither the clock nor the
// environment is asked. write.go changes the disk, compare.go looks at it.
package generator

import (
	"io/fs"
	"path"
	"slices"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/emit"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
	"github.com/msdkgen/msdkgen/generator/lower"
	"github.com/msdkgen/msdkgen/generator/naming"
	"github.com/msdkgen/msdkgen/generator/narrow"
)

// Config says what to generate: the content of msdkgen.yaml.
type Config = load.Config

// Package is one package of a Config.
type Package = load.PackageConfig

// File is one generated file.
type File struct {
	Path    string // slash separated, below the folder of msdkgen.yaml
	Content []byte
}

// ConfigSchema returns the JSON Schema of msdkgen.yaml.
func ConfigSchema() []byte { return load.ConfigSchema() }

// OldestFor is the value of requires that asks for a tool at least as new as one of this version; "" for one that is no release.
func OldestFor(version string) string { return load.OldestFor(version) }

// ReadConfig reads msdkgen.yaml from fsys. It returns nil where there is nothing to go on with. Packages with errors are left out of the
// result, so that Generate can report on the others in the same run.
func ReadConfig(fsys fs.FS, name string) (*Config, diag.List) {
	var list diag.List
	cfg := load.ReadConfig(fsys, name, &list)
	list.Sort()
	return cfg, list
}

// Generate makes every package of cfg from the documents in fsys. The list holds all complaints about all of them, sorted by place; in
// strict mode every one is an error. With an error there are no files at all, not even those of another package.
func Generate(fsys fs.FS, cfg Config) ([]File, diag.List) {
	apis, list := Models(fsys, cfg)
	if list.HasErrors() {
		return nil, list
	}
	files, faults := Emit(cfg, apis)
	return files, append(list, faults...)
}

// Emit makes the files of every package of cfg from the models that Models made of it without an error. What it complains about is a fault
// of msdkgen.
func Emit(cfg Config, apis []*ir.API) (files []File, list diag.List) {
	for i, p := range cfg.Packages {
		emitted, err := emit.Files(apis[i], emit.Options{Package: p.Package, Import: p.Import, Omit: emit.Parts(p.Omit)})
		if err != nil {
			list.Errorf(p.Pos, diag.CodeInternal, "package %q: %v", p.Package, err)
			return nil, list
		}
		for _, file := range emitted {
			files = append(files, File{Path: path.Join(p.Output, file.Name), Content: file.Content})
		}
	}
	return files, list
}

// Models runs the stages in front of emit: it returns the model of each package of cfg, narrowed to what the package asks for, and the list
// that Generate returns. A model may be nil, and must not be emitted from, when the list has errors.
func Models(fsys fs.FS, cfg Config) ([]*ir.API, diag.List) {
	var list diag.List
	apis := make([]*ir.API, len(cfg.Packages))
	for i, p := range cfg.Packages {
		_, apis[i] = model(fsys, p, cfg.Strict, &list)
	}
	if cfg.Strict {
		list.Strict()
	}
	list.Sort()
	return apis, list
}

// model runs the stages in front of emit for one package. A document that is of no use to the next stage gives nil, and the list says why.
func model(fsys fs.FS, p Package, strict bool, list *diag.List) (*load.Document, *ir.API) {
	before := len(*list)
	defer func() { *list = append((*list)[:before], placed((*list)[before:], p.Spec)...) }()
	doc := load.Spec(fsys, p.Spec, list)
	for i := range (*list)[before:] {
		if d := &(*list)[before+i]; d.Code == diag.CodeUnreadable && p.SpecPos.IsValid() {
			d.Message = p.Spec + ": " + d.Message
			d.Pos = p.SpecPos // the document itself has no line to show
		}
	}
	if doc == nil {
		return nil, nil
	}
	if paths := doc.At("/paths"); paths != nil && len(paths.Children) == 0 && !(*list)[before:].HasErrors() {
		// A matter of what is generated, not of the document: OpenAPI allows it. After an error, the paths may be what was left out.
		list.Warnf(paths.Place(), diag.CodeMissingKey, "paths is empty, so that there is nothing to call")
	}
	api := lower.API(doc, strict, list)
	if api == nil {
		return doc, nil
	}
	naming.Assign(api, list)
	*list = append((*list)[:before], narrow.Overlook(doc, api, p.Include, p.Exclude, p.Pos.IsValid(), (*list)[before:])...)
	if !(*list)[before:].HasErrors() { // what a faulty document lacks need not be the configuration's mistake
		narrow.Apply(api, p.Include, p.Exclude, list)
	}
	return doc, api
}

// placed sees to it that every complaint about a document has a place. One without is about something that load left out, which load has
// complained about; should it be the only error, it goes to the head of the document.
func placed(list diag.List, file string) diag.List {
	isError := func(d diag.Diagnostic) bool { return d.Severity == diag.SeverityError && d.Pos.IsValid() }
	said := slices.ContainsFunc(list, isError)
	var kept diag.List
	for _, d := range list {
		d.Related = slices.DeleteFunc(d.Related, func(r diag.Related) bool { return !r.Pos.IsValid() })
		switch {
		case d.Pos.File != "":
		case said:
			continue
		default:
			d.Pos = diag.Pos{File: file, Line: 1, Column: 1}
		}
		kept = append(kept, d)
	}
	return kept
}
