package support

// This file reads documents that travel as text inside a string. It is apart because few documents have them.
//
// There are three ways to read one, each for what the one before does not take. An object of texts and integers is read where it stands,
// between escaped quotes, as the short way of reader_order.go does. Otherwise the string is decoded into memory that all texts of the document
// share, and the reader at hand moves into it and back again. Where something is wrong, a reader of its own reads all of it again, which knows
// the place and the reason.

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

const (
	// partSize is the room for decoding in one step. A longer string is checked first and decoded then.
	partSize = 4 << 10
	// padding stands behind a decoded text. It means nothing to JSON, and lets the fast ways, which load whole words, reach the end.
	padding = "                "
)

// enclosing is the text around a string that is being read as a document.
type enclosing struct {
	src      string
	at, end  int // the opening quote of the string, and what follows the closing one
	depth    int
	budget   int
	lenient  [leniencyKinds]int
	breaches []breach
	omitted  int
	inside   bool
	behind   int
}

// readObjectOrText reads an object that some senders write as JSON text inside a string.
func readObjectOrText[T any](to *T, d *jsonReader, short func(*T, *jsonReader) bool, read func(*T, *jsonReader)) {
	if d.strict || d.peek() != '"' {
		read(to, d)
		return
	}
	d.lenient[leniencyEmbeddedJSON]++
	readEmbedded(to, d, short, read)
}

// readEmbedded reads a document that travels as text inside a string. Places inside of it are reported at the string. short is the short way
// of the type, if it has one.
func readEmbedded[T any](to *T, d *jsonReader, short func(*T, *jsonReader) bool, read func(*T, *jsonReader)) {
	if d.peek() != '"' {
		d.nullOr("a string with JSON in it")
		return
	}
	if short != nil && !d.embedded.exact && short(to, d) {
		return
	}
	var around enclosing
	if d.moveIn(&around) {
		read(to, d)
		if d.moveOut(&around) {
			return
		}
	}
	if inner, start := d.inner(); inner != nil {
		read(to, inner)
		inner.end()
		d.adopt(inner, start)
	}
}

// enterText enters an object inside of the string at hand that is read the short way. It returns the text, and where the first name has to
// stand; for everything else no text, in which after finds no name. The reader itself does not move.
func (d *jsonReader) enterText() (src string, p int) {
	const open = `"{`
	if !strings.HasPrefix(d.src[d.pos:], open) || d.depth >= d.maxDepth {
		return "", 0
	}
	return d.src, d.pos + len(open)
}

// textInText reads the string whose text begins at start, behind an escaped quote, and returns the end of the other one. It is 0 where there are
// escapes in the text, or something wrong.
func (d *jsonReader) textInText(start int, to *string) (end int) {
	src := d.src
	var all uint64
	for i := start; i+8 <= len(src); i += 8 {
		w := load8(src, i)
		found := special(w)
		if found == 0 {
			all |= w
			continue
		}
		end := i + bits.TrailingZeros64(found)/8
		all |= w & (found&-found - 1)
		text := src[start:end]
		if !strings.HasPrefix(src[end:], `\"`) || all&highBits != 0 && !validText(text) {
			break
		}
		if d.copied {
			text = strings.Clone(text)
		}
		*to = text
		return end + len(`\"`)
	}
	return 0
}

// intInText reads the integer whose first digit stands at start and returns its end, 0 where it is for readInt to read.
func (d *jsonReader) intInText(start int, to *int64) (end int) {
	v, end := fewDigits(d.src, start)
	*to = int64(v)
	return end
}

// leaveText ends the short way at p, with the fields that were seen. It returns whether all of the string was read, and nothing is missing.
func (d *jsonReader) leaveText(of *jsonFields, p int, seen uint64) bool {
	const closing = `}"`
	if p >= 0 || !strings.HasPrefix(d.src[-p:], closing) {
		return false
	}
	if of.must {
		for i, key := range of.keys {
			if key.need != optional && (i >= 64 || seen>>i&1 == 0) {
				return false
			}
		}
	}
	d.pos = len(closing) - p
	return true
}

// moveIn moves to the first value of the text inside of the string at hand. It returns false where that text has to be read by inner.
func (d *jsonReader) moveIn(o *enclosing) bool {
	if d.embedded.exact {
		return false
	}
	text, end := d.embeddedText(d.pos + 1)
	if end == 0 {
		return false
	}
	e := &d.embedded
	o.src, o.at, o.end, o.depth, o.budget, o.lenient = d.src, d.pos, end, d.depth, d.budget, d.lenient
	o.breaches, o.omitted, o.inside, o.behind = d.breaches, d.omitted, e.inside, e.behind
	if o.breaches != nil {
		d.breaches = nil
	}
	d.omitted, e.inside, e.behind = 0, true, o.behind+len(d.src)-end
	d.src, d.pos = text, 0
	d.next()
	return true
}

