package specdiff

// What a signing program reads of a request, told from the model. One rule holds for all places of a request: what a program reads by name
// breaks signatures where it changes; where it lists all there is, the list has another member and both sides follow; and what it signs as it
// travels, such as the bytes of a body, leaves signatures alone whatever stands in it.

import (
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// reading says how a signing program comes by a value of a request.
type reading uint8

const (
	readsNothing reading = iota
	readsAll             // it lists whatever there is
	readsByName
)

// byName are the operands that name a value in a place.
var byName = map[ir.OperandKind]ir.In{ir.OperandParameter: ir.InQuery, ir.OperandHeader: ir.InHeader, ir.OperandPathValue: ir.InPath, ir.OperandField: ir.InBody}

// listing are the operands that hold every parameter of the query.
var listing = []ir.OperandKind{ir.OperandQuery, ir.OperandTarget, ir.OperandURL}

// pathSources are the operands that change with the path.
var pathSources = []ir.OperandKind{ir.OperandPath, ir.OperandEncodedPath, ir.OperandTarget, ir.OperandURL}

// operands are all inputs of a program.
func operands(s *ir.Scheme) []ir.Operand {
	if s == nil || s.Program == nil {
		return nil
	}
	var all []ir.Operand
	for _, step := range s.Program.Steps {
		all = append(all, step.Args...)
		if step.Select != nil {
			for _, added := range step.Select.Add {
				all = append(all, added.Value)
			}
		}
	}
	return all
}

// reads says how the program of a scheme comes by a parameter, a header, a part of the path or a member of the body.
func reads(s *ir.Scheme, in ir.In, name string) reading {
	if s != nil && slices.ContainsFunc(s.Places, func(p *ir.Place) bool { return p.In == in && p.Name == name }) {
		return readsNothing // the signature does not sign itself
	}
	found := readsNothing
	same := func(other string) bool { return other == name || in == ir.InHeader && strings.EqualFold(other, name) }
	for _, o := range operands(s) {
		switch place, named := byName[o.Kind]; {
		case named && place == in && same(o.Text):
			return readsByName
		case in == ir.InQuery && slices.Contains(listing, o.Kind),
			in == ir.InPath && slices.Contains(pathSources, o.Kind):
			found = readsAll
		}
	}
	if s == nil || s.Program == nil {
		return found
	}
	if s.Keys != nil && in == ir.InQuery && s.Keys.Parameter == name {
		return readsByName
	}
	for _, step := range s.Program.Steps {
		if step.Select != nil {
			found = max(found, selects(step, in, name, same))
		}
	}
	return found
}

// selects says whether a step that makes a list takes a value into it.
func selects(step *ir.Step, in ir.In, name string, same func(string) bool) reading {
	s := step.Select
	switch {
	case step.Op == ir.OpHeaders != (in == ir.InHeader), step.Op == ir.OpParameters && !slices.Contains(s.From, in), slices.ContainsFunc(s.Except, same):
		return readsNothing
	case slices.ContainsFunc(s.Only, same):
		return readsByName
	case len(s.Only) == 0 && s.Prefix == "", s.Prefix != "" && strings.HasPrefix(strings.ToLower(name), s.Prefix):
		return readsAll
	}
	return readsNothing
}

// readsSource reports whether a program has one of some operands.
func readsSource(s *ir.Scheme, kinds ...ir.OperandKind) bool {
	return slices.ContainsFunc(operands(s), func(o ir.Operand) bool { return slices.Contains(kinds, o.Kind) })
}

// readsBody reports whether the body, or its content type, plays a part in the signature.
func readsBody(s *ir.Scheme) bool {
	if readsSource(s, ir.OperandBody, ir.OperandField) || reads(s, ir.InHeader, "Content-Type") != readsNothing {
		return true
	}
	return s != nil && s.Program != nil && slices.ContainsFunc(s.Program.Steps, func(step *ir.Step) bool {
		return step.Op == ir.OpParameters && step.Select != nil && slices.Contains(step.Select.From, ir.InBody)
	})
}

// signs raises the verdict for signing where the program of an operation's scheme reads what a fact is about.
func signs(f *fact, s *ir.Scheme, in ir.In, name string) {
	if !strings.Contains(f.rule.Raised, "signing:") {
		return // what is said about the value does not change the text that is signed
	}
	switch reads(s, in, name) {
	case readsByName:
		f.raised.Signing = Breaking
	case readsAll:
		f.raised.Signing = max(f.raised.Signing, Compatible)
	}
}
