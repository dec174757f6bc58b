package signing

// JSON as other programs write it. A body that was decoded and encoded again between signing and sending is the most common reason for a
// signature that does not fit, and each language leaves its own traces.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"unicode/utf16"
)

// style is how a program writes JSON.
type style struct {
	code, text   string
	comma, colon string
	indent       string
	sorted       bool
	ascii        bool // all else as \u
	slashes      bool // \/
	html         bool // < > & as \u
}

// styles are those that are tried.
var styles = []style{
	{code: "body-compact", text: "without white space", comma: ",", colon: ":"},
	{code: "body-spaced", text: "with a space behind each comma and colon, as Python writes it", comma: ", ", colon: ": "},
	{code: "body-spaced-ascii", text: "as Python writes it: spaces, and \\u in place of other letters than ASCII", comma: ", ", colon: ": ", ascii: true},
	{code: "body-ascii", text: "without white space, and with \\u in place of other letters than ASCII", comma: ",", colon: ":", ascii: true},
	{code: "body-slashes", text: "as PHP writes it: without white space, slashes as \\/", comma: ",", colon: ":", slashes: true},
	{code: "body-slashes-ascii", text: "as PHP writes it: slashes as \\/ and \\u in place of other letters than ASCII", comma: ",", colon: ":", slashes: true, ascii: true},
	{code: "body-html", text: "as Go writes it: without white space, and with \\u in place of <, > and &", comma: ",", colon: ":", html: true},
	{code: "body-sorted", text: "without white space and with its members sorted", comma: ",", colon: ":", sorted: true},
	{code: "body-sorted-html", text: "as Go writes a map: members sorted, and \\u in place of <, > and &", comma: ",", colon: ":", sorted: true, html: true},
	{code: "body-sorted-spaced", text: "as Python writes it with sorted keys", comma: ", ", colon: ": ", sorted: true, ascii: true},
	{code: "body-indent-2", text: "indented by two spaces", comma: ",", colon: ": ", indent: "  "},
	{code: "body-indent-4", text: "indented by four spaces", comma: ",", colon: ": ", indent: "    "},
}

// maxReserialized bounds the bodies that are written in other styles, in bytes.
const maxReserialized = 256 << 10

// jsonValue is JSON with its order kept.
type jsonValue struct {
	open    byte // { or [; 0: a scalar
	scalar  string
	text    string // of a string, decoded
	isText  bool
	names   []string
	members []*jsonValue
}

// parseJSON reads a document; nil if it is none, or nested too deeply to be somebody's request.
func parseJSON(body []byte) *jsonValue {
	if len(body) > maxReserialized || !json.Valid(body) {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	return readJSON(d, 0)
}

func readJSON(d *json.Decoder, depth int) *jsonValue {
	const deepest = 200
	token, err := d.Token()
	if err != nil || depth > deepest {
		return nil
	}
	switch token := token.(type) {
	case json.Delim:
		v := &jsonValue{open: byte(token)}
		for d.More() {
			if v.open == '{' {
				name, err := d.Token()
				if err != nil {
					return nil
				}
				v.names = append(v.names, fmt.Sprint(name))
			}
			member := readJSON(d, depth+1)
			if member == nil {
				return nil
			}
			v.members = append(v.members, member)
		}
		_, err = d.Token()
		if err != nil {
			return nil
		}
		return v
	case string:
		return &jsonValue{text: token, isText: true}
	case nil:
		return &jsonValue{scalar: "null"}
	}
	return &jsonValue{scalar: fmt.Sprint(token)}
}

// write writes a value in a style.
func (s *style) write(b *strings.Builder, v *jsonValue, line string) {
	switch {
	case v.isText:
		s.writeText(b, v.text)
		return
	case v.open == 0:
		b.WriteString(v.scalar)
		return
	}
	closing := map[byte]string{'{': "}", '[': "]"}[v.open]
	b.WriteByte(v.open)
	inner := line
	if s.indent != "" && len(v.members) > 0 {
		if inner == "" {
			inner = "\n"
		}
		inner += s.indent
	}
	for n, i := range s.order(v) {
		if n > 0 {
			b.WriteString(s.comma)
		}
		if s.indent != "" {
			b.WriteString(inner)
		}
		if v.open == '{' {
			s.writeText(b, v.names[i])
			b.WriteString(s.colon)
		}
		s.write(b, v.members[i], inner)
	}
	if s.indent != "" && len(v.members) > 0 {
		b.WriteString(strings.TrimSuffix(inner, s.indent))
	}
	b.WriteString(closing)
}

func (s *style) order(v *jsonValue) []int {
	order := make([]int, len(v.members))
	for i := range order {
		order[i] = i
	}
	if s.sorted && v.open == '{' {
		sort.SliceStable(order, func(i, j int) bool { return v.names[order[i]] < v.names[order[j]] })
	}
	return order
}

func (s *style) writeText(b *strings.Builder, text string) {
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\' || r == '/' && s.slashes:
			b.WriteByte('\\')
			b.WriteRune(r)
		case strings.ContainsRune("\n\r\t\b\f", r):
			b.WriteByte('\\')
			b.WriteByte("nrtbf"[strings.IndexRune("\n\r\t\b\f", r)])
		case r < 0x20 || s.html && strings.ContainsRune("<>&\u2028\u2029", r) || s.ascii && r > 0x7e:
			units := []uint16{uint16(r)}
			if r > 0xffff {
				units = utf16.Encode([]rune{r})
			}
			for _, unit := range units {
				fmt.Fprintf(b, "\\u%04x", unit)
			}
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}
