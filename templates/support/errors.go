package support

// The errors of a call. Each kind has a type of its own and a sentinel for errors.Is. They are together because one promise holds
// for all of them: the text is one line of at most maxErrorText bytes that names the operation, and neither the text nor a field
// holds a query, a key, a signature or a token. Text from outside is masked before it gets into a field (see mask.go), so that no
// way of printing an error can bring a secret back.

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"
)

// Sentinels for errors.Is: each matches every error of the type beside it.
var (
	ErrSignature  = errors.New("signature")  // *SignatureError
	ErrDecode     = errors.New("decoding")   // *DecodeError
	ErrValidation = errors.New("validation") // *ValidationError
	ErrTransport  = errors.New("transport")  // *TransportError
	ErrTimeout    = errors.New("time limit") // *TimeoutError
	ErrConfig     = errors.New("configuration")
	// ErrUnimplemented is what the Unimplemented servers return.
	ErrUnimplemented = errors.New("operation is not implemented")
)

// maxOutsideText bounds what an error repeats of a text from outside, in bytes.
const maxOutsideText = 256

// Error is a call that the vendor answered with a failing result code. A server's handler returns one to answer with its Code and
// Message.
type Error struct {
	Operation string // operation id as the document spells it; may be empty in a handler's error
	Code      Code   // result code
	Message   string // the vendor's message; secrets of the call are masked, and it is cut to one short line
	Text      string // what the document says about Code, "" if nothing
	// Platform is set when the code says that a platform behind the vendor failed; PlatformCode is that platform's own code,
	// 0 if the message does not begin with one.
	Platform     string
	PlatformCode Code
	HTTPStatus   int  // of the answer
	Retry        bool // the document says that a second attempt may succeed
}

// Error names the operation, the code, the documented text and the vendor's message.
func (e *Error) Error() string {
	text := errorPrefix(e.Operation) + "code " + strconv.FormatInt(int64(e.Code), 10)
	if e.Platform != "" {
		text += ", " + e.Platform + " code " + strconv.FormatInt(int64(e.PlatformCode), 10)
	}
	if e.Text != "" {
		text += ": " + strings.TrimSuffix(e.Text, ".")
	}
	if e.Message != "" {
		text += ": " + e.Message
	}
	return boundedLine(text, maxErrorText)
}

// Retryable reports whether a second attempt may succeed. That says nothing about whether the operation may be repeated.
func (e *Error) Retryable() bool { return e.Retry }

// Is reports whether target is an *Error with the same code and, where target names them, the same operation and platform code.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code && (t.Operation == "" || t.Operation == e.Operation) &&
		(t.PlatformCode == 0 || t.PlatformCode == e.PlatformCode)
}

// IsCode reports whether err is, or wraps, an *Error with the given result code.
func IsCode(err error, code Code) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == code
}

// SignatureError is a request that could not be signed or, on a server, one whose signature was refused.
type SignatureError struct {
	Operation string
	Reason    string
	cause     *cause
}

// Error names the operation and the reason.
func (e *SignatureError) Error() string {
	return boundedLine(errorPrefix(e.Operation)+"signature: "+e.Reason, maxErrorText)
}

// Is makes errors.Is(err, ErrSignature) true.
func (e *SignatureError) Is(target error) bool { return target == ErrSignature }

// Unwrap returns the error of a credentials provider, if that is the reason.
func (e *SignatureError) Unwrap() error { return e.cause.unwrap() }

// TransportError is a call without a usable answer: no connection, a connection that broke, a redirect, or a status that is not the
// vendor's own way to report a failure.
type TransportError struct {
	Operation  string
	HTTPStatus int    // 0: there was no answer
	Reason     string // masked
	Retry      bool   // a second attempt may succeed
	cause      *cause
}

// Error names the operation and the reason.
func (e *TransportError) Error() string {
	text := errorPrefix(e.Operation) + "transport: "
	if e.HTTPStatus != 0 {
		text += "HTTP status " + strconv.Itoa(e.HTTPStatus) + ": "
	}
	return boundedLine(text+e.Reason, maxErrorText)
}

// Retryable reports whether a second attempt may succeed. That says nothing about whether the operation may be repeated.
func (e *TransportError) Retryable() bool { return e.Retry }

// Is makes errors.Is(err, ErrTransport) true.
func (e *TransportError) Is(target error) bool { return target == ErrTransport }

// Unwrap returns the cause if it is one that carries no text from outside, such as io.ErrUnexpectedEOF, context.Canceled or an error
// number of the operating system; otherwise nil.
func (e *TransportError) Unwrap() error { return e.cause.unwrap() }

// TimeoutError is a call that ran out of time.
type TimeoutError struct {
	Operation string
	Limit     time.Duration // time limit of one attempt; 0: the caller's context, or the HTTP client, set the limit
}

// Error names the operation and the limit.
func (e *TimeoutError) Error() string {
	text := errorPrefix(e.Operation) + "time limit exceeded"
	if e.Limit != 0 {
		text += " (" + e.Limit.String() + " per attempt)"
	}
	return boundedLine(text, maxErrorText)
}

// Timeout returns true, as net.Error has it.
func (e *TimeoutError) Timeout() bool { return true }

// Retryable returns true.
func (e *TimeoutError) Retryable() bool { return true }

// Is makes errors.Is(err, ErrTimeout) true.
func (e *TimeoutError) Is(target error) bool { return target == ErrTimeout }

// Unwrap returns context.DeadlineExceeded.
func (e *TimeoutError) Unwrap() error { return context.DeadlineExceeded }

// ConfigError is a mistake in how the client or the handler was set up. Nothing was sent.
type ConfigError struct {
	Operation string // "" when construction failed
	Reason    string
}

// Error names the operation, if there is one, and the mistake.
func (e *ConfigError) Error() string {
	return boundedLine(errorPrefix(e.Operation)+"configuration: "+e.Reason, maxErrorText)
}

// Is makes errors.Is(err, ErrConfig) true.
func (e *ConfigError) Is(target error) bool { return target == ErrConfig }

func errorPrefix(operation string) string {
	if operation == "" {
		return ""
	}
	return operation + ": "
}

// cause keeps an error behind a pointer: fmt follows no pointer inside of a struct, hence %#v of the error around it prints an
// address and nothing of the cause.
type cause struct{ err error }

func because(err error) *cause {
	if err == nil {
		return nil
	}
	return &cause{err}
}

func (c *cause) unwrap() error {
	if c == nil {
		return nil
	}
	return c.err
}
