package standin_test

// More bugs that somebody has, as they come from programs in other languages: bodies that are written anew behind the signature, keys of
// another scheme, parameters that somebody else added. Each text is literal, so that nothing here shares a mistake with the code under test.

import (
	"crypto/sha1"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk/msdktest"
)

const (
	sentBody = `{"openid":"O","token":"T","guild_id":"2134","guild_name":"测试/a&b","roleid":"2","zone_id":"1"}`
	signedAs = "/v2/group/create_bind_group?channelid=2&gameid=1100000001&os=4&source=1&ts=1440938160"
)

func TestMoreExplanations(t *testing.T) {
	t.Parallel()
	r := newRecorder(t)
	srv := msdktest.NewServer(r)
	srv.Clock.Set(time.Unix(1440938160, 0))
	v5 := func(sig string) *rawRequest {
		return &rawRequest{path: "/v2/group/create_bind_group", body: sentBody,
			query: "channelid=2&gameid=1100000001&os=4&source=1&ts=1440938160&sig=" + sig}
	}
	signed := func(text string) *rawRequest { return v5(md5Hex(text)) }
	body := func(body string) *rawRequest { return signed(signedAs + body + rawServerKey) }
	sha := func(text string) string {
		sum := sha1.Sum([]byte(text))
		return hex.EncodeToString(sum[:])
	}
	right := md5Hex(signedAs + sentBody + rawServerKey)
	tests := []struct {
		name    string
		request *rawRequest
		says    string
	}{
		{"PHP", body(`{"openid":"O","token":"T","guild_id":"2134","guild_name":"\u6d4b\u8bd5\/a&b","roleid":"2","zone_id":"1"}`),
			"the body with \\u escapes for what is not ASCII and \\/ for slashes, which is not what was sent"},
		{"PHP, unescaped unicode", body(`{"openid":"O","token":"T","guild_id":"2134","guild_name":"测试\/a&b","roleid":"2","zone_id":"1"}`),
			"the body with \\/ for slashes, which is not what was sent"},
		{"Python", body(`{"openid": "O", "token": "T", "guild_id": "2134", "guild_name": "\u6d4b\u8bd5/a&b", "roleid": "2", "zone_id": "1"}`),
			"the body with \\u escapes for what is not ASCII, which is not what was sent, and the body with a blank behind each comma and colon"},
		{"Go", body(`{"openid":"O","token":"T","guild_id":"2134","guild_name":"测试/a\u0026b","roleid":"2","zone_id":"1"}`),
			"the body with \\u escapes for &, < and >, which is not what was sent"},
		{"sorted", body(`{"guild_id":"2134","guild_name":"测试/a&b","openid":"O","roleid":"2","token":"T","zone_id":"1"}`),
			"the body with its members sorted, which is not what was sent"},
		{"sorted and spaced", body(`{"guild_id": "2134", "guild_name": "测试/a&b", "openid": "O", "roleid": "2", "token": "T", "zone_id": "1"}`),
			"the body with its members sorted, which is not what was sent, and the body with a blank behind each comma and colon"},
		{"indented", body("{\n  \"openid\": \"O\",\n  \"token\": \"T\",\n  \"guild_id\": \"2134\",\n  \"guild_name\": \"测试/a&b\",\n  \"roleid\": \"2\",\n  \"zone_id\": \"1\"\n}"),
			"the body indented by 2 blanks, which is not what was sent"},
		{"a line end behind the body", body(sentBody + "\n"), "the body with a line end behind it"},
		{"key in front of the body", signed(signedAs + rawServerKey + sentBody), "the key between the parameters and the body"},
		{"key in front of all", signed(rawServerKey + signedAs + sentBody), "the key in front of the text, and not behind it"},
		{"no question mark", signed(strings.Replace(signedAs, "?", "", 1) + sentBody + rawServerKey), "the path without the ? behind it"},
		{"no path", signed(signedAs[strings.Index(signedAs, "?")+1:] + sentBody + rawServerKey), "a text without the path"},
		{"shorter path", signed(strings.TrimPrefix(signedAs, "/v2") + sentBody + rawServerKey), "the path without its first segment"},
		{"host and path", signed(strings.TrimPrefix(srv.URL, "http://") + signedAs + sentBody + rawServerKey), "the host in front of the path"},
		{"missing parameter", signed(strings.Replace(signedAs, "&source=1", "", 1) + sentBody + rawServerKey), "a request without its parameter source"},
		{"key of another scheme", signed(signedAs + sentBody + rawMSDKKey), "msdkkey, which is a key of msdkV3 and not of msdkV5"},
		{"key that encrypts", signed(signedAs + sentBody + rawEncKey), "enckey in place of serverkey"},
		{"another hash", v5(sha(signedAs + sentBody + rawServerKey)), "the right text, hashed with SHA-1"},
		{"cut off", v5(right[:31]), "the right signature, of which the end is missing"},
		{"something behind it", v5(right + "%0A"), "the right signature, with something behind it"},
		{"only the body", signed(sentBody + rawServerKey), "a text without the path and the parameters"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before := len(r.failures())
			answer, _ := test.request.send(t, srv.URL)
			require.Equal(t, int64(1008), code(t, answer))
			said := r.failures()[before:]
			require.Contains(t, said, "would match: "+test.says)
			for _, secret := range []string{rawMSDKKey, rawServerKey, rawEncKey, right} {
				require.NotContains(t, said, secret)
			}
		})
	}
	good, _ := v5(right).send(t, srv.URL)
	require.Zero(t, code(t, good))
}

// A search costs many runs over the body, so that a large body must not get as many of them as a small one.
func TestSearchIsBounded(t *testing.T) {
	t.Parallel()
	srv := msdktest.NewServer(newRecorder(t), msdktest.WithRefusals())
	request := v5Request("/v2/group/create_bind_group", `{"openid":"`+strings.Repeat("a", 1000000)+`"}`, srv.Clock.Now())
	request.query = strings.Replace(request.query, "sig=", "sig=0", 1)
	answer, _ := request.send(t, srv.URL)
	require.Equal(t, int64(1008), code(t, answer))
	refusals := srv.Refusals()
	require.Len(t, refusals, 1)
	require.Contains(t, refusals[0].String(), "the body is too large for the whole search")
}
