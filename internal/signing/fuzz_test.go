package signing

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// FuzzExplain: no request makes the reader, the evaluator or the search for an explanation panic, and nothing that is shown holds the key.
func FuzzExplain(f *testing.F) {
	apis := []*ir.API{ownAPI(f, "msdk"), ownAPI(f, "timgroup")}
	cases, err := filepath.Glob("../../golden/cases/scheme-*.txtar")
	require.NoError(f, err)
	for _, file := range cases {
		apis = append(apis, caseAPI(f, strings.TrimSuffix(filepath.Base(file), ".txtar")))
	}
	f.Add([]byte("POST /auth/verify_login?timestamp=1&encode=1&sig=x HTTP/1.1\nHost: a\n\n{\"a\":\"\\u00e4\"}"))
	f.Add([]byte("curl -XPOST 'http://h/webhook' -H 'Stripe-Signature: t=1,v1=2,v1=3' --data-raw $'{\\x41}'"))
	f.Add([]byte("printf '\\001\\200' | curl --data-binary @- http://h/v2/group/get_group_info?sig=a"))
	files, err := filepath.Glob("../../golden/wire/signed/*.txt")
	require.NoError(f, err)
	for _, file := range files {
		content, err := os.ReadFile(file)
		require.NoError(f, err)
		_, request, _ := strings.Cut(string(content), "\nrequest:\n")
		f.Add([]byte(strings.ReplaceAll(request, "\\r\\n\n", "\r\n")))
	}
	const key = "Qz7-a-key-that-no-request-has"
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 4<<10 || strings.Contains(string(text), key) {
			return
		}
		got, _, err := ParseHTTP(text)
		if IsCurl(text) {
			got, err = ParseCurl(string(text), nil)
		}
		if err != nil {
			return
		}
		for _, api := range apis {
			for _, m := range Find(api, got.Method, got.Path) {
				if m.Operation.Scheme == nil {
					continue
				}
				all := Credentials{}
				for _, c := range m.Operation.Scheme.Credentials {
					all[c.Name.Spec] = Credential{Current: key}
				}
				x := Explain(Check{API: api, Match: m, Received: got, Credentials: all, Own: text, MaxTries: 100})
				var b strings.Builder
				if x.Run != nil {
					x.Run.Print(&b, false)
				}
				if x.Difference != nil {
					b.WriteString(x.Difference.Ours + x.Difference.Theirs)
				}
				for _, c := range m.Operation.Scheme.Credentials {
					if !c.Secret {
						return // its value is the key here, and no secret
					}
				}
				require.NotContains(t, b.String(), key)
			}
		}
	})
}

// A request as a curl command and as HTTP text comes back as it was.
func FuzzRoundTrip(f *testing.F) {
	f.Add("/a", "x=1&y=%20", "X-A", "b c", []byte("it's\n\x00\xff"))
	f.Add("/a/%C3%A4", "", "Content-Type", "application/json", []byte(`{"a":"$(x)"}`))
	f.Fuzz(func(t *testing.T, path, query, name, value string, body []byte) {
		if strings.ContainsAny(path+query, " #?'\r\n\t\x00\"\\") || strings.ContainsAny(name+value, "\r\n\x00:\t ;") || name == "" || value == "" ||
			strings.EqualFold(name, "host") || strings.HasPrefix(strings.ToLower(name), "content-length") || strings.EqualFold(name, "transfer-encoding") ||
			strings.EqualFold(name, "content-type") || len(body) == 0 || strings.TrimSpace(name) != name || strings.TrimSpace(value) != value {
			return
		}
		r := &Received{Method: "POST", URLScheme: "https", Host: "h.example", Path: "/" + path, RawQuery: query, Body: body,
			Headers: []Pair{{"Content-Type", "text/plain"}, {name, value}}}
		got, err := ParseCurl(r.Curl(), nil)
		require.NoError(t, err, r.Curl())
		require.Equal(t, r, got, r.Curl())
	})
}
