package support

// This file reads single values: text, numbers, booleans and null, in the declared kind or in another one that the document
// says the vendor sends as well. The generic forms are for declared types, the methods for Go's own.

import "strings"

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

// text reads a string; null leaves it empty.
func (d *jsonReader) text() string {
	if d.peek() == '"' {
		return d.stringValue()
	}
	d.nullOr("a string")
	return ""
}

// readText is text for a declared string type.
func readText[T ~string](d *jsonReader) T { return T(d.text()) }

// textOrInt reads a string, or the digits of an integer in its place.
func (d *jsonReader) textOrInt() string {
	if d.strict || !d.atNumber() {
		return d.text()
	}
	text := d.integerText()
	d.lenient[leniencyIntForText]++
	return text
}

// readTextOrInt is textOrInt for a declared string type.
func readTextOrInt[T ~string](d *jsonReader) T { return T(d.textOrInt()) }

// int reads an integer; null leaves it 0.
func (d *jsonReader) int() int64 { return readInt[int64](d) }

// readInt reads an integer that has to fit into T; null leaves it 0.
func readInt[T integerType](d *jsonReader) T {
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

// intOrText reads an integer, or a string with nothing but an integer in it.
func (d *jsonReader) intOrText() int64 { return readIntOrText[int64](d) }

// readIntOrText is intOrText for a declared integer type.
func readIntOrText[T integerType](d *jsonReader) T {
	if d.strict || d.peek() != '"' {
		return readInt[T](d)
	}
	start := d.pos
	t, ok := textInteger[T](d.stringValue())
	if !ok {
		d.failAt(start, "", "want an integer, found a string with something else in it")
	}
	d.lenient[leniencyTextForInt]++
	return t
}

// textInteger converts a text that consists of one integer in JSON's spelling.
func textInteger[T integerType](text string) (T, bool) {
	v, end, fault := scanInteger(text, 0)
	if fault != "" || end != len(text) {
		return 0, false
	}
	return fitInteger[T](v)
}

// float reads a number; null leaves it 0.
func (d *jsonReader) float() float64 { return readFloat[float64](d) }

// readFloat reads a number that has to fit into T; null leaves it 0.
func readFloat[T ~float32 | ~float64](d *jsonReader) T {
	if !d.atNumber() {
		d.nullOr("a number")
		return 0
	}
	start := d.pos
	v, ok := fitFloat[T](d.number())
	if !ok {
		d.failAt(start, "", faultRange)
	}
	return v
}

// bool reads true or false; null leaves it false.
func (d *jsonReader) bool() bool {
	rest := d.src[d.pos:]
	switch {
	case strings.HasPrefix(rest, "true"):
		d.pos += len("true")
		return true
	case strings.HasPrefix(rest, "false"):
		d.pos += len("false")
		return false
	}
	d.nullOr("true or false")
	return false
}
