package emit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// <package>test/standin_gen.go: the stand-in server of the package, for tests and as a program. Everything that does not name a type of the
// package is copied, see standin_copy.go; here are the facts: a field, a method and the examples of each call.

// standin is the package that stands in for the vendor.
type standin struct {
	*pkg
	name string // of the package
}

// standIn renders the files of the stand-in, if there is one. It is served by the package's own handler and called by its own client, and
// needs an import path to reach either.
func (p *pkg) standIn() []draft {
	if !p.opt.hasStandIn() {
		return nil
	}
	s := &standin{pkg: p, name: p.opt.Package + "test"}
	return append([]draft{s.server()}, s.copies()...)
}

func (s *standin) server() draft {
	f := jen.NewFilePathName(path.Join(s.opt.Import, s.name), s.name)
	f.NoFormat = true // formatted in parallel by render
	f.HeaderComment(s.header())
	f.ImportAlias(s.opt.Import, "api")
	f.PackageComment(fmt.Sprintf(`// Package %s stands in for the vendor: a server that checks signatures, decrypts, validates and answers as the document says.
//
// In a test, [NewServer] starts one; its Client is a configured client, and each call has a field that says what it answers and what came
// in. As a program, [Main] serves until it is told to stop.`, s.name))
	s.serverType(f)
	s.constructors(f)
	s.services(f)
	s.facts(f)
	for _, r := range s.api.Results {
		s.resultFacts(f, r)
	}
	return draft{name: path.Join(s.name, "standin_gen.go"), code: f}
}

// of is an identifier of the package that the stand-in belongs to.
func (s *standin) of(name string) *jen.Statement { return jen.Qual(s.opt.Import, name) }

// eachCall visits the calls in document order.
func (s *standin) eachCall(visit func(c *ir.Call)) {
	for _, tag := range s.tags() {
		eachCall(tag, visit)
	}
}

// coreMembers are what a server has besides its calls.
var coreMembers = []string{
	"Client", "Clock", "Core", "Counts", "Credential", "Curl", "ForgetPreviousKeys", "Options", "Refusals", "RotateKeys", "ServeHTTP", "URL",
}

// endpointField is the field of a call. A call that has the name of something else of the server gets a word more; which ones do is
// fixed, so that no other call can change it.
func endpointField(c *ir.Call) string {
	if slices.Contains(coreMembers, c.Name.Go) {
		return c.Name.Go + "Call"
	}
	return c.Name.Go
}

func (s *standin) types(c *ir.Call) []jen.Code {
	return []jen.Code{s.of(c.Request.Name.Go), s.of(resultName(c))}
}

func (s *standin) serverType(f *jen.File) {
	fileComment(f, "Server is a stand-in for the vendor. Each field answers one call, by default with the document's example.")
	f.Type().Id("Server").StructFunc(func(g *jen.Group) {
		g.Id("Core")
		g.Line()
		s.eachCall(func(c *ir.Call) {
			comment(g, fmt.Sprintf("%s answers [api.Client.%s].", endpointField(c), c.Name.Go))
			g.Id(endpointField(c)).Op("*").Id("Endpoint").Types(s.types(c)...)
		})
	})
}

