package schemes

// Encrypted bodies, both sides: sign, then encrypt, then send; and every way in which an answer can come back.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	encrypt "schemes/extension_encrypt"
)

const teaSecret = "0123456789abcdef"

type encryptService struct {
	encrypt.UnimplementedDefaultServer
	got string
}

func (s *encryptService) Secret(_ context.Context, req *encrypt.SecretRequest) (*encrypt.SecretResponse, error) {
	if s.got, _ = req.Name.Get(); s.got == "fail" {
		return nil, &encrypt.Error{Code: 7, Message: "no"}
	}
	return &encrypt.SecretResponse{Ok: encrypt.Some(true)}, nil
}

func (s *encryptService) Plain(context.Context, *encrypt.PlainRequest) (*encrypt.PlainResponse, error) {
	return &encrypt.PlainResponse{}, nil
}

func encryptKeys(tea encrypt.Key) encrypt.Option {
	return encrypt.WithKeyed(encrypt.KeyedCredentials{App: "1", Key: encrypt.NewKey("k"), Tea: tea})
}

func encryptHandler(t *testing.T, s *encryptService, opts ...encrypt.HandlerOption) http.Handler {
	t.Helper()
	h, err := encrypt.NewHandler(encrypt.Services{Default: s}, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func encryptClient(t *testing.T, transport http.RoundTripper, opts ...encrypt.ClientOption) *encrypt.Client {
	t.Helper()
	c, err := encrypt.NewClient(append(opts, encrypt.WithServer("http://localhost"), encrypt.WithHTTPClient(&http.Client{Transport: transport}))...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func secret(c *encrypt.Client, name string, opts ...encrypt.CallOption) error {
	_, err := c.Secret(context.Background(), &encrypt.SecretRequest{Name: encrypt.Some(name)}, opts...)
	return err
}

// spy keeps the last answer as it travelled.
type spy struct {
	recorder
	answer string
	header http.Header
}

func (s *spy) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := s.recorder.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, _ := io.ReadAll(resp.Body)
	s.answer, s.header = string(body), resp.Header
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

func TestEncryptedCall(t *testing.T) {
	service := &encryptService{}
	h := encryptHandler(t, service, encryptKeys(encrypt.NewKey(teaSecret)))
	s := &spy{recorder: recorder{handler: h}}
	c := encryptClient(t, s, encryptKeys(encrypt.NewKey(teaSecret)))

	if err := secret(c, "open"); err != nil || !strings.Contains(s.sent.body, "open") || s.sent.header.Get("Content-Encrypt") != "" || !strings.HasPrefix(s.answer, "{") {
		t.Errorf("without the option nothing is encrypted: %v, %q", err, s.sent.body)
	}
	sig := s.sent.url
	var first string
	for range 2 {
		if err := secret(c, "hidden", encrypt.WithEncryption()); err != nil || service.got != "hidden" {
			t.Fatal(err)
		}
		if len(s.sent.body)%8 != 0 || strings.Contains(s.sent.body, "hidden") || s.sent.body == first {
			t.Errorf("sent %q", s.sent.body)
		}
		first = s.sent.body
		for _, name := range []string{"Content-Encrypt", "Accept-Encrypt"} {
			if s.sent.header.Get(name) != "msdktea" {
				t.Errorf("%s: %q", name, s.sent.header.Get(name))
			}
		}
		if len(s.answer)%8 != 0 || strings.Contains(s.answer, "ok") || s.header.Get("Content-Encrypt") != "msdktea" {
			t.Errorf("answered %q", s.answer)
		}
	}
	if err := secret(c, "open", encrypt.WithEncryption()); err != nil || s.sent.url != sig {
		t.Errorf("the plaintext is what is signed: %v, %s, %s", err, s.sent.url, sig)
	}
	if err := secret(c, "fail", encrypt.WithEncryption()); err == nil || s.header.Get("Content-Encrypt") != "msdktea" {
		t.Errorf("failures are answered encrypted as well: %v", err)
	}
	for _, part := range []string{"body"} {
		for _, changed := range s.sent.flips(part) {
			if takes(t, h, changed) {
				t.Fatal("a changed ciphertext is taken")
			}
		}
	}
	if takes(t, h, s.sent.with(func(w *wire) { w.header.Del("Content-Encrypt") })) || takes(t, h, s.sent.with(func(w *wire) { w.header.Set("Content-Encrypt", "rot13") })) {
		t.Error("a ciphertext without its header, or under another one")
	}
	if _, err := c.Plain(context.Background(), &encrypt.PlainRequest{}, encrypt.WithEncryption()); !errors.Is(err, encrypt.ErrConfig) {
		t.Errorf("an operation without a cipher: %v", err)
	}
}

// Keys are exchanged without a break; wrong ones are found where they are configured.
func TestCipherKeys(t *testing.T) {
	other := encrypt.NewKey("fedcba9876543210")
	for name, c := range map[string]struct {
		client, server encrypt.Key
		good           bool
	}{
		"previous on the server": {encrypt.NewKey(teaSecret), encrypt.NewKey("fedcba9876543210").WithPrevious(teaSecret), true},
		"another":                {encrypt.NewKey(teaSecret), other, false},
		"none on the server":     {encrypt.NewKey(teaSecret), encrypt.Key{}, false},
	} {
		h := encryptHandler(t, &encryptService{}, encryptKeys(c.server))
		client := encryptClient(t, &recorder{handler: h}, encryptKeys(c.client), encrypt.WithEncryption())
		err := secret(client, "x")
		if (err == nil) != c.good {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && (strings.Contains(err.Error(), teaSecret) || strings.Contains(fmt.Sprintf("%#v", err), teaSecret)) {
			t.Error("the key is in the error")
		}
		if _, err := client.Plain(context.Background(), &encrypt.PlainRequest{}); err != nil {
			t.Errorf("%s: an operation without a cipher: %v", name, err)
		}
	}
	for name, opts := range map[string][]encrypt.ClientOption{
		"no key":             {encryptKeys(encrypt.Key{}), encrypt.WithEncryption()},
		"short key":          {encryptKeys(encrypt.NewKey("short"))},
		"short previous key": {encryptKeys(encrypt.NewKey(teaSecret).WithPrevious("short"))},
	} {
		if _, err := encrypt.NewClient(append(opts, encrypt.WithServer("http://localhost"))...); !errors.Is(err, encrypt.ErrConfig) || strings.Contains(err.Error(), teaSecret) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := encrypt.NewHandler(encrypt.Services{}, encryptKeys(encrypt.Key{}), encrypt.WithRequiredEncryption()); !errors.Is(err, encrypt.ErrConfig) {
		t.Error(err)
	}
	for _, key := range []encrypt.Key{{}, encrypt.NewKey("short")} {
		provide := encrypt.WithKeyedProvider(func(context.Context, encrypt.App) (encrypt.KeyedCredentials, error) {
			return encrypt.KeyedCredentials{App: "1", Key: encrypt.NewKey("k"), Tea: key}, nil
		})
		r := &recorder{}
		if err := secret(encryptClient(t, r, provide, encrypt.WithEncryption()), "x"); !errors.Is(err, encrypt.ErrConfig) || r.sent != nil {
			t.Errorf("a provider without a usable key: %v", err)
		}
	}
}

func TestRequiredEncryption(t *testing.T) {
	h := encryptHandler(t, &encryptService{}, encryptKeys(encrypt.NewKey(teaSecret)), encrypt.WithRequiredEncryption())
	c := encryptClient(t, &recorder{handler: h}, encryptKeys(encrypt.NewKey(teaSecret)))
	if err := secret(c, "x"); err == nil {
		t.Error("plaintext is taken")
	}
	if err := secret(c, "x", encrypt.WithEncryption()); err != nil {
		t.Error(err)
	}
}

// answers gives one literal answer to everything.
type answers struct {
	status int
	header string
	body   string
}

func (a answers) RoundTrip(*http.Request) (*http.Response, error) {
	header := http.Header{}
	if a.header != "" {
		header.Set("Content-Encrypt", a.header)
	}
	return &http.Response{StatusCode: a.status, Header: header, Body: io.NopCloser(strings.NewReader(a.body)), ContentLength: int64(len(a.body))}, nil
}

// The header decides; without one an answer is what it can be read as.
func TestAnswers(t *testing.T) {
	s := &spy{recorder: recorder{handler: encryptHandler(t, &encryptService{}, encryptKeys(encrypt.NewKey(teaSecret)))}}
	if err := secret(encryptClient(t, s, encryptKeys(encrypt.NewKey(teaSecret)), encrypt.WithEncryption()), "x"); err != nil {
		t.Fatal(err)
	}
	sealed := s.answer
	for name, c := range map[string]struct {
		answers
		want error
	}{
		"encrypted":                 {answers{200, "msdktea", sealed}, nil},
		"encrypted, without header": {answers{200, "", sealed}, nil},
		"plain, without header":     {answers{200, "", `{"ok":true}`}, nil},
		"plain, under the header":   {answers{200, "msdktea", `{"ok":true}`}, encrypt.ErrDecrypt},
		"another cipher":            {answers{200, "rot13", `{"ok":true}`}, encrypt.ErrDecrypt},
		"damaged":                   {answers{200, "msdktea", sealed[:len(sealed)-8]}, encrypt.ErrDecrypt},
		"neither":                   {answers{200, "", "<html>"}, encrypt.ErrDecrypt},
		"a proxy's page":            {answers{502, "", "<html>"}, encrypt.ErrTransport},
		"encrypted, with a failure": {answers{500, "msdktea", sealed}, encrypt.ErrTransport},
		"nothing":                   {answers{200, "msdktea", ""}, encrypt.ErrDecode},
	} {
		err := secret(encryptClient(t, c.answers, encryptKeys(encrypt.NewKey(teaSecret).WithPrevious("fedcba9876543210")), encrypt.WithEncryption()), "x")
		if c.want == nil && err != nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		var d *encrypt.DecryptError
		if c.want == encrypt.ErrDecrypt && (!errors.As(err, &d) || d.Operation != "secret" || d.Reason == "") {
			t.Errorf("%s: %#v", name, err)
		}
	}
	// A call that did not ask for encryption understands an encrypted answer all the same, and takes nothing for one.
	c := encryptClient(t, answers{200, "msdktea", sealed}, encryptKeys(encrypt.NewKey(teaSecret)))
	if err := secret(c, "x"); err != nil {
		t.Error(err)
	}
}
