package support

// Encrypted bodies on the server.

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
)

// WithRequiredEncryption refuses requests whose body is not encrypted, of operations that the document has a cipher for. Without it a
// handler takes both, and answers encrypted when it is asked to.
func WithRequiredEncryption() HandlerOption {
	return handlerOption(func(h *handlerState) { h.encrypted = true })
}

// openRequest decrypts the body of a request that says that it is encrypted.
func (c *cipher) openRequest(x *exchange) *refusal {
	coding := codingName(headerValue(x.request.Header, c.contentHeader))
	switch {
	case len(x.body) == 0:
		return nil
	case coding == "" && (c.always || x.handler.encrypted):
		return &refusal{failDecryption, &DecryptError{Operation: x.op.id, Reason: "the body is not encrypted"}}
	case coding == "":
		if x.handler.explain != nil && !json.Valid(x.body) {
			_, _, err := c.open(x.body, teaCoding, c.keys(x.credentials))
			x.unsaid = err == nil
		}
		return nil
	}
	plain, key, err := c.open(x.body, coding, c.keys(x.credentials))
	if err != nil {
		x.plain = true // a caller with another key could not read why
		return &refusal{failDecryption, &DecryptError{Operation: x.op.id, Reason: c.whyClosed(x, coding, err)}}
	}
	if x.op.body == bodyRequired && len(plain) == 0 {
		return &refusal{failEmptyBody, nil}
	}
	x.seal = func(answer []byte) ([]byte, error) { return appendEncrypted(nil, answer, key, defaultRandom) }
	x.sealed, x.body = x.body, plain
	if !c.signCiphertext {
		x.message.body = plain
	}
	return nil
}

// whyClosed says why a body cannot be decrypted. The caller is not told; what costs more than a look is for stand-ins.
func (c *cipher) whyClosed(x *exchange, coding string, err error) string {
	keys := c.keys(x.credentials)
	if x.handler.explain == nil || len(keys) == 0 || !strings.EqualFold(coding, teaCoding) {
		return err.Error()
	}
	text := string(bytes.TrimSpace(x.body))
	if json.Valid(x.body) {
		return "the body is JSON in the clear, and the header " + c.contentHeader + " says that it is encrypted"
	}
	for _, form := range []struct {
		name   string
		decode func(string) ([]byte, error)
	}{{"hexadecimal", hex.DecodeString}, {"base64", base64.StdEncoding.DecodeString}} {
		if raw, err := form.decode(text); err == nil {
			if _, _, err := c.open(raw, teaCoding, keys); err == nil {
				return "the body is ciphertext in " + form.name + ", and has to be sent as the bytes that it is"
			}
		}
	}
	return err.Error()
}

// codingName is a header's value up to a semicolon: the page of v3 prints one behind the name, and callers copy it.
func codingName(value string) string {
	name, _, _ := strings.Cut(value, ";")
	return strings.TrimSpace(name)
}

// sealAnswer encrypts an answer if the caller asks for that and there is a key: the one that the request was encrypted with, else the
// current one.
func (c *cipher) sealAnswer(x *exchange, header http.Header, answer []byte) []byte {
	if x.plain || !strings.EqualFold(codingName(headerValue(x.request.Header, c.acceptHeader)), teaCoding) {
		return answer
	}
	seal := x.seal
	if seal == nil {
		keys := c.keys(x.credentials)
		if len(keys) == 0 {
			return answer
		}
		seal = func(answer []byte) ([]byte, error) { return appendEncrypted(nil, answer, keys[0], defaultRandom) }
	}
	sealed, err := seal(answer)
	if err != nil {
		panic(http.ErrAbortHandler) // no random numbers: what was asked to be encrypted is not sent at all
	}
	header.Set(c.contentHeader, teaCoding)
	return sealed
}
