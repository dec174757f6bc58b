package signing

// What a caller may have done about the body.

import (
	"bytes"
	"strings"
)

// bodyIdeas are about the body: other bytes than were sent, or the other side of the cipher.
func (c *Check) bodyIdeas(x *Explanation) []idea {
	body := x.Arrival.Request.Body
	var ideas []idea
	add := func(code, text string, other []byte) {
		if bytes.Equal(other, body) {
			return
		}
		ideas = append(ideas, idea{group: "body", code: code, text: text, apply: func(a *attempt) {
			a.in.Request.Body = other
		}})
	}
	if plaintext, ok := c.decrypted(c.Received.Body); ok {
		add("plaintext", "the plaintext of the body was signed, and not the ciphertext", plaintext)
	}
	add("ciphertext", "the ciphertext of the body was signed, and not the plaintext", c.Received.Body)
	add("body-newline", "a line feed behind the body was signed, but not sent", append(bytes.Clone(body), '\n'))
	add("body-crlf", "a carriage return and a line feed behind the body were signed, but not sent", append(bytes.Clone(body), "\r\n"...))
	add("body-trimmed", "the white space around the body was sent, but not signed", bytes.TrimSpace(body))
	add("no-body", "the body was not signed", nil)
	add("body-bom", "a byte order mark was sent, but not signed", bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	lines := bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n"))
	add("body-lf", "the body was signed with line feeds, and sent with carriage returns before them", lines)
	add("body-cr", "the body was signed with carriage returns before its line feeds, and sent without", bytes.ReplaceAll(lines, []byte("\n"), []byte("\r\n")))
	if c.isJSON() {
		ideas = append(ideas, styleIdeas(body)...)
	}
	return ideas
}

func (c *Check) isJSON() bool { return !isForm(c.Match.Operation) }

// styleIdeas are the styles in which the body may have been written before it was signed.
func styleIdeas(body []byte) []idea {
	value := parseJSON(body)
	if value == nil {
		return nil
	}
	var ideas []idea
	seen := map[string]bool{string(body): true}
	for i := range styles {
		var b strings.Builder
		styles[i].write(&b, value, "")
		if text := b.String(); !seen[text] && b.Len() <= 8*maxReserialized {
			seen[text] = true
			ideas = append(ideas, idea{group: "body", code: styles[i].code, text: "the body was signed " + styles[i].text + ", and sent otherwise",
				apply: func(a *attempt) { a.in.Request.Body = []byte(text) }})
		}
	}
	return ideas
}

// omissionIdeas are about parameters, fields and headers that were left out of what is signed, and about signatures that were not.
func (c *Check) omissionIdeas(x *Explanation) []idea {
	var ideas []idea
	seen := map[string]bool{}
	fields, _ := x.Arrival.Request.allFields()
	for _, pairs := range [][]Pair{x.Arrival.Request.Query, fields} {
		for _, p := range pairs {
			if seen[p.Name] || len(seen) >= maxOmissions || p.Name == "" {
				continue
			}
			seen[p.Name] = true
			ideas = append(ideas, idea{group: "entries", code: "left-out", text: "the parameter " + p.Name + " was sent, but not signed",
				apply: func(a *attempt) {
					a.in.quirks.omit = p.Name
					a.in.Request.RawQuery = cutParameter(a.in.Request.RawQuery, p.Name)
				}})
		}
	}
	for i, p := range c.Match.Operation.Scheme.Places {
		empty := Pair{Name: p.Name}
		given := Pair{p.Name, x.Arrival.Given[i]}
		ideas = append(ideas,
			idea{group: "entries", code: "signature-empty", text: "the place of the signature, " + p.Name + ", was signed as an empty parameter",
				apply: func(a *attempt) { a.in.quirks.extra = &empty }},
			idea{group: "entries", code: "signature-signed", text: "the signature itself was signed",
				apply: func(a *attempt) { a.in.quirks.extra = &given }})
	}
	return ideas
}

// maxOmissions bounds how many parameters are left out, one after the other.
const maxOmissions = 64
