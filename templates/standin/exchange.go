package standin

// One request on its way through the stand-in: what its caller wishes for, what goes wrong with it, and what became of it. It is the
// http.ResponseWriter that the generated handler writes to; what it does then stands in fault.go.

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	api "github.com/msdkgen/msdkgen/templates/support"
)

// Headers that a caller can send, and one that it can get. Signatures do not cover them.
const (
	headerResult      = "X-Stand-In-Result"
	headerExample     = "X-Stand-In-Example"
	headerFault       = "X-Stand-In-Fault"
	headerSigned      = "X-Stand-In-Signed"
	headerExplanation = "X-Stand-In-Explanation"
)

// Query parameters with the same meaning. They are cut out before anything else looks at the query.
const (
	parameterPrefix  = "stand-in-"
	parameterResult  = parameterPrefix + "result"
	parameterExample = parameterPrefix + "example"
	parameterFault   = parameterPrefix + "fault"
)

// exchange is one request and its answer.
type exchange struct {
	http.ResponseWriter
	core      *Core
	request   *http.Request
	wish      wish
	fault     Fault
	release   func() // of the room for the body
	status    int
	finished  bool
	explained string // why the signature was refused
	problem   string // of the caller's wish: it is answered with that and nothing else
	report    *api.SignatureReport
}

// wish is what a caller asks the stand-in for.
type wish struct {
	result  *api.Code
	message string
	example string
}

type exchangeKey struct{}

// exchangeOf returns the exchange of a handler's context.
func exchangeOf(ctx context.Context) *exchange {
	if x, ok := ctx.Value(exchangeKey{}).(*exchange); ok {
		return x
	}
	return &exchange{} // somebody called the service by hand
}

// ServeHTTP answers one request.
func (c *Core) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := &exchange{ResponseWriter: w, core: c, fault: c.chance.draw()}
	if c.settings.wishes {
		if problem := x.listen(&r); problem != "" {
			http.Error(w, "stand-in: "+problem, http.StatusBadRequest)
			return
		}
	}
	if !x.holdBody(r) {
		panic(http.ErrAbortHandler)
	}
	defer x.release()
	x.request = r.WithContext(context.WithValue(r.Context(), exchangeKey{}, x))
	c.handler.ServeHTTP(x, x.request)
}

// Bodies of many callers at once would need memory without bound; large ones therefore wait for each other.
const largeBody, maxLargeBodies = 32 << 10, 8

// holdBody waits until there is room for the body; false is for a caller that has left.
func (x *exchange) holdBody(r *http.Request) bool {
	x.release = func() {}
	if r.ContentLength >= 0 && r.ContentLength <= largeBody {
		return true
	}
	large := x.core.large
	select {
	case large <- struct{}{}:
		x.release = sync.OnceFunc(func() { <-large })
		return true
	case <-r.Context().Done():
	case <-x.core.closing:
	}
	return false
}

// listen takes the caller's wishes out of the request.
func (x *exchange) listen(r **http.Request) (problem string) {
	h := (*r).Header
	result, example, fault := h.Get(headerResult), h.Get(headerExample), h.Get(headerFault)
	if strings.Contains((*r).URL.RawQuery, parameterPrefix) {
		var rest string
		rest, result, example, fault = cutWishes((*r).URL.RawQuery, result, example, fault)
		copied, u := *(*r), *(*r).URL
		u.RawQuery = rest
		copied.URL = &u
		*r = &copied
	}
	if result != "" {
		number, message, _ := strings.Cut(result, ",")
		code, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
		if err != nil {
			return "the result " + strconv.Quote(result) + " is not a number, or a number and a message with a comma between them"
		}
		wanted := api.Code(code)
		x.wish.result, x.wish.message = &wanted, strings.TrimSpace(message)
	}
	if fault != "" {
		if !slices.Contains(Faults(), Fault(fault)) {
			return "there is no fault " + strconv.Quote(fault) + "; there are: " + faultNames()
		}
		x.fault = Fault(fault)
	}
	x.wish.example = example
	return ""
}

func faultNames() string {
	var names []string
	for _, f := range Faults() {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

// cutWishes returns a query without the wishes in it, the rest of it byte by byte as it was.
func cutWishes(query, result, example, fault string) (rest, newResult, newExample, newFault string) {
	var kept []string
	for _, part := range strings.Split(query, "&") {
		name, value, _ := strings.Cut(part, "=")
		text, err := url.QueryUnescape(value)
		switch {
		case err != nil:
			kept = append(kept, part)
		case name == parameterResult:
			result = text
		case name == parameterExample:
			example = text
		case name == parameterFault:
			fault = text
		default:
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&"), result, example, fault
}

// signedByCaller returns the string to sign that the caller says it signed: base64, percent-encoded, or as it is.
func signedByCaller(h http.Header) string {
	text := h.Get(headerSigned)
	if encoded, ok := strings.CutPrefix(text, "base64:"); ok {
		if decoded, err := base64.StdEncoding.DecodeString(encoded); err == nil {
			return string(decoded)
		}
	}
	if strings.Contains(text, "%") {
		if decoded, err := url.PathUnescape(text); err == nil {
			return decoded
		}
	}
	return text
}

// headerText makes a text one line of ASCII.
func headerText(text string) string {
	const longest = 4 << 10
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	quoted := strconv.QuoteToASCII(strings.Join(lines, "; "))
	text = strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(quoted[1 : len(quoted)-1])
	return text[:min(len(text), longest)]
}
