package support

// What the tests of client and server share: secrets that can be recognised, servers that answer literal bytes, and the search for
// a secret in everything that can be printed.

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	wireKey      = "CaNaRy0key0f92212f75cd8d000"
	wirePrevious = "CaNaRy0previous0key0a8b9c0d"
	wireToken    = "CaNaRy0token/+ &<>\"with=odd;characters"
	wireNested   = "CaNaRy0nested0token012345678"
	wireTicket   = "CaNaRy0ticket0of0the0query00"
)

func wireSecrets() []string {
	return []string{wireKey, wirePrevious, wireToken, wireNested, wireTicket}
}

var wireTime = time.Unix(1478745715, 0)

func fixedClock() time.Time { return wireTime }

func wireCredentials() wireV3Credentials {
	return wireV3Credentials{AppID: "100703379", MSDKKey: NewKey(wireKey).WithPrevious(wirePrevious)}
}

func wireV5Example() wireV5Credentials {
	return wireV5Credentials{GameID: "12", SigKey: NewKey(wireKey)}
}

func wireTIMExample() wireTIMCredentials {
	return wireTIMCredentials{SDKAppID: "1400000000", Identifier: "admin", Secret: NewKey(wireKey).WithPrevious(wirePrevious)}
}

func wireExample() *wireRequest {
	return &wireRequest{
		OpenID: "F4382318", OpenKey: wireToken, UserIP: "127.0.0.1",
		Inner: []wireInner{{}, {Token: Some(Sensitive(wireNested))}},
	}
}

func wirePlainExample() *wirePlainRequest { return &wirePlainRequest{*wireExample()} }

// wireClientFor returns a client with all credentials; it waits for nothing.
func wireClientFor(t testing.TB, server string, opts ...ClientOption) *wireClient {
	t.Helper()
	c, err := newWireClient(append([]ClientOption{
		WithServer(Server(server)), WithClock(fixedClock),
		withWireV3(wireCredentials()), withWireV5(wireV5Example()), withWireTIM(wireTIMExample()),
	}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	c.core.state.wait = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	return c
}

// wireServerFor returns a running server with all credentials.
func wireServerFor(t testing.TB, s wireService, opts ...HandlerOption) *httptest.Server {
	t.Helper()
	h, err := newWireHandler(s, append([]HandlerOption{
		WithClock(fixedClock),
		withWireV3(wireCredentials()), withWireV5(wireV5Example()), withWireTIM(wireTIMExample()),
	}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(h)
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.Start()
	t.Cleanup(server.Close)
	return server
}

func loginOK(_ context.Context, req *wireRequest) (*wireResponse, error) {
	return &wireResponse{Msg: "hello " + req.OpenID, IsLost: "0"}, nil
}

// rawServer answers each request by calling reply with the connection, then closes it. It returns the base URL.
func rawServer(t testing.TB, reply func(conn net.Conn, r *http.Request, body string)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	all.Add(1)
	go func() {
		defer all.Done()
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			all.Add(1)
			go func() {
				defer all.Done()
				defer conn.Close()
				r, err := http.ReadRequest(bufio.NewReader(conn))
				if err != nil {
					return
				}
				body, _ := io.ReadAll(r.Body)
				reply(conn, r, string(body))
			}()
		}
	}()
	t.Cleanup(func() {
		l.Close()
		all.Wait()
	})
	return "http://" + l.Addr().String()
}

// httpReply is an answer with a correct length. It says that the connection ends, as rawServer then ends it: a client that kept it for
// its next request would race with the end.
func httpReply(status, body string) string {
	return fmt.Sprintf("HTTP/1.1 %s\r\nConnection: close\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", status, len(body), body)
}

// wireLeaks fails the test if a secret shows in any of the ways in which v can be printed.
func wireLeaks(t testing.TB, what string, v any, secrets ...string) {
	t.Helper()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%T"} {
		searchSecret(t, what+" "+verb, fmt.Sprintf(verb, v), secrets)
		searchSecret(t, what+" in a struct "+verb, fmt.Sprintf(verb, struct{ hidden any }{v}), secrets)
	}
	if text, err := json.Marshal(v); err == nil {
		searchSecret(t, what+" as JSON", string(text), secrets)
	}
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "value", v)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "value", v)
	searchSecret(t, what+" in slog", out.String(), secrets)
	if err, ok := v.(error); ok {
		text := err.Error()
		if len(text) > 512 || strings.ContainsAny(text, "\n\r\t\x00") {
			t.Errorf("%s: the text is not one line of at most 512 bytes: %q", what, text)
		}
		searchSecret(t, what, text, secrets)
		if cause := errors.Unwrap(err); cause != nil {
			wireLeaks(t, what+"'s cause", cause, secrets...)
		}
	}
}

// searchSecret looks for any partOfSecret bytes in a row of a secret: as they are, percent-encoded, quoted, in hexadecimal.
func searchSecret(t testing.TB, what, text string, secrets []string) {
	t.Helper()
	lower := strings.ToLower(text)
	for _, secret := range secrets {
		forms := new(mask)
		forms.add(secret)
		for _, form := range forms.forms {
			if sharesWindow(lower, form, partOfSecret) || sharesWindow(lower, fmt.Sprintf("%x", form), 2*partOfSecret) {
				t.Errorf("%s shows a secret: %.300s", what, text)
				return
			}
		}
		if sharesWindow(lower, fmt.Sprintf("%x", secret), 2*partOfSecret) {
			t.Errorf("%s shows a secret: %.300s", what, text)
		}
	}
}

// sharesWindow reports whether text holds any window of that many bytes of secret.
func sharesWindow(text, secret string, window int) bool {
	for i := 0; i+window <= len(secret); i++ {
		if strings.Contains(text, secret[i:i+window]) {
			return true
		}
	}
	return false
}

// logBuffer is a log that can be searched; every level is on.
type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func (l *logBuffer) logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// serveDirectly lets a handler answer without a network.
func serveDirectly(h http.Handler, r *http.Request) *http.Response {
	w := httptest.NewRecorder()
	if r.Body == nil {
		r.Body = http.NoBody
	}
	h.ServeHTTP(w, r)
	return w.Result()
}
