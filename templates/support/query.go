package support

// The query string, written and read. It is read by a scanner of our own because the server looks at every byte of it before it trusts
// anything: no map, no copy of values that need none, and a malformed escape is an error instead of a parameter that silently
// disappears. Forms have the same syntax and share it.

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// pair is a name and a value: a parameter, a header, a field of a form, a member of a body, an entry of a signed list.
type pair struct{ name, value string }

// find returns the value of the first pair of that name. Not inlined: signatures and checks call it in many places.
//
//go:noinline
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

// appendEscaped is not inlined: queries and signatures are written in many places, and a call is little beside a value.
//
//go:noinline
func appendEscaped[T string | []byte](dst []byte, s T) []byte {
	const digits = "0123456789ABCDEF"
	for i := 0; i < len(s); {
		plain := i
		for i < len(s) && queryBytes[s[i]] == queryPlain {
			i++
		}
		dst = append(dst, s[plain:i]...)
		for ; i < len(s) && queryBytes[s[i]] != queryPlain; i++ {
			dst = append(dst, '%', digits[s[i]>>4], digits[s[i]&15])
		}
	}
	return dst
}

func unreserved(c byte) bool { return queryBytes[c] == queryPlain }

// What a byte means in a query.
const (
	queryPlain   = iota // one of RFC 3986's unreserved characters
	queryLiteral        // stands for itself when it is read, and is escaped when it is written
	queryEscape         // % and +
	queryHigh           // no ASCII
	queryEquals
	querySemicolon
	queryEnd // &
)

// queryBytes is looked at for each byte of a query: it is faster than to compare.
var queryBytes = func() (all [256]uint8) {
	for c := range all {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '.', c == '~':
		case c >= utf8.RuneSelf:
			all[c] = queryHigh
		default:
			all[c] = queryLiteral
		}
	}
	all['%'], all['+'], all['='], all[';'], all['&'] = queryEscape, queryEscape, queryEquals, querySemicolon, queryEnd
	return all
}()

// The ways in which a query string can be malformed. None of the texts repeats any of the query.
var (
	errQueryEscape    = errors.New("a percent sign in the query is not followed by two hexadecimal digits")
	errQuerySemicolon = errors.New("the query holds a semicolon that is not percent-encoded")
)

// queryScanner reads a query string parameter by parameter: pairs are separated by &, empty pairs are skipped, a pair without =
// has an empty value, + is a space. This is what net/url reads, too. After an error there is nothing more.
type queryScanner struct {
	rest        string
	plain       bool // nothing in rest needs a closer look, see scanQuery
	name, value string
	special     bool // something was escaped, or no ASCII
	err         error
}

// scanQuery is for who reads a query to its end: most hold nothing special, and are taken apart faster when that is known.
func scanQuery(raw string) queryScanner { return queryScanner{rest: raw, plain: plainQuery(raw)} }

// plainQuery reports whether all of a query is ASCII without escapes and semicolons.
func plainQuery(raw string) bool {
	const percents, pluses, semicolons = '%' * everyByte, '+' * everyByte, ';' * everyByte
	i, found := 0, uint64(0)
	for ; i+8 <= len(raw); i += 8 {
		w := load8(raw, i)
		// A high bit: see marks. A byte that is no ASCII keeps its own in two of the three at least.
		found |= ((w ^ percents) - everyByte) | ((w ^ pluses) - everyByte) | ((w ^ semicolons) - everyByte)
	}
	for ; i < len(raw); i++ {
		if c := queryBytes[raw[i]]; c == queryEscape || c == queryHigh || c == querySemicolon {
			return false
		}
	}
	return found&highBits == 0
}

// next advances to the next parameter.
func (s *queryScanner) next() bool {
	if s.plain {
		return s.nextPlain()
	}
	for s.rest != "" && s.err == nil {
		pair := s.cut()
		if pair.end == 0 {
			continue
		}
		if pair.semicolon {
			s.err = errQuerySemicolon
			return false
		}
		s.name, s.value = pair.text[:pair.equals], pair.text[min(pair.equals+1, pair.end):]
		if !pair.special {
			return true
		}
		s.special = true
		if s.name, s.err = unescapeQuery(s.name); s.err != nil {
			return false
		}
		s.value, s.err = unescapeQuery(s.value)
		return s.err == nil
	}
	return false
}

// nextPlain is next where nothing is special.
func (s *queryScanner) nextPlain() bool {
	for s.rest != "" {
		var text string
		if end := strings.IndexByte(s.rest, '&'); end >= 0 {
			text, s.rest = s.rest[:end], s.rest[end+1:]
		} else {
			text, s.rest = s.rest, ""
		}
		if text == "" {
			continue
		}
		s.name, s.value = text, ""
		if equals := strings.IndexByte(text, '='); equals >= 0 {
			s.name, s.value = text[:equals], text[equals+1:]
		}
		return true
	}
	return false
}

// queryPair is a pair as it is written, and what is special about it.
type queryPair struct {
	text               string
	equals, end        int // where the first = is, the end if there is none
	special, semicolon bool
}

// cut takes the next pair off. It looks at each byte once: most queries hold nothing special.
func (s *queryScanner) cut() queryPair {
	text, p := s.rest, queryPair{equals: -1}
	for i := 0; i < len(text); i++ {
		for i < len(text) && queryBytes[text[i]] <= queryLiteral {
			i++
		}
		if i == len(text) {
			break
		}
		switch queryBytes[text[i]] {
		case queryEscape, queryHigh:
			p.special = true
		case querySemicolon:
			p.semicolon = true
		case queryEquals:
			if p.equals < 0 {
				p.equals = i
			}
		case queryEnd:
			s.rest = text[i+1:]
			return p.until(text[:i])
		}
	}
	s.rest = ""
	return p.until(text)
}

func (p queryPair) until(text string) queryPair {
	p.text, p.end = text, len(text)
	if p.equals < 0 {
		p.equals = p.end
	}
	return p
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

// cutParameter returns a query string without one parameter, the rest of it byte by byte as it was.
func cutParameter(raw, name string) string {
	var kept strings.Builder
	kept.Grow(len(raw))
	found, first := false, true
	for rest, more := raw, true; more; {
		var part string
		part, rest, more = strings.Cut(rest, "&")
		written, _, _ := strings.Cut(part, "=")
		if decoded, err := unescapeQuery(written); err == nil && decoded == name {
			found = true
			continue
		}
		if !first {
			kept.WriteByte('&')
		}
		kept.WriteString(part)
		first = false
	}
	if !found {
		return raw
	}
	return kept.String()
}
