package standin

// The stand-in as a whole: what is set up once, the address, and what is counted.

import (
	"context"
	"errors"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	api "github.com/msdkgen/msdkgen/templates/support"
)

// packageFacts is what the generated part of the package hands over.
type packageFacts struct {
	name    string
	schemes []*schemeFacts
	handler func(opts ...api.HandlerOption) (http.Handler, error)
	paths   []string // of the document
	samples []sample
}

// Core is the part of a stand-in that is the same for every document.
type Core struct {
	// URL is where the stand-in is reached: http://127.0.0.1 and a port.
	URL string
	// Clock is the stand-in's clock, and that of the clients that it configures.
	Clock Clock

	facts     *packageFacts
	settings  settings
	chance    *chance
	handler   http.Handler
	keyrings  []*keyring
	endpoints []recorder
	transport *http.Transport
	closing   chan struct{}
	large     chan struct{} // holds one for each large body that is in memory
	searches  allowance     // of explanations: a caller with a wrong key must not keep the stand-in busy
	close     sync.Once

	mu       sync.Mutex
	t        T // nil: no test, or it is over
	refusals []*Refusal
	counts   map[string]int64
}

// defaultWindow is how old a request may be where the document states nothing. Vendors do not say; five minutes is what most do.
const defaultWindow = 5 * time.Minute

// settings is what options decide.
type settings struct {
	lenient     []api.Leniency
	window      time.Duration // 0: none
	refusals    bool          // a refusal is no failure of the test
	seed        uint64
	rates       map[Fault]float64
	slowness    time.Duration
	keep        int
	anyApp      bool
	wishes      bool
	tellCaller  bool
	credentials map[string]string
	more        []api.HandlerOption
	log         *slog.Logger
}

// Option sets up a stand-in.
type Option func(*settings)

func newSettings(opts []Option) settings {
	s := settings{window: defaultWindow, slowness: 10 * time.Second, keep: 1000, credentials: map[string]string{}, log: slog.New(slog.DiscardHandler)}
	for _, o := range opts {
		o(&s)
	}
	return s
}

// allLeniencies are the kinds that a handler knows.
var allLeniencies = []api.Leniency{
	api.LeniencyTextForInt, api.LeniencyIntForText, api.LeniencyEmptyList, api.LeniencyEmbeddedJSON, api.LeniencyContentType, api.LeniencyTrailingSlash,
}

// WithLeniency takes departures from the document that the vendor is known to take, all of them if none is named. Without it none is
// taken: what passes here shall pass there.
func WithLeniency(kinds ...api.Leniency) Option {
	if len(kinds) == 0 {
		kinds = allLeniencies
	}
	return func(s *settings) { s.lenient = append(s.lenient, kinds...) }
}

// WithTimeWindow sets how far the time of a request may be from the clock, in either direction. The default is 5 minutes; 0 is for any time.
func WithTimeWindow(window time.Duration) Option {
	return func(s *settings) { s.window = window }
}

// WithRefusals is for tests that send what has to be refused. Without it a refused request fails the test.
func WithRefusals() Option {
	return func(s *settings) { s.refusals = true }
}

// WithFaultRates lets calls go wrong by chance: rates are between 0 and 1, and the same seed gives the same faults in the order in which
// calls come in.
func WithFaultRates(seed uint64, rates map[Fault]float64) Option {
	return func(s *settings) { s.seed, s.rates = seed, rates }
}

// WithSlowness sets how long [FaultSlow] takes. The default is 10 seconds, more than a client waits; no time is lost when the client
// leaves before.
func WithSlowness(d time.Duration) Option {
	return func(s *settings) { s.slowness = d }
}

// WithRecordedCalls sets how many calls of each endpoint are kept. The default is 1,000.
func WithRecordedCalls(n int) Option {
	return func(s *settings) { s.keep = max(n, 0) }
}

// WithAnyApp takes requests in the name of any app, with the keys of the one that is known.
func WithAnyApp() Option {
	return func(s *settings) { s.anyApp = true }
}

// WithCredential sets a credential, by its name in the document; with .previous behind the name the secret that was in use before. The
// default of each is made up.
func WithCredential(name, value string) Option {
	return func(s *settings) { s.credentials[name] = value }
}

// WithWishes lets callers say what they are answered: a request header X-Stand-In-Result, X-Stand-In-Example or X-Stand-In-Fault, or a
// query parameter stand-in-result, stand-in-example or stand-in-fault, which is not part of what is signed.
func WithWishes() Option {
	return func(s *settings) { s.wishes = true }
}

// WithHandlerOptions sets further options of the handler.
func WithHandlerOptions(opts ...api.HandlerOption) Option {
	return func(s *settings) { s.more = append(s.more, opts...) }
}

