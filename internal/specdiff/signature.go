package specdiff

// Signatures: the parts of a scheme that say how a request is signed and where the signature travels. They are compared as the model has them,
// member by member and whatever members it gets, so that nothing about a signature can change in silence; the nodes say where it changed.
// Where a request names its app and states its time follows from parameters and places, which have rows of their own.

import (
	"slices"
	"strings"
	"time"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// scheme compares two schemes of one name.
func (c *comparison) scheme(a, b *ir.Scheme, older, newer *load.Node) {
	older, newer = c.old.resolved(older), c.new.resolved(newer)
	ops := append(signedBy(c.old, a), signedBy(c.new, b)...)
	label := "scheme " + b.Name.Spec
	c.credentials(a, b, older, newer, ops)
	x, y := older.Member(signKey), newer.Member(signKey)
	c.window(a, b, x, y, label, ops)
	c.signValues(a, b, x, y, label, ops)
	c.separators(a, b, x, y, label, ops)
	before, after := schemeParts(a, b)
	for _, part := range []struct{ name, rule, key, text string }{
		{"Program", "signing-program-changed", "steps", "the signature is made in other steps"},
		{"Keys", "signing-key-changed", "keys", "the choice of the key is another one"},
		{"Place", "signature-place-changed", "place", "the signature travels in another place"},
		{"", "signing-changed", "", "something about the signature differs"},
	} {
		if before[part.name] == after[part.name] {
			continue
		}
		from, to := x, y
		if part.key != "" {
			from, to = first(x.Member(part.key), x), first(y.Member(part.key), y)
		}
		from, to = c.innermost(from, to)
		f := c.fact(part.rule, from, to, label, "%s", part.text).everywhere(ops...)
		f.do("Generate anew, and deploy together with the vendor's change: from then on, requests that are signed in the old way are refused.")
		f.Before, f.After = nodeText(from), nodeText(to)
		if part.key == "place" {
			f.Before, f.After = placeWords(a), placeWords(b)
			f.Text = "the signature travelled as " + clip(f.Before, 200) + ", travels as " + clip(f.After, 200) + " now"
		}
		if part.key == "steps" {
			f.Before, f.After = otherSteps(x.Member(part.key), y.Member(part.key))
		}
		c.explains(x.Member(part.key), y.Member(part.key))
		if s := c.sideBySide(a, b, nil, nil); s != nil {
			f.Signing = append(f.Signing, *s)
		}
		if part.key == "place" {
			c.explainsMember(older, newer, "in", "name")
		}
	}
}

// otherSteps shows the steps that only one of two programs has.
func otherSteps(older, newer *load.Node) (before, after string) {
	texts := func(n, other *load.Node) string {
		var lines []string
		for _, step := range children(n) {
			line := string(step.JSON())
			if !slices.ContainsFunc(children(other), func(o *load.Node) bool { return string(o.JSON()) == line }) {
				lines = append(lines, clip(line, 200))
			}
		}
		return strings.Join(lines, "  ")
	}
	return texts(older, newer), texts(newer, older)
}

// placeWords says where a signature travels.
func placeWords(s *ir.Scheme) string {
	var words []string
	for _, p := range s.Places {
		text := p.In.String() + " " + p.Name
		if len(p.Template) > 0 {
			text += ": "
			for _, part := range p.Template {
				if part.Hole != "" {
					text += "{" + part.Hole + "}"
				}
				text += part.Literal
			}
		}
		words = append(words, text)
	}
	return strings.Join(words, ", ")
}

// window compares how old a request may be. Without a word about it, the vendor is taken to set no limit.
func (c *comparison) window(a, b *ir.Scheme, x, y *load.Node, label string, ops []string) {
	if a.Window == b.Window {
		return
	}
	rule := "window-shortened"
	if b.Window == 0 || a.Window != 0 && a.Window < b.Window {
		rule = "window-extended"
	}
	f := c.memberFact(rule, x, y, "window", label, "a request was taken for %s, is taken for %s now", windowWords(a.Window), windowWords(b.Window)).
		values(windowWords(a.Window), windowWords(b.Window)).at(x, y).everywhere(ops...)
	if rule == "window-shortened" {
		f.do("Look at the clocks of the machines that sign, and at requests that wait before they are sent.")
	}
}

func windowWords(d time.Duration) string {
	if d == 0 {
		return "any length of time"
	}
	text := strings.Replace(d.String(), "m0s", "m", 1)
	return strings.Replace(text, "h0m", "h", 1)
}

// signValues compares the values that are made for each attempt.
func (c *comparison) signValues(a, b *ir.Scheme, x, y *load.Node, label string, ops []string) {
	find := func(s *ir.Scheme, name string) *ir.SignValue {
		i := slices.IndexFunc(s.Values, func(v *ir.SignValue) bool { return v.Name.Spec == name })
		if i < 0 {
			return nil
		}
		return s.Values[i]
	}
	const key = "values"
	for _, v := range a.Values {
		older, w := c.old.at(v.Pos), find(b, v.Name.Spec)
		subject := "value " + v.Name.Spec + " of " + label
		if w == nil {
			f := c.fact("signing-value-changed", older, nil, subject, "is gone; it came from %s", fillWords(v.Fill)).everywhere(ops...)
			f.at(nil, first(y.Member(key), y)).raised = Verdicts{Request: Breaking, Signing: Breaking}
			continue
		}
		if before, after := fillWords(v.Fill), fillWords(w.Fill); before != after {
			f := c.fact("signing-value-changed", older, c.new.at(w.Pos), subject, "came from %s, comes from %s now", before, after).values(before, after).everywhere(ops...)
			if v.Fill.Kind != w.Fill.Kind || v.Fill.Format != w.Fill.Format {
				f.raised = Verdicts{Request: Breaking, Signing: Breaking}
			}
		}
	}
	for _, w := range b.Values {
		if find(a, w.Name.Spec) == nil {
			f := c.fact("signing-value-changed", nil, c.new.at(w.Pos), "value "+w.Name.Spec+" of "+label, "is new; it comes from %s", fillWords(w.Fill)).everywhere(ops...)
			f.at(first(x.Member(key), x), nil).raised = Verdicts{Request: Breaking, Signing: Breaking}
		}
	}
}

// separators compares whether the elements of a place may come in any order, where its text is the same.
func (c *comparison) separators(a, b *ir.Scheme, x, y *load.Node, label string, ops []string) {
	for i, p := range a.Places {
		if i >= len(b.Places) || p.Separator == b.Places[i].Separator || p.In != b.Places[i].In || p.Name != b.Places[i].Name {
			continue
		}
		q := b.Places[i]
		text, level := "elements between "+quote(q.Separator)+" come in any order from now on", Compatible
		if q.Separator == "" {
			text, level = "the elements come in the order of the template only, and nothing between them", Risky
		} else if p.Separator != "" {
			text, level = "elements were separated by "+quote(p.Separator)+", are separated by "+quote(q.Separator)+" now", Risky
		}
		f := c.memberFact("signature-order-changed", placeNode(c.old, p, x), placeNode(c.new, q, y), "separator", label, "%s %s: %s", q.In, q.Name, text).
			values(p.Separator, q.Separator).everywhere(ops...)
		f.at(first(placeNode(c.old, p, x), x), first(placeNode(c.new, q, y), y)).raised = Verdicts{Request: level, Signing: level}
	}
}

func quote(text string) string { return `"` + text + `"` }

// placeNode is what the document says about a place: the only one, or an item of the list.
func placeNode(d *Document, p *ir.Place, sign *load.Node) *load.Node {
	for _, n := range []*load.Node{d.at(p.Pos), d.values[p.Pos], sign.Member("place")} {
		if n != nil && n.Kind == load.Mapping {
			return n
		}
	}
	return sign
}
