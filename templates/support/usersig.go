package support

// Tencent IM's UserSig, the one built-in scheme. It is no signature over a request but a credential: a signed statement that an
// account may use an app for some time. That is why it has a memory on the client, an expiry on the server, and a file of its own.
//
// Form: JSON with the members TLS.ver, TLS.identifier, TLS.sdkappid, TLS.expire, TLS.time and TLS.sig, compressed with zlib, in
// base64 with the characters +/= replaced by *-_. TLS.sig is the base64 of the HMAC-SHA256 of four lines (five with TLS.userbuf).

import (
	"bytes"
	"compress/zlib"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"hash/maphash"
	"io"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	// userSigLife is for how long a generated UserSig is valid. A day is long enough to be cached and short enough to be harmless
	// when it turns up in somebody's log.
	userSigLife = 24 * time.Hour
	// userSigRefresh: a new one is made when less than this is left, so that none expires on its way or on a clock that is ahead.
	userSigRefresh = 6 * time.Hour
	// userSigSkew is how far a UserSig may lie in the future: the clocks of two machines differ.
	userSigSkew = 5 * time.Minute
	// maxUserSigText and maxUserSigJSON bound what a server decodes; real ones have about 200 bytes.
	maxUserSigText = 4 << 10
	maxUserSigJSON = 8 << 10
	// maxUserSigCache bounds the memory of a client that serves many apps.
	maxUserSigCache = 256

	userSigVersion    = "2.0"
	userSigApp        = "sdkappid"   // credential and query parameter
	userSigIdentifier = "identifier" // credential and query parameter
	userSigSecret     = "secret"     // credential
)

// userSig is the scheme; its memory is in userSigIssuer.
type userSig struct{}

func newUserSig() builtinScheme { return userSig{} }

func (userSig) issuer() credentialIssuer {
	return &userSigIssuer{generate: newUserSigText, cached: make(map[userSigAccount]userSigEntry)}
}

// userSigAccount is what a UserSig is made for. The secret belongs to it: after a rotation the old UserSig is not used any more.
type userSigAccount struct {
	app, identifier, secret string
}

type userSigEntry struct {
	text string
	made time.Time
}

// userSigIssuer keeps the UserSigs of one client.
type userSigIssuer struct {
	generate func(account userSigAccount, now time.Time) (string, error)
	mu       sync.Mutex // held while generating, so that many callers at once make one and share it
	cached   map[userSigAccount]userSigEntry
}

// credential returns a UserSig with at least userSigRefresh to go.
func (u *userSigIssuer) credential(c credentials, now time.Time) (string, error) {
	account := userSigAccount{c.value(userSigApp), c.value(userSigIdentifier), c.secret(userSigSecret).current()}
	u.mu.Lock()
	defer u.mu.Unlock()
	if e, ok := u.cached[account]; ok {
		// An age below zero means that the clock was put back; what was made in the future would be refused.
		if age := now.Sub(e.made); age >= 0 && age < userSigLife-userSigRefresh {
			return e.text, nil
		}
	}
	text, err := u.generate(account, now)
	if err != nil {
		return "", err
	}
	if len(u.cached) >= maxUserSigCache {
		clear(u.cached)
	}
	u.cached[account] = userSigEntry{text, now}
	return text, nil
}

// userSigClaims is what a UserSig states.
type userSigClaims struct {
	version    string
	identifier string
	app        int64
	time       int64 // seconds since 1970
	expire     int64 // seconds after time
	userBuf    string
	hasUserBuf bool
	sig        string
}

