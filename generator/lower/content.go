package lower

// Content types: JSON in both directions, and forms as requests.

import (
	"mime"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

const (
	jsonType = "application/json"
	formType = "application/x-www-form-urlencoded"
)

// plainType is a content type without its parameters, "" for one that is none.
func plainType(text string) string {
	plain, parameters, err := mime.ParseMediaType(text)
	if charset, stated := parameters["charset"]; err != nil || stated && !strings.EqualFold(charset, "utf-8") {
		return ""
	}
	return plain
}

// media returns the content of a body or response in one of the known types; every other content type is refused.
func (l *lowering) media(n *load.Node, known ...string) *load.Node {
	var found *load.Node
	for _, m := range members(n.Member("content")) {
		switch {
		case found != nil:
			l.unsupported(m, "", "a second content type, %q,", m.Key)
		case !slices.Contains(known, plainType(m.Key)):
			l.unsupported(m, "", "the content type %q", m.Key)
		default:
			l.refuse(m, mediaRefusals)
			found = m
		}
	}
	return found
}

// formMembers refuses what a form has no agreed way to write: everything but single values.
func (l *lowering) formMembers(b *ir.Body, schema *load.Node) {
	t := b.Type
	if t.Kind != ir.KindStruct {
		if schema != nil && !refused(schema) {
			l.unsupported(schema, "", "a form that is no object with properties")
		}
		return
	}
	if closed, stated := l.closed[t]; stated && !closed {
		l.list.Errorf(schema.Place(), diag.CodeUnsupported, "a form with members that no property describes is not supported")
	}
	for _, f := range t.Fields {
		switch k := baseKind(f.Type); {
		case k == ir.KindString || k == ir.KindInt || k == ir.KindFloat || k == ir.KindBool:
			if f.Nullable || f.Type.Nullable {
				l.list.Errorf(f.Pos, diag.CodeUnsupported, "null in a form, as %q, is not supported", f.Name.Spec).Suggest("leave the member out")
			}
		default:
			l.list.Errorf(f.Pos, diag.CodeUnsupported, "a member of a form of the kind %s, %q, is not supported", k, f.Name.Spec).
				Suggest("a form holds text, numbers and truth values")
		}
	}
}
