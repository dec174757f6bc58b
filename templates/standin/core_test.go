package standin

// The stand-in around a package that is made up: its handler answers what the endpoint answers, as JSON. Real packages are tested in
// internal/standin.

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	api "github.com/msdkgen/msdkgen/templates/support"
)

type fakeRequest struct{ Name string }

type fakeResponse struct {
	Ret    int64  `json:"ret"`
	Msg    string `json:"msg"`
	IsLost string `json:"is_lost,omitempty"`
}

// MarshalJSON is what withLost asks for.
func (r *fakeResponse) MarshalJSON() ([]byte, error) {
	type plain fakeResponse
	return json.Marshal((*plain)(r))
}

type fakeCredentials struct {
	app api.App
	key api.Key
}

// fakeServer is what is generated otherwise.
type fakeServer struct {
	Core
	greet   *Endpoint[fakeRequest, fakeResponse]
	provide func(context.Context, api.App) (fakeCredentials, error)
}

func newFake(t T, opts ...Option) *fakeServer {
	s := &fakeServer{}
	s.greet = newEndpoint[fakeRequest, fakeResponse](&s.Core, "greet", &resultFacts{
		code: "ret", message: "msg", good: []api.Code{0, 1}, wrapped: []api.Code{-10}, codes: []resultCode{{1, "nothing"}, {-10, "elsewhere"}},
	}, example{"one", `{"ret":0,"msg":"hello"}`}, example{"bad", `{`})
	build := func(v *values) fakeCredentials { return fakeCredentials{api.App(v.text("app")), v.key("key")} }
	scheme := newScheme(build, func(c *fakeCredentials, app api.App) { c.app = app },
		func(fakeCredentials) api.Option { return api.WithClock(time.Now) },
		func(provide func(context.Context, api.App) (fakeCredentials, error)) api.Option {
			s.provide = provide
			return api.WithClock(time.Now)
		}).with("fake", "app", false, []credentialFacts{{"app", false, "7"}, {"key", true, "k"}})
	facts := &packageFacts{name: "fake", schemes: []*schemeFacts{scheme}, paths: []string{"/greet"},
		handler: func(...api.HandlerOption) (http.Handler, error) { return http.HandlerFunc(s.answer), nil },
		samples: []sample{newSample(
			func(...api.ClientOption) (*fakeServer, error) { return s, nil },
			func(_ *fakeServer, _ context.Context, req *fakeRequest, _ ...api.CallOption) (*fakeResponse, error) {
				return nil, errors.New(req.Name)
			}, `{"Name":"a sample"}`)},
	}
	s.begin(t, facts, opts)
	return s
}

func (s *fakeServer) answer(w http.ResponseWriter, r *http.Request) {
	resp, err := s.greet.serve(r.Context(), &fakeRequest{r.URL.Query().Get("name")})
	var failed *api.Error
	switch {
	case errors.As(err, &failed):
		resp = &fakeResponse{Ret: int64(failed.Code), Msg: failed.Message}
	case err != nil:
		resp = &fakeResponse{Ret: -1, Msg: err.Error()}
	}
	text, _ := resp.MarshalJSON()
	_, _ = w.Write(text)
}

func (s *fakeServer) get(t *testing.T, query string) string {
	t.Helper()
	resp, err := http.Get(s.URL + "/greet?" + query)
	require.NoError(t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return string(text)
}

func TestAnswers(t *testing.T) {
	s := newFake(t, WithWishes())
	require.Equal(t, `{"ret":0,"msg":"hello"}`, s.get(t, "name=x"))
	require.Equal(t, "x", s.greet.RequireLast(t).Request.Name)
	s.greet.Once().Result(1, "").Result(-3, "no").Fail(FaultLost).Answer(&fakeResponse{Msg: "mine"})
	for _, want := range []string{
		`{"ret":1,"msg":"nothing"}`, `{"ret":-3,"msg":"no"}`, `{"ret":0,"msg":"hello","is_lost":"1"}`, `{"ret":0,"msg":"mine"}`, `{"ret":0,"msg":"hello"}`,
	} {
		require.Equal(t, want, s.get(t, ""))
	}
	require.Equal(t, `{"ret":-10,"msg":"-73,platform failed"}`, s.get(t, "stand-in-fault=platform"))
	require.Equal(t, `{"ret":-9,"msg":"as you wish"}`, s.get(t, "stand-in-result=-9,as+you+wish"))
	s.greet.RequireCalled(t, 8)
	require.ErrorContains(t, s.facts.samples[0](t.Context()), "a sample")
	require.Empty(t, s.Curl(), "this client sends nothing")
}

// Large bodies that are being read keep further ones out, and no small ones.
func TestLargeBodiesWait(t *testing.T) {
	s := newFake(t)
	entered, leave := make(chan int64, 100), make(chan struct{})
	s.handler = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		entered <- r.ContentLength
		if r.ContentLength > largeBody {
			select {
			case <-leave:
			case <-r.Context().Done():
			}
		}
	})
	var all sync.WaitGroup
	call := func(ctx context.Context, length int64) (aborted bool) {
		defer func() { aborted = recover() != nil }()
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/greet", nil)
		r.ContentLength = length
		s.ServeHTTP(httptest.NewRecorder(), r)
		return
	}
	for range maxLargeBodies {
		all.Go(func() { call(t.Context(), largeBody+1) })
	}
	for range maxLargeBodies {
		<-entered
	}
	gone, leaves := context.WithCancel(t.Context())
	leaves()
	require.True(t, call(gone, largeBody+1), "who waits is let go when the caller leaves")
	require.True(t, call(gone, -1), "a length that nobody knows may be large")
	require.False(t, call(t.Context(), largeBody))
	require.Equal(t, int64(largeBody), <-entered)
	close(leave)
	all.Wait()
	require.False(t, call(t.Context(), largeBody+1))
}

func TestKeyring(t *testing.T) {
	s := newFake(t)
	c, err := s.provide(t.Context(), "7")
	require.NoError(t, err)
	require.Equal(t, api.App("7"), c.app)
	c, err = s.provide(t.Context(), "8")
	require.NoError(t, err)
	require.Empty(t, c.app, "there is no such app")
	require.Equal(t, "k", s.Credential("key"))
	s.RotateKeys()
	require.NotEqual(t, "k", s.Credential("key"))
	require.Equal(t, "k", s.keyrings[0].now().previous["key"])
	s.ForgetPreviousKeys()
	require.Empty(t, s.keyrings[0].now().previous["key"])
	require.NotEmpty(t, s.keyrings[0].old())

	open := newFake(t, WithAnyApp(), WithCredential("key", "given"))
	c, err = open.provide(t.Context(), "8")
	require.NoError(t, err)
	require.Equal(t, api.App("8"), c.app)
	require.Equal(t, "given", open.Credential("key"))
	require.Equal(t, int64(1), open.Counts()["any-app"])
}

// What only generated code refers to.
var (
	_ = runMain
	_ = (*Core).misuse
)
