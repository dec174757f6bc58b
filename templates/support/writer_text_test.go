package support

// Words are stored whole, some beyond the end of what is written. These tests stand at each place where that can go wrong: every length around a
// word, a special byte at each place, every room behind what is there, each number of digits.

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
)

// intoRooms calls write with room for every number of bytes up to beyond what it needs, and with old bytes in that room.
func intoRooms(t *testing.T, what, want string, write func(dst []byte) []byte) {
	t.Helper()
	const front = `{"`
	for room := range len(want) + 2*slack + 32 {
		whole := bytes.Repeat([]byte{'!'}, len(front)+room+8)
		copy(whole, front)
		got := write(whole[: len(front) : len(front)+room])
		if string(got) != front+want {
			t.Fatalf("%s, room for %d: got %s, want %s", what, room, got, front+want)
		}
		if tail := whole[len(front)+room:]; string(tail) != "!!!!!!!!" || string(whole[:len(front)]) != front {
			t.Fatalf("%s, room for %d: written in front of that room or beyond it: %q", what, room, whole)
		}
	}
}

func TestTextIntoEveryRoom(t *testing.T) {
	for _, s := range []string{"日", "日本", "日本語", "日本語日本語", "日本語日", "日本\n語日本語", "0123456\"", "\x01", "🐼🐼🐼", "日本語é"} {
		intoRooms(t, "text "+s, strings.TrimPrefix(plainJSON(t, s), `"`)+",", func(dst []byte) []byte { return putText(dst, s) })
	}
	for keyLength := range 21 {
		key := strings.Repeat("k", keyLength)
		for length := range 35 {
			s := strings.Repeat("0123456789", 4)[:length]
			intoRooms(t, "key "+key+", text "+s, key+`"`+s+`",`, func(dst []byte) []byte { return textField(dst, key, s) })
		}
		for _, v := range []int64{0, 7, -7, 12345678, 123456789, 1234567890, 12345678901, math.MaxInt64, math.MinInt64} {
			intoRooms(t, "integer", key+strconv.FormatInt(v, 10)+",", func(dst []byte) []byte { return intField(dst, key, v) })
		}
		intoRooms(t, "integer", key+"18446744073709551615,", func(dst []byte) []byte { return uintField(dst, key, math.MaxUint64) })
	}
}

// Every kind of byte at each place of a text of each length, written and read again where a word ends, and at the end of the text.
func TestTextAtEveryPlace(t *testing.T) {
	for _, odd := range []string{`"`, `\`, "\n", "\x00", "\x1f", " ", "!", "\x7f", "\x80", "\xc3", "é", "\xe6\x97", "日", "\xe0\x80\x80", "\xed\xa0\x80", "😀", "\xff"} {
		for length := range 27 {
			for at := range length + 1 {
				s := strings.Repeat("a", at) + odd + strings.Repeat("日", length%2) + strings.Repeat("z", length-at)
				valid := strings.ToValidUTF8(s, "")
				if valid == s {
					textBackAndForth(t, s)
				} else if want := string(appendText(nil, string([]rune(s)))); string(appendText(nil, s)) != want {
					t.Errorf("%q is written as %s, want %s", s, appendText(nil, s), want)
				}
				for _, behind := range []string{``, `,`, `,"0123456789":1`} {
					_, d := value(`"`+strings.NewReplacer(`"`, `\"`, `\`, `\\`, "\n", `\n`, "\x00", `\u0000`, "\x1f", `\u001f`).Replace(s)+`"`+behind, lenient, itemText[string])
					if wrong := d.err != nil && strings.Contains(d.err.Reason, "UTF-8"); wrong != (valid != s) {
						t.Errorf("%q and %q behind it: %v", s, behind, d.err)
					}
				}
			}
		}
	}
}

// Text of nothing but characters of three bytes is taken as it is. One of them is another one, or none, at each place of a text of each length.
func TestThreesAtEveryPlace(t *testing.T) {
	for _, odd := range []string{"\u0800", "\ud7ff", "\ue000", "\uffff", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf",
		"a", `"`, "\\", "\n", "é", "😀", "\xe6\x97", "\x97\xa5", "\xff", "\xe6\x97a", "\xe6a\xa5", "\xf0\x97\xa5", "\xc6\x97\xa5", "abc", "", "日日"} {
		for length := range 9 {
			for at := range length + 1 {
				s := strings.Repeat("日", at) + odd + strings.Repeat("本", length-at)
				if want := plainJSON(t, string([]rune(s))); string(appendText(nil, s)) != want {
					t.Errorf("%q is written as %s, want %s", s, appendText(nil, s), want)
				}
				if valid := strings.ToValidUTF8(s, "") == s; validText(s) != valid {
					t.Errorf("%q: UTF-8 is %v", s, valid)
				}
			}
		}
	}
}

