package lower

// Security schemes, and which of them an operation uses.

import (
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

const userSig = "tim-usersig"

// schemes lowers components/securitySchemes.
func (l *lowering) schemes() {
	for _, n := range members(l.doc.Root.Member("components").Member("securitySchemes")) {
		target := l.resolve(n)
		if target == nil {
			continue
		}
		s := &ir.Scheme{
			Pos:  n.Place(),
			Name: ir.Name{Spec: n.Key, Pos: n.Place()},
			Doc:  l.describe(target),
		}
		l.api.Schemes = append(l.api.Schemes, s)
		sign := target.Member("x-msdk-sign")
		if kind := target.Member("type"); text(kind) != "apiKey" {
			l.unsupported(kind, "", "a security scheme of type %q", text(kind))
			continue
		}
		if sign == nil {
			l.unsupported(n, "describe the signature with x-msdk-sign", "an API key without a signature")
			continue
		}
		l.credentials(target, s)
		l.sign(sign, s)
		if in, name := text(target.Member("in")), text(target.Member("name")); s.Place.Name != "" && (in != "query" || name != s.Place.Name) {
			l.list.Errorf(s.Place.Pos, diag.CodeExtension, "the signature goes to the query parameter %q, but the scheme says %s %q", s.Place.Name, in, name).
				See(target.Member("name").Place(), "said here")
		}
	}
}

// credentials decodes x-msdk-credentials.
func (l *lowering) credentials(n *load.Node, s *ir.Scheme) {
	all, ok := l.need(n, "x-msdk-credentials").AsMapping(l.list)
	if !ok {
		return
	}
	apps := 0
	for _, m := range all {
		if !l.mapping(m, "app", "secret", "type", "description") {
			continue
		}
		c := &ir.Credential{
			Pos: m.Place(), Kind: ir.KindString, Secret: l.boolean(m.Member("secret")), App: l.boolean(m.Member("app")),
			Name: ir.Name{Spec: m.Key, Pos: m.Place()},
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
		case c.Secret && c.Kind == ir.KindInt:
			l.list.Errorf(m.Place(), diag.CodeExtension, "the secret %q has to be a string", m.Key)
		}
		if c.App {
			apps++
		}
		s.Credentials = append(s.Credentials, c)
	}
	if apps != 1 {
		l.list.Errorf(n.Member("x-msdk-credentials").Place(), diag.CodeExtension, "exactly one credential names the app, here %d do", apps).
			Suggest("app: true")
	}
}

func (l *lowering) scheme(name string) *ir.Scheme {
	for _, s := range l.api.Schemes {
		if s.Name.Spec == name {
			return s
		}
	}
	return nil
}

func (l *lowering) schemeNames() []string {
	var names []string
	for _, s := range l.api.Schemes {
		names = append(names, s.Name.Spec)
	}
	return names
}

// security returns the scheme that signs an operation, nil for none. n's own requirement replaces that of the document.
func (l *lowering) security(n *load.Node) *ir.Scheme {
	list := n.Member("security")
	if list == nil {
		list = l.doc.Root.Member("security")
	}
	alternatives := members(list)
	if len(alternatives) == 0 {
		return nil
	}
	if len(alternatives) > 1 {
		l.unsupported(alternatives[1], "", "a choice of security schemes")
		return nil
	}
	all := members(alternatives[0])
	switch {
	case len(all) == 0:
		return nil
	case len(all) > 1:
		l.unsupported(all[1], "", "more than one security scheme at once")
		return nil
	case len(all[0].Children) > 0:
		l.unsupported(all[0].Children[0], "", "a scope")
	}
	s := l.scheme(all[0].Key)
	if s == nil {
		l.unknown(all[0].Place(), diag.CodeUnknownName, "security scheme", all[0].Key, l.schemeNames())
	}
	return s
}
