package specdiff

// Calls: what an operation, or a variant of it, sends and gets back.

import (
	"bytes"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// calls compares the variants of two operations; a plain operation is its only call.
func (c *comparison) calls(o *operationPair) {
	pairs, removed, added := matchCalls(o.old.Calls, o.new.Calls)
	for _, p := range pairs {
		c.variant(o, p[0], p[1])
		c.bodies(o, p[0], p[1])
		c.responses(o, p[0], p[1])
		c.examples(o, p[0], p[1])
	}
	for _, call := range removed {
		n := c.old.at(call.Pos)
		f := c.fact("operation-removed", n, nil, callLabel(call), "is gone").everywhere(o.new.Name.Spec).do("Do without Client.%s.", call.Name.Go)
		f.new = first(o.newNode.Member("x-msdk-variants"), o.newNode)
		c.explainsCall(o.old, call, c.old, c.oldSeen)
	}
	for _, call := range added {
		f := c.fact("operation-added", nil, c.new.at(call.Pos), callLabel(call), "is new").everywhere(o.new.Name.Spec)
		f.old = first(o.oldNode.Member("x-msdk-variants"), o.oldNode)
		c.explainsCall(o.new, call, c.new, c.newSeen)
	}
	if (o.old.Variants == nil) != (o.new.Variants == nil) {
		c.explainsMember(o.oldNode, o.newNode, "x-msdk-variants")
	}
}

func callLabel(call *ir.Call) string {
	if call.Variant == "" {
		return "operation " + call.Operation.Name.Spec
	}
	return "variant " + call.Variant + " of " + call.Operation.Name.Spec
}

// matchCalls finds variants of one name, then those that one value selects.
func matchCalls(before, after []*ir.Call) (pairs [][2]*ir.Call, removed, added []*ir.Call) {
	taken := map[*ir.Call]bool{}
	for _, same := range []func(a, b *ir.Call) bool{
		func(a, b *ir.Call) bool { return a.Variant == b.Variant },
		func(a, b *ir.Call) bool { return a.Variant != "" && b.Variant != "" && a.Value == b.Value },
	} {
		for _, a := range before {
			for _, b := range after {
				if !taken[a] && !taken[b] && same(a, b) {
					taken[a], taken[b] = true, true
					pairs = append(pairs, [2]*ir.Call{a, b})
				}
			}
		}
	}
	rest := func(calls []*ir.Call) []*ir.Call {
		return slices.DeleteFunc(slices.Clone(calls), func(call *ir.Call) bool { return taken[call] })
	}
	return pairs, rest(before), rest(after)
}

// explainsCall covers what comes or goes with a variant: its schemas and examples.
func (c *comparison) explainsCall(op *ir.Operation, call *ir.Call, d *Document, seen map[string]bool) {
	if call.Body != nil {
		if n := d.typeNode(call.Body.Type); n != nil {
			seen[n.Pointer] = true
		}
	}
	for _, r := range call.Responses {
		shared := slices.ContainsFunc(op.Calls, func(other *ir.Call) bool { return other != call && answer(other) == r.Type })
		if r.Type == nil || r.Type.Component || shared {
			continue
		}
		if n := d.typeNode(r.Type); n != nil {
			seen[n.Pointer] = true
		}
	}
	for _, e := range call.Examples {
		if n := d.at(e.Pos); n != nil {
			seen[n.Pointer] = true
		}
	}
}

// answer is the type that a call returns, nil where it returns none.
func answer(call *ir.Call) *ir.Type {
	for _, r := range call.Responses {
		if r.Type != nil {
			return r.Type
		}
	}
	return nil
}

func (c *comparison) variant(o *operationPair, a, b *ir.Call) {
	older, newer := c.old.at(a.Pos), c.new.at(b.Pos)
	if a.Variant == "" || b.Variant == "" {
		return
	}
	if a.Variant != b.Variant {
		c.renamed[older.Pointer] = newer.Pointer
		f := c.fact("go-name-changed", older, newer, callLabel(b), "the Go method was %s, is %s now", a.Name.Go, b.Name.Go).values(a.Variant, b.Variant).
			everywhere(o.new.Name.Spec).do("Rename Client.%s to Client.%s, and the types that are named after it.", a.Name.Go, b.Name.Go)
		f.golang(Breaking)
		c.explainTitles(o, a.Variant, b.Variant)
		delete(c.oldSeen, older.Pointer)
		delete(c.newSeen, newer.Pointer)
	}
	if a.Value != b.Value {
		c.memberFact("operation-rewired", older, newer, "value", callLabel(b), "was selected by %s, is selected by %s now", a.Value, b.Value).
			values(a.Value, b.Value).everywhere(o.new.Name.Spec)
	}
}

// explainTitles covers the places that repeat the name of a variant.
func (c *comparison) explainTitles(o *operationPair, before, after string) {
	mark := func(n *load.Node, name string, seen map[string]bool) {
		var walk func(*load.Node)
		walk = func(n *load.Node) {
			if (n.Key == "title" || n.Key == "x-msdk-variant") && n.Value == name {
				seen[n.Pointer] = true
			}
			for _, child := range n.Children {
				walk(child)
			}
		}
		walk(n)
	}
	mark(o.oldNode, before, c.oldSeen)
	mark(o.newNode, after, c.newSeen)
}

// bodies compares what requests hold besides parameters.
func (c *comparison) bodies(o *operationPair, a, b *ir.Call) {
	x, y, id := a.Body, b.Body, o.new.Name.Spec
	const key = "requestBody"
	label := "body of " + id
	switch {
	case x == nil && y == nil:
		return
	case x == nil:
		f := c.memberFact("body-added", o.oldNode, o.newNode, key, label, "is new").everywhere(id).do("Fill the fields of %s.", b.Request.Name.Go)
		f.old = o.oldNode
		if y.Required {
			f.raised.Request = Breaking
		}
		return
	case y == nil:
		f := c.memberFact("body-removed", o.oldNode, o.newNode, key, label, "is gone").everywhere(id).do("Do without the fields of %s that the body held.", a.Request.Name.Go)
		f.new = o.newNode
		return
	}
	if x.Required != y.Required {
		rule, text := "body-optional", "may be left out from now on"
		if y.Required {
			rule, text = "body-required", "is required from now on"
		}
		c.memberFact(rule, c.old.at(x.Pos), c.new.at(y.Pos), "required", label, "%s", text).everywhere(id).
			goBreaksIf(!x.Flattened && !y.Flattened && x.Type.Kind == ir.KindStruct).do("Send a body with every %s.", b.Name.Go)
	}
	if f := c.contentType(label, c.old.at(x.Pos), c.new.at(y.Pos), x.ContentType, y.ContentType); f != nil {
		f.meet(inRequest, id)
		if readsBody(o.old.Scheme) || readsBody(o.new.Scheme) {
			f.raised.Signing = Risky
		}
	}
	older, newer := c.old.typeNode(x.Type), c.new.typeNode(y.Type)
	facts, p := c.slot(label, older, newer, x.Type, y.Type, false)
	for _, f := range facts {
		f.everywhere(id)
	}
	if x.Flattened != y.Flattened {
		c.fact("form-changed", older, newer, label, "its members were %s, are %s now", flatWords(x), flatWords(y)).everywhere(id).
			do("Move the members of the body in %s.", b.Request.Name.Go).rule = &Rule{Verdicts: Verdicts{Go: Breaking}, GoInResponses: Breaking}
	}
	c.under(p, inRequest, id)
	c.signedMembers(o, p)
}

// contentType compares the content types of two bodies, and leads from one to the other.
func (c *comparison) contentType(label string, older, newer *load.Node, before, after string) *fact {
	if before == after || before == "" || after == "" {
		return nil
	}
	kind := func(holder *load.Node, name string) *load.Node {
		return first(holder.Member("content").Member(name), holder)
	}
	a, b := kind(older, before), kind(newer, after)
	c.renamed[a.Pointer] = b.Pointer
	f := c.fact("content-type-changed", a, b, label, "was %s, is %s now", before, after).values(before, after)
	delete(c.oldSeen, a.Pointer)
	delete(c.newSeen, b.Pointer)
	return f
}

// signedMembers raises the verdicts for signing of facts about members at the top of a body that the program of the scheme reads.
func (c *comparison) signedMembers(o *operationPair, p typePair) {
	for _, f := range c.pair(p, "").facts {
		for _, side := range []struct {
			node   *load.Node
			scheme *ir.Scheme
		}{{f.old, o.old.Scheme}, {f.new, o.new.Scheme}} {
			if side.node == nil {
				continue
			}
			if name, ok := memberName(side.node.Pointer); ok {
				signs(f, side.scheme, ir.InBody, name)
			}
		}
	}
}

// memberName is the name of the innermost property that a pointer leads into.
func memberName(pointer string) (string, bool) {
	_, below, ok := cutLast(pointer, "/properties/")
	name, _, _ := strings.Cut(below, "/")
	return strings.NewReplacer("~1", "/", "~0", "~").Replace(name), ok
}

func cutLast(text, separator string) (before, after string, found bool) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(separator):], true
}

