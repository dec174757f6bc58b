package support

import (
	"encoding/json"
	"strings"
	"testing"
)

// suite lists texts by what JSON says of them: y is JSON, n is not. Names say what a text is about.
var suite = []struct{ name, text string }{
	{"y: empty object", `{}`},
	{"y: empty list", `[]`},
	{"y: space everywhere", " \t\r\n{ \"a\" : [ 1 , 2 ] , \"b\" : { } } \n"},
	{"y: a lone number", `7`},
	{"y: a lone string", `"x"`},
	{"y: a lone word", `true`},
	{"y: null in a list", `[null,false]`},
	{"y: minus zero", `[-0]`},
	{"y: zero with fraction", `[0.5]`},
	{"y: exponent", `[1e5,1E5,1e+5,1e-5,0e0,1.5E2]`},
	{"y: many digits", `[123456789012345678901234567890.123456789]`},
	{"y: empty string and empty name", `{"":""}`},
	{"y: every short escape", `["\"\\\/\b\f\n\r\t"]`},
	{"y: unicode escapes", `["\u0000\u00e9\uFFFF"]`},
	{"y: surrogate pair", `["\ud83d\ude00\uDBFF\uDFFF"]`},
	{"y: escaped name", `{"\u0061":1}`},
	{"y: delete is no control character", "[\"\x7f\"]"},
	{"y: line separators", "[\"\u2028\u2029\"]"},
	{"y: two, three and four bytes", `["é日😀"]`},
	{"y: replacement character", "[\"\uFFFD\"]"},
	{"y: long string", `["` + strings.Repeat("0123456789é", 50) + `"]`},
	{"y: 60 levels", strings.Repeat("[", 60) + strings.Repeat("]", 60)},

	{"n: nothing", ``},
	{"n: white space only", ` `},
	{"n: text behind", `{} x`},
	{"n: two documents", `{}{}`},
	{"n: closing bracket too many", `[]]`},
	{"n: list left open", `[1`},
	{"n: list left open behind a comma", `[1,`},
	{"n: comma at the end of a list", `[1,]`},
	{"n: comma at the start of a list", `[,1]`},
	{"n: two commas", `[1,,2]`},
	{"n: no comma", `[1 2]`},
	{"n: wrong bracket", `[1}`},
	{"n: object left open", `{"a":1`},
	{"n: comma at the end of an object", `{"a":1,}`},
	{"n: comma at the start of an object", `{,"a":1}`},
	{"n: no colon", `{"a" 1}`},
	{"n: two colons", `{"a"::1}`},
	{"n: no value", `{"a":}`},
	{"n: no name", `{:1}`},
	{"n: name without quotes", `{a:1}`},
	{"n: name in single quotes", `{'a':1}`},
	{"n: number as name", `{1:1}`},
	{"n: name alone", `{"a"}`},
	{"n: comment", `{}/* */`},
	{"n: zero in front", `[01]`},
	{"n: minus zero in front", `[-01]`},
	{"n: plus", `[+1]`},
	{"n: minus alone", `[-]`},
	{"n: point in front", `[.5]`},
	{"n: point at the end", `[1.]`},
	{"n: exponent without digits", `[1e]`},
	{"n: exponent with a sign alone", `[1e+]`},
	{"n: hexadecimal", `[0x1]`},
	{"n: not a number", `[NaN]`},
	{"n: infinity", `[-Infinity]`},
	{"n: full-width digit", `[１]`},
	{"n: word cut short", `[tru]`},
	{"n: word too long", `[nulll]`},
	{"n: word in capitals", `[True]`},
	{"n: string left open", `["abc`},
	{"n: string left open behind a backslash", `["abc\`},
	{"n: quote escaped, string left open", `["abc\"]`},
	{"n: unknown escape", `["\x"]`},
	{"n: escape of a control character", "[\"\\\x01\"]"},
	{"n: unicode escape cut short", `["\u00e"]`},
	{"n: unicode escape at the end", `["\u00`},
	{"n: unicode escape with a letter too far", `["\u00g0"]`},
	{"n: capital U", `["\U0041"]`},
	{"n: line break in a string", "[\"a\nb\"]"},
	{"n: tab in a string", "[\"a\tb\"]"},
	{"n: zero byte in a string", "[\"a\x00b\"]"},
	{"n: control character far in a string", "[\"0123456789\x1f0123456789\"]"},
	{"n: zero byte behind", "[]\x00"},
	{"n: byte order mark", "\uFEFF[]"},
	{"n: form feed as white space", "[\f]"},
	{"n: no-break space", "[\u00a0]"},
}

// strict lists texts that encoding/json takes and this reader, like its successor, does not.
var strict = []struct{ name, text string }{
	{"lone high surrogate", `["\ud800"]`},
	{"lone low surrogate", `["\udc00"]`},
	{"high surrogate twice", `["\ud800\ud800"]`},
	{"high surrogate and a letter", `["\ud800a"]`},
	{"high surrogate and another escape", `["\ud800\n\n\n\n"]`},
	{"invalid byte", "[\"\xff\"]"},
	{"invalid byte far in", "[\"0123456789012\xff5678901234567\"]"},
	{"character cut short", "[\"\xe6\x97\"]"},
	{"overlong slash", "[\"\xc0\xaf\"]"},
	{"surrogate as bytes", "[\"\xed\xa0\x80\"]"},
	{"beyond the last character", "[\"\xf4\x90\x80\x80\"]"},
	{"invalid byte in a name", "{\"\xff\":1}"},
}

func TestReaderSuite(t *testing.T) {
	for _, c := range suite {
		want := c.name[0] == 'y'
		if json.Valid([]byte(c.text)) != want {
			t.Errorf("%s: the list is wrong", c.name)
		}
		if validJSON(c.text) != want {
			t.Errorf("%s: validJSON says %v", c.name, !want)
		}
		// the same as an unknown member and as a declared one
		err := new(sampleGroup).UnmarshalJSON([]byte(`{"GroupId":"","More":` + c.text + `}`))
		if (err == nil) != want {
			t.Errorf("%s, as an unknown member: %v", c.name, err)
		}
		err = new(sampleGroup).UnmarshalJSON([]byte(`{"GroupId":"","Any":` + c.text + `}`))
		if (err == nil) != want {
			t.Errorf("%s, as raw JSON: %v", c.name, err)
		}
		if !want && c.text != "" {
			if err := new(sampleGroup).UnmarshalJSON([]byte(c.text)); err == nil {
				t.Errorf("%s, as a body: no error", c.name)
			}
		}
	}
	for _, c := range strict {
		if !json.Valid([]byte(c.text)) {
			t.Errorf("%s: the list is wrong", c.name)
		}
		if validJSON(c.text) {
			t.Errorf("%s: no error", c.name)
		}
	}
}

func TestReaderRepeatedMembers(t *testing.T) {
	for _, text := range []string{
		`{"GroupId":"a","GroupId":"a"}`, `{"GroupId":null,"GroupId":"a"}`, `{"GroupId":"a","\u0047roupId":"b"}`,
		`{"GroupId":"a","Inner":{"Account":"","Account":""}}`,
	} {
		_, err := read(text, new(sampleGroup), readLimits{})
		if err == nil || !strings.Contains(err.Error(), "repeated") {
			t.Error(text, err)
		}
	}
}
