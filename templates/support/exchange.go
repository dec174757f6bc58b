package support

// One call on the server, step by step: limit, parameters, verify, decode, validate, call, encode. A step either passes or refuses; the
// first refusal is the answer. The order is that of cost and trust: nothing of the body is decoded before the signature was found
// good.

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"
)

// maxQueryParameters bounds the memory that a query of many empty parameters takes.
const maxQueryParameters = 256

// exchange is one request and its answer. path, method and parameter are for the generated code, which finds the operation.
type exchange struct {
	handler     *handlerState
	writer      http.ResponseWriter
	request     *http.Request
	path        string // decoded, without a slash at its end, where that leniency is on
	method      string
	slash       bool // there was one
	op          *operation
	app         App // as the request names it
	body        []byte
	sealed      []byte // the body as it came, where it is encrypted
	unsaid      bool   // the body is encrypted, and no header says so
	pathValues  []pair
	message     message
	given       []string                            // signatures, in the order of the scheme's places
	claimed     []pair                              // credentials that stand beside a signature
	seal        func(answer []byte) ([]byte, error) // with the key that the request was encrypted with; nil: it was not
	credentials credentials
	req         any  // for the mask
	plain       bool // the answer is not encrypted, whatever was asked for
	answered    bool
	stepStart   time.Time
	text        string     // the body once more, see bodyText
	values      *[2]string // for the headers of the answer
	roomGiven   [2]string
	rooms       *exchangeRooms
}

// exchangeRooms is memory that an exchange finds ready, so that it has to ask for none: one piece of memory, taken and given back at once.
type exchangeRooms struct {
	parameters [16]pair
	taken      int // of parameters
	reader     jsonReader
	checker    checker
	body       []byte                   // for the body as it came
	answer     []byte                   // for the answer before it is encrypted
	query      func(name string) string // message.parameter
}

// exchanges keeps the memory of exchanges for further ones. Nothing in an exchange is ever seen by the code of a service.
var exchanges = sync.Pool{New: func() any { return newExchange() }}

func newExchange() *exchange {
	all := new(struct {
		exchange
		rooms exchangeRooms
	})
	x := &all.exchange
	x.rooms = &all.rooms
	x.rooms.query = x.message.parameter
	return x
}

// release gives the memory back. Nothing of the exchange stays in it but, until they are written over, the bytes of body and answer.
func (x *exchange) release() {
	if x.handler.explain != nil {
		return // a report goes on looking at the exchange
	}
	rooms := x.rooms
	*x = exchange{rooms: rooms}
	rooms.reader.clear()
	clear(rooms.parameters[:rooms.taken])
	rooms.taken = 0
	exchanges.Put(x)
}

// bodyText is the body as text, of which decoded values and the service get parts.
func (x *exchange) bodyText() string {
	if x.text == "" {
		x.text = string(x.body)
	}
	return x.text
}

// parameter returns the first value of a query parameter, "" if there is none.
func (x *exchange) parameter(name string) string {
	value, _ := queryValue(x.request.URL.RawQuery, name)
	return value
}

// serverCipher is what a server does with a cipher.
type serverCipher interface {
	openRequest(x *exchange) *refusal
	sealAnswer(x *exchange, header http.Header, answer []byte) []byte
}

// refusal says why a step did not pass.
type refusal struct {
	failure failure
	err     error // for the trace and the log; only what answerText lets through reaches the caller
}

// refused makes a refusal. Like the other functions that do, it is not inlined: refusals are rare, and their code would lie between the
// lines that each request comes by.
//
//go:noinline
func refused(f failure, err error) *refusal { return &refusal{f, err} }

//go:noinline
func refusedParameter(f failure, in where, name, problem string) *refusal {
	return &refusal{f, parameterError{in, name, problem}}
}

//go:noinline
func (x *exchange) refusedBody(f failure, reason string) *refusal {
	return &refusal{f, &DecodeError{Operation: x.op.id, Reason: reason}}
}

