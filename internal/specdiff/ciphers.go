package specdiff

// Encryption: whether bodies are encrypted, whether they have to be, and how. It is compared for each operation, since one that opts out of the
// encryption of its scheme is plain, and shown once for each place of the document that says it.

import (
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

const encryptKey = "x-msdk-encrypt"

// encrypted compares how the bodies of an operation are encrypted.
func (c *comparison) encrypted(o *operationPair) {
	a, b := o.old.Cipher, o.new.Cipher
	if canonical(a, nil) == canonical(b, nil) {
		return
	}
	older, newer, label := c.cipherHolders(o)
	var f *fact
	switch {
	case a == nil:
		f = c.memberFact("cipher-added", older, newer, encryptKey, label, "bodies are encrypted from now on, %s", cipherWords(b))
		f.do("Give the client the key %s; without it, bodies stay plain.", b.Secret)
		if b.Required {
			f.raised = Verdicts{Request: Breaking, Response: Breaking, Signing: Breaking}
			f.do("Generate anew, give the client the key %s, and deploy together with the vendor's change: from then on, plain bodies are refused.", b.Secret)
		}
	case b == nil:
		f = c.memberFact("cipher-removed", older, newer, encryptKey, label, "bodies are encrypted no longer; they were %s", cipherWords(a))
		if a.Required {
			f.raised = Verdicts{Request: Breaking, Response: Breaking, Signing: Breaking}
		}
	default:
		f = c.cipher(older.Member(encryptKey), newer.Member(encryptKey), label, a, b)
	}
	f.old, f.new = first(f.old, older), first(f.new, newer)
	f.everywhere(o.new.Name.Spec)
}

// cipher compares two ciphers.
func (c *comparison) cipher(older, newer *load.Node, label string, a, b *ir.Cipher) *fact {
	without := func(cipher ir.Cipher) ir.Cipher {
		cipher.Required = false
		return cipher
	}
	if canonical(without(*a), nil) == canonical(without(*b), nil) {
		rule, text := "cipher-optional", "plain bodies are taken too from now on"
		if b.Required {
			rule, text = "cipher-required", "plain bodies are refused from now on"
		}
		return c.fact(rule, older.Member("required"), newer.Member("required"), label, "%s", text).
			do("Give every client the key %s: plain bodies are refused.", b.Secret).at(older, newer)
	}
	var parts, keys []string
	differs := func(key, what, before, after string) {
		if before != after {
			parts, keys = append(parts, what+" was "+before+", is "+after+" now"), append(keys, key)
		}
	}
	differs("cipher", "the cipher", a.Name, b.Name)
	differs("key", "the credential that holds the key", a.Secret, b.Secret)
	differs("sign", "the signature covers the body: it", signedWords(a), signedWords(b))
	differs("headers", "the header that says that a body is encrypted", a.ContentHeader, b.ContentHeader)
	differs("headers", "the header that asks for encrypted answers", a.AcceptHeader, b.AcceptHeader)
	from, to := c.innermost(older, newer)
	f := c.fact("cipher-changed", from, to, label, "%s", strings.Join(parts, "; ")).values(cipherWords(a), cipherWords(b))
	c.explainsMember(older, newer, append(keys, "required")...)
	return f.do("Generate anew, give the client the key that the new way takes, and deploy together with the vendor's change.")
}

// at gives a fact places for the sides that have none.
func (f *fact) at(older, newer *load.Node) *fact {
	f.old, f.new = first(f.old, older), first(f.new, newer)
	return f
}

// cipherHolders are what says something about the encryption of an operation: the operation itself, or its scheme.
func (c *comparison) cipherHolders(o *operationPair) (older, newer *load.Node, label string) {
	scheme := func(d *Document, s *ir.Scheme) *load.Node {
		if s == nil {
			return nil
		}
		return d.resolved(d.at(s.Pos))
	}
	older, newer = scheme(c.old, o.old.Scheme), scheme(c.new, o.new.Scheme)
	if older == nil || newer == nil || o.old.Scheme.Name.Spec != o.new.Scheme.Name.Spec || (c.plain(c.old, o.old) != c.plain(c.new, o.new)) {
		return o.oldNode, o.newNode, "operation " + o.new.Name.Spec
	}
	return older, newer, "scheme " + o.new.Scheme.Name.Spec
}

// plain reports whether an operation opts out of encryption.
func (c *comparison) plain(d *Document, op *ir.Operation) bool {
	n := d.operationNode(op).Member(encryptKey)
	return n != nil && n.Value == "false"
}

// cipherWords says how bodies are encrypted.
func cipherWords(cipher *ir.Cipher) string {
	words := "with " + cipher.Name + " and the key " + cipher.Secret + ", " + signedWords(cipher) + " signed, " + cipher.ContentHeader + " and " + cipher.AcceptHeader
	if cipher.Required {
		words += ", plain bodies refused"
	}
	return words
}

func signedWords(cipher *ir.Cipher) string {
	if cipher.SignCiphertext {
		return "ciphertext"
	}
	return "plaintext"
}
