package emit

import (
	"fmt"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// op_<tag>_gen.go: for each operation of the tag, in document order, the facts that client and server share, then its request and
// its response. codec_<tag>_gen.go: their codecs.

func (p *pkg) operations() []draft {
	var drafts []draft
	for _, tag := range p.api.Tags {
		if len(tag.Operations) == 0 {
			continue
		}
		f, codecs := p.file(), p.file()
		for _, op := range tag.Operations {
			for _, c := range op.Calls {
				p.operation(f, c)
				p.operationCodecs(codecs, c)
			}
		}
		drafts = append(drafts,
			draft{name: "op_" + fileBase(tag) + "_gen.go", code: f},
			draft{name: "codec_" + fileBase(tag) + "_gen.go", code: codecs})
	}
	return drafts
}

func (p *pkg) operation(f *jen.File, c *ir.Call) {
	p.descriptor(f, c)
	p.request(f, c)
	if r := response(c); besideFirst(c, r) {
		p.response(f, c, r)
	}
}

// besideFirst reports whether the response r stands beside c: variants may share one response, which stands beside the first.
func besideFirst(c *ir.Call, r *ir.Type) bool {
	if r == nil || r.Component {
		return false
	}
	for _, other := range c.Operation.Calls {
		if response(other) == r {
			return other == c
		}
	}
	return false
}

// operationCodecs adds the codecs of the types that stand beside the operation.
func (p *pkg) operationCodecs(f *jen.File, c *ir.Call) {
	p.requestCodec(f, c)
	if r := response(c); besideFirst(c, r) {
		p.codec(f, r)
	}
}

// codeOf is the wire name of the result code of a response, "" if it has none.
func (p *pkg) codeOf(t *ir.Type) string {
	if r := p.resultOf(t); r != nil {
		return r.Code
	}
	return ""
}

// descriptor adds the table of facts about a call.
func (p *pkg) descriptor(f *jen.File, c *ir.Call) {
	op := c.Operation
	fileComment(f, fmt.Sprintf("%s is %s %s%s.", operationVar(c), op.Method, oneLine(op.Path), variantWords(c)))
	f.Var().Id(operationVar(c)).Op("=").Id("operation").Add(rows(func(add func(...jen.Code)) {
		row := func(key string, value *jen.Statement) { add(jen.Id(key).Op(":").Add(value)) }
		row("id", jen.Lit(op.Name.Spec))
		row("method", jen.Lit(op.Method))
		row("path", jen.Lit(op.Path))
		if op.Scheme != nil {
			row("scheme", jen.Op("&").Id(schemeVar(op.Scheme)))
		}
		if op.Result != nil {
			row("result", jen.Op("&").Id(resultVar(op.Result)))
		}
		if op.Timeout > 0 {
			row("timeout", milliseconds(op.Timeout))
		}
		if op.Repeatable {
			row("repeatable", jen.True())
		}
		row("body", jen.Id(bodyKind(c)))
		if op.Cipher != nil {
			row("cipher", jen.Op("&").Id(cipherVar(op.Scheme)))
		}
		bodyRows(row, c)
		if len(op.Parameters) > 0 {
			row("parameters", jen.Index().Id("parameter").Add(rows(func(add func(...jen.Code)) {
				for _, param := range op.Parameters {
					add(p.parameterRow(c, param))
				}
			})))
		}
	}))
}

func variantWords(c *ir.Call) string {
	if c.Variant == "" {
		return ""
	}
	return " with " + oneLine(c.Operation.Variants.Parameter.Name.Spec) + "=" + oneLine(c.Value)
}

func milliseconds(d time.Duration) *jen.Statement {
	return jen.Lit(int(d.Milliseconds())).Op("*").Qual("time", "Millisecond")
}

func bodyKind(c *ir.Call) string {
	switch {
	case c.Body == nil:
		return "bodyNone"
	case c.Body.Required:
		return "bodyRequired"
	}
	return "bodyOptional"
}

// request adds what a caller supplies.
func (p *pkg) request(f *jen.File, c *ir.Call) {
	t := c.Request
	_, last := deprecated(t.Doc, t.Name.Go)
	p.declareStruct(f, t, []string{fmt.Sprintf("%s is what %s.", t.Name.Go, p.sentBy(c)) + added(t), last})
	if !p.opt.Omit.Validators {
		fileComment(f, "Validate reports every rule of the document that v breaks, as a *[ValidationError].")
		f.Add(method(t)).Id("Validate").Params().Error().
			Block(jen.Return(jen.Id("validate").Call(jen.Lit(c.Operation.Name.Spec), jen.Id(receiver))))
	}
	if p.checks(t) {
		f.Line()
		f.Add(method(t)).Id("check").Params(jen.Id("c").Op("*").Id("checker")).
			BlockFunc(func(g *jen.Group) { p.checkRequest(g, c) })
	}
	p.parameterMethods(f, t)
	if isForm(c) {
		formMethods(f, c)
	}
}

// bodyRows adds how the body is written, where it is not plain JSON, and how its signature looks into it.
func bodyRows(row func(string, *jen.Statement), c *ir.Call) {
	if c.Body == nil {
		return
	}
	if c.Body.ContentType != "application/json" {
		row("contentType", jen.Lit(c.Body.ContentType))
	}
	if isForm(c) {
		row("form", formTable(c))
	}
	scheme := c.Operation.Scheme
	switch {
	case scheme == nil || !readsFields(scheme):
	case isForm(c):
		row("fields", jen.Id("formFields"))
	default:
		row("fields", jen.Id("topMembers"))
	}
}

// added names the members of the body that are no field of the request, as a line of documentation.
func added(t *ir.Type) string {
	var names []string
	for _, f := range bodyFields(t) {
		if f.Fill != nil {
			names = append(names, oneLine(f.Name.Spec))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "\nThe client adds " + listed(names) + "."
}

// listed is "a, b and c".
func listed(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// checkRequest adds the tests of a request. A field that is the whole body has no name on the wire.
func (p *pkg) checkRequest(g *jen.Group, c *ir.Call) {
	whole := wholeBody(c)
	for _, field := range own(c.Request) {
		if field == whole {
			unnamed := *field
			unnamed.Name.Spec = ""
			field = &unnamed
		}
		p.checkField(g, c.Request, field)
		checkOutward(g, c.Request, field)
	}
}

// response adds what a call returns.
func (p *pkg) response(f *jen.File, c *ir.Call, t *ir.Type) {
	_, last := deprecated(t.Doc, t.Name.Go)
	p.declareStruct(f, t, []string{fmt.Sprintf("%s is what %s.", t.Name.Go, p.returnedBy(c, t)), last})
	if p.checks(t) {
		fileComment(f, "Validate reports every rule of the document that v breaks, as a *[ValidationError].")
		f.Add(method(t)).Id("Validate").Params().Error().
			Block(jen.Return(jen.Id("validateAs").Call(
				jen.Id("checkServer"), jen.Lit(c.Operation.Name.Spec), jen.Id(receiver), jen.Nil())))
		p.check(f, t)
	}
	p.serverSide(f, t)
}

// serverSide adds to a response what tells success from failure and what a server fills in.
func (p *pkg) serverSide(f *jen.File, t *ir.Type) {
	if r := p.resultOf(t); r != nil {
		p.outcome(f, t, r)
	}
	var echoed []*ir.Field
	for _, field := range own(t) {
		if field.Echo != "" {
			echoed = append(echoed, field)
		}
	}
	if len(echoed) == 0 || !p.answers(t) || p.opt.Omit.Server {
		return
	}
	f.Line()
	f.Comment("// echo repeats parameters of the request where a service does not fill them in.")
	f.Add(method(t)).Id("echo").Params(jen.Id("query").Func().Params(jen.Id("name").String()).String()).Id("responseBody").
		Block(echoBody(echoed)...)
}

// echoBody makes no copy where the request has none of the parameters: it would be what there is already. A single parameter, which is the
// common case, is looked up once.
func echoBody(echoed []*ir.Field) []jen.Code {
	var before, echoes []jen.Code
	var silent *jen.Statement
	for _, field := range echoed {
		name := "echoText"
		if integral(field.Type) {
			name = "echoInt"
		}
		if optional(field) {
			name += "Opt"
		}
		value := jen.Id("query").Call(jen.Lit(field.Echo))
		if len(echoed) == 1 {
			before = append(before, jen.Id("value").Op(":=").Add(value))
			value = jen.Id("value")
		}
		echoes = append(echoes, jen.Id(name).Call(jen.Op("&").Id(copied).Dot(field.Name.Go), value))
		none := jen.Add(value).Op("==").Lit("")
		if silent == nil {
			silent = none
		} else {
			silent = silent.Op("&&").Add(none)
		}
	}
	before = append(before, jen.If(silent).Block(jen.Return(jen.Id(receiver))))
	return append(before, onCopy(echoes...)...)
}

// copied is the name of the copy that onCopy makes.
const copied = "answer"

// onCopy puts statements about a copy of the receiver between making that copy and returning it.
func onCopy(statements ...jen.Code) []jen.Code {
	all := append([]jen.Code{jen.Id(copied).Op(":=").Op("*").Id(receiver)}, statements...)
	return append(all, jen.Return(jen.Op("&").Id(copied)))
}

// resultOf is the result that judges a response, nil for other types; lower has made sure that operations which share it agree.
func (p *pkg) resultOf(t *ir.Type) *ir.Result {
	for _, op := range p.api.Operations {
		for _, c := range op.Calls {
			if op.Result != nil && response(c) == t {
				return op.Result
			}
		}
	}
	return nil
}

// answers reports whether t is the response of some operation.
func (p *pkg) answers(t *ir.Type) bool {
	for _, op := range p.api.Operations {
		for _, c := range op.Calls {
			if response(c) == t {
				return true
			}
		}
	}
	return false
}

// returnedBy names the methods that return t.
func (p *pkg) returnedBy(c *ir.Call, t *ir.Type) string {
	var methods []string
	for _, other := range c.Operation.Calls {
		if response(other) == t {
			methods = append(methods, p.link(other))
		}
	}
	if len(methods) == 1 {
		return methods[0] + " returns"
	}
	return listed(methods) + " return"
}

// outcome adds how a response tells success from failure, and how a server completes it.
func (p *pkg) outcome(f *jen.File, t *ir.Type, r *ir.Result) {
	code := fieldNamed(t, r.Code)
	f.Line()
	f.Add(method(t)).Id("outcome").Params().Params(jen.Id("code").Id("Code"), jen.Id("message").String()).
		Block(jen.Return(valueOf(code, jen.Lit(0)), messageOf(t, r)))
	if r.Status == nil {
		return
	}
	status := fieldNamed(t, r.Status.Field)
	if status == nil || !textual(status.Type) {
		return
	}
	if !p.opt.Omit.Client {
		f.Line()
		f.Comment("// failed reports whether the word beside the code says failure.")
		f.Add(method(t)).Id("failed").Params().Bool().
			Block(jen.Return(valueOf(status, jen.Lit("")).Op("==").Add(textLiteral(status.Type, r.Status.Failure))))
	}
	if optional(status) || p.opt.Omit.Server {
		return
	}
	value := func() *jen.Statement { return jen.Id(copied).Dot(status.Name.Go) }
	f.Line()
	f.Comment("// complete fills in what a handler may leave out.")
	f.Add(method(t)).Id("complete").Params().Id("responseBody").Block(onCopy(
		jen.If(value().Op("==").Lit("")).Block(value().Op("=").Add(textLiteral(status.Type, r.Status.Success))))...)
}

// rows is a composite literal with one line for each element.
func rows(fill func(add func(...jen.Code))) *jen.Statement {
	var items []jen.Code
	fill(func(row ...jen.Code) { items = append(items, jen.Add(row...)) })
	return jen.Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, items...)
}
