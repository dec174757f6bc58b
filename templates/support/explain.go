package support

// Why a signature does not fit, for stand-ins and tests: what was signed, and which mistake of the caller's would explain the signature
// that came. It runs the program of the scheme again, over the request as a mistaken caller sees it; the mistakes stand in ideas.go.
// Only packages with a stand-in have this file.

import (
	"bytes"
	"context"
	"strconv"
	"strings"
	"time"
)

// WithSignatureReport calls report when a signature does not fit, before the caller is answered. It is meant for tests and for servers that
// stand in for the vendor: finding out costs far more than a call, and the report says more about a request than a log in production
// should hold. It is called from many goroutines at once.
func WithSignatureReport(report func(ctx context.Context, r *SignatureReport)) HandlerOption {
	return handlerOption(func(h *handlerState) {
		if report == nil {
			h.problems.add("the function for signature reports is nil")
			return
		}
		h.explain = func(x *exchange, s *scheme, c credentials, reason string) {
			report(x.request.Context(), newReport(x, s, c, reason))
		}
	})
}

// WithTimeReport calls report for a request with a good signature whose time is further from the clock than window. Whether the request is
// taken depends on [WithTimeWindow] alone. It is meant for servers that stand in for the vendor, and is called from many goroutines at once.
func WithTimeReport(window time.Duration, report func(ctx context.Context)) HandlerOption {
	return handlerOption(func(h *handlerState) {
		if report == nil || window <= 0 {
			h.problems.add("a time report needs a window and a function")
			return
		}
		h.late = func(x *exchange, s *scheme, now time.Time) {
			if s.time.name != "" && s.inWindow(&x.message, now, window).failure != "" {
				report(x.request.Context())
			}
		}
	})
}

// SignatureReport explains a signature that does not fit. No text in it holds a secret: a key is shown as its name in angle brackets.
type SignatureReport struct {
	Operation string
	Scheme    string // as the document spells it
	App       App
	Reason    string
	Signed    string   // what the signature has to cover; "" where no text is hashed
	Given     string   // the beginning of the signature that came, and its length
	Expected  string   // the same of the right one
	Would     []string // mistakes that would lead to the signature that came, see Search
	Advice    string   // what to do where Would is empty
	// Difference is between Signed and what the caller says it signed, see Compare.
	Difference string

	signed   string // with the body in clear
	trial    *signatureTrial
	builtin  *builtinTrial // in place of trial
	searched bool
}

// builtinExplainer is a built-in scheme that can say what is wrong with a credential.
type builtinExplainer interface {
	explain(r *SignatureReport, given string, m *message, c credentials)
	fits(given string, c credentials) bool
}

// builtinTrial is a credential that does not fit.
type builtinTrial struct {
	builtinExplainer
	given       string
	message     *message
	credentials credentials
}

func (r *SignatureReport) newBuiltin(x *exchange, s *scheme, c credentials) {
	if explainer, ok := s.builtin.(builtinExplainer); ok {
		r.builtin = &builtinTrial{explainer, x.given[0], &x.message, c}
	}
}

// maxShownText bounds the string to sign in a report, in bytes.
const maxShownText = 2000

func newReport(x *exchange, s *scheme, c credentials, reason string) *SignatureReport {
	r := &SignatureReport{Operation: x.op.id, Scheme: s.name, App: App(boundedLine(string(x.app), maxNameText)), Reason: reason}
	if s.sign == nil {
		r.newBuiltin(x, s, c)
		return r
	}
	r.trial = &signatureTrial{exchange: x, scheme: s, credentials: c, given: x.given}
	if len(s.keys) > 0 {
		r.trial.key = s.caseOf(x.message.parameter(s.keyParameter))
	}
	base := r.trial.attempt()
	if !base.run() {
		return r
	}
	r.Given, r.Expected = shownSignature(x.given[0]), shownSignature(string(base.message.placed[0]))
	r.trial.texts = base.texts
	if n := len(base.texts); n > 0 {
		r.trial.signed = base.texts[n-1]
		r.signed = r.trial.masked(string(r.trial.signed))
		r.Signed = cutText(escaped(r.trial.withoutBody(r.signed)))
	}
	return r
}

// Search looks for mistakes that would lead to the signature that came, and fills Would. It runs the program some 3,000 times at most, and
// less often the longer the signed text is.
func (r *SignatureReport) Search() {
	if r.builtin != nil && !r.searched {
		r.searched = true
		r.builtin.explain(r, r.builtin.given, r.builtin.message, r.builtin.credentials)
	}
	if r.trial == nil || r.searched {
		return
	}
	r.Would, r.searched = r.trial.find(), true
	switch {
	case len(r.Would) > 0:
	case r.trial.cut:
		r.Advice = "none of the mistakes that were tried; the body is too large for the whole search: try with a small one"
	default:
		r.Advice = "none of the usual mistakes; send the string that you sign along to see where it differs"
	}
}

// FitsKey reports whether the signature was made with another key.
func (r *SignatureReport) FitsKey(key Key) bool {
	if r.trial == nil || key.IsZero() {
		return false
	}
	a := r.trial.attempt()
	a.credentials = changedKeys{a.credentials, func(string) string { return key.current() }}
	return a.fits()
}

// Fits reports whether the signature was made with other credentials of the same scheme, such as ones that were replaced.
func (r *SignatureReport) Fits(other any) bool {
	c, ok := other.(credentials)
	if ok && r.builtin != nil {
		return r.builtin.fits(r.builtin.given, c)
	}
	if !ok || r.trial == nil {
		return false
	}
	a := r.trial.attempt()
	a.credentials = c
	return a.fits()
}

