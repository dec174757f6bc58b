package emit

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// types_gen.go holds every named type that is not the request or response of one operation, in document order; its codecs are in
// codec_types_gen.go.

func (p *pkg) types() []draft {
	shared := p.sharedTypes()
	if len(shared) == 0 {
		return nil
	}
	f := p.file()
	codecs := p.file()
	for _, t := range shared {
		p.declare(f, t)
		if t.Kind == ir.KindStruct {
			p.codec(codecs, t)
		}
	}
	drafts := []draft{{name: "types_gen.go", code: f}}
	if len(structs(shared)) > 0 {
		drafts = append(drafts, draft{name: "codec_types_gen.go", code: codecs})
	}
	return drafts
}

// sharedTypes are the declared types that something in the output uses, without those that stand beside their operation.
func (p *pkg) sharedTypes() []*ir.Type {
	used := map[*ir.Type]bool{}
	beside := map[*ir.Type]bool{}
	for _, op := range p.api.Operations {
		for _, c := range op.Calls {
			if c.Request != nil {
				beside[c.Request] = true
				reach(c.Request, used, func(*ir.Type) {})
			}
			if r := response(c); r != nil {
				beside[r] = !r.Component
				reach(r, used, func(*ir.Type) {})
			}
		}
		for _, param := range op.Parameters {
			if param.Fill == nil || param.Fill.Kind == ir.FillOption { // what else fills one takes no value of a caller's
				reach(param.Type, used, func(*ir.Type) {})
			}
		}
	}
	var shared []*ir.Type
	for _, t := range p.api.Types {
		if used[t] && !beside[t] && named(t) {
			shared = append(shared, t)
		}
	}
	return shared
}

// response is the type that a call returns, nil where it returns none.
func response(c *ir.Call) *ir.Type {
	for _, r := range c.Responses {
		if r.Type != nil {
			return r.Type
		}
	}
	return nil
}

// declare adds the declaration of a named type with its methods.
func (p *pkg) declare(f *jen.File, t *ir.Type) {
	switch t.Kind {
	case ir.KindStruct:
		p.declareStruct(f, t, typeDoc(t))
		p.check(f, t)
		p.serverSide(f, t)
		itemError(f, t)
	case ir.KindEnum:
		declareEnum(f, t)
	default:
		fileComment(f, typeDoc(t)...)
		f.Type().Id(t.Name.Go).Id(underlying(t))
	}
}

func typeDoc(t *ir.Type) []string {
	text, last := deprecated(t.Doc, t.Name.Spec)
	if text != "" {
		return []string{t.Name.Go + ": " + text, last}
	}
	return []string{fmt.Sprintf("%s is the document's %s.", t.Name.Go, oneLine(t.Name.Spec)), last}
}

// docText is the documentation that the document gives.
func docText(d ir.Doc) string {
	if d.Description != "" {
		return paragraphs(d.Description)
	}
	return paragraphs(d.Summary)
}

// declareStruct adds the struct itself and the method that keeps its secrets out of logs.
func (p *pkg) declareStruct(f *jen.File, t *ir.Type, doc []string) {
	fileComment(f, doc...)
	f.Type().Id(t.Name.Go).StructFunc(func(g *jen.Group) {
		for _, field := range own(t) {
			comment(g, fieldDoc(field)...)
			g.Id(field.Name.Go).Add(fieldType(field))
		}
		if t.Extra {
			g.Comment("// Members that the document does not name, in the order in which they arrived.")
			g.Id("Extra").Id("Extra")
		}
	})
	if holdsSecrets(t) {
		fileComment(f, "LogValue implements [log/slog.LogValuer]: what must not be seen is masked.",
			"The JSON of v is what travels, and holds it: log v itself, not a structure around it.")
		f.Func().Params(jen.Id(receiver).Id(t.Name.Go)).Id("LogValue").Params().Qual("log/slog", "Value").
			Block(jen.Return(jen.Id("maskedLogValue").Call(jen.Id(receiver))))
	}
}

// fieldDoc is what the reader of a field has to know: the document's words, then its wire name and the facts about it.
func fieldDoc(f *ir.Field) []string {
	text, last := deprecated(f.Doc, f.Name.Spec)
	if text == "" && f.Type.Name != nil {
		text = docText(f.Type.Doc)
	}
	if text != "" {
		text += "\n"
	}
	return []string{text + strings.Join(fieldFacts(f), "; ") + ".", last}
}

func fieldFacts(f *ir.Field) []string {
	facts := []string{"Sent as " + oneLine(f.Name.Spec) + where(f)}
	switch {
	case f.Required:
		facts = append(facts, "required")
	case f.Expected:
		facts = append(facts, "expected")
	}
	if f.MayBeEmpty {
		facts = append(facts, "may be empty")
	}
	if f.Type.Single {
		facts = append(facts, "a single item travels as itself, not in a list")
	}
	for _, r := range rules(f, f.Type) {
		if fact := ruleFact(r); fact != "" {
			facts = append(facts, fact)
		}
	}
	return facts
}

