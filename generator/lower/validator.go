package lower

// The validator of examples and defaults. It works on the tree, so that a breach points at the value inside the example, and it
// sees a request as the client sees it that is about to send it: an empty value of a required or expected member is a breach.
// It says what the generated validator says of the same value, in the same words: an example as printed is held to them on both
// sides. What it says of a wrong kind or of an unknown member is its own; there, the generated reader stops, or passes over it.

import (
	"bytes"
	"encoding/json"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

type validator struct {
	request  bool
	closed   map[*ir.Type]bool
	breaches []breach
	outer    []*load.Node // the objects around the value, the nearest one last
	ours     bool         // some value has a kind that an extension alone allows, so that other tools refuse it
}

// The rules that are about absence, and those that the generated code has no violation for.
const (
	ruleRequired = "required"
	ruleExpected = "expected"
	ruleType     = "type"
	ruleUnknown  = "additionalProperties"
)

// ruleWord is the name of a rule in a violation: the extensions go without their prefix.
func ruleWord(keyword string) string { return strings.TrimPrefix(keyword, "x-msdk-") }

// add keeps a breach. A member that is missing or empty is not reported a second time for what its emptiness breaks as well.
func (v *validator) add(pos diag.Pos, path, rule string, stated diag.Pos, limit string) {
	for _, b := range v.breaches {
		if b.path == path && (b.rule == ruleRequired || b.rule == ruleExpected) {
			return
		}
	}
	v.breaches = append(v.breaches, breach{pos, path, ruleWord(rule), stated, limit})
}

// value checks n against a type and what a field says about it.
func (v *validator) value(n *load.Node, path string, t *ir.Type, f facts) {
	if n.Kind == load.Null {
		if !f.nullable && !t.Nullable && t.Kind != ir.KindAny {
			v.add(n.Pos, path, ruleType, t.Pos, typeWord(t))
		}
		return
	}
	if (f.embedded || t.AcceptEmbedded) && n.Kind == load.Text && json.Valid([]byte(n.Value)) {
		v.ours = true
		return // what the text holds is the reader's to judge, as with x-msdk-embedded-json
	}
	if !fits(n, t, slices.Concat(f.accept, t.Accept)) {
		v.add(n.Pos, path, ruleType, t.Pos, typeWord(t))
		return
	}
	v.ours = v.ours || !fits(n, t, nil) || t.EmptyList && n.Kind == load.List
	single := false
	switch {
	case t.Comma:
		n = split(n, t.Elem)
	case t.Single && n.Kind != load.List:
		n, single = &load.Node{Kind: load.List, Pos: n.Pos, Children: []*load.Node{n}}, true
	}
	for _, r := range slices.Concat(f.rules, t.Rules) {
		if holds := holds[r.Keyword]; holds != nil && !holds(n, r) {
			v.add(n.Pos, path, r.Keyword, r.Pos, limitOf(r))
			if r.Keyword == "maxItems" && !t.Comma { // what is beyond the limit is not looked at
				n = &load.Node{Kind: load.List, Pos: n.Pos, Children: n.Children[:r.Int]}
			}
		}
	}
	if t.Embedded {
		return
	}
	if single {
		v.value(n.Children[0], path, t.Elem, facts{})
		return
	}
	v.parts(n, path, t)
}

// parts checks what a value that fits t consists of.
func (v *validator) parts(n *load.Node, path string, t *ir.Type) {
	switch t.Kind {
	case ir.KindEnum:
		switch {
		case t.Open || member(n.Value, t):
		case t.Flags:
			v.add(n.Pos, path, "flags", t.Pos, "")
		default:
			v.add(n.Pos, path, "enum", t.Pos, oneOfValues(t))
		}
	case ir.KindList:
		for i, item := range n.Children {
			v.value(item, path+"["+strconv.Itoa(i)+"]", t.Elem, facts{})
		}
	case ir.KindMap:
		for _, m := range n.Children {
			v.value(m, join(path, m.Key), t.Elem, facts{})
		}
	case ir.KindStruct:
		v.object(n, path, t)
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// fits reports whether n has a JSON kind that t takes.
func fits(n *load.Node, t *ir.Type, accept []ir.Kind) bool {
	switch {
	case t.Embedded:
		return n.Kind == load.Text && json.Valid([]byte(n.Value))
	case t.Comma:
		return n.Kind == load.Text && !slices.ContainsFunc(split(n, t.Elem).Children, func(item *load.Node) bool { return !fits(item, t.Elem, nil) })
	case t.Single && n.Kind != load.List:
		return fits(n, t.Elem, t.Elem.Accept)
	}
	switch baseKind(t) {
	case ir.KindBool:
		return n.Kind == load.Bool
	case ir.KindInt:
		return n.Kind == load.Number && inRange(n.Value, t) ||
			n.Kind == load.Text && slices.Contains(accept, ir.KindString) && inRange(n.Value, t)
	case ir.KindFloat:
		return n.Kind == load.Number
	case ir.KindString:
		return n.Kind == load.Text || n.Kind == load.Number && isInteger(n.Value) && slices.Contains(accept, ir.KindInt)
	case ir.KindList:
		return n.Kind == load.List
	case ir.KindUnion:
		return n.Kind == load.Text || n.Kind == load.Number && inRange(n.Value, t.Union.Members[0])
	case ir.KindMap, ir.KindStruct:
		return n.Kind == load.Mapping || n.Kind == load.List && len(n.Children) == 0 && t.EmptyList
	}
	return true
}

// split is a list that travels as one string as the list that it stands for.
func split(n *load.Node, elem *ir.Type) *load.Node {
	list := &load.Node{Kind: load.List, Pos: n.Pos}
	if n.Value == "" {
		return list
	}
	for _, part := range strings.Split(n.Value, ",") {
		item := &load.Node{Kind: load.Text, Pos: n.Pos, Value: part}
		if baseKind(elem) == ir.KindInt && inRange(part, elem) {
			item.Kind = load.Number
		}
		list.Children = append(list.Children, item)
	}
	return list
}

func inRange(number string, t *ir.Type) bool {
	bits := t.Bits
	if bits == 0 {
		bits = 64
	}
	if t.Unsigned {
		_, err := strconv.ParseUint(number, 10, bits)
		return err == nil
	}
	_, err := strconv.ParseInt(number, 10, bits)
	return err == nil
}

// member reports whether a closed enum has the value; with flags, whether it is made of the listed bits.
func member(text string, t *ir.Type) bool {
	if !t.Flags {
		return listed(t, text)
	}
	bits, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return false
	}
	for _, v := range t.Values {
		if bit, err := strconv.ParseInt(v.Value.Text, 10, 64); err == nil {
			bits &^= bit
		}
	}
	return bits == 0
}

// object checks the members of a struct.
func (v *validator) object(n *load.Node, path string, t *ir.Type) {
	if v.closed[t] {
		for _, m := range n.Children {
			if !slices.ContainsFunc(t.Fields, func(f *ir.Field) bool { return f.Name.Spec == m.Key }) {
				v.add(m.Place(), join(path, m.Key), ruleUnknown, t.Pos, "")
			}
		}
	}
	for _, f := range t.Fields {
		if f.In != ir.InBody {
			continue
		}
		m := n.Member(f.Name.Spec)
		v.presence(n, m, join(path, f.Name.Spec), f)
		if m != nil && !emptyText(m, f) {
			v.outer = append(v.outer, n)
			v.value(m, join(path, f.Name.Spec), f.Type, fieldFacts(f))
			v.outer = v.outer[:len(v.outer)-1]
		}
		for _, r := range f.Rules {
			if r.When != nil && absent(m, f) && v.applies(n, r.When) {
				v.add(placeOf(m, n), join(path, f.Name.Spec), r.Keyword, r.Pos, "")
			}
		}
	}
}

func placeOf(m, around *load.Node) diag.Pos {
	if m != nil {
		return m.Pos
	}
	return around.Pos
}

func fieldFacts(f *ir.Field) facts {
	facts := facts{rules: f.Rules, accept: f.Accept, embedded: f.AcceptEmbedded, nullable: f.Nullable}
	if f.Fill != nil && f.Fill.Constant != nil {
		facts.rules = append(facts.rules[:len(facts.rules):len(facts.rules)], &ir.Rule{Keyword: "const", Text: f.Fill.Constant.Text})
	}
	return facts
}

// presence checks that a member is there, and in a request that it is not empty. A number cannot be: 0 is a value.
func (v *validator) presence(n, m *load.Node, path string, f *ir.Field) {
	rule := ruleExpected
	if f.Required {
		rule = ruleRequired
	}
	switch {
	case !f.Plain():
	case f.Required && (m == nil || m.Kind == load.Null && !nullable(f)):
		v.add(placeOf(m, n), path, rule, f.Pos, "")
	case !v.request || f.Fill != nil || f.MayBeEmpty || !canBeEmpty(f.Type):
	case f.Required && closedEnum(f.Type): // a closed set refuses the empty text itself
	case m == nil || m.Kind == load.Null && !nullable(f) || isEmpty(m, f.Type):
		v.add(placeOf(m, n), path, rule, f.Pos, "")
	}
}

func nullable(f *ir.Field) bool { return f.Nullable || f.Type.Nullable || f.Type.Kind == ir.KindAny }

func closedEnum(t *ir.Type) bool { return t.Kind == ir.KindEnum && !t.Open && !t.Flags }

func canBeEmpty(t *ir.Type) bool {
	k := baseKind(t)
	return k == ir.KindString || k == ir.KindList || k == ir.KindMap || k == ir.KindUnion
}

// isEmpty reports the empty text, list or map. The empty object as the single item of a list is an item.
func isEmpty(m *load.Node, t *ir.Type) bool {
	switch m.Kind {
	case load.Text:
		return m.Value == ""
	case load.List:
		return len(m.Children) == 0
	case load.Mapping:
		return len(m.Children) == 0 && t.Kind == ir.KindMap
	}
	return false
}

// absent reports what x-msdk-required-when complains of. A plain number cannot be absent: 0 is a value.
func absent(m *load.Node, f *ir.Field) bool {
	switch {
	case m == nil || m.Kind == load.Null:
		return !f.Plain() || canBeEmpty(f.Type)
	case canBeEmpty(f.Type):
		return isEmpty(m, f.Type)
	}
	return false
}

// emptyText reports the empty text of an expected member: that it is empty is all there is to say, and that only in a request.
func emptyText(m *load.Node, f *ir.Field) bool {
	return f.Expected && !f.Required && baseKind(f.Type) == ir.KindString && isKind(m, load.Text) && m.Value == ""
}

// applies reports whether the condition holds; n is the object that has the conditional member.
func (v *validator) applies(n *load.Node, c *ir.Condition) bool {
	holder := n
	if c.Up > 0 {
		if c.Up > len(v.outer) {
			return false
		}
		holder = v.outer[len(v.outer)-c.Up]
	}
	m := holder.Member(c.Field)
	return m != nil && slices.ContainsFunc(c.Values, func(value ir.Value) bool { return value.Text == m.Value })
}

// holds says for each keyword whether a value of a fitting kind keeps the rule. A number that is written as a string
// (x-msdk-accept) is measured by what it says.
var holds = map[string]func(n *load.Node, r *ir.Rule) bool{
	"const":     func(n *load.Node, r *ir.Rule) bool { return n.Value == r.Text },
	"minLength": func(n *load.Node, r *ir.Rule) bool { return int64(utf8.RuneCountInString(n.Value)) >= r.Int },
	"maxLength": func(n *load.Node, r *ir.Rule) bool { return int64(utf8.RuneCountInString(n.Value)) <= r.Int },
	"x-msdk-max-bytes": func(n *load.Node, r *ir.Rule) bool {
		return int64(len(n.Value)) <= r.Int
	},
	"pattern": func(n *load.Node, r *ir.Rule) bool {
		re, err := regexp.Compile(r.Text)
		return err != nil || re.MatchString(n.Value)
	},
	"minimum":          compared(func(c int) bool { return c >= 0 }),
	"maximum":          compared(func(c int) bool { return c <= 0 }),
	"exclusiveMinimum": compared(func(c int) bool { return c > 0 }),
	"exclusiveMaximum": compared(func(c int) bool { return c < 0 }),
	"multipleOf": func(n *load.Node, r *ir.Rule) bool {
		a, okA := number(n.Value)
		b, okB := number(r.Number)
		return !okA || !okB || b.Sign() == 0 || new(big.Rat).Quo(a, b).IsInt()
	},
	"minItems":      func(n *load.Node, r *ir.Rule) bool { return n.Kind != load.List || int64(len(n.Children)) >= r.Int },
	"maxItems":      func(n *load.Node, r *ir.Rule) bool { return n.Kind != load.List || int64(len(n.Children)) <= r.Int },
	"minProperties": func(n *load.Node, r *ir.Rule) bool { return int64(len(n.Children)) >= r.Int },
	"maxProperties": func(n *load.Node, r *ir.Rule) bool { return int64(len(n.Children)) <= r.Int },
	"uniqueItems":   unique,
}

func compared(ok func(int) bool) func(*load.Node, *ir.Rule) bool {
	return func(n *load.Node, r *ir.Rule) bool {
		a, okA := number(n.Value)
		b, okB := number(r.Number)
		return !okA || !okB || ok(a.Cmp(b))
	}
}

func unique(n *load.Node, _ *ir.Rule) bool {
	for i, a := range n.Children {
		for _, b := range n.Children[:i] {
			if bytes.Equal(a.JSON(), b.JSON()) {
				return false
			}
		}
	}
	return true
}
