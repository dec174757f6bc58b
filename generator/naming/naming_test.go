package naming

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// line makes names that are told apart by their place.
func name(spec string, line int) ir.Name {
	return ir.Name{Spec: spec, Pos: diag.Pos{File: "t.yaml", Line: line, Column: 1}}
}

func component(spec string, line int, fields ...*ir.Field) *ir.Type {
	n := name(spec, line)
	return &ir.Type{Kind: ir.KindStruct, Component: true, Name: &n, Fields: fields}
}

func field(spec string, line int) *ir.Field {
	return &ir.Field{Name: name(spec, line), Type: &ir.Type{Kind: ir.KindString}}
}

// operation is one with a request and a response of its own.
func operation(spec string, line int, fields ...*ir.Field) (*ir.Operation, []*ir.Type) {
	op := &ir.Operation{Name: name(spec, line)}
	c := &ir.Call{Operation: op, Name: op.Name}
	op.Calls = []*ir.Call{c}
	request, response := name(spec+".Request", line), name(spec+".Response", line)
	return op, []*ir.Type{
		{Kind: ir.KindStruct, Name: &request, Owner: &c.Name, Fields: fields},
		{Kind: ir.KindStruct, Name: &response, Owner: &c.Name},
	}
}

func assign(api *ir.API) diag.List {
	var list diag.List
	Assign(api, &list)
	list.Sort()
	return list
}

func codes(list diag.List) []string {
	var all []string
	for _, d := range list {
		all = append(all, d.Severity.String()+" "+string(d.Code))
	}
	return all
}

func TestEveryName(t *testing.T) {
	op, types := operation("verify_login", 1, field("openid", 2), &ir.Field{Name: name("seq", 3), In: ir.InQuery, Type: &ir.Type{}})
	option := &ir.Parameter{Name: name("version", 4), In: ir.InQuery, Fill: &ir.Fill{Kind: ir.FillOption}}
	op.Parameters = []*ir.Parameter{option, {Name: name("appid", 5), In: ir.InQuery}}
	enum := component("OS", 6)
	enum.Kind, enum.Base = ir.KindEnum, ir.KindInt
	enum.Values = []*ir.EnumValue{{Name: name("1", 7)}, {Name: name("-1", 8), Value: ir.Value{Kind: ir.KindInt}}, {Name: name("", 9)}, {Name: name("x", 10)}}
	enum.Values[3].Name.Override = "Ex"
	inner := name("verify_login.Request.device", 11)
	nested := &ir.Type{Kind: ir.KindStruct, Name: &inner, Owner: types[0].Name}
	types[0].Fields = append(types[0].Fields, &ir.Field{Name: name("device", 11), Type: nested})
	api := &ir.API{
		Words:      []*ir.Word{{Spec: "openid", Go: "OpenID"}, {Spec: "appid", Go: "AppID"}},
		Tags:       []*ir.Tag{{Name: name("group chat", 12)}},
		Servers:    []*ir.Server{{Name: name("TestAndroid", 13)}, {Name: name("a.example.com/v1", 14)}},
		Operations: []*ir.Operation{op},
		Options:    []*ir.Parameter{option},
		Types:      append([]*ir.Type{enum, types[0], nested}, types[1]),
		Schemes: []*ir.Scheme{{
			Name: name("msdkV3", 15), Credentials: []*ir.Credential{{Name: name("appid", 16)}},
			Program: &ir.Program{Steps: []*ir.Step{{Name: name("text", 17)}}},
		}},
		Results: []*ir.Result{{Name: name("v3", 18), Errors: []*ir.ErrorCode{{Name: name("Minus502", 19)}, {Name: name("BadSignature", 20)}}}},
	}
	api.Servers[0].Name.Override = "TestAndroid"
	api.Results[0].Errors[1].Name.Override = "BadSignature"
	require.Empty(t, assign(api))
	require.Equal(t, []string{
		"VerifyLogin", "VerifyLogin", "VerifyLoginRequest", "VerifyLoginResponse", "VerifyLoginRequestDevice", "OpenID", "Seq", "Version", "AppID",
		"OS", "OS1", "OSMinus1", "OSEmpty", "OSEx", "GroupChat", "ServerTestAndroid", "ServerAExampleComV1", "MSDKV3", "AppID", "Text", "V3",
		"CodeV3Minus502", "CodeV3BadSignature",
	}, []string{
		op.Name.Go, op.Calls[0].Name.Go, types[0].Name.Go, types[1].Name.Go, nested.Name.Go,
		types[0].Fields[0].Name.Go, types[0].Fields[1].Name.Go, option.Name.Go, op.Parameters[1].Name.Go,
		enum.Name.Go, enum.Values[0].Name.Go, enum.Values[1].Name.Go, enum.Values[2].Name.Go, enum.Values[3].Name.Go,
		api.Tags[0].Name.Go, api.Servers[0].Name.Go, api.Servers[1].Name.Go, api.Schemes[0].Name.Go, api.Schemes[0].Credentials[0].Name.Go,
		api.Schemes[0].Program.Steps[0].Name.Go, api.Results[0].Name.Go, api.Results[0].Errors[0].Name.Go, api.Results[0].Errors[1].Name.Go,
	})
}

