package support

// The time limit of an attempt, as a context. One of context.WithTimeout takes seven allocations, a third of what an HTTP request needs
// altogether, and most of them are for a timer that never fires. Here timer and channel are used again, by the next attempt, as long
// as they were not needed. Who keeps the context of such an attempt may see it end late, or not at all: it is therefore given to
// net/http's own transport only, which keeps none, and everything else gets one of package context; see makeHTTP.

import (
	"context"
	"sync"
	"time"
)

// limiter ends a context, once. It goes back to the others when it did not have to. Its timer is left running when an attempt is over:
// to stop it and to set it again for each attempt would wake a sleeping processor each time. When it fires it looks whether there is
// an attempt, and whether the time of that one has come.
type limiter struct {
	pool   *sync.Pool
	ctx    context.Context
	cancel context.CancelCauseFunc

	mu       sync.Mutex
	timer    *time.Timer
	fires    time.Time // zero: the timer does not run
	deadline time.Time // of the attempt; zero: there is none
}

// limiterOf takes a limiter out of a pool, where there is one. A pool belongs to one client: timers and channels that a test made in a
// bubble of testing/synctest must not turn up outside of it.
func limiterOf(pool *sync.Pool) *limiter {
	if l, ok := pool.Get().(*limiter); ok {
		return l
	}
	l := &limiter{pool: pool}
	l.ctx, l.cancel = context.WithCancelCause(context.Background())
	return l
}

// begin sets the deadline.
func (l *limiter) begin(limit time.Duration, deadline time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.deadline = deadline
	if l.fires.IsZero() || l.fires.After(deadline) {
		l.start(limit, deadline)
	}
}

func (l *limiter) start(wait time.Duration, until time.Time) {
	if l.fires = until; l.timer == nil {
		l.timer = time.AfterFunc(wait, l.expire)
		return
	}
	l.timer.Reset(wait)
}

// expire is what the timer does.
func (l *limiter) expire() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fires = time.Time{}
	if l.deadline.IsZero() {
		return
	}
	if left := time.Until(l.deadline); left > 0 {
		l.start(left, l.deadline)
		return
	}
	l.cancel(context.DeadlineExceeded)
}

// end is for an attempt that is over: from now on the timer ends nothing.
func (l *limiter) end() {
	l.mu.Lock()
	l.deadline = time.Time{}
	l.mu.Unlock()
}

// retire is for a limiter that is not used again. Without it the timers of calls that were canceled would pile up for as long as their
// limits are.
func (l *limiter) retire() {
	l.mu.Lock()
	if l.timer != nil {
		l.timer.Stop()
	}
	l.mu.Unlock()
	l.cancel(context.Canceled)
}

// attemptContext is the context of one attempt: the caller's, and a time limit. It lies inside of what the attempt sends.
type attemptContext struct {
	context.Context // the caller's
	own             *limiter
	deadline        time.Time
	stop            func() bool // takes back that the caller's context ends this one; nil: that one does not end

	cancel context.CancelFunc // of a context of package context, which stands in place of this one
}

// begin starts the clock, unless the caller's own deadline comes first.
func (a *attemptContext) begin(pool *sync.Pool, ctx context.Context, limit time.Duration) {
	own := limiterOf(pool)
	a.Context, a.own, a.deadline = ctx, own, time.Now().Add(limit)
	if callers, ok := ctx.Deadline(); ok && callers.Before(a.deadline) {
		a.deadline = callers
	} else {
		own.begin(limit, a.deadline)
	}
	if err := ctx.Err(); err != nil {
		own.cancel(err) // at once: nothing is sent for a caller who has gone
	} else if ctx.Done() != nil {
		a.stop = context.AfterFunc(ctx, func() { own.cancel(ctx.Err()) })
	}
}

// end is for an attempt that is over. Only what has not been set off, and cannot be any more, is used again.
func (a *attemptContext) end() {
	if a.cancel != nil {
		a.cancel()
		return
	}
	a.own.end()
	if (a.stop == nil || a.stop()) && a.own.ctx.Err() == nil {
		a.own.pool.Put(a.own)
		return
	}
	a.own.retire()
}

// Deadline implements context.Context.
func (a *attemptContext) Deadline() (time.Time, bool) { return a.deadline, true }

// Done implements context.Context.
func (a *attemptContext) Done() <-chan struct{} { return a.own.ctx.Done() }

// Err implements context.Context. Whatever came first is the reason.
func (a *attemptContext) Err() error { return context.Cause(a.own.ctx) }

// Value implements context.Context. Package context asks for a key of its own, in order to hang a context below this one on it directly;
// the limiter has nothing but that.
func (a *attemptContext) Value(key any) any {
	if v := a.own.ctx.Value(key); v != nil {
		return v
	}
	return a.Context.Value(key)
}
