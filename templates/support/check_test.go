package support

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// rulesOf is a checkable made of one function.
type rulesOf func(c *checker)

func (f rulesOf) check(c *checker) { f(c) }

// broken returns the rules that f finds broken.
func broken(mode checkMode, f func(c *checker)) []string {
	var invalid *ValidationError
	if !errors.As(validateAs(mode, "", rulesOf(f), nil), &invalid) {
		return nil
	}
	var rules []string
	for _, v := range invalid.Violations {
		rules = append(rules, v.Rule)
	}
	return rules
}

func TestRules(t *testing.T) {
	const digits = `^[0-9]+$`
	for _, c := range []struct {
		rule      string
		good, bad func(c *checker)
	}{
		{"required", func(c *checker) { c.requireText("a", "x") }, func(c *checker) { c.requireText("a", "") }},
		{"required", func(c *checker) { c.requireList("a", 1) }, func(c *checker) { c.requireList("a", 0) }},
		{"required", func(c *checker) { c.requireValue("a", true) }, func(c *checker) { c.requireValue("a", false) }},
		{"expected", func(c *checker) { c.expectText("a", "x") }, func(c *checker) { c.expectText("a", "") }},
		{"expected", func(c *checker) { c.expectList("a", 1) }, func(c *checker) { c.expectList("a", 0) }},
		{"expected", func(c *checker) { c.expectValue("a", true) }, func(c *checker) { c.expectValue("a", false) }},
		{"required-when", func(c *checker) { c.requiredWhen("a", true, "b is 1") }, func(c *checker) { c.requiredWhen("a", false, "b is 1") }},
		{"minLength", func(c *checker) { c.minLength("a", "éé", 2) }, func(c *checker) { c.minLength("a", "éé", 3) }},
		{"minLength", func(c *checker) { c.minLength("a", "", 0) }, func(c *checker) { c.minLength("a", "", 1) }},
		{"maxLength", func(c *checker) { c.maxLength("a", "ééé", 3) }, func(c *checker) { c.maxLength("a", "éééé", 3) }},
		{"max-bytes", func(c *checker) { c.maxBytes("a", "éé", 4) }, func(c *checker) { c.maxBytes("a", "éé", 3) }},
		{"pattern", func(c *checker) { c.pattern("a", "12", digits) }, func(c *checker) { c.pattern("a", "1x", digits) }},
		{"utf-8", func(c *checker) { c.validUTF8("a", "é") }, func(c *checker) { c.validUTF8("a", "\xff") }},
		{"json", func(c *checker) { c.validJSON("a", nil); c.validJSON("a", RawJSON("{}")) }, func(c *checker) { c.validJSON("a", RawJSON("{")) }},
		{"finite", func(c *checker) { c.finite("a", 1) }, func(c *checker) { c.finite("a", math.NaN()) }},
		{"finite", func(c *checker) { c.finite("a", 0) }, func(c *checker) { c.finite("a", math.Inf(-1)) }},
		{"enum", func(c *checker) { c.oneOfText("a", "y", "x", "y") }, func(c *checker) { c.oneOfText("a", "z", "x", "y") }},
		{"enum", func(c *checker) { c.oneOfInt("a", 2, 1, 2) }, func(c *checker) { c.oneOfInt("a", 3, 1, 2) }},
		{"const", func(c *checker) { c.constText("a", "x", "x") }, func(c *checker) { c.constText("a", "y", "x") }},
		{"const", func(c *checker) { c.constInt("a", 1, 1) }, func(c *checker) { c.constInt("a", 2, 1) }},
		{"flags", func(c *checker) { c.flags("a", 5, 1, 4) }, func(c *checker) { c.flags("a", 7, 1, 4) }},
		{"minimum", func(c *checker) { c.minimum("a", 1, 1) }, func(c *checker) { c.minimum("a", 0, 1) }},
		{"maximum", func(c *checker) { c.maximum("a", 1, 1) }, func(c *checker) { c.maximum("a", 2, 1) }},
		{"exclusiveMinimum", func(c *checker) { c.exclusiveMinimum("a", 2, 1) }, func(c *checker) { c.exclusiveMinimum("a", 1, 1) }},
		{"exclusiveMaximum", func(c *checker) { c.exclusiveMaximum("a", 0, 1) }, func(c *checker) { c.exclusiveMaximum("a", 1, 1) }},
		{"multipleOf", func(c *checker) { c.multipleOf("a", 6, 3) }, func(c *checker) { c.multipleOf("a", 7, 3) }},
		{"minimum", func(c *checker) { c.minimumUnsigned("a", 1<<63, 1<<63) }, func(c *checker) { c.minimumUnsigned("a", 0, 1<<63) }},
		{"maximum", func(c *checker) { c.maximumUnsigned("a", 1, 1) }, func(c *checker) { c.maximumUnsigned("a", 1<<63, 1) }},
		{"minimum", func(c *checker) { c.minimumFloat("a", 1, 1) }, func(c *checker) { c.minimumFloat("a", 0.9, 1) }},
		{"maximum", func(c *checker) { c.maximumFloat("a", 1, 1) }, func(c *checker) { c.maximumFloat("a", 1.1, 1) }},
		{"exclusiveMinimum", func(c *checker) { c.exclusiveMinimumFloat("a", 1.1, 1) }, func(c *checker) { c.exclusiveMinimumFloat("a", 1, 1) }},
		{"exclusiveMaximum", func(c *checker) { c.exclusiveMaximumFloat("a", 0.9, 1) }, func(c *checker) { c.exclusiveMaximumFloat("a", 1, 1) }},
		{"multipleOf", func(c *checker) { c.multipleOfFloat("a", 0.3, 0.1) }, func(c *checker) { c.multipleOfFloat("a", 0.35, 0.1) }},
		{"minItems", func(c *checker) { c.minItems("a", 1, 1) }, func(c *checker) { c.minItems("a", 0, 1) }},
		{"maxItems", func(c *checker) { c.maxItems("a", 1, 1) }, func(c *checker) { c.maxItems("a", 2, 1) }},
		{"minProperties", func(c *checker) { c.minProperties("a", 1, 1) }, func(c *checker) { c.minProperties("a", 0, 1) }},
		{"maxProperties", func(c *checker) { c.maxProperties("a", 1, 1) }, func(c *checker) { c.maxProperties("a", 2, 1) }},
		{"uniqueItems", func(c *checker) { uniqueItems(c, "a", []string{"x", "y"}) }, func(c *checker) { uniqueItems(c, "a", []string{"x", "y", "x"}) }},
		{"uniqueItems", func(c *checker) { uniqueItems(c, "a", numbers(40)) }, func(c *checker) { uniqueItems(c, "a", append(numbers(40), 7)) }},
		{"list", func(c *checker) { noComma(c, "a", []string{"x", "y"}) }, func(c *checker) { noComma(c, "a", []string{"x", "x,y"}) }},
	} {
		if got := broken(checkClient, c.good); got != nil {
			t.Errorf("%s: a good value breaks %v", c.rule, got)
		}
		if got := broken(checkClient, c.bad); !reflect.DeepEqual(got, []string{c.rule}) {
			t.Errorf("%s: a bad value breaks %v", c.rule, got)
		}
	}
}

