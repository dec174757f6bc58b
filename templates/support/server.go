package support

// The server: what is set up once, the door that every request comes through, and what happens when a handler panics. The steps of
// one call stand in exchange.go, what is written back in answer.go.

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

const defaultHandlerBody = 1 << 20

// handlerState is a handler after construction. Nothing in it changes any more.
type handlerState struct {
	settings
	serve   func(*exchange)
	window  time.Duration // for all schemes; 0: what the document states for each
	public  endpoint      // under which callers know the handler; without a host: it is what the request says
	replays *replayMemory // nil: none
	// encrypted: plaintext is refused where the document has a cipher.
	encrypted bool
	strict    [allLeniencies]bool
	counter   *LeniencyCounter
	traces    []func(context.Context, TraceEvent)
	explain   func(x *exchange, s *scheme, c credentials, reason string) // why a signature does not fit; nil in production
	late      func(x *exchange, s *scheme, now time.Time)                // told about every good signature; nil in production
}

// handler hides the state behind a pointer, so that printing it prints an address.
type handler struct{ state *handlerState }

// newHandler is the body of the generated NewHandler. serve finds the operation and passes it to handle, unknownVariant or notFound.
func newHandler(facts packageFacts, opts []HandlerOption, serve func(*exchange)) (http.Handler, error) {
	h := &handlerState{serve: serve}
	for _, o := range opts {
		if o == nil {
			h.problems.add("an option is nil")
			continue
		}
		o.applyHandler(h)
	}
	h.complete(defaultHandlerBody)
	h.requireScheme(facts.schemes)
	if h.window > 0 && !h.hasTime() {
		h.problems.add("a time window was set, but no scheme with credentials sends a time")
	}
	if h.encrypted {
		h.requireCipherKey()
	}
	if h.replays != nil && !h.hasWindow() {
		h.problems.add("a replay memory was asked for, but there is no time window")
	}
	if err := h.problems.err(""); err != nil {
		return nil, err
	}
	return &handler{h}, nil
}

// WithTimeWindow refuses requests whose signed time is further from the handler's clock than window, in either direction. Without it
// the window is what the document states for a scheme; where it states nothing, any time is good. It applies to schemes that send a
// time.
func WithTimeWindow(window time.Duration) HandlerOption {
	return handlerOption(func(h *handlerState) {
		if window <= 0 {
			h.problems.add("the time window must be positive")
			return
		}
		h.window = window
	})
}

func (h *handlerState) hasTime() bool {
	for _, source := range h.sources {
		if source != nil && source.scheme.time.name != "" {
			return true
		}
	}
	return false
}

// hasWindow reports whether some scheme with credentials has a time window.
func (h *handlerState) hasWindow() bool {
	for _, source := range h.sources {
		if source != nil && h.windowOf(source.scheme) > 0 {
			return true
		}
	}
	return false
}

// windowOf is the time window of a scheme, 0 if it has none.
func (h *handlerState) windowOf(s *scheme) time.Duration {
	switch {
	case s.time.name == "":
		return 0
	case h.window > 0:
		return h.window
	}
	return s.window
}

// ServeHTTP answers one request.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := exchanges.Get().(*exchange)
	x.handler, x.writer, x.request, x.path, x.method = h.state, w, r, r.URL.Path, r.Method
	if trimmed := strings.TrimSuffix(x.path, "/"); trimmed != x.path && trimmed != "" && !h.state.strict[LeniencyTrailingSlash] {
		x.path, x.slash = trimmed, true
	}
	defer x.recover()
	h.state.serve(x)
	x.release() // not after a panic: recover still needs it
}

// recover answers a panicking handler's call as an internal error. http.ErrAbortHandler goes on its way: it is net/http's own means
// to break a connection off.
func (x *exchange) recover() {
	v := recover()
	if v == nil {
		return
	}
	if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(http.ErrAbortHandler)
	}
	// The stack holds functions, lines and numbers; only the value that was thrown can hold text.
	x.log(slog.LevelError, "handler panicked",
		slog.String("panic", x.mask().text(fmt.Sprint(v), maxOutsideText)), slog.String("stack", string(debug.Stack())))
	if x.answered {
		panic(http.ErrAbortHandler) // half an answer is out; the caller must not take it for a whole one
	}
	x.refuse(&refusal{failInternal, fmt.Errorf("handler panicked with a %T", v)}, StepCall)
}

func (x *exchange) log(level slog.Level, text string, attrs ...slog.Attr) {
	ctx := x.request.Context()
	if x.handler.silent || !x.handler.logger.Enabled(ctx, level) {
		return
	}
	id := ""
	if x.op != nil {
		id = x.op.id
	}
	x.handler.logger.LogAttrs(ctx, level, text, append([]slog.Attr{slog.String("operation", id)}, attrs...)...)
}

// masked returns a copy of a service's error without what this exchange knows to be secret.
func (x *exchange) masked(e *Error) *Error {
	m := *e
	m.Message = x.mask().text(m.Message, maxOutsideText)
	return &m
}

// mask returns the list of the secrets that this exchange has met.
func (x *exchange) mask() *mask {
	m := new(mask)
	for _, given := range x.given {
		m.add(given)
	}
	if x.op != nil {
		if x.op.scheme != nil {
			x.op.scheme.addSecrets(m, x.credentials)
		}
		for _, p := range x.op.parameters {
			if p.sensitive || p.fill == fillSignature {
				value, _ := x.received(&p)
				m.add(value)
				m.add(x.parameter(p.name)) // the message may not have been made yet
			}
		}
	}
	m.addSensitive(x.req)
	return m
}

// IncomingCall is what a handler can learn about the call beyond its request. Printing it shows neither query nor body.
type IncomingCall struct {
	Operation string
	App       App // verified, unless the operation is not signed
	request   *http.Request
	body      string
}

// Format implements fmt.Formatter: every verb prints operation and app.
func (c IncomingCall) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "call of %s by app %q", c.Operation, boundedLine(string(c.App), maxNameText))
}

type incomingKey struct{}

// incomingContext is the context that a handler gets: that of the request, and the call. A service may keep it for as long as it likes,
// so that it has memory of its own.
type incomingContext struct {
	context.Context
	call   IncomingCall
	values [2]string // of the answer's headers, which are not the service's: here they need no memory of their own
}

// Value implements context.Context.
func (c *incomingContext) Value(key any) any {
	if key == (incomingKey{}) {
		return &c.call
	}
	return c.Context.Value(key)
}

// Format prints what the call prints, which fmt would not ask: its field is not exported.
func (c *incomingContext) Format(f fmt.State, verb rune) { c.call.Format(f, verb) }

// CallFromContext returns the call that a handler's context belongs to.
func CallFromContext(ctx context.Context) (*IncomingCall, bool) {
	c, ok := ctx.Value(incomingKey{}).(*IncomingCall)
	return c, ok
}

// Query returns the first value of a query parameter.
func (c *IncomingCall) Query(name string) (value string, found bool) {
	return queryValue(c.request.URL.RawQuery, name)
}

// Header returns the HTTP header of the request.
func (c *IncomingCall) Header() http.Header { return c.request.Header }

// Body returns a copy of the body: as it came or, where it was encrypted, as it was meant.
func (c *IncomingCall) Body() []byte { return []byte(c.body) }
