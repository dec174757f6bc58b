package signing

import (
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/spec"
)

// vector is one file of golden/wire/known/sign-*.txt; the README there describes the format.
type vector struct {
	name string
	head map[string][]string
	text string
}

func (v *vector) get(name string) string {
	if len(v.head[name]) == 0 {
		return ""
	}
	return v.head[name][0]
}

func vectors(t *testing.T) []*vector {
	t.Helper()
	files, err := filepath.Glob("../../golden/wire/known/sign-*.txt")
	require.NoError(t, err)
	require.Greater(t, len(files), 12)
	var all []*vector
	for _, file := range files {
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		head, text, _ := strings.Cut(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n\n")
		v := &vector{strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "sign-"), ".txt"), map[string][]string{}, strings.TrimSuffix(text, "\n")}
		for line := range strings.SplitSeq(head, "\n") {
			if name, value, ok := strings.Cut(line, ":"); ok && line[0] != '#' {
				v.head[name] = append(v.head[name], strings.TrimPrefix(value, " "))
			}
		}
		all = append(all, v)
	}
	return all
}

// caseAPI is the model of a golden case.
func caseAPI(t testing.TB, name string) *ir.API {
	t.Helper()
	archive, err := txtar.ParseFile("../../golden/cases/" + name + ".txtar")
	require.NoError(t, err)
	docs := fstest.MapFS{}
	for _, file := range archive.Files {
		docs[file.Name] = &fstest.MapFile{Data: file.Data}
	}
	return apiOf(t, docs, "spec.yaml")
}

func apiOf(t testing.TB, docs fs.FS, name string) *ir.API {
	t.Helper()
	apis, list := generator.Models(docs, generator.Config{Packages: []generator.Package{{Spec: name, Package: "api", Output: "api"}}})
	require.False(t, list.HasErrors(), "%v", list)
	return apis[0]
}

// ownAPI is the model of a document that comes with msdkgen.
func ownAPI(t testing.TB, name string) *ir.API {
	t.Helper()
	if own[name] == nil {
		docs, file, ok := spec.Named(name)
		require.True(t, ok)
		own[name] = apiOf(t, docs, file)
	}
	return own[name]
}

var own = map[string]*ir.API{} // lowered once; the tests run one after the other

// api is the document that a vector belongs to.
func (v *vector) api(t *testing.T) *ir.API {
	switch {
	case v.name == "msdk-v5-foreign-path":
		return nil
	case v.name == "tim-usersig":
		return ownAPI(t, "timgroup")
	}
	for _, name := range []string{"scheme-" + v.name, "scheme-" + strings.Join(strings.Split(v.name, "-")[:1], "-")} {
		if _, err := os.Stat("../../golden/cases/" + name + ".txtar"); err == nil {
			return caseAPI(t, name)
		}
	}
	return caseAPI(t, map[string]string{
		"aws-get-vanilla": "scheme-aws-sigv4", "msdk-v3-1": "scheme-msdk-v3", "msdk-v3-2": "scheme-msdk-v3",
		"msdk-v5-verify-login": "scheme-msdk-v5", "msdk-v5-send-group-msg": "scheme-msdk-v5",
	}[v.name])
}

// credentials gives every secret the key, the second key to the second one.
func (v *vector) credentials(s *ir.Scheme) Credentials {
	all := Credentials{}
	keys := []string{v.get("key"), v.get("second-key")}
	for _, c := range s.Credentials {
		if c.Secret && (!c.Optional || len(keys) == 1 && len(all) > 0) {
			all[c.Name.Spec] = Credential{Current: keys[0]}
			if len(keys) > 1 && keys[1] != "" {
				keys = keys[1:]
			}
		}
	}
	for _, text := range v.head["credential"] {
		name, value, _ := strings.Cut(text, "=")
		all[name] = Credential{Current: value}
	}
	return all
}

func (v *vector) received(t *testing.T, s *ir.Scheme) *Received {
	t.Helper()
	got := &Received{Method: v.get("method"), URLScheme: "https", Host: "h.example", Path: v.get("path"), Body: []byte(v.get("body"))}
	if got.Method == "" {
		got.Method = "POST"
	}
	if address := v.get("url"); address != "" {
		require.NoError(t, got.setTarget(address))
	}
	for _, line := range v.head["header"] {
		name, value, _ := strings.Cut(line, ": ")
		got.Headers = append(got.Headers, Pair{name, value})
	}
	for _, q := range v.head["query"] {
		name, value, _ := strings.Cut(q, "=")
		got.RawQuery += "&" + name + "=" + url.QueryEscape(value)
	}
	got.RawQuery = strings.TrimPrefix(got.RawQuery, "&")
	if v.get("url") == "" {
		got.RawQuery += "&" + s.Places[0].Name + "=" + v.get("signature")
	}
	return got
}