// passed takes the outcome of a step: it answers if the step refused, else it reports the step and begins the next one.
func (x *exchange) passed(step Step, r *refusal) bool {
	if r != nil {
		x.refuse(r, step)
		return false
	}
	if x.traced() {
		x.trace(TraceEvent{Step: step, Duration: time.Since(x.stepStart)})
		x.begin()
	}
	return true
}

// handle is the whole life of a call whose operation is known. As with invoke, there is one handle for all operations.
func handle[Req requestBody, Resp responseBody](
	x *exchange, op *operation, req Req, call func(context.Context, Req) (Resp, error),
) {
	x.op = op
	if !x.admit("") || !x.read(req) {
		return
	}
	var none Resp
	resp, err := call(x.context(), req)
	if x.passed(StepCall, x.outcome(any(resp) == any(none), err)) {
		x.encode(x.completed(resp))
	}
}

// completed fills in what a service may leave out.
func (x *exchange) completed(resp responseBody) responseBody {
	if c, ok := resp.(completedBody); ok {
		resp = c.complete()
	}
	if e, ok := resp.(echoingBody); ok {
		resp = e.echo(x.rooms.query)
	}
	return resp
}

// unknownVariant refuses a call whose path is known and whose variant is not. Who may not call at all is told that first.
func (x *exchange) unknownVariant(op *operation, name string) {
	x.op = op
	if !x.admit(name) {
		return
	}
	x.begin()
	if x.parameter(name) == "" {
		x.refuse(&refusal{failMissingParameter, parameterError{inQuery, name, "is missing"}}, StepParameters)
		return
	}
	x.refuse(&refusal{failBadParameter, parameterError{inQuery, name, "selects no variant"}}, StepParameters)
}

// notFound answers a path that belongs to no operation, in the shape of r; nil is for packages without result codes.
func (x *exchange) notFound(r *result) {
	x.begin()
	x.refuseAs(r, &refusal{failure: failNoSuchOperation}, StepLimit)
}

// admit runs the steps before decoding. except names a parameter that is not looked at.
func (x *exchange) admit(except string) bool {
	x.begin()
	return x.passed(StepLimit, x.limit()) &&
		x.passed(StepParameters, x.checkParameters(except)) &&
		x.passed(StepVerify, x.verify())
}

var errBodyBroke = errors.New("the body broke off")

func (x *exchange) limit() *refusal {
	if x.method != x.op.method {
		return x.refusedMethod()
	}
	if x.slash && !strings.HasSuffix(x.op.path, "/") {
		x.takes(LeniencyTrailingSlash, 1) // ServeHTTP has asked already whether it is on
	}
	limit := x.handler.maxBody
	source := x.request.Body
	if source == nil {
		source = http.NoBody // net/http gives a server no such request, but tests like to make one
	}
	if length := x.request.ContentLength; length < 0 || length > limit { // net/http reads no more than was announced
		source = http.MaxBytesReader(x.writer, source, limit)
	}
	body, err := readBody(x.rooms.body, source, x.request.ContentLength, limit)
	switch {
	case err != nil && tooLarge(err):
		x.writer.Header().Set("Connection", "close") // what is left of the body is not read
		return refused(failTooLarge, errBodyTooLarge)
	case err != nil:
		return refused(failNotJSON, errBodyBroke)
	case x.op.body == bodyRequired && len(body) == 0:
		return refused(failEmptyBody, nil)
	}
	x.body, x.rooms.body = body, roomOf(x.rooms.body, body)
	return nil
}

//go:noinline
func (x *exchange) refusedMethod() *refusal {
	return refused(failNoSuchOperation, errors.New("the operation is called with "+x.op.method+", not with "+boundedLine(x.method, maxNameText)))
}

// tooLarge reports whether err says that a body is too large, in our words or in those of net/http.
func tooLarge(err error) bool {
	var limited *http.MaxBytesError
	return errors.Is(err, errBodyTooLarge) || errors.As(err, &limited)
}

// paramSetter is a request with fields that come from outside of the body.
type paramSetter interface {
	setParam(name, value string) bool
}

