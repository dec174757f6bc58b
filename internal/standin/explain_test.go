package standin_test

// The explanation of a mismatch: each row is a bug that somebody has, made by hand, and what the failure of the test says about it.

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk/msdktest"
)

// v5Parts is a v5 request with a signature of the test's own.
type v5Parts struct {
	path, query, sorted, body string
	now                       time.Time
}

func newV5Parts(now time.Time) v5Parts {
	values := []string{"ts=" + fmt.Sprint(now.Unix()), "seq=a b/c", "gameid=" + rawApp, "channelid=2", "os=4", "source=1", "conn="}
	p := v5Parts{path: "/v2/group/create_bind_group", body: groupBody, now: now, query: strings.Join(values, "&")}
	sort.Strings(values)
	p.sorted = strings.Join(values, "&")
	return p
}

func encodedQuery(plain string) string {
	var parts []string
	for _, part := range strings.Split(plain, "&") {
		name, value, _ := strings.Cut(part, "=")
		parts = append(parts, name+"="+strings.ReplaceAll(url.QueryEscape(value), "+", "%20"))
	}
	return strings.Join(parts, "&")
}

func (p v5Parts) request(sig string) *rawRequest {
	return &rawRequest{path: p.path, body: p.body, query: encodedQuery(p.query) + "&sig=" + url.QueryEscape(sig)}
}

func TestExplanations(t *testing.T) {
	t.Parallel()
	r := newRecorder(t)
	srv := msdktest.NewServer(r)
	now := time.Unix(1440938160, 0)
	srv.Clock.Set(now)
	v3 := func(sig string) *rawRequest {
		return &rawRequest{path: "/auth/verify_login", body: loginBody, header: map[string]string{"Content-Type": "application/json"},
			query: "timestamp=1440938160&appid=" + rawApp + "&sig=" + url.QueryEscape(sig) + "&openid=OPENID1&encode=2"}
	}
	p := newV5Parts(now)
	right := p.path + "?" + p.sorted + p.body
	with := func(request *rawRequest, change func(*rawRequest)) *rawRequest {
		change(request)
		return request
	}
	upper := strings.ToUpper(md5Hex(rawMSDKKey + "1440938160"))
	raw, err := base64.StdEncoding.DecodeString("AAAA")
	require.NoError(t, err)
	require.Len(t, raw, 3)
	tests := []struct {
		name    string
		request *rawRequest
		says    []string
	}{
		{"encode", v3(md5Hex(rawAppKey + "1440938160")), []string{"would match: appkey, which goes with encode=1", "signed:      <msdkkey>1440938160"}},
		{"line end", v3(md5Hex(rawMSDKKey + "\n1440938160")), []string{"the key with a line end behind it"}},
		{"milliseconds", v3(md5Hex(rawMSDKKey + "1440938160123")), []string{"a timestamp in milliseconds, and the request has seconds"}},
		{"whole milliseconds, other key", v3(md5Hex(rawAppKey + "1440938160000")), []string{"appkey, which goes with encode=1, and a timestamp in milliseconds"}},
		{"upper case", v3(upper), []string{"the right signature in upper case"}},
		{"key behind", v3(md5Hex("1440938160" + rawMSDKKey)), []string{"the key behind the text, and not in front of it"}},
		{"another key", v3(md5Hex("what is this" + "1440938160")), []string{"none of the usual mistakes; send the string that you sign along in the header X-Stand-In-Signed"}},
		{"own string, another key", with(v3(md5Hex("what is this"+"1440938160")), func(r *rawRequest) {
			r.header["X-Stand-In-Signed"] = "what is this1440938160"
		}), []string{"differs:     at byte 0, where <msdkkey> has to stand: the caller has something else there"}},
		{"own string, another hash", with(v3("00112233445566778899aabbccddeeff"), func(r *rawRequest) {
			r.header["X-Stand-In-Signed"] = rawMSDKKey + "1440938160"
		}), []string{"differs:     none: the caller signed the right text"}},
		{"v5 unsorted", p.request(md5Hex(p.path + "?" + p.query + p.body + rawServerKey)),
			[]string{"parameters in the order of the request, and not percent-encoded", "[body, 107 bytes]<serverkey>"}},
		{"v5 encoded", p.request(md5Hex(p.path + "?" + encodedQuery(p.sorted) + p.body + rawServerKey)), []string{"parameters that are sorted and percent-encoded"}},
		{"v5 encoded and unsorted", p.request(md5Hex(p.path + "?" + encodedQuery(p.query) + p.body + rawServerKey)), []string{"parameters in the order of the request, percent-encoded"}},
		{"v5 without empty ones", p.request(md5Hex(p.path + "?" + strings.ReplaceAll(p.sorted, "&conn=", "") + p.body + rawServerKey)), []string{"parameters that are sorted, without the empty ones"}},
		{"v5 without the body", p.request(md5Hex(p.path + "?" + p.sorted + rawServerKey)), []string{"a request without its body"}},
		{"v5 client's key", p.request(md5Hex(right + "demo-clientkey")), []string{"clientkey, which goes with source=0"}},
		{"v5 spaced body", p.request(md5Hex(p.path + "?" + p.sorted + strings.NewReplacer(`":"`, `": "`, `","`, `", "`).Replace(p.body) + rawServerKey)),
			[]string{"the body with a blank behind each comma and colon, which is not what was sent"}},
		{"v5 no key", p.request(md5Hex(right)), []string{"a text without the key"}},
		{"v5 two at once", p.request(md5Hex(p.path + "/?" + p.query + p.body + rawServerKey)), []string{"parameters in the order of the request, and not percent-encoded, and the path with a slash at its end"}},
		{"v5 ciphertext", with(p.request(md5Hex(p.path+"?"+p.sorted+rawEncrypt(rawEncKey, p.body)+rawServerKey)), func(r *rawRequest) {
			r.body, r.header = rawEncrypt(rawEncKey, p.body), map[string]string{"Content-Encrypt": "msdktea"}
		}), []string{"the ciphertext in place of the plaintext"}},
		{"v5 own string", with(p.request(md5Hex("x")), func(r *rawRequest) {
			r.header = map[string]string{"X-Stand-In-Signed": "base64:" + base64.StdEncoding.EncodeToString([]byte(strings.Replace(right, "OPENID1", "OPENID2", 1)+rawServerKey))}
		}), []string{`expected "\"openid\":\"OPENID1\",`, `the caller has "\"openid\":\"OPENID2\",`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before := len(r.failures())
			answer, header := test.request.send(t, srv.URL)
			require.NotZero(t, code(t, answer))
			require.Empty(t, header.Get("X-Stand-In-Explanation"))
			said := r.failures()[before:]
			for _, text := range test.says {
				require.Contains(t, said, text)
			}
			for _, secret := range []string{rawMSDKKey, rawAppKey, rawServerKey, "demo-clientkey", "what is this"} {
				require.NotContains(t, said, secret)
				require.NotContains(t, answer, secret)
			}
		})
	}
	good, _ := p.request(md5Hex(right+rawServerKey)).send(t, srv.URL)
	require.Zero(t, code(t, good))
}

