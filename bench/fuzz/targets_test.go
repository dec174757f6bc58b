package fuzz

import (
	"io/fs"
	"os"

	"github.com/msdkgen/msdkgen/bench/fuzz/shapes"
	"github.com/msdkgen/msdkgen/generated/msdk"
	"github.com/msdkgen/msdkgen/generated/timgroup"
	"github.com/msdkgen/msdkgen/internal/codectest"
	"github.com/msdkgen/msdkgen/spec"
)

// allTargets are types of the two packages, and those of shapes.yaml, which have every form there is.
func allTargets() ([]*codectest.Target, error) {
	named := func(name string) (fs.FS, string) {
		documents, file, _ := spec.Named(name)
		return documents, file
	}
	tim, timFile := named("timgroup")
	games, gamesFile := named("msdk")
	var targets []*codectest.Target
	for _, of := range []struct {
		documents fs.FS
		file      string
		samples   []codectest.Codec
	}{
		{tim, timFile, []codectest.Codec{new(timgroup.GetGroupInfoResponse), new(timgroup.GetGroupInfoRequest), new(timgroup.GroupMember)}},
		{os.DirFS("."), "shapes.yaml", []codectest.Codec{
			new(shapes.ShapesRequest), new(shapes.ShapesResponse), new(shapes.Numbers), new(shapes.Lists), new(shapes.Taken), new(shapes.Tree), new(shapes.Closed),
			new(shapes.Names), new(shapes.Wide), new(shapes.Quotes),
		}},
		{games, gamesFile, []codectest.Codec{
			new(msdk.VerifyLoginRequest), new(msdk.VerifyLoginResponse), new(msdk.QQFriendsDetailResponse), new(msdk.QQFriendsVIPRequest),
			new(msdk.WXGetGroupInfoResponse), new(msdk.GetGroupInfoQQResponse), new(msdk.GetGroupInfoWeChatResponse), new(msdk.WXBattleReportRequest),
			new(msdk.AppleVerifyRequest), new(msdk.ShareQQRequest), new(msdk.GetVIPRichInfoResponse), new(msdk.GetWifiResponse), new(msdk.QueryVIPRequest),
			new(msdk.QQProfileResponse), new(msdk.SubscribeGetListResponse), new(msdk.QQStrangeProfileRequest), new(msdk.QQFriendsDetailRequest),
			new(msdk.WXFriendsProfileResponse), new(msdk.FreeFlowGetCCInfoResponse), new(msdk.WXUserInfoResponse), new(msdk.GetGroupCodeResponse),
		}},
	} {
		found, err := codectest.Targets(of.documents, of.file, of.samples...)
		if err != nil {
			return nil, err
		}
		targets = append(targets, found...)
	}
	return targets, nil
}