func (s *standin) constructors(f *jen.File) {
	fileComment(f, "NewServer starts a stand-in on a port of this machine; it ends with the test.",
		"It is strict: a request that the vendor might refuse is refused and fails the test, see [WithRefusals] and [WithLeniency].")
	f.Func().Id("NewServer").Params(jen.Id("t").Id("T"), jen.Id("opts").Op("...").Id("Option")).Op("*").Id("Server").Block(
		jen.Id("t").Dot("Helper").Call(),
		jen.Id("s").Op(":=").Id("newServer").Call(),
		jen.Id("s").Dot("begin").Call(jen.Id("t"), jen.Id("s").Dot("facts").Call(), jen.Id("opts")),
		jen.Return(jen.Id("s")))

	fileComment(f, "Client returns a client of the stand-in, with credentials that it takes.")
	f.Func().Params(jen.Id("s").Op("*").Id("Server")).Id("Client").Params(jen.Id("opts").Op("...").Add(s.of("ClientOption"))).
		Op("*").Add(s.of("Client")).Block(
		jen.List(jen.Id("c"), jen.Err()).Op(":=").Add(s.of("NewClient")).Call(jen.Append(jen.Id("s").Dot("Options").Call(), jen.Id("opts").Op("...")).Op("...")),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Id("s").Dot("misuse").Call(jen.Err())),
		jen.Return(jen.Id("c")))

	fileComment(f, "NewPart returns the stand-in as a part of a program, see [Run].")
	f.Func().Id("NewPart").Params().Op("*").Id("Part").Block(
		jen.Id("s").Op(":=").Id("newServer").Call(),
		jen.Return(jen.Op("&").Id("Part").Values(jen.Id("core").Op(":").Op("&").Id("s").Dot("Core"), jen.Id("facts").Op(":").Id("s").Dot("facts").Call())))

	fileComment(f, "Main is a whole program: it serves the stand-in until it is told to stop, and does not return. Its flag --help lists the others.")
	f.Func().Id("Main").Params().Block(jen.Id("runMain").Call(jen.Id("NewPart").Call()))

	f.Line()
	f.Func().Id("newServer").Params().Op("*").Id("Server").BlockFunc(func(g *jen.Group) {
		g.Id("s").Op(":=").New(jen.Id("Server"))
		s.eachCall(func(c *ir.Call) {
			g.Id("s").Dot(endpointField(c)).Op("=").Id("newEndpoint").Types(s.types(c)...).Call(s.endpoint(c)...)
		})
		g.Return(jen.Id("s"))
	})
}

// endpoint is what the document says about a call: its operation, its result codes, its examples. One that contradicts the document
// comes last, so that it is no default.
func (s *standin) endpoint(c *ir.Call) []jen.Code {
	args := []jen.Code{jen.Op("&").Id("s").Dot("Core"), jen.Lit(c.Operation.Name.Spec)}
	if r := c.Operation.Result; r != nil {
		args = append(args, jen.Op("&").Id(codesVar(r)))
	} else {
		args = append(args, jen.Nil())
	}
	for _, printed := range []bool{false, true} {
		for _, e := range c.Examples {
			if e.Response && (e.Printed != nil) == printed {
				args = append(args, jen.Line().Id("example").Values(jen.Lit(e.Name), literal(string(withoutEchoes(response(c), e.JSON)))))
			}
		}
	}
	if len(args) > 3 {
		args = append(args, jen.Line())
	}
	return args
}

// withoutEchoes leaves out of an example what repeats a parameter of the request: the handler fills it in where the service does not.
func withoutEchoes(t *ir.Type, example []byte) []byte {
	echoes := map[string]bool{}
	if t != nil {
		for _, field := range t.Fields {
			echoes[field.Name.Spec] = field.Echo != ""
		}
	}
	d := json.NewDecoder(bytes.NewReader(example))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return example
	}
	kept := []byte{'{'}
	for d.More() {
		var value json.RawMessage
		name, err := d.Token()
		if err == nil {
			err = d.Decode(&value)
		}
		if err != nil {
			return example
		}
		text, ok := name.(string)
		if !ok || echoes[text] {
			continue
		}
		quoted, err := json.Marshal(text)
		if err != nil {
			return example
		}
		if len(kept) > 1 {
			kept = append(kept, ',')
		}
		kept = append(append(append(kept, quoted...), ':'), value...)
	}
	return append(kept, '}')
}

