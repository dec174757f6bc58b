package standin

// What came in, and what a test says about it. Only so many calls are kept: a stand-in that runs for days must not grow.

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	api "github.com/msdkgen/msdkgen/templates/support"
)

// Call is a call that was found good and reached the service.
type Call[Req any] struct {
	Time    time.Time // by the stand-in's clock
	App     api.App
	Request *Req
	Header  http.Header
	Body    []byte // decrypted
	call    *api.IncomingCall
}

// Query returns the first value of a query parameter.
func (c *Call[Req]) Query(name string) (value string, found bool) {
	if c.call == nil {
		return "", false
	}
	return c.call.Query(name)
}

func (e *Endpoint[Req, Resp]) record(ctx context.Context, req *Req) {
	limit := e.core.settings.keep
	e.mu.Lock()
	defer e.mu.Unlock()
	e.count++
	if limit == 0 {
		return
	}
	c := Call[Req]{Time: e.core.Clock.Now(), Request: req}
	if in, ok := api.CallFromContext(ctx); ok {
		c.App, c.Header, c.Body, c.call = in.App, in.Header(), in.Body(), in
	}
	if len(e.calls) < limit {
		e.calls = append(e.calls, c)
		return
	}
	e.calls[e.oldest] = c
	e.oldest = (e.oldest + 1) % limit
}

// Calls returns the calls that were found good, in their order: the last 1,000, or as many as [WithRecordedCalls] says.
func (e *Endpoint[Req, Resp]) Calls() []Call[Req] {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append(append([]Call[Req](nil), e.calls[e.oldest:]...), e.calls[:e.oldest]...)
}

// Count returns the number of calls that were found good.
func (e *Endpoint[Req, Resp]) Count() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.count
}

// RequireCalled fails the test unless there were exactly so many good calls, and returns them.
func (e *Endpoint[Req, Resp]) RequireCalled(t T, times int) []Call[Req] {
	t.Helper()
	if n := e.Count(); n != times {
		fatal(t, "%s was called %s, not %s%s", e.name, timesText(n), timesText(times), e.core.happened())
	}
	return e.Calls()
}

// RequireLast fails the test unless there was a call, and returns the last one.
func (e *Endpoint[Req, Resp]) RequireLast(t T) Call[Req] {
	t.Helper()
	calls := e.Calls()
	if len(calls) == 0 {
		fatal(t, "%s was not called%s", e.name, e.core.happened())
		return Call[Req]{}
	}
	return calls[len(calls)-1]
}

func timesText(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// recorder is what the stand-in asks each of its endpoints.
type recorder interface {
	Operation() string
	Count() int
}

// happened tells what came in instead, for a failing assertion.
func (c *Core) happened() string {
	var b strings.Builder
	for _, e := range c.endpoints {
		if n := e.Count(); n > 0 {
			fmt.Fprintf(&b, "\n    good calls of %s: %d", e.Operation(), n)
		}
	}
	for _, r := range c.Refusals() {
		fmt.Fprintf(&b, "\n    refused: %s", r.line())
	}
	if b.Len() == 0 {
		return "; nothing came in at all"
	}
	return "; what came in:" + b.String()
}
