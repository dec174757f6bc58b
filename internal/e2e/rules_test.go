package e2e

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk"
)

// ruleCase is a request with one member changed.
type ruleCase struct {
	call, member string
	value        any // nil to leave the member out
	violation    string
}

// The documented limits and conditions, each from both of its sides: the last value that is allowed, and the first that is not.
func ruleCases() []ruleCase {
	chinese := func(n int) string { return strings.Repeat("字", n) } // three bytes each
	friend := map[string]any{"openid": "a"}
	tag := "http://a.example/?ADTAG=gameobj.msg_pvp"
	players := func(n int) []string { return strings.Split(strings.Repeat("a", n), "") }
	return []ruleCase{
		{"send_groupmsg", "title", chinese(15), ""},
		{"send_groupmsg", "title", chinese(16), "title: max-bytes"},
		{"send_groupmsg", "desc", chinese(20), ""},
		{"send_groupmsg", "desc", chinese(21), "desc: max-bytes"},
		{"send_groupmsg", "param", "", ""},
		{"send_group_msg/QQ", "title", chinese(16), "title: max-bytes"},
		{"send_group_msg/QQ", "desc", chinese(21), "desc: max-bytes"},
		{"send_group_msg/QQ", "param", "", ""},
		{"send_group_msg/QQ", "title", "", "title: required"},
		{"send_group_msg/WeChat", "open.url", nil, "open.url: required-when"},
		{"send_group_msg/WeChat", "msg_type", 3, "msg_type: enum"},
		{"wxsend_groupmsg", "reqBody.msg_type", 2, ""},
		{"wxsend_groupmsg", "reqBody.open.share_url", nil, ""}, // the message of the example is a structured one
		{"wxsend_groupmsg", "reqBody.open.ext_info", strings.Repeat("x", 2048), ""},
		{"wxsend_groupmsg", "reqBody.open.ext_info", strings.Repeat("x", 2049), "reqBody.open.ext_info: max-bytes"},
		{"get_group_rela_info/QQ", "groupid", nil, "groupid: required"},
		{"get_group_rela_info/WeChat", "guild_id", nil, "guild_id: required"},
		{"unbind_group/QQ", "channel_info.roleid", nil, "channel_info.roleid: required"},
		{"unbind_group/QQ", "channel_info.areaid", "77", ""}, // the test environment has virtual areas
		{"qqfriends_vip", "fopenids", players(49), ""},
		{"qqfriends_vip", "fopenids", players(50), "fopenids: maxItems"},
		{"qqfriends_vip", "flags", "qq_vip,something_new", ""},
		{"qq_unreg_friends", "count", 20, ""},
		{"qq_unreg_friends", "count", 21, "count: maximum"},
		{"qqfriends_detail", "flag", 3, "flag: enum"},
		{"qqfriends_detail", "flag", nil, ""},
		{"createbind_groupv2", "type", nil, ""},
		{"unlink_groupv2", "platid", "", "platid: required"},
		{"unlink_groupv2", "roleid", nil, "roleid: required"},
		{"wxfriends", "accessToken", nil, "accessToken: expected"},
		{"query_vip", "vip", 1 | 4 | 512, ""},
		{"wxbattle_report", "json.baseinfo.platid", nil, "json.baseinfo.platid: required"},
		{"wxbattle_report", "json.baseinfo.gamename", nil, "json.baseinfo.gamename: required"},
		{"wxbattle_report", "json.baseinfo.level", nil, ""},
		{"share_qq", "fopenids", []any{}, "fopenids: expected"},
		{"share_qq", "fopenids", []any{friend, friend}, "fopenids: maxItems"},
		{"share_qq", "game_tag", "MSG_OF_ANOTHER_KIND", ""},
		{"share_qq", "game_tag", nil, "game_tag: required"},
		{"share_qq", "summary", chinese(16), "summary: max-bytes"},
		{"share_qq", "target_url", tag + strings.Repeat("x", 256-len(tag)), ""},
		{"share_qq", "target_url", tag + strings.Repeat("x", 257-len(tag)), "target_url: max-bytes"},
		{"share_qq", "target_url", "http://a.example/", "target_url: pattern"},
		{"share_qq", "target_url", strings.ToUpper(tag), "target_url: pattern"},
		{"subscribe_setlist", "opType", 2, "opType: enum"},
		{"get_group_info", "GroupIdList", players(51), "GroupIdList: maxItems"},
	}
}

func TestDocumentedRules(t *testing.T) {
	for _, c := range ruleCases() {
		t.Run(c.call+"/"+c.member+"/"+c.violation, func(t *testing.T) {
			o := operationNamed(t, c.call)
			sent := false
			s := setting{app: o.app, now: unix(t, "1600000000")}
			server := answering(t, `{"ret":0,"msg":"","message":"","ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`, &sent)
			s.server = server.URL
			_, err := o.send(t.Context(), s, changed(t, requestOf(t, o), c.member, c.value))
			require.Equal(t, c.violation == "", sent)
			if c.violation == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, c.violation+" (")
		})
	}
}

// changed is a request with one member set, or left out.
func changed(t *testing.T, request []byte, path string, value any) []byte {
	t.Helper()
	root := without(tree(t, request), []string{path})
	if value != nil {
		object := root.(map[string]any)
		names := strings.Split(path, ".")
		for _, name := range names[:len(names)-1] {
			object = object[name].(map[string]any)
		}
		object[names[len(names)-1]] = value
	}
	text, err := json.Marshal(root)
	require.NoError(t, err)
	return text
}

