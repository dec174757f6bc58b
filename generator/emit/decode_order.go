package emit

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

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
	t, key := fieldValue(f), fieldKey(f)
	found := jen.Id("q").Op(">").Lit(0)
	read := func(g *jen.Group) {
		g.Add(readField(f))
		g.Add(pastComma(jen.Id("d").Dot("pos")))
	}
	switch {
	case f.Fill == nil && !t.Embedded && textual(t):
		key += `"`
		read = func(g *jen.Group) { readNextScalar(g, f, "textAt") }
	case f.Fill == nil && !t.Embedded && integral(t) && intName(t) == "int64":
		found.Op("&&").Id("isDigit").Call(jen.Id("src").Index(jen.Id("q")))
		read = func(g *jen.Group) { readNextScalar(g, f, "intAt") }
	default:
		found.Op("&&").Id("d").Dot("valueAt").Call(jen.Id("q"))
	}
	g.If(jen.Id("q").Op(":=").Add(after(key)), found).BlockFunc(func(g *jen.Group) {
		read(g)
		g.Id("seen").Op("|=").Lit(1).Op("<<").Id(memberIndex(f))
	})
}

// after is the call that compares a name: in pieces of eight bytes, each of which the compiler makes one comparison of. A longer constant is
// compared by a call.
func after(key string) *jen.Statement {
	const piece, most = 8, 3
	arguments := []jen.Code{jen.Id("src"), jen.Id("p")}
	if isASCII := strings.IndexFunc(key, func(r rune) bool { return r >= utf8.RuneSelf }) < 0; len(key) <= piece || len(key) > piece*most || !isASCII {
		return jen.Id("after").Call(append(arguments, literal(key))...)
	}
	for each := range slices.Chunk([]byte(key), piece) {
		arguments = append(arguments, literal(string(each)))
	}
	return jen.Id("after" + strconv.Itoa(len(arguments)-2)).Call(arguments...)
}

// readNextScalar reads a text or an integer with a method that returns its end.
func readNextScalar(g *jen.Group, f *ir.Field, method string) {
	field := jen.Id(receiver).Dot(f.Name.Go)
	target := jen.Op("&").Add(field)
	if optional(f) {
		target.Dot("value")
	}
	g.Add(pastComma(jen.Id("d").Dot(method).Call(jen.Id("q"), asPlain(fieldValue(f), target))))
	if optional(f) {
		g.Add(field).Dot("set").Op("=").True()
	}
}

// pastComma is the statement that moves from the end of a value to the next name.
func pastComma(end *jen.Statement) *jen.Statement {
	return jen.Id("p").Op("=").Id("pastComma").Call(jen.Id("src"), end)
}
