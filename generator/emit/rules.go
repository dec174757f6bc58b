package emit

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// One row a rule: the checker's method, what it is given, and what a field's documentation says about it.

// ruleKind is how a keyword is emitted.
type ruleKind struct {
	method string                                                                     // of the checker
	args   func(f *ir.Field, t *ir.Type, r *ir.Rule, value *jen.Statement) []jen.Code // behind the name
	fact   string                                                                     // %s stands for the limit
}

var ruleKinds = map[string]ruleKind{
	"minLength":        {"minLength", textAndInt, "at least %s characters"},
	"maxLength":        {"maxLength", textAndInt, "at most %s characters"},
	"x-msdk-max-bytes": {"maxBytes", textAndInt, "at most %s bytes"},
	"pattern":          {"pattern", textAndPattern, "matches %s"},
	"minimum":          {"minimum", numberAndBound, "at least %s"},
	"maximum":          {"maximum", numberAndBound, "at most %s"},
	"exclusiveMinimum": {"exclusiveMinimum", numberAndBound, "more than %s"},
	"exclusiveMaximum": {"exclusiveMaximum", numberAndBound, "less than %s"},
	"multipleOf":       {"multipleOf", numberAndBound, "a multiple of %s"},
	"minItems":         {"minItems", lengthAndInt, "at least %s items"},
	"maxItems":         {"maxItems", lengthAndInt, "at most %s items"},
	"minProperties":    {"minProperties", lengthAndInt, "at least %s members"},
	"maxProperties":    {"maxProperties", lengthAndInt, "at most %s members"},
	"uniqueItems":      {"uniqueItems", itemsAlone, "no item twice"},
	"const":            {"const", constantAlone, "always %s"},
}

// ruleCheck is the test of one rule, nil for rules that are tested elsewhere.
func ruleCheck(f *ir.Field, t *ir.Type, r *ir.Rule, name, value *jen.Statement) *jen.Statement {
	kind, ok := ruleKinds[r.Keyword]
	if !ok {
		return nil
	}
	args := append([]jen.Code{name}, kind.args(f, t, r, value)...)
	if r.Keyword == "uniqueItems" {
		return jen.Id("uniqueItems").Call(append([]jen.Code{jen.Id("c")}, args...)...)
	}
	method := kind.method
	switch {
	case r.Keyword == "const":
		method += constSuffix(t)
	case t.Kind == ir.KindFloat:
		method += "Float"
	case unsignedBound(t, r):
		method += "Unsigned"
	}
	return jen.Id("c").Dot(method).Call(args...)
}

// unsignedBound reports whether a bound may not fit into an int64.
func unsignedBound(t *ir.Type, r *ir.Rule) bool {
	return t.Unsigned && t.Bits == 64 && (r.Keyword == "minimum" || r.Keyword == "maximum")
}

func textAndInt(f *ir.Field, t *ir.Type, r *ir.Rule, value *jen.Statement) []jen.Code {
	return []jen.Code{asString(f, t, value), jen.Lit(int(r.Int))}
}

func textAndPattern(f *ir.Field, t *ir.Type, r *ir.Rule, value *jen.Statement) []jen.Code {
	return []jen.Code{asString(f, t, value), literal(r.Text)}
}

func numberAndBound(_ *ir.Field, t *ir.Type, r *ir.Rule, value *jen.Statement) []jen.Code {
	if t.Kind == ir.KindFloat {
		return []jen.Code{value, number(r.Number)}
	}
	if unsignedBound(t, r) {
		return []jen.Code{jen.Uint64().Call(value), number(r.Number)}
	}
	return []jen.Code{asInt(t, value), number(r.Number)}
}

func lengthAndInt(_ *ir.Field, _ *ir.Type, r *ir.Rule, value *jen.Statement) []jen.Code {
	return []jen.Code{jen.Len(value), jen.Lit(int(r.Int))}
}

// constSuffix tells apart the forms of the test of a constant, one for each kind that can have one.
func constSuffix(t *ir.Type) string {
	switch {
	case integral(t):
		return "Int"
	case t.Kind == ir.KindFloat:
		return "Float"
	case t.Kind == ir.KindBool:
		return "Bool"
	}
	return "Text"
}

func constantAlone(f *ir.Field, t *ir.Type, r *ir.Rule, value *jen.Statement) []jen.Code {
	switch {
	case integral(t):
		return []jen.Code{asInt(t, value), number(r.Text)}
	case t.Kind == ir.KindFloat:
		return []jen.Code{value, number(r.Text)}
	case t.Kind == ir.KindBool:
		return []jen.Code{value, jen.Lit(r.Text == "true")}
	}
	return []jen.Code{asString(f, t, value), jen.Lit(r.Text)}
}

func itemsAlone(_ *ir.Field, _ *ir.Type, _ *ir.Rule, value *jen.Statement) []jen.Code {
	return []jen.Code{value}
}

// ruleFact is what the documentation of a field says about a rule.
func ruleFact(r *ir.Rule) string {
	if r.When != nil {
		return "required when " + oneLine(conditionText(r.When))
	}
	kind, ok := ruleKinds[r.Keyword]
	if !ok {
		return ""
	}
	if r.Keyword == "uniqueItems" {
		return kind.fact
	}
	fact := fmt.Sprintf(kind.fact, oneLine(limit(r)))
	if r.Int == 1 {
		fact = strings.TrimSuffix(fact, "s")
	}
	return fact
}

func limit(r *ir.Rule) string {
	switch {
	case r.Text != "":
		return r.Text
	case r.Number != "":
		return r.Number
	}
	return strconv.FormatInt(r.Int, 10)
}

// number is a number of the document as a Go literal; the loader has made sure that it is one.
func number(text string) *jen.Statement {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return jen.Op(strconv.FormatInt(n, 10))
	}
	if n, err := strconv.ParseUint(text, 10, 64); err == nil {
		return jen.Op(strconv.FormatUint(n, 10))
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(fmt.Sprintf("emit: %q is no number", text))
	}
	return jen.Op(strconv.FormatFloat(n, 'g', -1, 64))
}