// answering is a server that answers everything with one text.
func answering(t *testing.T, text string, called *bool) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		*called = true
		_, _ = w.Write([]byte(text))
	}))
	t.Cleanup(server.Close)
	return server
}

// What this vendor sends without a word about it: members that no table lists, numbers for text, `[]` for an empty object.
func TestAnswersOfTheVendor(t *testing.T) {
	for _, o := range operations() {
		if o.tag == "IM" {
			continue
		}
		t.Run(o.name, func(t *testing.T) {
			called := false
			s := setting{app: o.app, now: unix(t, "1600000000")}
			added := `"seq":"s","msdkExtInfo":"e","news":{"a":[1]}`
			answers := []struct{ sent, want string }{
				{`{"ret":0,"msg":"m","message":"m",` + added + `}`, "{" + added + "}"},
				{`{"ret":0,"msg":"m","message":"m","data":[],"extinfo":[],"freeFlowInfo":[],"channel_info":[]}`, `{"ret":0}`},
				{`{"ret":0,"msg":"m","message":"m","err_type":"1","is_lost":"0"}`, `{"err_type":"1"}`},
				{`{"ret":0,"msg":"m","message":"m","err_type":1,"is_lost":0}`, `{"err_type":"1"}`},
			}
			if o.tag == "Group" {
				answers[3].want = `{"err_type":1}` // v5 has no such member, so it is kept as it came
			}
			for _, c := range answers {
				s.server = answering(t, c.sent, &called).URL
				got, err := o.send(t.Context(), s, requestOf(t, o))
				require.NoError(t, err, c.sent)
				require.Empty(t, missing("", tree(t, []byte(c.want)), tree(t, got)), "%s", got)
			}
		})
	}
}

// A platform's own code comes out of the message, whatever the call names the message.
func TestPlatformCodes(t *testing.T) {
	for _, o := range operations() {
		if o.tag == "IM" || o.tag == "Group" {
			continue
		}
		called := false
		s := setting{app: o.app, now: unix(t, "1600000000")}
		member := "msg"
		if strings.Contains(string(exchangesOf(o.name)[0].json(t, exchangesOf(o.name)[0].response)), `"message"`) {
			member = "message"
		}
		s.server = answering(t, `{"ret":-10000,"`+member+`":"-73,no such friend"}`, &called).URL
		_, err := o.send(t.Context(), s, requestOf(t, o))
		var failure *msdk.Error
		require.ErrorAs(t, err, &failure, o.name)
		require.Equal(t, "qq", failure.Platform, o.name)
		require.Equal(t, msdk.Code(-73), failure.PlatformCode, o.name)
		require.Contains(t, failure.Message, "no such friend", o.name)
	}
}

// Where a page has two names for the text, its answers may use either, or both; the first one that is not empty counts.
func TestPlatformCodeUnderEitherName(t *testing.T) {
	o := operationNamed(t, "wxget_groupinfo")
	for _, sent := range []string{
		`{"ret":-20000,"message":"-73,no such group"}`, `{"ret":-20000,"msg":"","message":"-73,no such group","platCode":"-73"}`,
		`{"ret":-20000,"msg":"-73,no such group"}`, `{"ret":-20000,"msg":"-73,no such group","message":"-1,other"}`,
	} {
		called := false
		_, err := o.send(t.Context(), setting{app: o.app, now: unix(t, "1600000000"), server: answering(t, sent, &called).URL}, requestOf(t, o))
		var failure *msdk.Error
		require.ErrorAs(t, err, &failure, sent)
		require.Equal(t, "wechat", failure.Platform, sent)
		require.Equal(t, msdk.Code(-73), failure.PlatformCode, sent)
		require.Contains(t, failure.Message, "no such group", sent)
	}
}

// /wxoauth is another name of /auth, and of nothing else.
func TestAlias(t *testing.T) {
	for _, k := range readKnown(t, false) {
		o, e := operationNamed(t, k.call()), exchangeOf(t, k)
		path, ok := strings.CutPrefix(k.get("path"), "/auth/")
		if !ok {
			require.NotContains(t, k.get("path"), "auth")
			continue
		}
		s := settingOf(t, k, o, "")
		server := httptest.NewServer(o.handler(t, s.now, e.json(t, e.response), nil))
		answer := literally(t, k, server.URL+"/wxoauth/"+path+"?"+signedByHand(t, k, s))
		server.Close()
		require.Empty(t, missing("", tree(t, e.json(t, e.response)), tree(t, answer)), "%s", answer)
	}
}

// Where the page says that a value is null if there is nothing, null is no fault.
func TestNullInAnswers(t *testing.T) {
	for call, answer := range map[string]string{
		"wxget_vip":  `{"ret":0,"msg":"m","data":null}`,
		"wxprofile":  `{"ret":0,"msg":"m","lists":[{"nickName":"a","sex":null}]}`,
		"wxuserinfo": `{"ret":0,"msg":"m","language":null}`,
	} {
		o := operationNamed(t, call)
		called := false
		s := setting{app: o.app, now: unix(t, "1600000000"), server: answering(t, answer, &called).URL}
		_, err := o.send(t.Context(), s, requestOf(t, o))
		require.NoError(t, err, call)
	}
	o := operationNamed(t, "wxget_vip")
	called := false
	s := setting{app: o.app, now: unix(t, "1600000000"), server: answering(t, `{"ret":0,"msg":"m","data":{"vipinfo":null}}`, &called).URL}
	_, err := o.send(t.Context(), s, requestOf(t, o))
	require.NoError(t, err)
}
