package support

// What a server tells its owner about the steps of a call. It is the only place that says why a signature was refused; the caller
// is told no more than the code.

import (
	"context"
	"time"
)

// Step is one step of how a handler answers a call.
type Step string

// The steps, in their order. StepLeniency comes in between, wherever a leniency was made use of.
const (
	StepLimit      Step = "limit"      // method, and size of the body
	StepParameters Step = "parameters" // of query, header and path
	StepVerify     Step = "verify"     // credentials, decryption, signature, time
	StepDecode     Step = "decode"
	StepValidate   Step = "validate"
	StepCall       Step = "call"
	StepEncode     Step = "encode"
	StepLeniency   Step = "leniency"
)

// TraceEvent is the end of one step.
type TraceEvent struct {
	Operation string // "" while it is not known
	App       App    // "" while it is not known; it is the caller's claim until StepVerify has passed
	Step      Step
	Duration  time.Duration // of the step
	Failure   string        // reason of the refusal as the document spells it, such as bad-signature; "" if the step passed
	Code      Code          // that was answered; with StepCall and StepEncode only, or where a step failed
	Leniency  string        // with StepLeniency
	Err       error         // what was wrong; it holds no secret and no value of the request
}

// WithTrace calls trace after every step of every call. It is called from many goroutines at once.
func WithTrace(trace func(ctx context.Context, event TraceEvent)) HandlerOption {
	return handlerOption(func(h *handlerState) {
		if trace == nil {
			h.problems.add("the trace function is nil")
			return
		}
		h.traces = append(h.traces, trace)
	})
}

// traced reports whether anybody wants to know of steps. If not, nobody asks the clock for their duration.
func (x *exchange) traced() bool { return len(x.handler.traces) > 0 }

// begin notes the beginning of a step.
func (x *exchange) begin() {
	if x.traced() {
		x.stepStart = time.Now()
	}
}

// trace reports an event of this exchange.
func (x *exchange) trace(e TraceEvent) {
	if !x.traced() {
		return
	}
	if x.op != nil {
		e.Operation = x.op.id
	}
	if v, ok := e.Err.(*Error); ok { // a service's own error, which may repeat what the caller sent
		e.Err = x.masked(v)
	}
	e.App = App(boundedLine(string(x.app), maxNameText)) // what the query says, however long
	for _, trace := range x.handler.traces {
		trace(x.request.Context(), e)
	}
}
