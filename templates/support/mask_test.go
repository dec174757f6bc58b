package support

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMaskText(t *testing.T) {
	m := new(mask)
	for _, secret := range []string{"", "s3cr3t", "7", "a/b+c d\"e<f>", "0123456789abcdef0123456789abcdef", "秘密の鍵です"} {
		m.add(secret)
	}
	for text, want := range map[string]string{
		"":                                   "",
		"nothing here":                       "nothing here",
		"the s3cr3t is":                      "the *** is",
		"the S3CR3T is":                      "the *** is",
		"s3cr3ts3cr3t":                       "***",
		"s3cr3t s3cr3t":                      "*** ***",
		"7 of 17, 7.":                        "*** of 17, ***.",
		"a%2Fb%2Bc%20d%22e%3Cf%3E":           "***",
		"a%2fb%2bc+d%22e%3cf%3e":             "***",
		`a/b+c d\"e<f>`:                      "***",
		"a/b+c d&#34;e&lt;f&gt;":             "***",
		"x0123456789abcdef0123456789abcdefx": "x***x",
		"token 0123456789abcd...":            "token ***...",
		"0123456789a":                        "0123456789a",
		"鍵 秘密の鍵です。":                          "鍵 ***。",
		"GET http://x/y?sig=1&t=2 failed":    "GET http://x/y?*** failed",
		"\"http://x?a=b\": no":               "\"http://x?***\": no",
		"really? yes=no":                     "really? yes=no",
		"one\ntwo\ttab\x00\u202e":            "one two tab  ",
		"bad \xff byte":                      "bad   byte",
	} {
		if got := m.text(text, 200); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestMaskBounds(t *testing.T) {
	m := new(mask)
	m.add("0123456789abcdef0123456789abcdef")
	for pad := range 80 { // wherever the cut falls, no part of the secret stays
		got := m.text(strings.Repeat("x", pad)+strings.Repeat("0123456789abcdef0123456789abcdef", 3)+strings.Repeat("é", 80), 64)
		if len(got) > 64 || !utf8.ValidString(got) || strings.Contains(got, "0123") {
			t.Errorf("%q", got)
		}
	}
	large := strings.Repeat("????", 1<<20)
	if got := m.text(large, 64); len(got) > 64 {
		t.Errorf("%d bytes", len(got))
	}
	if got := m.text(strings.Repeat("0123456789abcdef0123456789abcdef", 1<<15), 64); got != "***" {
		t.Errorf("%q", got)
	}
}

func TestMaskFindsSensitive(t *testing.T) {
	type nested struct {
		Opt   Opt[Sensitive]
		List  []Sensitive
		Map   map[string]Sensitive
		Any   any
		Next  *nested
		bytes []byte
	}
	v := &nested{
		Opt: Some(Sensitive("in-opt")), List: []Sensitive{"in-list"}, Map: map[string]Sensitive{"x": "in-map"}, Any: Sensitive("in-any"),
		Next: &nested{Opt: Some(Sensitive("in-next"))}, bytes: []byte("x"),
	}
	v.Next.Next = v // a circle ends
	m := new(mask)
	m.addSensitive(v)
	m.addSensitive(nil)
	if got := m.text("in-opt in-list in-map in-any in-next plain", 100); got != "*** *** *** *** *** plain" {
		t.Error(got)
	}
}

func FuzzMask(f *testing.F) {
	f.Add("a s3cr3tvalue b", "s3cr3tvalue", 40)
	f.Add("?a=b", "", 3)
	f.Fuzz(func(t *testing.T, text, secret string, limit int) {
		if limit < 8 || limit > 1000 {
			return
		}
		m := new(mask)
		m.add(secret)
		got := m.text(text, limit)
		if len(got) > limit || strings.ContainsAny(got, "\n\r\x00") {
			t.Errorf("%q", got)
		}
		if len(secret) >= shortSecret && utf8.ValidString(secret) && strings.Trim(secret, "*?… ") == secret && strings.Contains(got, secret) && !strings.Contains("?***…\ufffd", secret) {
			t.Errorf("%q shows %q", got, secret)
		}
	})
}
