package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// The reading half of the codecs: a table of the members, which says what has to be there, and a case for each of them, in document order.
// Apart from the writing half because the two share nothing but their place in the output.

// readJSON adds the decoder of one struct: the table of its members, and the walk through an object. A struct that fills lists is read the
// short way first, see decode_order.go.
func (p *pkg) readJSON(f *jen.File, t *ir.Type) {
	fields := bodyFields(t)
	table := "noFields"
	if len(fields) > 0 {
		table = fieldsVar(t)
		fieldTable(f, t, fields, p.codeOf(t))
	}
	open := "object"
	if t.EmptyList {
		open = "objectOrEmptyList"
	}
	f.Line()
	f.Add(method(t)).Id("readJSON").Params(jen.Id("d").Op("*").Id("jsonReader")).BlockFunc(func(g *jen.Group) {
		if len(fields) > 0 {
			g.Const().DefsFunc(func(g *jen.Group) { memberIndexes(g, fields) })
		}
		g.Id("m").Op(":=").Id("members").Values(jen.Id("of").Op(":").Op("&").Id(table))
		if len(fields) > 0 && p.inLists(t) {
			readInOrder(g, fields)
			comment(g, "The walk: what is left, in any order.")
		}
		g.For(jen.Id("d").Dot(open).Call(walk()), jen.Id("d").Dot("more").Call(walk()), jen.Empty()).
			BlockFunc(func(g *jen.Group) { readMembers(g, t, fields) })
	})
	if p.inText(t) {
		readInText(f, t, fields)
	}
}

// walk is the walk through an object, as an argument.
func walk() *jen.Statement { return jen.Op("&").Id("m") }

// memberIndexes names the members by their place in the table, so that a new one changes no line of another one.
func memberIndexes(g *jen.Group, fields []*ir.Field) {
	for i, field := range fields {
		name := jen.Id(memberIndex(field))
		if i == 0 {
			name.Op("=").Iota()
		}
		g.Add(name)
	}
}

func memberIndex(f *ir.Field) string { return "at" + f.Name.Go }

// inLists reports whether lists have items of t.
func (p *pkg) inLists(t *ir.Type) bool {
	if p.items == nil {
		p.items = map[*ir.Type]bool{}
		p.eachMessageType(func(t *ir.Type) {
			if t.Kind == ir.KindList {
				p.items[t.Elem] = true
			}
		})
	}
	return p.items[t]
}

// eachMessageType visits every type that a message holds.
func (p *pkg) eachMessageType(visit func(*ir.Type)) {
	reached := map[*ir.Type]bool{}
	for _, op := range p.api.Operations {
		for _, c := range op.Calls {
			if c.Request != nil {
				reach(c.Request, reached, visit)
			}
			if r := response(c); r != nil {
				reach(r, reached, visit)
			}
		}
	}
}

// fieldTable adds the table of the members that a struct has.
func fieldTable(f *jen.File, t *ir.Type, fields []*ir.Field, code string) {
	must, escaped := false, false
	f.Line()
	f.Var().Id(fieldsVar(t)).Op("=").Id("jsonFields").Add(rows(func(add func(...jen.Code)) {
		add(jen.Id("keys").Op(":").Index().Id("jsonKey").Add(rows(func(add func(...jen.Code)) {
			for _, field := range fields {
				key := []jen.Code{jen.Id("name").Op(":").Add(literal(fieldKey(field)))}
				switch {
				case field.Name.Spec == code: // without it nobody can tell success from failure
					key = append(key, jen.Id("need").Op(":").Id("resultCode"))
				case field.Required:
					key = append(key, jen.Id("need").Op(":").Id("required"))
				}
				must = must || len(key) > 1
				escaped = escaped || fieldKey(field) != `"`+field.Name.Spec+`":`
				add(jen.Values(key...))
			}
		})))
		if must {
			add(jen.Id("must").Op(":").True())
		}
		if escaped {
			add(jen.Id("escaped").Op(":").True())
		}
	}))
}

func readMembers(g *jen.Group, t *ir.Type, fields []*ir.Field) {
	rest := jen.Id("d").Dot("skip").Call()
	switch {
	case t.Closed:
		rest = jen.Id("d").Dot("unknown").Call()
	case t.Extra:
		rest = jen.Id("d").Dot("extra").Call(walk(), jen.Op("&").Id(receiver).Dot("Extra"))
	}
	if len(fields) == 0 {
		g.Add(rest)
		return
	}
	g.Switch(jen.Id("m").Dot("field")).BlockFunc(func(g *jen.Group) {
		for _, field := range fields {
			g.Case(jen.Id(memberIndex(field))).Block(readField(field))
		}
		g.Default().Block(rest)
	})
}

