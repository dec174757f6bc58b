package support

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

// read reads text into v with the given limits and returns the reader for what else it knows.
func read(text string, v jsonTarget, limits readLimits) (*jsonReader, error) {
	d := newReader(text, limits)
	return d, d.document(v)
}

// value reads a single value with f.
func value[T any](text string, limits readLimits, f func(*T, *jsonReader)) (v T, d *jsonReader) {
	d = newReader(text, limits)
	d.next()
	f(&v, d)
	d.end()
	return v, d
}

// accept asks that a value was read as want.
func accept(t *testing.T, name string, got, want any, d *jsonReader) {
	t.Helper()
	if d.err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %#v, %v; want %#v", name, got, d.err, want)
	}
}

// refuse asks for an error with the given reason.
func refuse(t *testing.T, name string, d *jsonReader, reason string) {
	t.Helper()
	if d.err == nil || !strings.Contains(d.err.Reason, reason) {
		t.Errorf("%s: got %v; want an error with %q", name, d.err, reason)
	}
}

var lenient = readLimits{}

func TestReaderText(t *testing.T) {
	for text, want := range map[string]string{
		`"a"`: "a", ` "" `: "", `null`: "", `"\u0041\ud83d\ude00\n\/"`: "A😀\n/", `"日本語 & <b>"`: "日本語 & <b>",
		`"a long text without any escapes in it"`: "a long text without any escapes in it",
		`"` + strings.Repeat("x", 7) + `\"é"`:     "xxxxxxx\"é",
	} {
		got, d := value(text, lenient, itemText[string])
		accept(t, text, got, want, d)
	}
	raw, d := value(` {"a" : [1]} `, lenient, readRaw)
	accept(t, "raw", string(raw), `{"a" : [1]}`, d)
	raw, d = value(`null`, lenient, readRaw)
	accept(t, "raw", raw, RawJSON(nil), d)
}

func TestReaderIntegers(t *testing.T) {
	for text, want := range map[string]int64{
		`0`: 0, `-0`: 0, `12`: 12, `-9223372036854775808`: -1 << 63, `9223372036854775807`: 1<<63 - 1, `null`: 0,
	} {
		got, d := value(text, lenient, itemInt[int64])
		accept(t, text, got, want, d)
	}
	for text, reason := range map[string]string{
		`1.0`: faultIntegral, `1e2`: faultIntegral, `9223372036854775808`: faultRange, `-9223372036854775809`: faultRange,
		`99999999999999999999999`: faultRange, `01`: faultZero, `-`: faultDigit, `"1"`: "found a string", `true`: "want an integer",
		``: "the end of the text", `+1`: "want an integer", `nul`: "found null",
	} {
		_, d := value(text, lenient, itemInt[int64])
		refuse(t, text, d, reason)
	}
	u, d := value(`18446744073709551615`, lenient, itemInt[uint64])
	accept(t, "uint64", u, uint64(1<<64-1), d)
	_, d = value(`-1`, lenient, itemInt[uint64])
	refuse(t, "negative uint64", d, faultRange)
	_, d = value(`4294967296`, lenient, itemInt[uint32])
	refuse(t, "uint32", d, faultRange)
	_, d = value(`-2147483649`, lenient, itemInt[int32])
	refuse(t, "int32", d, faultRange)
	i, d := value(`-2147483648`, lenient, itemInt[int32])
	accept(t, "int32", i, int32(-1<<31), d)
}

func TestReaderFloatsAndBooleans(t *testing.T) {
	f, d := value(`-1.5e+3`, lenient, itemFloat)
	accept(t, "float", f, -1500.0, d)
	_, d = value(`1e400`, lenient, itemFloat)
	refuse(t, "float", d, faultRange)
	if v, ok := fitFloat[float32](`1e39`); ok {
		t.Error("1e39 is taken for a float32", v)
	}
	b, d := value(`true`, lenient, itemBool)
	accept(t, "bool", b, true, d)
	_, d = value(`"true"`, lenient, itemBool)
	refuse(t, "bool", d, "want true or false, found a string")
}

