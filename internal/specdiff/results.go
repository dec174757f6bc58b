package specdiff

// Results: which codes mean what.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

func (c *comparison) results() {
	find := func(all []*ir.Result, name string) *ir.Result {
		i := slices.IndexFunc(all, func(r *ir.Result) bool { return r.Name.Spec == name })
		if i < 0 {
			return nil
		}
		return all[i]
	}
	for _, a := range c.old.API.Results {
		n := c.old.at(a.Pos)
		b := find(c.new.API.Results, a.Name.Spec)
		if b == nil {
			b = c.resultAnew(a)
			if b == nil {
				c.fact("result-removed", n, nil, "result "+a.Name.Spec, "is gone").everywhere(judges(c.old, a)...).
					goBreaksIf(len(a.Errors) > 0).golangUnless(len(a.Errors) > 0, Compatible).do("Do without its constants.")
				continue
			}
			m := c.new.at(b.Pos)
			c.renamed[n.Pointer] = m.Pointer
			f := c.fact("go-name-changed", n, m, "result "+b.Name.Spec, "was called %s", a.Name.Spec).values(a.Name.Spec, b.Name.Spec).everywhere(judges(c.new, b)...)
			f.golangUnless(len(a.Errors) > 0, Compatible).do("Rename the constants Code%s… to Code%s….", a.Name.Go, b.Name.Go)
			delete(c.oldSeen, n.Pointer)
			delete(c.newSeen, m.Pointer)
		}
		c.result(a, b)
	}
	for _, b := range c.new.API.Results {
		if find(c.old.API.Results, b.Name.Spec) == nil && !c.isRenamedTo(c.new.at(b.Pos)) {
			c.fact("result-added", nil, c.new.at(b.Pos), "result "+b.Name.Spec, "is new").everywhere(judges(c.new, b)...)
		}
	}
}

func (f *fact) golangUnless(skip bool, l Level) *fact {
	if skip {
		return f
	}
	return f.golang(l)
}

func (c *comparison) isRenamedTo(n *load.Node) bool {
	for _, to := range c.renamed {
		if to == n.Pointer {
			return true
		}
	}
	return false
}

// resultAnew finds the result that a is under another name: one that says the same and is new.
func (c *comparison) resultAnew(a *ir.Result) *ir.Result {
	own := c.old.at(a.Pos).JSON()
	for _, b := range c.new.API.Results {
		known := slices.ContainsFunc(c.old.API.Results, func(r *ir.Result) bool { return r.Name.Spec == b.Name.Spec })
		if !known && string(c.new.at(b.Pos).JSON()) == string(own) {
			return b
		}
	}
	return nil
}

// renamedResult reports whether one result has taken the place of another as a whole.
func (c *comparison) renamedResult(before, after string) bool {
	const all = "/x-msdk-results"
	from, to := all+load.Pointer(before), all+load.Pointer(after)
	return c.renamed[from] == to
}

// judges are the operations whose responses a result judges, itself or through one that shares its codes.
func judges(d *Document, r *ir.Result) []string {
	var ids []string
	for _, op := range d.API.Operations {
		if op.Result != nil && (op.Result == r || op.Result.Like == r) {
			ids = append(ids, op.Name.Spec)
		}
	}
	return ids
}

// messageWords are the fields of the text, in the order in which they are looked at.
func messageWords(r *ir.Result) string {
	return strings.Join(append([]string{r.Message}, r.Elsewhere...), ", then ")
}

// result compares two results of one name. What both share with another one is compared there.
func (c *comparison) result(a, b *ir.Result) {
	older, newer := c.old.at(a.Pos), c.new.at(b.Pos)
	ops := append(judges(c.old, a), judges(c.new, b)...)
	add := func(rule, key, what, before, after string) {
		if before == after {
			return
		}
		c.memberFact(rule, older, newer, key, "result "+b.Name.Spec, "%s: was %s, is %s now", what, orNone(before), orNone(after)).values(before, after).everywhere(ops...).
			do("Look at how you tell success from failure in %s.", listed(c.new.operationOrder(ops, c.old), 5))
	}
	shared := a.Like != nil && b.Like != nil && a.Like.Name.Spec == b.Like.Name.Spec
	field := func(key, what, before, after string, own bool) {
		if !shared || own {
			add("result-field-changed", key, what, before, after)
		}
	}
	own := func(key string) bool { return older.Has(key) || newer.Has(key) }
	field("code", "the field of the code", a.Code, b.Code, own("code"))
	if before, after := messageWords(a), messageWords(b); a.Message != "" && strings.HasPrefix(after, before+", ") && (!shared || own("message")) {
		add("result-text-added", "message", "the field of the text", before, after)
	} else {
		field("message", "the field of the text", before, after, own("message"))
	}
	field("status", "the field of the word", statusWords(a.Status), statusWords(b.Status), own("status"))
	if !shared || own("empty") {
		add("empty-codes-changed", "empty", "the codes of an empty answer", codeWords(a.Empty), codeWords(b.Empty))
	}
	if shared {
		return
	}
	if (a.Like == nil) != (b.Like == nil) {
		c.explainsMember(older, newer, "like")
	}
	add("success-codes-changed", "success", "the codes of success", codeWords(a.Success), codeWords(b.Success))
	add("wrapped-codes-changed", "wrapped", "the codes that wrap another one", wrappedWords(a), wrappedWords(b))
	c.failureCodes(a, b, ops)
	if a.Like == nil && b.Like == nil {
		c.errorCodes(a, b, ops)
	}
}

