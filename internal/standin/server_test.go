package standin_test

// The stand-in in a test, as its users write it.

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk"
	"github.com/msdkgen/msdkgen/generated/msdk/msdktest"
	"github.com/msdkgen/msdkgen/generated/timgroup"
	"github.com/msdkgen/msdkgen/generated/timgroup/timgrouptest"
)

func loginRequest() *msdk.VerifyLoginRequest {
	return &msdk.VerifyLoginRequest{OpenID: "OPENID1", OpenKey: "TOKEN-OF-A-PLAYER", UserIP: "192.0.2.1"}
}

// recorder is a test that only takes notes, so that a failing stand-in can be tested.
type recorder struct {
	mu     sync.Mutex
	failed []string
	logged []string
	ends   []func()
}

func (r *recorder) Helper() {}

func (r *recorder) Cleanup(end func()) { r.ends = append(r.ends, end) }

func (r *recorder) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failed = append(r.failed, fmt.Sprintf(format, args...))
}

func (r *recorder) Logf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.logged = append(r.logged, fmt.Sprintf(format, args...))
}

func (r *recorder) failures() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.failed, "\n")
}

func newRecorder(t *testing.T) *recorder {
	r := &recorder{}
	t.Cleanup(func() {
		for _, end := range r.ends {
			end()
		}
	})
	return r
}

func TestAnswersTheExample(t *testing.T) {
	t.Parallel()
	srv := msdktest.NewServer(t)
	resp, err := srv.Client().VerifyLogin(t.Context(), loginRequest(), msdk.WithMSDKExtInfo("serial_1"))
	require.NoError(t, err)
	require.Equal(t, "user is logged in", resp.Msg)
	require.Equal(t, "serial_1", resp.MSDKExtInfo.Or(""))
	calls := srv.VerifyLogin.RequireCalled(t, 1)
	require.Equal(t, msdk.OpenID("OPENID1"), calls[0].Request.OpenID)
	require.Equal(t, msdk.App(srv.Credential("appid")), calls[0].App)
	require.Equal(t, "application/json", strings.Split(calls[0].Header.Get("Content-Type"), ";")[0])
	require.WithinDuration(t, time.Now(), calls[0].Time, time.Minute)
	sent, ok := calls[0].Query("msdkExtInfo")
	require.True(t, ok)
	require.Equal(t, "serial_1", sent)
	require.Empty(t, srv.Refusals())
}

// What the vendor echoes is the caller's, also where the example shows another's.
func TestEchoes(t *testing.T) {
	t.Parallel()
	srv := msdktest.NewServer(t)
	req := &msdk.GetXinyueSuperRequest{}
	fill(reflect.ValueOf(req).Elem(), 0)
	req.TraceID = "trace-of-this-call"
	resp, err := srv.Client().GetXinyueSuper(t.Context(), req)
	require.NoError(t, err)
	require.Equal(t, "trace-of-this-call", resp.TraceID)
}

// Each call of both packages answers its example to the generated client, encrypted as well.
func TestAnswers(t *testing.T) {
	t.Parallel()
	srv := msdktest.NewServer(t)
	c := srv.Client(msdk.WithEncryption())
	for range 3 { // the response is shared by all callers, and must not be changed by any
		info, err := c.GetGroupInfoQQ(t.Context(), &msdk.GetGroupInfoQQRequest{OpenID: "OPENID1", Token: "T", ChannelInfo: msdk.GetGroupInfoQQRequestChannelInfo{GuildID: "1", ZoneID: "1"}})
		require.NoError(t, err)
		require.Zero(t, info.Ret)
	}
	call := srv.GetGroupInfoQQ.RequireLast(t)
	require.Equal(t, "msdktea", call.Header.Get("Content-Encrypt"))
	require.True(t, strings.HasPrefix(string(call.Body), "{"))

	im := timgrouptest.NewServer(t)
	groups, err := im.Client().GetGroupInfo(t.Context(), &timgroup.GetGroupInfoRequest{GroupIDList: []timgroup.GroupID{"@TGS#1"}})
	require.NoError(t, err)
	require.NotNil(t, groups)
}

