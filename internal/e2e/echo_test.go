package e2e

import (
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk"
)

// The vendor repeats msdkExtInfo in its answers. The generated server does it where the service leaves it unset.
func TestServerEchoesTheExtensionInfo(t *testing.T) {
	now := unix(t, "1600000000")
	server := httptest.NewServer(msdkHandler(t, now, []byte(`{"ret":0,"msg":"ok"}`), nil))
	defer server.Close()
	c, err := msdkClient(setting{server: server.URL, app: defaultApp, now: now})
	require.NoError(t, err)
	req := &msdk.CheckTokenRequest{OpenID: "a", AccessToken: "b"}
	got, err := c.CheckToken(t.Context(), req, msdk.WithMSDKExtInfo("serial_7"))
	require.NoError(t, err)
	require.Equal(t, "serial_7", got.MSDKExtInfo.Or(""))
	got, err = c.CheckToken(t.Context(), req)
	require.NoError(t, err)
	require.False(t, got.MSDKExtInfo.IsSet())
}

// The page shows channel_info with a quote before it, as if it were JSON text.
func TestChannelInfoAsText(t *testing.T) {
	for _, text := range []string{
		`{"ret":0,"msg":"","channel_info":{"groupid":"7","group_name":"g"}}`,
		`{"ret":0,"msg":"","channel_info":"{\"groupid\":\"7\",\"group_name\":\"g\"}"}`,
	} {
		var got msdk.GetGroupInfoQQResponse
		require.NoError(t, got.UnmarshalJSON([]byte(text)))
		require.EqualValues(t, "7", got.ChannelInfo.GroupID)
	}
}
