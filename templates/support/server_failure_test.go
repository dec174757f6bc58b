package support

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
)

// serverFailure is a change to the genuine request and what has to be answered.
type serverFailure struct {
	change func(*hand)
	ret    string
	text   string // part of the message
}

func serverFailures() map[string]serverFailure {
	query := func(old, now string) func(*hand) {
		return func(r *hand) {
			if !strings.Contains(r.query, old) {
				panic(old)
			}
			r.query = strings.Replace(r.query, old, now, 1)
		}
	}
	body := func(text string) func(*hand) { return func(r *hand) { r.body = text } }
	return map[string]serverFailure{
		"genuine":              {func(*hand) {}, `"ret":0,`, "hello F438 66"},
		"alias":                {func(r *hand) { r.path = "/wxoauth/verify_login" }, `"ret":0,`, "hello"},
		"slash":                {func(r *hand) { r.path += "/" }, `"ret":0,`, "hello"},
		"form":                 {func(r *hand) { r.contentType = "application/x-www-form-urlencoded" }, `"ret":0,`, "hello"},
		"no content type":      {func(r *hand) { r.contentType = "" }, `"ret":0,`, "hello"},
		"charset":              {func(r *hand) { r.contentType = "Application/JSON; charset=utf-8" }, `"ret":0,`, "hello"},
		"plus for space":       {query("F438%2066", "F438+66"), `"ret":0,`, "hello"},
		"unknown parameter":    {query("timestamp", "x=1&x=2&timestamp"), `"ret":0,`, "hello"},
		"empty optional":       {query("timestamp", "conn=&timestamp"), `"ret":0,`, "hello"},
		"expected is empty":    {body(`{"openid":"a","openkey":"b","userip":""}`), `"ret":0,`, "hello"},
		"text for int":         {body(`{"openid":"a","openkey":"b","small":"5"}`), `"ret":0,`, "hello"},
		"other path":           {func(r *hand) { r.path = "/auth/" + wireTicket }, `"ret":-311`, "no such operation"},
		"two slashes":          {func(r *hand) { r.path += "//" }, `"ret":-311`, "no such operation"},
		"other method":         {func(r *hand) { r.method = "GET" }, `"ret":-311`, "no such operation"},
		"too large":            {func(r *hand) { r.body += strings.Repeat(" ", 1<<20) }, `"ret":-1011`, "too large"},
		"10 MB of garbage":     {body(strings.Repeat("garbage ", 10<<17)), `"ret":-1011`, "too large"},
		"empty body":           {body(""), `"ret":-501`, "empty"},
		"no app":               {query("appid=100703379&", ""), `"ret":-506`, "appid is missing"},
		"empty app":            {query("100703379", ""), `"ret":-506`, "appid is missing"},
		"no signature":         {query("sig=a40e358132d0e9457e89bf30684b6e6b&", ""), `"ret":-506`, "sig is missing"},
		"no time":              {query("timestamp=1381288134&", ""), `"ret":-506`, "timestamp is missing"},
		"repeated app":         {query("appid", "appid=22&appid"), `"ret":-505`, "appid is repeated"},
		"repeated signature":   {query("&sig", "&sig=x&sig"), `"ret":-505`, "sig is repeated"},
		"time is no number":    {query("timestamp=1381288134", "timestamp=1e9"), `"ret":-505`, "timestamp does not have"},
		"time is too long":     {query("timestamp=1", "timestamp=99999999999999999999"), `"ret":-505`, "timestamp does not have"},
		"bad escape":           {query("F438%2066", "%zz"), `"ret":-505`, "parameter is wrong"},
		"semicolon":            {query("F438%2066", "a;b"), `"ret":-505`, "parameter is wrong"},
		"invalid UTF-8, query": {query("F438%2066", "%ff"), `"ret":-505`, "openid does not have"},
		"300 parameters":       {query("timestamp", strings.Repeat("x&", 300)+"timestamp"), `"ret":-505`, "parameter is wrong"},
		"unknown app":          {query("100703379", "22"), `"ret":-303`, "unknown app"},
		"wrong signature":      {query("sig=a", "sig=b"), `"ret":-502`, "bad signature"},
		"upper case":           {query("sig=a40e", "sig=A40E"), `"ret":-502`, "bad signature"},
		"long signature":       {query("sig=a", "sig="+strings.Repeat("a", 9999)), `"ret":-502`, "bad signature"},
		"another time":         {query("1381288134", "1381288135"), `"ret":-502`, "bad signature"},
		"key not configured":   {query("encode=2", "encode=1"), `"ret":-502`, "bad signature"},
		"key unknown":          {query("encode=2", "encode=3"), `"ret":-505`, "parameter is wrong"},
		"not JSON":             {body(wireNested), `"ret":-304`, "not the JSON"},
		"truncated":            {body(handBody[:40]), `"ret":-304`, "not the JSON"},
		"nesting":              {body(`{"x":` + strings.Repeat("[", 100_000)), `"ret":-304`, "nested too deeply"},
		"closed nesting":       {body(`{"x":` + strings.Repeat("[", 500) + strings.Repeat("]", 500) + `}`), `"ret":-1011`, "nested too deeply"},
		"invalid UTF-8":        {body("{\"openid\":\"\xff\",\"openkey\":\"x\"}"), `"ret":-1011`, "UTF-8"},
		"list":                 {body(`[]`), `"ret":-1011`, "want an object"},
		"null":                 {body(`null`), `"ret":-1011`, "want an object"},
		"wrong type":           {body(`{"openid":1,"openkey":"` + wireNested + `"}`), `"ret":-1011`, "openid"},
		"required missing":     {body(`{"openid":"x"}`), `"ret":-1011`, "openkey: required"},
		"rule broken":          {body(`{"openid":"x","openkey":"x","userip":"` + strings.Repeat(wireTicket, 3) + `"}`), `"ret":-1011`, "userip: "},
	}
}

