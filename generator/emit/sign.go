package emit

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// Signing programs, compiled to straight-line Go: each step becomes a variable of its own name, so that the function reads like the
// program in the document. What a step becomes stands in sign_step.go, what its operands become in sign_operand.go.

// program is one program that is being compiled.
type program struct {
	scheme *ir.Scheme
	steps  map[string]*local // by the step's spelling
	names  map[string]bool   // variables that are in use
}

// local is the variable of a step.
type local struct {
	name string
	form form
}

// form is the Go type of a value in a program.
type form uint8

const (
	formBytes  form = iota // []byte, be it text or a digest
	formString             // string
	formArray              // an array of bytes, as the functions of crypto return it
	formList               // []pair
)

// signer adds the function that makes the signature of a scheme; client and server share it.
func signer(f *jen.File, s *ir.Scheme) {
	p := &program{scheme: s, steps: map[string]*local{}, names: map[string]bool{}}
	key := "_"
	if usesKey(s) {
		key = "key"
	}
	fileComment(f, fmt.Sprintf("%s makes the signature of %s: the steps of the document's program, in their order.", signFunc(s), oneLine(s.Name.Spec)))
	f.Func().Id(signFunc(s)).Params(jen.Id("m").Op("*").Id("message"), jen.Id(key).String()).BlockFunc(func(g *jen.Group) {
		for _, step := range s.Program.Steps {
			stepOps[step.Op](p, g, step)
		}
		for _, place := range s.Places {
			p.place(g, place)
		}
	})
}

// declare makes the variable of a step.
func (p *program) declare(step *ir.Step, form form) *jen.Statement {
	name := p.fresh(step.Name.Go)
	p.steps[step.Name.Spec] = &local{name: name, form: form}
	return jen.Id(name)
}

// fresh returns a variable that hides nothing.
func (p *program) fresh(name string) string {
	name = localName(name)
	for p.names[name] || p.isFunction(name) {
		name += "Step"
	}
	p.names[name] = true
	return name
}

func (p *program) isFunction(name string) bool {
	for _, step := range p.scheme.Program.Steps {
		if step.Op == ir.OpGo && step.Function == name {
			return true
		}
	}
	return false
}

// place adds the text for one place.
func (p *program) place(g *jen.Group, place *ir.Place) {
	comment(g, fmt.Sprintf("For the %s %s.", wordFor(place.In), oneLine(place.Name)))
	if len(place.Template) == 0 {
		g.Id("m").Dot("place").Call(p.bytes(&ir.Operand{Kind: ir.OperandStep, Text: place.Step}))
		return
	}
	name := p.fresh("Placed")
	var parts []piece
	for _, part := range place.Template {
		parts = append(parts, p.hole(part))
	}
	appendPieces(g, name, parts)
	g.Id("m").Dot("place").Call(jen.Id(name))
}

func wordFor(in ir.In) string {
	switch in {
	case ir.InHeader:
		return "header"
	case ir.InBody:
		return "member of the body"
	}
	return "query parameter"
}

// hole is one part of a template.
func (p *program) hole(part ir.TemplatePart) piece {
	if part.Hole == "" {
		return piece{literal: part.Literal}
	}
	kind := map[ir.HoleKind]ir.OperandKind{
		ir.HoleStep: ir.OperandStep, ir.HoleValue: ir.OperandValue, ir.HoleCredential: ir.OperandCredential,
	}[part.Kind]
	return p.piece(&ir.Operand{Kind: kind, Text: part.Hole})
}

// piece is a part of a text: a literal, or a value.
type piece struct {
	literal string
	value   *jen.Statement // what append takes behind its dots; nil: it is literal
}

// appendPieces adds the variable that the pieces are appended to; literals that meet become one.
func appendPieces(g *jen.Group, name string, pieces []piece) {
	target := func() *jen.Statement { return buffer(256) }
	assign := ":="
	add := func(value *jen.Statement) {
		g.Id(name).Op(assign).Append(target(), value.Op("..."))
		target, assign = func() *jen.Statement { return jen.Id(name) }, "="
	}
	literal := ""
	for _, piece := range pieces {
		if piece.value == nil {
			literal += piece.literal
			continue
		}
		if literal != "" {
			add(jen.Lit(literal))
			literal = ""
		}
		add(piece.value)
	}
	if literal != "" || assign == ":=" {
		add(jen.Lit(literal))
	}
}

// buffer is an empty slice with room, which stays on the stack.
func buffer(size int) *jen.Statement {
	return jen.Make(jen.Index().Byte(), jen.Lit(0), jen.Lit(size))
}

// eachOperand visits every operand of a program.
func eachOperand(s *ir.Scheme, visit func(*ir.Operand)) {
	if s.Program == nil {
		return
	}
	for _, step := range s.Program.Steps {
		for i := range step.Args {
			visit(&step.Args[i])
		}
		if step.Select != nil {
			for i := range step.Select.Add {
				visit(&step.Select.Add[i].Value)
			}
		}
	}
}

// usesKey reports whether a program signs with the key that is chosen for it.
func usesKey(s *ir.Scheme) bool {
	found := false
	eachOperand(s, func(o *ir.Operand) { found = found || o.Kind == ir.OperandKey })
	return found
}

// readsFields reports whether client or server look at the fields of a body.
func readsFields(s *ir.Scheme) bool {
	found := s.App != nil && s.App.In == ir.InBody || s.Time != nil && s.Time.In == ir.InBody
	eachOperand(s, func(o *ir.Operand) { found = found || o.Kind == ir.OperandField })
	for _, place := range s.Places {
		found = found || place.In == ir.InBody
	}
	if s.Program == nil {
		return found
	}
	for _, step := range s.Program.Steps {
		if step.Op == ir.OpParameters && step.Select != nil {
			for _, in := range step.Select.From {
				found = found || in == ir.InBody
			}
		}
	}
	return found
}
