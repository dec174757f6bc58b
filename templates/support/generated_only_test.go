package support

import (
	"errors"
	"strings"
	"testing"
)

// What only generated code calls, tried here as well: a fault should show where it is made.

func TestItemError(t *testing.T) {
	r := &result{
		success:  func(code Code) bool { return code == 0 },
		describe: func(code Code) (string, bool) { return "There is no such group.", code == 7 },
	}
	if err := itemError("GroupInfo", r, 0, ""); err != nil {
		t.Errorf("a success is reported as %v", err)
	}
	err := itemError("GroupInfo", r, 7, strings.Repeat("x", 10_000))
	var e *Error
	if !errors.As(err, &e) || e.Code != 7 || e.Operation != "GroupInfo" || e.Text == "" || !e.Retryable() {
		t.Errorf("got %#v", err)
	}
	if n := len(err.Error()); n > maxErrorText {
		t.Errorf("the error is %d bytes long", n)
	}
}

// Members that the client fills are read for their kind alone.
func TestSkipChecksTheKind(t *testing.T) {
	for _, c := range []struct {
		name       string
		skip       func(*jsonReader)
		good, evil []string
	}{
		{"text", (*jsonReader).skipText, []string{`"a"`, `null`}, []string{`1`, `{}`, `"`}},
		{"int", (*jsonReader).skipInt, []string{`1`, `null`}, []string{`"1"`, `1.5`, `[]`}},
		{"text or int", (*jsonReader).skipTextOrInt, []string{`"a"`, `7`}, []string{`true`, `[]`}},
		{"int or text", (*jsonReader).skipIntOrText, []string{`7`, `"7"`}, []string{`"x"`, `{}`}},
	} {
		for _, text := range c.good {
			d := newReader(text, readLimits{})
			if c.skip(d); d.err != nil {
				t.Errorf("%s refuses %s: %v", c.name, text, d.err)
			}
		}
		for _, text := range c.evil {
			d := newReader(text, readLimits{})
			if c.skip(d); d.err == nil {
				t.Errorf("%s takes %s", c.name, text)
			}
		}
	}
}

func TestAppendOpt(t *testing.T) {
	if got := string(appendOpt([]byte("<"), Some("a"), writeText[string])); got != `<"a"` {
		t.Errorf("got %s", got)
	}
	if got := string(appendOpt([]byte("<"), Opt[string]{}, writeText[string])); got != `<` {
		t.Errorf("got %s", got)
	}
}

// exampleReply is a type as the generator writes it, as small as it can be.
type exampleReply struct{ Name string }

func (v *exampleReply) AppendJSON(dst []byte) []byte {
	return closeObject(textField(append(dst, '{'), `"name":`, v.Name))
}

func (v *exampleReply) UnmarshalJSON(text []byte) error { return unmarshal(text, v) }

var fieldsOfExampleReply = jsonFields{
	keys: []jsonKey{
		{name: `"name":`},
	},
}

func (v *exampleReply) readJSON(d *jsonReader) {
	m := members{of: &fieldsOfExampleReply}
	for d.object(&m); d.more(&m); {
		switch m.field {
		case 0:
			d.text(&v.Name)
		default:
			d.skip()
		}
	}
}

func TestConstantsOfOtherKinds(t *testing.T) {
	rules := func(b bool, f float64) []string {
		return broken(checkServer, func(c *checker) {
			c.constBool("a", b, true)
			c.constFloat("b", f, 1.5)
		})
	}
	if got := rules(true, 1.5); len(got) != 0 {
		t.Errorf("the constants themselves are refused: %q", got)
	}
	if got := rules(false, 2); len(got) != 2 {
		t.Errorf("got %q", got)
	}
}

func TestIntOrTextField(t *testing.T) {
	if got := string(intOrTextField(intOrTextField(nil, `"a":`, IntValue(7)), `"b":`, TextValue("7"))); got != `"a":7,"b":"7",` {
		t.Errorf("got %s", got)
	}
}

func TestCheckExampleTakesAGoodOne(t *testing.T) {
	checkExample(t, "reply", new(exampleReply), `{"appid":1,"name":"a"}`, nil, "appid")
}

func TestOptionalFields(t *testing.T) {
	for _, c := range []struct {
		set, unset []byte
		want       string
	}{
		{optUintField(nil, `"a":`, true, 1<<63), optUintField(nil, `"a":`, false, 1), `"a":9223372036854775808,`},
		{optIntField(nil, `"a":`, true, -10), optIntField(nil, `"a":`, false, 1), `"a":-10,`},
		{optBoolField(nil, `"a":`, true, true), optBoolField(nil, `"a":`, false, true), `"a":true,`},
		{optFloatField(nil, `"a":`, true, 1.5), optFloatField(nil, `"a":`, false, 1), `"a":1.5,`},
		{optIntOrTextField(nil, `"a":`, true, TextValue("x")), optIntOrTextField(nil, `"a":`, false, IntOrText{}), `"a":"x",`},
	} {
		if string(c.set) != c.want || len(c.unset) != 0 {
			t.Errorf("got %s and %s, want %s and nothing", c.set, c.unset, c.want)
		}
	}
}

func TestItems(t *testing.T) {
	if got := string(appendList(nil, []float64{1.5, 2}, writeFloat)); got != `[1.5,2]` {
		t.Errorf("got %s", got)
	}
	if got := string(appendList(nil, []RawJSON{RawJSON(`{}`), nil}, writeRaw)); got != `[{},null]` {
		t.Errorf("got %s", got)
	}
	if got := string(appendList(nil, [][]int64{{1, 2}, nil}, writeComma)); got != `["1,2",""]` {
		t.Errorf("got %s", got)
	}
}

func TestOptionalValue(t *testing.T) {
	read := func(to *Opt[[]string], d *jsonReader) {
		optValue(to, d, func(v *[]string, d *jsonReader) { readList(v, d, 0, itemText) })
	}
	got, d := value(`["a"]`, readLimits{}, read)
	if v, ok := got.Get(); d.err != nil || !ok || len(v) != 1 {
		t.Error(got, d.err)
	}
	if got, d = value(`null`, readLimits{}, read); d.err != nil || got.IsSet() {
		t.Error(got, d.err)
	}
}