func statusWords(s *ir.Status) string {
	if s == nil {
		return ""
	}
	return fmt.Sprintf("%s (%s or %s)", s.Field, s.Success, s.Failure)
}

// codeWords lists codes; their order means nothing.
func codeWords(codes []int64) string {
	sorted := slices.Sorted(slices.Values(codes))
	var words []string
	for _, code := range sorted {
		words = append(words, strconv.FormatInt(code, 10))
	}
	return listed(words, len(words))
}

func wrappedWords(r *ir.Result) string {
	var words []string
	for _, w := range r.Wrapped {
		words = append(words, fmt.Sprintf("%d of %s", w.Code, w.Platform))
	}
	slices.Sort(words)
	return listed(words, len(words))
}

func (c *comparison) failureCodes(a, b *ir.Result, ops []string) {
	find := func(r *ir.Result, kind ir.FailureKind) (*ir.Failure, string) {
		for _, f := range r.Failures {
			if f.Kind == kind {
				return f, strconv.FormatInt(f.Code, 10)
			}
		}
		return nil, ""
	}
	for _, kind := range ir.FailureKinds() {
		x, before := find(a, kind)
		y, after := find(b, kind)
		if before == after {
			continue
		}
		older, newer := c.old.at(a.Pos).Member("failures"), c.new.at(b.Pos).Member("failures")
		var xn, yn *load.Node
		if x != nil {
			xn = c.old.at(x.Pos)
		}
		if y != nil {
			yn = c.new.at(y.Pos)
		}
		f := c.fact("failure-code-changed", xn, yn, "failure "+string(kind)+" of "+b.Name.Spec, "was answered with %s, is answered with %s now", orNone(before), orNone(after)).
			values(before, after).everywhere(ops...)
		f.old, f.new = first(xn, older), first(yn, newer)
	}
}

// errorCodes compares the tables: rows of one code, then rows of one name.
func (c *comparison) errorCodes(a, b *ir.Result, ops []string) {
	taken := map[*ir.ErrorCode]*ir.ErrorCode{}
	used := map[*ir.ErrorCode]bool{}
	for _, same := range []func(x, y *ir.ErrorCode) bool{
		func(x, y *ir.ErrorCode) bool { return x.Code == y.Code },
		func(x, y *ir.ErrorCode) bool { return x.Name.Spec == y.Name.Spec },
	} {
		for _, x := range a.Errors {
			for _, y := range b.Errors {
				if taken[x] == nil && !used[y] && same(x, y) {
					taken[x], used[y] = y, true
				}
			}
		}
	}
	list := func(d *Document, r *ir.Result) *load.Node {
		n := d.at(r.Pos)
		return first(n.Member("errors"), n)
	}
	for _, x := range a.Errors {
		if y := taken[x]; y != nil {
			c.errorCode(x, y, b, ops)
			continue
		}
		f := c.fact("error-code-removed", c.old.at(x.Pos), nil, fmt.Sprintf("code %d of %s", x.Code, a.Name.Spec), "is gone").values(strconv.FormatInt(x.Code, 10), "").everywhere(ops...)
		f.new = list(c.new, b)
		f.do("Do without the constant %s; the vendor documents the code no longer.", x.Name.Go)
	}
	for _, y := range b.Errors {
		if !used[y] {
			f := c.fact("error-code-added", nil, c.new.at(y.Pos), fmt.Sprintf("code %d of %s", y.Code, b.Name.Spec), "is new: %s", clip(y.Text, 80)).
				values("", strconv.FormatInt(y.Code, 10)).everywhere(ops...)
			f.old = list(c.old, a)
		}
	}
}

func (c *comparison) errorCode(x, y *ir.ErrorCode, r *ir.Result, ops []string) {
	older, newer := c.old.at(x.Pos), c.new.at(y.Pos)
	subject := fmt.Sprintf("code %d of %s", y.Code, r.Name.Spec)
	if x.Code != y.Code {
		c.memberFact("error-code-changed", older, newer, "code", "code "+y.Name.Spec+" of "+r.Name.Spec, "was %d, is %d now", x.Code, y.Code).
			values(strconv.FormatInt(x.Code, 10), strconv.FormatInt(y.Code, 10)).everywhere(ops...).
			do("Look for %d in code and tests that do not use the constant %s.", x.Code, y.Name.Go)
	}
	if x.Name.Spec != y.Name.Spec && x.Name.Go != y.Name.Go {
		c.memberFact("error-code-renamed", older, newer, "name", subject, "was called %s, is called %s now", x.Name.Spec, y.Name.Spec).
			values(x.Name.Spec, y.Name.Spec).everywhere(ops...).do("Rename the constant %s to %s.", x.Name.Go, y.Name.Go)
	}
	if x.Retry != y.Retry {
		text := "a second attempt does not help any more"
		if y.Retry {
			text = "a second attempt may succeed from now on"
		}
		c.memberFact("error-retry-changed", older, newer, "retry", subject, "%s", text).everywhere(ops...)
	}
}
