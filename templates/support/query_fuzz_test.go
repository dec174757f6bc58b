package support

import (
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
)

// The two ways in which a query is read have to agree; FuzzQuery holds the careful one against net/url. What is looked up in a query has to
// be what a plain loop finds.

func FuzzQueryTwice(f *testing.F) {
	for _, seed := range []string{
		"", "&&", "a=1&a=2", "=", "timestamp=1381288134&appid=100703379&sig=a40e358132d0e9457e89bf30684b6e6b&openid=A3&encode=2",
		"a=b=c&&d", "a%3d=1", "12345678=%", "a=1234;678", "\u4f60=1&b=\xff", "a+b=c+d", "1234567\x80", "123456789%41", "b=3&a=2&b=1&b=", "c&c&d=%2b", "openid=1&h=2&h=3&timestamp=4&h", "\xa5\xab\xbb\x80\xa5\xa5\xa5\xa5",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		all, special, err := scanned(queryScanner{rest: raw})
		again, specialAgain, errAgain := scanned(scanQuery(raw))
		if !reflect.DeepEqual(all, again) || special != specialAgain || err != errAgain {
			t.Fatalf("%q: %q, %v, %v; %q, %v, %v", raw, all, special, err, again, specialAgain, errAgain)
		}
		if plainQuery(raw) != !strings.ContainsFunc(raw, func(r rune) bool { return r >= 0x80 || strings.ContainsRune("%+;", r) }) {
			t.Fatalf("%q: %v", raw, plainQuery(raw))
		}
		if len(all) <= maxQueryParameters {
			lookUp(t, all)
		}
	})
}

func scanned(s queryScanner) (all []pair, special bool, err error) {
	for s.next() {
		all = append(all, pair{s.name, s.value})
	}
	return all, s.special, s.err
}

// lookUp looks for the rows of a table, and takes a name out.
func lookUp(t *testing.T, all []pair) {
	x := newExchange()
	x.op = &operation{parameters: []parameter{{name: "a"}, {name: "h", in: inHeader}, {name: "timestamp"}, {name: "b"}, {name: "h"}, {name: "", in: inPath}, {name: "openid"}}}
	x.message.parameters = all
	for i, found := range x.findParameters(nil) {
		last, times := -1, 0
		for k, q := range all {
			if p := &x.op.parameters[i]; q.name == p.name && p.in == inQuery {
				last, times = k, times+1
			}
		}
		switch {
		case (found != 0) != (times > 0):
			t.Fatalf("%q, %d: %d, but there are %d", all, i, found, times)
		case found != 0 && (found.last() != last || found.times() != min(times, 2)):
			t.Fatalf("%q, %d: %d of %d, but %d of %d", all, i, found.last(), found.times(), last, times)
		}
	}
	for _, name := range []string{"a", "sig", "b"} {
		var rest []pair
		for _, q := range all {
			if q.name != name {
				rest = append(rest, q)
			}
		}
		first, _ := find(all, name)
		value, times, left := takePair(append([]pair(nil), all...), name)
		if value != first || times != len(all)-len(rest) || len(left) != len(rest) || len(rest) > 0 && !reflect.DeepEqual(left, rest) {
			t.Fatalf("%q without %s: %q, %d, %q", all, name, value, times, left)
		}
	}
}

// Signatures stand where the document has them, whatever is left out around them.
func TestAppendPlaces(t *testing.T) {
	k := &call{op: &operation{scheme: &scheme{places: []place{{name: "s1"}, {name: "s2"}, {name: "s3"}}}}}
	k.message.placed = [][]byte{[]byte("+1"), []byte("2"), []byte("3")}
	for want, at := range map[string][]int{
		"s1=%2B1&s2=2&s3=3&a=1&b=2": {0, 0, 0}, "s1=%2B1&a=1&s2=2&s3=3&b=2": {0, 1, 1}, "a=1&s1=%2B1&b=2&s2=2&s3=3": {1, 2, 2}, "a=1&b=2": nil, "a=1&b=2&s1=%2B1": {2},
	} {
		k.parts = requestParts{query: []pair{{"a", "1"}, {"b", "2"}}}
		for i, at := range at {
			k.parts.slots = append(k.parts.slots, slot{at, i})
		}
		if got := string(k.appendQuery([]byte("body"))); got != "body"+want {
			t.Errorf("%v: %s, want %s", at, got, want)
		}
	}
	k.parts = requestParts{slots: []slot{{0, 0}, {0, 1}}}
	if got := string(k.appendQuery(nil)); got != "s1=%2B1&s2=2" {
		t.Error(got)
	}
}

