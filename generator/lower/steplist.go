package lower

// The operations of signing steps that make lists, of parameters, headers or values, and that order and join them.

import (
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// shorthand is the one operation that stands for several: the parameters of the query, sorted and joined.
const shorthand = "query"

// query decodes the shorthand into its three steps. s becomes the last of them.
func (p *program) query(n *load.Node, s *ir.Step) {
	if !p.l.mapping(n, "except") {
		return
	}
	selected := &ir.Step{
		Pos: s.Pos, Name: ir.Name{Spec: s.Name.Spec + ".list", Pos: s.Name.Pos}, Op: ir.OpParameters, Type: ir.StepList,
		Select: &ir.Selection{Pos: n.Place(), From: []ir.In{ir.InQuery}},
	}
	for _, name := range p.l.texts(n.Member("except")) {
		selected.Select.Except = append(selected.Select.Except, name.Value)
		p.selects(name, ir.OperandParameter, ir.InQuery)
	}
	sorted := &ir.Step{
		Pos: s.Pos, Name: ir.Name{Spec: s.Name.Spec + ".sorted", Pos: s.Name.Pos}, Op: ir.OpSort, Type: ir.StepList,
		Args: []ir.Operand{{Pos: n.Pos, Kind: ir.OperandStep, Text: selected.Name.Spec}},
	}
	p.scheme.Program.Steps = append(p.scheme.Program.Steps, selected, sorted)
	s.Op, s.With, s.Pair = ir.OpJoin, "&", "="
	s.Args = []ir.Operand{{Pos: n.Pos, Kind: ir.OperandStep, Text: sorted.Name.Spec}}
}

// selects notes a name of a selection. That of a signature may be named, although it is left out anyway.
func (p *program) selects(n *load.Node, kind ir.OperandKind, from ...ir.In) {
	for _, in := range from {
		if placeAt(p.scheme, in, n.Value) != nil {
			return
		}
	}
	p.read(reading{Operand: ir.Operand{Pos: n.Pos, Kind: kind, Text: n.Value}, selects: true, from: from})
}

var takes = map[string]ir.Take{"both": ir.TakeBoth, "names": ir.TakeNames, "values": ir.TakeValues}

func (p *program) join(n *load.Node, s *ir.Step) {
	l := p.l
	if !l.mapping(n, "of", "with", "pair", "take", "bare") {
		return
	}
	s.With, _ = l.text(l.need(n, "with"))
	of := l.need(n, "of")
	named := false
	if isKind(of, load.List) {
		if len(of.Children) == 0 {
			l.list.Errorf(of.Place(), diag.CodeExtension, "nothing to join")
		}
		for _, item := range of.Children {
			if a, ok := p.typed(item, n.Key, ir.StepText); ok {
				s.Args = append(s.Args, a.Operand)
			}
		}
	} else if a, ok := p.typed(of, n.Key, ir.StepList); ok {
		s.Args = []ir.Operand{a.Operand}
		named = !p.nameless[a.Text]
		if !named {
			s.Take = ir.TakeValues
		}
	} else {
		named = true // nothing is known about its entries
	}
	if !named {
		for _, m := range n.Children {
			if m.Key == "pair" || m.Key == "take" || m.Key == "bare" {
				l.list.Errorf(m.Place(), diag.CodeExtension, "%q is about names, which the parts joined here do not have", m.Key)
			}
		}
		return
	}
	s.Pair, _ = l.text(n.Member("pair"))
	s.Take = takes[p.word(n.Member("take"), "part", []string{"names", "values", "both"})]
	s.Bare = l.boolean(n.Member("bare"))
	if m := n.Member("pair"); m != nil && s.Take != ir.TakeBoth {
		l.list.Errorf(m.Place(), diag.CodeExtension, "%q has no meaning where only %s are taken", m.Key, text(n.Member("take")))
	}
}

// parameters decodes a list of parameters, members or fields.
func (p *program) parameters(n *load.Node, s *ir.Step) {
	l := p.l
	s.Type = ir.StepList
	s.Select = &ir.Selection{Pos: n.Place(), From: []ir.In{ir.InQuery}}
	if !l.mapping(n, "from", "only", "except", "drop-empty", "names", "repeated", "add") {
		return
	}
	if from := n.Member("from"); from != nil {
		s.Select.From = nil
		for _, m := range l.texts(from) {
			switch p.word(m, "origin", []string{"query", "body"}) {
			case "query":
				s.Select.From = append(s.Select.From, ir.InQuery)
			case "body":
				s.Select.From = append(s.Select.From, ir.InBody)
			}
		}
		if isKind(from, load.List) && len(from.Children) == 0 {
			l.list.Errorf(from.Place(), diag.CodeExtension, "a list from nowhere").Suggest("from: [query], from: [body] or both")
		}
	}
	s.Select.DropEmpty = l.boolean(n.Member("drop-empty"))
	s.Select.Lower = p.word(n.Member("names"), "form of names", []string{"lower", "as-sent"}) == "lower"
	if m := n.Member("repeated"); m != nil {
		if s.Select.Repeated, _ = l.text(m); s.Select.Repeated == "" && isKind(m, load.Text) {
			l.list.Errorf(m.Pos, diag.CodeExtension, "nothing stands between the values, so that nobody could tell them apart").Suggest("repeated: \",\"")
		}
	}
	for _, m := range l.texts(n.Member("only")) {
		s.Select.Only = append(s.Select.Only, m.Value)
		p.notPlaced(m, s.Select.From)
		p.selects(m, ir.OperandParameter, s.Select.From...)
	}
	for _, m := range l.texts(n.Member("except")) {
		s.Select.Except = append(s.Select.Except, m.Value)
		p.selects(m, ir.OperandParameter, s.Select.From...)
	}
	if only, except := n.Member("only"), n.Member("except"); only != nil && except != nil {
		l.list.Errorf(except.Place(), diag.CodeExtension, "%q has no meaning beside %q", "except", "only")
	}
	p.added(n.Member("add"), s)
}

// added decodes the entries that a program adds to a list.
func (p *program) added(n *load.Node, s *ir.Step) {
	all, _ := n.AsMapping(p.l.list)
	for _, m := range all {
		if a, ok := p.typed(m, n.Key, ir.StepText); ok {
			s.Select.Add = append(s.Select.Add, ir.NamedOperand{Name: m.Key, Value: a.Operand})
		}
	}
}

// notPlaced reports the name of a signature where it is asked for.
func (p *program) notPlaced(n *load.Node, from []ir.In) {
	for _, in := range from {
		if place := placeAt(p.scheme, in, n.Value); place != nil {
			p.l.list.Errorf(n.Pos, diag.CodeExtension, "the signature cannot sign itself: it goes into the %s %q", inWord[in], n.Value).
				See(place.Pos, "here").Suggest("a signature over another one takes that one's step: add: {%s: …}", n.Value)
		}
	}
}

// headers decodes a list of headers.
func (p *program) headers(n *load.Node, s *ir.Step) {
	l := p.l
	s.Type = ir.StepList
	s.Select = &ir.Selection{Pos: n.Place()}
	if !l.mapping(n, "only", "prefix", "add") {
		return
	}
	for _, m := range l.texts(n.Member("only")) {
		s.Select.Only = append(s.Select.Only, strings.ToLower(m.Value))
		p.notPlaced(m, []ir.In{ir.InHeader})
		p.selects(m, ir.OperandHeader, ir.InHeader)
	}
	if prefix, ok := l.text(n.Member("prefix")); ok {
		s.Select.Prefix = strings.ToLower(prefix)
	}
	if len(s.Select.Only) == 0 && s.Select.Prefix == "" {
		l.list.Errorf(n.Place(), diag.CodeMissingKey, "no header is selected: others than the request's own would come along").
			Suggest("only: [host], prefix: x-acs- or both")
	}
	p.added(n.Member("add"), s)
	for i := range s.Select.Add {
		s.Select.Add[i].Name = strings.ToLower(s.Select.Add[i].Name)
	}
}

// listOf decodes a list of values without names.
func (p *program) listOf(n *load.Node, s *ir.Step) {
	s.Type = ir.StepList
	p.nameless[s.Name.Spec] = true
	items, ok := n.AsList(p.l.list)
	if ok && len(items) == 0 {
		p.l.list.Errorf(n.Place(), diag.CodeExtension, "a list of nothing")
	}
	for _, item := range items {
		if a, ok := p.typed(item, n.Key, ir.StepText); ok {
			s.Args = append(s.Args, a.Operand)
		}
	}
}

func (p *program) sort(n *load.Node, s *ir.Step) {
	s.Type = ir.StepList
	if a, ok := p.typed(p.of(n, "by", "ignore-case"), n.Key, ir.StepList); ok {
		s.Args = []ir.Operand{a.Operand}
		p.nameless[s.Name.Spec] = p.nameless[a.Text]
	}
	if p.word(n.Member("by"), "order", []string{"name", "value"}) == "value" || p.nameless[s.Name.Spec] {
		s.By = ir.SortValue
	}
	s.Fold = p.l.boolean(n.Member("ignore-case"))
}
