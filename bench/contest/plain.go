package main

// The structs that the other libraries fill. They mirror the generated types member by member, in the same order, with plain Go types and tags: a
// pointer for each optional member would cost the others an allocation each, and nobody asked them for it. "omitempty" and "omitzero", which
// each library reads in its own way, stand only where the payloads leave a member out; elsewhere they would drop a zero that has to be sent. The
// file is apart so that types can be added here.

type loginRequest struct {
	AppID   int64  `json:"appid"`
	OpenID  string `json:"openid"`
	OpenKey string `json:"openkey"`
	UserIP  string `json:"userip"`
}

type login struct {
	Ret         int64  `json:"ret"`
	Msg         string `json:"msg"`
	MSDKExtInfo string `json:"msdkExtInfo,omitempty,omitzero"`
	ErrType     string `json:"err_type,omitempty,omitzero"`
}

type friendsRequest struct {
	AppID            string `json:"appid"`
	OpenID           string `json:"openid"`
	AccessToken      string `json:"accessToken"`
	Flag             int64  `json:"flag"`
	CloseFriendsFlag int64  `json:"closefriends_flag"`
}

type friends struct {
	Ret         int64        `json:"ret"`
	Msg         string       `json:"msg"`
	Lists       []friend     `json:"lists"`
	IsLost      string       `json:"is_lost"`
	ExtInfo     closeFriends `json:"extinfo"`
	MSDKExtInfo string       `json:"msdkExtInfo,omitempty,omitzero"`
	ErrType     string       `json:"err_type,omitempty,omitzero"`
}

type friend struct {
	OpenID      string `json:"openid"`
	NickName    string `json:"nickName"`
	Gender      string `json:"gender"`
	FigureURLQQ string `json:"figureurl_qq"`
}

type closeFriends struct {
	CloseFriendLists []string `json:"closefriend_lists"`
}

type groupsRequest struct {
	GroupIDList    []string       `json:"GroupIdList"`
	ResponseFilter responseFilter `json:"ResponseFilter"`
}

type responseFilter struct {
	GroupBaseInfoFilter             []string `json:"GroupBaseInfoFilter"`
	MemberInfoFilter                []string `json:"MemberInfoFilter"`
	AppDefinedDataFilterGroup       []string `json:"AppDefinedDataFilter_Group"`
	AppDefinedDataFilterGroupMember []string `json:"AppDefinedDataFilter_GroupMember"`
}

type groups struct {
	ActionStatus string  `json:"ActionStatus"`
	ErrorInfo    string  `json:"ErrorInfo"`
	ErrorCode    int64   `json:"ErrorCode"`
	GroupInfo    []group `json:"GroupInfo"`
}

type group struct {
	GroupID         string        `json:"GroupId"`
	ErrorCode       int64         `json:"ErrorCode"`
	ErrorInfo       string        `json:"ErrorInfo"`
	Type            string        `json:"Type"`
	Name            string        `json:"Name"`
	AppID           int64         `json:"Appid"`
	Introduction    string        `json:"Introduction"`
	Notification    string        `json:"Notification"`
	FaceURL         string        `json:"FaceUrl"`
	OwnerAccount    string        `json:"Owner_Account"`
	CreateTime      int64         `json:"CreateTime"`
	LastInfoTime    int64         `json:"LastInfoTime"`
	LastMsgTime     int64         `json:"LastMsgTime"`
	NextMsgSeq      int64         `json:"NextMsgSeq"`
	MemberNum       int64         `json:"MemberNum"`
	MaxMemberNum    int64         `json:"MaxMemberNum"`
	ApplyJoinOption string        `json:"ApplyJoinOption"`
	MuteAllMember   string        `json:"MuteAllMember"`
	ShutUpAllMember string        `json:"ShutUpAllMember,omitempty,omitzero"`
	AppDefinedData  []customField `json:"AppDefinedData"`
	MemberList      []member      `json:"MemberList"`
}

type customField struct {
	Key   string `json:"Key"`
	Value string `json:"Value"`
}

type member struct {
	MemberAccount        string        `json:"Member_Account"`
	Role                 string        `json:"Role"`
	JoinTime             int64         `json:"JoinTime"`
	MsgSeq               int64         `json:"MsgSeq"`
	MsgFlag              string        `json:"MsgFlag"`
	LastSendMsgTime      int64         `json:"LastSendMsgTime"`
	MuteUntil            int64         `json:"MuteUntil"`
	ShutUpUntil          int64         `json:"ShutUpUntil,omitempty,omitzero"`
	AppMemberDefinedData []customField `json:"AppMemberDefinedData"`
}
