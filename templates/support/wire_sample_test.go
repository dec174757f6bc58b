package support

// A small package as the generator writes it: four operations, one for each way to sign and one without. The tests of client and
// server drive one against the other through it.

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"net/http"
	"time"
)

const serverWireTest Server = "http://127.0.0.1:9"

type wireV3Credentials struct {
	AppID   App
	MSDKKey Key
	AppKey  Key
}

func (c wireV3Credentials) app() App { return c.AppID }
func (c wireV3Credentials) value(name string) string {
	if name == "appid" {
		return string(c.AppID)
	}
	return ""
}
func (c wireV3Credentials) secret(name string) Key {
	switch name {
	case "msdkkey":
		return c.MSDKKey
	case "appkey":
		return c.AppKey
	}
	return Key{}
}

func withWireV3(c wireV3Credentials) Option { return withCredentials(&schemeWireV3, c) }
func withWireV3Provider(provide func(ctx context.Context, app App) (wireV3Credentials, error)) Option {
	return withProvider(&schemeWireV3, provide)
}

var schemeWireV3 = scheme{
	name: "msdkV3", index: 0, hasApp: true, app: locator{name: "appid"}, time: locator{name: "timestamp"}, keyParameter: "encode",
	keys:    []keyCase{{value: "2", secret: "msdkkey"}, {value: "1", secret: "appkey"}},
	secrets: []string{"msdkkey", "appkey"}, places: []place{{name: "sig"}}, sign: signWireV3,
}

func signWireV3(m *message, key string) {
	text := append(make([]byte, 0, 128), key...)
	text = append(text, m.parameter("timestamp")...)
	digest := md5.Sum(m.keep(text))
	sig := hex.AppendEncode(make([]byte, 0, 128), digest[:])
	m.place(sig)
}

type wireV5Credentials struct {
	GameID    App
	SigKey    Key
	ClientKey Key
}

func (c wireV5Credentials) app() App { return c.GameID }
func (c wireV5Credentials) value(name string) string {
	if name == "gameid" {
		return string(c.GameID)
	}
	return ""
}
func (c wireV5Credentials) secret(name string) Key {
	switch name {
	case "sigkey":
		return c.SigKey
	case "clientkey":
		return c.ClientKey
	}
	return Key{}
}

func withWireV5(c wireV5Credentials) Option { return withCredentials(&schemeWireV5, c) }

var schemeWireV5 = scheme{
	name: "msdkV5", index: 1, hasApp: true, app: locator{name: "gameid"}, time: locator{name: "ts"}, keyParameter: "source",
	keys:    []keyCase{{value: "1", secret: "sigkey", otherwise: true}, {value: "0", secret: "clientkey"}},
	secrets: []string{"sigkey", "clientkey"}, places: []place{{name: "sig"}}, sign: signWireV5,
}

func signWireV5(m *message, key string) {
	list := m.queryList()
	ordered := sorted(list, byName)
	text := append(make([]byte, 0, 128), m.path()...)
	text = append(text, "?"...)
	text = appendPairs(text, ordered, "=", "&")
	text = append(text, m.body...)
	text = append(text, key...)
	digest := md5.Sum(m.keep(text))
	sig := hex.AppendEncode(make([]byte, 0, 128), digest[:])
	m.place(sig)
}

type wireTIMCredentials struct {
	SDKAppID   App
	Identifier string
	Secret     Key
}

func (c wireTIMCredentials) app() App { return c.SDKAppID }
func (c wireTIMCredentials) value(name string) string {
	switch name {
	case "sdkappid":
		return string(c.SDKAppID)
	case "identifier":
		return c.Identifier
	}
	return ""
}
func (c wireTIMCredentials) secret(name string) Key {
	if name == "secret" {
		return c.Secret
	}
	return Key{}
}

func withWireTIM(c wireTIMCredentials) Option { return withCredentials(&schemeWireTIM, c) }

