package specdiff

// Security schemes: how a request is signed, and how its body is encrypted. What the model says is compared as a whole, member by member and
// whatever members it has, so that nothing about a signature can change in silence; the nodes say where it changed.

import (
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

const signKey = "x-msdk-sign"

func (c *comparison) schemes() {
	taken := map[*ir.Scheme]bool{}
	for _, a := range c.old.API.Schemes {
		b := c.schemeAnew(a)
		n := c.old.at(a.Pos)
		if b == nil {
			c.fact("scheme-removed", n, nil, "scheme "+a.Name.Spec, "is gone").everywhere(signedBy(c.old, a)...).do("Do without With%s and %sCredentials.", a.Name.Go, a.Name.Go)
			continue
		}
		taken[b] = true
		m := c.new.at(b.Pos)
		if a.Name.Spec == b.Name.Spec && n.Pointer != m.Pointer { // between securitySchemes and x-msdk-security-schemes
			c.explains(n, m)
		}
		if a.Name.Spec != b.Name.Spec {
			c.renamed[n.Pointer] = m.Pointer
			c.fact("scheme-renamed", n, m, "scheme "+b.Name.Spec, "was called %s", a.Name.Spec).values(a.Name.Spec, b.Name.Spec).everywhere(signedBy(c.new, b)...).
				do("Rename With%s and %sCredentials to With%s and %sCredentials.", a.Name.Go, a.Name.Go, b.Name.Go, b.Name.Go)
			delete(c.oldSeen, n.Pointer)
			delete(c.newSeen, m.Pointer)
		}
		c.scheme(a, b, n, m)
	}
	for _, b := range c.new.API.Schemes {
		if !taken[b] {
			c.fact("scheme-added", nil, c.new.at(b.Pos), "scheme "+b.Name.Spec, "is new").everywhere(signedBy(c.new, b)...)
		}
	}
}

// schemeAnew finds the scheme of the same name, or a new one that says the same.
func (c *comparison) schemeAnew(a *ir.Scheme) *ir.Scheme {
	named := func(d *Document, name string) *ir.Scheme {
		i := slices.IndexFunc(d.API.Schemes, func(s *ir.Scheme) bool { return s.Name.Spec == name })
		if i < 0 {
			return nil
		}
		return d.API.Schemes[i]
	}
	if b := named(c.new, a.Name.Spec); b != nil {
		return b
	}
	own := string(c.old.at(a.Pos).JSON())
	for _, b := range c.new.API.Schemes {
		if named(c.old, b.Name.Spec) == nil && string(c.new.at(b.Pos).JSON()) == own {
			return b
		}
	}
	return nil
}

func signedBy(d *Document, s *ir.Scheme) []string {
	var ids []string
	for _, op := range d.API.Operations {
		if op.Scheme == s {
			ids = append(ids, op.Name.Spec)
		}
	}
	return ids
}

// innermost is the innermost place around everything that differs between two nodes.
func (c *comparison) innermost(older, newer *load.Node) (*load.Node, *load.Node) {
	var a, b *load.Node
	for _, d := range compareNodes(older, newer, nil) {
		from, to := d.old, d.new
		if from == nil {
			from = c.old.around(to.Pointer[:strings.LastIndexByte(to.Pointer, '/')])
		}
		if to == nil {
			to = c.new.around(from.Pointer[:strings.LastIndexByte(from.Pointer, '/')])
		}
		a, b = common(c.old, a, from), common(c.new, b, to)
	}
	return first(a, older), first(b, newer)
}

func (d *Document) resolved(n *load.Node) *load.Node {
	for range 10 {
		ref := n.Member("$ref")
		if ref == nil {
			return n
		}
		target := d.spec.At(ref.Value)
		if target == nil {
			return n
		}
		n = target
	}
	return n
}

func (c *comparison) credentials(a, b *ir.Scheme, older, newer *load.Node, ops []string) {
	const key = "x-msdk-credentials"
	find := func(s *ir.Scheme, name string) *ir.Credential {
		i := slices.IndexFunc(s.Credentials, func(o *ir.Credential) bool { return o.Name.Spec == name })
		if i < 0 {
			return nil
		}
		return s.Credentials[i]
	}
	list := func(n *load.Node) *load.Node { return first(n.Member(key), n) }
	for _, x := range a.Credentials {
		label := "credential " + x.Name.Spec + " of " + b.Name.Spec
		y := find(b, x.Name.Spec)
		if y == nil {
			f := c.fact("credential-removed", c.old.at(x.Pos), nil, label, "is gone").everywhere(ops...).do("Do without %sCredentials.%s.", b.Name.Go, x.Name.Go)
			f.new = list(newer)
			continue
		}
		n, m := c.old.at(x.Pos), c.new.at(y.Pos)
		c.credential(x, y, b, n, m, ops)
		if x.Name.Go != y.Name.Go && !c.spelled[x.Name.Spec] {
			c.fact("go-name-changed", n, m, label, "the Go field was %s, is %s now", x.Name.Go, y.Name.Go).values(x.Name.Go, y.Name.Go).everywhere(ops...).
				do("Rename %sCredentials.%s to %s.", b.Name.Go, x.Name.Go, y.Name.Go)
		}
	}
	for _, y := range b.Credentials {
		if find(a, y.Name.Spec) == nil {
			rule := "credential-added"
			if y.Optional {
				rule = "credential-added-optional"
			}
			f := c.fact(rule, nil, c.new.at(y.Pos), "credential "+y.Name.Spec+" of "+b.Name.Spec, "is new: %s", credentialWords(y)).everywhere(ops...)
			f.old = list(older)
		}
	}
}

// credential compares two credentials of one name. Whether a client is complete without it is no change of its kind.
func (c *comparison) credential(x, y *ir.Credential, scheme *ir.Scheme, older, newer *load.Node, ops []string) {
	if canonical(x, nil) == canonical(y, nil) {
		return
	}
	label := "credential " + x.Name.Spec + " of " + scheme.Name.Spec
	if x.Optional != y.Optional {
		rule, text := "credential-required", "a client is incomplete without it from now on"
		if y.Optional {
			rule, text = "credential-optional", "a client is complete without it from now on"
		}
		c.memberFact(rule, older, newer, "optional", label, "%s", text).at(older, newer).everywhere(ops...).do("Set %sCredentials.%s.", scheme.Name.Go, y.Name.Go)
	}
	kept := *x
	kept.Optional = y.Optional
	if canonical(&kept, nil) == canonical(y, nil) {
		return
	}
	from, to := c.innermost(older, newer)
	f := c.fact("credential-changed", from, to, label, "was %s, is %s now", credentialWords(x), credentialWords(y)).values(credentialWords(x), credentialWords(y)).everywhere(ops...)
	f.do("Change the value of %sCredentials.%s.", scheme.Name.Go, y.Name.Go)
	if credentialType(x) == credentialType(y) {
		f.golang(Risky)
	}
	c.explains(older, newer)
	delete(c.oldSeen, older.Pointer)
	delete(c.newSeen, newer.Pointer)
	c.explainsMember(older, newer, "app", "secret", "type", "optional")
}

func credentialType(c *ir.Credential) string {
	switch {
	case c.App:
		return "App"
	case c.Secret:
		return "Key"
	}
	return "string"
}

func credentialWords(c *ir.Credential) string {
	words := c.Kind.String()
	if c.Secret {
		words += ", secret"
	}
	if c.App {
		words += ", names the app"
	}
	if c.Optional {
		words += ", optional"
	}
	return words
}

// secured compares by which scheme an operation is signed.
func (c *comparison) secured(o *operationPair, label string) {
	a, b, id := o.old.Scheme, o.new.Scheme, o.new.Name.Spec
	name := func(s *ir.Scheme) string {
		if s == nil {
			return ""
		}
		return s.Name.Spec
	}
	older, newer := securityNode(c.old, o.oldNode), securityNode(c.new, o.newNode)
	renamed := a != nil && b != nil && c.renamed[c.old.at(a.Pos).Pointer] == c.new.at(b.Pos).Pointer && name(a) != name(b)
	if renamed {
		c.explains(older, newer)
	} else if name(a) != name(b) {
		if older.Pointer != newer.Pointer && c.new.spec.At(older.Pointer) == nil {
			c.explains(older, nil)
		}
		if !within(older.Pointer, o.oldNode.Pointer) && !within(newer.Pointer, o.newNode.Pointer) {
			label = "operations that name no scheme" // the head of the document says it for them: one row
		}
		f := c.fact("scheme-changed", older, newer, label, "was signed by %s, is signed by %s now", orNone(name(a)), orNone(name(b))).values(name(a), name(b)).everywhere(id)
		f.do("%s", schemeAction(b))
		for _, key := range securityKeys {
			c.explainsMember(o.oldNode, o.newNode, key)
		}
		if !slices.Contains(securityKeys, older.Key) {
			delete(c.oldSeen, older.Pointer)
		}
		if !slices.Contains(securityKeys, newer.Key) {
			delete(c.newSeen, newer.Pointer)
		}
		if s := c.sideBySide(a, b, o.old, o.new); s != nil {
			f.Signing = append(f.Signing, *s)
		}
	}
}

// securityKeys say by which scheme an operation is signed, at the operation or at the head of the document.
var securityKeys = []string{"x-msdk-security", "security"}

// securityNode is what says it: the own key of an operation, that of the document, or, where nothing does, the operation.
func securityNode(d *Document, op *load.Node) *load.Node {
	var found []*load.Node
	for _, holder := range []*load.Node{op, d.spec.Root} {
		for _, key := range securityKeys {
			if m := holder.Member(key); m != nil {
				found = append(found, m)
			}
		}
	}
	return first(append(found, op)...)
}

func schemeAction(s *ir.Scheme) string {
	if s == nil {
		return "Generate anew; the call takes no credentials any more."
	}
	return "Give the client credentials with With" + s.Name.Go + ", and generate anew."
}

// signsPath raises the verdict for signing where a program reads what has changed of path and method, and shows what comes of it.
func (c *comparison) signsPath(f *fact, o *operationPair) {
	s := o.new.Scheme
	if s == nil || o.old.Scheme == nil {
		return
	}
	reads := func(kinds ...ir.OperandKind) bool {
		return readsSource(s, kinds...) || readsSource(o.old.Scheme, kinds...)
	}
	if !(o.old.Path != o.new.Path && reads(pathSources...)) && !(o.old.Method != o.new.Method && reads(ir.OperandMethod)) {
		return
	}
	f.raised.Signing = Breaking
	if shown := c.sideBySide(o.old.Scheme, s, o.old, o.new); shown != nil {
		f.Signing = append(f.Signing, *shown)
	}
}
