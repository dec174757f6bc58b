package specdiff

// One side of a comparison: the model, and the way back from its places to the nodes of the document.

import (
	"io/fs"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
	"github.com/msdkgen/msdkgen/generator/lower"
	"github.com/msdkgen/msdkgen/generator/naming"
)

// Document is one side.
type Document struct {
	Name string // as the user named it
	API  *ir.API

	spec   *load.Document
	places map[diag.Pos]*load.Node // by key, or by value for items of lists
	values map[diag.Pos]*load.Node // by value
	users  map[string][]string     // pointer of a component -> the operations that reach it
	types  map[string]*ir.Type     // components by name
}

// Read reads one side from a file of fsys. name is what reports call it. The result is nil where there is nothing to compare. A list with
// errors other than "unsupported" must not be compared: the model would lack what they are about.
func Read(fsys fs.FS, file, name string, list *diag.List) *Document {
	spec := load.Spec(fsys, file, list)
	if spec == nil {
		return nil
	}
	api := lower.API(spec, false, list)
	naming.Assign(api, list)
	return newDocument(spec, api, name)
}

func newDocument(spec *load.Document, api *ir.API, name string) *Document {
	d := &Document{
		Name: name, API: api, spec: spec,
		places: map[diag.Pos]*load.Node{}, values: map[diag.Pos]*load.Node{}, users: map[string][]string{}, types: map[string]*ir.Type{},
	}
	d.index(spec.Root)
	for _, t := range api.Types {
		if t.Component {
			d.types[t.Name.Spec] = t
		}
	}
	for _, op := range api.Operations {
		n, seen := d.operationNode(op), map[string]bool{}
		d.reach(n, op.Name.Spec, seen)
		if !n.Has("security") && !n.Has("x-msdk-security") {
			d.reach(spec.Root.Member("security"), op.Name.Spec, seen)
			d.reach(spec.Root.Member("x-msdk-security"), op.Name.Spec, seen)
		}
	}
	return d
}

// index enters nodes from the outside inwards: an item of a list that is a mapping begins where its first key does, and goes first.
func (d *Document) index(n *load.Node) {
	if at := n.Place(); d.places[at] == nil {
		d.places[at] = n
	}
	if d.values[n.Pos] == nil {
		d.values[n.Pos] = n
	}
	for _, child := range n.Children {
		d.index(child)
	}
}

// at returns the node of something that the model places by its key or, in a list, by its value.
func (d *Document) at(pos diag.Pos) *load.Node {
	if n := d.places[pos]; n != nil {
		return n
	}
	return d.values[pos]
}

// keyed returns the node whose key stands at pos, although it may be the first one of an item of a list.
func (d *Document) keyed(pos diag.Pos, key string) *load.Node {
	n := d.at(pos)
	if n != nil && n.Key != key {
		if m := n.Member(key); m != nil && m.KeyPos == pos {
			return m
		}
	}
	return n
}

// typeNode returns the schema of a type.
func (d *Document) typeNode(t *ir.Type) *load.Node {
	if t.Component {
		return d.at(t.Pos)
	}
	return d.values[t.Pos]
}

// pointerOf is the pointer of an operation, which stands elsewhere where its path is a reference.
func (d *Document) pointerOf(op *ir.Operation) string { return d.operationNode(op).Pointer }

func (d *Document) operationNode(op *ir.Operation) *load.Node {
	return first(d.spec.At(load.Pointer("paths", op.Path, strings.ToLower(op.Method))), d.at(op.Pos), d.spec.Root)
}

// reach notes that an operation uses every component that is referred to below n.
func (d *Document) reach(n *load.Node, op string, seen map[string]bool) {
	if n == nil {
		return
	}
	targets := []string{}
	if n.Kind == load.Text && n.Key == "$ref" {
		targets = append(targets, strings.TrimPrefix(n.Value, "#"))
	}
	if n.Key == "x-msdk-security" && n.Kind == load.Text {
		targets = append(targets, load.Pointer("components", "securitySchemes", n.Value), load.Pointer("components", "x-msdk-security-schemes", n.Value))
	}
	if n.Key == "security" {
		for _, scheme := range n.Children {
			for _, m := range scheme.Children {
				targets = append(targets, load.Pointer("components", "securitySchemes", m.Key))
			}
		}
	}
	for _, pointer := range targets {
		if seen[pointer] {
			continue
		}
		seen[pointer] = true
		d.users[pointer] = append(d.users[pointer], op)
		d.reach(d.spec.At(pointer), op, seen)
	}
	for _, child := range n.Children {
		d.reach(child, op, seen)
	}
}

// usersOf returns the operations that something below a pointer belongs to.
func (d *Document) usersOf(pointer string) []string {
	for _, op := range d.API.Operations {
		if within(pointer, d.pointerOf(op)) {
			return []string{op.Name.Spec}
		}
	}
	var item []string
	for _, op := range d.API.Operations { // what stands at the path itself belongs to all of its methods
		if within(pointer, load.Pointer("paths", op.Path)) {
			item = append(item, op.Name.Spec)
		}
	}
	if item != nil {
		return item
	}
	return d.users[component(pointer)]
}

// component cuts a pointer down to the component that it leads into, "" if it leads elsewhere.
func component(pointer string) string {
	parts := strings.SplitN(pointer, "/", 5)
	if len(parts) < 4 || parts[1] != "components" {
		return ""
	}
	return strings.Join(parts[:4], "/")
}

// within reports whether a pointer is the other one or leads below it.
func within(pointer, above string) bool {
	return pointer == above || strings.HasPrefix(pointer, above) && pointer[len(above)] == '/'
}

// parent returns the node around a pointer that exists on this side.
func (d *Document) around(pointer string) *load.Node {
	for {
		if n := d.spec.At(pointer); n != nil {
			return n
		}
		i := strings.LastIndexByte(pointer, '/')
		if i < 0 {
			return d.spec.Root
		}
		pointer = pointer[:i]
	}
}

// operationOrder sorts operationIds as they stand in the documents, those of d first.
func (d *Document) operationOrder(ids []string, other *Document) []string {
	var sorted []string
	for _, side := range []*Document{d, other} {
		for _, op := range side.API.Operations {
			if slices.Contains(ids, op.Name.Spec) && !slices.Contains(sorted, op.Name.Spec) {
				sorted = append(sorted, op.Name.Spec)
			}
		}
	}
	return sorted
}
