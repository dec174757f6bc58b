package fuzz

// A third opinion: structs for json/v2, made by reflection from the shapes, decoded by the library as anybody would. What the document allows beyond
// JSON's own rules is a function for the types that it concerns, and everything else is the library's.

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/msdkgen/msdkgen/internal/codectest"
)

// Mirror decodes with json/v2 into a struct that has the members of a generated type.
type Mirror struct {
	types   map[*codectest.Shape]reflect.Type
	special map[reflect.Type]*codectest.Shape // types of the form struct{V T} with a way of their own
	making  map[*codectest.Shape]bool
	number  int
}

// NewMirror returns a mirror of no types; they are made when they are asked for.
func NewMirror() *Mirror {
	return &Mirror{
		types: map[*codectest.Shape]reflect.Type{}, special: map[reflect.Type]*codectest.Shape{}, making: map[*codectest.Shape]bool{},
	}
}

// Decode returns the canonical form of what a text means. repeated allows repeated names.
func (m *Mirror) Decode(s *codectest.Shape, text string, repeated bool) (string, error) {
	v := reflect.New(m.typeOf(s))
	options := m.options(repeated)
	if err := json.Unmarshal([]byte(text), v.Interface(), options); err != nil {
		return "", err
	}
	p := printer{mirror: m, options: options}
	p.value(v.Elem(), s)
	return p.b.String(), p.err
}

func (m *Mirror) options(repeated bool) json.Options {
	var options json.Options
	hook := json.UnmarshalFromFunc(func(d *jsontext.Decoder, v any) error {
		target := reflect.ValueOf(v)
		if target.Kind() != reflect.Pointer {
			return errors.ErrUnsupported
		}
		s := m.special[target.Elem().Type()]
		if s == nil {
			return errors.ErrUnsupported
		}
		return m.read(d, target.Elem().Field(0), s, options)
	})
	options = json.JoinOptions(json.WithUnmarshalers(hook), jsontext.AllowDuplicateNames(repeated))
	return options
}

// isSpecial reports whether a shape needs more than the library's own way.
func isSpecial(s *codectest.Shape) bool {
	return s.TakesText || s.TakesInt || s.TakesEmbedded || s.EmptyList || s.Embedded || s.Comma || s.Single || s.Limit > 0 || s.Kind == codectest.IntOrText
}

// deferred is an object inside of its own type: Go cannot make such a type by reflection.
type deferred struct{ Raw jsontext.Value }

// UnmarshalJSONFrom implements json.UnmarshalerFrom.
func (v *deferred) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	raw, err := d.ReadValue()
	v.Raw = raw.Clone()
	return err
}

// typeOf returns the type for a shape.
func (m *Mirror) typeOf(s *codectest.Shape) reflect.Type {
	if t := m.types[s]; t != nil {
		return t
	}
	if m.making[s] {
		return reflect.TypeFor[deferred]()
	}
	m.making[s] = true
	t := m.plainType(s)
	if isSpecial(s) {
		m.number++ // a type of its own, whatever it holds
		t = reflect.StructOf([]reflect.StructField{
			{Name: "V", Type: t}, {Name: "X" + strconv.Itoa(m.number), Type: reflect.TypeFor[[0]int](), Tag: `json:"-"`},
		})
		m.special[t] = s
	}
	delete(m.making, s)
	m.types[s] = t
	return t
}

func (m *Mirror) plainType(s *codectest.Shape) reflect.Type {
	switch s.Kind {
	case codectest.Bool:
		return reflect.TypeFor[bool]()
	case codectest.Float:
		return reflect.TypeFor[float64]()
	case codectest.Text:
		return reflect.TypeFor[string]()
	case codectest.IntOrText:
		return reflect.TypeFor[either]()
	case codectest.Int:
		return intType(s)
	case codectest.List:
		return reflect.SliceOf(m.typeOf(s.Elem))
	case codectest.Map:
		return reflect.MapOf(reflect.TypeFor[string](), m.typeOf(s.Elem))
	case codectest.Object:
		return m.structType(s)
	}
	return reflect.TypeFor[jsontext.Value]()
}

func intType(s *codectest.Shape) reflect.Type {
	switch {
	case s.Bits == 32 && s.Unsigned:
		return reflect.TypeFor[uint32]()
	case s.Bits == 32:
		return reflect.TypeFor[int32]()
	case s.Unsigned:
		return reflect.TypeFor[uint64]()
	}
	return reflect.TypeFor[int64]()
}

// either is an integer or a text.
type either struct {
	Number   int64
	Text     string
	IsNumber bool
}

// structType makes a struct. Field i of the shape is field i of the struct.
func (m *Mirror) structType(s *codectest.Shape) reflect.Type {
	var fields []reflect.StructField
	for i := range s.Fields {
		f := &s.Fields[i]
		t := m.fieldType(f)
		fields = append(fields, reflect.StructField{Name: "F" + strconv.Itoa(i), Type: t, Tag: reflect.StructTag("json:" + strconv.Quote(f.Wire))})
	}
	if s.Extra {
		fields = append(fields, reflect.StructField{Name: "Extra", Type: reflect.TypeFor[jsontext.Value](), Tag: `json:",embed"`})
	}
	return reflect.StructOf(fields)
}

func (m *Mirror) fieldType(f *codectest.Field) reflect.Type {
	switch {
	case f.Const != "":
		return reflect.TypeFor[jsontext.Value]()
	case f.Go == "" && f.Shape.Kind == codectest.Int && !f.Shape.TakesText:
		return reflect.TypeFor[digits]() // no field takes it, so that it may be of any size
	case f.Optional() || f.Code:
		return reflect.PointerTo(m.typeOf(f.Shape))
	}
	return m.typeOf(f.Shape)
}

// digits is an integer of any size.
type digits struct{}

// UnmarshalJSONFrom implements json.UnmarshalerFrom.
func (*digits) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	raw, err := d.ReadValue()
	if err == nil && raw.Kind() != 'n' && (raw.Kind() != '0' || strings.ContainsAny(string(raw), ".eE")) {
		err = fmt.Errorf("want an integer")
	}
	return err
}
