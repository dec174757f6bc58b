package support

// This file writes single JSON values by appending them to a slice. Nothing here can fail: what JSON has no form for (NaN, an
// infinity, raw text that is not JSON) becomes null, and the checker reports it before anything is sent.

import (
	"math"
	"sort"
	"strconv"
)

// jsonAppender is what can write itself: a pointer to a generated type.
type jsonAppender interface {
	AppendJSON(dst []byte) []byte
}

// appendText appends a string. Only what JSON demands is escaped, so that & stays &; bytes that are not UTF-8 become U+FFFD.
func appendText[T ~string](dst []byte, v T) []byte {
	return withoutComma(putText(append(dst, '"'), string(v)))
}

// appendInt appends an integer.
func appendInt[T integerType](dst []byte, v T) []byte {
	if v > 0 && int64(v) < 0 { // too large for a sign
		return withoutComma(putUint(dst, uint64(v)))
	}
	return withoutComma(putInt(dst, int64(v)))
}

func withoutComma(dst []byte) []byte { return dst[:len(dst)-1] }

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

// The functions that follow write what holds other values. What they write an item with is given to them: AppendJSON of a generated
// type, or one of the functions at the end of this file.

// appendList appends a list; nil is written as the empty one.
func appendList[T any](dst []byte, items []T, write func(*T, []byte) []byte) []byte {
	dst = append(dst, '[')
	for i := range items {
		dst = append(write(&items[i], dst), ',')
	}
	return closeList(dst)
}

// closeList ends a list: its last comma becomes the bracket.
func closeList(dst []byte) []byte {
	if n := len(dst); dst[n-1] == ',' {
		dst[n-1] = ']'
		return dst
	}
	return append(dst, ']')
}

// appendMap appends a map as an object; nil is written as the empty one. Names are sorted: a Go map has no order of its own.
func appendMap[V any](dst []byte, m map[string]V, write func(*V, []byte) []byte) []byte {
	dst = append(dst, '{')
	for _, name := range sortedNames(m) {
		v := m[name]
		dst = append(appendText(dst, name), ':')
		dst = append(write(&v, dst), ',')
	}
	return closeObject(dst)
}

// sortedNames returns the names of a map's members.
func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// appendEmbedded appends a value as JSON text inside a string.
func appendEmbedded[T any](dst []byte, v *T, write func(*T, []byte) []byte) []byte {
	return appendText(dst, string(write(v, nil)))
}

// appendOpt writes a whole body that may be absent; nothing is then written.
func appendOpt[T any](dst []byte, v Opt[T], write func(*T, []byte) []byte) []byte {
	if !v.set {
		return dst
	}
	return write(&v.value, dst)
}

func writeText[T ~string](v *T, dst []byte) []byte { return appendText(dst, *v) }

func writeInt[T integerType](v *T, dst []byte) []byte { return appendInt(dst, *v) }

func writeBool(v *bool, dst []byte) []byte { return strconv.AppendBool(dst, *v) }

func writeFloat(v *float64, dst []byte) []byte { return appendFloat(dst, *v) }

func writeRaw(v *RawJSON, dst []byte) []byte { return appendRaw(dst, *v) }
