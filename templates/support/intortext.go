package support

// A value that is an integer or text, whichever its sender chose. It is apart because only documents with such values need it.

import "strconv"

// IntOrText is an integer or text: JSON has both, and the vendor takes both in one place. The zero value is the empty text, which
// stands for no value where one is required. Two of them are equal, with ==, if they hold the same value of the same kind.
type IntOrText struct {
	text   string
	number int64
	isInt  bool
}

// IntValue returns an IntOrText that travels as a number.
func IntValue(v int64) IntOrText { return IntOrText{number: v, isInt: true} }

// TextValue returns an IntOrText that travels as a string.
func TextValue(v string) IntOrText { return IntOrText{text: v} }

// Int returns the integer and whether there is one: digits in a text are none.
func (v IntOrText) Int() (int64, bool) { return v.number, v.isInt }

// Text returns the text and whether there is one. The empty text counts as one.
func (v IntOrText) Text() (string, bool) { return v.text, !v.isInt }

// IsZero reports the empty text.
func (v IntOrText) IsZero() bool { return v == IntOrText{} }

// String returns the integer in decimal digits, or the text.
func (v IntOrText) String() string {
	if v.isInt {
		return strconv.FormatInt(v.number, 10)
	}
	return v.text
}

// AppendJSON appends v to dst as a JSON number or string.
func (v *IntOrText) AppendJSON(dst []byte) []byte { return appendIntOrText(dst, *v) }

// MarshalJSON implements [encoding/json.Marshaler].
func (v IntOrText) MarshalJSON() ([]byte, error) { return appendIntOrText(nil, v), nil }

// UnmarshalJSON implements [encoding/json.Unmarshaler]; its errors are of type *[DecodeError].
func (v *IntOrText) UnmarshalJSON(text []byte) error { return unmarshal(text, v) }

// readJSON reads an integer or a string; null leaves it empty. Neither is a leniency: the document has both.
func (v *IntOrText) readJSON(d *jsonReader) {
	*v = IntOrText{}
	switch {
	case d.atNumber():
		v.isInt = true
		d.int(&v.number)
	case d.peek() == '"':
		v.text = d.stringValue()
	default:
		d.nullOr("an integer or a string")
	}
}

func appendIntOrText(dst []byte, v IntOrText) []byte {
	if v.isInt {
		return appendInt(dst, v.number)
	}
	return appendText(dst, v.text)
}

func intOrTextField(dst []byte, key string, v IntOrText) []byte {
	return append(appendIntOrText(append(dst, key...), v), ',')
}

func optIntOrTextField(dst []byte, key string, set bool, v IntOrText) []byte {
	if !set {
		return dst
	}
	return intOrTextField(dst, key, v)
}
