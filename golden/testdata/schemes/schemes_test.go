package schemes

// The schemes, one row each.

import (
	"context"
	"net/http"
	"strings"
	"testing"

	v3 "schemes/scheme_msdk_v3"
	v5 "schemes/scheme_msdk_v5"
)

// scheme is one row.
type scheme struct {
	known string
	// handler serves the scheme; it calls taken for each request that it takes.
	handler func(k *known, taken func()) (http.Handler, error)
	// call makes the call of the file. A client writes JSON in one way only: where the file is written in another one, exact is
	// false, and the answer is for the server alone.
	call    func(k *known, c *http.Client) error
	exact   bool
	signs   bool     // the signature of the file comes out of the client all the same
	covered []string // what the signature covers, and where it stands
}

var schemes = []scheme{
	{"msdk-v3-1", handleV3, callV3, true, true, []string{"query.timestamp", "query.sig"}},
	{"msdk-v3-2", handleV3, callV3, true, true, []string{"query.timestamp", "query.sig"}},
	{"msdk-v5-verify-login", handleV5, callV5, false, true, []string{"path", "query", "body"}},
	{"aws-get-vanilla", handleAWS, callAWS, true, true, []string{"header.Authorization", "header.X-Amz-Date"}},
	{"tc3-describe-instances", handleTC3, callTC3, false, false, []string{"body", "header.Authorization", "header.X-TC-Timestamp", "header.Content-Type"}},
	{"wechat-pay-md5", handlePayMD5, callPayMD5, true, true, []string{"body"}},
	{"wechat-pay-hmac", handlePayHMAC, callPayHMAC, true, true, []string{"body"}},
	{"tencent-openapi", handleOpenAPI, callOpenAPI, true, false, []string{"path", "query"}},
	{"midas", handleMidas, callMidas, true, false, []string{"path", "query", "body"}},
	{"twilio", handleTwilio, callTwilio, true, true, []string{"path", "query", "body", "header.X-Twilio-Signature"}},
	{"stripe", handleStripe, callStripe, false, false, []string{"body", "header.Stripe-Signature"}},
}

// complete puts in what the file of some schemes leaves to its recipe.
func (k *known) complete(w *wire) {
	switch k.get("scheme") {
	case "aws":
		w.header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+k.credential("access_key")+"/20150830/us-east-1/service/aws4_request, SignedHeaders="+
			k.get("signed-headers")+", Signature="+k.get("signature"))
	case "tc3":
		w.header.Set("Authorization", "TC3-HMAC-SHA256 Credential="+k.credential("secret_id")+"/2019-02-25/cvm/tc3_request, SignedHeaders="+
			k.get("signed-headers")+", Signature="+k.get("signature"))
	case "msdkV3":
		w.method, w.url, w.body = "POST", "http://localhost/auth/verify_login?"+k.get("query")+"&appid=1&sig="+k.get("signature")+"&encode="+k.get("encode"), `{"openid":"a"}`
	case "msdkV5":
		w.method, w.url = "POST", "http://localhost"+k.get("path")+"?"+strings.Join(k.head["query"], "&")+"&sig="+k.get("signature")
	}
}

func TestKnownAnswers(t *testing.T) {
	for _, s := range schemes {
		t.Run(s.known, func(t *testing.T) {
			k := readKnown(t, s.known)
			for _, q := range k.head["query"] {
				if name, seconds, _ := strings.Cut(q, "="); name == "timestamp" || name == "ts" {
					k.head["time"] = []string{seconds}
				}
			}
			taken := 0
			h, err := s.handler(k, func() { taken++ })
			if err != nil {
				t.Fatal(err)
			}
			printed := k.asKnown()
			k.complete(printed)
			if printed.serve(h); taken != 1 {
				t.Fatal("the server refuses the known answer")
			}

			r := &recorder{handler: h}
			if err := s.call(k, r.client()); err != nil || taken != 2 {
				t.Fatalf("the server refuses what the client sends: %v", err)
			}
			if s.exact {
				compare(t, printed, r.sent)
			}
			if s.signs && !strings.Contains(r.sent.url+r.sent.body+headerText(r.sent), k.get("signature")) {
				t.Errorf("the client does not make the signature %s: %+v", k.get("signature"), r.sent)
			}
			for _, request := range []*wire{printed, r.sent} {
				for _, part := range s.covered {
					for _, changed := range request.flips(part) {
						if changed.serve(h); taken != 2 {
							t.Fatalf("%s changed, and the server takes it: %+v", part, changed)
						}
					}
				}
			}
		})
	}
}

