package naming

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSpellings(t *testing.T) {
	for spelling, want := range map[string]string{
		"send_group_msg":           "SendGroupMsg",
		"GroupIdList":              "GroupIDList",
		"accessToken":              "AccessToken",
		"figureurl_qq":             "FigureurlQQ",
		"Member_Account":           "MemberAccount",
		"@type":                    "Type",
		"2fa":                      "N2fa",
		"中文":                       "X中文",
		"group中文":                  "Group中文",
		"msdkV3":                   "MSDKV3",
		"timUserSig":               "TIMUserSig",
		"HTTPServer":               "HTTPServer",
		"userIDs":                  "UserIDs",
		"group_ids":                "GroupIDs",
		"URLs":                     "URLs",
		"image_url":                "ImageURL",
		"MSG_HEART_SEND":           "MsgHeartSend",
		"FAIL":                     "Fail",
		"VK":                       "VK",
		"utf8_text":                "UTF8Text",
		"picture40":                "Picture40",
		"v2Group":                  "V2Group",
		"a.b/c d:e-f":              "ABCDEF",
		"get /v2/group/{group_id}": "GetV2GroupGroupID",
		"été":                      "Été",
		"_":                        "",
		"":                         "",
		"a\u0301":                  "A", // a combining mark is no letter
	} {
		require.Equal(t, want, exported(pascal(spelling)), spelling)
		if want != "" {
			require.True(t, isExported(want), want)
		}
	}
}

func TestRawSpellings(t *testing.T) {
	for spelling, want := range map[string]string{
		"nick_name": "Nick_name", "nickName": "NickName", "nick-name": "Nick_name", "@type": "X_type", "2fa": "N2fa", "GroupId": "GroupId",
	} {
		require.Equal(t, want, raw(spelling))
		require.True(t, isExported(raw(spelling)))
	}
}
