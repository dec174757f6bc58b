package emit

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// What a package without one of its sides lacks, and what takes its place. The rest of the emitter asks Options.Omit where a function or a
// method belongs to one side; here is what belongs to none of the generated files: which support files go, and what the files that
// stay need in order to compile.
//
// Signing, verifying, the codecs and the rules of the reader are the same code for both sides and stay as a whole.

// Support files of one side. The others are common to both, or the reader needs them.
var (
	clientSupport = map[string]bool{
		"client.go": true, "encrypt_client.go": true, "fill.go": true, "limit.go": true, "options_client.go": true, "request.go": true, "retry.go": true,
		"transport.go": true, "wire.go": true,
	}
	serverSupport = map[string]bool{
		"answer.go": true, "echo.go": true, "encrypt_server.go": true, "exchange.go": true, "explain.go": true, "form_server.go": true, "ideas.go": true,
		"ideas_body.go": true, "leniency.go": true, "parameters.go": true, "usersig_explain.go": true,
		"replay.go": true, "route_server.go": true, "server.go": true, "trace.go": true, "verify.go": true,
	}
)

// omitted reports whether a support file belongs to a side that is left out.
func (p *pkg) omitted(file string) bool {
	return p.opt.Omit.Client && clientSupport[file] || p.opt.Omit.Server && serverSupport[file]
}

// stubs adds what the options that both sides share name of the side that is left out.
func (p *pkg) stubs(f *jen.File) {
	if p.opt.Omit.Server {
		fileComment(f, "handlerState stands for the handler, which this package leaves out: an [Option] is made for both sides.")
		f.Type().Id("handlerState").Struct(jen.Id("settings"))
		fileComment(f, "serverCipher stands for what a handler does with a cipher.")
		f.Type().Id("serverCipher").Interface()
	}
	if p.opt.Omit.Client {
		fileComment(f, "clientState stands for the client, which this package leaves out: an [Option] is made for both sides.")
		f.Type().Id("clientState").Struct(jen.Id("settings"), jen.Id("defaults").Id("callSettings"))
		fileComment(f, "callSettings stands for what changes one call of a client.")
		f.Type().Id("callSettings").Struct()
		fileComment(f, "clientCipher stands for what a client does with a cipher.")
		f.Type().Id("clientCipher").Interface()
	}
}

// sides says what the package does with the operations.
func (p *pkg) sides() string {
	switch {
	case p.opt.Omit.Server:
		return "calls"
	case p.opt.Omit.Client:
		return "serves"
	}
	return "calls and serves"
}

// link is a link to the method of a call: the client's, or that of the server's interface where there is no client.
func (p *pkg) link(c *ir.Call) string {
	if p.opt.Omit.Client {
		return fmt.Sprintf("[%sServer.%s]", c.Operation.Tag.Name.Go, c.Name.Go)
	}
	return fmt.Sprintf("[Client.%s]", c.Name.Go)
}

// sentBy says whose the request of a call is.
func (p *pkg) sentBy(c *ir.Call) string {
	if p.opt.Omit.Client {
		return p.link(c) + " takes"
	}
	return p.link(c) + " sends"
}
