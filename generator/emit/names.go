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
func cipherVar(s *ir.Scheme) string  { return "cipher" + s.Name.Go }
func signFunc(s *ir.Scheme) string   { return "sign" + s.Name.Go }
func fieldsVar(t *ir.Type) string    { return "fieldsOf" + t.Name.Go }
func resultVar(r *ir.Result) string  { return "result" + r.Name.Go }

// taken are the names that a signing function uses for itself, or could be taken for: packages, functions of the language and of the
// support package.
var taken = map[string]bool{
	"m": true, "key": true, "err": true,
	"md5": true, "sha1": true, "sha256": true, "sha512": true, "hex": true, "base64": true, "bytes": true, "strconv": true, "context": true, "time": true,
	"append": true, "string": true, "byte": true, "len": true, "make": true, "int64": true, "nil": true, "true": true,
	"hmacSum": true, "appendLower": true, "appendUpper": true, "cut": true, "last": true, "percent": true, "appendPercent": true,
	"percentList": true, "only": true, "except": true, "withoutEmpty": true, "lowerNames": true, "sorted": true, "byName": true, "byValue": true,
	"byFoldedName": true, "byFoldedValue": true, "appendPairs": true, "appendBarePairs": true, "appendNames": true, "appendValues": true, "pair": true,
}

// localName makes a variable out of a Go name; one that would hide something is marked as what it is, a step.
func localName(name string) string {
	local := lowerInitial(name)
	if taken[local] || token.IsKeyword(local) || strings.HasPrefix(local, "time") {
		return local + "Step"
	}
	return local
}

// lowerInitial puts the first word into lower case, also where it is an abbreviation: URLPath becomes urlPath.
func lowerInitial(s string) string {
	runes := []rune(s)
	for i := range runes {
		next := i + 1
		if i > 0 && next < len(runes) && unicode.IsLower(runes[next]) || !unicode.IsUpper(runes[i]) {
			break
		}
		runes[i] = unicode.ToLower(runes[i])
	}
	return string(runes)
}

// fileBase is the middle of the names of a tag's files.
func fileBase(t *ir.Tag) string { return strings.ToLower(t.Name.Go) }

func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}
