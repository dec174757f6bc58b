package support

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"
)

type retryCase struct {
	name    string
	replies []string // the last one stays
	op      string
	retries int // below 0: the default
	want    int // requests
	err     error
}

func retryCases() []retryCase {
	busy := httpReply("200 OK", `{"ret":-2001,"msg":""}`)
	return []retryCase{
		{"retryable code", []string{busy, httpReply("200 OK", `{"ret":0,"msg":""}`)}, "login", -1, 2, nil},
		{"retryable code, always", []string{busy}, "login", -1, 2, &Error{Code: -2001}},
		{"three times", []string{busy}, "login", 3, 4, &Error{Code: -2001}},
		{"switched off", []string{busy}, "login", 0, 1, &Error{Code: -2001}},
		{"other code", []string{httpReply("200 OK", `{"ret":-502,"msg":""}`)}, "login", 3, 1, &Error{Code: -502}},
		{"not repeatable", []string{busy}, "send", 3, 1, &Error{Code: -2001}},
		{"broken connection", []string{""}, "login", -1, 2, ErrTransport},
		{"broken connection, not repeatable", []string{""}, "send", -1, 1, ErrTransport},
		{"502", []string{httpReply("502 Bad Gateway", "<html>")}, "login", -1, 2, ErrTransport},
		{"403", []string{httpReply("403 Forbidden", "<html>")}, "login", -1, 1, ErrTransport},
		{"redirect", []string{"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"}, "login", -1, 1, ErrTransport},
		{"not JSON", []string{httpReply("200 OK", "<html>")}, "login", -1, 1, ErrDecode},
	}
}

func TestRetries(t *testing.T) {
	for _, test := range retryCases() {
		t.Run(test.name, func(t *testing.T) {
			var mu sync.Mutex
			var seen []string
			server := rawServer(t, func(conn net.Conn, r *http.Request, _ string) {
				mu.Lock()
				seen = append(seen, r.URL.Query().Get("sig"))
				reply := test.replies[min(len(seen), len(test.replies))-1]
				mu.Unlock()
				_, _ = io.WriteString(conn, reply)
			})
			now := wireTime
			var attempts []int
			c := wireClientFor(t, server, WithClock(func() time.Time { now = now.Add(time.Second); return now }),
				WithInterceptor(func(_ context.Context, a Attempt) { attempts = append(attempts, a.Number) }))
			var opts []CallOption
			if test.retries >= 0 {
				opts = append(opts, WithRetries(test.retries))
			}
			var err error
			if test.op == "login" {
				_, err = c.login(context.Background(), wireExample(), opts...)
			} else {
				_, err = c.send(context.Background(), wirePlainExample(), opts...)
			}
			if test.err == nil && err != nil || test.err != nil && !errors.Is(err, test.err) {
				t.Errorf("got %v, want %v", err, test.err)
			}
			mu.Lock()
			defer mu.Unlock()
			if len(seen) != test.want || len(attempts) != test.want {
				t.Errorf("%d requests and %d attempts, want %d", len(seen), len(attempts), test.want)
			}
			slices.Sort(seen)
			if len(slices.Compact(seen)) != test.want {
				t.Errorf("a repeated request was not signed afresh: %v", seen)
			}
		})
	}
}

func TestFreshNonce(t *testing.T) {
	var randoms []string
	c := wireClientFor(t, "http://127.0.0.1:1", WithMiddleware(func(http.RoundTripper) http.RoundTripper {
		return roundTrip(func(r *http.Request) (*http.Response, error) {
			randoms = append(randoms, r.URL.Query().Get("random"))
			return nil, io.ErrUnexpectedEOF
		})
	}))
	for range 64 {
		_, err := c.groups(context.Background(), wirePlainExample())
		if !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Fatal(err)
		}
	}
	large := 0
	for _, s := range randoms {
		n, err := strconv.ParseUint(s, 10, 32)
		if err != nil {
			t.Fatal(err)
		}
		if n > 1<<31 {
			large++
		}
	}
	slices.Sort(randoms)
	if len(slices.Compact(randoms)) < 126 || large == 0 || large == 128 {
		t.Errorf("%d of 128 numbers differ, %d are above 1<<31", len(slices.Compact(randoms)), large)
	}
}

type manualLimit struct {
	context.Context
	done chan struct{}
}

func (m manualLimit) Done() <-chan struct{} { return m.done }

func (m manualLimit) Err() error {
	select {
	case <-m.done:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

func TestHangingServer(t *testing.T) {
	reached := make(chan struct{}, 8)
	gone := make(chan struct{})
	server := rawServer(t, func(conn net.Conn, _ *http.Request, _ string) {
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"ret\"")
		reached <- struct{}{}
		<-gone
	})
	defer close(gone)
	c := wireClientFor(t, server, WithRetries(1))
	var limits []time.Duration
	c.core.state.withLimit = func(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
		limits = append(limits, d)
		m := manualLimit{ctx, make(chan struct{})}
		go func() { <-reached; close(m.done) }()
		return m, func() {}
	}
	_, err := c.login(context.Background(), wireExample())
	var timeout *TimeoutError
	if !errors.As(err, &timeout) || !errors.Is(err, ErrTimeout) || !errors.Is(err, context.DeadlineExceeded) ||
		timeout.Limit != 4*time.Second || timeout.Operation != "verify_login" {
		t.Errorf("got %v", err)
	}
	if len(limits) != 2 {
		t.Errorf("an attempt that took too long is repeated: %v", limits)
	}
	wireLeaks(t, "error", err, wireSecrets()...)

	ctx, cancel := context.WithCancel(context.Background())
	c.core.state.withLimit = context.WithTimeout
	go func() { <-reached; cancel() }()
	if _, err = c.login(ctx, wireExample()); !errors.Is(err, context.Canceled) || !errors.Is(err, ErrTransport) {
		t.Errorf("the caller's own cancellation: %v", err)
	}
	late, cancelLate := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancelLate()
	if _, err = c.login(late, wireExample()); !errors.Is(err, ErrTimeout) || errors.Is(err, ErrTransport) {
		t.Errorf("the caller's own deadline: %v", err)
	}
}

func TestPause(t *testing.T) {
	c := wireClientFor(t, "http://127.0.0.1:1")
	k := &call{client: c.core.state}
	for n := 1; n < 200; n++ {
		if p := k.pause(n); p < firstPause/2 || p > maxPause {
			t.Fatalf("pause %d is %v", n, p)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := waitFor(ctx, time.Hour); err == nil {
		t.Error("waiting does not end with the context")
	}
	if err := waitFor(context.Background(), 0); err != nil {
		t.Error(err)
	}
}
