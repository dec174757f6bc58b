package signing

// What a caller may have done about parameters: their order, their encoding, the empty ones; about the address; and about the result.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
)

func quirk(group, code, text string, set func(*quirks)) idea {
	return idea{group: group, code: code, text: text, apply: func(a *attempt) { set(&a.in.quirks) }}
}

// has reports whether a program has a step that is of a kind.
func has(s *ir.Scheme, of func(*ir.Step) bool) bool {
	for _, step := range s.Program.Steps {
		if of(step) {
			return true
		}
	}
	return false
}

func op(ops ...ir.StepOp) func(*ir.Step) bool {
	return func(step *ir.Step) bool {
		for _, o := range ops {
			if step.Op == o {
				return true
			}
		}
		return false
	}
}

// listIdeas are about the order of lists, and about empty entries.
func (c *Check) listIdeas(x *Explanation) []idea {
	s := c.Match.Operation.Scheme
	var ideas []idea
	if has(s, op(ir.OpSort)) {
		ideas = append(ideas,
			quirk("order", "unsorted", "the parameters were signed in the order in which they were sent, not sorted", func(q *quirks) { q.unsorted = true }),
			quirk("order", "sorted-backwards", "the parameters were sorted backwards", func(q *quirks) { q.reversed = true }),
			quirk("order", "sorted-by-case", "the parameters were sorted with the other rule about upper and lower case", func(q *quirks) { q.fold = true }))
	}
	if !has(s, op(ir.OpParameters, ir.OpHeaders)) {
		return ideas
	}
	text, code := "parameters with an empty value were sent, but not signed", "without-empty"
	if has(s, func(step *ir.Step) bool { return step.Select != nil && step.Select.DropEmpty }) {
		text, code = "parameters with an empty value were signed; the document leaves them out", "with-empty"
	}
	ideas = append(ideas, quirk("empty", code, text, func(q *quirks) { q.empties = true }))
	var absent []Pair
	for _, p := range c.Match.Operation.Parameters {
		if _, found := find(x.Arrival.Request.Query, p.Name.Spec); !found && p.In == ir.InQuery && (p.Fill == nil || p.Fill.Kind != ir.FillSignature) {
			absent = append(absent, Pair{Name: p.Name.Spec})
		}
	}
	if len(absent) > 0 {
		ideas = append(ideas, idea{group: "empty", code: "absent-as-empty", text: "parameters that were not sent were signed as empty ones",
			apply: func(a *attempt) {
				a.in.Request.Query = append(append([]Pair(nil), a.in.Request.Query...), absent...)
			}})
	}
	return ideas
}

