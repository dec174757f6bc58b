package support

// Encrypted bodies on the server.

import (
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
	coding := x.request.Header.Get(c.contentHeader)
	switch {
	case len(x.body) == 0:
		return nil
	case coding == "" && (c.always || x.handler.encrypted):
		return &refusal{failDecryption, &DecryptError{Operation: x.op.id, Reason: "the body is not encrypted"}}
	case coding == "":
		return nil
	}
	plain, key, err := c.open(x.body, coding, c.keys(x.credentials))
	if err != nil {
		x.plain = true // a caller with another key could not read why
		return &refusal{failDecryption, &DecryptError{Operation: x.op.id, Reason: err.Error()}}
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

// sealAnswer encrypts an answer if the caller asks for that and there is a key: the one that the request was encrypted with, else the
// current one.
func (c *cipher) sealAnswer(x *exchange, header http.Header, answer []byte) []byte {
	if x.plain || !strings.EqualFold(strings.TrimSpace(x.request.Header.Get(c.acceptHeader)), teaCoding) {
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
