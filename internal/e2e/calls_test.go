package e2e

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk"
	"github.com/msdkgen/msdkgen/generated/timgroup"
)

// Test keys. They are invented, and long enough that the canary tests cannot meet them by chance.
const (
	msdkKey    = "canary-msdkkey-5d41402abc4b2a76b9719d911017c592"
	appKey     = "canary-appkey-7d793037a0760186574b0282f2f435e7"
	serverKey  = "canary-serverkey-9e107d9d372bb6826bd81d3542a419d6"
	clientKey  = "canary-clientkey-e4d909c290d0fb1ca068ffaddf22cbd0"
	imKey      = "canary-imkey-8b1a9953c4611296a827abf8c47804d7"
	imAdmin    = "admin"
	defaultIM  = "88888888"
	defaultApp = "100703379"
	weChatApp  = "wxcde873f99466f74a"
	game       = "12"
)

// setting is what a test decides about both sides.
type setting struct {
	server string // base URL
	app    string
	appKey bool // the client of v3 has nothing but the appkey, so that it signs with encode=1
	now    time.Time
	client *http.Client
	random zeroes
	logger *slog.Logger
	query  parameters // set by call options, or in the request, as far as the operation takes them from there
}

// zeroes is a source of randomness that a test can predict.
type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// parameters are parameters of a query, decoded and in order.
type parameters []pair

type pair struct{ name, value string }

// get returns a parameter's value, "" if there is none.
func (q parameters) get(name string) string {
	i := slices.IndexFunc(q, func(p pair) bool { return p.name == name })
	if i < 0 {
		return ""
	}
	return q[i].value
}

// openID returns the player in the query as a request takes it.
func (q parameters) openID() msdk.Opt[msdk.OpenID] {
	if v := q.get("openid"); v != "" {
		return msdk.Some(msdk.OpenID(v))
	}
	return msdk.Opt[msdk.OpenID]{}
}

// operation drives one call of a generated package without knowing its types.
type operation struct {
	name string // operation id, and /variant
	tag  string
	app  string // app that the credentials of the tests belong to
	// send decodes a request body, calls, and returns the response as JSON.
	send func(ctx context.Context, s setting, body []byte) ([]byte, error)
	// handler answers every call of the package with the given response body; seen, if there is one, gets the requests.
	handler func(t testing.TB, now time.Time, response []byte, seen func(request any)) http.Handler
}

// operations lists every call of both packages; TestEveryOperationIsHere compares it with the documents.
func operations() []operation {
	return slices.Concat(
		tagged("Login", loginCalls()), tagged("Relation", relationCalls()), tagged("Profile", profileCalls()),
		tagged("Share", shareCalls()), tagged("FreeFlow", freeFlowCalls()), tagged("Group", groupCalls()),
		tagged("IM", []operation{timOperation("get_group_info", defaultIM, (*timgroup.Client).GetGroupInfo)}),
	)
}

func tagged(tag string, all []operation) []operation {
	for i := range all {
		all[i].tag = tag
	}
	return all
}

// firstOfTags tells which operations stand for their tag in tests that are too costly for all of them.
func firstOfTags() map[string]bool {
	first, seen := map[string]bool{}, map[string]bool{}
	for _, o := range operations() {
		first[o.name] = !seen[o.tag]
		seen[o.tag] = true
	}
	return first
}

func operationNamed(t testing.TB, name string) operation {
	for _, o := range operations() {
		if o.name == name {
			return o
		}
	}
	require.FailNow(t, "no such operation", name)
	return operation{}
}

// message is what every generated request and response offers.
type message[T any] interface {
	*T
	json.Marshaler
	json.Unmarshaler
}

// msdkOperation makes a table entry. fill takes from the query what the body of a documented request does not hold.
func msdkOperation[Req, Resp any, PReq message[Req], PResp message[Resp]](
	name, app string, call func(*msdk.Client, context.Context, *Req, ...msdk.CallOption) (*Resp, error), fill ...func(*Req, parameters),
) operation {
	return operation{
		name: name, app: app,
		send: func(ctx context.Context, s setting, body []byte) ([]byte, error) {
			c, err := msdkClient(s)
			if err != nil {
				return nil, err
			}
			req, err := decoded[Req, PReq](body)
			if err != nil {
				return nil, err
			}
			for _, f := range fill {
				f(req, s.query)
			}
			resp, err := call(c, ctx, req, msdkOptions(s)...)
			if err != nil {
				return nil, err
			}
			return PResp(resp).MarshalJSON()
		},
		handler: msdkHandler,
	}
}

func timOperation[Req, Resp any, PReq message[Req], PResp message[Resp]](
	name, app string, call func(*timgroup.Client, context.Context, *Req, ...timgroup.CallOption) (*Resp, error),
) operation {
	return operation{
		name: name, app: app,
		send: func(ctx context.Context, s setting, body []byte) ([]byte, error) {
			c, err := timClient(s)
			if err != nil {
				return nil, err
			}
			req, err := decoded[Req, PReq](body)
			if err != nil {
				return nil, err
			}
			resp, err := call(c, ctx, req)
			if err != nil {
				return nil, err
			}
			return PResp(resp).MarshalJSON()
		},
		handler: timHandler,
	}
}

// decoded reads a request; nothing stands for a request of which the page shows no body.
func decoded[T any, P message[T]](body []byte) (*T, error) {
	v := new(T)
	if len(body) == 0 {
		return v, nil
	}
	return v, P(v).UnmarshalJSON(body)
}