// encodingIdeas are about percent-encoding.
func (c *Check) encodingIdeas(x *Explanation) []idea {
	s, r := c.Match.Operation.Scheme, &x.Arrival.Request
	var ideas []idea
	if has(s, op(ir.OpPercent)) {
		ideas = append(ideas,
			quirk("encoding", "not-encoded", "the values were signed without percent-encoding", func(q *quirks) { q.noPercent = true }),
			quirk("encoding", "space", "a space was encoded the other way: + and %20", func(q *quirks) { q.plus = true }),
			quirk("encoding", "escape-case", "the escapes were written with the other case: %2f and %2F", func(q *quirks) { q.lowerHex = true }))
	}
	if has(s, op(ir.OpParameters, ir.OpHeaders)) {
		ideas = append(ideas,
			quirk("encoding", "encoded", "the values were signed percent-encoded, and not as they are", func(q *quirks) { q.encoded = true }),
			quirk("encoding", "encoded-plus", "the values were signed percent-encoded with + for a space, and not as they are", func(q *quirks) { q.encoded, q.plus = true, true }),
			quirk("encoding", "encoded-lower", "the values were signed percent-encoded with escapes in lower case, and not as they are", func(q *quirks) { q.encoded, q.lowerHex = true, true }))
	}
	raw, literal := rawPairs(r.RawQuery)
	ideas = append(ideas,
		idea{group: "encoding", code: "as-sent", text: "the query was signed as on the request line, and not decoded",
			apply: func(a *attempt) { a.in.Request.Query = raw }},
		idea{group: "encoding", code: "plus-kept", text: "+ in the query was signed as +, and not as a space",
			apply: func(a *attempt) { a.in.Request.Query = literal }})
	if has(s, readsQuery) {
		decoded, _ := percentDecode(r.RawQuery, true)
		parts := strings.Split(r.RawQuery, "&")
		slices.Sort(parts)
		ideas = append(ideas,
			idea{group: "encoding", code: "query-decoded", text: "the query was signed decoded", apply: func(a *attempt) { a.in.Request.RawQuery = decoded }},
			idea{group: "order", code: "query-sorted", text: "the query was signed sorted", apply: func(a *attempt) { a.in.Request.RawQuery = strings.Join(parts, "&") }},
			idea{group: "encoding", code: "no-query", text: "the query was not signed", apply: func(a *attempt) { a.in.Request.RawQuery = "" }})
	}
	if r.Path != r.EncodedPath {
		ideas = append(ideas,
			idea{group: "path", code: "path-encoded", text: "the path was signed percent-encoded", apply: func(a *attempt) { a.in.Request.Path = r.EncodedPath }},
			idea{group: "path", code: "path-decoded", text: "the path was signed decoded", apply: func(a *attempt) { a.in.Request.EncodedPath = r.Path }})
	}
	return ideas
}

// readsQuery reports whether a step reads the query as it is on the request line.
func readsQuery(step *ir.Step) bool {
	for _, o := range step.Args {
		if o.Kind == ir.OperandQuery || o.Kind == ir.OperandTarget || o.Kind == ir.OperandURL {
			return true
		}
	}
	return false
}