// A time in milliseconds that is signed as it is sent has a good signature and a bad time.
func TestExplainedTime(t *testing.T) {
	t.Parallel()
	r := newRecorder(t)
	srv := msdktest.NewServer(r)
	srv.Clock.Set(time.Unix(1440938160, 0))
	request := &rawRequest{path: "/auth/verify_login", body: loginBody, header: map[string]string{"Content-Type": "application/json"},
		query: "timestamp=1440938160000&appid=" + rawApp + "&sig=" + md5Hex(rawMSDKKey+"1440938160000") + "&openid=OPENID1&encode=2"}
	request.send(t, srv.URL)
	require.Contains(t, r.failures(), "it looks like milliseconds")
}

// Only when asked to does the stand-in tell the caller.
func TestExplainToCaller(t *testing.T) {
	t.Parallel()
	request := v3Request("/auth/verify_login", loginBody, time.Now())
	request.query = strings.Replace(request.query, "encode=2", "encode=1", 1)
	silent := run(t)
	answer, header := request.send(t, silent.base)
	require.Equal(t, http.Header(nil), onlyStandIn(header))
	require.Equal(t, int64(-502), code(t, answer))
	require.Contains(t, silent.log.String(), `"would_match":["msdkkey, which goes with encode=2"]`)
	telling := run(t, "--explain-to-caller")
	same, header := request.send(t, telling.base)
	require.Equal(t, answer, same)
	require.Contains(t, header.Get("X-Stand-In-Explanation"), "would match: msdkkey, which goes with encode=2")
}

func onlyStandIn(h http.Header) http.Header {
	var found http.Header
	for name, values := range h {
		if strings.HasPrefix(name, "X-Stand-In") {
			found = http.Header{name: values}
		}
	}
	return found
}
