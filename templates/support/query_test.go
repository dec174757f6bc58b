package support

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
)

func scanAll(raw string) (all []pair, err error) {
	s := queryScanner{rest: raw}
	for s.next() {
		all = append(all, pair{s.name, s.value})
	}
	return all, s.err
}

func TestQueryScanner(t *testing.T) {
	for raw, want := range map[string][]pair{
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
	got := string(appendQuery(nil, []pair{{"a b", "+/=&?#%~._-"}, {"ü", ""}, {"*", "AZaz09"}}))
	if want := "a%20b=%2B%2F%3D%26%3F%23%25~._-&%C3%BC=&%2A=AZaz09"; got != want {
		t.Errorf("%s, want %s", got, want)
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
func hasEmptyPair(all []pair) bool { return len(all) == 0 }