// Compare sets Difference to where what the caller signed differs from what it should have signed.
func (r *SignatureReport) Compare(own string) {
	if r.signed == "" {
		return
	}
	want, got := r.signed, r.trial.masked(own)
	if want == got {
		r.Difference = "none: the caller signed the right text, so that the key, the hash or the encoding of the signature is another one"
		return
	}
	at := 0
	for at < len(want) && at < len(got) && want[at] == got[at] {
		at++
	}
	if name := secretAt(want, at); name != "" {
		r.Difference = "at byte " + strconv.Itoa(at) + ", where " + name + " has to stand: the caller has something else there"
		return
	}
	r.Difference = "at byte " + strconv.Itoa(at) + ": expected " + around(want, at) + ", the caller has " + around(got, at)
}

// secretAt returns the mark of the secret that a place in a masked text belongs to, "" if it belongs to none.
func secretAt(text string, at int) string {
	open := strings.LastIndex(text[:min(at+1, len(text))], markOpen)
	if open < 0 {
		return ""
	}
	end := strings.Index(text[open:], markClose)
	if end < 0 || open+end < at {
		return ""
	}
	return text[open : open+end+len(markClose)]
}

// Marks of secrets in shown texts.
const markOpen, markClose = "<", ">"

// around shows a text before and behind a place.
func around(text string, at int) string {
	const before, behind = 16, 24
	from, to := max(at-before, 0), min(at+behind, len(text))
	shown := strconv.Quote(strings.ToValidUTF8(text[from:to], "?"))
	if at == len(text) {
		shown += " and nothing more"
	}
	return shown
}

// String returns the report in a few lines.
func (r *SignatureReport) String() string {
	would := r.Would
	if len(would) == 0 {
		would = []string{r.Advice}
	}
	var lines []string
	for _, line := range [...]struct {
		name  string
		texts []string
	}{
		{"reason:      ", []string{r.Reason}},
		{"signed:      ", []string{r.Signed}},
		{"expected:    ", []string{r.Expected}},
		{"given:       ", []string{r.Given}},
		{"differs:     ", []string{r.Difference}},
		{"would match: ", would},
	} {
		for _, text := range line.texts {
			if text != "" {
				lines = append(lines, line.name+text)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// shownSignature is as much of a signature as tells two of them apart.
func shownSignature(text string) string {
	const shown = 8
	length := " (" + strconv.Itoa(len(text)) + " characters)"
	if len(text) <= shown {
		return strings.Repeat("*", len(text)) + length
	}
	return escaped(text[:shown]) + "…" + length
}

// escaped is a text in one line.
func escaped(text string) string {
	quoted := strconv.Quote(strings.ToValidUTF8(text, "?"))
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

func cutText(text string) string {
	if len(text) > maxShownText {
		return strings.ToValidUTF8(text[:maxShownText], "") + "…"
	}
	return text
}

// masked puts the names of secrets in their places.
func (t *signatureTrial) masked(text string) string {
	for _, name := range t.scheme.secrets {
		secret := t.credentials.secret(name)
		for _, key := range [...]string{secret.current(), secret.previous()} {
			if key != "" {
				text = strings.ReplaceAll(text, key, markOpen+name+markClose)
			}
		}
	}
	return text
}

// withoutBody leaves the body out of a text that is shown: it may be long, and may hold a player's token.
func (t *signatureTrial) withoutBody(text string) string {
	body := t.masked(string(t.exchange.message.body))
	if body == "" {
		return text
	}
	return strings.ReplaceAll(text, body, "[body, "+strconv.Itoa(len(t.exchange.message.body))+" bytes]")
}

// signatureTrial is a signature that does not fit.
type signatureTrial struct {
	exchange    *exchange
	scheme      *scheme
	credentials credentials
	key         *keyCase
	given       []string
	texts       [][]byte // all that is hashed
	signed      []byte   // the last of them
	spent       int      // bytes hashed in the search
	cut         bool     // the search ended before its end
}

// maxSearched bounds what a search hashes, in bytes: an ordinary request gets the whole search, one of a megabyte a few attempts.
const maxSearched = 4 << 20

// affords counts an attempt, and reports whether there is room for it.
func (t *signatureTrial) affords() bool {
	for _, text := range t.texts {
		t.spent += len(text)
	}
	t.cut = t.spent > maxSearched
	return !t.cut
}

// covers reports whether a text is part of what is hashed.
func (t *signatureTrial) covers(text []byte) bool {
	for _, hashed := range t.texts {
		if bytes.Contains(hashed, text) {
			return true
		}
	}
	return false
}

// attempt is one more run of the program.
type attempt struct {
	trial       *signatureTrial
	message     message
	credentials credentials
	key         *keyCase
	rewrite     []func([]byte) []byte               // what is hashed
	spelling    func(computed []byte) (text string) // of the signature; nil: as the document has it
	texts       [][]byte                            // what was hashed
}

//go:noinline
func (t *signatureTrial) attempt() *attempt {
	return &attempt{trial: t, message: t.exchange.message, credentials: t.credentials, key: t.key}
}

// text implements signTrial.
func (a *attempt) text(text []byte) []byte {
	for _, rewrite := range a.rewrite {
		text = rewrite(text)
	}
	a.texts = append(a.texts, text)
	return text
}

func (a *attempt) run() bool {
	a.message.trial = a
	return a.trial.scheme.compute(&a.message, a.credentials, a.key, currentKey)
}

// fits reports whether the signature that came is the one of this attempt.
func (a *attempt) fits() bool {
	if !a.run() {
		return false
	}
	for i := range a.trial.scheme.places {
		computed := a.message.placed[i]
		if a.spelling != nil {
			if a.spelling(computed) != a.trial.given[i] {
				return false
			}
			continue
		}
		if a.trial.scheme.places[i].equal(computed, a.trial.given[i]) != 1 {
			return false
		}
	}
	return true
}
