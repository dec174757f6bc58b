package schemes

// What a server does beside comparing signatures, and what travels outside of JSON bodies.

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	form "schemes/body_form"
	parameters "schemes/parameter_header_path"
	v3 "schemes/scheme_msdk_v3"
	stripe "schemes/scheme_stripe"
	tc3 "schemes/scheme_tc3"
	twilio "schemes/scheme_twilio"
	paymd5 "schemes/scheme_wechat_pay_md5"
)

// takes reports whether a handler takes a request.
func takes(t *testing.T, h http.Handler, w *wire) bool {
	t.Helper()
	answer := w.serve(h)
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode == http.StatusOK && !strings.Contains(string(body), "error")
}

// Behind a proxy the handler sees another address than the caller does.
func TestPublicURL(t *testing.T) {
	k := readKnown(t, "twilio")
	inside := k.asKnown().with(func(w *wire) { w.url = "http://10.0.0.1:8080/myapp.php?foo=1&bar=2" })
	serve := func(opts ...twilio.HandlerOption) http.Handler {
		h, err := twilio.NewHandler(twilio.Services{Default: twilioService{taken: func() {}}}, append(opts, twilioCredentials(k))...)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	if takes(t, serve(), inside) || !takes(t, serve(twilio.WithPublicURL("https://mycompany.com")), inside) {
		t.Error("the public address does not decide")
	}
	if takes(t, serve(twilio.WithPublicURL("https://mycompany.com/prefix")), inside) {
		t.Error("a prefix that was not signed")
	}
	if _, err := twilio.NewHandler(twilio.Services{}, twilioCredentials(k), twilio.WithPublicURL("mycompany.com")); !errors.Is(err, twilio.ErrConfig) {
		t.Error(err)
	}
}

// The document's window holds without an option; an option overrides it; a request is taken once.
func TestWindowAndReplay(t *testing.T) {
	k := readKnown(t, "stripe")
	request := k.asKnown()
	serve := func(offset time.Duration, opts ...stripe.HandlerOption) http.Handler {
		clock := stripe.WithClock(func() time.Time { return k.clock().Add(offset) })
		h, err := stripe.NewHandler(stripe.Services{Default: stripeService{taken: func() {}}}, append(opts, stripeCredentials(k), clock)...)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	for offset, good := range map[time.Duration]bool{
		0: true, 300 * time.Second: true, 301 * time.Second: false, -300 * time.Second: true, -301 * time.Second: false, 50 * 365 * 24 * time.Hour: false,
	} {
		if takes(t, serve(offset), request) != good {
			t.Errorf("%v: taken is not %v", offset, good)
		}
	}
	if takes(t, serve(61*time.Second, stripe.WithTimeWindow(time.Minute)), request) {
		t.Error("the option does not override the document")
	}
	h := serve(0, stripe.WithReplayMemory(2))
	if !takes(t, h, request) || takes(t, h, request) {
		t.Error("not taken exactly once")
	}
	again := request.with(func(w *wire) { w.header.Set("Stripe-Signature", "v0=x,"+w.header.Get("Stripe-Signature")) })
	if takes(t, h, again) {
		t.Error("the same request, spelled differently, is taken again")
	}
	if _, err := stripe.NewHandler(stripe.Services{}, stripeCredentials(k), stripe.WithReplayMemory(0)); !errors.Is(err, stripe.ErrConfig) {
		t.Error(err)
	}
	if _, err := twilio.NewHandler(twilio.Services{}, twilio.WithTwilio(twilio.TwilioCredentials{AuthToken: twilio.NewKey("x")}), twilio.WithReplayMemory(1)); !errors.Is(err, twilio.ErrConfig) {
		t.Error("a memory without a window:", err)
	}
}

func TestBadSignatures(t *testing.T) {
	k := readKnown(t, "stripe")
	h, err := handleStripe(k, func() {})
	if err != nil {
		t.Fatal(err)
	}
	right := k.asKnown().header.Get("Stripe-Signature")
	for text, good := range map[string]bool{
		right: true, "v1=zz," + right: true, right + ",v1=zz": true, right + strings.Repeat(",v1=zz", 7): true,
		right + strings.Repeat(",v1=zz", 8): false, right + ",t=1": false, "t=1," + right: false, strings.ToUpper(right): false, "": false, "t=,v1=": false,
		strings.Repeat(",", 1000): false, right + "\u00e9": false,
	} {
		if takes(t, h, k.asKnown().with(func(w *wire) { w.header.Set("Stripe-Signature", text) })) != good {
			t.Errorf("%q: taken is not %v", text, good)
		}
	}
	twice := k.asKnown().with(func(w *wire) { w.header.Add("Stripe-Signature", "t=1,v1=a") })
	if takes(t, h, twice) {
		t.Error("two signatures in two lines")
	}
}

// A wrong key, no key, and one that is no ASCII; the previous key is taken.
func TestKeys(t *testing.T) {
	k := readKnown(t, "stripe")
	call := func(client, server stripe.Key) error {
		h, err := stripe.NewHandler(stripe.Services{Default: stripeService{taken: func() {}}}, stripe.WithStripe(stripe.StripeCredentials{Secret: server}), stripe.WithClock(k.clock))
		if err != nil {
			return err
		}
		c, err := stripe.NewClient(stripe.WithServer("https://example.com"), stripe.WithHTTPClient((&recorder{handler: h}).client()), stripe.WithClock(k.clock),
			stripe.WithStripe(stripe.StripeCredentials{Secret: client}))
		if err != nil {
			return err
		}
		_, err = c.Event(context.Background(), &stripe.EventRequest{ID: "a"})
		return err
	}
	odd := stripe.NewKey("\u5bc6\u94a5\x00\xff &=%+")
	for _, c := range []struct {
		client, server stripe.Key
		good           bool
	}{
		{odd, odd, true},
		{stripe.NewKey("a"), stripe.NewKey("b"), false},
		{stripe.NewKey("a"), stripe.NewKey("b").WithPrevious("a"), true},
		{stripe.Key{}, stripe.NewKey("b"), false},
		{stripe.NewKey("a"), stripe.Key{}, false},
	} {
		if err := call(c.client, c.server); (err == nil) != c.good {
			t.Errorf("%v: %v", c.good, err)
		}
	}
	lacking := paymd5.WechatPayCredentials{Appid: "a", Key: paymd5.NewKey("k")}
	if _, err := paymd5.NewClient(paymd5.WithServer("http://localhost"), paymd5.WithWechatPay(lacking)); !errors.Is(err, paymd5.ErrConfig) || !strings.Contains(err.Error(), "mch_id") {
		t.Error(err)
	}
}

// A provider is asked for the app that the request names, wherever that stands.
func TestProviders(t *testing.T) {
	k := readKnown(t, "tc3-describe-instances")
	var asked []tc3.App
	provide := tc3.WithTc3Provider(func(_ context.Context, app tc3.App) (tc3.Tc3Credentials, error) {
		asked = append(asked, app)
		if app == "known" {
			return tc3.Tc3Credentials{SecretID: app, SecretKey: tc3.NewKey("k"), Service: "cvm"}, nil
		}
		return tc3.Tc3Credentials{}, nil
	})
	h, err := tc3.NewHandler(tc3.Services{Default: tc3Service{taken: func() {}}}, provide, tc3.WithClock(k.clock))
	if err != nil {
		t.Fatal(err)
	}
	r := &recorder{handler: h}
	for app, good := range map[tc3.App]bool{"known": true, "unknown": false} {
		c, err := tc3.NewClient(tc3.WithServer("https://cvm.tencentcloudapi.com"), tc3.WithHTTPClient(r.client()), tc3.WithClock(k.clock),
			tc3.WithTc3(tc3.Tc3Credentials{SecretID: app, SecretKey: tc3.NewKey("k"), Service: "cvm"}))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.DescribeInstances(context.Background(), &tc3.DescribeInstancesRequest{Limit: 1}); (err == nil) != good {
			t.Errorf("%s: %v", app, err)
		}
	}
	if len(asked) != 2 {
		t.Error(asked)
	}
	if r.sent.header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Error("the content type is not sent as it is written")
	}
}

// Each attempt is signed afresh.
func TestAttempts(t *testing.T) {
	k := readKnown(t, "wechat-pay-md5")
	var bodies []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		bodies = append(bodies, string(body))
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer server.Close()
	c, err := paymd5.NewClient(paymd5.WithServer(paymd5.Server(server.URL)), payMD5Credentials(k))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		_, _ = c.UnifiedOrder(context.Background(), &paymd5.UnifiedOrderRequest{Body: "test"})
	}
	if len(bodies) != 2 || bodies[0] == bodies[1] {
		t.Errorf("%q", bodies)
	}
}

