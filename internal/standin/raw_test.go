package standin_test

// Clients written by hand from the vendor's documents alone. They use nothing of the generated packages: what both sides of those agree on
// may still be wrong.

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sort"
	"strings"
	"testing"
	"time"

	"compress/zlib"

	"github.com/stretchr/testify/require"
)

// The credentials that a stand-in makes up, see docs/standin.md.
const (
	rawApp       = "1100000001"
	rawMSDKKey   = "demo-msdkkey"
	rawAppKey    = "demo-appkey"
	rawServerKey = "demo-serverkey"
	rawEncKey    = "demo-enckey-0123"
	rawIMSecret  = "demo-secret"
	rawIMAdmin   = "demo-identifier"
)

func md5Hex(text string) string {
	sum := md5.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}

// rawRequest is a request before it is sent.
type rawRequest struct {
	path   string // with what is behind it
	query  string // not encoded in any way: as on the request line
	body   string
	header map[string]string
}

// v3Request is signed as the page on v3 says: md5 over key and time.
func v3Request(path, body string, now time.Time) *rawRequest {
	ts := fmt.Sprint(now.Unix())
	return &rawRequest{path: path, body: body, header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"},
		query: "timestamp=" + ts + "&appid=" + rawApp + "&sig=" + md5Hex(rawMSDKKey+ts) + "&openid=OPENID1&encode=2"}
}

// v5Request is signed as the page on v5 says: path, sorted parameters, body, key.
func v5Request(path, body string, now time.Time, extra ...string) *rawRequest {
	values := map[string]string{"gameid": rawApp, "channelid": "2", "os": "4", "ts": fmt.Sprint(now.Unix()), "source": "1", "conn": ""}
	for i := 0; i+1 < len(extra); i += 2 {
		values[extra[i]] = extra[i+1]
	}
	var names []string
	for name := range values {
		names = append(names, name)
	}
	sort.Strings(names)
	var plain, encoded []string
	for _, name := range names {
		plain = append(plain, name+"="+values[name])
		encoded = append(encoded, name+"="+url.QueryEscape(values[name]))
	}
	sig := md5Hex(path + "?" + strings.Join(plain, "&") + body + rawServerKey)
	return &rawRequest{path: path, body: body, query: strings.Join(encoded, "&") + "&sig=" + sig}
}

// send returns the answer's body, and its header.
func (r *rawRequest) send(t testing.TB, base string) (string, http.Header) {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, base+r.path+"?"+r.query, strings.NewReader(r.body))
	require.NoError(t, err)
	for name, value := range r.header {
		request.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return string(text), resp.Header
}

// code is the result code of an answer.
func code(t testing.TB, answer string) int64 {
	t.Helper()
	var result struct {
		Ret       *int64 `json:"ret"`
		ErrorCode *int64 `json:"ErrorCode"`
	}
	require.NoError(t, json.Unmarshal([]byte(answer), &result), answer)
	if result.Ret != nil {
		return *result.Ret
	}
	require.NotNil(t, result.ErrorCode, answer)
	return *result.ErrorCode
}

const (
	loginBody = `{"appid":1100000001,"openid":"OPENID1","openkey":"TOKEN","userip":"192.0.2.1"}`
	groupBody = `{"openid":"OPENID1","token":"TOKEN","guild_id":"2134","guild_name":"测试 a+b","roleid":"2","zone_id":"1"}`
)

// The cipher as its description says, with nothing shared with the code under test.

func teaBlock(key []byte, block uint64, decrypt bool) uint64 {
	var k [4]uint32
	for i := range k {
		k[i] = binary.BigEndian.Uint32(key[4*i:])
	}
	const delta = uint32(0x9E3779B9)
	y, z := uint32(block>>32), uint32(block)
	if !decrypt {
		var sum uint32
		for range 16 {
			sum += delta
			y += (z<<4 + k[0]) ^ (z + sum) ^ (z>>5 + k[1])
			z += (y<<4 + k[2]) ^ (y + sum) ^ (y>>5 + k[3])
		}
	} else {
		sum := uint32(0xE3779B90) // 16 times delta
		for range 16 {
			z -= (y<<4 + k[2]) ^ (y + sum) ^ (y>>5 + k[3])
			y -= (z<<4 + k[0]) ^ (z + sum) ^ (z>>5 + k[1])
			sum -= delta
		}
	}
	return uint64(y)<<32 | uint64(z)
}

func rawEncrypt(key, body string) string {
	pad := (8 - (len(body)+10)%8) % 8
	plain := []byte{byte(0xA8 | pad)}
	plain = append(plain, bytes.Repeat([]byte{0x5A}, pad+2)...)
	plain = append(append(plain, body...), make([]byte, 7)...)
	var out []byte
	var x, c uint64
	for i := 0; i < len(plain); i += 8 {
		next := binary.BigEndian.Uint64(plain[i:]) ^ c
		c = teaBlock([]byte(key), next, false) ^ x
		x = next
		out = binary.BigEndian.AppendUint64(out, c)
	}
	return string(out)
}

func rawDecrypt(t testing.TB, key, text string) string {
	t.Helper()
	require.NotEmpty(t, text)
	require.Zero(t, len(text)%8)
	var plain []byte
	var x, c uint64
	for i := 0; i < len(text); i += 8 {
		next := binary.BigEndian.Uint64([]byte(text[i:]))
		x = teaBlock([]byte(key), next^x, true)
		plain = binary.BigEndian.AppendUint64(plain, x^c)
		c = next
	}
	start := 1 + int(plain[0]&7) + 2
	require.Equal(t, make([]byte, 7), plain[len(plain)-7:])
	return string(plain[start : len(plain)-7])
}

// usersig makes the credential of Tencent IM.
func usersig(now time.Time) string {
	text := fmt.Sprintf("TLS.identifier:%s\nTLS.sdkappid:%s\nTLS.time:%d\nTLS.expire:%d\n", rawIMAdmin, rawApp, now.Unix(), 3600)
	mac := hmac.New(sha256.New, []byte(rawIMSecret))
	mac.Write([]byte(text))
	object := fmt.Sprintf(`{"TLS.ver":"2.0","TLS.identifier":"%s","TLS.sdkappid":%s,"TLS.expire":3600,"TLS.time":%d,"TLS.sig":"%s"}`,
		rawIMAdmin, rawApp, now.Unix(), base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	_, _ = w.Write([]byte(object))
	_ = w.Close()
	return strings.NewReplacer("+", "*", "/", "-", "=", "_").Replace(base64.StdEncoding.EncodeToString(packed.Bytes()))
}

func imRequest(body string, now time.Time) *rawRequest {
	return &rawRequest{path: "/v4/group_open_http_svc/get_group_info", body: body,
		query: "sdkappid=" + rawApp + "&identifier=" + rawIMAdmin + "&usersig=" + url.QueryEscape(usersig(now)) + "&random=99999999&contenttype=json"}
}
