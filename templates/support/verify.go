package support

// How a server finds out who calls: the request as its signature sees it, the credentials of the app, the comparison, the time, the
// memory of requests that were taken already. Apart from the exchange because this is the part that a security review reads.

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"
)

// makeMessage makes the request as a signature sees it. It is made in its place, member by member: it is large.
func (x *exchange) makeMessage(parameters []pair) {
	r, m := x.request, &x.message
	m.method, m.urlScheme, m.host, m.request, m.readPath = x.method, "http", r.Host, r, requestPath
	m.parameters, m.pathValues, m.body, m.readFields = parameters, x.pathValues, x.body, x.op.fields
	m.arrived, m.arrivedQuery = r.Header, r.URL.RawQuery
	if r.TLS != nil {
		m.urlScheme = "https"
	}
	if public := x.handler.public; public.host != "" {
		m.urlScheme, m.host, m.base = public.scheme, public.host, public.path
	}
}

// requestPath is the path as the caller wrote it on the request line: a handler that is mounted under a prefix sees a shorter one,
// which is not what was signed.
func requestPath(r *http.Request) messagePath {
	if strings.HasPrefix(r.RequestURI, "/") {
		path, _, _ := strings.Cut(r.RequestURI, "?")
		if decoded, err := url.PathUnescape(path); err == nil {
			return messagePath{decoded, path}
		}
	}
	return messagePath{r.URL.Path, r.URL.EscapedPath()}
}

// WithPublicURL tells a handler behind a proxy under which address callers know it: http(s)://host[:port][/prefix]. Signatures that
// cover the address are checked against it; the prefix is what the proxy cuts off the path. Without it the address is the Host
// header of the request, and https if the connection to the handler itself is encrypted.
func WithPublicURL(base Server) HandlerOption {
	return handlerOption(func(h *handlerState) {
		e, problem := newEndpoint(&packageFacts{}, base)
		if problem != "" {
			h.problems.add("public address: " + problem)
			return
		}
		h.public = e
	})
}

// verify finds the credentials of the app and checks the signature with them.
func (x *exchange) verify() *refusal {
	s := x.op.scheme
	if s == nil {
		return nil
	}
	source := x.handler.source(s)
	if source == nil {
		return x.misconfigured("the handler has no credentials for " + s.name)
	}
	x.given = append(x.roomGiven[:0], make([]string, len(s.places))...)
	if problem := x.takeSignatures(s, false); problem != "" {
		return x.refusedSignature(failBadSignature, problem)
	}
	x.app = x.claimedApp(s)
	c, err := source.lookup(x.request.Context(), x.app)
	switch {
	case err != nil && errors.Is(err, errUnknownApp), err == nil && s.app.name != "" && c.app() != x.app:
		return x.refusedSignature(failUnknownApp, errUnknownApp.Error())
	case err != nil:
		return x.refusedProvider(s, err)
	}
	if name := s.missing(c); name != "" {
		return x.misconfigured("the credentials of " + s.name + " lack " + name)
	}
	x.credentials, x.app = c, c.app()
	if x.op.cipher != nil {
		if r := x.op.cipher.openRequest(x); r != nil {
			return r
		}
	}
	if s.hasPlace(inBody) {
		if problem := x.takeSignatures(s, true); problem != "" {
			return x.refusedSignature(failBadSignature, problem)
		}
	}
	now := x.handler.clock()
	v := s.verify(&x.message, x.given, c, now)
	if v.failure == failBadSignature && x.handler.explain != nil {
		x.handler.explain(x, s, c, v.reason)
	}
	if v.failure == "" && x.handler.late != nil {
		x.handler.late(x, s, now)
	}
	if window := x.handler.windowOf(s); v.failure == "" && window > 0 {
		v = s.inWindow(&x.message, now, window)
	}
	if v.failure == "" && x.handler.replays != nil && x.handler.windowOf(s) > 0 && !x.handler.replays.take(x.digest()) {
		v = verdict{failExpired, "the same request was taken before"}
	}
	if v.failure != "" {
		return x.refusedSignature(v.failure, v.reason)
	}
	return nil
}

//go:noinline
func (x *exchange) misconfigured(reason string) *refusal {
	return &refusal{failInternal, &ConfigError{Operation: x.op.id, Reason: reason}}
}

//go:noinline
func (x *exchange) refusedProvider(s *scheme, err error) *refusal {
	return &refusal{failInternal, &SignatureError{
		Operation: x.op.id, Reason: "the credentials provider of " + s.name + " failed", cause: because(err),
	}}
}

//go:noinline
func (x *exchange) refusedSignature(f failure, reason string) *refusal {
	return &refusal{f, &SignatureError{Operation: x.op.id, Reason: reason}}
}

// claimedApp returns the app that the request names; nothing of it is believed before the signature was found good.
func (x *exchange) claimedApp(s *scheme) App {
	switch {
	case s.app.name == "":
		return ""
	case s.app.in == inSignature:
		app, _ := find(x.claimed, s.app.name)
		return App(app)
	}
	return App(s.app.find(&x.message))
}

// takeSignatures takes the signatures out of the message, so that the program sees what the client's program saw, and reads what
// stands beside them: first those outside of the body, then, when the body is readable, those in it.
func (x *exchange) takeSignatures(s *scheme, inTheBody bool) (problem string) {
	m := &x.message
	for i := range s.places {
		p := &s.places[i]
		if (p.in == inBody) != inTheBody {
			continue
		}
		var text string
		times := 0
		switch p.in {
		case inHeader:
			if values := m.arrived.Values(p.name); len(values) > 0 {
				text, times = values[0], len(values)
				m.arrived = maps.Clone(m.arrived) // the request itself stays as it is
				m.arrived.Del(p.name)
			}
		case inBody:
			text, times, m.bodyFields = takePair(m.fields(), p.name)
		default:
			text, times, m.parameters = takePair(m.parameters, p.name)
			m.places = s.places // query cuts it out of what came
		}
		x.given[i] = text
		switch {
		case m.bodyFault != "":
			return m.bodyFault
		case times > 1:
			return "the signature is repeated"
		case text == "":
			return "there is no signature"
		case p.form != nil:
			values, claimed, ok := p.form.capture(text)
			if !ok {
				return "the text around the signature does not have its form"
			}
			m.values, x.claimed = append(m.values, values...), append(x.claimed, claimed...)
		}
	}
	return ""
}

// takePair returns the first value of a name, how often the name occurs, and the pairs without it, in the memory of all of them.
func takePair(all []pair, name string) (value string, times int, rest []pair) {
	for i := range all {
		switch {
		case all[i].name != name:
			if times > 0 {
				all[i-times] = all[i]
			}
			continue
		case times == 0:
			value = all[i].value
		}
		times++
	}
	return value, times, all[:len(all)-times]
}
