package support

// This file writes single JSON values by appending them to a slice. Nothing here can fail: what JSON has no form for (NaN, an
// infinity, raw text that is not JSON) becomes null, and the checker reports it before anything is sent.

import (
	"math"
	"slices"
	"strconv"
	"unicode/utf8"
)

// jsonAppender is what can write itself: a pointer to a generated type.
type jsonAppender interface {
	AppendJSON(dst []byte) []byte
}

const hexDigits = "0123456789abcdef"

// appendText appends a string. Only what JSON demands is escaped, so that & stays &; bytes that are not UTF-8 become U+FFFD.
func appendText[T ~string](dst []byte, v T) []byte {
	return append(appendTextBody(append(dst, '"'), string(v)), '"')
}

// appendTextBody appends what stands between the quotes of a string.
func appendTextBody(dst []byte, s string) []byte {
	for i := 0; ; i++ {
		end, high := plainEnd(s, i)
		if plain := s[i:end]; high == 0 || utf8.ValidString(plain) {
			dst = append(dst, plain...)
		} else {
			dst = appendValid(dst, plain)
		}
		if i = end; i == len(s) {
			return dst
		}
		dst = appendEscape(dst, s[i])
	}
}

// appendValid appends s with U+FFFD in place of each byte that is not UTF-8.
func appendValid(dst []byte, s string) []byte {
	for _, r := range s {
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, '\\', 'b')
	case '\f':
		return append(dst, '\\', 'f')
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	}
	return append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}

// appendInt appends an integer.
func appendInt[T integerType](dst []byte, v T) []byte {
	if v < 0 {
		return strconv.AppendInt(dst, int64(v), 10)
	}
	return strconv.AppendUint(dst, uint64(v), 10)
}

// appendBool appends true or false.
func appendBool[T ~bool](dst []byte, v T) []byte { return strconv.AppendBool(dst, bool(v)) }

// appendFloat appends a number in the shortest form that reads back as v, spelled as encoding/json spells it: with an exponent
// only for very small and very large numbers.
func appendFloat[T ~float32 | ~float64](dst []byte, v T) []byte {
	f := float64(v)
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return append(dst, "null"...)
	}
	bits := floatBits[T]()
	form := byte('f')
	if abs := math.Abs(f); abs != 0 && (T(abs) < 1e-6 || T(abs) >= 1e21) {
		form = 'e'
	}
	dst = strconv.AppendFloat(dst, f, form, -1, bits)
	if n := len(dst); form == 'e' && n >= 4 && dst[n-4] == 'e' && dst[n-3] == '-' && dst[n-2] == '0' {
		dst[n-2] = dst[n-1] // e-09 is written e-9
		dst = dst[:n-1]
	}
	return dst
}

// appendRaw appends raw JSON, and null in place of what is no JSON.
func appendRaw(dst []byte, v RawJSON) []byte {
	if !validJSON(string(v)) {
		return append(dst, "null"...)
	}
	return append(dst, v...)
}

// appendObject appends a generated struct.
func appendObject[T any, P interface {
	*T
	jsonAppender
}](dst []byte, v T) []byte {
	return P(&v).AppendJSON(dst)
}

// appendList appends a list; nil is written as the empty one.
func appendList[T any](dst []byte, items []T, write func([]byte, T) []byte) []byte {
	dst = append(dst, '[')
	for i, item := range items {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = write(dst, item)
	}
	return append(dst, ']')
}

// appendMap appends a map as an object; nil is written as the empty one. Names are sorted: a Go map has no order of its own.
func appendMap[V any](dst []byte, m map[string]V, write func([]byte, V) []byte) []byte {
	dst = append(dst, '{')
	for i, name := range sortedNames(m) {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendText(dst, name), ':')
		dst = write(dst, m[name])
	}
	return append(dst, '}')
}

// sortedNames returns the names of a map's members.
func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// appendEmbedded appends a value as JSON text inside a string.
func appendEmbedded[T any](dst []byte, v T, write func([]byte, T) []byte) []byte {
	return appendText(dst, string(write(nil, v)))
}

// appendOpt writes a whole body that may be absent; nothing is then written.
func appendOpt[T any](dst []byte, v Opt[T], write func([]byte, T) []byte) []byte {
	if !v.set {
		return dst
	}
	return write(dst, v.value)
}
