package support

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// inText returns a text as a JSON string, with what stands for JSON's own escapes in the text left as it is.
func inText(text string) string { return string(appendText(nil, text)) }

// embeddedGroups are objects that hold documents inside of strings, in all forms that are read in different ways.
func embeddedGroups() []string {
	member := `{"Account":"花清龙","Role":"Owner"}`
	inner := `{"GroupId":"x","Inner":` + inText(member) + `,"Text":` + inText(`{"Account":"a\tb"}`) + `}`
	texts := []string{
		`{"Text":"{\"Account\":\"\u82b1\\u82b1\\n\",\"x\":[1,{\"y\":\"z\\\"]#\"}]}"}`,
		`{"Text":"\u007b\"Account\":\"a\",\"Role\":null}"}`,
		`{"Text":"{\/\"Account\":1}"}`,
		`{"Text":"{\"Account\":\"a\"}` + strings.Repeat(" ", 5) + `"}`,
		`{"Inner":"{\"Account\":\"a\",\"Role\":\"b\",\"Role\":\"b\"}"}`,
		`{"Inner":"{\"Account\":\"a\"}x","Text":"{\"Role\":\"a\"}"}`,
	}
	for _, document := range []string{
		``, `null`, `[]`, `[ ]`, `{}`, `{"Account":""}`, ` {"Account":"a"} `, `{"Role":"Owner"}`, `{"Role":"Owner","Account":"a"}`,
		`{"Account":"` + strings.Repeat("x", 5000) + `","y":"` + strings.Repeat(`\"`, 3000) + `"}`, member, member + ` 1`, `"` + member + `"`,
		`{"Account":"a","Role":5}`, `{"Account":"a","Extra":{"b":[true,false,1.5e3,"\\"]}}`, inner, strings.Repeat(`{"x":`, 70),
	} {
		texts = append(texts, `{"GroupId":"g","Inner":`+inText(document)+`}`, `{"Text":`+inText(document)+`,"GroupId":"g"}`)
	}
	return texts
}

// embeddedReply reads a reply whose groups are documents inside of strings themselves.
type embeddedReply []sampleGroup

func (v *embeddedReply) readJSON(d *jsonReader) {
	readList((*[]sampleGroup)(v), d, 0, func(v *sampleGroup, d *jsonReader) {
		readObjectOrText(v, d, nil, (*sampleGroup).readJSON)
	})
}

// spoiled changes one byte of text, or leaves one out.
func spoiled(r *rand.Rand, text string) string {
	const bytes = "\"\\{}[],:/0n \x01\xff\xe4"
	at, other := r.IntN(len(text)), r.IntN(len(bytes)+1)
	if other == len(bytes) {
		return text[:at] + text[at+1:]
	}
	return text[:at] + bytes[other:other+1] + text[at+1:]
}

// The fast ways through a document inside of a string, and the one that reports what is wrong, agree on every text.
func TestEmbeddedWaysAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	groups := embeddedGroups()
	good := 0
	for round := range 6000 {
		first, second := groups[round%len(groups)], groups[r.IntN(len(groups))]
		text := `[` + first + `,` + inText(second) + `]`
		if len(text) < 3000 && round%2 == 0 {
			text = spoiled(r, text)
		}
		limits := []readLimits{{}, {copied: true}, {strict: true}, {depth: 2 + r.IntN(5)}}[r.IntN(4)]
		var fast, exact embeddedReply
		d, err := read(text, &fast, limits)
		e := newReader(text, limits)
		e.embedded.exact = true
		want := e.document(&exact)
		if !reflect.DeepEqual(err, want) {
			t.Fatalf("%s: %v\nexactly: %v", text, err, want)
		}
		if err != nil {
			continue
		}
		good++
		if !reflect.DeepEqual(fast, exact) || d.lenient != e.lenient || d.omitted != e.omitted || d.depth != 0 {
			t.Fatalf("%s: %+v, %v\nexactly: %+v, %v", text, fast, d.lenient, exact, e.lenient)
		}
		if got, want := d.violations(), e.violations(); !reflect.DeepEqual(got, want) {
			t.Fatalf("%s: %v\nexactly: %v", text, got, want)
		}
	}
	if good < 1000 {
		t.Error("only", good, "texts had nothing wrong in them")
	}
}

