package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// Forms: requests whose body is application/x-www-form-urlencoded. They have the JSON codec that every type has, for logs and tests,
// and these methods, which the client and the server use in its place. The fields are plain values, as parameters are.

// isForm reports whether the body of a call is a form.
func isForm(c *ir.Call) bool {
	if c.Body == nil {
		return false
	}
	media, _, _ := strings.Cut(c.Body.ContentType, ";")
	return strings.EqualFold(strings.TrimSpace(media), "application/x-www-form-urlencoded")
}

// formFields are the fields of a form, those that the client fills among them.
func formFields(c *ir.Call) []*ir.Field {
	if wholeBody(c) != nil {
		return c.Body.Type.Fields
	}
	return bodyFields(c.Request)
}

func isSignature(f *ir.Field) bool { return f.Fill != nil && f.Fill.Kind == ir.FillSignature }

// formTable is the table of the fields. It has the rows of parameters, which are checked alike.
func formTable(c *ir.Call) *jen.Statement {
	return jen.Index().Id("parameter").Add(rows(func(add func(...jen.Code)) {
		for _, field := range formFields(c) {
			if isSignature(field) {
				continue
			}
			param := &ir.Parameter{Type: fieldValue(field), Fill: field.Fill}
			add(jen.ValuesFunc(func(g *jen.Group) {
				g.Id("name").Op(":").Lit(field.Name.Spec)
				g.Id("kind").Op(":").Id(parameterKind(param.Type))
				if bits := parameterBits(param); bits != 0 {
					g.Id("bits").Op(":").Lit(bits)
				}
				if field.Required {
					g.Id("required").Op(":").True()
				}
				if field.Fill != nil && field.Fill.Kind == ir.FillConstant {
					g.Id("fill").Op(":").Id("fillConstant")
					g.Id("value").Op(":").Lit(field.Fill.Constant.Text)
				}
			}))
		}
	}))
}

// formMethods adds how the fields leave the request, and how they get into it on the server.
func formMethods(f *jen.File, c *ir.Call) {
	f.Line()
	filler := "_"
	for _, field := range formFields(c) {
		if field.Fill != nil && field.Fill.Kind != ir.FillConstant && field.Fill.Kind != ir.FillSignature {
			filler = "f"
		}
	}
	f.Add(method(c.Request)).Id("appendForm").Params(jen.Id("dst").Index().Byte(), jen.Id(filler).Op("*").Id("filler")).Index().Byte().
		BlockFunc(func(g *jen.Group) {
			body := formBody(g, c, false)
			for _, field := range formFields(c) {
				appendFormField(g, field, body())
			}
			g.Return(jen.Id("dst"))
		})
	f.Line()
	f.Add(method(c.Request)).Id("setField").Params(jen.Id("name").String(), jen.Id("value").String()).Bool().
		BlockFunc(func(g *jen.Group) {
			body := formBody(g, c, true)
			var cases []jen.Code
			for _, field := range formFields(c) {
				if field.Fill == nil {
					cases = append(cases, jen.Case(jen.Lit(field.Name.Spec)).Block(setText(field, body().Dot(field.Name.Go))...))
				}
			}
			if len(cases) > 0 {
				g.Switch(jen.Id("name")).Block(cases...)
			}
			g.Return(jen.True())
		})
}

// formBody is the struct that holds the fields: the request itself, or its field of the body's type.
func formBody(g *jen.Group, c *ir.Call, set bool) func() *jen.Statement {
	whole := wholeBody(c)
	if whole == nil {
		return func() *jen.Statement { return jen.Id(receiver) }
	}
	value := jen.Id(receiver).Dot(whole.Name.Go)
	if !optional(whole) {
		return func() *jen.Statement { return jen.Id(receiver).Dot(whole.Name.Go) }
	}
	if set {
		g.Id("body").Op(":=").Add(value.Clone()).Dot("Or").Call(goType(whole.Type).Values())
		g.Defer().Func().Params().Block(value.Clone().Op("=").Id("Some").Call(jen.Id("body"))).Call()
		return func() *jen.Statement { return jen.Id("body") }
	}
	g.List(jen.Id("body"), jen.Id("ok")).Op(":=").Add(value.Clone()).Dot("Get").Call()
	g.If(jen.Op("!").Id("ok")).Block(jen.Return(jen.Id("dst")))
	return func() *jen.Statement { return jen.Id("body") }
}

// appendFormField adds the statement that writes one field.
func appendFormField(g *jen.Group, f *ir.Field, body *jen.Statement) {
	write := func(text *jen.Statement) *jen.Statement {
		return jen.Id("dst").Op("=").Id("appendFormField").Call(jen.Id("dst"), jen.Lit(f.Name.Spec), text)
	}
	value := body.Dot(f.Name.Go)
	switch {
	case isSignature(f): // made later, from the others
	case f.Fill != nil && f.Fill.Kind == ir.FillCredential:
		g.If(jen.Id("value").Op(":=").Id("f").Dot("credential").Call(jen.Lit(f.Fill.Credential)), jen.Id("value").Op("!=").Lit("")).
			Block(write(jen.Id("value")))
	case f.Fill != nil:
		g.Add(write(filledText(f)))
	case optional(f):
		g.If(jen.List(jen.Id("value"), jen.Id("ok")).Op(":=").Add(value).Dot("Get").Call(), jen.Id("ok")).
			Block(write(formattedField(f, jen.Id("value"))))
	default:
		g.Add(write(formattedField(f, value)))
	}
}

// filledText is a value that the client makes, as text.
func filledText(f *ir.Field) *jen.Statement {
	fill := f.Fill
	switch {
	case fill.Kind == ir.FillConstant:
		return jen.Lit(fill.Constant.Text)
	case fill.Kind == ir.FillNonce && fill.Alphabet != "":
		return jen.Id("f").Dot("randomText").Call(jen.Id(alphabets[fill.Alphabet]), jen.Lit(nonceLength(fill)))
	case fill.Kind == ir.FillNonce:
		return jen.Qual("strconv", "FormatUint").Call(jen.Id("f").Dot("random").Call(jen.Lit(valueBits(f.Type))), jen.Lit(10))
	}
	return timeText(fill)
}

// timeText is a time as text.
func timeText(fill *ir.Fill) *jen.Statement {
	format := timeFormat(fill.Format)
	if fill.Kind == ir.FillMillis {
		format = "timeMillis"
	}
	now := jen.Id("f").Dot("now")
	if fill.Offset != 0 {
		now = now.Dot("Add").Call(seconds(fill.Offset))
	}
	return jen.Id(format).Dot("text").Call(now)
}

// writeMadeText is the call that appends a member with a time in another form than a plain number of seconds or milliseconds, or with
// random text; nil for all others.
func writeMadeText(f *ir.Field, key *jen.Statement) *jen.Statement {
	fill := f.Fill
	switch {
	case fill.Kind == ir.FillNonce && fill.Alphabet != "":
	case fill.Kind == ir.FillTimestamp && (timeFormat(fill.Format) != "timeSeconds" || fill.Offset != 0):
	case fill.Kind == ir.FillMillis && fill.Offset != 0:
	default:
		return nil
	}
	return jen.Id("f").Dot(byType(f, "madeNumber", "madeText")).
		Call(jen.Id("dst"), key, jen.Func().Params().String().Block(jen.Return(filledText(f))))
}
