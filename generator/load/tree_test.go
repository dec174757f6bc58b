package load

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
)

func TestScalarsFollowTheCoreSchema(t *testing.T) {
	for text, want := range map[string]string{
		"yes": `"yes"`, "no": `"no"`, "on": `"on"`, "off": `"off"`, "y": `"y"`, "2025-01-10": `"2025-01-10"`,
		"2025-01-10T10:00:00Z": `"2025-01-10T10:00:00Z"`, "1_000": `"1_000"`, "0b11": `"0b11"`, "12:30": `"12:30"`, "1.2.3": `"1.2.3"`,
		"true": "true", "False": "false", "~": "null", "null": "null", "": "null", "'null'": `"null"`, "\"1\"": `"1"`,
		"12": "12", "-3": "-3", "+3": "3", "0": "0", "0x1F": "31", "0o17": "15", "1.5": "1.5", ".5": "0.5", "-.5": "-0.5", "1.": "1.0",
		"1.e3": "1.0e3", "1E5": "1E5", "12345678901234567890123": "12345678901234567890123", "0xFFFFFFFFFFFFFFFFFF": "4722366482869645213695",
		".": `"."`, "1e": `"1e"`, "<x>&": `"<x>&"`, "|-\n  a\n  b": `"a\nb"`,
	} {
		n, said := readTreeFrom(file, "a: "+text+"\n")
		require.Empty(t, said, text)
		require.Equal(t, `{"a":`+want+`}`, string(n.JSON()), text)
	}
}

func TestScalarsWithoutJSONCounterpart(t *testing.T) {
	for text, want := range map[string]string{
		".inf":  "1:4: wrong-kind: .inf is no number that JSON can hold [put it in quotes if text is meant]",
		"-.Inf": "1:4: wrong-kind: -.Inf is no number that JSON can hold [put it in quotes if text is meant]",
		".nan":  "1:4: wrong-kind: .nan is no number that JSON can hold [put it in quotes if text is meant]",
		"007":   "1:4: wrong-kind: 007 may be read as a decimal or as an octal number [put it in quotes if text is meant, or leave out the leading zeros]",
	} {
		_, said := readTreeFrom(file, "a: "+text+"\n")
		require.Equal(t, []string{want}, said)
	}
}

func TestPlacesCountBytes(t *testing.T) {
	text := "\ufeff# Überschrift\r\n\"名\": {a: 甲, b: [x, 'y']}\r\nc:\r\n  - d: |\r\n      text\r\n"
	n, said := readTreeFrom(file, text)
	require.Empty(t, said)
	places := func(n *Node) string {
		if n.KeyPos.IsValid() {
			return strings.ReplaceAll(n.KeyPos.String()+" "+n.Pos.String(), file+":", "")
		}
		return strings.ReplaceAll(n.Pos.String(), file+":", "")
	}
	require.Equal(t, "2:1", places(n))
	require.Equal(t, "2:1 2:8", places(n.Member("名")))
	require.Equal(t, "2:9 2:12", places(n.Member("名").Member("a")))
	require.Equal(t, "2:17 2:20", places(n.Member("名").Member("b")))
	require.Equal(t, "2:24", places(n.Member("名").Member("b").Children[1]))
	require.Equal(t, "3:1 4:3", places(n.Member("c")))
	require.Equal(t, "4:5 4:8", places(n.Member("c").Children[0].Member("d")))
	require.Equal(t, "text\n", n.Member("c").Children[0].Member("d").Value)
}

func TestLinesAreThoseOfAnEditor(t *testing.T) {
	n, said := readTreeFrom(file, "a: \"x\u2028 y\"\nb: 1\n")
	require.Empty(t, said)
	require.Equal(t, diag.Pos{File: file, Line: 2, Column: 1}, n.Member("b").KeyPos)
}