// newUserSigText makes a UserSig that is valid from now on.
func newUserSigText(account userSigAccount, now time.Time) (string, error) {
	app, err := strconv.ParseInt(account.app, 10, 64)
	switch {
	case err != nil || app <= 0:
		return "", errors.New("the credential " + userSigApp + " is not a positive integer")
	case account.identifier == "" || !plainIdentifier(account.identifier):
		return "", errors.New("the credential " + userSigIdentifier + " is empty or holds control characters")
	case account.secret == "":
		return "", errors.New("the credential " + userSigSecret + " is empty")
	}
	claims := userSigClaims{
		version: userSigVersion, identifier: account.identifier, app: app,
		time: now.Unix(), expire: int64(userSigLife / time.Second),
	}
	claims.sig = claims.signature(account.secret)
	return claims.encode()
}

// plainIdentifier refuses what could be read as a further line of the signed text.
func plainIdentifier(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, unicode.IsControl) < 0
}

// signature returns TLS.sig as the secret makes it.
func (c *userSigClaims) signature(secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(c.signedText())
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func (c *userSigClaims) signedText() []byte {
	text := append([]byte("TLS.identifier:"), c.identifier...)
	text = strconv.AppendInt(append(text, "\nTLS.sdkappid:"...), c.app, 10)
	text = strconv.AppendInt(append(text, "\nTLS.time:"...), c.time, 10)
	text = strconv.AppendInt(append(text, "\nTLS.expire:"...), c.expire, 10)
	text = append(text, '\n')
	if c.hasUserBuf {
		text = append(append(append(text, "TLS.userbuf:"...), c.userBuf...), '\n')
	}
	return text
}

var (
	toUserSig   = strings.NewReplacer("+", "*", "/", "-", "=", "_")
	fromUserSig = strings.NewReplacer("*", "+", "-", "/", "_", "=", "+", "!", "/", "!", "=", "!", "\r", "!", "\n", "!")
)

// encode writes the claims. The members stand in the order of Tencent's own Go code.
func (c *userSigClaims) encode() (string, error) {
	text := textField([]byte{'{'}, `"TLS.ver":`, c.version)
	text = textField(text, `"TLS.identifier":`, c.identifier)
	text = intField(text, `"TLS.sdkappid":`, c.app)
	text = intField(text, `"TLS.expire":`, c.expire)
	text = intField(text, `"TLS.time":`, c.time)
	text = textField(text, `"TLS.sig":`, c.sig)
	text = closeObject(text)
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	if _, err := w.Write(text); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return toUserSig.Replace(base64.StdEncoding.EncodeToString(packed.Bytes())), nil
}

// userSigFields are the claims, of which only the last one may be missing.
var userSigFields = jsonFields{
	keys: []jsonKey{
		{name: `"TLS.ver":`, need: required},
		{name: `"TLS.identifier":`, need: required},
		{name: `"TLS.sdkappid":`, need: required},
		{name: `"TLS.expire":`, need: required},
		{name: `"TLS.time":`, need: required},
		{name: `"TLS.sig":`, need: required},
		{name: `"TLS.userbuf":`},
	},
	must: true,
}

// readJSON reads the claims. Strict: no member is unknown, repeated or missing.
func (c *userSigClaims) readJSON(d *jsonReader) {
	m := members{of: &userSigFields}
	for d.object(&m); d.more(&m); {
		switch m.field {
		case 0:
			d.text(&c.version)
		case 1:
			d.text(&c.identifier)
		case 2:
			d.int(&c.app)
		case 3:
			d.int(&c.expire)
		case 4:
			d.int(&c.time)
		case 5:
			d.text(&c.sig)
		case 6:
			c.hasUserBuf = true
			d.text(&c.userBuf)
		default:
			d.fail("unknown member")
		}
	}
}

var errUserSigForm = errors.New("the UserSig is malformed")

// decodeUserSig is the reverse of encode. It trusts nothing: neither the size before nor the size after decompression.
func decodeUserSig(text string) (*userSigClaims, error) {
	if len(text) > maxUserSigText {
		return nil, errUserSigForm
	}
	packed, err := base64.StdEncoding.Strict().DecodeString(fromUserSig.Replace(text))
	if err != nil {
		return nil, errUserSigForm
	}
	rest := bytes.NewReader(packed)
	r, err := zlib.NewReader(rest)
	if err != nil {
		return nil, errUserSigForm
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxUserSigJSON+1))
	if err != nil || len(plain) > maxUserSigJSON || rest.Len() > 0 {
		return nil, errUserSigForm
	}
	c := new(userSigClaims)
	d := newReader(string(plain), readLimits{strict: true})
	if d.document(c) != nil || len(d.violations()) > 0 {
		return nil, errUserSigForm
	}
	return c, nil
}

