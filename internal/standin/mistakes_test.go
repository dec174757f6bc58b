package standin_test

// What a caller with a mistake that is not in the signature is told, and requests that only look like mistakes.

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk/msdktest"
)

func TestMistakes(t *testing.T) {
	t.Parallel()
	r := newRecorder(t)
	srv := msdktest.NewServer(r)
	now := time.Unix(1440938160, 0)
	srv.Clock.Set(now)
	login := func(change func(*rawRequest)) *rawRequest {
		request := v3Request("/auth/verify_login", loginBody, now)
		request.header["Content-Type"] = "application/json"
		change(request)
		return request
	}
	sealed := rawEncrypt(rawEncKey, loginBody)
	tests := []struct {
		name    string
		request *rawRequest
		code    int64
		says    string
	}{
		{"plaintext under the header", login(func(r *rawRequest) { r.header["Content-Encrypt"] = "msdktea" }), -304,
			"the body is JSON in the clear, and the header Content-Encrypt says that it is encrypted"},
		{"ciphertext without the header", login(func(r *rawRequest) { r.body = sealed }), -304, "the body is encrypted, and no header says so"},
		{"hexadecimal", login(func(r *rawRequest) {
			r.body, r.header["Content-Encrypt"] = hex.EncodeToString([]byte(sealed)), "msdktea"
		}), -304,
			"the body is ciphertext in hexadecimal, and has to be sent as the bytes that it is"},
		{"base64", login(func(r *rawRequest) {
			r.body, r.header["Content-Encrypt"] = base64.StdEncoding.EncodeToString([]byte(sealed)), "msdktea"
		}), -304, "the body is ciphertext in base64, and has to be sent as the bytes that it is"},
		{"another key", login(func(r *rawRequest) {
			r.body, r.header["Content-Encrypt"] = rawEncrypt("0123456789abcdef", loginBody), "msdktea"
		}), -304,
			"the ciphertext is damaged, or was made with another key"},
		{"slash", login(func(r *rawRequest) { r.path += "/" }), -311, "the path has a slash at its end, which the document does not have"},
		{"case", login(func(r *rawRequest) { r.path = "/auth/Verify_Login" }), -311, "the document has /auth/verify_login"},
		{"prefix", login(func(r *rawRequest) { r.path = "/api" + r.path }), -311, `the path has "/api" in front: the document has /auth/verify_login`},
		{"no prefix", login(func(r *rawRequest) { r.path = "/verify_login" }), -311, "the beginning of the path is missing: the document has /"},
		{"near", login(func(r *rawRequest) { r.path = "/auth/verify_logins" }), -311, "did you mean /auth/verify_login?"},
		{"far", login(func(r *rawRequest) { r.path = "/" }), -311, "the document has no such path"},
		{"app", login(func(r *rawRequest) { r.query = strings.Replace(r.query, rawApp, "1400000000", 1) }), -303, `appid "1100000001" is known`},
		{"no body", login(func(r *rawRequest) { r.body = "" }), -501, "the body is empty"},
		{"old", login(func(r *rawRequest) { r.query = v3Request("", "", now.Add(-time.Hour)).query }), -502, "1h0m0s behind the clock; the window is 5m0s"},
		{"channel", v5Request("/v2/group/create_bind_group", groupBody, now, "channelid", "1"), 1007, "does not have the only legal value, 2"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before := len(r.failures())
			answer, _ := test.request.send(t, srv.URL)
			require.Equal(t, test.code, code(t, answer))
			require.Contains(t, r.failures()[before:], test.says)
		})
	}
	before := len(r.failures())
	resp, err := http.Get(srv.URL + "/auth/verify_login")
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Contains(t, r.failures()[before:], "the operation is called with POST, not with GET")
}

// The page of v3 prints the headers with something behind the name of the cipher.
func TestCipherAsPrinted(t *testing.T) {
	t.Parallel()
	r := run(t, "--strict")
	request := v3Request("/auth/verify_login", rawEncrypt(rawEncKey, loginBody), time.Now())
	request.header = map[string]string{"Content-Encrypt": "msdktea;![](guild)", "Accept-Encrypt": "msdktea;"}
	answer, header := request.send(t, r.base)
	require.Equal(t, "msdktea", header.Get("Content-Encrypt"))
	require.Equal(t, `{"ret":0,"msg":"user is logged in"}`, rawDecrypt(t, rawEncKey, answer))
}

// A time that strict refuses is a leniency like the others.
func TestAnyTimeIsCounted(t *testing.T) {
	t.Parallel()
	r := run(t)
	for _, at := range []time.Time{time.Now(), time.Unix(1440938160, 0), time.Now().Add(time.Hour)} {
		answer, _ := v3Request("/auth/verify_login", loginBody, at).send(t, r.base)
		require.Zero(t, code(t, answer))
	}
	require.Equal(t, int64(2), r.counts(t)["msdk"]["any-time"])
}

// A path that is nobody's is answered by the vendor with the most similar one.
func TestNobodysPath(t *testing.T) {
	t.Parallel()
	r := run(t)
	request := imRequest(`{"GroupIdList":["@TGS#1"]}`, time.Now())
	request.path = "/v4/group_open_http_svc/destroy_group"
	answer, _ := request.send(t, r.base)
	require.Contains(t, answer, `"ActionStatus":"FAIL"`)
	require.Contains(t, r.log.String(), "did you mean /v4/group_open_http_svc/get_group_info?")
	answer, _ = v3Request("/auth/verify_logout", loginBody, time.Now()).send(t, r.base)
	require.Equal(t, int64(-311), code(t, answer))
}

// Who asks for an example that is not there learns which ones are.
func TestUnknownExample(t *testing.T) {
	t.Parallel()
	r := run(t)
	request := v3Request("/auth/verify_login", loginBody, time.Now())
	request.header["X-Stand-In-Example"] = "nothing"
	request.header["Accept-Encrypt"] = "msdktea"
	answer, header := request.send(t, r.base)
	require.Equal(t, "stand-in: there is no example \"nothing\" of verify_login; there are: \"logged-in\"\n", answer)
	require.Empty(t, header.Get("Content-Encrypt"))
	require.NotContains(t, r.log.String(), "ERROR")
}
