// How the stages after load read a tree: access without nil checks, and decoding that reports what has the wrong kind.
// It is separate from document.go because it is a vocabulary for others; nothing here is needed to build a tree.
package load

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// Member returns the member of a mapping with the given key; nil when n is nil, not a mapping, or has no such key.
func (n *Node) Member(key string) *Node {
	if n == nil || n.Kind != Mapping {
		return nil
	}
	for _, child := range n.Children {
		if child.Key == key {
			return child
		}
	}
	return nil
}

// Has reports whether n is a mapping with the given key.
func (n *Node) Has(key string) bool { return n.Member(key) != nil }

// Place returns where to point for n as a whole: its key, if it has one, else its value. The zero Pos for nil.
func (n *Node) Place() diag.Pos {
	switch {
	case n == nil:
		return diag.Pos{}
	case n.KeyPos.IsValid():
		return n.KeyPos
	}
	return n.Pos
}

// Where returns the place of the value, the zero Pos for nil.
func (n *Node) Where() diag.Pos {
	if n == nil {
		return diag.Pos{}
	}
	return n.Pos
}

// Inside returns the place of a byte of a text. Where the text is not written as it is, because of escapes or line breaks, that is the place of
// the text.
func (n *Node) Inside(offset int) diag.Pos {
	pos := n.Pos
	if n.inset > 0 {
		pos.Column += int(n.inset) - 1 + offset
	}
	return pos
}

// AsText returns the content of a text. Another kind is reported as wrong-kind; a nil node is not reported. ok is false in both cases.
func (n *Node) AsText(list *diag.List) (text string, ok bool) {
	if !n.expect(list, "text", Text) {
		return "", false
	}
	return n.Value, true
}

// AsBool returns a truth value, with the same reports as AsText.
func (n *Node) AsBool(list *diag.List) (value, ok bool) {
	if !n.expect(list, "true or false", Bool) {
		return false, false
	}
	return n.Value == "true", true
}

// AsInt returns a whole number of 64 bits, with the same reports as AsText. 3.0 and 1e2 are not whole numbers here.
func (n *Node) AsInt(list *diag.List) (value int64, ok bool) {
	if !n.expect(list, "a whole number", Number) {
		return 0, false
	}
	value, err := strconv.ParseInt(n.Value, 10, 64)
	if err != nil {
		list.Errorf(n.Pos, diag.CodeWrongKind, "%s takes a whole number of 64 bits, not %s", n.subject(), n.Value)
		return 0, false
	}
	return value, true
}

// AsList returns the items of a list, with the same reports as AsText.
func (n *Node) AsList(list *diag.List) (items []*Node, ok bool) {
	if !n.expect(list, "a list", List) {
		return nil, false
	}
	return n.Children, true
}

// AsMapping returns the members of a mapping in document order, with the same reports as AsText.
func (n *Node) AsMapping(list *diag.List) (members []*Node, ok bool) {
	if !n.expect(list, "a mapping", Mapping) {
		return nil, false
	}
	return n.Children, true
}

// expect reports a node of another kind than the wanted one.
func (n *Node) expect(list *diag.List, wanted string, kind NodeKind) bool {
	if n == nil {
		return false
	}
	if n.Kind == kind {
		return true
	}
	d := list.Errorf(n.Pos, diag.CodeWrongKind, "%s takes %s, not %s", n.subject(), wanted, n.describe())
	switch {
	case n.Kind == Null:
		d.Suggest("give it a value, or remove the key")
	case kind == Text && (n.Kind == Number || n.Kind == Bool):
		d.Suggest("put it in quotes: %s", strconv.Quote(n.Value))
	case kind == Bool && n.Kind == Text && truthWords[strings.ToLower(n.Value)] != "":
		d.Suggest("write %s", truthWords[strings.ToLower(n.Value)])
	case (kind == Bool || kind == Number) && n.Kind == Text && (n.Value == "true" || n.Value == "false" || decimalNumber.MatchString(n.Value)):
		d.Suggest("leave out the quotes")
	case kind == List && n.Kind != Mapping && n.Kind != Null:
		d.Suggest("write it as a list: [%s]", n.JSON())
	}
	return false
}

// subject names a node in a message.
func (n *Node) subject() string {
	if n.KeyPos.IsValid() {
		return strconv.Quote(n.Key)
	}
	return "this place"
}

// describe names what a node is, with its value where that is short and helps to find it.
func (n *Node) describe() string {
	switch n.Kind {
	case Text:
		return "the text " + clip(n.Value)
	case Number:
		return "the number " + n.Value
	case Bool:
		return n.Value
	case Null:
		return "nothing"
	}
	return n.Kind.String()
}

// clip quotes a text and bounds it to what a message has room for.
func clip(text string) string {
	const most = 40
	if utf8.RuneCountInString(text) > most {
		runes := []rune(text)
		text = string(runes[:most]) + "…"
	}
	return strconv.Quote(text)
}

// JSON returns the node as compact JSON, members in document order. nil for a nil node.
func (n *Node) JSON() []byte {
	if n == nil {
		return nil
	}
	var b bytes.Buffer
	n.writeJSON(&b)
	return b.Bytes()
}

func (n *Node) writeJSON(b *bytes.Buffer) {
	switch n.Kind {
	case Null:
		b.WriteString("null")
	case Bool, Number:
		b.WriteString(n.Value)
	case Text:
		writeJSONText(b, n.Value)
	case List:
		b.WriteByte('[')
		for i, item := range n.Children {
			if i > 0 {
				b.WriteByte(',')
			}
			item.writeJSON(b)
		}
		b.WriteByte(']')
	case Mapping:
		b.WriteByte('{')
		for i, member := range n.Children {
			if i > 0 {
				b.WriteByte(',')
			}
			writeJSONText(b, member.Key)
			b.WriteByte(':')
			member.writeJSON(b)
		}
		b.WriteByte('}')
	}
}

// writeJSONText writes a JSON string. Plain ASCII, nearly everything in a spec, is copied; < > & stay as they are, since an
// example has to come out as the document has it.
func writeJSONText(b *bytes.Buffer, text string) {
	plain := !strings.ContainsFunc(text, func(r rune) bool { return r < 0x20 || r > 0x7e || r == '"' || r == '\\' })
	if plain {
		b.WriteByte('"')
		b.WriteString(text)
		b.WriteByte('"')
		return
	}
	encoder := json.NewEncoder(b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a string always encodes
	b.Truncate(b.Len() - 1)  // the encoder ends with a line feed
}
