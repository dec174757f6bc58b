package support

// The mistakes that explain.go tries: each is something that callers do, in the words of a report. Apart from it because this is the list
// that grows.

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"sort"
	"strconv"
	"strings"
)

// idea is one mistake.
type idea struct {
	text  string // what the signature fits then
	apply func(a *attempt)
}

// maxLeftOut bounds the parameters that are left out in turn.
const maxLeftOut = 16

// maxFound bounds the mistakes that a report names: two different ones that fit are rare, and ten are the same one.
const maxFound = 3

// find returns the mistakes that explain the signature: one of them alone, else two of them together.
func (t *signatureTrial) find() []string {
	keys, others := t.keyIdeas(), append(append(append(t.requestIdeas(), t.bodyIdeas()...), t.textIdeas()...), t.spellingIdeas()...)
	var found []string
	try := func(ideas ...idea) {
		a := t.attempt()
		var texts []string
		for _, i := range ideas {
			i.apply(a)
			texts = append(texts, i.text)
		}
		if len(found) < maxFound && t.affords() && a.fits() {
			found = append(found, strings.Join(texts, ", and "))
		}
	}
	for _, i := range append(keys, others...) {
		try(i)
	}
	if len(found) == 0 {
		found = t.exactMillis()
	}
	if len(found) > 0 {
		return found
	}
	for n, first := range append(keys, others...) {
		for m, second := range others {
			if m+len(keys) > n {
				try(first, second)
			}
		}
	}
	return found
}

// keyIdeas are about the key.
func (t *signatureTrial) keyIdeas() []idea {
	var ideas []idea
	for i := range t.scheme.keys {
		k := &t.scheme.keys[i]
		if t.key != nil && k.secret == t.key.secret || !k.hasKey(t.credentials) {
			continue
		}
		ideas = append(ideas, idea{k.secret + ", which goes with " + t.scheme.keyParameter + "=" + k.value, func(a *attempt) { a.key = k }})
	}
	for _, name := range t.scheme.secrets {
		if other := t.credentials.secret(name).current(); t.key != nil && other != "" && !t.signsWith(name) {
			ideas = append(ideas, idea{name + " in place of " + t.key.secret, func(a *attempt) {
				a.credentials = changedKeys{a.credentials, func(string) string { return other }}
			}})
		}
	}
	if t.scheme.hasPrevious(t.credentials) {
		ideas = append(ideas, idea{"the previous key", func(a *attempt) {
			a.credentials = changedKeys{a.credentials, nil}
		}})
	}
	for _, change := range []struct {
		text string
		key  func(string) string
	}{
		{"the key with a line end behind it, as it is read from a file", func(key string) string { return key + "\n" }},
		{"the key with a blank or a line end less", strings.TrimSpace},
		{"the key in upper case", strings.ToUpper},
		{"the key in lower case", strings.ToLower},
	} {
		ideas = append(ideas, idea{change.text, func(a *attempt) { a.credentials = changedKeys{a.credentials, change.key} }})
	}
	return ideas
}

// signsWith reports whether a secret is one that the scheme signs with.
func (t *signatureTrial) signsWith(name string) bool {
	for i := range t.scheme.keys {
		if t.scheme.keys[i].secret == name {
			return true
		}
	}
	return false
}

// changedKeys are credentials with other secrets.
type changedKeys struct {
	credentials
	change func(string) string // nil: the previous secret
}

func (c changedKeys) secret(name string) Key {
	secret := c.credentials.secret(name)
	if c.change == nil {
		return NewKey(secret.previous())
	}
	return NewKey(c.change(secret.current()))
}

// requestIdeas are about what the request says.
func (t *signatureTrial) requestIdeas() []idea {
	var ideas []idea
	if l := &t.scheme.time; l.name != "" && l.in == inQuery {
		value := t.exchange.message.parameter(l.name)
		set := func(value string) func(*attempt) {
			return func(a *attempt) { a.message.parameters = withPair(a.message.parameters, l.name, value) }
		}
		switch {
		case len(value) == len("1440938160000") && isInteger(value, 64):
			ideas = append(ideas, idea{"a " + l.name + " in seconds, and the request has milliseconds", set(value[:10])})
		case len(value) == len("1440938160") && isInteger(value, 64):
			ideas = append(ideas, idea{"a " + l.name + " in milliseconds, and the request has seconds", set(value + "000")})
		}
		ideas = append(ideas, idea{"a request without " + l.name, set("")})
	}
	for i, p := range t.exchange.message.parameters {
		if i < maxLeftOut && p.name != t.scheme.time.name && t.covers([]byte(p.value)) {
			ideas = append(ideas, idea{"a request without its parameter " + boundedLine(p.name, maxNameText), func(a *attempt) {
				_, _, a.message.parameters = takePair(append([]pair(nil), a.message.parameters...), p.name)
			}})
		}
	}
	return ideas
}

