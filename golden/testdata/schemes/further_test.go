package schemes

// Schemes that use what the others leave out: values in a template, keys in Base64, bytes behind bytes, a second key that may be missing.

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	function "schemes/scheme_go"
	hawk "schemes/scheme_hawk"
	kraken "schemes/scheme_kraken"
	oauth "schemes/scheme_oauth1"
)

func init() {
	schemes = append(schemes,
		scheme{"oauth1", handleOAuth, callOAuth, false, false, []string{"path", "query", "body", "header.Authorization"}},
		scheme{"kraken", handleKraken, callKraken, false, false, []string{"path", "body", "header.API-Sign", "header.API-Key"}},
		scheme{"hawk", handleHawk, callHawk, true, true, []string{"path", "query", "header.Authorization"}},
	)
}

type oauthService struct {
	oauth.UnimplementedDefaultServer
	taken func()
}

func (s oauthService) Update(context.Context, *oauth.UpdateRequest) (*oauth.UpdateResponse, error) {
	s.taken()
	return &oauth.UpdateResponse{}, nil
}

func oauthCredentials(k *known) oauth.Option {
	return oauth.WithOauth(oauth.OauthCredentials{
		ConsumerKey: oauth.App(k.credential("consumer_key")), ConsumerSecret: oauth.NewKey(k.get("key")),
		Token: k.credential("token"), TokenSecret: oauth.NewKey(k.get("second-key")),
	})
}

func handleOAuth(k *known, taken func()) (http.Handler, error) {
	return oauth.NewHandler(oauth.Services{Default: oauthService{taken: taken}}, oauthCredentials(k), oauth.WithClock(k.clock))
}

func callOAuth(k *known, c *http.Client) error {
	client, err := oauth.NewClient(oauth.WithServer(oauth.Server(k.origin())), oauth.WithHTTPClient(c), oauth.WithClock(k.clock), oauth.WithRandom(k.random()), oauthCredentials(k))
	if err != nil {
		return err
	}
	_, err = client.Update(context.Background(), &oauth.UpdateRequest{
		IncludeEntities: oauth.Some("true"), Status: "Hello Ladies + Gentlemen, a signed OAuth request!",
	})
	return err
}

type krakenService struct {
	kraken.UnimplementedDefaultServer
	taken func()
}

func (s krakenService) AddOrder(context.Context, *kraken.AddOrderRequest) (*kraken.AddOrderResponse, error) {
	s.taken()
	return &kraken.AddOrderResponse{}, nil
}

func krakenCredentials(k *known) kraken.Option {
	return kraken.WithKraken(kraken.KrakenCredentials{APIKey: kraken.App(k.credential("api_key")), Secret: kraken.NewKey(k.get("key"))})
}

func handleKraken(k *known, taken func()) (http.Handler, error) {
	return kraken.NewHandler(kraken.Services{Default: krakenService{taken: taken}}, krakenCredentials(k), kraken.WithClock(k.clock))
}

func callKraken(k *known, c *http.Client) error {
	client, err := kraken.NewClient(kraken.WithServer(kraken.Server(k.origin())), kraken.WithHTTPClient(c), kraken.WithClock(k.clock), krakenCredentials(k))
	if err != nil {
		return err
	}
	_, err = client.AddOrder(context.Background(), &kraken.AddOrderRequest{Pair: "XBTUSD", Price: kraken.Some("37500"), Volume: kraken.Some("1.25")})
	return err
}

type hawkService struct {
	hawk.UnimplementedDefaultServer
	taken func()
}

func (s hawkService) Resource(context.Context, *hawk.ResourceRequest) (*hawk.ResourceResponse, error) {
	s.taken()
	return &hawk.ResourceResponse{}, nil
}

func hawkCredentials(k *known) hawk.Option {
	return hawk.WithHawk(hawk.HawkCredentials{ID: hawk.App(k.credential("id")), Key: hawk.NewKey(k.get("key")), Ext: k.credential("ext")})
}

func handleHawk(k *known, taken func()) (http.Handler, error) {
	return hawk.NewHandler(hawk.Services{Default: hawkService{taken: taken}}, hawkCredentials(k), hawk.WithClock(k.clock))
}

func callHawk(k *known, c *http.Client) error {
	client, err := hawk.NewClient(hawk.WithServer(hawk.Server(k.origin())), hawk.WithHTTPClient(c), hawk.WithClock(k.clock), hawk.WithRandom(k.random()), hawkCredentials(k))
	if err != nil {
		return err
	}
	_, err = client.Resource(context.Background(), &hawk.ResourceRequest{ID: "1", B: hawk.Some("1"), A: hawk.Some("2")})
	return err
}

type functionService struct {
	function.UnimplementedDefaultServer
	changed, looked string
}

func (s *functionService) Change(_ context.Context, req *function.ChangeRequest) (*function.ChangeResponse, error) {
	s.changed = req.Name
	return &function.ChangeResponse{}, nil
}

func (s *functionService) Look(_ context.Context, req *function.LookRequest) (*function.LookResponse, error) {
	s.looked = req.Name
	return &function.LookResponse{}, nil
}

// A step in Go is compiled into both sides; and a parameter may be a part of what stands between two slashes.
func TestFunction(t *testing.T) {
	clock := function.WithClock(func() time.Time { return time.Unix(1440938160, 0) })
	given := func(secret string) function.Option {
		return function.WithAcme(function.AcmeCredentials{App: "1", Secret: function.NewKey(secret)})
	}
	s := &functionService{}
	h, err := function.NewHandler(function.Services{Default: s}, given("k"), clock)
	if err != nil {
		t.Fatal(err)
	}
	r := &recorder{handler: h}
	client := func(secret string) *function.Client {
		c, err := function.NewClient(function.WithServer("http://localhost"), function.WithHTTPClient(r.client()), given(secret), clock)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	change := &function.ChangeRequest{Name: "a/b.json", Tag: function.Some("x"), Count: function.Some(int64(1))}
	if _, err := client("k").Change(context.Background(), change, function.WithQuery("tags", "y")); err != nil || s.changed != "a/b.json" {
		t.Fatal(err, s.changed)
	}
	// Made by another program, out of the recipe in the document.
	const want = "1:909a0d27e481de09faa3d954fc8321a1e01fde206eaa32acb506f01b59b9c817"
	if got := r.sent.header.Get("Acme-Signature"); got != want {
		t.Errorf("%s, want %s; %+v", got, want, r.sent)
	}
	sent := *r.sent
	for _, part := range []string{"path", "query", "body", "header.Acme-Signature", "header.Acme-Content"} {
		for _, changed := range sent.flips(part) {
			if takes(t, h, changed) {
				t.Fatalf("%s changed, and the server takes it: %+v", part, changed)
			}
		}
	}
	if _, err := client("k").Look(context.Background(), &function.LookRequest{Name: ".."}); !errors.Is(err, function.ErrConfig) {
		t.Error("a way up:", err)
	}
	if _, err := client("k").Look(context.Background(), &function.LookRequest{Name: "a b"}); err != nil || s.looked != "a b" {
		t.Error(err, s.looked)
	}
	if _, err := client("other").Change(context.Background(), change); err == nil {
		t.Error("another secret is taken")
	}
	if _, err := client("refuse").Change(context.Background(), change); !errors.Is(err, function.ErrSignature) || strings.Contains(err.Error(), "refuse") {
		t.Error("an error of the function:", err)
	}
}
