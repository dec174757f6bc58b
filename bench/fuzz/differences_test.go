package fuzz

import (
	stdjson "encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"github.com/msdkgen/msdkgen/internal/codectest"
)

// differences is the table of docs/json.md: what a text is, an example, and who takes it, the generated codecs, encoding/json and go-json-experiment/json.
var differences = []struct {
	what, target, text string
	ours, std, next    bool
}{
	{"bytes in a string that are not UTF-8", "GroupMember", "{\"Role\":\"\xff\"}", false, true, false},
	{"half of a surrogate pair", "GroupMember", `{"Role":"\ud83d"}`, false, true, false},
	{"a declared member twice", "GroupMember", `{"Role":"a","Role":"b"}`, false, true, false},
	{"the same with one name spelled with an escape", "GroupMember", `{"Role":"a","\u0052ole":"b"}`, false, true, false},
	{"a member twice that nobody declared", "GroupMember", `{"x":1,"x":2}`, true, true, false},
	{"a name in other letters, with a value of another kind", "GroupMember", `{"role":1}`, true, false, true},
	{"nested 65 levels deep", "GroupMember", `{"x":` + strings.Repeat("[", 64) + strings.Repeat("]", 64) + `}`, false, true, true},
	{"null for a member that is there", "GroupMember", `{"JoinTime":null}`, true, true, true},
	{"a response without its result code", "GetGroupInfoResponse", `{"ErrorInfo":"a"}`, false, true, true},
	{"a required member that is missing", "GetGroupInfoRequest", `{}`, false, true, true},
	{"an integer written 1.0 or 1e2", "GroupMember", `{"JoinTime":1e2}`, false, false, false},
	{"minus zero for an integer", "GroupMember", `{"JoinTime":-0}`, true, true, true},
	{"an integer beyond its range", "GroupMember", `{"JoinTime":9223372036854775808}`, false, false, false},
	{"text behind the document", "GroupMember", `{} {}`, false, false, false},
	{"a byte order mark", "GroupMember", "\uFEFF{}", false, false, false},
	{"a short text that stands for much memory", "GetGroupInfoResponse", `{"ErrorCode":0,"GroupInfo":[` + strings.Repeat("{},", 1<<17) + `{}]}`, false, true, true},
	{"null as the whole text", "GroupMember", `null`, true, true, true},
}

func TestDifferences(t *testing.T) {
	s := newSuite(t)
	page, err := os.ReadFile("../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range differences {
		var target *codectest.Target
		for _, found := range s.targets {
			if found.Name == "timgroup."+d.target {
				target = found
			}
		}
		as := func() any { return reflect.New(s.mirror.typeOf(target.Shape)).Interface() }
		verdicts := []struct {
			whose string
			err   error
			want  bool
		}{
			{"ours", target.New().UnmarshalJSON([]byte(d.text)), d.ours},
			{"encoding/json's", stdjson.Unmarshal([]byte(d.text), as()), d.std},
			{"json/v2's", json.Unmarshal([]byte(d.text), as(), s.mirror.options(false)), d.next},
		}
		row := "| " + d.what
		for _, v := range verdicts {
			if (v.err == nil) != v.want {
				t.Errorf("%s: %s verdict: %v", d.what, v.whose, v.err)
			}
			row += " | " + map[bool]string{true: "taken", false: "refused"}[v.want]
		}
		if !strings.Contains(string(page), row+" |") {
			t.Errorf("docs/json.md has no line %s |", row)
		}
	}
}