// readField is the statement that reads one member into its field.
func readField(f *ir.Field) *jen.Statement {
	if f.Fill != nil {
		return readFilled(f)
	}
	t := fieldValue(f)
	field := jen.Id(receiver).Dot(f.Name.Go)
	target := jen.Op("&").Add(field)
	switch {
	case !optional(f):
		return readValue(f, t, field, target)
	case !t.Embedded && scalar(t):
		value := jen.Add(field).Dot("value")
		return jen.Add(field).Dot("set").Op("=").Add(readScalar(t, jen.Op("&").Add(value)))
	}
	return jen.Id("optValue").Call(target, jen.Id("d"), readFunc(t))
}

// readScalar is the call that reads a single value into a place: a method of the reader, for a type that Go has or one of the same kind, or
// a generic function.
func readScalar(t *ir.Type, target *jen.Statement) *jen.Statement {
	name := readName(t)
	if integral(t) && intName(t) != "int64" {
		return jen.Id("read"+name).Call(target, jen.Id("d"))
	}
	return jen.Id("d").Dot(lowerFirst(name)).Call(asPlain(t, target))
}

// asPlain converts the address of a text or a large integer to one of a type that Go has.
func asPlain(t *ir.Type, target *jen.Statement) *jen.Statement {
	switch {
	case textual(t) && (named(t) || t.Sensitive):
		return jen.Parens(jen.Op("*").String()).Call(target)
	case integral(t) && named(t):
		return jen.Parens(jen.Op("*").Int64()).Call(target)
	}
	return target
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

// readValue is the call that reads one value of t into a place: target is its address. f is nil for an item.
func readValue(f *ir.Field, t *ir.Type, place, target *jen.Statement) *jen.Statement {
	d := jen.Id("d")
	switch {
	case t.Embedded:
		inner := *t
		inner.Embedded = false
		return jen.Id("readEmbedded").Call(target, d, inTextFunc(&inner), readFunc(&inner))
	case t.Kind == ir.KindList && t.Comma:
		return jen.Id("readCommaList").Call(target, d)
	case t.Kind == ir.KindList && t.Single:
		return jen.Id("readSingle").Call(target, d, jen.Lit(maxItems(f, t)), readFunc(t.Elem))
	case t.Kind == ir.KindList:
		return jen.Id("readList").Call(target, d, jen.Lit(maxItems(f, t)), readFunc(t.Elem))
	case t.Kind == ir.KindMap:
		return jen.Id("readMap").Call(target, d, jen.Lit(0), readFunc(t.Elem))
	case t.Kind == ir.KindStruct && t.AcceptEmbedded:
		return jen.Id("readObjectOrText").Call(target, d, inTextFunc(t), methodOf(t, "readJSON"))
	case t.Kind == ir.KindStruct || t.Kind == ir.KindUnion:
		return jen.Add(place).Dot("readJSON").Call(d)
	case t.Kind == ir.KindAny:
		return jen.Id("readRaw").Call(target, d)
	}
	return readScalar(t, target)
}

// readFunc is a function that reads one value of t: an item of a list, the content of an Opt.
func readFunc(t *ir.Type) *jen.Statement {
	switch {
	case t.Embedded || t.AcceptEmbedded || t.Kind == ir.KindList || t.Kind == ir.KindMap:
		place := jen.Id(receiver)
		return jen.Func().Params(jen.Id(receiver).Op("*").Add(goType(t)), jen.Id("d").Op("*").Id("jsonReader")).
			Block(readValue(nil, t, place, place))
	case t.Kind == ir.KindStruct || t.Kind == ir.KindUnion:
		return methodOf(t, "readJSON")
	case t.Kind == ir.KindAny:
		return jen.Id("readRaw")
	case t.Kind == ir.KindBool || t.Kind == ir.KindFloat:
		return jen.Id("item" + readName(t))
	}
	return instance("item"+readName(t), t)
}

func methodOf(t *ir.Type, name string) *jen.Statement {
	return jen.Parens(jen.Op("*").Add(goType(t))).Dot(name)
}

// readName is the end of the name of the function that reads a single value.
func readName(t *ir.Type) string {
	switch {
	case textual(t) && accepts(t, ir.KindInt):
		return "TextOrInt"
	case textual(t):
		return "Text"
	case integral(t) && accepts(t, ir.KindString):
		return "IntOrText"
	case integral(t):
		return "Int"
	case t.Kind == ir.KindBool:
		return "Bool"
	}
	return "Float"
}

// scalar reports whether the support package has a function of its own for a value of t that may be absent.
func scalar(t *ir.Type) bool {
	return textual(t) || integral(t) || t.Kind == ir.KindBool || t.Kind == ir.KindFloat
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
