package specdiff

// Fields of structs, and what a property or a parameter says about the use of its value.

import (
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// structs compares the members of two structs.
func (c *comparison) structs(t *typeComparison) []*fact {
	var facts []*fact
	pairs, removed, added := matchFields(bodyFields(t.old), bodyFields(t.new))
	for _, p := range pairs {
		f, g := p[0], p[1]
		facts = append(facts, c.field(t, f, g)...)
	}
	for _, f := range removed {
		facts = append(facts, c.removedField(t, f))
	}
	for _, g := range added {
		facts = append(facts, c.addedField(t, g))
	}
	return facts
}

// bodyFields are the members of the struct itself; a request holds parameters too.
func bodyFields(t *ir.Type) []*ir.Field {
	return slices.DeleteFunc(slices.Clone(t.Fields), func(f *ir.Field) bool { return f.In != ir.InBody })
}

// fieldNode is the node of a field. The one that holds a whole body has none of its own.
func (d *Document) fieldNode(f *ir.Field) *load.Node { return d.keyed(f.Pos, f.Name.Spec) }

func (c *comparison) removedField(t *typeComparison, f *ir.Field) *fact {
	rule := "field-removed-optional"
	switch {
	case f.Fill != nil:
		rule = "field-removed-filled"
	case f.Plain():
		rule = "field-removed"
	}
	n := c.old.fieldNode(f)
	r := c.fact(rule, n, nil, "field "+f.Name.Spec+" of "+t.label, "is gone; it was %s, %s", typeWords(f.Type), duty(f))
	r.New = Place{}
	c.explainsDuty(n, nil)
	if f.Fill == nil {
		r.do("Do without %s.%s.", t.old.Name.Go, f.Name.Go)
	}
	return r
}

func (c *comparison) addedField(t *typeComparison, g *ir.Field) *fact {
	rule, action := "field-added", ""
	set := "Set " + t.new.Name.Go + "." + g.Name.Go
	switch {
	case g.Fill != nil && g.Required:
		rule, action = "field-added-filled", "Generate anew: the client fills it from then on."
	case g.Fill != nil:
	case g.Required:
		rule, action = "field-added-required", set+": requests without it are refused, and Validate says so."
	case g.Expected:
		rule, action = "field-added-expected", set+": Validate asks for it."
	}
	n := c.new.fieldNode(g)
	f := c.fact(rule, nil, n, "field "+g.Name.Spec+" of "+t.label, "is new: %s, %s", typeWords(g.Type), duty(g)).do("%s", action)
	if rule == "field-added-expected" && g.MayBeEmpty {
		f.golang(Risky)
	}
	c.explainsDuty(nil, n)
	return f
}

// duty says in a word whether something has to be there.
func duty(f *ir.Field) string {
	switch {
	case f.Required:
		return "required"
	case f.Expected:
		return "expected"
	}
	return "optional"
}

// field compares two fields that are the same one, possibly under another name.
func (c *comparison) field(t *typeComparison, f, g *ir.Field) []*fact {
	older, newer := c.old.fieldNode(f), c.new.fieldNode(g)
	label := "field " + g.Name.Spec + " of " + t.label
	u := &useComparison{c: c, old: f, new: g, oldNode: older, newNode: newer, label: label, sameGo: c.sameGoField(f, g), goExpr: goName(t.new) + "." + g.Name.Go}
	same := f.Name.Go == g.Name.Go
	if f.Name.Spec != g.Name.Spec {
		r := u.fact("field-renamed", older, newer, "was %s: same shape, so most likely the same field under another name", f.Name.Spec).values(f.Name.Spec, g.Name.Spec)
		c.renamed[older.Pointer] = newer.Pointer
		delete(c.oldSeen, older.Pointer)
		delete(c.newSeen, newer.Pointer)
		c.explainsDuty(older, newer)
		if g.Fill != nil || same {
			r.golang(Compatible)
		} else {
			r.do("Rename %s.%s to %s.", goName(t.old), f.Name.Go, u.goExpr)
		}
	} else if !same && f.Fill == nil && g.Fill == nil && !(f.Name.Override == "" && g.Name.Override == "" && c.spelled[f.Name.Spec]) {
		u.fact("go-name-changed", older.Member("x-go-name"), newer.Member("x-go-name"), "the Go field was %s, is %s now", f.Name.Go, g.Name.Go).
			values(f.Name.Go, g.Name.Go).do("Rename %s.%s to %s.", goName(t.old), f.Name.Go, u.goExpr)
	}
	u.all()
	t.found.below = append(t.found.below, u.below)
	return u.facts
}

// explainsDuty covers the lists around two properties that say which ones have to be there.
func (c *comparison) explainsDuty(older, newer *load.Node) {
	explain := func(d *Document, n *load.Node, seen map[string]bool) {
		if n == nil {
			return
		}
		schema, ok := strings.CutSuffix(n.Pointer, load.Pointer("properties", n.Key))
		if !ok {
			return
		}
		for _, key := range []string{"required", "x-msdk-expected"} {
			list := d.spec.At(schema + "/" + key)
			if list == nil {
				continue
			}
			for _, item := range list.Children {
				if item.Value == n.Key {
					seen[item.Pointer] = true
				}
			}
		}
	}
	explain(c.old, older, c.oldSeen)
	explain(c.new, newer, c.newSeen)
}

// useComparison compares what two properties, or two parameters, say about the use of their values.
type useComparison struct {
	c                *comparison
	old, new         *ir.Field
	oldNode, newNode *load.Node
	label, goExpr    string
	sameGo           bool
	facts            []*fact
	below            typePair
}

func (u *useComparison) fact(rule string, older, newer *load.Node, format string, args ...any) *fact {
	f := u.c.fact(rule, older, newer, u.label, format, args...)
	f.old, f.new = first(f.old, u.oldNode), first(f.new, u.newNode)
	u.facts = append(u.facts, f)
	return f
}

// member is a fact about a key of both sides; where the Go type changes, that is why.
func (u *useComparison) member(rule, key, format string, args ...any) *fact {
	f := u.c.memberFact(rule, u.oldNode, u.newNode, key, u.label, format, args...)
	u.facts = append(u.facts, f)
	return u.typed(f)
}

// typed makes a fact breaking for Go callers where the Go type of the field changes, and says how.
func (u *useComparison) typed(f *fact) *fact {
	if u.sameGo {
		return f
	}
	before, after := goField(u.old), goField(u.new)
	f.goBreaksIf(true)
	return f.do("Change the Go values of %s from %s to %s.", u.goExpr, before, after)
}

// all compares everything about a field.
func (u *useComparison) all() {
	f, g, c := u.old, u.new, u.c
	u.duty()
	u.filled()
	u.values()
	if f.MayBeEmpty != g.MayBeEmpty {
		rule, text := "empty-forbidden", "the empty value is not legal any more"
		if g.MayBeEmpty {
			rule, text = "empty-allowed", "the empty value is legal from now on"
		}
		u.plain(rule, "x-msdk-may-be-empty", "%s", text).do("Send no empty %s.", u.goExpr)
	}
	u.follows("x-msdk-also", f.Also, g.Also)
	u.follows("x-msdk-echo", f.Echo, g.Echo)
	if f.Also != g.Also && c.parameterNames[f.Also] != g.Also {
		u.plain("also-changed", "x-msdk-also", "travels as a query parameter too: was %s, is %s now", orNone(f.Also), orNone(g.Also)).values(f.Also, g.Also)
	}
	if f.Echo != g.Echo && c.parameterNames[f.Echo] != g.Echo {
		u.plain("echo-changed", "x-msdk-echo", "a server repeats the query parameter: was %s, is %s now", orNone(f.Echo), orNone(g.Echo)).values(f.Echo, g.Echo)
	}
	if f.Doc.Deprecated != g.Doc.Deprecated {
		u.facts = append(u.facts, c.deprecation(u.oldNode, u.newNode, u.label, g.Doc.Deprecated))
	}
	if value(f.Default) != value(g.Default) {
		u.plain("default-changed", "default", "the default was %s, is %s now", orNone(value(f.Default)), orNone(value(g.Default))).values(value(f.Default), value(g.Default))
	}
	// Where a schema moves between the property and a component, its limits move with it.
	bare := (f.Type.Name == nil) != (g.Type.Name == nil) && base(f.Type) != ir.KindStruct
	before, after := constantRules(f, g), constantRules(g, f)
	if bare {
		before, after = append(slices.Clone(before), f.Type.Rules...), append(slices.Clone(after), g.Type.Rules...)
	}
	u.facts = append(u.facts, c.limits(before, after, u.label, u.oldNode, u.newNode)...)
	facts, below := c.slot(u.label, u.oldNode, u.newNode, f.Type, g.Type, bare)
	u.facts, u.below = append(u.facts, facts...), below
}

// follows covers a key that names a parameter which has another name now.
func (u *useComparison) follows(key, before, after string) {
	if before != after && u.c.parameterNames[before] == after {
		u.c.explainsMember(u.oldNode, u.newNode, key)
	}
}

// constantRules are the rules of f. A constant that the client fills in has none of its own; where the other side leaves it to the caller, the
// single value that is allowed may be the same.
func constantRules(f, other *ir.Field) []*ir.Rule {
	if f.Fill == nil || f.Fill.Kind != ir.FillConstant || f.Fill.Constant == nil || other.Fill != nil && other.Fill.Kind == ir.FillConstant {
		return f.Rules
	}
	return append(slices.Clone(f.Rules), &ir.Rule{Pos: f.Fill.Constant.Pos, Keyword: "const", Text: f.Fill.Constant.Text})
}

// plain is member for facts that have no bearing on the Go type.
func (u *useComparison) plain(rule, key, format string, args ...any) *fact {
	f := u.c.memberFact(rule, u.oldNode, u.newNode, key, u.label, format, args...)
	u.facts = append(u.facts, f)
	return f
}

// dutyRules names the rule for each way from one duty to another.
var dutyRules = map[[2]string]string{
	{"optional", "required"}: "became-required", {"expected", "required"}: "became-required-from-expected",
	{"optional", "expected"}: "became-expected", {"required", "expected"}: "became-expected-from-required",
	{"required", "optional"}: "became-optional", {"expected", "optional"}: "became-optional-from-expected",
}

func (u *useComparison) duty() {
	before, after := duty(u.old), duty(u.new)
	if before == after {
		return
	}
	f := u.fact(dutyRules[[2]string{before, after}], nil, nil, "was %s, is %s now", before, after).values(before, after)
	u.c.explainsDuty(u.oldNode, u.newNode)
	u.c.explainsMember(u.oldNode, u.newNode, "required", "x-msdk-expected")
	if u.sameGo {
		f.do("Set %s in every request.", u.goExpr)
		return
	}
	u.typed(f)
	if after == "required" {
		f.Action += " Requests without it are refused."
	}
}

// filled compares who supplies a value.
func (u *useComparison) filled() {
	f, g := u.old.Fill, u.new.Fill
	before, after := fillWords(f), fillWords(g)
	if before == after {
		return
	}
	if f != nil && g != nil && f.Kind == ir.FillConstant && g.Kind == ir.FillConstant && f.Constant != nil && g.Constant != nil {
		node := func(d *Document, fill *ir.Fill) *load.Node { return d.at(fill.Constant.Pos) }
		u.fact("constant-changed", node(u.c.old, f), node(u.c.new, g), "was %s, is %s now", before, after).values(before, after).
			do("Generate anew: the client sends the new value from then on.")
		return
	}
	u.plain("fill-changed", "x-msdk-value", "the value came from %s, comes from %s now", before, after).values(before, after).
		goBreaksIf((f == nil) != (g == nil)).do("%s", fillAction(u, f, g)).otherTime(f, g)
}

func fillAction(u *useComparison, f, g *ir.Fill) string {
	switch {
	case f == nil && g != nil:
		return "Do without " + u.goExpr + ": the client fills it."
	case f != nil && g == nil:
		return "Set " + u.goExpr + ", which the client filled so far."
	}
	return "Generate anew."
}

// value is a literal of the document as it is written.
func value(v *ir.Value) string {
	if v == nil {
		return ""
	}
	if v.Kind == ir.KindString {
		return `"` + v.Text + `"`
	}
	return v.Text
}

// values compares what a type may state as well as a property.
func (u *useComparison) values() {
	f, g := u.old, u.new
	if f.Nullable != g.Nullable {
		rule, text := "became-nullable", "null is a legal value from now on"
		if f.Nullable {
			rule, text = "became-non-nullable", "null is no legal value any more"
		}
		key := "nullable"
		if !u.oldNode.Has(key) && !u.newNode.Has(key) {
			key = "type"
		}
		u.plain(rule, key, "%s", text)
	}
	if f.Sensitive != g.Sensitive {
		text := "is no secret any more: logs and errors may show it"
		if g.Sensitive {
			text = "is a secret from now on: logs and errors mask it"
		}
		u.member("sensitive-changed", "x-msdk-sensitive", "%s", text)
	}
	if !slices.Equal(f.Accept, g.Accept) || f.AcceptEmbedded != g.AcceptEmbedded {
		u.plain("accept-changed", "x-msdk-accept", "besides its type, reading took %s, and takes %s now", acceptWords(f), acceptWords(g)).values(acceptWords(f), acceptWords(g))
	}
}

func acceptWords(f *ir.Field) string {
	var words []string
	for _, k := range f.Accept {
		words = append(words, map[ir.Kind]string{ir.KindInt: "integer"}[k])
		if k != ir.KindInt {
			words[len(words)-1] = k.String()
		}
	}
	if f.AcceptEmbedded {
		words = append(words, "embedded-json")
	}
	return orNone(strings.Join(words, ", "))
}
