package lower

// Parameters, and the agreement of a path's braces with them.

import (
	"regexp"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

var places = map[string]ir.In{"query": ir.InQuery, "path": ir.InPath, "header": ir.InHeader, "cookie": ir.InCookie}

// parameters lowers the parameters of an operation, those of its path first. One of the operation's own replaces its namesake.
func (l *lowering) parameters(op *ir.Operation, item, n *load.Node) {
	type key struct{ name, in string }
	keyOf := func(p *load.Node) key { return key{text(p.Member("name")), text(p.Member("in"))} }
	var own []*load.Node
	replaced := map[key]bool{}
	for _, p := range members(n.Member("parameters")) {
		if p = l.resolve(p); p != nil {
			if !replaced[keyOf(p)] { // load has complained about a second one
				own = append(own, p)
			}
			replaced[keyOf(p)] = true
		}
	}
	var all []*load.Node
	for _, p := range members(item.Member("parameters")) {
		if p = l.resolve(p); p != nil && !replaced[keyOf(p)] {
			all = append(all, p)
		}
	}
	for _, p := range append(all, own...) {
		if parameter := l.parameter(op, p); parameter != nil {
			op.Parameters = append(op.Parameters, parameter)
			l.option(parameter)
		}
	}
}

// parameter lowers one parameter; n is resolved.
func (l *lowering) parameter(op *ir.Operation, n *load.Node) *ir.Parameter {
	in, ok := places[text(n.Member("in"))]
	if !ok {
		return nil // reported by load
	}
	l.refuse(n, parameterRefusals)
	l.parameterStyle(n, in)
	name := n.Member("name")
	p := &ir.Parameter{
		Pos:      n.Place(),
		Name:     ir.Name{Spec: text(name), Override: text(n.Member("x-go-name")), OverridePos: n.Member("x-go-name").Where(), Pos: name.Where()},
		In:       in,
		Doc:      l.describe(n),
		Required: isTrue(n.Member("required")),
		Fill:     l.fill(n.Member("x-msdk-value"), in),
	}
	switch {
	case in == ir.InCookie:
		l.unsupported(n.Member("in"), "", "a parameter in %s", in)
	case in == ir.InHeader && p.Name.Spec != "":
		l.headerParameter(op, p)
	}
	schema := n.Member("schema")
	if schema == nil {
		p.Type = &ir.Type{Pos: p.Pos, Kind: ir.KindString}
		return p
	}
	before := len(*l.list)
	var f facts
	p.Type, f = l.parameterType(op, p, n, schema)
	p.Rules, p.Default = f.rules, f.def
	l.sample(n.Member("example"), p.Type, f)
	for _, named := range members(n.Member("examples")) {
		l.sample(l.resolve(named).Member("value"), p.Type, f)
	}
	p.Sensitive = f.sensitive || l.boolean(n.Member("x-msdk-sensitive"))
	l.expectedParameter(p, n.Member("x-msdk-expected"), schema.Member("x-msdk-expected"))
	if p.Fill != nil && p.Fill.Kind == ir.FillConstant {
		p.Rules = slices.DeleteFunc(p.Rules, func(r *ir.Rule) bool { return r.Keyword == "const" })
	}
	l.fillFits(p.Fill, p.Type, f.single)
	if p.Doc.Description == "" {
		p.Doc.Description = text(schema.Member("description"))
	}
	switch k := baseKind(p.Type); k {
	case ir.KindList, ir.KindMap, ir.KindStruct, ir.KindUnion, ir.KindAny:
		if len(*l.list) == before { // else it has this kind because its schema was refused
			l.unsupported(schema, "", "a parameter of the kind %s", k)
		}
	}
	return p
}

// parameterStyle refuses forms of parameters that would look different on the wire. Those of single values in a path or header do not.
func (l *lowering) parameterStyle(n *load.Node, in ir.In) {
	form := "simple"
	if in == ir.InQuery || in == ir.InCookie {
		form = "form"
	}
	if style := n.Member("style"); style != nil && text(style) != form {
		l.unsupported(style, "", "%q", "style")
	}
	if explode := n.Member("explode"); form == "form" && isFalse(explode) {
		l.unsupported(explode, "", "%q", "explode")
	}
}

// headerParameter checks the name of a header.
func (l *lowering) headerParameter(op *ir.Operation, p *ir.Parameter) {
	if strings.EqualFold(p.Name.Spec, "authorization") && (p.Fill == nil || p.Fill.Kind != ir.FillSignature) {
		l.list.Errorf(p.Name.Pos, diag.CodeUnsupported, "the header %q is not supported here: OpenAPI leaves it to security schemes", p.Name.Spec).
			Suggest("describe how it comes about with x-msdk-sign")
		return
	}
	l.headerName(p.Name.Pos, p.Name.Spec)
	if first := parameterIn(op, ir.InHeader, p.Name.Spec); first != nil && first.Name.Spec != p.Name.Spec {
		l.list.Errorf(p.Name.Pos, diag.CodeInvalidOpenAPI, "the header %q is declared twice: the case of its letters makes no difference", p.Name.Spec).
			See(first.Name.Pos, "first declared here")
	}
}

// expectedParameter reads x-msdk-expected, which may stand at the parameter or at its schema.
func (l *lowering) expectedParameter(p *ir.Parameter, marks ...*load.Node) {
	for _, m := range marks {
		if !l.boolean(m) {
			continue
		}
		p.Expected = true
		if p.Fill != nil {
			l.list.Errorf(m.Place(), diag.CodeExtension, "the client fills %q, so nothing is expected of a caller", p.Name.Spec).See(p.Fill.Pos, "its source")
		}
	}
}

// parameterType lowers the schema of a parameter. An enum in a parameter that several operations share is one type.
func (l *lowering) parameterType(op *ir.Operation, p *ir.Parameter, n, schema *load.Node) (*ir.Type, facts) {
	for _, v := range enumValues(schema) {
		l.allowed[p] = append(l.allowed[p], v.Value)
	}
	if ref := l.referred(schema); ref != nil {
		t := l.reference(ref)
		if !t.Open {
			l.allowed[p] = append(l.allowed[p], enumTexts(t)...)
		}
		l.besideReference(schema)
		return t, l.facts(schema, t)
	}
	shared := n.KeyPos.IsValid() // under components; items of a list have no key
	s := scope{owner: &op.Name, tail: p.Name.Spec, operation: true, plain: p.Fill != nil && p.Fill.Kind != ir.FillOption}
	if shared {
		s.owner, s.tail = nil, n.Key
	}
	if t := l.shared[n]; t != nil {
		return t, l.facts(schema, t)
	}
	t := l.shape(schema, s)
	if shared {
		l.shared[n] = t
	}
	return t, l.facts(schema, t)
}

// option enters a parameter that an option fills. Operations that share its name share the option.
func (l *lowering) option(p *ir.Parameter) {
	if p.Fill == nil || p.Fill.Kind != ir.FillOption {
		return
	}
	for _, first := range l.api.Options {
		if first.Name.Spec != p.Name.Spec {
			continue
		}
		a, b := first.Type, p.Type
		if a.Kind != b.Kind || a.Bits != b.Bits || a.Unsigned != b.Unsigned || a.Name != b.Name {
			l.list.Errorf(p.Pos, diag.CodeExtension, "the option %q has another type here", p.Name.Spec).See(first.Pos, "first declared here")
		}
		return
	}
	l.api.Options = append(l.api.Options, p)
}

func queryParameter(op *ir.Operation, name string) *ir.Parameter {
	return parameterIn(op, ir.InQuery, name)
}

func queryNames(op *ir.Operation) []string { return parameterNames(op, ir.InQuery) }

var braces = regexp.MustCompile(`\{([^{}]*)\}`)

// pathTemplate compares the braces of the path with the parameters that are declared for them.
func (l *lowering) pathTemplate(op *ir.Operation, item, n *load.Node) {
	if !wholeBraces(op.Path) {
		return
	}
	var names []string
	for _, match := range braces.FindAllStringSubmatch(op.Path, -1) {
		names = append(names, match[1])
	}
	var declared []string
	for _, p := range op.Parameters {
		if p.In != ir.InPath {
			continue
		}
		declared = append(declared, p.Name.Spec)
		if !slices.Contains(names, p.Name.Spec) {
			l.list.Errorf(p.Name.Pos, diag.CodePathParameter, "the path %q has no {%s}", op.Path, p.Name.Spec).See(n.Place(), "in this operation")
		}
	}
	for _, segment := range strings.Split(op.Path, "/") {
		if len(braces.FindAllString(segment, 2)) > 1 { // x-y and z, or x and y-z: no server could tell
			l.list.Errorf(item.Place(), diag.CodeUnsupported, "two path parameters in %q are not supported", segment).
				Suggest("one parameter between two slashes")
		}
	}
	if aliases := n.Member("x-msdk-path-aliases"); len(declared) > 0 && len(members(aliases)) > 0 {
		l.unsupported(aliases, "", "an alias of a path with parameters")
	}
	for i, name := range names {
		switch {
		case slices.Contains(names[:i], name):
			l.list.Errorf(item.Place(), diag.CodePathParameter, "the path %q has {%s} twice", op.Path, name)
		case !slices.Contains(declared, name):
			l.list.Errorf(n.Place(), diag.CodePathParameter, "the parameter {%s} of the path %q is not declared", name, op.Path)
		}
	}
}
