package support

// The fields of a body as a signature sees them: what a server reads here it has not verified yet. Nothing is decoded that is not asked
// for, nothing recurses, and the number of fields is bounded.

import (
	"encoding/json"
	"strings"
)

// maxFields bounds the fields of a body that are looked at for a signature.
const maxFields = 256

// The reasons why a body has no fields.
const (
	faultNoObject = "the body that the signature covers is not a JSON object"
	faultNoForm   = "the body that the signature covers is not a form"
	faultFields   = "the body that the signature covers has too many fields"
	faultRepeated = "the body that the signature covers has a member twice"
)

// topMembers returns the members at the top of a JSON object: the value of a string, a number as written, true, false, nothing for null,
// and JSON as sent for lists and objects. An empty body has no fields.
func topMembers(body []byte) (fields []pair, fault string) {
	if len(body) == 0 {
		return nil, ""
	}
	text := strings.TrimLeft(string(body), jsonBlanks)
	if !json.Valid(body) || text[0] != '{' {
		return nil, faultNoObject
	}
	rest := strings.TrimLeft(text[1:], jsonBlanks)
	for rest[0] != '}' {
		if len(fields) == maxFields {
			return nil, faultFields
		}
		var name, value string
		name, rest = jsonToken(rest)
		rest = strings.TrimLeft(strings.TrimLeft(rest, jsonBlanks)[1:], jsonBlanks) // behind the colon
		value, rest = jsonToken(rest)
		name = jsonText(name)
		if _, twice := find(fields, name); twice {
			return nil, faultRepeated
		}
		fields = append(fields, pair{name, jsonText(value)})
		if rest = strings.TrimLeft(rest, jsonBlanks); rest[0] == ',' {
			rest = strings.TrimLeft(rest[1:], jsonBlanks)
		}
	}
	return fields, ""
}

const jsonBlanks = " \t\r\n"

// jsonToken cuts the value off that valid JSON begins with.
func jsonToken(text string) (token, rest string) {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i = jsonStringEnd(text, i)
			if depth == 0 {
				return text[:i+1], text[i+1:]
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return strings.TrimRight(text[:i], jsonBlanks), text[i:]
			}
			if depth--; depth == 0 {
				return text[:i+1], text[i+1:]
			}
		case ',':
			if depth == 0 {
				return strings.TrimRight(text[:i], jsonBlanks), text[i:]
			}
		}
	}
	return text, ""
}

// jsonStringEnd returns the index of the quote that ends the string which begins at i.
func jsonStringEnd(text string, i int) int {
	for i++; i < len(text)-1 && text[i] != '"'; i++ {
		if text[i] == '\\' {
			i++
		}
	}
	return i
}

// jsonText is a value as a signature sees it.
func jsonText(token string) string {
	switch {
	case token == "null":
		return ""
	case !strings.HasPrefix(token, `"`):
		return token
	case !strings.Contains(token, `\`):
		return token[1 : len(token)-1]
	}
	var text string
	if json.Unmarshal([]byte(token), &text) != nil { // cannot be: the body is valid
		return ""
	}
	return text
}

// formFields returns the fields of a form.
func formFields(body []byte) (fields []pair, fault string) {
	s := scanQuery(string(body))
	for s.next() {
		if len(fields) == maxFields {
			return nil, faultFields
		}
		fields = append(fields, pair{s.name, s.value})
	}
	if s.err != nil {
		return nil, faultNoForm
	}
	return fields, ""
}
