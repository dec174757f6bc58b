package signing

// Is the signature of a request right, and if not, why? This file gives the verdict; explore.go looks for what the caller did instead.

import (
	"time"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// Check is a request with what is known about it.
type Check struct {
	API         *ir.API
	Match       Match // see Find
	Received    *Received
	Server      string // under which address the caller called, http(s)://host[:port][/prefix]; empty: what the request says
	Credentials Credentials
	Functions   map[string]Function
	// Decrypt opens an encrypted body; nil: encrypted bodies are taken as they are.
	Decrypt func(ciphertext []byte, secret string) ([]byte, error)
	Now     time.Time     // for the time window; zero: the time is not looked at
	Window  time.Duration // 0: what the document states
	Own     []byte        // the caller's own string to sign; nil: unknown
	// MaxTries bounds how many other readings are tried; 0: some thousands, which take about a tenth of a second. A server that
	// explains what it refuses bounds them by a few hundred, which is each one alone.
	MaxTries int
}

// Explanation is what came out.
type Explanation struct {
	Valid     bool
	Reason    string // why not, in one line, without any secret
	Previous  bool   // it fits the previous secrets, and not the current ones
	Encrypted bool
	App       string // that the request names
	Arrival   *Arrival
	Run       *Run // with the current secrets; nil if the program could not be run
	Places    []PlaceResult
	Would     []Finding // what would have matched; only if Valid is false
	Tried     int       // how many other readings were tried
	Notes     []string  // what is odd about the request, whether it is valid or not
	// Difference is between the string to sign and the caller's own; nil without that, or if there is none.
	Difference *Difference
	// OwnIs names the step whose text the caller's own string is, if it is not the last one.
	OwnIs string
}

// PlaceResult is one signature.
type PlaceResult struct {
	Place *ir.Place
	Given string
	Want  Text
	Fits  bool
}

// Finding is something that a caller did, and that explains the signature.
type Finding struct {
	Code string // a short word for it, such as "previous-key"; of several things together joined with +
	Text string // a sentence without its period
}

// Explain gives the verdict. The operation of c.Match has to be signed.
func Explain(c Check) *Explanation {
	x := &Explanation{}
	s := c.Match.Operation.Scheme
	if s.Builtin != "" {
		explainBuiltin(&c, x)
		return x
	}
	body, problem := c.signedBody(x)
	if problem != "" {
		x.Reason = problem
		return x
	}
	arrival, err := Take(s, c.located(), c.Match, body)
	x.Arrival, x.App = arrival, arrival.App
	if err != nil {
		x.Reason = err.Error()
		return x
	}
	c.note(x)
	in := Input{Scheme: s, Request: &arrival.Request, Credentials: c.Credentials, Functions: c.Functions}
	run, err := Evaluate(in)
	if x.Run = run; err != nil {
		x.Run, x.Reason = nil, err.Error()
		return x
	}
	x.Valid = x.compare(s, run)
	if !x.Valid && c.hasPrevious() {
		in.Previous = true
		if run, err := Evaluate(in); err == nil && allFit(s, run, arrival.Given) {
			x.Valid, x.Previous = true, true
			x.Notes = append(x.Notes, "it was signed with the previous secret, which is still good")
		}
	}
	c.compareOwn(x)
	if x.Valid {
		c.window(x)
		return x
	}
	x.Reason = "the signature fits neither the current nor the previous secret"
	if !c.hasPrevious() {
		x.Reason = "the signature does not fit"
	}
	c.explore(x)
	return x
}

func (c *Check) hasPrevious() bool {
	for _, credential := range c.Credentials {
		if credential.Previous != "" {
			return true
		}
	}
	return false
}

// compare fills the places.
func (x *Explanation) compare(s *ir.Scheme, run *Run) bool {
	all := true
	for i, p := range s.Places {
		r := PlaceResult{p, x.Arrival.Given[i], run.Placed[i], fits(p, run.Placed[i].Clear(), x.Arrival.Given[i])}
		all = all && r.Fits
		x.Places = append(x.Places, r)
	}
	return all
}

func allFit(s *ir.Scheme, run *Run, given []string) bool {
	for i, p := range s.Places {
		if i >= len(given) || !fits(p, run.Placed[i].Clear(), given[i]) {
			return false
		}
	}
	return true
}

// located is the request under the address that the caller used.
func (c *Check) located() *Received {
	got := *c.Received
	base, ok := parseBase(c.Server)
	if ok {
		got.URLScheme, got.Host = base.scheme, base.host
		if base.path != "" && !hasPathPrefix(got.Path, base.path) {
			got.Path = base.path + got.Path // a proxy has cut it off
		}
	}
	if got.URLScheme == "" {
		got.URLScheme = "https"
		for _, server := range c.API.Servers {
			if base, ok := parseBase(server.URL); ok && base.host == got.Host {
				got.URLScheme = base.scheme
			}
		}
	}
	return &got
}

// signedBody is the body that the signature covers.
func (c *Check) signedBody(x *Explanation) (body []byte, problem string) {
	cipher := c.Match.Operation.Cipher
	body = c.Received.Body
	if cipher == nil || c.Received.Header(cipher.ContentHeader) != cipher.Name {
		return body, ""
	}
	x.Encrypted = true
	if cipher.SignCiphertext || c.Decrypt == nil {
		return body, ""
	}
	plaintext, ok := c.decrypted(body)
	if !ok {
		return nil, "the body cannot be decrypted with " + cipher.Secret + ", but the signature covers its plaintext"
	}
	return plaintext, ""
}

// decrypted opens a body with the current or the previous key of the cipher.
func (c *Check) decrypted(body []byte) (plaintext []byte, ok bool) {
	cipher := c.Match.Operation.Cipher
	if cipher == nil || c.Decrypt == nil {
		return nil, false
	}
	for _, previous := range []bool{false, true} {
		if key := c.Credentials.of(cipher.Secret, previous); key != "" {
			if plaintext, err := c.Decrypt(body, key); err == nil {
				return plaintext, true
			}
		}
	}
	return nil, false
}

// note says what is odd about a request even if its signature is right.
func (c *Check) note(x *Explanation) {
	op := c.Match.Operation
	if !c.Match.Method {
		x.Notes = append(x.Notes, "the operation's method is "+op.Method+", not "+c.Received.Method)
	}
	if c.Match.Slash {
		x.Notes = append(x.Notes, "the path differs from that of the document by the slash at its end")
	}
	if l := op.Scheme.Time; l != nil {
		text := x.Arrival.locate(l, nil)
		t, ok := parseTime(text, l.Format)
		switch {
		case !ok && text != "":
			x.Notes = append(x.Notes, l.Name+" is no time of the form "+string(l.Format))
		case ok && l.Format == ir.TimeSeconds && t.Unix() >= firstMillis:
			x.Notes = append(x.Notes, l.Name+" looks like milliseconds; it has to be in seconds")
		case ok && l.Format == ir.TimeMillis && t.UnixMilli() < firstMillis/10:
			x.Notes = append(x.Notes, l.Name+" looks like seconds; it has to be in milliseconds")
		}
	}
	if s := op.Scheme; s.App != nil {
		for _, credential := range s.Credentials {
			own := c.Credentials[credential.Name.Spec].Current
			if credential.App && own != "" && own != x.App {
				x.Notes = append(x.Notes, "the request is for another app than the one in "+credential.Name.Spec)
			}
		}
	}
}

// firstMillis is a time that only somebody who counts in milliseconds can mean.
const firstMillis = 1_000_000_000_000

// window looks at the time of a request whose signature is right.
func (c *Check) window(x *Explanation) {
	s := c.Match.Operation.Scheme
	window := c.Window
	if window == 0 {
		window = s.Window
	}
	if s.Time == nil || window == 0 || c.Now.IsZero() {
		return
	}
	t, ok := parseTime(x.Arrival.locate(s.Time, nil), s.Time.Format)
	span := time.Duration(0)
	if s.Time.Format == ir.TimeDate || s.Time.Format == ir.TimeDateBasic {
		span = 24 * time.Hour
	}
	age := c.Now.Add(s.Time.Offset).Sub(t)
	switch {
	case !ok:
		x.Valid, x.Reason = false, "the signature is right, but "+s.Time.Name+" is no time"
	case age > window+span:
		x.Valid, x.Reason = false, "the signature is right, but the request is older than "+window.String()
	case age < -window:
		x.Valid, x.Reason = false, "the signature is right, but the request is from the future"
	}
}
