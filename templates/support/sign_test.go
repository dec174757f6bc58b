package support

import (
	"crypto/sha256"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"
)

// What a program is made of. Whole programs are tried where they are generated, against the vendors' answers.

func TestJSONFields(t *testing.T) {
	for body, want := range map[string][]pair{
		"":   nil,
		"{}": {},
		` { "a" : "x\u00e9\n" , "b":1.50,"c":true,"d":null, "e":{"f":[1, "}"]} ,"g":[] } `: {
			{"a", "x\u00e9\n"}, {"b", "1.50"}, {"c", "true"}, {"d", ""}, {"e", `{"f":[1, "}"]}`}, {"g", "[]"},
		},
		`{"a\"b":"","":"\\"}`: {{`a"b`, ""}, {"", `\`}},
	} {
		fields, fault := topMembers([]byte(body))
		if fault != "" || len(fields) != len(want) || len(want) > 0 && !reflect.DeepEqual(fields, want) {
			t.Errorf("%s: %q, %s", body, fields, fault)
		}
	}
	many := "{" + strings.Repeat(`"a":1,`, maxFields) + `"b":1}`
	for body, want := range map[string]string{
		"[]": faultNoObject, "1": faultNoObject, `{"a":}`: faultNoObject, `{"a":1}x`: faultNoObject, " ": faultNoObject, `{"a":1,"a":2}`: faultRepeated,
		`{"a":1,"\u0061":2}`: faultRepeated, many: faultRepeated, strings.Repeat("[", 1000): faultNoObject,
	} {
		if fields, fault := topMembers([]byte(body)); fault != want || fields != nil {
			t.Errorf("%.40s: %q, %s", body, fields, fault)
		}
	}
	var form strings.Builder
	for range maxFields + 1 {
		form.WriteString("a=1&")
	}
	if _, fault := formFields([]byte(form.String())); fault != faultFields {
		t.Error(fault)
	}
	if _, fault := formFields([]byte("a=%zz")); fault != faultNoForm {
		t.Error(fault)
	}
}

// FuzzFields: nothing in a body that has not been verified may break the scanner, and it sees what encoding/json sees.
func FuzzFields(f *testing.F) {
	for _, seed := range []string{`{"a":"b"}`, `{"a":{"b":[1,2,"}"]},"c":null}`, "a=1&b=%20+", `{"a":"\ud800"}`, "\xff", `{"":""}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		fields, fault := topMembers([]byte(body))
		if fault != "" && fields != nil {
			t.Fatal("a fault, and fields")
		}
		for _, field := range fields {
			if len(field.name) > 3*len(body) || len(field.value) > 3*len(body) {
				t.Fatalf("a field is longer than its body: %q", field)
			}
		}
		_, _ = formFields([]byte(body))
	})
}

func TestTemplate(t *testing.T) {
	aws := &template{parts: []templatePart{
		{literal: "A Credential="}, {hole: holeCredential, name: "key"}, {literal: "/"}, {hole: holeStep, name: "scope"}, {literal: ", Signature="}, {hole: holeStep, name: "sig"},
	}}
	if _, c, ok := aws.capture("A Credential=k/x/y, Signature=abc"); !ok || !reflect.DeepEqual(c, []pair{{"key", "k"}}) {
		t.Error(c, ok)
	}
	for _, text := range []string{"", "A Credential=k", "B Credential=k/x, Signature=a", "A Credential=k/x; Signature=a", " A Credential=k/x, Signature=a"} {
		if _, _, ok := aws.capture(text); ok {
			t.Errorf("%q has the form", text)
		}
	}
	stripe := &template{separator: ",", parts: []templatePart{
		{literal: "t="}, {hole: holeValue, name: "t"}, {literal: ",v1="}, {hole: holeStep, name: "sig"},
	}}
	for text, good := range map[string]bool{
		"t=1,v1=a": true, "v0=x,v1=b,t=1,v1=a": true, "v1=a,t=1": true,
		"t=1": false, "v1=a": false, "t=1,t=2,v1=a": false, "t=1,v1=a" + strings.Repeat(",v1=b", maxSignatures): false,
		"t=1,v1=a" + strings.Repeat(",x", maxElements): false, "": false, ",": false,
	} {
		v, _, ok := stripe.capture(text)
		if ok != good || good && !reflect.DeepEqual(v, []pair{{"t", "1"}}) {
			t.Errorf("%q: %v, %v", text, v, ok)
		}
		if equal := stripe.equal([]byte("t=1,v1=a"), text); good && equal != 1 {
			t.Errorf("%q is refused", text)
		}
		if equal := stripe.equal([]byte("t=1,v1=c"), text); equal != 0 {
			t.Errorf("%q is taken for another signature", text)
		}
	}
}

