package support

// The client: what is set up once, and how one call is prepared. Everything that can be wrong on the caller's side is found here,
// before a byte is sent. What happens to a prepared call stands in request.go (one signed request), transport.go (sending it and
// reading the answer) and retry.go (doing it again).

import (
	"context"
	"errors"
	"io"
	"net/http"
	"reflect"
	"sync"
	"time"
)

const (
	defaultClientBody = 8 << 20
	defaultRetries    = 1
)

// core is the only field of a generated client. It is a pointer in a struct so that printing a client prints an address: fmt
// follows no pointer inside of a struct.
type core struct{ state *clientState }

// clientState is a client after construction. Nothing in it changes any more but the memory of the issuers and of
// the time limits.
type clientState struct {
	settings
	facts        packageFacts
	defaults     callSettings
	http         *http.Client
	direct       bool // nothing of the HTTP client is needed but its transport
	unseen       bool // and that is net/http's own, with nothing in it that sees requests
	alone        bool // and nobody else has got it
	limiters     sync.Pool
	layers       []func(http.RoundTripper) http.RoundTripper
	interceptors []func(context.Context, Attempt)
	random       io.Reader
	issuers      []credentialIssuer // by scheme.index; nil for schemes that sign each request

	// Seams for the tests: real time passes in these two and nowhere else.
	wait      func(ctx context.Context, d time.Duration) error
	withLimit func(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) // nil but in tests
}

// configure makes a client out of options. Mistakes come back together as one *ConfigError.
func (c *core) configure(facts packageFacts, opts []ClientOption) error {
	s := &clientState{
		facts: facts, random: defaultRandom, wait: waitFor,
		defaults: callSettings{retries: defaultRetries, mode: checkClient},
	}
	for _, o := range opts {
		if o == nil {
			s.problems.add("an option is nil")
			continue
		}
		o.applyClient(s)
	}
	s.problems = append(s.problems, s.defaults.problems...)
	s.complete(defaultClientBody)
	s.resolveServers()
	s.requireScheme(facts.schemes)
	s.requireApp()
	if s.defaults.encrypt {
		s.requireCipherKey()
	}
	s.makeIssuers()
	s.makeHTTP()
	if err := s.problems.err(""); err != nil {
		return err
	}
	c.state = s
	return nil
}

// resolveServers checks the servers of the options. Where the document has exactly one, it is the default.
func (c *clientState) resolveServers() {
	servers := c.defaults.servers
	if len(servers) == 0 && len(c.facts.servers) == 1 {
		servers = []Server{c.facts.servers[0].url}
	}
	if len(servers) == 0 {
		c.problems.add("no server was chosen; see WithServer")
	}
	for _, server := range servers {
		e, problem := newEndpoint(&c.facts, server)
		if problem != "" {
			c.problems.add(problem)
			continue
		}
		c.defaults.endpoints = append(c.defaults.endpoints, e)
	}
	c.defaults.servers = nil
}

// endpoint returns where a call of op goes: what the call says, else what the client says, the last one first.
func (c *clientState) endpoint(op *operation, s *callSettings) (endpoint, error) {
	for i := len(s.servers) - 1; i >= 0; i-- {
		e, problem := newEndpoint(&c.facts, s.servers[i])
		if problem != "" {
			return e, misconfiguredCall(op, problem)
		}
		if e.serves(op.scheme) {
			return e, nil
		}
	}
	for i := len(s.endpoints) - 1; i >= 0; i-- {
		if s.endpoints[i].serves(op.scheme) {
			return s.endpoints[i], nil
		}
	}
	return endpoint{}, misconfiguredCall(op, "no configured server serves this operation; see WithServer")
}

// requireApp finds an app of the client's that no scheme knows, which is a mistake in its spelling. A provider may know any app.
func (c *clientState) requireApp() {
	if c.defaults.app == "" {
		return
	}
	for _, source := range c.sources {
		if source != nil && source.knows(c.defaults.app) {
			return
		}
	}
	c.problems.add("there are no credentials of the app that WithApp names")
}

func (c *clientState) makeIssuers() {
	c.issuers = make([]credentialIssuer, len(c.sources))
	for i, source := range c.sources {
		if source != nil && source.scheme.builtin != nil {
			c.issuers[i] = source.scheme.builtin.issuer()
		}
	}
}

// paramSource is a request with fields that travel in the query, the header or the path.
type paramSource interface {
	param(name string) (value string, found bool)
}

// invoke is the body of every method of a generated client. first is what the first attempt reads the answer into. The response is nil
// exactly when the error is not.
//
// Its type parameters are pointers, which all look alike to the compiler: there is one invoke, not one for each operation.
func invoke[Req requestBody, Resp responseBody](
	ctx context.Context, c *core, op *operation, req Req, first Resp, opts []CallOption,
) (Resp, error) {
	var noRequest Req
	var none Resp
	if any(req) == any(noRequest) {
		return none, misconfiguredCall(op, "the request is nil")
	}
	k, err := c.prepare(ctx, op, req, opts)
	if err != nil {
		return none, err
	}
	last, err := k.run(ctx, first)
	k.release()
	if err != nil {
		return none, err
	}
	return last.(Resp), nil
}

// freshLike returns an empty response of the type of another one, for an attempt that follows a failed one: nothing of a failed answer
// may stay. Only repeated calls pay for the reflection.
func freshLike(r responseBody) responseBody {
	return reflect.New(reflect.TypeOf(r).Elem()).Interface().(responseBody)
}

