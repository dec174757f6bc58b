package signing

// The program around the generated package that cross_test.go compiles.

import (
	"fmt"
	"strings"
	"time"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// crossNow is the clock of both sides.
var crossNow = time.Unix(1440938160, 0)

// zeroReader is a random source without chance.
type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

const crossMain = `package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"time"

	"cross/api"
)

type crossCase struct {
	Operation string
	Values    map[string]string
	Raw       [][]byte
}

type crossResult struct {
	Sent     []byte
	Error    string
	Statuses []int
}

type capture struct{ sent []byte }

func (c *capture) RoundTrip(r *http.Request) (*http.Response, error) {
	var text bytes.Buffer
	text.WriteString(r.Method + " " + r.URL.RequestURI() + " HTTP/1.1\r\nHost: " + r.URL.Host + "\r\n")
	r.Header.Write(&text)
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	text.WriteString("Content-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n")
	text.Write(body)
	c.sent = text.Bytes()
	return &http.Response{StatusCode: 200, ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader("{}")), ContentLength: 2, Request: r}, nil
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func integer(text string) int64 { n, _ := strconv.ParseInt(text, 10, 64); return n }

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	var cases []crossCase
	check(json.NewDecoder(os.Stdin).Decode(&cases))
	now := func() time.Time { return time.Unix(1440938160, 0) }
	c := &capture{}
	client, err := api.NewClient(append(clientOptions(), api.WithClock(now), api.WithRandom(zeros{}), api.WithServer("http://h.example:8080"),
		api.WithHTTPClient(&http.Client{Transport: c}))...)
	check(err)
	handler, err := api.NewHandler(api.Services{Default: service{}}, append(handlerOptions(), api.WithClock(now))...)
	check(err)
	results := make([]crossResult, len(cases))
	for i, one := range cases {
		c.sent = nil
		if err := call[one.Operation](context.Background(), client, one.Values); err != nil && c.sent == nil {
			results[i].Error = err.Error()
		}
		results[i].Sent = c.sent
		for _, raw := range one.Raw {
			r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(raw)))
			check(err)
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			results[i].Statuses = append(results[i].Statuses, w.Code)
		}
	}
	check(json.NewEncoder(os.Stdout).Encode(results))
}

type service struct{ api.UnimplementedDefaultServer }

var _ = integer
`

// glue is the part of the program that depends on the document.
func glue(api *ir.API) string {
	var b strings.Builder
	for _, side := range []string{"Client", "Handler"} {
		fmt.Fprintf(&b, "\nfunc %sOptions() []api.%sOption {\n\tvar all []api.%sOption\n", strings.ToLower(side), side, side)
		for _, s := range api.Schemes {
			fmt.Fprintf(&b, "\tall = append(all, api.With%s(api.%sCredentials{App: \"app1\", Key: api.NewKey(\"k+e/y \"), Region: \"eu west\"}))\n", s.Name.Go, s.Name.Go)
		}
		b.WriteString("\treturn all\n}\n")
	}
	b.WriteString("\nvar call = map[string]func(context.Context, *api.Client, map[string]string) error{\n")
	for _, op := range api.Operations {
		c := op.Calls[0]
		fmt.Fprintf(&b, "\t%q: func(ctx context.Context, c *api.Client, v map[string]string) error {\n\t\treq := &api.%s{}\n", c.Name.Go, c.Request.Name.Go)
		for _, f := range c.Request.Fields {
			assign(&b, "req", f)
		}
		fmt.Fprintf(&b, "\t\t_, err := c.%s(ctx, req)\n\t\treturn err\n\t},\n", c.Name.Go)
	}
	b.WriteString("}\n")
	return b.String()
}

// assign sets a field of a request.
func assign(b *strings.Builder, to string, f *ir.Field) {
	if f.Fill != nil {
		return
	}
	if f.Type.Kind == ir.KindStruct {
		for _, inner := range f.Type.Fields {
			assign(b, to+"."+f.Name.Go, inner)
		}
		return
	}
	value := map[ir.Kind]string{ir.KindString: "t", ir.KindInt: "integer(t)", ir.KindBool: `t == "true"`}[f.Type.Kind]
	if !f.Plain() {
		value = "api.Some(" + value + ")"
	}
	fmt.Fprintf(b, "\t\tif t, ok := v[%q]; ok {\n\t\t\t%s.%s = %s\n\t\t}\n", f.Name.Spec, to, f.Name.Go, value)
}
