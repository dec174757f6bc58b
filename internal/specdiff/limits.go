package specdiff

// Limits: the rules about one value. Whether one got tighter or looser is a question of arithmetic; for the rest, of being there.

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// limits compares the rules of two values.
func (c *comparison) limits(before, after []*ir.Rule, label string, older, newer *load.Node) []*fact {
	var facts []*fact
	add := func(f *fact) { facts = append(facts, f) }
	for _, key := range limitKeys(before, after) {
		a, b := ruleOf(before, key), ruleOf(after, key)
		an, bn := ruleNode(c.old, a), ruleNode(c.new, b)
		name := strings.TrimPrefix(key, "x-msdk-")
		switch {
		case a != nil && b != nil && ruleText(a) == ruleText(b):
			continue
		case key == "x-msdk-required-when":
			add(c.condition(a, b, label, an, bn))
		case key == "const":
			add(c.constant(a, b, label, first(an, older), first(bn, newer)))
		case a == nil:
			add(c.fact("limit-tightened", nil, bn, label, "%s %s is new", name, ruleText(b)).values("", ruleText(b)))
		case b == nil:
			f := c.fact("limit-loosened", an, nil, label, "%s %s is gone", name, ruleText(a)).values(ruleText(a), "")
			f.limit = true
			add(f)
		default:
			f := c.fact(tighter(key, a, b), an, bn, label, "%s was %s, is %s now", name, ruleText(a), ruleText(b)).values(ruleText(a), ruleText(b))
			add(f)
		}
		f := facts[len(facts)-1]
		f.old, f.new = first(an, older), first(bn, newer)
		if f.Action == "" && f.Rule != "limit-loosened" { // callers may go on as before
			f.do("Send only values of %s that the new limit allows; Validate checks it.", label)
		}
		c.explainsMember(older, newer, key)
	}
	return facts
}

// ruleKey is the key that two rules have in common: an exclusive bound takes the place of an inclusive one.
func ruleKey(r *ir.Rule) string {
	switch r.Keyword {
	case "exclusiveMinimum":
		return "minimum"
	case "exclusiveMaximum":
		return "maximum"
	}
	return r.Keyword
}

// limitKeys are the keys of both sides, those of NEW first.
func limitKeys(before, after []*ir.Rule) []string {
	var keys []string
	for _, r := range append(slices.Clone(after), before...) {
		if key := ruleKey(r); !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

func ruleOf(rules []*ir.Rule, key string) *ir.Rule {
	for _, r := range rules {
		if ruleKey(r) == key {
			return r
		}
	}
	return nil
}

func ruleNode(d *Document, r *ir.Rule) *load.Node {
	if r == nil {
		return nil
	}
	if r.Keyword == "const" {
		return d.at(r.Pos)
	}
	return d.keyed(r.Pos, ruleKey(r))
}

// ruleText is a rule's limit as the document writes it.
func ruleText(r *ir.Rule) string {
	switch {
	case r.When != nil:
		return conditionText(r.When)
	case strings.HasPrefix(r.Keyword, "exclusive"):
		return r.Number + " (exclusive)"
	case r.Number != "":
		return r.Number
	case r.Text != "" || r.Keyword == "pattern" || r.Keyword == "const":
		return strconv.Quote(r.Text)
	case r.Keyword == "uniqueItems":
		return "true"
	}
	return strconv.FormatInt(r.Int, 10)
}

func conditionText(w *ir.Condition) string {
	var values []string
	for i := range w.Values {
		values = append(values, value(&w.Values[i]))
	}
	return strings.Repeat("../", w.Up) + w.Field + " is " + strings.Join(values, " or ")
}

// fromBelow are the keys of limits from below.
var fromBelow = []string{"minLength", "minItems", "minProperties", "minimum"}

// tighter names the rule for a limit that has another value.
func tighter(key string, a, b *ir.Rule) string {
	x, y := number(a), number(b)
	if x == nil || y == nil {
		return "limit-changed"
	}
	if key == "multipleOf" {
		switch {
		case x.Sign() != 0 && new(big.Rat).Quo(y, x).IsInt():
			return "limit-tightened"
		case y.Sign() != 0 && new(big.Rat).Quo(x, y).IsInt():
			return "limit-loosened"
		}
		return "limit-changed"
	}
	order := x.Cmp(y)
	if slices.Contains(fromBelow, key) {
		order = -order
	}
	if order == 0 { // the bound itself is in or out
		order = -1
		if strings.HasPrefix(b.Keyword, "exclusive") {
			order = 1
		}
	}
	if order > 0 {
		return "limit-tightened"
	}
	return "limit-loosened"
}

// number is the value of a limit that has one. The loader bounds exponents.
func number(r *ir.Rule) *big.Rat {
	switch {
	case r.Keyword == "pattern" || r.Keyword == "uniqueItems" || len(r.Number) > 400:
		return nil
	case r.Number == "":
		return new(big.Rat).SetInt64(r.Int)
	}
	for i, c := range r.Number {
		if (c == 'e' || c == 'E') && len(r.Number)-i > 5 {
			return nil // an exponent that would take gigabytes
		}
	}
	n, ok := new(big.Rat).SetString(r.Number)
	if !ok {
		return nil
	}
	return n
}

func (c *comparison) condition(a, b *ir.Rule, label string, an, bn *load.Node) *fact {
	if b == nil {
		return c.fact("condition-removed", an, bn, label, "is not required any more where %s", ruleText(a)).values(ruleText(a), "")
	}
	f := c.fact("condition-changed", an, bn, label, "is required from now on where %s", ruleText(b)).values("", ruleText(b))
	if a != nil {
		f.Before, f.Text = ruleText(a), "is required where "+ruleText(b)+"; it was where "+ruleText(a)
	}
	return f.do("Set it where %s.", ruleText(b))
}

// constant compares the only values that are allowed.
func (c *comparison) constant(a, b *ir.Rule, label string, an, bn *load.Node) *fact {
	c.explains(around(c.old, an, "enum"), around(c.new, bn, "enum"))
	switch {
	case a == nil:
		return c.fact("limit-tightened", nil, bn, label, "is always %s from now on", ruleText(b)).values("", ruleText(b))
	case b == nil:
		f := c.fact("limit-loosened", an, nil, label, "is not always %s any more", ruleText(a)).values(ruleText(a), "")
		f.limit = true
		return f
	}
	return c.fact("constant-changed", an, bn, label, "was always %s, is always %s now", ruleText(a), ruleText(b)).values(ruleText(a), ruleText(b)).
		do("Send %s for %s.", ruleText(b), label)
}

// around is the list that a single value stands in, nil if it stands in none.
func around(d *Document, n *load.Node, key string) *load.Node {
	if n == nil {
		return nil
	}
	i := strings.LastIndexByte(n.Pointer, '/')
	if i < 0 {
		return nil
	}
	if list := d.spec.At(n.Pointer[:i]); list != nil && list.Key == key {
		return list
	}
	return nil
}
