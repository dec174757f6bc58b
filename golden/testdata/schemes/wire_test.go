// Package schemes drives the packages that come out of the cases scheme-*.txtar, all in one build: the answers of golden/wire/known have
// to come out of the clients, the servers have to take them, and to refuse every request that differs from them in one byte. It is
// compiled in a folder of its own, see TestSchemes in the folder golden.
package schemes

// A request as text, and what is done with it: recorded, served, changed.

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// known is one file of known answers.
type known struct{ head map[string][]string }

func readKnown(t *testing.T, name string) *known {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(os.Getenv("KNOWN_ANSWERS"), "sign-"+name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(strings.ReplaceAll(string(raw), "\r\n", "\n"), "\n\n")
	k := &known{head: map[string][]string{}}
	for _, line := range strings.Split(head, "\n") {
		if name, value, ok := strings.Cut(line, ":"); ok && !strings.HasPrefix(line, "#") {
			k.head[name] = append(k.head[name], strings.TrimPrefix(value, " "))
		}
	}
	return k
}

func (k *known) get(name string) string {
	if len(k.head[name]) == 0 {
		return ""
	}
	return k.head[name][0]
}

func (k *known) credential(name string) string {
	for _, c := range k.head["credential"] {
		if value, ok := strings.CutPrefix(c, name+"="); ok {
			return value
		}
	}
	return ""
}

// clock stands still at the file's time.
func (k *known) clock() time.Time {
	seconds, _ := strconv.ParseInt(k.get("time"), 10, 64)
	return time.Unix(seconds, 0)
}

// random gives the bytes from which the file's nonce comes out.
func (k *known) random() io.Reader {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	var raw []byte
	for _, c := range k.get("nonce") {
		raw = append(raw, byte(strings.IndexRune(alphabet, c)))
	}
	return io.MultiReader(bytes.NewReader(raw), neverEnds{})
}

type neverEnds struct{}

func (neverEnds) Read(p []byte) (int, error) { return len(p), nil }

// wire is a request as it travels.
type wire struct {
	method, url, body string
	header            http.Header
}

// asKnown is the request of the file.
func (k *known) asKnown() *wire {
	w := &wire{method: k.get("method"), url: k.get("url"), body: k.get("body"), header: http.Header{}}
	for _, h := range k.head["header"] {
		name, value, _ := strings.Cut(h, ": ")
		w.header.Set(name, value)
	}
	return w
}

// recorder keeps what a client sends and has it answered in this process.
type recorder struct {
	handler http.Handler
	sent    *wire
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	w := &wire{method: req.Method, url: req.URL.String(), header: req.Header.Clone()}
	if req.Body != nil {
		body, _ := io.ReadAll(req.Body)
		w.body = string(body)
	}
	r.sent = w
	return w.serve(r.handler), nil
}

func (r *recorder) client() *http.Client { return &http.Client{Transport: r} }

// serve has a handler answer the request.
func (w *wire) serve(h http.Handler) *http.Response {
	req, err := http.NewRequestWithContext(context.Background(), w.method, w.url, strings.NewReader(w.body))
	if err != nil {
		return &http.Response{StatusCode: 400, Body: http.NoBody}
	}
	req = httptest.NewRequest(w.method, req.URL.String(), strings.NewReader(w.body))
	req.RequestURI = req.URL.RequestURI()
	req.Header = w.header.Clone()
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, req)
	return answer.Result()
}

// with returns a copy that differs in one thing.
func (w *wire) with(change func(*wire)) *wire {
	c := &wire{w.method, w.url, w.body, w.header.Clone()}
	change(c)
	return c
}

// flips returns all requests that differ in one byte of one of the parts: "path", "query", "body", "query.<name>", "header.<name>".
func (w *wire) flips(part string) []*wire {
	var all []*wire
	flip := func(text string, from, to int, put func(*wire, string)) {
		for i := from; i < to; i++ {
			changed := text[:i] + string(text[i]^1) + text[i+1:]
			all = append(all, w.with(func(c *wire) { put(c, changed) }))
		}
	}
	putURL := func(c *wire, text string) { c.url = text }
	origin := strings.Index(w.url, "://") + 3
	path := origin + strings.IndexByte(w.url[origin:], '/')
	query := strings.IndexByte(w.url, '?') + 1
	name, isHeader := strings.CutPrefix(part, "header.")
	parameter, isParameter := strings.CutPrefix(part, "query.")
	switch {
	case part == "path":
		end := len(w.url)
		if query > 0 {
			end = query - 1
		}
		flip(w.url, path+1, end, putURL)
	case part == "query":
		flip(w.url, query, len(w.url), putURL)
	case isParameter:
		from := strings.Index(w.url, parameter+"=")
		to := from + strings.IndexByte(w.url[from:]+"&", '&')
		flip(w.url, from, to, putURL)
	case part == "body":
		flip(w.body, 0, len(w.body), func(c *wire, text string) { c.body = text })
	case isHeader:
		text := w.header.Get(name)
		flip(text, 0, len(text), func(c *wire, text string) { c.header.Set(name, text) })
	}
	return all
}
