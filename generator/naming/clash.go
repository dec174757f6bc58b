package naming

// What is said about names that clash. It is apart from scope.go because it decides nothing: it finds the place that has to be changed,
// and says of two things that clash with each other only once that they do.

import "github.com/msdkgen/msdkgen/generator/diag"

// clash is one candidate that could not have the name it wants.
type clash struct {
	c    *candidate
	who  holder
	name string // what it is called instead; empty: no rule resolves the clash
}

// pair is two candidates of one rank, the earlier one first.
type pair struct{ first, second *candidate }

func pairOf(a, b *candidate) pair {
	if b.pos().Before(a.pos()) {
		return pair{b, a}
	}
	return pair{a, b}
}

// report says what there is to say about the clashes of one rank, in their order.
func (s *scope) report(clashes []*clash) {
	sides := map[pair][]*clash{}
	for _, found := range clashes {
		if found.who.peer != nil {
			p := pairOf(found.c, found.who.peer)
			sides[p] = append(sides[p], found)
		}
	}
	for _, found := range clashes {
		if found.who.peer == nil {
			s.one(found)
			continue
		}
		p := pairOf(found.c, found.who.peer)
		switch both := sides[p]; {
		case both[0] != found: // said with the other side
		case len(both) > 1:
			s.mutual(p, both)
		default:
			s.one(found)
		}
	}
}

// one reports a clash at the thing that cannot have its name, or at the x-go-name that took it.
func (s *scope) one(found *clash) {
	c, who := found.c, found.who
	pos, also := c.pos(), who
	if who.fixed && !c.fixed || found.name == "" && who.peer != nil && pairOf(c, who.peer).first == c {
		pos, also = who.pos, c.holder()
	}
	var d *diag.Diagnostic
	if found.name == "" {
		d = s.list.Errorf(pos, diag.CodeNameClash, "the %s %s and %s would both be called %s", c.what, quote(c.name.Spec), who.what, c.want)
	} else {
		d = s.list.Warnf(pos, diag.CodeNameClash, "the %s %s would be called %s, like %s; it is called %s", c.what, quote(c.name.Spec), c.want, who.what, found.name)
	}
	finish(d, also, c, who.fixed)
}

// mutual reports two candidates that are in each other's way, at the later one.
func (s *scope) mutual(p pair, both []*clash) {
	first, second := p.first.holder(), p.second.holder()
	var d *diag.Diagnostic
	if a, b := both[0], both[1]; a.name == "" || b.name == "" {
		d = s.list.Errorf(second.pos, diag.CodeNameClash, "%s and %s would both be called %s", second.what, first.what, p.second.want)
	} else {
		if a.c == p.second {
			a, b = b, a
		}
		d = s.list.Warnf(second.pos, diag.CodeNameClash, "%s and %s would both be called %s; they are called %s and %s", first.what, second.what, p.second.want, a.name, b.name)
	}
	finish(d, first, p.second, first.fixed)
}

// finish adds the other place, which what every package has does not have, and the advice.
func finish(d *diag.Diagnostic, also holder, c *candidate, otherFixed bool) {
	if also.pos.IsValid() {
		d.See(also.pos, "%s", also.what)
	}
	if c.fixed || otherFixed {
		d.Suggest("change it")
		return
	}
	d.Suggest("%s", c.advice())
}
