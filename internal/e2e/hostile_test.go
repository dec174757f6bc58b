package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk"
	"github.com/msdkgen/msdkgen/generated/timgroup"
)

// What can come from the network, thrown at every operation of both packages, client and server. The secrets of each call are echoed
// in every hostile answer: none of them may be seen anywhere.

// hostile is one way to answer, or to ask, wrongly.
type hostile struct {
	name  string
	write func(w http.ResponseWriter, echo string)
	is    []error // one of these, of either package
}

func hostileAnswers() []hostile {
	body := func(status int, text string) func(http.ResponseWriter, string) {
		return func(w http.ResponseWriter, echo string) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, strings.ReplaceAll(text, "$", echo))
		}
	}
	decode := []error{msdk.ErrDecode, timgroup.ErrDecode}
	transport := []error{msdk.ErrTransport, timgroup.ErrTransport}
	return []hostile{
		{"not JSON", body(200, "$ is no JSON"), decode},
		{"an array", body(200, `["$"]`), decode},
		{"wrong types", body(200, `{"ret":"$","ErrorCode":{"$":1}}`), decode},
		{"no result code", body(200, `{"$":"$"}`), decode},
		{"half of an object", body(200, `{"ret":0,"ErrorCode":0,"msg":"$`), decode},
		{"invalid UTF-8", body(200, "{\"ret\":0,\"ErrorCode\":0,\"$\":\"\xff\"}"), decode},
		{"deep", body(200, `{"ret":0,"ErrorCode":0,"x":`+strings.Repeat("[", 100_000)), decode},
		{"nothing", body(200, ""), decode},
		{"blanks", body(200, " \n "), decode},
		{"10 MB", body(200, strings.Repeat("x", 10<<20)), decode},
		{"HTML", body(502, "<html><body>Bad Gateway: $</body></html>"), transport},
		{"an unknown status", body(599, "$"), transport},
		{"a redirect", func(w http.ResponseWriter, echo string) {
			w.Header().Set("Location", "http://127.0.0.1:1/?"+echo)
			w.WriteHeader(http.StatusFound)
		}, transport},
		{"a truncated body", func(w http.ResponseWriter, echo string) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, `{"ret":0,"ErrorCode":0,"msg":"`+echo)
		}, transport},
		{"a broken connection", func(http.ResponseWriter, string) { panic(http.ErrAbortHandler) }, transport},
		{"a failure", body(200, `{"ret":-20000,"msg":"-73,$","ActionStatus":"FAIL","ErrorCode":70009,"ErrorInfo":"$"}`), nil},
	}
}

// costly answers are thrown at one operation of each tag: the code that reads them is the same for all.
var costly = map[string]bool{"deep": true, "10 MB": true}

func TestHostileAnswers(t *testing.T) {
	first := firstOfTags()
	for _, o := range operations() {
		var current atomic.Pointer[hostile] // the server's goroutines read it
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			sent, _ := io.ReadAll(r.Body)
			current.Load().write(w, echo(o, r, sent))
		}))
		request := requestWithCanaries(t, o)
		s := setting{server: server.URL, app: o.app, now: unix(t, "1600000000"), query: parameters{{"access_token", tokenCanary}}}
		for _, h := range hostileAnswers() {
			if costly[h.name] && !first[o.name] {
				continue
			}
			t.Run(o.name+"/"+h.name, func(t *testing.T) {
				current.Store(&h)
				var log strings.Builder
				s.logger = debugLogger(&log)
				_, err := o.send(t.Context(), s, request)
				require.Error(t, err)
				require.Contains(t, log.String(), "call failed")
				noCanaryIn(t, log.String())
				if h.is != nil {
					require.True(t, errors.Is(err, h.is[0]) || errors.Is(err, h.is[1]), "%T: %v", err, err)
				}
				operation, _, _ := strings.Cut(o.name, "/")
				require.Contains(t, err.Error(), operation)
				require.LessOrEqual(t, len(err.Error()), 600)
				require.NotContains(t, err.Error(), "\n")
				noCanary(t, err)
			})
		}
		server.Close()
	}
}