func where(f *ir.Field) string {
	switch {
	case f.Also != "" && f.Also == f.Name.Spec:
		return " in the body and in the query"
	case f.Also != "":
		return " in the body and as " + oneLine(f.Also) + " in the query"
	case f.In != ir.InBody:
		return " in the " + f.In.String()
	}
	return ""
}

func declareEnum(f *jen.File, t *ir.Type) {
	doc := typeDoc(t)
	doc, last := doc[:1], doc[1] // what says "Deprecated" comes last
	if t.Open {
		doc = append(doc, "The vendor may send other values than the constants.")
	}
	if t.Flags {
		doc = append(doc, "The constants are bits, to be combined with |.")
	}
	fileComment(f, append(doc, last)...)
	f.Type().Id(t.Name.Go).Id(underlying(t))
	f.Const().DefsFunc(func(g *jen.Group) {
		for _, v := range t.Values {
			text := docText(v.Doc)
			if text == "" {
				text = v.Name.Go + " is " + oneLine(v.Value.Text) + "."
			}
			comment(g, text)
			g.Id(v.Name.Go).Id(t.Name.Go).Op("=").Add(constant(&v.Value))
		}
	})
	if t.Base == ir.KindInt {
		enumString(f, t)
	}
}

// enumString adds the method that prints an integer as the name of its constant. Text speaks for itself.
func enumString(f *jen.File, t *ir.Type) {
	doc := "String returns the name of a constant without the type's, and any other value as a number."
	if t.Flags {
		doc = "String returns the names of the bits without the type's, joined with |, and bits without a name as a number."
	}
	fileComment(f, doc)
	names := jen.Switch(jen.Id(receiver)).BlockFunc(func(g *jen.Group) {
		for _, v := range t.Values {
			g.Case(jen.Id(v.Name.Go)).Block(jen.Return(jen.Lit(shortName(t, v))))
		}
	})
	signature := func(method string) *jen.Statement {
		return jen.Func().Params(jen.Id(receiver).Id(t.Name.Go)).Id(method).Params().String()
	}
	number := formatted(&ir.Type{Kind: ir.KindInt, Bits: 64, Unsigned: t.Unsigned}, jen.Id(intName(&ir.Type{Bits: 64, Unsigned: t.Unsigned})).Call(jen.Id(receiver)))
	if !t.Flags {
		f.Add(signature("String")).Block(names, jen.Return(number))
		return
	}
	f.Add(signature("String")).Block(jen.Return(jen.Id("flagNames").Call(jen.Id(receiver), jen.Id(t.Name.Go).Dot("flagName"))))
	f.Line()
	f.Comment("// flagName is String for a single bit.")
	f.Add(signature("flagName")).Block(names, jen.Return(number))
}

// shortName is the name of a constant without the prefix that all constants of the type have.
func shortName(t *ir.Type, v *ir.EnumValue) string {
	if short := strings.TrimPrefix(v.Name.Go, t.Name.Go); short != "" {
		return short
	}
	return v.Name.Go
}

// constant is a literal of the document as a Go literal.
func constant(v *ir.Value) *jen.Statement {
	switch v.Kind {
	case ir.KindInt, ir.KindFloat:
		return number(v.Text)
	case ir.KindBool:
		return jen.Lit(v.Text == "true")
	}
	return jen.Lit(v.Text)
}

// itemError gives the item of a list that carries a result code of its own a method that turns it into an error.
func itemError(f *jen.File, t *ir.Type) {
	r := t.ItemResult
	if r == nil {
		return
	}
	code := fieldNamed(t, r.Code)
	fileComment(f, "Err returns the failure that this item reports as an *[Error], or nil.")
	f.Add(method(t)).Id("Err").Params().Error().Block(jen.Return(jen.Id("itemError").Call(
		jen.Lit(t.Name.Go), jen.Op("&").Id(resultVar(r)), valueOf(code, jen.Lit(0)), messageOf(t, r))))
}

// messageOf is the expression for the text beside the code, from the first of its fields that is not empty.
func messageOf(t *ir.Type, r *ir.Result) *jen.Statement {
	message := valueOf(fieldNamed(t, r.Message), jen.Lit(""))
	if len(r.Elsewhere) == 0 {
		return message
	}
	return jen.Qual("cmp", "Or").CallFunc(func(g *jen.Group) {
		g.Add(message)
		for _, name := range r.Elsewhere {
			g.Add(valueOf(fieldNamed(t, name), jen.Lit("")))
		}
	})
}

// valueOf is the expression for a field's plain value; absent stands in for an unset one.
func valueOf(f *ir.Field, absent *jen.Statement) *jen.Statement {
	if f == nil {
		return absent
	}
	value := jen.Id(receiver).Dot(f.Name.Go)
	if optional(f) {
		return value.Dot("Or").Call(absent)
	}
	return value
}

func fieldNamed(t *ir.Type, name string) *ir.Field {
	for _, f := range t.Fields {
		if f.Name.Spec == name && f.In == ir.InBody {
			return f
		}
	}
	return nil
}