func TestTold(t *testing.T) {
	t.Parallel()
	srv := msdktest.NewServer(t)
	c := srv.Client(msdk.WithRetries(0))
	call := func() error {
		_, err := c.VerifyLogin(t.Context(), loginRequest())
		return err
	}
	srv.VerifyLogin.Result(msdk.CodeV3BadInput, "")
	require.True(t, msdk.IsCode(call(), msdk.CodeV3BadInput))
	srv.VerifyLogin.Once().Result(msdk.CodeV3TooFrequent, "slow down").Example("logged-in")
	var failed *msdk.Error
	require.ErrorAs(t, call(), &failed)
	require.Equal(t, "slow down", failed.Message)
	require.NoError(t, call())
	require.True(t, msdk.IsCode(call(), msdk.CodeV3BadInput))

	srv.VerifyLogin.Respond(func(_ context.Context, req *msdk.VerifyLoginRequest) (*msdk.VerifyLoginResponse, error) {
		if req.OpenID != "OPENID1" {
			return nil, &msdk.Error{Code: msdk.CodeV3BadSignature}
		}
		return &msdk.VerifyLoginResponse{Msg: "hello"}, nil
	})
	require.NoError(t, call())
	srv.VerifyLogin.Reset()
	require.Zero(t, srv.VerifyLogin.Count())
	require.Equal(t, []string{"logged-in"}, srv.VerifyLogin.Examples())
	require.NoError(t, call())
}

// A retry is another call, freshly signed.
func TestRetried(t *testing.T) {
	t.Parallel()
	srv := msdktest.NewServer(t)
	srv.VerifyLogin.Once().Result(msdk.CodeV3Internal307, "")
	_, err := srv.Client().VerifyLogin(t.Context(), loginRequest())
	require.NoError(t, err)
	srv.VerifyLogin.RequireCalled(t, 2)
}

func TestPlatformCode(t *testing.T) {
	t.Parallel()
	srv := msdktest.NewServer(t)
	srv.QQProfile.Fail(msdktest.FaultPlatform)
	_, err := srv.Client().QQProfile(t.Context(), &msdk.QQProfileRequest{OpenID: "O", AccessToken: "T"})
	var failed *msdk.Error
	require.ErrorAs(t, err, &failed)
	require.Equal(t, msdk.Code(-10000), failed.Code)
	require.Equal(t, msdk.Code(-73), failed.PlatformCode)
	srv.QQProfile.Fail(msdktest.FaultLost)
	resp, err := srv.Client().QQProfile(t.Context(), &msdk.QQProfileRequest{OpenID: "O", AccessToken: "T"})
	require.NoError(t, err)
	require.Equal(t, "1", fmt.Sprint(resp.IsLost))
}

func TestFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		fault  msdktest.Fault
		expect error
	}{
		{msdktest.FaultSlow, msdk.ErrTimeout},
		{msdktest.FaultReset, msdk.ErrTransport},
		{msdktest.FaultTruncated, msdk.ErrTransport},
		{msdktest.FaultBadGateway, msdk.ErrTransport},
		{msdktest.FaultTampered, msdk.ErrDecrypt},
	}
	for _, test := range tests {
		t.Run(string(test.fault), func(t *testing.T) {
			limit := 10 * time.Second
			if test.fault == msdktest.FaultSlow {
				limit = 50 * time.Millisecond
			}
			srv := msdktest.NewServer(t) // one each: on a slow machine the time is over before the server has the request, and the fault waits for the next
			srv.VerifyLogin.Once().Fail(test.fault)
			_, err := srv.Client(msdk.WithRetries(0), msdk.WithTimeLimit(limit), msdk.WithEncryption()).VerifyLogin(t.Context(), loginRequest())
			require.ErrorIs(t, err, test.expect)
			if test.fault == msdktest.FaultReset {
				require.Equal(t, int64(1), srv.Counts()["fault-reset"])
			}
		})
	}
}

