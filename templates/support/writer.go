package support

// This file writes single JSON values by appending them to a slice. Nothing here can fail: what JSON has no form for (NaN, an
// infinity, raw text that is not JSON) becomes null, and the checker reports it before anything is sent.

import (
	"encoding/binary"
	"math"
	"sort"
	"strconv"
	"unicode/utf8"
)

// jsonAppender is what can write itself: a pointer to a generated type.
type jsonAppender interface {
	AppendJSON(dst []byte) []byte
}

const hexDigits = "0123456789abcdef"

// makeRoom returns dst with room for n more bytes.
func makeRoom(dst []byte, n int) []byte {
	return append(dst[:cap(dst)], make([]byte, n)...)[:len(dst)]
}

// appendText appends a string. Only what JSON demands is escaped, so that & stays &; bytes that are not UTF-8 become U+FFFD.
func appendText[T ~string](dst []byte, v T) []byte { return appendKeyedText(dst, "", string(v)) }

// appendKeyedText appends key and the string s, with room for a comma behind it. It copies while it looks for what has to be escaped.
func appendKeyedText(dst []byte, key, s string) []byte {
	n := len(dst)
	if need := len(key) + len(s) + len(`"",`); cap(dst)-n < need {
		dst = makeRoom(dst, need)
	}
	room := dst[n:cap(dst)]
	copyShort(room, key)
	room[len(key)] = '"'
	if !copyPlain(room[len(key)+1:], s) {
		return append(appendTextBody(dst[:n+len(key)+1], s), '"')
	}
	end := len(key) + 1 + len(s)
	room[end] = '"'
	return dst[:n+end+1]
}

// copyShort copies s into a longer room. It is faster than copy where s is a name.
func copyShort(room []byte, s string) {
	if n := len(s); n >= 8 && n <= 16 {
		first, last := load8(s, 0), load8(s, n-8)
		store8(room, 0, first)
		store8(room, n-8, last)
		return
	}
	copy(room, s)
}

// copyPlain copies s into a longer room, and returns false if something in s has to be escaped or replaced.
func copyPlain(room []byte, s string) bool {
	n := len(s)
	room = room[:n]
	if n < 8 {
		return copyFew(room, s)
	}
	var all, found uint64
	i := 0
	for ; i+16 <= n; i += 16 {
		in, out := s[i:i+16], room[i:i+16]
		w, x := load8(in, 0), load8(in, 8)
		store8(out, 0, w)
		store8(out, 8, x)
		all |= w | x
		found |= special(w) | special(x)
	}
	if i+8 <= n {
		w := load8(s, i)
		store8(room, i, w)
		all |= w
		found |= special(w)
	}
	w := load8(s, n-8) // the last eight bytes, some of them a second time
	store8(room, n-8, w)
	return found|special(w) == 0 && ((all|w)&highBits == 0 || validText(s))
}

// copyFew is copyPlain for fewer than eight bytes.
func copyFew(room []byte, s string) bool {
	var all byte
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c == '"' || c == '\\' {
			return false
		}
		all |= c
		room[i] = c
	}
	return all < utf8.RuneSelf || validText(s)
}

// store8 stores eight bytes from i on, the lowest one first. The compiler makes one store of it.
func store8(b []byte, i int, w uint64) { binary.LittleEndian.PutUint64(b[i:i+8], w) }

// appendTextBody appends what stands between the quotes of a string.
func appendTextBody(dst []byte, s string) []byte {
	for i := 0; ; i++ {
		end, high := plainEnd(s, i)
		if plain := s[i:end]; high == 0 || validText(plain) {
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
func appendInt[T integerType](dst []byte, v T) []byte { return appendKeyedInt(dst, "", v) }

// appendKeyedInt appends key and an integer, with room for a comma behind it.
func appendKeyedInt[T integerType](dst []byte, key string, v T) []byte {
	const longest = 20 // bytes of an integer
	if need := len(key) + longest + 1; cap(dst)-len(dst) < need {
		dst = makeRoom(dst, need)
	}
	n := len(dst)
	dst = dst[:n+len(key)]
	copyShort(dst[n:], key)
	if v < 0 {
		return strconv.AppendInt(dst, int64(v), 10)
	}
	return appendDigits(dst, uint64(v))
}

// appendDigits appends a number in decimal digits; there is room for it. It writes two digits in one step, the last ones first.
func appendDigits(dst []byte, v uint64) []byte {
	n := 1
	for limit := uint64(10); v >= limit && n < 20; limit *= 10 { // 20 digits are the most, and their limit is no uint64
		n++
	}
	start := len(dst)
	dst = dst[:start+n]
	for i := start + n; ; {
		if v < 10 {
			dst[i-1] = byte('0' + v)
			return dst
		}
		pair := v % 100 * 2
		v /= 100
		i -= 2
		dst[i], dst[i+1] = digitPairs[pair], digitPairs[pair+1]
		if v == 0 {
			return dst
		}
	}
}

const digitPairs = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"

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

func writeText[T ~string](v *T, dst []byte) []byte { return appendKeyedText(dst, "", string(*v)) }

func writeInt[T integerType](v *T, dst []byte) []byte { return appendKeyedInt(dst, "", *v) }

func writeBool(v *bool, dst []byte) []byte { return strconv.AppendBool(dst, *v) }

func writeFloat(v *float64, dst []byte) []byte { return appendFloat(dst, *v) }

func writeRaw(v *RawJSON, dst []byte) []byte { return appendRaw(dst, *v) }
