package support

// The two ways through an object meet at every comma: whatever ends the short way, the walk has to go on as if it had read all of it.

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// bothWays reads a text as a member, which begins the short way, and as it is behind white space, which only the walk reads.
func bothWays(t *testing.T, text string) (v sampleMember, d *jsonReader, err error) {
	t.Helper()
	var walked sampleMember
	walk, walkErr := read(strings.Replace(text, "{", "{ ", 1), &walked, readLimits{})
	d, err = read(text, &v, readLimits{})
	switch {
	case (err == nil) != (walkErr == nil), err == nil && !reflect.DeepEqual(v, walked):
		t.Errorf("%s: the short way reads %+v, %v, the walk %+v, %v", text, v, err, walked, walkErr)
	case err != nil && err.(*DecodeError).Reason != walkErr.(*DecodeError).Reason:
		t.Errorf("%s: the short way says %v, the walk %v", text, err, walkErr)
	case len(d.violations()) != len(walk.violations()), d.depth != walk.depth:
		t.Errorf("%s: the short way finds %v at depth %d, the walk %v at depth %d", text, d.violations(), d.depth, walk.violations(), walk.depth)
	}
	return v, d, err
}

func TestShortWayMeetsWalk(t *testing.T) {
	for text, want := range map[string]sampleMember{
		`{"Account":"a","Role":"b"}`:              {Account: "a", Role: Some("b")},
		`{"Account":"a" ,"Role":"b"}`:             {Account: "a", Role: Some("b")},
		`{"Account":"a", "Role":"b"}`:             {Account: "a", Role: Some("b")},
		`{"Account":"a","Role" :"b"}`:             {Account: "a", Role: Some("b")},
		`{"Account":"a","Role": "b"}`:             {Account: "a", Role: Some("b")},
		`{"Account":"a","Role":"b" }`:             {Account: "a", Role: Some("b")},
		`{"Account":"a","Role":null}`:             {Account: "a"},
		`{"Role":"b","Account":"a"}`:              {Account: "a", Role: Some("b")},
		`{"Account":"a","R\u006fle":"b"}`:         {Account: "a", Role: Some("b")},
		`{"Account":"a\n\ud83d\ude00","Role":""}`: {Account: "a\n😀", Role: Some("")},
		`{"Account":"a"}`:                         {Account: "a"},
	} {
		if got, d, err := bothWays(t, text); err != nil || d.depth != 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v, depth %d", text, got, err, d.depth)
		}
	}
	for text, missing := range map[string]int{
		`{}`: 1, `{"Role":"b"}`: 1, `{"Role":"b" }`: 1, `{"Account":null,"Role":"b"}`: 1, `{"x":{},"Role":"b"}`: 1, `{"Account":"a","x":1}`: 0,
	} {
		if _, d, err := bothWays(t, text); err != nil || len(d.violations()) != missing {
			t.Error(text, err, d.violations())
		}
	}
	for _, text := range []string{
		`{`, `{"Account":"`, `{"Account":"a`, `{"Account":"a"`, `{"Account":"a",`, `{"Account":"a","Role":"`, `{"Account":"a","Role":"b"`,
		`{"Account":"a",}`, `{"Account":"a",,"Role":"b"}`, `{"Account":"a";"Role":"b"}`, `{"Account":"a"]`, `{"Account":"a"}}`,
		`{"Account":"a","Account":"a"}`, `{"Account":"a","Account":null}`, `{"Account":"a","Role":"b","Account":"a"}`,
		`{"Account":"a","Role":"b","Role":"b"}`, `{"Role":"b","Role":"b"}`, `{"Account":null,"Account":"a"}`,
		"{\"Account\":\"a\x00\",\"Role\":\"b\"}", "{\"Account\":\"\xff\",\"Role\":\"b\"}", `{"Account":"\x","Role":"b"}`,
		`{"Account":7,"Role":"b"}`, `{"Account":"a","Role":7}`, "{\"Account\":\"a\"\x00\"Role\":\"b\"}", "{\x00\"Account\":\"a\"}",
	} {
		if _, _, err := bothWays(t, text); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
}

