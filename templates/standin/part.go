package standin

// A stand-in as a part of a program. Several generated packages have a Part, and each is a type of its own; what Run asks of one is an
// interface over types of the standard library, so that those of all packages fit, and a program can serve several behind one port.

import (
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// Part is the stand-in of this package, to be served by a program.
type Part struct {
	core  *Core
	facts *packageFacts
}

// Settings is what a program decides about its parts. It is the same type in every generated package.
type Settings = struct {
	Lenient     bool          // departures from the document are taken, any app is known, any time is good
	TimeWindow  time.Duration // 0: the default if strict, none if lenient
	ClockSkew   time.Duration // of the stand-in's clock against the machine's
	Seed        uint64        // of the faults
	Faults      map[string]float64
	Slowness    time.Duration
	TellCaller  bool              // why a request was refused, in a header of the answer
	Credentials map[string]string // by name, or by scheme/name
	Log         *slog.Logger
}

// Vendor is a part of a program, of any generated package.
type Vendor interface {
	// Name is the name of the generated package.
	Name() string
	// Credentials lists the credentials: the scheme, the name, what is taken where nobody gives one, and secret if it is one.
	Credentials() [][4]string
	// Open makes the part ready; it is called once.
	Open(Settings) error
	// Serves reports whether a path is one of the part's.
	Serves(path string) bool
	// Nearness is how much of the beginning of a path is the same as in one of the part's, in bytes.
	Nearness(path string) int
	// Curl returns command lines that send calls, signed for now, to a base URL.
	Curl(base string) []string
	// Counts returns what happened so far, by name.
	Counts() map[string]int64
	// Close lets go of everything that waits.
	Close()
	http.Handler
}

var _ Vendor = (*Part)(nil)

// Name implements [Vendor].
func (p *Part) Name() string { return p.facts.name }

// Credentials implements [Vendor].
func (p *Part) Credentials() [][4]string {
	var all [][4]string
	for _, s := range p.facts.schemes {
		for _, c := range s.credentials {
			secret := ""
			if c.secret {
				secret = "secret"
			}
			all = append(all, [4]string{s.name, c.name, c.demo, secret})
		}
	}
	return all
}

// Open implements [Vendor].
func (p *Part) Open(s Settings) error {
	opts := []Option{WithWishes(), WithRecordedCalls(0)}
	own := newSettings(opts)
	own.credentials, own.tellCaller, own.seed = s.Credentials, s.TellCaller, s.Seed
	if s.Log != nil {
		own.log = s.Log.With(slog.String("package", p.facts.name))
	}
	if s.Lenient {
		own.lenient, own.anyApp, own.window = allLeniencies, true, 0
	}
	if s.TimeWindow > 0 {
		own.window = s.TimeWindow
	}
	if s.Slowness > 0 {
		own.slowness = s.Slowness
	}
	own.rates = map[Fault]float64{}
	for name, rate := range s.Faults {
		own.rates[Fault(name)] = rate
	}
	p.core.Clock.Advance(s.ClockSkew)
	return p.core.open(p.facts, own)
}

// Serves implements [Vendor].
func (p *Part) Serves(path string) bool {
	for _, pattern := range p.facts.paths {
		if samePath(pattern, path) {
			return true
		}
	}
	return false
}

// Nearness implements [Vendor].
func (p *Part) Nearness(path string) int {
	nearest := 0
	for _, pattern := range p.facts.paths {
		nearest = max(nearest, commonPrefix(pattern, path))
	}
	return nearest
}

// samePath compares a path with one of the document's, whose segments may hold parameters.
func samePath(pattern, path string) bool {
	pattern, path = strings.TrimSuffix(pattern, "/"), strings.TrimSuffix(path, "/")
	if !strings.Contains(pattern, "{") {
		return pattern == path
	}
	for {
		form, restOfPattern, more := strings.Cut(pattern, "/")
		segment, restOfPath, moreOfPath := strings.Cut(path, "/")
		if more != moreOfPath || form != segment && (segment == "" || !strings.Contains(form, "{")) {
			return false
		}
		if !more {
			return true
		}
		pattern, path = restOfPattern, restOfPath
	}
}

// Curl implements [Vendor].
func (p *Part) Curl(base string) []string {
	p.core.URL = base
	return p.core.Curl()
}

// Counts implements [Vendor].
func (p *Part) Counts() map[string]int64 { return p.core.Counts() }

// Close implements [Vendor].
func (p *Part) Close() { p.core.end() }

// ServeHTTP implements http.Handler.
func (p *Part) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.core.ServeHTTP(w, r) }