func TestVariants(t *testing.T) {
	op := &ir.Operation{Name: name("send_group_msg", 1)}
	op.Calls = []*ir.Call{
		{Operation: op, Variant: "QQ", Name: name("send_group_msg.QQ", 2)}, {Operation: op, Variant: "WeChat", Name: name("send_group_msg.WeChat", 3)},
	}
	request, shared := name("send_group_msg.QQ.Request", 4), name("send_group_msg.Response", 5)
	types := []*ir.Type{
		{Kind: ir.KindStruct, Name: &request, Owner: &op.Calls[0].Name}, {Kind: ir.KindStruct, Name: &shared, Owner: &op.Name},
	}
	rival, rivals := operation("send_group_msg_wechat", 6)
	rival.Calls[0].Name.Override = ""
	rival.Name.Override, rival.Calls[0].Name.Override = "SendGroupMsgWeChat", "SendGroupMsgWeChat"
	list := assign(&ir.API{Operations: []*ir.Operation{op, rival}, Types: append(types, rivals...)})
	require.Equal(t, []string{"SendGroupMsgQQ", "SendGroupMsgWeChatVariant"}, []string{op.Calls[0].Name.Go, op.Calls[1].Name.Go})
	require.Equal(t, "SendGroupMsgQQRequest", request.Go)
	require.Equal(t, "SendGroupMsgResponse", shared.Go)
	require.Equal(t, []string{"warning name-clash"}, codes(list))
	require.Equal(t, 6, list[0].Pos.Line, "the x-go-name is to blame")
	require.Equal(t, 3, list[0].Related[0].Pos.Line)
	require.Equal(t, "change it", list[0].Suggestion)
}

func TestOverrides(t *testing.T) {
	a := component("group_info", 1, field("x", 2))
	a.Name.Override, a.Fields[0].Name.Override = "Group", "Ex"
	bad := component("other", 3)
	bad.Name.Override, bad.Name.OverridePos = "lower", diag.Pos{File: "t.yaml", Line: 3, Column: 30}
	list := assign(&ir.API{Types: []*ir.Type{a, bad}, Words: []*ir.Word{{Spec: "x", Go: "no way", Pos: diag.Pos{Line: 9}}}})
	require.Equal(t, "Group", a.Name.Go)
	require.Equal(t, "Ex", a.Fields[0].Name.Go)
	require.Equal(t, []string{"error invalid-name", "error invalid-name"}, codes(list))
	require.Equal(t, "Other", bad.Name.Go)
	require.Equal(t, bad.Name.OverridePos, list[1].Pos, "the value of x-go-name")
}

// A clash that an x-go-name causes is reported there, whichever of the two has it and whether or not a rule resolves it.
func TestClashesOfOverrides(t *testing.T) {
	given := func(spec, override string, line int) *ir.Type {
		c := component(spec, line)
		c.Name.Override, c.Name.OverridePos = override, diag.Pos{File: "t.yaml", Line: line + 1, Column: 9}
		return c
	}
	op, types := operation("get", 20)
	for _, c := range []struct {
		name        string
		api         *ir.API
		line, other int
	}{
		{"with support", &ir.API{Types: []*ir.Type{given("x", "Client", 1)}}, 2, 0},
		{"with a plain schema before it", &ir.API{Types: []*ir.Type{component("Y", 1), component("YSchema", 3), given("x", "Y", 5)}}, 6, 1},
		{"with a plain schema behind it", &ir.API{Types: []*ir.Type{given("x", "Y", 1), component("Y", 5), component("YSchema", 7)}}, 2, 5},
		{"with another one", &ir.API{Types: []*ir.Type{given("b", "Y", 5), given("a", "Y", 1)}}, 6, 2},
		{"with the type of an operation", &ir.API{Operations: []*ir.Operation{op}, Types: append(types, given("x", "GetRequest", 1))}, 2, 20},
	} {
		t.Run(c.name, func(t *testing.T) {
			list := assign(c.api)
			require.Len(t, list, 1)
			require.Equal(t, c.line, list[0].Pos.Line)
			require.Equal(t, "change it", list[0].Suggestion)
			if c.other == 0 {
				require.Empty(t, list[0].Related)
			} else {
				require.Equal(t, c.other, list[0].Related[0].Pos.Line)
			}
		})
	}
}

