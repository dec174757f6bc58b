package lower

// Properties: the fields of structs. What is stated at a property, beside a reference or inline, belongs to the field; what is
// stated at a component belongs to its type.

import (
	"slices"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// properties adds the fields that stand under n's properties to t.
func (l *lowering) properties(n *load.Node, t *ir.Type, s scope) {
	for _, p := range members(n.Member("properties")) {
		if i := slices.IndexFunc(t.Fields, func(f *ir.Field) bool { return f.Name.Spec == p.Key }); i >= 0 {
			l.unsupported(p, "", "a second description of the property %q in allOf", p.Key).See(t.Fields[i].Pos, "first described here")
			continue
		}
		t.Fields = append(t.Fields, l.property(p, t.Name, s.operation))
	}
}

// property lowers one member of properties.
func (l *lowering) property(n *load.Node, owner *ir.Name, operation bool) *ir.Field {
	f := &ir.Field{
		Pos:  n.Place(),
		Name: ir.Name{Spec: n.Key, Override: text(n.Member("x-go-name")), OverridePos: n.Member("x-go-name").Where(), Pos: n.Place()},
		Fill: l.fill(n.Member("x-msdk-value"), ir.InBody),
	}
	tail := n.Key
	if f.Name.Override != "" {
		tail = f.Name.Override
	}
	s := scope{owner: owner, tail: tail, operation: operation, plain: f.Fill != nil}
	var facts facts
	if ref := l.referred(n); ref != nil {
		f.Type = l.reference(ref)
		f.Doc = l.describe(n)
		if n.Has("$ref") && !l.v31 {
			return f // what else stands beside it is not read; load has said so
		}
		l.besideReference(n)
		l.checkEnum(n, baseKind(f.Type))
		facts = l.facts(n, f.Type)
	} else {
		f.Type = l.shape(n, s)
		f.Doc = f.Type.Doc
		facts = l.facts(n, f.Type)
	}
	f.Rules, f.Accept, f.AcceptEmbedded = facts.rules, facts.accept, facts.embedded
	f.Sensitive, f.Nullable, f.Default = facts.sensitive, facts.nullable, facts.def
	if f.Fill != nil && f.Fill.Kind == ir.FillConstant {
		// The constant is the client's to send; the rule would say the same a second time.
		f.Rules = slices.DeleteFunc(f.Rules, func(r *ir.Rule) bool { return r.Keyword == "const" })
	}
	l.fillFits(f.Fill, f.Type, facts.single)
	f.Also = l.also(n.Member("x-msdk-also"))
	f.Echo, _ = l.text(n.Member("x-msdk-echo"))
	f.MayBeEmpty = l.boolean(n.Member("x-msdk-may-be-empty"))
	if m := n.Member("x-msdk-expected"); m != nil && m.Kind == load.Bool {
		f.Expected = isTrue(m)
	} else if m != nil && f.Type.Kind != ir.KindStruct {
		l.boolean(m)
	}
	if when := l.requiredWhen(n.Member("x-msdk-required-when")); when != nil {
		f.Rules = append(f.Rules, when)
	}
	return f
}

// inlineOnly are the keys that change a type as a whole and so have no place beside a reference to it.
var inlineOnly = []string{
	"x-msdk-enum", "x-msdk-flags", "x-msdk-list", "x-msdk-items", "x-msdk-single", "x-msdk-embedded-json", "x-msdk-empty-list",
	"x-msdk-item-result", "format",
}

// besideReference refuses what cannot be stated at one use of a schema.
func (l *lowering) besideReference(n *load.Node) {
	l.refuse(n, schemaRefusals)
	for _, m := range n.Children {
		if slices.Contains(inlineOnly, m.Key) {
			l.unsupported(m, "state it at the schema that is referred to", "%q beside a reference", m.Key)
		}
	}
	if enum := n.Member("enum"); len(members(enum)) > 1 {
		l.unsupported(enum, "state it at the schema that is referred to", "a narrower enum beside a reference")
	}
}

// also decodes x-msdk-also. That the parameter exists is checked where the operation is known.
func (l *lowering) also(n *load.Node) string {
	if n == nil || !l.mapping(n, "query") {
		return ""
	}
	name, _ := l.text(l.need(n, "query"))
	return name
}

// requiredKnown applies the lists of n, required and x-msdk-expected, to the fields of t.
func (l *lowering) requiredKnown(n *load.Node, t *ir.Type) {
	var names []string
	for _, f := range t.Fields {
		names = append(names, f.Name.Spec)
	}
	field := func(name *load.Node, code diag.Code, what string) *ir.Field {
		i := slices.Index(names, name.Value)
		if i < 0 {
			if !n.Incomplete() { // else it may be among what was refused, such as a misspelt "properties"
				l.unknown(name.Pos, code, what, name.Value, names)
			}
			return nil
		}
		return t.Fields[i]
	}
	for _, name := range members(n.Member("required")) {
		if f := field(name, diag.CodeRequiredUnknown, "required property"); f != nil {
			f.Required = true
		}
	}
	if expected := n.Member("x-msdk-expected"); expected != nil && expected.Kind != load.Bool {
		for _, name := range l.texts(expected) {
			if f := field(name, diag.CodeUnknownName, "property"); f != nil {
				f.Expected = true
			}
		}
	}
	l.emptyFits(n, t)
}

// emptyFits checks x-msdk-may-be-empty once it is known which fields have to be there.
func (l *lowering) emptyFits(n *load.Node, t *ir.Type) {
	for _, f := range t.Fields {
		mark := n.Member("properties").Member(f.Name.Spec).Member("x-msdk-may-be-empty")
		if mark == nil || !f.MayBeEmpty {
			continue
		}
		k := baseKind(f.Type)
		if k != ir.KindString && k != ir.KindList && k != ir.KindMap && k != ir.KindUnion {
			l.list.Errorf(mark.Place(), diag.CodeExtension, "%q applies to text, lists and maps", mark.Key)
		}
	}
}
