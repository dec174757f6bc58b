package codectest

import (
	"encoding/json"
	"os"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is compared is small and soon forgotten: a larger heap costs nothing here and saves a third of the time.
func TestMain(m *testing.M) {
	debug.SetGCPercent(800)
	os.Exit(m.Run())
}

// Documents at random, and texts next to them. The seeds are fixed: what is found once is found again.
func TestDocuments(t *testing.T) {
	const documents = 80
	all, err := targets()
	require.NoError(t, err)
	for _, target := range all {
		taken := 0
		for seed := range uint64(documents) {
			s := Seeded(seed)
			text := target.Document(s)
			require.NoError(t, target.Check(text, ParseStd), "seed %d", seed)
			if target.New().UnmarshalJSON([]byte(text)) == nil {
				taken++
			}
			if len(text) < 4000 {
				require.NoError(t, target.Check(Mutate(s, text), ParseStd), "seed %d, changed", seed)
			}
		}
		require.Greater(t, taken, documents/4, "%s: hardly any document is right", target.Name)
		require.Less(t, taken, documents*19/20, "%s: hardly any document is wrong", target.Name)
	}
}

// neighbored are documents with the fields in their order, and with lists of objects.
var neighbored = map[string]string{
	"timgroup.GetGroupInfoResponse": `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"GroupInfo":[{"GroupId":"@TGS#2J4SZEAEL","ErrorCode":0,"ErrorInfo":"","Type":"Public",` +
		`"Name":"组名","Appid":1400187352,"CreateTime":1448357837,"MemberNum":2,"MemberList":[{"Member_Account":"leckie","Role":"Owner","JoinTime":1425976500,` +
		`"MsgSeq":1233,"MsgFlag":"AcceptNotNotify","LastSendMsgTime":1425976501,"AppMemberDefinedData":[{"Key":"k","Value":"v"}]},` +
		`{"Member_Account":"peter","Role":"Member","JoinTime":1425976502,"x":[{}]}]}]}`,
	"msdk.QQFriendsDetailResponse": `{"ret":0,"msg":"success","lists":[{"openid":"69FF99F3B17436F2F6621FA158B30549","nickName":"张鸿","gender":"男",` +
		`"figureurl_qq":"http://q.qlogo.cn/g?b=qq"},{"openid":"b","nickName":"\u5f20","figureurl_qq":"c"}],"is_lost":"0","extinfo":[]}`,
	"msdk.GetGroupInfoWeChatResponse": `{"ret":0,"msg":"","channel_info":"{\"union_id\":\"u\",\"count\":3}","seq":"1-2"}`,
}

// Where text is Chinese, two characters of three bytes each are looked at in one step. Two of the bytes that begin one do not go with all others.
func TestPairsOfCharacters(t *testing.T) {
	const name = "timgroup.GetGroupInfoResponse"
	target := target(t, name)
	for _, pair := range []string{"\xed\xa0\x80组", "组\xed\xa0\x80", "\xe0\x80\x80组", "组\xe0\x80\x80", "\xed\x9f\xbf组", "组\xe0\xa0\x80", "\xee\x80\x80组"} {
		require.NoError(t, target.Check(strings.Replace(neighbored[name], "组名", pair+"组名", 1), ParseStd))
	}
}

// A document of ordinary size, cut at every byte, with a space at every byte, and so on.
func TestNeighbors(t *testing.T) {
	for name, text := range neighbored {
		target := target(t, name)
		require.NoError(t, target.Check(text, ParseStd))
		Neighbors(text, 1, func(changed string) bool {
			err := target.Check(changed, ParseStd)
			require.NoError(t, err)
			return err == nil
		})
	}
}

// Strings and integers as the value of a member, with little and with much behind them, and at the end of the text.
func TestValues(t *testing.T) {
	member := target(t, "timgroup.GroupMember")
	check := func(name string) func(string) {
		return func(value string) {
			for _, text := range []string{
				`{"` + name + `":` + value + `}`,
				`{"Member_Account":"a","` + name + `":` + value + `,"MsgFlag":"AcceptNotNotify","LastSendMsgTime":1425976501}`,
				`{"` + name + `":` + value,
			} {
				if name == "Member_Account" {
					text = strings.Replace(text, `"Member_Account":"a",`, "", 1)
				}
				require.NoError(t, member.Check(text, ParseStd))
			}
		}
	}
	Strings(7, check("Member_Account"))
	Strings(23, check("x"))
	Integers(check("JoinTime"))
	Integers(check("x"))
}

// Half of a surrogate pair is found wherever it stands, and no whole one is taken for it.
func TestLoneSurrogate(t *testing.T) {
	for text, lone := range map[string]bool{
		`""`: false, `"\ud83d\ude00"`: false, `"\ud83d"`: true, `"\ude00"`: true, `"\ud83d\ud83d\ude00"`: true, `"\\ud83d"`: false,
		`"\ud83dx\ude00"`: true, `"\ud83d\n"`: true, `"\u0041\uFFFF"`: false, `"\uDBFF\uDFFF\uDC00"`: true, `["\ud83d","\ude00"]`: true,
	} {
		require.True(t, json.Valid([]byte(text)))
		require.Equal(t, lone, loneSurrogate(text), text)
	}
}