// What load refused the name of has no place either; it is not said again that it has no name, nor that another has none.
func TestMissingNamesAreSkipped(t *testing.T) {
	op, types := operation("get", 1, &ir.Field{In: ir.InQuery, Type: &ir.Type{}}, &ir.Field{In: ir.InQuery, Type: &ir.Type{}})
	option := func() *ir.Parameter { return &ir.Parameter{Fill: &ir.Fill{Kind: ir.FillOption}} }
	op.Parameters = []*ir.Parameter{{}, option()}
	require.Empty(t, assign(&ir.API{
		Operations: []*ir.Operation{op}, Types: types, Options: []*ir.Parameter{option(), option()}, Tags: []*ir.Tag{{}, {}},
		Schemes: []*ir.Scheme{{Name: name("s", 1), Program: &ir.Program{Steps: []*ir.Step{{}, {}}}}},
	}))
}

// What lower has found to stand there twice clashes, and what hangs on it does too; that goes without saying.
func TestBlamedPlacesDoNotClash(t *testing.T) {
	first, types := operation("send", 1)
	second, more := operation("send", 5)
	inner := name("send.Request.kind", 6)
	second.Calls[0].Variant, second.Calls[0].Name = "QQ", name("send.QQ", 7)
	kind := &ir.Type{Kind: ir.KindEnum, Name: &inner, Owner: more[0].Name, Values: []*ir.EnumValue{{Name: name("a", 8)}, {Name: name("A", 9)}}}
	values := component("Kind", 10)
	values.Kind, values.Values = ir.KindEnum, []*ir.EnumValue{{Name: name("one", 11)}, {Name: name("one", 12)}}
	steps := []*ir.Step{{Name: name("text", 13)}, {Name: name("text", 14)}}
	api := func() *ir.API {
		return &ir.API{
			Operations: []*ir.Operation{first, second}, Types: append(append(append([]*ir.Type{values}, types...), more...), kind),
			Schemes: []*ir.Scheme{{Name: name("s", 1), Program: &ir.Program{Steps: steps}}},
		}
	}
	var list diag.List
	list.Errorf(name("", 5).Pos, diag.CodeDuplicateOp, "twice")
	list.Errorf(name("", 12).Pos, diag.CodeBadRule, "twice")
	list.Errorf(name("", 14).Pos, diag.CodeExtension, "twice")
	Assign(api(), &list)
	require.Len(t, list, 3)
	list = nil
	list.Warnf(name("", 12).Pos, diag.CodeBadRule, "a warning stops nothing")
	Assign(api(), &list)
	require.Len(t, list, 1+len(assign(api())))
	require.NotEmpty(t, assign(api()), "without an earlier complaint they clash")
}

func TestNamesThatCannotBeMade(t *testing.T) {
	enum := component("E", 2)
	enum.Kind = ir.KindEnum
	enum.Values = []*ir.EnumValue{{Name: name("*", 3)}}
	list := assign(&ir.API{Types: []*ir.Type{component("S", 1, field("@", 1)), enum}})
	require.Equal(t, []string{"error invalid-name", "error invalid-name"}, codes(list))
	require.Equal(t, "name the values with x-msdk-enum", list[1].Suggestion)
}

func TestSchemasYieldToSupport(t *testing.T) {
	c := component("client", 1)
	list := assign(&ir.API{Types: []*ir.Type{c}})
	require.Equal(t, "ClientSchema", c.Name.Go)
	require.Equal(t, []string{"warning name-clash"}, codes(list))
	require.Equal(t, "give one of them an x-go-name", list[0].Suggestion)

	taken := component("ClientSchema", 2)
	c = component("client", 1)
	list = assign(&ir.API{Types: []*ir.Type{c, taken}})
	require.Equal(t, "ClientSchema", taken.Name.Go)
	require.Equal(t, []string{"error name-clash"}, codes(list), "no rule resolves that")
}