func flatWords(b *ir.Body) string {
	if b.Flattened {
		return "fields of the request"
	}
	return "below the field Body of the request"
}

// responses compares what comes back.
func (c *comparison) responses(o *operationPair, a, b *ir.Call) {
	id := o.new.Name.Spec
	find := func(all []*ir.Response, status string) *ir.Response {
		i := slices.IndexFunc(all, func(r *ir.Response) bool { return r.Status == status })
		if i < 0 {
			return nil
		}
		return all[i]
	}
	for _, r := range a.Responses {
		if find(b.Responses, r.Status) == nil {
			f := c.fact("status-removed", c.old.at(r.Pos), nil, "status "+r.Status+" of "+id, "is not documented any more").everywhere(id)
			f.new = o.newNode.Member("responses")
		}
	}
	for _, r := range b.Responses {
		was := find(a.Responses, r.Status)
		if was == nil {
			f := c.fact("status-added", nil, c.new.at(r.Pos), "status "+r.Status+" of "+id, "is documented from now on").everywhere(id)
			f.old = o.oldNode.Member("responses")
			continue
		}
		if f := c.contentType("response "+r.Status+" of "+id, c.old.at(was.Pos), c.new.at(r.Pos), was.ContentType, r.ContentType); f != nil {
			f.meet(inResponse, id).golang(Compatible)
		}
		if was.Type == nil || r.Type == nil {
			continue
		}
		facts, p := c.slot("response of "+b.Name.Go, c.old.typeNode(was.Type), c.new.typeNode(r.Type), was.Type, r.Type, false)
		for _, f := range facts {
			f.everywhere(id)
		}
		c.under(p, inResponse, id)
	}
}

