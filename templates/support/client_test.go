package support

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestClientAgainstServer(t *testing.T) {
	server := wireServerFor(t, wireService{
		login: loginOK,
		send: func(ctx context.Context, req *wirePlainRequest) (*wireResponse, error) {
			in, ok := CallFromContext(ctx)
			if os, found := in.Query("os"); !ok || !found || os != "4" || in.App != "12" || in.Operation != "send_group_msg" {
				t.Errorf("wrong call in the context: %v", in)
			}
			if !strings.Contains(string(in.Body()), wireNested) || in.Header().Get("Content-Type") != "application/json" {
				t.Error("body and header are not those of the request")
			}
			if req.OpenKey != wireToken || req.Inner[1].Token.Or("") != wireNested {
				t.Error("the request did not arrive as it was sent")
			}
			return &wireResponse{Ret: 1}, nil
		},
		groups: func(context.Context, *wirePlainRequest) (*wireTIMResponse, error) {
			return &wireTIMResponse{ActionStatus: "OK"}, nil
		},
	})
	c := wireClientFor(t, server.URL)
	ctx := context.Background()
	if got, err := c.login(ctx, wireExample()); err != nil || got.Msg != "hello F4382318" {
		t.Errorf("login: %v, %v", got, err)
	}
	if got, err := c.send(ctx, wirePlainExample()); err != nil || got.Ret != 1 {
		t.Errorf("send: %v, %v", got, err)
	}
	if got, err := c.groups(ctx, wirePlainExample()); err != nil || got.ActionStatus != "OK" {
		t.Errorf("groups: %v, %v", got, err)
	}
	if got, err := c.ping(ctx); err != nil || got.Name != "pong" {
		t.Errorf("ping: %v, %v", got, err)
	}
	if _, err := c.forget(ctx); err != nil {
		t.Errorf("forget: %v", err)
	}
	withPath := wireClientFor(t, server.URL+"/nowhere/")
	if _, err := withPath.login(ctx, wireExample()); !IsCode(err, -311) {
		t.Errorf("a path that belongs to no operation: %v", err)
	}
}

// TestStatusWord: the word beside the code counts, and a service need not write it.
func TestStatusWord(t *testing.T) {
	reply := new(wireTIMResponse)
	server := wireServerFor(t, wireService{groups: func(context.Context, *wirePlainRequest) (*wireTIMResponse, error) { return reply, nil }})
	c := wireClientFor(t, server.URL)
	got, err := c.groups(context.Background(), wirePlainExample())
	if err != nil || got.ActionStatus != "OK" || reply.ActionStatus != "" {
		t.Errorf("%+v, %v; the service's own response is now %+v", got, err, reply)
	}
	reply.ActionStatus = "FAIL"
	var e *Error
	if got, err = c.groups(context.Background(), wirePlainExample()); got != nil || !errors.As(err, &e) || e.Code != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestClientUnderPrefix(t *testing.T) {
	h, err := newWireHandler(wireService{send: func(context.Context, *wirePlainRequest) (*wireResponse, error) {
		return &wireResponse{}, nil
	}}, withWireV5(wireV5Example()))
	if err != nil {
		t.Fatal(err)
	}
	c := wireClientFor(t, "http://127.0.0.1:1/game%20one/", WithHTTPClient(&http.Client{
		Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			r.RequestURI = r.URL.RequestURI()
			return serveDirectly(http.StripPrefix("/game one", h), r), nil
		}),
	}))
	if _, err := c.send(context.Background(), wirePlainExample()); err != nil {
		t.Errorf("the signature covers the path that was sent: %v", err)
	}
}

// TestClientBytes holds what is sent against values that were written by hand.