func TestJSONAndYAMLGiveTheSameTree(t *testing.T) {
	text := "{\"a\": [1, -2.50, true, null, \"x\\ny\"],\n \"b\": {\"c\": \"\\u540d <&>\"}}"
	asJSON, said := readTreeFrom("api.json", text)
	require.Empty(t, said)
	asYAML, said := readTreeFrom("api.yaml", "# not JSON, since it has a comment\n"+text)
	require.Empty(t, said)
	require.Equal(t, asYAML.JSON(), asJSON.JSON())
	require.Equal(t, `{"a":[1,-2.50,true,null,"x\ny"],"b":{"c":"名 <&>"}}`, string(asJSON.JSON()))
	require.Equal(t, diag.Pos{File: "api.json", Line: 2, Column: 8}, asJSON.Member("b").Member("c").KeyPos)
	require.Equal(t, diag.Pos{File: "api.json", Line: 2, Column: 13}, asJSON.Member("b").Member("c").Pos)
	require.Equal(t, diag.Pos{File: "api.json", Line: 1, Column: 11}, asJSON.Member("a").Children[1].Pos)
}

func TestJSONEscapesBeyondTheFirstPlane(t *testing.T) {
	for _, name := range []string{"api.json", "api.yaml"} {
		n, said := readTreeFrom(name, `{"a": "\ud83d\ude00"}`)
		require.Empty(t, said)
		require.Equal(t, "😀", n.Member("a").Value)
	}
}

func TestJSONSyntaxErrors(t *testing.T) {
	for text, want := range map[string]string{
		"{\"a\":1,\n}":         "1:7: yaml-syntax: not JSON: a comma stands before the closing bracket [remove the comma]",
		"{\"a\":1\n \"b\":2}":  `2:2: yaml-syntax: not JSON: a comma or a closing bracket is due before '"'`,
		"{\"a\":[1,2}":         `1:10: yaml-syntax: not JSON: unexpected '}'`,
		"{\"a\":1":             "1:7: yaml-syntax: not JSON: the text ends too early; a bracket or a quotation mark is not closed",
		"{\"a\":\"x\n":         "1:8: yaml-syntax: not JSON: unexpected '\\n'",
		"{\"a\":tru":           "1:9: yaml-syntax: not JSON: the text ends too early; a bracket or a quotation mark is not closed",
		"{'a':1}":              "1:2: yaml-syntax: not JSON: text takes double quotation marks",
		"{\"a\":1} x":          "1:9: yaml-syntax: not JSON: the document has ended before 'x'",
		"{\"a\":1 // one\n}":   "1:8: yaml-syntax: not JSON: comments are not part of JSON",
		"{\"a\":1,\n \"a\":2}": `2:2: duplicate-key: the key "a" stands twice in one mapping {1:2 first here}`,
	} {
		_, said := readTreeFrom("api.json", text)
		require.Equal(t, []string{want}, said, text)
	}
}

func TestFeaturesThatJSONHasNot(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a: &x 1\n", "1:4: yaml-feature: an anchor (&x) stands here [remove it; to share a value, move it to components and use $ref]"},
		{"a: !!str 1\n", "1:4: yaml-feature: a tag (!!str) stands here [remove it; text that looks like a number is put in quotes]"},
		{"a: !mine {b: 1}\n", "1:4: yaml-feature: a tag (!mine) stands here [remove it; text that looks like a number is put in quotes]"},
		{"<<: {b: 1}\n", "1:1: yaml-feature: a merge key (<<) stands here [write the members out, or use $ref or allOf]"},
		{"? [a]\n: b\n", "1:3: yaml-feature: a key is text, and not a list or a mapping [put text with braces or brackets in quotes]"},
		{"a: 1\n---\nb: 1\n", "2:1: yaml-feature: a second document begins here; a file holds one [move it to a file of its own]"},
		{"a: *x\n", "1:4: yaml-feature: an alias (*x) stands here [write the value out, or move it to components and use $ref; text that begins with * is put in quotes]"},
		{"? \n: 1\n", "1:2: wrong-kind: a key is missing before the colon"},
		{"a: 1\nb: 2\n\"a\": 3\n", `3:1: duplicate-key: the key "a" stands twice in one mapping {1:1 first here}`},
		{"200: 1\n'200': 2\n", `2:1: duplicate-key: the key "200" stands twice in one mapping {1:1 first here}`},
		{"", "1:1: yaml-syntax: the file is empty"},
		{"# only\n", "1:1: yaml-syntax: the file holds nothing but comments"},
		{"a: \xff\n", "1:4: yaml-syntax: the byte 0xFF is not UTF-8 [save the file as UTF-8]"},
		{"\xff\xfea\x00", "1:1: yaml-syntax: the text is UTF-16 [save the file as UTF-8]"},
		{"\x00a\x00:", "1:1: yaml-syntax: the text is UTF-16 [save the file as UTF-8]"},
		{"a\x00:\x00", "1:1: yaml-syntax: the text is UTF-16 [save the file as UTF-8]"},
		{"a: b\x07\n", `1:5: yaml-syntax: the character U+0007 may not stand in a document [remove it, or write it as \u0007 in double quotes]`},
	} {
		_, said := readTreeFrom(file, c.text)
		require.Equal(t, []string{c.want}, said, c.text)
	}
}

