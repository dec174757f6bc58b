package schemes

// How the schemes of other vendors are served and called; schemes_test.go has the table, and those of MSDK.

import (
	"context"
	"net/http"

	aws "schemes/scheme_aws_sigv4"
	midas "schemes/scheme_midas"
	stripe "schemes/scheme_stripe"
	tc3 "schemes/scheme_tc3"
	openapi "schemes/scheme_tencent_openapi"
	twilio "schemes/scheme_twilio"
	payhmac "schemes/scheme_wechat_pay_hmac"
	paymd5 "schemes/scheme_wechat_pay_md5"
)

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
