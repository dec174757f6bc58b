package e2e

import (
	"bufio"
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk"
)

// The documents' own requests, three ways: sent by the generated client to the generated server, sent as literal bytes to the generated
// server, and compared with the bytes that the generated client sends. Client and server could share a mistake; the documents do not.

// settingOf is the setting in which a printed request was made, as far as the page shows it.
func settingOf(t *testing.T, k *known, o operation, server string) setting {
	t.Helper()
	s := setting{server: server, app: o.app, query: k.query(t), appKey: k.value(t, "encode") == "1"}
	switch k.get("document") {
	case "tim":
		return setting{server: server, app: o.app, now: time.Unix(1600000000, 0)}
	case "v5":
		s.now = time.Unix(k.seconds(t, "ts"), 0)
		if !k.excepts("query.gameid") {
			s.app = k.value(t, "gameid")
		}
	default:
		s.now = time.Unix(k.seconds(t, "timestamp"), 0)
		if !k.excepts("query.appid") {
			s.app = k.value(t, "appid")
		}
	}
	return s
}

func TestDocumentedExchange(t *testing.T) {
	for _, k := range readKnown(t, false) {
		t.Run(k.file, func(t *testing.T) {
			o, e := operationNamed(t, k.call()), exchangeOf(t, k)
			exchanged(t, o, settingOf(t, k, o, ""), e)
		})
	}
}

// The examples of the documents hold the pages' own values: a value that was changed while it was copied would be checked against itself
// everywhere else. Requests are compared by every test of this file that asks for their exchange.
func TestExamplesHoldTheValuesOfThePages(t *testing.T) {
	compared := 0
	for _, k := range readKnown(t, false) {
		e := exchangeOf(t, k)
		if k.get("answer") != "" {
			require.Equal(t, tree(t, []byte(k.get("answer"))), tree(t, e.json(t, e.response)), k.file)
			compared++
		}
	}
	require.Equal(t, 61, compared)
}

// Every example of both documents, those that no page shows as well: each call and each variant has one.
func TestEveryExampleIsExchanged(t *testing.T) {
	for _, o := range operations() {
		for _, e := range exchangesOf(o.name) {
			t.Run(o.name+"/"+e.name, func(t *testing.T) {
				if e.response == nil {
					t.Skip("the page has no answer to this request")
				}
				exchanged(t, o, setting{app: o.app, now: time.Unix(1600000000, 0)}, e)
			})
		}
	}
}

// exchanged sends a request from the generated client to the generated server. One that breaks rules of its own page is not sent.
func exchanged(t *testing.T, o operation, s setting, e documentedExchange) {
	t.Helper()
	request, response := e.json(t, e.request), e.json(t, e.response)
	server := httptest.NewServer(o.handler(t, s.now, response, nil))
	defer server.Close()
	s.server = server.URL
	got, err := o.send(t.Context(), s, request)
	if e.violations != nil {
		var invalid *msdk.ValidationError
		require.ErrorAs(t, err, &invalid)
		var violations []string
		for _, v := range invalid.Violations {
			violations = append(violations, v.Path+": "+v.Rule)
		}
		require.ElementsMatch(t, e.violations, violations)
		return
	}
	require.NoError(t, err)
	require.Empty(t, missing("", tree(t, response), tree(t, got)), "the client lost part of %s\nand got %s", response, got)
}

// A request that no code of ours has touched: the page's own bytes, signed by hand. The handler gets the player, wherever the page puts it.
func TestDocumentedRequestAsLiteralBytes(t *testing.T) {
	for _, k := range readKnown(t, false) {
		t.Run(k.file, func(t *testing.T) {
			o, e := operationNamed(t, k.call()), exchangeOf(t, k)
			response := e.json(t, e.response)
			s := settingOf(t, k, o, "")
			var seen any
			server := httptest.NewServer(o.handler(t, s.now, response, func(request any) { seen = request }))
			defer server.Close()
			answer := literally(t, k, server.URL+k.get("path")+"?"+signedByHand(t, k, s))

			if refused := rulesOf(e.violations); len(refused) > 0 {
				require.Nil(t, seen)
				for _, v := range refused {
					require.Contains(t, string(answer), v)
				}
				return
			}
			require.NotNil(t, seen, "%s", answer)
			require.Empty(t, missing("", tree(t, response), tree(t, answer)), "the answer is %s", answer)
			if player := k.value(t, "openid"); player != "" && !k.excepts("query.openid") {
				require.Contains(t, fmt.Sprintf("%+v", seen), player)
			}
		})
	}
}

