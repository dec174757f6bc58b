package standin

// A request that works, as a command line: the first thing that somebody who meets the program wants to see.

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"

	api "github.com/msdkgen/msdkgen/templates/support"
)

// sample makes one documented call with a client.
type sample func(ctx context.Context, opts ...api.ClientOption) error

// newSample is a call with a request of the document.
func newSample[C, Req, Resp any](
	newClient func(...api.ClientOption) (*C, error), call func(*C, context.Context, *Req, ...api.CallOption) (*Resp, error), text string,
) sample {
	return func(ctx context.Context, opts ...api.ClientOption) error {
		client, err := newClient(opts...)
		if err != nil {
			return err
		}
		req, err := decoded[Req](text)
		if err != nil {
			return err
		}
		_, err = call(client, ctx, req)
		return err
	}
}

// errCaught ends a sample's call before it is sent.
var errCaught = errors.New("caught")

// catcher keeps a request in place of sending it.
type catcher struct {
	request *http.Request
	body    []byte
}

// RoundTrip implements http.RoundTripper.
func (c *catcher) RoundTrip(r *http.Request) (*http.Response, error) {
	c.request = r
	if r.Body != nil {
		c.body, _ = io.ReadAll(r.Body)
		_ = r.Body.Close()
	}
	return nil, errCaught
}

// Curl returns command lines of curl that send a call, signed for now; one for each security scheme.
func (c *Core) Curl() []string {
	var lines []string
	for _, call := range c.facts.samples {
		caught := new(catcher)
		opts := append(c.Options(), api.WithHTTPClient(&http.Client{Transport: caught}))
		_ = call(context.Background(), opts...) // it was caught, or cannot be made
		if caught.request != nil {
			lines = append(lines, caught.curl())
		}
	}
	return lines
}

func (c *catcher) curl() string {
	var b strings.Builder
	b.WriteString("curl -s")
	if c.request.Method != http.MethodGet && (c.request.Method != http.MethodPost || len(c.body) == 0) {
		b.WriteString(" -X " + c.request.Method)
	}
	for _, name := range []string{"Content-Type", "Authorization"} {
		if value := c.request.Header.Get(name); value != "" {
			b.WriteString(" -H " + quoted(name+": "+value))
		}
	}
	if len(c.body) > 0 {
		b.WriteString(" -d " + quoted(string(c.body)))
	}
	return b.String() + " " + quoted(c.request.URL.String())
}

// quoted is a word for a shell.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
