package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// The short way through an object, for the structs that fill lists: one statement for each member, in document order. It is apart from the
// walk because it is an addition: what it does not take, the walk reads.

// inWord is how many members the short way can note as seen.
const inWord = 64

// readInOrder adds the statements of the short way.
func readInOrder(g *jen.Group, fields []*ir.Field) {
	comment(g, "The short way: members in document order, without white space. The next name stands at p.")
	g.List(jen.Id("src"), jen.Id("p")).Op(":=").Id("d").Dot("enter").Call()
	g.Id("seen").Op(":=").Uint64().Call(jen.Lit(0))
	for _, field := range fields[:min(len(fields), inWord)] {
		readNext(g, field)
	}
	g.If(jen.Id("d").Dot("ended").Call(walk(), jen.Id("p"), jen.Id("seen"))).Block(jen.Return())
}

// readNext reads one member, if it stands next in the text.
func readNext(g *jen.Group, f *ir.Field) {
	t := fieldValue(f)
	value := jen.Id(receiver).Dot(f.Name.Go)
	places, values := []jen.Code{jen.Id("p")}, []jen.Code{}
	scalar := func(read string) {
		target := jen.Op("&").Add(value)
		if optional(f) {
			target.Dot("value")
			places, values = append(places, jen.Add(value).Dot("set")), append(values, jen.True())
		}
		end := jen.Id("d").Dot(read).Call(jen.Id("q"), asPlain(t, target))
		values = append([]jen.Code{pastComma(end)}, values...)
	}
	key, begins := fieldKey(f), (*jen.Statement)(nil)
	var read jen.Code
	switch {
	case f.Fill == nil && !t.Embedded && textual(t):
		key += `"`
		scalar("textAt")
	case f.Fill == nil && !t.Embedded && integral(t) && intName(t) == "int64":
		begins = jen.Id("isDigit").Call(jen.Id("src").Index(jen.Id("q")))
		scalar("intAt")
	default:
		begins = jen.Id("d").Dot("valueAt").Call(jen.Id("q"))
		read = readField(f)
		values = append(values, pastComma(jen.Id("d").Dot("pos")))
	}
	places = append(places, jen.Id("seen"))
	values = append(values, jen.Id("seen").Op("|").Lit(1).Op("<<").Id(memberIndex(f)))
	found := jen.Id("q").Op(">").Lit(0)
	if begins != nil {
		found.Op("&&").Add(begins)
	}
	g.If(jen.Id("q").Op(":=").Id("after").Call(jen.Id("src"), jen.Id("p"), literal(key)), found).BlockFunc(func(g *jen.Group) {
		if read != nil {
			g.Add(read)
		}
		g.List(places...).Op("=").List(values...)
	})
}

func pastComma(end *jen.Statement) *jen.Statement {
	return jen.Id("pastComma").Call(jen.Id("src"), end)
}
