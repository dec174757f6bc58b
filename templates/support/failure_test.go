package support

// Everything that can come back over the network, with the call's secrets in it wherever a server can put them: each must become a
// typed error that names the operation, is bounded, and shows none of them.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
)

// echo is all that a malicious or careless server knows: the URL with the signature, and the body with the tokens.
func echo(r *http.Request, body string) string {
	return r.RequestURI + " " + body + " " + wireKey + " " + strings.ToUpper(r.URL.Query().Get("sig")) + " " + wireToken + " " + wirePrevious +
		" shortened: " + wireToken[:16] + "..."
}

func clientFailures() map[string]struct {
	reply  func(echoed string) string
	want   error
	status int
} {
	type failure = struct {
		reply  func(echoed string) string
		want   error
		status int
	}
	ok := func(body string) func(string) string { return func(string) string { return httpReply("200 OK", body) } }
	return map[string]failure{
		"not JSON":            {func(e string) string { return httpReply("200 OK", e) }, ErrDecode, 0},
		"HTML":                {func(e string) string { return httpReply("200 OK", "<html>"+e) }, ErrDecode, 0},
		"wrong type":          {ok(`{"ret":"0","msg":""}`), ErrDecode, 0},
		"wrong type echoed":   {func(e string) string { return httpReply("200 OK", fmt.Sprintf(`{"ret":0,"msg":[%q]}`, e)) }, ErrDecode, 0},
		"echo as a name":      {func(e string) string { return httpReply("200 OK", fmt.Sprintf(`{"ret":0,%q:tru}`, e)) }, ErrDecode, 0},
		"list":                {ok(`[]`), ErrDecode, 0},
		"null":                {ok(`null`), ErrDecode, 0},
		"no code":             {ok(`{"msg":""}`), ErrDecode, 0},
		"required missing":    {ok(`{"ret":0}`), ErrDecode, 0},
		"another success":     {ok(`{"ret":2}`), ErrDecode, 0},
		"trailing text":       {func(e string) string { return httpReply("200 OK", `{"ret":0,"msg":""}`+e) }, ErrDecode, 0},
		"repeated member":     {ok(`{"ret":-1,"ret":0,"msg":""}`), ErrDecode, 0},
		"nesting":             {ok(`{"ret":0,"msg":"","x":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `}`), ErrDecode, 0},
		"invalid UTF-8":       {ok("{\"ret\":0,\"msg\":\"\xff\xfe\"}"), ErrDecode, 0},
		"empty":               {ok(""), ErrDecode, 200},
		"white space":         {ok(" \r\n"), ErrDecode, 200},
		"204":                 {func(string) string { return "HTTP/1.1 204 No Content\r\n\r\n" }, ErrDecode, 204},
		"10 MB":               {ok(strings.Repeat("garbage ", 10<<17)), ErrDecode, 200},
		"10 MB, no length":    {func(string) string { return "HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("garbage ", 10<<17) }, ErrDecode, 200},
		"10 MB of 500":        {func(string) string { return httpReply("500 No", strings.Repeat("garbage ", 10<<17)) }, ErrTransport, 500},
		"huge length claimed": {func(string) string { return "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n{}" }, ErrDecode, 200},
		"false length":        {func(string) string { return "HTTP/1.1 200 OK\r\nContent-Length: 8000000\r\n\r\n{\"ret\":0}" }, ErrTransport, 200},
		"truncated":           {func(string) string { return "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"ret\":0," }, ErrTransport, 200},
		"truncated chunk":     {func(string) string { return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"r" }, ErrTransport, 200},
		"bad chunk":           {func(e string) string { return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + e + "\r\n" }, ErrTransport, 200},
		"502 HTML":            {func(e string) string { return httpReply("502 "+e, "<html>"+e) }, ErrTransport, 502},
		"404":                 {func(e string) string { return httpReply("404 "+e, e) }, ErrTransport, 404},
		"500 with success":    {func(string) string { return httpReply("500 x", `{"ret":0,"msg":""}`) }, ErrTransport, 500},
		"201 with success":    {func(string) string { return httpReply("201 x", `{"ret":0,"msg":""}`) }, ErrTransport, 201},
		"redirect": {func(e string) string {
			return "HTTP/1.1 307 " + e + "\r\nLocation: http://127.0.0.1:1/" + wireTicket + "\r\nContent-Length: 0\r\n\r\n"
		}, ErrTransport, 307},
		"redirect, bad place": {func(string) string {
			return "HTTP/1.1 302 x\r\nLocation: http://[" + wireTicket + "\r\nContent-Length: 0\r\n\r\n"
		}, ErrTransport, 0},
		"closed":       {func(string) string { return "" }, ErrTransport, 0},
		"not HTTP":     {func(e string) string { return e + "\r\n\r\n" }, ErrTransport, 0},
		"bad status":   {func(e string) string { return "HTTP/1.1 " + e + "\r\n\r\n" }, ErrTransport, 0},
		"bad header":   {func(e string) string { return "HTTP/1.1 200 OK\r\n" + e + "\r\n\r\n" }, ErrTransport, 0},
		"huge header":  {func(e string) string { return "HTTP/1.1 200 OK\r\nX: " + strings.Repeat(e, 1000) + "\r\n\r\n" }, ErrTransport, 0},
		"bad length":   {func(e string) string { return "HTTP/1.1 200 OK\r\nContent-Length: " + e + "\r\n\r\n" }, ErrTransport, 0},
		"bad coding":   {func(e string) string { return "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + e + "\r\n\r\n" }, ErrTransport, 0},
		"failing code": {func(e string) string { return httpReply("200 OK", fmt.Sprintf(`{"ret":-502,"msg":%q}`, e)) }, &Error{Code: -502}, 200},
		"failing code, long": {func(e string) string {
			return httpReply("200 OK", fmt.Sprintf(`{"ret":-5,"msg":%q}`, strings.Repeat(e, 2000)))
		}, &Error{Code: -5}, 200},
		"failing code, 500": {func(e string) string { return httpReply("500 "+e, fmt.Sprintf(`{"ret":-5,"msg":%q}`, e)) }, &Error{Code: -5}, 500},
		"platform code":     {func(e string) string { return httpReply("200 OK", fmt.Sprintf(`{"ret":-10000,"msg":%q}`, "-73,"+e)) }, &Error{Code: -10000, PlatformCode: -73}, 200},
	}
}

// TestMoreThanPromised: a client takes an answer with members that the document rules out; a vendor may add to it at any time.
func TestMoreThanPromised(t *testing.T) {
	server := rawServer(t, func(conn net.Conn, _ *http.Request, _ string) {
		_, _ = io.WriteString(conn, httpReply("200 OK", `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"New":1}`))
	})
	if _, err := wireClientFor(t, server).groups(context.Background(), wirePlainExample()); err != nil {
		t.Error(err)
	}
}

func TestFailuresOnClient(t *testing.T) {
	for name, test := range clientFailures() {
		t.Run(name, func(t *testing.T) {
			secrets := wireSecrets()
			server := rawServer(t, func(conn net.Conn, r *http.Request, body string) {
				secrets = append(secrets, r.URL.Query().Get("sig"))
				_, _ = io.WriteString(conn, test.reply(echo(r, body)))
			})
			var log logBuffer
			var told []Attempt
			c := wireClientFor(t, server, WithLogger(log.logger()), WithRetries(0),
				WithInterceptor(func(_ context.Context, a Attempt) { told = append(told, a) }))
			resp, err := c.login(context.Background(), wireExample(), withParameter("ticket", wireTicket).(CallOption))
			if resp != nil || !errors.Is(err, test.want) {
				t.Fatalf("got %v, want %v", err, test.want)
			}
			if !strings.HasPrefix(err.Error(), "verify_login: ") {
				t.Errorf("the text does not name the operation: %s", err)
			}
			if len(told) != 1 || told[0].HTTPStatus != test.status && test.status != 0 || !errors.Is(told[0].Err, test.want) {
				t.Errorf("the interceptor was told %v", told)
			}
			wireLeaks(t, "error", err, secrets...)
			wireLeaks(t, "attempt", told[0], secrets...)
			searchSecret(t, "log", log.String(), secrets)
			if !strings.Contains(log.String(), "verify_login") {
				t.Errorf("nothing was logged: %s", log.String())
			}
		})
	}
}

// TestUserSigFailures: the UserSig is as secret as the key that makes it.
func TestUserSigFailures(t *testing.T) {
	secrets := wireSecrets()
	server := rawServer(t, func(conn net.Conn, r *http.Request, body string) {
		secrets = append(secrets, r.URL.Query().Get("usersig"))
		_, _ = io.WriteString(conn, httpReply("200 OK", fmt.Sprintf(`{"ErrorCode":70003,"ErrorInfo":%q}`, echo(r, body))))
	})
	var log logBuffer
	_, err := wireClientFor(t, server, WithLogger(log.logger())).groups(context.Background(), wirePlainExample())
	if !IsCode(err, 70003) || len(secrets) != len(wireSecrets())+1 {
		t.Fatal(err)
	}
	wireLeaks(t, "error", err, secrets...)
	searchSecret(t, "log", log.String(), secrets)
}

func TestNobodyListens(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	_, err = wireClientFor(t, "http://"+address).login(context.Background(), wireExample())
	var e *TransportError
	if !errors.As(err, &e) || !e.Retryable() || errors.Unwrap(err) == nil || !strings.Contains(err.Error(), "refused") ||
		strings.Contains(err.Error(), "http:") {
		t.Errorf("got %v, cause %v", err, errors.Unwrap(err))
	}
	wireLeaks(t, "error", err, wireSecrets()...)
}

// TestTransportText: a transport of the caller's may say anything, with the URL and in its own type.
func TestTransportText(t *testing.T) {
	for name, make := range map[string]func(r *http.Request) error{
		"text": func(r *http.Request) error {
			return errors.New("sending " + r.URL.String() + " failed, key " + wireKey)
		},
		"wrapped": func(r *http.Request) error { return fmt.Errorf("GET %s: %w", r.URL, io.ErrUnexpectedEOF) },
		"struct":  func(r *http.Request) error { return structError{r.URL.String()} },
	} {
		var sig string
		c := wireClientFor(t, "http://127.0.0.1:1", WithMiddleware(func(http.RoundTripper) http.RoundTripper {
			return roundTrip(func(r *http.Request) (*http.Response, error) {
				sig = r.URL.Query().Get("sig")
				return nil, make(r)
			})
		}))
		_, err := c.login(context.Background(), wireExample(), withParameter("ticket", wireTicket).(CallOption))
		if !errors.Is(err, ErrTransport) || strings.Contains(err.Error(), "timestamp=") {
			t.Errorf("%s: %v", name, err)
		}
		wireLeaks(t, name, err, append(wireSecrets(), sig)...)
	}
}

type structError struct{ Text string }

func (e structError) Error() string { return e.Text }

// TestNothingPrintsSecrets: whatever holds credentials can be printed in any way.
func TestNothingPrintsSecrets(t *testing.T) {
	c := wireClientFor(t, "http://127.0.0.1:1")
	h, err := newWireHandler(wireService{}, withWireV3(wireCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	provider := withWireV3Provider(func(context.Context, App) (wireV3Credentials, error) { return wireCredentials(), nil })
	for what, v := range map[string]any{
		"client": c, "client by value": *c, "handler": h, "credentials": wireCredentials(), "pointer to credentials": ptr(wireCredentials()),
		"key": wireCredentials().MSDKKey, "option": withWireV3(wireCredentials()), "provider": provider,
		"options":     []ClientOption{withWireV3(wireCredentials()), WithServer("http://x")},
		"call option": WithQuery("ticket", wireTicket), "parameter": withParameter("ticket", wireTicket),
		"signature error": &SignatureError{Operation: "x", cause: because(structError{wireKey})},
		"raw response":    RawResponse{Status: 200, Body: []byte(wireKey)}, "scheme": schemeWireV3,
	} {
		if what == "signature error" {
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x"} {
				searchSecret(t, what, fmt.Sprintf(verb, v), wireSecrets())
			}
			continue
		}
		if what == "raw response" {
			searchSecret(t, what, fmt.Sprintf("%v %+v %#v %s %x", v, v, v, v, v), wireSecrets())
			continue
		}
		wireLeaks(t, what, v, wireSecrets()...)
	}
}

func ptr[T any](v T) *T { return &v }

// TestClientMemory: a large answer costs a small multiple of the limit, whatever it claims and holds.
func TestClientMemory(t *testing.T) {
	const limit = 1 << 20
	for name, reply := range map[string]string{
		"claims 1 GB":    "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n{}",
		"sends too much": "HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat(" ", 10<<20),
		"just fits":      httpReply("200 OK", `{"ret":0,"msg":"`+strings.Repeat("x", limit-18)+`"}`),
		"many members":   httpReply("200 OK", `{"ret":0,"msg":"","x":[`+strings.Repeat("0,", limit/2-100)+`0]}`),
	} {
		bytes := []byte(reply)
		server := rawServer(t, func(conn net.Conn, _ *http.Request, _ string) { _, _ = conn.Write(bytes) })
		c := wireClientFor(t, server, WithMaxBodySize(limit))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := c.login(context.Background(), wireExample())
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; got > 8*limit {
			t.Errorf("%s: %d bytes were allocated (%v)", name, got, err)
		}
	}
}

func TestReadBody(t *testing.T) {
	for _, test := range []struct {
		text          string
		length, limit int64
		want          error
	}{
		{"abc", 3, 3, nil}, {"abc", -1, 3, nil}, {"abcd", -1, 3, errBodyTooLarge}, {"abcd", 3, 3, errBodyTooLarge}, {"abc", 4, 3, errBodyTooLarge},
		{"", 0, 3, nil}, {"", -1, 3, nil}, {strings.Repeat("x", 5<<20), 5 << 20, 8 << 20, nil}, {strings.Repeat("x", 5<<20), -1, 8 << 20, nil},
	} {
		got, err := readBody(nil, strings.NewReader(test.text), test.length, test.limit)
		if !errors.Is(err, test.want) || err == nil && string(got) != test.text {
			t.Errorf("%.10q, %d, %d: %d bytes, %v", test.text, test.length, test.limit, len(got), err)
		}
	}
	got, _ := readBody(nil, strings.NewReader("{}"), 500, 1000)
	if cap(got) != 501 {
		t.Errorf("capacity %d: a body of known length takes one buffer", cap(got))
	}
	if got, _ = readBody(nil, strings.NewReader("{}"), 8<<20, 8<<20); cap(got) > 2<<20 {
		t.Errorf("capacity %d for two bytes, because of a claim", cap(got))
	}
}