func TestTagsSchemesAndOptionsTakeNames(t *testing.T) {
	option := &ir.Parameter{Name: name("app", 3), Fill: &ir.Fill{Kind: ir.FillOption}}
	op, _ := operation("x", 4)
	again := *option
	again.Name.Go = ""
	op.Parameters = []*ir.Parameter{option, &again}
	api := &ir.API{
		Tags:       []*ir.Tag{{Name: name("Login", 1)}, {Name: name("types", 1)}},
		Schemes:    []*ir.Scheme{{Name: name("v5", 2)}},
		Options:    []*ir.Parameter{option},
		Operations: []*ir.Operation{op},
		Types:      []*ir.Type{component("LoginServer", 5), component("V5Credentials", 6), component("WithV5", 7)},
	}
	list := assign(api)
	require.Equal(t, []string{"LoginServerSchema", "V5CredentialsSchema", "WithV5Schema"},
		[]string{api.Types[0].Name.Go, api.Types[1].Name.Go, api.Types[2].Name.Go})
	require.Equal(t, "TypesTag", api.Tags[1].Name.Go, "its file would be that of the shared types")
	require.Equal(t, "AppParameter", option.Name.Go, "WithApp is support's")
	require.Equal(t, "AppParameter", again.Name.Go)
	require.Len(t, list, 5)
}

func TestOperationsYieldToSchemas(t *testing.T) {
	op, types := operation("get", 9, field("x", 9))
	inner := name("get.Request.x", 9)
	nested := &ir.Type{Kind: ir.KindStruct, Name: &inner, Owner: types[0].Name}
	types[0].Fields[0].Type = nested
	schema := component("GetRequest", 1)
	list := assign(&ir.API{Operations: []*ir.Operation{op}, Types: append([]*ir.Type{schema, nested}, types...)})
	require.Equal(t, "GetRequest", schema.Name.Go)
	require.Equal(t, "OperationGetRequest", types[0].Name.Go)
	require.Equal(t, "GetRequestX", nested.Name.Go, "only the one that clashes gets another name")
	require.Equal(t, []string{"warning name-clash"}, codes(list))
	require.Equal(t, 9, list[0].Pos.Line)
	require.Equal(t, 1, list[0].Related[0].Pos.Line)
}

func TestOtherTypesYield(t *testing.T) {
	a := component("A", 1, field("b", 2))
	inner, shared := name("A.b", 2), name("a_b", 4)
	nested := &ir.Type{Kind: ir.KindStruct, Name: &inner, Owner: a.Name}
	a.Fields[0].Type = &ir.Type{Kind: ir.KindList, Elem: nested}
	parameter := &ir.Type{Kind: ir.KindEnum, Name: &shared}
	ab := component("AB", 3)
	list := assign(&ir.API{Types: []*ir.Type{a, nested, ab, parameter}})
	require.Equal(t, []string{"AB", "ABProperty", "ABParameter"}, []string{ab.Name.Go, nested.Name.Go, parameter.Name.Go})
	require.Equal(t, []string{"warning name-clash", "warning name-clash"}, codes(list))
}

func TestConstantsYieldToTypes(t *testing.T) {
	enum := component("Status", 1)
	enum.Kind = ir.KindEnum
	enum.Values = []*ir.EnumValue{{Name: name("Active", 2)}, {Name: name("a_b", 3)}, {Name: name("aB", 4)}}
	list := assign(&ir.API{Types: []*ir.Type{enum, component("StatusActive", 5)}})
	require.Equal(t, []string{"StatusActiveValue", "StatusA_b", "StatusAB"},
		[]string{enum.Values[0].Name.Go, enum.Values[1].Name.Go, enum.Values[2].Name.Go})
	require.Equal(t, []string{"warning name-clash", "warning name-clash"}, codes(list))
}

func TestFieldsKeepTheirSpelling(t *testing.T) {
	for _, order := range [][]string{{"nick_name", "nickName"}, {"nickName", "nick_name"}} {
		c := component("C", 1, field(order[0], 2), field(order[1], 3))
		list := assign(&ir.API{Types: []*ir.Type{c}})
		got := map[string]string{order[0]: c.Fields[0].Name.Go, order[1]: c.Fields[1].Name.Go}
		require.Equal(t, map[string]string{"nick_name": "Nick_name", "nickName": "NickName"}, got)
		require.Equal(t, []string{"warning name-clash"}, codes(list))
	}
	c := component("C", 1, field("nick_name", 2), field("nick-name", 3))
	require.Contains(t, codes(assign(&ir.API{Types: []*ir.Type{c}})), "error name-clash")
}

