package spec_test

// What has to hold for the documents as such, without the generator: another tool reads them, they are complete, and every fact says where it
// comes from. That each documented value stands in them is checked elsewhere, request by request.

import (
	"context"
	"io/fs"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/spec"
)

// document reads one of the two documents with kin-openapi alone.
func document(t *testing.T, name string) *openapi3.T {
	t.Helper()
	files, path, ok := spec.Named(name)
	require.True(t, ok)
	content, err := fs.ReadFile(files, path)
	require.NoError(t, err)
	doc, err := openapi3.NewLoader().LoadFromData(content)
	require.NoError(t, err)
	return doc
}

// Examples are validated too: one that contradicts its own page stands outside of `examples`.
func TestOtherToolsTakeTheDocuments(t *testing.T) {
	for _, name := range spec.Names() {
		t.Run(name, func(t *testing.T) {
			// Formats are the one thing not looked at: OpenAPI leaves their set open, and kin-openapi takes it as closed.
			require.NoError(t, document(t, name).Validate(context.Background(), openapi3.EnableExamplesValidation(),
				openapi3.EnableSchemaDefaultsValidation(), openapi3.EnableSchemaPatternValidation()))
		})
	}
}

// The vendor counts an interface of v5 by its chapter, and has two chapters on send_group_msg, one for each channel.
func TestEveryInterfaceIsHere(t *testing.T) {
	count := map[string]int{}
	var gets []string
	for _, name := range spec.Names() {
		eachOperation(document(t, name), func(path, method string, operation *openapi3.Operation) {
			source, _ := operation.Extensions["x-msdk-doc"].(map[string]any)
			count[source["document"].(string)]++
			if path == "/v2/group/send_group_msg" {
				count["v5"]++
			}
			if method == http.MethodGet {
				gets = append(gets, path)
			} else {
				require.Equal(t, http.MethodPost, method, path)
			}
		})
	}
	require.Equal(t, map[string]int{"v3": 48, "v5": 10, "tim": 1}, count)
	require.Equal(t, []string{"/profile/get_wx_xinyue_vip", "/profile/get_xinyue_super"}, slices.Sorted(slices.Values(gets)))
}

// The order of the pages is the order of the documents, so that both can be read side by side.
func TestOperationsStandInTheOrderOfThePages(t *testing.T) {
	for _, name := range spec.Names() {
		files, path, _ := spec.Named(name)
		content, err := fs.ReadFile(files, path)
		require.NoError(t, err)
		doc := document(t, name)
		at := map[string]int{}
		for _, line := range strings.Split(string(content), "\n") {
			known, ok := strings.CutSuffix(strings.TrimPrefix(line, "  "), ":")
			if ok && strings.HasPrefix(line, "  /") {
				at[known] = len(at)
			}
		}
		paths := slices.SortedFunc(maps.Keys(at), func(a, b string) int { return at[a] - at[b] })
		require.Equal(t, doc.Paths.Len(), len(paths))
		last := map[string]float64{}
		for _, path := range paths {
			for _, operation := range doc.Paths.Value(path).Operations() {
				source := operation.Extensions["x-msdk-doc"].(map[string]any)
				line := source["line"].(float64)
				require.Greater(t, line, last[source["document"].(string)], path)
				last[source["document"].(string)] = line
			}
		}
	}
}

// Every operation says where it stands, and every source that is named anywhere is one of the documents at the head.
func TestSourcesExist(t *testing.T) {
	for _, name := range spec.Names() {
		doc := document(t, name)
		known, _ := doc.Extensions["x-msdk-documents"].(map[string]any)
		require.NotEmpty(t, known)
		for title, entry := range known {
			require.Len(t, entry.(map[string]any)["sha256"], 64, title)
		}
		eachOperation(doc, func(path, _ string, operation *openapi3.Operation) {
			require.Contains(t, operation.Extensions, "x-msdk-doc", path)
		})
		files, path, _ := spec.Named(name)
		content, err := fs.ReadFile(files, path)
		require.NoError(t, err)
		sources := 0
		for n, line := range strings.Split(string(content), "\n") {
			_, source, ok := strings.Cut(line, "x-msdk-doc: {document: ")
			if !ok {
				require.NotContains(t, line, "x-msdk-doc:", "line %d is not of the one form that this test reads", n+1)
				continue
			}
			sources++
			title, _, _ := strings.Cut(source, ",")
			require.Contains(t, known, title, "line %d", n+1)
		}
		require.Positive(t, sources)
	}
}