// exactMillis tries every millisecond of the second that the request states.
func (t *signatureTrial) exactMillis() []string {
	l := &t.scheme.time
	value := t.exchange.message.parameter(l.name)
	if l.name == "" || l.in != inQuery || len(value) != 10 || !isInteger(value, 64) {
		return nil
	}
	for ms := range 1000 {
		if !t.affords() {
			return nil
		}
		a := t.attempt()
		digits := strconv.Itoa(1000 + ms)[1:]
		a.message.parameters = withPair(a.message.parameters, l.name, value+digits)
		if a.fits() {
			return []string{"a " + l.name + " in milliseconds, and the request has seconds"}
		}
	}
	return nil
}

// withPair returns the pairs with another value under a name.
func withPair(all []pair, name, value string) []pair {
	changed := make([]pair, len(all))
	copy(changed, all)
	for i := range changed {
		if changed[i].name == name {
			changed[i].value = value
		}
	}
	return changed
}

// textIdeas are about the text that is hashed: parts of it written in another way.
func (t *signatureTrial) textIdeas() []idea {
	if t.signed == nil {
		return nil
	}
	ideas := t.queryIdeas()
	replace := func(text, from, to string) {
		if from == "" || from == to || !bytes.Contains(t.signed, []byte(from)) {
			return
		}
		ideas = append(ideas, idea{text, func(a *attempt) {
			a.rewrite = append(a.rewrite, func(text []byte) []byte { return bytes.Replace(text, []byte(from), []byte(to), 1) })
		}})
	}
	m := &t.exchange.message
	path := string(m.path())
	replace("the path with a slash at its end", path, path+"/")
	replace("the path without the slash at its end", path, strings.TrimSuffix(path, "/"))
	replace("the path without the slash in front", path, strings.TrimPrefix(path, "/"))
	if _, rest, ok := strings.Cut(strings.TrimPrefix(path, "/"), "/"); ok {
		replace("the path without its first segment", path, "/"+rest)
	}
	replace("the path without the ? behind it", path+"?", path)
	replace("a text without the path", path+"?", "")
	replace("the host in front of the path", path, m.host+path)
	replace("the percent-encoded path", path, string(m.encodedPath()))
	replace("the whole address in place of the path", path, m.urlScheme+"://"+m.host+path)
	if t.key == nil {
		return ideas
	}
	key := t.key.key(t.credentials, currentKey)
	replace("a text without the key", key, "")
	move := func(text string, moved func(text []byte) []byte) {
		ideas = append(ideas, idea{text, func(a *attempt) { a.rewrite = append(a.rewrite, moved) }})
	}
	if bytes.HasPrefix(t.signed, []byte(key)) {
		move("the key behind the text, and not in front of it", func(text []byte) []byte {
			rest, _ := bytes.CutPrefix(text, []byte(key))
			return append(bytes.Clone(rest), key...)
		})
	}
	if inner := append(bytes.Clone(m.body), key...); len(m.body) > 0 && bytes.HasSuffix(t.signed, inner) {
		move("the key between the parameters and the body", func(text []byte) []byte {
			rest, ok := bytes.CutSuffix(text, inner)
			if !ok {
				return text
			}
			return append(append(bytes.Clone(rest), key...), inner[:len(inner)-len(key)]...)
		})
		replace("a text without the path and the parameters", string(bytes.TrimSuffix(t.signed, inner)), "")
	}
	if bytes.HasSuffix(t.signed, []byte(key)) {
		move("the key in front of the text, and not behind it", func(text []byte) []byte {
			rest, _ := bytes.CutSuffix(text, []byte(key))
			return append([]byte(key), rest...)
		})
	}
	return ideas
}

