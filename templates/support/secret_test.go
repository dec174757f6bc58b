package support

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

const canaryKey = "CANARY-0123456789"

// withSecrets is a value with secrets at every kind of place.
type withSecrets struct {
	Token  Sensitive
	Opt    Opt[Sensitive]
	List   []Sensitive
	Map    map[string]Sensitive
	Nested struct{ Token Sensitive }
	Key    Key
	Extra  Extra
	key    Key // fmt cannot ask an unexported field how it wants to be printed
}

func (v *withSecrets) LogValue() slog.Value { return maskedLogValue(v) }

func secrets() *withSecrets {
	v := &withSecrets{
		Token: canaryKey, Opt: Some(Sensitive(canaryKey)), List: []Sensitive{canaryKey}, Map: map[string]Sensitive{"a": canaryKey},
		Key:   NewKey(canaryKey).WithPrevious(canaryKey),
		Extra: Extra{kept: &extraList{[]extraMember{{name: "a", raw: `"` + canaryKey + `"`}}}},
		key:   NewKey(canaryKey).WithPrevious(canaryKey),
	}
	v.Nested.Token = canaryKey
	return v
}

// leaks reports whether text holds the canary in one of fmt's spellings.
func leaks(text string) bool {
	text = strings.ToLower(strings.ReplaceAll(text, " ", ""))
	for _, spelling := range []string{"%s", "%x", "%d", "%v"} {
		part := strings.ToLower(strings.Trim(strings.ReplaceAll(fmt.Sprintf(spelling, []byte(canaryKey)[:6]), " ", ""), "[]"))
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

func TestSecretsInFmt(t *testing.T) {
	if !leaks(fmt.Sprintf("%x", canaryKey)) || !leaks(fmt.Sprint(canaryKey)) || !leaks(fmt.Sprint([]byte(canaryKey))) {
		t.Fatal("the test finds nothing")
	}
	v := secrets()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%#q", "%x", "%X", "% x", "%d", "%o", "%b", "%c", "%U", "%e", "%t", "%T", "%10v", "%.3s"} {
		for _, x := range []any{v, *v, v.Token, v.Opt, v.List, v.Map, v.Key, &v.Key, v.key, v.Extra, []any{v.Key}, Some(v.Key), Some(v)} {
			if text := fmt.Sprintf(verb, x); leaks(text) {
				t.Errorf("%s of %T: %s", verb, x, text)
			}
		}
	}
	if text := fmt.Sprintf("%p %p", v.Key, &v.Token); leaks(text) { // fmt does not ask a Formatter about %p
		t.Error(text)
	}
	if text := fmt.Sprintf("%v %s %d|%v|%v", v.Token, v.Key, v.Opt, Sensitive(""), Key{}); text != "*** *** ***||***" {
		t.Error(text)
	}
	if text := fmt.Sprintf("%v", v.Extra); text != "[a]" {
		t.Error(text)
	}
}

func TestSecretsInLogsAndText(t *testing.T) {
	v := secrets()
	var out bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(h).Info("m", "v", v, "token", v.Token, "key", v.Key, "list", v.List, "map", v.Map, "value", *v, "opt", v.Opt)
	}
	if leaks(out.String()) || !strings.Contains(out.String(), masked) {
		t.Error(out.String())
	}
	for _, x := range []any{v, v.Token, v.Key, v.List, v.Map, v.Extra} {
		if text, err := json.Marshal(x); err != nil || leaks(string(text)) {
			t.Error(string(text), err)
		}
	}
	type document struct {
		Token Sensitive
		Key   Key `xml:",attr"`
	}
	if text, err := xml.Marshal(document{v.Token, v.Key}); err != nil || leaks(string(text)) {
		t.Error(string(text), err)
	}
	var back struct{ T Sensitive }
	if err := json.Unmarshal([]byte(`{"T":"x"}`), &back); err != nil || back.T != "x" {
		t.Error("reading a Sensitive is not masked", err)
	}
}

func TestKey(t *testing.T) {
	k := NewKey("a")
	if k.IsZero() || k.current() != "a" || k.previous() != "" {
		t.Error("NewKey")
	}
	rotated := k.WithPrevious("b")
	if rotated.current() != "a" || rotated.previous() != "b" || k.previous() != "" {
		t.Error("WithPrevious returns a key of its own")
	}
	if !(Key{}).IsZero() || !NewKey("").IsZero() || !NewKey("").WithPrevious("b").IsZero() {
		t.Error("without a current secret a key is zero")
	}
}

func TestOpt(t *testing.T) {
	o := Some(0)
	if v, ok := o.Get(); v != 0 || !ok || !o.IsSet() || o.Or(5) != 0 {
		t.Error("a zero value that was given")
	}
	o = Opt[int]{}
	if v, ok := o.Get(); v != 0 || ok || o.IsSet() || o.Or(5) != 5 {
		t.Error("an absent value")
	}
	if got := fmt.Sprintf("%v %05d %q|%s", o, Some(7), Some("x"), Some("y")); got != `unset 00007 "x"|y` {
		t.Error(got)
	}
}
