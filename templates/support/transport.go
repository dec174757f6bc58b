package support

// Sending one attempt and reading what comes back. The answer is outside text from its first byte: its size is bounded, its content
// type is not believed, and nothing of it gets into an error without passing the mask.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"
)

const (
	limitMargin  = 900 * time.Millisecond // on top of the documented time limit: the way there and back
	defaultLimit = 10 * time.Second       // where the document states none
)

// RawResponse is an answer as it came, see [WithRawResponse]. Printing it shows status and size: the rest may hold secrets.
type RawResponse struct {
	Status int
	Header http.Header
	Body   []byte
}

// Format implements fmt.Formatter: every verb prints status and size.
func (r RawResponse) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "HTTP status %d, %d bytes", r.Status, len(r.Body))
}

// LogValue implements slog.LogValuer as Format does.
func (r RawResponse) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(r)) }

// MarshalText makes encoding/json print what Format does.
func (r RawResponse) MarshalText() ([]byte, error) { return []byte(fmt.Sprint(r)), nil }

// newTransport returns the transport of a client without one of its own: as http.DefaultTransport, but with idle connections enough
// for a back end that talks to one host, and without compression, whose expansion no Content-Length bounds.
func newTransport() *http.Transport {
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           512,
		MaxIdleConnsPerHost:    128,
		IdleConnTimeout:        60 * time.Second,
		TLSHandshakeTimeout:    5 * time.Second,
		ExpectContinueTimeout:  time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		DisableCompression:     true,
	}
}

// limit is the time limit of one attempt.
func (k *call) limit() time.Duration {
	switch {
	case k.settings.limit > 0:
		return k.settings.limit
	case k.op.timeout > 0:
		return k.op.timeout + limitMargin
	}
	return defaultLimit
}

// send sends r and reads the answer into out. report learns of the HTTP status and the code.
func (k *call) send(ctx context.Context, r *signedRequest, out responseBody, report *Attempt) error {
	w := new(wire)
	limited := k.limited(ctx, w)
	defer w.limit.end()
	resp, err := k.exchange(limited, w, r)
	if err != nil {
		return k.transportError(ctx, limited, 0, err)
	}
	report.HTTPStatus = resp.StatusCode
	text, err := k.take(resp)
	if raw := k.settings.raw; raw != nil {
		*raw = RawResponse{Status: resp.StatusCode, Header: resp.Header, Body: bytes.Clone(text)}
	}
	switch {
	case resp.StatusCode >= 300 && resp.StatusCode < 400:
		return k.redirected(resp.StatusCode)
	case err == nil:
	case errors.Is(err, errBodyTooLarge) && resp.StatusCode < 300:
		return k.undecodable("the body is larger than the limit")
	case errors.Is(err, errBodyTooLarge):
		return k.statusError(resp.StatusCode)
	default:
		return k.transportError(ctx, limited, resp.StatusCode, err)
	}
	if k.op.cipher != nil && !bodiless(out) {
		if text, err = k.op.cipher.openAnswer(k, resp.Header, text); err != nil {
			if resp.StatusCode != http.StatusOK {
				return k.statusError(resp.StatusCode) // a proxy's page, most of the time
			}
			return err
		}
	}
	return k.judge(resp.StatusCode, text, out, report)
}

//go:noinline
func (k *call) undecodable(reason string) error {
	return &DecodeError{Operation: k.op.id, Reason: reason}
}

//go:noinline
func (k *call) redirected(status int) error {
	return &TransportError{Operation: k.op.id, HTTPStatus: status, Reason: "redirects are not followed"}
}

// take reads a body to its end and closes it. It is apart from send because a function with few returns has cheaper defers.
func (k *call) take(resp *http.Response) ([]byte, error) {
	defer func() { _ = resp.Body.Close() }() // there is nothing left to be learned from a failing Close
	text, err := readBody(k.room, resp.Body, resp.ContentLength, k.client.maxBody)
	k.room = roomOf(k.room, text)
	return text, err
}

