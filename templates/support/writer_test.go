package support

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"
)

// plainJSON is what encoding/json writes without its HTML escapes.
func plainJSON(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestAppendText(t *testing.T) {
	for _, s := range []string{
		"", "a", `"`, `\`, "\b\f\n\r\t", "a&b<c>d", "é日😀", "0123456789", "01234567\"89", "\x7f", strings.Repeat("x", 100) + "\n" + "é",
		"\x00\x01\x1f", "bad \xff byte", "\xff\xfe", "half \xe6\x97", "\xed\xa0\x80 surrogate", "\uFFFD",
	} {
		want := strings.ReplaceAll(plainJSON(t, s), `\ufffd`, "\uFFFD")
		if got := string(appendText(nil, s)); got != want {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	}
	if got := string(appendText(nil, "\u2028\u2029")); got != "\"\u2028\u2029\"" {
		t.Errorf("line separators stay as they are: %s", got)
	}
	if got := string(appendText(nil, Sensitive("tok"))); got != `"tok"` {
		t.Errorf("a Sensitive is sent with its true value: %s", got)
	}
}

func TestAppendNumbers(t *testing.T) {
	for _, f := range []float64{
		0, math.Copysign(0, -1), 1, -1.5, 0.1, 1e-6, 9.99e-7, 1e-7, 1e20, 1e21, 1.5e300, 5e-324, math.MaxFloat64, 1e-10, 123456789.125,
	} {
		if got, want := string(appendFloat(nil, f)), plainJSON(t, f); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if f32 := float32(f); !math.IsInf(float64(f32), 0) {
			if got, want := string(appendFloat(nil, f32)), plainJSON(t, f32); got != want {
				t.Errorf("32 bits: got %s, want %s", got, want)
			}
		}
	}
	for _, f := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if got := string(appendFloat(nil, f)); got != "null" {
			t.Error(got)
		}
	}
	if got := string(appendInt(nil, int64(math.MinInt64))); got != "-9223372036854775808" {
		t.Error(got)
	}
	if got := string(appendInt(nil, uint64(math.MaxUint64))); got != "18446744073709551615" {
		t.Error(got)
	}
}

func TestWriterFields(t *testing.T) {
	for _, c := range []struct {
		name string
		got  []byte
		want string
	}{
		{"no member", closeObject([]byte{'{'}), `{}`},
		{"text", closeObject(textField([]byte{'{'}, `"a":`, "b")), `{"a":"b"}`},
		{"absent", optTextField(nil, `"a":`, false, ""), ``},
		{"present and empty", optTextField(nil, `"a":`, true, ""), `"a":"",`},
		{"absent list", optListField(nil, `"a":`, []string(nil), writeText), ``},
		{"empty list", optListField(nil, `"a":`, []string{}, writeText), `"a":[],`},
		{"nil list", listField(nil, `"a":`, []string(nil), writeText), `"a":[],`},
		{"list", listField(nil, `"a":`, []int32{1, 2}, writeInt), `"a":[1,2],`},
		{"list of lists", listField(nil, `"a":`, [][]bool{{true}, nil}, func(v *[]bool, dst []byte) []byte {
			return appendList(dst, *v, writeBool)
		}), `"a":[[true],[]],`},
		{"absent map", optMapField(nil, `"a":`, map[string]string(nil), writeText), ``},
		{"nil map", mapField(nil, `"a":`, map[string]string(nil), writeText), `"a":{},`},
		{"map, sorted", mapField(nil, `"a":`, map[string]int64{"z": 1, "b": 2, "\n": 3}, writeInt), `"a":{"\n":3,"b":2,"z":1},`},
		{"absent any", optAnyField(nil, `"a":`, nil), ``},
		{"nil any", anyField(nil, `"a":`, nil), `"a":null,`},
		{"any", anyField(nil, `"a":`, RawJSON(`{"x": 1}`)), `"a":{"x": 1},`},
		{"any that is no JSON", anyField(nil, `"a":`, RawJSON(`1,"injected":2`)), `"a":null,`},
		{"comma list", commaField(nil, `"a":`, []sampleKind{"x", `"`}), `"a":"x,\"",`},
		{"comma list of integers", commaField(nil, `"a":`, []uint32{1, 2}), `"a":"1,2",`},
		{"nil comma list", commaField(nil, `"a":`, []int64(nil)), `"a":"",`},
		{"absent comma list", optCommaField(nil, `"a":`, []int64(nil)), ``},
		{"embedded", embeddedField(nil, `"a":`, &[]string{`"`}, func(v *[]string, dst []byte) []byte {
			return appendList(dst, *v, writeText)
		}), `"a":"[\"\\\"\"]",`},
	} {
		if string(c.got) != c.want {
			t.Errorf("%s: got %s, want %s", c.name, c.got, c.want)
		}
	}
}

func TestFiller(t *testing.T) {
	f := &filler{
		credential: func(name string) string { return map[string]string{"appid": "123456789012", "name": `a"b`}[name] },
		now:        time.Unix(1700000000, 123456789),
		nonce:      func() uint64 { return math.MaxUint64 },
	}
	dst := f.credentialInt(nil, `"a":`, "appid")
	dst = f.credentialText(dst, `"b":`, "name")
	dst = f.timestamp(dst, `"c":`)
	dst = f.millis(dst, `"d":`)
	dst = f.nonceField(dst, `"e":`, 32)
	dst = f.nonceField(dst, `"f":`, 64)
	dst = f.timestampText(dst, `"g":`)
	dst = f.millisText(dst, `"h":`)
	dst = f.nonceText(dst, `"i":`, 31)
	const want = `"a":123456789012,"b":"a\"b","c":1700000000,"d":1700000000123,"e":4294967295,"f":9223372036854775807,` +
		`"g":"1700000000","h":"1700000000123","i":"2147483647",`
	if string(dst) != want || f.err != nil {
		t.Errorf("%s %v", dst, f.err)
	}
	dst = f.credentialInt(nil, `"a":`, "name")
	var e *fillError
	if !errors.As(f.err, &e) || strings.Contains(f.err.Error(), `a"b`) || string(dst) != `"a":0,` {
		t.Error(f.err, string(dst))
	}
	first := f.err
	if f.credentialInt(nil, "", ""); f.err != first {
		t.Error("the first error stays")
	}
	f = nil
	dst = f.credentialInt(nil, "", "")
	dst = f.credentialText(dst, "", "")
	dst = f.nonceField(f.millis(f.timestamp(dst, ""), ""), "", 32)
	dst = f.nonceText(f.millisText(f.timestampText(dst, ""), ""), "", 32)
	if len(dst) != 0 {
		t.Error("without a filler nothing is written", string(dst))
	}
}

func TestMarshalers(t *testing.T) {
	g := &sampleGroup{ID: "a", Token: "tok", Notice: Some("<b>")}
	text, err := json.Marshal(map[string]any{"g": g})
	if err != nil || !strings.Contains(string(text), `"Token":"tok"`) {
		t.Error(string(text), err)
	}
	var back struct{ G sampleGroup }
	if err := json.Unmarshal(text, &back); err != nil {
		t.Error(err)
	}
	if back.G.ID != "a" || back.G.Notice.Or("") != "<b>" {
		t.Errorf("%+v", back)
	}
}

func TestWriterAllocations(t *testing.T) {
	m := sampleMember{Account: "a", Role: Some("Owner")}
	dst := make([]byte, 0, 256)
	if n := testing.AllocsPerRun(100, func() { dst = m.AppendJSON(dst[:0]) }); n != 0 {
		t.Error(n, "allocations")
	}
}
