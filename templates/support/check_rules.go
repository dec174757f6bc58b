package support

// This file holds the rules, one function each, named as the document names them. A rule takes the wire name of the member
// and its value, and says in its message what it has measured, never the value.

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// The rules that are about absence, which checker.add knows, and the one that a client does not hold an answer to.
const (
	ruleRequired = "required"
	ruleExpected = "expected"
	ruleUnknown  = "additionalProperties"
)

// requireText reports empty text in a member that the document requires. Members that may be present and empty are not asked for.
func (c *checker) requireText(name, v string) { c.present(name, ruleRequired, v != "") }

// requireList is requireText for a list or map with n entries.
func (c *checker) requireList(name string, n int) { c.present(name, ruleRequired, n > 0) }

// expectText reports empty text in a member that the document expects.
func (c *checker) expectText(name, v string) { c.present(name, ruleExpected, v != "") }

// expectList is expectText for a list or map with n entries.
func (c *checker) expectList(name string, n int) { c.present(name, ruleExpected, n > 0) }

// requireValue is requireText for anything else that can be absent.
func (c *checker) requireValue(name string, present bool) { c.present(name, ruleRequired, present) }

// expectValue is expectText for anything else that can be absent.
func (c *checker) expectValue(name string, present bool) { c.present(name, ruleExpected, present) }

func (c *checker) present(name, rule string, present bool) {
	if present || c.mode != checkClient && rule == ruleExpected {
		return
	}
	c.add(name, rule, "is empty")
}

// requiredWhen reports an absent member that a condition requires, on both sides. condition is in words: "msg_type is 2".
func (c *checker) requiredWhen(name string, present bool, condition string) {
	if !present {
		c.add(name, "required-when", "is required when "+condition)
	}
}

// minLength counts characters.
func (c *checker) minLength(name, v string, limit int) {
	if len(v) < limit || len(v) < limit*utf8.UTFMax && utf8.RuneCountInString(v) < limit {
		c.add(name, "minLength", countMessage(utf8.RuneCountInString(v), "characters", "at least", limit))
	}
}

// maxLength counts characters.
func (c *checker) maxLength(name, v string, limit int) {
	if len(v) <= limit {
		return
	}
	if n := utf8.RuneCountInString(v); n > limit {
		c.add(name, "maxLength", countMessage(n, "characters", "at most", limit))
	}
}

// maxBytes counts bytes of UTF-8.
func (c *checker) maxBytes(name, v string, limit int) {
	if len(v) > limit {
		c.add(name, "max-bytes", countMessage(len(v), "bytes", "at most", limit))
	}
}

// patterns keeps each pattern of the document after it was compiled for the first time.
var patterns = struct {
	sync.RWMutex
	compiled map[string]*regexp.Regexp
}{compiled: map[string]*regexp.Regexp{}}

func compiledPattern(expression string) *regexp.Regexp {
	patterns.RLock()
	p := patterns.compiled[expression]
	patterns.RUnlock()
	if p == nil {
		p = regexp.MustCompile(expression)
		patterns.Lock()
		patterns.compiled[expression] = p
		patterns.Unlock()
	}
	return p
}

// pattern wants a match anywhere in v, as JSON Schema has it. The generator has made sure that the expression compiles.
func (c *checker) pattern(name, v, expression string) {
	if !compiledPattern(expression).MatchString(v) {
		c.add(name, "pattern", "does not match the pattern "+boundedLine(expression, maxRuleText))
	}
}

// validUTF8 reports text that the writer would have to change.
func (c *checker) validUTF8(name, v string) {
	if !utf8.ValidString(v) {
		c.add(name, "utf-8", "is not UTF-8")
	}
}

// validJSON reports raw text that the writer would replace by null.
func (c *checker) validJSON(name string, v RawJSON) {
	if v != nil && !validJSON(string(v)) {
		c.add(name, "json", "is not JSON")
	}
}

// finite reports what JSON has no number for.
func (c *checker) finite(name string, v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		c.add(name, "finite", "is not a finite number")
	}
}

// maxRuleText bounds what a message repeats of the document's rule, in bytes.
const maxRuleText = 128

// oneOfText wants one of the listed values.
func (c *checker) oneOfText(name, v string, listed ...string) {
	for _, l := range listed {
		if v == l {
			return
		}
	}
	c.add(name, "enum", "is none of "+boundedLine(strings.Join(listed, ", "), maxRuleText))
}

// oneOfInt wants one of the listed values.
func (c *checker) oneOfInt(name string, v int64, listed ...int64) {
	for _, l := range listed {
		if v == l {
			return
		}
	}
	text := ""
	for i, l := range listed {
		if i > 0 {
			text += ", "
		}
		if text += strconv.FormatInt(l, 10); len(text) > maxRuleText {
			break
		}
	}
	c.add(name, "enum", "is none of "+boundedLine(text, maxRuleText))
}

// constText wants exactly one value.
func (c *checker) constText(name, v, want string) {
	if v != want {
		c.add(name, "const", "is not "+boundedLine(want, maxRuleText))
	}
}

// constInt wants exactly one value.
func (c *checker) constInt(name string, v, want int64) {
	if v != want {
		c.add(name, "const", "is not "+strconv.FormatInt(want, 10))
	}
}

// constBool wants exactly one value.
func (c *checker) constBool(name string, v, want bool) {
	if v != want {
		c.add(name, "const", "is not "+strconv.FormatBool(want))
	}
}

// constFloat wants exactly one value.
func (c *checker) constFloat(name string, v, want float64) {
	if v != want {
		c.boundFloat(name, "const", "is not ", want)
	}
}

// flags wants no bits beyond the listed ones.
func (c *checker) flags(name string, v int64, listed ...int64) {
	for _, l := range listed {
		v &^= l
	}
	if v != 0 {
		c.add(name, "flags", "has bits that the document does not list")
	}
}