// rulesOf leaves out what only a client checks.
func rulesOf(violations []string) []string {
	return slices.DeleteFunc(slices.Clone(violations), func(v string) bool { return strings.HasSuffix(v, ": expected") })
}

// literally sends a file's bytes and returns the answer.
func literally(t *testing.T, k *known, target string) []byte {
	t.Helper()
	req, err := http.NewRequest(k.get("method"), target, bytes.NewReader(k.text))
	require.NoError(t, err)
	for _, line := range k.head["header"] {
		if name, value, _ := strings.Cut(line, ": "); name == "Content-Type" {
			req.Header.Set(name, value)
		}
	}
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, resp.StatusCode)
	return body
}

// signedByHand is the page's query as it is printed, with the parts replaced that cannot be reproduced: placeholders, and the signature. A
// page that shows no query gets the least that v5 needs.
func signedByHand(t *testing.T, k *known, s setting) string {
	t.Helper()
	lines := k.head["query"]
	if lines == nil {
		channel := map[string]string{"": "2", "QQ": "2", "WeChat": "1"}[k.get("variant")]
		lines = []string{"channelid=" + channel, "gameid=" + s.app, "os=4", "source=1", fmt.Sprintf("ts=%d", s.now.Unix()), "sig="}
	}
	sig := signatureByHand(t, k, s, lines)
	var parts []string
	for _, line := range lines {
		name, value, _ := strings.Cut(line, "=")
		switch {
		case name == "timestamp":
			value = fmt.Sprint(s.now.Unix())
		case name == "appid" && k.excepts("query.appid"):
			value = s.app
		case name == "sig", name == "usersig":
			value = url.QueryEscape(sig)
		}
		parts = append(parts, name+"="+value)
	}
	return strings.Join(parts, "&")
}

// signatureByHand makes a signature by the recipe of the scheme, for a query as it is printed.
func signatureByHand(t *testing.T, k *known, s setting, lines []string) string {
	t.Helper()
	switch k.get("document") {
	case "v3":
		key := msdkKey
		if s.appKey {
			key = appKey
		}
		return md5Hex(key + fmt.Sprint(s.now.Unix()))
	case "tim":
		return userSigByHand(t, s.now)
	}
	var sorted []string
	key := serverKey
	for _, line := range lines {
		decoded, err := url.PathUnescape(line)
		require.NoError(t, err)
		if !strings.HasPrefix(line, "sig=") {
			sorted = append(sorted, decoded)
		}
		if line == "source=0" {
			key = clientKey
		}
	}
	sort.Strings(sorted)
	return md5Hex(k.get("path") + "?" + strings.Join(sorted, "&") + string(k.text) + key)
}

func md5Hex(text string) string {
	sum := md5.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}

// userSigByHand makes a UserSig from the recipe alone.
func userSigByHand(t *testing.T, now time.Time) string {
	t.Helper()
	const expire = 86400
	mac := hmac.New(sha256.New, []byte(imKey))
	fmt.Fprintf(mac, "TLS.identifier:%s\nTLS.sdkappid:%s\nTLS.time:%d\nTLS.expire:%d\n", imAdmin, defaultIM, now.Unix(), expire)
	text, err := json.Marshal(map[string]any{
		"TLS.ver": "2.0", "TLS.identifier": imAdmin, "TLS.sdkappid": json.Number(defaultIM),
		"TLS.expire": expire, "TLS.time": now.Unix(), "TLS.sig": base64.StdEncoding.EncodeToString(mac.Sum(nil)),
	})
	require.NoError(t, err)
	return strings.NewReplacer("+", "*", "/", "-", "=", "_").Replace(base64.StdEncoding.EncodeToString(deflate(t, text)))
}

