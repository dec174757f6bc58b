package lower

// The typed decoder of x-msdk-* values. load knows which key may stand where; what stands inside one is checked here, each
// key, kind and name at its own place.

import (
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// mapping reports whether n is a mapping; every key outside of the known ones is an error.
func (l *lowering) mapping(n *load.Node, known ...string) bool {
	if _, ok := n.AsMapping(l.list); !ok {
		return false
	}
	for _, m := range n.Children {
		if !slices.Contains(known, m.Key) {
			l.unknown(m.Place(), diag.CodeUnknownKey, "key", m.Key, known)
		}
	}
	return true
}

// need returns the member of n; its absence is an error.
func (l *lowering) need(n *load.Node, key string) *load.Node {
	m := n.Member(key)
	if m == nil && !l.misspelt(n, key) {
		l.list.Errorf(n.Place(), diag.CodeMissingKey, "the key %q is missing", key)
	}
	return m
}

// misspelt reports whether a key that is missing was complained about as a misspelt one: its message says what to write.
func (l *lowering) misspelt(n *load.Node, key string) bool {
	for _, m := range members(n) {
		if near, ok := diag.Nearest(m.Key, []string{key}); !ok || near != key {
			continue
		}
		for _, d := range *l.list {
			if d.Pos == m.Place() && d.Code == diag.CodeUnknownKey {
				return true
			}
		}
	}
	return false
}

// text, boolean and integer read a member of an extension; ok is false where it is absent or of the wrong kind.
func (l *lowering) text(n *load.Node) (string, bool) { return n.AsText(l.list) }

func (l *lowering) boolean(n *load.Node) bool {
	value, ok := n.AsBool(l.list)
	return ok && value
}

func (l *lowering) integer(n *load.Node) (int64, bool) { return n.AsInt(l.list) }

// positive reads a count that is at least 1.
func (l *lowering) positive(n *load.Node) (int64, bool) {
	i, ok := l.integer(n)
	if ok && i < 1 {
		l.list.Errorf(n.Pos, diag.CodeExtension, "%q has to be at least 1", n.Key)
		return 0, false
	}
	return i, ok
}

// texts reads a list of texts; items of another kind are reported and left out.
func (l *lowering) texts(n *load.Node) []*load.Node {
	items, _ := n.AsList(l.list)
	var all []*load.Node
	for _, c := range items {
		if _, ok := l.text(c); ok {
			all = append(all, c)
		}
	}
	return all
}

// maxListed is the largest set of candidates that a message lists when none of them is near.
const maxListed = 8

// unknown reports a word outside of a set, with the nearest word of it.
func (l *lowering) unknown(pos diag.Pos, code diag.Code, what, word string, candidates []string) *diag.Diagnostic {
	d := l.list.Errorf(pos, code, "unknown %s %q", what, word)
	if near, ok := diag.Nearest(word, candidates); ok {
		return d.Suggest("did you mean %q?", near)
	}
	if len(candidates) > 0 && len(candidates) <= maxListed {
		return d.Suggest("known here: %s", strings.Join(candidates, ", "))
	}
	return d
}

var bases = map[string]ir.Basis{"stated": ir.BasisStated, "example": ir.BasisExample, "assumed": ir.BasisAssumed}

// source decodes x-msdk-doc.
func (l *lowering) source(n *load.Node) *ir.Source {
	if !l.mapping(n, "document", "line", "basis", "note") {
		return nil
	}
	s := &ir.Source{Pos: n.Pos}
	if name, ok := l.text(l.need(n, "document")); ok {
		s.Document = name
		var names []string
		for _, d := range l.api.Documents {
			names = append(names, d.Name)
		}
		if !slices.Contains(names, name) {
			l.unknown(n.Member("document").Pos, diag.CodeUnknownName, "document", name, names)
		}
	}
	line, _ := l.positive(n.Member("line"))
	s.Line = int(line)
	if word, ok := l.text(n.Member("basis")); ok {
		if s.Basis, ok = bases[word]; !ok {
			l.unknown(n.Member("basis").Pos, diag.CodeUnknownValue, "basis", word, []string{"stated", "example", "assumed"})
		}
	}
	s.Note, _ = l.text(n.Member("note"))
	return s
}
