package support

// What can be set, and where. An option says by its type where it may be given: to the client, to a call, to the handler, or to
// several of them; the compiler refuses the rest. Options are interfaces over functions, so that printing one shows an address
// and never the credentials inside. What each option does stands beside its code; this file holds the plumbing and what client
// and handler have in common.

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// ClientOption sets up a client.
type ClientOption interface{ applyClient(*clientState) }

// CallOption changes one call.
type CallOption interface{ applyCall(*callSettings) }

// HandlerOption sets up a handler.
type HandlerOption interface{ applyHandler(*handlerState) }

// Option sets up a client or a handler.
type Option interface {
	ClientOption
	HandlerOption
}

// CallOrClientOption changes one call or, given to the client, all of its calls.
type CallOrClientOption interface {
	CallOption
	ClientOption
}

type (
	clientOption       func(*clientState)
	callOption         func(*callSettings)
	handlerOption      func(*handlerState)
	commonOption       func(*settings)
	callOrClientOption func(*callSettings)
)

func (o clientOption) applyClient(c *clientState)       { o(c) }
func (o callOption) applyCall(c *callSettings)          { o(c) }
func (o handlerOption) applyHandler(h *handlerState)    { o(h) }
func (o commonOption) applyClient(c *clientState)       { o(&c.settings) }
func (o commonOption) applyHandler(h *handlerState)     { o(&h.settings) }
func (o callOrClientOption) applyCall(c *callSettings)  { o(c) }
func (o callOrClientOption) applyClient(c *clientState) { o(&c.defaults) }

// problems collects mistakes in options; all of them are reported together.
type problems []string

// Not inlined, like the functions that make options: it is called in many places, none of which is in a hurry.
//
//go:noinline
func (p *problems) add(problem string) { *p = append(*p, problem) }

// err returns a *ConfigError, or nil if there was no mistake.
func (p problems) err(operation string) error {
	if len(p) == 0 {
		return nil
	}
	return &ConfigError{Operation: operation, Reason: strings.Join(p, "; ")}
}

// settings is what client and handler have in common.
type settings struct {
	problems problems
	sources  []*credentialSource // by scheme.index; nil: not configured
	clock    func() time.Time
	logger   *slog.Logger
	silent   bool  // there is none: nobody need be asked what it takes
	maxBody  int64 // bytes; 0: the side's own default
	depth    int   // levels of nesting; 0: the reader's default
	copied   bool  // see WithCopiedStrings
}

func (s *settings) complete(maxBody int64) {
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.logger == nil {
		s.logger, s.silent = slog.New(slog.DiscardHandler), true
	}
	if s.maxBody == 0 {
		s.maxBody = maxBody
	}
}

// source returns where the credentials of a scheme come from, nil if nothing was configured.
func (s *settings) source(of *scheme) *credentialSource {
	if of == nil || of.index >= len(s.sources) {
		return nil
	}
	return s.sources[of.index]
}

// requireScheme finds a client that could make no call at all, or a handler that could admit none. One of several schemes may be
// missing: its operations say so when they are called.
func (s *settings) requireScheme(schemes []*scheme) {
	if len(schemes) == 0 {
		return
	}
	for _, of := range schemes {
		if s.source(of) != nil {
			return
		}
	}
	s.problems.add("no credentials were given")
}

// requireCipherKey finds that nothing could be encrypted. A provider may have a key for any app.
func (s *settings) requireCipherKey() {
	for _, source := range s.sources {
		if source == nil || source.scheme.cipher == nil {
			continue
		}
		if source.provide != nil {
			return
		}
		for _, c := range source.fixed {
			if source.scheme.cipher.hasKey(c) {
				return
			}
		}
	}
	s.problems.add("bodies shall be encrypted, but no credentials hold the key of a cipher")
}

//go:noinline
func (s *settings) makeSource(of *scheme) *credentialSource {
	for len(s.sources) <= of.index {
		s.sources = append(s.sources, nil)
	}
	if s.sources[of.index] == nil {
		s.sources[of.index] = &credentialSource{scheme: of}
	}
	return s.sources[of.index]
}

// withCredentials adds the credentials of one app. Given again for the same app, the later ones count.
//
//go:noinline
func withCredentials(of *scheme, c credentials) Option {
	return commonOption(func(s *settings) {
		if of.hasApp && c.app() == "" {
			s.problems.add("the credentials of " + of.name + " name no app")
			return
		}
		if !of.hasKey(c) {
			s.problems.add("the credentials of " + of.name + " hold no key")
			return
		}
		if name := of.missing(c); name != "" {
			s.problems.add("the credentials of " + of.name + " lack " + name)
			return
		}
		if of.cipher != nil {
			if problem := of.cipher.problem(c); problem != "" {
				s.problems.add("the credentials of " + of.name + ": " + problem)
				return
			}
		}
		source := s.makeSource(of)
		if source.provide != nil {
			s.problems.add(of.name + " has both credentials and a provider")
			return
		}
		for i := range source.fixed {
			if source.fixed[i].app() == c.app() {
				source.fixed[i] = c
				return
			}
		}
		source.fixed = append(source.fixed, c)
	})
}

// withProvider sets the function that is asked for credentials on every call.
//
//go:noinline
func withProvider[C credentials](of *scheme, provide func(ctx context.Context, app App) (C, error)) Option {
	return commonOption(func(s *settings) {
		source := s.makeSource(of)
		switch {
		case provide == nil:
			s.problems.add("the credentials provider of " + of.name + " is nil")
		case source.fixed != nil:
			s.problems.add(of.name + " has both credentials and a provider")
		default:
			source.provide = func(ctx context.Context, app App) (credentials, error) { return provide(ctx, app) }
		}
	})
}

// WithLogger sets where a client or a handler logs: failures at warning level, all else at debug level, no secrets at any. Without
// it nothing is logged.
func WithLogger(logger *slog.Logger) Option {
	return commonOption(func(s *settings) { s.logger = logger })
}

// WithClock sets the clock that timestamps, the life of generated credentials and a server's checks go by. The default is
// time.Now. It is called from many goroutines at once. Time limits do not go by it.
func WithClock(now func() time.Time) Option {
	return commonOption(func(s *settings) {
		if now == nil {
			s.problems.add("the clock is nil")
			return
		}
		s.clock = now
	})
}

// WithMaxBodySize sets how many bytes of a body are read: of an answer on a client (default 8 MiB), of a request on a handler
// (default 1 MiB). A larger one is refused.
func WithMaxBodySize(bytes int64) Option {
	return commonOption(func(s *settings) {
		if bytes <= 0 {
			s.problems.add("the largest body size must be positive")
			return
		}
		s.maxBody = bytes
	})
}

// WithMaxDepth sets how deeply lists and objects may be nested in a body that is read. The default is 64, the most 10,000.
func WithMaxDepth(levels int) Option {
	return commonOption(func(s *settings) {
		if levels <= 0 || levels > largestMaxDepth {
			s.problems.add("the largest depth must be between 1 and 10000")
			return
		}
		s.depth = levels
	})
}

// lockedReader makes the caller's random source usable from many goroutines.
type lockedReader struct {
	mu sync.Mutex
	r  io.Reader
}

// Read reads from the source, one goroutine at a time.
func (l *lockedReader) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return io.ReadFull(l.r, p)
}

// defaultRandom is crypto/rand's reader, which needs no lock.
var defaultRandom = rand.Reader
