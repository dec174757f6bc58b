package e2e

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk"
)

// Encrypted calls of MSDK over a real socket: what travels, and how the vendor's own codes say that a body could not be read.

const cipherKey = "0123456789abcdef"

// sealedExchange is a call as it travelled.
type sealedExchange struct {
	request, answer []byte
	header          http.Header
}

func TestEncryptedCalls(t *testing.T) {
	v3 := func(key string) msdk.Option {
		return msdk.WithMSDKV3(msdk.MSDKV3Credentials{AppID: defaultApp, MSDKKey: msdk.NewKey("k"), EncKey: msdk.NewKey(key)})
	}
	v5 := func(key string) msdk.Option {
		return msdk.WithMSDKV5(msdk.MSDKV5Credentials{GameID: "12", ServerKey: msdk.NewKey("k"), EncKey: msdk.NewKey(key)})
	}
	handler, err := msdk.NewHandler(msdkServices(msdkAnswers{t: t, response: []byte(`{"ret":0,"msg":"well done"}`)}), v3(cipherKey), v5(cipherKey))
	require.NoError(t, err)
	var last sealedExchange
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		last.request, _ = io.ReadAll(r.Body)
		last.header = r.Header
		r.Body = io.NopCloser(bytes.NewReader(last.request))
		recorded := httptest.NewRecorder()
		handler.ServeHTTP(recorded, r)
		last.answer = recorded.Body.Bytes()
		w.Header().Set("Content-Encrypt", recorded.Header().Get("Content-Encrypt"))
		_, _ = w.Write(last.answer)
	}))
	defer server.Close()
	call := func(opts ...msdk.ClientOption) error {
		c, err := msdk.NewClient(append(opts, msdk.WithServer(msdk.Server(server.URL)))...)
		if err != nil {
			return err
		}
		_, err = c.VerifyLogin(t.Context(), &msdk.VerifyLoginRequest{OpenID: "a-player", OpenKey: "a-token", UserIP: "c"})
		return err
	}

	require.NoError(t, call(v3(cipherKey), msdk.WithEncryption()))
	require.Equal(t, "msdktea", last.header.Get("Content-Encrypt"))
	require.Equal(t, "msdktea", last.header.Get("Accept-Encrypt"))
	for _, travelled := range [][]byte{last.request, last.answer} {
		require.Zero(t, len(travelled)%8)
		require.NotContains(t, string(travelled), "a-player")
		require.NotContains(t, string(travelled), "well done")
	}
	require.NoError(t, call(v3("")), "without a key nothing is encrypted")
	require.Contains(t, string(last.request), "a-player")

	var failed *msdk.Error
	require.ErrorAs(t, call(v3("fedcba9876543210"), msdk.WithEncryption()), &failed)
	require.Equal(t, msdk.Code(-304), failed.Code, "v3 has no code for it; the nearest is that of a body that is no JSON")
	require.ErrorIs(t, call(v3(""), msdk.WithEncryption()), msdk.ErrConfig)
	require.ErrorIs(t, call(v3("short")), msdk.ErrConfig)

	// v5 has a code of its own for what cannot be decrypted.
	query := url.Values{"gameid": {"12"}, "channelid": {"2"}, "os": {"4"}, "ts": {"1"}, "source": {"1"}, "sig": {"x"}}
	request := httptest.NewRequest(http.MethodPost, "/v2/group/send_group_msg?"+query.Encode(), bytes.NewReader(make([]byte, 16)))
	request.Header.Set("Content-Encrypt", "msdktea")
	recorded := httptest.NewRecorder()
	handler.ServeHTTP(recorded, request)
	require.Contains(t, recorded.Body.String(), `"ret":10006`)
	require.False(t, errors.Is(msdk.ErrDecrypt, msdk.ErrDecode))
}