// takenUserSigs holds UserSigs that fitted a secret. One travels with every call for as long as it is valid, and to unpack it costs more
// than all else that a handler does. Whether it fits is all that is remembered, not whether it may be used: that depends on the time.
// Only the right secret gets a UserSig in here, so that a stranger can neither fill the memory nor empty it.
var (
	takenUserSigs    [64]atomic.Pointer[takenUserSig]
	takenUserSigSeed = maphash.MakeSeed()
)

type takenUserSig struct {
	text, secret string
	claims       userSigClaims
}

// openUserSig unpacks a UserSig, and says whether one of the secrets made it; "" is none.
func openUserSig(text, current, previous string) (claims *userSigClaims, fits bool, err error) {
	slot := &takenUserSigs[maphash.String(takenUserSigSeed, text)%uint64(len(takenUserSigs))]
	if t := slot.Load(); t != nil && (t.secret == current || t.secret == previous) && equalText(t.text, text) {
		return &t.claims, true, nil
	}
	if claims, err = decodeUserSig(text); err != nil {
		return nil, false, err
	}
	for _, secret := range [...]string{current, previous} {
		if secret != "" && hmac.Equal([]byte(claims.signature(secret)), []byte(claims.sig)) {
			slot.Store(&takenUserSig{strings.Clone(text), secret, *claims})
			fits = true
		}
	}
	return claims, fits, nil
}

// equalText takes the same time for all texts of one length: how much of a UserSig is right is nobody's business.
func equalText(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	var different byte
	for i := range len(a) {
		different |= a[i] ^ b[i]
	}
	return different == 0
}

// verify checks a UserSig: form, account, HMAC against the current and the previous secret, validity now.
func (userSig) verify(given string, m *message, c credentials, now time.Time) verdict {
	secret := c.secret(userSigSecret)
	claims, fits, err := openUserSig(given, secret.current(), secret.previous())
	if err != nil {
		return verdict{failBadSignature, err.Error()}
	}
	// Every user of the app holds a UserSig made with the same secret, for signing in. Only the account that was configured may
	// call the server.
	sameApp := string(strconv.AppendInt(make([]byte, 0, 20), claims.app, 10)) == m.parameter(userSigApp)
	sameAccount := claims.identifier == m.parameter(userSigIdentifier) && claims.identifier == c.value(userSigIdentifier)
	const longest = 1 << 40 // seconds; keeps the sum below from overflowing
	switch {
	case !fits:
		return verdict{failBadSignature, "the UserSig fits neither the current nor the previous secret"}
	case claims.version != userSigVersion || !sameApp || !sameAccount:
		return verdict{failBadSignature, "the UserSig was made for another app, account or version"}
	case claims.time > now.Add(userSigSkew).Unix():
		return verdict{failBadSignature, "the UserSig's TLS.time is " + strconv.FormatInt(claims.time-now.Unix(), 10) +
			" s ahead of the clock; it is the time of its making, in seconds"}
	case claims.time < 0 || claims.time > longest || claims.expire <= 0 || claims.expire > longest:
		return verdict{failBadSignature, "the UserSig's times make no sense"}
	case now.Unix() >= claims.time+claims.expire:
		return verdict{failExpired, "the UserSig has expired: TLS.expire, " + strconv.FormatInt(claims.expire, 10) +
			", is how many seconds it is good for, and it was made " + strconv.FormatInt(now.Unix()-claims.time, 10) + " s ago"}
	}
	return verdict{}
}
