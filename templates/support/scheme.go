package support

// How a request proves who sends it. A scheme names the credentials and the program that signs; here is what happens around that
// program: finding the credentials of an app, choosing the key, signing on the client, comparing on the server. Both sides are in
// one file because they must choose the same key for the same parameter.

import (
	"context"
	"crypto/subtle"
	"errors"
	"time"
)

// scheme is one security scheme of the document.
type scheme struct {
	name         string
	index        int           // position among the schemes of the package
	hasApp       bool          // credentials name an app; else there is one set of credentials
	app          locator       // where a request names the app; nowhere: the credentials decide
	time         locator       // where a request states its time
	window       time.Duration // how old a request may be as the document states it; 0: it states nothing
	keyParameter string        // query parameter that says which key signed; "" if there is only one key
	keys         []keyCase
	secrets      []string // names of all secrets
	required     []string // names of the secrets and credentials that have to be configured besides keys
	values       []signValue
	places       []place
	sign         func(m *message, key string) // leaves its result in m
	builtin      builtinScheme                // in place of sign
	cipher       bodyCipher                   // of its operations; nil: none
}

// where says in which part of a request something travels.
type where uint8

const (
	inQuery where = iota
	inHeader
	inPath
	inBody      // a member at the top, or a field of a form
	inSignature // in the place of the signature: a hole of its template
)

// String returns the word used in messages.
func (w where) String() string {
	return [...]string{"query parameter", "header", "path parameter", "body member", "signature's part"}[w]
}

// locator says where one value stands; nowhere if it has no name.
type locator struct {
	in     where
	name   string // of a header in lower case
	format timeFormat
	offset time.Duration // how far ahead of its clock a client states a time
}

// find returns the value, "" if it is absent.
func (l *locator) find(m *message) string {
	switch l.in {
	case inHeader:
		return m.header(l.name)
	case inPath:
		return m.pathValue(l.name)
	case inBody:
		return m.field(l.name)
	case inSignature:
		return m.value(l.name)
	}
	return m.parameter(l.name)
}

// signValue is made by the signer for each attempt, and travels in the place of the signature.
type signValue struct {
	name     string
	format   timeFormat    // of a time
	offset   time.Duration // of a time: added to the clock
	alphabet string        // of random text; "": it is a time
	length   int
}

// place is where a finished text goes.
type place struct {
	in   where // inQuery, inHeader or inBody
	name string
	form placeForm // nil: the result of a step is the whole text
}

// placeForm is a text around a signature, see template.
type placeForm interface {
	capture(text string) (values, credentials []pair, ok bool)
	equal(computed []byte, given string) int
}

// equal compares in constant time: 1 if given is what was computed, 0 if not.
func (p *place) equal(computed []byte, given string) int {
	if p.form != nil {
		return p.form.equal(computed, given)
	}
	return subtle.ConstantTimeCompare(computed, []byte(given))
}

// isPlace reports whether a signature of the scheme goes there.
func (s *scheme) isPlace(in where, name string) bool {
	if s == nil {
		return false
	}
	for i := range s.places {
		p := &s.places[i]
		if p.in == in && (p.name == name || in == inHeader && asciiLower(p.name) == asciiLower(name)) {
			return true
		}
	}
	return false
}

// hasPlace reports whether some signature of the scheme goes there.
func (s *scheme) hasPlace(in where) bool {
	for i := range s.places {
		if s.places[i].in == in {
			return true
		}
	}
	return false
}

// addSecrets puts the secrets that sign, or could have signed, on a mask.
func (s *scheme) addSecrets(m *mask, c credentials) {
	if c == nil {
		return
	}
	for _, name := range s.secrets {
		m.addKey(c.secret(name))
	}
}

// missing names a credential that is not configured though it is needed, "" if there is none.
func (s *scheme) missing(c credentials) string {
	for _, name := range s.required {
		if c.value(name) == "" && c.secret(name).current() == "" {
			return name
		}
	}
	return ""
}

