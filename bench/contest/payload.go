package main

// The payloads. They are made from a seed, so that every run and every machine measures the same bytes; a file can take the place of each. Made
// members hold what the vendor's examples hold: accounts in hexadecimal, addresses, times, and nicknames of which most are Chinese.

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
)

// groupsSize is the size of the answer about groups, in bytes: just below what the vendor allows.
const groupsSize = 1_017_000

const nameCharacters = "小明阿星月风云天海龙凤梦雪夜雨花落无痕逍遥剑客清风不知归处王者归来独孤求败我是谁"

var (
	plainNames = []string{"Lucky", "peter", "Mr.Right", "[AFK]", "shadow_fox", "Rainy Day", "x", "O'Neill"}
	emoji      = []string{"🐼", "🎮", "✨", "❤"}
)

// source makes the values of payloads.
type source struct{ *rand.Rand }

func newSource(seed uint64) source { return source{rand.New(rand.NewPCG(seed, 7))} }

func (s source) openID() string { return fmt.Sprintf("%016X%016X", s.Uint64(), s.Uint64()) }

func (s source) time() int64 { return 1_420_000_000 + s.Int64N(300_000_000) }

// nickName is Chinese in seven of ten cases, and one in sixteen has an emoji at its end.
func (s source) nickName() string {
	var name strings.Builder
	if s.IntN(10) < 7 {
		characters := []rune(nameCharacters)
		for range 2 + s.IntN(6) {
			name.WriteRune(characters[s.IntN(len(characters))])
		}
	} else {
		name.WriteString(plainNames[s.IntN(len(plainNames))])
	}
	if s.IntN(16) == 0 {
		name.WriteString(emoji[s.IntN(len(emoji))])
	}
	return name.String()
}

// document is v as JSON without escapes for HTML, as servers of this kind write it.
func document(v any) []byte {
	var text strings.Builder
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // these structs have a JSON form
	}
	return []byte(strings.TrimSuffix(text.String(), "\n"))
}

func loginPayload() []byte { return document(login{Msg: "user is logged in"}) }

func friendsPayload(s source, n int) []byte {
	answer := friends{Msg: "success", IsLost: "0"}
	for i := range n {
		id := s.openID()
		answer.Lists = append(answer.Lists, friend{
			OpenID: id, NickName: s.nickName(), Gender: []string{"", "男", "女"}[s.IntN(3)],
			FigureURLQQ: "http://thirdqq.qlogo.cn/qqapp/100703379/" + id + "/",
		})
		if i%25 == 0 {
			answer.ExtInfo.CloseFriendLists = append(answer.ExtInfo.CloseFriendLists, id)
		}
	}
	return document(answer)
}

// groupsPayload is about groups of 100 members each, until there are bytes enough.
func groupsPayload(s source, bytes int) []byte {
	answer := groups{ActionStatus: "OK"}
	for size := 0; size < bytes; {
		g := s.group(len(answer.GroupInfo))
		for len(g.MemberList) < 100 && size < bytes {
			m := s.member(len(g.MemberList))
			g.MemberList = append(g.MemberList, m)
			size += len(document(m)) + 1
		}
		g.MemberNum = int64(len(g.MemberList))
		answer.GroupInfo = append(answer.GroupInfo, g)
		g.MemberList = nil
		size += len(document(g))
	}
	return document(answer)
}

func (s source) group(number int) group {
	return group{
		GroupID: fmt.Sprintf("@TGS#2J%07dEAEL", s.IntN(10_000_000)), Type: "Public", Name: s.nickName() + "的公会", AppID: 1400001001,
		Introduction: strings.Repeat("每晚八点一起打副本，新人欢迎。", 1+s.IntN(3)), Notification: "周六 20:00 \"团战\"\n请准时上线",
		FaceURL: "http://p.qpic.cn/gh/" + s.openID() + "/100?t=1&size=s", OwnerAccount: fmt.Sprintf("owner_%d", number),
		CreateTime: s.time(), LastInfoTime: s.time(), LastMsgTime: s.time(), NextMsgSeq: 1<<33 + s.Int64N(1<<20), MaxMemberNum: 200,
		ApplyJoinOption: "FreeAccess", MuteAllMember: "Off",
		AppDefinedData: []customField{{"GroupTestData1", s.openID()}, {"GroupTestData2", "abc\x00\x01"}},
	}
}

func (s source) member(number int) member {
	m := member{
		MemberAccount: s.openID()[:24], Role: "Member", JoinTime: s.time(), MsgSeq: s.Int64N(100_000), MsgFlag: "AcceptAndNotify", LastSendMsgTime: s.time(),
		AppMemberDefinedData: []customField{{"MemberDefined1", s.nickName()}, {"MemberDefined2", fmt.Sprint(s.IntN(1000))}},
	}
	if number == 0 {
		m.Role = "Owner"
	}
	if s.IntN(20) == 0 {
		m.MuteUntil = s.time()
	}
	return m
}
