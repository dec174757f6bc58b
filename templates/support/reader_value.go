package support

// This file reads single values: text, numbers, booleans and null, in the declared kind or in another one that the document says the
// vendor sends as well. Each method reads into the place that it is given, and returns whether there is a value: null leaves the place at
// zero, and a field that may be absent unset. The generic functions are for the types that are rarer.

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

// nullOr takes null for a value that is absent and refuses everything else; want names what should have stood here. It returns false, as
// there is no value either way.
func (d *jsonReader) nullOr(want string) bool {
	if d.peek() == 'n' {
		d.null()
	} else {
		d.unexpected(want)
	}
	return false
}

// textOrInt reads a string, or the digits of an integer in its place.
func (d *jsonReader) textOrInt(to *string) bool {
	if d.strict || !d.atNumber() {
		return d.text(to)
	}
	*to = d.integerText()
	d.lenient[leniencyIntForText]++
	if d.copied {
		*to = strings.Clone(*to)
	}
	return true
}

// int reads an integer.
func (d *jsonReader) int(to *int64) bool {
	if v, end := fewDigits(d.src, d.pos); end > 0 {
		*to, d.pos = int64(v), end
		return true
	}
	return readInt(to, d)
}

// readInt is int for any type that the integer has to fit into.
func readInt[T integerType](to *T, d *jsonReader) bool {
	*to = 0
	if !d.atNumber() {
		return d.nullOr("an integer")
	}
	v, end, fault := scanInteger(d.src, d.pos)
	if fault != "" {
		d.failAt(end, "", fault)
		return false
	}
	t, ok := fitInteger[T](v)
	if !ok {
		d.fail(faultRange)
		return false
	}
	d.pos = end
	*to = t
	return true
}

// fewDigits reads the integer of 1 to 15 digits without a sign that begins at i, and returns its end. All others, faulty ones among them,
// it leaves to readInt: the end is then 0. It takes eight digits in one step.
func fewDigits(src string, i int) (v uint64, end int) {
	if i+17 > len(src) {
		return 0, 0
	}
	w, count := leadingDigits(load8(src, i))
	if count == 0 || count > 1 && src[i] == '0' {
		return 0, 0
	}
	v, end = eightDigits(w<<(64-8*count)), i+count
	if count == 8 {
		w, count = leadingDigits(load8(src, i+8))
		if count == 8 {
			return 0, 0
		}
		if count > 0 {
			v = v*powersOfTen[count] + eightDigits(w<<(64-8*count))
			end += count
		}
	}
	switch src[end] {
	case '.', 'e', 'E':
		return 0, 0
	}
	return v, end
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

// intOrText reads an integer, or a string with nothing but an integer in it.
func (d *jsonReader) intOrText(to *int64) bool {
	if d.strict || d.peek() != '"' {
		return d.int(to)
	}
	return readIntOrText(to, d)
}

// readIntOrText is intOrText for any type that the integer has to fit into.
func readIntOrText[T integerType](to *T, d *jsonReader) bool {
	if d.strict || d.peek() != '"' {
		return readInt(to, d)
	}
	if v, end := fewDigits(d.src, d.pos+1); end > 0 && d.src[end] == '"' && uint64(T(v)) == v {
		*to, d.pos = T(v), end+1
		d.lenient[leniencyTextForInt]++
		return true
	}
	start := d.pos
	t, ok := textInteger[T](d.stringValue())
	if !ok {
		d.failAt(start, "", "want an integer, found a string with something else in it")
	}
	d.lenient[leniencyTextForInt]++
	*to = t
	return true
}

// textInteger converts a text that consists of one integer in JSON's spelling.
func textInteger[T integerType](text string) (T, bool) {
	v, end, fault := scanInteger(text, 0)
	if fault != "" || end != len(text) {
		return 0, false
	}
	return fitInteger[T](v)
}

// float reads a number.
func (d *jsonReader) float(to *float64) bool {
	*to = 0
	if !d.atNumber() {
		return d.nullOr("a number")
	}
	start := d.pos
	v, ok := fitFloat[float64](d.number())
	if !ok {
		d.failAt(start, "", faultRange)
	}
	*to = v
	return true
}

// bool reads true or false.
func (d *jsonReader) bool(to *bool) bool {
	*to = false
	rest := d.src[d.pos:]
	switch {
	case strings.HasPrefix(rest, "true"):
		d.pos += len("true")
		*to = true
	case strings.HasPrefix(rest, "false"):
		d.pos += len("false")
	default:
		return d.nullOr("true or false")
	}
	return true
}

// optValue reads a value of any other kind that may be absent.
func optValue[T any](to *Opt[T], d *jsonReader, read func(*T, *jsonReader)) {
	*to = Opt[T]{}
	if d.peek() == 'n' {
		d.null()
		return
	}
	to.set = true
	read(&to.value, d)
}

// The functions that follow read single values as items.

func itemText[T ~string](to *T, d *jsonReader) { *to = T(d.stringValue()) }

func itemTextOrInt[T ~string](to *T, d *jsonReader) {
	var s string
	d.textOrInt(&s)
	*to = T(s)
}

func itemInt[T integerType](to *T, d *jsonReader) { readInt(to, d) }

func itemIntOrText[T integerType](to *T, d *jsonReader) { readIntOrText(to, d) }

func itemFloat(to *float64, d *jsonReader) { d.float(to) }

func itemBool(to *bool, d *jsonReader) { d.bool(to) }