func TestReaderTakesOtherKinds(t *testing.T) {
	strict := readLimits{strict: true}
	s, d := value(`12345678901234567890123`, lenient, itemTextOrInt[string])
	accept(t, "textOrInt", s, "12345678901234567890123", d)
	_, d = value(`1.5`, lenient, itemTextOrInt[string])
	refuse(t, "textOrInt", d, faultIntegral)
	_, d = value(`12`, strict, itemTextOrInt[string])
	refuse(t, "textOrInt, strict", d, "want a string, found a number")
	n, d := value(`"-12"`, lenient, itemIntOrText[int64])
	accept(t, "intOrText", n, int64(-12), d)
	_, d = value(`"12"`, strict, itemIntOrText[int64])
	refuse(t, "intOrText, strict", d, "want an integer, found a string")
	for _, text := range []string{`""`, `"1 "`, `"01"`, `"1.0"`, `"x"`, `"9223372036854775808"`} {
		_, d = value(text, lenient, itemIntOrText[int64])
		refuse(t, text, d, "found a string with something else in it")
	}
}

func TestReaderLists(t *testing.T) {
	list := func(to *[]int64, d *jsonReader) { readList(to, d, 2, itemInt[int64]) }
	got, d := value(`[1, 2]`, readLimits{}, list)
	if !reflect.DeepEqual(got, []int64{1, 2}) || d.err != nil || len(d.violations()) != 0 {
		t.Error(got, d.err)
	}
	got, d = value(`[]`, readLimits{}, list)
	if got == nil || len(got) != 0 || d.err != nil {
		t.Error("the empty list is not nil", got, d.err)
	}
	got, d = value(`null`, readLimits{}, list)
	if got != nil || d.err != nil {
		t.Error("null is nil", got, d.err)
	}
	got, d = value(`[1,2,3,4]`, readLimits{}, list)
	want := []Violation{{Rule: "maxItems", Message: "has 4 items, at most 2 allowed"}}
	if len(got) != 2 || d.err != nil || !reflect.DeepEqual(d.violations(), want) {
		t.Error(got, d.err, d.violations())
	}
	_, d = value(`[1,2,3,"a]`, readLimits{}, list)
	if d.err == nil {
		t.Error("what is beyond the limit is checked as well")
	}
	m, d := value(`{"a":1,"b":2}`, readLimits{}, func(to *map[string]int64, d *jsonReader) { readMap(to, d, 1, itemInt[int64]) })
	if len(m) != 1 || len(d.violations()) != 1 || d.violations()[0].Rule != "maxProperties" {
		t.Error(m, d.violations())
	}
	m, d = value(`{"a":1,"b":2,"b":3}`, readLimits{}, func(to *map[string]int64, d *jsonReader) { readMap(to, d, 1, itemInt[int64]) })
	if len(m) != 1 || d.err != nil || len(d.violations()) != 1 {
		t.Error("beyond the limit, members are counted and no more", m, d.err, d.violations())
	}
	_, d = value(`{"a":1,"a":2}`, readLimits{}, func(to *map[string]int64, d *jsonReader) { readMap(to, d, 0, itemInt[int64]) })
	if d.err == nil || d.err.Reason != "the member is repeated" || d.err.Path != "a" {
		t.Error(d.err)
	}
	for text, want := range map[string][]int32{`""`: {}, `"1"`: {1}, `"1,-2"`: {1, -2}, `null`: nil} {
		numbers, d := value(text, readLimits{}, readCommaList[int32])
		if d.err != nil || !reflect.DeepEqual(numbers, want) {
			t.Error(text, numbers, d.err)
		}
	}
	for _, text := range []string{`"1,"`, `",1"`, `"a"`, `"2147483648"`, `" 1"`, `[1]`} {
		if _, d := value(text, readLimits{}, readCommaList[int32]); d.err == nil {
			t.Error(text, "no error")
		}
	}
	texts, d := value(`"a,,b,"`, readLimits{}, readCommaList[sampleKind])
	if d.err != nil || !reflect.DeepEqual(texts, []sampleKind{"a", "", "b", ""}) {
		t.Error(texts, d.err)
	}
}

// wholeGroup has every member.
const wholeGroup = `{"GroupId":"@TGS#1","Type":"Public","Token":"t","MemberList":[{"Account":"a","Role":"Owner"},{"Account":"b"}],` +
	`"Notice":"","Limit":7,"Small":-1,"Big":18446744073709551615,"Score":1.25,"Hidden":true,"Counts":{"x":1,"y":2},` +
	`"Numbers":"1,2","Any":{"k":[1,2]},"Inner":{"Account":"i"},"Text":"{\"Account\":\"é\\n\"}","scenes":1,"More":[true,null]}`

