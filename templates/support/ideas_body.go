package support

// Ways to write a body that ideas.go tries: a caller that signs what it has in memory, and sends what its library makes of that later,
// signs other bytes than it sends. Apart from the other mistakes because each language has its own way to write JSON.

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxRewritten bounds the bodies that are written anew, in bytes.
const maxRewritten = 64 << 10

// notSent ends the text of an idea about the body.
const notSent = ", which is not what was sent"

// bodyIdeas are about the body, where the signature covers it. Those that order and spell its members come before those that set blanks
// between them: of two mistakes at once the first one is made first.
func (t *signatureTrial) bodyIdeas() ideas {
	m := &t.exchange.message
	if len(m.body) == 0 || !t.covers(m.body) {
		return nil
	}
	var list ideas
	if sealed := t.exchange.sealed; sealed != nil {
		list.addBody(m.body, "the ciphertext in place of the plaintext", func([]byte) []byte { return sealed })
		list.addBody(m.body, "the plaintext in place of the ciphertext", func([]byte) []byte { return t.exchange.body })
	}
	list.addBody(m.body, "a request without its body", func([]byte) []byte { return []byte{} })
	if len(m.body) <= maxRewritten && json.Valid(m.body) {
		for _, f := range bodyForms {
			list.addBody(m.body, "the body "+f.text+notSent, f.write)
		}
	}
	list.addBody(m.body, "the body with a line end behind it", func(body []byte) []byte { return append(bytes.Clone(body), '\n') })
	list.addBody(m.body, "the body without white space at its ends", bytes.TrimSpace)
	return list
}

// addBody adds a mistake about the body, unless it makes no difference to the one that came.
//
//go:noinline
func (l *ideas) addBody(body []byte, text string, change func([]byte) []byte) {
	if changed := change(body); changed == nil || bytes.Equal(changed, body) {
		return
	}
	l.add(text, func(a *attempt) {
		if changed := change(a.message.body); changed != nil {
			a.message.body = changed
		}
	})
}

// bodyForms are the ways of well-known libraries. Each returns nil for what is no JSON.
var bodyForms = []struct {
	text  string
	write func(body []byte) []byte
}{
	{"with its members sorted", sortedMembers},
	{"without escapes that are not needed", func(body []byte) []byte { return respelled(body, asItIs) }},
	{`with \u escapes for what is not ASCII`, func(body []byte) []byte { return respelled(body, escapedUnicode) }},
	{`with \u escapes for what is not ASCII and \/ for slashes`, func(body []byte) []byte {
		return respelled(body, func(r rune) string { return escapedSlash(r) + escapedUnicode(r) })
	}},
	{`with \/ for slashes`, func(body []byte) []byte { return respelled(body, escapedSlash) }},
	{`with \u escapes for &, < and >`, func(body []byte) []byte {
		return respelled(body, func(r rune) string {
			if strings.ContainsRune("&<>\u2028\u2029", r) {
				return escapedRune(uint32(r))
			}
			return ""
		})
	}},
	{"without white space", compacted},
	{"with a blank behind each comma and colon", func(body []byte) []byte { return spaced(compacted(body)) }},
	{"indented by 2 blanks", func(body []byte) []byte { return indentedJSON(body, "  ") }},
	{"indented by 4 blanks", func(body []byte) []byte { return indentedJSON(body, "    ") }},
}

func compacted(body []byte) []byte {
	var b bytes.Buffer
	if json.Compact(&b, body) != nil {
		return nil
	}
	return b.Bytes()
}

func indentedJSON(body []byte, indent string) []byte {
	var b bytes.Buffer
	if json.Indent(&b, bytes.TrimSpace(body), "", indent) != nil {
		return nil
	}
	return b.Bytes()
}

// sortedMembers writes the members of all objects in the order of their names.
func sortedMembers(body []byte) []byte {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var value any
	if d.Decode(&value) != nil {
		return nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(value) != nil {
		return nil
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// respelled writes the characters of all texts anew; spell returns "" for one that stands for itself. White space stays.
func respelled(body []byte, spell func(r rune) string) []byte {
	var out []byte
	for i := 0; i < len(body); i++ {
		if body[i] != '"' {
			out = append(out, body[i])
			continue
		}
		end := i + 1
		for end < len(body) && (body[end] != '"' || escapedAt(body, end)) {
			end++
		}
		var text string
		if end == len(body) || json.Unmarshal(body[i:end+1], &text) != nil {
			return nil
		}
		out = append(out, '"')
		for _, r := range text {
			out = append(out, spelled(r, spell)...)
		}
		out = append(out, '"')
		i = end
	}
	return out
}

// spelled is one character in a text of JSON.
func spelled(r rune, spell func(r rune) string) string {
	if text := spell(r); text != "" {
		return text
	}
	if at := strings.IndexRune("\"\\\b\f\n\r\t", r); at >= 0 {
		return `\` + `"\bfnrt`[at:at+1]
	}
	if r < ' ' {
		return escapedRune(uint32(r))
	}
	return string(r)
}

func asItIs(rune) string { return "" }

func escapedSlash(r rune) string {
	if r == '/' {
		return `\/`
	}
	return ""
}

func escapedUnicode(r rune) string {
	if r < utf8.RuneSelf {
		return ""
	}
	if r < 0x10000 {
		return escapedRune(uint32(r))
	}
	r -= 0x10000
	return escapedRune(0xd800+uint32(r>>10)) + escapedRune(0xdc00+uint32(r&0x3ff))
}

func escapedRune(r uint32) string {
	return `\u` + strconv.FormatUint(uint64(0x10000+r), 16)[1:]
}

// spaced writes compact JSON as some libraries do.
func spaced(compact []byte) []byte {
	var out []byte
	inText := false
	for i, b := range compact {
		out = append(out, b)
		switch {
		case b == '"' && !escapedAt(compact, i):
			inText = !inText
		case !inText && (b == ',' || b == ':'):
			out = append(out, ' ')
		}
	}
	return out
}

// escapedAt reports whether an odd number of backslashes stands in front of a place.
func escapedAt(text []byte, at int) bool {
	n := 0
	for at-n > 0 && text[at-n-1] == '\\' {
		n++
	}
	return n%2 == 1
}
