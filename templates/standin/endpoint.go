package standin

// One call of the vendor's: what it answers, once or always, and what came in. The typed face of the stand-in; everything that does not
// depend on the types of a call stands elsewhere.

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	api "github.com/msdkgen/msdkgen/templates/support"
)

// Endpoint is one call of the stand-in. Until it is told otherwise it answers the first example of the document. It is safe for
// concurrent use.
type Endpoint[Req, Resp any] struct {
	core     *Core
	name     string
	result   *resultFacts // nil: the call has no result code
	examples []example

	mu      sync.Mutex
	always  answer[Req, Resp]
	next    []answer[Req, Resp]
	decoded map[string]*Resp // examples that were asked for
	calls   []Call[Req]      // a ring
	oldest  int
	count   int
}

// example is a response of the document.
type example struct {
	name string
	json string
}

// answer is what a call is answered with.
type answer[Req, Resp any] struct {
	respond func(context.Context, *Req) (*Resp, error) // nil: the first example
	fault   Fault
}

// newEndpoint registers a call with the stand-in.
func newEndpoint[Req, Resp any](core *Core, name string, result *resultFacts, examples ...example) *Endpoint[Req, Resp] {
	e := &Endpoint[Req, Resp]{core: core, name: name, result: result, examples: examples}
	core.endpoints = append(core.endpoints, e)
	return e
}

// Respond answers with what a function returns: a response, or an error of the generated package, whose code and message become the answer.
func (e *Endpoint[Req, Resp]) Respond(respond func(ctx context.Context, req *Req) (*Resp, error)) {
	e.set(answer[Req, Resp]{respond: respond})
}

// Answer answers with a response, which must not be changed afterwards.
func (e *Endpoint[Req, Resp]) Answer(resp *Resp) { e.set(e.answered(resp)) }

// Result answers with a result code. Without a message it is what the document says about the code.
func (e *Endpoint[Req, Resp]) Result(code api.Code, message string) {
	e.set(answer[Req, Resp]{respond: e.resulting(code, message)})
}

// Example answers with an example of the document, see [Endpoint.Examples]. A name that there is none of is answered as an internal
// error, and fails the test.
func (e *Endpoint[Req, Resp]) Example(name string) { e.set(e.exemplary(name)) }

// Fail lets every call go wrong.
func (e *Endpoint[Req, Resp]) Fail(fault Fault) { e.set(answer[Req, Resp]{fault: fault}) }

// Once returns the means to answer one call, the next one that nothing else was said about. Called again, it is for the call behind that.
func (e *Endpoint[Req, Resp]) Once() Turn[Req, Resp] { return Turn[Req, Resp]{e} }

// Reset forgets what was said about answers, and all recorded calls.
func (e *Endpoint[Req, Resp]) Reset() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.always, e.next = answer[Req, Resp]{}, nil
	e.calls, e.oldest, e.count = nil, 0, 0
}

// Examples lists the names of the document's responses.
func (e *Endpoint[Req, Resp]) Examples() []string {
	var names []string
	for _, x := range e.examples {
		names = append(names, x.name)
	}
	return names
}

// Codes lists the result codes of the document, in its order.
func (e *Endpoint[Req, Resp]) Codes() []api.Code {
	if e.result == nil {
		return nil
	}
	var codes []api.Code
	for _, c := range e.result.codes {
		codes = append(codes, c.code)
	}
	return codes
}

// Operation returns the operation as the document spells it.
func (e *Endpoint[Req, Resp]) Operation() string { return e.name }

func (e *Endpoint[Req, Resp]) set(a answer[Req, Resp]) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.always = a
}

// Turn says what one call is answered with, see [Endpoint.Once]. Its methods return it again, for the call behind that one.
type Turn[Req, Resp any] struct{ endpoint *Endpoint[Req, Resp] }

// Respond is [Endpoint.Respond] for one call.
func (t Turn[Req, Resp]) Respond(respond func(ctx context.Context, req *Req) (*Resp, error)) Turn[Req, Resp] {
	return t.add(answer[Req, Resp]{respond: respond})
}

// Answer is [Endpoint.Answer] for one call.
func (t Turn[Req, Resp]) Answer(resp *Resp) Turn[Req, Resp] { return t.add(t.endpoint.answered(resp)) }

// Result is [Endpoint.Result] for one call.
func (t Turn[Req, Resp]) Result(code api.Code, message string) Turn[Req, Resp] {
	return t.add(answer[Req, Resp]{respond: t.endpoint.resulting(code, message)})
}

// Example is [Endpoint.Example] for one call.
func (t Turn[Req, Resp]) Example(name string) Turn[Req, Resp] {
	return t.add(t.endpoint.exemplary(name))
}

// Fail is [Endpoint.Fail] for one call.
func (t Turn[Req, Resp]) Fail(fault Fault) Turn[Req, Resp] {
	return t.add(answer[Req, Resp]{fault: fault})
}

func (t Turn[Req, Resp]) add(a answer[Req, Resp]) Turn[Req, Resp] {
	t.endpoint.mu.Lock()
	defer t.endpoint.mu.Unlock()
	t.endpoint.next = append(t.endpoint.next, a)
	return t
}

