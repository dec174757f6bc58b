package signing

// What a caller may have done about keys and times.

import (
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// keyIdeas are about the keys: another one, or the right one in another form.
func (c *Check) keyIdeas(x *Explanation) []idea {
	s := c.Match.Operation.Scheme
	ideas := c.otherKeys(x, s)
	for _, form := range keyForms {
		changed := maps.Clone(c.Credentials)
		differs := false
		for _, credential := range s.Credentials {
			name := credential.Name.Spec
			if !credential.Secret || c.Credentials[name].Current == "" {
				continue
			}
			text, ok := form.change(c.Credentials[name].Current)
			differs = differs || ok && text != c.Credentials[name].Current
			if ok {
				changed[name] = Credential{Current: text}
			}
		}
		if differs {
			ideas = append(ideas, idea{group: "key", code: form.code, text: form.text, apply: func(a *attempt) { a.in.Credentials = changed }})
		}
	}
	return ideas
}

// otherKeys are the keys for other values of the key parameter, and those of the rotation before.
func (c *Check) otherKeys(x *Explanation, s *ir.Scheme) []idea {
	var ideas []idea
	if s.Keys != nil && x.Arrival.Key != nil {
		for _, other := range s.Keys.Choices {
			if other == x.Arrival.Key || c.Credentials[other.Secret].Current == "" {
				continue
			}
			text := fmt.Sprintf("it was signed with %s, the key for %s=%s, but the request says %s=%s",
				other.Secret, s.Keys.Parameter, other.Value, s.Keys.Parameter, x.Arrival.keyValue(s))
			ideas = append(ideas, idea{group: "key", code: "other-key", text: text, apply: func(a *attempt) { a.in.Key = other }})
			if c.Credentials[other.Secret].Previous != "" {
				ideas = append(ideas, idea{group: "key", code: "other-key-previous", text: text + ", and with the previous one of that",
					apply: func(a *attempt) { a.in.Key, a.in.Previous = other, true }})
			}
		}
	}
	if c.hasPrevious() {
		ideas = append(ideas, idea{group: "key", code: "previous-key", text: "it was signed with the previous secret",
			apply: func(a *attempt) { a.in.Previous = true }})
	}
	return ideas
}

func (a *Arrival) keyValue(s *ir.Scheme) string {
	value, _ := find(a.Request.Query, s.Keys.Parameter)
	return value
}

// keyForms are other forms of a key.
var keyForms = []struct {
	code, text string
	change     func(string) (string, bool)
}{
	{"key-trimmed", "the configured key has white space around it, and it was signed without that",
		func(key string) (string, bool) { return strings.TrimSpace(key), true }},
	{"key-newline", "it was signed with a line feed behind the key", appended("\n")},
	{"key-crlf", "it was signed with a carriage return and a line feed behind the key", appended("\r\n")},
	{"key-space", "it was signed with a space behind the key", appended(" ")},
	{"key-space-before", "it was signed with a space before the key", func(key string) (string, bool) { return " " + key, true }},
	{"key-quoted", "it was signed with quotes around the key", func(key string) (string, bool) { return `"` + key + `"`, true }},
	{"key-lower", "it was signed with the key in lower case", func(key string) (string, bool) { return lowered(key), true }},
	{"key-upper", "it was signed with the key in upper case", func(key string) (string, bool) { return raised(key), true }},
	{"key-from-hex", "it was signed with the bytes that the key's hexadecimal digits stand for", func(key string) (string, bool) {
		raw, err := hex.DecodeString(key)
		return string(raw), err == nil && key != ""
	}},
	{"key-from-base64", "it was signed with the bytes that the key's base64 stands for", decodeBase64},
	{"key-to-hex", "it was signed with the key in hexadecimal digits", func(key string) (string, bool) { return hex.EncodeToString([]byte(key)), true }},
}

func appended(text string) func(string) (string, bool) {
	return func(key string) (string, bool) { return key + text, true }
}

// timeIdeas are about the time: in another unit, or from another reading of the clock.
func (c *Check) timeIdeas(x *Explanation) []idea {
	l := c.Match.Operation.Scheme.Time
	if l == nil {
		return nil
	}
	text := x.Arrival.locate(l, nil)
	var ideas []idea
	add := func(code, say, value string) {
		ideas = append(ideas, idea{group: "time", code: code, text: say, apply: setAt(l, value)})
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n > 0 && n < 1<<52 {
		add("milliseconds", "it was signed with "+l.Name+" in milliseconds", strconv.FormatInt(n*1000, 10))
		add("seconds", "it was signed with "+l.Name+" in seconds, but sent in milliseconds", strconv.FormatInt(n/1000, 10))
	}
	t, ok := parseTime(text, l.Format)
	if !ok {
		return ideas
	}
	for _, zone := range []int{8, -8} { // the vendor's own time zone, taken for UTC
		add("time-zone", "it was signed with a time that is "+strconv.Itoa(zone)+" hours off", FormatTime(t.Add(time.Duration(zone)*time.Hour), l.Format))
	}
	return ideas
}

// manyTimes are the times near the one that was sent. There are many of them, so they come last and alone.
func (c *Check) manyTimes(x *Explanation) []idea {
	l := c.Match.Operation.Scheme.Time
	if l == nil {
		return nil
	}
	text := x.Arrival.locate(l, nil)
	t, ok := parseTime(text, l.Format)
	if !ok {
		return nil
	}
	var ideas []idea
	add := func(code, say, value string) {
		ideas = append(ideas, idea{group: "time", code: code, text: say, alone: true, apply: setAt(l, value)})
	}
	for _, off := range []int{1, -1, 2, -2, 3, -3, 4, -4, 5, -5} {
		add("clock-read-twice", fmt.Sprintf("it was signed with a %s that differs by %d s from the one that was sent: the clock was read twice", l.Name, off),
			FormatTime(t.Add(time.Duration(off)*time.Second), l.Format))
	}
	if l.Format == ir.TimeSeconds {
		for i := 1; i < 1000; i++ {
			add("milliseconds", "it was signed with "+l.Name+" in milliseconds, but sent in seconds", strconv.FormatInt(t.UnixMilli()+int64(i), 10))
		}
	}
	return ideas
}

// setAt puts another value where a locator says.
func setAt(l *ir.Locator, value string) func(*attempt) {
	return func(a *attempt) {
		r := a.in.Request
		switch l.In {
		case ir.InHeader:
			r.Headers = changed(r.Headers, l.Name, value)
		case ir.InPath:
			r.PathValues = changed(r.PathValues, l.Name, value)
		case ir.InSignature:
			r.Values = changed(r.Values, l.Name, value)
		case ir.InBody:
			fields, _ := r.allFields()
			r.fields = changed(fields, l.Name, value)
		default:
			r.Query = changed(r.Query, l.Name, value)
			r.RawQuery = changedQuery(r.RawQuery, l.Name, value)
		}
	}
}

func changed(pairs []Pair, name, value string) []Pair {
	result := slices.Clone(pairs)
	for i := range result {
		if lowered(result[i].Name) == lowered(name) {
			result[i].Value = value
		}
	}
	return result
}

// changedQuery gives a parameter another value and leaves the rest of the query as it is.
func changedQuery(raw, name, value string) string {
	parts := strings.Split(raw, "&")
	for i, part := range parts {
		written, _, _ := strings.Cut(part, "=")
		if decoded, ok := percentDecode(written, true); ok && decoded == name {
			parts[i] = written + "=" + percentEncode(value, ir.Percent{})
		}
	}
	return strings.Join(parts, "&")
}
