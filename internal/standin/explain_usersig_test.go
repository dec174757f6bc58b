package standin_test

// The explanation of a UserSig that does not fit: each row is a bug of somebody who makes one by hand.

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/timgroup/timgrouptest"
)

// imParts is a UserSig in its making; each step can be spoiled.
type imParts struct {
	lines, secret, object string
	sig                   func(sum []byte) string
	pack                  func(text string) []byte
	alphabet              *strings.Replacer
	query                 string
}

func deflated(open func(io.Writer) io.WriteCloser) func(string) []byte {
	return func(text string) []byte {
		var b bytes.Buffer
		w := open(&b)
		_, _ = io.WriteString(w, text)
		_ = w.Close()
		return b.Bytes()
	}
}

func newIMParts() *imParts {
	return &imParts{
		lines:  "TLS.identifier:demo-identifier\nTLS.sdkappid:1100000001\nTLS.time:1440938160\nTLS.expire:3600\n",
		secret: rawIMSecret,
		object: `{"TLS.ver":"2.0","TLS.identifier":"demo-identifier","TLS.sdkappid":1100000001,"TLS.expire":3600,"TLS.time":1440938160,"TLS.sig":"%s"}`,
		sig:    base64.StdEncoding.EncodeToString,
		pack:   deflated(func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }),
		// What the documents say.
		alphabet: strings.NewReplacer("+", "*", "/", "-", "=", "_"),
		query:    "sdkappid=1100000001&identifier=demo-identifier",
	}
}

func (p *imParts) request() *rawRequest {
	mac := hmac.New(sha256.New, []byte(p.secret))
	mac.Write([]byte(p.lines))
	text := p.alphabet.Replace(base64.StdEncoding.EncodeToString(p.pack(fmt.Sprintf(p.object, p.sig(mac.Sum(nil))))))
	return &rawRequest{path: "/v4/group_open_http_svc/get_group_info", body: `{"GroupIdList":["@TGS#1"]}`,
		header: map[string]string{"Content-Type": "application/json"}, query: p.query + "&usersig=" + url.QueryEscape(text) + "&random=1&contenttype=json"}
}

func TestUserSigExplanations(t *testing.T) {
	t.Parallel()
	r := newRecorder(t)
	srv := timgrouptest.NewServer(r)
	now := time.Unix(1440938160, 0)
	srv.Clock.Set(now)
	plain := strings.NewReplacer()
	tests := []struct {
		name  string
		spoil func(p *imParts)
		says  []string
	}{
		{"secret", func(p *imParts) { p.secret = "no such secret" }, []string{"none of the usual mistakes; the lines that are signed are"}},
		{"line end", func(p *imParts) { p.secret += "\n" }, []string{"would match: the secret with a line end behind it",
			`signed:      TLS.identifier:demo-identifier\nTLS.sdkappid:1100000001\nTLS.time:1440938160\nTLS.expire:3600\n`}},
		{"last line end", func(p *imParts) { p.lines = strings.TrimSuffix(p.lines, "\n") }, []string{"would match: the lines without the last line end"}},
		{"hexadecimal", func(p *imParts) { p.sig = hex.EncodeToString }, []string{"would match: a TLS.sig in base64, which is in hexadecimal"}},
		{"alphabet", func(p *imParts) { p.alphabet = plain }, []string{"would match: the same UserSig with *-_ in place of +/=: the characters of base64 were not replaced"}},
		{"base64url", func(p *imParts) { p.alphabet = strings.NewReplacer("+", "-", "/", "_") }, []string{"it has the characters of base64url, which are others"}},
		{"no zlib", func(p *imParts) { p.pack = func(text string) []byte { return []byte(text) } }, []string{"would match: the same JSON, compressed with zlib: it is not compressed"}},
		{"gzip", func(p *imParts) { p.pack = deflated(func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }) }, []string{"it is compressed with gzip"}},
		{"app of the query", func(p *imParts) { p.query = strings.Replace(p.query, "1100000001", "1400000000", 1) }, []string{"there are no credentials for this app"}},
		{"app of the UserSig", func(p *imParts) {
			p.lines, p.object = strings.Replace(p.lines, "1100000001", "1400000000", 1), strings.Replace(p.object, "1100000001", "1400000000", 1)
		}, []string{`a request whose sdkappid is the one in the UserSig: that says "1400000000", the query says "1100000001"`}},
		{"identifier of the query", func(p *imParts) { p.query = strings.Replace(p.query, "demo-identifier", "bob", 1) },
			[]string{`a request whose identifier is the one in the UserSig: that says "demo-identifier", the query says "bob"`}},
		{"another administrator", func(p *imParts) {
			for _, text := range []*string{&p.lines, &p.object, &p.query} {
				*text = strings.Replace(*text, "demo-identifier", "bob", 1)
			}
		}, []string{`another identifier: request and UserSig say "bob", configured is "demo-identifier"`}},
		{"app as text", func(p *imParts) { p.object = strings.Replace(p.object, "1100000001", `"1100000001"`, 1) }, []string{"a UserSig whose TLS.sdkappid is a number, without quotes"}},
		{"version", func(p *imParts) { p.object = strings.Replace(p.object, "2.0", "1.0", 1) }, []string{`a UserSig whose TLS.ver is "2.0"`}},
		{"no version", func(p *imParts) { p.object = strings.Replace(p.object, `"TLS.ver":"2.0",`, "", 1) }, []string{"a UserSig with the member TLS.ver, which is missing"}},
		{"userbuf unsigned", func(p *imParts) { p.object = strings.Replace(p.object, "{", `{"TLS.userbuf":"YWJj",`, 1) }, []string{"lines without TLS.userbuf, which the UserSig has"}},
		{"userbuf in clear", func(p *imParts) {
			p.object, p.lines = strings.Replace(p.object, "{", `{"TLS.userbuf":"YWJj",`, 1), p.lines+"TLS.userbuf:abc\n"
		}, []string{"a line TLS.userbuf that is not in base64"}},
		{"milliseconds", func(p *imParts) {
			p.object, p.lines = strings.Replace(p.object, "1440938160", "1440938160000", 1), strings.Replace(p.lines, "1440938160", "1440938160000", 1)
		}, []string{"s ahead of the clock; it is the time of its making, in seconds"}},
		{"expired", func(p *imParts) {
			p.object, p.lines = strings.Replace(p.object, "1440938160", "1440930000", 1), strings.Replace(p.lines, "1440938160", "1440930000", 1)
		}, []string{"TLS.expire, 3600, is how many seconds it is good for, and it was made 8160 s ago"}},
		{"nothing", func(p *imParts) { p.pack = func(string) []byte { return []byte("what is this") } }, []string{"what came is no UserSig: base64 of zlib of JSON"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newIMParts()
			test.spoil(p)
			before := len(r.failures())
			answer, _ := p.request().send(t, srv.URL)
			require.NotZero(t, code(t, answer))
			said := r.failures()[before:]
			for _, text := range test.says {
				require.Contains(t, said, text)
			}
			require.NotContains(t, said, rawIMSecret)
		})
	}
	good, _ := newIMParts().request().send(t, srv.URL)
	require.Zero(t, code(t, good))

	srv.RotateKeys()
	srv.ForgetPreviousKeys()
	before := len(r.failures())
	newIMParts().request().send(t, srv.URL)
	require.Contains(t, r.failures()[before:], "a key that has been replaced and is not taken any more")
}