func numbers(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

func TestCheckModes(t *testing.T) {
	f := func(c *checker) {
		c.requireText("a", "")
		c.expectText("b", "")
		c.requiredWhen("c", false, "d is 1")
		c.maxLength("d", "xx", 1)
	}
	for mode, want := range map[checkMode][]string{
		checkClient:  {"required", "expected", "required-when", "maxLength"},
		checkLenient: {"required", "required-when", "maxLength"},
		checkServer:  {"required", "required-when", "maxLength"},
	} {
		if got := broken(mode, f); !reflect.DeepEqual(got, want) {
			t.Error(mode, got)
		}
	}
}

func TestCheckPaths(t *testing.T) {
	err := validate("op", rulesOf(func(c *checker) {
		c.constInt("top", 1, 2)
		c.enter("outer")
		c.enterItem("list", 3)
		c.constInt("role", 1, 2)
		c.constInt("", 1, 2)
		c.index(4)
		c.constInt("x", 1, 2)
		c.leave()
		c.leave()
		c.leave()
		for range 20 {
			c.enter("d")
		}
		c.constInt("x", 1, 2)
		for range 20 {
			c.leave()
		}
		c.enter("a secret, perhaps")
		c.constInt("x", 1, 2)
		c.leave()
		c.constInt("last", 1, 2)
	}))
	want := []string{"top", "outer.list[3].role", "outer.list[3]", "outer.list[3][4].x", strings.Repeat("d.", 20) + "x", "?.x", "last"}
	var got []string
	for _, v := range err.(*ValidationError).Violations {
		got = append(got, v.Path)
	}
	if !reflect.DeepEqual(got, want) {
		t.Error(got)
	}
}

func TestCheckReportsAbsenceOnce(t *testing.T) {
	got := broken(checkClient, func(c *checker) {
		c.requireText("a", "")
		c.minLength("a", "", 1)
		c.minLength("ab", "", 1)
	})
	if !reflect.DeepEqual(got, []string{"required", "minLength"}) {
		t.Error(got)
	}
	var g sampleGroup
	d, err := read(`{"Type":"Public","Notice":"01234567890","Inner":{"Account":""}}`, &g, readLimits{})
	if err != nil {
		t.Fatal(err)
	}
	err = validateAs(checkServer, "op", rulesOf(func(c *checker) { c.minLength("GroupId", g.ID, 1); g.check(c) }), d)
	want := "op: validation: GroupId: required (is missing); Notice: maxLength (has 11 characters, at most 10 allowed); " +
		"Limit: required-when (is required when Type is Public)"
	if err == nil || err.Error() != want {
		t.Error(err)
	}
}

func TestCheckBounds(t *testing.T) {
	err := validate("op", rulesOf(func(c *checker) {
		for i := range 1000 {
			c.constInt("a"+strconv.Itoa(i), 1, 2)
		}
	}))
	e := err.(*ValidationError)
	if len(e.Violations) != maxViolations || e.more != 900 || !strings.HasSuffix(e.Error(), "; and 997 more") {
		t.Error(len(e.Violations), e.more, e)
	}
	if err := validate("op", rulesOf(func(c *checker) {})); err != nil {
		t.Error("a checker that is used again starts empty", err)
	}
}

func TestCheckHoldsNoValue(t *testing.T) {
	const canary = "CANARYvalue"
	err := validate("op", rulesOf(func(c *checker) {
		c.maxLength("a", canary, 1)
		c.minLength("b", canary, 100)
		c.maxBytes("c", canary, 1)
		c.pattern("d", canary, "x")
		c.oneOfText("e", canary, "x")
		c.constText("f", canary, "x")
		c.validUTF8("g", canary+"\xff")
		c.validJSON("h", RawJSON(canary))
		noComma(c, "i", []string{canary + ","})
		c.oneOfInt("j", 4711, 1)
		c.minimum("k", 4711, 5000)
		uniqueItems(c, "l", []string{canary, canary})
		c.flags("m", 4711, 1)
	}))
	if len(err.(*ValidationError).Violations) != 13 {
		t.Error(err)
	}
	if text := fmt.Sprintf("%v %#v", err, err.(*ValidationError).Violations); strings.Contains(text, "CANARY") || strings.Contains(text, "4711") {
		t.Error(text)
	}
}

func TestCheckAllocations(t *testing.T) {
	var g sampleGroup
	if _, err := read(wholeGroup, &g, readLimits{}); err != nil {
		t.Fatal(err)
	}
	g.Any = nil // raw JSON is copied to be checked
	if n := testing.AllocsPerRun(100, func() {
		if err := g.Validate(); err != nil {
			t.Error(err)
		}
	}); n != 0 {
		t.Error(n, "allocations for a value without faults")
	}
}
