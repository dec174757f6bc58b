package emit

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// Parameters: their rows in the table of an operation, how the fields of a request travel in them, and the rules of those that are
// no field of a request, a function for each, which the tables of both sides point at. Apart from the operations because a parameter
// has a form of its own, text, and because client and server options share it.

// parameterRow is one line of the table: the parameter as the document declares it, and who supplies it.
func (p *pkg) parameterRow(c *ir.Call, param *ir.Parameter) *jen.Statement {
	return jen.ValuesFunc(func(g *jen.Group) {
		row := func(key string, value *jen.Statement) { g.Id(key).Op(":").Add(value) }
		row("name", jen.Lit(param.Name.Spec))
		if param.In != ir.InQuery {
			row("in", jen.Id(wheres[param.In]))
		}
		if key := parameterKey(c.Request, param.In, param.Name.Spec); key != param.Name.Spec {
			row("field", jen.Lit(key))
		}
		row("kind", jen.Id(parameterKind(param.Type)))
		if bits := parameterBits(param); bits != 0 {
			row("bits", jen.Lit(bits))
		}
		if param.Required {
			row("required", jen.True())
		}
		fill, extra := parameterFill(c, param)
		row("fill", jen.Id(fill))
		if extra != nil {
			extra(row)
		}
		if param.Fill != nil {
			fillFields(g, param.Fill)
		}
		if param.Sensitive {
			row("sensitive", jen.True())
		}
		p.parameterChecks()
		if check := p.checkOf[param]; check != "" {
			row("check", jen.Id(check))
		}
	})
}

func parameterKind(t *ir.Type) string {
	switch {
	case integral(t):
		return "paramInt"
	case t.Kind == ir.KindBool:
		return "paramBool"
	case t.Kind == ir.KindFloat:
		return "paramFloat"
	}
	return "paramText"
}

// parameterBits is the size of an integer parameter, 0 for 64 bits, which go without saying. A random value has no sign.
func parameterBits(param *ir.Parameter) int {
	if !integral(param.Type) {
		return 0
	}
	bits := param.Type.Bits
	if param.Fill != nil && param.Fill.Kind == ir.FillNonce {
		return valueBits(param.Type)
	}
	if bits == 64 {
		return 0
	}
	return bits
}

// fillFields adds how a time or random text is written.
func fillFields(g *jen.Group, f *ir.Fill) {
	switch {
	case f.Kind == ir.FillMillis:
		timeFields(g, ir.TimeMillis, f.Offset)
	case f.Kind == ir.FillTimestamp:
		timeFields(g, f.Format, f.Offset)
	case f.Kind == ir.FillNonce && f.Alphabet != "":
		nonceFields(g, f)
	}
}

// plainFills are the sources that need nothing more than their name.
var plainFills = map[ir.FillKind]string{
	ir.FillTimestamp: "fillTimestamp",
	ir.FillMillis:    "fillTimestamp",
	ir.FillKey:       "fillKey",
	ir.FillSignature: "fillSignature",
}

func parameterFill(c *ir.Call, param *ir.Parameter) (fill string, extra func(row func(string, *jen.Statement))) {
	if param.Fill == nil {
		return "fillRequest", nil
	}
	value := func(text string) func(func(string, *jen.Statement)) {
		return func(row func(string, *jen.Statement)) { row("value", jen.Lit(text)) }
	}
	switch param.Fill.Kind {
	case ir.FillCredential:
		return "fillCredential", func(row func(string, *jen.Statement)) { row("from", jen.Lit(param.Fill.Credential)) }
	case ir.FillConstant:
		return "fillConstant", value(param.Fill.Constant.Text)
	case ir.FillVariant:
		return "fillVariant", value(c.Value)
	case ir.FillNonce:
		return "fillNonce", nil
	case ir.FillOption:
		if param.Default != nil {
			return "fillOption", value(param.Default.Text)
		}
		return "fillOption", nil
	}
	return plainFills[param.Fill.Kind], nil
}