func TestTimeFormats(t *testing.T) {
	at := time.Date(2015, 8, 30, 12, 36, 0, 7_000_000, time.UTC)
	for format, want := range map[timeFormat]string{
		timeSeconds: "1440938160", timeMillis: "1440938160007", timeISO: "2015-08-30T12:36:00Z", timeISOMillis: "2015-08-30T12:36:00.007Z",
		timeISOBasic: "20150830T123600Z", timeDate: "2015-08-30", timeDateBasic: "20150830", timeCompact: "20150830123600",
		timeHTTP: "Sun, 30 Aug 2015 12:36:00 GMT",
	} {
		if got := format.text(at.In(time.FixedZone("x", 3600))); got != want {
			t.Errorf("%d: %s", format, got)
		}
		back, ok := format.parse(want)
		if !ok || format.text(back) != want {
			t.Errorf("%s: read back as %v, %v", want, back, ok)
		}
		for _, evil := range []string{"", "x", want + "0", " " + want, "+" + want, "99999999999999999999", want + ".5", strings.ToLower(want) + "z"} {
			if _, ok := format.parse(evil); ok && evil != want+"0" {
				t.Errorf("format %d takes %q", format, evil)
			}
		}
	}
	m := new(message)
	if got := string(m.date("1551113065", timeSeconds, timeDate)); got != "2019-02-25" || m.fault != "" {
		t.Error(got, m.fault)
	}
	if got := m.date("secret", timeSeconds, timeDate); got != nil || m.fault == "" || strings.Contains(m.fault, "secret") {
		t.Error(got, m.fault)
	}
}

// repeatReader gives the same bytes for ever.
type repeatReader byte

func (r repeatReader) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(r)
	}
	return len(p), nil
}

func TestRandomText(t *testing.T) {
	made := func(source repeatReader, alphabet string, length int) (string, error) {
		m := &moment{source: source}
		m.nonce = m.next
		return m.randomText(alphabet, length), m.err
	}
	for _, c := range []struct {
		alphabet, want string
		source         repeatReader
	}{{nonceHex, "fffff", 0xff}, {nonceDigits, "33333", 3}, {nonceAlphanumeric, "AAAAA", 0}, {nonceUUID, "00000000-0000-4000-8000-000000000000", 0}} {
		if got, err := made(c.source, c.alphabet, 5); got != c.want || err != nil {
			t.Errorf("%s: %q, %v", c.alphabet, got, err)
		}
	}
	if _, err := made(0xff, nonceAlphanumeric, 5); err == nil {
		t.Error("a source without a usable byte ends nowhere")
	}
	m := &moment{source: defaultRandom}
	m.nonce = m.next
	if a, b := m.uuid(), m.uuid(); a == b || len(a) != 36 || a[14] != '4' || !strings.ContainsRune("89ab", rune(a[19])) {
		t.Error(a, b)
	}
}

