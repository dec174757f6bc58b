package lower

// oneOf. Two forms of it have a meaning: an integer or a string, and one item or a list of such items. All others are refused by name.

import (
	"bytes"
	"slices"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// choice lowers a schema with oneOf into t, and reports whether it is one of the known forms.
func (l *lowering) choice(n *load.Node, t *ir.Type, s scope) bool {
	parts := members(n.Member("oneOf"))
	switch {
	case len(parts) != 2 || n.Has("type") || refusedBeside(n, "oneOf"):
		return false
	case isTrue(n.Member("x-msdk-single")):
		if !l.single(n, t, s, parts) {
			return false
		}
	case onlyType(parts[0], "integer") && onlyType(parts[1], "string"):
		l.intOrText(t, parts[0], parts[1])
	case onlyType(parts[0], "string") && onlyType(parts[1], "integer"):
		l.intOrText(t, parts[1], parts[0])
	default:
		return false
	}
	l.marks(n, t)
	return true
}

// wordsOnly are the keys of a part of oneOf that say nothing about its values.
var wordsOnly = []string{"title", "description"}

// onlyType reports whether a part says that its values are of a type, and nothing more.
func onlyType(n *load.Node, word string) bool {
	return text(n.Member("type")) == word && !slices.ContainsFunc(n.Children, func(m *load.Node) bool {
		return m.Key != "type" && !slices.Contains(wordsOnly, m.Key)
	})
}

func (l *lowering) intOrText(t *ir.Type, number, words *load.Node) {
	t.Kind = ir.KindUnion
	t.Union = &ir.Union{Exclusive: true, Members: []*ir.Type{
		{Pos: number.Pos, Kind: ir.KindInt, Bits: 64}, {Pos: words.Pos, Kind: ir.KindString},
	}}
}

// single lowers one item or a list of such items into a list. It reports whether parts are that, in either order.
func (l *lowering) single(n *load.Node, t *ir.Type, s scope, parts []*load.Node) bool {
	item, list := parts[0], parts[1]
	if text(item.Member("type")) == "array" {
		item, list = list, item
	}
	if text(list.Member("type")) != "array" || !bytes.Equal(list.Member("items").JSON(), item.JSON()) {
		return false
	}
	for _, m := range list.Children {
		if !slices.Contains(wordsOnly, m.Key) && !slices.Contains([]string{"type", "items", "minItems", "maxItems", "uniqueItems"}, m.Key) {
			l.unsupported(m, "", "%q at the list of a oneOf", m.Key)
		}
	}
	t.Kind, t.Single = ir.KindList, true
	s.plain = false
	t.Elem = l.schema(list.Member("items"), l.inside(t, s))
	if t.Elem.Kind == ir.KindAny || t.Elem.Kind == ir.KindList && !t.Elem.Comma {
		l.list.Errorf(item.Place(), diag.CodeExtension, "an item of this kind, %s, cannot be told from a list", t.Elem.Kind)
	}
	t.Rules = append(t.Rules, l.facts(list, t).rules...)
	for _, m := range []*load.Node{n.Member("minItems"), list.Member("minItems")} {
		if i, ok := count(m); ok && i > 1 {
			l.badRule(m, "one item travels as the item itself, so %q cannot be %d", m.Key, i)
		}
	}
	return true
}

// commaList lowers a string that holds a list.
func (l *lowering) commaList(n *load.Node, t *ir.Type, s scope) {
	t.Kind, t.Comma = ir.KindList, true
	l.checkEnum(n, t.Kind)
	list := n.Member("x-msdk-list")
	if word, ok := l.text(list); ok && word != "comma" {
		l.unknown(list.Pos, diag.CodeUnknownValue, "kind of list", word, []string{"comma"})
	}
	items := n.Member("x-msdk-items")
	if items == nil {
		t.Elem = &ir.Type{Pos: n.Where(), Kind: ir.KindString}
		return
	}
	s.plain = false
	t.Elem = l.schema(items, l.inside(t, s))
	if !isScalar(t.Elem) {
		l.list.Errorf(items.Place(), diag.CodeExtension, "%q are strings or integers", items.Key)
	}
}
