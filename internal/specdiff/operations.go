package specdiff

// Operations: which ones are the same, and everything about them but what travels.

import (
	"slices"
	"strings"
	"time"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// operationPair is one operation on both sides.
type operationPair struct {
	old, new         *ir.Operation
	oldNode, newNode *load.Node
}

func (c *comparison) operations() {
	pairs, removed, added := matchOperations(c.old.API.Operations, c.new.API.Operations)
	for _, p := range pairs {
		a, b := c.old.operationNode(p[0]), c.new.operationNode(p[1])
		if a.Pointer != b.Pointer {
			c.renamed[a.Pointer] = b.Pointer
			path, other := c.old.around(load.Pointer("paths", p[0].Path)), c.new.around(load.Pointer("paths", p[1].Path))
			if c.new.spec.At(path.Pointer) == nil {
				c.renamed[path.Pointer] = other.Pointer
			}
		}
		c.operation(&operationPair{old: p[0], new: p[1], oldNode: a, newNode: b})
	}
	for _, op := range removed {
		n := c.old.operationNode(op)
		f := c.fact("operation-removed", n, nil, "operation "+op.Name.Spec, "%s %s is gone", op.Method, op.Path).everywhere(op.Name.Spec)
		f.do("Do without %s; the vendor answers it no longer.", methodNames(op))
		c.explainsPath(op, c.old, c.new, c.oldSeen)
	}
	for _, op := range added {
		c.fact("operation-added", nil, c.new.operationNode(op), "operation "+op.Name.Spec, "%s %s is new", op.Method, op.Path).everywhere(op.Name.Spec)
		c.explainsPath(op, c.new, c.old, c.newSeen)
	}
	c.tags(pairs)
}

// explainsPath covers the path around an operation where the other side does not have it.
func (c *comparison) explainsPath(op *ir.Operation, d, other *Document, seen map[string]bool) {
	if pointer := load.Pointer("paths", op.Path); other.spec.At(pointer) == nil {
		seen[pointer] = true
	}
}

func methodNames(op *ir.Operation) string {
	var names []string
	for _, call := range op.Calls {
		names = append(names, "Client."+call.Name.Go)
	}
	return strings.Join(names, " and ")
}

// matchOperations finds what belongs together: the same path and method, else the same operationId, else the same shape.
func matchOperations(before, after []*ir.Operation) (pairs [][2]*ir.Operation, removed, added []*ir.Operation) {
	taken := map[*ir.Operation]bool{}
	match := func(same func(a, b *ir.Operation) bool) {
		for _, a := range before {
			for _, b := range after {
				if !taken[a] && !taken[b] && same(a, b) {
					taken[a], taken[b] = true, true
					pairs = append(pairs, [2]*ir.Operation{a, b})
				}
			}
		}
	}
	match(func(a, b *ir.Operation) bool { return a.Path == b.Path && a.Method == b.Method })
	match(func(a, b *ir.Operation) bool { return a.Name.Spec == b.Name.Spec })
	shapes := map[string]int{}
	for _, op := range append(slices.Clone(before), after...) {
		if !taken[op] {
			shapes[operationShape(op)]++
		}
	}
	match(func(a, b *ir.Operation) bool {
		shape := operationShape(a)
		return shape == operationShape(b) && shapes[shape] == 2 && a.Method == b.Method
	})
	rest := func(ops []*ir.Operation) (left []*ir.Operation) {
		return slices.DeleteFunc(slices.Clone(ops), func(op *ir.Operation) bool { return taken[op] })
	}
	slices.SortStableFunc(pairs, func(p, q [2]*ir.Operation) int { return slices.Index(after, p[1]) - slices.Index(after, q[1]) })
	return pairs, rest(before), rest(after)
}

func (c *comparison) operation(o *operationPair) {
	a, b, id := o.old, o.new, o.new.Name.Spec
	label := "operation " + id
	c.operationName(o, label)
	if a.Timeout != b.Timeout {
		rule := "timeout-shortened"
		if b.Timeout == 0 || a.Timeout != 0 && a.Timeout < b.Timeout {
			rule = "timeout-extended"
		}
		c.memberFact(rule, o.oldNode, o.newNode, "x-msdk-timeout", label, "the time limit was %s, is %s now", limitWords(a.Timeout), limitWords(b.Timeout)).
			values(limitWords(a.Timeout), limitWords(b.Timeout)).everywhere(id)
	}
	if a.Repeatable != b.Repeatable {
		rule, text := "repeatable-removed", "a failed call must not be sent again"
		if b.Repeatable {
			rule, text = "repeatable-added", "a failed call may be sent again"
		}
		c.memberFact(rule, o.oldNode, o.newNode, "x-msdk-repeatable", label, "%s", text).everywhere(id)
	}
	if a.Doc.Deprecated != b.Doc.Deprecated {
		c.deprecation(o.oldNode, o.newNode, label, b.Doc.Deprecated).everywhere(id)
	}
	c.aliases(o, label)
	c.judged(o, label)
	c.secured(o, label)
	c.encrypted(o)
	c.parameters(o)
	c.calls(o)
}

func limitWords(d time.Duration) string {
	if d == 0 {
		return "none"
	}
	return d.String()
}

// operationName compares path, method and name.
func (c *comparison) operationName(o *operationPair, label string) {
	a, b := o.old, o.new
	moved := a.Path != b.Path || a.Method != b.Method
	renamed := a.Name.Go != b.Name.Go
	older, newer := o.oldNode, o.newNode
	if a.Path != b.Path { // the path is what has another name, not the operation below it
		if x, y := c.old.spec.At(load.Pointer("paths", a.Path)), c.new.spec.At(load.Pointer("paths", b.Path)); x != nil && y != nil && c.new.spec.At(x.Pointer) == nil {
			older, newer = x, y
		}
	}
	switch {
	case moved:
		f := c.fact("operation-renamed", older, newer, label, "was %s %s%s, is %s %s now", a.Method, a.Path, namedWords(a, b), b.Method, b.Path).
			values(a.Method+" "+a.Path, b.Method+" "+b.Path).everywhere(a.Name.Spec, b.Name.Spec).goBreaksIf(renamed)
		c.signsPath(f, o)
		if renamed {
			f.do("Rename %s to %s.", methodNames(a), methodNames(b))
			c.explainsMember(o.oldNode, o.newNode, "operationId")
		}
		if slices.Contains(b.Aliases, a.Path) && a.Method == b.Method {
			f.raised.Request, f.Text = None, f.Text+"; the old path goes on to work"
			f.rule = &Rule{Verdicts: Verdicts{Request: Compatible, Go: Compatible}, GoInResponses: Compatible}
		}
		delete(c.oldSeen, older.Pointer)
		delete(c.newSeen, newer.Pointer)
		c.oldSeen[older.Pointer+" itself"], c.newSeen[newer.Pointer+" itself"] = true, true
	case renamed:
		key := "operationId"
		if a.Name.Spec == b.Name.Spec {
			key = "x-go-name"
		}
		c.memberFact("go-name-changed", o.oldNode, o.newNode, key, label, "the Go methods were %s, are %s now", methodNames(a), methodNames(b)).
			values(a.Name.Spec, b.Name.Spec).everywhere(b.Name.Spec).do("Rename %s to %s, and the types that are named after it.", methodNames(a), methodNames(b))
	}
}

func namedWords(a, b *ir.Operation) string {
	if a.Name.Spec == b.Name.Spec {
		return ""
	}
	return " (" + a.Name.Spec + ")"
}

func (c *comparison) aliases(o *operationPair, label string) {
	const key = "x-msdk-path-aliases"
	node := func(n *load.Node, path string) *load.Node {
		for _, item := range children(n.Member(key)) {
			if item.Value == path {
				return item
			}
		}
		return nil
	}
	for _, path := range o.old.Aliases {
		if !slices.Contains(o.new.Aliases, path) && path != o.new.Path {
			f := c.fact("alias-removed", node(o.oldNode, path), nil, label, "the path %s no longer leads to it", path).values(path, "").everywhere(o.new.Name.Spec)
			f.new = first(o.newNode.Member(key), o.newNode)
		}
	}
	for _, path := range o.new.Aliases {
		if !slices.Contains(o.old.Aliases, path) && path != o.old.Path {
			f := c.fact("alias-added", nil, node(o.newNode, path), label, "the path %s leads to it too", path).values("", path).everywhere(o.new.Name.Spec)
			f.old = first(o.oldNode.Member(key), o.oldNode)
		}
	}
}

func children(n *load.Node) []*load.Node {
	if n == nil {
		return nil
	}
	return n.Children
}

// judged compares which result judges the responses.
func (c *comparison) judged(o *operationPair, label string) {
	name := func(r *ir.Result) string {
		if r == nil {
			return ""
		}
		return r.Name.Spec
	}
	before, after := name(o.old.Result), name(o.new.Result)
	if before == after || c.renamedResult(before, after) {
		return
	}
	f := c.memberFact("result-changed", o.oldNode, o.newNode, "x-msdk-result", label, "the result was %s, is %s now", orNone(before), orNone(after)).
		values(before, after).everywhere(o.new.Name.Spec)
	f.do("Look at what you do with errors and empty answers of %s.", methodNames(o.new))
}

// tags compares which tag, and with it which server interface, operations belong to.
func (c *comparison) tags(pairs [][2]*ir.Operation) {
	type move struct{ from, to string }
	found := map[move]*fact{}
	for _, p := range pairs {
		m := move{p[0].Tag.Name.Go, p[1].Tag.Name.Go}
		if m.from == m.to {
			continue
		}
		older, newer := c.old.operationNode(p[0]), c.new.operationNode(p[1])
		a, b := children(older.Member("tags")), children(newer.Member("tags"))
		c.explainsMember(older, newer, "tags")
		if f := found[m]; f != nil {
			f.meet(inBoth, p[1].Name.Spec)
			continue
		}
		f := c.fact("tag-changed", first(append(a, older)...), first(append(b, newer)...), "tag "+p[1].Tag.Name.Spec, "the server interface was %sServer, is %sServer now", m.from, m.to).
			values(p[0].Tag.Name.Spec, p[1].Tag.Name.Spec).everywhere(p[1].Name.Spec)
		found[m] = f.do("Move the methods of your %sServer to %sServer, and the group's name in Services with them.", m.from, m.to)
	}
}