func TestClientBytes(t *testing.T) {
	var got *http.Request
	var body string
	server := rawServer(t, func(conn net.Conn, r *http.Request, b string) {
		got, body = r, b
		_, _ = io.WriteString(conn, httpReply("200 OK", `{"ret":0,"msg":""}`))
	})
	c := wireClientFor(t, server, withWireV3(wireV3Credentials{AppID: "100703379", AppKey: NewKey("f92212f75cd8d0000000000000000000")}))
	req := &wireRequest{OpenID: "F4382318AFBBD94F856E8 66043C3472E", OpenKey: "a&b", UserIP: "::1"}
	if _, err := c.login(context.Background(), req, withWireVersion("2.16/ü~"), WithQuery("z", "1+1")); err != nil {
		t.Fatal(err)
	}
	const wantURI = "/auth/verify_login?timestamp=1478745715&appid=100703379&sig=b31b9c6a428cea352e0897fb7a6157c9" +
		"&openid=F4382318AFBBD94F856E8%2066043C3472E&encode=1&version=2.16%2F%C3%BC~&z=1%2B1"
	const wantBody = `{"appid":100703379,"openid":"F4382318AFBBD94F856E8 66043C3472E","openkey":"a&b","userip":"::1","small":0}`
	if got.Method != "POST" || got.RequestURI != wantURI {
		t.Errorf("sent %s %s\nwant POST %s", got.Method, got.RequestURI, wantURI)
	}
	if body != wantBody {
		t.Errorf("sent %s\nwant %s", body, wantBody)
	}
	if got.Header.Get("Accept-Encoding") != "" || got.Header.Get("Content-Type") != "application/json" ||
		got.ContentLength != int64(len(wantBody)) {
		t.Errorf("headers: %v", got.Header)
	}
}

// keylessV3 is a provider that forgot the keys. As a value such credentials fail at construction.
func keylessV3(_ context.Context, app App) (wireV3Credentials, error) {
	return wireV3Credentials{AppID: app}, nil
}

type refusedCall struct {
	name string
	call func() error
	want error
}

// refusedCalls are calls that must fail before anything is sent; count is an option that notices sending.
func refusedCalls(t *testing.T, full *wireClient, count ClientOption) []refusedCall {
	ctx := context.Background()
	onlyTIM, err := newWireClient(WithServer("http://127.0.0.1:1"), withWireTIM(wireTIMExample()), count)
	if err != nil {
		t.Fatal(err)
	}
	noKey, err := newWireClient(WithServer("http://127.0.0.1:1"), withWireV3Provider(keylessV3), count)
	if err != nil {
		t.Fatal(err)
	}
	badApp := wireClientFor(t, "http://127.0.0.1:1", count, withWireV3(wireV3Credentials{AppID: "wx1", MSDKKey: NewKey(wireKey)}))
	otherServer, err := newWireClient(WithServer(serverWireTest), withWireV3(wireCredentials()), withWireV5(wireV5Example()), count)
	if err != nil {
		t.Fatal(err)
	}
	failing, err := newWireClient(WithServer("http://127.0.0.1:1"), count,
		withWireV3Provider(func(_ context.Context, app App) (wireV3Credentials, error) {
			if app == "other" {
				return wireCredentials(), nil
			}
			return wireV3Credentials{}, io.ErrClosedPipe
		}))
	if err != nil {
		t.Fatal(err)
	}
	noRandom := wireClientFor(t, "http://127.0.0.1:1", count, WithRandom(strings.NewReader("")))
	var nothing wireClient
	return []refusedCall{
		{"empty required field", func() error { _, err := full.login(ctx, &wireRequest{OpenKey: "x", UserIP: "x"}); return err }, ErrValidation},
		{"empty expected field", func() error { _, err := full.login(ctx, &wireRequest{OpenID: "x", OpenKey: "x"}); return err }, ErrValidation},
		{"nil request", func() error { _, err := full.login(ctx, nil); return err }, ErrConfig},
		{"nil option", func() error { _, err := full.login(ctx, wireExample(), nil); return err }, ErrConfig},
		{"scheme without credentials", func() error { _, err := onlyTIM.login(ctx, wireExample()); return err }, ErrConfig},
		{"no key", func() error { _, err := noKey.login(ctx, wireExample()); return err }, ErrConfig},
		{"chosen key not configured", func() error { _, err := full.login(ctx, wireExample(), WithQuery("encode", "1")); return err }, ErrConfig},
		{"chosen key unknown", func() error { _, err := full.login(ctx, wireExample(), WithQuery("encode", "7")); return err }, ErrConfig},
		{"unknown app", func() error { _, err := full.login(ctx, wireExample(), WithApp("wx9")); return err }, ErrConfig},
		{"app is no integer", func() error { _, err := badApp.login(ctx, wireExample(), WithApp("wx1")); return err }, ErrConfig},
		{"signature by option", func() error { _, err := full.login(ctx, wireExample(), WithQuery("sig", "x")); return err }, ErrConfig},
		{"bad server of the call", func() error { _, err := full.login(ctx, wireExample(), WithServer("ftp://x")); return err }, ErrConfig},
		{"server of another scheme", func() error { _, err := otherServer.send(ctx, wirePlainExample()); return err }, ErrConfig},
		{"bad time limit", func() error { _, err := full.login(ctx, wireExample(), WithTimeLimit(0)); return err }, ErrConfig},
		{"provider fails", func() error { _, err := failing.login(ctx, wireExample()); return err }, ErrSignature},
		{"provider's own error", func() error { _, err := failing.login(ctx, wireExample()); return err }, io.ErrClosedPipe},
		{"provider answers for another app", func() error { _, err := failing.login(ctx, wireExample(), WithApp("other")); return err }, ErrConfig},
		{"no random numbers", func() error { _, err := noRandom.groups(ctx, wirePlainExample()); return err }, ErrConfig},
		{"client not constructed", func() error { _, err := nothing.login(ctx, wireExample()); return err }, ErrConfig},
	}
}

