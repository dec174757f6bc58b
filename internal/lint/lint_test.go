package lint

// What each rule finds stands in golden/cases/lint-*.txtar, as a user sees it. Here is what a case cannot show: names that look like
// secrets, what is left unsaid after an error, and that this repository's own documents are clean.

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/spec"
)

func TestOwnDocumentsAreClean(t *testing.T) {
	for _, name := range spec.Names() {
		docs, file, ok := spec.Named(name)
		require.True(t, ok)
		for _, d := range Document(docs, generator.Package{Spec: file}, true) {
			t.Errorf("%s: %s: %s", d.Pos, d.Code, d.Message)
		}
	}
}

func TestSecretNames(t *testing.T) {
	for _, name := range []string{
		"token", "accessToken", "access_token", "refreshtoken", "pay_token", "openkey", "appKey", "key2", "KEY", "sig", "usersig", "sign", "signature", "client_secret",
		"password", "passwd", "tickets", "ticketList", "Set-Cookie", "Authorization", "API_KEY", "privateKey", "X-Api-Key",
	} {
		require.True(t, secretName(name), name)
	}
	for _, name := range []string{
		"", "_", "list", "1", "monkey", "design", "assign", "vipsign", "tokenCount", "signType", "keyword", "nextPageToken", "NextToken", "pagination-token", "keys_total", "public_key", "primaryKey", "openid", "bigsigma", "address", "pass_through",
	} {
		require.False(t, secretName(name), name)
	}
}

const broken = `openapi: 3.0.3
info: {title: T, version: "1"}
tags: [{name: A}]
paths:
  /a: {post: {tags: [A], parameters: [{name: token, in: query, schema: {type: strin}}], responses: {"200": {description: Done.}}}}
components: {schemas: {Left: {type: object}, Over: {type: object, properties: {key: {type: string}}}}}
`

// After an error, what is missing may be what was refused; what is there can still be judged.
func TestAfterAnError(t *testing.T) {
	list := Document(fstest.MapFS{"a.yaml": {Data: []byte(broken)}}, generator.Package{Spec: "a.yaml"}, false)
	var codes []diag.Code
	for _, d := range list {
		codes = append(codes, d.Code)
	}
	require.Contains(t, codes, diag.CodeUnknownValue)
	require.Contains(t, codes, diag.CodeNoOperationID)
	require.Contains(t, codes, diag.CodeLooksSecret)
	require.NotContains(t, codes, diag.CodeUnused)
	require.True(t, list.HasErrors())
}

func TestStrictMakesErrors(t *testing.T) {
	text := "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {post: {operationId: a, responses: {'200': {description: Done., content: {application/json: {schema: {type: object, properties: {a: {type: integer}}}}}}}}}}\n"
	docs := fstest.MapFS{"a.yaml": {Data: []byte(text)}}
	lenient := Document(docs, generator.Package{Spec: "a.yaml"}, false)
	require.Len(t, lenient, 1)
	require.False(t, lenient.HasErrors())
	strict := Document(docs, generator.Package{Spec: "a.yaml"}, true)
	require.Len(t, strict, 1, "said once, although the generator says it too in strict mode")
	require.True(t, strict.HasErrors())
}

func TestUnreadableDocument(t *testing.T) {
	list := Document(fstest.MapFS{}, generator.Package{Spec: "none.yaml"}, false)
	require.Len(t, list, 1)
	require.Equal(t, diag.CodeUnreadable, list[0].Code)
}
