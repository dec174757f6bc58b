package support

// This file walks through the members of an object and remembers which of them it has met. It is apart from the reader's core because
// it is the part that every generated decoder is built around.

import "strings"

// jsonFields are the members that a generated type has, in document order. A member is known by its index in keys.
type jsonFields struct {
	keys    []jsonKey
	must    bool // there are members that must not be missing
	escaped bool // a name has something in it that JSON escapes
}

// jsonKey is one member.
type jsonKey struct {
	name string // as JSON with its colon, as `"openid":`
	need need
}

// need says what it means if a member is missing.
type need uint8

const (
	optional   need = iota
	required        // its absence is a violation
	resultCode      // nobody can tell success from failure: its absence is an error
)

// members is the walk through one object.
type members struct {
	of     *jsonFields
	field  int  // the member at hand, -1 if it is not one of the fields; the one behind it is expected next
	before byte // what stands in front of the next name: the opening bracket or a comma; 0: the walk has ended
	extra  bool // a member of this object was kept in an Extra
	set    fieldSet
}

// nowhere is the field at hand where there is nothing to walk through: behind it, no field is expected, whatever byte follows.
const nowhere = 1 << 30

// fieldSet remembers which fields of an object were met. The first 64 need no memory of their own.
type fieldSet struct {
	first fieldWord
	rest  *[]fieldWord
}

// fieldWord holds 64 fields. A field that is null was named, but has no value.
type fieldWord struct {
	named, null uint64
}

// object begins an object; more then walks through its members. null is taken for an object that is absent.
func (d *jsonReader) object(m *members) {
	if m.before != 0 {
		return // it was begun the short way, see ended
	}
	m.field = nowhere
	switch d.peek() {
	case '{':
		if d.descend() {
			m.field, m.before = -1, '{'
		}
	case 'n':
		d.null()
	default:
		d.unexpected("an object")
	}
}

// objectOrEmptyList is object for types that vendors write as [] when they are empty.
func (d *jsonReader) objectOrEmptyList(m *members) {
	if d.peek() != '[' || d.strict || m.before != 0 {
		d.object(m)
		return
	}
	m.field = nowhere
	if strings.HasPrefix(d.src[d.pos:], "[]") && d.depth < d.maxDepth {
		d.pos += len("[]")
		d.lenient[leniencyEmptyList]++
		d.require(m)
		return
	}
	if !d.descend() {
		return
	}
	d.pos++
	if d.next() != ']' {
		d.unexpected("an object, or an empty list in its place")
		return
	}
	d.ascend()
	d.lenient[leniencyEmptyList]++
	d.require(m)
}

// more moves to the value of the next member and puts its index into m.field, and the name of one that is no field into d.name. It
// returns false at the end of the object and after an error.
//
// Senders mostly write the fields in the order of the document, so that the field behind the last one is tried first: with a name of
// ordinary length, it takes two comparisons of eight or four bytes, quotes and colon included.
func (d *jsonReader) more(m *members) bool {
	src, at, next := d.src, d.pos, m.field+1
	if next < min(len(m.of.keys), 64) && at < len(src) && src[at] == m.before {
		key := m.of.keys[next].name
		n := len(key)
		end := at + 1 + n
		same := false
		switch {
		case end >= len(src) || n > 16:
		case n >= 8:
			same = load8(src, at+1) == load8(key, 0) && load8(src, end-8) == load8(key, n-8)
		case n >= 4:
			same = load4(src, at+1) == load4(key, 0) && load4(src, end-4) == load4(key, n-4)
		}
		if same {
			bit := uint64(1) << (next & 63)
			if c := src[end]; c > ' ' && c != 'n' && m.set.first.named&bit == 0 {
				m.set.first.named |= bit
				m.field, m.before = next, ','
				d.pos = end
				return true
			}
		}
	}
	return d.laterMember(m)
}

