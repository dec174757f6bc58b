package support

// Encrypted bodies: who decides that a body is encrypted, which key it is encrypted with, and how both sides tell each other. The
// cipher itself stands in msdktea.go, what each side does with it in encrypt_client.go and encrypt_server.go. What travels is made in this order: parameters are set, the body is serialized once, those bytes
// are signed (or, where the document says so, the ciphertext), encrypted, and sent.

import (
	"errors"
	"strings"
)

// ErrDecrypt matches every *DecryptError.
var ErrDecrypt = errors.New("decryption")

// DecryptError is a body that could not be decrypted: of an answer on a client, of a request on a server.
type DecryptError struct {
	Operation string
	Reason    string // nothing of the body, and nothing of the key
}

// Error names the operation and the reason.
func (e *DecryptError) Error() string {
	return boundedLine(errorPrefix(e.Operation)+"decryption: "+e.Reason, maxErrorText)
}

// Is makes errors.Is(err, ErrDecrypt) true.
func (e *DecryptError) Is(target error) bool { return target == ErrDecrypt }

// cipher is how the bodies of a scheme's operations are encrypted.
type cipher struct {
	secret         string // name of the credential that holds the key
	signCiphertext bool   // the signature covers what is sent, not what it means
	always         bool   // the document knows no plaintext
	contentHeader  string // says that the body is encrypted; in the spelling of net/http, as is the other one
	acceptHeader   string // asks for an encrypted answer
}

// keys are the keys that bodies may be encrypted with, the current one first; none is not configured.
func (c *cipher) keys(from credentials) []teaKey {
	if from == nil {
		return nil
	}
	secret := from.secret(c.secret)
	var keys []teaKey
	for _, text := range [...]string{secret.current(), secret.previous()} {
		if key, err := newTeaKey(text); err == nil {
			keys = append(keys, key)
		}
	}
	return keys
}

// problem says what is wrong with the key of some credentials; none at all is nothing wrong.
func (c *cipher) problem(from credentials) string {
	secret := from.secret(c.secret)
	for _, text := range [...]string{secret.current(), secret.previous()} {
		if _, err := newTeaKey(text); err != nil && text != "" {
			return c.secret + ": " + err.Error()
		}
	}
	return ""
}

// hasKey reports whether bodies can be encrypted with some credentials.
func (c *cipher) hasKey(from credentials) bool { return !from.secret(c.secret).IsZero() }

// coversCiphertext reports whether the ciphertext is signed.
func (c *cipher) coversCiphertext() bool { return c.signCiphertext }

// open tries the keys in turn. Plaintext is what it is under any key, so that it may be found to be that only when none fits.
func (c *cipher) open(body []byte, coding string, keys []teaKey) (plain []byte, key teaKey, err error) {
	if len(keys) == 0 {
		plain, _, err = openBody(body, coding, teaKey{})
		return plain, teaKey{}, err
	}
	for _, key := range keys {
		if plain, err := decrypted(body, key); err == nil && (coding == "" || strings.EqualFold(strings.Trim(coding, " \t"), teaCoding)) {
			return plain, key, nil
		}
	}
	plain, _, err = openBody(body, coding, keys[0])
	return plain, teaKey{}, err
}
