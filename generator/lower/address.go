package lower

// Addresses as texts: what a URL of a server and a template of a path may hold. They are judged here and not where they are used, because
// a request is made of them by joining: a question mark in either would end what it is joined with.

import (
	"net/url"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/load"
)

// serverFits reports what the URL of a server cannot hold. No message repeats the URL, which may hold a password.
func (l *lowering) serverFits(n *load.Node) {
	address := n.Value
	if strings.ContainsAny(address, "{}") {
		return // variables: refused, or reported, as such
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Hostname() == "":
		l.list.Errorf(n.Pos, diag.CodeInvalidOpenAPI, "the URL of the server is malformed").Suggest("https://, a host, a port if need be, and a path")
	case u.User != nil:
		l.list.Errorf(n.Pos, diag.CodeUnsupported, "a user or a password in the URL of a server is not supported").Suggest("leave it out; credentials belong to a security scheme")
	case strings.ContainsAny(address, "?#"):
		l.list.Errorf(n.Pos, diag.CodeUnsupported, "a query or a fragment in the URL of a server is not supported").
			Suggest("leave it out; what all operations send in the query is a parameter of each")
	}
}

// pathFits reports what the template of a path cannot hold. path is its member of paths.
func (l *lowering) pathFits(path *load.Node) {
	rest := braces.ReplaceAllString(path.Key, "")
	switch {
	case strings.Contains(path.Key, "{}"):
		l.list.Errorf(path.Place(), diag.CodePathParameter, "the path %q has a parameter without a name", path.Key)
	case strings.Contains(rest, "{"):
		l.list.Errorf(path.Place(), diag.CodePathParameter, "the path %q has a { without its }", path.Key)
	case strings.Contains(rest, "}"):
		l.list.Errorf(path.Place(), diag.CodePathParameter, "the path %q has a } without its {", path.Key)
	}
	switch {
	case strings.Contains(rest, "?"):
		l.unsupported(path, "declare what follows the question mark as query parameters; an operation that they select is one of x-msdk-variants", "a query in the path %q", path.Key)
	case strings.Contains(rest, "%"):
		l.unsupported(path, "write the character that it stands for; a path is encoded when it is sent", "an encoded character in the path %q", path.Key)
	case strings.Contains(rest, "#"):
		l.unsupported(path, "it never reaches a server; leave it out", "a fragment in the path %q", path.Key)
	}
}

// wholeBraces reports whether every brace of a path belongs to a parameter with a name. Where one does not, what is missing was complained
// about.
func wholeBraces(path string) bool {
	return !strings.ContainsAny(braces.ReplaceAllString(path, ""), "{}") && !strings.Contains(path, "{}")
}
