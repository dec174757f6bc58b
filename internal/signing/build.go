package signing

// A finished request: what a generated client would send for the same values, clock and credentials. body.go makes the body, fill.go what
// nobody supplies.

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// Plan is what a request is made of.
type Plan struct {
	API         *ir.API
	Call        *ir.Call
	Server      string // http(s)://host[:port][/prefix]
	Values      []Pair // parameters and fields of the body by their names
	Body        []byte // nil: it is made of Values
	Credentials Credentials
	Now         time.Time
	Random      io.Reader
	Nonce       string // in place of every random value; empty: random ones
	Functions   map[string]Function
	// Encrypt seals a body; nil: it is sent as it is.
	Encrypt func(plaintext []byte, secret string) ([]byte, error)
}

// Built is a finished request.
type Built struct {
	Request *Received
	Run     *Run   // nil: the operation is not signed
	Plain   []byte // the body before it was encrypted
	Notes   []string
}

// Problems are the reasons why a request cannot be made, one text each.
type Problems []string

// Error joins them with line feeds.
func (p Problems) Error() string { return strings.Join(p, "\n") }

// builder is a request that is being made.
type builder struct {
	Plan
	op       *ir.Operation
	scheme   *ir.Scheme
	key      *ir.KeyChoiceCase
	used     map[string]bool // names among Values
	query    []Pair          // places of signatures with empty values
	headers  []Pair
	path     []Pair
	body     []byte
	problems Problems
	notes    []string
}

func (b *builder) problem(format string, args ...any) {
	b.problems = append(b.problems, fmt.Sprintf(format, args...))
}

// Build makes the request. The error is Problems, or a *Fault of the program.
func Build(p Plan) (*Built, error) {
	b := &builder{Plan: p, op: p.Call.Operation, scheme: p.Call.Operation.Scheme, used: map[string]bool{}}
	server, ok := parseBase(p.Server)
	if !ok {
		b.problem("the server %q is not the address of a server: http(s)://host[:port][/prefix]", p.Server)
	}
	b.requireCredentials()
	b.chooseKey()
	b.makeBody()
	b.makeParameters()
	b.unknownValues()
	if len(b.problems) > 0 {
		return nil, b.problems
	}
	request := &Request{
		Method: b.op.Method, URLScheme: server.scheme, Host: server.host, PathValues: b.path, Body: b.body, Form: isForm(b.op), Headers: b.headers,
	}
	own := b.op.Path
	for _, v := range b.path {
		own = strings.ReplaceAll(own, "{"+v.Name+"}", percentEncode(v.Value, ir.Percent{}))
	}
	request.EncodedPath = server.path + own
	request.Path, _ = percentDecode(request.EncodedPath, false)
	run, err := b.sign(request)
	if err != nil {
		return nil, err
	}
	return b.finish(request, run)
}

// sign runs the program over what goes out.
func (b *builder) sign(request *Request) (*Run, error) {
	for _, p := range b.query {
		if !b.isPlace(ir.InQuery, p.Name) {
			request.Query = append(request.Query, p)
		}
	}
	request.RawQuery = encodeQuery(request.Query)
	if b.scheme == nil {
		return nil, nil
	}
	if b.scheme.Builtin != "" {
		return newUserSig(b.Credentials, b.Now)
	}
	for _, v := range b.scheme.Values {
		request.Values = append(request.Values, Pair{v.Name.Spec, b.made(v.Fill, nil)})
	}
	if cipher := b.op.Cipher; cipher != nil && cipher.SignCiphertext && b.Encrypt != nil && b.body != nil {
		sealed, err := b.seal(request.Body)
		if err != nil {
			return nil, err
		}
		request.Body = sealed
	}
	return Evaluate(Input{Scheme: b.scheme, Request: request, Credentials: b.Credentials, Key: b.key, Functions: b.Functions})
}

func (b *builder) seal(body []byte) ([]byte, error) {
	key := b.Credentials[b.op.Cipher.Secret].Current
	if key == "" {
		return nil, Problems{"the credential " + b.op.Cipher.Secret + ", which encrypts, is not configured"}
	}
	sealed, err := b.Encrypt(body, key)
	if err != nil {
		return nil, Problems{b.op.Cipher.Secret + ": " + err.Error()}
	}
	return sealed, nil
}