var schemeWireTIM = scheme{
	name: "timUserSig", index: 2, hasApp: true, app: locator{name: "sdkappid"}, places: []place{{name: "usersig"}},
	keys: []keyCase{{secret: "secret"}}, secrets: []string{"secret"}, required: []string{"identifier"}, builtin: newUserSig(),
}

func withWireVersion(version string) CallOrClientOption { return withParameter("version", version) }

var wirePackage = packageFacts{
	name:    "wire",
	schemes: []*scheme{&schemeWireV3, &schemeWireV5, &schemeWireTIM},
	servers: []knownServer{
		{url: serverWireTest, schemes: []*scheme{&schemeWireV3}},
		{url: "http://127.0.0.1:7", schemes: []*scheme{&schemeWireV5}},
	},
}

var resultWireV3 = result{
	name: "v3", code: "ret", message: "msg",
	success: func(code Code) bool { return code == 0 || code == 1 || code == 2 },
	empty:   func(code Code) bool { return code == 1 },
	wrapped: func(code Code) string {
		if code == -10000 {
			return "qq"
		}
		return ""
	},
	failures: failureCodes{
		noSuchOperation: -311, emptyBody: -501, missingParameter: -506, badParameter: -505, unknownApp: -303,
		badSignature: -502, notJSON: -304, invalid: -1011, internal: -801,
	},
	describe: func(code Code) (string, bool) {
		switch code {
		case -502:
			return "The signature is wrong.", false
		case -2001:
			return "Busy.", true
		}
		return "", false
	},
}

var resultWireTIM = result{
	name: "tim", code: "ErrorCode", message: "ErrorInfo", status: "ActionStatus", statusSuccess: "OK", statusFailure: "FAIL",
	success:  func(code Code) bool { return code == 0 },
	failures: failureCodes{badSignature: 70003, expired: 70001, invalid: 10004, internal: 10002},
}

var opWireLogin = operation{
	id: "verify_login", method: "POST", path: "/auth/verify_login", scheme: &schemeWireV3, result: &resultWireV3,
	timeout: 3100 * time.Millisecond, repeatable: true, body: bodyRequired,
	parameters: []parameter{
		{name: "timestamp", kind: paramInt, required: true, fill: fillTimestamp},
		{name: "appid", kind: paramText, required: true, fill: fillCredential, from: "appid"},
		{name: "sig", kind: paramText, required: true, fill: fillSignature},
		{name: "openid", kind: paramText, fill: fillRequest},
		{name: "encode", kind: paramText, required: true, fill: fillKey},
		{name: "conn", kind: paramInt, fill: fillOption},
		{name: "version", kind: paramText, fill: fillOption},
		{name: "ticket", kind: paramText, sensitive: true, fill: fillOption},
	},
}

var opWireSend = operation{
	id: "send_group_msg", method: "POST", path: "/v2/group/send_group_msg", scheme: &schemeWireV5, result: &resultWireV3,
	body: bodyRequired,
	parameters: []parameter{
		{name: "channelid", kind: paramInt, required: true, fill: fillVariant, value: "2"},
		{name: "gameid", kind: paramText, required: true, fill: fillCredential, from: "gameid"},
		{name: "os", kind: paramInt, required: true, fill: fillOption, value: "4"},
		{name: "ts", kind: paramInt, required: true, fill: fillTimestamp},
		{name: "version", kind: paramText, fill: fillOption},
		{name: "source", kind: paramInt, fill: fillKey},
		{name: "sig", kind: paramText, required: true, fill: fillSignature},
	},
}