// The same seed gives the same faults.
func TestChance(t *testing.T) {
	t.Parallel()
	outcomes := func(seed uint64) string {
		srv := msdktest.NewServer(t, msdktest.WithFaultRates(seed, map[msdktest.Fault]float64{msdktest.FaultBadGateway: 0.3, msdktest.FaultPlatform: 0.2}))
		c := srv.Client(msdk.WithRetries(0))
		var b strings.Builder
		for range 40 {
			_, err := c.QQProfile(t.Context(), &msdk.QQProfileRequest{OpenID: "O", AccessToken: "T"})
			switch {
			case err == nil:
				b.WriteByte('.')
			case errors.Is(err, msdk.ErrTransport):
				b.WriteByte('5')
			default:
				b.WriteByte('p')
			}
		}
		return b.String()
	}
	first := outcomes(7)
	require.Equal(t, first, outcomes(7))
	require.NotEqual(t, first, outcomes(8))
	for _, kind := range []string{".", "5", "p"} {
		require.Contains(t, first, kind)
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	srv := msdktest.NewServer(t, msdktest.WithRefusals())
	c := srv.Client() // goes by the stand-in's clock
	srv.Clock.Set(time.Date(2015, 8, 30, 12, 36, 0, 0, time.UTC))
	_, err := c.VerifyLogin(t.Context(), loginRequest())
	require.NoError(t, err)
	require.Equal(t, int64(1440938160), srv.VerifyLogin.RequireLast(t).Time.Unix())
	own := srv.Client(msdk.WithClock(func() time.Time { return srv.Clock.Now().Add(-6 * time.Minute) }))
	_, err = own.VerifyLogin(t.Context(), loginRequest())
	require.Error(t, err)
	require.Equal(t, "expired", srv.Refusals()[0].Failure)
	srv.Clock.Advance(-6 * time.Minute)
	_, err = c.VerifyLogin(t.Context(), loginRequest())
	require.NoError(t, err)
	srv.Clock.Start()
	require.WithinDuration(t, time.Date(2015, 8, 30, 12, 30, 0, 0, time.UTC), srv.Clock.Now(), time.Minute)
}

func TestRotation(t *testing.T) {
	t.Parallel()
	srv := msdktest.NewServer(t, msdktest.WithRefusals())
	call := func(c *msdk.Client) error {
		_, err := c.VerifyLogin(t.Context(), loginRequest())
		return err
	}
	old := srv.Client()
	require.NoError(t, call(old))
	srv.RotateKeys()
	require.NoError(t, call(old), "the previous keys are still good")
	fresh := srv.Client(msdk.WithEncryption())
	require.NoError(t, call(fresh))
	srv.ForgetPreviousKeys()
	require.NoError(t, call(fresh))
	require.True(t, msdk.IsCode(call(old), msdk.CodeV3BadSignature))
	require.Contains(t, srv.Refusals()[0].String(), "a key that has been replaced")
}

// What the vendor might refuse fails the test.
func TestStrict(t *testing.T) {
	t.Parallel()
	r := newRecorder(t)
	srv := msdktest.NewServer(r)
	resp, err := http.Post(srv.URL+"/auth/verify_login", "application/json", strings.NewReader("{}"))
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Contains(t, r.failures(), "verify_login: missing-parameter at step parameters, answered with code -506")
	srv.VerifyLogin.RequireCalled(r, 1)
	require.Contains(t, r.failures(), "verify_login was called 0 times, not once; what came in:\n    refused: verify_login: missing-parameter")
	srv.CheckToken.RequireLast(r)
	require.Contains(t, r.failures(), "check_token was not called")
	srv.CheckToken.Example("nothing")
	_, err = srv.Client(msdk.WithRetries(0)).CheckToken(t.Context(), &msdk.CheckTokenRequest{OpenID: "O", AccessToken: "T"})
	require.Error(t, err)
	require.Contains(t, r.failures(), `check_token: there is no example "nothing"; there are: "valid"`)
}

// Memory is bounded: the last calls are kept, all are counted.
func TestRecordedCalls(t *testing.T) {
	t.Parallel()
	srv := msdktest.NewServer(t, msdktest.WithRecordedCalls(2))
	c := srv.Client()
	for _, id := range []msdk.OpenID{"A", "B", "C"} {
		req := loginRequest()
		req.OpenID = id
		_, err := c.VerifyLogin(t.Context(), req)
		require.NoError(t, err)
	}
	calls := srv.VerifyLogin.RequireCalled(t, 3)
	require.Len(t, calls, 2)
	require.Equal(t, msdk.OpenID("B"), calls[0].Request.OpenID)
	require.Equal(t, msdk.OpenID("C"), calls[1].Request.OpenID)
}
