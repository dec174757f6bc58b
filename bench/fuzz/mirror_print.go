package fuzz

// The canonical form of what json/v2 has decoded.

import (
	"errors"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/msdkgen/msdkgen/internal/codectest"
)

// printer prints what was decoded in the canonical form.
type printer struct {
	mirror  *Mirror
	options json.Options
	b       strings.Builder
	err     error
}

func (p *printer) value(v reflect.Value, s *codectest.Shape) {
	if inner, ok := v.Interface().(deferred); ok {
		p.deferred(inner, s)
		return
	}
	if isSpecial(s) {
		v = v.Field(0)
	}
	switch s.Kind {
	case codectest.Bool:
		p.b.WriteString(strconv.FormatBool(v.Bool()))
	case codectest.Float:
		p.b.WriteString(codectest.PrintFloat(v.Float()))
	case codectest.Text:
		p.b.WriteString(strconv.Quote(v.String()))
	case codectest.IntOrText:
		if e := v.Interface().(either); e.IsNumber {
			p.b.WriteString(strconv.FormatInt(e.Number, 10))
		} else {
			p.b.WriteString(strconv.Quote(e.Text))
		}
	case codectest.Int:
		if v.CanUint() {
			p.b.WriteString(strconv.FormatUint(v.Uint(), 10))
			return
		}
		p.b.WriteString(strconv.FormatInt(v.Int(), 10))
	case codectest.Any:
		p.raw(v)
	case codectest.List, codectest.Map:
		p.many(v, s)
	case codectest.Object:
		p.object(v, s)
	}
}

// deferred decodes what could not be decoded at once.
func (p *printer) deferred(inner deferred, s *codectest.Shape) {
	if inner.Raw == nil {
		p.b.WriteString(codectest.Zero(s, codectest.Form{}))
		return
	}
	v := reflect.New(p.mirror.typeOf(s))
	if err := json.Unmarshal(inner.Raw, v.Interface(), p.options); err != nil {
		p.err = errors.Join(p.err, err)
		return
	}
	p.value(v.Elem(), s)
}

func (p *printer) raw(v reflect.Value) {
	raw := v.Interface().(jsontext.Value)
	if raw == nil || string(raw) == "null" {
		p.b.WriteString("nil")
		return
	}
	p.b.WriteString(strconv.Quote(string(raw)))
}

func (p *printer) many(v reflect.Value, s *codectest.Shape) {
	if v.IsNil() {
		p.b.WriteString("nil")
		return
	}
	if s.Kind == codectest.Map {
		entries := map[string]string{}
		for _, name := range v.MapKeys() {
			item := printer{mirror: p.mirror, options: p.options}
			item.value(v.MapIndex(name), s.Elem)
			entries[name.String()] = item.b.String()
			p.err = errors.Join(p.err, item.err)
		}
		codectest.PrintTable(&p.b, entries)
		return
	}
	p.b.WriteByte('[')
	for i := range v.Len() {
		p.value(v.Index(i), s.Elem)
		p.b.WriteByte(' ')
	}
	p.b.WriteByte(']')
}

func (p *printer) object(v reflect.Value, s *codectest.Shape) {
	p.b.WriteByte('{')
	for i := range s.Fields {
		f, value := &s.Fields[i], v.Field(i)
		if f.Code && value.IsNil() {
			p.err = errors.Join(p.err, errors.New("no result code"))
			return
		}
		if f.Go == "" {
			continue
		}
		p.b.WriteString(f.Go + "=")
		switch {
		case value.Kind() != reflect.Pointer:
			p.value(value, f.Shape)
		case value.IsNil():
			p.b.WriteByte('-')
		default:
			p.value(value.Elem(), f.Shape)
		}
		p.b.WriteByte(' ')
	}
	if s.Extra {
		p.extra(v.FieldByName("Extra").Interface().(jsontext.Value))
	}
	p.b.WriteByte('}')
}

// extra prints the members that the library keeps as one object.
func (p *printer) extra(all jsontext.Value) {
	if all == nil {
		all = jsontext.Value("{}")
	}
	n, err := Parse(string(all))
	if err != nil {
		p.err = errors.Join(p.err, err)
		return
	}
	names := make([]string, len(n.Names))
	for i := range n.Names {
		names[i] = n.Names[i].Text
	}
	codectest.PrintExtra(&p.b, names, func(_ string, i int) string { return n.Items[i].Raw }, codectest.Form{})
}

// Spells reports whether the library's tags can spell all names of a type: some characters have no place in a tag.
func Spells(s *codectest.Shape) bool { return spells(s, map[*codectest.Shape]bool{}) }

func spells(s *codectest.Shape, seen map[*codectest.Shape]bool) bool {
	if s == nil || seen[s] {
		return true
	}
	seen[s] = true
	for i := range s.Fields {
		if f := &s.Fields[i]; strings.ContainsAny(f.Wire, ",\\'\"`") || !spells(f.Shape, seen) {
			return false
		}
	}
	return spells(s.Elem, seen)
}