func TestClientRefusesBeforeSending(t *testing.T) {
	sent := 0
	count := WithMiddleware(func(http.RoundTripper) http.RoundTripper {
		return roundTrip(func(*http.Request) (*http.Response, error) { sent++; return nil, errors.New("sent") })
	})
	full := wireClientFor(t, "http://127.0.0.1:1", count)
	for _, test := range refusedCalls(t, full, count) {
		t.Run(test.name, func(t *testing.T) {
			err := test.call()
			if !errors.Is(err, test.want) {
				t.Fatalf("got %v, want %v", err, test.want)
			}
			if text := err.Error(); !strings.HasPrefix(text, "verify_login: ") && !strings.HasPrefix(text, "send_group_msg: ") &&
				!strings.HasPrefix(text, "get_group_info: ") {
				t.Errorf("the text does not name the operation: %s", text)
			}
			wireLeaks(t, "error", err, wireSecrets()...)
		})
	}
	if sent != 0 {
		t.Errorf("%d requests were sent", sent)
	}
	if _, err := full.login(context.Background(), &wireRequest{OpenID: "x", OpenKey: "x"}, WithoutExpectedCheck()); !errors.Is(err, ErrTransport) {
		t.Errorf("without the expected check the call goes out: %v", err)
	}
}

func TestNewClientMistakes(t *testing.T) {
	key := withWireV3(wireCredentials())
	provider := withWireV3Provider(func(context.Context, App) (wireV3Credentials, error) { return wireCredentials(), nil })
	tests := map[string]struct {
		opts []ClientOption
		want string
	}{
		"no server":            {[]ClientOption{key}, "no server"},
		"no credentials":       {[]ClientOption{WithServer("http://x")}, "no credentials"},
		"no scheme in URL":     {[]ClientOption{key, WithServer("host/path")}, "http://"},
		"no host":              {[]ClientOption{key, WithServer("http:///path")}, "no host"},
		"only a port":          {[]ClientOption{key, WithServer("http://:80")}, "no host"},
		"query":                {[]ClientOption{key, WithServer("http://x?a=" + wireKey)}, "query"},
		"empty query":          {[]ClientOption{key, WithServer("http://x?")}, "query"},
		"fragment":             {[]ClientOption{key, WithServer("http://x#")}, "fragment"},
		"password":             {[]ClientOption{key, WithServer("http://u:" + wireKey + "@x")}, "password"},
		"malformed":            {[]ClientOption{key, WithServer("http://[" + wireKey)}, "malformed"},
		"nil option":           {[]ClientOption{key, WithServer("http://x"), nil}, "nil"},
		"nil HTTP client":      {[]ClientOption{key, WithServer("http://x"), WithHTTPClient(nil)}, "nil"},
		"nil middleware":       {[]ClientOption{key, WithServer("http://x"), WithMiddleware(nil)}, "nil"},
		"middleware gives nil": {[]ClientOption{key, WithServer("http://x"), WithMiddleware(func(http.RoundTripper) http.RoundTripper { return nil })}, "nil"},
		"nil interceptor":      {[]ClientOption{key, WithServer("http://x"), WithInterceptor(nil)}, "nil"},
		"nil random":           {[]ClientOption{key, WithServer("http://x"), WithRandom(nil)}, "nil"},
		"retries":              {[]ClientOption{key, WithServer("http://x"), WithRetries(-1)}, "retries"},
		"body size":            {[]ClientOption{key, WithServer("http://x"), WithMaxBodySize(0)}, "size"},
		"depth":                {[]ClientOption{key, WithServer("http://x"), WithMaxDepth(0)}, "depth"},
		"credentials, no app":  {[]ClientOption{WithServer("http://x"), withWireV3(wireV3Credentials{})}, "name no app"},
		"both":                 {[]ClientOption{WithServer("http://x"), key, provider}, "both"},
		"both, reversed":       {[]ClientOption{WithServer("http://x"), provider, key}, "both"},
		"app of nobody":        {[]ClientOption{WithServer("http://x"), key, WithApp("other")}, "WithApp"},
		"nil provider":         {[]ClientOption{WithServer("http://x"), withWireV3Provider(nil)}, "nil"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, err := newWireClient(test.opts...)
			if c != nil || !errors.Is(err, ErrConfig) || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("got %v, want a text with %q", err, test.want)
			}
			wireLeaks(t, "error", err, wireSecrets()...)
		})
	}
	_, err := newWireClient(WithRetries(99))
	for _, part := range []string{"retries", "no server", "no credentials"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("all mistakes are reported together, %q is missing: %v", part, err)
		}
	}
}

