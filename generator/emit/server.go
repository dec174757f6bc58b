package emit

import (
	"fmt"
	"sort"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// server_gen.go: one interface for each tag with an implementation to embed, the handler that serves them, and its routes.

func (p *pkg) server() draft {
	f := p.file()
	for _, tag := range p.tags() {
		p.serverInterface(f, tag)
	}
	p.services(f)
	p.handler(f)
	p.routes(f)
	return draft{name: "server_gen.go", code: f}
}

// tags are the tags that have operations.
func (p *pkg) tags() []*ir.Tag {
	var used []*ir.Tag
	for _, tag := range p.api.Tags {
		if len(tag.Operations) > 0 {
			used = append(used, tag)
		}
	}
	return used
}

func (p *pkg) serverInterface(f *jen.File, tag *ir.Tag) {
	name := tag.Name.Go + "Server"
	fileComment(f, fmt.Sprintf("%s serves the operations of %s.", name, oneLine(tag.Name.Spec)), paragraphs(tag.Description),
		"A method returns a response, or an *[Error] whose code and message become the answer; any other error is answered as an internal one.",
		"Embed [Unimplemented"+name+"] to serve some of them.")
	f.Type().Id(name).InterfaceFunc(func(g *jen.Group) {
		eachCall(tag, func(c *ir.Call) {
			if p.opt.Omit.Client { // the description has no other place
				comment(g, callDoc(c, "answers", "Answers")...)
			} else {
				comment(g, fmt.Sprintf("%s answers %s.", c.Name.Go, p.link(c)))
			}
			g.Id(c.Name.Go).Params(jen.Id("ctx").Qual("context", "Context"), jen.Id("req").Op("*").Id(c.Request.Name.Go)).
				Params(jen.Op("*").Id(resultName(c)), jen.Error())
		})
	})
	fileComment(f, fmt.Sprintf("Unimplemented%s answers every operation with [ErrUnimplemented].", name))
	f.Type().Id("Unimplemented" + name).Struct()
	eachCall(tag, func(c *ir.Call) {
		fileComment(f, fmt.Sprintf("%s implements [%s].", c.Name.Go, name))
		f.Func().Params(jen.Id("Unimplemented"+name)).Id(c.Name.Go).
			Params(jen.Qual("context", "Context"), jen.Op("*").Id(c.Request.Name.Go)).
			Params(jen.Op("*").Id(resultName(c)), jen.Error()).
			Block(jen.Return(jen.Nil(), jen.Id("ErrUnimplemented")))
	})
}

func eachCall(tag *ir.Tag, visit func(*ir.Call)) {
	for _, op := range tag.Operations {
		for _, c := range op.Calls {
			visit(c)
		}
	}
}

// resultName is the type that a call returns a pointer to.
func resultName(c *ir.Call) string {
	if r := response(c); r != nil {
		return r.Name.Go
	}
	return "NoContent"
}

func (p *pkg) services(f *jen.File) {
	fileComment(f, "Services are the implementations that a handler serves. Operations of one that is nil answer that they are not implemented.")
	f.Type().Id("Services").StructFunc(func(g *jen.Group) {
		for _, tag := range p.tags() {
			comment(g, fmt.Sprintf("%s serves the operations of %s.", tag.Name.Go, oneLine(tag.Name.Spec)))
			g.Id(tag.Name.Go).Id(tag.Name.Go + "Server")
		}
	})
}

func (p *pkg) handler(f *jen.File) {
	decrypt, encrypt := "", ""
	if p.encrypts() {
		decrypt, encrypt = "decrypt, ", ", encrypt"
	}
	fileComment(f, "NewHandler returns a handler that checks each request as the vendor does before it calls a service, or a *[ConfigError] that names the option that is wrong or missing.",
		"The order is: limit the body, "+decrypt+"verify the signature, decode, validate, call, encode"+encrypt+". Failures are answered in the vendor's own shape.")
	f.Func().Id("NewHandler").Params(jen.Id("s").Id("Services"), jen.Id("opts").Op("...").Id("HandlerOption")).
		Params(jen.Qual("net/http", "Handler"), jen.Error()).BlockFunc(func(g *jen.Group) {
		for _, tag := range p.tags() {
			g.If(jen.Id("s").Dot(tag.Name.Go).Op("==").Nil()).
				Block(jen.Id("s").Dot(tag.Name.Go).Op("=").Id("Unimplemented" + tag.Name.Go + "Server").Values())
		}
		g.Return(jen.Id("newHandler").Call(jen.Id("facts"), jen.Id("opts"), jen.Id("s").Dot("serve")))
	})
}

// routes adds the way from path to operation: a switch over the fixed paths, behind it the paths with parameters.
func (p *pkg) routes(f *jen.File) {
	fileComment(f, "serve finds the operation that a request is for.")
	fixed, open := p.paths()
	fallback := jen.Id("x").Dot("notFound").Call(p.defaultResult())
	if len(open) > 0 {
		fallback = jen.Id("s").Dot("serveParameters").Call(jen.Id("x"))
	}
	f.Func().Params(jen.Id("s").Op("*").Id("Services")).Id("serve").Params(jen.Id("x").Op("*").Id("exchange")).BlockFunc(func(g *jen.Group) {
		if len(fixed) == 0 {
			g.Add(fallback)
			return
		}
		g.Switch(jen.Id("x").Dot("path")).BlockFunc(func(g *jen.Group) {
			for _, route := range fixed {
				g.Case(route.cases()...).BlockFunc(func(g *jen.Group) { p.route(g, route) })
			}
			g.Default().Block(fallback)
		})
	})
	if len(open) == 0 {
		return
	}
	fileComment(f, "serveParameters finds the operation of a path with parameters.", "Where two paths could be meant, the one with more fixed text in front comes first.")
	f.Func().Params(jen.Id("s").Op("*").Id("Services")).Id("serveParameters").Params(jen.Id("x").Op("*").Id("exchange")).Block(
		jen.Switch().BlockFunc(func(g *jen.Group) {
			for _, route := range open {
				var cases []jen.Code
				for _, path := range append([]string{route.path}, route.aliases...) {
					cases = append(cases, jen.Id("x").Dot("matches").Call(jen.Lit(path)))
				}
				g.Case(cases...).BlockFunc(func(g *jen.Group) { p.route(g, route) })
			}
			g.Default().Block(jen.Id("x").Dot("notFound").Call(p.defaultResult()))
		}))
}

// pathRoute is one path, its aliases, and the operations on it, one for each method.
type pathRoute struct {
	path       string
	aliases    []string
	operations []*ir.Operation
}

// cases are the spellings of the path. A handler that is lenient has cut a slash off the end already.
func (r *pathRoute) cases() []jen.Code {
	var cases []jen.Code
	for _, path := range append([]string{r.path}, r.aliases...) {
		cases = append(cases, jen.Lit(path))
		if cut := strings.TrimSuffix(path, "/"); cut != path && cut != "" {
			cases = append(cases, jen.Lit(cut))
		}
	}
	return cases
}

// paths returns the fixed paths in document order, and those with parameters, the more special one first.
func (p *pkg) paths() (fixed, open []*pathRoute) {
	byPath := map[string]*pathRoute{}
	for _, op := range p.api.Operations {
		r := byPath[op.Path]
		if r == nil {
			r = &pathRoute{path: op.Path}
			byPath[op.Path] = r
			if strings.Contains(op.Path, "{") {
				open = append(open, r)
			} else {
				fixed = append(fixed, r)
			}
		}
		r.aliases = append(r.aliases, op.Aliases...)
		r.operations = append(r.operations, op)
	}
	sort.SliceStable(open, func(i, j int) bool { return moreSpecial(open[i].path, open[j].path) })
	return fixed, open
}

// moreSpecial reports whether a path has fixed text where another one, so far the same, has a parameter.
func moreSpecial(a, b string) bool {
	left, right := strings.Split(a, "/"), strings.Split(b, "/")
	for i := 0; i < min(len(left), len(right)); i++ {
		if l, r := strings.Contains(left[i], "{"), strings.Contains(right[i], "{"); l != r {
			return r
		}
		if l, r := len(literalText(left[i])), len(literalText(right[i])); l != r {
			return l > r
		}
	}
	return false
}

// literalText is what stands around the parameter of a segment.
func literalText(segment string) string {
	before, rest, _ := strings.Cut(segment, "{")
	_, after, _ := strings.Cut(rest, "}")
	return before + after
}

// route adds the calls on one path. A handler tests the method itself; several methods on one path need a switch of their own.
func (p *pkg) route(g *jen.Group, r *pathRoute) {
	if len(r.operations) == 1 {
		dispatch(g, r.operations[0])
		return
	}
	g.Switch(jen.Id("x").Dot("method")).BlockFunc(func(g *jen.Group) {
		for _, op := range r.operations {
			g.Case(jen.Lit(op.Method)).BlockFunc(func(g *jen.Group) { dispatch(g, op) })
		}
		g.Default().Block(jen.Id("x").Dot("notFound").Call(p.defaultResult()))
	})
}

func dispatch(g *jen.Group, op *ir.Operation) {
	serve := func(c *ir.Call) *jen.Statement {
		return jen.Id("handle").Call(jen.Id("x"), jen.Op("&").Id(operationVar(c)), jen.New(jen.Id(c.Request.Name.Go)),
			jen.Id("s").Dot(op.Tag.Name.Go).Dot(c.Name.Go))
	}
	if op.Variants == nil {
		g.Add(serve(op.Calls[0]))
		return
	}
	name := jen.Lit(op.Variants.Parameter.Name.Spec)
	g.Switch(jen.Id("x").Dot("parameter").Call(name)).BlockFunc(func(g *jen.Group) {
		for _, c := range op.Calls {
			g.Case(jen.Lit(c.Value)).Block(serve(c))
		}
		g.Default().Block(jen.Id("x").Dot("unknownVariant").Call(jen.Op("&").Id(operationVar(op.Calls[0])), name))
	})
}

// defaultResult is the shape of answers to requests that belong to no operation.
func (p *pkg) defaultResult() *jen.Statement {
	if len(p.api.Results) == 0 {
		return jen.Nil()
	}
	return jen.Op("&").Id(resultVar(p.api.Results[0]))
}