// A text of texts inside of texts is read twice at most, whatever is wrong in the innermost one.
func TestEmbeddedFaultsAreCheap(t *testing.T) {
	calls := 0
	counted := func(v *sampleMember, d *jsonReader) {
		calls++
		d.fail("as asked for")
	}
	read := counted
	text := `0`
	for range 12 {
		next := read
		text, read = inText(text), func(v *sampleMember, d *jsonReader) { readEmbedded(v, d, nil, next) }
	}
	if _, d := value(text, readLimits{}, read); d.err == nil || calls != 2 {
		t.Error(d.err, calls)
	}
}

// Nothing of a document stays in a reader that was given back.
func TestEmbeddedTextsAreForgotten(t *testing.T) {
	for _, secret := range []string{"secret", strings.Repeat("secret", 1000), "secret" + `\ud800`} {
		d := new(jsonReader)
		d.start(`{"Text":"[\"`+secret+`\"]"}`, readLimits{})
		_ = d.document(new(sampleGroup))
		part := d.embedded.part
		d.release()
		if len(part) != partSize || bytes.Contains(part, []byte("ecr")) {
			t.Error("the part still holds text")
		}
	}
}

func TestUnescape(t *testing.T) {
	for text, want := range map[string]string{
		`"`:                              "",
		`{\"a\":\"b\\\"#\"}",`:           `{"a":"b\"#"}`,
		`{\"a\":\"花\"}"`:                 `{"a":"花"}`,
		`\/\n\u00e9\ud83d\ude00\\]\\\\"`: "/\n\u00e9\U0001F600\\]\\\\",
		`0123456\\\\0123456\"01234567"`:  `0123456\\0123456"01234567`,
	} {
		out := make([]byte, partSize)
		if n, end := unescape(out, `"`+text, 1); string(out[:n]) != want || end != 1+len(strings.TrimSuffix(text, ",")) {
			t.Errorf("%s: %q, %d", text, out[:n], end)
		}
	}
	for text, want := range map[string]int{``: 0, `abc`: 0, `abc\`: 0, `\x"`: 0, "a\n\"": 0, `\ud800"`: 0, strings.Repeat("x", partSize) + `"`: -1} {
		if _, end := unescape(make([]byte, partSize), text, 0); end != want {
			t.Errorf("%.20s: %d", text, end)
		}
	}
}

func TestIntInText(t *testing.T) {
	for text, want := range map[string]int64{`5}"` + padding: 5, `123456789012345,` + padding: 123456789012345} {
		var v int64
		if end := newReader(text, readLimits{}).intInText(0, &v); v != want || !strings.ContainsRune(",}", rune(text[end])) {
			t.Error(text, v, end)
		}
	}
	for _, text := range []string{`05,` + padding, `5.0,` + padding, `1234567890123456,` + padding, `5`} {
		if end := newReader(text, readLimits{}).intInText(0, new(int64)); end != 0 {
			t.Error(text, end)
		}
	}
}

// A text that is read where it stands, inside of another string, is copied where texts are to be copied.
func TestEmbeddedTextsAreCopied(t *testing.T) {
	text := `{"Text":"{\"Account\":\"someone\",\"Role\":\"Owner\"}"}`
	for _, copied := range []bool{false, true} {
		var v sampleGroup
		if _, err := read(text, &v, readLimits{copied: copied}); err != nil || v.Text.Account != "someone" || v.Text.Role.Or("") != "Owner" {
			t.Error(v.Text, err)
		}
		if shares(v.Text.Account, text) == copied || shares(v.Text.Role.value, text) == copied {
			t.Error("copied:", copied)
		}
	}
}

// What a text took of the budget before something was found to be wrong with it does not count twice: the budget of a document that is refused
// is the same however the text was read.
func TestEmbeddedFaultsAreChargedOnce(t *testing.T) {
	text := inText(`{"GroupId":"a","MemberList":[{"Account":"a"},5]}`)
	_, fast := value(text, readLimits{}, func(v *sampleGroup, d *jsonReader) { readEmbedded(v, d, nil, (*sampleGroup).readJSON) })
	_, exact := value(text, readLimits{}, func(v *sampleGroup, d *jsonReader) {
		d.embedded.exact = true
		readEmbedded(v, d, nil, (*sampleGroup).readJSON)
	})
	if fast.err == nil || fast.budget < exact.budget || exact.budget == newReader(text, readLimits{}).budget {
		t.Error(fast.err, fast.budget, exact.budget)
	}
}