// examples compares the documented messages of two calls.
func (c *comparison) examples(o *operationPair, a, b *ir.Call) {
	id := o.new.Name.Spec
	find := func(all []*ir.Example, same func(*ir.Example) bool) *ir.Example {
		i := slices.IndexFunc(all, same)
		if i < 0 {
			return nil
		}
		return all[i]
	}
	label := func(e *ir.Example) string { return messageWord(e) + " example " + e.Name + " of " + id }
	key := func(e *ir.Example) func(*ir.Example) bool {
		return func(other *ir.Example) bool {
			return other.Name == e.Name && other.Response == e.Response && other.Status == e.Status
		}
	}
	renamed := map[*ir.Example]bool{}
	for _, e := range b.Examples {
		newer := c.new.at(e.Pos)
		was := find(a.Examples, key(e))
		if was == nil {
			was = find(a.Examples, func(other *ir.Example) bool {
				return other.Response == e.Response && bytes.Equal(other.JSON, e.JSON) && find(b.Examples, key(other)) == nil && !renamed[other]
			})
			if was == nil {
				f := c.fact("example-added", nil, newer, label(e), "is new").everywhere(id)
				f.old = c.old.around(newer.Pointer[:len(newer.Pointer)-len(load.Pointer(e.Name))])
				continue
			}
			renamed[was] = true
			older := c.old.at(was.Pos)
			c.renamed[older.Pointer] = newer.Pointer
			c.fact("example-renamed", older, newer, label(e), "was called %s", was.Name).values(was.Name, e.Name).everywhere(id)
			delete(c.oldSeen, older.Pointer)
			delete(c.newSeen, newer.Pointer)
		}
		c.example(label(e), was, e, id)
	}
	for _, e := range a.Examples {
		if find(b.Examples, key(e)) == nil && !renamed[e] {
			f := c.fact("example-removed", c.old.at(e.Pos), nil, label(e), "is gone").everywhere(id)
			f.new = nil
		}
	}
}

func messageWord(e *ir.Example) string {
	if e.Response {
		return "response"
	}
	return "request"
}

// example compares one message. An unnamed example is its own value.
func (c *comparison) example(label string, a, b *ir.Example, id string) {
	older, newer := c.old.at(a.Pos), c.new.at(b.Pos)
	if !bytes.Equal(a.JSON, b.JSON) {
		f := c.memberFact("example-changed", older, newer, "value", label, "shows something else").everywhere(id)
		f.Before, f.After = changedMember(older, newer)
	}
	violations := func(e *ir.Example) []string {
		if e.Printed == nil {
			return nil
		}
		return e.Printed.Violations
	}
	if !slices.Equal(violations(a), violations(b)) || (a.Printed == nil) != (b.Printed == nil) {
		c.memberFact("example-changed", older, newer, "violations", label, "breaks other rules than before").everywhere(id)
	}
}

// changedMember shows the first value that two examples differ in.
func changedMember(older, newer *load.Node) (before, after string) {
	for _, d := range compareNodes(older.Member("value"), newer.Member("value"), nil) {
		return nodeText(d.old), nodeText(d.new)
	}
	return "", ""
}

func nodeText(n *load.Node) string {
	if n == nil {
		return ""
	}
	return clip(string(n.JSON()), 60)
}
