package support

// What a server writes back. Every refusal has the vendor's own shape and HTTP status 200, as the vendor answers it: a caller finds the
// code where it finds all codes. Only operations without a result code are answered by HTTP status.

import (
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxAnswerText bounds the message of a refusal, in bytes.
const maxAnswerText = 512

// refuse answers with the result of the operation.
func (x *exchange) refuse(r *refusal, step Step) {
	var shape *result
	if x.op != nil {
		shape = x.op.result
	}
	x.refuseAs(shape, r, step)
}

// refuseAs answers in the shape of a given result.
func (x *exchange) refuseAs(shape *result, r *refusal, step Step) {
	code, message, status := x.answerOf(shape, r)
	if r.failure == failInternal {
		x.log(slog.LevelError, "call failed", slog.String("step", string(step)), slog.String("error", errorText(r.err)))
	} else {
		x.log(slog.LevelDebug, "call refused", slog.String("step", string(step)),
			slog.String("failure", string(r.failure)), slog.Int64("code", int64(code)))
	}
	x.trace(TraceEvent{
		Step: step, Duration: time.Since(x.stepStart), Failure: string(r.failure), Code: code, Err: r.err,
	})
	if shape == nil {
		x.write(status, closeObject(textField([]byte{'{'}, `"error":`, message)))
		return
	}
	x.write(http.StatusOK, shape.append(nil, code, message))
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return boundedLine(err.Error(), maxErrorText)
}

// answerOf chooses the code and the text.
func (x *exchange) answerOf(shape *result, r *refusal) (code Code, message string, status int) {
	failed := r.failure
	if e, ok := r.err.(*Error); ok && failed == "" {
		if shape != nil && !shape.success(e.Code) {
			return e.Code, shape.messageOf(e), http.StatusOK
		}
		if shape == nil {
			return e.Code, e.Message, http.StatusInternalServerError
		}
		// An error with a code that means success is a mistake of the handler's, and must not be taken for one.
		x.log(slog.LevelError, "handler returned an error with a successful code", slog.Int64("code", int64(e.Code)))
		failed = failInternal
	}
	facts := failed.facts(&failureCodes{})
	if shape != nil {
		code = shape.failureCode(failed)
	}
	return code, answerText(failed, facts.text, r.err), facts.status
}

// answerText is the message of a refusal. What helps a caller to repair its request is said: a parameter's name, the place in the body,
// the rules. What would help to forge one is not.
func answerText(f failure, neutral string, err error) string {
	switch e := err.(type) {
	case *ValidationError:
		return boundedLine(neutral+": "+violationList(e), maxAnswerText)
	case *DecodeError:
		plain := *e
		plain.Operation = ""
		return boundedLine(neutral+": "+plain.Error(), maxAnswerText)
	case parameterError:
		return boundedLine(e.Error(), maxAnswerText)
	}
	return neutral
}

// violationList names paths and rules.
func violationList(e *ValidationError) string {
	const shown = 10
	var b strings.Builder
	for i, v := range e.Violations {
		if i == shown {
			b.WriteString("; and " + strconv.Itoa(len(e.Violations)-shown) + " more")
			break
		}
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(v.Path + ": " + v.Rule)
	}
	return b.String()
}

// messageOf is the message of a handler's error: its own, else the documented text. Where the code belongs to a platform, that
// platform's code stands in front, as the vendor writes it.
func (r *result) messageOf(e *Error) string {
	message := e.Message
	if message == "" {
		message, _ = r.text(e.Code)
	}
	if r.platform(e.Code) != "" && e.PlatformCode != 0 {
		message = strconv.FormatInt(int64(e.PlatformCode), 10) + "," + message
	}
	return message
}

// append writes a failure in the vendor's shape.
func (r *result) append(dst []byte, code Code, message string) []byte {
	dst = append(dst, '{')
	if r.status != "" {
		dst = textField(dst, quotedName(r.status), r.statusFailure)
	}
	if r.message != "" {
		dst = textField(dst, quotedName(r.message), message)
	}
	dst = intField(dst, quotedName(r.code), int64(code))
	return closeObject(dst)
}

func quotedName(name string) string { return string(appendText(nil, name)) + ":" }

// encode writes a response. It is written as a whole before the first byte is sent, so that a panic in between is still an error.
func (x *exchange) encode(resp responseBody) {
	x.begin()
	body := resp.AppendJSON(x.rooms.answer[:0])
	var code Code
	if j, ok := resp.(judgedBody); ok {
		code, _ = j.outcome()
	}
	status := http.StatusOK
	if bodiless(resp) {
		status = http.StatusNoContent
	}
	x.write(status, body)
	x.rooms.answer = roomOf(x.rooms.answer, body) // an io.Writer keeps nothing of what it was given
	if x.traced() {
		x.trace(TraceEvent{Step: StepEncode, Duration: time.Since(x.stepStart), Code: code})
	}
	x.log(slog.LevelDebug, "call answered", slog.Int64("code", int64(code)))
}

func (x *exchange) write(status int, body []byte) {
	if x.answered {
		return
	}
	x.answered = true
	header := x.writer.Header()
	if status == http.StatusNoContent {
		x.writer.WriteHeader(status)
		return
	}
	if x.op != nil && x.op.cipher != nil {
		body = x.op.cipher.sealAnswer(x, header, body)
	}
	values := x.values // of this answer alone: what stands around the handler may write to it
	if values == nil {
		values = new([2]string)
	}
	values[0], values[1] = jsonContent, strconv.Itoa(len(body))
	header["Content-Type"], header["Content-Length"] = values[:1:1], values[1:]
	x.writer.WriteHeader(status)
	_, _ = x.writer.Write(body) // the caller may have gone; there is nobody left to tell
}
