package lower

// What the tests of this stage share. A document under test says itself what is wrong with it: a line that has to be complained
// about ends in "# want <code>", once for each complaint.

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

const head = "openapi: 3.0.3\ninfo: {title: T, version: \"1\"}\n"

const head31 = "openapi: 3.1.0\ninfo: {title: T, version: \"1\"}\n"

// schemas is a document of nothing but schemas.
func schemas(text string) string {
	return head + "paths: {}\ncomponents:\n  schemas:\n" + indent(4, text)
}

func indent(n int, text string) string {
	pad := strings.Repeat(" ", n)
	return pad + strings.ReplaceAll(strings.Trim(text, "\n"), "\n", "\n"+pad) + "\n"
}

var marker = regexp.MustCompile(`# want (.*)$`)

// run lowers a document and compares the complaints with the marks in it.
func run(t *testing.T, text string) *ir.API {
	t.Helper()
	return runAs(t, text, false)
}

func runAs(t *testing.T, text string, strict bool) *ir.API {
	t.Helper()
	var want []string
	for i, line := range strings.Split(text, "\n") {
		if m := marker.FindStringSubmatch(line); m != nil {
			for _, code := range strings.Fields(m[1]) {
				want = append(want, fmt.Sprintf("%d %s", i+1, code))
			}
		}
	}
	api, list := lowered(t, text, strict)
	var got []string
	for _, d := range list {
		got = append(got, fmt.Sprintf("%d %s", d.Pos.Line, d.Code))
	}
	slices.Sort(want)
	slices.Sort(got)
	require.Equal(t, want, got, "%v", list)
	return api
}

func lowered(t *testing.T, text string, strict bool) (*ir.API, diag.List) {
	t.Helper()
	var list diag.List
	doc := load.Spec(fstest.MapFS{"t.yaml": {Data: []byte(text)}}, "t.yaml", &list)
	require.NotNil(t, doc, "%v", list)
	api := API(doc, strict, &list)
	list.Sort()
	return api, list
}

// typeNamed returns the type with a spelling.
func typeNamed(t *testing.T, api *ir.API, spec string) *ir.Type {
	t.Helper()
	for _, typ := range api.Types {
		if typ.Name.Spec == spec {
			return typ
		}
	}
	require.Fail(t, "no type "+spec)
	return nil
}

func fieldNames(t *ir.Type) []string {
	var names []string
	for _, f := range t.Fields {
		names = append(names, f.Name.Spec)
	}
	return names
}

func typeNames(api *ir.API) []string {
	var names []string
	for _, t := range api.Types {
		names = append(names, t.Name.Spec)
	}
	return names
}

// ruleTexts writes rules the way a reader would.
func ruleTexts(rules []*ir.Rule) []string {
	var all []string
	for _, r := range rules {
		text := r.Keyword
		switch {
		case r.When != nil:
			text += fmt.Sprintf(" %s up %d", r.When.Field, r.When.Up)
			for _, v := range r.When.Values {
				text += " " + v.Text
			}
		case r.Number != "":
			text += " " + r.Number
		case r.Text != "":
			text += " " + r.Text
		default:
			text += fmt.Sprintf(" %d", r.Int)
		}
		all = append(all, text)
	}
	return all
}

func TestOwnSpecsAreClean(t *testing.T) {
	for _, name := range []string{"msdk.yaml", "timgroup.yaml"} {
		var list diag.List
		api := API(load.Spec(os.DirFS("../../spec"), name, &list), true, &list)
		require.Empty(t, list)
		require.NotEmpty(t, api.Operations)
	}
}

func TestNoDocument(t *testing.T) {
	var list diag.List
	require.Equal(t, &ir.API{}, API(nil, true, &list))
	require.Equal(t, &ir.API{}, API(&load.Document{}, true, &list))
	require.Empty(t, list)
}

func TestHead(t *testing.T) {
	api := run(t, `openapi: 3.0.3
info: {title: Titel, version: "2", description: Text.}
x-msdk-documents:
  v5: {title: MSDK v5, date: "2025-01-10", sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08, author: me} # want unknown-key
x-msdk-names:
  openid: OpenID
  other: 1 # want wrong-kind
servers:
  - url: https://test.example.com/api
    x-msdk-name: TestAndroid
    description: For tests.
    x-msdk-schemes: [v3s] # want unknown-name
  - url: https://a.example.com/{version}
    variables: {version: {default: v1}} # want unsupported
  - url: /v1 # want unsupported
paths: {}
tags: [{name: Unused}]
security: []
`)
	require.Equal(t, "t.yaml", api.File)
	require.Equal(t, []string{"3.0.3", "Titel", "2", "Text."}, []string{api.OpenAPI, api.Title, api.Version, api.Description})
	pos := diag.Pos{File: "t.yaml", Line: 4, Column: 3}
	require.Equal(t, []*ir.Document{{Pos: pos, Name: "v5", Title: "MSDK v5", Date: "2025-01-10", SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}}, api.Documents)
	require.Len(t, api.Words, 1)
	require.Equal(t, "OpenID", api.Words[0].Go)
	require.Equal(t, "TestAndroid", api.Servers[0].Name.Override)
	require.Equal(t, "a.example.com/{version}", api.Servers[1].Name.Spec)
	require.Empty(t, api.Tags, "a tag without operations says nothing to the code")
}

func TestServerNamesInStrictMode(t *testing.T) {
	runAs(t, head+`
servers:
  - url: https://a.example.com # want missing-key
paths: {}
`, true)
}

func TestSuggestions(t *testing.T) {
	_, list := lowered(t, head+`
x-msdk-results:
  v3: {code: ret, sucess: [0]}
paths: {}
`, false)
	require.Len(t, list, 1, "that the right key is missing is not said again")
	require.Equal(t, diag.Pos{File: "t.yaml", Line: 5, Column: 19}, list[0].Pos)
	require.Equal(t, `unknown key "sucess"`, list[0].Message)
	require.Equal(t, `did you mean "success"?`, list[0].Suggestion)
}