type parameterService struct {
	parameters.UnimplementedDefaultServer
	got *parameters.LookRequest
}

func (s *parameterService) Look(_ context.Context, req *parameters.LookRequest) (*parameters.LookResponse, error) {
	s.got = req
	return &parameters.LookResponse{}, nil
}

func TestParametersInPathAndHeader(t *testing.T) {
	service := &parameterService{}
	h, err := parameters.NewHandler(parameters.Services{Default: service})
	if err != nil {
		t.Fatal(err)
	}
	r := &recorder{handler: h}
	c, err := parameters.NewClient(parameters.WithServer("http://localhost/base"), parameters.WithHTTPClient(&http.Client{Transport: stripBase{r}}),
		parameters.WithClock(func() time.Time { return time.Unix(1440938160, 0) }), parameters.WithRandom(neverEnds{}))
	if err != nil {
		t.Fatal(err)
	}
	for _, app := range []string{"ab", "a/b", "%2F", "a b&=+?#", "\u4f60\u597d", "..a", "{x}"} {
		req := &parameters.LookRequest{App: app, User: 7, XLimit: parameters.Some(int64(3))}
		if _, err := c.Look(context.Background(), req); err != nil || service.got.App != app || service.got.User != 7 {
			t.Errorf("%q: %v, %+v", app, err, service.got)
		}
		if limit, _ := service.got.XLimit.Get(); limit != 3 {
			t.Error(limit)
		}
	}
	sent := r.sent.header
	if sent.Get("X-Date") != "Sun, 30 Aug 2015 12:36:00 GMT" || sent.Get("X-Client") != "game" || sent.Get("X-Request-Id") != "00000000-0000-4000-8000-000000000000" {
		t.Error(sent)
	}
	for _, app := range []string{"", ".", "..", "a"} {
		if _, err := c.Look(context.Background(), &parameters.LookRequest{App: app, User: 7}); err == nil {
			t.Errorf("%q is sent", app)
		}
	}
	good := r.sent
	for name, change := range map[string]func(*wire){
		"no header":       func(w *wire) { w.header.Del("X-Date") },
		"two headers":     func(w *wire) { w.header["X-Limit"] = []string{"1", "2"} },
		"no number":       func(w *wire) { w.header.Set("X-Limit", "x") },
		"too large":       func(w *wire) { w.header.Set("X-Limit", "10") },
		"a word":          func(w *wire) { w.url = strings.Replace(w.url, "/7", "/seven", 1) },
		"a segment more":  func(w *wire) { w.url += "/x" },
		"a segment less":  func(w *wire) { w.url = strings.Replace(w.url, "/users", "", 1) },
		"an empty one":    func(w *wire) { w.url = strings.Replace(w.url, "/7", "/", 1) },
		"another literal": func(w *wire) { w.url = strings.Replace(w.url, "/users/", "/Users/", 1) },
	} {
		if takes(t, h, good.with(change)) {
			t.Errorf("%s: taken", name)
		}
	}
	if !takes(t, h, good.with(func(w *wire) { w.url += "/" })) {
		t.Error("a slash at the end is a leniency here as well")
	}
}

