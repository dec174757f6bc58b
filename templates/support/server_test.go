package support

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The request line of a genuine call, written by hand: key 0123456789abcdef0123456789abcdef, time 1381288134, a digest from a public

// example.

const (
	handKey   = "0123456789abcdef0123456789abcdef"
	handQuery = "timestamp=1381288134&appid=100703379&sig=a40e358132d0e9457e89bf30684b6e6b&openid=F438%2066&encode=2"
	handBody  = `{"appid":100703379,"openid":"F438 66","openkey":"` + wireNested + `","userip":"10.0.0.1"}`
)

func handHandler(t testing.TB, s wireService, opts ...HandlerOption) http.Handler {
	t.Helper()
	if s.login == nil {
		s.login = loginOK
	}
	h, err := newWireHandler(s, append([]HandlerOption{
		withWireV3(wireV3Credentials{AppID: "100703379", MSDKKey: NewKey(handKey).WithPrevious(wirePrevious)}), withWireV5(wireV5Example()),
		withWireTIM(wireTIMExample()),
		WithClock(func() time.Time { return time.Unix(1381288134, 0) }),
	}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// hand is a request that can be changed before it is sent.

type hand struct {
	method, path, query, body, contentType string
}

func handRequest() hand {
	return hand{"POST", "/auth/verify_login", handQuery, handBody, "application/json"}
}

func (r hand) do(h http.Handler) (status int, body string) {
	req := httptest.NewRequest(r.method, r.path+"?"+r.query, strings.NewReader(r.body))
	if r.contentType != "" {
		req.Header.Set("Content-Type", r.contentType)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w.Code, w.Body.String()
}

func TestKeyRotation(t *testing.T) {
	client := func(key Key) *wireClient {
		server := wireServerFor(t, wireService{login: loginOK})
		return wireClientFor(t, server.URL, withWireV3(wireV3Credentials{AppID: "100703379", MSDKKey: key}))
	}
	for name, test := range map[string]struct {
		key  Key
		good bool
	}{
		"current":                 {NewKey(wireKey), true},
		"previous":                {NewKey(wirePrevious), true},
		"other":                   {NewKey("other"), false},
		"signs with current only": {NewKey("other").WithPrevious(wireKey), false},
	} {
		_, err := client(test.key).login(context.Background(), wireExample())
		if test.good != (err == nil) || !test.good && !IsCode(err, -502) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestEmptyKey: what anybody could sign is never genuine.
func TestEmptyKey(t *testing.T) {
	if h, err := newWireHandler(wireService{login: loginOK}, withWireV3(wireV3Credentials{AppID: "100703379"})); h != nil || !errors.Is(err, ErrConfig) {
		t.Errorf("credentials without a key: %v", err)
	}
	h, err := newWireHandler(wireService{login: loginOK}, withWireV3Provider(keylessV3))
	if err != nil {
		t.Fatal(err)
	}
	r := handRequest()
	m := &message{parameters: []pair{{"timestamp", "1381288134"}}}
	r.query = strings.Replace(r.query, "a40e358132d0e9457e89bf30684b6e6b", signedText(&schemeWireV3, m, ""), 1)
	if _, body := r.do(h); !strings.Contains(body, `"ret":-502`) {
		t.Errorf("answered %s", body)
	}
}

func TestTimeWindow(t *testing.T) {
	for offset, want := range map[time.Duration]string{
		0: `"ret":0,`, time.Minute: `"ret":0,`, -time.Minute: `"ret":0,`, time.Minute + time.Second: "-502", -61 * time.Second: "-502",
	} {
		var last TraceEvent
		h := handHandler(t, wireService{}, WithTimeWindow(time.Minute),
			WithClock(func() time.Time { return time.Unix(1381288134, 0).Add(offset) }),
			WithTrace(func(_ context.Context, e TraceEvent) { last = e }))
		if _, body := handRequest().do(h); !strings.Contains(body, want) {
			t.Errorf("%v: %s", offset, body)
		}
		if want == "-502" && last.Failure != "expired" {
			t.Errorf("%v: traced as %q", offset, last.Failure)
		}
	}
	v := schemeWireV3.inWindow(&message{parameters: []pair{{"timestamp", "1381288134000"}}}, time.Unix(1381288134, 0), time.Hour)
	if v.failure != failExpired || !strings.Contains(v.reason, "milliseconds") {
		t.Errorf("got %v", v)
	}
	if _, err := newWireHandler(wireService{}, withWireTIM(wireTIMExample()), WithTimeWindow(time.Minute)); !errors.Is(err, ErrConfig) {
		t.Errorf("a window without a time: %v", err)
	}
}

func TestHandlerMistakes(t *testing.T) {
	for name, opt := range map[string]HandlerOption{
		"nil": nil, "window": WithTimeWindow(0), "trace": WithTrace(nil), "counter": WithLeniencyCounter(nil),
		"leniency": WithoutLeniency(99), "size": WithMaxBodySize(-1), "no app": withWireV3(wireV3Credentials{}),
	} {
		if h, err := newWireHandler(wireService{}, opt); h != nil || !errors.Is(err, ErrConfig) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if h, err := newWireHandler(wireService{login: loginOK}); h != nil || !errors.Is(err, ErrConfig) {
		t.Errorf("a handler without credentials: %v", err)
	}
	// One of several schemes may be missing; its operations refuse.
	h, err := newWireHandler(wireService{login: loginOK}, withWireV5(wireV5Credentials{GameID: "12", SigKey: NewKey("k")}))
	if err != nil {
		t.Fatal(err)
	}
	if _, body := handRequest().do(h); !strings.Contains(body, `"ret":-801`) {
		t.Errorf("a handler without the credentials of a scheme must refuse: %s", body)
	}
}

func TestProviderOnServer(t *testing.T) {
	for name, test := range map[string]struct {
		c    wireV3Credentials
		err  error
		want string
	}{
		"found":     {wireV3Credentials{AppID: "100703379", MSDKKey: NewKey(handKey)}, nil, `"ret":0,`},
		"not found": {wireV3Credentials{}, nil, `"ret":-303`},
		"other app": {wireV3Credentials{AppID: "22", MSDKKey: NewKey(handKey)}, nil, `"ret":-303`},
		"fails":     {wireV3Credentials{}, errors.New("vault: " + handKey), `"ret":-801`},
	} {
		var asked App
		h, err := newWireHandler(wireService{login: loginOK}, withWireV3Provider(func(_ context.Context, app App) (wireV3Credentials, error) {
			asked = app
			return test.c, test.err
		}))
		if err != nil {
			t.Fatal(err)
		}
		_, body := handRequest().do(h)
		if !strings.Contains(body, test.want) || asked != "100703379" {
			t.Errorf("%s: %s, asked for %q", name, body, asked)
		}
		searchSecret(t, name, body, []string{handKey})
	}
}

func TestHandlerOutcomes(t *testing.T) {
	tests := map[string]struct {
		call func(context.Context, *wireRequest) (*wireResponse, error)
		want string
	}{
		"code": {func(context.Context, *wireRequest) (*wireResponse, error) {
			return nil, &Error{Code: -5, Message: "five"}
		}, `{"msg":"five","ret":-5}`},
		"code, known": {func(context.Context, *wireRequest) (*wireResponse, error) { return nil, &Error{Code: -502} }, `{"msg":"The signature is wrong.","ret":-502}`},
		"wrapped": {func(context.Context, *wireRequest) (*wireResponse, error) {
			return nil, fmt.Errorf("%s: %w", wireKey, &Error{Code: -5, Message: "five"})
		}, `{"msg":"five","ret":-5}`},
		"successful code": {func(context.Context, *wireRequest) (*wireResponse, error) { return nil, &Error{Code: 0} }, `"ret":-801`},
		"other error": {func(_ context.Context, r *wireRequest) (*wireResponse, error) {
			return nil, errors.New("bad " + string(r.OpenKey) + handKey)
		}, `{"msg":"internal error","ret":-801}`},
		"nothing":       {func(context.Context, *wireRequest) (*wireResponse, error) { return nil, nil }, `"ret":-801`},
		"unimplemented": {func(context.Context, *wireRequest) (*wireResponse, error) { return nil, ErrUnimplemented }, `"ret":-311`},
		"panic": {func(_ context.Context, r *wireRequest) (*wireResponse, error) {
			panic("token " + string(r.OpenKey) + " key " + handKey + " sig a40e358132d0e9457e89bf30684b6e6b")
		}, `{"msg":"internal error","ret":-801}`},
		"panic with error": {func(_ context.Context, r *wireRequest) (*wireResponse, error) { panic(structError{string(r.OpenKey)}) }, `"ret":-801`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var log logBuffer
			var last TraceEvent
			h := handHandler(t, wireService{login: test.call}, WithLogger(log.logger()), WithTrace(func(_ context.Context, e TraceEvent) { last = e }))
			status, body := handRequest().do(h)
			if status != 200 || !strings.Contains(body, test.want) {
				t.Errorf("answered %d %s, want %s", status, body, test.want)
			}
			secrets := append(wireSecrets(), handKey, "a40e358132d0e9457e89bf30684b6e6b")
			searchSecret(t, "answer", body, secrets)
			searchSecret(t, "log", log.String(), secrets)
			wireLeaks(t, "event", last, secrets...)
			if strings.HasPrefix(name, "panic") && (!strings.Contains(log.String(), "server_test.go") || !strings.Contains(log.String(), "***")) {
				t.Errorf("the log lacks the stack or the masked value: %s", log.String())
			}
		})
	}
}

func TestAbortHandler(t *testing.T) {
	for _, v := range []any{http.ErrAbortHandler, fmt.Errorf("x: %w", http.ErrAbortHandler)} {
		h := handHandler(t, wireService{login: func(context.Context, *wireRequest) (*wireResponse, error) { panic(v) }})
		func() {
			defer func() {
				if got := recover(); got != http.ErrAbortHandler {
					t.Errorf("recovered %v", got)
				}
			}()
			handRequest().do(h)
		}()
	}
}

// TestPanicBehindTheAnswer: what the owner's trace function throws when the answer is out breaks the connection off.
func TestPanicBehindTheAnswer(t *testing.T) {
	h := handHandler(t, wireService{}, WithTrace(func(_ context.Context, e TraceEvent) {
		if e.Step == StepEncode {
			panic("trace")
		}
	}))
	defer func() {
		if got := recover(); got != http.ErrAbortHandler {
			t.Errorf("recovered %v", got)
		}
	}()
	handRequest().do(h)
}

func TestLeniency(t *testing.T) {
	departures := map[Leniency]func(*hand){
		LeniencyTrailingSlash: func(r *hand) { r.path += "/" },
		LeniencyContentType:   func(r *hand) { r.contentType = "text/plain" },
		LeniencyTextForInt:    func(r *hand) { r.body = `{"openid":"a","openkey":"b","small":"5"}` },
	}
	for kind, change := range departures {
		r := handRequest()
		change(&r)
		var counter LeniencyCounter
		var steps []string
		h := handHandler(t, wireService{}, WithLeniencyCounter(&counter), WithTrace(func(_ context.Context, e TraceEvent) { steps = append(steps, e.Leniency) }))
		if _, body := r.do(h); !strings.Contains(body, `"ret":0,`) || counter.Count(kind) != 1 || !slices.Contains(steps, kind.String()) {
			t.Errorf("%v: %s, counted %d, traced %v", kind, body, counter.Count(kind), steps)
		}
		for other := Leniency(0); other < allLeniencies; other++ {
			if other != kind && counter.Count(other) != 0 {
				t.Errorf("%v counted as %v", kind, other)
			}
		}
		for _, opt := range []HandlerOption{WithoutLeniency(), WithoutLeniency(kind)} {
			if _, body := r.do(handHandler(t, wireService{}, opt)); strings.Contains(body, `"ret":0,`) {
				t.Errorf("%v was taken although it is off: %s", kind, body)
			}
		}
		if _, body := r.do(handHandler(t, wireService{}, WithoutLeniency((kind+1)%allLeniencies))); !strings.Contains(body, `"ret":0,`) {
			t.Errorf("%v was refused although another kind is off: %s", kind, body)
		}
	}
	if (new(LeniencyCounter)).Count(200) != 0 || Leniency(200).String() != "Leniency(200)" {
		t.Error("unknown kinds")
	}
}

// TestDeclaredSlash: a slash at the end of a path is none of the leniencies where the document has it.
func TestDeclaredSlash(t *testing.T) {
	var counter LeniencyCounter
	for _, opts := range [][]HandlerOption{{WithLeniencyCounter(&counter)}, {WithoutLeniency()}} {
		h := handHandler(t, wireService{}, opts...)
		for _, path := range []string{"/forget/", "/forget"} {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest("DELETE", path+"?count=5", nil))
			if w.Code != http.StatusNoContent {
				t.Errorf("%s: HTTP status %d", path, w.Code)
			}
		}
	}
	if n := counter.Count(LeniencyTrailingSlash); n != 0 {
		t.Errorf("%d leniencies", n)
	}
}

func TestVariants(t *testing.T) {
	h := handHandler(t, wireService{send: func(context.Context, *wirePlainRequest) (*wireResponse, error) { return &wireResponse{}, nil }})
	signed := func(channel string) string {
		m := &message{own: messagePath{decoded: "/v2/group/send_group_msg"}, body: []byte(handBody), parameters: []pair{{"gameid", "12"}, {"os", "4"}, {"ts", "5"}}}
		if channel != "" {
			m.parameters = append(m.parameters, pair{"channelid", channel})
		}
		return string(appendQuery(nil, append(m.parameters, pair{"sig", signedText(&schemeWireV5, m, wireKey)})))
	}
	for query, want := range map[string]string{
		signed("2"):       `"ret":0,`,
		signed("9"):       "-505",
		signed(""):        "-506",
		"channelid=9":     "-506", // gameid comes first in the table
		signed("9") + "0": "-502", // a wrong signature is told before anything about the variant
	} {
		r := hand{"POST", "/v2/group/send_group_msg", query, handBody, ""}
		if _, body := r.do(h); !strings.Contains(body, want) {
			t.Errorf("%s: %s, want %s", query, body, want)
		}
	}
}

func TestStatusAlone(t *testing.T) {
	h := handHandler(t, wireService{})
	if status, body := (hand{method: "GET", path: "/ping"}).do(h); status != 200 || body != `{"name":"pong"}` {
		t.Errorf("%d %s", status, body)
	}
	for query, want := range map[string]int{"count=5": 204, "count=": 404, "count=x": 400, "count=999": 400, "": 404} {
		if status, body := (hand{method: "DELETE", path: "/forget", query: query}).do(h); status != want || (status == 204) != (body == "") {
			t.Errorf("%s: %d %s", query, status, body)
		}
	}
	if status, body := (hand{method: "POST", path: "/ping"}).do(h); status != 404 || body != `{"error":"no such operation"}` {
		t.Errorf("%d %s", status, body)
	}
	c := wireClientFor(t, "http://127.0.0.1:1", WithMiddleware(func(http.RoundTripper) http.RoundTripper {
		return roundTrip(func(r *http.Request) (*http.Response, error) { return serveDirectly(http.NotFoundHandler(), r), nil })
	}))
	if _, err := c.ping(context.Background()); !errors.Is(err, ErrTransport) || !strings.Contains(err.Error(), "404") {
		t.Errorf("got %v", err)
	}
}

// TestFailureCode: whatever the document forgot, a refusal never looks like a success.

func TestKinds(t *testing.T) {
	for _, test := range []struct {
		p     parameter
		value string
		want  bool
	}{
		{parameter{kind: paramInt}, "0", true}, {parameter{kind: paramInt}, "-1", true}, {parameter{kind: paramInt}, "18446744073709551615", true},
		{parameter{kind: paramInt}, "18446744073709551616", false}, {parameter{kind: paramInt}, "+1", false}, {parameter{kind: paramInt}, "1.0", false},
		{parameter{kind: paramInt}, "1_0", false}, {parameter{kind: paramInt}, "-", false}, {parameter{kind: paramInt}, " 1", false},
		{parameter{kind: paramInt, bits: 32}, "4294967295", true}, {parameter{kind: paramInt, bits: 32}, "4294967296", false},
		{parameter{kind: paramFloat}, "1.5e3", true}, {parameter{kind: paramFloat}, "NaN", false}, {parameter{kind: paramFloat}, "0x1p2", false},
		{parameter{kind: paramFloat}, "Inf", false}, {parameter{kind: paramBool}, "true", true}, {parameter{kind: paramBool}, "1", false},
		{parameter{kind: paramText}, "ü", true}, {parameter{kind: paramText}, "\xc3", false},
	} {
		if got := test.p.hasKind(test.value); got != test.want {
			t.Errorf("kind %d, %q: %t", test.p.kind, test.value, got)
		}
	}
}

// FuzzExchange: no request makes the server panic, and every answer is JSON of bounded size.

func FuzzExchange(f *testing.F) {
	f.Add("POST", "/auth/verify_login", handQuery, handBody)
	f.Add("GET", "/v2/group/send_group_msg/", "channelid=2;", "{")
	f.Add("POST", "/v4/group_open_http_svc/get_group_info", "sdkappid=1400000000&identifier=admin&usersig=eJy&random=1&contenttype=json", "{}")
	h := handHandler(f, wireService{})
	f.Fuzz(func(t *testing.T, method, path, query, body string) {
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Method, r.URL.Path, r.URL.RawQuery, r.RequestURI = method, path, query, path+"?"+query
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Body.Len() > 4096+len(body)+len(query) || w.Body.Len() < 2 || w.Header().Get("Content-Length") != strconv.Itoa(w.Body.Len()) {
			t.Errorf("answered %d bytes", w.Body.Len())
		}
	})
}
