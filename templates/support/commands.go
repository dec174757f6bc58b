package support

// What msdkgen's own commands use of this package. It is the one file of it that is not copied, so that generated packages do not
// export these names, and that a command runs the very code that they get instead of code that is like it.

import "io"

// TeaKey is a key of msdktea, parsed. It prints as ***.
type TeaKey = teaKey

// NewTeaKey parses a key. The error is a length other than 16 bytes, and does not repeat the key.
func NewTeaKey(secret string) (TeaKey, error) { return newTeaKey(secret) }

// EncryptTea encrypts a body with msdktea. The error is a random source that failed.
func EncryptTea(plain []byte, key TeaKey, random io.Reader) ([]byte, error) {
	return appendEncrypted(nil, plain, key, random)
}

// DecryptTea decrypts a body. The error says what is wrong with the ciphertext, without repeating any of it.
func DecryptTea(ciphertext []byte, key TeaKey) ([]byte, error) { return decrypted(ciphertext, key) }