// stripBase is a proxy that cuts the base path off.
type stripBase struct{ r *recorder }

func (s stripBase) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	path := strings.TrimPrefix(req.URL.EscapedPath(), "/base")
	u, err := req.URL.Parse("http://localhost" + path)
	if err != nil {
		return nil, err
	}
	u.RawQuery = req.URL.RawQuery
	req.URL = u
	return s.r.RoundTrip(req)
}

type formService struct {
	form.UnimplementedDefaultServer
	got *form.SendRequest
}

func (s *formService) Send(_ context.Context, req *form.SendRequest) (*form.SendResponse, error) {
	s.got = req
	return &form.SendResponse{}, nil
}

func TestForm(t *testing.T) {
	service := &formService{}
	h, err := form.NewHandler(form.Services{Default: service})
	if err != nil {
		t.Fatal(err)
	}
	r := &recorder{handler: h}
	c, err := form.NewClient(form.WithServer("http://localhost"), form.WithHTTPClient(r.client()))
	if err != nil {
		t.Fatal(err)
	}
	req := &form.SendRequest{Name: "a&b=c d+", Age: form.Some(int64(7)), Share: form.Some(1.5), Open: form.Some(true)}
	if _, err := c.Send(context.Background(), req); err != nil || service.got == nil || *service.got != *req {
		t.Fatalf("%v: %+v", err, service.got)
	}
	if r.sent.body != "name=a%26b%3Dc%20d%2B&age=7&share=1.5&open=true" || r.sent.header.Get("Content-Type") != "application/x-www-form-urlencoded; charset=utf-8" {
		t.Errorf("%+v", r.sent)
	}
	for body, good := range map[string]bool{
		"name=a": true, "name=a&x=y": true, "name=a+b": true, "": false, "age=1": false, "name=a&name=b": false, "name=a&age=x": false, "name=a&age=-1": false,
		"name=a&open=maybe": false, "name=a&share=nan": false, "name=123456789": false, "name=%zz": false, "name=%ff": false, `{"name":"a"}`: false,
	} {
		if takes(t, h, r.sent.with(func(w *wire) { w.body = body })) != good {
			t.Errorf("%q: taken is not %v", body, good)
		}
	}
	if _, err := c.Send(context.Background(), &form.SendRequest{Name: "123456789"}); !errors.Is(err, form.ErrValidation) {
		t.Error(err)
	}
}

