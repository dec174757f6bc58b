package support

// How a request proves who sends it. A scheme names the credentials and the program that signs; here is what happens around that
// program: finding the credentials of an app, choosing the key, signing on the client, comparing on the server. Both sides are in
// one file because they must choose the same key for the same parameter.

import (
	"context"
	"crypto/subtle"
	"errors"
	"strconv"
	"time"
)

// scheme is one security scheme of the document.
type scheme struct {
	name          string
	index         int    // position among the schemes of the package
	appParameter  string // query parameter that names the app
	timeParameter string // query parameter that is filled with the time in seconds; "" if there is none
	keyParameter  string // query parameter that says which key signed; "" if there is only one key
	keys          []keyCase
	signature     string // query parameter that takes the signature
	sign          func(m *message, key string) string
	builtin       builtinScheme // in place of sign
}

// addSecrets puts the secrets that signed, or could have signed, on a mask. used are those that the program asked for by name.
func (s *scheme) addSecrets(m *mask, c credentials, used []string) {
	if c == nil {
		return
	}
	for i := range s.keys {
		m.addKey(c.secret(s.keys[i].secret))
	}
	for _, name := range used {
		m.addKey(c.secret(name))
	}
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
	if s.provide != nil {
		c, err := s.provide(ctx, app)
		if err != nil {
			return nil, err
		}
		if c.app() == "" || app != "" && c.app() != app {
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
func (k *keyCase) key(c credentials, generation keyGeneration) string {
	if k == nil {
		return ""
	}
	return generation.of(c.secret(k.secret))
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

// compute runs the program. ok is false when a secret that it needs is missing: a signature made without a key is one that anybody
// can make.
func (s *scheme) compute(m *message, c credentials, k *keyCase, generation keyGeneration) (signature string, ok bool) {
	if s.sign == nil || len(s.keys) > 0 && k == nil {
		return "", false
	}
	ok = true
	m.secrets = func(name string) string {
		secret := generation.of(c.secret(name))
		if secret == "" && generation == previousKey {
			secret = c.secret(name).current() // only one of several secrets is being rotated
		}
		ok = ok && secret != ""
		return secret
	}
	key := ""
	if k != nil {
		if key = k.key(c, generation); key == "" {
			return "", false
		}
	}
	signature = s.sign(m, key)
	m.secrets = nil
	return signature, ok && signature != ""
}

// verify checks the signature of a request against the current and the previous key. The comparison takes the same time for every
// wrong signature of the right length, and the verdict holds nothing about the right one.
func (s *scheme) verify(m *message, given string, c credentials, now time.Time) verdict {
	if s.builtin != nil {
		return s.builtin.verify(given, m, c, now)
	}
	var k *keyCase
	if len(s.keys) > 0 {
		if k = s.caseOf(m.parameter(s.keyParameter)); k == nil {
			return verdict{failBadParameter, "no key stands for this value of " + s.keyParameter}
		}
	}
	equal, computed := 0, false
	for _, generation := range [...]keyGeneration{currentKey, previousKey} {
		want, ok := s.compute(m, c, k, generation)
		if ok {
			computed = true
			equal |= subtle.ConstantTimeCompare([]byte(want), []byte(given))
		}
	}
	switch {
	case !computed:
		return verdict{failBadSignature, "the key that the request names is not configured"}
	case equal != 1:
		return verdict{failBadSignature, "the signature fits neither the current nor the previous key"}
	}
	return verdict{}
}

// firstMillis is a time that only a caller who counts in milliseconds can mean: in seconds it is 31 millennia away.
const firstMillis = 1_000_000_000_000

// inWindow checks the time parameter against the clock.
func (s *scheme) inWindow(m *message, now time.Time, window time.Duration) verdict {
	seconds, err := strconv.ParseInt(m.parameter(s.timeParameter), 10, 64)
	if err != nil {
		return verdict{failBadParameter, s.timeParameter + " is not a time"}
	}
	age := now.Sub(time.Unix(seconds, 0))
	if age <= window && age >= -window {
		return verdict{}
	}
	reason := s.timeParameter + " is outside of the time window"
	if seconds >= firstMillis {
		reason += "; it looks like milliseconds"
	}
	return verdict{failExpired, reason}
}
