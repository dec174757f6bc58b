package lower

// Operations: one method on one path, and the calls that it is made of.

import (
	"slices"
	"strings"
	"time"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

var (
	methods        = []string{"get", "put", "post", "delete", "patch"}
	refusedMethods = []string{"head", "options", "trace"} // see pathRefusals
)

// paths lowers every operation, in document order.
func (l *lowering) paths() {
	l.declaredTags()
	for _, path := range members(l.doc.Root.Member("paths")) {
		if !strings.HasPrefix(path.Key, "/") {
			continue // x-*
		}
		l.pathFits(path)
		item := l.resolve(path)
		l.refuse(item, pathRefusals)
		for _, n := range members(item) {
			switch {
			case !isKind(n, load.Mapping):
			case slices.Contains(methods, n.Key):
				l.operation(path.Key, item, n)
			case slices.Contains(refusedMethods, n.Key):
				l.refusedOperation(path.Key, n)
			}
		}
	}
	l.checkPaths()
}

// refusedOperation enters an operation of a method that is refused, so that a configuration can name it and leave it out.
func (l *lowering) refusedOperation(path string, n *load.Node) {
	op := &ir.Operation{Pos: n.Place(), Method: strings.ToUpper(n.Key), Path: path, Tag: l.tag(n), Doc: l.describe(n)}
	l.nodes[op] = n
	op.Tag.Operations = append(op.Tag.Operations, op)
	l.api.Operations = append(l.api.Operations, op)
	l.nameOperation(op, n)
	l.calls(op, nil)
	l.request(op, op.Calls[0])
}

// operation lowers one operation; n is its node, item that of the path around it.
func (l *lowering) operation(path string, item, n *load.Node) {
	l.refuse(n, operationRefusals)
	op := &ir.Operation{
		Pos: n.Place(), Method: strings.ToUpper(n.Key), Path: path,
		Tag: l.tag(n), Doc: l.describe(n),
	}
	l.nodes[op] = n
	op.Tag.Operations = append(op.Tag.Operations, op)
	l.api.Operations = append(l.api.Operations, op)
	l.nameOperation(op, n)
	if l.strict && !n.Has("x-msdk-doc") {
		l.list.Warnf(n.Place(), diag.CodeNoDoc, "the operation %q does not say where it is documented", op.Name.Spec).Suggest("add x-msdk-doc")
	}
	for _, alias := range l.texts(n.Member("x-msdk-path-aliases")) {
		op.Aliases = append(op.Aliases, alias.Value)
	}
	if ms, ok := l.positive(n.Member("x-msdk-timeout")); ok {
		if ms > int64(time.Hour/time.Millisecond)*24 {
			l.list.Errorf(n.Member("x-msdk-timeout").Pos, diag.CodeExtension, "a time limit of more than a day; the unit is milliseconds")
		} else {
			op.Timeout = time.Duration(ms) * time.Millisecond
		}
	}
	op.Repeatable = l.boolean(n.Member("x-msdk-repeatable"))
	op.Result = l.result(n.Member("x-msdk-result"))
	op.Scheme = l.security(n)
	op.Cipher = l.encryption(op, n)
	l.parameters(op, item, n)
	l.addPlaces(op)
	l.pathTemplate(op, item, n)
	l.calls(op, n)
	l.bodies(op, n)
	l.responses(op, n)
	l.claims(op)
	for _, c := range op.Calls {
		l.request(op, c)
	}
	l.operationExamples(op, n)
}

// nameOperation names an operation by its operationId, which has to be unique, else by method and path.
func (l *lowering) nameOperation(op *ir.Operation, n *load.Node) {
	op.Name = ir.Name{Spec: n.Key + " " + op.Path, Override: text(n.Member("x-go-name")), OverridePos: n.Member("x-go-name").Where(), Pos: n.Place()}
	id := n.Member("operationId")
	if text(id) == "" {
		return
	}
	op.Name.Spec, op.Name.Pos = id.Value, id.Pos
	if first := l.ids[id.Value]; first != nil {
		l.list.Errorf(id.Pos, diag.CodeDuplicateOp, "the operationId %q is taken", id.Value).See(first.Name.Pos, "first used here")
		return
	}
	l.ids[id.Value] = op
}

// calls makes the calls of an operation: one, or one for each variant.
func (l *lowering) calls(op *ir.Operation, n *load.Node) {
	variants := n.Member("x-msdk-variants")
	if variants == nil || !l.mapping(variants, "parameter", "cases") {
		op.Calls = []*ir.Call{{Pos: op.Pos, Operation: op, Name: op.Name, Doc: op.Doc}}
		return
	}
	op.Variants = &ir.Variants{Pos: variants.Place(), Parameter: l.variantParameter(op, variants)}
	cases, read := l.need(variants, "cases").AsMapping(l.list)
	seen := map[string]*ir.Call{}
	for _, c := range cases {
		if !l.mapping(c, "value", "line", "description", "summary") {
			continue
		}
		call := &ir.Call{
			Pos: c.Place(), Operation: op, Variant: c.Key, Doc: op.Doc,
			Name: ir.Name{Spec: op.Name.Spec + "." + c.Key, Pos: c.Place()},
		}
		l.describeCase(c, call)
		if value, ok := l.text(l.need(c, "value")); ok {
			call.Value = value
			l.variantValue(op, c.Member("value"), call, seen)
		}
		op.Calls = append(op.Calls, call)
	}
	if read && len(cases) == 0 {
		l.list.Errorf(variants.Member("cases").Place(), diag.CodeExtension, "an operation with variants needs at least one case")
	}
	if len(op.Calls) == 0 {
		op.Calls = []*ir.Call{{Pos: op.Pos, Operation: op, Name: op.Name, Doc: op.Doc}}
	}
}

// describeCase lets a case say what is special about it; what it leaves out is that of the operation.
func (l *lowering) describeCase(c *load.Node, call *ir.Call) {
	if summary, ok := l.text(c.Member("summary")); ok {
		call.Doc.Summary = summary
	}
	if description, ok := l.text(c.Member("description")); ok {
		call.Doc.Description = description
	}
	line, ok := l.positive(c.Member("line"))
	if !ok {
		return
	}
	source := ir.Source{}
	if call.Operation.Doc.Source != nil {
		source = *call.Operation.Doc.Source
	}
	source.Pos, source.Line = c.Member("line").Pos, int(line)
	call.Doc.Source = &source
}

// variantParameter finds the query parameter that tells the variants apart.
func (l *lowering) variantParameter(op *ir.Operation, variants *load.Node) *ir.Parameter {
	n := l.need(variants, "parameter")
	name, ok := l.text(n)
	if !ok {
		return nil
	}
	p := queryParameter(op, name)
	switch {
	case p == nil:
		l.unknown(n.Pos, diag.CodeUnknownName, "query parameter", name, queryNames(op))
	case p.Fill == nil || p.Fill.Kind != ir.FillVariant:
		l.list.Errorf(n.Pos, diag.CodeExtension, "the parameter %q has to be filled by the variant", name).
			See(p.Pos, "declared here").Suggest("x-msdk-value: variant")
	}
	return p
}

// variantValue checks the value that selects a variant: it has to be unique and one that the parameter allows.
func (l *lowering) variantValue(op *ir.Operation, n *load.Node, call *ir.Call, seen map[string]*ir.Call) {
	if first := seen[call.Value]; first != nil {
		l.list.Errorf(n.Pos, diag.CodeExtension, "the value %q selects another variant already", call.Value).See(first.Pos, "this one")
	}
	seen[call.Value] = call
	p := op.Variants.Parameter
	if p == nil {
		return
	}
	if allowed := l.allowed[p]; len(allowed) > 0 && !slices.Contains(allowed, call.Value) {
		l.unknown(n.Pos, diag.CodeUnknownValue, "value of "+p.Name.Spec, call.Value, allowed)
	}
	if p.Type.Kind == ir.KindInt {
		if _, ok := number(call.Value); !ok || !isInteger(call.Value) {
			l.list.Errorf(n.Pos, diag.CodeExtension, "the parameter %q is an integer, %q is none", p.Name.Spec, call.Value)
		}
	}
}

// checkPaths reports paths and aliases that lead to two operations. A slash at the end makes no difference: servers take a path with
// and without it.
func (l *lowering) checkPaths() {
	first := map[string]*ir.Operation{}
	for _, op := range l.api.Operations {
		path := strings.TrimSuffix(op.Path, "/")
		if other := first[path]; other != nil && other.Path != op.Path {
			l.list.Errorf(op.Pos, diag.CodeExtension, "the path %q differs from another one only by a slash at its end", op.Path).See(other.Pos, "the other one")
		} else if other == nil {
			first[path] = op
		}
	}
	taken := map[string]diag.Pos{}
	for _, op := range l.api.Operations {
		for _, n := range members(l.nodes[op].Member("x-msdk-path-aliases")) {
			path := strings.TrimSuffix(n.Value, "/")
			other, used := taken[path]
			if op := first[path]; op != nil {
				other, used = op.Pos, true
			}
			switch {
			case !isKind(n, load.Text): // reported
			case !strings.HasPrefix(n.Value, "/") || strings.ContainsAny(n.Value, "{}?#"):
				l.list.Errorf(n.Pos, diag.CodeExtension, "the alias %q is no plain path that begins with a slash", n.Value)
			case used:
				l.list.Errorf(n.Pos, diag.CodeExtension, "the path %q is taken", n.Value).See(other, "by this one")
			default:
				taken[path] = n.Pos
			}
		}
	}
}
