package signing

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

var (
	programs = flag.Int("programs", 100, "how many random programs are run by both sides")
	requests = flag.Int("requests", 12, "how many requests of each")
	seed     = flag.Uint64("seed", 1, "what the random programs and requests are made of")
)

// crossCase is one request of one operation: values for the generated client to send, and raw requests for the generated server.
type crossCase struct {
	Operation string
	Values    map[string]string
	Raw       [][]byte
}

// crossResult is what the generated code did with it.
type crossResult struct {
	Sent     []byte // the request of the client as HTTP text
	Error    string
	Statuses []int // of the server, for each raw request
}

// The generated code and the evaluator agree: what the generated client sends is right for the evaluator, and the generated server takes
// what the evaluator signs and nothing else. Both ways, for random programs and random requests.
func TestRandomProgramsAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a package")
	}
	r := rand.New(rand.NewPCG(*seed, 0))
	api, runner := compileRandom(t, r)
	var cases []crossCase
	for _, op := range api.Operations {
		for range *requests {
			cases = append(cases, randomCase(t, r, api, op))
		}
	}
	results := runner(cases)
	signed := 0
	for i, c := range cases {
		op := api.Operations[i / *requests]
		result := results[i]
		if result.Error != "" {
			// A program can fail, for instance where there is no date; then it has to fail here as well, and there is nothing raw.
			require.Empty(t, c.Raw, "%s: the client failed, the evaluator did not: %s", c.Operation, result.Error)
			continue
		}
		signed++
		got, _, err := ParseHTTP(result.Sent)
		require.NoError(t, err)
		x := Explain(Check{API: api, Match: matchOf(t, api, op, got), Received: got, Server: crossServer, Credentials: crossCredentials})
		require.True(t, x.Valid, "%s: the evaluator refuses what the client sent: %s\n%s\nwould: %v\n%s", c.Operation, x.Reason, result.Sent, x.Would, stepsOf(x))
		for j, status := range result.Statuses {
			if j%2 == 0 {
				require.NotEqual(t, 401, status, "%s: the server refuses what the evaluator signed\n%s", c.Operation, c.Raw[j])
				require.NotEqual(t, 400, status, "%s: the request is odd\n%s", c.Operation, c.Raw[j])
			} else {
				require.Equal(t, 401, status, "%s: the server takes another signature\n%s", c.Operation, c.Raw[j])
			}
		}
	}
	require.Greater(t, signed, len(cases)*3/4)
}

const crossServer = "http://h.example:8080"

var crossCredentials = Credentials{"app": {Current: "app1"}, "key": {Current: "k+e/y "}, "other": {}, "region": {Current: "eu west"}}

func stepsOf(x *Explanation) string {
	var b strings.Builder
	if x.Run != nil {
		x.Run.Print(&b, true)
	}
	return b.String()
}

func matchOf(t *testing.T, api *ir.API, op *ir.Operation, got *Received) Match {
	t.Helper()
	for _, m := range Find(api, got.Method, got.Path) {
		if m.Operation == op {
			return m
		}
	}
	t.Fatalf("%s is not found under %s", op.Name.Spec, got.Path)
	return Match{}
}

var oddTexts = []string{"", "x", "a b", "a+b", "ä/ö?", "100%", "a=b&c=d", "*~-_.", "日本", "UPPER", "1440938160", "'quoted\"", "e\\scape", "  blanks  "}

// randomCase is a request with odd values, and the same and an odder one as the evaluator signs them.
func randomCase(t *testing.T, r *rand.Rand, api *ir.API, op *ir.Operation) crossCase {
	t.Helper()
	values := map[string]string{"item": pick(r, "x", "a b", "ä+", "p%2Fq"), "n": fmt.Sprint(r.IntN(1000) - 500), "flag": pick(r, "true", "false")}
	for _, name := range []string{"a", "b", "c", "f1", "f2", "X-One", "X-Two"} {
		text := pick(r, oddTexts...)
		if strings.HasPrefix(name, "X-") {
			text = strings.TrimSpace(strings.Map(func(c rune) rune {
				if c > 0x7e {
					return 'u'
				}
				return c
			}, text))
		}
		if text == "" && (name == "a" || name == "f1" || name == "X-Two") {
			text = "0" // a client refuses empty ones that are required
		}
		values[name] = text
	}
	for _, name := range []string{"b", "c", "f2", "X-One", "n", "flag"} {
		if r.IntN(3) == 0 {
			delete(values, name)
		}
	}
	c := crossCase{Operation: op.Calls[0].Name.Go, Values: values}
	plan := Plan{API: api, Call: op.Calls[0], Server: crossServer, Credentials: crossCredentials, Now: crossNow, Random: zeroReader{}}
	for _, name := range []string{"item", "a", "b", "c", "X-One", "X-Two", "f1", "f2", "n", "flag"} {
		if value, ok := values[name]; ok {
			plan.Values = append(plan.Values, Pair{name, value})
		}
	}
	built, err := Build(plan)
	if _, isFault := err.(*Fault); isFault {
		return c
	}
	require.NoError(t, err, op.Name.Spec)
	c.Raw = append(c.Raw, built.Request.HTTP(), spoiled(r, op, built.Request).HTTP())
	odd := resigned(t, api, op, oddRequest(r, op, built.Request))
	if odd != nil {
		c.Raw = append(c.Raw, odd.HTTP())
	}
	return c
}

