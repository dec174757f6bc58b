package e2e

import (
	"cmp"
	"strconv"

	"github.com/msdkgen/msdkgen/generated/msdk"
)

// The calls of the other tags.

func profileCalls() []operation {
	return []operation{
		msdkOperation("qqget_first_reg", defaultApp, (*msdk.Client).QQGetFirstReg,
			func(r *msdk.QQGetFirstRegRequest, q parameters) { r.OpenID = q.openID() }),
		msdkOperation("query_vip", defaultApp, (*msdk.Client).QueryVIP),
		msdkOperation("get_gift", defaultApp, (*msdk.Client).GetGift),
		msdkOperation("get_wifi", defaultApp, (*msdk.Client).GetWifi),
		msdkOperation("qqscore_batch", defaultApp, (*msdk.Client).QQScoreBatch),
		msdkOperation("get_xinyue_super", defaultApp, (*msdk.Client).GetXinyueSuper, xinyueSuper),
		msdkOperation("get_wx_xinyue_vip", weChatApp, (*msdk.Client).GetWXXinyueVIP, xinyueVIP),
		msdkOperation("wxget_vip", weChatApp, (*msdk.Client).WXGetVIP),
		msdkOperation("wxget_first_reg", weChatApp, (*msdk.Client).WXGetFirstReg,
			func(r *msdk.WXGetFirstRegRequest, q parameters) { r.OpenID = q.openID() }),
		msdkOperation("wxbattle_report", weChatApp, (*msdk.Client).WXBattleReport),
		msdkOperation("subscribe_getlist", weChatApp, (*msdk.Client).SubscribeGetList),
		msdkOperation("subscribe_setlist", weChatApp, (*msdk.Client).SubscribeSetList),
		msdkOperation("subscribe_push", weChatApp, (*msdk.Client).SubscribePush),
		msdkOperation("subscribe_clear", weChatApp, (*msdk.Client).SubscribeClear),
		msdkOperation("wxget_eliteinfo", weChatApp, (*msdk.Client).WXGetEliteInfo),
	}
}

// xinyueSuper and xinyueVIP fill the requests of the two GET calls, which have no body. A test that brings no query gets the least that
// the client sends.
func xinyueSuper(r *msdk.GetXinyueSuperRequest, q parameters) {
	r.OpenID = q.openID().Or("player")
	r.AccessToken = msdk.Sensitive(cmp.Or(q.get("access_token"), "token"))
	r.TraceID = cmp.Or(q.get("trace_id"), "trace")
	kind, _ := strconv.ParseInt(cmp.Or(q.get("access_type"), "1"), 10, 64)
	r.AccessType = msdk.XinyueAccess(kind)
}

func xinyueVIP(r *msdk.GetWXXinyueVIPRequest, q parameters) {
	r.OpenID = q.openID().Or("player")
	r.AccessToken = msdk.Sensitive(cmp.Or(q.get("access_token"), "token"))
	r.Serial = cmp.Or(q.get("serial"), "serial")
	if v, err := strconv.ParseInt(q.get("seven_flag"), 10, 64); err == nil {
		r.SevenFlag = msdk.Some(msdk.Flag(v))
	}
}

func shareCalls() []operation {
	return []operation{
		//lint:ignore SA1019 deprecated, and still to be right
		msdkOperation("share_qq", defaultApp, (*msdk.Client).ShareQQ),
		msdkOperation("share_qqark", defaultApp, (*msdk.Client).ShareQQArk),
	}
}

func freeFlowCalls() []operation {
	return []operation{
		msdkOperation("freeflow_getinfo", defaultApp, (*msdk.Client).FreeFlowGetInfo,
			func(r *msdk.FreeFlowGetInfoRequest, q parameters) {
				r.OpenID = msdk.OpenID(cmp.Or(q.get("openid"), string(r.OpenID)))
			}),
		msdkOperation("freeflow_get_ccinfo", defaultApp, (*msdk.Client).FreeFlowGetCCInfo,
			func(r *msdk.FreeFlowGetCCInfoRequest, q parameters) {
				r.OpenID = msdk.OpenID(cmp.Or(q.get("openid"), string(r.OpenID)))
				if ip := q.get("ip"); ip != "" {
					r.IP = msdk.Some(ip)
				}
			}),
	}
}

func groupCalls() []operation {
	return []operation{
		msdkOperation("create_bind_group", game, (*msdk.Client).CreateBindGroup),
		msdkOperation("get_group_rela_info/QQ", game, (*msdk.Client).GetGroupRelaInfoQQ),
		msdkOperation("get_group_rela_info/WeChat", game, (*msdk.Client).GetGroupRelaInfoWeChat),
		msdkOperation("join_group", game, (*msdk.Client).JoinGroup),
		msdkOperation("unbind_group/QQ", game, (*msdk.Client).UnbindGroupQQ),
		msdkOperation("unbind_group/WeChat", game, (*msdk.Client).UnbindGroupWeChat),
		msdkOperation("get_group_list", game, (*msdk.Client).GetGroupList),
		msdkOperation("bind_existing_group", game, (*msdk.Client).BindExistingGroup),
		msdkOperation("remind_leader_bind", game, (*msdk.Client).RemindLeaderBind),
		msdkOperation("get_group_info/QQ", game, (*msdk.Client).GetGroupInfoQQ),
		msdkOperation("get_group_info/WeChat", game, (*msdk.Client).GetGroupInfoWeChat),
		msdkOperation("send_group_msg/WeChat", game, (*msdk.Client).SendGroupMsgWeChat),
		msdkOperation("send_group_msg/QQ", game, (*msdk.Client).SendGroupMsgQQ),
	}
}
