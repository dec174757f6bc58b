package e2e

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/timgroup"
)

// ActionStatus is a second word for what ErrorCode says. A service need not write it, and a client listens to both.

// emptyAnswer is one response for every caller, as a service may have it.
type emptyAnswer struct {
	response *timgroup.GetGroupInfoResponse
}

func (a emptyAnswer) GetGroupInfo(context.Context, *timgroup.GetGroupInfoRequest) (*timgroup.GetGroupInfoResponse, error) {
	return a.response, nil
}

func TestServerFillsInTheStatus(t *testing.T) {
	now := time.Unix(1600000000, 0)
	shared := &timgroup.GetGroupInfoResponse{}
	h, err := timgroup.NewHandler(timgroup.Services{Group: emptyAnswer{shared}},
		timgroup.WithTIMUserSig(timCredentials()), timgroup.WithClock(func() time.Time { return now }))
	require.NoError(t, err)
	server := httptest.NewServer(h)
	defer server.Close()
	c, err := timClient(setting{server: server.URL, now: now})
	require.NoError(t, err)
	got, err := c.GetGroupInfo(t.Context(), &timgroup.GetGroupInfoRequest{GroupIDList: []timgroup.GroupID{"x"}})
	require.NoError(t, err)
	require.Equal(t, timgroup.ActionStatusOK, got.ActionStatus)
	require.Empty(t, shared.ActionStatus, "the service's own response was changed")
}

func TestClientListensToTheStatus(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"ActionStatus":"FAIL","ErrorCode":0,"ErrorInfo":"something"}`)
	}))
	defer server.Close()
	c, err := timClient(setting{server: server.URL, now: time.Unix(1600000000, 0)})
	require.NoError(t, err)
	_, err = c.GetGroupInfo(t.Context(), &timgroup.GetGroupInfoRequest{GroupIDList: []timgroup.GroupID{"x"}})
	var failure *timgroup.Error
	require.True(t, errors.As(err, &failure), "%v", err)
	require.Equal(t, "something", failure.Message)
}

// One call can succeed for one group and fail for another.
func TestEachGroupHasItsOwnResult(t *testing.T) {
	var response timgroup.GetGroupInfoResponse
	require.NoError(t, response.UnmarshalJSON([]byte(`{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"",
		"GroupInfo":[{"GroupId":"a","ErrorCode":0,"ErrorInfo":""},{"GroupId":"b","ErrorCode":10010,"ErrorInfo":"gone"}]}`)))
	require.NoError(t, response.GroupInfo[0].Err())
	err := response.GroupInfo[1].Err()
	require.True(t, timgroup.IsCode(err, timgroup.CodeTIMGroupNotFound), "%v", err)
}