// read fills the request and checks its rules.
func (x *exchange) read(req requestBody) bool {
	x.req = req
	d, r := x.fill(req)
	if !x.passed(StepDecode, r) {
		return false
	}
	if err := x.rooms.checker.validate(checkServer, x.op.id, req, d); err != nil {
		r = refused(failInvalid, err)
	}
	return x.passed(StepValidate, r)
}

// fill reads body and parameters. The reader is nil if there was no JSON.
func (x *exchange) fill(req requestBody) (d *jsonReader, r *refusal) {
	switch {
	case x.op.body == bodyNone || len(x.body) == 0:
	case x.op.form != nil:
		r = x.decodeForm(req)
	default:
		d, r = x.decode(req)
	}
	if r == nil {
		r = x.setParameters(req) // behind the body, which comes first where both hold a value
	}
	return d, r
}

func (x *exchange) setParameters(req requestBody) *refusal {
	setter, ok := req.(paramSetter)
	if !ok {
		return nil
	}
	for i := range x.op.parameters {
		p := &x.op.parameters[i]
		if p.fill != fillRequest {
			continue
		}
		if value, _ := x.received(p); value != "" && !setter.setParam(p.fieldName(), value) {
			return refusedParameter(failBadParameter, p.in, p.name, "does not have the declared type")
		}
	}
	return nil
}

func (x *exchange) decode(req requestBody) (*jsonReader, *refusal) {
	if !jsonContentType(headerValue(x.request.Header, "Content-Type")) && !x.takes(LeniencyContentType, 1) {
		return nil, x.refusedBody(failNotJSON, "the content type is not application/json")
	}
	d := &x.rooms.reader
	d.start(x.bodyText(), readLimits{depth: x.handler.depth, strict: x.handler.strictReader(), copied: x.handler.copied})
	if err := d.document(req); err != nil {
		return nil, x.refusedDocument(err)
	}
	if d.lenient != [leniencyKinds]int{} {
		for kind, times := range d.lenient {
			if times > 0 && !x.takes(Leniency(kind), times) {
				return nil, x.refusedBody(failInvalid, "the body needs the leniency "+Leniency(kind).String()+", which is off")
			}
		}
	}
	return d, nil
}

func (x *exchange) refusedDocument(err error) *refusal {
	f := failNotJSON
	if json.Valid(x.body) {
		f = failInvalid // JSON of another shape: vendors tell the two apart
	} else if x.unsaid {
		return x.refusedBody(f, "the body is encrypted, and no header says so")
	}
	return refused(f, namedDecodeError(x.op.id, err))
}

// jsonContentType reports whether a Content-Type announces JSON. Without one there is nothing to object to.
func jsonContentType(header string) bool {
	if header == jsonContent {
		return true
	}
	media := mediaType(header)
	return media == "" || media == jsonContent || strings.HasSuffix(media, "+json")
}

// mediaType returns a Content-Type without its parameters, in lower case.
func mediaType(header string) string {
	media, _, _ := strings.Cut(header, ";")
	return asciiLower(strings.TrimSpace(media))
}

// context is what the handler gets.
func (x *exchange) context() context.Context {
	c := &incomingContext{Context: x.request.Context()}
	c.call.Operation, c.call.App, c.call.request, c.call.body = x.op.id, x.app, x.request, x.bodyText()
	x.values = &c.values
	return c
}

// outcome turns what the handler returned into a refusal, unless it is a response.
func (x *exchange) outcome(noResponse bool, err error) *refusal {
	if err == nil && !noResponse {
		return nil
	}
	var e *Error
	switch {
	case err == nil:
		err = errors.New("the handler returned neither a response nor an error")
	case errors.Is(err, ErrUnimplemented):
		return &refusal{failNoSuchOperation, ErrUnimplemented}
	case errors.As(err, &e):
		return &refusal{err: e}
	}
	x.log(slog.LevelError, "handler failed", slog.String("error", x.mask().text(err.Error(), maxOutsideText)))
	return &refusal{failInternal, errors.New("the handler failed")}
}