// The bytes that the client sends are the page's, but for what the file excepts with its reason.
func TestClientSendsTheDocumentedRequest(t *testing.T) {
	for _, k := range readKnown(t, false) {
		t.Run(k.file, func(t *testing.T) {
			o := operationNamed(t, k.call())
			s := settingOf(t, k, o, "")
			raw := capture(t, o, s, sendable(t, k, o))
			req, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(raw)))
			require.NoError(t, err)
			body, err := io.ReadAll(req.Body)
			require.NoError(t, err)

			if !k.excepts("method") {
				require.Equal(t, k.get("method"), req.Method)
			}
			wantPath := k.get("path")
			if k.excepts("path") {
				wantPath = strings.TrimSuffix(wantPath, "/")
			}
			require.Equal(t, wantPath, req.URL.Path)
			compareQuery(t, k, req.URL.RawQuery)
			if req.Method == http.MethodGet {
				require.Empty(t, body)
				require.NotContains(t, req.Header, "Content-Type")
				return
			}
			require.Equal(t, "application/json", req.Header.Get("Content-Type"))
			require.Equal(t, int64(len(body)), req.ContentLength)
			compareBody(t, k, body)
		})
	}
}

func compareQuery(t *testing.T, k *known, raw string) {
	t.Helper()
	var got []pair
	for _, part := range strings.Split(raw, "&") {
		name, value, _ := strings.Cut(part, "=")
		decoded, err := url.PathUnescape(value)
		require.NoError(t, err)
		got = append(got, pair{name, decoded})
	}
	want := map[string]string{}
	var wantOrder, gotOrder []string
	for _, p := range k.query(t) {
		want[p.name] = p.value
		wantOrder = append(wantOrder, p.name)
	}
	for _, p := range got {
		printed, found := want[p.name]
		if !found {
			require.True(t, k.excepts("query."+p.name), "the client sends %s, the page does not", p.name)
			continue
		}
		gotOrder = append(gotOrder, p.name)
		switch {
		case k.excepts("query." + p.name), p.name == "random":
			require.NotEmpty(t, p.value, p.name)
		default:
			require.Equal(t, printed, p.value, p.name)
		}
	}
	require.ElementsMatch(t, wantOrder, gotOrder)
	if !k.excepts("query.order") {
		require.Equal(t, wantOrder, gotOrder)
	}
}

func compareBody(t *testing.T, k *known, body []byte) {
	t.Helper()
	if k.excepts("body") {
		require.NotEmpty(t, body)
		return
	}
	excepted := k.bodyExceptions()
	require.Equal(t, without(tree(t, k.text), excepted), without(tree(t, body), excepted))
	switch {
	case k.excepts("body.order"):
	case len(excepted) > 0:
		require.Equal(t, orderWithout(t, k.text, excepted), orderWithout(t, body, excepted))
	default:
		var compact bytes.Buffer
		require.NoError(t, json.Compact(&compact, k.text))
		require.Equal(t, compact.String(), string(body))
	}
}

// sendable is the text of a file; where that breaks rules of its own page, it is completed with what another example has.
func sendable(t *testing.T, k *known, o operation) []byte {
	t.Helper()
	if exchangeOf(t, k).violations == nil {
		return k.text
	}
	return filled(t, k.text, requestOf(t, o))
}

// capture runs one call against a socket that answers nothing useful, and returns the bytes that arrived.
func capture(t *testing.T, o operation, s setting, body []byte) []byte {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	received := make(chan []byte, 1)
	go func() { received <- readOneRequest(listener) }()
	s.server = "http://" + listener.Addr().String()
	_, err = o.send(context.Background(), s, body)
	require.NoError(t, err)
	return <-received
}

// readOneRequest reads a request, keeps its bytes, and answers with a success of every shape at once.
func readOneRequest(listener net.Listener) []byte {
	conn, err := listener.Accept()
	if err != nil {
		return nil
	}
	defer conn.Close()
	var raw bytes.Buffer
	req, err := http.ReadRequest(bufio.NewReader(io.TeeReader(conn, &raw)))
	if err != nil {
		return nil
	}
	_, _ = io.Copy(io.Discard, req.Body)
	const answer = `{"ret":0,"msg":"","ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`
	fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", len(answer), answer)
	return raw.Bytes()
}
