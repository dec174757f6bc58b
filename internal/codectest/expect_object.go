package codectest

// The model of objects: which member is which, what is repeated, what is missing, what nobody declared.

import (
	"strconv"
	"strings"
)

func (r *reading) object(b *strings.Builder, n *Node, s *Shape, at *place) {
	switch {
	case n.Kind == '"' && s.TakesEmbedded:
		r.to.Lenient++
		inner := *s
		inner.TakesEmbedded = false
		r.embedded(b, n, &inner, at)
		return
	case n.Kind == '[' && s.EmptyList:
		r.enter(n, at)
		if len(n.Items) > 0 {
			r.unlike(n.Items[0], at.item(0), "want an empty list")
		}
		r.to.Lenient++
		r.depth--
	case n.Kind != '{':
		r.unlike(n, at, "want an object")
	default:
		r.enter(n, at)
	}
	w := walk{reading: r, shape: s, at: at, values: make([]string, len(s.Fields)), met: make([]met, len(s.Fields))}
	for i, item := range n.Items { // none of an empty list
		w.member(n.Names[i], item)
	}
	if n.Kind == '{' {
		r.depth--
	}
	w.require(n)
	w.print(b)
}

// walk is the walk through one object.
type walk struct {
	*reading
	shape  *Shape
	at     *place
	values []string
	met    []met
	extra  []Name // unknown members, kept or not
	raw    []string
}

type met uint8

const (
	isNull met = iota + 1
	isThere
)

func (w *walk) member(name Name, item *Node) {
	i := 0
	for i < len(w.shape.Fields) && w.shape.Fields[i].Wire != name.Text {
		i++
	}
	if i == len(w.shape.Fields) {
		w.unknown(name, item)
		return
	}
	f := &w.shape.Fields[i]
	if w.met[i] != 0 {
		w.reject(name.Start, name.End, w.at.member(f.Wire), "repeated")
	}
	at := w.at.member(name.Raw) // a path repeats a name as it is written
	w.met[i] = isThere
	if item.Kind == 'n' {
		w.met[i] = isNull
	}
	if f.Go == "" {
		w.filled(f, item, at)
		return
	}
	w.values[i] = w.field(f, item, at)
}

// field prints the value of a field.
func (w *walk) field(f *Field, item *Node, at *place) string {
	if item.Kind == 'n' && !f.Plain {
		return absent(f, w.form)
	}
	var b strings.Builder
	w.value(&b, item, f.Shape, at)
	return b.String()
}

// filled checks a member that the client fills: no field takes it.
func (w *walk) filled(f *Field, item *Node, at *place) {
	s := f.Shape
	switch {
	case item.Kind == 'n':
	case f.Const != "":
		w.skip(item, at)
		same := item.Raw == f.Const
		if item.Kind == '"' && f.Const[0] == '"' {
			same = strconv.Quote(item.Text) == f.Const
		}
		if !same {
			w.broken("const", at)
		}
	case s.Kind == Int && item.Kind == '0':
		if s.TakesText { // read as any other integer would be; otherwise its digits are counted by nobody
			w.single(new(strings.Builder), item, &Shape{Kind: Int}, at)
		} else if !integral(item.Raw) {
			w.unlike(item, at, "want an integer")
		}
	default:
		w.single(new(strings.Builder), item, s, at)
	}
}

func (w *walk) unknown(name Name, item *Node) {
	at := w.at.member("") // printed as a question mark: the name may be a secret
	if w.shape.Closed {
		w.broken("additionalProperties", at)
	}
	for _, before := range w.extra {
		w.to.Raised = w.to.Raised || before.Text == name.Text
	}
	w.extra = append(w.extra, name)
	w.raw = append(w.raw, item.Raw)
	w.skip(item, at)
}

// require looks for what is missing; n is the object. What null stands for requires nothing.
func (w *walk) require(n *Node) {
	for i := range w.shape.Fields {
		f := &w.shape.Fields[i]
		if w.met[i] != isThere && f.Code {
			w.reject(n.End-1, n.End-1, w.at.member(f.Wire), "no result code")
		}
	}
	for i := range w.shape.Fields {
		f := &w.shape.Fields[i]
		if w.met[i] != isThere && f.Required {
			w.broken("required", w.at.member(f.Wire))
		}
	}
}

func (w *walk) print(b *strings.Builder) {
	b.WriteByte('{')
	for i := range w.shape.Fields {
		f := &w.shape.Fields[i]
		if f.Go == "" {
			continue
		}
		value := w.values[i]
		if w.met[i] == 0 {
			value = absent(f, w.form)
		}
		b.WriteString(f.Go + "=" + value + " ")
	}
	if w.shape.Extra {
		names := make([]string, len(w.extra))
		for i, name := range w.extra {
			names[i] = name.Text
		}
		PrintExtra(b, names, func(name string, i int) string { return w.raw[i] }, w.form)
	}
	b.WriteByte('}')
}

// PrintExtra prints unknown members. value returns the one at an index.
func PrintExtra(b *strings.Builder, names []string, value func(name string, i int) string, form Form) {
	b.WriteString("; ")
	last := map[string]int{}
	for i, name := range names {
		last[name] = i
	}
	for i, name := range names {
		b.WriteString(strconv.Quote(name))
		if form.EveryExtra || last[name] == i {
			b.WriteString("=" + strconv.Quote(value(name, i)))
		}
		b.WriteByte(' ')
	}
}
