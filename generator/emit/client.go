package emit

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// client_gen.go: servers, the credentials and options of each security scheme, the options that fill parameters, and the client
// with a method for each call. Without a client it is schemes_gen.go, and holds what a handler needs of all that.

func (p *pkg) client() draft {
	f := p.file()
	if !p.opt.Omit.Client {
		p.servers(f)
	}
	for i, s := range p.api.Schemes {
		p.scheme(f, i, s)
	}
	if p.opt.Omit.Client {
		p.parameterRuleChecks(f)
		p.facts(f)
		p.stubs(f)
		return draft{name: "schemes_gen.go", code: f}
	}
	p.options(f)
	p.parameterRuleChecks(f)
	p.clientType(f)
	p.stubs(f)
	for _, op := range p.api.Operations {
		for _, c := range op.Calls {
			clientMethod(f, c)
		}
	}
	return draft{name: "client_gen.go", code: f}
}

func (p *pkg) servers(f *jen.File) {
	if len(p.api.Servers) == 0 {
		return
	}
	fileComment(f, "The servers that the document names, for [WithServer].")
	f.Const().DefsFunc(func(g *jen.Group) {
		for _, s := range p.api.Servers {
			text := paragraphs(s.Description)
			if text == "" {
				text = s.Name.Go + " is " + oneLine(s.URL) + "."
			}
			comment(g, text+"\n"+serves(s))
			g.Id(s.Name.Go).Id("Server").Op("=").Lit(s.URL)
		}
	})
}

func serves(s *ir.Server) string {
	if len(s.Schemes) == 0 {
		return ""
	}
	var names []string
	for _, scheme := range s.Schemes {
		names = append(names, oneLine(scheme.Name.Spec))
	}
	return "Serves the operations of " + strings.Join(names, ", ") + "."
}

// scheme adds what belongs to one security scheme.
func (p *pkg) scheme(f *jen.File, index int, s *ir.Scheme) {
	credentials := s.Name.Go + "Credentials"
	fileComment(f, fmt.Sprintf("%s sign the calls of the security scheme %s.", credentials, oneLine(s.Name.Spec)), docText(s.Doc))
	f.Type().Id(credentials).StructFunc(func(g *jen.Group) {
		for _, c := range s.Credentials {
			text := docText(c.Doc)
			if text == "" {
				text = c.Name.Go + " is the document's " + oneLine(c.Name.Spec) + "."
			}
			comment(g, text)
			g.Id(c.Name.Go).Id(credentialType(c))
		}
	})
	p.credentialMethods(f, credentials, s)

	given, absent := "the credentials of one app", "Credentials without an app say that there is no such app."
	if !hasApp(s) {
		given, absent = "its credentials", ""
	}
	fileComment(f, fmt.Sprintf("With%s gives a client, or a handler, %s.", s.Name.Go, given))
	f.Func().Id("With" + s.Name.Go).Params(jen.Id("c").Id(credentials)).Id("Option").
		Block(jen.Return(jen.Id("withCredentials").Call(jen.Op("&").Id(schemeVar(s)), jen.Id("c"))))
	asked := "asks provide for the credentials of an app on every call, so that one client can serve several apps and keys can change without a restart."
	if !hasApp(s) {
		asked = "asks provide for the credentials on every call, so that keys can change without a restart."
	}
	fileComment(f, fmt.Sprintf("With%sProvider %s", s.Name.Go, asked), absent)
	f.Func().Id("With" + s.Name.Go + "Provider").Params(jen.Id("provide").Func().
		Params(jen.Id("ctx").Qual("context", "Context"), jen.Id("app").Id("App")).Params(jen.Id(credentials), jen.Error())).Id("Option").
		Block(jen.Return(jen.Id("withProvider").Call(jen.Op("&").Id(schemeVar(s)), jen.Id("provide"))))
	p.schemeTable(f, index, s)
	if c := p.cipherOf(s); c != nil {
		cipherTable(f, s, c)
	}
	if s.Program != nil {
		signer(f, s)
	}
}

func credentialType(c *ir.Credential) string {
	switch {
	case c.App:
		return "App"
	case c.Secret:
		return "Key"
	}
	return "string"
}

// credentialMethods adds what the support package asks credentials for.
func (p *pkg) credentialMethods(f *jen.File, name string, s *ir.Scheme) {
	receiver := jen.Id("c").Id(name)
	field := func(c *ir.Credential) *jen.Statement { return jen.Id("c").Dot(c.Name.Go) }
	var texts, secrets []jen.Code
	if !hasApp(s) {
		f.Line()
		f.Func().Params(jen.Id(name)).Id("app").Params().Id("App").Block(jen.Return(jen.Lit("")))
	}
	for _, c := range s.Credentials {
		one := jen.Case(jen.Lit(c.Name.Spec))
		switch {
		case c.App:
			f.Line()
			f.Func().Params(receiver.Clone()).Id("app").Params().Id("App").Block(jen.Return(field(c)))
			texts = append(texts, one.Block(jen.Return(jen.String().Call(field(c)))))
		case c.Secret:
			secrets = append(secrets, one.Block(jen.Return(field(c))))
		default:
			texts = append(texts, one.Block(jen.Return(field(c))))
		}
	}
	lookup := func(method string, result, none *jen.Statement, cases []jen.Code) {
		f.Line()
		f.Func().Params(receiver.Clone()).Id(method).Params(jen.Id("name").String()).Add(result).BlockFunc(func(g *jen.Group) {
			if len(cases) > 0 {
				g.Switch(jen.Id("name")).Block(cases...)
			}
			g.Return(none)
		})
	}
	lookup("value", jen.String(), jen.Lit(""), texts)
	lookup("secret", jen.Id("Key"), jen.Id("Key").Values(), secrets)
}

