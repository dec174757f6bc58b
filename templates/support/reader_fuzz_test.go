package support

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

// FuzzReader compares the reader with encoding/json wherever both mean to be equally strict.
func FuzzReader(f *testing.F) {
	for _, c := range append(suite, strict...) {
		f.Add(c.text)
		f.Add(`{"GroupId":"","Any":` + c.text + `}`)
	}
	f.Add(wholeGroup)
	for _, number := range []string{
		"0", "1", "12345678", "123456789012345", "1234567890123456", "9223372036854775807", "9223372036854775808", "-1", "01", "1.5", "1e3",
		"10000000", "99999999", "1.", "12345678.5", "123456789e1", "1E3", "12345678E1", "01234567", "012345678", "/", ":", "1:", "1/",
		"\"\xed\xa0\x80\"", "\"\xe0\x80\x80\"", "\"\xef\xbf\xbf\"", "\"\xf4\x90\x80\x80\"",
		`{"c":[{"n":"a","c":[{"n":"b"},{"n":"c"}]},{"n":"d","c":[{"n":"e","c":[{"n":"f"}]},{"n":"g"}]},{"n":"h"}]}`,
		`{"c":[{"n":"a","c":[{"n":"b"}]},{"n":"d","c":[{"n":"e","c":[{"n":"f"}]},{"n":"g"}]},{"n":"h"}],"x":"` + strings.Repeat("x", 400) + `"}`,
		`{"Type":"a","GroupId":"b","Type":"c"}`, `{"GroupId":"b","Notice":"1","Limit":1,"Hidden":true,"Notice":"2","Limit":2}`,
	} {
		f.Add(number)
	}
	f.Add(`{"Type":"a","GroupId":"b","Notice":"\u00e9x","Hidden":true,"Score":1,"Small":"7","y":[{}],"x":{"a":"b"}}`)
	f.Add(`{"groupid":1,"Small":-0,"Big":-0,"Limit":1e2,"Counts":{"a":null},"MemberList":[null,{}],"Inner":null}`)
	f.Fuzz(func(t *testing.T, text string) {
		sameVerdict(t, text)
		sameText(t, text)
		sameInteger(t, text)
		sameGroup(t, text)
		sameItems(t, text)
		sameTree(t, text)
	})
}

// sameVerdict asks both whether text is JSON.
func sameVerdict(t *testing.T, text string) {
	d := jsonReader{src: text, maxDepth: largestMaxDepth}
	d.next()
	d.skipValue()
	d.end()
	switch valid := json.Valid([]byte(text)); {
	case d.err == nil && !valid:
		t.Errorf("only encoding/json refuses %q", text)
	case d.err != nil && valid && !stricter(d.err):
		t.Errorf("only the reader refuses %q: %v", text, d.err)
	}
}

// stricter lists the reasons for which the reader refuses what encoding/json takes.
func stricter(err error) bool {
	for _, reason := range []string{"an escape that JSON does not have", "invalid UTF-8", "the member is repeated", "nested too deeply", "maxItems"} {
		if strings.Contains(err.Error(), reason) {
			return true
		}
	}
	return false
}

// sameText asks both for the value of a string.
func sameText(t *testing.T, text string) {
	got, d := value(text, readLimits{}, itemText[string])
	var want string
	err := json.Unmarshal([]byte(text), &want)
	if d.err == nil && (err != nil || got != want) {
		t.Errorf("%q: got %q, want %q, %v", text, got, want, err)
	}
	if d.err != nil && err == nil && !stricter(d.err) {
		t.Errorf("only the reader refuses %q: %v", text, d.err)
	}
}