// parameterMethods adds how the values of query parameters leave the request, and how they get into it on the server.
func (p *pkg) parameterMethods(f *jen.File, t *ir.Type) {
	var sent, received []jen.Code
	for _, field := range own(t) {
		if field.In != ir.InBody || field.Also != "" {
			key := parameterKey(t, parameterPlace(field), parameterName(field))
			sent = append(sent, sendParameter(field, key))
			received = append(received, receiveParameter(field, key))
		}
	}
	if len(sent) == 0 {
		return
	}
	if !p.opt.Omit.Client {
		f.Line()
		f.Add(method(t)).Id("param").Params(jen.Id("name").String()).Params(jen.String(), jen.Bool()).
			Block(jen.Switch(jen.Id("name")).Block(sent...), jen.Return(jen.Lit(""), jen.False()))
	}
	if p.opt.Omit.Server {
		return
	}
	f.Line()
	f.Add(method(t)).Id("setParam").Params(jen.Id("name").String(), jen.Id("value").String()).Bool().
		Block(jen.Switch(jen.Id("name")).Block(received...), jen.Return(jen.False()))
}

// sendParameter is the case of param for one field.
func sendParameter(f *ir.Field, name string) *jen.Statement {
	value := jen.Id(receiver).Dot(f.Name.Go)
	if !optional(f) {
		return jen.Case(jen.Lit(name)).Block(jen.Return(formattedField(f, value), jen.True()))
	}
	return jen.Case(jen.Lit(name)).Block(
		jen.If(jen.List(jen.Id("value"), jen.Id("ok")).Op(":=").Add(value).Dot("Get").Call(), jen.Id("ok")).
			Block(jen.Return(formattedField(f, jen.Id("value")), jen.True())))
}

// parameterPlace is where the parameter of a field travels.
func parameterPlace(f *ir.Field) ir.In {
	if f.Also != "" {
		return ir.InQuery
	}
	return f.In
}

// parameterKey is the name under which a request knows one of its parameters: its own, unless another place has the same.
func parameterKey(request *ir.Type, in ir.In, name string) string {
	if in == ir.InQuery {
		return name
	}
	for _, f := range request.Fields {
		if place := parameterPlace(f); place != in && place != ir.InBody && parameterName(f) == name {
			return in.String() + " " + name
		}
	}
	return name
}

// parameterName is the query parameter that a field travels in, alone or besides the body.
func parameterName(f *ir.Field) string {
	if f.Also != "" {
		return f.Also
	}
	return f.Name.Spec
}

func formattedField(f *ir.Field, value *jen.Statement) *jen.Statement {
	return formatted(fieldValue(f), value)
}

// formatted is a value as the text of a query parameter.
func formatted(t *ir.Type, value *jen.Statement) *jen.Statement {
	switch {
	case integral(t) && t.Unsigned:
		return jen.Qual("strconv", "FormatUint").Call(jen.Uint64().Call(value), jen.Lit(10))
	case integral(t):
		return jen.Qual("strconv", "FormatInt").Call(asInt(t, value), jen.Lit(10))
	case t.Kind == ir.KindBool:
		return jen.Qual("strconv", "FormatBool").Call(value)
	case t.Kind == ir.KindFloat:
		return jen.Qual("strconv", "FormatFloat").Call(value, jen.LitRune('g'), jen.Lit(-1), jen.Lit(64))
	}
	return asString(nil, t, value)
}

// receiveParameter is the case of setParam for one field.
func receiveParameter(f *ir.Field, name string) *jen.Statement {
	one := jen.Case(jen.Lit(name))
	if f.Also != "" {
		return alsoParameter(one, f, fieldValue(f))
	}
	return one.Block(setText(f, jen.Id(receiver).Dot(f.Name.Go))...)
}

// setText is how the text of a parameter or a field of a form gets into target: statements that return whether it could be read.
func setText(f *ir.Field, target *jen.Statement) []jen.Code {
	t := fieldValue(f)
	set := func(value *jen.Statement) *jen.Statement {
		if optional(f) {
			value = jen.Id("Some").Call(value)
		}
		return target.Op("=").Add(value)
	}
	text := jen.Id("value")
	parsed := func(parse string) []jen.Code {
		return []jen.Code{
			jen.List(jen.Id("parsed"), jen.Id("ok")).Op(":=").Add(instance(parse, t)).Call(text),
			set(jen.Id("parsed")),
			jen.Return(jen.Id("ok")),
		}
	}
	switch {
	case integral(t):
		return parsed("textInteger")
	case t.Kind == ir.KindFloat:
		return parsed("fitFloat")
	case t.Kind == ir.KindBool:
		text = text.Op("==").Lit("true") // the table has seen to it that it is one of the two words
	case named(t) || t.Sensitive:
		text = goType(t).Call(text)
	}
	return []jen.Code{set(text), jen.Return(jen.True())}
}

