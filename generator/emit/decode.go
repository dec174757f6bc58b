package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// The reading half of the codecs: a case for each member, in document order, and behind the loop a line for each member that has to
// be there. Apart from the writing half because the two share nothing but their place in the output.

// readJSON adds the decoder of one struct.
func readJSON(f *jen.File, t *ir.Type, code string) {
	fields := bodyFields(t)
	f.Line()
	f.Add(method(t)).Id("readJSON").Params(jen.Id("d").Op("*").Id("jsonReader")).BlockFunc(func(g *jen.Group) {
		if len(fields) > 0 {
			g.Var().Id("seen").Id("fieldSet")
		}
		open := "object"
		if t.EmptyList {
			open = "objectOrEmptyList"
		}
		loop := g.For(jen.Id("d").Dot(open).Call(), jen.Id("d").Dot("more").Call(), jen.Empty())
		rest := jen.Id("d").Dot("skip").Call()
		switch {
		case t.Closed:
			rest = jen.Id("d").Dot("unknown").Call()
		case t.Extra:
			rest = jen.Id(receiver).Dot("Extra").Op("=").Id("d").Dot("extra").Call(jen.Id(receiver).Dot("Extra"))
		}
		if len(fields) == 0 {
			loop.Block(rest)
			return
		}
		loop.Block(jen.Switch(jen.Id("d").Dot("name")).BlockFunc(func(g *jen.Group) {
			for i, field := range fields {
				readMember(g, i, field)
			}
			g.Default().Block(rest)
		}))
		for i, field := range fields {
			requireMember(g, i, field, code)
		}
	})
}

func readMember(g *jen.Group, i int, f *ir.Field) {
	mark := jen.Id("d").Dot("mark").Call(jen.Op("&").Id("seen"), jen.Lit(i))
	g.Case(jen.Lit(f.Name.Spec)).Block(mark, readField(f))
}

// requireMember asks for a member that the document requires. The code of a result is one as well: without it nobody can tell
// success from failure.
func requireMember(g *jen.Group, i int, f *ir.Field, code string) {
	name := "require"
	switch {
	case f.Name.Spec == code:
		name = "requireCode"
	case !f.Required:
		return
	}
	g.Id("d").Dot(name).Call(jen.Op("&").Id("seen"), jen.Lit(i), jen.Lit(f.Name.Spec))
}

// readField is the statement that reads one member into its field.
func readField(f *ir.Field) *jen.Statement {
	if f.Fill != nil {
		return readFilled(f)
	}
	t := fieldValue(f)
	target := jen.Id(receiver).Dot(f.Name.Go)
	if optional(f) {
		return target.Op("=").Id("readOpt").Call(jen.Id("d"), readFunc(f, t))
	}
	if t.Kind == ir.KindStruct && !t.Embedded && !t.AcceptEmbedded {
		return target.Dot("readJSON").Call(jen.Id("d"))
	}
	return target.Op("=").Add(readValue(f, t))
}

// readFilled checks a member that the client fills and no handler asks for.
func readFilled(f *ir.Field) *jen.Statement {
	if f.Fill.Kind == ir.FillConstant {
		return jen.Id("d").Dot("skipConst").Call(literal(jsonValue(f.Fill.Constant)))
	}
	skip := byType(f, "skipInt", "skipText")
	switch {
	case accepts(fieldValue(f), ir.KindString) && integral(f.Type):
		skip = "skipIntOrText"
	case accepts(fieldValue(f), ir.KindInt) && textual(f.Type):
		skip = "skipTextOrInt"
	}
	return jen.Id("d").Dot(skip).Call()
}

// readValue is the expression that reads one value of t; f is nil for an item.
func readValue(f *ir.Field, t *ir.Type) *jen.Statement {
	d := jen.Id("d")
	switch {
	case t.Embedded:
		inner := *t
		inner.Embedded = false
		return jen.Id("readEmbedded").Call(d, readFunc(nil, &inner))
	case t.Kind == ir.KindList && t.Comma:
		return jen.Id("readCommaList").Types(goType(t.Elem)).Call(d)
	case t.Kind == ir.KindList && t.Single:
		return jen.Id("readSingle").Call(d, jen.Lit(maxItems(f, t)), readFunc(nil, t.Elem))
	case t.Kind == ir.KindList:
		return jen.Id("readList").Call(d, jen.Lit(maxItems(f, t)), readFunc(nil, t.Elem))
	case t.Kind == ir.KindUnion:
		return jen.Id("readIntegerOrText").Call(d)
	case t.Kind == ir.KindMap:
		return jen.Id("readMap").Call(d, jen.Lit(0), readFunc(nil, t.Elem))
	}
	call, plain := readName(t)
	if plain {
		return d.Dot(call).Call()
	}
	return jen.Id(call).Types(goType(t)).Call(d)
}

// readFunc is a function that reads one value of t.
func readFunc(f *ir.Field, t *ir.Type) *jen.Statement {
	if t.Embedded || t.Kind == ir.KindList || t.Kind == ir.KindMap {
		return jen.Func().Params(jen.Id("d").Op("*").Id("jsonReader")).Add(goType(t)).Block(jen.Return(readValue(f, t)))
	}
	if t.Kind == ir.KindUnion {
		return jen.Id("readIntegerOrText")
	}
	call, plain := readName(t)
	if plain {
		return jen.Parens(jen.Op("*").Id("jsonReader")).Dot(call)
	}
	return jen.Id(call).Types(goType(t))
}

// readName names the function that reads a value of t: a method of jsonReader where it is plain, else a generic function.
func readName(t *ir.Type) (name string, plain bool) {
	switch {
	case textual(t):
		name, plain = "text", !named(t) && !t.Sensitive
		if accepts(t, ir.KindInt) {
			name = "textOrInt"
		}
	case integral(t):
		name, plain = "int", !named(t) && intName(t) == "int64"
		if accepts(t, ir.KindString) {
			name = "intOrText"
		}
	case t.Kind == ir.KindBool:
		return "bool", true
	case t.Kind == ir.KindFloat:
		return "float", true
	case t.Kind == ir.KindStruct:
		name = "object"
		if t.AcceptEmbedded {
			name = "objectOrText"
		}
	default:
		return "raw", true
	}
	if !plain {
		name = "read" + upperFirst(name)
	}
	return name, plain
}

func accepts(t *ir.Type, k ir.Kind) bool {
	for _, a := range t.Accept {
		if a == k {
			return true
		}
	}
	return false
}

// maxItems is the limit that the reader enforces while it reads; 0 means none.
func maxItems(f *ir.Field, t *ir.Type) int {
	for _, r := range rules(f, t) {
		if r.Keyword == "maxItems" {
			return int(r.Int)
		}
	}
	return 0
}