func (s *standin) services(f *jen.File) {
	fileComment(f, "service answers every call through its endpoint.")
	f.Type().Id("service").Struct(jen.Id("server").Op("*").Id("Server"))
	s.eachCall(func(c *ir.Call) {
		f.Line()
		f.Func().Params(jen.Id("s").Id("service")).Id(c.Name.Go).
			Params(jen.Id("ctx").Qual("context", "Context"), jen.Id("req").Op("*").Add(s.of(c.Request.Name.Go))).
			Params(jen.Op("*").Add(s.of(resultName(c))), jen.Error()).
			Block(jen.Return(jen.Id("s").Dot("server").Dot(endpointField(c)).Dot("serve").Call(jen.Id("ctx"), jen.Id("req"))))
	})
}

// facts adds what the copied files have to know.
func (s *standin) facts(f *jen.File) {
	fileComment(f, "facts is what the document says about the package as a whole.")
	f.Func().Params(jen.Id("s").Op("*").Id("Server")).Id("facts").Params().Op("*").Id("packageFacts").Block(
		jen.Return(jen.Op("&").Id("packageFacts").Add(rows(func(add func(...jen.Code)) {
			row := func(key string, value *jen.Statement) { add(jen.Id(key).Op(":").Add(value)) }
			row("name", jen.Lit(s.opt.Package))
			if len(s.api.Schemes) > 0 {
				row("schemes", jen.Index().Op("*").Id("schemeFacts").Add(rows(func(add func(...jen.Code)) {
					for _, scheme := range s.api.Schemes {
						add(s.schemeFacts(scheme))
					}
				})))
			}
			row("handler", s.handler())
			row("paths", jen.Index().String().Add(rows(func(add func(...jen.Code)) {
				for _, text := range s.allPaths() {
					add(jen.Lit(text))
				}
			})))
			if samples := s.samples(); len(samples) > 0 {
				row("samples", jen.Index().Id("sample").Add(rows(func(add func(...jen.Code)) {
					for _, sample := range samples {
						add(sample)
					}
				})))
			}
		}))))
}

func (s *standin) handler() *jen.Statement {
	return jen.Func().Params(jen.Id("opts").Op("...").Add(s.of("HandlerOption"))).Params(jen.Qual("net/http", "Handler"), jen.Error()).Block(
		jen.Id("v").Op(":=").Id("service").Values(jen.Id("s")),
		jen.Return(s.of("NewHandler").Call(s.of("Services").Add(rows(func(add func(...jen.Code)) {
			for _, tag := range s.tags() {
				add(jen.Id(tag.Name.Go).Op(":").Id("v"))
			}
		})), jen.Id("opts").Op("..."))))
}

// allPaths are the paths of the document, each once.
func (s *standin) allPaths() []string {
	var all []string
	fixed, open := s.paths()
	for _, r := range append(fixed, open...) {
		all = append(append(all, r.path), r.aliases...)
	}
	return all
}

// schemeFacts is one security scheme: its credentials, what stands for them, and how the package takes them.
func (s *standin) schemeFacts(scheme *ir.Scheme) *jen.Statement {
	credentials := s.of(scheme.Name.Go + "Credentials")
	app := ""
	build := jen.Func().Params(jen.Id("v").Op("*").Id("values")).Add(credentials.Clone()).Block(
		jen.Return(credentials.Clone().Add(rows(func(add func(...jen.Code)) {
			for _, c := range scheme.Credentials {
				value := jen.Id("v").Dot("text").Call(jen.Lit(c.Name.Spec))
				switch {
				case c.Secret:
					value = jen.Id("v").Dot("key").Call(jen.Lit(c.Name.Spec))
				case c.App:
					value = s.of("App").Call(value)
				}
				add(jen.Id(c.Name.Go).Op(":").Add(value))
			}
		}))))
	setApp := jen.Nil()
	for _, c := range scheme.Credentials {
		if c.App {
			app = c.Name.Spec
			setApp = jen.Func().Params(jen.Id("c").Op("*").Add(credentials.Clone()), jen.Id("app").Add(s.of("App"))).
				Block(jen.Id("c").Dot(c.Name.Go).Op("=").Id("app"))
		}
	}
	given := jen.Id("newScheme").Call(build, setApp, s.of("With"+scheme.Name.Go), s.of("With"+scheme.Name.Go+"Provider"))
	return given.Dot("with").Call(jen.Lit(scheme.Name.Spec), jen.Lit(app), jen.Lit(scheme.Time != nil),
		jen.Index().Id("credentialFacts").Add(rows(func(add func(...jen.Code)) {
			for _, c := range scheme.Credentials {
				add(jen.Values(jen.Lit(c.Name.Spec), jen.Lit(c.Secret), jen.Lit(s.demo(scheme, c))))
			}
		})))
}