// moveOut moves back, behind the string. It returns false where something was wrong, and nothing of it counts: the text then has to be read
// again. In a text that stands inside of another string, the error stands, and all of the other one is read again.
func (d *jsonReader) moveOut(o *enclosing) bool {
	if d.src[d.pos:] != padding {
		d.end()
	}
	var found []Violation
	omitted := d.omitted
	if d.breaches != nil {
		found = d.violations()
		d.breaches = nil
	}
	d.src, d.pos, d.omitted = o.src, o.end, o.omitted
	d.embedded.inside, d.embedded.behind = o.inside, o.behind
	if o.breaches != nil {
		d.breaches = o.breaches
	}
	if d.err == nil {
		d.adoptViolations(found, omitted, o.at)
		return true
	}
	d.depth = o.depth
	if o.inside {
		d.pos = len(d.src)
		return true
	}
	d.pos, d.budget, d.lenient, d.err = o.at, o.budget, o.lenient, nil
	return false
}

// embeddedText decodes the string whose text begins at start, with padding behind it. It checks neither UTF-8 nor what the text means: whoever
// reads it does. The end is 0 where something is wrong with it.
func (d *jsonReader) embeddedText(start int) (text string, end int) {
	e := &d.embedded
	if e.part == nil {
		e.part = make([]byte, partSize)
	}
	n, end := unescape(e.part, d.src, start)
	e.used = max(e.used, min(n+len(padding), partSize))
	switch {
	case end == 0:
		return "", 0
	case end > 0:
		n = copy(e.part[n:], padding) + n
		b := d.roomForText(n)
		b.Write(e.part[:n])
		return b.String()[b.Len()-n:], end
	}
	at := d.pos
	body, _ := d.stringBody()
	if d.err != nil {
		return "", 0
	}
	end, d.pos = d.pos, at
	b := d.roomForText(len(body) + len(padding))
	from := b.Len()
	writeUnescaped(b, body)
	b.WriteString(padding)
	return b.String()[from:], end
}

// unescape decodes the string of src whose text begins at start into out. It returns the number of bytes, and the end of the string: 0 where
// something is wrong, -1 where there is no room for padding left.
//
// Each step copies a word. A backslash in front of a character that means itself, as nearly all of them are, is left out by beginning the next
// step at that character.
func unescape(out []byte, src string, start int) (n, end int) {
	itself := uint64(0) // the mark of the first byte of a word, where it is such a character
	for i := start; n <= len(out)-8-len(padding); {
		w := wordAt(src, i) // it fits in any case, or an escape of up to four bytes
		store8(out, n, w)
		found := special(w) &^ itself
		itself = 0
		if found == 0 {
			i, n = i+8, n+8
			continue
		}
		plain := bits.TrailingZeros64(found) / 8
		i, n = i+plain, n+plain
		if i+1 >= len(src) && (i == len(src) || src[i] != '"') {
			return n, 0
		}
		switch c := src[i]; {
		case c == '\\' && (src[i+1] == '"' || src[i+1] == '\\'):
			i++
			itself = 0x80
		case c == '\\':
			r, length := scanEscape(src, i)
			if length == 0 {
				return n, 0
			}
			n += utf8.EncodeRune(out[n:], r)
			i += length
		case c == '"':
			return n, i + 1
		case c < ' ':
			return n, 0
		default: // a wrong mark, see special
			i, n = i+1, n+1
		}
	}
	return n, -1
}

// wordAt returns eight bytes of src, as load8 does, with zeros for what is behind its end.
func wordAt(src string, i int) (w uint64) {
	if i+8 <= len(src) {
		return load8(src, i)
	}
	for n := len(src) - 1; n >= i; n-- {
		w = w<<8 | uint64(src[n])
	}
	return w
}

// inner returns a reader of its own for the text inside of the string at hand, and where that string begins; nil if the string is none.
func (d *jsonReader) inner() (inner *jsonReader, start int) {
	start = d.pos
	text := d.stringValue()
	if d.err != nil {
		return nil, 0
	}
	inner = readers.Get().(*jsonReader)
	inner.src, inner.maxDepth, inner.strict, inner.copied, inner.budget = text, d.maxDepth-d.depth, d.strict, d.copied, d.budget
	inner.slabs, d.slabs = d.slabs, nil // the memory for items is the same; positions in the text differ, and only mislead the guesses
	inner.embedded.exact = true
	inner.next()
	return inner, start
}

// adopt takes over what the reader of an embedded document has found, and gives that reader back. start is where the string begins.
func (d *jsonReader) adopt(inner *jsonReader, start int) {
	d.slabs, d.budget = inner.slabs, inner.budget
	for i, n := range inner.lenient {
		d.lenient[i] += n
	}
	if inner.err != nil {
		d.failAt(start, "", "inside the string: "+inner.err.Reason)
		d.err.Path = boundedPath(joinPath(d.err.Path, inner.err.Path))
	} else {
		d.adoptViolations(inner.violations(), inner.omitted, start)
	}
	inner.release()
}

func (d *jsonReader) adoptViolations(found []Violation, omitted, start int) {
	for _, v := range found {
		d.breach(breach{offset: start, inside: v.Path, rule: v.Rule, message: v.Message})
	}
	d.omitted += omitted
}
