package support

// Why a UserSig does not fit, for stand-ins and tests. It takes the credential apart by hand, as leniently as it can, to find the step at
// which whoever made it did something else. Only packages with a stand-in have this file.

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"strconv"
	"strings"
)

// explain implements builtinExplainer.
func (userSig) explain(r *SignatureReport, given string, m *message, c credentials) {
	r.Given = shownSignature(given)
	plain, wrong := unpackedUserSig(given)
	r.Would = append(r.Would, wrong...)
	claims, wrong := looseClaims(plain)
	r.Would = append(r.Would, wrong...)
	if claims == nil {
		if len(r.Would) == 0 {
			r.Advice = "what came is no UserSig: base64 of zlib of JSON, with *-_ in place of +/="
		}
		return
	}
	r.Signed = cutText(escaped(string(claims.signedText())))
	secret := c.secret(userSigSecret).current()
	r.Expected, r.Given = "TLS.sig "+shownSignature(claims.signature(secret)), "TLS.sig "+shownSignature(claims.sig)
	r.Would = append(r.Would, claims.strangers(m, c)...)
	if claims.signedWith(c) {
		return // the reason of the refusal says the rest
	}
	r.Would = append(r.Would, claims.otherSignatures(m, secret)...)
	if len(r.Would) == 0 {
		r.Advice = "none of the usual mistakes; the lines that are signed are " + strconv.Quote("TLS.identifier:…\nTLS.sdkappid:…\nTLS.time:…\nTLS.expire:…\n") +
			", each with a line end, and the secret is taken as it is, as text"
	}
}

// fits implements builtinExplainer.
func (userSig) fits(given string, c credentials) bool {
	claims, err := decodeUserSig(given)
	return err == nil && claims.signedWith(c)
}

func (c *userSigClaims) signedWith(from credentials) bool {
	secret := from.secret(userSigSecret)
	for _, key := range [...]string{secret.current(), secret.previous()} {
		if key != "" && hmac.Equal([]byte(c.signature(key)), []byte(c.sig)) {
			return true
		}
	}
	return false
}

// unpackedUserSig returns the JSON of a UserSig, and what is wrong with its wrapping; nil if it is none in any wrapping.
func unpackedUserSig(given string) (plain []byte, wrong []string) {
	if len(given) > maxUserSigText {
		return nil, []string{"a shorter UserSig: this one has more than " + strconv.Itoa(maxUserSigText) + " characters"}
	}
	for _, alphabet := range []struct {
		wrong    string
		replacer *strings.Replacer
	}{
		{"", fromUserSig},
		{"the same UserSig with *-_ in place of +/=: the characters of base64 were not replaced", strings.NewReplacer(" ", "+", "\n", "", "\r", "")},
		{"the same UserSig with *-_ in place of +/=: it has the characters of base64url, which are others", strings.NewReplacer("-", "+", "_", "/", "=", "")},
	} {
		text := alphabet.replacer.Replace(given)
		packed, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			packed, err = base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
		}
		if err != nil {
			continue
		}
		if plain, form := inflated(packed); plain != nil {
			for _, what := range []string{alphabet.wrong, form} {
				if what != "" {
					wrong = append(wrong, what)
				}
			}
			return plain, wrong
		}
	}
	if json.Valid([]byte(given)) && strings.HasPrefix(given, "{") {
		return []byte(given), []string{"the same JSON, compressed with zlib, in base64 with *-_ in place of +/="}
	}
	return nil, nil
}

