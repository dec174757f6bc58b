package support

// The options of a client and of a call. A call begins with a copy of the client's defaults, hence most of them are one type of
// option for both.

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"time"
)

// callSettings is what options decide about a call.
type callSettings struct {
	problems   problems
	app        App
	appOfCall  bool // the call names the app, not the client
	servers    []Server
	endpoints  []endpoint    // the client's servers, parsed at construction
	parameters []pair        // options that the document knows, such as a version
	query      []pair        // WithQuery
	limit      time.Duration // of one attempt; 0: what the document says
	retries    int
	mode       checkMode
	raw        *RawResponse
	encrypt    bool // see WithEncryption
	// encryptCall: the call says so, and not the client.
	encryptCall bool
}

// with makes a copy of the defaults into the settings of one call: its options change it. It is no method of a value, because the options
// get a pointer and the copy would need memory of its own.
func (s *callSettings) with(opts []CallOption) {
	s.servers, s.problems, s.appOfCall, s.encryptCall = nil, nil, false, false
	s.parameters = s.parameters[:len(s.parameters):len(s.parameters)] // appending must not write into the defaults
	for _, o := range opts {
		if o == nil {
			s.problems.add("an option is nil")
			continue
		}
		o.applyCall(s)
	}
}

// WithServer sets the server: one of the Server constants, or any other base URL of the form http(s)://host[:port][/path]. Where
// the servers of a document serve different schemes it may be given once for each; an operation uses the last one that serves it.
func WithServer(server Server) CallOrClientOption {
	return callOrClientOption(func(s *callSettings) { s.servers = append(s.servers, server) })
}

// WithApp sets the app in whose name calls are made. The default is the app of the credentials, of the first ones where a scheme
// was given several. Given to a client, it is for the schemes that have credentials of this app; the others keep their default.
func WithApp(app App) CallOrClientOption {
	return callOrClientOption(func(s *callSettings) { s.app, s.appOfCall = app, true })
}

// WithTimeLimit sets the time limit of one attempt. The default is the vendor's documented limit plus 900 ms, or 10 s where the
// document states none.
func WithTimeLimit(limit time.Duration) CallOrClientOption {
	return callOrClientOption(func(s *callSettings) {
		if limit <= 0 {
			s.problems.add("the time limit must be positive")
			return
		}
		s.limit = limit
	})
}

// maxRetries bounds what a mistaken option can do to the vendor's servers.
const maxRetries = 10

// WithRetries sets how many times a failed call is repeated, 0 to 10; the default is 1. Only operations that the document marks as
// repeatable are ever repeated, and only after failures that a second attempt may cure.
func WithRetries(retries int) CallOrClientOption {
	return callOrClientOption(func(s *callSettings) {
		if retries < 0 || retries > maxRetries {
			s.problems.add("the number of retries must be between 0 and " + strconv.Itoa(maxRetries))
			return
		}
		s.retries = retries
	})
}

// WithoutExpectedCheck lets requests pass whose expected fields are empty. Required fields and all other rules are still checked.
func WithoutExpectedCheck() CallOrClientOption {
	return callOrClientOption(func(s *callSettings) { s.mode = checkLenient })
}

// withParameter is the body of the generated options for single query parameters.
//
//go:noinline
func withParameter(name, value string) CallOrClientOption {
	return callOrClientOption(func(s *callSettings) {
		s.parameters = append(s.parameters, pair{name, value})
	})
}

// WithQuery sets a query parameter of one call, before signing: it overrides the value that the parameter would have, or adds one
// that the document does not know. The signature itself cannot be set.
func WithQuery(name, value string) CallOption {
	return callOption(func(s *callSettings) {
		if name == "" {
			s.problems.add("the query parameter has no name")
			return
		}
		for i := range s.query {
			if s.query[i].name == name {
				s.query[i].value = value
				return
			}
		}
		s.query = append(s.query, pair{name, value})
	})
}

// WithRawResponse stores what came back, as it came: also when the call fails, as far as it got. After a retry it is the last answer.
func WithRawResponse(raw *RawResponse) CallOption {
	return callOption(func(s *callSettings) { s.raw = raw })
}

// WithHTTPClient sets the HTTP client. It is copied; redirects are never followed, whatever it says. Without it the client has a
// transport of its own that keeps enough idle connections for a back end.
func WithHTTPClient(client *http.Client) ClientOption {
	return clientOption(func(c *clientState) {
		if client == nil {
			c.problems.add("the HTTP client is nil")
			return
		}
		c.http = client
	})
}

// WithMiddleware puts a layer around the transport. The first one given is the outermost. A request must be sent as it is: its
// signature covers it.
func WithMiddleware(layer func(http.RoundTripper) http.RoundTripper) ClientOption {
	return clientOption(func(c *clientState) {
		if layer == nil {
			c.problems.add("the middleware is nil")
			return
		}
		c.layers = append(c.layers, layer)
	})
}

// Attempt is what an interceptor is told about one attempt of a call.
type Attempt struct {
	Operation  string
	Number     int // from 1
	Code       Code
	HTTPStatus int // 0: there was no answer
	Duration   time.Duration
	Err        error // nil: it succeeded
}

// WithInterceptor adds a function that is called after each attempt, before it is decided whether there is another one. It is
// called from many goroutines at once.
func WithInterceptor(intercept func(ctx context.Context, attempt Attempt)) ClientOption {
	return clientOption(func(c *clientState) {
		if intercept == nil {
			c.problems.add("the interceptor is nil")
			return
		}
		c.interceptors = append(c.interceptors, intercept)
	})
}

// WithRandom sets the source of random numbers: nonces and the jitter between attempts. The default is crypto/rand.
func WithRandom(random io.Reader) ClientOption {
	return clientOption(func(c *clientState) {
		if random == nil {
			c.problems.add("the random source is nil")
			return
		}
		c.random = &lockedReader{r: random}
	})
}