// Properties and schemas without a description are of no use to those who read the generated package.
func TestEverythingIsDescribed(t *testing.T) {
	for _, name := range spec.Names() {
		doc := document(t, name)
		for title, schema := range doc.Components.Schemas {
			require.NotEmpty(t, schema.Value.Description, title)
			described(t, title, schema.Value)
		}
		for title, parameter := range doc.Components.Parameters {
			require.NotEmpty(t, parameter.Value.Description, title)
		}
		eachOperation(doc, func(path, _ string, operation *openapi3.Operation) {
			require.NotEmpty(t, operation.Summary, path)
			require.Contains(t, operation.Extensions, "x-msdk-repeatable", path)
			require.Contains(t, operation.Extensions, "x-msdk-result", path)
			for _, parameter := range operation.Parameters {
				require.NotEmpty(t, parameter.Value.Description, path)
			}
			if operation.RequestBody != nil {
				described(t, path, operation.RequestBody.Value.Content.Get("application/json").Schema.Value)
			}
			described(t, path, operation.Responses.Status(http.StatusOK).Value.Content.Get("application/json").Schema.Value)
		})
	}
}

// described looks at what is written inside of a schema; what it refers to is looked at by itself.
func described(t *testing.T, where string, schema *openapi3.Schema) {
	t.Helper()
	for name, property := range schema.Properties {
		require.NotEmpty(t, property.Value.Description, "%s.%s", where, name)
		if property.Ref == "" {
			require.Contains(t, property.Value.Extensions, "x-msdk-doc", "%s.%s", where, name)
			described(t, where+"."+name, property.Value)
		}
	}
	for _, variant := range append(schema.OneOf, schema.AnyOf...) {
		if variant.Ref == "" {
			described(t, where, variant.Value)
		}
	}
}

// Every server of the tables of environments, and those that the facts page adds.
func TestServers(t *testing.T) {
	want := map[string][]string{
		"msdk": {
			"http://msdktest.tencent-cloud.net", "http://msdk.tencent-cloud.net",
			"https://ap6msdktest.ssl.msdk.qq.com", "https://ip6msdktest.ssl.msdk.qq.com",
			"https://ap6.ssl.msdk.qq.com", "https://ip6.ssl.msdk.qq.com",
			"https://dev.itop.qq.com", "https://hktest.itop.qq.com",
		},
		"timgroup": {
			"https://console.tim.qq.com", "https://adminapisgp.im.qcloud.com", "https://adminapikr.im.qcloud.com", "https://adminapiger.im.qcloud.com",
			"https://adminapiusa.im.qcloud.com", "https://adminapiidn.im.qcloud.com", "https://adminapijpn.im.qcloud.com",
		},
	}
	for _, name := range spec.Names() {
		var got []string
		for _, server := range document(t, name).Servers {
			require.NotEmpty(t, server.Description)
			got = append(got, server.URL)
		}
		require.Equal(t, want[name], got)
	}
}

// What v3 and v5 can add to any answer is declared in every answer.
func TestUndocumentedMembersOfAnswers(t *testing.T) {
	eachOperation(document(t, "msdk"), func(path, _ string, operation *openapi3.Operation) {
		answer := operation.Responses.Status(http.StatusOK).Value.Content.Get("application/json").Schema.Value
		variants := []*openapi3.Schema{answer}
		if len(answer.AnyOf) > 0 {
			variants = nil
			for _, variant := range answer.AnyOf {
				variants = append(variants, variant.Value)
			}
		}
		for _, variant := range variants {
			if strings.HasPrefix(path, "/v2/") {
				require.Contains(t, variant.Properties, "seq", path)
				continue
			}
			require.Contains(t, variant.Properties, "err_type", path)
			require.Contains(t, variant.Properties, "msdkExtInfo", path)
		}
	})
}

// Calls with a side effect are never sent a second time.
func TestSideEffectsAreNotRepeated(t *testing.T) {
	var repeatable []string
	eachOperation(document(t, "msdk"), func(_, _ string, operation *openapi3.Operation) {
		if operation.Extensions["x-msdk-repeatable"] == true {
			repeatable = append(repeatable, operation.OperationID)
		}
	})
	for _, id := range []string{
		"createbind_groupv2", "join_groupv2", "unlink_groupv2", "bind_existing_groupv2", "remind_leader_bindv2", "send_groupmsg", "wxunlink_group", "wxsend_groupmsg",
		"get_gift", "qqscore_batch", "wxbattle_report", "subscribe_setlist", "subscribe_push", "subscribe_clear", "share_qq", "share_qqark",
		"create_bind_group", "join_group", "unbind_group", "bind_existing_group", "remind_leader_bind", "send_group_msg",
		"qqget_first_reg", "wxget_first_reg", // reading may use the flag up
	} {
		require.NotContains(t, repeatable, id)
	}
	require.Len(t, repeatable, 57-24)
}

// eachOperation visits in an order that does not change.
func eachOperation(doc *openapi3.T, visit func(path, method string, operation *openapi3.Operation)) {
	paths := doc.Paths.Map()
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		operations := paths[path].Operations()
		for _, method := range slices.Sorted(maps.Keys(operations)) {
			visit(path, method, operations[method])
		}
	}
}
