package signing

// Curl commands, as a shell reads them. The flags are those that people write and that browsers copy; one that would change the request in a
// way that is not known here is an error, not a guess.

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// IsCurl reports whether a text is a curl command rather than HTTP.
func IsCurl(text []byte) bool {
	first := strings.TrimLeft(string(text[:min(len(text), 4096)]), " \t\r\n$")
	word, _, _ := strings.Cut(first, " ")
	return word == "curl" || strings.HasPrefix(word, "curl\\") || word == "printf" || word == "curl.exe"
}

// ParseCurl reads a curl command. open reads a file that it names with @.
func ParseCurl(text string, open func(name string) ([]byte, error)) (*Received, error) {
	if len(text) > MaxBody {
		return nil, fmt.Errorf("the command is longer than %d MiB", MaxBody>>20)
	}
	words, err := shellWords(strings.TrimLeft(text, " \t\r\n$"))
	if err != nil {
		return nil, err
	}
	c := &curlCommand{open: open}
	if len(words) > 3 && words[0] == "printf" && words[2] == "|" { // a body that is no text, see Received.Curl
		c.stdin, c.hasStdin = printfText(words[1]), true
		words = words[3:]
	}
	if len(words) == 0 || words[0] != "curl" && words[0] != "curl.exe" {
		return nil, errors.New("this is no curl command")
	}
	if err := c.flags(words[1:]); err != nil {
		return nil, err
	}
	return c.request()
}

// curlCommand is what the flags say.
type curlCommand struct {
	open     func(string) ([]byte, error)
	stdin    []byte
	hasStdin bool
	method   string
	address  string
	headers  []Pair
	data     [][]byte
	get      bool
	json     bool
	head     bool
}

// curlIgnored are flags without a value that do not change the request.
var curlIgnored = strings.Fields("-s --silent -S --show-error -k --insecure -L --location -i --include -v --verbose --compressed -f --fail -g --globoff " +
	"-N --no-buffer -# --progress-bar -O --remote-name --http1.1 --http1.0 -0 --http2 -4 -6 --path-as-is --fail-with-body")

// curlTakes are flags with a value that do not change the request.
var curlTakes = strings.Fields("-o --output -m --max-time --connect-timeout -x --proxy --cacert --cert -E --key --retry -w --write-out --resolve " +
	"--connect-to -D --dump-header -c --cookie-jar --retry-delay --interface")

// curlValues are flags with a value that matter.
var curlValues = map[string]func(*curlCommand, string) error{
	"--request":        func(c *curlCommand, v string) error { c.method = v; return nil },
	"--header":         (*curlCommand).header,
	"--url":            (*curlCommand).url,
	"--data":           func(c *curlCommand, v string) error { return c.addData(v, true) },
	"--data-ascii":     func(c *curlCommand, v string) error { return c.addData(v, true) },
	"--data-binary":    func(c *curlCommand, v string) error { return c.addData(v, false) },
	"--data-raw":       func(c *curlCommand, v string) error { c.data = append(c.data, []byte(v)); return nil },
	"--data-urlencode": (*curlCommand).encoded,
	"--json": func(c *curlCommand, v string) error {
		c.json = true
		return c.addJSON(v)
	},
	"--user-agent": func(c *curlCommand, v string) error { return c.header("User-Agent: " + v) },
	"--referer":    func(c *curlCommand, v string) error { return c.header("Referer: " + v) },
	"--cookie":     func(c *curlCommand, v string) error { return c.header("Cookie: " + v) },
	"--user":       func(*curlCommand, string) error { return nil }, // an Authorization header of another kind
}

var curlShort = map[byte]string{
	'X': "--request", 'H': "--header", 'd': "--data", 'A': "--user-agent", 'e': "--referer", 'b': "--cookie", 'u': "--user",
}

func (c *curlCommand) flags(words []string) error {
	for len(words) > 0 {
		word := words[0]
		words = words[1:]
		switch {
		case word == "|" || word == ";" || word == ">" || word == "&":
			return fmt.Errorf("%q: give the curl command alone", word)
		case !strings.HasPrefix(word, "-") || word == "-":
			if err := c.url(word); err != nil {
				return err
			}
			continue
		}
		used, err := c.flag(word, words)
		if err != nil {
			return err
		}
		words = words[used:]
	}
	return nil
}