// A text that ends at any place is refused, and none is read beyond its end.
func TestShortWayCutShort(t *testing.T) {
	const text = `{"n":"a","c":[{"n":"0123456789","c":[]},{"n":"\u00e9\n","c":[{"n":"é"}]},null]}`
	for n := range text {
		if _, err := read(text[:n], new(readTree), readLimits{}); err == nil {
			t.Errorf("%s: no error", text[:n])
		}
	}
	var v readTree
	if d, err := read(text, &v, readLimits{}); err != nil || d.depth != 0 || len(v.Children) != 3 || v.Children[1].Children[0].Name != "é" {
		t.Error(v, err)
	}
}

// An object is one level, whichever way it is read, and gives it back.
func TestShortWayDepth(t *testing.T) {
	for _, end := range []string{``, ` `, `,"x":1`, `,"n":"late"`} {
		nest := func(n int) string {
			return strings.Repeat(`{"c":[`, n) + `{"n":"a"},{"x":1}` + strings.Repeat(`]`+end+`}`, n)
		}
		for n, ok := range map[int]bool{31: true, 32: false} { // a list and an object each
			d, err := read(nest(n), new(readTree), readLimits{depth: 63})
			if (err == nil) != ok || ok && d.depth != 0 {
				t.Errorf("%q, %d levels: %v, depth %d", end, n, err, d.depth)
			}
		}
	}
}

// The walk is over behind null and behind an empty list: a zero byte there is no member's beginning.
func TestWalkIsOver(t *testing.T) {
	for _, empty := range []string{`null`, `[]`, `[ ]`} {
		for _, field := range []string{`"Account":"a"`, `"Role":"b"`} {
			for _, text := range []string{`{"MemberList":[` + empty + "\x00" + field + `}]}`, `{"Inner":` + empty + "\x00" + field + `}}`} {
				if d, err := read(text, new(sampleGroup), readLimits{}); err == nil {
					t.Errorf("%q: no error, depth %d", text, d.depth)
				}
			}
		}
		if _, err := read(`{"c":[null`+"\x00"+`"n":"a"}]}`, new(readTree), readLimits{}); err == nil {
			t.Error("an object that began with a zero byte")
		}
	}
}

// A name is compared as it is in the document, or as it is meant, and never one with the other.
func TestEscapedNames(t *testing.T) {
	fields := jsonFields{keys: []jsonKey{{name: `"a\"b":`}, {name: `"":`}, {name: `"cd":`}}, escaped: true}
	for text, want := range map[string][]int{
		`{"a\"b":1}`: {0}, `{"a\u0022b":1}`: {0}, `{"a\\\"b":1}`: {-1}, `{ "a\\\"b":1}`: {-1}, `{ "a\"b":1,"":1,"cd":1}`: {0, 1, 2}, `{"cd":1, "":1}`: {2, 1},
	} {
		d, m, got := newReader(text, readLimits{}), members{of: &fields}, []int(nil)
		for d.object(&m); d.more(&m); d.skipValue() {
			got = append(got, m.field)
		}
		if d.end(); d.err != nil || !reflect.DeepEqual(got, want) {
			t.Error(text, got, d.err)
		}
	}
}

// Names of every length around the words that they are compared in, met in the order of the document and in the other one.
func TestNamesOfEveryLength(t *testing.T) {
	for n := range 20 {
		fields := jsonFields{}
		for i := range 3 {
			fields.keys = append(fields.keys, jsonKey{name: fmt.Sprintf(`"%s":`, strings.Repeat("x", n)+string(rune('a'+i)))})
		}
		for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {0, 2}, {1, 2, 0}} {
			text := "{"
			for i, field := range order {
				text += ","[:min(i, 1)] + fields.keys[field].name + "1"
			}
			for at := range len(text) { // a byte that is another one
				other := text[:at] + "?" + text[at+1:] + "}"
				d, m, got := newReader(other, readLimits{}), members{of: &fields}, []int(nil)
				for d.object(&m); d.more(&m); d.skipValue() {
					got = append(got, m.field)
				}
				if d.end(); d.err == nil && reflect.DeepEqual(got, order) {
					t.Error(other, "is read as", text)
				}
			}
			d, m, got := newReader(text+"}", readLimits{}), members{of: &fields}, []int(nil)
			for d.object(&m); d.more(&m); d.skipValue() {
				got = append(got, m.field)
			}
			if d.end(); d.err != nil || !reflect.DeepEqual(got, order) {
				t.Error(text, got, d.err)
			}
		}
	}
}

