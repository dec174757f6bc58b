// Text to tree of Nodes. Here stands what YAML and JSON share (the choice between them, duplicate keys, the bound on nesting) and
// the walk over yaml.v3's tree; json.go walks over encoding/json's tokens.
package load

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// maxDepth bounds nesting. Real documents stay below 50. The walks of the later stages recurse, and some of them take time that grows
// with a power of the depth: kin-openapi's reading of JSON, and the printing of function literals inside of one another.
const maxDepth = 100

// readTree reads a file into a tree. nil means that there is none, and that the reason is in the list.
func readTree(fsys fs.FS, name string, list *diag.List) *Node {
	t := readText(fsys, name, list)
	if t == nil {
		return nil
	}
	b := &treeBuilder{text: t, list: list}
	content := bytes.TrimSpace(t.body)
	switch {
	case len(content) == 0:
		list.Errorf(t.pos(0), diag.CodeYAMLSyntax, "the file is empty")
		return nil
	case path.Ext(name) == ".json", content[0] == '{' && json.Valid(content):
		// yaml.v3 takes nearly all of JSON; but not the escapes of characters beyond U+FFFF, which are two halves in JSON.
		return b.readJSON()
	}
	return b.readYAML()
}

type treeBuilder struct {
	text *sourceText
	list *diag.List
	deep bool // the bound on nesting was reported
}

// readYAML parses the text with yaml.v3.
func (b *treeBuilder) readYAML() *Node {
	body := neutralDirective(b.text.body)
	document, err := b.parseAround(body)
	switch {
	case err != nil:
		b.syntaxErrors(body, err)
		return nil
	case document == nil:
		return nil
	}
	root := b.value(document.Content[0], 0)
	if b.deep {
		return nil
	}
	return root
}

// parseAround is parseYAML, but for the tabs before comments that yaml.v3 stops at: in body they become blanks.
func (b *treeBuilder) parseAround(body []byte) (*yaml.Node, error) {
	document, err := b.parseYAML(body)
	for tries := 0; err != nil && tries < maxTabbedComments && b.blankTabs(body, err); tries++ {
		document, err = b.parseYAML(body)
	}
	return document, err
}

// parseYAML parses one document and makes sure that no second one follows. Without document and error, the reason is in the list.
func (b *treeBuilder) parseYAML(body []byte) (*yaml.Node, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(body))
	var document, second yaml.Node
	err := decodeYAML(decoder, &document)
	switch {
	case errors.Is(err, io.EOF):
		b.list.Errorf(b.text.pos(0), diag.CodeYAMLSyntax, "the file holds nothing but comments")
		return nil, nil
	case err != nil:
		return nil, err
	}
	err = decodeYAML(decoder, &second)
	switch {
	case err == nil:
		b.list.Errorf(b.place(&second), diag.CodeYAMLFeature, "a second document begins here; a file holds one").
			Suggest("move it to a file of its own")
		return nil, nil
	case !errors.Is(err, io.EOF):
		return nil, err
	}
	return &document, nil
}

// maxTabbedComments bounds how often the text is parsed again for the sake of blankTabs.
const maxTabbedComments = 20

// blankTabs turns tabs before a comment into blanks, on the line at which the parser stopped. YAML allows them there, yaml.v3 does not.
// It is done one line at a time, since a line that looks like a comment may be part of a text.
func (b *treeBuilder) blankTabs(body []byte, err error) bool {
	if !strings.Contains(err.Error(), "cannot start any token") && !strings.Contains(err.Error(), "tab character that violates") {
		return false
	}
	number := b.failingLine(body, err)
	line := b.text.line(number)
	indent := leading(line)
	if !bytes.ContainsRune(indent, '\t') || len(indent) == len(line) || line[len(indent)] != '#' {
		return false
	}
	start := b.text.lines[number-1]
	copy(body[start:], bytes.Repeat([]byte(" "), len(indent)))
	return true
}

// decodeYAML turns a panic of the parser into an error: it is known to have some in its handling of comments.
func decodeYAML(decoder *yaml.Decoder, into *yaml.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the parser gave up: %v", r)
		}
	}()
	return decoder.Decode(into)
}

// neutralDirective makes a comment of a leading %YAML line, in a copy: yaml.v3 refuses every version but 1.1, and reads 1.2 well enough.
func neutralDirective(body []byte) []byte {
	body = bytes.Clone(body)
	if bytes.HasPrefix(body, []byte("%YAML 1.")) {
		body[0] = '#'
	}
	return body
}

func (b *treeBuilder) place(y *yaml.Node) diag.Pos {
	return b.text.pos(b.text.offset(y.Line, y.Column))
}

