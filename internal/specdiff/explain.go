package specdiff

// What a scheme signs, shown for one sample request: a change of a program is read far more easily from the text that it makes than from its
// steps. The programs are run by the evaluator that sign and verify use; this file is the only one that knows it.

import (
	"encoding/hex"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/internal/signing"
)

// Explainer shows what a scheme signs.
type Explainer interface {
	// Explain runs the program of a scheme on a request. ok is false for a program that it cannot run; the report then shows the steps.
	Explain(s *ir.Scheme, r Sample) (e Explanation, ok bool)
}

// Explanation is what comes of signing a sample.
type Explanation struct {
	// Hashed are the texts of earlier digests without a key, which are part of the string to sign as their results: a canonical request.
	Hashed       []string `json:"hashed,omitempty"`
	StringToSign string   `json:"stringToSign,omitempty"` // what goes into the last digest
	Digest       string   `json:"digest,omitempty"`       // which one that is: "md5", "hmac-sha256 with the key example-key"
	Place        string   `json:"place,omitempty"`        // where the signature travels first: "header Authorization"
	Signature    string   `json:"signature,omitempty"`    // the text of that place
	// Steps are those of the program as they are written; they stand in where the program cannot be run.
	Steps []string `json:"steps,omitempty"`
}

// Sample is a request to be signed. Its secrets are made up: nothing of a report is worth hiding.
type Sample struct {
	Method, Path string
	Query        []SampleParameter // in the order of the request, without the signature
	Headers      []SampleParameter
	PathValues   []SampleParameter
	Body         string
	Form         bool
	Credentials  map[string]string // by their names, secrets included
	marks        string            // at the end of texts
}

// SampleParameter is one parameter, decoded.
type SampleParameter struct{ Name, Value string }

// Programs runs programs of all operations but "go", whose functions only their author has.
type Programs struct{}

// Explain implements Explainer.
func (Programs) Explain(s *ir.Scheme, r Sample) (Explanation, bool) {
	if s == nil || s.Program == nil || len(s.Program.Steps) == 0 {
		return Explanation{}, false
	}
	in := signing.Input{Scheme: s, Request: r.request(s), Credentials: signing.Credentials{}}
	for name, value := range r.Credentials {
		in.Credentials[name] = signing.Credential{Current: value}
	}
	if s.Keys != nil && len(s.Keys.Choices) > 0 {
		in.Key = s.Keys.Choices[0]
	}
	run, err := signing.Evaluate(in)
	if err != nil || len(run.Placed) == 0 {
		return Explanation{}, false
	}
	e := Explanation{Signature: run.Placed[0].Clear(), Place: s.Places[0].In.String() + " " + s.Places[0].Name}
	signed := run.StringToSign()
	if signed == nil {
		return e, true
	}
	e.StringToSign, e.Digest = signed.Text.Clear(), signed.Hash
	if key := signed.Key.Clear(); key != "" {
		e.Digest += " with the key " + keyText(key)
	}
	for _, t := range run.Steps {
		if d := t.Digest; d != nil && d != signed && len(d.Key) == 0 && len(e.Hashed) < maxHashed {
			e.Hashed = append(e.Hashed, d.Text.Clear())
		}
	}
	return e, true
}

// maxHashed bounds the digests on the way that are shown.
const maxHashed = 8

// keyText shows a key, and bytes in digits.
func keyText(key string) string {
	if utf8.ValidString(key) && !strings.ContainsFunc(key, unicode.IsControl) {
		return key
	}
	return hex.EncodeToString([]byte(key))
}

// request is the sample as a signature sees it, sent to a made-up host.
func (r Sample) request(s *ir.Scheme) *signing.Request {
	request := &signing.Request{
		Method: r.Method, URLScheme: "https", Host: "api.example.com", Path: r.Path, EncodedPath: (&url.URL{Path: r.Path}).EscapedPath(),
		Query: pairs(r.Query), Headers: pairs(r.Headers), PathValues: pairs(r.PathValues), Body: []byte(r.Body), Form: r.Form,
	}
	request.RawQuery = encodePairs(r.Query)
	for _, v := range s.Values {
		request.Values = append(request.Values, signing.Pair{Name: v.Name.Spec, Value: fillSample(v.Fill)})
	}
	return request
}

func pairs(parameters []SampleParameter) []signing.Pair {
	var all []signing.Pair
	for _, p := range parameters {
		all = append(all, signing.Pair(p))
	}
	return all
}

// fillSample is a time or a random value, always the same one.
func fillSample(f *ir.Fill) string {
	if f == nil {
		return ""
	}
	switch {
	case f.Kind != ir.FillNonce:
		return signing.FormatTime(time.Unix(1700000000, 0).Add(f.Offset), f.Format)
	case f.Alphabet == "":
		return "12345"
	case f.Alphabet == "uuid":
		return "01234567-89ab-4def-8123-456789abcdef"
	}
	digits := "0123456789"
	if f.Alphabet != "digits" {
		digits += "abcdef"
	}
	return strings.Repeat(digits, f.Length/len(digits)+1)[:f.Length]
}