// Parameters with every character that has a meaning somewhere arrive as they were sent, and are signed as they arrive.
func TestOddCharacters(t *testing.T) {
	k := readKnown(t, "twilio")
	h, err := handleTwilio(k, func() {})
	if err != nil {
		t.Fatal(err)
	}
	r := &recorder{handler: h}
	c, err := twilio.NewClient(twilio.WithServer("https://mycompany.com"), twilio.WithHTTPClient(r.client()), twilioCredentials(k))
	if err != nil {
		t.Fatal(err)
	}
	odd := "a&b=c%d+e f\u4f60;#?/\""
	if _, err := c.Call(context.Background(), &twilio.CallRequest{CallSid: odd, Foo: twilio.Some(odd), From: twilio.Some("")}); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*wire){
		"repeated field":     func(w *wire) { w.body += "&CallSid=x" },
		"added field":        func(w *wire) { w.body += "&x=y" },
		"added parameter":    func(w *wire) { w.url += "&x=y" },
		"repeated parameter": func(w *wire) { w.url += "&foo=1" },
		"malformed":          func(w *wire) { w.body += "&x=%zz" },
		"many":               func(w *wire) { w.body += strings.Repeat("&x=y", 300) },
		"too many":           func(w *wire) { w.url += strings.Repeat("&x", 300) },
		"nothing":            func(w *wire) { w.body = "" },
	} {
		if takes(t, h, r.sent.with(change)) {
			t.Errorf("%s: taken", name)
		}
	}
}

// A key that a v3 request names has to be there, whatever else is.
func TestKeyOfTheRequest(t *testing.T) {
	k := readKnown(t, "msdk-v3-2")
	h, err := handleV3(k, func() {})
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{header: http.Header{}}
	k.complete(w)
	if !takes(t, h, w) {
		t.Fatal("refused")
	}
	for _, encode := range []string{"1", "3", "", "22"} {
		if takes(t, h, w.with(func(w *wire) { w.url = strings.Replace(w.url, "encode=2", "encode="+encode, 1) })) {
			t.Errorf("encode=%s: taken", encode)
		}
	}
	if _, err := v3.NewClient(v3.WithServer("http://localhost"), v3.WithMSDKV3(v3.MSDKV3Credentials{Appid: "1"})); !errors.Is(err, v3.ErrConfig) {
		t.Error("credentials without any key:", err)
	}
}
