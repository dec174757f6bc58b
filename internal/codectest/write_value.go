package codectest

// Single values at random.

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

func (w *writer) single(s *Shape) string {
	switch s.Kind {
	case Bool:
		return pick(w, "true", "false")
	case Int:
		if text := number(w, s); !s.TakesText || w.IntN(2) == 0 {
			return text
		} else {
			return spell(w, text, w.one(6))
		}
	case Float:
		return pick(w, "0", "-0", "1.5", "-2.25e-3", "1E5", "0.1", "123456789012345678901234567890", "1e-400", "0e0", "3", "1.7976931348623157e308", "5e-324")
	case IntOrText:
		if w.IntN(2) == 0 {
			return number(w, s)
		}
	case Any:
		return w.anything(0)
	}
	if s.TakesInt && w.IntN(3) == 0 {
		return pick(w, number(w, s), "123456789012345678901234567890")
	}
	return spell(w, plainText(w), w.one(4))
}

// number returns an integer near a border, mostly one that fits.
func number(w Source, s *Shape) string {
	borders := []string{
		"0", "1", "9", "10", "99", "9999999", "10000000", "12345678", "99999999", "100000000", "123456789", "1234567890", "99999999999", "123456789012345",
		"999999999999999", "1000000000000000", "1234567890123456", "9999999999999999", "12345678901234567", "1700000000", "2147483647",
	}
	if !s.Unsigned {
		borders = append(borders, "-1", "-0", "-12345678", "-2147483648", "-99999999")
	}
	if s.Bits != 32 {
		borders = append(borders, "9223372036854775807", "2147483648", "4294967296", "1234567890123456789")
	}
	if w.IntN(2) == 0 {
		n := 1 + w.IntN(9)
		if s.Bits != 32 {
			n += w.IntN(9)
		}
		digits := make([]byte, n)
		for i := range digits {
			digits[i] = byte('0' + w.IntN(10))
		}
		if digits[0] == '0' {
			digits[0] = '7'
		}
		return string(digits)
	}
	return pick(w, borders...)
}

// plainText returns a text of 0 to 40 characters with something in it at any place.
func plainText(w Source) string {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	n := w.IntN(41)
	start := w.IntN(20)
	text := letters[start : start+n]
	if w.IntN(3) == 0 {
		at := w.IntN(n + 1)
		text = text[:at] + pick(w, `"`, `\`, "/", "\n", "\x00", "\x1f", "\x7f", "é", "日本語", "😀", "\u2028", "\uFFFD", "\u0080", "\uFFFF", "\U0010FFFF", ",", "日", "&<>") + text[at:]
	}
	if w.IntN(10) == 0 {
		text = strings.Repeat("昵称", w.IntN(12)) + text
	}
	return text
}

// spell writes a text as a JSON string; busy uses escapes where none are needed.
func spell(w Source, text string, busy bool) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		c, short := strings.IndexRune("\"\\/\b\f\n\r\t", r), `"\/bfnrt`
		switch {
		case c >= 0 && (c != 2 || busy):
			b.WriteString(`\` + short[c:c+1])
		case r < ' ' || busy && w.IntN(4) == 0:
			unicodeEscape(w, &b, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func unicodeEscape(w Source, b *strings.Builder, r rune) {
	unit := func(r rune) {
		hex := strconv.FormatInt(int64(r)|0x10000, 16)[1:]
		if w.IntN(2) == 0 {
			hex = strings.ToUpper(hex)
		}
		b.WriteString(`\u` + hex)
	}
	if r >= 0x10000 {
		r -= 0x10000
		unit(0xD800 + r>>10)
		r = 0xDC00 + r&0x3FF
	}
	unit(r)
}

// anything returns any JSON.
func (w *writer) anything(depth int) string {
	switch n := w.IntN(9); {
	case n == 0:
		return "null"
	case n == 1:
		return pick(w, "true", "false")
	case n == 2:
		return w.single(&Shape{Kind: Float})
	case n == 3:
		return number(w, &Shape{})
	case n < 7 || depth > 5:
		return spell(w, plainText(w), w.one(4))
	case n == 7:
		items := make([]string, w.IntN(4))
		for i := range items {
			items[i] = w.anything(depth + 1)
		}
		return "[" + strings.Join(items, pick(w, ",", ", ", "\n,")) + "]"
	}
	members := make([]string, w.IntN(4))
	for i := range members {
		members[i] = spell(w, plainText(w), false) + pick(w, ":", " : ") + w.anything(depth+1)
	}
	return "{" + strings.Join(members, ",") + "}"
}

// oddity returns what hardly any field takes, or what is no JSON at all.
func (w *writer) oddity() string {
	switch w.IntN(4) {
	case 0:
		return pick(w, "null", "null", "null", "[]", "{}", `""`, "0", "true", "[null]", "{ }", `"[]"`, `"{}"`, `"null"`, `" 1"`, `"1,"`, "nul", "tru", "falsey", "nulll")
	case 1:
		return pick(w, badNumbers...)
	case 2:
		text := plainText(w)
		at := w.IntN(len(text) + 1)
		for !utf8.RuneStart((text + "x")[at]) {
			at--
		}
		return `"` + strings.Map(func(r rune) rune {
			if r < ' ' || r == '"' || r == '\\' {
				return 'x'
			}
			return r
		}, text[:at]) + pick(w, badParts...) + `abcdefgh"`
	}
	return w.anything(0)
}

// badNumbers are out of some range, or no integers, or no numbers.
var badNumbers = []string{
	"2147483648", "-2147483649", "4294967295", "4294967296", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615",
	"18446744073709551616", "99999999999999999999", "1844674407370955161500", "100000000000000000000000", "-0", "-1", "00", "01", "-01", "012345678", "1.0", "1.5", "1e2", "1E+2",
	"12345678.0", "123456789012345e1", "1e400", "-", "+1", ".5", "1.", "1e", "1e+", "0x10", "١", "1_000", "12345678:", "1234567/", "NaN", "--1", "-a", "1-",
}

// badParts make a string invalid wherever they stand in it.
var badParts = []string{
	"\x00", "\x01", "\t", "\n", "\x1f", `\x`, `\`, `\u12`, `\u12g4`, `\U0041`, `\ud800`, `\udc00`, `\ud800\ud800`, `\ud83dx`, `\uD83D\n`, `\'`, "\\\x01", "\\\n",
	"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc3", "\xc3(", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xe6\x97", "\xe6\x97(", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x80\x80\x80",
	"\xf0\x8f\xbf\xbf", "\xf0\x9f\x98", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xf8\x88\x80\x80\x80", "\xfe", "\xff", "\xef\xbf", `"`, `"x`,
}
