package signing

// A request as it came in: what is in it, which operation it is for, where its signatures stand.

import (
	"net/http"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// Received is a request as it came in, signatures included.
type Received struct {
	Method    string
	URLScheme string // http or https; empty: unknown
	Host      string
	Path      string // percent-encoded, as on the request line
	RawQuery  string
	Headers   []Pair // in their order; host may be among them
	Body      []byte
}

// FromHTTP is a request that a server got. The body is what was read from it.
func FromHTTP(r *http.Request, body []byte) *Received {
	got := &Received{Method: r.Method, URLScheme: "http", Host: r.Host, Path: r.URL.EscapedPath(), RawQuery: r.URL.RawQuery, Body: body}
	if r.TLS != nil {
		got.URLScheme = "https"
	}
	if strings.HasPrefix(r.RequestURI, "/") {
		got.Path, _, _ = strings.Cut(r.RequestURI, "?")
	}
	var names []string
	for name := range r.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range r.Header[name] {
			got.Headers = append(got.Headers, Pair{name, value})
		}
	}
	return got
}

// Header is the first value of a header.
func (r *Received) Header(name string) string {
	value, _ := findHeader(r.Headers, name)
	return value
}

// Target is path and query.
func (r *Received) Target() string {
	if r.RawQuery == "" {
		return r.Path
	}
	return r.Path + "?" + r.RawQuery
}

// Match is the operation that a request is for.
type Match struct {
	Operation  *ir.Operation
	PathValues []Pair
	Prefix     string // what stands before the operation's own path: that of a server
	Slash      bool   // the request has a slash at its end and the operation does not, or the reverse
	Method     bool   // the method is the operation's
}

// Find returns the operations whose path a request has, those with its method first, longer paths before shorter ones. The path may have
// anything in front of that of the operation, since a proxy may cut it off.
func Find(api *ir.API, method, path string) []Match {
	var all []Match
	for _, op := range api.Operations {
		best := Match{}
		for _, form := range append([]string{op.Path}, op.Aliases...) {
			m, ok := matchPath(form, path)
			if ok && (best.Operation == nil || len(m.Prefix) < len(best.Prefix)) {
				best = m
				best.Operation, best.Method = op, strings.EqualFold(op.Method, method)
			}
		}
		if best.Operation != nil {
			all = append(all, best)
		}
	}
	slices.SortStableFunc(all, func(a, b Match) int {
		switch {
		case a.Prefix != b.Prefix:
			return len(a.Prefix) - len(b.Prefix)
		case a.Method != b.Method && a.Method:
			return -1
		case a.Method != b.Method:
			return 1
		}
		return len(a.PathValues) - len(b.PathValues)
	})
	if len(all) > 1 {
		all = slices.DeleteFunc(all, func(m Match) bool { return m.Operation.Path == "/" && m.Prefix != "" })
	}
	return all
}

// matchPath compares the last segments of a path with those of a document's path.
func matchPath(form, path string) (m Match, ok bool) {
	trimmed := strings.TrimSuffix(path, "/")
	m.Slash = strings.HasSuffix(path, "/") != strings.HasSuffix(form, "/") && form != "/"
	want := strings.Split(strings.TrimSuffix(form, "/"), "/")
	have := strings.Split(trimmed, "/")
	if len(have) < len(want) {
		return m, false
	}
	extra := len(have) - len(want)
	m.Prefix = strings.Join(have[:extra+1], "/")
	for i := 1; i < len(want); i++ {
		before, hole, isHole := strings.Cut(want[i], "{")
		name, after, _ := strings.Cut(hole, "}")
		value, inside := strings.CutPrefix(have[extra+i], before)
		if isHole && inside {
			value, inside = strings.CutSuffix(value, after)
		}
		decoded, ok := percentDecode(value, false)
		switch {
		case !ok || isHole && (!inside || decoded == ""):
			return m, false
		case isHole:
			m.PathValues = append(m.PathValues, Pair{name, decoded})
		default:
			if decoded, ok = percentDecode(have[extra+i], false); !ok || decoded != want[i] {
				return m, false
			}
		}
	}
	return m, true
}

// Arrival is a request taken apart: what was signed, and the signatures.
type Arrival struct {
	Request Request
	Given   []string // the texts in the places, in the order of the scheme's places
	App     string   // that the request names
	Key     *ir.KeyChoiceCase
}

