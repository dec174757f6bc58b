package signing

// Addresses of servers.

import (
	"net/url"
	"strings"
)

// base is a server's address in its parts; the path has no slash at its end.
type base struct{ scheme, host, path string }

// parseBase reads the address of a server; ok is false for anything that no client could use.
func parseBase(text string) (b base, ok bool) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return b, false
	}
	return base{u.Scheme, u.Host, strings.TrimRight(u.EscapedPath(), "/")}, true
}

// hasPathPrefix reports whether a path is below another.
func hasPathPrefix(path, prefix string) bool {
	return path == prefix || strings.HasPrefix(path, prefix+"/")
}
