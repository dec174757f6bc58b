package signing

// Requests as people have them: HTTP text, read and written, and the curl commands that curl.go reads.

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ParseHTTP reads a request as HTTP text. Lines may end in LF or CRLF. Without a Content-Length the body goes up to the end, but for one line
// end that is taken for that of the file. notes say what is odd about it.
func ParseHTTP(text []byte) (got *Received, notes []string, err error) {
	head, body, hasBody := cutHead(bytes.TrimLeft(text, "\r\n"))
	lines := strings.Split(strings.ReplaceAll(string(head), "\r\n", "\n"), "\n")
	fields := strings.Fields(lines[0])
	if len(fields) < 2 || len(fields) > 3 || len(fields) == 3 && !strings.HasPrefix(fields[2], "HTTP/") {
		return nil, nil, fmt.Errorf("line 1 is no request line, such as \"POST /path?name=value HTTP/1.1\"")
	}
	got = &Received{Method: fields[0]}
	if err := got.setTarget(fields[1]); err != nil {
		return nil, nil, fmt.Errorf("line 1: %w", err)
	}
	if len(lines)-1 > maxPairs {
		return nil, nil, fmt.Errorf("there are more than %d headers", maxPairs)
	}
	for i, line := range lines[1:] {
		name, value, ok := strings.Cut(line, ":")
		if !ok || name == "" || strings.ContainsAny(name, " \t") {
			return nil, nil, fmt.Errorf("line %d is no header, such as \"Content-Type: application/json\"; a blank line ends the headers", i+2)
		}
		got.Headers = append(got.Headers, Pair{name, strings.Trim(value, " \t")})
	}
	if host := got.Header("host"); got.Host == "" {
		got.Host = host
	}
	if hasBody {
		notes, err = got.setBody(body)
	}
	return got, notes, err
}

// cutHead separates the head from the body at the first blank line.
func cutHead(text []byte) (head, body []byte, found bool) {
	crlf, lf := bytes.Index(text, []byte("\r\n\r\n")), bytes.Index(text, []byte("\n\n"))
	switch {
	case crlf >= 0 && (lf < 0 || crlf < lf):
		return text[:crlf], text[crlf+4:], true
	case lf >= 0:
		return bytes.TrimSuffix(text[:lf], []byte("\r")), text[lf+2:], true
	}
	return bytes.TrimRight(text, "\r\n"), nil, false
}

// setTarget takes what stands on a request line, or an address.
func (r *Received) setTarget(target string) error {
	target, _, _ = strings.Cut(target, "#")
	if scheme, rest, ok := strings.Cut(target, "://"); ok && !strings.HasPrefix(target, "/") {
		if r.URLScheme = lowered(scheme); r.URLScheme != "http" && r.URLScheme != "https" {
			return fmt.Errorf("the address has to begin with http:// or https://")
		}
		end := strings.IndexAny(rest, "/?")
		if end < 0 {
			end = len(rest)
		}
		r.Host = rest[:end]
		if _, host, ok := strings.Cut(r.Host, "@"); ok {
			r.Host = host
		}
		target = rest[end:]
	}
	r.Path, r.RawQuery, _ = strings.Cut(target, "?")
	if r.Path == "" {
		r.Path = "/"
	}
	if r.Path[0] != '/' {
		return fmt.Errorf("the path has to begin with a slash")
	}
	return nil
}

// setBody takes what stands behind the head.
func (r *Received) setBody(body []byte) (notes []string, err error) {
	r.Body = body
	if strings.EqualFold(r.Header("transfer-encoding"), "chunked") {
		content, err := io.ReadAll(io.LimitReader(httputil.NewChunkedReader(bufio.NewReader(bytes.NewReader(body))), MaxBody+1))
		if err != nil {
			return nil, fmt.Errorf("the body is not in chunks, as its header says")
		}
		r.Body = content
		return nil, r.checkBody()
	}
	length, err := strconv.Atoi(r.Header("content-length"))
	switch {
	case r.Header("content-length") == "" || err != nil:
		r.Body = bytes.TrimSuffix(bytes.TrimSuffix(body, []byte("\n")), []byte("\r"))
	case length >= 0 && length < len(body):
		r.Body = body[:length]
		if rest := body[length:]; len(bytes.TrimRight(rest, "\r\n")) > 0 {
			notes = append(notes, fmt.Sprintf("Content-Length is %d, but %d bytes follow the head; what is behind is left out", length, len(body)))
		}
	case length > len(body):
		notes = append(notes, fmt.Sprintf("Content-Length is %d, but only %d bytes follow the head: line ends may have been changed", length, len(body)))
	}
	return notes, r.checkBody()
}

func (r *Received) checkBody() error {
	if len(r.Body) > MaxBody {
		return fmt.Errorf("the body is larger than %d MiB", MaxBody>>20)
	}
	return nil
}

// HTTP is the request as HTTP text, with CRLF.
func (r *Received) HTTP() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", r.Method, r.Target(), r.Host)
	for _, h := range r.Headers {
		if !ownHeader(h.Name) {
			fmt.Fprintf(&b, "%s: %s\r\n", h.Name, h.Value)
		}
	}
	if len(r.Body) > 0 || r.Method != "GET" {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(r.Body))
	}
	b.WriteString("\r\n")
	b.Write(r.Body)
	return b.Bytes()
}

// ownHeader reports whether a header follows from the rest of a request.
func ownHeader(name string) bool {
	return strings.EqualFold(name, "host") || strings.EqualFold(name, "content-length") || strings.EqualFold(name, "transfer-encoding")
}

// URL is the whole address.
func (r *Received) URL() string { return r.URLScheme + "://" + r.Host + r.Target() }

// Curl is the request as a command for a POSIX shell. A body that is no text goes through printf.
func (r *Received) Curl() string {
	var b strings.Builder
	text := utf8.Valid(r.Body) && !bytes.ContainsRune(r.Body, 0)
	if !text {
		b.WriteString("printf '")
		for _, c := range r.Body {
			fmt.Fprintf(&b, `\%03o`, c)
		}
		b.WriteString("' | ")
	}
	b.WriteString("curl -sS")
	if !(r.Method == "GET" && len(r.Body) == 0 || r.Method == "POST" && len(r.Body) > 0) {
		b.WriteString(" -X " + quoted(r.Method))
	}
	for _, h := range r.Headers {
		if !ownHeader(h.Name) {
			b.WriteString(" \\\n  -H " + quoted(h.Name+": "+h.Value))
		}
	}
	switch {
	case !text:
		b.WriteString(" \\\n  --data-binary @-")
	case len(r.Body) > 0:
		b.WriteString(" \\\n  --data-raw " + quoted(string(r.Body)))
	}
	b.WriteString(" \\\n  " + quoted(r.URL()) + "\n")
	return b.String()
}

// quoted puts text into single quotes.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// escapeForm is how curl encodes the value of --data-urlencode.
func escapeForm(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }
