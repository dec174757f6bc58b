package support

// This file collects violations: where the check stands in the value, and which violations it keeps. The rules stand in
// check_rules.go; generated code calls one rule a line.

import (
	"strconv"
	"strings"
	"sync"
)

// checkMode says who asks.
type checkMode uint8

const (
	checkClient  checkMode = iota // before sending: what the caller left empty is reported
	checkLenient                  // as checkClient, but what is merely expected may be empty
	checkServer                   // after receiving: the reader has reported what is missing
)

// maxViolations is how many violations of one value are kept. The others are counted.
const maxViolations = 100

// checkable is a generated type with rules; one without them has no such method.
type checkable interface {
	check(c *checker)
}

// checker walks through a value and collects what breaks a rule. A value without faults costs no memory.
type checker struct {
	mode       checkMode
	depth      int
	steps      [16]pathStep // further ones are in more
	more       []pathStep
	violations []Violation
	omitted    int
}

// pathStep is one step of a path: a member, an item, or an item of a member.
type pathStep struct {
	name  string
	index int // -1 where the step is no item
}

// checkers keeps checkers for the next check: they are handed to generated code through an interface, which would put each of
// them on the heap.
var checkers = sync.Pool{New: func() any { return new(checker) }}

// validate is Validate of every generated request: it reports all violations of v as a *ValidationError.
// Not inlined: a call is less to compile in each of them.
//
//go:noinline
func validate(operation string, v any) error { return validateAs(checkClient, operation, v, nil) }

// validateAs is validate for a given side. d is the reader that v came from, nil if there is none: what it has found comes
// first, and where it says that a member is missing, nothing further is said about that member.
func validateAs(mode checkMode, operation string, v any, d *jsonReader) error {
	c := checkers.Get().(*checker)
	err := c.validate(mode, operation, v, d)
	checkers.Put(c)
	return err
}

// validate is validateAs with a checker at hand, which is as empty afterwards as it was before.
func (c *checker) validate(mode checkMode, operation string, v any, d *jsonReader) error {
	c.mode = mode
	if d != nil {
		c.violations, c.omitted = d.violations(), d.omitted
	}
	if r, ok := v.(checkable); ok {
		r.check(c)
	}
	violations, omitted := c.violations, c.omitted
	c.clear()
	if len(violations) == 0 {
		return nil
	}
	return &ValidationError{Operation: operation, Violations: violations, more: omitted}
}

// clear empties a checker. Most values are flat, and then there are no steps to be cleared.
func (c *checker) clear() {
	if c.steps[0] != (pathStep{}) {
		c.steps = [len(c.steps)]pathStep{}
	}
	c.mode, c.depth, c.more, c.violations, c.omitted = 0, 0, nil, nil, 0
}

// enter goes into a member. Each enter, enterItem and index is undone by one leave.
func (c *checker) enter(name string) { c.push(pathStep{name: name, index: -1}) }

// enterItem goes into an item of a list. There, the empty name stands for the item itself.
func (c *checker) enterItem(name string, i int) { c.push(pathStep{name: name, index: i}) }

// index goes into an item of the list at hand: of a list that was entered, or of one that is an item itself.
func (c *checker) index(i int) { c.push(pathStep{index: i}) }

//go:noinline
func (c *checker) push(s pathStep) {
	if c.depth < len(c.steps) {
		c.steps[c.depth] = s
	} else {
		c.more = append(c.more, s)
	}
	c.depth++
}

// leave goes back out. It and push are not inlined: rules are checked in many functions, all of which would have them several times.
//
//go:noinline
func (c *checker) leave() {
	c.depth--
	if c.depth >= len(c.steps) {
		c.more = c.more[:len(c.more)-1]
	}
}

func (c *checker) step(i int) pathStep {
	if i < len(c.steps) {
		return c.steps[i]
	}
	return c.more[i-len(c.steps)]
}

// path returns the path of a member of the value at hand.
func (c *checker) path(name string) string {
	var b strings.Builder
	for i := 0; i < c.depth && b.Len() <= maxPathText; i++ {
		s := c.step(i)
		if s.name != "" {
			appendPathName(&b, s.name)
		}
		if s.index >= 0 {
			appendPathIndex(&b, s.index)
		}
	}
	if name != "" {
		appendPathName(&b, name)
	}
	return boundedPath(b.String())
}

// add keeps a violation. A member that is missing or empty is not reported a second time for what its emptiness breaks as well.
func (c *checker) add(name, rule, message string) {
	path := c.path(name)
	for _, v := range c.violations {
		if v.Path == path && (v.Rule == ruleRequired || v.Rule == ruleExpected) {
			return
		}
	}
	if len(c.violations) >= maxViolations {
		c.omitted++
		return
	}
	c.violations = append(c.violations, Violation{Path: path, Rule: rule, Message: message})
}

// countMessage is what a rule about a number of things, in the plural, says: the number, and the bound.
func countMessage(n int, things, bound string, limit int) string {
	if n == 1 {
		things = strings.TrimSuffix(things, "s")
	}
	return "has " + strconv.Itoa(n) + " " + things + ", " + bound + " " + strconv.Itoa(limit) + " allowed"
}