// options adds an option for each parameter that a client or call option fills.
func (p *pkg) options(f *jen.File) {
	for _, o := range p.api.Options {
		name := "With" + o.Name.Go
		text, last := deprecated(o.Doc, o.Name.Spec)
		fileComment(f, fmt.Sprintf("%s sets the parameter %s, for every call of a client or for one call.", name, oneLine(o.Name.Spec)), text, last)
		f.Func().Id(name).Params(jen.Id("value").Add(goType(o.Type))).Id("CallOrClientOption").
			Block(jen.Return(jen.Id("withParameter").Call(jen.Lit(o.Name.Spec), formatted(o.Type, jen.Id("value")))))
	}
}

// clientType adds the client and its constructor.
func (p *pkg) clientType(f *jen.File) {
	fileComment(f, "Client calls the operations of the document. It is safe for concurrent use.", "Make one with [NewClient].")
	f.Type().Id("Client").Struct(jen.Id("core").Id("core"))
	p.facts(f)
	fileComment(f, "NewClient returns a client, or a *[ConfigError] that names the option that is wrong or missing.")
	f.Func().Id("NewClient").Params(jen.Id("opts").Op("...").Id("ClientOption")).Params(jen.Op("*").Id("Client"), jen.Error()).Block(
		jen.Id("c").Op(":=").New(jen.Id("Client")),
		jen.If(jen.Err().Op(":=").Id("c").Dot("core").Dot("configure").Call(jen.Id("facts"), jen.Id("opts")), jen.Err().Op("!=").Nil()).
			Block(jen.Return(jen.Nil(), jen.Err())),
		jen.Return(jen.Id("c"), jen.Nil()))
}

// facts adds what client and handler have to know about the whole document.
func (p *pkg) facts(f *jen.File) {
	f.Comment("// facts are what client and handler know about the document as a whole.")
	f.Var().Id("facts").Op("=").Id("packageFacts").Add(rows(func(add func(...jen.Code)) {
		add(jen.Id("name").Op(":").Lit(p.opt.Package))
		if len(p.api.Schemes) > 0 {
			add(jen.Id("schemes").Op(":").Index().Op("*").Id("scheme").Values(schemeRefs(p.api.Schemes)...))
		}
		if len(p.api.Servers) == 0 || p.opt.Omit.Client { // the handler has no use for them
			return
		}
		add(jen.Id("servers").Op(":").Index().Id("knownServer").Add(rows(func(add func(...jen.Code)) {
			for _, s := range p.api.Servers {
				row := []jen.Code{jen.Id("url").Op(":").Id(s.Name.Go)}
				if len(s.Schemes) > 0 {
					row = append(row, jen.Id("schemes").Op(":").Index().Op("*").Id("scheme").Values(schemeRefs(s.Schemes)...))
				}
				add(jen.Values(row...))
			}
		})))
	}))
}

func schemeRefs(schemes []*ir.Scheme) []jen.Code {
	var refs []jen.Code
	for _, s := range schemes {
		refs = append(refs, jen.Op("&").Id(schemeVar(s)))
	}
	return refs
}

// clientMethod adds the method of one call; the document's description of an operation stands here and nowhere else.
func clientMethod(f *jen.File, c *ir.Call) {
	fileComment(f, methodDoc(c)...)
	request, result := c.Request.Name.Go, resultName(c)
	f.Func().Params(jen.Id("c").Op("*").Id("Client")).Id(c.Name.Go).
		Params(jen.Id("ctx").Qual("context", "Context"), jen.Id("req").Op("*").Id(request), jen.Id("opts").Op("...").Id("CallOption")).
		Params(jen.Op("*").Id(result), jen.Error()).
		Block(jen.Return(jen.Id("invoke").Call(jen.Id("ctx"), jen.Op("&").Id("c").Dot("core"),
			jen.Op("&").Id(operationVar(c)), jen.Id("req"), jen.New(jen.Id(result)), jen.Id("opts"))))
}

// methodDoc is the documentation of the method that calls c.
func methodDoc(c *ir.Call) []string {
	doc := callDoc(c, "calls", "Sends")
	if c.Operation.Repeatable {
		doc[len(doc)-2] += "\nMay be repeated: a call that fails for a passing reason is sent again, see [WithRetries]."
	}
	return doc
}

// callDoc is what the document says about a call, for the method of the side that does with it what the verbs say.
func callDoc(c *ir.Call, verb, sends string) []string {
	op := c.Operation
	summary := c.Doc.Summary
	if summary == "" {
		summary = op.Doc.Summary
	}
	first := fmt.Sprintf("%s %s %s %s%s.", c.Name.Go, verb, op.Method, oneLine(op.Path), variantWords(c))
	if summary != "" {
		first = fmt.Sprintf("%s: %s", c.Name.Go, sentence(oneLine(summary)))
	}
	description, last := deprecated(ir.Doc{Description: op.Doc.Description, Deprecated: op.Doc.Deprecated}, op.Method+" "+op.Path)
	doc := []string{first, description}
	if c.Variant != "" {
		doc = append(doc, paragraphs(c.Doc.Description))
	}
	facts := fmt.Sprintf("%s %s %s%s.", sends, op.Method, oneLine(op.Path), variantWords(c))
	if s := c.Doc.Source; s != nil { // the case's own line, where it has one
		facts += fmt.Sprintf("\nDocumented in %s, line %d.", oneLine(s.Document), s.Line)
	}
	return append(doc, facts, last)
}
