package support

// Bodies: what the generated requests and responses offer to client and server, and how the bytes of one are read. Apart from both sides
// because both need it, and a package may have one side only.

import (
	"errors"
	"io"
	"net/http"
)

// requestBody is a request of an operation.
type requestBody interface {
	jsonTarget
	appendBody(dst []byte, f *filler) []byte
}

// formBody is a request whose body is a form.
type formBody interface {
	appendForm(dst []byte, f *filler) []byte
	// setField sets a field; ok is false if the value does not have the declared type. Unknown fields are ignored.
	setField(name, value string) (ok bool)
}

// responseBody is a response of an operation.
type responseBody interface {
	jsonTarget
	AppendJSON(dst []byte) []byte
}

// judgedBody is what responses with a result code offer on top.
type judgedBody interface {
	outcome() (code Code, message string)
}

// statusBody is what responses offer that have a word beside the code: whether it says failure.
type statusBody interface {
	failed() bool
}

// echoingBody is what responses offer that repeat parameters of the request; query returns the first value of a parameter. The result is
// a copy: a service may give one response to many callers.
type echoingBody interface {
	echo(query func(name string) string) responseBody
}

// completedBody is what responses offer that have members which a service may leave to the server. The result is a copy.
type completedBody interface {
	complete() responseBody
}

// jsonContent is the content type of JSON.
const jsonContent = "application/json"

// headerValue is Get for a name in the spelling of net/http, which Get would look for letter by letter.
func headerValue(h http.Header, name string) string {
	if values := h[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

var errBodyTooLarge = errors.New("the body is larger than the limit")

// readBody reads a body of at most limit bytes, into room where that is large enough. length is what the other side announced, below 0
// if it did not. A body of an announced length is read into one buffer of that size; but no announcement makes it larger than what a
// megabyte of trust allows, further room is made for bytes that have come.
func readBody(room []byte, r io.Reader, length, limit int64) ([]byte, error) {
	if length > limit {
		return nil, errBodyTooLarge
	}
	const trust, unknown = 1 << 20, 1 << 10
	size := min(length, trust)
	if length < 0 {
		size = min(unknown, limit)
	}
	buf := room[:0]
	if int64(cap(buf)) <= size { // one more, so that the end is found without growing
		buf = make([]byte, 0, size+1)
	}
	for {
		if len(buf) == cap(buf) {
			buf = append(make([]byte, 0, moreRoom(cap(buf), length)), buf...)
		}
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		switch {
		case int64(len(buf)) > limit:
			return nil, errBodyTooLarge
		case err == io.EOF, err != nil && errors.Is(err, io.EOF): // the first is nearly always true, and takes one comparison
			return buf, nil
		case err != nil:
			return buf, err
		}
	}
}

// moreRoom is how much room a body gets that has filled what it had: four times as much, but no more than was announced.
func moreRoom(filled int, length int64) int {
	const factor = 4
	if more := factor * int64(filled); length < int64(filled) || more <= length {
		return int(more)
	}
	return int(length) + 1
}

// roomOf returns the room for the next body: the larger one of what there was and what a body took. What is very large is left to the
// garbage collector.
func roomOf(room, taken []byte) []byte {
	const largest = 4 << 20
	if cap(taken) > cap(room) && cap(taken) <= largest {
		return taken[:0]
	}
	return room
}

// namedDecodeError puts the operation into an error of the reader.
func namedDecodeError(operation string, err error) error {
	var e *DecodeError
	if !errors.As(err, &e) {
		return &DecodeError{Operation: operation, Reason: "the body cannot be read"}
	}
	named := *e
	named.Operation = operation
	return &named
}
