package support

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// What somebody tries who has no key, or has seen one good request.

// attackScheme signs a time and the body, as webhooks do: neither the path nor the query.
var attackScheme = scheme{
	name: "hook", secrets: []string{"appkey"}, required: []string{"appkey"}, window: time.Minute,
	time: locator{in: inSignature, name: "t"}, values: []signValue{{name: "t"}},
	places: []place{{in: inHeader, name: "X-Sig", form: &template{parts: []templatePart{
		{hole: holeValue, name: "t"}, {literal: ","}, {hole: holeStep, name: "sig"},
	}}}},
	sign: func(m *message, _ string) {
		text := append([]byte(m.value("t")+"."+m.secret("appkey")+"."), m.body...)
		m.place(append([]byte(m.value("t")+","), fmt.Sprintf("%x", text)...))
	},
}

func attackCredentials(key Key) wireV3Credentials { return wireV3Credentials{AppID: "1", AppKey: key} }

func attackOperation() *operation {
	op := opWireLogin
	op.scheme, op.parameters = &attackScheme, nil
	return &op
}

// attackHandler counts what it takes. The keys can be exchanged while it runs.
func attackHandler(t *testing.T, keys *Key, op *operation, taken *int) http.Handler {
	t.Helper()
	provide := withProvider(&attackScheme, func(context.Context, App) (wireV3Credentials, error) { return attackCredentials(*keys), nil })
	h, err := newHandler(packageFacts{schemes: []*scheme{&attackScheme}}, []HandlerOption{provide, WithClock(fixedClock), WithReplayMemory(9)}, func(x *exchange) {
		handle(x, op, new(wireRequest), func(context.Context, *wireRequest) (*wireResponse, error) {
			*taken++
			return &wireResponse{IsLost: "0"}, nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// signedHook is one good request.
func signedHook(t *testing.T, op *operation, key Key) *http.Request {
	t.Helper()
	var c core
	var sent *http.Request
	keep := WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		sent = r
		return nil, errors.New("kept")
	})})
	given := withCredentials(&attackScheme, attackCredentials(key))
	if err := c.configure(packageFacts{schemes: []*scheme{&attackScheme}}, []ClientOption{given, WithClock(fixedClock), WithServer("http://h"), WithRetries(0), keep}); err != nil {
		t.Fatal(err)
	}
	if _, err := invoke(t.Context(), &c, op, wireExample(), new(wireResponse), nil); err == nil || sent == nil {
		t.Fatal(err)
	}
	return sent
}

// A request that was taken is known again however its path is spelled, and while its key is being exchanged.
func TestReplayIsKnown(t *testing.T) {
	op := attackOperation()
	keys, taken := NewKey("new").WithPrevious("old"), 0
	h := attackHandler(t, &keys, op, &taken)
	good := signedHook(t, op, NewKey("new"))
	send := func(target string) {
		body, err := good.GetBody()
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(good.Method, target, body)
		r.Header = good.Header.Clone()
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
	if send(op.path); taken != 1 {
		t.Fatal("the good request is refused")
	}
	for _, target := range []string{op.path, op.path + "/", op.path + "?x=1", strings.Replace(op.path, "a", "%61", 1), "http://other" + op.path} {
		if send(target); taken != 1 {
			t.Errorf("%s: taken again", target)
		}
	}
	keys = NewKey("new")
	if send(op.path); taken != 1 {
		t.Error("taken again when the previous key is gone")
	}
	keys = NewKey("newest").WithPrevious("new")
	if send(op.path); taken != 1 {
		t.Error("taken again when its key is the previous one")
	}
}

// A line end in what a caller or a credential supplies would begin a header of its own. Whatever transport is used, it never gets there.
func TestHeadersHoldNoLineEnds(t *testing.T) {
	s := attackScheme
	s.sign = func(m *message, _ string) { m.place([]byte("x" + m.secret("appkey"))) }
	s.places = []place{{in: inHeader, name: "X-Sig"}}
	for _, evil := range []string{"a\r\nX-Admin: 1", "a\nb", "a\x00b", "a\x7fb"} {
		op := attackOperation()
		op.scheme = &s
		var c core
		sent := false
		keep := WithHTTPClient(&http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) { sent = true; return nil, errors.New("x") })})
		if err := c.configure(packageFacts{schemes: []*scheme{&s}}, []ClientOption{withCredentials(&s, attackCredentials(NewKey(evil))), WithServer("http://h"), keep}); err != nil {
			t.Fatal(err)
		}
		_, err := invoke(t.Context(), &c, op, wireExample(), new(wireResponse), nil)
		if !errors.Is(err, ErrConfig) || sent || strings.Contains(err.Error(), "Admin") {
			t.Errorf("%q: %v, sent %t", evil, err, sent)
		}
	}
}

