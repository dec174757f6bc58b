package support

// This file reads and writes lists that travel as one string, items joined with commas. It is apart because it is the one place
// where text and integers share a function, which takes reflection: rare, and never on the way of an ordinary body.

import (
	"reflect"
	"strconv"
	"strings"
)

// listPart is what may stand between the commas.
type listPart interface {
	~string | integerType
}

// readCommaList reads such a list; null makes it nil. The empty string is the empty list.
func readCommaList[T listPart](to *[]T, d *jsonReader) {
	*to = nil
	if d.peek() != '"' {
		d.nullOr("a string with a list in it")
		return
	}
	start := d.pos
	text := d.stringValue()
	items := []T{}
	if text != "" {
		n := strings.Count(text, ",") + 1
		d.charge(n * sizeOf((*T)(nil)))
		if d.err != nil {
			return
		}
		items = make([]T, 0, n)
	}
	for more := text != ""; more && d.err == nil; {
		var part string
		part, text, more = strings.Cut(text, ",")
		v, ok := parsePart[T](part)
		if !ok {
			d.failAt(start, "", "item "+strconv.Itoa(len(items))+" of the list in the string is no integer that fits")
			return
		}
		items = append(items, v)
	}
	*to = items
}

// parsePart converts one part: text as it stands, or an integer in JSON's spelling.
func parsePart[T listPart](text string) (t T, ok bool) {
	v := reflect.ValueOf(&t).Elem()
	switch {
	case v.Kind() == reflect.String:
		v.SetString(text)
		return t, true
	case v.CanInt():
		n, ok := textInteger[int64](text)
		if !ok || v.OverflowInt(n) {
			return t, false
		}
		v.SetInt(n)
	default:
		n, ok := textInteger[uint64](text)
		if !ok || v.OverflowUint(n) {
			return t, false
		}
		v.SetUint(n)
	}
	return t, true
}

// appendComma appends such a list; nil is written as the empty string.
func appendComma[T listPart](dst []byte, items []T) []byte {
	var joined []byte
	for i, item := range items {
		if i > 0 {
			joined = append(joined, ',')
		}
		switch v := reflect.ValueOf(item); {
		case v.Kind() == reflect.String:
			joined = append(joined, v.String()...)
		case v.CanInt():
			joined = strconv.AppendInt(joined, v.Int(), 10)
		default:
			joined = strconv.AppendUint(joined, v.Uint(), 10)
		}
	}
	return appendText(dst, string(joined))
}

func writeComma[T listPart](v *[]T, dst []byte) []byte { return appendComma(dst, *v) }

// noComma reports the first item that such a list cannot hold, because it has a comma of its own.
func noComma[T ~string](c *checker, name string, items []T) {
	for i, item := range items {
		if strings.Contains(string(item), ",") {
			c.add(name, "list", "item "+strconv.Itoa(i)+" has a comma in it, and commas separate the items")
			return
		}
	}
}