// inflated returns JSON that was compressed, and what is wrong with the compression.
func inflated(packed []byte) (plain []byte, wrong string) {
	if json.Valid(packed) {
		return packed, "the same JSON, compressed with zlib: it is not compressed"
	}
	for _, form := range []struct {
		wrong string
		open  func(r io.Reader) (io.Reader, error)
	}{
		{"", func(r io.Reader) (io.Reader, error) { return zlib.NewReader(r) }},
		{"the same JSON, compressed with zlib: it is compressed with gzip", func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
		{"the same JSON, compressed with zlib: it is deflated without the head and the sum of zlib", func(r io.Reader) (io.Reader, error) { return flate.NewReader(r), nil }},
	} {
		r, err := form.open(bytes.NewReader(packed))
		if err != nil {
			continue
		}
		plain, err := io.ReadAll(io.LimitReader(r, maxUserSigJSON))
		if err == nil && json.Valid(plain) {
			return plain, form.wrong
		}
	}
	return nil, ""
}

// looseClaims reads claims of any form, and says what is wrong with it.
func looseClaims(plain []byte) (claims *userSigClaims, wrong []string) {
	var members map[string]any
	d := json.NewDecoder(bytes.NewReader(plain))
	d.UseNumber()
	if plain == nil || d.Decode(&members) != nil {
		return nil, nil
	}
	c := new(userSigClaims)
	text := func(name string, to *string) {
		switch value := members[name].(type) {
		case string:
			*to = value
		case nil:
			wrong = append(wrong, "a UserSig with the member "+name+", which is missing")
		default:
			wrong = append(wrong, "a UserSig whose "+name+" is a string")
		}
	}
	number := func(name string, to *int64) {
		value := members[name]
		if quoted, ok := value.(string); ok {
			wrong = append(wrong, "a UserSig whose "+name+" is a number, without quotes")
			value = json.Number(quoted)
		}
		if n, ok := value.(json.Number); ok {
			*to, _ = strconv.ParseInt(n.String(), 10, 64)
		} else {
			wrong = append(wrong, "a UserSig with the member "+name+", which is a number")
		}
	}
	text("TLS.ver", &c.version)
	text("TLS.identifier", &c.identifier)
	number("TLS.sdkappid", &c.app)
	number("TLS.expire", &c.expire)
	number("TLS.time", &c.time)
	text("TLS.sig", &c.sig)
	if _, c.hasUserBuf = members["TLS.userbuf"]; c.hasUserBuf {
		text("TLS.userbuf", &c.userBuf)
	}
	if c.version != "" && c.version != userSigVersion {
		wrong = append(wrong, `a UserSig whose TLS.ver is "`+userSigVersion+`"`)
	}
	return c, wrong
}

// strangers says for which other app or account a UserSig was made.
func (c *userSigClaims) strangers(m *message, configured credentials) []string {
	var wrong []string
	differs := func(what, inside, query, known string) {
		switch {
		case inside != query:
			wrong = append(wrong, "a request whose "+what+" is the one in the UserSig: that says "+shownClaim(inside)+", the query says "+shownClaim(query))
		case inside != known:
			wrong = append(wrong, "another "+what+": request and UserSig say "+shownClaim(inside)+", configured is "+shownClaim(known))
		}
	}
	app := strconv.FormatInt(c.app, 10)
	differs(userSigApp, app, m.parameter(userSigApp), app)
	differs(userSigIdentifier, c.identifier, m.parameter(userSigIdentifier), configured.value(userSigIdentifier))
	return wrong
}

func shownClaim(text string) string { return strconv.Quote(boundedLine(text, maxNameText)) }

// otherSignatures are the mistakes that lead to the TLS.sig that came.
func (c *userSigClaims) otherSignatures(m *message, secret string) []string {
	text := string(c.signedText())
	other := func(change func(c *userSigClaims)) string {
		changed := *c
		change(&changed)
		return string(changed.signedText())
	}
	raw, _ := base64.StdEncoding.DecodeString(c.userBuf)
	app, _ := strconv.ParseInt(m.parameter(userSigApp), 10, 64)
	texts := []struct{ what, text string }{
		{"", text},
		{"the lines without the last line end", strings.TrimSuffix(text, "\n")},
		{"lines that end with \\r\\n", strings.ReplaceAll(text, "\n", "\r\n")},
		{"lines without TLS.userbuf, which the UserSig has", other(func(c *userSigClaims) { c.hasUserBuf = false })},
		{"a line TLS.userbuf that is not in base64", other(func(c *userSigClaims) { c.userBuf = string(raw) })},
		{"the " + userSigApp + " of the query", other(func(c *userSigClaims) { c.app = app })},
		{"the " + userSigIdentifier + " of the query", other(func(c *userSigClaims) { c.identifier = m.parameter(userSigIdentifier) })},
		{"TLS.time in milliseconds", other(func(c *userSigClaims) { c.time *= 1000 })},
		{"TLS.expire as the time of its end", other(func(c *userSigClaims) { c.expire += c.time })},
	}
	decoded, _ := hex.DecodeString(secret)
	keys := []struct{ what, key string }{
		{"", secret},
		{"the secret with a line end behind it, as it is read from a file", secret + "\n"},
		{"the secret with a blank or a line end less", strings.TrimSpace(secret)},
		{"the secret in upper case", strings.ToUpper(secret)},
		{"the secret in lower case", strings.ToLower(secret)},
		{"the secret read as hexadecimal, and not as text", string(decoded)},
	}
	var found []string
	for _, key := range keys {
		for _, t := range texts {
			mac := hmac.New(sha256.New, []byte(key.key))
			mac.Write([]byte(t.text))
			spelling, ok := userSigSpelling(mac.Sum(nil), c.sig)
			if ok && len(found) == 0 {
				found = append(found, joinedIdeas(key.what, t.what, spelling))
			}
		}
	}
	return found
}

// userSigSpelling says how else a signature is written.
func userSigSpelling(sum []byte, given string) (wrong string, ok bool) {
	standard := base64.StdEncoding.EncodeToString(sum)
	switch given {
	case standard:
		return "", true
	case toUserSig.Replace(standard):
		return "a TLS.sig in plain base64: *-_ stand in place of +/= in the whole UserSig only", true
	case base64.RawStdEncoding.EncodeToString(sum), base64.URLEncoding.EncodeToString(sum), base64.RawURLEncoding.EncodeToString(sum):
		return "a TLS.sig in plain base64, with its = at the end", true
	case hex.EncodeToString(sum), strings.ToUpper(hex.EncodeToString(sum)):
		return "a TLS.sig in base64, which is in hexadecimal", true
	}
	return "", false
}

// joinedIdeas puts the mistakes together that were made at once.
func joinedIdeas(ideas ...string) string {
	var made []string
	for _, i := range ideas {
		if i != "" {
			made = append(made, i)
		}
	}
	return strings.Join(made, ", and ")
}