// flag reads one word of flags and says how many of the following words belong to it.
func (c *curlCommand) flag(word string, rest []string) (used int, err error) {
	switch {
	case word == "-G" || word == "--get":
		c.get = true
		return 0, nil
	case word == "-I" || word == "--head":
		c.head = true
		return 0, nil
	case contains(curlIgnored, word):
		return 0, nil
	}
	name, value, hasValue := word, "", false
	if !strings.HasPrefix(word, "--") {
		if long := curlShort[word[1]]; long != "" {
			name, value, hasValue = long, word[2:], len(word) > 2
		} else if contains(curlTakes, word[:2]) {
			name, hasValue = word[:2], len(word) > 2
		} else if len(word) > 2 && (contains(curlIgnored, word[:2]) || word[1] == 'G' || word[1] == 'I') { // -sSX POST
			if _, err := c.flag(word[:2], nil); err != nil {
				return 0, err
			}
			return c.flag("-"+word[2:], rest)
		}
	}
	set := curlValues[name]
	if set == nil && !contains(curlTakes, name) {
		return 0, fmt.Errorf("the flag %s of curl is not known here", word)
	}
	if !hasValue {
		if len(rest) == 0 {
			return 0, fmt.Errorf("the flag %s of curl has no value", word)
		}
		value, used = rest[0], 1
	}
	if set == nil {
		return used, nil
	}
	return used, set(c, value)
}

func contains(list []string, word string) bool {
	for _, w := range list {
		if w == word {
			return true
		}
	}
	return false
}

func (c *curlCommand) url(address string) error {
	if c.address != "" {
		return errors.New("the command has two addresses")
	}
	c.address = address
	return nil
}

func (c *curlCommand) header(line string) error {
	name, value, ok := strings.Cut(line, ":")
	if !ok {
		if name, ok = strings.CutSuffix(line, ";"); !ok {
			return fmt.Errorf("a header has no colon")
		}
	}
	if value = strings.Trim(value, " \t"); value != "" || strings.HasSuffix(line, ";") { // "Name:" takes a header away
		c.headers = append(c.headers, Pair{strings.TrimSpace(name), value})
	}
	return nil
}

// addData adds a part of the body; lines says that line ends of a file are left out, as curl does.
func (c *curlCommand) addData(value string, lines bool) error {
	content := []byte(value)
	if name, ok := strings.CutPrefix(value, "@"); ok {
		var err error
		if content, err = c.file(name); err != nil {
			return err
		}
		if lines {
			content = []byte(strings.NewReplacer("\r", "", "\n", "", "\x00", "").Replace(string(content)))
		}
	}
	c.data = append(c.data, content)
	return nil
}

// addJSON is addData for --json, whose parts follow each other without a sign between them.
func (c *curlCommand) addJSON(value string) error {
	if err := c.addData(value, false); err != nil {
		return err
	}
	if n := len(c.data); n > 1 {
		c.data = append(c.data[:n-2], append(bytes.Clone(c.data[n-2]), c.data[n-1]...))
	}
	return nil
}

func (c *curlCommand) file(name string) ([]byte, error) {
	if name == "-" && c.hasStdin {
		return c.stdin, nil
	}
	if name == "-" || c.open == nil {
		return nil, errors.New("the body of the command comes from a pipe; give it as HTTP text, or with @FILE")
	}
	return c.open(name)
}

// encoded is --data-urlencode: content, =content, name=content, @file or name@file.
func (c *curlCommand) encoded(value string) error {
	at := strings.IndexAny(value, "=@")
	switch {
	case at < 0:
		c.data = append(c.data, []byte(escapeForm(value)))
		return nil
	case value[at] == '@':
		content, err := c.file(value[at+1:])
		if err != nil {
			return err
		}
		value = value[:at] + "=" + string(content)
	}
	name, text := value[:at], escapeForm(value[at+1:])
	if name != "" {
		text = name + "=" + text
	}
	c.data = append(c.data, []byte(text))
	return nil
}

// request is what curl would send.
func (c *curlCommand) request() (*Received, error) {
	if c.address == "" {
		return nil, errors.New("the command has no address")
	}
	if !strings.Contains(c.address, "://") {
		c.address = "http://" + c.address
	}
	r := &Received{Method: c.method, Headers: c.headers}
	if err := r.setTarget(c.address); err != nil {
		return nil, err
	}
	body := bytes.Join(c.data, []byte("&"))
	method := "GET"
	switch {
	case c.head:
		method = "HEAD"
	case c.get && len(body) > 0:
		if r.RawQuery != "" {
			r.RawQuery += "&"
		}
		r.RawQuery += string(body)
	case c.data != nil && !c.get:
		method, r.Body = "POST", body
		c.contentType(r)
	}
	if r.Method == "" {
		r.Method = method
	}
	if host := r.Header("host"); host != "" {
		r.Host = host
	}
	return r, r.checkBody()
}

// contentType adds the header that curl adds to a body.
func (c *curlCommand) contentType(r *Received) {
	media := "application/x-www-form-urlencoded"
	if c.json {
		media = "application/json"
	}
	if _, has := findHeader(r.Headers, "content-type"); !has {
		r.Headers = append(r.Headers, Pair{"Content-Type", media})
	}
}
