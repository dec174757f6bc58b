package support

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// The URL is what net/url makes of the same text.
func TestURLIsAsParsed(t *testing.T) {
	for _, server := range []Server{"http://127.0.0.1:1", "https://example.com:/pre%20fix/a%2Fb/", "http://a/b%2F", "http://a/b%2f/", "http://[::1]:8080/x"} {
		for _, path := range []messagePath{{"/a/b", "/a/b"}, {"/a b", "/a%20b"}, {"/a/b", "/a%2Fb"}, {"/ü", "/%C3%BC"}, {"/a'b!(c)", "/a'b!(c)"}} {
			var got *http.Request
			c := wireClientFor(t, string(server), WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
				got = r
				return nil, nil
			})}))
			e := c.core.state.defaults.endpoints[0]
			k := &call{client: c.core.state, op: &opWireLogin, endpoint: e}
			if _, err := k.exchange(context.Background(), new(wire), &signedRequest{path: path, query: "a=1&b=%20", hasBody: true}); !errors.Is(err, errNoResponse) {
				t.Fatal(err)
			}
			want, err := http.NewRequest(http.MethodPost, e.scheme+"://"+e.host+e.path.encoded+path.encoded+"?a=1&b=%20", http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got.URL, want.URL) || got.Host != want.Host || got.ContentLength != 0 || got.Body != http.NoBody || got.Proto != want.Proto {
				t.Errorf("%+v\nwant %+v", got.URL, want.URL)
			}
		}
	}
	if e, _ := newEndpoint(&packageFacts{}, "http://a:"); e.host != "a" {
		t.Error(e.host)
	}
}

// A layer may keep a request: later calls leave it as it is, and its context ends with the attempt.
func TestRequestsCanBeKept(t *testing.T) {
	var kept []*http.Request
	var texts []string
	c := wireClientFor(t, "http://127.0.0.1:1", WithHTTPClient(&http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(`{"ret":0,"msg":""}`)), ContentLength: -1}, nil
	})}), WithMiddleware(func(next http.RoundTripper) http.RoundTripper {
		return roundTrip(func(r *http.Request) (*http.Response, error) {
			r.Header.Set("X-Seen", "yes") // against the rules of net/http, and common
			kept, texts = append(kept, r), append(texts, r.URL.String())
			return next.RoundTrip(r)
		})
	}))
	for n := range 3 {
		req := wireExample()
		req.UserIP = strings.Repeat("1", n+1)
		if _, err := c.login(context.Background(), req, withWireVersion(req.UserIP)); err != nil {
			t.Fatal(err)
		}
	}
	for n, r := range kept {
		body, _ := io.ReadAll(r.Body)
		again, err := r.GetBody()
		if err != nil {
			t.Fatal(err)
		}
		second, _ := io.ReadAll(again)
		if r.URL.String() != texts[n] || !strings.Contains(string(body), `"userip":"`+strings.Repeat("1", n+1)+`"`) || string(second) != string(body) {
			t.Errorf("%s, %s", r.URL, body)
		}
		if r.Context().Err() == nil || len(r.Header) != 2 {
			t.Error(r.Context().Err(), r.Header)
		}
	}
	if len(jsonHeader) != 1 {
		t.Error(jsonHeader)
	}
}

// A transport of the caller's may pass requests on to code of the caller's, which may write to them.
func TestRequestsOfForeignProtocolsCanBeChanged(t *testing.T) {
	transport := new(http.Transport)
	var seen []http.Header
	transport.RegisterProtocol("http", roundTrip(func(r *http.Request) (*http.Response, error) {
		r.Header["Content-Type"][0] += "; charset=utf-8" // against the rules of net/http
		r.Header.Set("Authorization", "of one call")
		seen = append(seen, r.Header.Clone())
		return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(`{"ret":0,"msg":""}`)), ContentLength: -1}, nil
	}))
	for range 2 {
		c := wireClientFor(t, "http://127.0.0.1:1", WithHTTPClient(&http.Client{Transport: transport}))
		if _, err := c.login(context.Background(), wireExample()); err != nil {
			t.Fatal(err)
		}
	}
	if len(jsonHeader) != 1 || jsonType[0] != jsonContent || seen[1].Get("Content-Type") != jsonContent+"; charset=utf-8" {
		t.Error("a shared header was written to", jsonHeader, seen)
	}
}

