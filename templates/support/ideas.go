package support

// The mistakes that explain.go tries: each is something that callers do, in the words of a report. Apart from it because this is the list
// that grows.

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"sort"
	"strconv"
	"strings"
)

// idea is one mistake.
type idea struct {
	text  string // what the signature fits then
	apply func(a *attempt)
}

// ideas are mistakes in the order in which they are tried. What adds to them is not inlined: there are many, and a call is less to compile.
type ideas []idea

//go:noinline
func (l *ideas) add(text string, apply func(a *attempt)) { *l = append(*l, idea{text, apply}) }

// addKeys adds a mistake about the secrets.
//
//go:noinline
func (l *ideas) addKeys(text string, change func(string) string) {
	l.add(text, func(a *attempt) { a.credentials = changedKeys{a.credentials, change} })
}

// addText adds a mistake about the text that is hashed.
//
//go:noinline
func (l *ideas) addText(text string, rewrite func(text []byte) []byte) {
	l.add(text, func(a *attempt) { a.rewrite = append(a.rewrite, rewrite) })
}

// addPart adds a mistake about a part of the text that is hashed.
func (l *ideas) addPart(text, part, written string) {
	l.addText(text, func(text []byte) []byte { return bytes.Replace(text, []byte(part), []byte(written), 1) })
}

// addSpelling adds a way to write the signature.
//
//go:noinline
func (l *ideas) addSpelling(text string, spelling func(a *attempt, computed string) string) {
	l.add(text, func(a *attempt) {
		a.spelling = func(computed []byte) string { return spelling(a, string(computed)) }
	})
}

// maxLeftOut bounds the parameters that are left out in turn.
const maxLeftOut = 16

// maxFound bounds the mistakes that a report names: two different ones that fit are rare, and ten are the same one.
const maxFound = 3

