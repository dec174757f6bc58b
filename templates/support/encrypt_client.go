package support

// Encrypted bodies on the client.

import (
	"bytes"
	"net/http"
)

// WithEncryption encrypts the bodies of calls and asks for encrypted answers, wherever the document has a cipher for the operation. It
// needs the key of that cipher among the credentials. The cipher hides a body from a casual look and proves nothing: use HTTPS as
// well.
func WithEncryption() CallOrClientOption {
	return callOrClientOption(func(s *callSettings) { s.encrypt, s.encryptCall = true, true })
}

// wants reports whether a call is encrypted.
func (c *cipher) wants(s *callSettings) bool { return s.encrypt || c.always }

// seal encrypts the body of a call.
func (c *cipher) seal(k *call, body []byte) ([]byte, error) {
	keys := c.keys(k.credentials)
	if len(keys) == 0 {
		return nil, k.misconfigured("the credentials lack " + c.secret + ", which encrypts")
	}
	sealed, err := appendEncrypted(make([]byte, 0, len(body)+2*teaShortest), body, keys[0], k.client.random)
	if err != nil {
		return nil, k.misconfigured(err.Error())
	}
	return sealed, nil
}

// headers are what an encrypted call sends besides.
func (c *cipher) headers(hasBody bool) []pair {
	if !hasBody {
		return []pair{{c.acceptHeader, teaCoding}}
	}
	return []pair{{c.contentHeader, teaCoding}, {c.acceptHeader, teaCoding}}
}

// openAnswer returns the plaintext of an answer. The header decides where there is one; without it an answer may be either, but only
// to a call that asked for an encrypted one.
func (c *cipher) openAnswer(k *call, header http.Header, body []byte) ([]byte, error) {
	coding := headerValue(header, c.contentHeader)
	if coding == "" && !k.sealed || len(bytes.TrimSpace(body)) == 0 {
		return body, nil
	}
	plain, _, err := c.open(body, coding, c.keys(k.credentials))
	if err != nil {
		return nil, &DecryptError{Operation: k.op.id, Reason: err.Error()}
	}
	return plain, nil
}
