package lower

// x-msdk-encrypt: how the bodies of a scheme's operations are encrypted.

import (
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// cipherNames are the ciphers that generated packages have.
var cipherNames = []string{"msdktea"}

// cipher decodes x-msdk-encrypt of a scheme.
func (l *lowering) cipher(n *load.Node, s *ir.Scheme) {
	if n == nil || !l.mapping(n, "cipher", "key", "sign", "headers", "required") {
		return
	}
	c := &ir.Cipher{Pos: n.Place(), ContentHeader: "Content-Encrypt", AcceptHeader: "Accept-Encrypt", Required: l.boolean(n.Member("required"))}
	p := &program{l: l, scheme: s}
	c.Name = p.word(l.need(n, "cipher"), "cipher", cipherNames)
	c.SignCiphertext = p.word(n.Member("sign"), "form of the body", []string{"plaintext", "ciphertext"}) == "ciphertext"
	if key := l.need(n, "key"); key != nil {
		c.Secret = l.secret(key, s)
		if secret := credential(s, c.Secret); secret != nil && secret.Optional && c.Required {
			l.list.Errorf(n.Member("required").Pos, diag.CodeExtension, "every body is encrypted, so that the key %q cannot be left out", c.Secret).
				See(secret.Pos, "optional here")
		}
	}
	if headers := n.Member("headers"); headers != nil && l.mapping(headers, "content", "accept") {
		if name, ok := l.text(headers.Member("content")); ok {
			c.ContentHeader = name
		}
		if name, ok := l.text(headers.Member("accept")); ok {
			c.AcceptHeader = name
		}
		for _, m := range headers.Children {
			if isKind(m, load.Text) {
				l.headerName(m.Pos, m.Value)
			}
		}
		if strings.EqualFold(c.ContentHeader, c.AcceptHeader) {
			l.list.Errorf(headers.Place(), diag.CodeExtension, "the two headers are the same")
		}
	}
	for _, name := range []string{c.ContentHeader, c.AcceptHeader} {
		if place := placeAt(s, ir.InHeader, name); place != nil {
			l.list.Errorf(place.Pos, diag.CodeExtension, "the header %q says which bodies are encrypted", name).See(c.Pos, "here")
		}
	}
	l.ciphers[s] = c
}

// encryption returns how an operation's bodies are encrypted: as its scheme says, unless the operation is left out.
func (l *lowering) encryption(op *ir.Operation, n *load.Node) *ir.Cipher {
	var c *ir.Cipher
	if op.Scheme != nil {
		c = l.ciphers[op.Scheme]
	}
	m := n.Member("x-msdk-encrypt")
	if m == nil {
		return c
	}
	encrypt, ok := m.AsBool(l.list)
	switch {
	case !ok || encrypt && c != nil:
		return c
	case c == nil:
		l.list.Errorf(m.Place(), diag.CodeExtension, "the scheme of %q does not encrypt", op.Name.Spec).Suggest("x-msdk-encrypt: {cipher: msdktea, key: …} at the security scheme")
	}
	return nil
}

// checkCipherHeaders reports parameters in the headers that say which bodies are encrypted.
func (l *lowering) checkCipherHeaders(users []*ir.Operation) {
	reported := map[diag.Pos]bool{} // parameters that operations share
	for _, op := range users {
		if op.Cipher == nil {
			continue
		}
		for _, name := range []string{op.Cipher.ContentHeader, op.Cipher.AcceptHeader} {
			p := parameterIn(op, ir.InHeader, name)
			if p == nil || reported[p.Pos] || placeAt(op.Scheme, ir.InHeader, name) != nil {
				continue
			}
			reported[p.Pos] = true
			l.list.Errorf(p.Pos, diag.CodeExtension, "the header %q says which bodies are encrypted", name).See(op.Cipher.Pos, "here").
				Suggest("remove the parameter: client and server see to this header")
		}
	}
}

// checkCiphertext reports what cannot be where a signature covers the ciphertext: nothing can be put into that any more, and nobody can look
// into it without the key.
func (l *lowering) checkCiphertext(s *ir.Scheme) {
	c := l.ciphers[s]
	if c == nil || !c.SignCiphertext {
		return
	}
	for _, place := range s.Places {
		if place.In == ir.InBody {
			l.list.Errorf(place.Pos, diag.CodeExtension, "the signature stands in the body, but covers the ciphertext of it").See(c.Pos, "sign: ciphertext").
				Suggest("sign: plaintext, or another place")
		}
	}
	if s.Program == nil {
		return
	}
	for _, step := range s.Program.Steps {
		for _, a := range operands(step) {
			if a.Kind == ir.OperandField {
				l.intoCiphertext(a.Pos, c)
			}
		}
		if step.Select != nil && step.Op == ir.OpParameters && slices.Contains(step.Select.From, ir.InBody) {
			l.intoCiphertext(step.Select.Pos, c)
		}
	}
}

func (l *lowering) intoCiphertext(pos diag.Pos, c *ir.Cipher) {
	l.list.Errorf(pos, diag.CodeExtension, "the signature covers the ciphertext, which has no members").See(c.Pos, "sign: ciphertext").
		Suggest("{source: body} is the ciphertext as a whole")
}

// checkCipherApp reports an app, or a time, that a server would have to look for in a body that it cannot read yet.
func (l *lowering) checkCipherApp(s *ir.Scheme) {
	c := l.ciphers[s]
	if c == nil {
		return
	}
	if at := s.App; at != nil && at.In == ir.InBody {
		l.list.Errorf(at.Pos, diag.CodeExtension, "the app is named in the body, but which key decrypts the body depends on the app").See(c.Pos, "the cipher").
			Suggest("send it as a parameter or in a header as well")
	}
	if at := s.Time; at != nil && at.In == ir.InBody && c.SignCiphertext {
		l.intoCiphertext(at.Pos, c)
	}
}
