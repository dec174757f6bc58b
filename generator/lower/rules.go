package lower

// Constraints, and the other facts that a schema states about one value: they go to the field at a property, else to the type.

import (
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// facts is what a schema says about a value beyond its shape.
type facts struct {
	rules     []*ir.Rule // in document order
	accept    []ir.Kind
	embedded  bool // a text that holds the value as JSON is taken too
	sensitive bool
	nullable  bool
	def       *ir.Value
	single    *ir.Value // the only value that enum or const allows
}

// constraint is one keyword and the kinds of values that it applies to.
type constraint struct {
	keyword string
	kinds   []ir.Kind
	read    func(l *lowering, n, schema *load.Node, t *ir.Type) *ir.Rule
}

var (
	onText   = []ir.Kind{ir.KindString}
	onNumber = []ir.Kind{ir.KindInt, ir.KindFloat}
	onList   = []ir.Kind{ir.KindList}
	onObject = []ir.Kind{ir.KindStruct, ir.KindMap}
)

// constraints are the keywords that become rules.
var constraints = []constraint{
	{"minLength", onText, readCount},
	{"maxLength", onText, readLimit},
	{"pattern", onText, readPattern},
	{"x-msdk-max-bytes", onText, readBytes},
	{"minimum", onNumber, readBound},
	{"maximum", onNumber, readBound},
	{"exclusiveMinimum", onNumber, readExclusive},
	{"exclusiveMaximum", onNumber, readExclusive},
	{"multipleOf", onNumber, readStep},
	{"minItems", onList, readCount},
	{"maxItems", onList, readLimit},
	{"uniqueItems", onList, readUnique},
	{"minProperties", onObject, readCount},
	{"maxProperties", onObject, readLimit},
}

// facts reads what n states about values of t.
func (l *lowering) facts(n *load.Node, t *ir.Type) facts {
	var f facts
	kind := baseKind(t)
	if kind == ir.KindAny && (refused(n) || typeRefused(n)) {
		l.untyped[t] = true
	}
	for _, m := range members(n) {
		i := slices.IndexFunc(constraints, func(c constraint) bool { return c.keyword == m.Key })
		if i < 0 {
			continue
		}
		if kind == ir.KindAny {
			if !refused(n) && !typeRefused(n) {
				l.unsupported(m, "state the type", "%q without a type", m.Key)
			}
			l.untyped[t] = true
			continue
		}
		if !slices.Contains(constraints[i].kinds, kind) {
			l.badRule(m, "%q does not apply to this type, %s", m.Key, word(kind))
			continue
		}
		if r := constraints[i].read(l, m, n, t); r != nil {
			f.rules = append(f.rules, r)
		}
	}
	if kind == ir.KindString || kind == ir.KindInt || kind == ir.KindFloat || kind == ir.KindBool {
		if values := enumValues(n); len(values) == 1 {
			v := value(values[0])
			f.single = &v
			f.rules = append(f.rules, &ir.Rule{Pos: v.Pos, Keyword: "const", Text: v.Text})
		}
	}
	l.checkRanges(append(f.rules[:len(f.rules):len(f.rules)], t.Rules...), t)
	f.accept, f.embedded = l.accept(n.Member("x-msdk-accept"), kind)
	f.sensitive = l.boolean(n.Member("x-msdk-sensitive"))
	f.nullable = isTrue(n.Member("nullable"))
	for _, word := range members(n.Member("type")) {
		f.nullable = f.nullable || word.Value == "null"
	}
	if m := n.Member("default"); m != nil {
		f.def = l.fallback(m, t, f)
	}
	l.sample(n.Member("example"), t, f)
	for _, m := range members(n.Member("examples")) {
		l.sample(m, t, f)
	}
	return f
}

func (l *lowering) badRule(n *load.Node, format string, args ...any) {
	l.list.Errorf(n.Place(), diag.CodeBadRule, format, args...)
}

func readCount(l *lowering, n, _ *load.Node, _ *ir.Type) *ir.Rule {
	i, ok := count(n)
	if !ok {
		if isKind(n, load.Number) && !strings.ContainsAny(n.Value, "-.eE") {
			l.badRule(n, "%q is more than 64 bits can count", n.Key)
		} else {
			l.badRule(n, "%q takes a whole number that is not negative", n.Key)
		}
		return nil
	}
	return &ir.Rule{Pos: n.Place(), Keyword: n.Key, Int: i}
}

// readLimit is readCount for an upper limit; 0 would leave nothing but the empty value.
func readLimit(l *lowering, n, schema *load.Node, t *ir.Type) *ir.Rule {
	r := readCount(l, n, schema, t)
	if r != nil && r.Int == 0 {
		l.badRule(n, "%q of 0 leaves nothing to send", n.Key)
		return nil
	}
	return r
}

// readBytes reads the limit that OpenAPI has no keyword for.
func readBytes(l *lowering, n, schema *load.Node, t *ir.Type) *ir.Rule {
	if _, ok := l.integer(n); !ok {
		return nil
	}
	return readLimit(l, n, schema, t)
}

// backReference recognizes the complaint about \1 and its like.
var backReference = regexp.MustCompile("`\\\\[1-9]`$")

func readPattern(l *lowering, n, _ *load.Node, _ *ir.Type) *ir.Rule {
	if _, err := regexp.Compile(n.Value); err != nil {
		reason := strings.TrimPrefix(err.Error(), "error parsing regexp: ")
		d := l.list.Errorf(n.Pos, diag.CodeBadPattern, "the pattern cannot be run: %s", reason)
		switch {
		case strings.Contains(reason, "`(?"):
			d.Suggest("look-ahead and look-behind are no part of Go's regular expressions; state the rest of the rule in the description")
		case backReference.MatchString(reason):
			d.Suggest("references back to a group are no part of Go's regular expressions; state the rest of the rule in the description")
		}
		return nil
	}
	return &ir.Rule{Pos: n.Place(), Keyword: n.Key, Text: n.Value}
}

// readBound reads minimum and maximum. In OpenAPI 3.0 the exclusive keyword beside it is true or false and changes its meaning.
func readBound(l *lowering, n, schema *load.Node, t *ir.Type) *ir.Rule {
	if !l.isBound(n, t) {
		return nil
	}
	r := &ir.Rule{Pos: n.Place(), Keyword: n.Key, Number: boundText(n, t)}
	if exclusive := exclusiveTwin[n.Key]; isTrue(schema.Member(exclusive)) {
		r.Keyword = exclusive
	}
	return r
}

var exclusiveTwin = map[string]string{"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}

func (l *lowering) isBound(n *load.Node, t *ir.Type) bool {
	if !isKind(n, load.Number) {
		l.badRule(n, "%q takes a number", n.Key)
		return false
	}
	if baseKind(t) != ir.KindInt {
		return true
	}
	whole := boundText(n, t)
	if !isInteger(whole) {
		l.badRule(n, "%q of an integer takes an integer, not %s", n.Key, n.Value)
		return false
	}
	if !inRange(whole, t) {
		l.badRule(n, "%q is out of the range of the type, which bounds it anyway", n.Key)
		return false
	}
	return true
}

// boundText is a bound as a rule states it. For integers it loses an exponent and a fraction of zeros, 1e3 and 5.0, which some
// writers of JSON produce.
func boundText(n *load.Node, t *ir.Type) string {
	if exact, ok := number(n.Value); ok && baseKind(t) == ir.KindInt && exact.IsInt() {
		return exact.Num().String()
	}
	return n.Value
}

func readExclusive(l *lowering, n, schema *load.Node, t *ir.Type) *ir.Rule {
	if l.v31 {
		if !l.isBound(n, t) {
			return nil
		}
		return &ir.Rule{Pos: n.Place(), Keyword: n.Key, Number: boundText(n, t)}
	}
	bound := map[string]string{"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}[n.Key]
	if n.Kind != load.Bool {
		l.badRule(n, "%q is true or false in OpenAPI 3.0", n.Key)
	} else if isTrue(n) && !schema.Has(bound) {
		l.badRule(n, "%q needs %q beside it", n.Key, bound)
	}
	return nil // readBound made the rule
}

func readStep(l *lowering, n, _ *load.Node, t *ir.Type) *ir.Rule {
	if !l.isBound(n, t) {
		return nil
	}
	if step, ok := number(n.Value); !ok || step.Sign() <= 0 {
		l.badRule(n, "%q takes a number above 0", n.Key)
		return nil
	}
	return &ir.Rule{Pos: n.Place(), Keyword: n.Key, Number: boundText(n, t)}
}

// readUnique reads uniqueItems. Lists, objects and any value would have to be compared as JSON, and numbers with a fraction have
// several spellings.
func readUnique(l *lowering, n, _ *load.Node, t *ir.Type) *ir.Rule {
	if !isTrue(n) {
		return nil
	}
	switch k := baseKind(t.Elem); k {
	case ir.KindString, ir.KindInt, ir.KindBool:
	default:
		l.unsupported(n, "text, integers, booleans and enums can be compared", "%q over items of the kind %s", n.Key, k)
		return nil
	}
	return &ir.Rule{Pos: n.Place(), Keyword: n.Key}
}

// maxExponentDigits bounds the exponent of a number that is compared exactly: 1e999999999 would take gigabytes.
const maxExponentDigits = 4

// number reads a JSON number exactly.
func number(s string) (*big.Rat, bool) {
	for i, c := range s {
		if (c == 'e' || c == 'E') && len(s)-i-1 > maxExponentDigits {
			return nil, false
		}
	}
	return new(big.Rat).SetString(s)
}

// ranges pairs the keywords that can contradict each other. strict: equal bounds contradict too.
var ranges = []struct {
	low, high string
	strict    bool
}{
	{"minLength", "maxLength", false},
	{"minLength", "x-msdk-max-bytes", false},
	{"minItems", "maxItems", false},
	{"minProperties", "maxProperties", false},
	{"minimum", "maximum", false},
	{"exclusiveMinimum", "maximum", true},
	{"minimum", "exclusiveMaximum", true},
	{"exclusiveMinimum", "exclusiveMaximum", true},
}

// checkRanges reports lower limits above upper ones. Rules of the type take part when a field adds some.
func (l *lowering) checkRanges(rules []*ir.Rule, t *ir.Type) {
	find := func(keyword string) *ir.Rule {
		i := slices.IndexFunc(rules, func(r *ir.Rule) bool { return r.Keyword == keyword })
		if i < 0 {
			return nil
		}
		return rules[i]
	}
	for _, pair := range ranges {
		low, high := find(pair.low), find(pair.high)
		if low == nil || high == nil || slices.Contains(t.Rules, low) && slices.Contains(t.Rules, high) {
			continue
		}
		a, b := bound(low), bound(high)
		if a == nil || b == nil {
			continue
		}
		if c := a.Cmp(b); c > 0 || pair.strict && c == 0 {
			l.list.Errorf(low.Pos, diag.CodeBadRule, "%q and %q leave no value", pair.low, pair.high).See(high.Pos, "the upper limit")
		}
	}
}

func bound(r *ir.Rule) *big.Rat {
	if r.Number == "" {
		return new(big.Rat).SetInt64(r.Int)
	}
	n, _ := number(r.Number)
	return n
}

// accept decodes x-msdk-accept for a value of the given kind.
func (l *lowering) accept(n *load.Node, kind ir.Kind) (kinds []ir.Kind, embedded bool) {
	for _, listed := range l.texts(n) {
		k, ok := map[string]ir.Kind{"string": ir.KindString, "integer": ir.KindInt}[listed.Value]
		switch {
		case listed.Value == embeddedJSON && kind == ir.KindStruct:
			embedded = true
		case listed.Value == embeddedJSON:
			l.list.Errorf(listed.Pos, diag.CodeExtension, "%q applies to objects with properties, not to %s", listed.Value, word(kind))
		case !ok:
			l.unknown(listed.Pos, diag.CodeUnknownValue, "kind", listed.Value, []string{"string", "integer", embeddedJSON})
		case kind != ir.KindString && kind != ir.KindInt:
			l.list.Errorf(listed.Pos, diag.CodeExtension, "%q applies to strings and integers, not to %s", n.Key, word(kind))
		case k == kind:
			l.list.Errorf(listed.Pos, diag.CodeExtension, "%q is the declared type already", listed.Value)
		case !slices.Contains(kinds, k):
			kinds = append(kinds, k)
		}
	}
	return kinds, embedded
}

// embeddedJSON is the word of x-msdk-accept for an object that may travel as JSON text inside a string.
const embeddedJSON = "embedded-json"

// shown is a value as a message quotes it.
func shown(n *load.Node) string {
	text := string(n.JSON())
	if runes := []rune(text); len(runes) > maxShown {
		return string(runes[:maxShown]) + "…"
	}
	return text
}

// fallback reads default, which has to satisfy its own schema.
func (l *lowering) fallback(n *load.Node, t *ir.Type, f facts) *ir.Value {
	v := value(n)
	check := validator{}
	check.value(n, "", t, f)
	for _, b := range check.breaches {
		l.list.Errorf(n.Place(), diag.CodeBadRule, "the default %s breaks its own schema: %s", shown(n), b.sentence())
	}
	if len(check.breaches) > 0 {
		return nil
	}
	return &v
}
