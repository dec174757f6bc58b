package e2e

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime/debug"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk"
	"github.com/msdkgen/msdkgen/generated/timgroup"
)

// What the generated sides allocate beside a careful program on bare net/http that moves the same bytes and does not look at them. The
// generated sides sign, verify, validate, decode and encode for that. Only counts are compared, no times.

// mostMore is how many allocations a generated call, or a handler, may take more than bare net/http.
const mostMore = 4

// allocations counts those of a run. The collector rests meanwhile: it would empty the pools.
func allocations(t *testing.T, run func() error) int {
	t.Helper()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	for range 10 {
		require.NoError(t, run())
	}
	return int(testing.AllocsPerRun(200, func() { _ = run() }))
}

// bareCall posts a question to a URL and reads the answer by its length.
func bareCall(client *http.Client, url string, question []byte) func() error {
	return func() error {
		r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url, bytes.NewReader(question))
		if err != nil {
			return err
		}
		r.Header.Set("Content-Type", "application/json")
		resp, err := client.Do(r)
		if err != nil {
			return err
		}
		defer func() { _ = resp.Body.Close() }()
		if resp.StatusCode != http.StatusOK {
			return errors.New(resp.Status)
		}
		_, err = io.ReadFull(resp.Body, make([]byte, resp.ContentLength))
		return err
	}
}

// bareHandler reads a body by its length and writes a ready answer.
func bareHandler(answer []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadFull(r.Body, make([]byte, r.ContentLength)); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
		_, _ = w.Write(answer)
	})
}

// inMemory answers at once and keeps the last request.
type inMemory struct {
	answer, body []byte
	url          string
	keep         bool
}

func (m *inMemory) RoundTrip(r *http.Request) (*http.Response, error) {
	if m.keep {
		m.url = r.URL.String()
		m.body, _ = io.ReadAll(r.Body)
	}
	return &http.Response{StatusCode: http.StatusOK, Request: r, ContentLength: int64(len(m.answer)), Body: io.NopCloser(bytes.NewReader(m.answer))}, nil
}

// countedCall is a call of a generated client, and the handler of the same operation.
type countedCall struct {
	name    string
	answer  []byte
	decoded int // allocations of what the request consists of besides its structure, a list here; bare net/http does not decode
	call    func(client *http.Client, server string) (func() error, error)
	handler func(answer []byte) (http.Handler, error)
}

type countedLogin struct {
	msdk.UnimplementedLoginServer
	answer msdk.VerifyLoginResponse
}

func (s *countedLogin) VerifyLogin(context.Context, *msdk.VerifyLoginRequest) (*msdk.VerifyLoginResponse, error) {
	return &s.answer, nil
}

type countedGroup struct {
	timgroup.UnimplementedGroupServer
	answer timgroup.GetGroupInfoResponse
}

func (s *countedGroup) GetGroupInfo(context.Context, *timgroup.GetGroupInfoRequest) (*timgroup.GetGroupInfoResponse, error) {
	return &s.answer, nil
}

func countedCalls() []countedCall {
	v3, _ := msdkCredentials("100703379")
	return []countedCall{
		{
			"login", []byte(`{"ret":0,"msg":"user is logged in"}`), 0,
			func(client *http.Client, server string) (func() error, error) {
				c, err := msdk.NewClient(msdk.WithMSDKV3(v3), msdk.WithServer(msdk.Server(server)), msdk.WithHTTPClient(client))
				req := &msdk.VerifyLoginRequest{OpenID: "A3284A812ECA15269F85AE1C2D94EB37", OpenKey: "933FE8C9AB9C585D", UserIP: "192.168.5.114"}
				return func() error { _, err := c.VerifyLogin(context.Background(), req); return err }, err
			},
			func(answer []byte) (http.Handler, error) {
				s := new(countedLogin)
				if err := s.answer.UnmarshalJSON(answer); err != nil {
					return nil, err
				}
				return msdk.NewHandler(msdk.Services{Login: s}, msdk.WithMSDKV3(v3))
			},
		},
		{
			"group info", []byte(`{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","GroupInfo":[]}`), 5,
			func(client *http.Client, server string) (func() error, error) {
				c, err := timgroup.NewClient(timgroup.WithTIMUserSig(timCredentials()), timgroup.WithServer(timgroup.Server(server)), timgroup.WithHTTPClient(client))
				req := &timgroup.GetGroupInfoRequest{GroupIDList: []timgroup.GroupID{"@TGS#1"}}
				return func() error { _, err := c.GetGroupInfo(context.Background(), req); return err }, err
			},
			func(answer []byte) (http.Handler, error) {
				s := new(countedGroup)
				if err := s.answer.UnmarshalJSON(answer); err != nil {
					return nil, err
				}
				return timgroup.NewHandler(timgroup.Services{Group: s}, timgroup.WithTIMUserSig(timCredentials()))
			},
		},
	}
}

