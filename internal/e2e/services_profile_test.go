package e2e

import (
	"context"

	"github.com/msdkgen/msdkgen/generated/msdk"
)

// Profile, as the handlers of the tests serve it.

func (a msdkAnswers) QQGetFirstReg(_ context.Context, req *msdk.QQGetFirstRegRequest) (*msdk.QQGetFirstRegResponse, error) {
	return answer[msdk.QQGetFirstRegResponse](a, req)
}

func (a msdkAnswers) QueryVIP(_ context.Context, req *msdk.QueryVIPRequest) (*msdk.QueryVIPResponse, error) {
	return answer[msdk.QueryVIPResponse](a, req)
}

func (a msdkAnswers) GetGift(_ context.Context, req *msdk.GetGiftRequest) (*msdk.GetGiftResponse, error) {
	return answer[msdk.GetGiftResponse](a, req)
}

func (a msdkAnswers) GetWifi(_ context.Context, req *msdk.GetWifiRequest) (*msdk.GetWifiResponse, error) {
	return answer[msdk.GetWifiResponse](a, req)
}

func (a msdkAnswers) QQScoreBatch(_ context.Context, req *msdk.QQScoreBatchRequest) (*msdk.QQScoreBatchResponse, error) {
	return answer[msdk.QQScoreBatchResponse](a, req)
}

func (a msdkAnswers) GetXinyueSuper(_ context.Context, req *msdk.GetXinyueSuperRequest) (*msdk.GetXinyueSuperResponse, error) {
	return answer[msdk.GetXinyueSuperResponse](a, req)
}

func (a msdkAnswers) GetWXXinyueVIP(_ context.Context, req *msdk.GetWXXinyueVIPRequest) (*msdk.GetWXXinyueVIPResponse, error) {
	return answer[msdk.GetWXXinyueVIPResponse](a, req)
}

func (a msdkAnswers) WXGetVIP(_ context.Context, req *msdk.WXGetVIPRequest) (*msdk.WXGetVIPResponse, error) {
	return answer[msdk.WXGetVIPResponse](a, req)
}

func (a msdkAnswers) WXGetFirstReg(_ context.Context, req *msdk.WXGetFirstRegRequest) (*msdk.WXGetFirstRegResponse, error) {
	return answer[msdk.WXGetFirstRegResponse](a, req)
}

func (a msdkAnswers) WXBattleReport(_ context.Context, req *msdk.WXBattleReportRequest) (*msdk.WXBattleReportResponse, error) {
	return answer[msdk.WXBattleReportResponse](a, req)
}

func (a msdkAnswers) SubscribeGetList(_ context.Context, req *msdk.SubscribeGetListRequest) (*msdk.SubscribeGetListResponse, error) {
	return answer[msdk.SubscribeGetListResponse](a, req)
}

func (a msdkAnswers) SubscribeSetList(_ context.Context, req *msdk.SubscribeSetListRequest) (*msdk.SubscribeSetListResponse, error) {
	return answer[msdk.SubscribeSetListResponse](a, req)
}

func (a msdkAnswers) SubscribePush(_ context.Context, req *msdk.SubscribePushRequest) (*msdk.SubscribePushResponse, error) {
	return answer[msdk.SubscribePushResponse](a, req)
}

func (a msdkAnswers) SubscribeClear(_ context.Context, req *msdk.SubscribeClearRequest) (*msdk.SubscribeClearResponse, error) {
	return answer[msdk.SubscribeClearResponse](a, req)
}

func (a msdkAnswers) WXGetEliteInfo(_ context.Context, req *msdk.WXGetEliteInfoRequest) (*msdk.WXGetEliteInfoResponse, error) {
	return answer[msdk.WXGetEliteInfoResponse](a, req)
}