// alsoParameter is the case of setParam for a field that travels in the body as well: the query fills it where the body does not.
func alsoParameter(one *jen.Statement, f *ir.Field, t *ir.Type) *jen.Statement {
	value, text := jen.Id(receiver).Dot(f.Name.Go), jen.Id("value")
	if named(t) || t.Sensitive {
		text = goType(t).Call(text)
	}
	if !textual(t) {
		return one.Block(jen.Return(jen.True())) // the body alone decides about what is no text
	}
	if optional(f) {
		return one.Block(
			jen.If(jen.Op("!").Add(value).Dot("IsSet").Call()).Block(jen.Add(value).Op("=").Id("Some").Call(text)),
			jen.Return(jen.True()))
	}
	return one.Block(
		jen.If(jen.Add(value).Op("==").Lit("")).Block(jen.Add(value).Op("=").Add(text)),
		jen.Return(jen.True()))
}

// parameterCheck is the function for one parameter, or for several that say the same.
type parameterCheck struct {
	name      string
	parameter *ir.Parameter
	rules     string // fingerprint
}

// parameterChecks lists the functions in document order and remembers which parameter has which.
func (p *pkg) parameterChecks() []*parameterCheck {
	if p.checkOf != nil || p.opt.Omit.Validators {
		return p.allChecks
	}
	p.checkOf = map[*ir.Parameter]string{}
	byName := map[string]*parameterCheck{}
	for _, op := range p.api.Operations {
		for _, param := range op.Parameters {
			rules := fingerprint(param)
			if param.Fill == nil || rules == "" {
				continue
			}
			name := "check"
			if op.Scheme != nil {
				name += op.Scheme.Name.Go
			}
			name += param.Name.Go
			if other := byName[name]; other != nil && other.rules != rules {
				name += "Of" + op.Name.Go // an operation that says something else about the parameter of its siblings
			}
			if byName[name] == nil {
				byName[name] = &parameterCheck{name: name, parameter: param, rules: rules}
				p.allChecks = append(p.allChecks, byName[name])
			}
			p.checkOf[param] = name
		}
	}
	return p.allChecks
}

// fingerprint is the same text for the same rules, empty for none.
func fingerprint(param *ir.Parameter) string {
	text := ""
	for _, r := range parameterRules(param) {
		text += fmt.Sprintf("%s %d %q %q;", r.Keyword, r.Int, r.Number, r.Text)
	}
	if closedEnum(param.Type) && param.Fill != nil && param.Fill.Kind == ir.FillOption {
		text += "enum " + param.Type.Name.Spec
	}
	return text
}

func parameterRules(param *ir.Parameter) []*ir.Rule {
	var emitted []*ir.Rule
	for _, r := range append(param.Rules[:len(param.Rules):len(param.Rules)], param.Type.Rules...) {
		if _, ok := ruleKinds[r.Keyword]; ok {
			emitted = append(emitted, r)
		}
	}
	return emitted
}

// parameterRuleChecks adds the functions.
func (p *pkg) parameterRuleChecks(f *jen.File) {
	for _, check := range p.parameterChecks() {
		param := check.parameter
		fileComment(f, fmt.Sprintf("%s tests the document's rules about the parameter %s.", check.name, oneLine(param.Name.Spec)))
		f.Func().Id(check.name).Params(jen.Id("c").Op("*").Id("checker"), jen.Id("value").String()).BlockFunc(func(g *jen.Group) {
			value, plain := jen.Id("value"), *param.Type
			plain.Name = nil // a rule looks at the plain value
			switch {
			case integral(param.Type):
				plain.Kind = ir.KindInt
				g.List(jen.Id("number"), jen.Id("_")).Op(":=").Add(instance("textInteger", &plain)).Call(value)
				value = jen.Id("number")
			case param.Type.Kind == ir.KindFloat:
				g.List(jen.Id("number"), jen.Id("_")).Op(":=").Id("fitFloat").Types(jen.Float64()).Call(value)
				value = jen.Id("number")
			}
			for _, r := range parameterRules(param) {
				g.Add(ruleCheck(nil, &plain, r, jen.Lit(param.Name.Spec), value))
			}
			if closedEnum(param.Type) && param.Fill.Kind == ir.FillOption {
				enumCheck(g, param.Type, jen.Lit(param.Name.Spec), value, false)
			}
		})
	}
}
