package lower

// Reading of tree nodes. The tree alone is read here, not kin-openapi's structs beside it: those lose the order of mappings,
// the difference between an absent number and 0, the spelling of numbers, and in OpenAPI 3.1 they fold what stands beside a
// $ref into the one value that all users of the reference share.
//
// The accessors answer the zero value for a key of the wrong kind: that OpenAPI's own keys have the right kind is checked by load.

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

func isKind(n *load.Node, k load.NodeKind) bool { return n != nil && n.Kind == k }

func text(n *load.Node) string {
	if isKind(n, load.Text) {
		return n.Value
	}
	return ""
}

func isTrue(n *load.Node) bool { return isKind(n, load.Bool) && n.Value == "true" }

func isFalse(n *load.Node) bool { return isKind(n, load.Bool) && n.Value == "false" }

// members are the members of a mapping or the items of a list, none for anything else.
func members(n *load.Node) []*load.Node {
	if n == nil {
		return nil
	}
	return n.Children
}

// maxRefs bounds a chain of references to references; a longer one is a circle.
const maxRefs = 64

// resolve follows $ref where something other than a schema is referred to. A dangling reference was reported by load.
func (l *lowering) resolve(n *load.Node) *load.Node {
	start := n
	for range maxRefs {
		ref := text(n.Member("$ref"))
		if ref == "" {
			return n
		}
		target := l.doc.At(pointer(ref))
		if target == nil {
			return nil
		}
		n = target
	}
	l.list.Errorf(start.Place(), diag.CodeInvalidOpenAPI, "the reference leads back to itself")
	return nil
}

// pointer is the JSON pointer of a local reference. Others lead nowhere: load refuses them.
func pointer(ref string) string {
	fragment, ok := strings.CutPrefix(ref, "#")
	if !ok {
		return "/ "
	}
	if plain, err := url.PathUnescape(fragment); err == nil {
		return plain
	}
	return fragment
}

const schemasPrefix = "/components/schemas/"

// componentName returns the name of the schema component that ref names.
func componentName(ref string) (string, bool) {
	name, ok := strings.CutPrefix(pointer(ref), schemasPrefix)
	if !ok || strings.Contains(name, "/") {
		return "", false
	}
	return strings.NewReplacer("~1", "/", "~0", "~").Replace(name), true
}

// value is a literal of the document.
func value(n *load.Node) ir.Value {
	v := ir.Value{Pos: n.Pos, Text: n.Value}
	switch n.Kind {
	case load.Text:
		v.Kind = ir.KindString
	case load.Bool:
		v.Kind = ir.KindBool
	case load.Number:
		v.Kind = ir.KindFloat
		if isInteger(n.Value) {
			v.Kind = ir.KindInt
		}
	default:
		v.Kind = ir.KindAny
		v.Text = string(n.JSON())
		v.IsNull = n.Kind == load.Null
	}
	return v
}

// isInteger reports whether a JSON number is written without fraction and exponent.
func isInteger(number string) bool { return !strings.ContainsAny(number, ".eE") }

// count reads a length or a number of things.
func count(n *load.Node) (int64, bool) {
	if !isKind(n, load.Number) {
		return 0, false
	}
	i, err := strconv.ParseInt(n.Value, 10, 64)
	return i, err == nil && i >= 0
}

// describe reads what is said about a thing in words.
func (l *lowering) describe(n *load.Node) ir.Doc {
	return ir.Doc{
		Summary:     text(n.Member("summary")),
		Description: text(n.Member("description")),
		Deprecated:  isTrue(n.Member("deprecated")),
		Source:      l.source(n.Member("x-msdk-doc")),
	}
}