// What a service learns of a call stays as it is while the handler's memory is used for other calls.
func TestIncomingCallCanBeKept(t *testing.T) {
	var mu sync.Mutex
	kept := map[string]*IncomingCall{}
	requests := map[string]*wireRequest{}
	server := wireServerFor(t, wireService{login: func(ctx context.Context, req *wireRequest) (*wireResponse, error) {
		in, _ := CallFromContext(ctx)
		mu.Lock()
		defer mu.Unlock()
		version, _ := in.Query("version")
		kept[version], requests[version] = in, req
		if version == "panic" {
			panic("a service fails")
		}
		return &wireResponse{Msg: version}, nil
	}})
	c := wireClientFor(t, server.URL, WithRetries(0))
	var all sync.WaitGroup
	for _, version := range []string{"a", "bb", "panic", "ccc", "dddd"} {
		all.Add(1)
		go func() {
			defer all.Done()
			for range 20 {
				req := wireExample()
				req.UserIP = "ip of " + version
				if got, err := c.login(context.Background(), req, withWireVersion(version)); err == nil && got.Msg != version || (err == nil) == (version == "panic") {
					t.Error(got, err)
				}
			}
		}()
	}
	all.Wait()
	for version, in := range kept {
		if got, _ := in.Query("version"); got != version || !strings.Contains(string(in.Body()), `"userip":"ip of `+version+`"`) ||
			requests[version].UserIP != "ip of "+version {
			t.Errorf("%s: %s, %+v", version, in.Body(), requests[version])
		}
	}
}

// What a service learns of a call may get into its log, and so may the context.
func TestIncomingCallIsNotPrinted(t *testing.T) {
	x := newExchange()
	x.handler, x.op, x.body, x.app = &handlerState{}, &opWireLogin, []byte("secret body"), "1007"
	x.request = httptest.NewRequest(http.MethodPost, "/?sig=secret", nil)
	ctx := x.context()
	in, _ := CallFromContext(ctx)
	if string(in.Body()) != "secret body" {
		t.Fatal(in.Body())
	}
	for _, v := range []any{in, *in, ctx, struct{ In *IncomingCall }{in}, []any{ctx}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%q", "%x"} {
			if text := fmt.Sprintf(verb, v); strings.Contains(text, "secret") || !strings.Contains(text, `call of verify_login by app "1007"`) {
				t.Errorf("%s of a %T: %s", verb, v, text)
			}
		}
	}
}

// A request without a body may have none at all, where no server made it.
func TestRequestWithoutBody(t *testing.T) {
	x := newExchange()
	x.handler, x.op, x.method, x.request = &handlerState{}, &operation{method: http.MethodGet}, http.MethodGet, &http.Request{}
	if r := x.limit(); r != nil || len(x.body) != 0 {
		t.Error(r, x.body)
	}
}

// Shared header values are not written to by what stands around a handler.
func TestAnswerHeadersCanBeChanged(t *testing.T) {
	h, err := newWireHandler(wireService{login: func(context.Context, *wireRequest) (*wireResponse, error) { return &wireResponse{}, nil }},
		withWireV3(wireCredentials()), WithClock(fixedClock))
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, "/nowhere", nil)
	r.URL = &url.URL{Path: "/nowhere"}
	h.ServeHTTP(w, r)
	if w.Header().Get("Content-Length") == "" {
		t.Error(w.Header())
	}
	w.Header()["Content-Type"][0] = "text/html"
	w.Header().Add("Content-Type", "text/plain")
	w.Header()["Content-Length"] = append(w.Header()["Content-Length"], "5")
	second := httptest.NewRecorder()
	h.ServeHTTP(second, r)
	if got := second.Header(); got.Get("Content-Type") != "application/json" || len(got["Content-Length"]) != 1 || w.Header().Get("Content-Type") != "text/html" {
		t.Error(got, w.Header())
	}
}
