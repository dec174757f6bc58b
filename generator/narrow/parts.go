package narrow

// The parts of a document and what each of them uses: operations, path items, components. Apart from keep.go because it works on the document
// and not on the model: what is not supported has no place in the model.

import (
	"net/url"
	"slices"
	"sort"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// part is an operation, what a path item says about all of its operations, a component, or the rest of the document.
type part struct {
	operations []*ir.Operation // one, or one for each path that leads to a shared path item
	uses       []*part
	usedBy     []*part
}

func (p *part) use(other *part) {
	if other != nil && other != p && !slices.Contains(p.uses, other) {
		p.uses = append(p.uses, other)
		other.usedBy = append(other.usedBy, p)
	}
}

// parts is a document, taken apart.
type parts struct {
	doc    *load.Document
	rest   *part
	of     map[*load.Node]*part
	places []placed // in the order of the text
}

// placed is a place at which a key or a value of a part begins.
type placed struct {
	pos  diag.Pos
	part *part
}

// takeApart finds the parts of a document and the operations of its model that some of them are.
func takeApart(doc *load.Document, api *ir.API) *parts {
	p := &parts{doc: doc, rest: new(part), of: map[*load.Node]*part{}}
	at := map[diag.Pos][]*ir.Operation{}
	for _, op := range api.Operations {
		at[op.Pos] = append(at[op.Pos], op)
	}
	p.enter(doc.Root, p.rest, at)
	p.join(doc.Root)
	sort.SliceStable(p.places, func(i, j int) bool { return p.places[i].pos.Before(p.places[j].pos) })
	return p
}

// enter gives each node its part.
func (p *parts) enter(n *load.Node, whole *part, at map[diag.Pos][]*ir.Operation) {
	operations := at[n.Place()]
	switch depth := strings.Count(n.Pointer, "/"); {
	case strings.HasPrefix(n.Pointer, "/components/") && depth == 3, strings.HasPrefix(n.Pointer, "/paths/") && depth == 2:
		whole = new(part)
		if n.Has("$ref") {
			p.rest.use(whole)
		}
	case len(operations) > 0 && n.Kind == load.Mapping && !slices.Equal(whole.operations, operations):
		operation := &part{operations: operations}
		operation.use(whole)
		whole = operation
	}
	p.of[n] = whole
	for _, pos := range []diag.Pos{n.KeyPos, n.Pos} {
		if pos.IsValid() {
			p.places = append(p.places, placed{pos, whole})
		}
	}
	for _, child := range n.Children {
		p.enter(child, whole, at)
	}
}

// join finds what each part uses: by references, and security schemes by their names.
func (p *parts) join(n *load.Node) {
	here := p.of[n]
	if fragment, ok := strings.CutPrefix(n.Value, "#/"); ok && n.Kind == load.Text {
		if plain, err := url.PathUnescape(fragment); err == nil {
			fragment = plain
		}
		here.use(p.of[p.doc.At("/"+fragment)])
	}
	if len(here.operations) > 0 && n.Place() == here.operations[0].Pos {
		security := n.Member("security")
		if security == nil {
			security = p.doc.Root.Member("security")
		}
		p.secured(here, security)
	}
	for _, child := range n.Children {
		p.join(child)
	}
}

func (p *parts) secured(by *part, security *load.Node) {
	if security == nil {
		return
	}
	for _, alternative := range security.Children {
		for _, scheme := range alternative.Children {
			for _, kind := range []string{"securitySchemes", "x-msdk-security-schemes"} {
				by.use(p.of[p.doc.At(load.Pointer("components", kind, scheme.Key))])
			}
		}
	}
}

// at returns the part that a place belongs to.
func (p *parts) at(pos diag.Pos) *part {
	after := sort.Search(len(p.places), func(i int) bool { return pos.Before(p.places[i].pos) })
	if after == 0 {
		return p.rest
	}
	return p.places[after-1].part
}

// reached returns what some parts lead to, themselves included.
func reached(from []*part, next func(*part) []*part) map[*part]bool {
	seen := map[*part]bool{}
	for len(from) > 0 {
		p := from[len(from)-1]
		from = from[:len(from)-1]
		if !seen[p] {
			seen[p] = true
			from = append(from, next(p)...)
		}
	}
	return seen
}
