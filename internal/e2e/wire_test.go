package e2e

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite golden/wire; a run that rewrote something fails")

const wireFolder = "../../golden/wire"

// Every request as it leaves the client, byte for byte, with clock and randomness fixed, and the string that was signed. Keys stand
// in the string by their names: a golden file holds no key, not even an invented one.
func TestWire(t *testing.T) {
	written := map[string]bool{}
	for _, k := range readKnown(t, false) {
		t.Run(k.file, func(t *testing.T) {
			o := operationNamed(t, k.call())
			s := settingOf(t, k, o, "")
			host := map[string]string{"v3": "msdktest.tencent-cloud.net", "v5": "dev.itop.qq.com", "tim": "console.tim.qq.com"}[k.get("document")]
			raw := captureAs(t, o, s, host, sendable(t, k, o))
			text := fmt.Sprintf("string to sign:\n%s\n\nrequest:\n%s\n", stringToSign(t, k, raw), visible(withoutUserSig(t, raw)))
			name := filepath.Join(wireFolder, k.file)
			written[k.file] = true
			golden(t, name, text)
		})
	}
	files, err := filepath.Glob(filepath.Join(wireFolder, "*.txt"))
	require.NoError(t, err)
	for _, f := range files {
		require.True(t, written[filepath.Base(f)], "%s belongs to no request", f)
	}
}

// golden compares text with a file, or rewrites the file.
func golden(t *testing.T, name, text string) {
	t.Helper()
	want, err := os.ReadFile(name)
	if *update && (err != nil || string(want) != text) {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
		t.Fatalf("%s was rewritten", name)
	}
	require.NoError(t, err)
	require.Equal(t, strings.ReplaceAll(string(want), "\r\n", "\n"), text)
}

// captureAs is capture with the host that the request is meant for.
func captureAs(t *testing.T, o operation, s setting, host string, body []byte) []byte {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	received := make(chan []byte, 1)
	go func() { received <- readOneRequest(listener) }()
	s.server = "http://" + host
	s.client = &http.Client{Transport: &http.Transport{
		DisableCompression: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "tcp", listener.Addr().String())
		},
	}}
	_, err = o.send(t.Context(), s, body)
	require.NoError(t, err)
	return <-received
}

// visible shows bytes as lines: each line end of the head as \r\n, the last line without one.
func visible(raw []byte) string {
	return strings.ReplaceAll(string(raw), "\r\n", "\\r\\n\n")
}

// withoutUserSig replaces a UserSig by its name: its bytes depend on the release of the compression library, not on ours alone.
func withoutUserSig(t *testing.T, raw []byte) []byte {
	t.Helper()
	before, rest, found := bytes.Cut(raw, []byte("usersig="))
	if !found {
		return raw
	}
	_, after, found := bytes.Cut(rest, []byte("&"))
	require.True(t, found)
	return bytes.Join([][]byte{before, []byte("usersig={usersig}&"), after}, nil)
}

// stringToSign makes the string from the captured request, by the recipe and not by the generated code, and checks that its digest
// is the signature that was sent.
func stringToSign(t *testing.T, k *known, raw []byte) string {
	t.Helper()
	req, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(raw)))
	require.NoError(t, err)
	body, err := io.ReadAll(req.Body)
	require.NoError(t, err)
	query := req.URL.Query()
	text, key, name := "", "", ""
	switch k.get("document") {
	case "v3":
		key, name = msdkKey, "{msdkkey}"
		if query.Get("encode") == "1" {
			key, name = appKey, "{appkey}"
		}
		text = key + query.Get("timestamp")
	case "v5":
		key, name = serverKey, "{serverkey}"
		if query.Get("source") == "0" {
			key, name = clientKey, "{clientkey}"
		}
		text = req.URL.Path + "?" + sortedQuery(query) + string(body) + key
	default:
		return "UserSig of " + query.Get("identifier") + " (a credential, not a signature of this request)"
	}
	require.Equal(t, md5Hex(text), query.Get("sig"))
	return strings.Replace(text, key, name, 1)
}

func sortedQuery(query url.Values) string {
	var parts []string
	for name, values := range query {
		if name != "sig" {
			parts = append(parts, name+"="+values[0])
		}
	}
	sort.Strings(parts)
	return strings.Join(parts, "&")
}
