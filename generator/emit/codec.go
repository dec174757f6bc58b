package emit

import (
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// The codecs: one function that writes and one that reads for each struct, a line or a case for each member. How a value of some
// kind is written or read stands in the support package.

// codec adds the codec of one struct to f.
func (p *pkg) codec(f *jen.File, t *ir.Type) {
	p.appendJSON(f, t)
	marshalers(f, t)
	p.readJSON(f, t)
}

// receiver is the name of the receiver in every generated method.
const receiver = "v"

func method(t *ir.Type) *jen.Statement {
	return jen.Func().Params(jen.Id(receiver).Op("*").Id(t.Name.Go))
}

// overwrites ends the comment of AppendJSON: unlike append, it leaves bytes behind its result, see the writer of text.
const overwrites = "All bytes between the length of dst and its capacity may be overwritten."

func (p *pkg) appendJSON(f *jen.File, t *ir.Type) {
	fileComment(f, "AppendJSON appends v to dst as a JSON object. "+overwrites)
	f.Add(method(t)).Id("AppendJSON").Params(jen.Id("dst").Index().Byte()).Index().Byte().
		BlockFunc(func(g *jen.Group) { appendMembers(g, t, p.inLists(t)) })
}

// requestCodec adds the codec of a request. Its body may have members that depend on the client that sends it.
func (p *pkg) requestCodec(f *jen.File, c *ir.Call) {
	t := c.Request
	doc := "AppendJSON appends the body of v to dst. " + overwrites
	if names := fillNames(t); names != "" {
		doc = "AppendJSON appends the body of v to dst, without what only a client can fill: " + names + ". " + overwrites
	}
	fileComment(f, doc)
	f.Add(method(t)).Id("AppendJSON").Params(jen.Id("dst").Index().Byte()).Index().Byte().
		Block(jen.Return(jen.Id(receiver).Dot("appendBody").Call(jen.Id("dst"), jen.Nil())))
	filler := "_"
	if fillNames(t) != "" {
		filler = "f"
		fileComment(f, "appendBody appends the body as a client sends it; f fills "+fillNames(t)+".")
	}
	whole := wholeBody(c)
	if filler == "_" {
		f.Line()
	}
	f.Add(method(t)).Id("appendBody").Params(jen.Id("dst").Index().Byte(), jen.Id(filler).Op("*").Id("filler")).Index().Byte().
		BlockFunc(func(g *jen.Group) {
			if whole != nil {
				g.Return(writeBody(whole))
				return
			}
			appendMembers(g, t, false)
		})
	marshalers(f, t)
	if whole != nil {
		f.Line()
		f.Add(method(t)).Id("readJSON").Params(jen.Id("d").Op("*").Id("jsonReader")).Block(readField(whole))
		return
	}
	p.readJSON(f, t)
}

// wholeBody is the field that holds the whole body, where the body is no object of the request's own.
func wholeBody(c *ir.Call) *ir.Field {
	if c.Body == nil || c.Body.Flattened {
		return nil
	}
	for _, f := range c.Request.Fields {
		if f.In == ir.InBody {
			return f
		}
	}
	return nil
}

// writeBody is the expression that appends a whole body.
func writeBody(f *ir.Field) *jen.Statement {
	value := jen.Id(receiver).Dot(f.Name.Go)
	switch {
	case optional(f):
		return jen.Id("appendOpt").Call(jen.Id("dst"), value, writeFunc(f.Type))
	case f.Type.Kind == ir.KindStruct:
		return value.Dot("AppendJSON").Call(jen.Id("dst"))
	case f.Type.Kind == ir.KindList && !f.Type.Comma && !f.Type.Single:
		return jen.Id("appendList").Call(jen.Id("dst"), value, writeFunc(f.Type.Elem))
	case f.Type.Kind == ir.KindMap:
		return jen.Id("appendMap").Call(jen.Id("dst"), value, writeFunc(f.Type.Elem))
	}
	return writeFunc(f.Type).Call(jen.Op("&").Add(value), jen.Id("dst"))
}

// fillNames lists the members that depend on the client, constants not among them.
func fillNames(t *ir.Type) string {
	names := ""
	for _, f := range bodyFields(t) {
		if f.Fill == nil || f.Fill.Kind == ir.FillConstant {
			continue
		}
		if names != "" {
			names += ", "
		}
		names += oneLine(f.Name.Spec)
	}
	return names
}

// appendMembers adds the statements that append an object. Where there are many of its type, as in a list, texts and integers are written in
// fewer calls, which is more code.
func appendMembers(g *jen.Group, t *ir.Type, many bool) {
	open := jen.Id("openObject").Call(jen.Id("dst"))
	if many {
		open = jen.Append(jen.Id("dst"), jen.LitRune('{'))
	}
	g.Id("dst").Op("=").Add(open)
	for _, f := range bodyFields(t) {
		switch {
		case isSignature(f): // made later, from the others
		case many && putFunc(f) != "":
			putMember(g, f)
		default:
			writeMember(g, f)
		}
	}
	if t.Extra {
		g.Return(jen.Id("closeExtra").Call(jen.Id("dst"), jen.Id(receiver).Dot("Extra")))
		return
	}
	g.Return(jen.Id("closeObject").Call(jen.Id("dst")))
}

// writeMember adds the statement that appends one member, its name and the comma behind it included.
func writeMember(g *jen.Group, f *ir.Field) {
	key := literal(fieldKey(f))
	value := jen.Id(receiver).Dot(f.Name.Go)
	set := func(call *jen.Statement) *jen.Statement { return jen.Id("dst").Op("=").Add(call) }
	t := fieldValue(f)
	switch {
	case f.Fill != nil:
		g.Add(set(writeFilled(f, key)))
	case !t.Embedded && t.Kind != ir.KindStruct:
		g.Add(set(jen.Id(fieldFunc(f, t)).Call(append([]jen.Code{jen.Id("dst"), key}, fieldArgs(f, t, value)...)...)))
	case f.Plain():
		g.Add(set(writeInside(t, key, value)))
	case nilable(t):
		g.If(jen.Add(value).Op("!=").Nil()).Block(set(writeInside(t, key, value)))
	default:
		g.If(jen.Add(value).Dot("set")).Block(set(writeInside(t, key, jen.Add(value).Dot("value"))))
	}
}

// putFunc names the function that appends the value of a member behind its name, where there is one.
func putFunc(f *ir.Field) string {
	switch t := fieldValue(f); {
	case f.Fill != nil || t.Embedded:
		return ""
	case textual(t):
		return "putText"
	case integral(t) && t.Unsigned && t.Bits != 32:
		return "putUint"
	case integral(t):
		return "putInt"
	}
	return ""
}

// putMember is writeMember with that function.
func putMember(g *jen.Group, f *ir.Field) {
	t, put, key := fieldValue(f), putFunc(f), fieldKey(f)
	if put == "putText" {
		key += `"`
	}
	named := jen.Id("dst")
	for _, part := range keyParts(key) {
		named = jen.Append(named, literal(part).Op("..."))
	}
	set := func(value *jen.Statement) *jen.Statement {
		return jen.Id("dst").Op("=").Id(put).Call(named, plainValue(t, value))
	}
	value := jen.Id(receiver).Dot(f.Name.Go)
	if f.Plain() {
		g.Add(set(value))
		return
	}
	g.If(jen.Add(value).Dot("set")).Block(set(jen.Add(value).Dot("value")))
}

// keyParts divides a key in two where each part can then be stored by itself: of at most 16 bytes the compiler makes two stores, of more a call.
func keyParts(key string) []string {
	const most = 16
	if end := strings.LastIndex(key, `":`); len(key) > most && end <= most {
		return []string{key[:end], key[end:]}
	}
	return []string{key}
}

// fieldKey is the name of a member as JSON, with its colon.
func fieldKey(f *ir.Field) string { return string(appendQuoted(nil, f.Name.Spec)) + ":" }

// writeInside is the expression that appends a member whose value is an object, or JSON inside a string. The call of an object's own
// method, instead of one through a variable, keeps the value off the heap.
func writeInside(t *ir.Type, key, value *jen.Statement) *jen.Statement {
	if t.Embedded {
		inner := *t
		inner.Embedded = false
		return jen.Id("embeddedField").Call(jen.Id("dst"), key, jen.Op("&").Add(value), writeFunc(&inner))
	}
	return jen.Id("endMember").Call(value.Dot("AppendJSON").Call(jen.Id("beginMember").Call(jen.Id("dst"), key)))
}

// fieldFunc names the function that appends a member, by the shape of its field.
func fieldFunc(f *ir.Field, t *ir.Type) string {
	name := "IntOrText"
	switch {
	case t.Kind == ir.KindList && t.Comma:
		name = "Comma"
	case t.Kind == ir.KindList && t.Single:
		name = "Single"
	case t.Kind == ir.KindList:
		name = "List"
	case t.Kind == ir.KindMap:
		name = "Map"
	case t.Kind == ir.KindAny:
		name = "Any"
	case textual(t):
		name = "Text"
	case integral(t) && t.Unsigned && t.Bits != 32:
		name = "Uint"
	case integral(t):
		name = "Int"
	case t.Kind == ir.KindBool:
		name = "Bool"
	case t.Kind == ir.KindFloat:
		name = "Float"
	}
	if f.Plain() {
		return lowerFirst(name) + "Field"
	}
	return "opt" + name + "Field"
}

// fieldArgs are what that function takes behind the key: whether the value is set, where it may not be, the value itself as a type that Go
// has, and the function for an item.
func fieldArgs(f *ir.Field, t *ir.Type, value *jen.Statement) []jen.Code {
	switch {
	case t.Kind == ir.KindMap || t.Kind == ir.KindList && !t.Comma:
		return []jen.Code{value, writeFunc(t.Elem)}
	case f.Plain():
		return []jen.Code{plainValue(t, value)}
	case nilable(t):
		return []jen.Code{value}
	}
	return []jen.Code{jen.Add(value).Dot("set"), plainValue(t, jen.Add(value).Dot("value"))}
}

// plainValue converts a text or an integer to the type that the writer takes.
func plainValue(t *ir.Type, value *jen.Statement) *jen.Statement {
	switch {
	case textual(t):
		return asString(nil, t, value)
	case integral(t) && t.Unsigned && t.Bits != 32:
		if named(t) {
			return jen.Uint64().Call(value)
		}
		return value
	case integral(t):
		return asInt(t, value)
	}
	return value
}

func writeFilled(f *ir.Field, key *jen.Statement) *jen.Statement {
	dst := jen.Id("dst")
	fill := func(name string, args ...jen.Code) *jen.Statement {
		return jen.Id("f").Dot(name).Call(append([]jen.Code{dst, key}, args...)...)
	}
	if made := writeMadeText(f, key); made != nil {
		return made
	}
	switch f.Fill.Kind {
	case ir.FillConstant:
		return jen.Id("constField").Call(dst, literal(string(appendQuoted(nil, f.Name.Spec))+":"+jsonValue(f.Fill.Constant)))
	case ir.FillCredential:
		return fill(byType(f, "credentialInt", "credentialText"), jen.Lit(f.Fill.Credential))
	case ir.FillMillis:
		return fill(byType(f, "millis", "millisText"))
	case ir.FillNonce:
		return fill(byType(f, "nonceField", "nonceText"), jen.Lit(valueBits(f.Type)))
	}
	return fill(byType(f, "timestamp", "timestampText"))
}

// valueBits is how many random bits fit into a value of t.
func valueBits(t *ir.Type) int {
	bits := t.Bits
	if bits == 0 {
		bits = 64 // text: as much as the support package draws at once
	}
	if t.Unsigned {
		return bits
	}
	return bits - 1
}

// byType chooses by how the document writes a number: as a number or as a string.
func byType(f *ir.Field, asNumber, asText string) string {
	if integral(f.Type) {
		return asNumber
	}
	return asText
}

// jsonValue is a literal of the document as JSON.
func jsonValue(v *ir.Value) string {
	if v.Kind == ir.KindString {
		return string(appendQuoted(nil, v.Text))
	}
	return v.Text
}

// writeFunc is a function that appends one value of t: an item of a list, the content of an Opt.
func writeFunc(t *ir.Type) *jen.Statement {
	switch {
	case t.Embedded:
		inner := *t
		inner.Embedded = false
		return nested(t, jen.Id("appendEmbedded").Call(jen.Id("dst"), jen.Id(receiver), writeFunc(&inner)))
	case t.Kind == ir.KindList && t.Comma:
		return instance("writeComma", t.Elem)
	case t.Kind == ir.KindList && t.Single:
		return nested(t, jen.Id("appendSingle").Call(jen.Id("dst"), jen.Op("*").Id(receiver), writeFunc(t.Elem)))
	case t.Kind == ir.KindList:
		return nested(t, jen.Id("appendList").Call(jen.Id("dst"), jen.Op("*").Id(receiver), writeFunc(t.Elem)))
	case t.Kind == ir.KindMap:
		return nested(t, jen.Id("appendMap").Call(jen.Id("dst"), jen.Op("*").Id(receiver), writeFunc(t.Elem)))
	case t.Kind == ir.KindStruct || t.Kind == ir.KindUnion:
		return methodOf(t, "AppendJSON")
	case textual(t):
		return instance("writeText", t)
	case integral(t):
		return instance("writeInt", t)
	case t.Kind == ir.KindBool:
		return jen.Id("writeBool")
	case t.Kind == ir.KindFloat:
		return jen.Id("writeFloat")
	}
	return jen.Id("writeRaw")
}

// instance names a generic function of the support package for the type of t.
func instance(name string, t *ir.Type) *jen.Statement { return jen.Id(name).Types(goType(t)) }

// nested is a function literal for a value that has no function of its own.
func nested(t *ir.Type, call *jen.Statement) *jen.Statement {
	return jen.Func().Params(jen.Id(receiver).Op("*").Add(goType(t)), jen.Id("dst").Index().Byte()).Index().Byte().
		Block(jen.Return(call))
}

func marshalers(f *jen.File, t *ir.Type) {
	fileComment(f, "MarshalJSON implements [encoding/json.Marshaler].")
	f.Func().Params(jen.Id(receiver).Id(t.Name.Go)).Id("MarshalJSON").Params().Params(jen.Index().Byte(), jen.Error()).Block(
		jen.Id("s").Op(":=").Id("newScratch").Call(), // on the value: encoding/json finds it on both
		jen.Return(jen.Id("s").Dot("keep").Call(jen.Id(receiver).Dot("AppendJSON").Call(jen.Id("s").Dot("room")))))
	fileComment(f, "UnmarshalJSON implements [encoding/json.Unmarshaler]; its errors are of type *[DecodeError], and texts share memory, see [WithCopiedStrings].")
	f.Add(method(t)).Id("UnmarshalJSON").Params(jen.Id("data").Index().Byte()).Error().
		Block(jen.Return(jen.Id("unmarshal").Call(jen.Id("data"), jen.Id(receiver))))
}

// appendQuoted appends s as a JSON string.
func appendQuoted(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r < 0x20:
			dst = append(dst, `\u00`...)
			dst = append(dst, strconv.FormatInt(int64(r)|0x100, 16)[1:]...)
		default:
			dst = append(dst, string(r)...)
		}
	}
	return append(dst, '"')
}
