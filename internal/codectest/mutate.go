package codectest

// Texts next to a document: a byte more, a byte less, another one, an end in the middle. Fast ways through a text depend on what stands next to what
// and on how many bytes are left, so that such texts are tried at every byte.

import (
	"math/rand/v2"
	"strings"
)

// Mutate changes a text at random places.
func Mutate(s Source, text string) string {
	for range 1 + s.IntN(3) {
		at := s.IntN(len(text) + 1)
		rest := text[at:]
		skip := min(len(rest), s.IntN(4))
		switch s.IntN(7) {
		case 0:
			text = text[:at]
		case 1:
			text = text[:at] + pick(s, inserted...) + rest
		case 2:
			text = text[:at] + rest[skip:]
		case 3:
			text = text[:at] + pick(s, inserted...) + rest[skip:]
		case 4:
			from := s.IntN(len(text) + 1)
			text = text[:at] + text[from:min(len(text), from+s.IntN(30))] + rest
		case 5:
			text = text[:at] + pick(s, badParts...) + rest
		default:
			text = text[:at] + pick(s, badNumbers...) + rest
		}
	}
	return text
}

// inserted are bytes that mean something to a JSON reader, and some that do not.
var inserted = []string{
	" ", "\t", "\n", "\r", "\x00", "\x0b", "\x1f", "\x7f", "\x80", "\xff", `"`, `\`, "{", "}", "[", "]", ":", ",", "0", "1", "9", "-", "+", ".", "e", "E", "n", "t", "a", "/", "\uFEFF", "\u00a0",
}

// Neighbors calls f with every text that is a text cut short, with a byte taken out, with a byte doubled, or with one of a few others put in or in its
// place, until f returns false. Of the places, only every step-th is tried.
func Neighbors(text string, step int, f func(string) bool) {
	tried := []string{" ", "\n", `"`, `\`, ",", "0", "\x1f", "\xff", "}", ":", "n"}
	for at := 0; at <= len(text); at += step {
		if !f(text[:at]) {
			return
		}
		for _, in := range tried {
			if !f(text[:at] + in + text[at:]) {
				return
			}
		}
		if at == len(text) {
			return
		}
		for _, in := range []string{"null\x00", "[]\x00"} { // what is no object, and then what looks like its first member
			if text[at] == '{' && !f(text[:at]+in+text[at+1:]) {
				return
			}
		}
		for _, in := range append(tried, text[at:at+1]+text[at:at+1], "", string([]byte{text[at] ^ 0x80}), string([]byte{text[at] + 1})) {
			if !f(text[:at] + in + text[at+1:]) {
				return
			}
		}
	}
}

// Seeded returns a source that always makes the same choices.
func Seeded(seed uint64) Source { return rand.New(rand.NewPCG(seed, 7)) }

// Choices is a source that takes its choices from bytes. When they are used up, every choice is the first.
type Choices struct{ Bytes string }

// IntN implements Source.
func (c *Choices) IntN(n int) int {
	if n <= 1 || c.Bytes == "" {
		return 0
	}
	v, bytes := 0, 1
	if n > 256 {
		bytes = 2
	}
	for range bytes {
		if c.Bytes != "" {
			v = v<<8 | int(c.Bytes[0])
			c.Bytes = c.Bytes[1:]
		}
	}
	return v % n
}

// Strings calls f with strings, as JSON, of each length from 0 to 40 that have something special at each of their places: each step-th of what
// can be there, and all of them over the places.
func Strings(step int, f func(string)) {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH"
	special := append([]string{`\"`, `\\`, `\n`, `\u00e9`, `\ud83d\ude00`, "é", "日", "😀", "\x7f"}, badParts...)
	turn := 0
	for n := range 41 {
		f(`"` + letters[:n] + `"`)
		for at := range n + 1 {
			for turn++; turn < len(special); turn += step {
				f(`"` + letters[:at] + special[turn] + letters[at:n] + `"`)
			}
			turn -= len(special)
		}
	}
}

// Texts calls f with texts, not as JSON, of each length from 0 to 40 that have something special at each of their places: each step-th of what can be
// there, and all of them over the places.
func Texts(step int, f func(string)) {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH"
	special := append([]string{`"`, `\`, "\b", "\f", "\r", "/", "é", "日", "😀", "\x7f", "\u2028"}, badParts...)
	turn := 0
	for n := range 41 {
		f(letters[:n])
		for at := range n + 1 {
			for turn++; turn < len(special); turn += step {
				f(letters[:at] + special[turn] + letters[at:n])
			}
			turn -= len(special)
		}
	}
}

// Integers calls f with the spellings of integers that lie next to a border.
func Integers(f func(string)) {
	for _, text := range badNumbers {
		f(text)
	}
	for n := 1; n <= 23; n++ {
		for _, text := range []string{strings.Repeat("9", n), "1" + strings.Repeat("0", n-1), strings.Repeat("1234567890", 3)[:n], "0" + strings.Repeat("1", n-1)} {
			for _, tail := range []string{"", ".", ".5", "e", "E1", "e-1", "a", "-", "/", ":", "\x00", "0.0e0"} {
				f(text + tail)
				f("-" + text + tail)
			}
		}
	}
}