func TestServerForScheme(t *testing.T) {
	var hosts []string
	c, err := newWireClient(WithServer(serverWireTest), WithServer("http://127.0.0.1:7"), withWireV3(wireCredentials()), withWireV5(wireV5Example()),
		WithMiddleware(func(http.RoundTripper) http.RoundTripper {
			return roundTrip(func(r *http.Request) (*http.Response, error) {
				hosts = append(hosts, r.URL.Host)
				return serveDirectly(http.NotFoundHandler(), r), nil
			})
		}))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = c.login(context.Background(), wireExample())
	_, _ = c.send(context.Background(), wirePlainExample())
	_, _ = c.send(context.Background(), wirePlainExample(), WithServer("http://127.0.0.1:5"))
	_, _ = c.send(context.Background(), wirePlainExample(), WithServer("http://127.0.0.1:5"), WithServer(serverWireTest))
	_, _ = c.send(context.Background(), wirePlainExample(), WithServer(serverWireTest))
	if !slices.Equal(hosts, []string{"127.0.0.1:9", "127.0.0.1:7", "127.0.0.1:5", "127.0.0.1:5", "127.0.0.1:7"}) {
		t.Errorf("sent to %v", hosts)
	}
}

func TestApps(t *testing.T) {
	var queries []url.Values
	record := WithMiddleware(func(http.RoundTripper) http.RoundTripper {
		return roundTrip(func(r *http.Request) (*http.Response, error) {
			queries = append(queries, r.URL.Query())
			return serveDirectly(http.NotFoundHandler(), r), nil
		})
	})
	c := wireClientFor(t, "http://127.0.0.1:1", record, withWireV3(wireV3Credentials{AppID: "22", MSDKKey: NewKey("two")}))
	_, _ = c.login(context.Background(), wireExample())
	_, _ = c.login(context.Background(), wireExample(), WithApp("22"))
	if len(queries) != 2 || queries[0].Get("appid") != "100703379" || queries[1].Get("appid") != "22" ||
		queries[0].Get("sig") == queries[1].Get("sig") {
		t.Errorf("sent %v", queries)
	}
	of22 := wireClientFor(t, "http://127.0.0.1:1", record, WithApp("22"), withWireV3(wireV3Credentials{AppID: "22", MSDKKey: NewKey("two")}))
	_, _ = of22.login(context.Background(), wireExample())
	_, _ = of22.send(context.Background(), wirePlainExample())
	if _, err := of22.send(context.Background(), wirePlainExample(), WithApp("22")); !errors.Is(err, ErrConfig) || len(queries) != 4 ||
		queries[2].Get("appid") != "22" || queries[3].Get("gameid") != "12" {
		t.Errorf("an app of the client's: %v, sent %v", err, queries)
	}
}

// TestOptionsOfCalls: what one call adds to the client's options, another call does not see.

