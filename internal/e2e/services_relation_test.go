package e2e

import (
	"context"

	"github.com/msdkgen/msdkgen/generated/msdk"
)

// Relation, as the handlers of the tests serve it.

func (a msdkAnswers) QQProfile(_ context.Context, req *msdk.QQProfileRequest) (*msdk.QQProfileResponse, error) {
	return answer[msdk.QQProfileResponse](a, req)
}

func (a msdkAnswers) QQFriendsDetail(_ context.Context, req *msdk.QQFriendsDetailRequest) (*msdk.QQFriendsDetailResponse, error) {
	return answer[msdk.QQFriendsDetailResponse](a, req)
}

func (a msdkAnswers) QQUnregFriends(_ context.Context, req *msdk.QQUnregFriendsRequest) (*msdk.QQUnregFriendsResponse, error) {
	return answer[msdk.QQUnregFriendsResponse](a, req)
}

func (a msdkAnswers) QQStrangeProfile(_ context.Context, req *msdk.QQStrangeProfileRequest) (*msdk.QQStrangeProfileResponse, error) {
	return answer[msdk.QQStrangeProfileResponse](a, req)
}

func (a msdkAnswers) QQFriendsVIP(_ context.Context, req *msdk.QQFriendsVIPRequest) (*msdk.QQFriendsVIPResponse, error) {
	return answer[msdk.QQFriendsVIPResponse](a, req)
}

func (a msdkAnswers) GetVIPRichInfo(_ context.Context, req *msdk.GetVIPRichInfoRequest) (*msdk.GetVIPRichInfoResponse, error) {
	return answer[msdk.GetVIPRichInfoResponse](a, req)
}

func (a msdkAnswers) CreateBindGroupV2(_ context.Context, req *msdk.CreateBindGroupV2Request) (*msdk.CreateBindGroupV2Response, error) {
	return answer[msdk.CreateBindGroupV2Response](a, req)
}

func (a msdkAnswers) GetGroupInfoV2(_ context.Context, req *msdk.GetGroupInfoV2Request) (*msdk.GetGroupInfoV2Response, error) {
	return answer[msdk.GetGroupInfoV2Response](a, req)
}

func (a msdkAnswers) JoinGroupV2(_ context.Context, req *msdk.JoinGroupV2Request) (*msdk.JoinGroupV2Response, error) {
	return answer[msdk.JoinGroupV2Response](a, req)
}

func (a msdkAnswers) UnlinkGroupV2(_ context.Context, req *msdk.UnlinkGroupV2Request) (*msdk.UnlinkGroupV2Response, error) {
	return answer[msdk.UnlinkGroupV2Response](a, req)
}

func (a msdkAnswers) GetGroupListV2(_ context.Context, req *msdk.GetGroupListV2Request) (*msdk.GetGroupListV2Response, error) {
	return answer[msdk.GetGroupListV2Response](a, req)
}

func (a msdkAnswers) BindExistingGroupV2(_ context.Context, req *msdk.BindExistingGroupV2Request) (*msdk.BindExistingGroupV2Response, error) {
	return answer[msdk.BindExistingGroupV2Response](a, req)
}

func (a msdkAnswers) RemindLeaderBindV2(_ context.Context, req *msdk.RemindLeaderBindV2Request) (*msdk.RemindLeaderBindV2Response, error) {
	return answer[msdk.RemindLeaderBindV2Response](a, req)
}

func (a msdkAnswers) QueryBindUnionV2(_ context.Context, req *msdk.QueryBindUnionV2Request) (*msdk.QueryBindUnionV2Response, error) {
	return answer[msdk.QueryBindUnionV2Response](a, req)
}

func (a msdkAnswers) GetGroupCode(_ context.Context, req *msdk.GetGroupCodeRequest) (*msdk.GetGroupCodeResponse, error) {
	return answer[msdk.GetGroupCodeResponse](a, req)
}

func (a msdkAnswers) QQSendGroupMsg(_ context.Context, req *msdk.QQSendGroupMsgRequest) (*msdk.QQSendGroupMsgResponse, error) {
	return answer[msdk.QQSendGroupMsgResponse](a, req)
}

func (a msdkAnswers) WXFriends(_ context.Context, req *msdk.WXFriendsRequest) (*msdk.WXFriendsResponse, error) {
	return answer[msdk.WXFriendsResponse](a, req)
}

func (a msdkAnswers) WXProfile(_ context.Context, req *msdk.WXProfileRequest) (*msdk.WXProfileResponse, error) {
	return answer[msdk.WXProfileResponse](a, req)
}

func (a msdkAnswers) WXFriendsProfile(_ context.Context, req *msdk.WXFriendsProfileRequest) (*msdk.WXFriendsProfileResponse, error) {
	return answer[msdk.WXFriendsProfileResponse](a, req)
}

func (a msdkAnswers) WXUserInfo(_ context.Context, req *msdk.WXUserInfoRequest) (*msdk.WXUserInfoResponse, error) {
	return answer[msdk.WXUserInfoResponse](a, req)
}

func (a msdkAnswers) WXGetGroupInfo(_ context.Context, req *msdk.WXGetGroupInfoRequest) (*msdk.WXGetGroupInfoResponse, error) {
	return answer[msdk.WXGetGroupInfoResponse](a, req)
}

func (a msdkAnswers) WXUnlinkGroup(_ context.Context, req *msdk.WXUnlinkGroupRequest) (*msdk.WXUnlinkGroupResponse, error) {
	return answer[msdk.WXUnlinkGroupResponse](a, req)
}

func (a msdkAnswers) WXGetGroupStatus(_ context.Context, req *msdk.WXGetGroupStatusRequest) (*msdk.WXGetGroupStatusResponse, error) {
	return answer[msdk.WXGetGroupStatusResponse](a, req)
}

func (a msdkAnswers) WXSendGroupMsg(_ context.Context, req *msdk.WXSendGroupMsgRequest) (*msdk.WXSendGroupMsgResponse, error) {
	return answer[msdk.WXSendGroupMsgResponse](a, req)
}
