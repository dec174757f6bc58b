package codectest

// The model of single values, and of values that are not there.

import (
	"strconv"
	"strings"
)

// single prints a value that holds no others.
func (r *reading) single(b *strings.Builder, n *Node, s *Shape, at *place) {
	switch s.Kind {
	case Text:
		r.text(b, n, s, at)
	case Int:
		r.integer(b, n, s, at)
	case IntOrText:
		if n.Kind == '"' {
			b.WriteString(strconv.Quote(n.Text))
			return
		}
		r.integer(b, n, &Shape{Kind: Int}, at)
	case Bool:
		if n.Kind != 't' && n.Kind != 'f' {
			r.unlike(n, at, "want true or false")
		}
		b.WriteString(n.Raw)
	case Float:
		v, err := strconv.ParseFloat(n.Raw, 64)
		if n.Kind != '0' || err != nil {
			r.unlike(n, at, "want a number in range")
		}
		b.WriteString(PrintFloat(v))
	}
}

func (r *reading) text(b *strings.Builder, n *Node, s *Shape, at *place) {
	switch {
	case n.Kind == '"':
		b.WriteString(strconv.Quote(n.Text))
	case n.Kind == '0' && s.TakesInt && integral(n.Raw):
		r.to.Lenient++
		b.WriteString(strconv.Quote(n.Raw))
	default:
		r.unlike(n, at, "want a string")
	}
}

func (r *reading) integer(b *strings.Builder, n *Node, s *Shape, at *place) {
	text := n.Raw
	switch {
	case n.Kind == '"' && s.TakesText:
		text = n.Text
		r.to.Lenient++
	case n.Kind != '0':
		r.unlike(n, at, "want an integer")
	}
	printed, ok := integer(text, s)
	if !ok {
		r.unlike(n, at, "want an integer in range")
	}
	b.WriteString(printed)
}

// integral reports whether a text is an integer as JSON spells it.
func integral(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	return digits != "" && strings.Trim(digits, "0123456789") == "" && (digits == "0" || digits[0] != '0')
}

// integer returns the value of a text that is an integer in the range of s.
func integer(text string, s *Shape) (string, bool) {
	if !integral(text) {
		return "", false
	}
	bits := s.Bits
	if bits != 32 {
		bits = 64
	}
	if s.Unsigned {
		v, err := strconv.ParseUint(text, 10, bits)
		return strconv.FormatUint(v, 10), err == nil
	}
	v, err := strconv.ParseInt(text, 10, bits)
	return strconv.FormatInt(v, 10), err == nil
}

// PrintFloat prints a number.
func PrintFloat(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// absent prints a field that was not in the text.
func absent(f *Field, form Form) string {
	switch {
	case f.Optional():
		return "-"
	case !f.Plain:
		return "nil"
	}
	return Zero(f.Shape, form)
}

// Zero prints the zero value, which is what null means everywhere else.
func Zero(s *Shape, form Form) string {
	switch s.Kind {
	case Text, IntOrText:
		return `""`
	case Int, Float:
		return "0"
	case Bool:
		return "false"
	case List:
		if form.Written {
			return "[]"
		}
		return "nil"
	case Map:
		if form.Written {
			return "{}"
		}
		return "nil"
	case Any:
		return "nil"
	}
	var b strings.Builder
	b.WriteByte('{')
	for i := range s.Fields {
		if f := &s.Fields[i]; f.Go != "" {
			b.WriteString(f.Go + "=" + absent(f, form) + " ")
		}
	}
	if s.Extra {
		b.WriteString("; ")
	}
	b.WriteByte('}')
	return b.String()
}
