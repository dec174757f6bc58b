package signing

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/ir"
)

const (
	testKey   = "itopsigkey123456"
	testBody  = `{"openid":"1686","token":"a/b<ä>","n":[1, 2]}`
	testQuery = "gameid=12&os=1&channelid=2&seq=&source=1&ts=1642490127&version=a+b"
)

// signedV5 is a request of MSDK v5 in which the string to sign is what a caller made it.
func signedV5(t *testing.T, change func(r *Request, q *quirks, c Credentials)) (*ir.API, *Received) {
	t.Helper()
	api := ownAPI(t, "msdk")
	got := &Received{Method: "POST", Host: "dev.itop.qq.com", Path: "/v2/group/get_group_info", RawQuery: testQuery + "&sig=x", Body: []byte(testBody)}
	m := Find(api, got.Method, got.Path)[0]
	arrival, err := Take(m.Operation.Scheme, got, m, got.Body)
	require.NoError(t, err)
	in := Input{Scheme: m.Operation.Scheme, Request: &arrival.Request, Credentials: Credentials{"serverkey": {Current: testKey}, "clientkey": {Current: "client-key"}}}
	change(in.Request, &in.quirks, in.Credentials)
	run, err := Evaluate(in)
	require.NoError(t, err)
	got.RawQuery = testQuery + "&sig=" + run.Placed[0].Clear()
	return api, got
}

func explainV5(api *ir.API, got *Received, own []byte) *Explanation {
	c := Credentials{"serverkey": {Current: testKey, Previous: "previous-key"}, "clientkey": {Current: "client-key"}}
	return Explain(Check{API: api, Match: Find(api, got.Method, got.Path)[0], Received: got, Credentials: c, Own: own})
}

// What a caller did is named, whatever it was.
func TestExplainNamesTheMistake(t *testing.T) {
	set := func(text string) func(*Request, *quirks, Credentials) {
		return func(r *Request, _ *quirks, _ Credentials) { r.Body = []byte(text) }
	}
	key := func(text string) func(*Request, *quirks, Credentials) {
		return func(_ *Request, _ *quirks, c Credentials) { c["serverkey"] = Credential{Current: text} }
	}
	query := func(name, value string) func(*Request, *quirks, Credentials) {
		return func(r *Request, _ *quirks, _ Credentials) { r.Query = changed(r.Query, name, value) }
	}
	tests := []struct {
		code   string
		change func(*Request, *quirks, Credentials)
	}{
		{"other-key", key("client-key")},
		{"key-newline", key(testKey + "\n")},
		{"key-crlf", key(testKey + "\r\n")},
		{"key-space", key(testKey + " ")},
		{"key-upper", key(strings.ToUpper(testKey))},
		{"milliseconds", query("ts", "1642490127000")},
		{"milliseconds", query("ts", "1642490127512")},
		{"clock-read-twice", query("ts", "1642490128")},
		{"unsorted", func(_ *Request, q *quirks, _ Credentials) { q.unsorted = true }},
		{"encoded", func(_ *Request, q *quirks, _ Credentials) { q.encoded = true }},
		{"as-sent", func(r *Request, _ *quirks, _ Credentials) { r.Query, _ = rawPairs(r.RawQuery) }},
		{"without-empty", func(_ *Request, q *quirks, _ Credentials) { q.empties = true }},
		{"absent-as-empty", func(r *Request, _ *quirks, _ Credentials) { r.Query = append(r.Query, Pair{Name: "conn"}) }},
		{"left-out", func(_ *Request, q *quirks, _ Credentials) { q.omit = "version" }},
		{"signature-empty", func(_ *Request, q *quirks, _ Credentials) { q.extra = &Pair{Name: "sig"} }},
		{"body-compact", set(`{"openid":"1686","token":"a/b<ä>","n":[1,2]}`)},
		{"body-html", set(`{"openid":"1686","token":"a/b\u003cä\u003e","n":[1,2]}`)},
		{"body-spaced-ascii", set(`{"openid": "1686", "token": "a/b<\u00e4>", "n": [1, 2]}`)},
		{"body-slashes-ascii", set(`{"openid":"1686","token":"a\/b<\u00e4>","n":[1,2]}`)},
		{"body-sorted", set(`{"n":[1,2],"openid":"1686","token":"a/b<ä>"}`)},
		{"body-indent-2", set("{\n  \"openid\": \"1686\",\n  \"token\": \"a/b<ä>\",\n  \"n\": [\n    1,\n    2\n  ]\n}")},
		{"body-newline", set(testBody + "\n")},
		{"no-body", set("")},
		{"path-with-slash", func(r *Request, _ *quirks, _ Credentials) { r.Path += "/" }},
		{"path-without-first-slash", func(r *Request, _ *quirks, _ Credentials) { r.Path = r.Path[1:] }},
		{"result-upper-hex", func(_ *Request, q *quirks, _ Credentials) { q.encode = ir.OpUpperHex }},
		{"result-base64", func(_ *Request, q *quirks, _ Credentials) { q.encode = ir.OpBase64URL }},
		{"digest-sha256", func(_ *Request, q *quirks, _ Credentials) { q.hash = map[string]string{"md5": "sha256"} }},
		{"key-newline+body-compact", func(r *Request, _ *quirks, c Credentials) {
			c["serverkey"] = Credential{Current: testKey + "\n"}
			r.Body = []byte(`{"openid":"1686","token":"a/b<ä>","n":[1,2]}`)
		}},
	}
	for _, test := range tests {
		t.Run(test.code, func(t *testing.T) {
			api, got := signedV5(t, test.change)
			x := explainV5(api, got, nil)
			require.False(t, x.Valid)
			var codes []string
			for _, finding := range x.Would {
				codes = append(codes, finding.Code)
				require.NotContains(t, finding.Text, testKey)
			}
			require.Contains(t, strings.Join(codes, " "), test.code, "%v", x.Would)
		})
	}
	api, got := signedV5(t, func(*Request, *quirks, Credentials) {})
	require.True(t, explainV5(api, got, nil).Valid)
	api, got = signedV5(t, key("previous-key"))
	x := explainV5(api, got, nil)
	require.True(t, x.Valid && x.Previous)
	got.RawQuery = strings.Replace(got.RawQuery, "&sig=", "&sig=0", 1)
	x = explainV5(api, got, nil)
	require.False(t, x.Valid)
	require.Empty(t, x.Would, "nothing explains a signature that was made up")
	require.Greater(t, x.Tried, 500)
	x = Explain(Check{API: api, Match: Find(api, got.Method, got.Path)[0], Received: got, Credentials: Credentials{"serverkey": {Current: testKey}}, MaxTries: 7})
	require.Equal(t, 7, x.Tried)
}

