package support

import (
	"encoding/json"
	"fmt"
	"testing"
)

func TestIntOrText(t *testing.T) {
	for _, c := range []struct {
		text    string
		want    IntOrText
		printed string
	}{
		{`5`, IntValue(5), "5"},
		{`-9223372036854775808`, IntValue(-1 << 63), "-9223372036854775808"},
		{`"5"`, TextValue("5"), "5"},
		{`"a\"b"`, TextValue(`a"b`), `a"b`},
		{`""`, IntOrText{}, ""},
		{`0`, IntValue(0), "0"},
	} {
		var got IntOrText
		if err := json.Unmarshal([]byte(c.text), &got); err != nil || got != c.want {
			t.Errorf("%s is read as %v, %v", c.text, got, err)
		}
		if text, err := json.Marshal(c.want); err != nil || string(text) != c.text {
			t.Errorf("%s is written as %s, %v", c.text, text, err)
		}
		if printed := fmt.Sprintf("%v", c.want); printed != c.printed {
			t.Errorf("%s is printed as %s", c.text, printed)
		}
		if printed := fmt.Sprintf("%+v", struct{ V Opt[IntOrText] }{Some(c.want)}); printed != "{V:"+c.printed+"}" {
			t.Errorf("%s in a struct is printed as %s", c.text, printed)
		}
	}
	if IntValue(5) == TextValue("5") || IntValue(0).IsZero() || !TextValue("").IsZero() {
		t.Error("a number is not its digits, and 0 is a value")
	}
	if n, ok := TextValue("5").Int(); ok || n != 0 {
		t.Error("digits are no integer")
	}
	if text, ok := IntValue(5).Text(); ok || text != "" {
		t.Error("an integer is no text")
	}
	for _, text := range []string{`1.5`, `1e2`, `true`, `[]`, `{}`, `9223372036854775808`, ``} {
		d := newReader(text, readLimits{})
		var v IntOrText
		if d.document(&v) == nil {
			t.Errorf("%s is taken as %v", text, v)
		}
	}
}

// An integer as text that is followed by enough text to be read in one step has to fit into its type like any other one.
func TestShortIntegerTextFits(t *testing.T) {
	for _, text := range []string{`"2147483648"`, `"4294967295"`, `"4294967296"`, `"123456789012345"`} {
		if v, d := value(text+padding, readLimits{}, itemIntOrText[int32]); d.err == nil {
			t.Error(text, v)
		}
	}
	if v, d := value(`"4294967296"`+padding, readLimits{}, itemIntOrText[uint32]); d.err == nil {
		t.Error(v)
	}
	if v, d := value(`"2147483647"`+padding, readLimits{}, itemIntOrText[int32]); v != 2147483647 || d.err != nil {
		t.Error(v, d.err)
	}
}