// value turns a node of yaml.v3 into ours. nil stands for something that was refused and reported; its holder leaves it out.
func (b *treeBuilder) value(y *yaml.Node, depth int) *Node {
	n := &Node{Pos: b.place(y)}
	if y.Kind == yaml.AliasNode {
		b.list.Errorf(n.Pos, diag.CodeYAMLFeature, "an alias (*%s) stands here", y.Value).
			Suggest("write the value out, or move it to components and use $ref")
		return nil
	}
	b.refuseDecoration(y, n.Pos)
	if b.tooDeep(n.Pos, depth) {
		return nil
	}
	switch y.Kind {
	case yaml.MappingNode:
		n.Kind = Mapping
		b.members(n, y, depth)
	case yaml.SequenceNode:
		n.Kind = List
		for _, item := range y.Content {
			if child := b.value(item, depth+1); child != nil {
				n.Children = append(n.Children, child)
			}
		}
	default:
		if y.Style&^yaml.TaggedStyle != 0 || y.Tag != "" && y.Style&yaml.TaggedStyle != 0 {
			n.Kind, n.Value = Text, y.Value
		} else if problem, fix := n.plain(y.Value); problem != "" {
			n.condemn(refused)
			b.list.Errorf(n.Pos, diag.CodeWrongKind, "%s", problem).Suggest("%s", fix)
		}
		if n.Kind == Text {
			n.inset = b.text.inset(n)
		}
	}
	return n
}

// refuseDecoration reports what YAML has and JSON has not: anchors and tags. The value itself is kept.
func (b *treeBuilder) refuseDecoration(y *yaml.Node, pos diag.Pos) {
	if y.Anchor != "" {
		b.list.Errorf(pos, diag.CodeYAMLFeature, "an anchor (&%s) stands here", y.Anchor).Suggest("remove it; to share a value, move it to components and use $ref")
	}
	offset := b.text.lines[pos.Line-1] + pos.Column - 1
	if y.Style&yaml.TaggedStyle != 0 || offset < len(b.text.body) && b.text.body[offset] == '!' {
		b.list.Errorf(pos, diag.CodeYAMLFeature, "a tag (%s) stands here", y.Tag).Suggest("remove it; text that looks like a number is put in quotes")
	}
}

func (b *treeBuilder) tooDeep(pos diag.Pos, depth int) bool {
	if depth <= maxDepth {
		return false
	}
	if !b.deep {
		b.list.Errorf(pos, diag.CodeYAMLSyntax, "values are nested deeper than %d levels", maxDepth)
		b.deep = true
	}
	return true
}

// members fills a mapping.
func (b *treeBuilder) members(n *Node, y *yaml.Node, depth int) {
	seen := make(map[string]*Node, len(y.Content)/2)
	for i := 0; i+1 < len(y.Content); i += 2 {
		key := y.Content[i]
		keyPos := b.place(key)
		if !b.usableKey(key, keyPos) {
			continue
		}
		member := b.value(y.Content[i+1], depth+1)
		if first := seen[key.Value]; first != nil {
			b.duplicate(key.Value, keyPos, first.KeyPos)
			continue
		}
		if member == nil {
			continue
		}
		member.Key, member.KeyPos = key.Value, keyPos
		seen[key.Value] = member
		n.Children = append(n.Children, member)
	}
}

// usableKey reports keys that JSON could not hold. A plain number such as a status code is taken as the text that it is written as.
func (b *treeBuilder) usableKey(key *yaml.Node, pos diag.Pos) bool {
	switch {
	case key.Kind == yaml.AliasNode:
		b.list.Errorf(pos, diag.CodeYAMLFeature, "an alias (*%s) stands where a key is due", key.Value)
		return false
	case key.Kind != yaml.ScalarNode:
		b.list.Errorf(pos, diag.CodeYAMLFeature, "a key is text, and not a list or a mapping").Suggest("put text with braces or brackets in quotes")
		return false
	case key.Tag == "!!merge":
		b.list.Errorf(pos, diag.CodeYAMLFeature, "a merge key (<<) stands here").Suggest("write the members out, or use $ref or allOf")
		return false
	case key.Value == "" && key.Style == 0:
		b.list.Errorf(pos, diag.CodeWrongKind, "a key is missing before the colon")
		return false
	}
	b.refuseDecoration(key, pos)
	return true
}

func (b *treeBuilder) duplicate(key string, pos, first diag.Pos) {
	b.list.Errorf(pos, diag.CodeDuplicateKey, "the key %s stands twice in one mapping", strconv.Quote(key)).See(first, "first here")
}
