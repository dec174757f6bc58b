package lower

// Where the signature goes: a query parameter, a header or a member of the body, each with text around it if need be.

import (
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

var placeKeys = []string{"query", "header", "body"}

var placeIn = map[string]ir.In{"query": ir.InQuery, "header": ir.InHeader, "body": ir.InBody}

// places decodes which parameters, headers and members hold signatures, and returns the node of each. What stands in them is decoded
// by fillPlace, when the steps are known; the steps need the places, since a signature cannot sign itself.
func (l *lowering) places(n *load.Node, s *ir.Scheme) []*load.Node {
	top := l.need(n, "place")
	items := []*load.Node{top}
	if isKind(top, load.List) {
		items = top.Children
		if len(items) == 0 {
			l.list.Errorf(top.Place(), diag.CodeExtension, "the signature has no place")
		}
	}
	var nodes []*load.Node
	for _, item := range items {
		if place := l.place(item); place != nil && l.onePlace(s, place) {
			s.Places = append(s.Places, place)
			nodes = append(nodes, item)
		}
	}
	return nodes
}

func (l *lowering) place(n *load.Node) *ir.Place {
	if n == nil || !l.mapping(n, append([]string{"step", "template", "separator"}, placeKeys...)...) {
		return nil
	}
	var place *ir.Place
	for _, m := range n.Children {
		in, ok := placeIn[m.Key]
		if !ok {
			continue
		}
		if place != nil {
			l.list.Errorf(m.Place(), diag.CodeExtension, "a place is one of %s; several are a list", "query, header and body").See(place.Pos, "the first one")
			continue
		}
		name, _ := l.text(m)
		place = &ir.Place{Pos: m.Pos, In: in, Name: name}
		if in == ir.InHeader && name != "" {
			l.headerName(m.Pos, name)
		}
	}
	if place == nil && slices.ContainsFunc(placeKeys, func(key string) bool { return l.misspelt(n, key) }) {
		return nil
	}
	if place == nil {
		l.list.Errorf(n.Place(), diag.CodeMissingKey, "the place is neither in the query nor in a header nor in the body").
			Suggest("{query: name}, {header: name} or {body: name}")
		return nil
	}
	if place.Name == "" {
		return nil
	}
	return place
}

// onePlace reports two signatures in one place.
func (l *lowering) onePlace(s *ir.Scheme, place *ir.Place) bool {
	for _, first := range s.Places {
		if isPlace(first, place.In, place.Name) {
			l.list.Errorf(place.Pos, diag.CodeExtension, "the %s %q holds a signature already", inWord[place.In], place.Name).See(first.Pos, "this one")
			return false
		}
	}
	return true
}

// inWord is what a value in a place is called.
var inWord = map[ir.In]string{
	ir.InQuery: "query parameter", ir.InHeader: "header", ir.InPath: "path parameter", ir.InBody: "member of the body",
}

func isPlace(p *ir.Place, in ir.In, name string) bool {
	return p.In == in && sameName(in, p.Name, name)
}

// placeAt returns the place of a scheme that has a name.
func placeAt(s *ir.Scheme, in ir.In, name string) *ir.Place {
	if i := slices.IndexFunc(s.Places, func(p *ir.Place) bool { return isPlace(p, in, name) }); i >= 0 {
		return s.Places[i]
	}
	return nil
}

// fillPlace decodes which step a place holds, and the text around it.
func (p *program) fillPlace(n *load.Node, place *ir.Place) {
	last := p.scheme.Program.Steps[len(p.scheme.Program.Steps)-1]
	step, pos := last, last.Pos
	if m := n.Member("step"); m != nil {
		if name, ok := p.l.text(m); ok {
			pos = m.Pos
			if step = p.finished(name); step == nil {
				p.l.unknown(m.Pos, diag.CodeUnknownName, "step", name, p.order)
				return
			}
		}
	}
	place.Step = step.Name.Spec
	if step.Type != ir.StepText {
		d := p.l.list.Errorf(pos, diag.CodeStepType, "the signature has to be text, but the step %q gives %s", step.Name.Spec, step.Type)
		d.Suggest("%s", typeFix(ir.StepText, step.Type))
	}
	template := n.Member("template")
	if m := n.Member("separator"); m != nil {
		text, ok := p.l.text(m)
		place.Separator = text
		if ok && (text == "" || template == nil) {
			p.l.list.Errorf(m.Pos, diag.CodeExtension, "a separator cuts a template into its elements").Suggest("{header: …, template: \"t={t},v1={signature}\", separator: \",\"}")
		}
	}
	if text, ok := p.l.text(template); ok {
		p.template(template, text, place)
	}
}

// template decodes the text around a signature.
func (p *program) template(n *load.Node, text string, place *ir.Place) {
	l := p.l
	parts, problem, at := cutTemplate(text)
	if problem != "" {
		l.list.Errorf(n.Inside(at), diag.CodeExtension, "%s", problem).Suggest("a brace itself is written twice")
		return
	}
	held, before := false, len(*l.list)
	for i := range parts {
		part := &parts[i]
		part.Pos = n.Inside(part.Pos.Column)
		if part.Hole == "" {
			continue
		}
		p.hole(part, place)
		held = held || part.Kind == ir.HoleStep && part.Hole == place.Step
		if i > 0 && parts[i-1].Hole != "" && (part.Kind != ir.HoleStep || parts[i-1].Kind != ir.HoleStep) {
			l.list.Errorf(part.Pos, diag.CodeExtension, "nothing stands between {%s} and {%s}, so that no server can tell them apart", parts[i-1].Hole, part.Hole).
				Suggest("a character between them that neither of them holds")
		}
	}
	if !held && len(*l.list) == before {
		l.list.Errorf(n.Pos, diag.CodeExtension, "the template does not hold the signature").Suggest("add {signature}")
	}
	place.Template = parts
	for i, part := range parts {
		next := place.Separator
		if next == "" && i+1 < len(parts) {
			next = parts[i+1].Literal
		}
		p.ends(part, next)
	}
}

// ends checks that the other side can tell where a value ends: the text behind it must not be a part of the value.
func (p *program) ends(part ir.TemplatePart, next string) {
	v := valueNamed(p.scheme, part.Hole)
	if part.Kind != ir.HoleValue || v == nil || next == "" || strings.Trim(next, v.Fill.Characters()) != "" {
		return
	}
	p.l.list.Errorf(part.Pos, diag.CodeExtension, "the value {%s} can hold %q, so that no server can tell where it ends", part.Hole, next).
		See(v.Pos, "the value").Suggest("another form of the value, or another character behind it")
}

// hole finds what a hole names.
func (p *program) hole(part *ir.TemplatePart, place *ir.Place) {
	l, s, name := p.l, p.scheme, part.Hole
	step, value, c := p.finished(name), valueNamed(s, name), credential(s, name)
	var found []diag.Pos
	if step != nil {
		part.Kind = ir.HoleStep
		found = append(found, step.Name.Pos)
	}
	if value != nil {
		part.Kind = ir.HoleValue
		found = append(found, value.Pos)
	}
	if c != nil {
		part.Kind = ir.HoleCredential
		found = append(found, c.Pos)
	}
	switch {
	case len(found) > 1:
		l.list.Errorf(part.Pos, diag.CodeExtension, "{%s} means two things here", name).See(found[0], "this one").See(found[1], "and this one").
			Suggest("give one of them another name")
	case c != nil && c.Secret:
		l.list.Errorf(part.Pos, diag.CodeExtension, "the credential %q is a secret and never travels", name).See(c.Pos, "the credential")
	case step != nil && step.Type != ir.StepText:
		l.list.Errorf(part.Pos, diag.CodeStepType, "a template takes text, but the step %q gives %s", name, step.Type).Suggest("%s", typeFix(ir.StepText, step.Type))
	case len(found) == 0 && name == "signature":
		part.Kind, part.Hole = ir.HoleStep, place.Step
	case len(found) == 0:
		candidates := append([]string{"signature"}, p.order...)
		for _, v := range s.Values {
			candidates = append(candidates, v.Name.Spec)
		}
		d := l.unknown(part.Pos, diag.CodeUnknownName, "step, value or credential", name, append(candidates, credentialNames(s, false)...))
		if d.Suggestion == "" {
			d.Suggest("a hole is {signature}, or names a step, a value or a credential of this scheme")
		}
	}
}

// cutTemplate cuts a template into literal text and holes. problem is empty for one with balanced braces, else it is found at the byte at. The
// columns of the parts count from the beginning of the text.
func cutTemplate(text string) (parts []ir.TemplatePart, problem string, at int) {
	literal, whole := "", len(text)
	flush := func() {
		if literal != "" {
			parts = append(parts, ir.TemplatePart{Literal: literal})
		}
		literal = ""
	}
	for text != "" {
		next := strings.IndexAny(text, "{}")
		if next < 0 {
			literal += text
			break
		}
		literal += text[:next]
		at = whole - len(text) + next
		brace := text[next : next+1]
		text = text[next+1:]
		if strings.HasPrefix(text, brace) {
			literal, text = literal+brace, text[1:]
			continue
		}
		name, rest, closed := strings.Cut(text, "}")
		switch {
		case brace == "}":
			return nil, "the template has a } without its {", at
		case !closed || strings.Contains(name, "{"):
			return nil, "the template has a { without its }", at
		case name == "":
			return nil, "a hole of the template has no name", at
		}
		flush()
		parts = append(parts, ir.TemplatePart{Hole: name, Pos: diag.Pos{Column: at}})
		text = rest
	}
	flush()
	return parts, "", 0
}

func valueNamed(s *ir.Scheme, name string) *ir.SignValue {
	for _, v := range s.Values {
		if v.Name.Spec == name {
			return v
		}
	}
	return nil
}