func TestOptionsOfCalls(t *testing.T) {
	c := wireClientFor(t, "http://127.0.0.1:1", withWireVersion("1"), withWireVersion("2"), withWireVersion("3"))
	defaults := &c.core.state.defaults
	if cap(defaults.parameters) == len(defaults.parameters) {
		t.Fatal("the test needs a slice with room behind it")
	}
	one, two := *defaults, *defaults
	one.with([]CallOption{withWireVersion("4"), WithRetries(5)})
	two.with([]CallOption{withWireVersion("5")})
	if one.parameters[3].value != "4" || two.parameters[3].value != "5" || two.retries != defaultRetries || len(defaults.parameters) != 3 {
		t.Errorf("%v %v %v", one, two, defaults)
	}
}

// manualLimit is a context whose time limit the test lets pass.

func TestPlatformCode(t *testing.T) {
	server := wireServerFor(t, wireService{login: func(context.Context, *wireRequest) (*wireResponse, error) {
		return nil, &Error{Code: -10000, PlatformCode: -73, Message: "no such openid, " + wireToken}
	}})
	_, err := wireClientFor(t, server.URL).login(context.Background(), wireExample())
	var e *Error
	if !errors.As(err, &e) || e.Platform != "qq" || e.PlatformCode != -73 || e.Message != "no such openid, ***" || e.HTTPStatus != 200 {
		t.Errorf("got %#v", err)
	}
	if !errors.Is(err, &Error{Code: -10000, PlatformCode: -73}) || errors.Is(err, &Error{Code: -10000, PlatformCode: -1}) {
		t.Error("errors.Is compares the codes")
	}
	for message, want := range map[string]Code{"-73,x": -73, " 5 , x": 5, "text": 0, "": 0, "7": 7, "a,b": 0} {
		if code, _ := splitPlatform(message); code != want {
			t.Errorf("%q: %d, want %d", message, code, want)
		}
	}
}

func TestRawResponse(t *testing.T) {
	server := rawServer(t, func(conn net.Conn, _ *http.Request, _ string) {
		_, _ = io.WriteString(conn, httpReply("200 OK", `{"ret":-502,"msg":"`+wireKey+`"}`))
	})
	var raw RawResponse
	_, err := wireClientFor(t, server).login(context.Background(), wireExample(), WithRawResponse(&raw))
	if !IsCode(err, -502) || raw.Status != 200 || !strings.Contains(string(raw.Body), wireKey) || raw.Header.Get("Content-Length") == "" {
		t.Errorf("got %v, %v", err, raw)
	}
	if s := raw; strings.Contains(strings.Join([]string{s.Header.Get("X")}, ""), wireKey) {
		t.Error("unexpected header")
	}
}

func TestUserHTTPClient(t *testing.T) {
	own := &http.Client{Timeout: time.Minute}
	c := wireClientFor(t, "http://127.0.0.1:1", WithHTTPClient(own))
	if own.CheckRedirect != nil || own.Transport != nil {
		t.Error("the caller's client was changed")
	}
	if c.core.state.http.Timeout != time.Minute || c.core.state.http.CheckRedirect == nil {
		t.Error("the copy lacks the caller's settings, or ours")
	}
	var order []string
	layer := func(name string) ClientOption {
		return WithMiddleware(func(next http.RoundTripper) http.RoundTripper {
			return roundTrip(func(r *http.Request) (*http.Response, error) {
				order = append(order, name)
				return next.RoundTrip(r)
			})
		})
	}
	c = wireClientFor(t, "http://127.0.0.1:1", layer("outer"), layer("inner"), WithHTTPClient(&http.Client{
		Transport: roundTrip(func(r *http.Request) (*http.Response, error) { return serveDirectly(http.NotFoundHandler(), r), nil }),
	}))
	_, _ = c.login(context.Background(), wireExample())
	if !slices.Equal(order, []string{"outer", "inner"}) {
		t.Errorf("order %v", order)
	}
}

func TestDefaultTransport(t *testing.T) {
	tr, ok := wireClientFor(t, "http://127.0.0.1:1").core.state.http.Transport.(*http.Transport)
	if !ok || !tr.DisableCompression || tr.MaxIdleConnsPerHost < 100 || tr.Proxy == nil || tr.TLSClientConfig != nil || tr.MaxResponseHeaderBytes == 0 {
		t.Error("the default transport is not as documented")
	}
	if tr == http.DefaultTransport {
		t.Error("the default transport is shared")
	}
}

// roundTrip is a function as a transport.

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
