package e2e

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk"
	"github.com/msdkgen/msdkgen/generated/timgroup"
)

// What client and server write about their calls, at the level that shows the most, holds no secret. The logs of clients that get hostile
// answers are looked at where those are thrown.

func debugLogger(w io.Writer) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// service is one way in which a service can be careless with what it was sent.
type service struct {
	name string
	seen func(request any)
	fail func(request any) error // in the error type of msdk; see inIM
	log  string                  // what the log has to say about it
}

// services repeat their request, in the form in which it holds the token.
func services() []service {
	repeat := func(request any) string {
		text, _ := request.(interface{ MarshalJSON() ([]byte, error) }).MarshalJSON()
		return string(text)
	}
	return []service{
		{"panics", func(request any) { panic(repeat(request)) }, nil, "handler panicked"},
		{"fails", nil, func(request any) error { return &msdk.Error{Code: -2001, Message: repeat(request)} }, "-2001"},
		{"fails in its own words", nil, func(request any) error { return errors.New(repeat(request)) }, "internal"},
	}
}

// loggedHandler is the handler of an operation's package, with its log and its trace written into w.
func loggedHandler(t *testing.T, o operation, now time.Time, w io.Writer, s service) http.Handler {
	t.Helper()
	logger := debugLogger(w)
	if o.tag == "IM" {
		h, err := timgroup.NewHandler(timgroup.Services{Group: timAnswers{t: t, seen: s.seen, fail: inIM(s.fail)}},
			timgroup.WithTIMUserSig(timCredentials()), timgroup.WithClock(func() time.Time { return now }), timgroup.WithLogger(logger),
			timgroup.WithTrace(func(_ context.Context, e timgroup.TraceEvent) { logger.Info("trace", "event", fmt.Sprintf("%+v", e)) }))
		require.NoError(t, err)
		return h
	}
	opts := append(msdkHandlerOptions(now), msdk.WithLogger(logger),
		msdk.WithTrace(func(_ context.Context, e msdk.TraceEvent) { logger.Info("trace", "event", fmt.Sprintf("%+v", e)) }))
	h, err := msdk.NewHandler(msdkServices(msdkAnswers{t: t, seen: s.seen, fail: s.fail}), opts...)
	require.NoError(t, err)
	return h
}

// inIM turns an error of msdk into that of timgroup.
func inIM(fail func(any) error) func(any) error {
	if fail == nil {
		return nil
	}
	return func(request any) error {
		err := fail(request)
		var of *msdk.Error
		if errors.As(err, &of) {
			return &timgroup.Error{Code: timgroup.Code(of.Code), Message: of.Message}
		}
		return err
	}
}

// loggedRequest puts canaries into a known request, body and query, and signs it by hand. It returns the signature, which is a secret too.
func loggedRequest(t *testing.T, k *known, o operation, s setting) (query, body, signature string) {
	t.Helper()
	changed := *k
	changed.text = requestWithCanaries(t, o)
	if len(changed.text) == 0 {
		changed.head = map[string][]string{}
		for name, values := range k.head {
			changed.head[name] = values
		}
		changed.head["query"] = nil
		for _, line := range k.head["query"] {
			if strings.HasPrefix(line, "access_token=") {
				line = "access_token=" + tokenCanary
			}
			changed.head["query"] = append(changed.head["query"], line)
		}
	}
	query = signedByHand(t, &changed, s)
	values, err := url.ParseQuery(query)
	require.NoError(t, err)
	return query, string(changed.text), values.Get("sig") + values.Get("usersig")
}

// withoutSecrets looks at a log.
func withoutSecrets(t *testing.T, log, signature string) {
	t.Helper()
	noCanaryIn(t, log)
	require.NotEmpty(t, signature)
	require.NotContains(t, log, signature)
}

func TestServerLogsHoldNoSecrets(t *testing.T) {
	first := firstOfTags()
	for _, k := range readKnown(t, false) {
		o := operationNamed(t, k.call())
		s := settingOf(t, k, o, "")
		query, body, signature := loggedRequest(t, k, o, s)
		for _, service := range services() {
			t.Run(k.file+"/a service that "+service.name, func(t *testing.T) {
				var log strings.Builder
				h := loggedHandler(t, o, s.now, &log, service)
				answer := served(h, k, query, body)
				require.Contains(t, log.String(), service.log)
				require.Contains(t, log.String(), `"trace"`)
				withoutSecrets(t, log.String(), signature)
				if service.fail == nil || service.log == "internal" { // an *Error is the service's answer, to the caller who sent the token
					noCanaryIn(t, answer)
				}
			})
		}
		if k.get("method") == http.MethodGet {
			continue // has no body
		}
		t.Run(k.file+"/hostile requests", func(t *testing.T) {
			var log strings.Builder
			h := loggedHandler(t, o, s.now, &log, services()[0])
			for name, hostile := range hostileBodies(memberOf(t, o)) {
				if costly[name] && !first[o.name] {
					continue
				}
				changed := *k
				changed.text = []byte(hostile)
				query := signedByHand(t, &changed, s)
				served(h, k, query, hostile)
				served(h, k, strings.Replace(query, "sig=", "sig=0", 1), hostile)
			}
			require.NotEmpty(t, log.String())
			withoutSecrets(t, log.String(), signature)
		})
	}
}

// served is the answer to a request that never was on a network; a broken connection is no answer.
func served(h http.Handler, k *known, query, body string) string {
	r := httptest.NewRequest(k.get("method"), k.get("path")+"?"+query, strings.NewReader(body))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Body.String()
}

// A call that succeeds is written about as well.
func TestClientLogsHoldNoSecrets(t *testing.T) {
	for _, o := range operations() {
		t.Run(o.name, func(t *testing.T) {
			var log strings.Builder
			l := &line{status: http.StatusOK, answer: `{"ret":0,"msg":"` + tokenCanary + `","message":"m","ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`}
			s := setting{
				server: "http://127.0.0.1:1", app: o.app, now: unix(t, "1600000000"), query: parameters{{"access_token", tokenCanary}},
				client: &http.Client{Transport: l}, logger: debugLogger(&log),
			}
			_, err := o.send(t.Context(), s, requestWithCanaries(t, o))
			require.NoError(t, err)
			require.Len(t, l.seen, 1)
			require.Contains(t, log.String(), "call succeeded")
			query := l.seen[0].URL.Query()
			withoutSecrets(t, log.String(), query.Get("sig")+query.Get("usersig"))
		})
	}
}