func TestFailuresOnServer(t *testing.T) {
	for name, test := range serverFailures() {
		t.Run(name, func(t *testing.T) {
			var log logBuffer
			var events []TraceEvent
			h := handHandler(t, wireService{}, WithLogger(log.logger()),
				WithTrace(func(_ context.Context, e TraceEvent) { events = append(events, e) }))
			r := handRequest()
			test.change(&r)
			status, body := r.do(h)
			if status != 200 || !strings.Contains(body, test.ret) || !strings.Contains(body, test.text) {
				t.Errorf("answered %d %s, want %s and %q", status, body, test.ret, test.text)
			}
			secrets := append(wireSecrets(), handKey, "a40e358132d0e9457e89bf30684b6e6b")
			if len(body) > 700 {
				t.Errorf("an answer of %d bytes", len(body))
			}
			searchSecret(t, "answer", body, secrets)
			searchSecret(t, "log", log.String(), secrets)
			last := events[len(events)-1]
			if refused := test.ret != `"ret":0,`; refused != (last.Failure != "") || !refused && last.Step != StepEncode {
				t.Errorf("the last event is %+v", last)
			}
			for _, e := range events {
				wireLeaks(t, "event", e, secrets...)
			}
		})
	}
}

func TestBrokenRequests(t *testing.T) {
	server := wireServerFor(t, wireService{login: loginOK}, withWireV3(wireV3Credentials{AppID: "100703379", MSDKKey: NewKey(handKey)}))
	for name, text := range map[string]string{
		"body breaks off":  "Content-Length: 500\r\n\r\n" + handBody,
		"chunk breaks off": "Transfer-Encoding: chunked\r\n\r\n5\r\nab",
	} {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "POST /auth/verify_login?%s HTTP/1.1\r\nHost: x\r\n%s", handQuery, text)
		_ = conn.(*net.TCPConn).CloseWrite()
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		body, _ := io.ReadAll(resp.Body)
		if resp.StatusCode != 200 || !strings.Contains(string(body), `"ret":-304`) {
			t.Errorf("%s: %d %s", name, resp.StatusCode, body)
		}
		conn.Close()
	}
}

func TestFailureCode(t *testing.T) {
	all := []failure{
		failNoSuchOperation, failTooLarge, failEmptyBody, failMissingParameter, failBadParameter, failUnknownApp, failBadSignature,
		failExpired, failNotJSON, failInvalid, failInternal,
	}
	for _, r := range []*result{
		{success: func(c Code) bool { return c == 0 }},
		{success: func(c Code) bool { return c <= 0 && c > -5 }, failures: failureCodes{internal: -2}},
		{success: func(c Code) bool { return c == 0 }, failures: failureCodes{badSignature: 7}},
	} {
		for _, f := range all {
			if code := r.failureCode(f); r.success(code) {
				t.Errorf("%s has the successful code %d", f, code)
			}
		}
	}
	r := &result{success: func(c Code) bool { return c == 0 }, failures: failureCodes{badSignature: 7, internal: 9}}
	if r.failureCode(failExpired) != 7 || r.failureCode(failTooLarge) != 9 || r.failureCode(failUnknownApp) != 7 {
		t.Error("a reason without a code takes the nearest one")
	}
	if got := string(resultWireTIM.append(nil, 70003, `bad "sig"`)); got != `{"ActionStatus":"FAIL","ErrorInfo":"bad \"sig\"","ErrorCode":70003}` {
		t.Error(got)
	}
}

func TestServerMemory(t *testing.T) {
	const limit = 1 << 20
	h := handHandler(t, wireService{})
	for name, test := range map[string]struct {
		body   string
		length int64
	}{
		"10 MB":          {strings.Repeat("[", 10<<20), 10 << 20},
		"10 MB, unknown": {strings.Repeat("[", 10<<20), -1},
		"claims 1 TB":    {"{}", 1 << 40},
		"many items":     {`{"inner":[` + strings.Repeat("{},", limit/3-100) + `{}]}`, -1},
	} {
		r := httptest.NewRequest("POST", "/auth/verify_login?"+handQuery, strings.NewReader(test.body))
		r.ContentLength = test.length
		w := httptest.NewRecorder()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		h.ServeHTTP(w, r)
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; got > 64*limit {
			t.Errorf("%s: %d bytes were allocated, answered %s", name, got, w.Body)
		}
		if name != "many items" && w.Header().Get("Connection") != "close" {
			t.Errorf("%s: the connection stays open with an unread body", name)
		}
	}
}
