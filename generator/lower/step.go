package lower

// The steps of a signing program, one after the other, and what can only be said of all of them together.

import (
	"fmt"
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
	// nameless are the list steps whose entries have no names.
	nameless map[string]bool
}

// announce enters the name of a step before any of them is decoded, so that a use before the definition is told from a misspelling.
func (p *program) announce(n *load.Node) {
	name := n.Member("name")
	if !isKind(name, load.Text) {
		return // reported by step
	}
	if first := p.names[name.Value]; first != nil {
		p.l.list.Errorf(name.Pos, diag.CodeExtension, "the step %q is defined twice", name.Value).See(first.Pos, "first defined here")
		return
	}
	p.names[name.Value] = name
	p.order = append(p.order, name.Value)
}

// step decodes one step: a name and exactly one operation.
func (p *program) step(n *load.Node) {
	l := p.l
	if _, ok := n.AsMapping(l.list); !ok {
		return
	}
	s := &ir.Step{Pos: n.Pos}
	name := l.need(n, "name")
	s.Name = ir.Name{Pos: name.Where()}
	s.Name.Spec, _ = l.text(name)
	if name != nil && s.Name.Spec == "" && isKind(name, load.Text) {
		l.list.Errorf(name.Pos, diag.CodeExtension, "a step needs a name")
	}
	found := 0
	for _, m := range n.Children {
		i := slices.IndexFunc(stepOps, func(o stepOp) bool { return string(o.op) == m.Key })
		switch {
		case m.Key == "name":
			continue
		case found > 0 && (i >= 0 || m.Key == shorthand): // counted below
		case m.Key == shorthand:
			p.query(m, s)
		case i < 0:
			l.unknownOperation(m)
		default:
			s.Op = stepOps[i].op
			stepOps[i].decode(p, m, s)
		}
		found++
	}
	if found != 1 {
		l.list.Errorf(n.Pos, diag.CodeExtension, "a step has exactly one operation, here are %d", found)
	}
	p.scheme.Program.Steps = append(p.scheme.Program.Steps, s)
}

// finished returns the step with a name, nil if there is none yet.
func (p *program) finished(name string) *ir.Step {
	for _, s := range p.scheme.Program.Steps {
		if s.Name.Spec == name && name != "" {
			return s
		}
	}
	return nil
}

// operands are all inputs of a step.
func operands(s *ir.Step) []ir.Operand {
	all := slices.Clone(s.Args)
	if s.Select != nil {
		for _, added := range s.Select.Add {
			all = append(all, added.Value)
		}
	}
	return all
}

// whole checks what can only be said of a program without any other fault: that every step and value has a part in the signature, that
// a key has one too, and that no key leaves as it is.
func (p *program) whole(n *load.Node) {
	s := p.scheme
	used := map[string]bool{}
	for _, step := range s.Program.Steps {
		for _, a := range operands(step) {
			if a.Kind == ir.OperandStep {
				used[a.Text] = true
			}
		}
	}
	travels := map[string]bool{}
	for _, place := range s.Places {
		used[place.Step] = true
		for _, part := range place.Template {
			switch part.Kind {
			case ir.HoleStep:
				used[part.Hole] = true
			case ir.HoleValue:
				travels[part.Hole] = true
			}
		}
	}
	for _, step := range s.Program.Steps {
		if !used[step.Name.Spec] {
			p.l.list.Errorf(step.Name.Pos, diag.CodeExtension, "the step %q is used by nothing", step.Name.Spec).
				Suggest("take it as an operand of a later step, or put it into a place")
		}
	}
	for _, v := range s.Values {
		if !travels[v.Name.Spec] {
			p.l.list.Errorf(v.Pos, diag.CodeExtension, "the value %q stands in no template, so that the other side could not know it", v.Name.Spec).
				Suggest("add {%s} to the template of a place", v.Name.Spec)
		}
	}
	p.keyed(n)
}

// hashes are the operations that hide what they take.
var hashes = []ir.StepOp{ir.OpMD5, ir.OpSHA1, ir.OpSHA224, ir.OpSHA256, ir.OpSHA384, ir.OpSHA512, ir.OpHMAC, ir.OpGo}

// keyed follows the keys through the program: one has to reach a signature, none may reach a place as it is.
func (p *program) keyed(n *load.Node) {
	s := p.scheme
	depends, clear := map[string]bool{}, map[string]string{}
	for _, step := range s.Program.Steps {
		name := step.Name.Spec
		for i, a := range operands(step) {
			if step.Op == ir.OpIf && i == 0 {
				continue // whether it is there is all that comes out
			}
			secret := ""
			switch a.Kind {
			case ir.OperandStep:
				depends[name] = depends[name] || depends[a.Text]
				secret = clear[a.Text]
			case ir.OperandKey:
				depends[name], secret = true, "the chosen key"
			case ir.OperandSecret:
				c := credential(s, a.Text)
				depends[name] = depends[name] || c != nil && !c.Optional
				secret = fmt.Sprintf("the secret %q", a.Text)
			}
			if secret != "" && !slices.Contains(hashes, step.Op) {
				clear[name] = secret
			}
		}
	}
	signed := false
	for _, place := range s.Places {
		signed = signed || depends[place.Step]
		if secret := clear[place.Step]; secret != "" {
			p.l.list.Errorf(place.Pos, diag.CodeExtension, "%s would travel as it is, without a hash over it", secret).
				See(p.finished(place.Step).Pos, "the step that holds it")
			continue
		}
		for _, part := range place.Template {
			if secret := clear[part.Hole]; secret != "" && part.Kind == ir.HoleStep {
				p.l.list.Errorf(part.Pos, diag.CodeExtension, "%s would travel as it is, without a hash over it", secret).
					See(p.finished(part.Hole).Pos, "the step that holds it")
			}
		}
	}
	if !signed {
		d := p.l.list.Errorf(n.Member("steps").Place(), diag.CodeExtension, "no step takes a key or a secret, so that anybody could make this signature")
		if names := credentialNames(s, true); len(names) > 0 {
			d.Suggest("add the operand {key: true} or {secret: %s}; one that is optional does not count", names[0])
		} else {
			d.Suggest("add a credential with secret: true, and the operand {secret: …}")
		}
	}
}
