package support

// Percent-encoding as signing programs need it: nearly every vendor has a variant of its own.

import (
	"slices"
	"strings"
)

// percent is a way of percent-encoding. The unreserved characters of RFC 3986 stay: letters, digits, - . _ ~
type percent struct {
	keep     string // further ASCII characters that stay
	encode   string // unreserved characters that do not stay
	plus     bool   // a space becomes +
	lowerHex bool   // %2f and not %2F
}

func (p percent) stays(c byte) bool {
	if unreserved(c) {
		return strings.IndexByte(p.encode, c) < 0
	}
	return c < 0x80 && strings.IndexByte(p.keep, c) >= 0
}

// appendPercent appends text, encoded.
func appendPercent[T string | []byte](dst []byte, text T, p percent) []byte {
	digits := "0123456789ABCDEF"
	if p.lowerHex {
		digits = "0123456789abcdef"
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == ' ' && p.plus:
			dst = append(dst, '+')
		case p.stays(c):
			dst = append(dst, c)
		default:
			dst = append(dst, '%', digits[c>>4], digits[c&15])
		}
	}
	return dst
}

// percentList encodes the names and values of a list.
func percentList(list []pair, p percent) []pair {
	result := slices.Clone(list)
	for i := range result {
		result[i].name = string(appendPercent(nil, result[i].name, p))
		result[i].value = string(appendPercent(nil, result[i].value, p))
	}
	return result
}
