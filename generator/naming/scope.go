package naming

// Scopes: sets of names that have to differ. Who yields is decided by what a thing is and how it is spelt, never by the order in
// which things come or by how many there are.

import (
	"slices"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// holder is who has a name.
type holder struct {
	what  string // "the schema \"Client\""
	pos   diag.Pos
	fixed bool       // pos is that of its x-go-name
	peer  *candidate // one of the same rank
}

// scope is one set of names.
type scope struct {
	list   *diag.List
	taken  map[string]holder
	blamed map[diag.Pos]bool // see assigner
}

// scope makes a scope in which some names are taken; by says what has them.
func (a *assigner) scope(by string, reserved ...string) *scope {
	s := &scope{list: a.list, taken: map[string]holder{}, blamed: a.blamed}
	for _, name := range reserved {
		s.reserve(name, holder{what: by})
	}
	return s
}

func (s *scope) reserve(name string, h holder) { s.taken[name] = h }

// candidate is one thing that wants a name.
type candidate struct {
	name  *ir.Name
	what  string // "schema", "operation": for messages
	want  string // the name that it gets if nobody else wants it
	fixed bool   // from x-go-name: it never yields
	yield string // its name when something of a higher rank has the wanted one
	raw   string // its name when one of its own rank wants the same; empty: that is an error
	fix   string // what to do about a clash; empty: give an x-go-name
	// absent says that it takes no part: it belongs to something that is refused as a whole.
	absent bool
	// also lists further names that come with a name.
	also func(name string) []string
	// set hands the name out; nil: it goes to name.Go.
	set func(string)
}

func (c *candidate) holder() holder {
	return holder{what: "the " + c.what + " " + quote(c.name.Spec), pos: c.pos(), fixed: c.fixed}
}

// pos is where the name stands that c wants, as far as the document gives one.
func (c *candidate) pos() diag.Pos {
	if c.fixed {
		return overridePos(c.name)
	}
	return c.name.Pos
}

func (c *candidate) names(name string) []string {
	if c.also == nil {
		return []string{name}
	}
	return c.also(name)
}

// assign names one rank: things that stand on equal terms. Ranks that came before have their names already.
func (s *scope) assign(all []*candidate) {
	rank, wanted := s.present(all)
	mine := map[string]holder{} // what this rank takes; entered at the end, so that order does not matter
	var late []*candidate
	take := func(c *candidate, name string) {
		for _, n := range c.names(name) {
			mine[n] = c.holder()
		}
		c.give(name)
	}
	for _, c := range rank {
		if _, _, rivalled := s.rival(c, wanted); rivalled {
			late = append(late, c)
		} else {
			take(c, c.want)
		}
	}
	var clashes []*clash
	for _, c := range late {
		if found := s.settle(c, wanted, mine, take); found != nil {
			clashes = append(clashes, found)
		}
	}
	for name, h := range mine {
		s.taken[name] = h
	}
	s.report(clashes)
}

// present leaves out what takes no part, and lists who wants which name: first those that the document names, then by place, so that
// the rival that is found does not depend on the order of the rank.
func (s *scope) present(all []*candidate) (rank []*candidate, wanted map[string][]*candidate) {
	wanted = map[string][]*candidate{}
	for _, c := range all {
		if c.absent || missing(c.name) || s.blamed[c.name.Pos] {
			c.give(c.want)
			continue
		}
		rank = append(rank, c)
		for _, name := range c.names(c.want) {
			wanted[name] = append(wanted[name], c)
		}
	}
	for _, rivals := range wanted {
		slices.SortStableFunc(rivals, func(a, b *candidate) int {
			switch {
			case a.fixed != b.fixed && a.fixed, a.fixed == b.fixed && a.pos().Before(b.pos()):
				return -1
			case a.fixed != b.fixed || b.pos().Before(a.pos()):
				return 1
			}
			return 0
		})
	}
	return rank, wanted
}

// advice says what to do about a clash of names that no x-go-name fixes.
func (c *candidate) advice() string {
	if c.fix == "" {
		return "give one of them an x-go-name"
	}
	return c.fix
}

// give hands out a name.
func (c *candidate) give(name string) {
	c.name.Go = name
	if c.set != nil {
		c.set(name)
	}
}

// rival finds who else wants what c wants: something of a higher rank, or one of its own.
func (s *scope) rival(c *candidate, wanted map[string][]*candidate) (who holder, higher, clash bool) {
	for _, name := range c.names(c.want) {
		if h, ok := s.taken[name]; ok {
			return h, true, true
		}
	}
	for _, name := range c.names(c.want) {
		for _, other := range wanted[name] {
			if other != c && (other.fixed || !c.fixed) {
				who := other.holder()
				who.peer = other
				return who, other.fixed && !c.fixed && c.raw == "", true
			}
		}
	}
	return holder{}, false, false
}

// settle finds the other name of a candidate that cannot have the wanted one. The result is what there is to say about it, nil for nothing.
func (s *scope) settle(c *candidate, wanted map[string][]*candidate, mine map[string]holder, take func(*candidate, string)) *clash {
	who, higher, _ := s.rival(c, wanted)
	name := c.raw
	if higher {
		name = c.yield
	}
	if c.fixed || name == "" || s.blocked(c, name, mine, wanted) {
		c.give(c.want)
		return &clash{c: c, who: who}
	}
	take(c, name)
	if name == c.want {
		return nil // its rival steps aside and is reported
	}
	return &clash{c: c, who: who, name: name}
}

// blocked reports whether a second-choice name is somebody's already, or somebody else's first choice.
func (s *scope) blocked(c *candidate, name string, mine map[string]holder, wanted map[string][]*candidate) bool {
	for _, n := range c.names(name) {
		if _, ok := s.taken[n]; ok {
			return true
		}
		if _, ok := mine[n]; ok {
			return true
		}
		if name == c.want {
			continue // those who share it have a raw name of their own
		}
		for _, other := range wanted[n] {
			if other != c {
				return true
			}
		}
	}
	return false
}
