package standin

// What was refused, and why: for the failure of a test, and for the log of a program. The caller is told no more than the vendor tells.

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	api "github.com/msdkgen/msdkgen/templates/support"
)

// Refusal is a request that did not reach the service.
type Refusal struct {
	Time      time.Time // by the stand-in's clock
	Operation string    // "" if the path belongs to none
	App       api.App   // as the request names it
	Step      api.Step
	Failure   string // reason as the document spells it, such as bad-signature
	Code      api.Code
	Reason    string
	// Signature says what was signed and what would have matched; nil unless the signature did not fit.
	Signature *api.SignatureReport
	Method    string
	Path      string
}

// maxRefusals bounds the refusals that are kept.
const maxRefusals = 100

// line is the refusal in one line.
func (r *Refusal) line() string {
	name := r.Operation
	if name == "" {
		name = r.Method + " " + r.Path
	}
	text := fmt.Sprintf("%s: %s at step %s, answered with code %d", name, r.Failure, r.Step, r.Code)
	if r.Reason != "" {
		text += ": " + r.Reason
	}
	return text
}

// String returns the refusal, with the explanation where there is one.
func (r *Refusal) String() string {
	if r.Signature == nil {
		return r.line()
	}
	return r.line() + "\n" + indent(r.Signature.String())
}

func indent(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n    ")
}

// trace is told about every step of every call.
func (c *Core) trace(ctx context.Context, e api.TraceEvent) {
	switch {
	case e.Leniency != "":
		c.count(e.Leniency)
		return
	case e.Failure == "" && e.Step == api.StepEncode || e.Step == api.StepCall && e.Code != 0:
		c.answered(e)
		return
	case e.Failure == "":
		return
	}
	x := exchangeOf(ctx)
	r := &Refusal{
		Time: c.Clock.Now(), Operation: e.Operation, App: e.App, Step: e.Step, Failure: e.Failure, Code: e.Code, Signature: x.report,
	}
	if e.Err != nil {
		r.Reason = strings.TrimPrefix(e.Err.Error(), e.Operation+": ")
	}
	if x.request != nil {
		r.Method, r.Path = x.request.Method, printable(x.request.URL.Path)
	}
	c.addHint(r, x)
	x.explained = r.Reason
	if r.Signature != nil {
		x.explained = r.Signature.String()
	}
	c.refused(r)
}

// addHint says more where the document's reason leaves a caller without a clue.
func (c *Core) addHint(r *Refusal, x *exchange) {
	switch r.Failure {
	case "no-such-operation":
		if r.Reason == "" && x.request != nil {
			r.Reason = c.pathHint(x.request.URL.Path)
		}
	case "unknown-app":
		for _, k := range c.keyrings {
			if known := k.now().text(k.facts.app); known != "" && !strings.Contains(r.Reason, strconv.Quote(known)) {
				r.Reason += "; " + k.facts.app + " " + strconv.Quote(known) + " is known"
			}
		}
	case "empty-body":
		r.Reason = "the body is empty"
	}
}

// pathHint says which path of the document one is nearly.
func (c *Core) pathHint(path string) string {
	for _, known := range c.facts.paths {
		switch {
		case path != known && samePath(known, path):
			return "the path has a slash at its end, which the document does not have"
		case strings.EqualFold(path, known):
			return "upper and lower case count in a path: the document has " + known
		case strings.Contains(path, "//") && strings.TrimRight(strings.ReplaceAll(path, "//", "/"), "/") == known:
			return "the path has two slashes in a row: the document has " + known
		case strings.HasSuffix(path, known):
			return "the path has " + strconv.Quote(printable(strings.TrimSuffix(path, known))) + " in front: the document has " + known
		case strings.Count(path, "/") > 0 && strings.HasSuffix(known, path):
			return "the beginning of the path is missing: the document has " + known
		}
	}
	best, shared := "", 0
	for _, known := range c.facts.paths {
		if n := commonPrefix(known, path) + commonPrefix(reversed(known), reversed(path)); n > shared && n >= len(known)/2 {
			best, shared = known, n
		}
	}
	if best == "" {
		return "the document has no such path"
	}
	return "the document has no such path; did you mean " + best + "?"
}

func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// reversed is enough of a text's end, backwards.
func reversed(text string) string {
	const most = 100
	text = text[max(0, len(text)-most):]
	b := []byte(text)
	slices.Reverse(b)
	return string(b)
}

// printable is a text from outside as it may stand in a log.
func printable(text string) string {
	const longest = 200
	if len(text) > longest {
		text = text[:longest] + "…"
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
}

// mismatch is told about a signature that does not fit, before the step that found it ends.
func (c *Core) mismatch(ctx context.Context, r *api.SignatureReport) {
	x := exchangeOf(ctx)
	x.report = r
	if x.request != nil {
		if own := signedByCaller(x.request.Header); own != "" {
			r.Compare(own)
		}
	}
	if !c.searches.allowed(time.Now()) {
		r.Advice = "not searched: there are too many such requests at once"
		return
	}
	r.Search()
	for _, k := range c.keyrings {
		if k.facts.name != r.Scheme {
			c.tryOther(k, r)
			continue
		}
		for _, old := range k.old() {
			if r.Fits(old) {
				r.Would = append(r.Would, "a key that has been replaced and is not taken any more")
				break
			}
		}
	}
	if len(r.Would) == 0 {
		r.Advice = strings.Replace(r.Advice, "along to see", "along in the header "+headerSigned+" to see", 1)
	}
}

// tryOther tries the secrets of another scheme than the one that a call has to be signed by.
func (c *Core) tryOther(k *keyring, r *api.SignatureReport) {
	for _, credential := range k.facts.credentials {
		if credential.secret && r.FitsKey(api.NewKey(k.now().text(credential.name))) {
			r.Would = append(r.Would, credential.name+", which is a key of "+k.facts.name+" and not of "+r.Scheme)
		}
	}
}

// allowance bounds how often something costly is done: so often at once, and so often a second from then on.
type allowance struct {
	mu    sync.Mutex
	spent float64
	last  time.Time
}

const searchesAtOnce, searchesPerSecond = 100, 20

func (a *allowance) allowed(now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.last.IsZero() {
		a.spent = max(0, a.spent-now.Sub(a.last).Seconds()*searchesPerSecond)
	}
	a.last = now
	if a.spent+1 > searchesAtOnce {
		return false
	}
	a.spent++
	return true
}

// refused keeps a refusal, logs it and fails the test.
func (c *Core) refused(r *Refusal) {
	c.mu.Lock()
	if len(c.refusals) < maxRefusals {
		c.refusals = append(c.refusals, r)
	}
	t := c.t
	c.mu.Unlock()
	c.count("refused")
	c.logRefusal(r)
	switch {
	case t == nil:
	case c.settings.refusals:
		t.Logf("stand-in: refused %s", r)
	default:
		t.Errorf("stand-in: refused %s", r)
	}
}

// complain is about a fault of whoever set the stand-in up.
func (c *Core) complain(text string) {
	c.mu.Lock()
	t := c.t
	c.mu.Unlock()
	if t != nil {
		t.Errorf("stand-in: %s", text)
	}
	c.logError(text)
}

// Refusals returns the requests that were refused, in their order; no more than the first 100.
func (c *Core) Refusals() []*Refusal {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]*Refusal(nil), c.refusals...)
}
