package e2e

import "github.com/msdkgen/msdkgen/generated/msdk"

// The calls of Login and Relation. Where a page has the player in the query and not in the body, the caller of the table says so.

func loginCalls() []operation {
	return []operation{
		msdkOperation("verify_login", defaultApp, (*msdk.Client).VerifyLogin),
		msdkOperation("check_token", defaultApp, (*msdk.Client).CheckToken),
		msdkOperation("guest_check_token", "G_"+defaultApp, (*msdk.Client).GuestCheckToken),
		msdkOperation("apple_verify", "A_"+defaultApp, (*msdk.Client).AppleVerify),
		msdkOperation("get_pfval", weChatApp, (*msdk.Client).GetPfval),
	}
}

func relationCalls() []operation {
	return []operation{
		msdkOperation("qqprofile", defaultApp, (*msdk.Client).QQProfile),
		msdkOperation("qqfriends_detail", defaultApp, (*msdk.Client).QQFriendsDetail),
		//lint:ignore SA1019 deprecated, and still to be right
		msdkOperation("qq_unreg_friends", defaultApp, (*msdk.Client).QQUnregFriends,
			func(r *msdk.QQUnregFriendsRequest, q parameters) { r.OpenID = q.openID() }),
		msdkOperation("qqstrange_profile", "100732256", (*msdk.Client).QQStrangeProfile),
		msdkOperation("qqfriends_vip", defaultApp, (*msdk.Client).QQFriendsVIP),
		msdkOperation("get_vip_rich_info", defaultApp, (*msdk.Client).GetVIPRichInfo),
		msdkOperation("createbind_groupv2", defaultApp, (*msdk.Client).CreateBindGroupV2,
			func(r *msdk.CreateBindGroupV2Request, q parameters) { r.OpenID = q.openID() }),
		msdkOperation("get_groupinfov2", defaultApp, (*msdk.Client).GetGroupInfoV2,
			func(r *msdk.GetGroupInfoV2Request, q parameters) { r.OpenID = q.openID() }),
		msdkOperation("join_groupv2", defaultApp, (*msdk.Client).JoinGroupV2,
			func(r *msdk.JoinGroupV2Request, q parameters) { r.OpenID = q.openID() }),
		msdkOperation("unlink_groupv2", defaultApp, (*msdk.Client).UnlinkGroupV2,
			func(r *msdk.UnlinkGroupV2Request, q parameters) { r.OpenID = q.openID() }),
		msdkOperation("get_group_listv2", defaultApp, (*msdk.Client).GetGroupListV2,
			func(r *msdk.GetGroupListV2Request, q parameters) { r.OpenID = q.openID() }),
		msdkOperation("bind_existing_groupv2", defaultApp, (*msdk.Client).BindExistingGroupV2,
			func(r *msdk.BindExistingGroupV2Request, q parameters) { r.OpenID = q.openID() }),
		msdkOperation("remind_leader_bindv2", defaultApp, (*msdk.Client).RemindLeaderBindV2,
			func(r *msdk.RemindLeaderBindV2Request, q parameters) { r.OpenID = q.openID() }),
		msdkOperation("query_bind_unionv2", defaultApp, (*msdk.Client).QueryBindUnionV2,
			func(r *msdk.QueryBindUnionV2Request, q parameters) { r.OpenID = q.openID() }),
		msdkOperation("get_groupcode", defaultApp, (*msdk.Client).GetGroupCode,
			func(r *msdk.GetGroupCodeRequest, q parameters) { r.OpenID = q.openID() }),
		msdkOperation("send_groupmsg", "1104359534", (*msdk.Client).QQSendGroupMsg,
			func(r *msdk.QQSendGroupMsgRequest, q parameters) { r.OpenID = q.openID() }),
		msdkOperation("wxfriends", weChatApp, (*msdk.Client).WXFriends),
		msdkOperation("wxprofile", weChatApp, (*msdk.Client).WXProfile,
			func(r *msdk.WXProfileRequest, q parameters) { r.OpenID = q.openID() }),
		msdkOperation("wxfriends_profile", weChatApp, (*msdk.Client).WXFriendsProfile),
		msdkOperation("wxuserinfo", weChatApp, (*msdk.Client).WXUserInfo),
		msdkOperation("wxget_groupinfo", weChatApp, (*msdk.Client).WXGetGroupInfo),
		msdkOperation("wxunlink_group", weChatApp, (*msdk.Client).WXUnlinkGroup,
			func(r *msdk.WXUnlinkGroupRequest, q parameters) { r.OpenID = q.openID() }),
		msdkOperation("wxget_groupstatus", weChatApp, (*msdk.Client).WXGetGroupStatus,
			func(r *msdk.WXGetGroupStatusRequest, q parameters) { r.OpenID = q.openID() }),
		msdkOperation("wxsend_groupmsg", weChatApp, (*msdk.Client).WXSendGroupMsg),
	}
}
