package support

// Keeping secrets out of what people read. A call knows its own secrets: keys, the signature, every Sensitive value of the request.
// Whatever comes from outside (the vendor's message, a status line, the text of a network error) may repeat them, so it passes
// through here before it gets into an error or a log line. It is one function, not a filter at each place of use, because a place
// that is forgotten is a leak.

import (
	"html"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	masked = "***" // what a secret looks like in print
	// shortSecret: a secret below this many bytes is masked only where it stands as a word. Masking every "1" of a text because
	// some token is "1" would tell more than it hides.
	shortSecret = 4
	// partOfSecret: this many bytes in a row of a secret, or half of a shorter one, are masked as well, since servers like to repeat
	// a shortened token.
	partOfSecret = 12
	// queryRun bounds how far a question mark is followed when looking for a query.
	queryRun = 4096
)

// mask is the list of a call's secrets, in every spelling under which they may come back, in lower case. The zero mask knows no
// secret and still cuts queries off URLs.
type mask struct{ forms []string }

// add puts a secret on the list.
func (m *mask) add(secret string) {
	if secret == "" {
		return
	}
	quoted := strconv.Quote(secret)
	for _, form := range [...]string{
		secret,
		string(appendEscaped(nil, secret)),
		url.QueryEscape(secret),
		html.EscapeString(secret),
		quoted[1 : len(quoted)-1],
	} {
		if form = asciiLower(form); !slices.Contains(m.forms, form) {
			m.forms = append(m.forms, form)
		}
	}
}

// addKey puts both keys of a rotation on the list.
func (m *mask) addKey(k Key) {
	m.add(k.current())
	m.add(k.previous())
}

// addSensitive puts every Sensitive value that v holds on the list. It walks the value by reflection: that is slow, and happens only
// when a call has failed already.
func (m *mask) addSensitive(v any) { m.walk(reflect.ValueOf(v), 0) }

var sensitiveType = reflect.TypeOf(Sensitive(""))

func (m *mask) walk(v reflect.Value, depth int) {
	const maxWalk = 32 // deeper than any documented type; a type may contain itself
	if depth > maxWalk || !v.IsValid() {
		return
	}
	if v.Type() == sensitiveType {
		m.add(v.String())
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		m.walk(v.Elem(), depth+1)
	case reflect.Struct:
		for i := 0; i < v.NumField(); i++ {
			m.walk(v.Field(i), depth+1)
		}
	case reflect.Slice, reflect.Array:
		if k := v.Type().Elem().Kind(); k < reflect.Array { // numbers: bytes, say
			return
		}
		for i := 0; i < v.Len(); i++ {
			m.walk(v.Index(i), depth+1)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() { // the order does not matter: the result is a set
			m.walk(v.MapIndex(key), depth+1)
		}
	}
}

// text returns s as one line of at most limit bytes, without secrets, queries of URLs and unprintable characters. It reads no more
// of s than that line needs, and it masks before it cuts: what is cut off cannot leave half a secret behind.
func (m *mask) text(s string, limit int) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if b.Len() > limit {
			break
		}
		if n := m.secretAt(s, i); n > 0 {
			if !strings.HasSuffix(b.String(), masked) {
				b.WriteString(masked)
			}
			i += n
			continue
		}
		if s[i] == '?' {
			if n := queryAt(s[i+1:]); n > 0 {
				b.WriteString("?" + masked)
				i += 1 + n
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		b.WriteRune(printable(r))
		i += n
	}
	return boundedLine(b.String(), limit)
}

// secretAt returns how many bytes of s from i on belong to a secret.
func (m *mask) secretAt(s string, i int) int {
	longest := 0
	for _, form := range m.forms {
		n := commonPrefix(s[i:], form)
		if n == len(form) && (n >= shortSecret || isWord(s, i, i+n)) {
			longest = max(longest, n)
			continue
		}
		part := min(partOfSecret, max(2*shortSecret, len(form)/2))
		if len(form) > part && len(s)-i >= part {
			window := asciiLower(s[i : i+part])
			if j := strings.Index(form, window); j >= 0 {
				longest = max(longest, commonPrefix(s[i:], form[j:]))
			}
		}
	}
	return longest
}

// commonPrefix returns how many bytes s and form, which is in lower case, share at their beginning, letter case aside.
func commonPrefix(s, form string) int {
	n := 0
	for n < len(s) && n < len(form) && lowerByte(s[n]) == form[n] {
		n++
	}
	return n
}

// isWord reports whether s[i:j] has neither a letter nor a digit next to it.
func isWord(s string, i, j int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[j:])
	return !wordRune(before) && !wordRune(after)
}

func wordRune(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// queryAt returns the length of the URL query that s begins with, 0 if it is none.
func queryAt(s string) int {
	end, equals := 0, false
	for end < len(s) && !strings.ContainsRune(" \t\r\n\"'<>", rune(s[end])) {
		equals = equals || s[end] == '='
		if end++; !equals && end > queryRun {
			return 0
		}
	}
	if !equals {
		return 0
	}
	return end
}

func lowerByte(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// asciiLower lowers ASCII letters only, so that every byte keeps its place.
func asciiLower(s string) string {
	for i := 0; i < len(s); i++ {
		if lowerByte(s[i]) != s[i] {
			b := []byte(s)
			for j := i; j < len(b); j++ {
				b[j] = lowerByte(b[j])
			}
			return string(b)
		}
	}
	return s
}

// printable keeps what shows; line breaks, control characters and marks that change the direction of writing become a space.
func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return ' '
}
