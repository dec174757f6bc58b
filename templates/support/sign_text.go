package support

// Smaller operations of signing programs. Those that can fail leave a reason in the message, a fixed text: what they were given may be a
// key.

import (
	"bytes"
	"crypto/hmac"
	"encoding/base64"
	"encoding/hex"
	"hash"
)

// hmacSum returns the HMAC of text.
func hmacSum[K, T string | []byte](algorithm func() hash.Hash, key K, text T) []byte {
	mac := hmac.New(algorithm, []byte(key))
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// appendLower appends text with its ASCII letters in lower case.
func appendLower[T string | []byte](dst []byte, text T) []byte {
	for i := 0; i < len(text); i++ {
		dst = append(dst, lowerByte(text[i]))
	}
	return dst
}

// appendUpper appends text with its ASCII letters in upper case.
func appendUpper[T string | []byte](dst []byte, text T) []byte {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// cut returns text[from:to] as far as there is text; to below 0 means the end.
func cut[T string | []byte](text T, from, to int) T {
	if to < 0 {
		to = len(text)
	}
	to = min(to, len(text))
	return text[min(from, to):to]
}

// last returns the last n bytes of text, or all of it.
func last[T string | []byte](text T, n int) T { return text[max(0, len(text)-n):] }

// fromHex decodes hexadecimal digits.
func (m *message) fromHex(text []byte) []byte {
	decoded, err := hex.AppendDecode(nil, text)
	if err != nil {
		m.fail("a value that the signature needs is not hexadecimal")
		return nil
	}
	return decoded
}

// fromBase64 decodes base64 in either alphabet, with or without padding.
func (m *message) fromBase64(text []byte) []byte {
	plain := bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("-"), []byte("+")), []byte("_"), []byte("/"))
	encoding := base64.StdEncoding
	if !bytes.HasSuffix(plain, []byte("=")) {
		encoding = base64.RawStdEncoding
	}
	decoded, err := encoding.Strict().AppendDecode(nil, plain)
	if err != nil || bytes.ContainsAny(plain, "\r\n") {
		m.fail("a value that the signature needs is not base64")
		return nil
	}
	return decoded
}

// date writes a time in another form.
func (m *message) date(text string, from, to timeFormat) []byte {
	t, ok := from.parse(text)
	if !ok {
		m.fail("a time that the signature needs is malformed")
		return nil
	}
	return to.append(make([]byte, 0, 32), t)
}

// check keeps the failure of a function that stands beside the generated code. Its own text is not repeated.
func (m *message) check(err error, function string) {
	if err != nil {
		m.fail("the function " + function + " failed")
	}
}
