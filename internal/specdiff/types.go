package specdiff

// Types: two of them that stand at the same place.

import (
	"fmt"
	"slices"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// pair compares two types, once. label says what they are types of, for those that have no name.
func (c *comparison) pair(p typePair, label string) *pairFacts {
	if found := c.pairs[p]; found != nil {
		return found
	}
	found := &pairFacts{}
	c.pairs[p] = found
	a, b := p.old, p.new
	if a == nil || b == nil {
		return found
	}
	t := &typeComparison{c: c, found: found, old: a, new: b, oldNode: c.old.typeNode(a), newNode: c.new.typeNode(b), label: label}
	if b.Name != nil {
		t.label = b.Name.Go
	}
	if t.kinds() {
		t.marks()
		if !p.bare {
			found.facts = append(found.facts, c.limits(a.Rules, b.Rules, t.label, t.oldNode, t.newNode)...)
			t.use()
		}
		t.inside()
	}
	return found
}

// typeComparison is the state of one.
type typeComparison struct {
	c                *comparison
	found            *pairFacts
	old, new         *ir.Type
	oldNode, newNode *load.Node
	label            string
}

func (t *typeComparison) fact(rule string, key string, format string, args ...any) *fact {
	f := t.c.memberFact(rule, t.oldNode, t.newNode, key, t.label, format, args...)
	t.found.facts = append(t.found.facts, f)
	return f
}

// memberFact is a fact about a key of two mappings. Its place is the key where a side has it, else what should hold it.
func (c *comparison) memberFact(rule string, older, newer *load.Node, key, subject, format string, args ...any) *fact {
	a, b := older.Member(key), newer.Member(key)
	f := c.fact(rule, a, b, subject, format, args...)
	if a == nil && b == nil {
		f.old, f.new = older, newer // what the model says follows from somewhere else
	}
	return f
}

// base is the kind of the JSON value.
func base(t *ir.Type) ir.Kind {
	if t.Kind == ir.KindEnum {
		return t.Base
	}
	return t.Kind
}

// words names a type for a sentence.
func typeWords(t *ir.Type) string {
	switch base(t) {
	case ir.KindInt:
		if t.Bits == 64 && !t.Unsigned {
			return "integer"
		}
		return "integer (" + goInt(t) + ")"
	case ir.KindFloat:
		return "number"
	case ir.KindList:
		if t.Elem == nil || t.Elem.Kind == ir.KindAny {
			return "array"
		}
		return "array of " + typeWords(t.Elem)
	case ir.KindMap:
		return "object of any members"
	case ir.KindStruct:
		return "object"
	case ir.KindUnion:
		return "integer or string"
	case ir.KindAny:
		return "any value"
	case ir.KindBool:
		return "boolean"
	}
	return base(t).String()
}

// takesAll are pairs of kinds of which the second takes every value of the first.
var takesAll = [][2]ir.Kind{{ir.KindInt, ir.KindFloat}, {ir.KindInt, ir.KindUnion}, {ir.KindString, ir.KindUnion}}

// wider reports whether b takes every value of a, and more.
func wider(a, b *ir.Type) bool {
	if base(a) == ir.KindInt && base(b) == ir.KindInt {
		return a.Bits < b.Bits && (a.Unsigned == b.Unsigned || a.Unsigned && !b.Unsigned)
	}
	return slices.Contains(takesAll, [2]ir.Kind{base(a), base(b)}) || base(b) == ir.KindAny && base(a) != ir.KindAny
}

// kinds compares the kinds, and reports whether there is more to compare.
func (t *typeComparison) kinds() bool {
	a, b := t.old, t.new
	sameInt := a.Bits == b.Bits && a.Unsigned == b.Unsigned
	if base(a) == base(b) && (base(a) != ir.KindInt || sameInt) {
		return true
	}
	if a.Comma != b.Comma && (base(a) == ir.KindString || base(b) == ir.KindString) {
		f := t.fact("form-changed", "x-msdk-list", "was %s, is %s now", formWords(a), formWords(b)).golang(Breaking)
		f.do("Change the Go values of %s: the field is a list in Go exactly where the text holds one.", t.label)
		t.c.explains(t.oldNode, t.newNode)
		return false
	}
	rule := "type-changed"
	switch {
	case wider(a, b):
		rule = "type-widened"
	case wider(b, a):
		rule = "type-narrowed"
	}
	key := "type"
	if base(a) == base(b) {
		key = "format"
	}
	f := t.fact(rule, key, "the type was %s, is %s now", typeWords(a), typeWords(b)).values(typeWords(a), typeWords(b))
	f.golang(Compatible).goBreaksIf(!t.c.sameGo(a, b))
	f.do("Change the Go values of %s from %s to %s.", t.label, goType(a), goType(b))
	t.c.explains(t.oldNode, t.newNode) // whatever else differs below follows from it
	return false
}

func formWords(t *ir.Type) string {
	if t.Comma {
		return "a list in a text, joined with commas"
	}
	return typeWords(t)
}

// mark is a fact of a type that is true or false.
type mark struct {
	rule, key string
	get       func(*ir.Type) bool
	on, off   string
}

var marks = []mark{
	{"form-changed", "x-msdk-list", func(t *ir.Type) bool { return t.Comma }, "is a list in a text from now on", "is no list in a text any more"},
	{"form-changed", "x-msdk-single", func(t *ir.Type) bool { return t.Single }, "one item travels as the item itself from now on", "one item travels in a list from now on"},
	{"form-changed", "x-msdk-embedded-json", func(t *ir.Type) bool { return t.Embedded }, "travels as JSON text inside a string from now on", "travels as plain JSON from now on"},
	{"empty-list-changed", "x-msdk-empty-list", func(t *ir.Type) bool { return t.EmptyList }, "an empty list is taken for an empty object from now on", "an empty list is not taken for an empty object any more"},
	{"flags-changed", "x-msdk-flags", func(t *ir.Type) bool { return t.Flags }, "its values are bits to be combined from now on", "its values are no bits to be combined any more"},
}

// marks compares how the whole type travels.
func (t *typeComparison) marks() {
	a, b := t.old, t.new
	for _, m := range marks {
		was, is := m.get(a), m.get(b)
		if was == is {
			continue
		}
		text := m.off
		if is {
			text = m.on
		}
		t.fact(m.rule, m.key, "%s", text).goBreaksIf(!t.c.sameGo(a, b))
	}
	if a.Format != b.Format {
		t.fact("format-changed", "format", "the format was %s, is %s now", orNone(a.Format), orNone(b.Format)).
			values(a.Format, b.Format).goBreaksIf(!t.c.sameGo(a, b))
	}
	if a.Kind == ir.KindStruct {
		t.openness()
	}
	if result(a) != result(b) {
		t.fact("item-result-changed", "x-msdk-item-result", "the result of each item was %s, is %s now", orNone(result(a)), orNone(result(b))).
			golang(Compatible).goBreaksIf(a.ItemResult == nil || b.ItemResult == nil).
			do("Look at each item's result where you call Err of %s.", t.label)
	}
}

func result(t *ir.Type) string {
	if t.ItemResult == nil {
		return ""
	}
	return t.ItemResult.Name.Spec
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

// openness compares what happens to members that the schema does not name.
func (t *typeComparison) openness() {
	a, b := t.old, t.new
	const key = "additionalProperties"
	lost := a.Extra && !b.Extra
	advice := "Do without " + t.label + ".Extra."
	switch {
	case !a.Closed && b.Closed:
		t.fact("members-closed", key, "other members than the listed ones are refused from now on").goBreaksIf(lost).do("%s", advice)
	case a.Closed && !b.Closed:
		t.fact("members-opened", key, "other members than the listed ones are possible from now on")
	case a.Extra != b.Extra && goName(a) == goName(b): // of another type, the row about the reference says more
		text := "the Go type gains the field Extra"
		if lost {
			text = "the Go type loses the field Extra"
		}
		t.fact("extra-changed", key, "%s", text).goBreaksIf(lost).do("%s", advice)
	}
}

// use compares what a type states about the use of its values, as a property may do too.
func (t *typeComparison) use() {
	f := &ir.Field{Required: true, Type: t.old, Sensitive: t.old.Sensitive, Accept: t.old.Accept, AcceptEmbedded: t.old.AcceptEmbedded, Nullable: t.old.Nullable}
	g := &ir.Field{Required: true, Type: t.new, Sensitive: t.new.Sensitive, Accept: t.new.Accept, AcceptEmbedded: t.new.AcceptEmbedded, Nullable: t.new.Nullable}
	u := &useComparison{c: t.c, old: f, new: g, oldNode: t.oldNode, newNode: t.newNode, label: t.label, sameGo: t.c.sameGo(t.old, t.new)}
	u.values()
	if t.old.Name != nil && t.new.Name != nil && t.old.Doc.Deprecated != t.new.Doc.Deprecated && t.new.Component {
		u.facts = append(u.facts, t.c.deprecation(t.oldNode, t.newNode, t.label, t.new.Doc.Deprecated))
	}
	t.found.facts = append(t.found.facts, u.facts...)
}

// deprecation is the fact that advice against something comes or goes.
func (c *comparison) deprecation(older, newer *load.Node, label string, now bool) *fact {
	if now {
		return c.memberFact("deprecated", older, newer, "deprecated", label, "is deprecated from now on").do("Look for what takes its place before it goes.")
	}
	return c.memberFact("deprecation-withdrawn", older, newer, "deprecated", label, "is not deprecated any more")
}

// inside compares what a type holds.
func (t *typeComparison) inside() {
	a, b, c := t.old, t.new, t.c
	c.goName(t)
	switch {
	case a.Kind == ir.KindStruct:
		t.found.facts = append(t.found.facts, c.structs(t)...)
	case a.Kind == ir.KindEnum || b.Kind == ir.KindEnum:
		t.enums()
	case a.Elem != nil && b.Elem != nil:
		label := "items of " + t.label
		if a.Kind == ir.KindMap {
			label = "members of " + t.label
		}
		older, newer := first(t.oldNode.Member("items"), t.oldNode.Member("additionalProperties"), t.oldNode), first(t.newNode.Member("items"), t.newNode.Member("additionalProperties"), t.newNode)
		facts, below := c.slot(label, older, newer, a.Elem, b.Elem, false)
		t.found.facts = append(t.found.facts, facts...)
		t.found.below = append(t.found.below, below)
	}
}

// slot compares the types at one place that holds a type: a field, an item, a parameter, a body.
func (c *comparison) slot(label string, older, newer *load.Node, a, b *ir.Type, bare bool) ([]*fact, typePair) {
	var facts []*fact
	if a != nil && b != nil && c.isRenamed(a, b) {
		c.schemas[a] = b
		c.renamed[c.old.typeNode(a).Pointer] = c.new.typeNode(b).Pointer
		c.explains(reference(older), reference(newer))
	} else if a != nil && b != nil && base(a) == base(b) && a.Elem == nil && !c.sameGo(a, b) && (declared(a) || declared(b)) && goName(a) != goName(b) && a.Kind == b.Kind {
		f := c.fact("reference-changed", reference(older), reference(newer), label, "the Go type was %s, is %s now", goType(a), goType(b)).values(goType(a), goType(b))
		f.old, f.new = first(reference(older), older), first(reference(newer), newer)
		facts = append(facts, f.do("Change the Go values of %s from %s to %s.", label, goType(a), goType(b)))
	}
	p := typePair{a, b, bare}
	c.pair(p, label)
	return facts, p
}

func goName(t *ir.Type) string {
	if t.Name == nil {
		return ""
	}
	return t.Name.Go
}

// reference is the $ref that makes a schema the one of another place, nil if it has none.
func reference(n *load.Node) *load.Node {
	if n == nil {
		return nil
	}
	if all := n.Member("allOf"); all != nil && len(all.Children) == 1 {
		return reference(all.Children[0])
	}
	return n.Member("$ref")
}

// renamedSchemas adds a row for each schema that has another name.
func (c *comparison) renamedSchemas() {
	for _, a := range c.old.API.Types {
		b := c.schemas[a]
		if b == nil {
			continue
		}
		older, newer := c.old.typeNode(a), c.new.typeNode(b)
		f := c.fact("schema-renamed", older, newer, "schema "+b.Name.Spec, "was called %s", a.Name.Spec).values(a.Name.Spec, b.Name.Spec).
			everywhere(append(c.old.users[older.Pointer], c.new.users[newer.Pointer]...)...)
		f.golang(Compatible).goBreaksIf(declared(a) && a.Name.Go != b.Name.Go).do("Rename the Go type %s to %s.", a.Name.Go, b.Name.Go)
		delete(c.oldSeen, older.Pointer) // what else differs below is still to be told
		delete(c.newSeen, newer.Pointer)
	}
}

// goName tells of a type whose Go name changes for a reason of its own.
func (c *comparison) goName(t *typeComparison) {
	a, b := t.old, t.new
	if !declared(a) || !declared(b) || a.Name.Go == b.Name.Go || a.Name.Spec != b.Name.Spec && a.Name.Override == b.Name.Override || c.isRenamed(a, b) {
		return
	}
	if !a.Component && a.Name.Override == b.Name.Override {
		return // it is named after something that has another name
	}
	t.fact("go-name-changed", "x-go-name", "the Go type was %s, is %s now", a.Name.Go, b.Name.Go).values(a.Name.Go, b.Name.Go).
		do("Rename the Go type %s to %s.", a.Name.Go, b.Name.Go)
}

func countWords(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