func headerText(w *wire) string {
	var text strings.Builder
	_ = w.header.Write(&text)
	return text.String()
}

func compare(t *testing.T, want, got *wire) {
	t.Helper()
	if got.method != want.method || got.url != want.url || got.body != want.body {
		t.Errorf("the client sends\n%s %s\n%s\nwant\n%s %s\n%s", got.method, got.url, got.body, want.method, want.url, want.body)
	}
	for name := range want.header {
		if got.header.Get(name) != want.header.Get(name) {
			t.Errorf("the client sends %s: %s, want %s", name, got.header.Get(name), want.header.Get(name))
		}
	}
}

// origin is the server of the file's URL.
func (k *known) origin() string {
	url := k.get("url")
	if url == "" {
		return "http://localhost"
	}
	start := strings.Index(url, "://") + 3
	return url[:start+strings.IndexByte(url[start:], '/')]
}

type v3Service struct {
	v3.UnimplementedDefaultServer
	taken func()
}

func (s v3Service) VerifyLogin(context.Context, *v3.VerifyLoginRequest) (*v3.VerifyLoginResponse, error) {
	s.taken()
	return &v3.VerifyLoginResponse{}, nil
}

func v3Credentials(k *known) v3.Option {
	if k.get("encode") == "1" {
		return v3.WithMSDKV3(v3.MSDKV3Credentials{Appid: "1", Appkey: v3.NewKey(k.get("key"))})
	}
	return v3.WithMSDKV3(v3.MSDKV3Credentials{Appid: "1", Msdkkey: v3.NewKey(k.get("key"))})
}

func handleV3(k *known, taken func()) (http.Handler, error) {
	return v3.NewHandler(v3.Services{Default: v3Service{taken: taken}}, v3Credentials(k))
}

func callV3(k *known, c *http.Client) error {
	client, err := v3.NewClient(v3.WithServer("http://localhost"), v3.WithHTTPClient(c), v3.WithClock(k.clock), v3Credentials(k))
	if err != nil {
		return err
	}
	_, err = client.VerifyLogin(context.Background(), &v3.VerifyLoginRequest{Openid: "a"})
	return err
}

type v5Service struct {
	v5.UnimplementedDefaultServer
	taken func()
}

func (s v5Service) VerifyLogin(context.Context, *v5.VerifyLoginRequest) (*v5.VerifyLoginResponse, error) {
	s.taken()
	return &v5.VerifyLoginResponse{}, nil
}

func v5Credentials(k *known) v5.Option {
	return v5.WithMSDKV5(v5.MSDKV5Credentials{Gameid: "12", Serverkey: v5.NewKey(k.get("key"))})
}

func handleV5(k *known, taken func()) (http.Handler, error) {
	return v5.NewHandler(v5.Services{Default: v5Service{taken: taken}}, v5Credentials(k))
}

func callV5(k *known, c *http.Client) error {
	client, err := v5.NewClient(v5.WithServer("http://localhost"), v5.WithHTTPClient(c), v5.WithClock(k.clock), v5Credentials(k))
	if err != nil {
		return err
	}
	_, err = client.VerifyLogin(context.Background(), &v5.VerifyLoginRequest{
		Openid: "16862533134614867973", Token: v5.Some("0AFC2484F0B48C9D70D501662B828F4A"), Channelid: "2", Seq: v5.Some(""),
	}, v5.WithQuery("conn", ""), v5.WithOS("1"))
	return err
}
