package standin

// The keys of a stand-in: those it checks requests with, those it gives to the clients it configures, and those that were replaced. All
// schemes are asked through a provider, so that keys can change while the stand-in runs.

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"sync"
	"sync/atomic"

	api "github.com/msdkgen/msdkgen/templates/support"
)

// schemeFacts is what the document says about one security scheme.
type schemeFacts struct {
	name        string
	app         string // credential that names the app; "": there is none
	timed       bool   // requests state their time
	credentials []credentialFacts
	build       func(v *values) any         // the credentials of the generated package
	client      func(v *values) api.Option  // gives them to a client
	handler     func(k *keyring) api.Option // has them asked for by a handler
}

// newScheme ties the types of a generated package to what is the same for all of them.
func newScheme[C any](
	build func(*values) C, setApp func(*C, api.App),
	with func(C) api.Option, withProvider func(func(context.Context, api.App) (C, error)) api.Option,
) *schemeFacts {
	return &schemeFacts{
		build:   func(v *values) any { return build(v) },
		client:  func(v *values) api.Option { return with(build(v)) },
		handler: func(k *keyring) api.Option { return withProvider(provide(k, build, setApp)) },
	}
}

// with adds the facts.
func (f *schemeFacts) with(name, app string, timed bool, credentials []credentialFacts) *schemeFacts {
	f.name, f.app, f.timed, f.credentials = name, app, timed, credentials
	return f
}

// credentialFacts is one credential, and what stands for it where nobody says otherwise.
type credentialFacts struct {
	name   string
	secret bool
	demo   string
}

// values are the credentials of one app at one time. Nothing in them changes.
type values struct {
	current  map[string]string
	previous map[string]string
}

func (v *values) text(name string) string { return v.current[name] }

// key returns a secret with the one before it.
func (v *values) key(name string) api.Key {
	key := api.NewKey(v.current[name])
	if previous := v.previous[name]; previous != "" {
		key = key.WithPrevious(previous)
	}
	return key
}

// keyring holds the credentials of one scheme.
type keyring struct {
	facts  *schemeFacts
	anyApp func(app api.App) // told about apps that are not configured but taken; nil: those are refused

	mu      sync.Mutex
	valid   *values
	retired []*values // the last ones first
}

// maxRetired bounds the keys that an explanation tries.
const maxRetired = 4

func newKeyring(facts *schemeFacts, given map[string]string) *keyring {
	v := &values{current: map[string]string{}, previous: map[string]string{}}
	find := func(name string) string {
		if text := given[facts.name+"/"+name]; text != "" {
			return text
		}
		return given[name]
	}
	for _, c := range facts.credentials {
		v.current[c.name] = c.demo
		if text := find(c.name); text != "" {
			v.current[c.name] = text
		}
		v.previous[c.name] = find(c.name + previousSuffix)
	}
	return &keyring{facts: facts, valid: v}
}

// previousSuffix marks the name of a secret that was in use before.
const previousSuffix = ".previous"

func (k *keyring) now() *values {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.valid
}

// of returns the credentials of an app.
func (k *keyring) of(app api.App) (*values, bool) {
	v := k.now()
	if k.facts.app == "" || string(app) == v.text(k.facts.app) {
		return v, true
	}
	if k.anyApp == nil || app == "" {
		return nil, false
	}
	k.anyApp(app)
	return v, true
}

// rotate makes new secrets current and the current ones previous.
func (k *keyring) rotate() {
	k.mu.Lock()
	defer k.mu.Unlock()
	next := &values{current: map[string]string{}, previous: map[string]string{}}
	for _, c := range k.facts.credentials {
		text := k.valid.current[c.name]
		next.current[c.name] = text
		if c.secret && text != "" {
			next.current[c.name], next.previous[c.name] = successor(text), text
		}
	}
	k.retire()
	k.valid = next
}

// forget takes no previous secrets any more.
func (k *keyring) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.retire()
	k.valid = &values{current: k.valid.current}
}

// retire remembers the secrets that are about to be replaced, for explanations.
func (k *keyring) retire() {
	for _, secrets := range []map[string]string{k.valid.previous, k.valid.current} {
		if len(secrets) == 0 {
			continue
		}
		old := &values{current: map[string]string{}}
		for _, c := range k.facts.credentials {
			if old.current[c.name] = secrets[c.name]; !c.secret {
				old.current[c.name] = k.valid.current[c.name]
			}
		}
		k.retired = append([]*values{old}, k.retired...)
	}
	k.retired = k.retired[:min(len(k.retired), maxRetired)]
}

// old returns secrets that are not taken any more.
func (k *keyring) old() []any {
	k.mu.Lock()
	defer k.mu.Unlock()
	var all []any
	for _, v := range k.retired {
		all = append(all, k.facts.build(v))
	}
	return all
}

// successor makes a secret of the same length, the same one each time.
func successor(secret string) string {
	var text string
	for sum := sha256.Sum256([]byte(secret)); len(text) < len(secret); sum = sha256.Sum256(sum[:]) {
		text += hex.EncodeToString(sum[:])
	}
	return text[:len(secret)]
}

// provide asks a keyring for the credentials of an app. They are made once for each set of keys: making them costs more than a call.
func provide[C any](k *keyring, build func(*values) C, setApp func(*C, api.App)) func(context.Context, api.App) (C, error) {
	type made struct {
		from        *values
		credentials C
	}
	var last atomic.Pointer[made]
	return func(_ context.Context, app api.App) (C, error) {
		v, ok := k.of(app)
		if !ok {
			var none C
			return none, nil // there is no such app
		}
		m := last.Load()
		if m == nil || m.from != v {
			m = &made{v, build(v)}
			last.Store(m)
		}
		c := m.credentials
		if setApp != nil {
			setApp(&c, app)
		}
		return c, nil
	}
}
