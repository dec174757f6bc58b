package support

// This file reads objects the short way: members in the order of the document, without white space, as nearly every sender writes them. Each
// name is then compared with one constant. Whatever else a sender may do ends the short way, and the object is read on from there by the
// walk in reader_object.go. It is apart because only the decoders of types that fill lists have this way: large bodies are lists.

import "math/bits"

// after returns where the value behind key begins if key stands at p, and 0 if it does not. The value is not beyond the end of the text.
func after(src string, p int, key string) int {
	if q := p + len(key); p >= 0 && q < len(src) && src[p:q] == key {
		return q
	}
	return 0
}

// after2 is after for a key of 9 to 16 bytes, cut behind the eighth: the compiler makes one comparison of a constant of up to eight bytes, and a call
// of a longer one.
func after2(src string, p int, a, b string) int {
	if q := p + len(a) + len(b); p >= 0 && q < len(src) && src[p:p+len(a)] == a && src[p+len(a):q] == b {
		return q
	}
	return 0
}

// after3 is after2 for 17 to 24 bytes.
func after3(src string, p int, a, b, c string) int {
	if q := p + len(a) + len(b) + len(c); p >= 0 && q < len(src) && src[p:p+len(a)] == a && src[p+len(a):q-len(c)] == b && src[q-len(c):q] == c {
		return q
	}
	return 0
}

// pastComma moves from the end of a value to the next name. Without a comma there is none: the end is then returned as a negative number.
func pastComma(src string, p int) int {
	if p < len(src) && src[p] == ',' {
		return p + 1
	}
	return -p
}

// enter enters an object that is read the short way. It returns the text, and where the first name has to stand; for everything else no
// text, in which after finds no name.
func (d *jsonReader) enter() (src string, p int) {
	if d.peek() != '{' || !d.descend() {
		return "", 0
	}
	return d.src, d.pos + 1
}

// ended ends the short way at p, with the fields that were seen. It returns whether nothing is left for the walk: the object has ended as
// well, or there was an error.
func (d *jsonReader) ended(m *members, p int, seen uint64) bool {
	if p == 0 {
		return false // nothing was entered
	}
	if d.err != nil {
		return true
	}
	m.set.first.named, m.field = seen, bits.Len64(seen)-1
	if p > 0 { // the walk begins with what stands in front of a name
		d.pos = p - 1
		m.before = d.src[d.pos]
		return false
	}
	if d.pos = -p; d.peek() == '}' {
		d.ascend()
		d.require(m)
		return true
	}
	m.before = ','
	return false
}

// intAt reads the integer whose first digit stands at start and returns its end.
func (d *jsonReader) intAt(start int, to *int64) (end int) {
	if end = start + 1; end < len(d.src) && (d.src[end] == ',' || d.src[end] == '}') {
		*to = int64(d.src[start] - '0')
		return end
	}
	if v, end := fewDigits(d.src, start); end > 0 {
		*to = int64(v)
		return end
	}
	d.pos = start
	readInt(to, d)
	return d.pos
}

// valueAt moves to the value at start, unless it is null or has white space in front: only the walk reads those.
func (d *jsonReader) valueAt(start int) bool {
	if c := d.src[start]; c <= ' ' || c == 'n' {
		return false
	}
	d.pos = start
	return true
}