// wide has more members than one word notes, of which the first 64 are read the short way. Each is required.
type wide [130]int64

var fieldsOfWide = func() jsonFields {
	fields := jsonFields{must: true}
	for i := range len(wide{}) {
		fields.keys = append(fields.keys, jsonKey{name: fmt.Sprintf(`"f%d":`, i), need: required})
	}
	return fields
}()

func (v *wide) readJSON(d *jsonReader) {
	m := members{of: &fieldsOfWide}
	src, p := d.enter()
	seen := uint64(0)
	for i := range 64 {
		if q := after(src, p, fieldsOfWide.keys[i].name); q > 0 && isDigit(src[q]) {
			p = pastComma(src, d.intAt(q, &v[i]))
			seen |= 1 << i
		}
	}
	if d.ended(&m, p, seen) {
		return
	}
	for d.object(&m); d.more(&m); {
		d.int(&v[m.field])
	}
}

// wideText has every member of wide, but for those that change says otherwise about.
func wideText(change map[int]string) string {
	var parts []string
	for i, key := range fieldsOfWide.keys {
		part, ok := change[i]
		if !ok {
			part = key.name + fmt.Sprint(i)
		}
		if part != "" {
			parts = append(parts, part)
		}
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func TestMoreFieldsThanAWordNotes(t *testing.T) {
	for _, i := range []int{0, 1, 62, 63, 64, 65, 127, 128, 129} {
		name := fmt.Sprintf("f%d", i)
		for part, missing := range map[string]bool{`"` + name + `":7`: false, "": true, `"` + name + `":null`: true, `"` + name + `": 7`: false, ` "` + name + `" :7`: false} {
			var v wide
			d, err := read(wideText(map[int]string{i: part}), &v, readLimits{})
			want := []Violation(nil)
			if missing {
				want = []Violation{{name, "required", "is missing"}}
			}
			if err != nil || !reflect.DeepEqual(d.violations(), want) || !missing && v[i] != 7 || v[(i+1)%len(v)] != int64(i+1)%130 {
				t.Error(part, err, d.violations(), v[i])
			}
		}
		for _, again := range []string{"7", "null", " 7"} {
			for _, behind := range []int{i, 129} { // right behind it, and at the end
				both := fmt.Sprintf(`"f%d":%d,"%s":%s`, behind, behind, name, again)
				if _, err := read(wideText(map[int]string{behind: both}), new(wide), readLimits{}); err == nil || err.(*DecodeError).Path != name {
					t.Error(both, err)
				}
			}
		}
	}
}

// Keys of every length up to the longest that is cut are found where they stand, and nowhere else.
func TestAfter(t *testing.T) {
	const key = `"Last_Operation_Time":"x`
	find := func(src string, p, n int) int {
		switch {
		case n <= 8:
			return after(src, p, key[:n])
		case n <= 16:
			return after2(src, p, key[:8], key[8:n])
		}
		return after3(src, p, key[:8], key[8:16], key[16:n])
	}
	for n := 1; n <= len(key); n++ {
		src := "{" + key[:n] + "7"
		if end := find(src, 1, n); end != n+1 {
			t.Errorf("a key of %d bytes ends at %d", n, end)
		}
		for _, p := range []int{-1, 0, 2, len(src) - 1, len(src)} {
			if end := find(src, p, n); end != 0 {
				t.Errorf("a key of %d bytes was found at %d", n, p)
			}
		}
		if end := find(src[:n+1], 1, n); end != 0 {
			t.Errorf("a key of %d bytes was found in front of nothing", n)
		}
		for i := range n {
			if end := find(src[:i+1]+"?"+src[i+2:], 1, n); end != 0 {
				t.Errorf("a key of %d bytes was found with another byte at %d", n, i)
			}
		}
	}
}
