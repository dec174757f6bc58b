package signing

import (
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/templates/support"
)

var update = flag.Bool("update", false, "rewrite golden/wire/signed; a run that rewrote something fails")

const signedFolder = "../../golden/wire/signed"

// The keys that the requests of golden/wire were signed with (internal/e2e), and one for the cipher. They are invented.
var wireCredentials = Credentials{
	"msdkkey":   {Current: "canary-msdkkey-5d41402abc4b2a76b9719d911017c592"},
	"appkey":    {Current: "canary-appkey-7d793037a0760186574b0282f2f435e7"},
	"serverkey": {Current: "canary-serverkey-9e107d9d372bb6826bd81d3542a419d6"},
	"clientkey": {Current: "canary-clientkey-e4d909c290d0fb1ca068ffaddf22cbd0"},
	"enckey":    {Current: "0123456789abcdef"},
}

// Every signed operation as golden/wire has it, byte for byte from the generated client, is right for the evaluator; what was signed, with
// the ciphertext of its body, is kept in golden/wire/signed. Every scheme with a known answer is kept there as well.
func TestWire(t *testing.T) {
	written := map[string]bool{}
	files, err := filepath.Glob("../../golden/wire/*.txt")
	require.NoError(t, err)
	require.Greater(t, len(files), 50)
	for _, file := range files {
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		text := strings.ReplaceAll(string(content), "\r\n", "\n")
		before, request, ok := strings.Cut(text, "\n\nrequest:\n")
		require.True(t, ok, file)
		request = strings.TrimSuffix(strings.ReplaceAll(request, "\\r\\n\n", "\r\n"), "\n")
		api := ownAPI(t, "msdk")
		if strings.Contains(request, "usersig={usersig}") {
			continue // a credential, and no signature of this request
		}
		got, _, err := ParseHTTP([]byte(request))
		require.NoError(t, err, file)
		m := Find(api, got.Method, got.Path)[0]
		x := Explain(Check{API: api, Match: m, Received: got, Credentials: wireCredentials})
		require.True(t, x.Valid, "%s: %s %v", file, x.Reason, x.Would)
		require.Equal(t, strings.TrimPrefix(before, "string to sign:\n"), x.Run.StringToSign().Text.Masked(), file)
		keep(t, written, filepath.Base(file), signedText(t, m.Operation, x, got))
	}
	for _, v := range vectors(t) {
		if v.name == "tim-usersig" || v.name == "msdk-v5-foreign-path" || strings.HasPrefix(v.name, "msdk-v") {
			continue
		}
		api := v.api(t)
		op := api.Operations[0]
		got, m := v.received(t, op.Scheme), Match{Operation: op, Method: true}
		if p := op.Scheme.Places[0]; p.In == ir.InHeader && got.Header(p.Name) == "" {
			got.Headers = append(got.Headers, Pair{p.Name, authorization(t, op.Scheme, got, m, v.credentials(op.Scheme))})
		}
		if found := Find(api, got.Method, got.Path); len(found) > 0 {
			m = found[0]
		}
		x := Explain(Check{API: api, Match: m, Received: got, Credentials: v.credentials(op.Scheme)})
		require.True(t, x.Valid, "%s: %s", v.name, x.Reason)
		keep(t, written, "scheme-"+v.name+".txt", signedText(t, op, x, got))
	}
	files, err = filepath.Glob(filepath.Join(signedFolder, "*.txt"))
	require.NoError(t, err)
	for _, file := range files {
		require.True(t, written[filepath.Base(file)], "%s belongs to no request", file)
	}
}

// signedText is the content of a file: all that goes into a signature, and what comes out.
func signedText(t *testing.T, op *ir.Operation, x *Explanation, got *Received) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "scheme: %s\n", op.Scheme.Name.Spec)
	for i, d := range x.Run.Signed {
		fmt.Fprintf(&b, "\nstring to sign (%s):\n%s\n", d.Hash, d.Text.Masked())
		if d.Key != nil {
			fmt.Fprintf(&b, "key: %s\n", d.Key.Masked())
		}
		fmt.Fprintf(&b, "%s %s: %s\n", op.Scheme.Places[i].In, op.Scheme.Places[i].Name, x.Places[i].Given)
	}
	sent := *got
	if op.Cipher != nil && len(got.Body) > 0 {
		key, err := support.NewTeaKey(wireCredentials[op.Cipher.Secret].Current)
		require.NoError(t, err)
		sealed, err := support.EncryptTea(got.Body, key, zeroReader{})
		require.NoError(t, err)
		fmt.Fprintf(&b, "\nciphertext (%s, random bits 0):\n%s\n", op.Cipher.Name, hex.EncodeToString(sealed))
		sent.Body = sealed
		sent.Headers = append(append([]Pair{}, got.Headers...), Pair{op.Cipher.ContentHeader, op.Cipher.Name}, Pair{op.Cipher.AcceptHeader, op.Cipher.Name})
		x := Explain(Check{API: ownAPI(t, "msdk"), Match: Match{Operation: op, Method: true}, Received: &sent, Credentials: wireCredentials,
			Decrypt: func(text []byte, _ string) ([]byte, error) { return support.DecryptTea(text, key) }})
		require.True(t, x.Valid && x.Encrypted, x.Reason)
	}
	fmt.Fprintf(&b, "\nrequest:\n%s\n", strings.ReplaceAll(string(got.HTTP()), "\r\n", "\\r\\n\n"))
	return b.String()
}

func keep(t *testing.T, written map[string]bool, name, text string) {
	t.Helper()
	written[name] = true
	file := filepath.Join(signedFolder, name)
	have, err := os.ReadFile(file)
	if *update && (err != nil || string(have) != text) {
		require.NoError(t, os.MkdirAll(signedFolder, 0o755))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
		t.Errorf("%s was rewritten", file)
		return
	}
	require.NoError(t, err)
	require.Equal(t, strings.ReplaceAll(string(have), "\r\n", "\n"), text, name)
}
