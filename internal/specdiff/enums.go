package specdiff

// Enumerations, open and closed.

import (
	"slices"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// enums compares two types of which one is an enumeration at least; both have the same JSON kind.
func (t *typeComparison) enums() {
	a, b := t.old, t.new
	sameGo := t.c.sameGo(a, b)
	change := func(rule, key, text string) {
		f := t.fact(rule, key, "%s", text).goBreaksIf(!sameGo)
		f.do("Send only the listed values of %s.", t.label)
		if !sameGo {
			f.do("Change the Go values of %s from %s to %s.", t.label, goType(a), goType(b))
		}
	}
	switch closed := func(t *ir.Type) bool { return t.Kind == ir.KindEnum && !t.Open && !t.Flags }; {
	case a.Kind != ir.KindEnum && closed(b):
		t.explainValues()
		change("enum-closed", "enum", "only the listed values are possible from now on: "+valueList(b))
		return
	case a.Kind != ir.KindEnum:
		t.explainValues()
		change("open-enum-value-added", "x-msdk-enum", "values have names from now on: "+valueList(b))
		return
	case b.Kind != ir.KindEnum:
		t.explainValues()
		rule, key := "open-enum-value-removed", "x-msdk-enum"
		if closed(a) {
			rule, key = "enum-opened", "enum"
		}
		change(rule, key, "the values are not listed any more: "+valueList(a))
		return
	case a.Flags == b.Flags && closed(a) && b.Open:
		t.c.explainsMember(t.oldNode, t.newNode, "x-msdk-enum")
		change("enum-opened", "enum", "other values than the listed ones are possible from now on")
	case a.Flags == b.Flags && a.Open && closed(b):
		t.c.explainsMember(t.oldNode, t.newNode, "x-msdk-enum")
		change("enum-closed", "enum", "only the listed values are possible from now on")
	}
	t.enumValues()
}

// explainValues covers the lists: they come or go as a whole.
func (t *typeComparison) explainValues() {
	t.c.explainsMember(t.oldNode, t.newNode, "enum", "x-msdk-enum")
}

func valueList(t *ir.Type) string {
	var words []string
	for _, v := range t.Values {
		words = append(words, value(&v.Value))
	}
	return listed(words, 8)
}

// enumValues compares what both sides list.
func (t *typeComparison) enumValues() {
	a, b, c := t.old, t.new, t.c
	find := func(values []*ir.EnumValue, v *ir.EnumValue) *ir.EnumValue {
		i := slices.IndexFunc(values, func(o *ir.EnumValue) bool { return o.Value.Text == v.Value.Text })
		if i < 0 {
			return nil
		}
		return values[i]
	}
	open := b.Open || b.Flags
	prefix := ""
	if open {
		prefix = "open-"
	}
	for _, v := range a.Values {
		if find(b.Values, v) != nil {
			continue
		}
		f := c.fact(prefix+"enum-value-removed", c.old.at(v.Pos), nil, t.label, "the value %s is gone", value(&v.Value)).values(value(&v.Value), "")
		t.add(f.do("Do without the constant %s.", v.Name.Go), c.old, t.oldNode, v, c.oldSeen)
	}
	for _, v := range b.Values {
		was := find(a.Values, v)
		if was == nil {
			f := c.fact(prefix+"enum-value-added", nil, c.new.at(v.Pos), t.label, "the value %s is new", value(&v.Value)).values("", value(&v.Value))
			t.add(f, c.new, t.newNode, v, c.newSeen)
			continue
		}
		if was.Name.Go == v.Name.Go || a.Name.Go != b.Name.Go && was.Name.Override == v.Name.Override {
			continue
		}
		if t.oldNode.Has("x-msdk-enum") != t.newNode.Has("x-msdk-enum") {
			c.explainsMember(t.oldNode, t.newNode, "x-msdk-enum")
		}
		older, newer := nameNode(c.old, t.oldNode, a, was), nameNode(c.new, t.newNode, b, v)
		f := c.fact("go-name-changed", older, newer, t.label, "the constant of %s was %s, is %s now", value(&v.Value), was.Name.Go, v.Name.Go).
			values(was.Name.Go, v.Name.Go).do("Rename the constant %s to %s.", was.Name.Go, v.Name.Go)
		t.found.facts = append(t.found.facts, f)
	}
}

// add completes a fact about one value: its entry under x-msdk-enum goes with it, and so do the limits of a value alone.
func (t *typeComparison) add(f *fact, d *Document, schema *load.Node, v *ir.EnumValue, seen map[string]bool) {
	if n := d.at(v.Pos); n != nil && f.old == nil && d == t.c.new {
		f.new = n
	}
	if entry := entryOf(d, schema, v); entry != nil {
		seen[entry.Pointer] = true
		if around(d, d.at(v.Pos), "enum") == nil { // an open enumeration: the entry is all there is
			if d == t.c.new {
				f.new = entry
			} else {
				f.old = entry
			}
		}
	}
	if f.old == nil {
		f.old = first(t.oldNode.Member("enum"), t.oldNode.Member("x-msdk-enum"), t.oldNode)
	}
	if f.new == nil {
		f.new = first(t.newNode.Member("enum"), t.newNode.Member("x-msdk-enum"), t.newNode)
	}
	t.found.facts = append(t.found.facts, f)
}

// entryOf is the entry of a value under x-msdk-enum: the one that states it, or the one of the same rank as the value under enum.
func entryOf(d *Document, schema *load.Node, v *ir.EnumValue) *load.Node {
	entries := schema.Member("x-msdk-enum")
	if entries == nil {
		return nil
	}
	for _, e := range entries.Children {
		if stated := e.Member("value"); stated != nil && stated.Pos == v.Value.Pos {
			return e
		}
	}
	if enum := schema.Member("enum"); enum != nil {
		i := slices.IndexFunc(enum.Children, func(n *load.Node) bool { return n.Pos == v.Value.Pos })
		if i >= 0 && i < len(entries.Children) {
			return entries.Children[i]
		}
	}
	return nil
}

// nameNode is where a value gets its Go name.
func nameNode(d *Document, schema *load.Node, t *ir.Type, v *ir.EnumValue) *load.Node {
	entry := entryOf(d, schema, v)
	return first(entry.Member("name"), entry, d.at(v.Pos), d.typeNode(t))
}
