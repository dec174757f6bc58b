package support

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/base64"
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A known answer: the same claims as three implementations write them. The texts differ, their content does not.
const (
	knownUserSigKey    = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e"
	knownUserSigText   = "TLS.identifier:admin\nTLS.sdkappid:1400000000\nTLS.time:1600000000\nTLS.expire:15552000\n"
	knownUserSigSig    = "hpk7b/ECPc2RFPd/ExqGCFcQ83yeklj+LtkoS4qehGQ="
	knownUserSigGo     = "eAEAqgBV-3siVExTLnZlciI6IjIuMCIsIlRMUy5pZGVudGlmaWVyIjoiYWRtaW4iLCJUTFMuc2RrYXBwaWQiOjE0MDAwMDAwMDAsIlRMUy5leHBpcmUiOjE1NTUyMDAwLCJUTFMudGltZSI6MTYwMDAwMDAwMCwiVExTLnNpZyI6ImhwazdiL0VDUGMyUkZQZC9FeHFHQ0ZjUTgzeWVrbGorTHRrb1M0cWVoR1E9In0KAQAA--88njEp"
	knownUserSigPython = "eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIkElNyM-NgUsUp2YkFBZkpQAlDEwMogMqlVhRkFqWCZExNTY0Q4iWZuWBRMzT1xZnpIPMzCrLNk-RdnQOSjYLcAlL0XSsK3Z3dkgMtjCtTs3OytH1KsvODTQpTM9wDbZVqAXMLMn8_"
	knownUserSigNode   = "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwokpuZl5UInilOzEgoLMFCUrQxMDKIDIlGTmpipZGZqhiqZWFGQWgcRNTU2N4KLFmelKVkoZBdnmSfquzgHJRkFuASn6rhWF7s5uyYEWxpWp2TlZ2j4l2fnBJoWpGe6Btkq1AP*gMR8_"
	knownUserSigTime   = 1600000000
	knownUserSigExpire = 15552000
)

