package support

// This file writes text and integers. It is apart because it is the part of the writer where time goes: words of eight bytes are copied and
// looked at in one step, and stored whole, so that some are written beyond the end, into room that the next member takes.

import (
	"math/bits"
	"unicode/utf8"
)

// slack is the room that is there behind every text: that of a word beyond the end, a quote and a comma among them. A name that is stored in two
// words, and an integer of up to ten digits with its comma, fit into as much.
const slack = 16

// makeRoom returns dst with room for n more bytes.
//
//go:noinline
func makeRoom(dst []byte, n int) []byte {
	return append(dst[:cap(dst)], make([]byte, n)...)[:len(dst)]
}

// putKey appends the name of a member. Most have a length at which two stores, that may overlap, are less than a call that copies.
//
//go:noinline
func putKey(dst []byte, key string) []byte {
	n, k := len(dst), len(key)
	if cap(dst)-n < slack {
		return append(dst, key...)
	}
	room := dst[n : n+slack]
	switch {
	case k >= 8 && k <= slack:
		first, last := load8(key, 0), load8(key, k-8)
		store8(room, 0, first)
		store8(room, k-8, last)
	case k >= 4 && k < 8:
		first, last := load4(key, 0), load4(key, k-4)
		store4(room, 0, first)
		store4(room, k-4, last)
	default:
		return append(dst, key...)
	}
	return dst[:n+k]
}

// putText appends a text whose opening quote is there, and the quote and the comma behind it. What is long enough, has room and is plain ASCII is
// copied while it is looked at. Everything else is left to other functions, so that the loop needs nothing but registers.
//
//go:noinline
func putText(dst []byte, s string) []byte {
	if len(s) < 8 || cap(dst)-len(dst) < len(s)+slack {
		return putShortText(dst, s)
	}
	room := dst[len(dst) : len(dst)+len(s)]
	room = room[:len(s)] // again, for the compiler: the loop needs no bounds checks
	var all uint64
	for i := 0; i < len(s)-8; i += 8 {
		w := load8(s, i)
		store8(room, i, w)
		all |= w | lowMarks(w)
	}
	w := load8(s, len(s)-8) // the last eight bytes, some of them a second time
	store8(room, len(s)-8, w)
	if (all|w|lowMarks(w))&highBits != 0 {
		return putSpecialText(dst, s)
	}
	return append(dst[:len(dst)+len(s)], '"', ',')
}

// putSpecialText is putText for a text that is not plain ASCII; it was copied behind dst. Where each character takes three bytes, as in Chinese,
// nothing else has to be done.
//
//go:noinline
func putSpecialText(dst []byte, s string) []byte {
	if onlyThrees(s) {
		return append(dst[:len(dst)+len(s)], '"', ',')
	}
	return append(appendTextBody(dst, s), '"', ',')
}

// onlyThrees reports whether s, of at least eight bytes, is UTF-8 with three bytes for each character.
func onlyThrees(s string) bool {
	i := 0
	for ; i <= len(s)-8; i += 6 {
		if !twoThrees(load8(s, i)) {
			return false
		}
	}
	switch len(s) - i {
	case 3:
		w := load8(s, len(s)-8) >> 40
		return twoThrees(w | w<<24)
	case 6:
		return twoThrees(load8(s, len(s)-8) >> 16)
	}
	return false
}

// putShortText is putText for a text of fewer than eight bytes, and for one without room.
//
//go:noinline
func putShortText(dst []byte, s string) []byte {
	if cap(dst)-len(dst) < len(s)+slack {
		return putText(makeRoom(dst, len(s)+slack), s)
	}
	var w uint64
	n := uint(len(s)) & 7
	switch {
	case n >= 4:
		w = uint64(load4(s, 0)) | uint64(load4(s, len(s)-4))<<(8*(n-4)&63)
	case n > 0:
		w = uint64(s[0]) | uint64(s[n/2])<<(8*(n/2)) | uint64(s[n-1])<<(8*(n-1))
	}
	if (w|lowMarks(w))&highBits&(1<<(8*n)-1) != 0 && !(n == 6 && twoThrees(w) || n == 3 && twoThrees(w|w<<24)) {
		return append(appendTextBody(dst, s), '"', ',')
	}
	store8(dst[len(dst):cap(dst)], 0, w)
	return append(dst[:len(dst)+len(s)], '"', ',')
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

// part is what an integer is divided by into parts of eight digits.
const part = 1e8

// putInt appends an integer and a comma. The shorter ones, and those of ten digits, as the seconds of a time have, take the shortest way.
//
//go:noinline
func putInt(dst []byte, v int64) []byte {
	n := len(dst)
	if cap(dst)-n < slack {
		return putInt(makeRoom(dst, slack), v)
	}
	room := dst[n : n+slack]
	if uint64(v) < part {
		w, digits := firstDigits(uint64(v))
		store8(room, 0, w)
		return append(dst[:n+digits], ',')
	}
	high := uint64(v) / part
	if high < 10 || high > 99 {
		return putLongInt(dst, v)
	}
	tens := high * 103 >> 10
	room[0], room[1], room[10] = byte('0'+tens), byte('0'+high-10*tens), ','
	putDigits(room, 2, uint64(v)%part)
	return dst[:n+11]
}

// putLongInt is putInt for any integer.
//
//go:noinline
func putLongInt(dst []byte, v int64) []byte {
	if v < 0 {
		return putUint(append(dst, '-'), -uint64(v))
	}
	return putUint(dst, uint64(v))
}

// putUint is putInt for any integer that has no sign.
//
//go:noinline
func putUint(dst []byte, v uint64) []byte {
	const longest = 20 // bytes of an integer
	n, at := len(dst), 0
	if cap(dst)-n < longest+slack {
		dst = makeRoom(dst, longest+slack)
	}
	room := dst[n:cap(dst)]
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
	return dst[:n+at+1]
}

// zeroDigits are eight digits 0.
const zeroDigits = '0' * everyByte

// putDigits writes a number below 100 million as eight digits.
func putDigits(room []byte, i int, v uint64) int {
	store8(room, i, digitValues(v)|zeroDigits)
	return i + 8
}

// putFirstDigits writes a number below 100 million without needless zeros.
func putFirstDigits(room []byte, i int, v uint64) int {
	w, n := firstDigits(v)
	store8(room, i, w)
	return i + n
}

// firstDigits returns the digits of a number below 100 million without needless zeros, the first one lowest, and how many there are.
func firstDigits(v uint64) (w uint64, n int) {
	values := digitValues(v)
	leading := min(bits.TrailingZeros64(values)/8, 7)
	return (values | zeroDigits) >> (8 * leading & 63), 8 - leading
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
