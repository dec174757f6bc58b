package support

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
)

func scanAll(raw string) (all []queryParameter, err error) {
	s := queryScanner{rest: raw}
	for s.next() {
		all = append(all, queryParameter{s.name, s.value})
	}
	return all, s.err
}

func TestQueryScanner(t *testing.T) {
	for raw, want := range map[string][]queryParameter{
		"":                  nil,
		"&&":                nil,
		"a":                 {{"a", ""}},
		"a=":                {{"a", ""}},
		"=a":                {{"", "a"}},
		"a=b=c":             {{"a", "b=c"}},
		"a=1&a=2&&b=3":      {{"a", "1"}, {"a", "2"}, {"b", "3"}},
		"a+b=%2b%2B%20+":    {{"a b", "++  "}},
		"%e4%bd%a0=%25":     {{"\u4f60", "%"}},
		"a=%41%":            nil,
		"a=%4":              nil,
		"a=%zz":             nil,
		"a=%4g":             nil,
		"%=1":               nil,
		"a=1;b=2":           nil,
		"conn=&seq=&ts=123": {{"conn", ""}, {"seq", ""}, {"ts", "123"}},
	} {
		got, err := scanAll(raw)
		bad := strings.ContainsAny(raw, ";gz") || strings.HasSuffix(raw, "%") || strings.HasSuffix(raw, "%4") || strings.HasPrefix(raw, "%=")
		if bad != (err != nil) || !bad && !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %q, %v", raw, got, err)
		}
	}
	if n := testing.AllocsPerRun(100, func() { queryValue("timestamp=1&appid=2&sig=3&openid=4", "openid") }); n != 0 {
		t.Errorf("plain text was copied: %v allocations", n)
	}
	if v, ok := queryValue("a=1&b=%41", "b"); v != "A" || !ok {
		t.Error(v, ok)
	}
	if _, ok := queryValue("a=%&b=1", "b"); ok {
		t.Error("there is nothing behind an error")
	}
}

func TestAppendQuery(t *testing.T) {
	got := string(appendQuery(nil, []queryParameter{{"a b", "+/=&?#%~._-"}, {"ü", ""}, {"*", "AZaz09"}}))
	if want := "a%20b=%2B%2F%3D%26%3F%23%25~._-&%C3%BC=&%2A=AZaz09"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestSignedQuery(t *testing.T) {
	m := &message{
		path: "/v2/group/send_group_msg", body: []byte(`{"openid":"15879468368890148661","token":"935C4F643BC40AC88095429B1F063E07"}`),
		parameters: []queryParameter{
			{"channelid", "2"}, {"os", "1"}, {"gameid", "12"}, {"version", "2.0"}, {"ts", "1557836202"}, {"seq", ""}, {"sig", "x"}, {"source", "0"},
		},
	}
	if got := m.query("sig"); got != "channelid=2&gameid=12&os=1&seq=&source=0&ts=1557836202&version=2.0" {
		t.Error(got)
	}
	if got := m.query("ts", "sig"); got != "channelid=2&gameid=12&os=1&seq=&source=0&version=2.0" {
		t.Errorf("without two: %s", got)
	}
	if got := signWireV5(m, "test-key"); got != "1905b7059ec6f71d9d44e7eab65eef51" {
		t.Errorf("known answer: %s", got)
	}
	if got := signWireV3(&message{parameters: []queryParameter{{"timestamp", "1381288134"}}}, handKey); got != "a40e358132d0e9457e89bf30684b6e6b" {
		t.Errorf("known answer: %s", got)
	}
	if m.secret("x") != "" || m.parameter("y") != "" {
		t.Error("what is absent is empty")
	}
}

// TestNamedSecret: a program may name its secrets itself; a missing one must not sign.
func TestNamedSecret(t *testing.T) {
	s := &scheme{name: "named", signature: "sig", sign: func(m *message, _ string) string { return m.secret("msdkkey") + "+" + m.secret("appkey") }}
	m := new(message)
	both := wireV3Credentials{AppID: "1", MSDKKey: NewKey("new").WithPrevious("old"), AppKey: NewKey("app")}
	for given, good := range map[string]bool{"new+app": true, "old+app": true, "+app": false, "": false} {
		if v := s.verify(m, given, both, wireTime); good != (v.failure == "") {
			t.Errorf("%q: %v", given, v)
		}
	}
	if v := s.verify(m, "new+", wireV3Credentials{MSDKKey: NewKey("new")}, wireTime); v.failure == "" {
		t.Error("a signature without a secret was taken")
	}
	mask := new(mask)
	s.addSecrets(mask, both, m.used)
	if got := mask.text("it is app, not oldest", 100); got != "it is ***, not oldest" {
		t.Error(got)
	}
}

// FuzzQuery compares the scanner with net/url, and the writer with the scanner.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{"a=1&b=%20+&c", "a=%", "a;b", "%41=%zz&x=1", "=&&=", "conn=&seq="} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := scanAll(raw)
		want, wantErr := url.ParseQuery(raw)
		if (err != nil) != (wantErr != nil) {
			t.Fatalf("%q: %v, net/url says %v", raw, err, wantErr)
		}
		if err != nil {
			return
		}
		values := make(url.Values)
		for _, p := range got {
			values.Add(p.name, p.value)
		}
		if !reflect.DeepEqual(values, want) {
			t.Fatalf("%q: %q, net/url says %q", raw, values, want)
		}
		again, err := scanAll(string(appendQuery(nil, got)))
		if err != nil || !reflect.DeepEqual(again, got) && !hasEmptyPair(got) {
			t.Fatalf("%q: written and read again %q, %v", got, again, err)
		}
	})
}

// hasEmptyPair: a pair without name and value is written as "=", which is read as the same pair; nothing is lost but an empty list.
func hasEmptyPair(all []queryParameter) bool { return len(all) == 0 }