// keyCase is a value of the key parameter and the secret that it stands for.
type keyCase struct {
	value     string
	secret    string
	otherwise bool // also for values that no case lists
}

// credentials is what the generated credentials types offer.
type credentials interface {
	app() App
	value(name string) string
	secret(name string) Key
}

// builtinScheme is a scheme that is no program: what travels is itself a credential, made now and then and used many times.
type builtinScheme interface {
	// issuer returns the part with a memory, one for each client.
	issuer() credentialIssuer
	// verify says whether given proves the credentials, and why not.
	verify(given string, m *message, c credentials, now time.Time) verdict
}

// credentialIssuer makes the credential that travels. It is used from many goroutines at once.
type credentialIssuer interface {
	credential(c credentials, now time.Time) (string, error)
}

// verdict is the outcome of a verification. reason is for the server's own trace; it never reaches the caller.
type verdict struct {
	failure failure // "" if the request is genuine
	reason  string
}

// errUnknownApp says that there are no credentials for the app in question.
var errUnknownApp = errors.New("there are no credentials for this app")

// credentialSource is where the credentials of one scheme come from: values, one for each app, or a provider.
type credentialSource struct {
	scheme  *scheme
	fixed   []credentials // the first is the default of a client
	provide func(context.Context, App) (credentials, error)
}

// knows reports whether there are credentials of an app; of a provider that is not known before it is asked.
func (s *credentialSource) knows(app App) bool {
	if s.provide != nil {
		return true
	}
	for _, c := range s.fixed {
		if c.app() == app {
			return true
		}
	}
	return false
}

// lookup returns the credentials of an app; app may be empty on a client, and means the default then.
func (s *credentialSource) lookup(ctx context.Context, app App) (credentials, error) {
	if !s.scheme.hasApp {
		app = ""
	}
	if s.provide != nil {
		c, err := s.provide(ctx, app)
		if err != nil {
			return nil, err
		}
		if s.scheme.hasApp && (c.app() == "" || app != "" && c.app() != app) {
			return nil, errUnknownApp
		}
		return c, nil
	}
	for _, c := range s.fixed {
		if app == "" || c.app() == app {
			return c, nil
		}
	}
	return nil, errUnknownApp
}

// hasKey reports whether c has a key for the case.
func (k *keyCase) hasKey(c credentials) bool { return c.secret(k.secret).current() != "" }

// hasKey reports whether c has any of the keys that the scheme signs with.
func (s *scheme) hasKey(c credentials) bool { return len(s.keys) == 0 || s.preferredCase(c) != nil }

// preferredCase returns the first case whose key c has; nil if c has none.
func (s *scheme) preferredCase(c credentials) *keyCase {
	for i := range s.keys {
		if s.keys[i].hasKey(c) {
			return &s.keys[i]
		}
	}
	return nil
}

// caseOf returns the case that a value of the key parameter stands for; nil if it stands for none. The parameter may be optional:
// an absent one has the empty value, which only a case that takes other values covers.
func (s *scheme) caseOf(value string) *keyCase {
	var otherwise *keyCase
	for i := range s.keys {
		k := &s.keys[i]
		if s.keyParameter == "" || k.value == value {
			return k
		}
		if k.otherwise {
			otherwise = k
		}
	}
	return otherwise
}

// key returns the key of a case, "" without one.
// Where another secret is being exchanged, and not this one, the current key stands for the previous one.
func (k *keyCase) key(c credentials, generation keyGeneration) string {
	secret := c.secret(k.secret)
	if key := generation.of(secret); key != "" {
		return key
	}
	return secret.current()
}

// keyGeneration tells the two keys of a rotation apart.
type keyGeneration bool

const (
	currentKey  keyGeneration = false
	previousKey keyGeneration = true
)