// Every known answer: the string to sign and the signature, from the request as it travels.
func TestKnownAnswers(t *testing.T) {
	tested := 0
	for _, v := range vectors(t) {
		t.Run(v.name, func(t *testing.T) {
			api := v.api(t)
			if api == nil || v.name == "tim-usersig" {
				return // see TestUserSig; the other is for a path that no document here has
			}
			op := api.Operations[0]
			credentials := v.credentials(op.Scheme)
			if strings.HasPrefix(v.name, "msdk-v3") {
				v.head["url"] = []string{"https://h.example" + op.Path + "?timestamp=" + v.text[len(v.get("key")):] + "&encode=2&sig=" + v.get("signature")}
			}
			got := v.received(t, op.Scheme)
			match := Match{Operation: op, Method: true}
			if found := Find(api, got.Method, got.Path); len(found) > 0 {
				match = found[0]
			}
			if len(op.Scheme.Places[0].Template) > 0 && op.Scheme.Places[0].In == ir.InHeader && got.Header(op.Scheme.Places[0].Name) == "" {
				got.Headers = append(got.Headers, Pair{op.Scheme.Places[0].Name, authorization(t, op.Scheme, got, match, credentials)})
			}
			x := Explain(Check{API: api, Match: match, Received: got, Credentials: credentials})
			require.True(t, x.Valid, "%s\n%s", x.Reason, stepsOf(x))
			found := false
			for _, step := range x.Run.Steps {
				found = found || step.Digest != nil && step.Digest.Text.Clear() == v.text
			}
			require.True(t, found, stepsOf(x))
			last := x.Places[len(x.Places)-1]
			sign := signatures(last.Place, last.Given)[0]
			decoded, _ := percentDecode(sign, false) // as OAuth 1.0a sends it
			require.Contains(t, []string{sign, decoded}, v.get("signature"))
			tested++
		})
	}
	require.Greater(t, tested, 11)
}

// authorization is a header that the rest of the request determines; the vector's signature is then compared by the caller.
func authorization(t *testing.T, s *ir.Scheme, got *Received, m Match, c Credentials) string {
	t.Helper()
	bare := *s
	bare.Places = nil
	arrival, err := Take(&bare, got, m, got.Body)
	require.NoError(t, err)
	run, err := Evaluate(Input{Scheme: s, Request: &arrival.Request, Credentials: c})
	require.NoError(t, err)
	return run.Placed[0].Clear()
}

// A UserSig of another implementation decodes to the known signature, ours as well, and the request that carries it is good.
func TestUserSig(t *testing.T) {
	for _, v := range vectors(t) {
		if v.name != "tim-usersig" {
			continue
		}
		api := v.api(t)
		c := Credentials{"sdkappid": {Current: v.get("sdkappid")}, "identifier": {Current: v.get("identifier")}, "secret": {Current: v.get("key")}}
		require.Len(t, v.head["usersig"], 3)
		for _, text := range v.head["usersig"] {
			claims, reason := readUserSig(text)
			require.Empty(t, reason)
			require.Equal(t, v.get("signature"), claims.Sig)
			require.Equal(t, v.text, claims.text())
			x := userSigCheck(api, c, "sdkappid=1400000000&identifier=admin&random=1&contenttype=json&usersig="+url.QueryEscape(text))
			require.True(t, x.Valid, x.Reason)
			require.Equal(t, v.get("signature"), x.Places[0].Given)
			require.Equal(t, "hmac-sha256", x.Run.StringToSign().Hash)

			x = userSigCheck(api, c, "sdkappid=1400000001&identifier=admin&usersig="+url.QueryEscape(text))
			require.Contains(t, x.Reason, "another app")
			wrong := Credentials{"sdkappid": c["sdkappid"], "identifier": c["identifier"], "secret": {Current: " " + v.get("key")}}
			x = userSigCheck(api, wrong, "sdkappid=1400000000&identifier=admin&usersig="+url.QueryEscape(text))
			require.False(t, x.Valid)
			require.Equal(t, "key-trimmed", x.Would[0].Code)
			wrong["secret"] = Credential{Current: "other", Previous: v.get("key")}
			require.True(t, userSigCheck(api, wrong, "sdkappid=1400000000&identifier=admin&usersig="+url.QueryEscape(text)).Previous)
		}
		x := userSigCheck(api, c, "sdkappid=1400000000&identifier=admin&usersig=eJyr")
		require.Contains(t, x.Reason, "cannot be read")
	}
}

func userSigCheck(api *ir.API, c Credentials, query string) *Explanation {
	op := api.Operations[0]
	got := &Received{Method: "POST", Host: "console.tim.qq.com", Path: op.Path, RawQuery: query, Body: []byte("{}")}
	return Explain(Check{API: api, Match: Find(api, "POST", op.Path)[0], Received: got, Credentials: c})
}
