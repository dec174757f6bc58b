package signing

// Tencent IM's UserSig, the one scheme that is no program: a signed statement that an account may use an app for some time. It is written in
// the same terms as a program's steps, so that it is shown in the same way.

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/msdkgen/msdkgen/generator/ir"
)

const (
	userSigApp        = "sdkappid"
	userSigIdentifier = "identifier"
	userSigSecret     = "secret"
	userSigLife       = 24 * time.Hour // what a generated client asks for
	maxUserSig        = 8 << 10        // bytes, before and after decompression
)

// userSigClaims are the members of a UserSig.
type userSigClaims struct {
	Version    string  `json:"TLS.ver"`
	Identifier string  `json:"TLS.identifier"`
	App        int64   `json:"TLS.sdkappid"`
	Expire     int64   `json:"TLS.expire"`
	Time       int64   `json:"TLS.time"`
	UserBuf    *string `json:"TLS.userbuf,omitempty"`
	Sig        string  `json:"TLS.sig"`
}

// text is what is signed.
func (u *userSigClaims) text() string {
	text := fmt.Sprintf("TLS.identifier:%s\nTLS.sdkappid:%d\nTLS.time:%d\nTLS.expire:%d\n", u.Identifier, u.App, u.Time, u.Expire)
	if u.UserBuf != nil {
		text += "TLS.userbuf:" + *u.UserBuf + "\n"
	}
	return text
}

// sign fills Sig and returns the steps on the way to it.
func (u *userSigClaims) sign(key Text) *Run {
	step := func(name string, op ir.StepOp, kind ir.StepType) *ir.Step {
		return &ir.Step{Name: ir.Name{Spec: name}, Op: op, Type: kind, Hash: map[ir.StepOp]string{ir.OpHMAC: "sha256"}[op]}
	}
	text := plain(u.text())
	e := &evaluation{keyed: map[string]bool{}}
	mac := &Trace{Step: step("mac", ir.OpHMAC, ir.StepBytes), Inputs: []Named{{"secret " + userSigSecret, Value{Text: key}}, {"text", Value{Text: text}}}}
	mac.Result = e.run(mac)
	mac.Result.Type = ir.StepBytes
	sig := &Trace{Step: step("TLS.sig", ir.OpBase64, ir.StepText), Inputs: []Named{{"mac", mac.Result}}}
	sig.Result = Value{Text: mac.Result.Text.whole(encodings[ir.OpBase64])}
	u.Sig = sig.Result.Text.Clear()
	return &Run{
		Steps: []*Trace{{Step: step("text", ir.OpConcat, ir.StepText), Result: Value{Text: text}}, mac, sig}, Signed: []*Digest{mac.Digest},
	}
}

// newUserSig makes a UserSig that is good from a time on.
func newUserSig(c Credentials, now time.Time) (*Run, error) {
	app, err := strconv.ParseInt(c[userSigApp].Current, 10, 64)
	identifier := c[userSigIdentifier].Current
	switch {
	case err != nil || app <= 0:
		return nil, &Fault{Reason: "the credential " + userSigApp + " is not a positive integer"}
	case identifier == "" || strings.IndexFunc(identifier, unicode.IsControl) >= 0:
		return nil, &Fault{Reason: "the credential " + userSigIdentifier + " is empty or holds control characters"}
	case c[userSigSecret].Current == "":
		return nil, &Fault{Reason: "the credential " + userSigSecret + " is not configured"}
	}
	claims := &userSigClaims{Version: "2.0", Identifier: identifier, App: app, Time: now.Unix(), Expire: int64(userSigLife / time.Second)}
	run := claims.sign(secret(c[userSigSecret].Current, userSigSecret))
	text, err := claims.encode()
	if err != nil {
		return nil, &Fault{Reason: "the UserSig cannot be written"}
	}
	run.Placed = []Text{secret(text, "usersig")} // whoever has it can call for a day
	return run, nil
}