func (g keyGeneration) of(k Key) string {
	if g == previousKey {
		return k.previous()
	}
	return k.current()
}

// hasPrevious reports whether any of the keys is being exchanged.
func (s *scheme) hasPrevious(c credentials) bool {
	for _, name := range s.secrets {
		if c.secret(name).previous() != "" {
			return true
		}
	}
	return false
}

// compute runs the program, which leaves its result in m.placed. ok is false when a secret that it needs is missing, or when it
// failed: a signature made without a key is one that anybody can make.
func (s *scheme) compute(m *message, c credentials, k *keyCase, generation keyGeneration) (ok bool) {
	m.begin(c, generation)
	if s.sign == nil || len(s.keys) > 0 && k == nil {
		return false
	}
	key := ""
	if k != nil {
		if key = k.key(c, generation); key == "" {
			m.missing = true
			return false
		}
	}
	s.sign(m, key)
	return m.fault == "" && !m.missing && len(m.placed) == len(s.places)
}

// verify checks the signatures of a request, one for each place, against the current and the previous key. The comparison takes the
// same time for every wrong signature of the right length, and the verdict holds nothing about the right one.
func (s *scheme) verify(m *message, given []string, c credentials, now time.Time) verdict {
	if s.builtin != nil {
		return s.builtin.verify(given[0], m, c, now)
	}
	var k *keyCase
	if len(s.keys) > 0 {
		value := ""
		if s.keyParameter != "" {
			value = m.parameter(s.keyParameter)
		}
		if k = s.caseOf(value); k == nil {
			return verdict{failBadParameter, "no key stands for this value of " + s.keyParameter}
		}
	}
	equal, computed := s.fits(m, given, c, k, currentKey)
	fault := m.fault
	if s.hasPrevious(c) {
		before, computedToo := s.fits(m, given, c, k, previousKey)
		if computed = computed || computedToo; !computedToo {
			fault = m.fault
		}
		if equal == 1 && before == 0 {
			s.compute(m, c, k, currentKey) // m keeps what the request was signed with: the replay memory knows it by that
		}
		equal |= before
	}
	switch {
	case !computed && fault != "":
		return verdict{failBadSignature, fault}
	case !computed:
		return verdict{failBadSignature, "the key that the request names is not configured"}
	case equal != 1:
		return verdict{failBadSignature, "the signature fits neither the current nor the previous key"}
	}
	return verdict{}
}

// fits compares the signatures with those that the keys of one generation make: 1 if all of them are the same. computed is false where
// there are none to compare with.
func (s *scheme) fits(m *message, given []string, c credentials, k *keyCase, generation keyGeneration) (equal int, computed bool) {
	if !s.compute(m, c, k, generation) {
		return 0, false
	}
	equal = 1
	for i := range s.places {
		equal &= s.places[i].equal(m.placed[i], given[i])
	}
	return equal, true
}

// firstMillis is a time that only a caller who counts in milliseconds can mean: in seconds it is 31 millennia away.
const firstMillis = 1_000_000_000_000

// inWindow checks the time of a request against the clock.
func (s *scheme) inWindow(m *message, now time.Time, window time.Duration) verdict {
	t, ok := s.time.format.parse(s.time.find(m))
	if !ok {
		return verdict{failBadParameter, s.time.name + " is not a time"}
	}
	age := now.Add(s.time.offset).Sub(t)
	if age-s.time.format.span() <= window && age >= -window {
		return verdict{}
	}
	reason := s.time.name + " is outside of the time window"
	switch {
	case s.time.format == timeSeconds && t.Unix() >= firstMillis:
		reason += "; it looks like milliseconds"
	case age < 0:
		reason += ", " + (-age).Round(time.Second).String() + " ahead of the clock; the window is " + window.String()
	default:
		reason += ", " + age.Round(time.Second).String() + " behind the clock; the window is " + window.String()
	}
	return verdict{failExpired, reason}
}
