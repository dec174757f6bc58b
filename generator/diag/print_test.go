package diag

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func printed(list List, source string) string {
	var b strings.Builder
	Print(&b, list, func(file string) []byte {
		if file != "a.yaml" {
			return nil
		}
		return []byte(source)
	})
	return b.String()
}

func at(line, column int) Pos { return Pos{File: "a.yaml", Line: line, Column: column} }

func TestPrintWithEverything(t *testing.T) {
	var list List
	list.Errorf(at(2, 3), CodeUnknownKey, "an operation has no key %q", "respnses").Suggest("did you mean %q?", "responses").See(at(1, 1), "the operation")
	list.Warnf(at(1, 0), CodeNoDoc, "no column")
	list.Errorf(Pos{File: "b.yaml", Line: 7, Column: 1}, CodeConfig, "no source")
	list.Errorf(at(9, 1), CodeConfig, "behind the end")
	list.Errorf(Pos{}, CodeConfig, "nowhere")
	require.Equal(t, `a.yaml:2:3: unknown-key: an operation has no key "respnses"
  2 |   respnses: {}
    |   ^
  also: a.yaml:1:1: the operation
  1 | get:
    | ^
  help: did you mean "responses"?
a.yaml:1: warning: no-doc: no column
  1 | get:
b.yaml:7:1: config: no source
a.yaml:9:1: config: behind the end
config: nowhere
`, printed(list, "get:\r\n  respnses: {}\r\n"))
}

func TestPrintWithoutSource(t *testing.T) {
	var b strings.Builder
	Print(&b, List{{Pos: at(1, 1), Code: CodeConfig, Message: "m"}}, nil)
	require.Equal(t, "a.yaml:1:1: config: m\n", b.String())
}

// caret returns the printed line and the line of the caret, without the margin.
func caret(t *testing.T, source string, column int) (line, mark string) {
	t.Helper()
	parts := strings.Split(printed(List{{Pos: at(1, column), Code: CodeConfig, Message: "m"}}, source), "\n")
	require.Len(t, parts, 4)
	require.True(t, strings.HasPrefix(parts[1], "  1 | "))
	require.True(t, strings.HasPrefix(parts[2], "    | "))
	return parts[1][len("  1 | "):], parts[2][len("    | "):]
}

func TestCaret(t *testing.T) {
	for _, c := range []struct {
		name, source string
		column       int
		line, mark   string
	}{
		{"plain", "abc: d", 6, "abc: d", "     ^"},
		{"behind the end", "abc", 4, "abc", "   ^"},
		{"far behind the end", "abc", 40, "abc", "   ^"},
		{"tab", "\tx\ty", 4, "    x   y", "        ^"},
		{"wide characters", "名字: x", 9, "名字: x", "      ^"},
		{"inside a character", "名x", 2, "名x", "^"},
		{"combining", "e\u0301x", 4, "e\u0301x", " ^"},
		{"control characters", "a\x1b[1mb", 6, "a\ufffd[1mb", "     ^"},
		{"writing direction", "a\u202eb", 5, "a\ufffdb", "  ^"},
		{"not UTF-8", "a\xffb", 3, "a\ufffdb", "  ^"},
		{"byte order mark", "\ufeffab", 2, "ab", " ^"},
		{"carriage return", "ab\r\n", 3, "ab", "  ^"},
	} {
		t.Run(c.name, func(t *testing.T) {
			line, mark := caret(t, c.source, c.column)
			require.Equal(t, c.line, line)
			require.Equal(t, c.mark, mark)
		})
	}
}

func TestLongLinesAreCutAroundTheCaret(t *testing.T) {
	source := strings.Repeat("a", 500) + "X" + strings.Repeat("b", 500)
	line, mark := caret(t, source, 501)
	require.Equal(t, "…"+strings.Repeat("a", 80)+"X"+strings.Repeat("b", 39)+"…", line)
	require.Equal(t, strings.Repeat(" ", 81)+"^", mark)
	line, mark = caret(t, source, 1)
	require.Equal(t, strings.Repeat("a", 120)+"…", line)
	require.Equal(t, "^", mark)
	line, mark = caret(t, strings.Repeat("名", 200), 1+3*100)
	require.Equal(t, "…"+strings.Repeat("名", 60)+"…", line)
	require.Equal(t, strings.Repeat(" ", 81)+"^", mark)
	line, _ = caret(t, strings.Repeat("a", 120), 120)
	require.Equal(t, strings.Repeat("a", 120), line, "120 cells fit")
}

func TestMessagesStayOnTheirLine(t *testing.T) {
	list := List{{Pos: Pos{File: "x\ny"}, Code: CodeConfig, Message: "a\nb\tc\x1b[31m", Suggestion: "d\r\ne"}}
	require.Equal(t, "x y: config: a b c\ufffd[31m\n  help: d  e\n", printed(list, ""))
}

func TestNearest(t *testing.T) {
	for _, c := range []struct{ word, near string }{
		{"respnses", "responses"}, {"Responses", "responses"}, {"resopnses", "responses"}, {"requestBdy", "requestBody"}, {"typ", "type"}, {"tp", ""}, {"tpye", "type"},
		{"Type", "type"}, {"responses", ""}, {"nothing alike", ""}, {"", ""}, {"wxyz", ""}, {"x-msdk-sgin", "x-msdk-sign"},
	} {
		near, ok := Nearest(c.word, []string{"responses", "requestBody", "type", "x-msdk-sign", "x-msdk-list"})
		require.Equal(t, c.near, near, c.word)
		require.Equal(t, c.near != "", ok, c.word)
	}
	near, _ := Nearest("abce", []string{"abcd", "abcf"})
	require.Equal(t, "abcd", near, "the first of two equally near ones")
	_, ok := Nearest("a", nil)
	require.False(t, ok)
}

func TestPrintIsBounded(t *testing.T) {
	var list List
	for range mostPrinted + 7 {
		list.Errorf(Pos{File: "a.yaml"}, CodeConfig, "a fault")
	}
	var text strings.Builder
	Print(&text, list, nil)
	require.Equal(t, mostPrinted+1, strings.Count(text.String(), "\n"))
	require.True(t, strings.HasSuffix(text.String(), "\nand 7 more\n"))
}

func TestFew(t *testing.T) {
	names := []string{"get_groupcode", "send", "get_group_info", "getgroupv2", "wxfriends", "qqfriends", "get_group"}
	for word, want := range map[string][]string{
		"getgroup": {"get_group", "getgroupv2", "get_groupcode"}, "getfriends": {"wxfriends", "qqfriends"}, "send_group_msg": {"send"},
		"zzz": nil, "": nil, "__": nil, "send": nil,
	} {
		require.Equal(t, want, Few(word, names), word)
	}
}