// call is one call, prepared: all that stays the same from attempt to attempt.
type call struct {
	client      *clientState
	op          *operation
	settings    callSettings
	endpoint    endpoint
	req         requestBody
	credentials credentials // nil: the operation is not signed
	key         *keyCase    // nil: the scheme has no keys of its own
	sealed      bool        // the bodies are encrypted

	// The attempt that is being made. They stand here so that an attempt needs no memory of its own for them.
	moment  moment
	parts   requestParts
	message message

	secrets []string // for the mask: what was sent so far that must not be shown

	room  []byte // for the bytes of requests and answers; it is used again by other calls
	rooms *callRooms
}

// callRooms is memory that a call finds ready, so that it has to ask for none.
type callRooms struct {
	reader  jsonReader
	checker checker
}

// calls keeps the memory of calls for further ones. Nothing in a call is ever seen by the caller's code, and nothing that is sent lies in it.
var calls = sync.Pool{New: func() any {
	k := &call{room: make([]byte, 0, 1<<10), rooms: new(callRooms)}
	k.moment.nonce, k.moment.credential = k.moment.next, k.credential
	return k
}}

// release gives the memory back. Nothing of the call stays in it but, until they are written over, the bytes in its room.
func (k *call) release() {
	k.rooms.reader.clear()
	nonce, credential, room, rooms := k.moment.nonce, k.moment.credential, k.room, k.rooms
	*k = call{}
	k.moment.nonce, k.moment.credential, k.room, k.rooms = nonce, credential, room, rooms
	calls.Put(k)
}

func (c *core) prepare(ctx context.Context, op *operation, req requestBody, opts []CallOption) (*call, error) {
	switch {
	case c.state == nil:
		return nil, misconfiguredCall(op, "the client was not made by NewClient")
	case ctx == nil:
		return nil, misconfiguredCall(op, "the context is nil")
	}
	k := calls.Get().(*call)
	k.client, k.op, k.req, k.settings = c.state, op, req, c.state.defaults
	k.settings.with(opts)
	if err := k.settings.problems.err(op.id); err != nil {
		return nil, err
	}
	if err := k.rooms.checker.validate(k.settings.mode, op.id, req, nil); err != nil {
		return nil, err
	}
	var err error
	if k.endpoint, err = c.state.endpoint(op, &k.settings); err != nil {
		return nil, err
	}
	if op.scheme == nil {
		return k, k.chooseCipher()
	}
	if err := k.findCredentials(ctx); err != nil {
		return nil, err
	}
	if err := k.chooseCipher(); err != nil {
		return nil, err
	}
	return k, k.chooseKey()
}

// chooseCipher decides whether the call is encrypted.
func (k *call) chooseCipher() error {
	cipher := k.op.cipher
	switch {
	case cipher == nil && k.settings.encryptCall:
		return k.misconfigured("the document has no cipher for this operation")
	case cipher == nil || !cipher.wants(&k.settings):
		return nil
	case !cipher.hasKey(k.credentials):
		return k.misconfigured("the credentials of " + k.op.scheme.name + " lack the key that encrypts")
	}
	if problem := cipher.problem(k.credentials); problem != "" { // of a provider; the others were looked at before
		return k.misconfigured("the credentials of " + k.op.scheme.name + ": " + problem)
	}
	k.sealed = true
	return nil
}

func (k *call) findCredentials(ctx context.Context) error {
	s := k.op.scheme
	source := k.client.source(s)
	if source == nil {
		return k.misconfigured("there are no credentials for " + s.name)
	}
	c, err := source.lookup(ctx, k.settings.app)
	if err != nil && errors.Is(err, errUnknownApp) && !k.settings.appOfCall && source.provide == nil {
		c, err = source.lookup(ctx, "") // the client's app belongs to another scheme; requireApp has seen to that
	}
	switch {
	case err == nil:
		if name := s.missing(c); name != "" {
			return k.misconfigured("the credentials of " + s.name + " lack " + name)
		}
		k.credentials = c
		return nil
	case errors.Is(err, errUnknownApp):
		return k.misconfigured("there are no credentials of " + s.name + " for this app")
	case ctx.Err() != nil:
		return contextError(k.op.id, ctx)
	}
	return &SignatureError{Operation: k.op.id, Reason: "the credentials provider of " + s.name + " failed", cause: because(err)}
}

// chooseKey picks the key: the one that the caller names in the key parameter, else the first that is configured.
func (k *call) chooseKey() error {
	s := k.op.scheme
	if len(s.keys) == 0 {
		return nil
	}
	value, named := k.override(s.keyParameter)
	if p := k.op.parameter(s.keyParameter); !named && p != nil && p.fill != fillKey {
		value, _ = k.fill(p, nil) // what the parameter will say decides, even when it is left out
		named = true
	}
	if named {
		k.key = s.caseOf(value)
		if k.key == nil {
			return k.misconfigured("no key stands for the chosen value of " + s.keyParameter)
		}
	} else {
		k.key = s.preferredCase(k.credentials)
	}
	if k.key == nil || named && !k.key.hasKey(k.credentials) {
		return k.misconfigured("the credentials of " + s.name + " lack the key that signs")
	}
	return nil
}

// misconfigured is not inlined: it is rare, and its code would lie between the lines that each call comes by.
//
//go:noinline
func (k *call) misconfigured(reason string) error { return misconfiguredCall(k.op, reason) }

//go:noinline
func misconfiguredCall(op *operation, reason string) error {
	return &ConfigError{Operation: op.id, Reason: reason}
}