func TestAllocationsBesideBareHTTP(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector empties pools")
	}
	for _, c := range countedCalls() {
		t.Run(c.name, func(t *testing.T) {
			transport := &inMemory{answer: c.answer, keep: true}
			client := &http.Client{Transport: transport}
			call, err := c.call(client, "http://127.0.0.1:1")
			require.NoError(t, err)
			require.NoError(t, call())
			transport.keep = false
			url, question := transport.url, transport.body

			ours, bare := allocations(t, call), allocations(t, bareCall(client, url, question))
			t.Logf("client in memory: %d, bare %d", ours, bare)
			require.LessOrEqual(t, ours, bare+mostMore, "client in memory")

			handler, err := c.handler(c.answer)
			require.NoError(t, err)
			ours, bare = allocations(t, servedAgain(handler, url, question)), allocations(t, servedAgain(bareHandler(c.answer), url, question))
			t.Logf("handler in memory: %d, bare %d", ours, bare)
			require.LessOrEqual(t, ours, bare+mostMore+c.decoded, "handler in memory")

			overTheWire(t, c, url, question)
		})
	}
}

// servedAgain makes a handler answer one request again and again.
func servedAgain(h http.Handler, url string, question []byte) func() error {
	body := bytes.NewReader(question)
	r := httptest.NewRequest(http.MethodPost, url, nil)
	r.ContentLength = int64(len(question))
	r.Header.Set("Content-Type", "application/json")
	r.Body = io.NopCloser(body)
	w := &forgetful{header: http.Header{}}
	return func() error {
		body.Reset(question)
		clear(w.header)
		w.size = 0
		h.ServeHTTP(w, r)
		if w.size == 0 {
			return errors.New("no answer")
		}
		return nil
	}
}

type forgetful struct {
	header http.Header
	size   int
}

func (w *forgetful) Header() http.Header         { return w.header }
func (w *forgetful) WriteHeader(int)             {}
func (w *forgetful) Write(p []byte) (int, error) { w.size += len(p); return len(p), nil }

// overTheWire counts those of both sides and of net/http between them.
func overTheWire(t *testing.T, c countedCall, recorded string, question []byte) {
	t.Helper()
	handler, err := c.handler(c.answer)
	require.NoError(t, err)
	plain, generated := httptest.NewServer(bareHandler(c.answer)), httptest.NewServer(handler)
	t.Cleanup(plain.Close)
	t.Cleanup(generated.Close)
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	t.Cleanup(client.CloseIdleConnections)
	path := recorded[len("http://127.0.0.1:1"):]

	bare := allocations(t, bareCall(client, plain.URL+path, question))
	call, err := c.call(client, plain.URL)
	require.NoError(t, err)
	ours := allocations(t, call)
	t.Logf("client over the wire: %d, bare %d", ours, bare)
	require.LessOrEqual(t, ours, bare+mostMore, "client over the wire")
	ours = allocations(t, bareCall(client, generated.URL+path, question))
	t.Logf("handler over the wire: %d, bare %d", ours, bare)
	require.LessOrEqual(t, ours, bare+mostMore+c.decoded, "handler over the wire")
}
