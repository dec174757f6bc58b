package support

// This file holds JSON's grammar of numbers and the conversion of a number's text. It is apart because three callers share it:
// the readers of declared numbers, the reader that skips, and the leniency that takes a string for an integer.

import (
	"math"
	"strconv"
)

const (
	faultDigit    = "want a digit"
	faultZero     = "a number with a needless zero in front"
	faultIntegral = "want an integer, found a number with a fraction or an exponent"
	faultRange    = "the number is out of range"
)

// atNumber reports whether a number is at hand.
func (d *jsonReader) atNumber() bool {
	c := d.peek()
	return c == '-' || isDigit(c)
}

func isDigit(c byte) bool { return c-'0' <= 9 }

// digits returns the end of the digits that begin at s[i].
func digits(s string, i int) int {
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	return i
}

// number reads a number and returns its text, empty after an error.
func (d *jsonReader) number() string {
	end, fault := scanNumber(d.src, d.pos)
	if fault != "" {
		d.failAt(end, "", fault)
		return ""
	}
	text := d.src[d.pos:end]
	d.pos = end
	return text
}

// integerText reads an integer of any size and returns its text.
func (d *jsonReader) integerText() string {
	start := d.pos
	if _, end := fewDigits(d.src, start); end > 0 {
		d.pos = end
		return d.src[start:end]
	}
	text := d.number()
	for i := 0; i < len(text); i++ {
		if c := text[i]; c != '-' && !isDigit(c) {
			d.failAt(start+i, "", faultIntegral)
			return ""
		}
	}
	return text
}

// scanNumber returns the end of the number that begins at s[i], or the place of a fault and the fault.
func scanNumber(s string, i int) (end int, fault string) {
	i, fault = scanWhole(s, i)
	if fault != "" {
		return i, fault
	}
	if i < len(s) && s[i] == '.' {
		start := i + 1
		if i = digits(s, start); i == start {
			return i, faultDigit
		}
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		start := i
		if i = digits(s, start); i == start {
			return i, faultDigit
		}
	}
	return i, ""
}

// scanWhole returns the end of the sign and the digits in front of a fraction.
func scanWhole(s string, i int) (end int, fault string) {
	if i < len(s) && s[i] == '-' {
		i++
	}
	end = digits(s, i)
	if end == i {
		return i, faultDigit
	}
	if s[i] == '0' && end > i+1 {
		return i, faultZero
	}
	return end, ""
}

// integer is an integer of up to 64 bits and a sign.
type integer struct {
	negative  bool
	magnitude uint64
}

// scanInteger converts the integer that begins at s[i] and returns its end, or the place of a fault and the fault.
func scanInteger(s string, i int) (v integer, end int, fault string) {
	start := i
	end, fault = scanWhole(s, i)
	if fault != "" {
		return v, end, fault
	}
	if end < len(s) && (s[end] == '.' || s[end] == 'e' || s[end] == 'E') {
		return v, end, faultIntegral
	}
	if s[i] == '-' {
		v.negative = true
		i++
	}
	for ; i < end; i++ {
		digit := uint64(s[i] - '0')
		if v.magnitude > (math.MaxUint64-digit)/10 {
			return v, start, faultRange
		}
		v.magnitude = v.magnitude*10 + digit
	}
	return v, end, ""
}

// fitInteger converts v to T, if T can hold it. An unsigned T takes no sign at all, not even that of -0.
func fitInteger[T integerType](v integer) (T, bool) {
	if !v.negative {
		t := T(v.magnitude)
		return t, t >= 0 && uint64(t) == v.magnitude
	}
	unsigned := ^T(0) > 0
	if unsigned || v.magnitude > 1<<63 {
		return 0, false
	}
	exact := int64(-v.magnitude) // two's complement: right for 1<<63 as well
	t := T(exact)
	return t, int64(t) == exact
}

// fitFloat converts the text of a number to T, if it is in T's range.
func fitFloat[T ~float32 | ~float64](text string) (T, bool) {
	v, err := strconv.ParseFloat(text, floatBits[T]())
	return T(v), err == nil
}

// floatBits is the size of T in bits, found with a number that only the larger type can hold.
func floatBits[T ~float32 | ~float64]() int {
	if probe := float64(1<<24 + 1); float64(T(probe)) != probe {
		return 32
	}
	return 64
}
