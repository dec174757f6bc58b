package emit

import (
	"slices"
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// The validators: one call of the checker for each rule, in document order. What a rule means stands in the support package.

// rules are the constraints of a field and of its type, the field's first.
func rules(f *ir.Field, t *ir.Type) []*ir.Rule {
	if f == nil {
		return t.Rules
	}
	return append(f.Rules[:len(f.Rules):len(f.Rules)], t.Rules...)
}

// checks reports whether there is anything to test about a struct or what it holds: whether it has a check method.
func (p *pkg) checks(t *ir.Type) bool {
	return !p.opt.Omit.Validators && anyBelow(t, func(t *ir.Type) bool {
		for _, f := range own(t) {
			if p.fieldChecks(t, f) {
				return true
			}
		}
		return false
	})
}

// fieldChecks reports whether the check method of t has a line about its field f. What lies below a struct is that struct's own affair,
// but for the rules that look at the struct around it.
func (p *pkg) fieldChecks(t *ir.Type, f *ir.Field) bool {
	if p.mustFill(t, f) || hasRule(f.Rules, 0) {
		return true
	}
	for part := f.Type; part != nil; part = part.Elem {
		if testable(part) {
			return true
		}
	}
	for _, inner := range own(f.Type) {
		if f.Type.Kind == ir.KindStruct && hasRule(inner.Rules, 1) {
			return true
		}
	}
	return false
}

// hasRule reports whether one of the rules of a field is tested that many structs further out than the field's own.
func hasRule(rules []*ir.Rule, up int) bool {
	for _, r := range rules {
		if r.When == nil && up == 0 || r.When != nil && r.When.Up == up {
			return true
		}
	}
	return false
}

// testable reports whether a value of t can be wrong in itself, whatever it holds.
func testable(t *ir.Type) bool {
	return closedEnum(t) || t.Flags || len(t.Rules) > 0 || writable(t, nil, nil) != nil
}

func closedEnum(t *ir.Type) bool { return t.Kind == ir.KindEnum && !t.Open && !t.Flags }

// mustFill reports whether an empty value of the field of t is a mistake of the caller: a Go string cannot tell "not set" from "".
// What only responses hold is nobody's to fill.
func (p *pkg) mustFill(t *ir.Type, f *ir.Field) bool {
	return p.sent()[t] && f.Plain() && !f.MayBeEmpty && canBeEmpty(f.Type)
}

// canBeEmpty reports whether t has a value that says nothing: the empty text or list, or a 0 that an enumeration has no name for.
// Another integer's 0 may be meant.
func canBeEmpty(t *ir.Type) bool {
	switch t.Kind {
	case ir.KindString, ir.KindUnion, ir.KindList, ir.KindMap:
		return true
	case ir.KindEnum:
		return t.Base == ir.KindString || !slices.ContainsFunc(t.Values, func(v *ir.EnumValue) bool { return v.Value.Text == "0" })
	}
	return false
}

// sent are the types that travel in requests.
func (p *pkg) sent() map[*ir.Type]bool {
	if p.requests == nil {
		p.requests = map[*ir.Type]bool{}
		for _, op := range p.api.Operations {
			for _, c := range op.Calls {
				reach(c.Request, p.requests, func(*ir.Type) {})
			}
		}
	}
	return p.requests
}

// check adds the method that tests the rules of t.
func (p *pkg) check(f *jen.File, t *ir.Type) {
	if !p.checks(t) {
		return
	}
	f.Line()
	f.Add(method(t)).Id("check").Params(jen.Id("c").Op("*").Id("checker")).BlockFunc(func(g *jen.Group) {
		p.checkFields(g, t)
	})
}

func (p *pkg) checkFields(g *jen.Group, t *ir.Type) {
	for _, field := range own(t) {
		p.checkField(g, t, field)
		checkOutward(g, t, field)
	}
}

// checkField adds the tests of one field: that it is filled, its rules, and what lies below it.
func (p *pkg) checkField(g *jen.Group, t *ir.Type, f *ir.Field) {
	value := jen.Id(receiver).Dot(f.Name.Go)
	if p.mustFill(t, f) && !(f.Required && closedEnum(f.Type)) { // a closed set refuses the empty text itself
		g.Add(fillCheck(f, value))
	}
	for _, r := range f.Rules {
		if r.When != nil && r.When.Up == 0 {
			requiredWhen(g, t, f, r)
		}
	}
	if !optional(f) {
		p.valueChecks(g, f, fieldValue(f), value, 0)
		return
	}
	body := jen.BlockFunc(func(g *jen.Group) { p.valueChecks(g, f, fieldValue(f), jen.Id("value"), 0) })
	if p.hasValueChecks(f) {
		g.If(jen.List(jen.Id("value"), jen.Id("ok")).Op(":=").Add(value).Dot("Get").Call(), jen.Id("ok")).Add(body)
	}
}

// hasValueChecks reports whether valueChecks would add anything.
func (p *pkg) hasValueChecks(f *ir.Field) bool {
	for _, r := range rules(f, f.Type) {
		if r.When == nil {
			return true
		}
	}
	return testable(f.Type) || f.Type.Kind == ir.KindStruct && p.checks(f.Type)
}

func fillCheck(f *ir.Field, value *jen.Statement) *jen.Statement {
	name := "expect"
	if f.Required {
		name = "require"
	}
	if textual(f.Type) {
		return jen.Id("c").Dot(name+"Text").Call(jen.Lit(f.Name.Spec), asString(f, f.Type, value))
	}
	if integral(f.Type) {
		return jen.Id("c").Dot(name+"Value").Call(jen.Lit(f.Name.Spec), jen.Add(value).Op("!=").Lit(0))
	}
	if f.Type.Kind == ir.KindUnion {
		return jen.Id("c").Dot(name+"Value").Call(jen.Lit(f.Name.Spec), jen.Op("!").Add(value).Dot("IsZero").Call())
	}
	return jen.Id("c").Dot(name+"List").Call(jen.Lit(f.Name.Spec), jen.Len(value))
}

// asString converts where the Go type is not string itself.
func asString(f *ir.Field, t *ir.Type, value *jen.Statement) *jen.Statement {
	if named(t) || t.Sensitive || f != nil && f.Sensitive {
		return jen.String().Call(value)
	}
	return value
}

func asInt(t *ir.Type, value *jen.Statement) *jen.Statement {
	if named(t) || intName(t) != "int64" {
		return jen.Int64().Call(value)
	}
	return value
}

// valueChecks adds the tests of a plain value of type t, which the field f holds; level is how many loops stand around them.
func (p *pkg) valueChecks(g *jen.Group, f *ir.Field, t *ir.Type, value *jen.Statement, level int) {
	name := jen.Lit(f.Name.Spec)
	for _, r := range rules(f, t) {
		call := ruleCheck(f, t, r, name, value)
		switch empty := legallyEmpty(f, t, r); {
		case call == nil:
		case empty != nil:
			g.If(jen.Add(value).Op("!=").Add(empty)).Block(call)
		default:
			g.Add(call)
		}
	}
	if call := writable(t, name, value); call != nil {
		g.Add(call)
	}
	enumCheck(g, t, name, value, f.Expected)
	switch {
	case t.Kind == ir.KindStruct && p.checks(t) && f.Name.Spec == "":
		g.Add(value).Dot("check").Call(jen.Id("c"))
	case t.Kind == ir.KindStruct && p.checks(t):
		g.Id("c").Dot("enter").Call(name)
		g.Add(value).Dot("check").Call(jen.Id("c"))
		g.Id("c").Dot("leave").Call()
	case t.Kind == ir.KindList && p.itemChecks(t.Elem):
		p.listChecks(g, t, name, value, level)
	case t.Kind == ir.KindMap && p.itemChecks(t.Elem):
		p.mapChecks(g, t, name, value, level)
	}
}

// legallyEmpty is the value that stands for an absent member, where a rule would refuse it and the member need not be there; else nil.
// Where a client has to fill it, that it is empty was said already.
func legallyEmpty(f *ir.Field, t *ir.Type, r *ir.Rule) *jen.Statement {
	switch {
	case f.Required:
	case nilable(t) && (r.Keyword == "minItems" || r.Keyword == "minProperties"):
		return jen.Nil()
	case f.Expected && (r.Keyword == "const" || textual(t) && (r.Keyword == "minLength" || r.Keyword == "pattern")):
		return zero(t)
	}
	return nil
}

// writable is the test that JSON, or the vendor's form of it, can express a value of t at all; nil where it always can.
func writable(t *ir.Type, name, value *jen.Statement) *jen.Statement {
	switch {
	case t.Kind == ir.KindFloat:
		return jen.Id("c").Dot("finite").Call(name, value)
	case t.Kind == ir.KindAny:
		return jen.Id("c").Dot("validJSON").Call(name, value)
	case t.Kind == ir.KindList && t.Comma && textual(t.Elem):
		return jen.Id("noComma").Call(jen.Id("c"), name, value)
	}
	return nil
}

func (p *pkg) itemChecks(t *ir.Type) bool {
	return testable(t) || t.Kind == ir.KindStruct && p.checks(t) || t.Elem != nil && p.itemChecks(t.Elem)
}

// loopVar is the name of a loop's variable: a loop inside of another one has variables of its own.
func loopVar(name string, level int) *jen.Statement {
	if level > 0 {
		name += strconv.Itoa(level + 1)
	}
	return jen.Id(name)
}

// listChecks adds the tests of each item of a list.
func (p *pkg) listChecks(g *jen.Group, t *ir.Type, name, value *jen.Statement, level int) {
	i := loopVar("i", level)
	g.For(jen.Add(i).Op(":=").Range().Add(value)).BlockFunc(func(g *jen.Group) {
		item := jen.Add(value).Index(i)
		if t.Single {
			g.Id("c").Dot("enterSingle").Call(name, i, jen.Len(value))
		} else {
			g.Id("c").Dot("enterItem").Call(name, i)
		}
		if t.Elem.Elem != nil { // a loop of its own follows
			g.Add(loopVar("item", level)).Op(":=").Add(item)
			item = loopVar("item", level)
		}
		p.valueChecks(g, &ir.Field{Required: true, Type: t.Elem}, t.Elem, item, level+1)
		g.Id("c").Dot("leave").Call()
	})
}

// mapChecks adds the tests of each member of a map, in the order of their names.
func (p *pkg) mapChecks(g *jen.Group, t *ir.Type, name, value *jen.Statement, level int) {
	key, item := loopVar("name", level), loopVar("item", level)
	g.Id("c").Dot("enter").Call(name)
	g.For(jen.List(jen.Id("_"), key).Op(":=").Range().Id("sortedNames").Call(value)).BlockFunc(func(g *jen.Group) {
		g.Add(item).Op(":=").Add(value).Index(key)
		g.Id("c").Dot("enter").Call(key)
		p.valueChecks(g, &ir.Field{Required: true, Type: t.Elem}, t.Elem, item, level+1)
		g.Id("c").Dot("leave").Call()
	})
	g.Id("c").Dot("leave").Call()
}

// enumCheck adds the test of a closed set. An expected value that is empty was reported as such already.
func enumCheck(g *jen.Group, t *ir.Type, name, value *jen.Statement, mayBeEmpty bool) {
	if t.Kind != ir.KindEnum || t.Open {
		return
	}
	args := []jen.Code{name}
	method := "oneOfText"
	var empty *jen.Statement
	if t.Base == ir.KindInt {
		method, empty = "oneOfInt", jen.Lit(0)
		args = append(args, jen.Int64().Call(value))
	} else {
		empty = jen.Lit("")
		args = append(args, jen.String().Call(value))
	}
	if t.Flags {
		method = "flags"
	}
	for _, v := range t.Values {
		args = append(args, constant(&v.Value))
	}
	call := jen.Id("c").Dot(method).Call(args...)
	if mayBeEmpty {
		g.If(jen.Add(value).Op("!=").Add(empty)).Block(call)
		return
	}
	g.Add(call)
}
