// Package load reads documents: specs and msdkgen.yaml. It is the only reader of YAML.
//
// The text is parsed once, with yaml.v3, into a tree of Nodes that know their place and keep their order. kin-openapi gets the
// same tree as JSON: its own reader of YAML loses the order of mappings and cannot place what stands inside an extension.
package load

import (
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// Document is one OpenAPI document: kin-openapi's view of it, and the tree of places beside it.
//
// Both hold only what has the right kind. A member that was refused (text where a list is due, a $ref to nothing) is reported and
// left out of both, so that the next stage can go on and find the other faults. A list with errors must not be generated from.
type Document struct {
	File    string // base name, "msdk.yaml"
	Root    *Node
	OpenAPI *openapi3.T

	index map[string]*Node
}

// NodeKind is the kind of a Node, in JSON's terms.
type NodeKind uint8

// The kinds.
const (
	Null NodeKind = iota
	Bool
	Number
	Text
	List
	Mapping
)

// String returns the word for a kind that stands in messages.
func (k NodeKind) String() string {
	return [...]string{"null", "true or false", "a number", "text", "a list", "a mapping"}[k]
}

// Node is one value of a document with its place.
type Node struct {
	Pos      diag.Pos // of the value
	KeyPos   diag.Pos // of the key, for a member of a mapping
	Key      string   // of a member of a mapping
	Kind     NodeKind
	Value    string  // a text's content, a number as JSON writes it, "true" or "false"
	Children []*Node // members of a mapping or items of a list, in document order
	Pointer  string  // JSON pointer from the root, "" for the root

	fate fate
	// inset is where the characters of a text begin behind Pos, plus one, if they stand in the document as they are; else 0.
	inset uint8
}

// fate is what the check against the grammar decided about a node.
type fate uint8

const (
	sound   fate = iota
	faulty       // a complaint points at it or at a direct member: what kin-openapi says about it follows from that
	emptied      // it stays, without members: a schema whose $ref is refused
	refused      // it is left out of the tree
	ignored      // it is left out too, as if the document did not have it: a key of another version of OpenAPI
)

// Incomplete reports whether the check refused something at n or a direct member of it. What seems to be missing there was complained about.
func (n *Node) Incomplete() bool { return n != nil && n.fate != sound }

// condemn raises the fate of a node.
func (n *Node) condemn(f fate) { n.fate = max(n.fate, f) }

// At returns the node that a JSON pointer such as "/paths/~1login/post" names, or nil. A leading "#" is allowed.
func (d *Document) At(pointer string) *Node {
	if d == nil {
		return nil
	}
	return d.index[strings.TrimPrefix(pointer, "#")]
}

// Pointer joins unescaped tokens into a JSON pointer: Pointer("paths", "/login") is "/paths/~1login".
func Pointer(tokens ...string) string {
	var b strings.Builder
	for _, token := range tokens {
		b.WriteByte('/')
		b.WriteString(escapeToken(token))
	}
	return b.String()
}

func escapeToken(token string) string {
	if !strings.ContainsAny(token, "~/") {
		return token
	}
	return strings.ReplaceAll(strings.ReplaceAll(token, "~", "~0"), "/", "~1")
}

func unescapeToken(token string) string {
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}

// prune takes out what was refused, so that the tree and kin-openapi's view of it agree.
func (n *Node) prune() {
	kept := n.Children[:0]
	for _, child := range n.Children {
		switch child.fate {
		case ignored:
			continue
		case refused:
			n.condemn(faulty)
			continue
		case emptied:
			child.Children = nil
		}
		child.prune()
		kept = append(kept, child)
	}
	n.Children = kept
}

// addPointers gives every node below n its pointer and enters it into the index. It runs once the tree has its final shape.
func (d *Document) addPointers(n *Node) {
	d.index[n.Pointer] = n
	for i, child := range n.Children {
		token := strconv.Itoa(i)
		if n.Kind == Mapping {
			token = escapeToken(child.Key)
		}
		child.Pointer = n.Pointer + "/" + token
		d.addPointers(child)
	}
}
