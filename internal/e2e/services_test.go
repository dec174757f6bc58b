package e2e

import (
	"context"

	"github.com/msdkgen/msdkgen/generated/msdk"
)

// Login, as the handlers of the tests serve it.

func (a msdkAnswers) VerifyLogin(_ context.Context, req *msdk.VerifyLoginRequest) (*msdk.VerifyLoginResponse, error) {
	return answer[msdk.VerifyLoginResponse](a, req)
}

func (a msdkAnswers) CheckToken(_ context.Context, req *msdk.CheckTokenRequest) (*msdk.CheckTokenResponse, error) {
	return answer[msdk.CheckTokenResponse](a, req)
}

func (a msdkAnswers) GuestCheckToken(_ context.Context, req *msdk.GuestCheckTokenRequest) (*msdk.GuestCheckTokenResponse, error) {
	return answer[msdk.GuestCheckTokenResponse](a, req)
}

func (a msdkAnswers) AppleVerify(_ context.Context, req *msdk.AppleVerifyRequest) (*msdk.AppleVerifyResponse, error) {
	return answer[msdk.AppleVerifyResponse](a, req)
}

func (a msdkAnswers) GetPfval(_ context.Context, req *msdk.GetPfvalRequest) (*msdk.GetPfvalResponse, error) {
	return answer[msdk.GetPfvalResponse](a, req)
}

// Share, as the handlers of the tests serve it.

func (a msdkAnswers) ShareQQ(_ context.Context, req *msdk.ShareQQRequest) (*msdk.ShareQQResponse, error) {
	return answer[msdk.ShareQQResponse](a, req)
}

func (a msdkAnswers) ShareQQArk(_ context.Context, req *msdk.ShareQQArkRequest) (*msdk.ShareQQArkResponse, error) {
	return answer[msdk.ShareQQArkResponse](a, req)
}

// FreeFlow, as the handlers of the tests serve it.

func (a msdkAnswers) FreeFlowGetInfo(_ context.Context, req *msdk.FreeFlowGetInfoRequest) (*msdk.FreeFlowGetInfoResponse, error) {
	return answer[msdk.FreeFlowGetInfoResponse](a, req)
}

func (a msdkAnswers) FreeFlowGetCCInfo(_ context.Context, req *msdk.FreeFlowGetCCInfoRequest) (*msdk.FreeFlowGetCCInfoResponse, error) {
	return answer[msdk.FreeFlowGetCCInfoResponse](a, req)
}

// Group, as the handlers of the tests serve it.

func (a msdkAnswers) CreateBindGroup(_ context.Context, req *msdk.CreateBindGroupRequest) (*msdk.CreateBindGroupResponse, error) {
	return answer[msdk.CreateBindGroupResponse](a, req)
}

func (a msdkAnswers) GetGroupRelaInfoQQ(_ context.Context, req *msdk.GetGroupRelaInfoQQRequest) (*msdk.GetGroupRelaInfoQQResponse, error) {
	return answer[msdk.GetGroupRelaInfoQQResponse](a, req)
}

func (a msdkAnswers) GetGroupRelaInfoWeChat(_ context.Context, req *msdk.GetGroupRelaInfoWeChatRequest) (*msdk.GetGroupRelaInfoWeChatResponse, error) {
	return answer[msdk.GetGroupRelaInfoWeChatResponse](a, req)
}

func (a msdkAnswers) JoinGroup(_ context.Context, req *msdk.JoinGroupRequest) (*msdk.JoinGroupResponse, error) {
	return answer[msdk.JoinGroupResponse](a, req)
}

func (a msdkAnswers) UnbindGroupQQ(_ context.Context, req *msdk.UnbindGroupQQRequest) (*msdk.UnbindGroupResponse, error) {
	return answer[msdk.UnbindGroupResponse](a, req)
}

func (a msdkAnswers) UnbindGroupWeChat(_ context.Context, req *msdk.UnbindGroupWeChatRequest) (*msdk.UnbindGroupResponse, error) {
	return answer[msdk.UnbindGroupResponse](a, req)
}

func (a msdkAnswers) GetGroupList(_ context.Context, req *msdk.GetGroupListRequest) (*msdk.GetGroupListResponse, error) {
	return answer[msdk.GetGroupListResponse](a, req)
}

func (a msdkAnswers) BindExistingGroup(_ context.Context, req *msdk.BindExistingGroupRequest) (*msdk.BindExistingGroupResponse, error) {
	return answer[msdk.BindExistingGroupResponse](a, req)
}

func (a msdkAnswers) RemindLeaderBind(_ context.Context, req *msdk.RemindLeaderBindRequest) (*msdk.RemindLeaderBindResponse, error) {
	return answer[msdk.RemindLeaderBindResponse](a, req)
}

func (a msdkAnswers) GetGroupInfoQQ(_ context.Context, req *msdk.GetGroupInfoQQRequest) (*msdk.GetGroupInfoQQResponse, error) {
	return answer[msdk.GetGroupInfoQQResponse](a, req)
}

func (a msdkAnswers) GetGroupInfoWeChat(_ context.Context, req *msdk.GetGroupInfoWeChatRequest) (*msdk.GetGroupInfoWeChatResponse, error) {
	return answer[msdk.GetGroupInfoWeChatResponse](a, req)
}

func (a msdkAnswers) SendGroupMsgWeChat(_ context.Context, req *msdk.SendGroupMsgWeChatRequest) (*msdk.SendGroupMsgWeChatResponse, error) {
	return answer[msdk.SendGroupMsgWeChatResponse](a, req)
}

func (a msdkAnswers) SendGroupMsgQQ(_ context.Context, req *msdk.SendGroupMsgQQRequest) (*msdk.SendGroupMsgQQResponse, error) {
	return answer[msdk.SendGroupMsgQQResponse](a, req)
}