// laterMember is more for a field of any length of name that stands further behind: senders leave out some.
func (d *jsonReader) laterMember(m *members) bool {
	src, at := d.src, d.pos+1
	if at > len(src) || src[at-1] != m.before {
		return d.anyMember(m)
	}
	for next := m.field + 1; next < min(len(m.of.keys), 64); next++ {
		key := m.of.keys[next].name
		end := at + len(key)
		if end >= len(src) || src[end-1] != ':' || src[at+1] != key[1] || src[at:end] != key {
			continue
		}
		bit := uint64(1) << next
		if c := src[end]; c <= ' ' || c == 'n' || m.set.first.named&bit != 0 {
			break // there is more to it
		}
		m.set.first.named |= bit
		m.field, m.before = next, ','
		d.pos = end
		return true
	}
	return d.anyMember(m)
}

// anyMember is more for a member that was not expected, and for white space.
func (d *jsonReader) anyMember(m *members) bool {
	if !d.toName(m) {
		return false
	}
	d.nameAt = d.pos
	d.name = d.stringValue()
	if !d.colon() {
		return false
	}
	m.field = m.of.index(d.name, m.field+1)
	if m.field < 0 || m.set.mark(m.field, d.peek() == 'n') {
		return true
	}
	d.failAt(d.nameAt, d.name, "the member is repeated")
	return false
}

// toName moves to the name of the next member, or behind the end of the object.
func (d *jsonReader) toName(m *members) bool {
	if m.before == 0 {
		return false
	}
	first := m.before == '{'
	if first {
		d.pos++
	}
	m.before = ','
	c := d.next()
	if c == '}' {
		m.before = 0
		d.ascend()
		d.require(m)
		return false
	}
	if !first {
		if c != ',' {
			d.unexpected("a comma or the end of the object")
			return false
		}
		d.pos++
		c = d.next()
	}
	if c != '"' {
		d.unexpected("the name of a member")
		return false
	}
	return true
}

// colon moves from the end of a name to the value.
func (d *jsonReader) colon() bool {
	if d.next() != ':' {
		d.unexpected("a colon")
		return false
	}
	d.pos++
	d.next()
	return true
}

// index returns the index of a name, -1 if it is none. The search begins at an index and goes round: whatever order a sender has,
// the member that follows is rarely far.
func (f *jsonFields) index(name string, from int) int {
	if f.escaped { // a name as it is meant may look like another one as JSON
		for i := range f.keys {
			if string(appendUnescaped(nil, f.name(i))) == name {
				return i
			}
		}
		return -1
	}
	for range f.keys {
		if from >= len(f.keys) {
			from = 0
		}
		if key := f.keys[from].name; len(key) == len(name)+3 && key[1:1+len(name)] == name {
			return from
		}
		from++
	}
	return -1
}

// mark notes that a field was met, and whether it is null. It returns false if it was met before.
func (s *fieldSet) mark(index int, null bool) bool {
	w, bit := s.word(index)
	for w == nil {
		if s.rest == nil {
			s.rest = new([]fieldWord)
		}
		*s.rest = append(*s.rest, fieldWord{})
		w, bit = s.word(index)
	}
	if w.named&bit != 0 {
		return false
	}
	w.named |= bit
	if null {
		w.null |= bit
	}
	return true
}

// word returns the word and the bit of a field, nil if no field of that word was met.
func (s *fieldSet) word(index int) (*fieldWord, uint64) {
	bit := uint64(1) << (index % 64)
	if index < 64 {
		return &s.first, bit
	}
	if i := index/64 - 1; s.rest != nil && i < len(*s.rest) {
		return &(*s.rest)[i], bit
	}
	return nil, bit
}

// has reports whether a field was met with a value.
func (s *fieldSet) has(index int) bool {
	w, bit := s.word(index)
	return w != nil && w.named&^w.null&bit != 0
}

// require reports the fields that have to be there and are missing or null. It is called right behind the end of the object; an object
// that is null is reported by what holds it.
func (d *jsonReader) require(m *members) {
	if !m.of.must {
		return
	}
	for i, key := range m.of.keys {
		switch {
		case key.need == optional || m.set.has(i):
		case key.need == resultCode:
			d.failAt(d.pos-1, m.of.name(i), "the result code is missing")
			return
		default:
			d.breach(breach{offset: d.pos - 1, name: m.of.name(i), rule: ruleRequired, message: "is missing"})
		}
	}
}

// name returns the name of a field as an error shows it.
func (f *jsonFields) name(index int) string {
	key := f.keys[index].name
	return key[1 : len(key)-2]
}
