package support

// This file writes text and integers. It is apart because it is the part of the writer where time goes: words of eight bytes are copied and
// looked at in one step, and stored whole, so that some are written beyond the end, into room that the next member takes.

import (
	"math/bits"
	"unicode/utf8"
)

// slack is the room that is there behind every text and integer: that of a word beyond the end, a quote and a comma among them.
const slack = 16

// makeRoom returns dst with room for n more bytes.
//
//go:noinline
func makeRoom(dst []byte, n int) []byte {
	return append(dst[:cap(dst)], make([]byte, n)...)[:len(dst)]
}

// textField writes a member that is text. It ends with a call in each case, so that nothing has to be kept on the stack.
//
//go:noinline
func textField(dst []byte, key, s string) []byte {
	k := len(key)
	if need := k + len(s) + slack; cap(dst)-len(dst) < need {
		return textField(makeRoom(dst, need), key, s)
	}
	room := dst[len(dst):cap(dst)]
	switch {
	case k >= 8 && k <= 16:
		first, last := load8(key, 0), load8(key, k-8)
		store8(room, 0, first)
		store8(room, k-8, last)
	case k >= 4 && k < 8:
		first, last := load4(key, 0), load4(key, k-4)
		store4(room, 0, first)
		store4(room, k-4, last)
	case k > 0:
		return textField(append(dst, key...), "", s)
	}
	room[k] = '"'
	if len(s) < 8 {
		return putShortText(dst, k+1, s)
	}
	return putText(dst, k+1, s)
}

// putText writes a text of at least eight bytes, and the quote and the comma behind it, into the room behind dst, from at on. The text is copied
// while it is searched for what has to be escaped.
//
//go:noinline
func putText(dst []byte, at int, s string) []byte {
	n := len(s)
	room := dst[len(dst)+at : cap(dst)]
	w := load8(s, n-8) // the last eight bytes, some of them a second time
	store8(room, n-8, w)
	all, found := w, marks(w)
	i := 0
	for ; i+16 <= len(s); i += 16 {
		in, out := s[i:i+16], room[i:i+16]
		w, x := load8(in, 0), load8(in, 8)
		store8(out, 0, w)
		store8(out, 8, x)
		all |= w | x
		found |= marks(w) | marks(x)
	}
	if i+8 <= len(s) {
		w := load8(s, i)
		store8(room, i, w)
		all, found = all|w, found|marks(w)
	}
	if found&highBits != 0 || all&highBits != 0 && !validText(s) {
		return append(appendTextBody(dst[:len(dst)+at], s), '"', ',')
	}
	room[n], room[n+1] = '"', ','
	return dst[:len(dst)+at+n+2]
}

// putShortText writes a text of fewer than eight bytes, and the quote and the comma behind it, into the room behind dst, from at on.
//
//go:noinline
func putShortText(dst []byte, at int, s string) []byte {
	var w uint64
	n := len(s)
	switch {
	case n >= 4:
		w = uint64(load4(s, 0)) | uint64(load4(s, n-4))<<(8*(n-4))
	case n > 0:
		w = uint64(s[0]) | uint64(s[n/2])<<(8*(n/2)) | uint64(s[n-1])<<(8*(n-1))
	}
	if special(w)&(1<<(8*n)-1) != 0 || w&highBits != 0 && !validText(s) {
		return append(appendTextBody(dst[:len(dst)+at], s), '"', ',')
	}
	room := dst[len(dst)+at : cap(dst)]
	store8(room, 0, w)
	room[n], room[n+1] = '"', ','
	return dst[:len(dst)+at+n+2]
}

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

const hexDigits = "0123456789abcdef"

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

// uintField writes a member that is an integer.
//
//go:noinline
func uintField(dst []byte, key string, v uint64) []byte { return numberField(dst, key, false, v) }

//go:noinline
func intField(dst []byte, key string, v int64) []byte {
	if v < 0 {
		return numberField(dst, key, true, -uint64(v))
	}
	return numberField(dst, key, false, uint64(v))
}

// numberField writes a member that is an integer of that sign and size.
func numberField(dst []byte, key string, negative bool, v uint64) []byte {
	const longest = 20 // bytes of an integer
	n, k := len(dst), len(key)
	if need := k + longest + slack; cap(dst)-n < need {
		return numberField(makeRoom(dst, need), key, negative, v)
	}
	room := dst[n:cap(dst)]
	switch {
	case k >= 8 && k <= 16:
		first, last := load8(key, 0), load8(key, k-8)
		store8(room, 0, first)
		store8(room, k-8, last)
	default:
		copy(room, key)
	}
	if negative {
		room[k] = '-'
		k++
	}
	return putNumber(dst, k, v)
}

// putNumber writes an integer and the comma behind it into the room behind dst, from at on.
//
//go:noinline
func putNumber(dst []byte, at int, v uint64) []byte {
	room := dst[len(dst):cap(dst)]
	const part = 1e8 // eight digits
	switch {
	case v < part:
		at = putFirstDigits(room, at, v)
	case v < part*part:
		at = putFirstDigits(room, at, v/part)
		at = putDigits(room, at, v%part)
	default:
		at = putFirstDigits(room, at, v/(part*part))
		v %= part * part
		at = putDigits(room, at, v/part)
		at = putDigits(room, at, v%part)
	}
	room[at] = ','
	return dst[:len(dst)+at+1]
}

// zeros are eight digits 0.
const zeroDigits = '0' * everyByte

// putDigits writes a number below 100 million as eight digits.
func putDigits(room []byte, i int, v uint64) int {
	store8(room, i, digitValues(v)|zeroDigits)
	return i + 8
}

// putFirstDigits writes a number below 100 million without needless zeros.
func putFirstDigits(room []byte, i int, v uint64) int {
	values := digitValues(v)
	leading := min(bits.TrailingZeros64(values)/8, 7)
	store8(room, i, (values|zeroDigits)>>(8*leading))
	return i + 8 - leading
}

// digitValues splits a number below 100 million into eight digits, one in each byte, the highest lowest: into halves of four digits, these into
// pairs, and these into digits, each step for the whole word. A multiplication and a shift stand for each division.
func digitValues(v uint64) uint64 {
	const (
		halves = 0x0000007F_0000007F
		pairs  = 0x000F_000F_000F_000F
	)
	w := v/10000 | v%10000<<32
	high := w * 10486 >> 20 & halves // a hundredth of each
	w = high | (w-100*high)<<16
	high = w * 103 >> 10 & pairs // a tenth of each
	return high | (w-10*high)<<8
}
