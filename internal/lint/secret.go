package lint

// The rule about secrets that would be printed. It is apart from the others because it is the only one that guesses from a name.

import (
	"slices"
	"strings"
	"unicode"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// secretWords are the last words of names of secrets. A name such as "openkey" is one word, so endings count.
var secretWords = []string{
	"token", "secret", "password", "passwd", "pwd", "passphrase", "sig", "sign", "signature", "key", "ticket", "cookie", "credential", "authorization",
}

// innocent are words that end like a secret and are none.
var innocent = []string{"monkey", "turkey", "hockey", "jockey", "donkey", "publickey", "primarykey", "foreignkey", "design", "assign", "callsign",
	"nexttoken", "pagetoken", "paginationtoken", "continuationtoken"}

// words cuts a name where its case changes and at everything that is no letter. Digits go: key2 is a key.
func words(name string) []string {
	var b strings.Builder
	var last rune
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r):
			b.WriteByte(' ')
		case unicode.IsUpper(r) && unicode.IsLower(last):
			b.WriteByte(' ')
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		last = r
	}
	return strings.Fields(b.String())
}

// secretName reports whether a name ends with the word for a secret.
func secretName(name string) bool {
	all := words(name)
	if n := len(all); n > 1 && all[n-1] == "list" {
		all = all[:n-1]
	}
	if len(all) == 0 {
		return false
	}
	last := strings.TrimSuffix(all[len(all)-1], "s")
	if slices.Contains(innocent, last) || slices.Contains(innocent, strings.Join(all[max(0, len(all)-2):], "")) {
		return false
	}
	return slices.ContainsFunc(secretWords, func(word string) bool {
		return last == word || len(word) > 2 && strings.HasSuffix(last, word) && word != "sign"
	})
}

// looksSecret finds text that a caller supplies or gets, under the name of a secret, without a word about x-msdk-sensitive. What the
// client fills by itself it masks by itself.
func looksSecret(s *subject) {
	seen := map[*ir.Type]bool{}
	for _, t := range s.api.Types {
		s.secretFields(t, seen)
	}
	for _, op := range s.api.Operations {
		for _, p := range op.Parameters {
			if p.Fill == nil && !p.Sensitive && isText(p.Type) && secretName(p.Name.Spec) {
				s.secret(s.at[p.Pos], p.Pos, "parameter", p.Name.Spec)
			}
		}
		for _, c := range op.Calls {
			s.secretFields(c.Request, seen)
			if c.Body != nil {
				s.secretFields(c.Body.Type, seen)
			}
			for _, r := range c.Responses {
				s.secretFields(r.Type, seen)
			}
		}
	}
}

func (s *subject) secretFields(t *ir.Type, seen map[*ir.Type]bool) {
	if t == nil || seen[t] {
		return
	}
	seen[t] = true
	s.secretFields(t.Elem, seen)
	for _, f := range t.Fields {
		s.secretFields(f.Type, seen)
		if f.In == ir.InBody && f.Fill == nil && !f.Sensitive && !f.Type.Sensitive && isText(f.Type) && secretName(f.Name.Spec) {
			s.secret(s.at[f.Pos], f.Pos, "property", f.Name.Spec)
		}
	}
}

// isText holds for text of any content. A closed set of values is printed in the document already.
func isText(t *ir.Type) bool {
	for t.Kind == ir.KindList && t.Elem != nil {
		t = t.Elem
	}
	return t.Kind == ir.KindString && !t.Sensitive
}

// secret reports one name, unless the document says something about it: x-msdk-sensitive: false is an answer.
func (s *subject) secret(n *load.Node, pos diag.Pos, what, name string) {
	if n.Has("x-msdk-sensitive") || n.Member("schema").Has("x-msdk-sensitive") {
		return
	}
	s.warn(pos, diag.CodeLooksSecret, "the %s %q looks like a secret, and is printed like any other value", what, name).
		Suggest("write x-msdk-sensitive: true, or false if it is none")
}
