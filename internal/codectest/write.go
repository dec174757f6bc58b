package codectest

// Documents of a shape, at random: first right ones in every spelling that JSON has, then ones with a few faults. What is drawn stands next to the
// borders that a decoder has: words of eight bytes, the limits of integers, the end of the text, the order of members.

import (
	"strconv"
	"strings"
)

// Source is where choices come from: a seed, or the bytes of a fuzzer. IntN returns a number from 0 to n-1.
type Source interface{ IntN(n int) int }

// writer writes one document.
type writer struct {
	Source
	b      strings.Builder
	spaces int  // one in so many places has white space; 0: none
	odd    int  // one in so many values is of another kind, null or broken; 0: none
	mixed  bool // members are shuffled, and some left out
	leap   int  // one in so many members is left out; 0: none
	names  int  // one in so many names is spelled with an escape; 0: none
	more   int  // one in so many places has an unknown member; 0: none
	twice  int  // one in so many members is repeated; 0: none
	length int  // longest list
	size   int  // bytes beyond which lists and maps are empty
	depth  int
}

// one is true once in n times; never if n is 0.
func (w *writer) one(n int) bool { return n > 0 && w.IntN(n) == 0 }

// pick returns one of several texts.
func pick(s Source, texts ...string) string { return texts[s.IntN(len(texts))] }

// Document returns a document for the type.
func (t *Target) Document(s Source) string {
	w := &writer{Source: s, length: 4, size: 4000}
	options := [...]func(){
		func() { w.spaces = 1 + s.IntN(8) },
		func() { w.odd = 4 + s.IntN(60) },
		func() { w.mixed = true },
		func() { w.leap = 2 + s.IntN(6) },
		func() { w.names = 2 + s.IntN(10) },
		func() { w.more = 2 + s.IntN(8) },
		func() { w.twice = 20 + s.IntN(60) },
		func() { w.length = s.IntN(20) },
	}
	for _, option := range options {
		if s.IntN(3) == 0 {
			option()
		}
	}
	if s.IntN(40) == 0 {
		w.length, w.size = 200, 40000
	}
	w.space()
	w.value(t.Shape)
	w.space()
	return w.b.String()
}

func (w *writer) space() {
	if w.one(w.spaces) {
		w.b.WriteString(pick(w, " ", "  ", "\n", "\r\n", "\t", " \t\r\n ", "        ", "\n\t\t\t\t\t\t\t\t"))
	}
}

// value writes a value of a shape.
func (w *writer) value(s *Shape) {
	switch {
	case w.one(w.odd):
		w.b.WriteString(w.oddity())
	case s.Embedded:
		inner := *s
		inner.Embedded = false
		w.quoted(&inner)
	case s.Kind == List:
		w.list(s)
	case s.Kind == Map:
		w.table(s)
	case s.Kind == Object:
		w.object(s)
	default:
		w.b.WriteString(w.single(s))
	}
}

// quoted writes a document as a string.
func (w *writer) quoted(s *Shape) {
	inner := &writer{Source: w.Source, spaces: w.spaces, odd: w.odd, leap: w.leap, length: min(w.length, 4), size: 1000, depth: w.depth + 1}
	inner.space()
	inner.value(s)
	inner.space()
	w.b.WriteString(spell(w, inner.b.String(), w.one(2)))
}

func (w *writer) list(s *Shape) {
	if s.Comma {
		w.comma(s)
		return
	}
	n := 0
	if w.depth < 12 && w.b.Len() < w.size {
		n = w.IntN(w.length + 1)
	}
	if n == 1 && s.Single {
		w.value(s.Elem)
		return
	}
	if w.depth > 1 {
		n = min(n, 12)
	}
	w.depth++
	w.b.WriteByte('[')
	for i := range n {
		if i > 0 {
			w.b.WriteByte(',')
		}
		w.space()
		w.value(s.Elem)
		w.space()
	}
	if n == 0 {
		w.space()
	}
	w.b.WriteByte(']')
	w.depth--
}

func (w *writer) comma(s *Shape) {
	parts := make([]string, w.IntN(w.length+1))
	for i := range parts {
		if parts[i] = number(w, s.Elem); s.Elem.Kind == Text {
			parts[i] = strings.ReplaceAll(plainText(w), ",", "")
		}
	}
	w.b.WriteString(spell(w, strings.Join(parts, ","), w.one(8)))
}

func (w *writer) table(s *Shape) {
	w.depth++
	w.b.WriteByte('{')
	n := 0
	if w.depth < 12 && w.b.Len() < w.size {
		n = w.IntN(min(w.length, 20) + 1)
	}
	for i := range n {
		if i > 0 {
			w.b.WriteByte(',')
		}
		w.space()
		name := "k" + strconv.Itoa(i)
		if w.one(3) {
			name = plainText(w)
		}
		w.name(name)
		w.value(s.Elem)
		w.space()
	}
	w.b.WriteByte('}')
	w.depth--
}

// name writes a name and its colon.
func (w *writer) name(name string) {
	w.b.WriteString(spell(w, name, w.one(w.names)))
	w.space()
	w.b.WriteByte(':')
	w.space()
}

func (w *writer) object(s *Shape) {
	switch {
	case s.EmptyList && w.one(8):
		w.b.WriteString(pick(w, "[]", "[ ]", "[\n]"))
		return
	case s.TakesEmbedded && w.one(4):
		inner := *s
		inner.TakesEmbedded = false
		w.quoted(&inner)
		return
	}
	w.depth++
	w.b.WriteByte('{')
	first := true
	member := func(name string, value func()) {
		if !first {
			w.b.WriteByte(',')
		}
		first = false
		w.space()
		w.name(name)
		value()
		w.space()
	}
	for _, i := range w.order(len(s.Fields)) {
		f := &s.Fields[i]
		if w.one(w.more) {
			member(w.strange(f.Wire), func() { w.b.WriteString(w.anything(0)) })
		}
		if w.one(w.leap) && !f.Code || (w.depth > 8 || w.b.Len() > w.size) && !f.Required && !f.Code {
			continue
		}
		member(f.Wire, func() { w.field(f) })
		if w.one(w.twice) {
			member(f.Wire, func() { w.field(f) })
		}
	}
	if w.one(w.more) {
		member(w.strange("x"), func() { w.b.WriteString(w.anything(0)) })
	}
	if first {
		w.space()
	}
	w.b.WriteByte('}')
	w.depth--
}

func (w *writer) field(f *Field) {
	if f.Const != "" && !w.one(w.odd) {
		w.b.WriteString(f.Const)
		return
	}
	w.value(f.Shape)
}

// order returns the indexes of fields in the order in which they are written.
func (w *writer) order(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	if !w.mixed {
		return all
	}
	swaps := n
	if w.one(2) {
		swaps = 1 // nearly in order
	}
	for range swaps {
		i, j := w.IntN(max(n, 1)), w.IntN(max(n, 1))
		if n > 0 {
			all[i], all[j] = all[j], all[i]
		}
	}
	return all
}

// strange returns a name that is not, or hardly, that of a field.
func (w *writer) strange(name string) string {
	switch w.IntN(8) {
	case 0:
		return name[:len(name)-1]
	case 1:
		return name + pick(w, "s", " ", "\x00", "é", `"`, "12345678")
	case 2:
		return strings.ToUpper(name)
	case 3:
		return strings.ToLower(name)
	case 4:
		b := []byte(name)
		b[w.IntN(len(b))] ^= 1
		return strings.ToValidUTF8(string(b), "?")
	case 5:
		return strings.Repeat("n", w.IntN(300))
	}
	return plainText(w)
}
