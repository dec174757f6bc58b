package emit

import (
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// Unexported identifiers are a fixed prefix before a name that naming made: they cannot clash with one another, nor, because of
// the prefix, with the support package.

func operationVar(c *ir.Call) string { return "op" + c.Name.Go }
func schemeVar(s *ir.Scheme) string  { return "scheme" + s.Name.Go }
func signFunc(s *ir.Scheme) string   { return "sign" + s.Name.Go }
func fieldsVar(t *ir.Type) string    { return "fieldsOf" + t.Name.Go }
func resultVar(r *ir.Result) string  { return "result" + r.Name.Go }

// taken are the names that a signing function uses for itself.
var taken = map[string]bool{"m": true, "key": true, "md5": true, "sha1": true, "sha256": true, "hex": true, "append": true, "string": true, "byte": true}

// localName makes a variable out of a Go name; one that would hide something is marked as what it is, a step.
func localName(name string) string {
	local := lowerFirst(name)
	if taken[local] || token.IsKeyword(local) {
		return local + "Step"
	}
	return local
}

// fileBase is the middle of the names of a tag's files.
func fileBase(t *ir.Tag) string { return strings.ToLower(t.Name.Go) }

func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
