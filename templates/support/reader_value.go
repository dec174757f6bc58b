package support

// This file reads single values: text, numbers, booleans and null, in the declared kind or in another one that the document says the
// vendor sends as well. Each function reads into the place that it is given; those whose name begins with opt read into a field that may
// be absent. None of them is to be inlined: a generated package calls them a thousand times.

import (
	"math/bits"
	"strings"
)

// integerType is every integer type of generated code.
type integerType interface {
	~int32 | ~int64 | ~uint32 | ~uint64
}

// null reads null. Only an n at hand makes it one.
func (d *jsonReader) null() bool {
	if strings.HasPrefix(d.src[d.pos:], "null") {
		d.pos += len("null")
		return true
	}
	d.unexpected("a value")
	return false
}

// nullOr takes null for a value that is absent and refuses everything else; want names what should have stood here.
func (d *jsonReader) nullOr(want string) {
	if d.peek() == 'n' {
		d.null()
		return
	}
	d.unexpected(want)
}

// absent reads null where a value may be absent.
func (d *jsonReader) absent() bool {
	if d.peek() != 'n' {
		return false
	}
	d.null()
	return true
}

// text reads a string; null leaves it empty.
func (d *jsonReader) text() string {
	if d.peek() == '"' {
		return d.stringValue()
	}
	d.nullOr("a string")
	return ""
}

//go:noinline
func readText[T ~string](to *T, d *jsonReader) { *to = T(d.text()) }

//go:noinline
func optText[T ~string](to *Opt[T], d *jsonReader) {
	set := d.peek() != 'n'
	to.value, to.set = T(d.text()), set
}

// textOrInt reads a string, or the digits of an integer in its place.
func (d *jsonReader) textOrInt() string {
	if d.strict || !d.atNumber() {
		return d.text()
	}
	text := d.integerText()
	d.lenient[leniencyIntForText]++
	if d.copied {
		text = strings.Clone(text)
	}
	return text
}

//go:noinline
func readTextOrInt[T ~string](to *T, d *jsonReader) { *to = T(d.textOrInt()) }

//go:noinline
func optTextOrInt[T ~string](to *Opt[T], d *jsonReader) {
	set := d.peek() != 'n'
	to.value, to.set = T(d.textOrInt()), set
}

// readInt reads an integer that has to fit into T; null leaves it 0.
func readInt[T integerType](to *T, d *jsonReader) {
	if v, ok := d.fewDigits(); ok {
		if t := T(v); t >= 0 && uint64(t) == v {
			*to = t
			return
		}
		d.fail(faultRange)
		return
	}
	*to = manyDigits[T](d)
}

// manyDigits is readInt for what fewDigits leaves.
func manyDigits[T integerType](d *jsonReader) T {
	if !d.atNumber() {
		d.nullOr("an integer")
		return 0
	}
	v, end, fault := scanInteger(d.src, d.pos)
	if fault != "" {
		d.failAt(end, "", fault)
		return 0
	}
	t, ok := fitInteger[T](v)
	if !ok {
		d.fail(faultRange)
		return 0
	}
	d.pos = end
	return t
}

//go:noinline
func optInt[T integerType](to *Opt[T], d *jsonReader) {
	to.set = d.peek() != 'n'
	readInt(&to.value, d)
}

// fewDigits reads an integer of 1 to 15 digits without a sign, and leaves all others, faulty ones among them, to manyDigits. It takes
// eight digits in one step.
func (d *jsonReader) fewDigits() (v uint64, ok bool) {
	i := d.pos
	if i+17 > len(d.src) {
		return 0, false
	}
	n := 0
	w, count := leadingDigits(load8(d.src, i))
	if count == 0 || count > 1 && d.src[i] == '0' {
		return 0, false
	}
	v, n = eightDigits(w<<(64-8*count)), count
	if count == 8 {
		w, count = leadingDigits(load8(d.src, i+8))
		if count == 8 {
			return 0, false
		}
		if count > 0 {
			v = v*powersOfTen[count] + eightDigits(w<<(64-8*count))
			n += count
		}
	}
	switch d.src[i+n] {
	case '.', 'e', 'E':
		return 0, false
	}
	d.pos = i + n
	return v, true
}

var powersOfTen = [8]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7}

// leadingDigits takes '0' off each byte of w and returns how many bytes from the first one on were digits.
func leadingDigits(w uint64) (values uint64, count int) {
	const zeros, sixes, upper = '0' * everyByte, 6 * everyByte, 0xF0 * everyByte
	values = w ^ zeros
	others := (values | (values + sixes)) & upper // a carry only spoils bytes behind one that is no digit
	return values, bits.TrailingZeros64(others) / 8
}

// eightDigits makes a number of eight values below 10, one in each byte, the first one lowest.
func eightDigits(values uint64) uint64 {
	const everySecond = 0x000000FF000000FF
	values = values*10 + values>>8 // pairs
	return (values&everySecond*(100+1000000<<32) + values>>16&everySecond*(1+10000<<32)) >> 32
}

//go:noinline
func readIntOrText[T integerType](to *T, d *jsonReader) {
	if d.strict || d.peek() != '"' {
		readInt(to, d)
		return
	}
	start := d.pos
	t, ok := textInteger[T](d.stringValue())
	if !ok {
		d.failAt(start, "", "want an integer, found a string with something else in it")
	}
	d.lenient[leniencyTextForInt]++
	*to = t
}

//go:noinline
func optIntOrText[T integerType](to *Opt[T], d *jsonReader) {
	to.set = d.peek() != 'n'
	readIntOrText(&to.value, d)
}

// textInteger converts a text that consists of one integer in JSON's spelling.
func textInteger[T integerType](text string) (T, bool) {
	v, end, fault := scanInteger(text, 0)
	if fault != "" || end != len(text) {
		return 0, false
	}
	return fitInteger[T](v)
}

// readFloat reads a number that has to fit into T; null leaves it 0.
func readFloat[T ~float32 | ~float64](to *T, d *jsonReader) {
	*to = 0
	if !d.atNumber() {
		d.nullOr("a number")
		return
	}
	start := d.pos
	v, ok := fitFloat[T](d.number())
	if !ok {
		d.failAt(start, "", faultRange)
	}
	*to = v
}

//go:noinline
func optFloat[T ~float32 | ~float64](to *Opt[T], d *jsonReader) {
	to.set = d.peek() != 'n'
	readFloat(&to.value, d)
}

// readBool reads true or false; null leaves it false.
func readBool(to *bool, d *jsonReader) {
	*to = false
	rest := d.src[d.pos:]
	switch {
	case strings.HasPrefix(rest, "true"):
		d.pos += len("true")
		*to = true
	case strings.HasPrefix(rest, "false"):
		d.pos += len("false")
	default:
		d.nullOr("true or false")
	}
}

//go:noinline
func optBool(to *Opt[bool], d *jsonReader) {
	to.set = d.peek() != 'n'
	readBool(&to.value, d)
}

// optValue reads a value of any other kind that may be absent.
func optValue[T any](to *Opt[T], d *jsonReader, read func(*T, *jsonReader)) {
	*to = Opt[T]{}
	if !d.absent() {
		to.set = true
		read(&to.value, d)
	}
}