func TestHostAndPort(t *testing.T) {
	for address, want := range map[[2]string][2]string{
		{"http", "h.example"}: {"h.example", "80"}, {"https", "h.example"}: {"h.example", "443"}, {"https", "h.example:8443"}: {"h.example", "8443"},
		{"http", "[::1]"}: {"[::1]", "80"}, {"http", "[::1]:81"}: {"[::1]", "81"}, {"https", ""}: {"", "443"},
	} {
		m := &message{urlScheme: address[0], host: address[1]}
		if got := [2]string{m.hostName(), m.port()}; got != want {
			t.Errorf("%s: %s", address, got)
		}
	}
}

func TestOneOfEachName(t *testing.T) {
	list := []pair{{"b", "2"}, {"a", "1"}, {"b", ""}, {"b", "1"}}
	if got := oneEach(list, ","); !slices.Equal(got, []pair{{"b", "2,,1"}, {"a", "1"}}) || list[0].value != "2" {
		t.Error(got)
	}
}

func TestPathsWithDots(t *testing.T) {
	for path, dots := range map[string]bool{"/a/..": true, "/./a": true, "/a/../b": true, "/a/...": false, "/..a/b.": false, "/": false} {
		if hasDots(path) != dots {
			t.Error(path)
		}
	}
}

// FuzzUnverified reads what nobody has vouched for yet: it neither panics nor reads anything in two ways.
func FuzzUnverified(f *testing.F) {
	f.Add(`{"a":1,"b":"\u0041\\","c":[{"d":"]}"}],"e":null}`, "t=1,v1=a,v1=b", "/a/b%2Fc/x.json")
	f.Add(`a=1&b=%20&&c`, "1.2.3", "//")
	form := template{separator: ",", parts: []templatePart{
		{literal: "t="}, {hole: holeValue, name: "t"}, {literal: ",v1="}, {hole: holeStep, name: "s"}, {literal: ",k="}, {hole: holeCredential, name: "k"},
	}}
	plain := template{parts: []templatePart{{hole: holeValue, name: "t"}, {literal: "."}, {hole: holeStep, name: "s"}}}
	f.Fuzz(func(t *testing.T, body, header, path string) {
		fields, fault := topMembers([]byte(body))
		var object map[string]json.RawMessage
		if fault == "" && body != "" {
			if err := json.Unmarshal([]byte(body), &object); err != nil || len(object) != len(fields) {
				t.Fatalf("%q: %v, %d fields", body, err, len(fields))
			}
			for _, p := range fields {
				var text string
				raw, found := object[p.name]
				if json.Unmarshal(raw, &text) == nil && text != p.value || !found {
					t.Fatalf("%q: %s is %q", body, p.name, p.value)
				}
			}
		}
		if pairs, fault := formFields([]byte(body)); fault == "" {
			again, fault := formFields(appendQuery(nil, pairs))
			if fault != "" || !slices.Equal(pairs, again) {
				t.Fatalf("%q: %q and %q", body, pairs, again)
			}
		}
		for _, p := range []*template{&form, &plain} {
			if values, _, ok := p.capture(header); ok && (len(values) != 1 || p.equal([]byte(header+",x=y"), header) == 1) {
				t.Fatalf("%q: %q", header, values)
			}
		}
		cutParameter(header, "t")
		for _, format := range []timeFormat{timeSeconds, timeMillis, timeISO, timeISOMillis, timeISOBasic, timeDate, timeDateBasic, timeCompact, timeDateTime, timeHTTP} {
			if at, ok := format.parse(header); ok && format.text(at) != header {
				t.Fatal(header)
			}
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.Path, r.URL.RawPath, r.RequestURI = path, path, path
		x := &exchange{request: r}
		for _, pattern := range []string{"/a/{x}/{y}.json", "/{x}-{y}", "/{x}/"} {
			x.matches(pattern)
		}
		requestPath(r)
		m := &message{host: header}
		if strings.Contains(m.hostName(), ":") && !strings.ContainsAny(header, "[:") {
			t.Fatal(header)
		}
	})
}
