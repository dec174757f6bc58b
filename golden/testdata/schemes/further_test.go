package schemes

// Schemes that use what the others leave out: values in a template, keys in Base64, bytes behind bytes, a second key that may be missing.

import (
	"context"
	"net/http"

	kraken "schemes/scheme_kraken"
	oauth "schemes/scheme_oauth1"
)

func init() {
	schemes = append(schemes,
		scheme{"oauth1", handleOAuth, callOAuth, false, []string{"path", "query", "body", "header.Authorization"}},
		scheme{"kraken", handleKraken, callKraken, false, []string{"path", "body", "header.API-Sign", "header.API-Key"}},
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
