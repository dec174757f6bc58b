package support

// This file reads JSON strings: it finds the end of a string eight bytes at a time, checks escapes and UTF-8, and decodes
// escapes where there are any. It is apart because it is the part where time goes. The words of eight bytes that it begins with serve
// the writer and the readers of names and numbers as well.

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// One byte of each constant for every byte of a word.
const (
	everyByte = 0x0101010101010101
	highBits  = 0x8080808080808080
	slashes   = '\\' * everyByte
)

// load8 returns eight bytes of s from i on, the first one lowest. The compiler makes one load of it.
func load8(s string, i int) uint64 {
	b := s[i : i+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// load4 is load8 for four bytes.
func load4(s string, i int) uint32 {
	b := s[i : i+4]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// store8 stores eight bytes from i on, the lowest one first. The compiler makes one store of it.
func store8(b []byte, i int, w uint64) { binary.LittleEndian.PutUint64(b[i:i+8], w) }

// store4 is store8 for four bytes.
func store4(b []byte, i int, w uint32) { binary.LittleEndian.PutUint32(b[i:i+4], w) }

// special has the high bit set in the first byte of w that is a quote, a backslash or a control character. Bytes above that one
// may be marked wrongly, because the subtractions borrow; bytes below it never are.
func special(w uint64) uint64 { return marks(w) & highBits }

// marks is special with other bits that mean nothing.
func marks(w uint64) uint64 { return lowMarks(w) &^ w }

// lowMarks is marks for bytes that are ASCII; on others it says nothing.
func lowMarks(w uint64) uint64 {
	// Each subtraction sets the high bit of a byte that is found. The first one finds control characters and, because one bit is turned over, the
	// quote, which takes the place of the space.
	return ((w ^ ('"'^' ')*everyByte) - (' '+1)*everyByte) | ((w ^ slashes) - everyByte)
}

// plainEnd returns the index of the first byte of s, from i on, that is a quote, a backslash or a control character, and
// len(s) if there is none. high is not 0 if a byte on the way is not ASCII.
func plainEnd(s string, i int) (end int, high uint64) {
	for i+8 <= len(s) {
		w := load8(s, i)
		if found := special(w); found != 0 {
			return i + bits.TrailingZeros64(found)/8, high | w&highBits&(found&-found-1)
		}
		high |= w & highBits
		i += 8
	}
	for i < len(s) {
		c := s[i]
		if c == '"' || c == '\\' || c < ' ' {
			break
		}
		high |= uint64(c & 0x80)
		i++
	}
	return i, high
}

// text reads a string and decodes it. It returns whether there is a value: null leaves the text empty.
func (d *jsonReader) text(to *string) bool {
	if d.peek() != '"' {
		*to = ""
		return d.nullOr("a string")
	}
	d.pos = d.textAt(d.pos+1, to)
	return true
}

// textAt reads the string whose text begins at start and returns its end. This is the way of a string without escapes; any other one takes
// decodedString's.
func (d *jsonReader) textAt(start int, to *string) (end int) {
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
		if src[end] != '"' || d.copied || all&highBits != 0 && !validText(src[start:end]) {
			break
		}
		*to = src[start:end]
		return end + 1
	}
	d.pos = start - 1
	*to = d.decodedString()
	return d.pos
}

// stringValue is text for a string that is at hand.
func (d *jsonReader) stringValue() (s string) {
	d.text(&s)
	return s
}

// validText reports whether s is UTF-8. It is faster than utf8.ValidString where text is Chinese: two characters of three bytes each in one
// step.
func validText(s string) bool {
	for i := 0; i < len(s); {
		if i+8 <= len(s) {
			w := load8(s, i)
			if w&highBits == 0 {
				i += 8
				continue
			}
			if twoThrees(w) {
				i += 6
				continue
			}
		}
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			continue
		}
		if c&0xF0 == 0xE0 && wholeThree(c) && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
			i += 3
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return false
		}
		i += n
	}
	return true
}

// twoThrees reports whether the six lowest bytes of w are two characters of three bytes each. As for [wholeThree], E0 and ED are none.
func twoThrees(w uint64) bool {
	const (
		kinds = 0xC0C0F0_C0C0F0 // of each of six bytes, the bits that tell what it is
		three = 0x8080E0_8080E0 // two characters of three bytes
		each  = 0x01000001
	)
	last := uint32(w) & (0xF * each) // the last digits of the first bytes: each subtraction sets the high bit of one that is 0, or D
	return w&kinds == three && ((last-each)|((last^0xD*each)-each))&(0x80*each) == 0
}

// wholeThree reports whether every character of three bytes that begins with c is one: E0 can begin one that is longer than need be, and ED
// half of a surrogate pair.
func wholeThree(c byte) bool { return c != 0xE0 && c != 0xED }

// decodedString is text for any string; the opening quote is at hand.
func (d *jsonReader) decodedString() string {
	if text, end := d.shortDecoded(d.pos + 1); end > 0 {
		d.pos = end
		return text
	}
	body, escaped := d.stringBody()
	switch {
	case escaped:
		b := d.roomForText(len(body))
		start := b.Len()
		writeUnescaped(b, body)
		return b.String()[start:]
	case d.copied:
		return strings.Clone(body)
	}
	return body
}

