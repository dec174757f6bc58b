package support

// Doing a call again. Apart from sending because the two answer different questions: this file knows which failures a second attempt
// may cure, and reports each attempt; it does not know what an attempt consists of.

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"time"
)

const (
	firstPause = 50 * time.Millisecond
	maxPause   = time.Second
)

// run makes attempts until one succeeds, or fails in a way that another one would not cure.
func (k *call) run(ctx context.Context, out responseBody) (responseBody, error) {
	for n := 1; ; n++ {
		err := k.attempt(ctx, n, out)
		if err == nil || !k.op.repeatable || n > k.settings.retries || !retryable(err) || ctx.Err() != nil {
			return out, err
		}
		if k.client.wait(ctx, k.pause(n)) != nil {
			return nil, contextError(k.op.id, ctx)
		}
		out = freshLike(out)
	}
}

// attempt signs, sends, judges and reports once.
func (k *call) attempt(ctx context.Context, n int, out responseBody) error {
	report := Attempt{Operation: k.op.id, Number: n}
	var start time.Time
	if k.observed(ctx) {
		start = time.Now() // not the clock of the options: this measures, and a clock that stands still would measure nothing
	}
	r, err := k.sign()
	if err == nil {
		err = k.send(ctx, &r, out, &report)
	}
	if report.Err = err; !start.IsZero() {
		report.Duration = time.Since(start)
	}
	k.log(ctx, &report)
	for _, intercept := range k.client.interceptors {
		intercept(ctx, report)
	}
	return err
}

// observed reports whether somebody is going to learn how long an attempt took.
func (k *call) observed(ctx context.Context) bool {
	l := k.client.logger
	return len(k.client.interceptors) > 0 || !k.client.silent && (l.Enabled(ctx, slog.LevelWarn) || l.Enabled(ctx, slog.LevelDebug))
}

func (k *call) log(ctx context.Context, a *Attempt) {
	level, text := slog.LevelDebug, "call succeeded"
	if a.Err != nil {
		level, text = slog.LevelWarn, "call failed"
	}
	if k.client.silent || !k.client.logger.Enabled(ctx, level) {
		return
	}
	attrs := []slog.Attr{
		slog.String("operation", a.Operation), slog.Int("attempt", a.Number), slog.Int64("code", int64(a.Code)),
		slog.Int("status", a.HTTPStatus), slog.Duration("duration", a.Duration),
	}
	if a.Err != nil {
		attrs = append(attrs, slog.String("error", a.Err.Error()))
	}
	k.client.logger.LogAttrs(ctx, level, text, attrs...)
}

// retryable reports whether a second attempt may cure err.
func retryable(err error) bool {
	var r interface{ Retryable() bool }
	return errors.As(err, &r) && r.Retryable()
}

// pause is how long to wait after attempt n: it doubles, and half of it is chance, so that clients that failed together do not come
// back together.
func (k *call) pause(n int) time.Duration {
	pause := min(firstPause<<min(n-1, 10), maxPause)
	m := moment{source: k.client.random}
	return pause/2 + time.Duration(m.next()%uint64(pause/2+1))
}

// waitFor waits on a timer, or until ctx ends.
func waitFor(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// failed makes the error of a failing code.
func (k *call) failed(code Code, message string, status int) error {
	text, retry := k.op.result.text(code)
	e := &Error{Operation: k.op.id, Code: code, Text: text, HTTPStatus: status, Retry: retry}
	if e.Platform = k.op.result.platform(code); e.Platform != "" {
		e.PlatformCode, message = splitPlatform(message)
	}
	e.Message = k.mask().text(message, maxOutsideText)
	return e
}

// splitPlatform takes "-73,text" apart. Without a number in front the whole message is the text.
func splitPlatform(message string) (Code, string) {
	number, text, found := strings.Cut(message, ",")
	code, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
	if err != nil {
		return 0, message
	}
	if !found {
		return Code(code), ""
	}
	return Code(code), strings.TrimSpace(text)
}
