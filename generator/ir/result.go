package ir

import "github.com/msdkgen/msdkgen/generator/diag"

// Result says how a response tells success from failure, when the HTTP status does not (x-msdk-results).
type Result struct {
	Pos     diag.Pos
	Name    Name
	Code    string // wire name of the field that holds the code, an integer
	Message string // wire name of the field that holds the text, "" if there is none
	// Elsewhere are further wire names of the text: where the field Message is empty, the first one of these that is not counts.
	Elsewhere []string
	Status    *Status // a further field with a word for success and one for failure
	Success   []int64
	Empty     []int64 // nothing was found: not a failure
	Wrapped   []*Wrapped
	Failures  []*Failure
	Errors    []*ErrorCode // in document order; none where Like is set
	// Like is the result whose codes, failures and constants this one shares: only the names of the fields are its own.
	Like *Result
	// OwnEmpty says that Empty is this result's own: what is an empty answer to one operation is a failure of another.
	OwnEmpty bool
}

// Status is a textual twin of the code, such as ActionStatus.
type Status struct {
	Pos     diag.Pos
	Field   string
	Success string
	Failure string
}

// Wrapped is a code whose message holds "<code>,<text>" of a platform behind the vendor.
type Wrapped struct {
	Pos      diag.Pos
	Code     int64
	Platform string
}

// FailureKind is a reason for which a generated server refuses a call before any handler sees it.
type FailureKind string

// The reasons.
const (
	FailureTooLarge         FailureKind = "too-large"
	FailureEmptyBody        FailureKind = "empty-body"
	FailureNotJSON          FailureKind = "not-json"
	FailureMissingParameter FailureKind = "missing-parameter"
	FailureBadParameter     FailureKind = "bad-parameter"
	FailureUnknownApp       FailureKind = "unknown-app"
	FailureBadSignature     FailureKind = "bad-signature"
	FailureExpired          FailureKind = "expired"
	FailureDecryption       FailureKind = "decryption"
	FailureInvalid          FailureKind = "invalid" // the body breaks a rule
	FailureNoSuchOperation  FailureKind = "no-such-operation"
	FailureInternal         FailureKind = "internal"
)

// FailureKinds lists every reason in the order in which a server meets them.
func FailureKinds() []FailureKind {
	return []FailureKind{
		FailureNoSuchOperation, FailureTooLarge, FailureEmptyBody, FailureMissingParameter, FailureBadParameter,
		FailureUnknownApp, FailureDecryption, FailureBadSignature, FailureExpired, FailureNotJSON, FailureInvalid, FailureInternal,
	}
}

// Failure is the vendor's code for one reason.
type Failure struct {
	Pos  diag.Pos
	Kind FailureKind
	Code int64
}

// ErrorCode is one row of the vendor's error table.
type ErrorCode struct {
	Pos   diag.Pos
	Name  Name
	Code  int64
	Layer string // the vendor's word for where it arises
	Text  string
	Retry bool // a second attempt may succeed
	Doc   Doc
}
