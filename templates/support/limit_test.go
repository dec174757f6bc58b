package support

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

type limitKey struct{}

func TestAttemptContext(t *testing.T) {
	caller, cancel := context.WithCancel(context.WithValue(context.Background(), limitKey{}, "v"))
	defer cancel()
	var expired, cancelled, unused attemptContext
	var pool sync.Pool
	expired.begin(&pool, caller, time.Hour)
	child, cancelChild := context.WithCancel(&expired)
	defer cancelChild()
	if deadline, ok := expired.Deadline(); !ok || time.Until(deadline) > time.Hour || expired.Err() != nil || expired.Value(limitKey{}) != "v" {
		t.Error(deadline, ok, expired.Err())
	}
	expired.own.expire() // too early
	if expired.Err() != nil || expired.own.fires != expired.deadline {
		t.Error(expired.Err(), "the timer does not run on")
	}
	expired.own.begin(0, time.Unix(1, 0))
	<-child.Done()
	if !errors.Is(expired.Err(), context.DeadlineExceeded) || !errors.Is(context.Cause(child), context.DeadlineExceeded) {
		t.Error(expired.Err(), context.Cause(child))
	}

	cancelled.begin(&pool, caller, time.Hour)
	cancel()
	<-cancelled.Done()
	if !errors.Is(cancelled.Err(), context.Canceled) || !errors.Is(expired.Err(), context.DeadlineExceeded) {
		t.Error(cancelled.Err(), expired.Err())
	}

	var late attemptContext
	if late.begin(&pool, caller, time.Hour); !errors.Is(late.Err(), context.Canceled) {
		t.Error("a caller who has gone is noticed at once", late.Err())
	}
	late.end()
	soon, cancelSoon := context.WithTimeout(context.Background(), time.Hour)
	defer cancelSoon()
	unused.begin(&pool, soon, 2*time.Hour)
	if got, _ := unused.Deadline(); time.Until(got) > time.Hour || !unused.own.deadline.IsZero() {
		t.Error("the caller's deadline is the nearer one", got)
	}
	for _, a := range []*attemptContext{&expired, &cancelled, &unused} {
		a.end()
	}
	if unused.Err() != nil {
		t.Error("a limiter that nothing set off is used again", unused.Err())
	}
	unused.own.expire()
	if unused.Err() != nil || !unused.own.fires.IsZero() {
		t.Error("a timer ended something when there was no attempt", unused.Err())
	}
	for range 3 {
		var next attemptContext
		next.begin(&pool, context.Background(), time.Hour)
		if next.own == expired.own || next.own == cancelled.own || next.Err() != nil {
			t.Error("a limiter that was set off is used again")
		}
		defer next.end()
	}
}

// Limits may be long: whoever cancels many calls must not be left with as many timers.
func TestTimersOfCanceledAttemptsStop(t *testing.T) {
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	for _, caller := range []context.Context{gone, context.Background()} {
		var a attemptContext
		a.begin(new(sync.Pool), caller, time.Hour)
		a.own.cancel(context.Canceled)
		a.end()
		if a.own.timer.Stop() {
			t.Error("the timer of a limiter that nobody uses any more runs on")
		}
	}
}

// Attempts side by side, some of whose callers go away: nobody may be told of another one's end.
func TestLimitersAreNotMixedUp(t *testing.T) {
	var all sync.WaitGroup
	var pool sync.Pool
	for g := range 4 {
		all.Add(1)
		go func() {
			defer all.Done()
			for n := range 300 {
				caller, cancel := context.WithCancel(context.Background())
				var a attemptContext
				a.begin(&pool, caller, time.Hour)
				if (n+g)%3 == 0 {
					cancel()
					<-a.Done()
				}
				if wanted := (n+g)%3 == 0; wanted != (a.Err() != nil) {
					t.Error(n, a.Err())
				}
				a.end()
				cancel() // after the attempt: it concerns nobody any more
			}
		}()
	}
	all.Wait()
}