// textBackAndForth writes a text that is UTF-8 and reads it again with more and less behind it.
func textBackAndForth(t *testing.T, s string) {
	t.Helper()
	written := string(appendText(nil, s))
	if want := plainJSON(t, s); written != want {
		t.Errorf("%q is written as %s, want %s", s, written, want)
	}
	for behind := range 18 {
		for _, limits := range []readLimits{{}, {copied: true}} {
			d := newReader(written+strings.Repeat(" ", behind), limits)
			if got := d.stringValue(); got != s || d.err != nil || d.pos != len(written) {
				t.Errorf("%s with %d bytes behind it: %q, %v, at %d", written, behind, got, d.err, d.pos)
			}
		}
	}
}

// borders are integers on both sides of each power of ten and of two, and ones with zeros inside.
func borders() (list []uint64) {
	add := func(v uint64) { list = append(list, v-1, v, v+1) }
	for p := uint64(1); ; p *= 10 {
		for digit := uint64(1); digit < 10 && digit <= math.MaxUint64/p; digit++ {
			add(digit * p)
		}
		add(p + 7)
		if p > math.MaxUint64/10 {
			break
		}
	}
	for i := range 64 {
		add(1 << i)
	}
	return append(list, 100000001, 1e8+1e7, 1e16+1e8, 1e16+1, 1234567890123456, 10203040506070809, 9999999900000000, 99999999_00000001)
}

func TestIntegersAtEveryBorder(t *testing.T) {
	for _, v := range borders() {
		want := strconv.FormatUint(v, 10)
		if got := string(appendInt(nil, v)); got != want {
			t.Errorf("%s is written as %s", want, got)
		}
		if got := string(putUint(nil, v)); got != want+"," {
			t.Errorf("%s is written as %s", want, got)
		}
		if got := string(appendInt(nil, -int64(v))); got != strconv.FormatInt(-int64(v), 10) {
			t.Errorf("%d is written as %s", -int64(v), got)
		}
		for behind := range 18 {
			for _, after := range []string{" ", ","} {
				d := newReader(want+strings.Repeat(after, behind), lenient)
				var got uint64
				if readInt(&got, d); got != v || d.err != nil || d.pos != len(want) {
					t.Errorf("%s with %d bytes behind it: %d, %v, at %d", want, behind, got, d.err, d.pos)
				}
				d = newReader(want+strings.Repeat(after, behind), lenient)
				var signed int64
				if d.int(&signed); v <= math.MaxInt64 && (signed != int64(v) || d.pos != len(want)) || (v > math.MaxInt64) != (d.err != nil) {
					t.Errorf("%s with %d bytes behind it: %d, %v, at %d", want, behind, signed, d.err, d.pos)
				}
			}
		}
	}
	for _, beyond := range []string{"18446744073709551616", "18446744073709551619", "18446744073709551620", "20000000000000000000", "100000000000000000000"} {
		for behind := range 18 {
			_, d := value(beyond+strings.Repeat(" ", behind), lenient, itemInt[uint64])
			refuse(t, beyond, d, faultRange)
		}
	}
	for n := uint64(0); n < 1e8; n += 9973 { // both halves take most of their values
		if got, ten := string(appendInt(nil, 91*n+1e9)), strconv.FormatUint(91*n+1e9, 10); got != ten {
			t.Fatal(ten, got)
		}
		if got := string(appendInt(nil, n)); got != strconv.FormatUint(n, 10) {
			t.Fatal(n, got)
		}
	}
}

// What is no integer at all is none at any place, and with any number of digits in front of it.
func TestDigitsAtEveryPlace(t *testing.T) {
	for length := 1; length < 20; length++ {
		for at := range length {
			for c := range 256 {
				text := strings.Repeat("1", at) + string([]byte{byte(c)}) + strings.Repeat("2", length-at-1)
				for _, behind := range []string{"", ",                 "} {
					var want int64
					good := json.Unmarshal([]byte(text), &want) == nil && text != "null"
					d := newReader(text+behind, lenient)
					var got int64
					d.int(&got)
					if ok := d.err == nil && d.pos == len(text); good != ok || good && got != want {
						if strings.Trim(text[at:at+1], " \t\r\n") == "" {
							continue // white space ends it, and is no fault of the integer
						}
						t.Errorf("%q: %d, %v, at %d; want %d, %v", text, got, d.err, d.pos, want, good)
					}
				}
			}
		}
	}
}
