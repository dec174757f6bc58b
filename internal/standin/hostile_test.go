package standin_test

// 10,000 requests that are broken in one way or another: each is answered, none harms the stand-in.

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// broken is a good request with something wrong in it, as it goes over the wire.
func broken(r *rand.Rand, now time.Time) string {
	good := v3Request("/auth/verify_login", loginBody, now)
	if r.IntN(2) == 0 {
		good = v5Request("/v2/group/create_bind_group", groupBody, now, "stand-in-result", "-1")
	}
	method, path, query, body := "POST", good.path, good.query, good.body
	headers := []string{"Content-Type: application/json", "Content-Encrypt: msdktea", "Accept-Encrypt: msdktea", "X-Stand-In-Signed: %zz%41", "X-Stand-In-Result: x"}
	header := headers[r.IntN(len(headers))] + "\r\n"
	for range 1 + r.IntN(3) {
		switch r.IntN(10) {
		case 0:
			body = mutated(r, body)
		case 1:
			query = printableMutation(r, query)
		case 2:
			path = printableMutation(r, path)
		case 3:
			method = []string{"GET", "PUT", "HEAD", "X"}[r.IntN(4)]
		case 4:
			body = strings.Repeat("[", r.IntN(5000)) + body
		case 5:
			query += strings.Repeat("&sig=%", r.IntN(300))
		case 6:
			header += "Content-Encrypt: " + printableMutation(r, "msdktea") + "\r\n"
			body = rawEncrypt(rawEncKey, body)
			body = body[:min(8*r.IntN(4), len(body))]
		case 7:
			query = strings.ReplaceAll(query, "=", "==")
		case 8:
			header += "X-Stand-In-Signed: base64:" + printableMutation(r, "AAAA") + "\r\n"
		case 9:
			path = strings.Repeat("/", r.IntN(9)) + path + strings.Repeat("/", r.IntN(9))
		}
	}
	return fmt.Sprintf("%s %s?%s HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n%s", method, path, query, header, len(body), body)
}

func mutated(r *rand.Rand, text string) string {
	b := []byte(text + "x")
	for range 1 + r.IntN(4) {
		b[r.IntN(len(b))] = byte(r.IntN(256))
	}
	return string(b[:r.IntN(len(b)+1)])
}

// printableMutation keeps a text one word: what is no HTTP never reaches a handler.
func printableMutation(r *rand.Rand, text string) string {
	b := []byte(text)
	for range 1 + r.IntN(4) {
		b[r.IntN(len(b))] = byte('!' + r.IntN(94))
	}
	return string(b)
}

func TestMalformedRequests(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	program := run(t, "--strict", "--explain-to-caller", "--log-level", "error")
	r := rand.New(rand.NewPCG(1, 2))
	now := time.Now()
	var conn net.Conn
	var reader *bufio.Reader
	answers, closed := 0, 0
	for range 10_000 {
		if conn == nil {
			var err error
			conn, err = net.Dial("tcp", strings.TrimPrefix(program.base, "http://"))
			require.NoError(t, err)
			reader = bufio.NewReader(conn)
		}
		request := broken(r, now)
		_, err := io.WriteString(conn, request)
		require.NoError(t, err, request)
		method, _, _ := strings.Cut(request, " ")
		resp, err := http.ReadResponse(reader, &http.Request{Method: method})
		if err == nil {
			_, err = io.Copy(io.Discard, resp.Body)
		}
		if _, noHTTP := http.ReadRequest(bufio.NewReader(strings.NewReader(request))); noHTTP != nil {
			_ = conn.Close() // net/http itself refuses it, and what it says may be lost with the connection
			conn = nil
			continue
		}
		require.NoError(t, err, request)
		answers++
		if resp.Close {
			closed++
			require.NoError(t, conn.Close())
			conn = nil
		}
	}
	if conn != nil {
		require.NoError(t, conn.Close())
	}
	require.Greater(t, answers, 8_000)
	require.Less(t, closed, 1_000)
	require.NotContains(t, program.log.String(), "panic")
	answer, _ := withJSON(v3Request("/auth/verify_login", loginBody, time.Now())).send(t, program.base)
	require.Zero(t, code(t, answer))
	require.Positive(t, program.counts(t)["msdk"]["refused"])
	require.Zero(t, program.stop())
}

func withJSON(r *rawRequest) *rawRequest {
	r.header["Content-Type"] = "application/json"
	return r
}