// sameInteger asks both for an integer, with and without text behind it: numbers are read in another way near the end of the text.
func sameInteger(t *testing.T, text string) {
	var want int64
	err := json.Unmarshal([]byte(text), &want)
	got, d := value(text, readLimits{}, itemInt[int64])
	if (d.err == nil) != (err == nil) || err == nil && got != want {
		t.Errorf("%q: got %d, %v, want %d, %v", text, got, d.err, want, err)
	}
	long := "[" + text + `,"some text behind it"]`
	var items []json.RawMessage
	err, want = json.Unmarshal([]byte(long), &items), 0
	if err == nil {
		err = json.Unmarshal(items[0], &want)
	}
	far, e := value(long, readLimits{}, func(to *int64, d *jsonReader) {
		d.beginList()
		d.next()
		d.int(to)
		for n := 1; d.item(n); n++ {
			d.skipValue()
		}
	})
	if (e.err == nil) != (err == nil) && !stricter(e.err) || err == nil && e.err == nil && far != want {
		t.Errorf("%q with text behind it: got %d, %v, want %d, %v", text, far, e.err, want, err)
	}
}

// sameTree asks both for a type that contains itself, with and without shared memory: the items of lists inside of one another are of one
// type.
func sameTree(t *testing.T, text string) {
	var want sampleTree
	if strings.ContainsAny(text, "NC") || strings.Contains(text, `\u00`) || json.Unmarshal([]byte(text), &want) != nil {
		return // encoding/json ignores the case of names
	}
	for _, copied := range []bool{false, true} {
		var got readTree
		if _, err := read(text, &got, readLimits{depth: 100, copied: copied}); err == nil && !reflect.DeepEqual(sampleTree(got), want) {
			t.Errorf("%q: got %+v, want %+v", text, got, want)
		}
	}
}

// repeatedField reports whether a field of the group stands in the object twice.
func repeatedField(text string) bool {
	d := json.NewDecoder(strings.NewReader(text))
	if token, err := d.Token(); err != nil || token != json.Delim('{') {
		return false
	}
	met := map[string]bool{}
	for d.More() {
		token, err := d.Token()
		name, _ := token.(string)
		var skipped json.RawMessage
		if err != nil || met[name] && fieldsOfSampleGroup.index(name, 0) >= 0 || d.Decode(&skipped) != nil {
			return met[name]
		}
		met[name] = true
	}
	return false
}

// sameItems reads a group several times as an item of a list. The items share memory; each has to be what the group is on its own, and
// what it is with memory of its own.
func sameItems(t *testing.T, text string) {
	var alone sampleGroup
	if d, err := read(text, &alone, readLimits{}); err != nil || d.violations() != nil {
		return
	}
	want := alone.AppendJSON(nil)
	list := `{"ret":0,"GroupInfo":[` + text + strings.Repeat(","+text, 9) + `]}`
	for _, copied := range []bool{false, true} {
		var r sampleReply
		d, err := read(list, &r, readLimits{depth: 100, copied: copied})
		if err != nil || len(r.Groups) != 10 {
			t.Fatalf("%q in a list: %v, %d", text, err, len(r.Groups))
		}
		for i := range r.Groups {
			if got := r.Groups[i].AppendJSON(nil); string(got) != string(want) {
				t.Fatalf("%q as item %d is %s, want %s", text, i, got, want)
			}
		}
		if cap(r.Groups) != len(r.Groups) {
			t.Error("who appends to a list writes over its neighbor")
		}
		d.violations()
	}
}