func TestUserSigKnownAnswers(t *testing.T) {
	c := wireTIMCredentials{SDKAppID: "1400000000", Identifier: "admin", Secret: NewKey(knownUserSigKey)}
	for name, text := range map[string]string{"Go": knownUserSigGo, "Python": knownUserSigPython, "Node": knownUserSigNode} {
		claims, err := decodeUserSig(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := userSigClaims{
			version: "2.0", identifier: "admin", app: 1400000000, time: knownUserSigTime, expire: knownUserSigExpire, sig: claims.sig,
		}
		if *claims != want || string(claims.signedText()) != knownUserSigText || claims.signature(knownUserSigKey) != claims.sig {
			t.Errorf("%s: %+v", name, claims)
		}
		for offset, failed := range map[int64]failure{
			0: "", knownUserSigExpire - 1: "", knownUserSigExpire: failExpired, -301: failBadSignature, -300: "",
		} {
			v := userSig{}.verify(text, timMessage("1400000000", "admin"), c, time.Unix(knownUserSigTime+offset, 0))
			if v.failure != failed {
				t.Errorf("%s, %d s later: %q (%s)", name, offset, v.failure, v.reason)
			}
		}
	}
	claims, err := decodeUserSig(knownUserSigPython)
	if err != nil || claims.sig != knownUserSigSig {
		t.Errorf("TLS.sig: %v, %v", claims, err)
	}
}

func timMessage(app, identifier string) *message {
	return &message{parameters: []pair{{"sdkappid", app}, {"identifier", identifier}}}
}

// packUserSig makes a UserSig out of any JSON.
func packUserSig(text string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return toUserSig.Replace(base64.StdEncoding.EncodeToString(b.Bytes()))
}

func TestUserSigRoundTrip(t *testing.T) {
	text, err := newUserSigText(userSigAccount{"1400000000", "ad<min>\"ü", wireKey}, wireTime)
	if err != nil {
		t.Fatal(err)
	}
	claims, err := decodeUserSig(text)
	if err != nil || claims.identifier != "ad<min>\"ü" || claims.time != wireTime.Unix() || claims.expire != 24*3600 || claims.signature(wireKey) != claims.sig {
		t.Errorf("%+v, %v", claims, err)
	}
	if strings.ContainsAny(text, "+/=") {
		t.Errorf("characters that a URL does not take: %s", text)
	}
	for _, bad := range []userSigAccount{
		{"x", "admin", "k"}, {"0", "admin", "k"}, {"-5", "admin", "k"}, {"1", "", "k"}, {"1", "a\nTLS.sdkappid:2", "k"}, {"1", "a\xff", "k"}, {"1", "admin", ""},
	} {
		if _, err := newUserSigText(bad, wireTime); err == nil {
			t.Errorf("%q was accepted", bad)
		}
	}
}

// signedUserSig makes one whose claims are as change leaves them.
func signedUserSig(t *testing.T, change func(*userSigClaims)) string {
	t.Helper()
	claims := userSigClaims{version: "2.0", identifier: "admin", app: 1400000000, time: wireTime.Unix(), expire: 100}
	change(&claims)
	claims.sig = claims.signature(wireKey)
	text, err := claims.encode()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestUserSigVerify(t *testing.T) {
	c := wireTIMCredentials{SDKAppID: "1400000000", Identifier: "admin", Secret: NewKey(wireKey).WithPrevious(wirePrevious)}
	made := func(app, identifier, key string) string {
		text, err := newUserSigText(userSigAccount{app, identifier, key}, wireTime)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	good := made("1400000000", "admin", wireKey)
	buffered := userSigClaims{version: "2.0", identifier: "admin", app: 1400000000, time: wireTime.Unix(), expire: 100, userBuf: "YWI=", hasUserBuf: true}
	withBuffer := `{"TLS.userbuf":"YWI=","TLS.ver":"2.0","TLS.identifier":"admin","TLS.sdkappid":1400000000,"TLS.expire":100,"TLS.time":1478745715,"TLS.sig":"` + buffered.signature(wireKey) + `"}`
	tests := map[string]struct {
		text string
		m    *message
		want failure
	}{
		"good":                {good, timMessage("1400000000", "admin"), ""},
		"previous key":        {made("1400000000", "admin", wirePrevious), timMessage("1400000000", "admin"), ""},
		"user buffer":         {packUserSig(withBuffer), timMessage("1400000000", "admin"), ""},
		"buffer not signed":   {packUserSig(strings.Replace(withBuffer, "YWI=", "YWJj", 1)), timMessage("1400000000", "admin"), failBadSignature},
		"other key":           {made("1400000000", "admin", "other"), timMessage("1400000000", "admin"), failBadSignature},
		"other app":           {made("1400000001", "admin", wireKey), timMessage("1400000000", "admin"), failBadSignature},
		"app of the query":    {good, timMessage("1400000001", "admin"), failBadSignature},
		"account of query":    {good, timMessage("1400000000", "other"), failBadSignature},
		"ordinary user":       {made("1400000000", "player", wireKey), timMessage("1400000000", "player"), failBadSignature},
		"version":             {signedUserSig(t, func(c *userSigClaims) { c.version = "1.0" }), timMessage("1400000000", "admin"), failBadSignature},
		"never expires":       {signedUserSig(t, func(c *userSigClaims) { c.expire = 1 << 62 }), timMessage("1400000000", "admin"), failBadSignature},
		"negative":            {signedUserSig(t, func(c *userSigClaims) { c.expire = -1 }), timMessage("1400000000", "admin"), failBadSignature},
		"from the future":     {signedUserSig(t, func(c *userSigClaims) { c.time += 301 }), timMessage("1400000000", "admin"), failBadSignature},
		"expired":             {signedUserSig(t, func(c *userSigClaims) { c.time -= 100 }), timMessage("1400000000", "admin"), failExpired},
		"empty":               {"", timMessage("1400000000", "admin"), failBadSignature},
		"not base64":          {"!" + good, timMessage("1400000000", "admin"), failBadSignature},
		"ordinary base64":     {strings.NewReplacer("*", "+", "-", "/", "_", "=").Replace(good), timMessage("1400000000", "admin"), failBadSignature},
		"line break":          {good[:8] + "\n" + good[8:], timMessage("1400000000", "admin"), failBadSignature},
		"not zlib":            {toUserSig.Replace(base64.StdEncoding.EncodeToString([]byte("plain"))), timMessage("1400000000", "admin"), failBadSignature},
		"text behind":         {packBehind(t, good), timMessage("1400000000", "admin"), failBadSignature},
		"not JSON":            {packUserSig("TLS"), timMessage("1400000000", "admin"), failBadSignature},
		"unknown member":      {packUserSig(strings.Replace(withBuffer, "{", `{"x":1,`, 1)), timMessage("1400000000", "admin"), failBadSignature},
		"repeated member":     {packUserSig(strings.Replace(withBuffer, "{", `{"TLS.ver":"2.0",`, 1)), timMessage("1400000000", "admin"), failBadSignature},
		"missing member":      {packUserSig(strings.Replace(withBuffer, `"TLS.ver":"2.0",`, ``, 1)), timMessage("1400000000", "admin"), failBadSignature},
		"number as text":      {packUserSig(strings.Replace(withBuffer, `1400000000`, `"1400000000"`, 1)), timMessage("1400000000", "admin"), failBadSignature},
		"inflates to 100 MB":  {packUserSig(`{"TLS.ver":"` + strings.Repeat("x", 1<<20) + `"}`), timMessage("1400000000", "admin"), failBadSignature},
		"larger than allowed": {strings.Repeat("A", maxUserSigText+4), timMessage("1400000000", "admin"), failBadSignature},
	}
	for name, test := range tests {
		v := userSig{}.verify(test.text, test.m, c, wireTime)
		if v.failure != test.want {
			t.Errorf("%s: %q (%s), want %q", name, v.failure, v.reason, test.want)
		}
		searchSecret(t, name, v.reason, []string{wireKey, wirePrevious, good})
	}
	nobody := wireTIMCredentials{SDKAppID: "1400000000", Secret: NewKey(wireKey)}
	if v := (userSig{}).verify(good, timMessage("1400000000", "admin"), nobody, wireTime); v.failure == "" {
		t.Error("without a configured account nobody may call")
	}
}

// packBehind puts bytes behind the compressed part.
func packBehind(t *testing.T, text string) string {
	packed, err := base64.StdEncoding.DecodeString(fromUserSig.Replace(text))
	if err != nil {
		t.Fatal(err)
	}
	return toUserSig.Replace(base64.StdEncoding.EncodeToString(append(packed, 0)))
}

// TestUserSigMemory: a few bytes that inflate to millions are not inflated.
func TestUserSigMemory(t *testing.T) {
	text := packUserSig(`{"TLS.ver":"` + strings.Repeat("x", 2<<20) + `"}`)
	if len(text) > maxUserSigText {
		t.Fatalf("%d bytes are refused by their length alone", len(text))
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := decodeUserSig(text)
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; err == nil || got > 256<<10 {
		t.Errorf("%d bytes were allocated, %v", got, err)
	}
}

func countingIssuer(made *atomic.Int64) *userSigIssuer {
	issuer := newUserSig().issuer().(*userSigIssuer)
	issuer.generate = func(account userSigAccount, now time.Time) (string, error) {
		made.Add(1)
		return newUserSigText(account, now)
	}
	return issuer
}

func TestUserSigCache(t *testing.T) {
	var made atomic.Int64
	issuer := countingIssuer(&made)
	c := wireTIMExample()
	var all sync.WaitGroup
	texts := make([]string, 64)
	for i := range texts {
		all.Add(1)
		go func() {
			defer all.Done()
			texts[i], _ = issuer.credential(c, wireTime)
		}()
	}
	all.Wait()
	for _, text := range texts {
		if text != texts[0] || text == "" {
			t.Fatal("callers at the same time got different ones")
		}
	}
	if made.Load() != 1 {
		t.Fatalf("%d were made at the same time", made.Load())
	}
}

// TestUserSigRefresh: a new one is made well before the old one expires, for another account, and when the clock was put back.
func TestUserSigRefresh(t *testing.T) {
	var made atomic.Int64
	issuer := countingIssuer(&made)
	c := wireTIMExample()
	get := func(c wireTIMCredentials, now time.Time) string {
		t.Helper()
		text, err := issuer.credential(c, now)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	first := get(c, wireTime)
	for _, step := range []struct {
		offset time.Duration
		c      wireTIMCredentials
		made   int64
	}{
		{18*time.Hour - time.Second, c, 1}, {18 * time.Hour, c, 2}, {19 * time.Hour, c, 2}, {17 * time.Hour, c, 3},
		{17 * time.Hour, wireTIMCredentials{SDKAppID: "5", Identifier: "admin", Secret: NewKey(wireKey)}, 4},
		{17 * time.Hour, wireTIMCredentials{SDKAppID: c.SDKAppID, Identifier: "other", Secret: NewKey(wireKey)}, 5},
		{17 * time.Hour, wireTIMCredentials{SDKAppID: c.SDKAppID, Identifier: "admin", Secret: NewKey("rotated")}, 6},
		{17 * time.Hour, c, 6},
	} {
		text := get(step.c, wireTime.Add(step.offset))
		if made.Load() != step.made || (step.made == 1) != (text == first) {
			t.Errorf("%v later: %d made, want %d", step.offset, made.Load(), step.made)
		}
	}
	for i := range maxUserSigCache + 10 {
		get(wireTIMCredentials{SDKAppID: c.SDKAppID, Identifier: strings.Repeat("x", i+1), Secret: NewKey(wireKey)}, wireTime)
	}
	if len(issuer.cached) > maxUserSigCache {
		t.Errorf("%d are cached", len(issuer.cached))
	}
	issuer.generate = func(userSigAccount, time.Time) (string, error) { return "", errors.New("no") }
	if _, err := issuer.credential(wireTIMCredentials{SDKAppID: "77"}, wireTime); err == nil {
		t.Error("a failure was cached, or lost")
	}
}

// TestUserSigPerClient: two clients share nothing; one client's calls do.
func TestUserSigPerClient(t *testing.T) {
	server := wireServerFor(t, wireService{groups: func(context.Context, *wirePlainRequest) (*wireTIMResponse, error) {
		return &wireTIMResponse{ActionStatus: "OK"}, nil
	}})
	one, two := wireClientFor(t, server.URL), wireClientFor(t, server.URL)
	var all sync.WaitGroup
	for range 16 {
		all.Add(1)
		go func() {
			defer all.Done()
			if _, err := one.groups(context.Background(), wirePlainExample()); err != nil {
				t.Error(err)
			}
		}()
	}
	all.Wait()
	cached := func(c *wireClient) int { return len(c.core.state.issuers[schemeWireTIM.index].(*userSigIssuer).cached) }
	if cached(one) != 1 || cached(two) != 0 {
		t.Errorf("cached: %d and %d", cached(one), cached(two))
	}
	bad := wireClientFor(t, server.URL, withWireTIM(wireTIMCredentials{SDKAppID: "app", Identifier: "admin", Secret: NewKey(wireKey)}))
	_, err := bad.groups(context.Background(), wirePlainExample(), WithApp("app"))
	if !errors.Is(err, ErrSignature) || !strings.Contains(err.Error(), "sdkappid") {
		t.Errorf("got %v", err)
	}
}

func FuzzUserSig(f *testing.F) {
	for _, seed := range []string{knownUserSigGo, knownUserSigPython, knownUserSigNode, "", "eJyrVg__", packUserSig("{}")} {
		f.Add(seed)
	}
	c := wireTIMCredentials{SDKAppID: "1400000000", Identifier: "admin", Secret: NewKey(knownUserSigKey)}
	f.Fuzz(func(t *testing.T, text string) {
		v := userSig{}.verify(text, timMessage("1400000000", "admin"), c, time.Unix(knownUserSigTime, 0))
		claims, err := decodeUserSig(text)
		if v.failure == "" && (err != nil || claims.sig != knownUserSigSig) {
			t.Errorf("a forgery: %q", text)
		}
	})
}

// A UserSig that was taken once is asked about again: nothing but the unpacking is remembered.
func TestUserSigThatWasTaken(t *testing.T) {
	at := func(seconds int64) time.Time { return time.Unix(knownUserSigTime+seconds, 0) }
	of := func(key Key) wireTIMCredentials {
		return wireTIMCredentials{SDKAppID: "1400000000", Identifier: "admin", Secret: key}
	}
	right, other := NewKey(knownUserSigKey), NewKey(wireKey)
	for n, test := range []struct {
		text   string
		m      *message
		key    Key
		now    time.Time
		failed failure
	}{
		{knownUserSigGo, timMessage("1400000000", "admin"), right, at(0), ""},
		{knownUserSigGo, timMessage("1400000000", "admin"), right, at(1), ""},
		{knownUserSigGo, timMessage("1400000000", "admin"), right, at(knownUserSigExpire), failExpired},
		{knownUserSigGo, timMessage("1400000001", "admin"), right, at(0), failBadSignature},
		{knownUserSigGo, timMessage("1400000000", "administrator"), right, at(0), failBadSignature},
		{knownUserSigGo, timMessage("1400000000", "admin"), other, at(0), failBadSignature},
		{knownUserSigGo, timMessage("1400000000", "admin"), Key{}, at(0), failBadSignature},
		{knownUserSigGo, timMessage("1400000000", "admin"), NewKey(wireKey).WithPrevious(knownUserSigKey), at(0), ""},
		{knownUserSigGo[:len(knownUserSigGo)-1] + "r", timMessage("1400000000", "admin"), right, at(0), failBadSignature},
		{knownUserSigGo + "_", timMessage("1400000000", "admin"), right, at(0), failBadSignature},
	} {
		if v := (userSig{}).verify(test.text, test.m, of(test.key), test.now); v.failure != test.failed {
			t.Errorf("%d: %q (%s)", n, v.failure, v.reason)
		}
	}
	m, c := timMessage("1400000000", "admin"), of(right)
	if got := testing.AllocsPerRun(100, func() { userSig{}.verify(knownUserSigGo, m, c, at(0)) }); got > 1 {
		t.Errorf("%v allocations", got) // the credentials go through an interface
	}
}