func TestSigningOperations(t *testing.T) {
	m := new(message)
	for got, want := range map[string]string{
		string(appendPercent(nil, "a b/~*+\u4f60", percent{})):                             "a%20b%2F~%2A%2B%E4%BD%A0",
		string(appendPercent(nil, "a b/~*", percent{plus: true, keep: "/*", encode: "~"})): "a+b/%7E*",
		string(appendPercent(nil, []byte("/"), percent{lowerHex: true})):                   "%2f",
		cut("abc", 1, -1) + cut("abc", 1, 2) + cut("abc", 5, 9) + cut("abc", 0, 9):         "bcbabc",
		last("abc", 2) + last("abc", 9):                                                    "bcabc",
		string(appendUpper(nil, "a\u00e9Z")) + string(appendLower(nil, "A\u00c9z")):        "A\u00e9Za\u00c9z",
		string(m.fromHex([]byte("61fF"))):                                                  "a\xff",
		string(m.fromBase64([]byte("-_-_"))) + string(m.fromBase64([]byte("YQ=="))):        "\xfb\xff\xbfa",
		string(m.fromBase64([]byte("YQ"))):                                                 "a",
		string(appendBarePairs(nil, []pair{{"a", ""}, {"b", "c"}}, "=", "&")):              "a&b=c",
		string(appendNames(nil, []pair{{"a", ""}, {"b", "c"}}, ";")):                       "a;b",
		string(appendValues(nil, []pair{{"", "x"}, {"", "y"}}, "+")):                       "x+y",
		string(hmacSum(sha256.New, "", ""))[:1]:                                            "\xb6",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, evil := range []string{"6", "zz"} {
		if m.fromHex([]byte(evil)); m.fault == "" {
			t.Errorf("%q is hexadecimal", evil)
		}
		m.fault = ""
	}
	for _, evil := range []string{"Y", "Y*==", "YQ=", "YR==", "YQ==\n"} {
		if m.fromBase64([]byte(evil)); m.fault == "" {
			t.Errorf("%q is base64", evil)
		}
		m.fault = ""
	}
	if m.check(errors.New("a secret"), "f"); m.fault == "" || strings.Contains(m.fault, "secret") {
		t.Error(m.fault)
	}
}

func TestLists(t *testing.T) {
	list := []pair{{"b", "2"}, {"A", ""}, {"a", "3"}, {"b", "1"}}
	for name, c := range map[string]struct {
		got  []pair
		want string
	}{
		"by name":        {sorted(list, byName), "A= a=3 b=1 b=2"},
		"by value":       {sorted(list, byValue), "A= b=1 b=2 a=3"},
		"by folded name": {sorted(list, byFoldedName), "A= a=3 b=1 b=2"},
		"folded value":   {sorted([]pair{{"x", "B"}, {"y", "a"}}, byFoldedValue), "y=a x=B"},
		"only":           {only(list, "b"), "b=2 b=1"},
		"except":         {except(list, "b"), "A= a=3"},
		"empty":          {withoutEmpty(list), "b=2 a=3 b=1"},
		"lower":          {lowerNames(list), "b=2 a= a=3 b=1"},
		"percent":        {percentList([]pair{{"a b", "/"}}, percent{}), "a%20b=%2F"},
	} {
		if got := string(appendPairs(nil, c.got, "=", " ")); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	if list[0].name != "b" || list[1].name != "A" {
		t.Error("the list itself was changed")
	}
	form := &message{body: []byte("b=1&a=2"), readFields: formFields}
	if got := string(appendPairs(nil, append(form.fieldList(), form.queryList()...), "=", "&")); got != "b=1&a=2" || form.field("a") != "2" {
		t.Error(got)
	}
	sent := &message{host: "h", contentType: "text/x", sentHeaders: []pair{{"x-acs-b", " a   b "}, {"x-acs-a", "1"}, {"other", "2"}}}
	came := &message{host: "h", arrived: http.Header{"Content-Type": {"text/x"}, "X-Acs-A": {"1"}, "X-Acs-B": {"a \t b"}, "Other": {"2"}, "Accept": {"x"}}}
	for _, m := range []*message{sent, came} {
		if got := string(appendPairs(nil, m.headerList("x-acs-", "host", "content-type", "absent"), ":", "\n")); got != "content-type:text/x\nhost:h\nx-acs-a:1\nx-acs-b:a b" {
			t.Error(got)
		}
		if m.header("content-type") != "text/x" || m.header("host") != "h" || m.header("absent") != "" {
			t.Error("headers by name")
		}
	}
	if len(came.arrived["X-Acs-B"]) != 1 || came.arrived["X-Acs-B"][0] != "a \t b" {
		t.Error("the request was changed")
	}
}

// Signing costs no memory but that of the URL, which an unsigned call has as well.
func TestSigningAllocatesNothing(t *testing.T) {
	c := wireClientFor(t, "http://127.0.0.1:1", WithRandom(repeatReader(0)))
	plain := opWireLogin
	plain.scheme, plain.parameters = nil, nil
	for _, p := range opWireLogin.parameters {
		if p.fill != fillSignature && p.fill != fillKey {
			plain.parameters = append(plain.parameters, p)
		}
	}
	count := func(op *operation) float64 {
		k, err := c.core.prepare(t.Context(), op, wireExample(), nil)
		if err != nil {
			t.Fatal(err)
		}
		k.credentials = wireCredentials()
		return testing.AllocsPerRun(100, func() {
			k.message.placed, k.secrets = nil, nil // the signature of an attempt before is kept for the mask; there is none on a first one
			if _, err := k.sign(); err != nil {
				t.Fatal(err)
			}
		})
	}
	if signed, unsigned := count(&opWireLogin), count(&plain); signed > unsigned {
		t.Errorf("a signed request takes %v allocations, an unsigned one %v", signed, unsigned)
	}
}