// find returns the mistakes that explain the signature: one of them alone, else two of them together.
func (t *signatureTrial) find() []string {
	keys, others := t.keyIdeas(), append(append(append(t.requestIdeas(), t.bodyIdeas()...), t.textIdeas()...), t.spellingIdeas()...)
	var found []string
	try := func(together ...idea) {
		a := t.attempt()
		var texts []string
		for _, i := range together {
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
func (t *signatureTrial) keyIdeas() ideas {
	var list ideas
	for i := range t.scheme.keys {
		k := &t.scheme.keys[i]
		if t.key != nil && k.secret == t.key.secret || !k.hasKey(t.credentials) {
			continue
		}
		list.add(k.secret+", which goes with "+t.scheme.keyParameter+"="+k.value, func(a *attempt) { a.key = k })
	}
	for _, name := range t.scheme.secrets {
		if other := t.credentials.secret(name).current(); t.key != nil && other != "" && !t.signsWith(name) {
			list.addKeys(name+" in place of "+t.key.secret, func(string) string { return other })
		}
	}
	if t.scheme.hasPrevious(t.credentials) {
		list.addKeys("the previous key", nil)
	}
	list.addKeys("the key with a line end behind it, as it is read from a file", func(key string) string { return key + "\n" })
	list.addKeys("the key with a blank or a line end less", strings.TrimSpace)
	list.addKeys("the key in upper case", strings.ToUpper)
	list.addKeys("the key in lower case", strings.ToLower)
	return list
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
func (t *signatureTrial) requestIdeas() ideas {
	var list ideas
	if l := &t.scheme.time; l.name != "" && l.in == inQuery {
		value := t.exchange.message.parameter(l.name)
		set := func(text, value string) {
			list.add(text, func(a *attempt) { a.message.parameters = withPair(a.message.parameters, l.name, value) })
		}
		switch {
		case len(value) == len("1440938160000") && isInteger(value, 64):
			set("a "+l.name+" in seconds, and the request has milliseconds", value[:10])
		case len(value) == len("1440938160") && isInteger(value, 64):
			set("a "+l.name+" in milliseconds, and the request has seconds", value+"000")
		}
		set("a request without "+l.name, "")
	}
	for i, p := range t.exchange.message.parameters {
		if i < maxLeftOut && p.name != t.scheme.time.name && t.covers([]byte(p.value)) {
			list.add("a request without its parameter "+boundedLine(p.name, maxNameText), func(a *attempt) {
				_, _, a.message.parameters = takePair(append([]pair(nil), a.message.parameters...), p.name)
			})
		}
	}
	return list
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
func (t *signatureTrial) textIdeas() ideas {
	if t.signed == nil {
		return nil
	}
	list := t.queryIdeas()
	m := &t.exchange.message
	path := string(m.path())
	shorter := path // without its first segment
	if _, rest, ok := strings.Cut(strings.TrimPrefix(path, "/"), "/"); ok {
		shorter = "/" + rest
	}
	key := ""
	if t.key != nil {
		key = t.key.key(t.credentials, currentKey)
	}
	for _, other := range [...]struct{ text, part, written string }{
		{"the path with a slash at its end", path, path + "/"},
		{"the path without the slash at its end", path, strings.TrimSuffix(path, "/")},
		{"the path without the slash in front", path, strings.TrimPrefix(path, "/")},
		{"the path without its first segment", path, shorter},
		{"the path without the ? behind it", path + "?", path},
		{"a text without the path", path + "?", ""},
		{"the host in front of the path", path, m.host + path},
		{"the percent-encoded path", path, string(m.encodedPath())},
		{"the whole address in place of the path", path, m.urlScheme + "://" + m.host + path},
		{"a text without the key", key, ""},
	} {
		if other.part != "" && other.part != other.written && bytes.Contains(t.signed, []byte(other.part)) {
			list.addPart(other.text, other.part, other.written)
		}
	}
	if t.key != nil {
		t.movedKey(&list, []byte(key))
	}
	return list
}

// movedKey adds texts in which the key stands elsewhere.
func (t *signatureTrial) movedKey(list *ideas, key []byte) {
	if bytes.HasPrefix(t.signed, key) {
		list.addText("the key behind the text, and not in front of it", func(text []byte) []byte {
			rest, _ := bytes.CutPrefix(text, key)
			return joinedBytes(rest, key)
		})
	}
	body := t.exchange.message.body
	if inner := joinedBytes(body, key); len(body) > 0 && bytes.HasSuffix(t.signed, inner) {
		list.addText("the key between the parameters and the body", func(text []byte) []byte {
			rest, ok := bytes.CutSuffix(text, inner)
			if !ok {
				return text
			}
			return joinedBytes(rest, key, inner[:len(inner)-len(key)])
		})
		if before := bytes.TrimSuffix(t.signed, inner); len(before) > 0 {
			list.addPart("a text without the path and the parameters", string(before), "")
		}
	}
	if bytes.HasSuffix(t.signed, key) {
		list.addText("the key in front of the text, and not behind it", func(text []byte) []byte {
			rest, _ := bytes.CutSuffix(text, key)
			return joinedBytes(key, rest)
		})
	}
}

// joinedBytes puts texts one behind the other, in memory of their own.
func joinedBytes(texts ...[]byte) []byte { return bytes.Join(texts, nil) }

// queryIdeas are ways to write the parameters.
func (t *signatureTrial) queryIdeas() ideas {
	m := &t.exchange.message
	inOrder := append([]pair(nil), m.parameters...)
	sort.SliceStable(inOrder, func(i, j int) bool { return inOrder[i].name < inOrder[j].name })
	backwards := append([]pair(nil), m.parameters...)
	sort.SliceStable(backwards, func(i, j int) bool { return backwards[i].name > backwards[j].name })
	forms := [...]struct{ text, query string }{
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
	var list ideas
	seen := map[string]bool{used: true}
	for _, form := range forms {
		if !seen[form.query] {
			seen[form.query] = true
			list.addPart(form.text, used, form.query)
		}
	}
	return list
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
func (t *signatureTrial) spellingIdeas() ideas {
	var list ideas
	for _, spelling := range fixedSpellings {
		list.addSpelling(spelling.text, func(_ *attempt, computed string) string { return spelling.write(computed) })
	}
	if len(t.given) != 1 {
		return list
	}
	given := t.given[0]
	const enough = 8 // a shorter beginning fits by chance
	list.addSpelling("the right signature, of which the end is missing", func(_ *attempt, computed string) string {
		if len(given) >= enough && strings.HasPrefix(computed, given) {
			return given
		}
		return ""
	})
	list.addSpelling("the right signature, with something behind it", func(_ *attempt, computed string) string {
		if len(computed) >= enough && strings.HasPrefix(given, computed) {
			return given
		}
		return ""
	})
	hashed := func(a *attempt, h hash.Hash) string {
		if len(a.texts) == 0 {
			return ""
		}
		h.Write(a.texts[len(a.texts)-1])
		return hex.EncodeToString(h.Sum(nil))
	}
	switch len(given) {
	case 2 * sha1.Size:
		list.addSpelling("the right text, hashed with SHA-1", func(a *attempt, _ string) string { return hashed(a, sha1.New()) })
	case 2 * sha256.Size:
		list.addSpelling("the right text, hashed with SHA-256", func(a *attempt, _ string) string { return hashed(a, sha256.New()) })
	}
	return list
}

var fixedSpellings = [...]struct {
	text  string
	write func(computed string) string
}{
	{"the right signature in upper case", strings.ToUpper},
	{"the right signature in lower case", strings.ToLower},
	{"the right signature in base64 in place of hexadecimal", func(computed string) string {
		raw, err := hex.DecodeString(computed)
		if err != nil {
			return computed
		}
		return base64.StdEncoding.EncodeToString(raw)
	}},
	{"the right signature in hexadecimal in place of base64", func(computed string) string {
		raw, err := base64.StdEncoding.DecodeString(computed)
		if err != nil {
			return computed
		}
		return hex.EncodeToString(raw)
	}},
	{"the right signature with blanks where + was: it was not percent-encoded in the query", func(computed string) string {
		return strings.ReplaceAll(computed, "+", " ")
	}},
}
