package lower

// x-msdk-sign: the program that makes a signature. Everything that a later stage would otherwise find out by compiling Go is
// checked here: that each name means something, that steps stand in order, and that text and bytes do not mix.

import (
	"slices"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// sign decodes x-msdk-sign of a scheme whose credentials are known.
func (l *lowering) sign(n *load.Node, s *ir.Scheme) {
	if !l.mapping(n, "keys", "steps", "place", "builtin") {
		return
	}
	l.place(n, s)
	if builtin := n.Member("builtin"); builtin != nil {
		l.builtin(n, builtin, s)
		return
	}
	before := len(*l.list)
	l.keyChoice(n.Member("keys"), s)
	steps, _ := l.need(n, "steps").AsList(l.list)
	s.Program = &ir.Program{Pos: n.Place()}
	p := &program{l: l, scheme: s, names: map[string]*load.Node{}}
	for _, step := range steps {
		if name := step.Member("name"); isKind(name, load.Text) {
			if first := p.names[name.Value]; first != nil {
				l.list.Errorf(name.Pos, diag.CodeExtension, "the step %q is defined twice", name.Value).See(first.Pos, "first defined here")
			}
			p.names[name.Value] = name
			p.order = append(p.order, name.Value)
		}
	}
	for _, step := range steps {
		p.step(step)
	}
	if len(s.Program.Steps) == 0 {
		if n.Has("steps") && len(steps) == 0 {
			l.list.Errorf(n.Member("steps").Place(), diag.CodeExtension, "a signature takes at least one step")
		}
		return
	}
	if len(*l.list) == before {
		l.usedSteps(n.Member("steps"), s)
	}
	if last := s.Program.Steps[len(s.Program.Steps)-1]; last.Type != ir.StepText {
		l.list.Errorf(last.Pos, diag.CodeStepType, "the signature has to be text, but the last step %q gives %s", last.Name.Spec, last.Type).
			Suggest("end with a hex step")
	}
}

// usedSteps checks that every step has a part in the signature, and a secret too.
func (l *lowering) usedSteps(n *load.Node, s *ir.Scheme) {
	used := map[string]bool{}
	keyed := false
	for _, step := range s.Program.Steps {
		for _, a := range step.Args {
			switch a.Kind {
			case ir.OperandStep:
				used[a.Text] = true
			case ir.OperandKey, ir.OperandSecret:
				keyed = true
			}
		}
	}
	for _, step := range s.Program.Steps[:len(s.Program.Steps)-1] {
		if !used[step.Name.Spec] && step.Name.Spec != "" {
			l.list.Errorf(step.Name.Pos, diag.CodeExtension, "the step %q is used by nothing", step.Name.Spec)
		}
	}
	if !keyed {
		l.list.Errorf(n.Place(), diag.CodeExtension, "no step takes a key or a secret, so that anybody could make this signature").
			Suggest("add the operand {key: true} or {secret: …}")
	}
}

func (l *lowering) place(n *load.Node, s *ir.Scheme) {
	place := l.need(n, "place")
	if place == nil || !l.mapping(place, "query") {
		return
	}
	query := l.need(place, "query")
	if name, ok := l.text(query); ok {
		s.Place = ir.Place{Pos: query.Pos, In: ir.InQuery, Name: name}
	}
}

// builtin decodes a credential that the generator knows how to make.
func (l *lowering) builtin(n, builtin *load.Node, s *ir.Scheme) {
	for _, key := range []string{"keys", "steps"} {
		if m := n.Member(key); m != nil {
			l.list.Errorf(m.Place(), diag.CodeExtension, "%q has no meaning beside %q", key, "builtin")
		}
	}
	name, ok := l.text(builtin)
	if !ok {
		return
	}
	if name != userSig {
		l.unknown(builtin.Pos, diag.CodeUnknownValue, "builtin", name, []string{userSig})
		return
	}
	s.Builtin = name
	want := []ir.Credential{
		{Name: ir.Name{Spec: "sdkappid"}, Kind: ir.KindInt, App: true},
		{Name: ir.Name{Spec: "identifier"}, Kind: ir.KindString},
		{Name: ir.Name{Spec: "secret"}, Kind: ir.KindString, Secret: true},
	}
	for _, w := range want {
		c := credential(s, w.Name.Spec)
		switch {
		case c == nil:
			l.list.Errorf(builtin.Pos, diag.CodeMissingKey, "%q takes the credential %q, which is missing", name, w.Name.Spec)
		case c.Kind != w.Kind || c.App != w.App || c.Secret != w.Secret:
			l.list.Errorf(c.Pos, diag.CodeExtension, "%q takes the credential %q with other properties", name, c.Name.Spec).
				Suggest("type: %s, app: %t, secret: %t", map[ir.Kind]string{ir.KindInt: "integer", ir.KindString: "string"}[w.Kind], w.App, w.Secret)
		}
	}
}

func credential(s *ir.Scheme, name string) *ir.Credential {
	for _, c := range s.Credentials {
		if c.Name.Spec == name {
			return c
		}
	}
	return nil
}

// secret checks that a name is that of a secret.
func (l *lowering) secret(n *load.Node, s *ir.Scheme) string {
	name, ok := l.text(n)
	if !ok {
		return ""
	}
	var names []string
	for _, c := range s.Credentials {
		if c.Secret {
			names = append(names, c.Name.Spec)
		}
	}
	if !slices.Contains(names, name) {
		l.unknown(n.Pos, diag.CodeUnknownName, "secret", name, names)
	}
	return name
}

// keyChoice decodes keys: which of several secrets signs.
func (l *lowering) keyChoice(n *load.Node, s *ir.Scheme) {
	if n == nil || !l.mapping(n, "parameter", "choices") {
		return
	}
	s.Keys = &ir.KeyChoice{Pos: n.Place()}
	s.Keys.Parameter, _ = l.text(l.need(n, "parameter"))
	choices, _ := l.need(n, "choices").AsList(l.list)
	seen := map[string]diag.Pos{}
	var rest *ir.KeyChoiceCase
	for _, m := range choices {
		if !l.mapping(m, "value", "secret", "otherwise") {
			continue
		}
		c := &ir.KeyChoiceCase{Pos: m.Pos, Otherwise: l.boolean(m.Member("otherwise"))}
		c.Value, _ = l.text(l.need(m, "value"))
		c.Secret = l.secret(l.need(m, "secret"), s)
		if first, ok := seen[c.Value]; ok {
			l.list.Errorf(m.Pos, diag.CodeExtension, "the value %q chooses another key already", c.Value).See(first, "here")
		}
		seen[c.Value] = m.Pos
		if c.Otherwise && rest != nil {
			l.list.Errorf(m.Pos, diag.CodeExtension, "only one choice takes all other values").See(rest.Pos, "this one")
		}
		if c.Otherwise {
			rest = c
		}
		s.Keys.Choices = append(s.Keys.Choices, c)
	}
	if n.Has("choices") && len(choices) == 0 {
		l.list.Errorf(n.Member("choices").Place(), diag.CodeExtension, "no key to choose from")
	}
}
