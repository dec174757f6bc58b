package lower

// Examples: what the document shows has to agree with what it says.

import (
	"slices"
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// operationExamples lowers the examples of an operation's request and of its response.
func (l *lowering) operationExamples(op *ir.Operation, n *load.Node) {
	l.mediaExamples(op, l.resolve(n.Member("requestBody")), "")
	for _, status := range members(n.Member("responses")) {
		if status.Key == "200" {
			l.mediaExamples(op, l.resolve(status), status.Key)
		}
	}
}

// mediaExamples lowers the examples of one body. status is empty for a request.
func (l *lowering) mediaExamples(op *ir.Operation, body *load.Node, status string) {
	for _, media := range members(body.Member("content")) {
		if single := media.Member("example"); single != nil {
			l.example(op, single, single, single, status, nil)
		}
		for _, named := range members(media.Member("examples")) {
			n := l.resolve(named)
			if n == nil || l.refuse(n, exampleRefusals) {
				continue
			}
			v := n.Member("value")
			if v == nil {
				l.list.Errorf(n.Place(), diag.CodeMissingKey, "the key %q is missing", "value").Suggest("write the example below it")
				continue
			}
			l.example(op, named, n, v, status, nil)
		}
		l.printedExamples(op, media, status)
	}
}

// printedExamples lowers the examples that contradict their own document. They have a key of their own, because other tools hold
// everything under examples to the schema.
func (l *lowering) printedExamples(op *ir.Operation, media *load.Node, status string) {
	all, _ := media.Member("x-msdk-examples-as-printed").AsMapping(l.list)
	for _, n := range all {
		if media.Member("examples").Has(n.Key) {
			l.list.Errorf(n.Place(), diag.CodeExtension, "the example %q is taken", n.Key).See(media.Member("examples").Member(n.Key).Place(), "by this one")
			continue
		}
		if !l.mapping(n, "value", "summary", "x-msdk-variant", "reason", "violations", "x-msdk-doc") {
			continue
		}
		if v := l.need(n, "value"); v != nil {
			_, _ = l.text(n.Member("summary"))
			l.example(op, n, n, v, status, l.printed(n))
		}
	}
}

// example lowers one example: named holds its key, n what is said about it, v its value. An unnamed one is its own n. printed
// is set for an example that contradicts its document.
func (l *lowering) example(op *ir.Operation, named, n, v *load.Node, status string, printed *ir.Printed) {
	e := &ir.Example{Pos: named.Place(), Name: named.Key, Response: status != "", Status: status, JSON: v.JSON(), Printed: printed}
	call := op.Calls[0]
	if n != v {
		e.Summary = text(n.Member("summary"))
		e.Source = l.source(n.Member("x-msdk-doc"))
		if call = l.exampleCall(op, named, n.Member("x-msdk-variant")); call == nil {
			return
		}
	} else if op.Variants != nil {
		l.list.Errorf(named.Place(), diag.CodeMissingKey, "the key %q is missing", "x-msdk-variant").
			Suggest("write it under examples, where it can name its variant")
		return
	}
	call.Examples = append(call.Examples, e)
	t := exampleType(call, status)
	if t == nil {
		return
	}
	check := validator{request: status == "", closed: l.closed}
	check.value(v, "", t, facts{})
	l.report(check, e)
}

func exampleType(c *ir.Call, status string) *ir.Type {
	if status == "" {
		if c.Body != nil {
			return c.Body.Type
		}
		return nil
	}
	for _, r := range c.Responses {
		if r.Status == status {
			return r.Type
		}
	}
	return nil
}

// exampleCall finds the call that an example is for.
func (l *lowering) exampleCall(op *ir.Operation, named, variant *load.Node) *ir.Call {
	if op.Variants == nil {
		if variant != nil {
			l.list.Errorf(variant.Place(), diag.CodeExtension, "the operation %q has no variants", op.Name.Spec)
		}
		return op.Calls[0]
	}
	if variant == nil {
		l.list.Errorf(named.Place(), diag.CodeMissingKey, "the key %q is missing", "x-msdk-variant")
		return nil
	}
	name, ok := l.text(variant)
	if !ok {
		return nil
	}
	var names []string
	for _, c := range op.Calls {
		names = append(names, c.Variant)
	}
	c := callNamed(op, name)
	if c == nil {
		l.unknown(variant.Pos, diag.CodeUnknownName, "variant", name, names)
	}
	return c
}

// printed decodes what an entry of x-msdk-examples-as-printed has more than an ordinary example.
func (l *lowering) printed(n *load.Node) *ir.Printed {
	p := &ir.Printed{Pos: n.Place()}
	p.Reason, _ = l.text(l.need(n, "reason"))
	for _, v := range l.texts(l.need(n, "violations")) {
		p.Violations = append(p.Violations, v.Value)
	}
	slices.Sort(p.Violations)
	return p
}

// report turns the breaches of an example into errors, unless they are exactly those that the document admits. None at all are admitted
// where other tools find one: they know nothing of x-msdk-accept, and hold everything under examples to the schema.
func (l *lowering) report(check validator, e *ir.Example) {
	if e.Printed == nil {
		for _, b := range check.breaches {
			b.show(l.list.Errorf(b.pos, diag.CodeBadExample, "the example%s breaks its schema: %s", named(e.Name), b.sentence()))
		}
		return
	}
	var found []string
	for _, b := range check.breaches {
		if b.rule == ruleType || b.rule == ruleUnknown {
			b.show(l.list.Errorf(b.pos, diag.CodeBadExample, "the example %q cannot be stated as printed: %s", e.Name, b.sentence()).
				Suggest("it may break rules, but the generated code has to be able to read all of it"))
		}
		found = append(found, b.String())
	}
	slices.Sort(found)
	found = slices.Compact(found)
	switch {
	case !slices.Equal(found, e.Printed.Violations):
		l.list.Errorf(e.Printed.Pos, diag.CodeBadExample, "the example %q breaks other rules than the listed ones: %s", e.Name, listOr(found, "none"))
	case len(found) == 0 && !check.ours:
		l.list.Errorf(e.Printed.Pos, diag.CodeExtension, "an example without violations is an ordinary one").Suggest("move it to examples")
	}
}

// named is the name of an example in a message. Most of those that stand at a schema have none.
func named(name string) string {
	if name == "" || name == "example" {
		return ""
	}
	return " " + strconv.Quote(name)
}

// sample is an example that stands at a schema or at a parameter. No code comes of it.
type sample struct {
	node *load.Node
	typ  *ir.Type
	facts
}

// sample keeps an example until all types are complete: inside of a recursion they are not yet.
func (l *lowering) sample(n *load.Node, t *ir.Type, f facts) {
	if n != nil {
		l.samples = append(l.samples, sample{n, t, f})
	}
}

// checkSamples reports examples that break the schema that they stand at. They are warnings, because nothing is made of them; but a reader
// takes them for what the vendor sends.
func (l *lowering) checkSamples() {
	for _, s := range l.samples {
		check := validator{closed: l.closed}
		check.value(s.node, "", s.typ, s.facts)
		for _, b := range check.breaches {
			b.show(l.list.Warnf(b.pos, diag.CodeBadExample, "the example breaks its schema: %s", b.sentence()))
		}
	}
}

func listOr(all []string, none string) string {
	if len(all) == 0 {
		return none
	}
	return strings.Join(all, ", ")
}