// transportError makes a typed error of what net/http returned. Its *url.Error is thrown away: it prints the URL.
func (k *call) transportError(ctx, limited context.Context, status int, err error) error {
	if ctx.Err() != nil {
		return contextError(k.op.id, ctx)
	}
	if errors.Is(limited.Err(), context.DeadlineExceeded) {
		return &TimeoutError{Operation: k.op.id, Limit: k.limit()}
	}
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return &TimeoutError{Operation: k.op.id}
	}
	var withURL *url.Error
	for errors.As(err, &withURL) {
		err = withURL.Err
	}
	reason := "the connection failed"
	if err != nil {
		reason = k.mask().text(err.Error(), maxOutsideText)
	}
	if status != 0 {
		reason = "the answer broke off: " + reason
	}
	return &TransportError{Operation: k.op.id, HTTPStatus: status, Reason: reason, Retry: true, cause: because(harmlessCause(err))}
}

// contextError is for a context of the caller's that has ended.
func contextError(operation string, ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return &TimeoutError{Operation: operation}
	}
	return &TransportError{Operation: operation, Reason: "the caller's context was canceled", cause: because(context.Canceled)}
}

// harmlessCause returns the part of err that says nothing but its own fixed text, nil if there is none.
func harmlessCause(err error) error {
	for _, known := range [...]error{
		context.Canceled, context.DeadlineExceeded, net.ErrClosed, io.ErrUnexpectedEOF, io.EOF, os.ErrDeadlineExceeded,
	} {
		if errors.Is(err, known) {
			return known
		}
	}
	var call *os.SyscallError
	if errors.As(err, &call) {
		return call.Err // an error number
	}
	return nil
}

// judge decides what an answer means. The body decides, with two exceptions: a status other than 200 is never a success, and without
// a result code the status alone counts.
func (k *call) judge(status int, body []byte, out responseBody, report *Attempt) error {
	good := status == http.StatusOK || k.op.result == nil && status > 200 && status < 300
	if good && bodiless(out) {
		return nil // whatever the body holds, nobody was promised anything of it
	}
	if len(bytes.TrimSpace(body)) == 0 && status >= 200 && status < 300 {
		return k.undecodable("the body is empty")
	}
	if !good && k.op.result == nil {
		return k.statusError(status)
	}
	d := &k.rooms.reader
	d.clear() // of an attempt before
	d.start(string(body), readLimits{depth: k.client.depth, copied: k.client.copied})
	if err := d.document(out); err != nil {
		if !good {
			return k.statusError(status)
		}
		return namedDecodeError(k.op.id, err)
	}
	if k.op.result != nil {
		message := ""
		if j, ok := out.(judgedBody); ok {
			report.Code, message = j.outcome()
		}
		word, hasWord := out.(statusBody)
		if !k.op.result.success(report.Code) || hasWord && word.failed() {
			return k.failed(report.Code, message, status)
		}
	}
	if !good {
		return k.statusError(status)
	}
	return k.complete(d, report.Code)
}

// complete refuses an answer that lacks what the document promises. An empty result has nothing but its code. That there is more than
// was promised is no reason: a vendor may add to its answers at any time.
func (k *call) complete(d *jsonReader, code Code) error {
	if r := k.op.result; r != nil && r.empty != nil && r.empty(code) {
		return nil
	}
	for _, v := range d.violations() {
		if v.Rule == ruleUnknown {
			continue
		}
		return &DecodeError{Operation: k.op.id, Path: v.Path, Reason: v.Message}
	}
	return nil
}

// statusError is for an HTTP status that is not the vendor's way to report a failure. Its body, a proxy's HTML most of the time, is
// not repeated.
func (k *call) statusError(status int) error {
	reason := http.StatusText(status)
	if reason == "" {
		reason = "unknown status"
	}
	retry := status >= 500 || status == http.StatusTooManyRequests || status == http.StatusRequestTimeout
	return &TransportError{Operation: k.op.id, HTTPStatus: status, Reason: reason, Retry: retry}
}
