package codectest

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk"
	"github.com/msdkgen/msdkgen/generated/timgroup"
	"github.com/msdkgen/msdkgen/spec"
)

// targets are read once: the model of a document takes a while.
var targets = sync.OnceValues(allTargets)

// allTargets are types with every form that the two documents use: lists of objects, maps, tables of many members, numbers as text and text as
// numbers, [] for an object, objects in strings, comma lists, a single item in place of a list, constants, unions, members kept and not kept.
func allTargets() ([]*Target, error) {
	documents, name, _ := spec.Named("timgroup")
	found, err := Targets(documents, name, new(timgroup.GetGroupInfoResponse), new(timgroup.GetGroupInfoRequest), new(timgroup.GroupMember))
	if err != nil {
		return nil, err
	}
	documents, name, _ = spec.Named("msdk")
	more, err := Targets(documents, name,
		new(msdk.VerifyLoginRequest), new(msdk.VerifyLoginResponse), new(msdk.QQFriendsDetailResponse), new(msdk.QQFriendsVIPRequest),
		new(msdk.WXGetGroupInfoResponse), new(msdk.GetGroupInfoQQResponse), new(msdk.GetGroupInfoWeChatResponse), new(msdk.WXBattleReportRequest),
		new(msdk.AppleVerifyRequest), new(msdk.ShareQQRequest), new(msdk.GetVIPRichInfoResponse), new(msdk.GetWifiResponse), new(msdk.QueryVIPRequest),
		new(msdk.QQProfileResponse), new(msdk.SubscribeGetListResponse), new(msdk.QQStrangeProfileRequest), new(msdk.QQFriendsDetailRequest),
		new(msdk.WXFriendsProfileResponse), new(msdk.FreeFlowGetCCInfoResponse), new(msdk.WXUserInfoResponse), new(msdk.GetGroupCodeResponse),
	)
	return append(found, more...), err
}

// target returns one of the types.
func target(t testing.TB, name string) *Target {
	t.Helper()
	all, err := targets()
	require.NoError(t, err)
	for _, found := range all {
		if found.Name == name {
			return found
		}
	}
	t.Fatal("no target " + name)
	return nil
}