// open makes the handler.
func (c *Core) open(facts *packageFacts, s settings) error {
	c.facts, c.settings, c.closing, c.counts = facts, s, make(chan struct{}), map[string]int64{}
	c.large = make(chan struct{}, maxLargeBodies)
	c.chance = newChance(s.seed, s.rates)
	opts := []api.HandlerOption{api.WithClock(c.Clock.Now), api.WithTrace(c.trace), api.WithSignatureReport(c.mismatch)}
	timed := false
	for _, scheme := range facts.schemes {
		k := newKeyring(scheme, s.credentials)
		if s.anyApp {
			k.anyApp = func(api.App) { c.count("any-app") }
		}
		c.keyrings = append(c.keyrings, k)
		if _, err := facts.handler(scheme.client(k.now())); err != nil {
			return err // a handler that asks for its credentials would find that a key is too short when it is called
		}
		opts = append(opts, scheme.handler(k))
		timed = timed || scheme.timed
	}
	switch {
	case timed && s.window > 0:
		opts = append(opts, api.WithTimeWindow(s.window))
	case timed:
		opts = append(opts, api.WithTimeReport(defaultWindow, func(context.Context) { c.count("any-time") }))
	}
	if off := s.strict(); len(off) > 0 {
		opts = append(opts, api.WithoutLeniency(off...))
	}
	handler, err := facts.handler(append(opts, s.more...)...)
	c.handler = handler
	return err
}

// strict returns the leniencies that are off.
func (s *settings) strict() []api.Leniency {
	on := map[api.Leniency]bool{}
	for _, kind := range s.lenient {
		on[kind] = true
	}
	var off []api.Leniency
	for _, kind := range allLeniencies {
		if !on[kind] {
			off = append(off, kind)
		}
	}
	return off
}

// begin is the body of the generated NewServer.
func (c *Core) begin(t T, facts *packageFacts, opts []Option) {
	t.Helper()
	if err := c.open(facts, newSettings(opts)); err != nil {
		fatal(t, "stand-in: %v", err)
		return
	}
	c.start(t)
}

// misuse is a client that cannot be made as it was asked for.
func (c *Core) misuse(err error) {
	c.mu.Lock()
	t := c.t
	c.mu.Unlock()
	if t == nil {
		panic(err)
	}
	t.Helper()
	fatal(t, "stand-in: %v", err)
}

// start opens a port on the loopback interface for a test.
func (c *Core) start(t T) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fatal(t, "stand-in: %v", err)
		return
	}
	c.t, c.URL = t, "http://"+listener.Addr().String()
	server := newHTTPServer(c)
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(listener) // ends with Close
	}()
	t.Cleanup(func() {
		c.end()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := server.Shutdown(ctx); errors.Is(err, context.DeadlineExceeded) {
			_ = server.Close()
		}
		<-served
		c.mu.Lock()
		defer c.mu.Unlock()
		c.t = nil
	})
}

// end lets go of everything that waits.
func (c *Core) end() {
	c.close.Do(func() {
		close(c.closing)
		if c.transport != nil {
			c.transport.CloseIdleConnections()
		}
	})
}

// newHTTPServer bounds what a caller can hold on to.
func newHTTPServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: log.New(io.Discard, "", 0),
	}
}

// Options are the options of a client of the stand-in: its address, its clock, and credentials that it takes.
func (c *Core) Options() []api.ClientOption {
	if c.transport == nil {
		c.transport = &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: time.Minute, DisableCompression: true}
	}
	opts := []api.ClientOption{
		api.WithServer(api.Server(c.URL)), api.WithClock(c.Clock.Now), api.WithHTTPClient(&http.Client{Transport: c.transport}),
	}
	for _, k := range c.keyrings {
		opts = append(opts, k.facts.client(k.now()))
	}
	return opts
}

// Credential returns the value of a credential by its name in the document, for requests that a test signs itself.
func (c *Core) Credential(name string) string {
	for _, k := range c.keyrings {
		if text := k.now().text(name); text != "" {
			return text
		}
	}
	return ""
}

// RotateKeys replaces all secrets. Requests that are signed with the ones before are still taken; clients that are made from now on sign
// with the new ones.
func (c *Core) RotateKeys() {
	for _, k := range c.keyrings {
		k.rotate()
	}
}

// ForgetPreviousKeys ends the time in which the secrets before the last rotation are taken.
func (c *Core) ForgetPreviousKeys() {
	for _, k := range c.keyrings {
		k.forget()
	}
}

// Counts returns how often each leniency was made use of (by its name, such as trailing-slash), how often a fault happened
// (fault-slow, …), and how many requests were answered and refused.
func (c *Core) Counts() map[string]int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	counts := make(map[string]int64, len(c.counts))
	for name, n := range c.counts {
		counts[name] = n
	}
	return counts
}

func (c *Core) count(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[name]++
}