// serve is the service of the call.
func (e *Endpoint[Req, Resp]) serve(ctx context.Context, req *Req) (*Resp, error) {
	e.record(ctx, req)
	x := exchangeOf(ctx)
	a := e.take()
	switch {
	case x.wish.result != nil:
		a = answer[Req, Resp]{respond: e.resulting(*x.wish.result, x.wish.message)}
	case x.wish.example != "" && !slices.Contains(e.Examples(), x.wish.example):
		x.problem = "there is no example " + strconv.Quote(printable(x.wish.example)) + " of " + e.name + "; there are: " + e.exampleNames()
	case x.wish.example != "":
		a = e.exemplary(x.wish.example)
	}
	if a.fault != "" {
		x.fault = a.fault
	}
	switch {
	case x.fault == FaultPlatform && e.result != nil && len(e.result.wrapped) > 0:
		a.respond = e.resulting(e.result.wrapped[0], platformMessage)
	case a.respond == nil:
		a.respond = e.first
	}
	resp, err := a.respond(ctx, req)
	if x.fault == FaultLost && err == nil && resp != nil {
		resp = withLost(resp)
	}
	return resp, err
}

// take returns what the next call is answered with.
func (e *Endpoint[Req, Resp]) take() answer[Req, Resp] {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.next) == 0 {
		return e.always
	}
	a := e.next[0]
	e.next = e.next[1:]
	return a
}

func (e *Endpoint[Req, Resp]) answered(resp *Resp) answer[Req, Resp] {
	return answer[Req, Resp]{respond: func(context.Context, *Req) (*Resp, error) { return resp, nil }}
}

func (e *Endpoint[Req, Resp]) exemplary(name string) answer[Req, Resp] {
	return answer[Req, Resp]{respond: func(context.Context, *Req) (*Resp, error) { return e.example(name) }}
}

// first is the answer of a call that nothing was said about: the first example, else an empty response that means success.
func (e *Endpoint[Req, Resp]) first(context.Context, *Req) (*Resp, error) {
	if len(e.examples) == 0 {
		return new(Resp), nil
	}
	return e.example(e.examples[0].name)
}

// example decodes an example when it is first asked for. The response is the same for all callers; the handler changes none.
func (e *Endpoint[Req, Resp]) example(name string) (*Resp, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if resp := e.decoded[name]; resp != nil {
		return resp, nil
	}
	for _, x := range e.examples {
		if x.name != name {
			continue
		}
		resp, err := decoded[Resp](x.json)
		if err != nil {
			return nil, e.mistake("the example %q cannot be read: %v", name, err)
		}
		if e.decoded == nil {
			e.decoded = map[string]*Resp{}
		}
		e.decoded[name] = resp
		return resp, nil
	}
	return nil, e.mistake("there is no example %q; there are: %s", name, e.exampleNames())
}

func (e *Endpoint[Req, Resp]) exampleNames() string {
	var names []string
	for _, x := range e.examples {
		names = append(names, strconv.Quote(x.name))
	}
	return strings.Join(names, ", ")
}

// resulting answers with a code. One that means success, or that nothing was found, is a response; all others are errors.
func (e *Endpoint[Req, Resp]) resulting(code api.Code, message string) func(context.Context, *Req) (*Resp, error) {
	r := e.result
	if r == nil || !r.answers(code) {
		return func(context.Context, *Req) (*Resp, error) { return nil, &api.Error{Code: code, Message: message} }
	}
	return func(ctx context.Context, req *Req) (*Resp, error) {
		members := map[string]any{r.code: code}
		if message == "" {
			message = r.text(code)
		}
		if r.message != "" {
			members[r.message] = message
		}
		text, err := json.Marshal(members)
		if err != nil {
			return nil, err
		}
		return decoded[Resp](string(text))
	}
}

// decoded reads a response.
func decoded[Resp any](text string) (*Resp, error) {
	resp := new(Resp)
	if target, ok := any(resp).(json.Unmarshaler); ok {
		return resp, target.UnmarshalJSON([]byte(text))
	}
	return resp, json.Unmarshal([]byte(text), resp)
}

// mistake is a fault of whoever set the stand-in up.
func (e *Endpoint[Req, Resp]) mistake(format string, args ...any) error {
	text := e.name + ": " + fmt.Sprintf(format, args...)
	e.core.complain(text)
	return fmt.Errorf("stand-in: %s", text)
}

// resultFacts is what the document says about result codes.
type resultFacts struct {
	code    string     // member that holds the code
	message string     // member that holds the text; "": none
	good    []api.Code // success, or nothing was found
	wrapped []api.Code // their message begins with the code of a platform
	codes   []resultCode
}

// resultCode is one row of the document's table.
type resultCode struct {
	code api.Code
	text string
}

// answers reports whether a code comes with a response.
func (r *resultFacts) answers(code api.Code) bool {
	for _, good := range r.good {
		if good == code {
			return true
		}
	}
	return false
}

func (r *resultFacts) text(code api.Code) string {
	for _, c := range r.codes {
		if c.code == code {
			return c.text
		}
	}
	return ""
}
