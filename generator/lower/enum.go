package lower

// Enums. A closed one is OpenAPI's enum: two or more values make a type with constants, one value is a constant. An open one has no
// keyword in OpenAPI, whose enum other tools take as closed: its values stand in x-msdk-enum alone.

import (
	"strconv"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// enumValues returns the values that enum or const lists, null set aside.
func enumValues(n *load.Node) []*load.Node {
	if single := n.Member("const"); single != nil {
		return []*load.Node{single}
	}
	var values []*load.Node
	for _, v := range members(n.Member("enum")) {
		if v.Kind != load.Null {
			values = append(values, v)
		}
	}
	return values
}

// isOpenEnum reports whether x-msdk-enum lists values that others may join.
func isOpenEnum(n *load.Node) bool {
	return n.Has("x-msdk-enum") && !n.Has("enum") && !n.Has("const")
}

// openValues returns the values of an open enum.
func openValues(n *load.Node) []*load.Node {
	if !isOpenEnum(n) {
		return nil
	}
	var values []*load.Node
	for _, entry := range members(n.Member("x-msdk-enum")) {
		if v := entry.Member("value"); v != nil {
			values = append(values, v)
		}
	}
	return values
}

// checkEnum reports values of the wrong kind and repeated ones, and enums of kinds that have none.
func (l *lowering) checkEnum(n *load.Node, kind ir.Kind) {
	values := enumValues(n)
	if len(values) == 0 {
		if enum := n.Member("enum"); enum != nil {
			l.badRule(enum, "an enum without a value allows nothing")
		}
		l.checkValues(openValues(n), kind)
		return
	}
	if kind != ir.KindString && kind != ir.KindInt {
		if len(values) > 1 || kind != ir.KindBool && kind != ir.KindFloat {
			l.unsupported(n.Member("enum"), "", "an enum of anything but strings and integers")
			return
		}
	}
	l.checkValues(values, kind)
}

func (l *lowering) checkValues(values []*load.Node, kind ir.Kind) {
	seen := map[string]*load.Node{}
	for _, v := range values {
		literal := value(v)
		if literal.Kind != kind && !(kind == ir.KindFloat && literal.Kind == ir.KindInt) {
			d := l.list.Errorf(v.Pos, diag.CodeBadRule, "the value %s is not of the declared type, %s", v.JSON(), word(kind))
			switch {
			case kind == ir.KindString && (v.Kind == load.Number || v.Kind == load.Bool):
				d.Suggest("put it in quotes: %q", v.Value)
			case kind == ir.KindInt && v.Kind == load.Text && isWhole(v.Value):
				d.Suggest("leave out the quotes")
			}
		}
		if kind == ir.KindInt && literal.Kind == ir.KindInt {
			if _, err := strconv.ParseInt(v.Value, 10, 64); err != nil {
				l.list.Errorf(v.Pos, diag.CodeBadRule, "the value %s is out of range", v.Value)
			}
		}
		if first := seen[string(v.JSON())]; first != nil {
			l.list.Errorf(v.Pos, diag.CodeBadRule, "the value %s is listed twice", v.JSON()).See(first.Pos, "first listed here")
		}
		seen[string(v.JSON())] = v
	}
}

func isWhole(text string) bool {
	_, err := strconv.ParseInt(text, 10, 64)
	return err == nil
}

// valuesFit reports values of an integer that its format has no room for.
func (l *lowering) valuesFit(n *load.Node, t *ir.Type) {
	if t.Kind != ir.KindInt {
		return
	}
	for _, v := range append(enumValues(n), openValues(n)...) {
		if _, err := strconv.ParseInt(v.Value, 10, 64); err == nil && !inRange(v.Value, t) {
			l.list.Errorf(v.Pos, diag.CodeBadRule, "the value %s is out of the range of the format %s", v.Value, t.Format)
		}
	}
}

// enum makes t, a string or integer, an enum type.
func (l *lowering) enum(n *load.Node, t *ir.Type, s scope) {
	t.Base, t.Kind, t.Open = t.Kind, ir.KindEnum, isOpenEnum(n)
	l.lift(n, t, s)
	entries, _ := n.Member("x-msdk-enum").AsList(l.list)
	if t.Open {
		l.openEnum(n, n.Member("x-msdk-enum"), entries, t)
		return
	}
	for _, v := range enumValues(n) {
		t.Values = append(t.Values, enumValue(v))
	}
	if names := n.Member("x-msdk-enum"); isKind(names, load.List) {
		l.nameValues(n, names, t)
	}
}

func enumValue(v *load.Node) *ir.EnumValue {
	return &ir.EnumValue{Pos: v.Pos, Name: ir.Name{Spec: v.Value, Pos: v.Pos}, Value: value(v)}
}

// openEnum reads values, names and descriptions from one list; around is the schema that has it.
func (l *lowering) openEnum(around, list *load.Node, entries []*load.Node, t *ir.Type) {
	if isKind(list, load.List) && len(entries) == 0 {
		l.list.Errorf(list.Place(), diag.CodeExtension, "%q lists no value", list.Key)
	}
	for _, entry := range entries {
		if !l.mapping(entry, "value", "name", "description") {
			continue
		}
		if !entry.Has("value") && around.Incomplete() {
			continue // the enum beside it was refused, and with it the values that the entries name
		}
		if v := l.need(entry, "value"); v != nil {
			t.Values = append(t.Values, enumValue(v))
			l.describeValue(entry, t.Values[len(t.Values)-1])
		}
	}
}

// nameValues reads the names of the values that enum lists, in the same order.
func (l *lowering) nameValues(n, names *load.Node, t *ir.Type) {
	if len(names.Children) != len(t.Values) {
		l.list.Errorf(names.Place(), diag.CodeExtension, "%q has %d entries for %d values", names.Key, len(names.Children), len(t.Values)).
			See(n.Member("enum").Where(), "the values")
		return
	}
	for i, entry := range names.Children {
		if v := entry.Member("value"); v != nil {
			l.list.Errorf(v.Place(), diag.CodeExtension, "the values stand under enum, which closes the set").
				Suggest("leave enum out if other values are possible, else the key %q", v.Key)
			continue
		}
		if l.mapping(entry, "name", "description") && l.need(entry, "name") != nil {
			l.describeValue(entry, t.Values[i])
		}
	}
}

func (l *lowering) describeValue(entry *load.Node, v *ir.EnumValue) {
	if name, ok := l.text(entry.Member("name")); ok {
		v.Name.Override, v.Name.Pos = name, entry.Member("name").Pos
	}
	v.Doc.Description, _ = l.text(entry.Member("description"))
}
