package support

// Which server a call goes to. Apart from the options because a base URL is checked where it enters, and because one document may
// describe hosts that serve different operations.

import (
	"net/url"
	"strings"
)

// endpoint is a server after its URL was checked.
type endpoint struct {
	scheme string // http or https
	host   string
	path   messagePath // without a slash at its end; a signature covers it
	known  *knownServer
}

// newEndpoint checks a base URL. problem never repeats the URL, which may hold a password.
func newEndpoint(facts *packageFacts, server Server) (e endpoint, problem string) {
	u, err := url.Parse(string(server))
	switch {
	case server == "":
		return e, "the server URL is empty"
	case err != nil:
		return e, "the server URL is malformed"
	case u.Scheme != "http" && u.Scheme != "https":
		return e, "the server URL must begin with http:// or https://"
	case u.User != nil:
		return e, "the server URL must not hold a user or a password"
	case u.Opaque != "" || u.Hostname() == "":
		return e, "the server URL has no host"
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(string(server), "#"):
		return e, "the server URL must have neither a query nor a fragment"
	}
	e.scheme, e.host = u.Scheme, strings.TrimSuffix(u.Host, ":") // an empty port is not sent
	encoded := strings.TrimRight(u.EscapedPath(), "/")
	decoded, err := url.PathUnescape(encoded) // and not the path without slashes: an encoded one at its end stays
	if err != nil {
		return e, "the server URL is malformed"
	}
	e.path = messagePath{decoded, encoded}
	for i := range facts.servers {
		if facts.servers[i].url == server {
			e.known = &facts.servers[i]
		}
	}
	return e, ""
}

// serves reports whether the operations of a scheme are served there. Of a server that the document does not list nothing is
// known; it is taken at the caller's word.
func (e *endpoint) serves(s *scheme) bool { return e.known == nil || e.known.serves(s) }
