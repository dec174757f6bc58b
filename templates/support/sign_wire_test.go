package support

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// What only some generated packages use of client and server, tried here as well: a fault should show where it is made. Whole packages
// with forms, ciphers and parameters in the path are driven where they are generated.

// The address, as a client is going to send it and as a server has received it.
func TestAddresses(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/pre/a%2Fb?x=1&sig=s&y=%20", nil)
	x := &exchange{handler: &handlerState{}, request: r, method: r.Method, op: &operation{}}
	x.makeMessage([]pair{{"x", "1"}, {"y", " "}})
	came := x.message
	came.arrivedQuery = cutParameter(came.arrivedQuery, "sig")
	sent := message{
		method: "GET", urlScheme: "http", host: "example.com", base: messagePath{"/pre", "/pre"}, own: messagePath{"/a/b", "/a%2Fb"},
		parameters: []pair{{"x", "1"}, {"y", " "}},
	}
	for _, m := range []*message{&came, &sent} {
		for got, want := range map[string]string{
			string(m.url()): "http://example.com/pre/a%2Fb?x=1&y=%20", string(m.target()): "/pre/a%2Fb?x=1&y=%20",
			string(m.encodedPath()): "/pre/a%2Fb", string(m.path()): "/pre/a/b", string(m.query()): "x=1&y=%20",
		} {
			if got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
	}
	for raw, want := range map[string]string{"sig=1": "", "a=1": "a=1", "a=1&s%69g=2&&b": "a=1&&b", "sig": "", "sig2=1": "sig2=1"} {
		if got := cutParameter(raw, "sig"); got != want {
			t.Errorf("%s: %s", raw, got)
		}
	}
	if got := (&message{credentials: wireCredentials()}).credential("appid"); got != "100703379" || new(message).credential("appid") != "" {
		t.Error(got)
	}
}

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		pattern, path string
		want          []pair
	}{
		{"/a/{x}", "/a/b", []pair{{"x", "b"}}},
		{"/a/{x}/{y}", "/a/b%2Fc/%20", []pair{{"x", "b/c"}, {"y", " "}}},
		{"/{x}.json", "/a.json.json", []pair{{"x", "a.json"}}},
		{"/{x}-{y}", "/a-b-c", []pair{{"x", "a"}, {"y", "b-c"}}},
		{"/a/{x}", "/a/", nil},
		{"/a/{x}", "/a/b/c", nil},
		{"/a/{x}", "/b/c", nil},
		{"/a/{x}", "/a", nil},
		{"/{x}.json", "/.json", nil},
		{"/{x}.json", "/a.xml", nil},
	} {
		x := &exchange{request: httptest.NewRequest(http.MethodGet, c.path, nil)}
		if got := x.matches(c.pattern); got != (c.want != nil) || got && !slices.Equal(x.pathValues, c.want) {
			t.Errorf("%s, %s: %v, %q", c.pattern, c.path, got, x.pathValues)
		}
	}
	path := expandPath("/a/{x}/{y}", []pair{{"y", "/"}, {"x", "\u00e9"}})
	if path.decoded != "/a/\u00e9//" || path.encoded != "/a/%C3%A9/%2F" {
		t.Errorf("%+v", path)
	}
}

// schemeSample signs with a text in the body and in a header, with a value of its own.
var schemeSample = scheme{
	name: "sample", secrets: []string{"msdkkey"}, required: []string{"msdkkey"}, window: time.Minute,
	time: locator{in: inSignature, name: "t"}, values: []signValue{{name: "t"}, {name: "n", alphabet: nonceHex, length: 4}},
	places: []place{
		{in: inHeader, name: "X-Sig", form: &template{parts: []templatePart{
			{hole: holeValue, name: "t"}, {literal: "."}, {hole: holeValue, name: "n"}, {literal: "."}, {hole: holeStep, name: "sig"},
		}}},
		{in: inBody, name: "sign"},
		{in: inQuery, name: "q"},
	},
	sign: func(m *message, _ string) {
		text := append([]byte(m.value("t")), m.value("n")...)
		text = append(append(text, m.secret("msdkkey")...), m.field("openid")...)
		m.place(append(append(append(append([]byte(m.value("t")), '.'), m.value("n")...), '.'), "s"+string(text)...))
		m.place(append([]byte("b"), text...))
		m.place(append([]byte("q"), text...))
	},
	cipher: &cipherSample,
}

var cipherSample = cipher{secret: "appkey", contentHeader: "Content-Encrypt", acceptHeader: "Accept-Encrypt"}

func TestPlacesAndCipher(t *testing.T) {
	op := opWireLogin
	op.scheme, op.parameters, op.fields, op.cipher = &schemeSample, nil, topMembers, &cipherSample
	facts := packageFacts{schemes: []*scheme{&schemeSample}}
	given := withCredentials(&schemeSample, wireV3Credentials{AppID: "100703379", MSDKKey: NewKey(wireKey), AppKey: NewKey("0123456789abcdef")})
	served := 0
	var changed func(*http.Request)
	h, err := newHandler(facts, []HandlerOption{given, WithClock(fixedClock), WithReplayMemory(4), WithRequiredEncryption()}, func(x *exchange) {
		if changed != nil {
			changed(x.request)
		}
		handle(x, &op, new(wireRequest), func(context.Context, *wireRequest) (*wireResponse, error) {
			served++
			return &wireResponse{IsLost: "0"}, nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	defer server.Close()
	var c core
	if err := c.configure(facts, []ClientOption{given, WithClock(fixedClock), WithServer(Server(server.URL)), WithEncryption()}); err != nil {
		t.Fatal(err)
	}
	call := func() error {
		_, err := invoke(t.Context(), &c, &op, wireExample(), new(wireResponse), nil)
		return err
	}
	if err := call(); err != nil || served != 1 {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*http.Request){
		"no header":       func(r *http.Request) { r.Header.Del("X-Sig") },
		"two headers":     func(r *http.Request) { r.Header.Add("X-Sig", "1.a.s") },
		"another time":    func(r *http.Request) { r.Header.Set("X-Sig", "1"+r.Header.Get("X-Sig")) },
		"no query":        func(r *http.Request) { r.URL.RawQuery = "" },
		"another query":   func(r *http.Request) { r.URL.RawQuery = "q=x" },
		"not decryptable": func(r *http.Request) { r.Header.Set("Content-Encrypt", "x") },
		"not marked":      func(r *http.Request) { r.Header.Del("Content-Encrypt") },
	} {
		changed = change
		if err := call(); err == nil || served != 1 {
			t.Errorf("%s: taken", name)
		}
	}
	if _, err := newHandler(facts, []HandlerOption{given, WithPublicURL("ftp://x")}, nil); !errors.Is(err, ErrConfig) {
		t.Error(err)
	}
	e := &DecryptError{Operation: "op", Reason: strings.Repeat("x", 1000)}
	wireLeaks(t, "decryption", e)
	if !errors.Is(e, ErrDecrypt) || errors.Is(e, ErrDecode) {
		t.Error(e)
	}
}

func TestMadeMembers(t *testing.T) {
	f := &filler{now: wireTime}
	seven := func() string { return "7" }
	if got := string(f.madeNumber(f.madeText(nil, `"a":`, seven), `"b":`, seven)); got != `"a":"7","b":7,` {
		t.Error(got)
	}
	var none *filler
	if got := none.madeNumber(none.madeText(nil, `"a":`, seven), `"b":`, seven); got != nil {
		t.Error(got)
	}
	if got := string(appendFormField(appendFormField(nil, "a b", "&"), "c", "")); got != "a%20b=%26&c=" {
		t.Error(got)
	}
}
