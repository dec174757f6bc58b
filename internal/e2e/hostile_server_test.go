package e2e

import (
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// requests that no client of ours sends, made of the name of a member that the operation has. Each is signed correctly where its scheme
// does not sign the body.
func hostileBodies(member string) map[string]string {
	return map[string]string{
		"nothing":       "",
		"not JSON":      "openid=a&openkey=" + tokenCanary,
		"an array":      `["` + tokenCanary + `"]`,
		"wrong types":   `{"` + member + `":{"` + tokenCanary + `":1}}`,
		"half":          `{"` + member + `":"` + tokenCanary,
		"invalid UTF-8": "{\"" + member + "\":\"\xff\"}",
		"deep":          strings.Repeat(`{"x":`, 100_000),
		"10 MB":         strings.Repeat("x", 10<<20),
		"trailing":      `{"` + member + `":"a"} {"` + member + `":"b"}`,
		"repeated":      `{"` + member + `":"a","` + member + `":"b"}`,
	}
}

// memberOf names a text or a list in a request that the caller decides.
func memberOf(t *testing.T, o operation) string {
	t.Helper()
	members := order(t, requestOf(t, o))
	for _, name := range []string{"openid", "accessToken", "guestid", "msgId", "GroupIdList"} {
		if slices.Contains(members, name) {
			return name
		}
	}
	require.FailNow(t, "no member", o.name)
	return ""
}

func TestHostileRequests(t *testing.T) {
	first := firstOfTags()
	for _, k := range readKnown(t, false) {
		o := operationNamed(t, k.call())
		if k.get("method") == http.MethodGet {
			continue // has no body; see TestHostileQueries
		}
		s := settingOf(t, k, o, "")
		server := httptest.NewServer(o.handler(t, s.now, nil, nil)) // a service that is called would fail the test
		for name, body := range hostileBodies(memberOf(t, o)) {
			switch {
			case costly[name] && !first[o.name]:
				continue
			case name == "nothing" && k.excepts("body"):
				continue // no body is what the page shows
			}
			t.Run(k.file+"/"+name, func(t *testing.T) {
				changed := *k
				changed.text = []byte(body)
				refused(t, literally(t, &changed, server.URL+k.get("path")+"?"+signedByHand(t, &changed, s)))
			})
		}
		server.Close()
	}
}

// The queries of GET calls, and of calls that take a parameter of their own.
func TestHostileQueries(t *testing.T) {
	for _, file := range []string{"get_xinyue_super.txt", "get_wx_xinyue_vip.txt", "verify_login.txt"} {
		k := parseKnown(t, knownFolder+"/"+file)
		o := operationNamed(t, k.call())
		s := settingOf(t, k, o, "")
		server := httptest.NewServer(o.handler(t, s.now, nil, nil))
		query := signedByHand(t, k, s)
		hostile := map[string]string{
			"nothing":           "",
			"no signature":      strings.ReplaceAll(query, "sig=", "gis="),
			"another signature": strings.ReplaceAll(query, "sig=", "sig=0"),
			"another time":      strings.ReplaceAll(query, "timestamp=", "timestamp=1"),
			"a repeated app":    query + "&appid=" + s.app + "1",
			"bad escape":        query + "&msdkExtInfo=%zz",
		}
		if k.value(t, "access_type") != "" {
			hostile["a word for a number"] = strings.ReplaceAll(query, "access_type=1", "access_type="+tokenCanary)
			hostile["a number of none"] = strings.ReplaceAll(query, "access_type=1", "access_type=3")
		}
		for name, query := range hostile {
			t.Run(k.file+"/"+name, func(t *testing.T) {
				refused(t, literally(t, k, server.URL+k.get("path")+"?"+query))
			})
		}
		server.Close()
	}
}

// refused looks at an answer that has to be a failure in the vendor's own shape, without a secret.
func refused(t *testing.T, answer []byte) {
	t.Helper()
	object := tree(t, answer).(map[string]any)
	code := object["ret"]
	if code == nil {
		code = object["ErrorCode"]
		require.Equal(t, "FAIL", object["ActionStatus"])
	}
	require.NotNil(t, code, "%s", answer)
	require.NotEqual(t, "0", code.(interface{ String() string }).String())
	require.Less(t, len(answer), 700)
	for _, secret := range canaries() {
		require.NotContains(t, string(answer), secret)
	}
}

// A server takes no more memory than a small multiple of its limit, whatever is sent.
func TestServerMemoryIsBounded(t *testing.T) {
	const limit = 1 << 20
	k := parseKnown(t, knownFolder+"/verify_login.txt")
	o := operationNamed(t, k.call())
	s := settingOf(t, k, o, "")
	h := o.handler(t, s.now, nil, nil)
	for name, body := range hostileBodies("openid") {
		t.Run(name, func(t *testing.T) {
			req := httptest.NewRequest(http.MethodPost, k.get("path")+"?"+signedByHand(t, k, s), strings.NewReader(body))
			w := httptest.NewRecorder()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			h.ServeHTTP(w, req)
			runtime.ReadMemStats(&after)
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(4*limit))
		})
	}
}
