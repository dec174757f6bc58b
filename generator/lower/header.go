package lower

// Headers: names that compare without their case, and those that a document cannot have for itself.

import (
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// sentHeaders are the headers that every request has and that no parameter declares.
var sentHeaders = []string{"host", "content-type"}

// takenHeaders are set by what carries a request, and not by a document; the reason is what a message says.
var takenHeaders = map[string]string{
	"host":              "the server's address gives it",
	"content-type":      "the content type of the body gives it",
	"content-length":    "the length of the body gives it",
	"accept":            "the content type of the response gives it",
	"accept-encoding":   "the transport sets it",
	"connection":        "the transport sets it",
	"expect":            "the transport sets it",
	"keep-alive":        "the transport sets it",
	"proxy-connection":  "the transport sets it",
	"te":                "the transport sets it",
	"trailer":           "the transport sets it",
	"transfer-encoding": "the transport sets it",
	"upgrade":           "the transport sets it",
	"cookie":            "cookies are not supported",
}

// headerName reports a header that no request can have, or not from here.
func (l *lowering) headerName(pos diag.Pos, name string) {
	if reason, taken := takenHeaders[strings.ToLower(name)]; taken {
		l.list.Errorf(pos, diag.CodeUnsupported, "the header %q is not supported here: %s", name, reason)
		return
	}
	for _, c := range []byte(name) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`"(),/:;<=>?@[\]{}`, c) >= 0 {
			l.list.Errorf(pos, diag.CodeInvalidOpenAPI, "%q is no name of a header", name)
			return
		}
	}
}

// sameName compares two names in one place of the wire.
func sameName(in ir.In, a, b string) bool {
	return a == b || in == ir.InHeader && strings.EqualFold(a, b)
}

// parameterIn returns the parameter of an operation in one place of the wire, nil for none.
func parameterIn(op *ir.Operation, in ir.In, name string) *ir.Parameter {
	for _, p := range op.Parameters {
		if p.In == in && sameName(in, p.Name.Spec, name) {
			return p
		}
	}
	return nil
}

// parameterNames are the names of an operation's parameters in one place of the wire.
func parameterNames(op *ir.Operation, in ir.In) []string {
	var names []string
	for _, p := range op.Parameters {
		if p.In == in {
			names = append(names, p.Name.Spec)
		}
	}
	return names
}
