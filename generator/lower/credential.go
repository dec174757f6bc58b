package lower

// Credentials of a security scheme, and which of its keys signs.

import (
	"slices"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// credentials decodes x-msdk-credentials.
func (l *lowering) credentials(n *load.Node, s *ir.Scheme) {
	all, ok := l.need(n, "x-msdk-credentials").AsMapping(l.list)
	if !ok {
		return
	}
	var app *ir.Credential
	for _, m := range all {
		if !l.mapping(m, "app", "secret", "optional", "type", "description") {
			continue
		}
		c := &ir.Credential{
			Pos: m.Place(), Kind: ir.KindString, Secret: l.boolean(m.Member("secret")), App: l.boolean(m.Member("app")),
			Optional: l.boolean(m.Member("optional")), Name: ir.Name{Spec: m.Key, Pos: m.Place()},
		}
		c.Doc.Description, _ = l.text(m.Member("description"))
		if word, ok := l.text(m.Member("type")); ok {
			switch word {
			case "integer":
				c.Kind = ir.KindInt
			case "string":
			default:
				l.unknown(m.Member("type").Pos, diag.CodeUnknownValue, "type", word, []string{"string", "integer"})
			}
		}
		switch {
		case c.App && c.Secret:
			l.list.Errorf(m.Place(), diag.CodeExtension, "the credential %q names the app, so it is no secret", m.Key)
		case c.App && c.Optional:
			l.list.Errorf(m.Place(), diag.CodeExtension, "the credential %q names the app, so it cannot be left out", m.Key)
		case c.Secret && c.Kind == ir.KindInt:
			l.list.Errorf(m.Place(), diag.CodeExtension, "the secret %q has to be a string", m.Key)
		}
		if c.App && app != nil {
			l.list.Errorf(m.Place(), diag.CodeExtension, "only one credential names the app").See(app.Pos, "this one does already")
		}
		if c.App {
			app = c
		}
		s.Credentials = append(s.Credentials, c)
	}
}

// credentialNames are the names of the secrets of a scheme, or of its other credentials.
func credentialNames(s *ir.Scheme, secret bool) []string {
	var names []string
	for _, c := range s.Credentials {
		if c.Secret == secret {
			names = append(names, c.Name.Spec)
		}
	}
	return names
}

// secret checks that a name is that of a secret.
func (l *lowering) secret(n *load.Node, s *ir.Scheme) string { return l.credentialName(n, s, true) }

// credentialName checks that a name is that of a secret, or of a credential that is none.
func (l *lowering) credentialName(n *load.Node, s *ir.Scheme, secret bool) string {
	name, ok := l.text(n)
	if !ok {
		return ""
	}
	what, other := "secret", "credential"
	if !secret {
		what, other = other, what
	}
	names := credentialNames(s, secret)
	switch c := credential(s, name); {
	case slices.Contains(names, name):
	case c != nil && secret && n.Key == "key":
		l.unknown(n.Pos, diag.CodeUnknownName, what, name, names).See(c.Pos, "this one is no secret").Suggest("a key is a credential with secret: true")
	case c != nil && secret:
		l.unknown(n.Pos, diag.CodeUnknownName, what, name, names).See(c.Pos, "this one is no secret").Suggest("{%s: %s}, or secret: true at the credential", other, name)
	case c != nil:
		l.unknown(n.Pos, diag.CodeUnknownName, what, name, names).See(c.Pos, "this one is a secret").Suggest("{%s: %s}", other, name)
	default:
		l.unknown(n.Pos, diag.CodeUnknownName, what, name, names)
	}
	return name
}

// keyChoice decodes keys: which of several secrets signs.
func (l *lowering) keyChoice(n *load.Node, s *ir.Scheme) {
	if n == nil || !l.mapping(n, "parameter", "choices") {
		return
	}
	s.Keys = &ir.KeyChoice{Pos: n.Place()}
	if name, ok := l.text(l.need(n, "parameter")); ok {
		s.Keys.Parameter, s.Keys.Pos = name, n.Member("parameter").Pos
	}
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
