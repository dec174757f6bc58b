package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// The Go form of a type, and the functions of the support package that read, write and test it. One row a kind: a kind that
// gets emitted differently is a change of its row.

// goType is the type of a plain value.
func goType(t *ir.Type) *jen.Statement {
	if named(t) {
		return jen.Id(t.Name.Go)
	}
	switch t.Kind {
	case ir.KindBool:
		return jen.Bool()
	case ir.KindInt:
		return jen.Id(intName(t))
	case ir.KindFloat:
		return jen.Float64()
	case ir.KindString:
		if t.Sensitive {
			return jen.Id("Sensitive")
		}
		return jen.String()
	case ir.KindList:
		return jen.Index().Add(goType(t.Elem))
	case ir.KindMap:
		return jen.Map(jen.String()).Add(goType(t.Elem))
	case ir.KindUnion:
		return jen.Id("IntOrText")
	}
	return jen.Id("RawJSON")
}

// named reports whether t is declared in the output. Named lists, maps, booleans and floats are written out where they are used:
// a name of their own would only hide their shape.
func named(t *ir.Type) bool {
	if t.Name == nil {
		return false
	}
	switch t.Kind {
	case ir.KindStruct, ir.KindEnum:
		return true
	case ir.KindString:
		return !t.Sensitive
	case ir.KindInt:
		return true
	}
	return false
}

func intName(t *ir.Type) string {
	name := "int64"
	if t.Bits == 32 {
		name = "int32"
	}
	if t.Unsigned {
		return "u" + name
	}
	return name
}

// underlying is the Go type below a declared string, integer or enumeration.
func underlying(t *ir.Type) string {
	if t.Kind == ir.KindEnum {
		if t.Base == ir.KindInt {
			return intName(t)
		}
		return "string"
	}
	if t.Kind == ir.KindInt {
		return intName(t)
	}
	return "string"
}

// textual reports whether the Go value converts to string.
func textual(t *ir.Type) bool {
	return t.Kind == ir.KindString || t.Kind == ir.KindEnum && t.Base == ir.KindString
}

// integral reports whether the Go value converts to int64.
func integral(t *ir.Type) bool {
	return t.Kind == ir.KindInt || t.Kind == ir.KindEnum && t.Base == ir.KindInt
}

// optional reports whether a field is an Opt: lists, maps and any have an absent form of their own, nil.
func optional(f *ir.Field) bool {
	return !f.Plain() && !nilable(f.Type)
}

func nilable(t *ir.Type) bool {
	return t.Kind == ir.KindList || t.Kind == ir.KindMap || t.Kind == ir.KindAny
}

// fieldType is the Go type of a struct field. What a field says of its own goes before its type: a sensitive field of a plain
// string is Sensitive.
func fieldType(f *ir.Field) *jen.Statement {
	t := goType(fieldValue(f))
	if optional(f) {
		return jen.Id("Opt").Types(t)
	}
	return t
}

// fieldValue is the type of the field's value with the field's own facts applied.
func fieldValue(f *ir.Field) *ir.Type {
	if !f.Sensitive && len(f.Accept) == 0 && !f.AcceptEmbedded && !f.Code {
		return f.Type
	}
	t := *f.Type
	if f.Code {
		t.Name = &ir.Name{Go: "Code"}
	}
	if f.Sensitive && t.Kind == ir.KindString {
		t.Sensitive = true
	}
	if len(f.Accept) > 0 {
		t.Accept = f.Accept
	}
	t.AcceptEmbedded = t.AcceptEmbedded || f.AcceptEmbedded
	return &t
}

// own returns the fields that a caller sees: those that the client fills are no fields of the Go struct.
func own(t *ir.Type) []*ir.Field {
	var fields []*ir.Field
	for _, f := range t.Fields {
		if f.Fill == nil {
			fields = append(fields, f)
		}
	}
	return fields
}

// bodyFields returns the fields that travel in the body, filled ones included.
func bodyFields(t *ir.Type) []*ir.Field {
	var fields []*ir.Field
	for _, f := range t.Fields {
		if f.In == ir.InBody {
			fields = append(fields, f)
		}
	}
	return fields
}

// reach walks everything below t once that a caller sees, t included.
func reach(t *ir.Type, seen map[*ir.Type]bool, visit func(*ir.Type)) {
	if t == nil || seen[t] {
		return
	}
	seen[t] = true
	visit(t)
	reach(t.Elem, seen, visit)
	for _, f := range own(t) {
		reach(f.Type, seen, visit)
	}
}

// anyBelow reports whether a type below t, t included, satisfies test.
func anyBelow(t *ir.Type, test func(*ir.Type) bool) bool {
	found := false
	reach(t, map[*ir.Type]bool{}, func(t *ir.Type) { found = found || test(t) })
	return found
}

// holdsSecrets reports whether printing a value of t could print something that must stay unseen.
func holdsSecrets(t *ir.Type) bool {
	return anyBelow(t, func(t *ir.Type) bool {
		if t.Sensitive {
			return true
		}
		for _, f := range t.Fields {
			if f.Sensitive {
				return true
			}
		}
		return false
	})
}

// structs returns the struct types of ts.
func structs(ts []*ir.Type) []*ir.Type {
	var found []*ir.Type
	for _, t := range ts {
		if t.Kind == ir.KindStruct {
			found = append(found, t)
		}
	}
	return found
}