var opWireGroups = operation{
	id: "get_group_info", method: "POST", path: "/v4/group_open_http_svc/get_group_info", scheme: &schemeWireTIM,
	result: &resultWireTIM, body: bodyRequired, repeatable: true,
	parameters: []parameter{
		{name: "sdkappid", kind: paramInt, required: true, fill: fillCredential, from: "sdkappid"},
		{name: "identifier", kind: paramText, required: true, fill: fillCredential, from: "identifier"},
		{name: "usersig", kind: paramText, required: true, fill: fillSignature},
		{name: "random", kind: paramInt, required: true, fill: fillNonce, bits: 32},
		{name: "contenttype", kind: paramText, required: true, fill: fillConstant, value: "json"},
	},
}

var opWireForget = operation{
	id: "forget", method: "DELETE", path: "/forget/", parameters: []parameter{{name: "count", kind: paramInt, fill: fillRequest}},
}

var opWirePing = operation{id: "ping", method: "GET", path: "/ping", repeatable: true}

type wireClient struct{ core core }

func newWireClient(opts ...ClientOption) (*wireClient, error) {
	c := new(wireClient)
	if err := c.core.configure(wirePackage, opts); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *wireClient) login(ctx context.Context, req *wireRequest, opts ...CallOption) (*wireResponse, error) {
	return invoke(ctx, &c.core, &opWireLogin, req, new(wireResponse), opts)
}

func (c *wireClient) send(ctx context.Context, req *wirePlainRequest, opts ...CallOption) (*wireResponse, error) {
	return invoke(ctx, &c.core, &opWireSend, req, new(wireResponse), opts)
}

func (c *wireClient) groups(ctx context.Context, req *wirePlainRequest, opts ...CallOption) (*wireTIMResponse, error) {
	return invoke(ctx, &c.core, &opWireGroups, req, new(wireTIMResponse), opts)
}

func (c *wireClient) forget(ctx context.Context, opts ...CallOption) (*NoContent, error) {
	return invoke(ctx, &c.core, &opWireForget, &wireForgetRequest{Count: 5}, new(NoContent), opts)
}

func (c *wireClient) ping(ctx context.Context, opts ...CallOption) (*wirePong, error) {
	return invoke(ctx, &c.core, &opWirePing, &noRequest{}, new(wirePong), opts)
}

// wireService is the handlers; nil ones are not implemented.
type wireService struct {
	login  func(context.Context, *wireRequest) (*wireResponse, error)
	send   func(context.Context, *wirePlainRequest) (*wireResponse, error)
	groups func(context.Context, *wirePlainRequest) (*wireTIMResponse, error)
}

func newWireHandler(s wireService, opts ...HandlerOption) (http.Handler, error) {
	return newHandler(wirePackage, opts, s.serve)
}

func orUnimplemented[Req, Resp any](
	call func(context.Context, *Req) (*Resp, error),
) func(context.Context, *Req) (*Resp, error) {
	if call != nil {
		return call
	}
	return func(context.Context, *Req) (*Resp, error) { return nil, ErrUnimplemented }
}

func (s *wireService) serve(x *exchange) {
	switch x.path {
	case "/auth/verify_login", "/wxoauth/verify_login":
		handle(x, &opWireLogin, new(wireRequest), orUnimplemented(s.login))
	case "/v2/group/send_group_msg":
		switch x.parameter("channelid") {
		case "2":
			handle(x, &opWireSend, new(wirePlainRequest), orUnimplemented(s.send))
		default:
			x.unknownVariant(&opWireSend, "channelid")
		}
	case "/v4/group_open_http_svc/get_group_info":
		handle(x, &opWireGroups, new(wirePlainRequest), orUnimplemented(s.groups))
	case "/forget/", "/forget":
		handle(x, &opWireForget, new(wireForgetRequest), func(_ context.Context, req *wireForgetRequest) (*NoContent, error) {
			if req.Count != 5 {
				return nil, ErrUnimplemented
			}
			return &NoContent{}, nil
		})
	case "/ping":
		handle(x, &opWirePing, new(noRequest), func(context.Context, *noRequest) (*wirePong, error) { return &wirePong{Name: "pong"}, nil })
	default:
		x.notFound(&resultWireV3)
	}
}
