package signing

// The fields of a body: members at the top of a JSON object, or those of a form.

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Fields reads them in their order: of a string its value, of null nothing, of all else its JSON as sent. The reason is empty unless
// the body has none.
func Fields(body []byte, form bool) (fields []Pair, reason string) {
	switch {
	case len(body) == 0:
		return nil, ""
	case form:
		fields, reason = readQuery(string(body), maxFields)
		if reason != "" {
			return nil, "the body is no form: it " + reason
		}
		return fields, ""
	case !json.Valid(body) || bytes.TrimLeft(body, jsonBlanks)[0] != '{':
		return nil, "the body is not a JSON object"
	}
	d := json.NewDecoder(bytes.NewReader(body))
	_, _ = d.Token() // the brace
	for d.More() {
		if len(fields) == maxFields {
			return nil, "the body has too many members"
		}
		from := d.InputOffset()
		if _, err := d.Token(); err != nil {
			return nil, "the body is not a JSON object"
		}
		// The name as it is written: the decoder would repair bytes that are no UTF-8, and the generated code does not.
		name := fieldText(strings.TrimLeft(string(body[from:d.InputOffset()]), jsonBlanks+","))
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return nil, "the body is not a JSON object"
		}
		if _, twice := find(fields, name); twice {
			return nil, "the body has a member twice"
		}
		fields = append(fields, Pair{name, fieldText(string(raw))})
	}
	return fields, ""
}

const jsonBlanks = " \t\r\n"

// fieldText is a JSON value as a signature sees it.
func fieldText(raw string) string {
	switch {
	case raw == "null":
		return ""
	case !strings.HasPrefix(raw, `"`):
		return raw
	case !strings.Contains(raw, `\`):
		return strings.Trim(raw, `"`)
	}
	var text string
	_ = json.Unmarshal([]byte(raw), &text) // cannot fail: the body is valid
	return text
}

// fields are those of the request, without the places of signatures.
func (r *Request) allFields() ([]Pair, string) {
	if r.fields != nil {
		return r.fields, ""
	}
	all, reason := Fields(r.Body, r.Form)
	return without(all, r.omitFields...), reason
}

// without returns the pairs of other names.
func without(pairs []Pair, names ...string) []Pair {
	kept := make([]Pair, 0, len(pairs))
	for _, p := range pairs {
		omit := false
		for _, name := range names {
			omit = omit || p.Name == name
		}
		if !omit {
			kept = append(kept, p)
		}
	}
	return kept
}
