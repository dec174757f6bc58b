package specdiff

// What the emitter makes of the model, as far as callers see it. The emitter prints syntax and cannot be asked; a test holds every line here
// against the code that it generates from the real documents.

import "github.com/msdkgen/msdkgen/generator/ir"

// declared reports whether t becomes a type of its own.
func declared(t *ir.Type) bool {
	if t.Name == nil {
		return false
	}
	switch t.Kind {
	case ir.KindStruct, ir.KindEnum, ir.KindInt:
		return true
	case ir.KindString:
		return !t.Sensitive
	}
	return false
}

// goType is the Go type of a plain value.
func goType(t *ir.Type) string {
	switch {
	case declared(t):
		return t.Name.Go
	case t.Kind == ir.KindBool:
		return "bool"
	case t.Kind == ir.KindInt:
		return goInt(t)
	case t.Kind == ir.KindFloat:
		return "float64"
	case t.Kind == ir.KindString && t.Sensitive:
		return "Sensitive"
	case t.Kind == ir.KindString:
		return "string"
	case t.Kind == ir.KindList:
		return "[]" + goType(t.Elem)
	case t.Kind == ir.KindMap:
		return "map[string]" + goType(t.Elem)
	case t.Kind == ir.KindUnion:
		return "IntOrText"
	}
	return "RawJSON"
}

func goInt(t *ir.Type) string {
	name := "int64"
	if t.Bits == 32 {
		name = "int32"
	}
	if t.Unsigned {
		return "u" + name
	}
	return name
}

// optional reports whether a field is an Opt.
func optional(f *ir.Field) bool {
	return !f.Plain() && f.Type.Kind != ir.KindList && f.Type.Kind != ir.KindMap && f.Type.Kind != ir.KindAny
}

// goField is the Go type of a field, "" where it is no field of the Go struct.
func goField(f *ir.Field) string {
	if f.Fill != nil {
		return ""
	}
	name := goType(valueType(f))
	if f.Code {
		name = "Code"
	}
	if optional(f) {
		return "Opt[" + name + "]"
	}
	return name
}

// valueType is the type of a field's value: a secret string is of another type than the schema says.
func valueType(f *ir.Field) *ir.Type {
	if !f.Sensitive || f.Type.Kind != ir.KindString {
		return f.Type
	}
	t := *f.Type
	t.Sensitive = true
	return &t
}

// sameGo reports whether two types are the same to a Go caller. A type whose name changes for a reason that has a row of its own is the same.
func (c *comparison) sameGo(a, b *ir.Type) bool {
	if declared(a) || declared(b) {
		return declared(a) && declared(b) && (a.Name.Go == b.Name.Go || c.follows(a, b))
	}
	switch {
	case a.Kind != b.Kind:
		return false
	case a.Kind == ir.KindList || a.Kind == ir.KindMap:
		return c.sameGo(a.Elem, b.Elem)
	}
	return goType(a) == goType(b)
}

// follows reports whether the name of a type changes only because something else does: the operation or type that it is named after, or
// the schema itself.
func (c *comparison) follows(a, b *ir.Type) bool {
	if a.Component && b.Component {
		return c.isRenamed(a, b)
	}
	return !a.Component && !b.Component
}

// isRenamed reports whether a schema is gone and another one has its place.
func (c *comparison) isRenamed(a, b *ir.Type) bool {
	return a.Component && b.Component && a.Name.Spec != b.Name.Spec && c.new.types[a.Name.Spec] == nil && c.old.types[b.Name.Spec] == nil
}

// sameGoField is sameGo for fields.
func (c *comparison) sameGoField(f, g *ir.Field) bool {
	if (f.Fill == nil) != (g.Fill == nil) {
		return false
	}
	if f.Fill != nil {
		return true
	}
	return optional(f) == optional(g) && c.sameGo(valueType(f), valueType(g))
}

// checks reports whether a response has the exported method Validate: whether anything below it can be wrong in itself.
func checks(t *ir.Type, seen map[*ir.Type]bool) bool {
	if t == nil || seen[t] {
		return false
	}
	seen[t] = true
	if len(t.Rules) > 0 || t.Flags || t.Kind == ir.KindEnum && !t.Open || t.Kind == ir.KindFloat || t.Kind == ir.KindAny ||
		t.Kind == ir.KindList && t.Comma && (t.Elem.Kind == ir.KindString || t.Elem.Kind == ir.KindEnum && t.Elem.Base == ir.KindString) {
		return true
	}
	for _, f := range t.Fields {
		if f.Fill == nil && (len(f.Rules) > 0 || checks(f.Type, seen)) {
			return true
		}
	}
	return checks(t.Elem, seen)
}
