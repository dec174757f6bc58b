// Package lint looks at a document for what is legal, generates, and is most likely a mistake all the same.
//
// It is a room of its own, and not a part of the generator, because its rules are opinions: each has a reason (docs/linting.md), none stops a
// generation, and a rule that turns out to be wrong can go without a line of output changing. It reads what the generator's stages
// read and never the text itself.
package lint

import (
	"io/fs"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// rule is one opinion about documents.
type rule struct {
	code  diag.Code
	check func(s *subject)
	// whole says that the rule looks for what is missing. After an error the document may be missing what was refused.
	whole bool
}

// rules is the table of them, in the order of docs/linting.md.
var rules = []rule{
	{code: diag.CodeNoDoc, check: noDoc},
	{code: diag.CodeLooksSecret, check: looksSecret},
	{code: diag.CodeUnsigned, check: unsigned, whole: true},
	{code: diag.CodeNoResult, check: noResult},
	{code: diag.CodeNoOperationID, check: noOperationID},
	{code: diag.CodeUndeclaredTag, check: undeclaredTag, whole: true},
	{code: diag.CodeUnnamedValue, check: unnamedValue, whole: true},
	{code: diag.CodeUnused, check: unused, whole: true},
}

// subject is the document that is looked at.
type subject struct {
	root *load.Node
	doc  *load.Document
	api  *ir.API
	list *diag.List
	at   map[diag.Pos]*load.Node // from the places that the model carries back to the document
}

// Document returns everything there is to say about the document of a package: what the generator says of it, and what the rules of this
// room find, sorted by place. The findings of the rules are warnings. strict asks for what strict mode requires, and makes every warning
// an error. What the package takes of the document is not looked at: a document is judged as a whole.
func Document(fsys fs.FS, p generator.Package, strict bool) diag.List {
	doc, api, list := generator.Model(fsys, generator.Package{Pos: p.Pos, Spec: p.Spec, SpecPos: p.SpecPos}, strict)
	if doc != nil && api != nil {
		broken := list.HasErrors()
		s := &subject{root: doc.Root, doc: doc, api: api, list: &list, at: map[diag.Pos]*load.Node{}}
		s.index(doc.Root)
		for _, r := range rules {
			if !broken || !r.whole {
				r.check(s)
			}
		}
	}
	if strict {
		list.Strict()
	}
	list.Sort()
	return list
}

func (s *subject) index(n *load.Node) {
	s.at[n.Place()] = n
	for _, child := range n.Children {
		s.index(child)
	}
}

func (s *subject) warn(pos diag.Pos, code diag.Code, format string, args ...any) *diag.Diagnostic {
	return s.list.Warnf(pos, code, format, args...)
}

// noDoc is a check of the generator's in strict mode; here it is one in every mode. A document that names no text of its vendor's has one
// fault and not one for each operation.
func noDoc(s *subject) {
	said := slices.ContainsFunc(*s.list, func(d diag.Diagnostic) bool { return d.Code == diag.CodeNoDoc })
	if documents := s.root.Member("x-msdk-documents"); documents == nil && !said && len(s.api.Operations) > 0 {
		s.warn(s.root.Member("paths").Place(), diag.CodeNoDoc, "the document names no text of its vendor's, so no operation says where it is documented").
			Suggest("add x-msdk-documents, and x-msdk-doc to each operation")
		return
	}
	for _, op := range s.api.Operations {
		said := slices.ContainsFunc(*s.list, func(d diag.Diagnostic) bool { return d.Code == diag.CodeNoDoc && d.Pos == op.Pos })
		if !said && !s.at[op.Pos].Has("x-msdk-doc") {
			s.warn(op.Pos, diag.CodeNoDoc, "the operation %q does not say where it is documented", op.Name.Spec).
				Suggest("add x-msdk-doc: {document: …, line: …}")
		}
	}
}

// unsigned finds operations that forgot their scheme. Stating an empty list is an answer.
func unsigned(s *subject) {
	if len(s.api.Schemes) == 0 || s.root.Has("security") {
		return
	}
	var names []string
	for _, scheme := range s.api.Schemes {
		names = append(names, scheme.Name.Spec)
	}
	for _, op := range s.api.Operations {
		if !s.at[op.Pos].Has("security") {
			s.warn(op.Pos, diag.CodeUnsigned, "the operation %q is sent without a signature", op.Name.Spec).
				Suggest("write security: [{%s: []}], or security: [] if that is meant", strings.Join(names, ": []}] or [{"))
		}
	}
}

func noResult(s *subject) {
	if len(s.api.Results) == 0 {
		return
	}
	for _, op := range s.api.Operations {
		if !s.at[op.Pos].Has("x-msdk-result") {
			s.warn(op.Pos, diag.CodeNoResult, "every answer of the operation %q with HTTP status 200 counts as a success", op.Name.Spec).
				Suggest("name its result code with x-msdk-result")
		}
	}
}

func noOperationID(s *subject) {
	for _, op := range s.api.Operations {
		n := s.at[op.Pos]
		if id := n.Member("operationId"); (id == nil && !n.Incomplete() || id != nil && id.Value == "") && !n.Has("x-go-name") {
			s.warn(op.Pos, diag.CodeNoOperationID, "this operation is called %s after its method and path", op.Name.Go).
				Suggest("give it an operationId, so that its name outlives its path")
		}
	}
}

// undeclaredTag looks at documents that list their tags; without a list, there is nothing to be misspelt against.
func undeclaredTag(s *subject) {
	declared := s.root.Member("tags")
	if declared == nil {
		return
	}
	var names []string
	for _, tag := range declared.Children {
		if name := tag.Member("name"); name != nil {
			names = append(names, name.Value)
		}
	}
	for _, op := range s.api.Operations {
		place, tag := op.Pos, op.Tag.Name.Spec
		if tags := s.at[op.Pos].Member("tags"); tags != nil && len(tags.Children) > 0 {
			place = tags.Children[0].Pos
		}
		if slices.Contains(names, tag) {
			continue
		}
		d := s.warn(place, diag.CodeUndeclaredTag, "the tag %q is not in the list at the head of the document", tag)
		if near, ok := diag.Nearest(tag, names); ok {
			d.Suggest("did you mean %q?", near)
		} else {
			d.Suggest("known here: %s", strings.Join(names, ", "))
		}
	}
}

// unnamedValue reports each type once: the names belong into one list.
func unnamedValue(s *subject) {
	for _, t := range s.api.Types {
		if t.Kind != ir.KindEnum || t.Base != ir.KindInt || len(t.Values) == 0 {
			continue
		}
		i := slices.IndexFunc(t.Values, func(v *ir.EnumValue) bool {
			return v.Name.Override == "" && !slices.ContainsFunc(s.api.Words, func(w *ir.Word) bool { return w.Spec == v.Name.Spec })
		})
		if i >= 0 {
			s.warn(t.Values[i].Pos, diag.CodeUnnamedValue, "the constant for the value %s is called %s", t.Values[i].Value.Text, t.Values[i].Name.Go).
				Suggest("name the values with x-msdk-enum")
		}
	}
}