func TestAliasesCannotMultiply(t *testing.T) {
	text := "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
	n, said := readTreeFrom(file, text)
	require.Len(t, said, 3+27)
	require.Equal(t, `{"a":["x","x","x","x","x","x","x","x","x"],"b":[],"c":[],"d":[]}`, string(n.JSON()))
}

func TestKeysThatAreNumbers(t *testing.T) {
	n, said := readTreeFrom(file, "200: ok\n-10000: qq\n1.50: x\ntrue: y\n")
	require.Empty(t, said)
	require.Equal(t, `{"200":"ok","-10000":"qq","1.50":"x","true":"y"}`, string(n.JSON()))
}

func TestDirectiveOfYAML12(t *testing.T) {
	n, said := readTreeFrom(file, "%YAML 1.2\n---\na: 1\n")
	require.Empty(t, said)
	require.Equal(t, diag.Pos{File: file, Line: 3, Column: 1}, n.Member("a").KeyPos)
}

func TestNestingIsBounded(t *testing.T) {
	for _, name := range []string{"api.json", "api.yaml"} {
		deep := `{"a":` + strings.Repeat("[", 101) + strings.Repeat("]", 101) + "}"
		_, said := readTreeFrom(name, deep)
		require.Equal(t, []string{"1:106: yaml-syntax: values are nested deeper than 100 levels"}, said)
		_, said = readTreeFrom(name, `{"a":`+strings.Repeat("[", 99)+strings.Repeat("]", 99)+"}")
		require.Empty(t, said)
	}
	for _, depth := range []int{5000, 100000} {
		for _, open := range []string{"[", `{"a":`} {
			_, said := readTreeFrom("api.json", strings.Repeat(open, depth))
			require.Len(t, said, 1)
			_, said = readTreeFrom("api.json", strings.Repeat(open, depth)+"1"+strings.Repeat(map[string]string{"[": "]", `{"a":`: "}"}[open], depth))
			require.Len(t, said, 1)
			require.Contains(t, said[0], "yaml-syntax: values are nested deeper than 100 levels")
		}
	}
	_, said := readTreeFrom(file, "a: "+strings.Repeat("[", 100000)+"\n")
	require.Len(t, said, 1)
	require.Contains(t, said[0], "yaml-syntax: values are nested deeper than 100 levels")
}

func TestLargeFile(t *testing.T) {
	var list diag.List
	require.Nil(t, readTree(fstest.MapFS{"big.yaml": {Data: make([]byte, maxBytes+1)}}, "big.yaml", &list))
	require.Len(t, list, 1)
	require.Equal(t, "the file is larger than the 32 MB that a document may have", list[0].Message)
}

func TestUnreadableFile(t *testing.T) {
	var list diag.List
	require.Nil(t, Spec(fstest.MapFS{}, "none.yaml", &list))
	require.Equal(t, diag.List{{Pos: diag.Pos{File: "none.yaml"}, Code: diag.CodeUnreadable, Message: "the file cannot be read: file does not exist"}}, list)
}

func TestTabsBeforeAComment(t *testing.T) {
	n, said := readTreeFrom(file, "a:\n\t\t# tab\n  - b\n \t# tab\n  - |\n    x\n    \t# text\n")
	require.Empty(t, said)
	require.Equal(t, `{"a":["b","x\n\t# text\n"]}`, string(n.JSON()))
}
