package support

// One attempt as an HTTP request. Apart from transport.go because this file knows net/http and nothing of operations: what it costs to
// send a request, and what a transport may keep of one. A request that has been handed to a transport is never used again, for a
// transport may still read it when it has returned: everything of it lies in memory of its own.

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
)

// wire is what an attempt sends, in one piece of memory: the request itself is net/http's to make.
type wire struct {
	url    url.URL
	reader strings.Reader
	body   string
	limit  attemptContext
}

// Headers that most requests have. They are shared by all requests, and go only to where nobody writes to them.
var (
	noHeader   = http.Header{}
	jsonType   = []string{jsonContent}
	jsonHeader = http.Header{"Content-Type": jsonType}
)

var errNoResponse = errors.New("the transport returned neither a response nor an error")

// makeHTTP puts the HTTP client together.
func (c *clientState) makeHTTP() {
	own := http.Client{}
	if c.http != nil {
		own = *c.http
	} else {
		own.Transport = newTransport()
	}
	if own.Transport == nil {
		own.Transport = http.DefaultTransport
	}
	c.direct = own.Jar == nil && own.Timeout == 0
	c.unseen = c.direct && len(c.layers) == 0 && keepsNothing(own.Transport)
	c.alone = c.unseen && c.http == nil
	for i := len(c.layers) - 1; i >= 0; i-- {
		if own.Transport = c.layers[i](own.Transport); own.Transport == nil {
			c.problems.add("a middleware returned nil")
			return
		}
	}
	// A redirect would send the signature, and on GET the token, to wherever the answer says.
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.http = &own
}

// keepsNothing reports whether no code but that of net/http gets to see requests, as far as that can be told: functions cannot be
// compared, but declared ones can be recognized. Who has the transport may still have registered a protocol of their own with it. Such
// code may find that a context ends late, as many contexts do; but what it writes into a header must not reach other requests, which is
// why headers are shared only over a transport that nobody else has.
func keepsNothing(r http.RoundTripper) bool {
	t, ok := r.(*http.Transport)
	if !ok || t.GetProxyConnectHeader != nil || t.OnProxyConnectResponse != nil {
		return false
	}
	return t.Proxy == nil || reflect.ValueOf(t.Proxy).Pointer() == reflect.ValueOf(http.ProxyFromEnvironment).Pointer()
}

// limited gives an attempt its time limit. It ends with w.limit.end.
func (k *call) limited(ctx context.Context, w *wire) (limited context.Context) {
	if k.client.unseen && k.client.withLimit == nil {
		w.limit.begin(&k.client.limiters, ctx, k.limit())
		return &w.limit
	}
	with := k.client.withLimit
	if with == nil {
		with = context.WithTimeout
	}
	limited, w.limit.cancel = with(ctx, k.limit())
	return limited
}

// exchange sends an attempt. The URL is not parsed, since its parts are known.
func (k *call) exchange(ctx context.Context, w *wire, r *signedRequest) (*http.Response, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w.url = url.URL{Scheme: k.endpoint.scheme, Host: k.endpoint.host, Path: k.endpoint.path.decoded + r.path.decoded, RawQuery: r.query}
	if encoded := k.endpoint.path.encoded + r.path.encoded; w.url.EscapedPath() != encoded {
		w.url.RawPath = encoded
	}
	made := http.Request{
		Method: k.op.method, URL: &w.url, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: k.header(r), Host: k.endpoint.host,
	}
	switch {
	case r.body != "":
		w.body = r.body
		w.reader.Reset(r.body)
		made.Body = io.NopCloser(&w.reader) // net/http knows this pair, and sends head and body together
		made.ContentLength, made.GetBody = int64(len(r.body)), w.again
	case r.hasBody:
		made.Body, made.GetBody = http.NoBody, noBody
	}
	return k.client.roundTrip(made.WithContext(ctx)) // the copy is the only one that lives longer than this function
}

// again returns the body once more, for a connection that broke before anything was answered.
func (w *wire) again() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(w.body)), nil }

func noBody() (io.ReadCloser, error) { return http.NoBody, nil }

func (k *call) header(r *signedRequest) http.Header {
	contentType := k.op.sentContentType()
	switch shared := k.client.alone && len(r.headers) == 0; {
	case shared && !r.hasBody:
		return noHeader
	case shared && contentType == jsonContent:
		return jsonHeader
	}
	header := make(http.Header, 1+len(r.headers))
	if r.hasBody {
		header["Content-Type"] = []string{contentType}
	}
	for _, h := range r.headers {
		header.Set(h.name, h.value)
	}
	return header
}

// roundTrip asks the transport itself, unless the HTTP client has cookies or a time limit: all else that one does is to follow
// redirects, and these are not followed.
func (c *clientState) roundTrip(r *http.Request) (*http.Response, error) {
	if !c.direct {
		return c.http.Do(r)
	}
	resp, err := c.http.Transport.RoundTrip(r)
	var record tls.RecordHeaderError
	switch {
	case err != nil && errors.As(err, &record) && string(record.RecordHeader[:]) == "HTTP/":
		return nil, http.ErrSchemeMismatch
	case err != nil:
		return nil, err
	case resp == nil:
		return nil, errNoResponse
	case resp.Body == nil:
		resp.Body = http.NoBody // a transport that is not net/http's may leave it out
	}
	return resp, nil
}
