package support

// Why a server refuses a call before its handler runs, and which of the vendor's codes says so. A table of its own because the
// reasons come up at every step of the exchange while the codes are a fact of the document.

// failure is a reason, spelled as in the document; "" is none.
type failure string

const (
	failNoSuchOperation  failure = "no-such-operation"
	failTooLarge         failure = "too-large"
	failEmptyBody        failure = "empty-body"
	failMissingParameter failure = "missing-parameter"
	failBadParameter     failure = "bad-parameter"
	failUnknownApp       failure = "unknown-app"
	failBadSignature     failure = "bad-signature"
	failExpired          failure = "expired"
	failDecryption       failure = "decryption"
	failNotJSON          failure = "not-json"
	failInvalid          failure = "invalid"
	failInternal         failure = "internal"
)

// facts of one reason: its code, what is said instead where the vendor has no code for it, the neutral text, and the HTTP status
// for operations without a result code.
type failureFacts struct {
	code    Code
	instead failure
	text    string
	status  int
}

func (f failure) facts(c *failureCodes) failureFacts {
	switch f {
	case failNoSuchOperation:
		return failureFacts{c.noSuchOperation, failInternal, "no such operation", 404}
	case failTooLarge:
		return failureFacts{c.tooLarge, failInvalid, "the request is too large", 413}
	case failEmptyBody:
		return failureFacts{c.emptyBody, failNotJSON, "the body is empty", 400}
	case failMissingParameter:
		return failureFacts{c.missingParameter, failBadParameter, "a query parameter is missing", 400}
	case failBadParameter:
		return failureFacts{c.badParameter, failInvalid, "a query parameter is wrong", 400}
	case failUnknownApp:
		return failureFacts{c.unknownApp, failBadSignature, "unknown app", 401}
	case failBadSignature:
		return failureFacts{c.badSignature, failInternal, "bad signature", 401}
	case failExpired:
		return failureFacts{c.expired, failBadSignature, "expired", 401}
	case failDecryption:
		return failureFacts{c.decryption, failNotJSON, "the body cannot be decrypted", 400}
	case failNotJSON:
		return failureFacts{c.notJSON, failInvalid, "the body is not the JSON that is expected", 400}
	case failInvalid:
		return failureFacts{c.invalid, failInternal, "the request breaks a rule", 400}
	}
	return failureFacts{c.internal, "", "internal error", 500}
}

// failureCode returns the vendor's code for a reason. A reason without a code takes that of the nearest reason that has one; the
// outcome is never a code that means success, whatever the document forgot.
func (r *result) failureCode(f failure) Code {
	for f != "" {
		facts := f.facts(&r.failures)
		if facts.code != 0 && !r.success(facts.code) {
			return facts.code
		}
		f = facts.instead
	}
	for code := Code(-1); ; code-- {
		if !r.success(code) {
			return code
		}
	}
}