// demo is a credential that stands for one that nobody has given. It looks like what it is.
func (s *standin) demo(scheme *ir.Scheme, c *ir.Credential) string {
	const number, sixteen = "1100000001", 16
	cipher := s.cipherOf(scheme)
	switch {
	case c.App || c.Kind == ir.KindInt:
		return number
	case cipher != nil && cipher.Secret == c.Name.Spec:
		return ("demo-" + strings.ToLower(c.Name.Spec) + "-0123456789abcdef")[:sixteen]
	}
	return "demo-" + strings.ToLower(c.Name.Spec)
}

// samples are calls that somebody can try, one for each scheme: the first of its calls with a request in the document.
func (s *standin) samples() []jen.Code {
	var all []jen.Code
	for _, scheme := range s.api.Schemes {
		if sample := s.sampleOf(scheme); sample != nil {
			all = append(all, sample)
		}
	}
	return all
}

func (s *standin) sampleOf(scheme *ir.Scheme) (found *jen.Statement) {
	s.eachCall(func(c *ir.Call) {
		if found != nil || c.Operation.Scheme != scheme {
			return
		}
		for _, e := range c.Examples {
			if !e.Response && e.Printed == nil {
				found = jen.Id("newSample").Call(s.of("NewClient"), jen.Parens(jen.Op("*").Add(s.of("Client"))).Dot(c.Name.Go), literal(string(e.JSON)))
				return
			}
		}
	})
	return found
}

// codesVar is named so that no result can take the name of something copied.
func codesVar(r *ir.Result) string { return "codesOf" + r.Name.Go }

// resultFacts adds what the document says about result codes.
func (s *standin) resultFacts(f *jen.File, r *ir.Result) {
	codes, good, wrapped := r, append(slices.Clone(r.Success), r.Empty...), r.Wrapped
	if r.Like != nil {
		codes, wrapped = r.Like, r.Like.Wrapped
		good = slices.Clone(r.Like.Success)
		if r.OwnEmpty {
			good = append(good, r.Empty...)
		} else {
			good = append(good, r.Like.Empty...)
		}
	}
	f.Line()
	f.Var().Id(codesVar(r)).Op("=").Id("resultFacts").Add(rows(func(add func(...jen.Code)) {
		row := func(key string, value *jen.Statement) { add(jen.Id(key).Op(":").Add(value)) }
		row("code", jen.Lit(r.Code))
		if r.Message != "" {
			row("message", jen.Lit(r.Message))
		}
		row("good", s.codeList(good))
		if len(wrapped) > 0 {
			var platform []int64
			for _, w := range wrapped {
				platform = append(platform, w.Code)
			}
			row("wrapped", s.codeList(platform))
		}
		row("codes", jen.Index().Id("resultCode").Add(rows(func(add func(...jen.Code)) {
			for _, e := range codes.Errors {
				add(jen.Values(jen.Lit(int(e.Code)), jen.Lit(oneLine(e.Text))))
			}
		})))
	}))
}

func (s *standin) codeList(codes []int64) *jen.Statement {
	return jen.Index().Add(s.of("Code")).ValuesFunc(func(g *jen.Group) {
		for _, code := range codes {
			g.Lit(int(code))
		}
	})
}
