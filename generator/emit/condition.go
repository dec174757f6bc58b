package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// The tests of x-msdk-required-when, the one rule that looks at two fields. Apart from the other tests because it has to find the field
// that decides, and to write a value of it.

// requiredWhen adds the test of x-msdk-required-when where the deciding field stands in the same struct.
func requiredWhen(g *jen.Group, t *ir.Type, f *ir.Field, r *ir.Rule) {
	g.If(condition(t, r.When)).Block(
		jen.Id("c").Dot("requiredWhen").Call(jen.Lit(f.Name.Spec), present(f, jen.Id(receiver)), jen.Lit(conditionText(r.When))))
}

// checkOutward adds, behind the test of a struct, the conditions of its fields that look at the struct around it.
func checkOutward(g *jen.Group, t *ir.Type, f *ir.Field) {
	if f.Type.Kind != ir.KindStruct {
		return
	}
	for _, inner := range own(f.Type) {
		for _, r := range inner.Rules {
			if r.When == nil || r.When.Up != 1 {
				continue
			}
			g.If(condition(t, r.When)).BlockFunc(func(g *jen.Group) {
				holder := jen.Id(receiver).Dot(f.Name.Go)
				if optional(f) {
					holder = holder.Dot("Or").Call(jen.Id(f.Type.Name.Go).Values())
				}
				g.Id("c").Dot("enter").Call(jen.Lit(f.Name.Spec))
				g.Id("c").Dot("requiredWhen").Call(jen.Lit(inner.Name.Spec), present(inner, holder), jen.Lit(conditionText(r.When)))
				g.Id("c").Dot("leave").Call()
			})
		}
	}
}

// condition compares the deciding field of t with each of the values.
func condition(t *ir.Type, c *ir.Condition) *jen.Statement {
	f := fieldNamed(t, c.Field)
	all := jen.Null()
	for i := range c.Values {
		if i > 0 {
			all.Op("||")
		}
		all.Add(valueOf(f, zero(f.Type))).Op("==").Add(valueLiteral(f.Type, &c.Values[i]))
	}
	return all
}

// valueLiteral is a value of t: the constant, where t is an enumeration that has one for it.
func valueLiteral(t *ir.Type, value *ir.Value) *jen.Statement {
	for _, v := range t.Values {
		if v.Value.Text == value.Text {
			return jen.Id(v.Name.Go)
		}
	}
	return constant(value)
}

// textLiteral is valueLiteral for text.
func textLiteral(t *ir.Type, text string) *jen.Statement {
	return valueLiteral(t, &ir.Value{Kind: ir.KindString, Text: text})
}

// zero is the zero value of t as a literal.
func zero(t *ir.Type) *jen.Statement {
	switch {
	case textual(t):
		return jen.Lit("")
	case t.Kind == ir.KindBool:
		return jen.False()
	}
	return jen.Lit(0)
}

func conditionText(c *ir.Condition) string {
	var values []string
	for _, v := range c.Values {
		values = append(values, v.Text)
	}
	return c.Field + " is " + strings.Join(values, " or ")
}

// present is true when the field holds something.
func present(f *ir.Field, holder *jen.Statement) *jen.Statement {
	value := jen.Add(holder).Dot(f.Name.Go)
	switch {
	case optional(f) && textual(f.Type):
		return value.Dot("Or").Call(jen.Lit("")).Op("!=").Lit("")
	case optional(f):
		return value.Dot("IsSet").Call()
	case textual(f.Type):
		return value.Op("!=").Lit("")
	case f.Type.Kind == ir.KindUnion:
		return jen.Op("!").Add(value).Dot("IsZero").Call()
	case nilable(f.Type):
		return jen.Len(value).Op(">").Lit(0)
	}
	return jen.True()
}
