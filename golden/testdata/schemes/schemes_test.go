package schemes

// The schemes, one row each.

import (
	"context"
	"net/http"
	"strings"
	"testing"

	aws "schemes/scheme_aws_sigv4"
	midas "schemes/scheme_midas"
	v3 "schemes/scheme_msdk_v3"
	v5 "schemes/scheme_msdk_v5"
	stripe "schemes/scheme_stripe"
	tc3 "schemes/scheme_tc3"
	openapi "schemes/scheme_tencent_openapi"
	twilio "schemes/scheme_twilio"
	payhmac "schemes/scheme_wechat_pay_hmac"
	paymd5 "schemes/scheme_wechat_pay_md5"
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

type awsService struct {
	aws.UnimplementedDefaultServer
	taken func()
}

func (s awsService) List(context.Context, *aws.ListRequest) (*aws.ListResponse, error) {
	s.taken()
	return &aws.ListResponse{}, nil
}

func awsCredentials(k *known) aws.Option {
	return aws.WithAws(aws.AwsCredentials{
		AccessKey: aws.App(k.credential("access_key")), SecretKey: aws.NewKey(k.get("key")), Region: k.credential("region"), Service: k.credential("service"),
	})
}

func handleAWS(k *known, taken func()) (http.Handler, error) {
	return aws.NewHandler(aws.Services{Default: awsService{taken: taken}}, awsCredentials(k), aws.WithClock(k.clock))
}

func callAWS(k *known, c *http.Client) error {
	client, err := aws.NewClient(aws.WithServer(aws.Server(k.origin())), aws.WithHTTPClient(c), aws.WithClock(k.clock), awsCredentials(k))
	if err != nil {
		return err
	}
	_, err = client.List(context.Background(), &aws.ListRequest{})
	return err
}

type tc3Service struct {
	tc3.UnimplementedDefaultServer
	taken func()
}

func (s tc3Service) DescribeInstances(context.Context, *tc3.DescribeInstancesRequest) (*tc3.DescribeInstancesResponse, error) {
	s.taken()
	return &tc3.DescribeInstancesResponse{}, nil
}

func tc3Credentials(k *known) tc3.Option {
	return tc3.WithTc3(tc3.Tc3Credentials{
		SecretID: tc3.App(k.credential("secret_id")), SecretKey: tc3.NewKey(k.get("key")), Service: k.credential("service"),
	})
}

func handleTC3(k *known, taken func()) (http.Handler, error) {
	return tc3.NewHandler(tc3.Services{Default: tc3Service{taken: taken}}, tc3Credentials(k), tc3.WithClock(k.clock))
}

func callTC3(k *known, c *http.Client) error {
	client, err := tc3.NewClient(tc3.WithServer(tc3.Server(k.origin())), tc3.WithHTTPClient(c), tc3.WithClock(k.clock), tc3Credentials(k))
	if err != nil {
		return err
	}
	_, err = client.DescribeInstances(context.Background(), &tc3.DescribeInstancesRequest{Limit: 1})
	return err
}

type payMD5Service struct {
	paymd5.UnimplementedDefaultServer
	taken func()
}

func (s payMD5Service) UnifiedOrder(context.Context, *paymd5.UnifiedOrderRequest) (*paymd5.UnifiedOrderResponse, error) {
	s.taken()
	return &paymd5.UnifiedOrderResponse{}, nil
}

func payMD5Credentials(k *known) paymd5.Option {
	return paymd5.WithWechatPay(paymd5.WechatPayCredentials{
		Appid: paymd5.App(k.credential("appid")), MchID: k.credential("mch_id"), Key: paymd5.NewKey(k.get("key")),
	})
}

func handlePayMD5(k *known, taken func()) (http.Handler, error) {
	return paymd5.NewHandler(paymd5.Services{Default: payMD5Service{taken: taken}}, payMD5Credentials(k))
}

func callPayMD5(k *known, c *http.Client) error {
	client, err := paymd5.NewClient(paymd5.WithServer(paymd5.Server(k.origin())), paymd5.WithHTTPClient(c), paymd5.WithRandom(k.random()), payMD5Credentials(k))
	if err != nil {
		return err
	}
	_, err = client.UnifiedOrder(context.Background(), &paymd5.UnifiedOrderRequest{Body: "test", DeviceInfo: paymd5.Some("1000")})
	return err
}

type payHMACService struct {
	payhmac.UnimplementedDefaultServer
	taken func()
}

func (s payHMACService) UnifiedOrder(context.Context, *payhmac.UnifiedOrderRequest) (*payhmac.UnifiedOrderResponse, error) {
	s.taken()
	return &payhmac.UnifiedOrderResponse{}, nil
}

func payHMACCredentials(k *known) payhmac.Option {
	return payhmac.WithWechatPay(payhmac.WechatPayCredentials{
		Appid: payhmac.App(k.credential("appid")), MchID: k.credential("mch_id"), Key: payhmac.NewKey(k.get("key")),
	})
}

func handlePayHMAC(k *known, taken func()) (http.Handler, error) {
	return payhmac.NewHandler(payhmac.Services{Default: payHMACService{taken: taken}}, payHMACCredentials(k))
}

func callPayHMAC(k *known, c *http.Client) error {
	client, err := payhmac.NewClient(payhmac.WithServer(payhmac.Server(k.origin())), payhmac.WithHTTPClient(c), payhmac.WithRandom(k.random()), payHMACCredentials(k))
	if err != nil {
		return err
	}
	_, err = client.UnifiedOrder(context.Background(), &payhmac.UnifiedOrderRequest{Body: "test", DeviceInfo: payhmac.Some("1000")})
	return err
}

type openAPIService struct {
	openapi.UnimplementedDefaultServer
	taken func()
}

func (s openAPIService) GetInfo(context.Context, *openapi.GetInfoRequest) (*openapi.GetInfoResponse, error) {
	s.taken()
	return &openapi.GetInfoResponse{}, nil
}

func openAPICredentials(k *known) openapi.Option {
	return openapi.WithOpenapi(openapi.OpenapiCredentials{Appid: openapi.App(k.credential("appid")), Appkey: openapi.NewKey(k.get("key"))})
}

func handleOpenAPI(k *known, taken func()) (http.Handler, error) {
	return openapi.NewHandler(openapi.Services{Default: openAPIService{taken: taken}}, openAPICredentials(k))
}

func callOpenAPI(k *known, c *http.Client) error {
	client, err := openapi.NewClient(openapi.WithServer(openapi.Server(k.origin())), openapi.WithHTTPClient(c), openAPICredentials(k))
	if err != nil {
		return err
	}
	_, err = client.GetInfo(context.Background(), &openapi.GetInfoRequest{
		Openid: "11111111111111111", Openkey: "2222222222222222", Pf: "qzone", Userip: openapi.Some("112.90.139.30"),
	})
	return err
}

type midasService struct {
	midas.UnimplementedDefaultServer
	taken func()
}

func (s midasService) GetBalance(context.Context, *midas.GetBalanceRequest) (*midas.GetBalanceResponse, error) {
	s.taken()
	return &midas.GetBalanceResponse{}, nil
}

func midasCredentials(k *known) midas.Option {
	return midas.WithMidas(midas.MidasCredentials{
		Appid: midas.App(k.credential("appid")), OfferID: k.credential("offer_id"), Secret: midas.NewKey(k.get("key")), SessionKey: midas.NewKey(k.get("second-key")),
	})
}

func handleMidas(k *known, taken func()) (http.Handler, error) {
	return midas.NewHandler(midas.Services{Default: midasService{taken: taken}}, midasCredentials(k), midas.WithClock(k.clock))
}

func callMidas(k *known, c *http.Client) error {
	client, err := midas.NewClient(midas.WithServer(midas.Server(k.origin())), midas.WithHTTPClient(c), midas.WithClock(k.clock), midasCredentials(k))
	if err != nil {
		return err
	}
	_, err = client.GetBalance(context.Background(), &midas.GetBalanceRequest{
		AccessToken: "ACCESSTOKEN", Openid: "odkx20ENSNa2w5y3g_qOkOvBNM1g", ZoneID: "1", Pf: "android",
	})
	return err
}

type twilioService struct {
	twilio.UnimplementedDefaultServer
	taken func()
}

func (s twilioService) Call(context.Context, *twilio.CallRequest) (*twilio.CallResponse, error) {
	s.taken()
	return &twilio.CallResponse{}, nil
}

func twilioCredentials(k *known) twilio.Option {
	return twilio.WithTwilio(twilio.TwilioCredentials{AuthToken: twilio.NewKey(k.get("key"))})
}

func handleTwilio(k *known, taken func()) (http.Handler, error) {
	return twilio.NewHandler(twilio.Services{Default: twilioService{taken: taken}}, twilioCredentials(k))
}

func callTwilio(k *known, c *http.Client) error {
	client, err := twilio.NewClient(twilio.WithServer(twilio.Server(k.origin())), twilio.WithHTTPClient(c), twilioCredentials(k))
	if err != nil {
		return err
	}
	_, err = client.Call(context.Background(), &twilio.CallRequest{
		Foo: twilio.Some("1"), Bar: twilio.Some("2"), CallSid: "CA1234567890ABCDE", Caller: twilio.Some("+14158675309"),
		Digits: twilio.Some("1234"), From: twilio.Some("+14158675309"), To: twilio.Some("+18005551212"),
	})
	return err
}

type stripeService struct {
	stripe.UnimplementedDefaultServer
	taken func()
}

func (s stripeService) Event(context.Context, *stripe.EventRequest) (*stripe.EventResponse, error) {
	s.taken()
	return &stripe.EventResponse{}, nil
}

func stripeCredentials(k *known) stripe.Option {
	return stripe.WithStripe(stripe.StripeCredentials{Secret: stripe.NewKey(k.get("key"))})
}

func handleStripe(k *known, taken func()) (http.Handler, error) {
	return stripe.NewHandler(stripe.Services{Default: stripeService{taken: taken}}, stripeCredentials(k), stripe.WithClock(k.clock))
}

func callStripe(k *known, c *http.Client) error {
	client, err := stripe.NewClient(stripe.WithServer(stripe.Server(k.origin())), stripe.WithHTTPClient(c), stripe.WithClock(k.clock), stripeCredentials(k))
	if err != nil {
		return err
	}
	_, err = client.Event(context.Background(), &stripe.EventRequest{ID: "evt_test_webhook", Object: stripe.Some("event")})
	return err
}