// shortDecoded reads and decodes a string in one step, if its text is short, nothing is wrong with it, and more text follows. Otherwise the end
// is 0.
func (d *jsonReader) shortDecoded(start int) (text string, end int) {
	var short [256]byte
	src, n := d.src, 0
	var all uint64
	for i := start; i+8 <= len(src) && n <= len(short)-16; { // a word, or an escape of up to four bytes, fits in any case
		w := load8(src, i)
		store8(short[:], n, w)
		found := special(w)
		if found == 0 {
			all |= w
			i, n = i+8, n+8
			continue
		}
		all |= w & (found&-found - 1)
		plain := bits.TrailingZeros64(found) / 8
		i, n = i+plain, n+plain
		if src[i] != '\\' {
			if src[i] != '"' || all&highBits != 0 && !validText(src[start:i]) {
				break
			}
			b := d.roomForText(n)
			b.Write(short[:n])
			return b.String()[b.Len()-n:], i + 1
		}
		r, length := scanEscape(src, i)
		if length == 0 {
			break
		}
		n += utf8.EncodeRune(short[n:], r)
		i += length
	}
	return "", 0
}

// roomForText returns where n bytes of decoded text are to be written. It stands one behind the other, in a few pieces of memory for a whole
// document.
func (d *jsonReader) roomForText(n int) *strings.Builder {
	b := &d.texts
	if b.Cap()-b.Len() >= n && !d.copied {
		return b
	}
	const first, largest = 256, 64 << 10
	room := min(max(2*b.Cap(), first), largest, len(d.src)-d.pos+d.embedded.behind)
	if d.copied {
		room = n // each text in memory of its own
	}
	b.Reset()
	b.Grow(max(room, n))
	return b
}

// stringBody reads a string and returns what stands between its quotes, checked but not decoded.
func (d *jsonReader) stringBody() (body string, escaped bool) {
	start := d.pos + 1
	var high uint64
	for i := start; ; {
		end, bits := plainEnd(d.src, i)
		high |= bits
		if end == len(d.src) {
			d.failAt(end, "", "the string does not end")
			return "", false
		}
		switch d.src[end] {
		case '"':
			body = d.src[start:end]
			if high != 0 && !validText(body) {
				d.failAt(start+invalidAt(body), "", "invalid UTF-8")
				return "", false
			}
			d.pos = end + 1
			return body, escaped
		case '\\':
			_, n := scanEscape(d.src, end)
			if n == 0 {
				d.failAt(end, "", "an escape that JSON does not have")
				return "", false
			}
			escaped = true
			i = end + n
		default:
			d.failAt(end, "", controlName(d.src[end])+" inside a string")
			return "", false
		}
	}
}

// invalidAt returns the index of the first byte of s that is no part of UTF-8.
func invalidAt(s string) int {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(s)
}

// simpleEscapes holds what the escapes of one letter stand for; 0: the letter makes none.
var simpleEscapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// scanEscape decodes the escape that begins at s[i] and returns its length, 0 if it is none. Half of a surrogate pair is none.
func scanEscape(s string, i int) (r rune, n int) {
	if i+1 >= len(s) {
		return 0, 0
	}
	if c := simpleEscapes[s[i+1]]; c != 0 {
		return rune(c), 2
	}
	if s[i+1] == 'u' {
		return scanUnicodeEscape(s, i)
	}
	return 0, 0
}

// scanUnicodeEscape decodes \uXXXX or a pair of them.
func scanUnicodeEscape(s string, i int) (r rune, n int) {
	first, ok := hex4(s, i+2)
	if !ok || isLowSurrogate(first) {
		return 0, 0
	}
	if !isHighSurrogate(first) {
		return first, 6
	}
	if i+8 > len(s) || s[i+6] != '\\' || s[i+7] != 'u' {
		return 0, 0
	}
	second, ok := hex4(s, i+8)
	if !ok || !isLowSurrogate(second) {
		return 0, 0
	}
	return 0x10000 + (first-0xD800)<<10 + (second - 0xDC00), 12
}

func isHighSurrogate(r rune) bool { return 0xD800 <= r && r < 0xDC00 }
func isLowSurrogate(r rune) bool  { return 0xDC00 <= r && r < 0xE000 }

// hex4 decodes four hexadecimal digits.
func hex4(s string, i int) (rune, bool) {
	if i+4 > len(s) {
		return 0, false
	}
	var r rune
	for _, c := range []byte(s[i : i+4]) {
		switch {
		case isDigit(c):
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// writeUnescaped writes a string body that was checked before. It copies words of eight bytes, and the bytes behind a backslash again.
func writeUnescaped(b *strings.Builder, body string) {
	var part [256]byte
	n := 0
	for i := 0; i < len(body); {
		if n > len(part)-16 { // a word, or an escape of up to four bytes, fits in any case
			b.Write(part[:n])
			n = 0
		}
		if i+8 <= len(body) {
			w := load8(body, i)
			store8(part[:], n, w)
			other := w ^ slashes
			found := (other - everyByte) &^ other & highBits
			if found == 0 {
				i, n = i+8, n+8
				continue
			}
			plain := bits.TrailingZeros64(found) / 8
			i, n = i+plain, n+plain
		}
		if body[i] != '\\' {
			part[n] = body[i]
			i, n = i+1, n+1
			continue
		}
		r, length := scanEscape(body, i)
		if length == 0 {
			break // cannot happen to a checked body
		}
		n += utf8.EncodeRune(part[n:], r)
		i += length
	}
	b.Write(part[:n])
}

// appendUnescaped is writeUnescaped for a slice.
func appendUnescaped(dst []byte, body string) []byte {
	var b strings.Builder
	writeUnescaped(&b, body)
	return append(dst, b.String()...)
}
