package standin

// What a program writes about the calls: JSON, a line each, no secret. A test writes nothing here.

import (
	"context"
	"log/slog"

	api "github.com/msdkgen/msdkgen/templates/support"
)

// answered counts a call that was answered.
func (c *Core) answered(e api.TraceEvent) {
	c.count("answered")
	if c.settings.log.Enabled(context.Background(), slog.LevelDebug) {
		c.settings.log.LogAttrs(context.Background(), slog.LevelDebug, "answered",
			slog.String("operation", e.Operation), slog.String("app", string(e.App)), slog.Int64("code", int64(e.Code)))
	}
}

func (c *Core) logRefusal(r *Refusal) {
	attrs := []slog.Attr{
		slog.String("method", printable(r.Method)), slog.String("path", r.Path), slog.String("operation", r.Operation), slog.String("app", string(r.App)),
		slog.String("step", string(r.Step)), slog.String("failure", r.Failure), slog.Int64("code", int64(r.Code)), slog.String("reason", r.Reason),
	}
	if s := r.Signature; s != nil {
		attrs = append(attrs, slog.Group("signature",
			slog.String("signed", s.Signed), slog.String("expected", s.Expected), slog.String("given", s.Given),
			slog.String("differs", s.Difference), slog.Any("would_match", s.Would), slog.String("advice", s.Advice)))
	}
	c.settings.log.LogAttrs(context.Background(), slog.LevelWarn, "refused", attrs...)
}

func (c *Core) logError(text string) {
	c.settings.log.LogAttrs(context.Background(), slog.LevelError, text)
}