// finish puts the signatures into their places.
func (b *builder) finish(request *Request, run *Run) (*Built, error) {
	got := &Received{
		Method: request.Method, URLScheme: request.URLScheme, Host: request.Host, Path: request.EncodedPath, Body: request.Body,
		Headers: slices.Clone(request.Headers),
	}
	built := &Built{Request: got, Run: run, Notes: b.notes}
	query := slices.Clone(b.query)
	for i := range b.places() {
		place, text := b.scheme.Places[i], run.Placed[i].Clear()
		switch place.In {
		case ir.InHeader:
			got.Headers = append(got.Headers, Pair{place.Name, text})
		case ir.InBody:
			got.Body = addMember(got.Body, place.Name, jsonText(text), text, request.Form)
		default:
			for j := range query {
				if query[j].Name == place.Name {
					query[j].Value = text
				}
			}
		}
	}
	got.RawQuery = encodeQuery(query)
	built.Plain = b.body
	if cipher := b.op.Cipher; cipher != nil && b.Encrypt != nil {
		if !cipher.SignCiphertext && b.body != nil {
			built.Plain = got.Body
			sealed, err := b.seal(got.Body)
			if err != nil {
				return nil, err
			}
			got.Body = sealed
		}
		if b.body != nil {
			got.Headers = append(got.Headers, Pair{cipher.ContentHeader, cipher.Name})
		}
		got.Headers = append(got.Headers, Pair{cipher.AcceptHeader, cipher.Name})
	}
	return built, nil
}

func (b *builder) places() []*ir.Place {
	if b.scheme == nil {
		return nil
	}
	return b.scheme.Places
}

func (b *builder) isPlace(in ir.In, name string) bool {
	for _, p := range b.places() {
		if p.In == in && (p.Name == name || in == ir.InHeader && lowered(p.Name) == lowered(name)) {
			return true
		}
	}
	return false
}

// requireCredentials finds what is not configured. The keys of a choice are looked at in chooseKey.
func (b *builder) requireCredentials() {
	if b.scheme == nil {
		return
	}
	for _, c := range b.scheme.Credentials {
		name := c.Name.Spec
		if !c.Optional && b.Credentials[name].Current == "" && !b.isChoice(name) {
			b.problem("the credential %s is not configured", name)
		}
	}
}

func (b *builder) isChoice(name string) bool {
	if b.scheme.Keys == nil {
		return false
	}
	return slices.ContainsFunc(b.scheme.Keys.Choices, func(c *ir.KeyChoiceCase) bool { return c.Secret == name })
}

// chooseKey takes the key that the caller names in the key parameter, else the first that is configured.
func (b *builder) chooseKey() {
	if b.scheme == nil || b.scheme.Keys == nil {
		return
	}
	keys := b.scheme.Keys
	if value, named := find(b.Values, keys.Parameter); named {
		b.key = CaseOf(b.scheme, value)
		if b.key == nil {
			b.problem("no key stands for %s=%s", keys.Parameter, value)
		} else if b.Credentials[b.key.Secret].Current == "" {
			b.problem("the credential %s is not configured, but %s=%s asks for it", b.key.Secret, keys.Parameter, value)
		}
		return
	}
	var names []string
	for _, c := range keys.Choices {
		names = append(names, c.Secret)
		if b.Credentials[c.Secret].Current != "" {
			b.key = c
			return
		}
	}
	b.problem("no key is configured: %s", strings.Join(names, " or "))
}

// unknownValues reports names that nothing has.
func (b *builder) unknownValues() {
	names := b.names()
	for _, v := range b.Values {
		if b.used[v.Name] {
			continue
		}
		text := fmt.Sprintf("%s has no parameter %q", b.op.Name.Spec, v.Name)
		if near, ok := diag.Nearest(v.Name, names); ok {
			text += fmt.Sprintf("; did you mean %q?", near)
		} else if len(names) > 0 {
			text += "; it has " + strings.Join(names, ", ")
		}
		b.problem("%s", text)
	}
}

// names are all that a value can be given for.
func (b *builder) names() []string {
	var names []string
	add := func(name string) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, p := range b.op.Parameters {
		if p.Fill == nil || p.Fill.Kind != ir.FillSignature {
			add(p.Name.Spec)
		}
	}
	for _, f := range bodyFields(b.Call) {
		if f.Fill == nil || f.Fill.Kind != ir.FillSignature {
			add(f.Name.Spec)
		}
	}
	return names
}
