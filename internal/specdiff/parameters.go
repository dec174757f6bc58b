package specdiff

// Parameters of operations. What is said about their values is compared as it is for fields.

import (
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// parameters compares those of two operations.
func (c *comparison) parameters(o *operationPair) {
	before, after := c.declared(c.old, o.old, c.new, o.new), c.declared(c.new, o.new, c.old, o.old)
	pairs, removed, added := matchParameters(before, after)
	for _, p := range pairs {
		c.parameter(o, p[0], p[1])
	}
	for _, p := range removed {
		c.removedParameter(o, p)
	}
	for _, p := range added {
		c.addedParameter(o, p)
	}
}

// declared leaves out the signature where one of the sides does not declare it as a parameter: it follows from the place of the signature, which
// has a row of its own.
func (c *comparison) declared(d *Document, op *ir.Operation, other *Document, counterpart *ir.Operation) []*ir.Parameter {
	follows := func(d *Document, p *ir.Parameter) bool {
		n := d.at(p.Pos)
		return p.Fill != nil && p.Fill.Kind == ir.FillSignature && (n == nil || strings.Contains(n.Pointer, "/"+signKey+"/"))
	}
	return slices.DeleteFunc(slices.Clone(op.Parameters), func(p *ir.Parameter) bool {
		return follows(d, p) || slices.ContainsFunc(counterpart.Parameters, func(q *ir.Parameter) bool {
			return q.Name.Spec == p.Name.Spec && q.In == p.In && follows(other, q)
		})
	})
}

// asField is a parameter as the field of a request that it is, or would be.
func asField(p *ir.Parameter) *ir.Field {
	return &ir.Field{
		Pos: p.Pos, Name: p.Name, In: p.In, Doc: p.Doc, Type: p.Type, Required: p.Required, Expected: p.Expected, Sensitive: p.Sensitive,
		Fill: p.Fill, Default: p.Default, Rules: p.Rules,
	}
}

// isOption reports whether a client or call option fills a parameter.
func isOption(p *ir.Parameter) bool { return p.Fill != nil && p.Fill.Kind == ir.FillOption }

// supplied reports whether a parameter is a field of the request.
func supplied(p *ir.Parameter) bool { return p.Fill == nil && !p.Also }

// once finds the facts about a parameter that operations share, or makes them, and brings them to this operation.
func (c *comparison) once(o *operationPair, older, newer *load.Node, make func() []*fact) []*fact {
	key := [2]string{}
	if older != nil {
		key[0] = older.Pointer
	}
	if newer != nil {
		key[1] = newer.Pointer
	}
	facts, ok := c.fields[key]
	if !ok {
		facts = make()
		c.fields[key] = facts
	}
	for _, f := range facts {
		f.meet(inRequest, o.new.Name.Spec)
	}
	return facts
}

func (c *comparison) addedParameter(o *operationPair, p *ir.Parameter) {
	n := c.new.at(p.Pos)
	facts := c.once(o, nil, n, func() []*fact {
		rule, action := "parameter-added", ""
		switch {
		case p.Required && p.Fill != nil && !isOption(p), p.Required && p.Also, p.Required && p.Default != nil:
			rule, action = "parameter-added-filled", "Generate anew: the client fills it from then on."
		case p.Required && isOption(p):
			rule, action = "parameter-added-required", "Pass With"+p.Name.Go+" to the client or to each call: requests without it are refused."
		case p.Required:
			rule, action = "parameter-added-required", "Set the field "+p.Name.Go+" of the request: requests without it are refused."
		case p.Expected:
			rule, action = "parameter-added-expected", "Set the field "+p.Name.Go+" of the request: Validate asks for it."
		}
		f := c.fact(rule, nil, n, "parameter "+p.Name.Spec, "is new, in the %s: %s, %s", p.In, typeWords(p.Type), duty(asField(p))).do("%s", action)
		f.old = c.parameterList(o.old, c.old)
		c.explains(nil, c.item(c.new, o.new, n))
		return []*fact{f}
	})
	for _, f := range facts {
		signs(f, o.new.Scheme, p.In, p.Name.Spec)
	}
	c.explains(nil, c.item(c.new, o.new, n))
}

func (c *comparison) removedParameter(o *operationPair, p *ir.Parameter) {
	n := c.old.at(p.Pos)
	facts := c.once(o, n, nil, func() []*fact {
		f := c.fact("parameter-removed", n, nil, "parameter "+p.Name.Spec, "is gone; it was %s, %s", typeWords(p.Type), duty(asField(p)))
		f.new = c.parameterList(o.new, c.new)
		kept := slices.ContainsFunc(c.new.API.Options, func(other *ir.Parameter) bool { return other.Name.Go == p.Name.Go })
		switch {
		case supplied(p):
			f.goBreaksIf(true).do("Do without the field %s of the request.", p.Name.Go)
		case isOption(p) && kept:
			f.golang(Risky)
		case isOption(p):
			f.goBreaksIf(true).do("Do without the option With%s.", p.Name.Go)
		}
		return []*fact{f}
	})
	for _, f := range facts {
		signs(f, o.old.Scheme, p.In, p.Name.Spec)
	}
	c.explains(c.item(c.old, o.old, n), nil)
}

// item is the entry under parameters that leads to a parameter: itself, or a reference to it.
func (c *comparison) item(d *Document, op *ir.Operation, n *load.Node) *load.Node {
	own := d.operationNode(op)
	for _, list := range []*load.Node{own.Member("parameters"), d.spec.At(load.Pointer("paths", op.Path)).Member("parameters")} {
		if list == nil {
			continue
		}
		for _, entry := range list.Children {
			if ref := entry.Member("$ref"); entry == n || ref != nil && n != nil && ref.Value == "#"+n.Pointer {
				return entry
			}
		}
	}
	return nil
}

// parameterList is where a parameter would stand.
func (c *comparison) parameterList(op *ir.Operation, d *Document) *load.Node {
	n := d.operationNode(op)
	return first(n.Member("parameters"), n)
}

// parameter compares two parameters that are the same one, possibly in another place or under another name.
func (c *comparison) parameter(o *operationPair, p, q *ir.Parameter) {
	older, newer := c.old.at(p.Pos), c.new.at(q.Pos)
	var below typePair
	facts := c.once(o, older, newer, func() []*fact {
		u := &useComparison{
			c: c, old: asField(p), new: asField(q), oldNode: older, newNode: newer, label: "parameter " + q.Name.Spec,
			goExpr: "the field " + q.Name.Go + " of the request", sameGo: c.sameGoParameter(p, q),
		}
		sameName := p.Name.Go == q.Name.Go || p.Fill != nil && !isOption(p)
		switch {
		case p.Name.Spec != q.Name.Spec && !sameHeader(p, q):
			c.parameterNames[p.Name.Spec] = q.Name.Spec
			r := u.fact("parameter-renamed", older.Member("name"), newer.Member("name"), "was %s: same shape, so most likely the same parameter under another name", p.Name.Spec).
				values(p.Name.Spec, q.Name.Spec).goBreaksIf(!sameName)
			if !sameName {
				r.do("Rename %s to %s where the request or an option sets it.", p.Name.Go, q.Name.Go)
			}
		case !sameName && !c.spelled[p.Name.Spec]:
			u.fact("go-name-changed", older.Member("x-go-name"), newer.Member("x-go-name"), "the Go name was %s, is %s now", p.Name.Go, q.Name.Go).
				values(p.Name.Go, q.Name.Go).do("Rename %s to %s where the request or an option sets it.", p.Name.Go, q.Name.Go)
		}
		if p.In != q.In {
			u.typed(u.member("parameter-moved", "in", "was in the %s, is in the %s now", p.In, q.In).values(p.In.String(), q.In.String()))
		}
		c.parameterUse(u, p, q)
		return u.facts
	})
	for _, f := range facts {
		signs(f, o.old.Scheme, p.In, p.Name.Spec)
		signs(f, o.new.Scheme, q.In, q.Name.Spec)
	}
	c.item(c.old, o.old, older)
	below = typePair{p.Type, q.Type, parameterBare(p, q)}
	c.under(below, inRequest, o.new.Name.Spec)
}

// sameHeader reports whether two names mean one header.
func sameHeader(p, q *ir.Parameter) bool {
	return p.In == ir.InHeader && q.In == ir.InHeader && strings.EqualFold(p.Name.Spec, q.Name.Spec)
}

// parameterBare reports whether a schema moves between a parameter and a component.
func parameterBare(p, q *ir.Parameter) bool {
	return (p.Type.Name == nil) != (q.Type.Name == nil)
}

// sameGoParameter is sameGoField for parameters: an option takes a plain value, and what the client fills is nothing to a caller.
func (c *comparison) sameGoParameter(p, q *ir.Parameter) bool {
	switch {
	case supplied(p) && supplied(q):
		return c.sameGoField(asField(p), asField(q))
	case isOption(p) && isOption(q):
		return c.sameGo(p.Type, q.Type)
	}
	return !supplied(p) && !supplied(q) && !isOption(p) && !isOption(q) || p.Also && q.Also
}

// parameterUse compares what is said about the values. The schema stands below the parameter, and so do the keys about values.
func (c *comparison) parameterUse(u *useComparison, p, q *ir.Parameter) {
	u.duty()
	if before, after := fillWords(p.Fill), fillWords(q.Fill); before != after && !(p.Fill != nil && q.Fill != nil && p.Fill.Kind == ir.FillConstant && q.Fill.Kind == ir.FillConstant) {
		f := u.plain("parameter-source-changed", "x-msdk-value", "the value came from %s, comes from %s now", before, after).values(before, after)
		f.goBreaksIf(supplied(p) != supplied(q) || isOption(p) != isOption(q)).do("%s", sourceAction(p, q))
		f.otherTime(p.Fill, q.Fill)
	} else {
		u.filled()
	}
	if p.Sensitive != q.Sensitive {
		holder := *u
		if n := u.oldNode.Member("schema"); n.Has("x-msdk-sensitive") {
			holder.oldNode, holder.newNode = n, u.newNode.Member("schema")
		} else if n := u.newNode.Member("schema"); n.Has("x-msdk-sensitive") {
			holder.oldNode, holder.newNode = u.oldNode.Member("schema"), n
		}
		holder.facts = nil
		holder.values()
		u.facts = append(u.facts, holder.facts...)
	}
	if p.Doc.Deprecated != q.Doc.Deprecated {
		u.facts = append(u.facts, c.deprecation(u.oldNode, u.newNode, u.label, q.Doc.Deprecated))
	}
	older, newer := first(u.oldNode.Member("schema"), u.oldNode), first(u.newNode.Member("schema"), u.newNode)
	if value(p.Default) != value(q.Default) {
		u.facts = append(u.facts, c.memberFact("default-changed", older, newer, "default", u.label, "the default was %s, is %s now", orNone(value(p.Default)), orNone(value(q.Default))).
			values(value(p.Default), value(q.Default)))
	}
	bare := parameterBare(p, q)
	before, after := p.Rules, q.Rules
	if bare {
		before, after = append(slices.Clone(before), p.Type.Rules...), append(slices.Clone(after), q.Type.Rules...)
	}
	u.facts = append(u.facts, c.limits(before, after, u.label, older, newer)...)
	facts, _ := c.slot(u.label, older, newer, p.Type, q.Type, bare)
	u.facts = append(u.facts, facts...)
}

func sourceAction(p, q *ir.Parameter) string {
	var does []string
	switch {
	case supplied(p):
		does = append(does, "do without the field "+p.Name.Go+" of the request")
	case isOption(p):
		does = append(does, "do without the option With"+p.Name.Go)
	}
	switch {
	case supplied(q):
		does = append(does, "set the field "+q.Name.Go+" of the request")
	case isOption(q):
		does = append(does, "pass With"+q.Name.Go+" to the client or to a call")
	}
	if does == nil {
		return "Generate anew."
	}
	text := strings.Join(does, ", and ")
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
