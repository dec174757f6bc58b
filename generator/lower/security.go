package lower

// Security schemes, and which of them an operation uses.

import (
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

const userSig = "tim-usersig"

// schemes lowers components/securitySchemes and, for what OpenAPI has no word for, components/x-msdk-security-schemes.
func (l *lowering) schemes() {
	components := l.doc.Root.Member("components")
	for _, n := range members(components.Member("securitySchemes")) {
		if target := l.resolve(n); target != nil {
			l.declaredScheme(n, target)
		}
	}
	own, _ := components.Member("x-msdk-security-schemes").AsMapping(l.list)
	for _, n := range own {
		if !l.mapping(n, "description", "x-msdk-credentials", "x-msdk-sign", "x-msdk-encrypt", "x-msdk-doc") {
			continue
		}
		s := l.newScheme(n, n)
		if sign := l.need(n, "x-msdk-sign"); sign != nil {
			l.signed(n, sign, s)
		}
	}
}

// declaredScheme lowers a security scheme of OpenAPI; n holds its name, target what it says.
func (l *lowering) declaredScheme(n, target *load.Node) {
	s := l.newScheme(n, target)
	sign := target.Member("x-msdk-sign")
	if kind := target.Member("type"); text(kind) != "apiKey" {
		l.unsupported(kind, "", "a security scheme of type %q", text(kind))
		return
	}
	if sign == nil {
		l.unsupported(n, "describe the signature with x-msdk-sign", "an API key without a signature")
		return
	}
	l.signed(target, sign, s)
	in, name := text(target.Member("in")), text(target.Member("name"))
	if len(s.Places) > 0 && placeAt(s, places[in], name) == nil {
		place := s.Places[0]
		l.list.Errorf(place.Pos, diag.CodeExtension, "the signature goes to the %s %q, but the scheme says %s %q", inWord[place.In], place.Name, in, name).
			See(target.Member("name").Place(), "said here").Suggest("in: %s, name: %s; a signature in the body alone belongs under x-msdk-security-schemes", place.In, place.Name)
	}
}

// newScheme enters a scheme, whose name has to be its own.
func (l *lowering) newScheme(n, target *load.Node) *ir.Scheme {
	s := &ir.Scheme{Pos: n.Place(), Name: ir.Name{Spec: n.Key, Pos: n.Place()}, Doc: l.describe(target)}
	if first := l.scheme(n.Key); first != nil {
		l.list.Errorf(n.Place(), diag.CodeExtension, "the security scheme %q is defined twice", n.Key).See(first.Pos, "first defined here")
	}
	l.api.Schemes = append(l.api.Schemes, s)
	return s
}

// signed lowers what a scheme says about signing and encryption.
func (l *lowering) signed(n, sign *load.Node, s *ir.Scheme) {
	l.credentials(n, s)
	l.sign(sign, s)
	l.cipher(n.Member("x-msdk-encrypt"), s)
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
	at := n
	if !n.Has("security") && !n.Has("x-msdk-security") {
		at = l.doc.Root
	}
	declared := l.required(at.Member("security"))
	own := at.Member("x-msdk-security")
	name, ok := l.text(own)
	if !ok {
		return declared
	}
	s := l.scheme(name)
	switch {
	case s == nil:
		l.unknown(own.Pos, diag.CodeUnknownName, "security scheme", name, l.schemeNames())
	case declared != nil && declared != s:
		l.list.Errorf(own.Pos, diag.CodeUnsupported, "more than one security scheme at once is not supported").See(at.Member("security").Place(), "the other one")
	}
	return s
}

// required returns the scheme of a list of security requirements.
func (l *lowering) required(list *load.Node) *ir.Scheme {
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