// queryIdeas are ways to write the parameters.
func (t *signatureTrial) queryIdeas() []idea {
	m := &t.exchange.message
	inOrder := append([]pair(nil), m.parameters...)
	sort.SliceStable(inOrder, func(i, j int) bool { return inOrder[i].name < inOrder[j].name })
	backwards := append([]pair(nil), m.parameters...)
	sort.SliceStable(backwards, func(i, j int) bool { return backwards[i].name > backwards[j].name })
	forms := []struct{ text, query string }{
		{"parameters that are sorted, and not percent-encoded", joined(inOrder, false, false)},
		{"parameters that are sorted and percent-encoded", joined(inOrder, true, false)},
		{"parameters in the order of the request, and not percent-encoded", joined(m.parameters, false, false)},
		{"parameters in the order of the request, percent-encoded", string(m.query())},
		{"parameters that are sorted, without the empty ones", joined(inOrder, false, true)},
		{"parameters in the order of the request, without the empty ones", joined(m.parameters, false, true)},
		{"parameters that are sorted backwards", joined(backwards, false, false)},
		{"a request without its parameters", ""},
	}
	used := ""
	for _, form := range forms {
		if len(form.query) > len(used) && bytes.Contains(t.signed, []byte(form.query)) {
			used = form.query
		}
	}
	if used == "" {
		return nil
	}
	var ideas []idea
	seen := map[string]bool{used: true}
	for _, form := range forms {
		if seen[form.query] {
			continue
		}
		seen[form.query] = true
		ideas = append(ideas, idea{form.text, func(a *attempt) {
			a.rewrite = append(a.rewrite, func(text []byte) []byte { return bytes.Replace(text, []byte(used), []byte(form.query), 1) })
		}})
	}
	return ideas
}

func joined(parameters []pair, encoded, dropEmpty bool) string {
	var parts []string
	for _, p := range parameters {
		if dropEmpty && p.value == "" {
			continue
		}
		part := p.name + "=" + p.value
		if encoded {
			part = string(appendQuery(nil, []pair{p}))
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "&")
}

// spellingIdeas are ways to make and write the signature itself.
func (t *signatureTrial) spellingIdeas() []idea {
	ideas := fixedSpellings
	if len(t.given) != 1 {
		return ideas
	}
	given := t.given[0]
	whole := func(text string, fits func(computed string) bool) {
		ideas = append(ideas, idea{text, func(a *attempt) {
			a.spelling = func(computed []byte) string {
				if fits(string(computed)) {
					return given
				}
				return ""
			}
		}})
	}
	const enough = 8 // a shorter beginning fits by chance
	whole("the right signature, of which the end is missing", func(computed string) bool {
		return len(given) >= enough && strings.HasPrefix(computed, given)
	})
	whole("the right signature, with something behind it", func(computed string) bool {
		return len(computed) >= enough && strings.HasPrefix(given, computed)
	})
	hashed := func(name string, hash func(text []byte) []byte) {
		ideas = append(ideas, idea{"the right text, hashed with " + name, func(a *attempt) {
			a.spelling = func([]byte) string {
				if len(a.texts) == 0 {
					return ""
				}
				return hex.EncodeToString(hash(a.texts[len(a.texts)-1]))
			}
		}})
	}
	switch len(given) {
	case 2 * sha1.Size:
		hashed("SHA-1", func(text []byte) []byte { sum := sha1.Sum(text); return sum[:] })
	case 2 * sha256.Size:
		hashed("SHA-256", func(text []byte) []byte { sum := sha256.Sum256(text); return sum[:] })
	}
	return ideas
}

var fixedSpellings = []idea{
	{"the right signature in upper case", func(a *attempt) {
		a.spelling = func(computed []byte) string { return strings.ToUpper(string(computed)) }
	}},
	{"the right signature in lower case", func(a *attempt) {
		a.spelling = func(computed []byte) string { return strings.ToLower(string(computed)) }
	}},
	{"the right signature in base64 in place of hexadecimal", func(a *attempt) {
		a.spelling = func(computed []byte) string {
			raw, err := hex.DecodeString(string(computed))
			if err != nil {
				return string(computed)
			}
			return base64.StdEncoding.EncodeToString(raw)
		}
	}},
	{"the right signature in hexadecimal in place of base64", func(a *attempt) {
		a.spelling = func(computed []byte) string {
			raw, err := base64.StdEncoding.DecodeString(string(computed))
			if err != nil {
				return string(computed)
			}
			return hex.EncodeToString(raw)
		}
	}},
	{"the right signature with blanks where + was: it was not percent-encoded in the query", func(a *attempt) {
		a.spelling = func(computed []byte) string { return strings.ReplaceAll(string(computed), "+", " ") }
	}},
}
