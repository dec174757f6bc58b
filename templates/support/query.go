package support

// The query string, written and read. It is read by a scanner of our own because the server looks at every byte of it before it trusts
// anything: no map, no copy of values that need none, and a malformed escape is an error instead of a parameter that silently
// disappears. Forms have the same syntax and share it.

import (
	"errors"
	"strings"
)

// pair is a name and a value: a parameter, a header, a field of a form, a member of a body, an entry of a signed list.
type pair struct{ name, value string }

// find returns the value of the first pair of that name.
func find(pairs []pair, name string) (value string, found bool) {
	for i := range pairs {
		if pairs[i].name == name {
			return pairs[i].value, true
		}
	}
	return "", false
}

// appendQuery writes parameters as a query string. Everything but RFC 3986's unreserved characters is percent-encoded, a space as
// %20: a server that takes + for a space and one that does not both read the same value.
func appendQuery(dst []byte, parameters []pair) []byte {
	for i, p := range parameters {
		if i > 0 {
			dst = append(dst, '&')
		}
		dst = appendEscaped(dst, p.name)
		dst = append(dst, '=')
		dst = appendEscaped(dst, p.value)
	}
	return dst
}

func appendEscaped[T string | []byte](dst []byte, s T) []byte {
	const digits = "0123456789ABCDEF"
	for i := 0; i < len(s); i++ {
		c := s[i]
		if unreserved(c) {
			dst = append(dst, c)
		} else {
			dst = append(dst, '%', digits[c>>4], digits[c&15])
		}
	}
	return dst
}

func unreserved(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	return c == '-' || c == '_' || c == '.' || c == '~'
}

// The ways in which a query string can be malformed. None of the texts repeats any of the query.
var (
	errQueryEscape    = errors.New("a percent sign in the query is not followed by two hexadecimal digits")
	errQuerySemicolon = errors.New("the query holds a semicolon that is not percent-encoded")
)

// queryScanner reads a query string parameter by parameter: pairs are separated by &, empty pairs are skipped, a pair without =
// has an empty value, + is a space. This is what net/url reads, too. After an error there is nothing more.
type queryScanner struct {
	rest        string
	name, value string
	err         error
}

// next advances to the next parameter.
func (s *queryScanner) next() bool {
	for s.rest != "" && s.err == nil {
		var pair string
		pair, s.rest, _ = strings.Cut(s.rest, "&")
		if pair == "" {
			continue
		}
		if strings.IndexByte(pair, ';') >= 0 {
			s.err = errQuerySemicolon
			return false
		}
		name, value, _ := strings.Cut(pair, "=")
		if s.name, s.err = unescapeQuery(name); s.err != nil {
			return false
		}
		if s.value, s.err = unescapeQuery(value); s.err != nil {
			return false
		}
		return true
	}
	return false
}

// unescapeQuery decodes one name or value. Text without escapes is returned as it is, without a copy.
func unescapeQuery(s string) (string, error) {
	i := strings.IndexAny(s, "%+")
	if i < 0 {
		return s, nil
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	for ; i < len(s); i++ {
		switch c := s[i]; c {
		case '+':
			b.WriteByte(' ')
		case '%':
			if i+2 >= len(s) {
				return "", errQueryEscape
			}
			hi, lo := hexDigit(s[i+1]), hexDigit(s[i+2])
			if hi > 15 || lo > 15 {
				return "", errQueryEscape
			}
			b.WriteByte(hi<<4 | lo)
			i += 2
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), nil
}

// hexDigit returns the value of a hexadecimal digit, 255 for any other byte.
func hexDigit(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	}
	return 255
}

// queryValue returns the decoded value of the first parameter of that name.
func queryValue(raw, name string) (value string, found bool) {
	s := queryScanner{rest: raw}
	for s.next() {
		if s.name == name {
			return s.value, true
		}
	}
	return "", false
}