// rawPairs are the parameters of a query without decoding, and decoded but for +.
func rawPairs(query string) (raw, literal []Pair) {
	for part := range strings.SplitSeq(query, "&") {
		if part == "" || len(raw) == maxPairs {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		raw = append(raw, Pair{name, value})
		n, _ := percentDecode(name, false)
		v, _ := percentDecode(value, false)
		literal = append(literal, Pair{n, v})
	}
	return raw, literal
}

// addressIdeas are about method, scheme, host and path.
func (c *Check) addressIdeas(x *Explanation) []idea {
	r := &x.Arrival.Request
	var ideas []idea
	seen := map[string]bool{r.EncodedPath: true}
	path := func(code, text, path string) {
		if seen[path] {
			return
		}
		seen[path] = true
		ideas = append(ideas, idea{group: "path", code: code, text: text, apply: func(a *attempt) {
			a.in.Request.EncodedPath = path
			a.in.Request.Path, _ = percentDecode(path, false)
		}})
	}
	if prefix := c.Match.Prefix; prefix != "" {
		path("path-without-prefix", fmt.Sprintf("the path was signed without %q in front", prefix), strings.TrimPrefix(r.EncodedPath, prefix))
	}
	path("path-without-slash", "the path was signed without the slash at its end", strings.TrimRight(r.EncodedPath, "/"))
	path("path-with-slash", "the path was signed with a slash at its end", strings.TrimRight(r.EncodedPath, "/")+"/")
	path("path-without-first-slash", "the path was signed without the slash in front", strings.TrimLeft(r.EncodedPath, "/"))
	path("path-lower", "the path was signed in lower case", lowered(r.EncodedPath))
	op := c.Match.Operation
	for _, other := range append([]string{op.Path}, op.Aliases...) {
		if !strings.Contains(other, "{") {
			path("other-path", fmt.Sprintf("the path %q was signed", other), other)
		}
	}
	for _, server := range c.API.Servers {
		if b, ok := parseBase(server.URL); ok && b.path != "" {
			path("path-with-prefix", fmt.Sprintf("the path was signed with %q in front", b.path), b.path+r.EncodedPath)
		}
	}
	return append(ideas, c.hostIdeas(r)...)
}

func (c *Check) hostIdeas(r *Request) []idea {
	var ideas []idea
	other := map[string]string{"http": "https", "https": "http"}[r.URLScheme]
	ideas = append(ideas,
		idea{group: "scheme", code: "other-scheme", text: "the address was signed with " + other + "://", apply: func(a *attempt) { a.in.Request.URLScheme = other }},
		idea{group: "method", code: "method-lower", text: "the method was signed in lower case", apply: func(a *attempt) { a.in.Request.Method = lowered(r.Method) }})
	if upper := raised(r.Method); upper != r.Method {
		ideas = append(ideas, idea{group: "method", code: "method-upper", text: "the method was signed in upper case", apply: func(a *attempt) { a.in.Request.Method = upper }})
	}
	seen := map[string]bool{r.Host: true, "": true}
	host := func(code, text, host string) {
		if !seen[host] {
			seen[host] = true
			ideas = append(ideas, idea{group: "host", code: code, text: text, apply: func(a *attempt) { a.in.Request.Host = host }})
		}
	}
	name, _, hasPort := strings.Cut(r.Host, ":")
	if hasPort {
		host("host-without-port", "the host was signed without its port", name)
	} else {
		host("host-with-port", "the host was signed with its port", name+":443")
		host("host-with-port", "the host was signed with its port", name+":80")
	}
	host("host-lower", "the host was signed in lower case", lowered(r.Host))
	forwarded, _ := findHeader(r.Headers, "x-forwarded-host")
	host("forwarded-host", "the host of X-Forwarded-Host was signed", forwarded)
	for _, server := range c.API.Servers {
		if b, ok := parseBase(server.URL); ok {
			host("other-host", fmt.Sprintf("the host %q was signed", b.host), b.host)
		}
	}
	return ideas
}

// resultIdeas are about the digest and how it is written.
func (c *Check) resultIdeas(x *Explanation) []idea {
	s := c.Match.Operation.Scheme
	var ideas []idea
	for _, to := range []ir.StepOp{ir.OpHex, ir.OpUpperHex, ir.OpBase64, ir.OpBase64Raw, ir.OpBase64URL, ir.OpBase64URLRaw} {
		if has(s, func(step *ir.Step) bool { return encodings[step.Op] != nil && step.Op != to }) {
			ideas = append(ideas, quirk("result", "result-"+string(to), "the signature was written as "+string(to), func(q *quirks) { q.encode = to }))
		}
	}
	given := func(code, text string, change func(string) string) {
		ideas = append(ideas, idea{group: "given", code: code, text: text, apply: func(a *attempt) {
			for i, g := range a.given {
				a.given[i] = change(g)
			}
		}})
	}
	given("plus-lost", "the signature was put into the query without percent-encoding, so that its + arrived as spaces",
		func(g string) string { return strings.ReplaceAll(g, " ", "+") })
	given("encoded-twice", "the signature was percent-encoded twice", func(g string) string {
		decoded, _ := percentDecode(g, false)
		return decoded
	})
	given("signature-trimmed", "the signature was sent with white space around it", strings.TrimSpace)
	return append(ideas, digestIdeas(s)...)
}

// digestIdeas are other digests in place of those of the program.
func digestIdeas(s *ir.Scheme) []idea {
	var ideas []idea
	for _, name := range hashNames {
		used := func(step *ir.Step) bool { return step.Hash == name || string(step.Op) == name }
		if !has(s, used) {
			continue
		}
		for _, other := range hashNames {
			if other != name {
				ideas = append(ideas, quirk("digest", "digest-"+other, "it was signed with "+other+" in place of "+name,
					func(q *quirks) { q.hash = map[string]string{name: other} }))
			}
		}
	}
	if has(s, op(ir.OpHMAC)) {
		ideas = append(ideas, quirk("digest", "hmac-swapped", "key and text of the HMAC were exchanged", func(q *quirks) { q.swapHMAC = true }))
	}
	return ideas
}