// echo is everything that a call must not bring to light: its own request, as a proxy might repeat it, and the keys of its app,
// which only a mistake somewhere else could have given away.
func echo(o operation, r *http.Request, body []byte) string {
	quoted, _ := json.Marshal(r.URL.RawQuery + string(body))
	keys := []string{msdkKey, appKey}
	switch o.app {
	case game:
		keys = []string{serverKey, clientKey}
	case defaultIM:
		keys = []string{imKey}
	}
	return strings.Trim(string(quoted), `"`) + strings.Join(keys, " ")
}

// canaries are the secrets of the tests: the keys, and a token that stands in every sensitive field.
func canaries() []string {
	return []string{msdkKey, appKey, serverKey, clientKey, imKey, tokenCanary}
}

const tokenCanary = "canary-token-2c1743a391305fbf367df8e4f069f9f9"

// requestWithCanaries is the documented request with a canary in every token.
func requestWithCanaries(t *testing.T, o operation) []byte {
	t.Helper()
	request := requestOf(t, o)
	if len(request) == 0 {
		return nil // a GET call; its token travels in the query
	}
	body := tree(t, request).(map[string]any)
	for name := range body {
		switch name {
		case "openkey", "accessToken", "access_token", "token":
			body[name] = tokenCanary
		}
	}
	text, err := json.Marshal(body)
	require.NoError(t, err)
	return text
}

// noCanary looks at a value in every way in which it could be printed.
func noCanary(t *testing.T, v any) {
	t.Helper()
	var texts []string
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%o", "%e", "%T", "%p", "%U", "%c"} {
		texts = append(texts, fmt.Sprintf(verb, v))
	}
	asJSON, _ := json.Marshal(v)
	texts = append(texts, string(asJSON))
	for _, handler := range []func(io.Writer) slog.Handler{
		func(w io.Writer) slog.Handler { return slog.NewTextHandler(w, nil) },
		func(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, nil) },
	} {
		var b strings.Builder
		slog.New(handler(&b)).Info("x", "v", v)
		texts = append(texts, b.String())
	}
	for _, text := range texts {
		noCanaryIn(t, text)
	}
	if err, ok := v.(error); ok && errors.Unwrap(err) != nil {
		noCanary(t, errors.Unwrap(err))
	}
}

// noCanaryIn looks for a part of a secret, which is enough for a find, and for its hexadecimal form, which is what %x prints.
func noCanaryIn(t *testing.T, text string) {
	t.Helper()
	for _, secret := range canaries() {
		part := secret[len(secret)-16:]
		require.NotContains(t, text, part)
		require.NotContains(t, strings.ToLower(text), fmt.Sprintf("%x", part))
	}
}

// What a caller holds may be printed as well: keys, credentials, requests, the client.
func TestHeldSecretsAreNotPrinted(t *testing.T) {
	v3, v5 := msdkCredentials(defaultApp)
	c, err := msdkClient(setting{server: "http://127.0.0.1:1", app: defaultApp})
	require.NoError(t, err)
	tim, err := timClient(setting{server: "http://127.0.0.1:1"})
	require.NoError(t, err)
	for _, v := range []any{v3, v5, &v3, timCredentials(), c, tim, *c, msdk.WithMSDKV3(v3), timgroup.WithTIMUserSig(timCredentials()), msdk.NewKey(msdkKey).WithPrevious(appKey)} {
		noCanary(t, v)
	}
	// A request is JSON on its way to the vendor, so its JSON holds the token; printing and logging it must not.
	req := &msdk.VerifyLoginRequest{OpenID: "a", OpenKey: tokenCanary}
	var b strings.Builder
	slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "req", req, "copy", *req)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&b, verb, req)
		fmt.Fprintf(&b, verb, *req)
	}
	require.NotContains(t, b.String(), tokenCanary)
	require.NotContains(t, b.String(), fmt.Sprintf("%x", tokenCanary))
}

// No file that the repository keeps as an answer holds a key of the tests.
func TestGoldenFilesHoldNoKeys(t *testing.T) {
	require.NoError(t, filepath.WalkDir("../../golden", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, secret := range canaries() {
			require.NotContains(t, string(text), secret, path)
		}
		return nil
	}))
}