// sameGroup asks both for a struct. Members that only one of the two has a field for are not compared.
func sameGroup(t *testing.T, text string) {
	var g sampleGroup
	d, err := read(text, &g, readLimits{strict: true})
	var twin twinGroup
	twinErr := json.Unmarshal([]byte(text), &twin)
	if err != nil {
		var e *DecodeError
		if !errors.As(err, &e) || len(err.Error()) > maxErrorText || e.Offset > len(text) {
			t.Fatalf("%q: %v", text, err)
		}
		if twinErr == nil && !stricter(err) && !strings.Contains(text, "null") && !ownMember(e.Path) {
			t.Errorf("only the reader refuses %q: %v", text, err)
		}
		return
	}
	d.violations()
	if repeatedField(text) {
		t.Errorf("%q is taken although a field is repeated", text)
	}
	if foldedName(&g) || d.validation("") != nil && strings.Contains(d.validation("").Error(), "maxItems") {
		return
	}
	if twinErr != nil {
		t.Fatalf("only encoding/json refuses %q: %v", text, twinErr)
	}
	if got := twinOf(&g); !reflect.DeepEqual(got, normal(twin)) {
		t.Errorf("%q:\n got %+v\nwant %+v", text, got, twin)
	}
	back := g.AppendJSON(nil)
	var again sampleGroup
	if _, err := read(string(back), &again, readLimits{depth: 200}); err != nil || !reflect.DeepEqual(twinOf(&again), twinOf(&g)) {
		t.Errorf("%q is written as %s and read as something else: %v", text, back, err)
	}
}

// ownMember reports whether a path begins with a member that the twin does not have.
func ownMember(path string) bool {
	for _, name := range []string{"Numbers", "Text", "scenes"} {
		if strings.HasPrefix(path, name) {
			return true
		}
	}
	return false
}

// foldedName reports whether encoding/json would take an unknown member for a known one, because it ignores the case of letters.
func foldedName(g *sampleGroup) bool {
	known := reflect.TypeFor[twinGroup]()
	for _, name := range g.Extra.Names() {
		for i := range known.NumField() {
			tag, _, _ := strings.Cut(known.Field(i).Tag.Get("json"), ",")
			if strings.EqualFold(tag, name) {
				return true
			}
		}
	}
	for _, m := range append([]sampleMember{g.Inner}, g.Members...) {
		for _, name := range m.Extra.Names() {
			if strings.EqualFold(name, "Account") || strings.EqualFold(name, "Role") {
				return true
			}
		}
	}
	return false
}

// twinOf converts what the reader has read.
func twinOf(g *sampleGroup) twinGroup {
	twin := twinGroup{
		ID: g.ID, Kind: string(g.Kind), Token: string(g.Token), Small: g.Small, Big: g.Big, Score: g.Score, Hidden: g.Hidden,
		Counts: g.Counts, Any: json.RawMessage(g.Any), Inner: twinOfMember(g.Inner),
	}
	if v, ok := g.Notice.Get(); ok {
		twin.Notice = &v
	}
	if v, ok := g.Limit.Get(); ok {
		twin.Limit = &v
	}
	if g.Members != nil {
		twin.Members = []twinMember{}
	}
	for _, m := range g.Members {
		twin.Members = append(twin.Members, twinOfMember(m))
	}
	return twin
}

func twinOfMember(m sampleMember) twinMember {
	twin := twinMember{Account: m.Account}
	if v, ok := m.Role.Get(); ok {
		twin.Role = &v
	}
	return twin
}

// normal makes raw null absent, as the reader does.
func normal(twin twinGroup) twinGroup {
	if string(twin.Any) == "null" {
		twin.Any = nil
	}
	return twin
}

// FuzzText writes any bytes as a string and reads them back.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "a", "\x00\"\\\u2028", "\xff\xfe", "é日😀", "\xed\xa0\x80", "\xe0\x80\x80 12345678", strings.Repeat("x", 20) + "\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := appendText(nil, s)
		if n := strings.ToValidUTF8(s, "") == s; n != validText(s) {
			t.Errorf("%q is UTF-8: %v", s, n)
		}
		got, d := value(string(text), readLimits{}, itemText[string])
		if want := strings.ToValidUTF8(s, ""); d.err != nil || strings.ReplaceAll(got, "\uFFFD", "") != strings.ReplaceAll(want, "\uFFFD", "") {
			t.Errorf("%q is written as %s and read as %q: %v", s, text, got, d.err)
		}
		var std string
		if err := json.Unmarshal(text, &std); err != nil || std != got {
			t.Errorf("%q is written as %s, which encoding/json reads as %q: %v", s, text, std, err)
		}
	})
}
