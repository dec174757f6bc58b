package lower

// Checks that need the whole document: values that the client fills against the schemes of the operations, signing programs
// against their parameters, conditions against the structs around them.

import (
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// checkFills checks that every source of x-msdk-value exists where it is used.
func (l *lowering) checkFills() {
	for _, op := range l.api.Operations {
		for _, p := range op.Parameters {
			l.checkFill(op, p.Fill, p.In, p.Name.Spec)
		}
		for _, c := range op.Calls {
			if c.Body == nil {
				continue
			}
			for _, f := range c.Body.Type.Fields {
				l.checkFill(op, f.Fill, f.In, f.Name.Spec)
			}
		}
	}
	// A body that is decoded into a struct below the top cannot tell what its client fills. A constant is the same for everybody.
	for _, t := range l.api.Types {
		for _, f := range t.Fields {
			if f.Echo != "" && !l.echoing[f.Pos] {
				l.list.Errorf(f.Pos, diag.CodeExtension, "%q belongs at the top of a response", "x-msdk-echo")
			}
			constant := f.Fill != nil && f.Fill.Kind == ir.FillConstant
			if f.In != ir.InBody || l.top[f] || f.Also == "" && (f.Fill == nil || constant) {
				continue
			}
			key := "x-msdk-also"
			if f.Fill != nil {
				key = "x-msdk-value"
			}
			l.list.Errorf(f.Pos, diag.CodeUnsupported, "%q is not supported below the top of a request body", key)
		}
	}
}

// checkFill checks one source; in and name are those of the parameter or property.
func (l *lowering) checkFill(op *ir.Operation, f *ir.Fill, in ir.In, name string) {
	if f == nil {
		return
	}
	s := op.Scheme
	if l.schemeRefused(op) && (f.Kind == ir.FillCredential || f.Kind == ir.FillKey || f.Kind == ir.FillSignature) {
		return // what it would say follows from the scheme
	}
	switch f.Kind {
	case ir.FillCredential:
		l.checkCredential(op, f)
	case ir.FillKey:
		if s == nil || s.Keys == nil || s.Keys.Parameter != name {
			l.list.Errorf(f.Pos, diag.CodeExtension, "the scheme of %q does not choose its key by %q", op.Name.Spec, name).See(op.Pos, "this operation")
		}
	case ir.FillSignature:
		if s == nil || placeAt(s, in, name) == nil {
			l.list.Errorf(f.Pos, diag.CodeExtension, "the scheme of %q does not put its signature into the %s %q", op.Name.Spec, inWord[in], name).See(op.Pos, "this operation")
		}
	case ir.FillVariant:
		if op.Variants == nil || op.Variants.Parameter == nil || op.Variants.Parameter.Name.Spec != name {
			l.list.Errorf(f.Pos, diag.CodeExtension, "no variants of %q are told apart by %q", op.Name.Spec, name).See(op.Pos, "this operation")
		}
	}
}

// schemeRefused reports whether the scheme of an operation was complained about: it is unknown, not supported, or lacks what a signature needs.
func (l *lowering) schemeRefused(op *ir.Operation) bool {
	if op.Scheme != nil {
		return len(op.Scheme.Places) == 0 || len(op.Scheme.Credentials) == 0
	}
	if n := l.nodes[op]; n.Incomplete() && !n.Has("security") && !n.Has("x-msdk-security") {
		return true // it may have been refused, as a mapping for example
	}
	required := l.nodes[op].Member("security")
	if required == nil {
		required = l.doc.Root.Member("security")
	}
	return required.Incomplete() || slices.ContainsFunc(members(required), func(n *load.Node) bool { return len(n.Children) > 0 || n.Incomplete() })
}

func (l *lowering) checkCredential(op *ir.Operation, f *ir.Fill) {
	if op.Scheme == nil {
		l.list.Errorf(f.Pos, diag.CodeExtension, "the operation %q has no credentials", op.Name.Spec).See(op.Pos, "this operation")
		return
	}
	var names []string
	for _, c := range op.Scheme.Credentials {
		if c.Name.Spec != f.Credential {
			names = append(names, c.Name.Spec)
			continue
		}
		if c.Secret {
			l.list.Errorf(f.Pos, diag.CodeExtension, "the credential %q is a secret and never travels", f.Credential)
		}
		return
	}
	l.unknown(f.Pos, diag.CodeUnknownName, "credential", f.Credential, names)
}

// requiredWhen decodes x-msdk-required-when. Whether the other field exists is checked when all structs are known.
func (l *lowering) requiredWhen(n *load.Node) *ir.Rule {
	if n == nil || !l.mapping(n, "field", "is") {
		return nil
	}
	name, ok := l.text(l.need(n, "field"))
	if !ok {
		return nil
	}
	c := &ir.Condition{Pos: n.Member("field").Pos, Field: name}
	if outer, up := strings.CutPrefix(name, "../"); up {
		c.Field, c.Up = outer, 1
	}
	is := l.need(n, "is")
	values, ok := is.AsList(l.list)
	if ok && len(values) == 0 {
		l.list.Errorf(is.Place(), diag.CodeExtension, "without a value the condition never holds")
	}
	for _, v := range values {
		c.Values = append(c.Values, value(v))
	}
	return &ir.Rule{Pos: n.Place(), Keyword: n.Key, When: c}
}

// checkConditions checks the fields that x-msdk-required-when looks at.
func (l *lowering) checkConditions() {
	around := map[*ir.Type][]*ir.Type{}
	listed := map[*ir.Type]*ir.Field{} // structs that are items of a list or a map, with that list
	for _, t := range l.api.Types {
		for _, f := range t.Fields {
			inner := f.Type
			for inner.Elem != nil && inner.Kind != ir.KindStruct {
				inner = inner.Elem
			}
			if inner.Kind != ir.KindStruct {
				continue
			}
			if inner != f.Type {
				listed[inner] = f
			}
			if !slices.Contains(around[inner], t) {
				around[inner] = append(around[inner], t)
			}
		}
	}
	for _, t := range l.api.Types {
		for _, f := range t.Fields {
			for _, r := range f.Rules {
				if r.When == nil {
					continue
				}
				holders := []*ir.Type{t}
				if r.When.Up == 1 {
					holders = around[t]
					if list := listed[t]; list != nil {
						l.list.Errorf(r.When.Pos, diag.CodeUnsupported, "a condition on the object around a list or a map is not supported").
							See(list.Pos, "the list or map")
					}
				}
				if len(holders) == 0 {
					l.list.Errorf(r.When.Pos, diag.CodeUnknownName, "there is no object around this one")
				}
				for _, holder := range holders {
					l.condition(r.When, holder, f)
				}
			}
		}
	}
}

// condition checks one condition against the struct that holds the deciding field.
func (l *lowering) condition(c *ir.Condition, holder *ir.Type, own *ir.Field) {
	var names []string
	for _, f := range holder.Fields {
		if f.Name.Spec != c.Field {
			names = append(names, f.Name.Spec)
			continue
		}
		if f == own {
			l.list.Errorf(c.Pos, diag.CodeExtension, "the condition looks at its own field")
		}
		if f.Fill != nil {
			l.list.Errorf(c.Pos, diag.CodeExtension, "the client fills %q, so it decides nothing", c.Field).See(f.Fill.Pos, "its source")
		}
		kind := baseKind(f.Type)
		for _, v := range c.Values {
			switch {
			case l.untyped[f.Type]: // reported where the type is missing
			case v.Kind != kind:
				l.list.Errorf(v.Pos, diag.CodeWrongKind, "the value %s is not of the type of %q, %s", v.Text, c.Field, word(kind))
			case f.Type.Kind == ir.KindEnum && !f.Type.Open && !f.Type.Flags && !listed(f.Type, v.Text):
				l.unknown(v.Pos, diag.CodeUnknownValue, "value of "+c.Field, v.Text, enumTexts(f.Type))
			}
		}
		return
	}
	l.unknown(c.Pos, diag.CodeUnknownName, "property", c.Field, names)
}

func listed(t *ir.Type, text string) bool { return slices.Contains(enumTexts(t), text) }

func enumTexts(t *ir.Type) []string {
	var all []string
	for _, v := range t.Values {
		all = append(all, v.Value.Text)
	}
	return all
}