// Nothing of a call that was refused while its body was read, or of its parameters, stays behind for the next one.
func TestExchangeIsCleared(t *testing.T) {
	x := newExchange()
	x.handler, x.op, x.body = &handlerState{}, &opWireLogin, []byte(`{"openid":`)
	x.request = httptest.NewRequest(http.MethodPost, "/?a=1&b=2", nil)
	if _, r := x.readQuery(); r != nil {
		t.Fatal(r)
	}
	if _, r := x.decode(new(wireRequest)); r == nil {
		t.Fatal("half a document was read")
	}
	rooms := x.rooms
	x.release()
	if rooms.parameters != [16]pair{} || !reflect.DeepEqual(rooms.reader, jsonReader{}) || !reflect.DeepEqual(rooms.checker, checker{}) || x.request != nil || x.message.parameters != nil {
		t.Errorf("%v", rooms)
	}
}

// The same where the query itself was refused.
func TestRefusedQueryIsCleared(t *testing.T) {
	for query, want := range map[string]error{
		strings.Repeat("sig=secret&", maxQueryParameters+1): errQueryTooLong, "sig=secret&a=1&b=%": errQueryEscape, "sig=secret&a=1&b=;": errQuerySemicolon,
	} {
		x := newExchange()
		x.handler, x.request = &handlerState{}, httptest.NewRequest(http.MethodPost, "/", nil)
		x.request.URL.RawQuery = query
		if _, r := x.readQuery(); r == nil || r.err != want {
			t.Errorf("%v, want %v", r, want)
		}
		rooms := x.rooms
		if x.release(); rooms.parameters != [16]pair{} {
			t.Errorf("%v: %v", want, rooms.parameters)
		}
	}
}

// A parameter of a query is refused when it is missing, repeated or against its rules, whatever it holds otherwise.
func TestCheckParameters(t *testing.T) {
	op := &operation{parameters: []parameter{
		{name: "a", required: true}, {name: "b"}, {name: "n", kind: paramInt}, {name: "v", fill: fillConstant, value: "1"},
		{name: "c", check: func(c *checker, value string) { c.minLength("c", value, 2) }}, {name: "h", in: inHeader},
	}}
	for query, want := range map[string]string{
		"?a=1": "", "?b=1&a=1&x=2": "", "?a=1&n=2&v=1&c=22&h=3&h=4": "", "?b=1": "a is missing", "?a=": "a is missing", "?a=1&a=": "a is missing",
		"?a=1&a=2": "a is repeated", "?a=1&b=1&b=1": "b is repeated", "?a=1&b&b": "b is repeated", "?b=1&b=2": "a is missing", "?a=1&n=x": "n does not have the declared type",
		"?a=1&v=2": "v does not have the only legal value, 1", "?a=1&c=1": "c breaks the rule minLength", "?a=1&b=%ff": "b does not have the declared type",
		"?a=1&h=3&n=%31": "", "?n=1&b=1&a=1&n=1": "n is repeated",
	} {
		x := newExchange()
		x.handler, x.op, x.request = &handlerState{}, op, httptest.NewRequest(http.MethodGet, "/"+query, nil)
		got := ""
		if r := x.checkParameters(""); r != nil {
			got = strings.TrimPrefix(errorText(r.err), "query parameter ")
		}
		if got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

// The same of a call, of a checker, and of the message of an attempt.
func TestMemoryIsCleared(t *testing.T) {
	k := calls.Get().(*call)
	k.op, k.endpoint = &opWireLogin, endpoint{host: "h"}
	k.message.values, k.message.fault, k.message.bodyFields = []pair{{"a", "b"}}, "fault", []pair{{"a", "b"}}
	if k.makeMessage(nil); k.message.host != "h" || k.message.values != nil || k.message.fault != "" || k.message.bodyFields != nil {
		t.Errorf("%v", k.message.values)
	}
	k.rooms.reader.start("text", readLimits{})
	rooms := k.rooms
	if k.release(); !reflect.DeepEqual(rooms.reader, jsonReader{}) || k.op != nil {
		t.Errorf("%v", rooms.reader.src)
	}
	c := new(checker)
	c.enter("a")
	c.enterItem("b", 1)
	c.add("c", ruleRequired, "")
	if c.clear(); !reflect.DeepEqual(c, new(checker)) {
		t.Errorf("%v", c)
	}
}
