package e2e

import (
	"context"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk"
	"github.com/msdkgen/msdkgen/generated/timgroup"
)

// Both sides of both packages, set up as the tests need them.

func msdkCredentials(app string) (msdk.MSDKV3Credentials, msdk.MSDKV5Credentials) {
	return msdk.MSDKV3Credentials{AppID: msdk.App(app), MSDKKey: msdk.NewKey(msdkKey), AppKey: msdk.NewKey(appKey)},
		msdk.MSDKV5Credentials{GameID: msdk.App(app), ServerKey: msdk.NewKey(serverKey), ClientKey: msdk.NewKey(clientKey)}
}

func msdkClient(s setting) (*msdk.Client, error) {
	v3, v5 := msdkCredentials(s.app)
	if s.appKey {
		v3.MSDKKey = msdk.Key{}
	}
	opts := []msdk.ClientOption{
		msdk.WithServer(msdk.Server(s.server)), msdk.WithMSDKV3(v3), msdk.WithMSDKV5(v5),
		msdk.WithClock(func() time.Time { return s.now }), msdk.WithRandom(s.random),
	}
	if s.client != nil {
		opts = append(opts, msdk.WithHTTPClient(s.client))
	}
	if s.logger != nil {
		opts = append(opts, msdk.WithLogger(s.logger))
	}
	return msdk.NewClient(opts...)
}

func timClient(s setting) (*timgroup.Client, error) {
	opts := []timgroup.ClientOption{
		timgroup.WithServer(timgroup.Server(s.server)), timgroup.WithTIMUserSig(timCredentials()),
		timgroup.WithClock(func() time.Time { return s.now }), timgroup.WithRandom(s.random),
	}
	if s.client != nil {
		opts = append(opts, timgroup.WithHTTPClient(s.client))
	}
	if s.logger != nil {
		opts = append(opts, timgroup.WithLogger(s.logger))
	}
	return timgroup.NewClient(opts...)
}

func timCredentials() timgroup.TIMUserSigCredentials {
	return timgroup.TIMUserSigCredentials{SDKAppID: defaultIM, Identifier: imAdmin, Secret: timgroup.NewKey(imKey)}
}

// msdkOptions turns printed parameters into call options, for those that the operations take from options.
func msdkOptions(s setting) []msdk.CallOption {
	var opts []msdk.CallOption
	for _, p := range s.query {
		switch p.name {
		case "version":
			opts = append(opts, msdk.WithVersion(p.value))
		case "seq":
			opts = append(opts, msdk.WithSeq(p.value))
		case "source":
			opts = append(opts, msdk.WithQuery("source", p.value))
		case "os":
			n, err := strconv.ParseInt(p.value, 10, 64)
			if err == nil {
				opts = append(opts, msdk.WithOS(msdk.OS(n)))
			}
		case "msdkExtInfo":
			opts = append(opts, msdk.WithMSDKExtInfo(p.value))
		}
	}
	return opts
}

// msdkHandler serves every operation of msdk with one response body.
func msdkHandler(t testing.TB, now time.Time, response []byte, seen func(request any)) http.Handler {
	h, err := msdk.NewHandler(msdkServices(msdkAnswers{t: t, response: response, seen: seen}), msdkHandlerOptions(now)...)
	require.NoError(t, err)
	return h
}

func msdkServices(a msdkAnswers) msdk.Services {
	return msdk.Services{Login: a, Relation: a, Profile: a, Share: a, FreeFlow: a, Group: a}
}

func msdkHandlerOptions(now time.Time) []msdk.HandlerOption {
	return []msdk.HandlerOption{
		msdk.WithMSDKV3Provider(func(_ context.Context, app msdk.App) (msdk.MSDKV3Credentials, error) {
			v3, _ := msdkCredentials(string(app))
			return v3, nil
		}),
		msdk.WithMSDKV5Provider(func(_ context.Context, app msdk.App) (msdk.MSDKV5Credentials, error) {
			_, v5 := msdkCredentials(string(app))
			return v5, nil
		}),
		msdk.WithClock(func() time.Time { return now }),
	}
}

// msdkAnswers is all services of msdk: each method returns the same response body in its own type.
type msdkAnswers struct {
	t        testing.TB
	response []byte
	seen     func(request any)
	fail     func(request any) error // nil, or what the service answers with in place of the response
}

func answer[T any, P message[T]](a msdkAnswers, request any) (*T, error) {
	if a.seen != nil {
		a.seen(request)
	}
	if a.fail != nil {
		return nil, a.fail(request)
	}
	v := new(T)
	require.NoError(a.t, P(v).UnmarshalJSON(a.response))
	return v, nil
}

// timHandler serves get_group_info with one response body.
func timHandler(t testing.TB, now time.Time, response []byte, seen func(request any)) http.Handler {
	h, err := timgroup.NewHandler(timgroup.Services{Group: timAnswers{t: t, response: response, seen: seen}},
		timgroup.WithTIMUserSig(timCredentials()), timgroup.WithClock(func() time.Time { return now }))
	require.NoError(t, err)
	return h
}

type timAnswers struct {
	t        testing.TB
	response []byte
	seen     func(request any)
	fail     func(request any) error
}

func (a timAnswers) GetGroupInfo(_ context.Context, req *timgroup.GetGroupInfoRequest) (*timgroup.GetGroupInfoResponse, error) {
	if a.seen != nil {
		a.seen(req)
	}
	if a.fail != nil {
		return nil, a.fail(req)
	}
	v := new(timgroup.GetGroupInfoResponse)
	require.NoError(a.t, v.UnmarshalJSON(a.response))
	return v, nil
}
