package e2e

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk"
	"github.com/msdkgen/msdkgen/generated/timgroup"
)

// Signatures that other programs computed: the generated client has to make them, the generated server has to take them.

func TestKnownV3Signatures(t *testing.T) {
	for _, k := range readKnown(t, true) {
		if k.get("scheme") != "msdkV3" {
			continue
		}
		t.Run(k.file, func(t *testing.T) {
			seconds := strings.TrimPrefix(string(k.text), k.get("key"))
			credentials := msdk.MSDKV3Credentials{AppID: defaultApp, MSDKKey: msdk.NewKey(k.get("key"))}
			raw := requestURL(t, func(server string, client *http.Client) error {
				c, err := msdk.NewClient(msdk.WithServer(msdk.Server(server)), msdk.WithMSDKV3(credentials),
					msdk.WithClock(func() time.Time { return unix(t, seconds) }), msdk.WithHTTPClient(client))
				require.NoError(t, err)
				_, err = c.VerifyLogin(t.Context(), &msdk.VerifyLoginRequest{OpenID: "a", OpenKey: "b", UserIP: "c"})
				return err
			})
			require.Equal(t, k.get("signature"), raw.Get("sig"))
			require.Equal(t, "2", raw.Get("encode"))

			answer := post(t, msdk.WithMSDKV3(credentials), "/auth/verify_login",
				"timestamp="+seconds+"&appid="+defaultApp+"&encode=2&sig="+k.get("signature"), `{"openid":"a"}`)
			require.Contains(t, answer, `"ret":0`)
		})
	}
}

// The answer for a whole v5 request. Its body lacks members that the document requires, so the server refuses it, but not for its
// signature; with one character of the signature changed it does.
func TestKnownV5Signature(t *testing.T) {
	for _, k := range readKnown(t, true) {
		if k.get("path") != "/v2/group/send_group_msg" {
			continue
		}
		credentials := msdk.MSDKV5Credentials{GameID: "12", ClientKey: msdk.NewKey(k.get("key"))}
		query := strings.Join(k.head["query"], "&") + "&sig="
		answer := post(t, msdk.WithMSDKV5(credentials), k.get("path"), query+k.get("signature"), k.get("body"))
		require.Contains(t, answer, `"ret":1007`)
		require.Contains(t, answer, "group_openid: required")
		answer = post(t, msdk.WithMSDKV5(credentials), k.get("path"), query+flip(k.get("signature")), k.get("body"))
		require.Contains(t, answer, `"ret":1008`)
		return
	}
	require.Fail(t, "no known answer for send_group_msg")
}

func flip(sig string) string {
	if strings.HasSuffix(sig, "0") {
		return sig[:len(sig)-1] + "1"
	}
	return sig[:len(sig)-1] + "0"
}

// Whole UserSigs of three other implementations, in three compressions and member orders.
func TestKnownUserSigs(t *testing.T) {
	k := parseKnown(t, knownFolder+"/sign-tim-usersig.txt")
	require.Len(t, k.head["usersig"], 3)
	now := unix(t, k.get("time")).Add(time.Hour)
	serve := func(sig, key string) string {
		h, err := timgroup.NewHandler(timgroup.Services{Group: timAnswers{t: t, response: []byte(`{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","GroupInfo":[]}`)}},
			timgroup.WithTIMUserSig(timgroup.TIMUserSigCredentials{
				SDKAppID: timgroup.App(k.get("sdkappid")), Identifier: k.get("identifier"), Secret: timgroup.NewKey(key)}),
			timgroup.WithClock(func() time.Time { return now }))
		require.NoError(t, err)
		query := url.Values{"sdkappid": {k.get("sdkappid")}, "identifier": {k.get("identifier")}, "usersig": {sig}, "random": {"4294967295"}, "contenttype": {"json"}}
		return exchange(t, h, "/v4/group_open_http_svc/get_group_info?"+query.Encode(), `{"GroupIdList":["x"]}`)
	}
	for _, sig := range k.head["usersig"] {
		require.Contains(t, serve(sig, k.get("key")), `"ErrorCode":0`)
		require.Contains(t, serve(sig, k.get("key")+"x"), `"ErrorCode":70003`)
	}
	now = unix(t, k.get("time")).Add(15552001 * time.Second)
	require.Contains(t, serve(k.head["usersig"][0], k.get("key")), `"ErrorCode":70001`)
}

func unix(t *testing.T, seconds string) time.Time {
	t.Helper()
	n, err := time.ParseDuration(seconds + "s")
	require.NoError(t, err)
	return time.Unix(int64(n/time.Second), 0)
}

// requestURL returns the query that a call sends.
func requestURL(t *testing.T, call func(server string, client *http.Client) error) url.Values {
	t.Helper()
	var query url.Values
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query = r.URL.Query()
		_, _ = io.WriteString(w, `{"ret":0,"msg":""}`)
	}))
	defer server.Close()
	require.NoError(t, call(server.URL, server.Client()))
	return query
}

// post sends literal bytes to a generated server of msdk and returns what it answers.
func post(t *testing.T, credentials msdk.Option, path, query, body string) string {
	t.Helper()
	answers := msdkAnswers{t: t, response: []byte(`{"ret":0,"msg":""}`)}
	h, err := msdk.NewHandler(msdkServices(answers), credentials)
	require.NoError(t, err)
	return exchange(t, h, path+"?"+query, body)
}

// exchange sends one request over a socket.
func exchange(t *testing.T, h http.Handler, target, body string) string {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	resp, err := server.Client().Post(server.URL+target, "application/json", bytes.NewReader([]byte(body)))
	require.NoError(t, err)
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return string(answer)
}