func TestFieldsYieldToMethods(t *testing.T) {
	query := &ir.Field{Name: name("openid", 4), In: ir.InQuery, Type: &ir.Type{}}
	filled := &ir.Field{Name: name("openid", 5), Type: &ir.Type{}, Fill: &ir.Fill{}}
	c := component("C", 1, field("err", 2), field("openid", 3), query)
	list := assign(&ir.API{Types: []*ir.Type{c}})
	require.Equal(t, []string{"ErrField", "Openid", "OpenidParameter"}, []string{c.Fields[0].Name.Go, c.Fields[1].Name.Go, query.Name.Go})
	require.Len(t, list, 2)
	c = component("C", 1, filled, query)
	require.Empty(t, assign(&ir.API{Types: []*ir.Type{c}}), "what the client fills is no field")
	require.Equal(t, "Openid", query.Name.Go)
	c = component("C", 1, field("format", 2))
	require.Empty(t, assign(&ir.API{Types: []*ir.Type{c}}), "no generated struct has a method Format")
	require.Equal(t, "Format", c.Fields[0].Name.Go)
}

func TestEqualRanksAreAnError(t *testing.T) {
	list := assign(&ir.API{Types: []*ir.Type{component("foo_bar", 1), component("FooBar", 2)}})
	require.Equal(t, []string{"error name-clash"}, codes(list))
	require.Equal(t, 2, list[0].Pos.Line, "once, at the later one")
	require.Equal(t, 1, list[0].Related[0].Pos.Line)
	a, _ := operation("get_x", 1)
	b, _ := operation("getX", 2)
	list = assign(&ir.API{Operations: []*ir.Operation{a, b}})
	require.Equal(t, []string{"error name-clash"}, codes(list))
	list = assign(&ir.API{Types: []*ir.Type{component("foo-bar", 3), component("foo_bar", 1), component("FooBar", 2)}})
	require.Equal(t, []string{"error name-clash", "error name-clash"}, codes(list))
	require.Equal(t, []int{2, 3}, []int{list[0].Pos.Line, list[1].Pos.Line}, "each later one clashes with the first")
	require.Equal(t, []int{1, 1}, []int{list[0].Related[0].Pos.Line, list[1].Related[0].Pos.Line})
}

// Two that are in each other's way are one complaint, whether none, one or both of them can keep their own spelling.
func TestMutualClashesAreReportedOnce(t *testing.T) {
	list := assign(&ir.API{Types: []*ir.Type{component("C", 1, field("user-id", 2), field("user_id", 3))}})
	require.Equal(t, []string{"error name-clash"}, codes(list))
	require.Equal(t, 3, list[0].Pos.Line)
	require.Equal(t, 2, list[0].Related[0].Pos.Line)
	c := component("C", 1, field("user_id", 2), field("userId", 3))
	list = assign(&ir.API{Types: []*ir.Type{c}})
	require.Equal(t, []string{"warning name-clash"}, codes(list))
	require.Equal(t, []string{"User_id", "UserId"}, []string{c.Fields[0].Name.Go, c.Fields[1].Name.Go})
	require.Equal(t, `the property "user_id" and the property "userId" would both be called UserID; they are called User_id and UserId`, list[0].Message)
	require.Equal(t, 3, list[0].Pos.Line)
}

// TestSupportIsComplete compares the list of reserved names with what the support package exports.
func TestSupportIsComplete(t *testing.T) {
	dir := filepath.Join("..", "..", "templates", "support")
	files, err := fs.Glob(os.DirFS(dir), "*.go")
	require.NoError(t, err)
	reserved := map[string]bool{}
	for _, n := range support {
		reserved[n] = true
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || file == "commands.go" {
			continue // not copied, so a document may use its names
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, file), nil, 0)
		require.NoError(t, err)
		for _, n := range exports(parsed) {
			require.True(t, reserved[n], "%s exports %s", file, n)
		}
	}
}

// exports lists the exported names of a file's package scope.
func exports(file *ast.File) []string {
	var idents []*ast.Ident
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				idents = append(idents, d.Name)
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					idents = append(idents, s.Name)
				case *ast.ValueSpec:
					idents = append(idents, s.Names...)
				}
			}
		}
	}
	var names []string
	for _, i := range idents {
		if i.IsExported() {
			names = append(names, i.Name)
		}
	}
	return names
}
