package main

// The messages of the contest: for each an operation of a generated package, the contenders for its answer, and its two sides. A new type is a plain
// struct, a schema for ogen, and an entry here.

import (
	"context"
	"net/http"

	"github.com/msdkgen/msdkgen/bench/contest/ogen"
	"github.com/msdkgen/msdkgen/generated/msdk"
	"github.com/msdkgen/msdkgen/generated/timgroup"
)

// message is one operation.
type message struct {
	kind string // as -file names it
	path string // of the operation
	// contenders are for the answer, and for nothing else.
	contenders func() []*contender
	// ours are the two sides as generated: a handler that gives this answer, and a client's call, ready to be made again and again.
	handler func(answer []byte) (http.Handler, error)
	call    func(client *http.Client, server string) (func() error, error)
	// peers are bare net/http with the codecs of others.
	peers func(question, answer []byte) ([]side, error)
	// rules are the contenders for the request, of which only the validators are measured.
	rules func() []*contender
}

var (
	msdkKeys = msdk.WithMSDKV3(msdk.MSDKV3Credentials{AppID: "100703379", MSDKKey: msdk.NewKey("7e5f2cba90a31d46")})
	timKeys  = timgroup.WithTIMUserSig(timgroup.TIMUserSigCredentials{SDKAppID: "1400001001", Identifier: "administrator", Secret: timgroup.NewKey("60c6c5925f3ae52c7325ac5a8ec78e44c056d1dd84d54e12ffa39911267a2a70")})
)

func messages() []message { return []message{loginMessage, friendsMessage, groupsMessage} }

var loginMessage = message{
	kind: "login", path: "/auth/verify_login",
	contenders: field[msdk.VerifyLoginResponse, login, ogen.Login],
	handler: func(answer []byte) (http.Handler, error) {
		s := new(loginServer)
		return serving(&s.answer, answer, func() (http.Handler, error) { return msdk.NewHandler(msdk.Services{Login: s}, msdkKeys) })
	},
	call: func(client *http.Client, server string) (func() error, error) {
		c, err := msdk.NewClient(msdkKeys, msdk.WithServer(msdk.Server(server)), msdk.WithHTTPClient(client))
		question := &msdk.VerifyLoginRequest{OpenID: "A3284A812ECA15269F85AE1C2D94EB37", OpenKey: "933FE8C9AB9C585D7EABD04373B7155F", UserIP: "192.168.5.114"}
		return asked(err, c.VerifyLogin, question)
	},
	peers: sides[loginRequest, login, ogen.LoginRequest, ogen.Login],
	rules: checked[msdk.VerifyLoginRequest, ogen.LoginRequest],
}

var friendsMessage = message{
	kind: "friends", path: "/relation/qqfriends_detail",
	contenders: field[msdk.QQFriendsDetailResponse, friends, ogen.Friends],
	handler: func(answer []byte) (http.Handler, error) {
		s := new(friendsServer)
		return serving(&s.answer, answer, func() (http.Handler, error) { return msdk.NewHandler(msdk.Services{Relation: s}, msdkKeys) })
	},
	call: func(client *http.Client, server string) (func() error, error) {
		c, err := msdk.NewClient(msdkKeys, msdk.WithServer(msdk.Server(server)), msdk.WithHTTPClient(client))
		question := &msdk.QQFriendsDetailRequest{
			OpenID: "A3284A812ECA15269F85AE1C2D94EB37", AccessToken: "933FE8C9AB9C585D7EABD04373B7155F",
			Flag: msdk.Some(msdk.FriendScope(1)), CloseFriendsFlag: msdk.Some(msdk.Flag(1)),
		}
		return asked(err, c.QQFriendsDetail, question)
	},
	peers: sides[friendsRequest, friends, ogen.FriendsRequest, ogen.Friends],
	rules: checked[msdk.QQFriendsDetailRequest, ogen.FriendsRequest],
}

var groupsMessage = message{
	kind: "groups", path: "/v4/group_open_http_svc/get_group_info",
	contenders: field[timgroup.GetGroupInfoResponse, groups, ogen.Groups],
	handler: func(answer []byte) (http.Handler, error) {
		s := new(groupsServer)
		return serving(&s.answer, answer, func() (http.Handler, error) { return timgroup.NewHandler(timgroup.Services{Group: s}, timKeys) })
	},
	call: func(client *http.Client, server string) (func() error, error) {
		c, err := timgroup.NewClient(timKeys, timgroup.WithServer(timgroup.Server(server)), timgroup.WithHTTPClient(client))
		question := &timgroup.GetGroupInfoRequest{ResponseFilter: timgroup.Some(timgroup.ResponseFilter{
			GroupBaseInfoFilter:             []timgroup.GroupField{timgroup.GroupFieldType, timgroup.GroupFieldName, timgroup.GroupFieldIntroduction, timgroup.GroupFieldNotification},
			MemberInfoFilter:                []timgroup.MemberField{timgroup.MemberFieldAccount, timgroup.MemberFieldRole},
			AppDefinedDataFilterGroup:       []string{"GroupTestData1", "GroupTestData2"},
			AppDefinedDataFilterGroupMember: []string{"MemberDefined1", "MemberDefined2"},
		})}
		for s := newSource(1); len(question.GroupIDList) < 50; {
			question.GroupIDList = append(question.GroupIDList, timgroup.GroupID("@TGS#"+s.openID()[:11]))
		}
		return asked(err, c.GetGroupInfo, question)
	},
	peers: sides[groupsRequest, groups, ogen.GroupsRequest, ogen.Groups],
	rules: checked[timgroup.GetGroupInfoRequest, ogen.GroupsRequest],
}

// The services give the same answer to everybody.
type loginServer struct {
	msdk.UnimplementedLoginServer
	answer msdk.VerifyLoginResponse
}

func (s *loginServer) VerifyLogin(context.Context, *msdk.VerifyLoginRequest) (*msdk.VerifyLoginResponse, error) {
	return &s.answer, nil
}

type friendsServer struct {
	msdk.UnimplementedRelationServer
	answer msdk.QQFriendsDetailResponse
}

func (s *friendsServer) QQFriendsDetail(context.Context, *msdk.QQFriendsDetailRequest) (*msdk.QQFriendsDetailResponse, error) {
	return &s.answer, nil
}

type groupsServer struct {
	timgroup.UnimplementedGroupServer
	answer timgroup.GetGroupInfoResponse
}

func (s *groupsServer) GetGroupInfo(context.Context, *timgroup.GetGroupInfoRequest) (*timgroup.GetGroupInfoResponse, error) {
	return &s.answer, nil
}

// serving fills the answer of a service before it makes the handler.
func serving(v interface{ UnmarshalJSON([]byte) error }, answer []byte, handler func() (http.Handler, error)) (http.Handler, error) {
	if err := v.UnmarshalJSON(answer); err != nil {
		return nil, err
	}
	return handler()
}

// asked is a call of a generated client with one question.
func asked[Req, Resp, Option any](err error, call func(context.Context, *Req, ...Option) (*Resp, error), question *Req) (func() error, error) {
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	return func() error {
		_, err := call(ctx, question)
		return err
	}, nil
}

// checked are the two contenders that validate: ours, and ogen's where it has rules for the type.
func checked[Ours, Ogen any, PO ownMessage[Ours], PG ogenMessage[Ogen]]() []*contender {
	return []*contender{own[Ours, PO]().contender(), ogenCodec[Ogen, PG]().contender()}
}
