package lower

// allOf. Two forms have a meaning here: one reference with facts beside it, which is that type with overrides, and several
// objects, whose members are merged into one struct.

import (
	"slices"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// structural are the keys that make more of a schema than a reference with facts beside it.
var structural = []string{"properties", "required", "additionalProperties", "items", "x-msdk-expected"}

// referred returns the mapping with the $ref if n is nothing but a reference, possibly with facts beside it; else nil.
func (l *lowering) referred(n *load.Node) *load.Node {
	var ref *load.Node
	switch parts := members(n.Member("allOf")); {
	case n.Has("$ref"):
		ref = n
	case len(parts) == 1 && parts[0].Has("$ref"):
		ref = parts[0]
	default:
		return nil
	}
	for _, key := range structural {
		if m := n.Member(key); m != nil && m.Kind != load.Bool {
			return nil
		}
	}
	return ref
}

// composition lowers a schema with allOf into t, or a component that refers to another one and says more about it.
func (l *lowering) composition(n *load.Node, t *ir.Type, s scope) *ir.Type {
	if ref := l.referred(n); ref != nil {
		l.besideReference(n)
		l.copyOf(l.reference(ref), t)
		l.marks(n, t)
		return t
	}
	t.Kind = ir.KindStruct
	l.lift(n, t, s)
	l.merge(n, t, s)
	l.marks(n, t)
	return t
}

// copyOf gives the component t the shape of another one. Its name, place and words stay its own.
func (l *lowering) copyOf(from, t *ir.Type) {
	own := *t
	*t = *from
	t.Pos, t.Name, t.Owner, t.Component = own.Pos, own.Name, own.Owner, own.Component
	if own.Doc.Description != "" {
		t.Doc = own.Doc
	}
	t.Fields = nil
	for _, f := range from.Fields {
		copied := *f
		t.Fields = append(t.Fields, &copied)
	}
	t.Rules = slices.Clone(from.Rules)
	if closed, stated := l.closed[from]; stated {
		l.closed[t] = closed
	}
}

// merge adds the members of every part of n to t: of what allOf lists and of what stands beside it, in document order.
func (l *lowering) merge(n *load.Node, t *ir.Type, s scope) {
	for _, m := range n.Children {
		switch m.Key {
		case "properties":
			l.properties(n, t, s)
		case "allOf":
			for _, part := range m.Children {
				l.mergePart(part, t, s)
			}
		case "$ref":
			l.mergeReference(n, t)
		}
	}
	l.openness(n, t)
	l.requiredKnown(n, t)
}

func (l *lowering) mergePart(part *load.Node, t *ir.Type, s scope) {
	if part.Has("$ref") && len(part.Children) == 1 {
		l.mergeReference(part, t)
		return
	}
	if l.refuse(part, schemaRefusals) {
		return
	}
	for _, m := range part.Children {
		if !slices.Contains(mergeable, m.Key) {
			l.unsupported(m, "", "%q in a part of allOf", m.Key)
		}
	}
	if word := part.Member("type"); word != nil && word.Value != "object" {
		l.unsupported(word, "", "allOf of anything but objects")
		return
	}
	l.merge(part, t, s)
}

// mergeable are the keys that keep their meaning when an object becomes a part of a larger one.
var mergeable = []string{
	"$ref", "type", "properties", "required", "additionalProperties", "allOf", "title", "description", "deprecated", "example",
	"examples", "externalDocs", "$comment", "x-msdk-expected", "x-msdk-doc", "x-go-name",
}

func (l *lowering) mergeReference(n *load.Node, t *ir.Type) {
	name, _ := componentName(text(n.Member("$ref")))
	from := l.reference(n)
	switch c := l.components[name]; {
	case c == nil:
		return // reported
	case c.busy:
		l.unsupported(n, "", "an allOf that contains itself")
		return
	case from.Kind != ir.KindStruct:
		l.unsupported(n, "", "allOf of anything but objects with properties")
		return
	}
	for _, f := range from.Fields {
		if i := slices.IndexFunc(t.Fields, func(g *ir.Field) bool { return g.Name.Spec == f.Name.Spec }); i >= 0 {
			l.unsupported(n, "", "a second description of the property %q in allOf", f.Name.Spec).See(t.Fields[i].Pos, "first described here")
			continue
		}
		copied := *f
		t.Fields = append(t.Fields, &copied)
	}
	if closed, stated := l.closed[from]; stated {
		l.closed[t] = l.closed[t] || closed
	}
}