func (u *userSigClaims) encode() (string, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(u); err != nil {
		return "", err
	}
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	if _, err := w.Write(bytes.TrimSpace(text.Bytes())); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return strings.NewReplacer("+", "*", "/", "-", "=", "_").Replace(base64.StdEncoding.EncodeToString(packed.Bytes())), nil
}

// readUserSig reads one; the reason says why it is none.
func readUserSig(text string) (u *userSigClaims, reason string) {
	if len(text) > maxUserSig {
		return nil, "it is too long"
	}
	packed, err := base64.StdEncoding.DecodeString(strings.NewReplacer("*", "+", "-", "/", "_", "=").Replace(text))
	if err != nil {
		return nil, "it is not base64 with *, - and _ in place of +, / and ="
	}
	unpacked, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, "it does not hold compressed data (zlib)"
	}
	content, err := io.ReadAll(io.LimitReader(unpacked, maxUserSig+1))
	if err != nil || len(content) > maxUserSig {
		return nil, "its compressed data is damaged or too long"
	}
	u = &userSigClaims{}
	if json.Unmarshal(content, u) != nil {
		return nil, "it does not hold the JSON of a UserSig"
	}
	return u, ""
}

// explainBuiltin is Explain for a UserSig.
func explainBuiltin(c *Check, x *Explanation) {
	arrival, err := Take(c.Match.Operation.Scheme, c.located(), c.Match, c.Received.Body)
	if x.Arrival, x.App = arrival, arrival.App; err != nil {
		x.Reason = err.Error()
		return
	}
	given := arrival.Given[0]
	claims, reason := readUserSig(given)
	if reason != "" {
		x.Reason = "the UserSig cannot be read: " + reason
		return
	}
	fits := func(key string) bool {
		again := *claims
		again.sign(secret(key, userSigSecret))
		return again.Sig == claims.Sig
	}
	key := c.Credentials[userSigSecret]
	again := *claims
	x.Run = again.sign(secret(key.Current, userSigSecret))
	x.Places = []PlaceResult{{c.Match.Operation.Scheme.Places[0], claims.Sig, plain(again.Sig), again.Sig == claims.Sig}}
	c.compareOwn(x)
	x.Previous = again.Sig != claims.Sig && key.Previous != "" && fits(key.Previous)
	if key.Current == "" {
		x.Reason = "the secret " + userSigSecret + " is not configured"
		return
	}
	if again.Sig != claims.Sig && !x.Previous {
		x.Reason = "the signature inside the UserSig does not fit the secret"
		for _, form := range keyForms {
			x.Tried++
			if text, ok := form.change(key.Current); ok && fits(text) {
				x.Would = append(x.Would, Finding{form.code, form.text})
			}
		}
		return
	}
	x.Reason = c.userSigMismatch(claims, arrival)
	x.Valid = x.Reason == ""
}

// userSigMismatch says why a UserSig with the right signature is not good for a request.
func (c *Check) userSigMismatch(claims *userSigClaims, arrival *Arrival) string {
	query := maps.Collect(func(yield func(string, string) bool) {
		for _, p := range arrival.Request.Query {
			if !yield(p.Name, p.Value) {
				return
			}
		}
	})
	const longest = 1 << 40
	switch {
	case claims.Version != "2.0":
		return "the UserSig has another version than 2.0"
	case strconv.FormatInt(claims.App, 10) != query[userSigApp]:
		return "the UserSig was made for another app than the request names in " + userSigApp
	case claims.Identifier != query[userSigIdentifier]:
		return "the UserSig was made for another account than the request names in " + userSigIdentifier
	case claims.Identifier != c.Credentials[userSigIdentifier].Current:
		return "the UserSig was made for another account than the one that may call"
	case claims.Time < 0 || claims.Time > longest || claims.Expire <= 0 || claims.Expire > longest:
		return "the times in the UserSig make no sense"
	case c.Now.IsZero():
		return ""
	case c.Now.Unix() >= claims.Time+claims.Expire:
		return "the UserSig has expired"
	case claims.Time > c.Now.Unix()+300:
		return "the UserSig is from the future"
	}
	return ""
}