// The other side of the cipher: what was signed is the ciphertext.
func TestExplainCiphertext(t *testing.T) {
	seal := func(text []byte) []byte { return append([]byte("sealed:"), text...) }
	api, got := signedV5(t, func(r *Request, _ *quirks, _ Credentials) { r.Body = seal([]byte(testBody)) })
	got.Body = seal([]byte(testBody))
	got.Headers = []Pair{{"content-encrypt", "msdktea"}}
	c := Check{
		API: api, Match: Find(api, got.Method, got.Path)[0], Received: got,
		Credentials: Credentials{"serverkey": {Current: testKey}, "enckey": {Current: "0123456789abcdef"}},
		Decrypt:     func(sealed []byte, _ string) ([]byte, error) { return bytes.TrimPrefix(sealed, []byte("sealed:")), nil },
	}
	x := Explain(c)
	require.True(t, x.Encrypted)
	require.False(t, x.Valid)
	require.Equal(t, "ciphertext", x.Would[0].Code)
	c.Match.Operation.Cipher.SignCiphertext = true
	defer func() { c.Match.Operation.Cipher.SignCiphertext = false }()
	require.True(t, Explain(c).Valid)
	_, plaintext := signedV5(t, func(*Request, *quirks, Credentials) {})
	got.RawQuery = plaintext.RawQuery
	require.Equal(t, "plaintext", Explain(c).Would[0].Code)
}

// The caller's own string: where it differs, without showing the key of either side.
func TestExplainDifference(t *testing.T) {
	api, got := signedV5(t, func(r *Request, _ *quirks, _ Credentials) { r.Body = []byte("{}") })
	params := "channelid=2&gameid=12&os=1&seq=&source=1&ts=1642490127&version=a b"
	own := "/v2/group/get_group_info?" + params
	x := explainV5(api, got, []byte(own+"{}"+testKey))
	require.Equal(t, len(own)+1, x.Difference.Offset)
	require.NotContains(t, x.Difference.Ours+x.Difference.Theirs, testKey)
	require.Contains(t, x.Difference.Theirs, "{}{serverkey}")
	for _, same := range []string{own + testBody + testKey, own + testBody + "{serverkey}"} {
		require.Nil(t, explainV5(api, got, []byte(same)).Difference)
	}
	x = explainV5(api, got, []byte(own+testBody+"somebodyelseskey"))
	require.True(t, x.Difference.InKey)
	require.NotContains(t, x.Difference.Ours+x.Difference.Theirs, "key123456")
	require.NotContains(t, x.Difference.Ours+x.Difference.Theirs, "somebody")
}

// Nothing that is shown holds a secret, or what can stand for one.
func TestSecretsAreMasked(t *testing.T) {
	for _, v := range vectors(t) {
		if v.name != "aws-get-vanilla" && v.name != "tc3-describe-instances" && v.name != "kraken" {
			continue
		}
		api := v.api(t)
		op := api.Operations[0]
		c := v.credentials(op.Scheme)
		got := v.received(t, op.Scheme)
		m := Match{Operation: op}
		if op.Scheme.Places[0].Template != nil {
			got.Headers = append(got.Headers, Pair{"Authorization", authorization(t, op.Scheme, got, m, c)})
		}
		x := Explain(Check{API: api, Match: m, Received: got, Credentials: c})
		require.True(t, x.Valid)
		var masked, clear strings.Builder
		x.Run.Print(&masked, false)
		x.Run.Print(&clear, true)
		for _, step := range x.Run.Steps {
			if name := step.Result.Text.secret(); name != "" {
				require.Contains(t, clear.String(), step.Result.Show(true))
				require.NotContains(t, masked.String(), step.Result.Show(true), "step %s", step.Step.Name.Spec)
			}
		}
		require.NotContains(t, masked.String(), v.get("key"))
		require.Contains(t, clear.String(), v.get("key"))
	}
	// A key that is made of a key can stand for it.
	r := &Request{Method: "GET", Path: "/"}
	api := caseAPI(t, "scheme-aws-sigv4")
	run, err := Evaluate(Input{Scheme: api.Operations[0].Scheme, Request: r, Credentials: Credentials{"secret_key": {Current: "abc"}}})
	require.NoError(t, err)
	for _, step := range run.Steps {
		if strings.HasSuffix(step.Step.Name.Spec, "_key") {
			require.Equal(t, "{"+step.Step.Name.Spec+"}", step.Result.Show(false))
		}
	}
}
