package lower

// The steps of a signing program, one after the other.

import (
	"slices"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// program is the state of one pass over the steps.
type program struct {
	l      *lowering
	scheme *ir.Scheme
	names  map[string]*load.Node // of all steps, those to come included
	order  []string              // the same names in document order
}

// stepOp says what an operation takes and what it gives.
type stepOp struct {
	op    ir.StepOp
	takes func(ir.StepType) bool // nil: text and bytes
	wants string                 // what takes accepts, in words
	gives ir.StepType
}

var stepOps = []stepOp{
	{ir.OpConcat, isText, "text", ir.StepText},
	{ir.OpMD5, nil, "", ir.StepBytes},
	{ir.OpSHA1, nil, "", ir.StepBytes},
	{ir.OpSHA256, nil, "", ir.StepBytes},
	{ir.OpHex, isBytes, "bytes", ir.StepText},
	{ir.OpQuery, nil, "", ir.StepText},
}

func isText(t ir.StepType) bool  { return t == ir.StepText }
func isBytes(t ir.StepType) bool { return t == ir.StepBytes }

// step decodes one step: a name and exactly one operation.
func (p *program) step(n *load.Node) {
	l := p.l
	known := []string{"name"}
	for _, o := range stepOps {
		known = append(known, string(o.op))
	}
	if _, ok := n.AsMapping(l.list); !ok {
		return
	}
	step := &ir.Step{Pos: n.Pos}
	name := l.need(n, "name")
	step.Name = ir.Name{Pos: name.Where()}
	step.Name.Spec, _ = l.text(name)
	found := 0
	for _, m := range n.Children {
		i := slices.IndexFunc(stepOps, func(s stepOp) bool { return string(s.op) == m.Key })
		switch {
		case m.Key == "name":
		case i < 0:
			found++
			l.unknown(m.Place(), diag.CodeUnknownName, "operation", m.Key, known[1:])
		default:
			found++
			step.Op, step.Type = stepOps[i].op, stepOps[i].gives
			for _, a := range p.args(m, step.Op) {
				if takes := stepOps[i].takes; takes != nil && !takes(a.typ) {
					l.list.Errorf(a.Pos, diag.CodeStepType, "%q takes %s, this is %s", m.Key, stepOps[i].wants, a.typ)
				}
				step.Args = append(step.Args, a.Operand)
			}
		}
	}
	if found != 1 {
		l.list.Errorf(n.Pos, diag.CodeExtension, "a step has exactly one operation, here are %d", found)
	}
	p.scheme.Program.Steps = append(p.scheme.Program.Steps, step)
}

// argument is an operand and the type of its value.
type argument struct {
	ir.Operand
	typ ir.StepType
}

// args decodes the operands of one operation.
func (p *program) args(n *load.Node, op ir.StepOp) []argument {
	switch op {
	case ir.OpQuery:
		return p.query(n)
	case ir.OpConcat:
		items, ok := n.AsList(p.l.list)
		if ok && len(items) == 0 {
			p.l.list.Errorf(n.Place(), diag.CodeExtension, "nothing to join")
		}
		var all []argument
		for _, item := range items {
			if a, ok := p.operand(item); ok {
				all = append(all, a)
			}
		}
		return all
	}
	if a, ok := p.operand(n); ok {
		return []argument{a}
	}
	return nil
}

func (p *program) query(n *load.Node) []argument {
	if !p.l.mapping(n, "except") {
		return nil
	}
	a := argument{Operand: ir.Operand{Pos: n.Pos, Kind: ir.OperandParameter}}
	for _, name := range p.l.texts(n.Member("except")) {
		a.Except = append(a.Except, name.Value)
		p.read(name)
	}
	if !slices.Contains(a.Except, p.scheme.Place.Name) {
		p.l.list.Errorf(n.Place(), diag.CodeExtension, "the signature cannot sign itself: %q has to be excepted", p.scheme.Place.Name)
	}
	return []argument{a}
}

// read notes that the program reads a query parameter; whether the operations have it is checked when they are known.
func (p *program) read(n *load.Node) {
	p.l.operands[p.scheme] = append(p.l.operands[p.scheme], ir.Operand{Pos: n.Pos, Kind: ir.OperandParameter, Text: n.Value})
}

var operandKeys = []string{"constant", "key", "secret", "parameter", "source"}

var operandSources = map[string]ir.OperandKind{"method": ir.OperandMethod, "path": ir.OperandPath, "body": ir.OperandBody}

// operand decodes one operand: the name of an earlier step, or a mapping with one key.
func (p *program) operand(n *load.Node) (argument, bool) {
	l := p.l
	if n.Kind == load.Text {
		return p.earlier(n)
	}
	if !l.mapping(n, operandKeys...) {
		return argument{}, false
	}
	if len(n.Children) != 1 {
		l.list.Errorf(n.Pos, diag.CodeExtension, "an operand has exactly one key, here are %d", len(n.Children))
		return argument{}, false
	}
	m := n.Children[0]
	a := argument{Operand: ir.Operand{Pos: n.Pos}}
	ok := false
	switch m.Key {
	case "constant":
		a.Kind = ir.OperandConstant
		a.Text, ok = l.text(m)
	case "key":
		a.Kind = ir.OperandKey
		if ok = l.boolean(m); ok && p.scheme.Keys == nil {
			l.list.Errorf(m.Place(), diag.CodeExtension, "the scheme has no keys to choose from").Suggest("name the secret: {secret: …}")
		}
	case "secret":
		a.Kind = ir.OperandSecret
		a.Text = l.secret(m, p.scheme)
		ok = a.Text != ""
	case "parameter":
		a.Kind = ir.OperandParameter
		if a.Text, ok = l.text(m); ok {
			p.read(m)
			if a.Text == p.scheme.Place.Name {
				l.list.Errorf(m.Pos, diag.CodeExtension, "the signature cannot sign itself")
			}
		}
	case "source":
		var word string
		if word, ok = l.text(m); ok {
			if a.Kind, ok = operandSources[word]; !ok {
				l.unknown(m.Pos, diag.CodeUnknownName, "source", word, []string{"method", "path", "body"})
			}
		}
	}
	return a, ok
}

// earlier decodes the name of a step.
func (p *program) earlier(n *load.Node) (argument, bool) {
	for _, s := range p.scheme.Program.Steps {
		if s.Name.Spec == n.Value {
			return argument{Operand: ir.Operand{Pos: n.Pos, Kind: ir.OperandStep, Text: n.Value}, typ: s.Type}, true
		}
	}
	if later := p.names[n.Value]; later != nil {
		p.l.list.Errorf(n.Pos, diag.CodeStepOrder, "the step %q is not finished here", n.Value).See(later.Pos, "defined here")
		return argument{}, false
	}
	p.l.unknown(n.Pos, diag.CodeUnknownName, "step", n.Value, p.order)
	return argument{}, false
}