// oddRequest changes a request in ways that no client of ours would: repeated and unknown parameters, + for a space, headers with blanks,
// white space in the body.
func oddRequest(r *rand.Rand, op *ir.Operation, from *Received) *Received {
	odd := *from
	odd.Headers = append(append([]Pair{}, from.Headers...), Pair{"x-three", "second   value"}, Pair{"X-Three", "  three\t3 "})
	odd.RawQuery += pick(r, "&zz=1&&q", "&Zz=2&zz=1", "&e=&e=+%2b", "&p=%7e*~", "")
	if isForm(op) {
		odd.Body = append(bytes.Clone(from.Body), pick(r, "&u=+x", "&u", "", "&&u=%41")...)
		return &odd
	}
	odd.Body = bytes.Replace(from.Body, []byte("{"), []byte(pick(r, "{ ", `{"u": {"x" : [1, 2.50]} ,`, `{"u":null,`, `{"\u0075":"\u00e4\/",`)), 1)
	return &odd
}

// resigned gives a request the signature that is right for it.
func resigned(t *testing.T, api *ir.API, op *ir.Operation, got *Received) *Received {
	t.Helper()
	match := matchOf(t, api, op, got)
	arrival, err := Take(op.Scheme, got, match, got.Body)
	require.NoError(t, err)
	run, err := Evaluate(Input{Scheme: op.Scheme, Request: &arrival.Request, Credentials: crossCredentials})
	if err != nil {
		return nil
	}
	return withSignature(op, got, arrival.Given[0], run.Placed[0].Clear())
}

// spoiled changes one character of the signature.
func spoiled(r *rand.Rand, op *ir.Operation, from *Received) *Received {
	place := op.Scheme.Places[0]
	arrival, _ := Take(op.Scheme, from, Match{Operation: op}, from.Body)
	right := arrival.Given[0]
	sign := signatures(place, right)[0]
	at := len(right) - len(sign) + r.IntN(len(sign)-2) // it stands at the end in every template here
	other := byte('0')
	if right[at] == '0' {
		other = '1'
	}
	return withSignature(op, from, right, right[:at]+string(other)+right[at+1:])
}

func withSignature(op *ir.Operation, from *Received, before, after string) *Received {
	place, result := op.Scheme.Places[0], *from
	switch place.In {
	case ir.InHeader:
		result.Headers = changed(from.Headers, place.Name, after)
	case ir.InBody:
		form := func(text string) []byte {
			if isForm(op) {
				return []byte(encodeQuery([]Pair{{place.Name, text}}))
			}
			return []byte(jsonText(place.Name) + ":" + jsonText(text))
		}
		result.Body = bytes.Replace(from.Body, form(before), form(after), 1)
	default:
		result.RawQuery = changedQuery(from.RawQuery, place.Name, after)
	}
	return &result
}

// compileRandom generates the package of a random document, and a program around it; the result runs that over cases.
func compileRandom(t *testing.T, r *rand.Rand) (*ir.API, func([]crossCase) []crossResult) {
	t.Helper()
	docs := fstest.MapFS{"spec.yaml": {Data: []byte(randomDocument(r, *programs))}}
	cfg := generator.Config{Packages: []generator.Package{{Spec: "spec.yaml", Package: "api", Output: "api"}}}
	apis, list := generator.Models(docs, cfg)
	var out strings.Builder
	diag.Print(&out, list, func(string) []byte { return nil })
	require.False(t, list.HasErrors(), out.String()[:min(3000, out.Len())])
	files, _ := generator.Generate(docs, cfg)
	folder := t.TempDir()
	write := func(name string, content []byte) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), content, 0o644))
	}
	for _, file := range files {
		if !strings.HasSuffix(file.Path, "_test.go") {
			write(file.Path, file.Content)
		}
	}
	write("go.mod", []byte("module cross\n\ngo 1.24\n"))
	write("main.go", []byte(crossMain+glue(apis[0])))
	program := filepath.Join(folder, "cross")
	build := exec.Command("go", "build", "-gcflags=cross/...=-N -l", "-ldflags=-s -w", "-o", program, ".")
	build.Dir = folder
	build.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GOPROXY=off")
	text, err := build.CombinedOutput()
	require.NoError(t, err, string(text))
	return apis[0], func(cases []crossCase) []crossResult {
		input, err := json.Marshal(cases)
		require.NoError(t, err)
		run := exec.Command(program)
		run.Stdin = bytes.NewReader(input)
		var stderr strings.Builder
		run.Stderr = &stderr
		output, err := run.Output()
		require.NoError(t, err, stderr.String())
		var results []crossResult
		require.NoError(t, json.Unmarshal(output, &results))
		require.Len(t, results, len(cases))
		return results
	}
}