func TestReaderWholeGroup(t *testing.T) {
	var g sampleGroup
	d, err := read(wholeGroup, &g, readLimits{})
	if err != nil || d.violations() != nil {
		t.Fatal(err, d.violations())
	}
	if g.Text.Account != "é\n" || g.Inner.Account != "i" || g.Counts["y"] != 2 || string(g.Extra.Get("More")) != "[true,null]" {
		t.Errorf("%+v", g)
	}
	if notice, ok := g.Notice.Get(); notice != "" || !ok {
		t.Error("an empty text is not an absent one")
	}
	if back := string(g.AppendJSON(nil)); back != wholeGroup[:strings.Index(wholeGroup, `,"scenes"`)]+`,"scenes":1,"More":[true,null]}` {
		t.Error(back)
	}
	var twin, other twinGroup
	if err := json.Unmarshal([]byte(wholeGroup), &twin); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(g.AppendJSON(nil), &other); err != nil || !reflect.DeepEqual(twin, other) {
		t.Error(err, twin, other)
	}
}

func TestReaderNull(t *testing.T) {
	var g sampleGroup
	d, err := read(`{"GroupId":null,"Type":null,"Token":null,"MemberList":null,"Notice":null,"Limit":null,"Small":null,"Big":null,
		"Score":null,"Hidden":null,"Counts":null,"Numbers":null,"Any":null,"Inner":null,"Text":null,"scenes":null}`,
		&g, readLimits{})
	if err != nil || !reflect.DeepEqual(g, sampleGroup{}) {
		t.Error(err, g)
	}
	want := []Violation{{"GroupId", "required", "is missing"}}
	if !reflect.DeepEqual(d.violations(), want) {
		t.Error("a required member that is null is missing; what a null object requires is not", d.violations())
	}
	if _, err := read(`null`, &g, readLimits{}); err == nil {
		t.Error("a body must not be null")
	}
	if err := json.Unmarshal([]byte(` null `), &g); err != nil {
		t.Error("to encoding/json, null changes nothing", err)
	}
	for text, ok := range map[string]bool{"\n\t null": true, strings.Repeat(" ", 100) + "null": true, "\fnull": false, "null\u00a0": false, "nul": false} {
		if err := g.UnmarshalJSON([]byte(text)); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestReaderViolations(t *testing.T) {
	text := `{"MemberList":[{"Account":"a"},{"Role":"x"},{},{"Account":"beyond"}],"Inner":[],"Text":"{\"Role\":\"\"}","scenes":2}`
	var g sampleGroup
	d, err := read(text, &g, readLimits{})
	want := []Violation{
		{"MemberList", "maxItems", "has 4 items, at most 3 allowed"},
		{"MemberList[1].Account", "required", "is missing"},
		{"MemberList[2].Account", "required", "is missing"},
		{"Inner.Account", "required", "is missing"},
		{"Text.Account", "required", "is missing"},
		{"scenes", "const", "is not the constant of the document"},
		{"GroupId", "required", "is missing"},
	}
	if err != nil || !reflect.DeepEqual(d.violations(), want) {
		t.Errorf("%v\n%v", err, d.violations())
	}
	err = g.UnmarshalJSON([]byte(text))
	var invalid *ValidationError
	if !errors.As(err, &invalid) || len(invalid.Violations) != len(want) || !errors.Is(err, ErrValidation) {
		t.Error(err)
	}
}

func TestReaderLeniency(t *testing.T) {
	text := `{"GroupId":"a","Token":5,"Small":"5","Inner":[ ],"Text":"[]"}`
	var g sampleGroup
	d, err := read(text, &g, readLimits{})
	if err != nil || g.Small != 5 || g.Token != "5" {
		t.Fatal(err)
	}
	if want := [leniencyKinds]int{leniencyTextForInt: 1, leniencyIntForText: 1, leniencyEmptyList: 2}; d.lenient != want {
		t.Error(d.lenient)
	}
	if d, err = read(`{"Inner":"{\"Account\":\"x\"}"}`, &g, readLimits{}); err != nil || g.Inner.Account != "x" || d.lenient[leniencyEmbeddedJSON] != 1 {
		t.Error(err, g.Inner, d.lenient)
	}
	if _, err = read(`{"Inner":"{"}`, &g, readLimits{}); err == nil {
		t.Error("a text that holds no object")
	}
	for _, text := range []string{`{"Token":5}`, `{"Small":"5"}`, `{"Inner":[]}`, `{"Inner":"{}"}`, `{"Text":"[]"}`} {
		if _, err := read(text, new(sampleGroup), readLimits{strict: true}); err == nil {
			t.Error(text, "is taken without leniency")
		}
	}
	if _, err := read(`{"Inner":[1]}`, new(sampleGroup), readLimits{}); err == nil {
		t.Error("only an empty list stands for an object")
	}
}

// TestUnknownMember: a closed object says where it was given more, and repeats neither the name nor the value.
func TestUnknownMember(t *testing.T) {
	text := `{"inner":[{"secret":{"a":[1]}},{"token":"x"}],"openid":"a","openkey":"b"}`
	d, err := read(text, new(wireRequest), readLimits{})
	want := []Violation{{"inner[0].?", "additionalProperties", "is a member that the document rules out"}}
	if err != nil || !reflect.DeepEqual(d.violations(), want) {
		t.Errorf("%v\n%v", err, d.violations())
	}
}

func TestReaderCode(t *testing.T) {
	for text, ok := range map[string]bool{`{"ret":0}`: true, `{"msg":""}`: false, `{"ret":null}`: false, `{}`: false} {
		_, err := read(text, new(sampleReply), readLimits{})
		if (err == nil) != ok {
			t.Error(text, err)
		}
	}
	_, err := read(`{"msg":"x"}`, new(sampleReply), readLimits{})
	var e *DecodeError
	if !errors.As(err, &e) || e.Path != "ret" || e.Reason != "the result code is missing" {
		t.Error(err)
	}
}

func TestFieldSetBeyondOneWord(t *testing.T) {
	var s fieldSet
	for _, i := range []int{0, 63, 64, 200} {
		if !s.mark(i, false) {
			t.Error(i)
		}
	}
	for i := range 300 {
		want := i == 0 || i == 63 || i == 64 || i == 200
		if s.has(i) != want {
			t.Error(i)
		}
	}
	if s.mark(200, false) {
		t.Error("a repeated member")
	}
}

func TestExtra(t *testing.T) {
	var g sampleMember
	if _, err := read(`{"Account":"a","b":1,"a":{"x":"secret"},"b": 2}`, &g, readLimits{}); err != nil {
		t.Fatal(err)
	}
	if got := g.Extra.Names(); !reflect.DeepEqual(got, []string{"b", "a", "b"}) || g.Extra.Len() != 3 {
		t.Error(got)
	}
	if string(g.Extra.Get("b")) != "2" || g.Extra.Get("c") != nil {
		t.Error("the last of two wins, as in encoding/json")
	}
	var n int
	if ok, err := g.Extra.Decode("b", &n); !ok || err != nil || n != 2 {
		t.Error(n, ok, err)
	}
	if ok, _ := g.Extra.Decode("c", &n); ok {
		t.Error("c is absent")
	}
}

// A copy of a value keeps the members that it had, whatever its original is read into later: nothing but the names and values of the last
// text is in Extra, and none of them twice.
func TestExtraOfValueReadAgain(t *testing.T) {
	var v sampleMember
	if _, err := read(`{"Account":"a","x":1,"y":2,"z":3}`, &v, readLimits{}); err != nil {
		t.Fatal(err)
	}
	before := v
	for range 3 {
		if _, err := read(`{"Account":"a","x":4}`, &v, readLimits{}); err != nil {
			t.Fatal(err)
		}
	}
	if got := string(before.AppendJSON(nil)); got != `{"Account":"a","x":1,"y":2,"z":3}` {
		t.Error("the copy has changed:", got)
	}
	if got := string(v.AppendJSON(nil)); got != `{"Account":"a","x":4}` {
		t.Error("what was read last:", got)
	}
	if _, err := read(`{"Account":"b"}`, &v, readLimits{}); err != nil || v.Extra.Len() != 1 {
		t.Error("a text without such members leaves them, as it leaves every field that it does not name", v.Extra, err)
	}
}

// A RawJSON that encoding/json reads is what a json.RawMessage would be; null in a member that the reader reads is an absent value.
func TestRawNull(t *testing.T) {
	var own struct{ A, B RawJSON }
	var std struct{ A, B json.RawMessage }
	text := []byte(`{"A":null,"B":{"x":null}}`)
	if err := errors.Join(json.Unmarshal(text, &own), json.Unmarshal(text, &std)); err != nil {
		t.Fatal(err)
	}
	if string(own.A) != string(std.A) || string(own.B) != string(std.B) || string(own.A) != "null" {
		t.Errorf("%q, %q", own, std)
	}
	g := sampleGroup{Any: RawJSON("1")}
	if _, err := read(`{"GroupId":"","Any":null}`, &g, readLimits{}); err != nil || g.Any != nil {
		t.Error(err, g.Any)
	}
}