// Channels and timers that were made in a bubble of testing/synctest must not be used outside of it: limiters stay with their client.
func TestLimitersStayWithTheirClient(t *testing.T) {
	for range 3 {
		synctest.Test(t, func(t *testing.T) {
			client, err := newWireClient(WithServer("http://127.0.0.1:1"), withWireV3(wireCredentials()))
			if err != nil {
				t.Fatal(err)
			}
			k := &call{client: client.core.state, op: &opWireLogin}
			for range 2 {
				w := new(wire)
				<-k.limited(context.Background(), w).Done()
				w.limit.end()
			}
			for range 2 { // these leave something to use again
				w := new(wire)
				limited := k.limited(context.Background(), w)
				select {
				case <-limited.Done():
					t.Error("the limit is over")
				default:
				}
				w.limit.end()
			}
		})
	}
}

// The limit of real attempts over net/http's own transport.
func TestTimeLimitOverTheWire(t *testing.T) {
	var hangs sync.WaitGroup
	hangs.Add(1)
	reached := make(chan struct{}, 16)
	server := rawServer(t, func(conn net.Conn, r *http.Request, _ string) {
		if r.URL.Query().Get("version") == "hang" {
			reached <- struct{}{}
			hangs.Wait()
			return
		}
		_, _ = io.WriteString(conn, httpReply("200 OK", `{"ret":0,"msg":""}`))
	})
	defer hangs.Done()
	c := wireClientFor(t, server, WithRetries(0))
	if !c.core.state.unseen || !c.core.state.direct {
		t.Fatal("this is about a client without anything of the caller's")
	}
	for range 2 {
		var timeout *TimeoutError
		_, err := c.login(context.Background(), wireExample(), withWireVersion("hang"), WithTimeLimit(time.Millisecond))
		if !errors.As(err, &timeout) || timeout.Limit != time.Millisecond {
			t.Error(err)
		}
		select {
		case <-reached: // it may have been too late even for the request
		default:
		}
		ctx, cancel := context.WithCancel(context.Background())
		go func() { <-reached; cancel() }()
		if _, err = c.login(ctx, wireExample(), withWireVersion("hang")); !errors.Is(err, context.Canceled) || !errors.Is(err, ErrTransport) {
			t.Error(err)
		}
		if _, err = c.login(context.Background(), wireExample()); err != nil {
			t.Error(err)
		}
		if _, err = c.login(ctx, wireExample()); !errors.Is(err, context.Canceled) {
			t.Error("a call for somebody who has gone", err)
		}
	}
	if len(noHeader) != 0 || len(jsonHeader) != 1 || len(jsonType) != 1 || jsonType[0] != jsonContent {
		t.Error("a shared header was written to", noHeader, jsonHeader)
	}
}

func TestWhoSeesRequests(t *testing.T) {
	proxied := http.DefaultTransport.(*http.Transport).Clone()
	other := proxied.Clone()
	other.Proxy = func(*http.Request) (*url.URL, error) { return nil, nil }
	for _, test := range []struct {
		name           string
		opts           []ClientOption
		direct, unseen bool
	}{
		{"default", nil, true, true},
		{"default client", []ClientOption{WithHTTPClient(new(http.Client))}, true, true},
		{"proxy of the environment", []ClientOption{WithHTTPClient(&http.Client{Transport: proxied})}, true, true},
		{"proxy function", []ClientOption{WithHTTPClient(&http.Client{Transport: other})}, true, false},
		{"other transport", []ClientOption{WithHTTPClient(&http.Client{Transport: roundTrip(nil)})}, true, false},
		{"middleware", []ClientOption{WithMiddleware(func(r http.RoundTripper) http.RoundTripper { return r })}, true, false},
		{"time limit", []ClientOption{WithHTTPClient(&http.Client{Timeout: time.Hour})}, false, false},
	} {
		s := wireClientFor(t, "http://127.0.0.1:1", test.opts...).core.state
		if s.direct != test.direct || s.unseen != test.unseen {
			t.Errorf("%s: %v, %v", test.name, s.direct, s.unseen)
		}
	}
}
