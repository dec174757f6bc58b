// JSON text to tree of Nodes, from encoding/json's tokens and their offsets. It is separate from the YAML walk because a document
// that calls itself JSON gets JSON's rules and exact places for what breaks them.
package load

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/msdkgen/msdkgen/generator/diag"
)

type jsonReader struct {
	*treeBuilder
	decoder *json.Decoder
}

func (b *treeBuilder) readJSON() *Node {
	var whole json.RawMessage
	if err := json.Unmarshal(b.text.body, &whole); err != nil {
		b.jsonError(err)
		return nil
	}
	r := &jsonReader{treeBuilder: b, decoder: json.NewDecoder(bytes.NewReader(b.text.body))}
	r.decoder.UseNumber()
	root, err := r.value(0)
	if err != nil && !errors.Is(err, errDeep) {
		b.list.Errorf(b.text.pos(int(r.decoder.InputOffset())), diag.CodeYAMLSyntax, "not JSON: %v", err)
	}
	if err != nil {
		return nil
	}
	return root
}

// nextOffset is where the next token starts.
func (r *jsonReader) nextOffset() int {
	body := r.text.body
	offset := int(r.decoder.InputOffset())
	for offset < len(body) && strings.IndexByte(" \t\r\n,:", body[offset]) >= 0 {
		offset++
	}
	return offset
}

// value reads one value. As in the YAML walk, nil without an error stands for something that was reported.
func (r *jsonReader) value(depth int) (*Node, error) {
	n := &Node{Pos: r.text.pos(r.nextOffset())}
	token, err := r.decoder.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case nil:
		n.Kind = Null
	case bool:
		n.Kind, n.Value = Bool, "false"
		if token {
			n.Value = "true"
		}
	case json.Number:
		n.Kind, n.Value = Number, token.String()
	case string:
		n.Kind, n.Value = Text, token
		n.inset = r.text.inset(n)
	case json.Delim:
		if token == '{' {
			n.Kind = Mapping
			err = r.members(n, depth)
		} else {
			n.Kind = List
			err = r.items(n, depth)
		}
		if err == nil {
			_, err = r.decoder.Token() // the closing bracket
		}
	}
	if err != nil || r.tooDeep(n.Pos, depth) {
		return nil, err
	}
	return n, nil
}

func (r *jsonReader) items(n *Node, depth int) error {
	for r.decoder.More() {
		if depth > maxDepth {
			return r.skipDeep()
		}
		child, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		if child != nil {
			n.Children = append(n.Children, child)
		}
	}
	return nil
}

func (r *jsonReader) members(n *Node, depth int) error {
	seen := map[string]*Node{}
	for r.decoder.More() {
		if depth > maxDepth {
			return r.skipDeep()
		}
		keyPos := r.text.pos(r.nextOffset())
		token, err := r.decoder.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string) // the decoder has made sure of it
		member, err := r.value(depth + 1)
		switch {
		case err != nil:
			return err
		case seen[key] != nil:
			r.duplicate(key, keyPos, seen[key].KeyPos)
		case member != nil:
			member.Key, member.KeyPos = key, keyPos
			seen[key] = member
			n.Children = append(n.Children, member)
		}
	}
	return nil
}

// errDeep ends the reading of a text that is nested beyond the bound.
var errDeep = errors.New("nested too deep")

func (r *jsonReader) skipDeep() error {
	r.tooDeep(r.text.pos(r.nextOffset()), maxDepth+1)
	return errDeep
}

// jsonError places a syntax error of JSON and says in our words what is wrong, where that can be told from the text around it.
func (b *treeBuilder) jsonError(err error) {
	body := b.text.body
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		b.list.Errorf(b.text.pos(0), diag.CodeYAMLSyntax, "not JSON: %v", err)
		return
	}
	offset := int(syntax.Offset) - 1 // Offset counts the offending byte
	if strings.HasSuffix(syntax.Error(), "exceeded max depth") {
		b.tooDeep(b.text.pos(offset), maxDepth+1)
		return
	}
	// A literal that breaks off is reported as one that goes on with a blank.
	brokenOff := strings.HasPrefix(syntax.Error(), "invalid character ' '") && offset == len(body)-1 && body[offset] != ' '
	if syntax.Error() == "unexpected end of JSON input" || brokenOff {
		end := len(bytes.TrimRight(body, " \t\r\n"))
		b.list.Errorf(b.text.pos(end), diag.CodeYAMLSyntax, "not JSON: the text ends too early; a bracket or a quotation mark is not closed")
		return
	}
	before := bytes.TrimRight(body[:offset], " \t\r\n")
	r, _ := utf8.DecodeRune(body[offset:])
	pos := b.text.pos(offset)
	switch {
	case (r == '}' || r == ']') && bytes.HasSuffix(before, []byte(",")):
		b.list.Errorf(b.text.pos(len(before)-1), diag.CodeYAMLSyntax, "not JSON: a comma stands before the closing bracket").Suggest("remove the comma")
	case strings.HasSuffix(syntax.Error(), "after top-level value"):
		b.list.Errorf(pos, diag.CodeYAMLSyntax, "not JSON: the document has ended before %q", r)
	case r == '/' || r == '#':
		b.list.Errorf(pos, diag.CodeYAMLSyntax, "not JSON: comments are not part of JSON")
	case r == '\'':
		b.list.Errorf(pos, diag.CodeYAMLSyntax, "not JSON: text takes double quotation marks")
	case r == '"' || r == '{' || r == '[':
		b.list.Errorf(pos, diag.CodeYAMLSyntax, "not JSON: a comma or a closing bracket is due before %q", r)
	default:
		b.list.Errorf(pos, diag.CodeYAMLSyntax, "not JSON: unexpected %q", r)
	}
}
