// Package signing runs signing programs straight from the model: what is signed, step by step, why a given request does not fit, and how a
// finished request comes about.
//
// The generated code does the same without looking at a model. This package shares none of its code, on purpose: each of the two checks the
// other (cross_test.go). It is a room of its own because several commands explain signatures: sign, verify, the difference of two
// documents, the stand-in server.
//
// Secrets keep their names on the whole way: Text knows which of its parts are secret, so that whatever is shown can be masked. Input from
// outside is bounded, and no input makes anything here panic.
package signing

import (
	"fmt"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// Limits of what is looked at.
const (
	// MaxText bounds the result of a step, in bytes.
	MaxText = 32 << 20
	// MaxBody bounds the body of a request, in bytes.
	MaxBody = 16 << 20
	// maxPairs bounds the parameters and the headers of a request, each.
	maxPairs = 1024
	// maxFields bounds the fields of a body that a program looks at, as the generated code does.
	maxFields = 256
)

// Pair is a name with a value: a parameter, a header, a field of a body.
type Pair struct{ Name, Value string }

// find returns the value of the first pair of a name.
func find(pairs []Pair, name string) (value string, found bool) {
	for _, p := range pairs {
		if p.Name == name {
			return p.Value, true
		}
	}
	return "", false
}

// findHeader is find for headers.
func findHeader(pairs []Pair, name string) (value string, found bool) {
	for _, p := range pairs {
		if lowered(p.Name) == lowered(name) {
			return p.Value, true
		}
	}
	return "", false
}

// Credential is one configured credential. Previous is that of a secret which is being exchanged.
type Credential struct{ Current, Previous string }

// Credentials are those of one app, by the spelling in the document.
type Credentials map[string]Credential

// of returns the value for a generation. Where another secret is being exchanged, and not this one, the current one stands for the previous.
func (c Credentials) of(name string, previous bool) string {
	if p := c[name].Previous; previous && p != "" {
		return p
	}
	return c[name].Current
}

// Request is a request as a signature sees it: without the places of signatures.
type Request struct {
	Method      string
	URLScheme   string // http or https
	Host        string // with the port where the address has one
	Path        string // decoded
	EncodedPath string // as on the request line
	Query       []Pair // decoded, in their order
	RawQuery    string // as on the request line
	Headers     []Pair // content-type included, host not
	PathValues  []Pair // decoded
	Body        []byte // what the signature covers: plaintext, or ciphertext where the document says so
	Form        bool   // the body is a form, and not JSON
	Values      []Pair // what the signer made for this attempt
	omitFields  []string
	fields      []Pair // in place of those of the body; for trying other readings
}

// Function is what a step of the kind "go" calls. Its arguments are text or bytes.
type Function func(args ...string) (string, error)

// Input is one run of a program.
type Input struct {
	Scheme      *ir.Scheme
	Request     *Request
	Credentials Credentials
	Key         *ir.KeyChoiceCase // nil: the one that the request names
	Previous    bool              // sign with the previous secrets, where there are some
	Functions   map[string]Function
	quirks      quirks
}

// Fault says why there is no signature. Its text repeats no value.
type Fault struct {
	Step   string // empty: it belongs to none
	Reason string
}

// Error is the reason, with the step where there is one.
func (f *Fault) Error() string {
	if f.Step == "" {
		return f.Reason
	}
	return fmt.Sprintf("step %q: %s", f.Step, f.Reason)
}

// Run is a program that was run.
type Run struct {
	Key    *ir.KeyChoiceCase // nil: the scheme has no choice of keys
	Steps  []*Trace
	Placed []Text    // the text of each place, in the order of the scheme's places
	Signed []*Digest // for each place: what was signed there; nil where no digest is involved
}

// Trace is one step that was run.
type Trace struct {
	Step   *ir.Step
	Inputs []Named
	Result Value
	Digest *Digest // of steps that make one
}

// Named is an input of a step: where it comes from, as the document says it, and what it was.
type Named struct {
	Name  string
	Value Value
}

// Digest is the input of a digest or an HMAC.
type Digest struct {
	Step string
	Hash string // "md5", "hmac-sha256"
	Key  Text   // of an HMAC
	Text Text
}

// StringToSign is the text that goes into the digest, or the HMAC, which the first place holds: of all digests on the way to it the last
// one. Earlier ones, such as that of a body, are part of it as their results. nil where no digest is involved.
func (r *Run) StringToSign() *Digest {
	if len(r.Signed) == 0 {
		return nil
	}
	return r.Signed[0]
}
