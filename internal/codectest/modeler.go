package codectest

// From the types of the model to shapes. Apart from shape.go, which is what everything else here looks at.

import (
	"slices"
	"strconv"

	"github.com/msdkgen/msdkgen/generator/ir"
)

type modeler struct {
	structs map[string]*ir.Type
	codes   map[*ir.Type]string
	made    map[*ir.Type]*Shape // a type may contain itself
	later   []func()            // what has to wait until every shape is made
}

func (m *modeler) shape(t *ir.Type) *Shape {
	if s := m.made[t]; s != nil {
		return s
	}
	s := new(Shape)
	m.made[t] = s
	m.fill(s, t)
	return s
}

func (m *modeler) fill(s *Shape, t *ir.Type) {
	s.Bits, s.Unsigned, s.Embedded = t.Bits, t.Unsigned, t.Embedded
	s.accept(t.Accept)
	s.TakesEmbedded = t.AcceptEmbedded
	s.limit(t.Rules)
	switch kind := t.Kind; kind {
	case ir.KindBool:
		s.Kind = Bool
	case ir.KindInt:
		s.Kind = Int
	case ir.KindFloat:
		s.Kind = Float
	case ir.KindString:
		s.Kind = Text
	case ir.KindEnum:
		if s.Kind = Text; t.Base == ir.KindInt {
			s.Kind = Int
		}
	case ir.KindUnion:
		s.Kind = IntOrText
	case ir.KindList:
		s.Kind, s.Elem, s.Comma, s.Single = List, m.shape(t.Elem), t.Comma, t.Single
	case ir.KindMap:
		s.Kind, s.Elem = Map, m.shape(t.Elem)
	case ir.KindStruct:
		s.Kind, s.EmptyList, s.Extra, s.Closed = Object, t.EmptyList, t.Extra, t.Closed
		for _, f := range t.Fields {
			if f.In == ir.InBody {
				s.Fields = append(s.Fields, m.field(f, m.codes[t]))
			}
		}
	}
}

// field says what a member adds to its type.
func (m *modeler) field(f *ir.Field, code string) Field {
	field := Field{
		Wire: f.Name.Spec, Go: f.Name.Go, Shape: m.shape(f.Type), Plain: f.Plain(), Required: f.Required, Code: f.Name.Spec == code,
	}
	if len(f.Accept) > 0 || f.AcceptEmbedded || len(f.Rules) > 0 {
		own, base := new(Shape), field.Shape
		m.later = append(m.later, func() {
			*own = *base
			if len(f.Accept) > 0 {
				own.TakesText, own.TakesInt = false, false
				own.accept(f.Accept)
			}
			own.TakesEmbedded = own.TakesEmbedded || f.AcceptEmbedded
			own.limit(f.Rules)
		})
		field.Shape = own
	}
	if f.Fill != nil {
		field.Go = ""
		if c := f.Fill.Constant; f.Fill.Kind == ir.FillConstant && c != nil {
			if field.Const = c.Text; c.Kind == ir.KindString {
				field.Const = strconv.Quote(c.Text) // constants are plain words
			}
		}
	}
	if field.Code {
		field.Required = false
	}
	return field
}

func (s *Shape) accept(kinds []ir.Kind) {
	s.TakesText = s.TakesText || slices.Contains(kinds, ir.KindString)
	s.TakesInt = s.TakesInt || slices.Contains(kinds, ir.KindInt)
}

func (s *Shape) limit(rules []*ir.Rule) {
	for _, r := range rules {
		if r.Keyword == "maxItems" {
			s.Limit = int(r.Int)
		}
	}
}