// Take takes the signatures out of a request, as a server does before it runs the program. body is what the signature covers. The error is a
// *Fault, and the result holds as much as could be read.
func Take(s *ir.Scheme, got *Received, m Match, body []byte) (*Arrival, error) {
	a := &Arrival{Request: Request{
		Method: got.Method, URLScheme: got.URLScheme, Host: got.Host, EncodedPath: got.Path, RawQuery: got.RawQuery,
		PathValues: m.PathValues, Body: body, Form: isForm(m.Operation),
	}}
	r := &a.Request
	for _, h := range got.Headers {
		r.Headers = append(r.Headers, Pair{h.Name, strings.Trim(h.Value, " \t")})
	}
	var ok bool
	if r.Path, ok = percentDecode(got.Path, false); !ok {
		r.Path = got.Path
	}
	var reason string
	if r.Query, reason = readQuery(got.RawQuery, maxPairs); reason != "" {
		return a, &Fault{Reason: "the query " + reason}
	}
	var claimed []Pair
	for _, p := range s.Places {
		text, err := a.take(p)
		if err != nil {
			return a, err
		}
		a.Given = append(a.Given, text)
		if len(p.Template) == 0 {
			continue
		}
		values, credentials, ok := readTemplate(p, text)
		if !ok {
			return a, &Fault{Reason: "the text around the signature in the " + placeName(p) + " does not have its form, " + templateForm(p)}
		}
		r.Values, claimed = append(r.Values, values...), append(claimed, credentials...)
	}
	a.App = a.locate(s.App, claimed)
	if s.Keys != nil {
		value, _ := find(r.Query, s.Keys.Parameter)
		a.Key = CaseOf(s, value)
	}
	return a, nil
}

// take removes one place from the request and returns its text.
func (a *Arrival) take(p *ir.Place) (string, error) {
	r := &a.Request
	pairs, name := &r.Query, p.Name
	switch p.In {
	case ir.InHeader:
		pairs = &r.Headers
	case ir.InBody:
		fields, reason := Fields(r.Body, r.Form)
		if reason != "" {
			return "", &Fault{Reason: reason}
		}
		r.omitFields = append(r.omitFields, name)
		pairs = &fields
	default:
		r.RawQuery = cutParameter(r.RawQuery, name)
	}
	text, times := "", 0
	var rest []Pair
	for _, q := range *pairs {
		if q.Name != name && !(p.In == ir.InHeader && lowered(q.Name) == lowered(name)) {
			rest = append(rest, q)
			continue
		}
		if times++; times == 1 {
			text = q.Value
		}
	}
	*pairs = rest
	switch {
	case times > 1:
		return "", &Fault{Reason: "the " + placeName(p) + ", which holds the signature, is repeated"}
	case text == "":
		return "", &Fault{Reason: "there is no signature: the " + placeName(p) + " is absent or empty"}
	}
	return text, nil
}

// cutParameter takes a parameter out of a query and leaves the rest of it as it is.
func cutParameter(raw, name string) string {
	var kept []string
	for part := range strings.SplitSeq(raw, "&") {
		written, _, _ := strings.Cut(part, "=")
		if decoded, ok := percentDecode(written, true); !ok || decoded != name {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}

// locate returns what stands where a locator says.
func (a *Arrival) locate(l *ir.Locator, claimed []Pair) string {
	if l == nil {
		return ""
	}
	r := &a.Request
	var value string
	switch l.In {
	case ir.InHeader:
		value, _ = findHeader(r.Headers, l.Name)
	case ir.InPath:
		value, _ = find(r.PathValues, l.Name)
	case ir.InBody:
		fields, _ := r.allFields()
		value, _ = find(fields, l.Name)
	case ir.InSignature:
		value, _ = find(append(claimed, r.Values...), l.Name)
	default:
		value, _ = find(r.Query, l.Name)
	}
	return value
}

func placeName(p *ir.Place) string {
	switch p.In {
	case ir.InHeader:
		return "header " + p.Name
	case ir.InBody:
		return "member " + p.Name + " of the body"
	}
	return "query parameter " + p.Name
}

// isForm reports whether the bodies of an operation are forms.
func isForm(op *ir.Operation) bool {
	for _, c := range op.Calls {
		if c.Body != nil {
			media, _, _ := strings.Cut(c.Body.ContentType, ";")
			return strings.EqualFold(strings.TrimSpace(media), "application/x-www-form-urlencoded")
		}
	}
	return false
}
