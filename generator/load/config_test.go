package load

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
)

func readConfig(text string) (*Config, []string) {
	var list diag.List
	c := ReadConfig(fstest.MapFS{"msdkgen.yaml": {Data: []byte(text)}}, "msdkgen.yaml", &list)
	return c, lines(list)
}

func TestConfig(t *testing.T) {
	c, said := readConfig("strict: true\npackages:\n  - spec: spec/msdk.yaml\n    package: msdk\n    output: generated/msdk\n")
	require.Empty(t, said)
	at := func(line, column int) diag.Pos { return diag.Pos{File: "msdkgen.yaml", Line: line, Column: column} }
	require.Equal(t, &Config{Strict: true, Packages: []PackageConfig{{
		Pos: at(3, 5), Spec: "spec/msdk.yaml", SpecPos: at(3, 11), Package: "msdk", PackagePos: at(4, 14), Output: "generated/msdk", OutputPos: at(5, 13),
	}}}, c)
}

func TestConfigFaults(t *testing.T) {
	entry := func(spec, name, output string) string {
		return "packages:\n  - spec: " + spec + "\n    package: " + name + "\n    output: " + output + "\n"
	}
	for _, c := range []struct{ text, want string }{
		{"pakages: []\n", "1:1: unknown-key: the configuration has no key \"pakages\" [did you mean \"packages\"?]"},
		{"verbose: true\n" + entry("a", "a", "a"), `1:1: unknown-key: the configuration has no key "verbose" [the keys are requires, strict, packages]`},
		{"strict: yes\n" + entry("a", "a", "a"), `1:9: wrong-kind: "strict" takes true or false, not the text "yes" [write true]`},
		{"packages: {}\n", `1:11: wrong-kind: "packages" takes a list, not a mapping`},
		{"packages: []\n", "1:11: config: packages is empty; there is nothing to generate"},
		{"packages: [a]\n", `1:12: wrong-kind: this place takes a mapping, not the text "a"`},
		{"[]\n", "1:1: wrong-kind: the configuration is a mapping, not a list"},
		{"packages:\n  - spec: a\n    pakage: b\n    output: c\n",
			"3:5: unknown-key: a package has no key \"pakage\" [did you mean \"package\"?]"},
		{entry("1", "a", "a"), `2:11: wrong-kind: "spec" takes text, not the number 1 [put it in quotes: "1"]`},
		{entry("''", "a", "a"), "2:11: config: spec is empty"},
		{entry("a", "a-b", "a"), `3:14: config: "a-b" is not a Go package name`},
		{entry("a", "func", "a"), `3:14: config: "func" is not a Go package name`},
		{entry("a", "_", "a"), `3:14: config: "_" is not a Go package name`},
		{entry("a", "main", "a"), "3:14: config: a package with the name main cannot be imported"},
		{entry("./a", "a", "a"), `2:11: config: the spec "./a" is not a clean path [write a]`},
		{entry("../a", "a", "a"), `2:11: config: the spec "../a" leads out of the folder of msdkgen.yaml`},
		{entry("/a.yaml", "a", "a"), `2:11: config: the spec "/a.yaml" is not relative to msdkgen.yaml`},
		{entry("a", "a", "../a"), `4:13: config: the output "../a" leads out of the folder of msdkgen.yaml`},
		{entry("a", "a", "a/../../b"), `4:13: config: the output "a/../../b" leads out of the folder of msdkgen.yaml`},
		{entry("a", "a", "/a"), `4:13: config: the output "/a" is not relative to msdkgen.yaml`},
		{entry("a", "a", `'C:\a'`), `4:13: config: the output "C:\\a" is not relative to msdkgen.yaml`},
		{entry("a", "a", "./a/"), `4:13: config: the output "./a/" is not a clean path [write a]`},
		{entry("a", "a", `'a\b'`), `4:13: config: the output "a\\b" is not a clean path [write a/b]`},
		{entry("a", "a", "x") + "  - {spec: b, package: b, output: x}\n", `5:35: config: two packages have the output "x" {4:13 the other one}`},
		{entry("a", "a", "a") + "    include: [a]\n", `5:14: wrong-kind: "include" takes a mapping, not a list`},
		{entry("a", "a", "a") + "    include: {tag: [a]}\n", `5:15: unknown-key: include has no key "tag" [did you mean "tags"?]`},
		{entry("a", "a", "a") + "    exclude: {tags: a}\n", `5:21: wrong-kind: "tags" takes a list, not the text "a" [write it as a list: ["a"]]`},
		{entry("a", "a", "a") + "    exclude: {tags: [1]}\n", `5:22: wrong-kind: this place takes text, not the number 1 [put it in quotes: "1"]`},
		{entry("a", "a", "a") + "    emit: {clent: false}\n", `5:12: unknown-key: emit has no key "clent" [did you mean "client"?]`},
		{entry("a", "a", "a") + "    emit: {client: no}\n", `5:20: wrong-kind: "client" takes true or false, not the text "no" [write false]`},
		{entry("a", "a", "a") + "    emit: [client]\n", `5:11: wrong-kind: "emit" takes a mapping, not a list`},
		{"requires: 0.4\n" + entry("a", "a", "a"), `1:11: wrong-kind: "requires" takes text, not the number 0.4 [put it in quotes: "0.4"]`},
		{"requires: ''\n" + entry("a", "a", "a"), "1:11: config: requires is empty [leave it out, or name the oldest version that will do]"},
		{"packages:\n\t- a\n", "2:1: yaml-syntax: a tab stands in the indentation [indent with blanks only]"},
	} {
		_, said := readConfig(c.text)
		require.Equal(t, c.want, join(said), c.text)
	}
}

func TestConfigKeepsWhatIsRight(t *testing.T) {
	c, said := readConfig("packages:\n  - {spec: a, package: a-b, output: x}\n  - {spec: b, package: b, output: y}\n")
	require.Len(t, said, 1)
	require.Len(t, c.Packages, 1)
	require.Equal(t, "b", c.Packages[0].Package)
}

func TestConfigSelection(t *testing.T) {
	c, said := readConfig("packages:\n  - spec: a\n    package: a\n    output: a\n" +
		"    include: {tags: [A, B], operations: [c], paths: [/d], channels: [QQ]}\n    exclude: {tags: [C]}\n    emit: {client: true, server: false, tests: false}\n")
	require.Empty(t, said)
	p := c.Packages[0]
	require.Equal(t, []string{"A", "B"}, texts(p.Include.Tags))
	require.Equal(t, []string{"c"}, texts(p.Include.Operations))
	require.Equal(t, []string{"/d"}, texts(p.Include.Paths))
	require.Equal(t, []string{"QQ"}, texts(p.Include.Channels))
	require.Equal(t, []string{"C"}, texts(p.Exclude.Tags))
	require.Equal(t, Parts{Server: true, Tests: true}, p.Omit)
	require.Equal(t, 5, p.Include.Pos.Line)
	require.Equal(t, diag.Pos{File: "msdkgen.yaml", Line: 5, Column: 25}, p.Include.Tags[1].Pos)
}

func texts(choices []Choice) []string {
	var all []string
	for _, c := range choices {
		all = append(all, c.Text)
	}
	return all
}

func TestRequires(t *testing.T) {
	const old, young = "too old", "too new"
	for _, c := range []struct{ requires, tool, fault, query string }{
		{"0.4.0", "v0.4.0", "", ""},
		{"0.4", "v0.3.9", old, "v0.4.0"},
		{"v0.4.0", "v1.0.0", "", ""},
		{">=0.4.0 <2", "v1.9.9", "", ""},
		{">=0.4.0 <2", "v0.3.0", old, "<v2.0.0"},
		{">=0.4.0 <2", "v2.0.0", young, "<v2.0.0"},
		{">=0.4.0 <2", "v2.0.0-rc.1", young, "<v2.0.0"},
		{">= 0.4.0, < 2", "v2.1.0", young, "<v2.0.0"},
		{"<=1.2", "v1.2.0", "", ""},
		{"<=1.2", "v1.2.1", young, "<=v1.2.0"},
		{">1.2", "v1.2.0", old, "latest"},
		{"=1.2.3", "v1.2.2", old, "v1.2.3"},
		{"=1.2.3", "v1.2.4", young, "v1.2.3"},
		{"0.4.0", "v0.4.0-rc.1", old, "v0.4.0"},
		{"0.4.0-rc.2", "v0.4.0-rc.10", "", ""},
		{"0.4.0-rc.2", "v0.4.0-rc.1", old, "v0.4.0-rc.2"},
		{"0.4.0-rc.2", "v0.4.0-beta", old, "v0.4.0-rc.2"},
		// What is no release is admitted.
		{"9", "(devel)", "", ""},
		{"9", "", "", ""},
		{"9", "v0.4.1-0.20260102030405-0123456789ab", "", ""},
		{"9", "v0.0.0-20260102030405-0123456789ab", "", ""},
		{"9", "v1.0.0+dirty", "", ""},
		{"9", "v0.4.1-0.20260102030405-0123456789ab+dirty", "", ""},
	} {
		config, said := readConfig("requires: \"" + c.requires + "\"\npackages:\n  - {spec: a, package: a, output: a}\n")
		require.Empty(t, said, c.requires)
		var list diag.List
		config.Requires.Check(c.tool, "example.com/tool", &list)
		if c.fault == "" {
			require.Empty(t, list, "%s, %s", c.requires, c.tool)
			continue
		}
		require.Len(t, list, 1, "%s, %s", c.requires, c.tool)
		require.Equal(t, "this is msdkgen "+c.tool+", which is "+c.fault+": \""+c.requires+"\" is required", list[0].Message)
		require.Equal(t, "run: go get -tool 'example.com/tool@"+c.query+"'; or change requires", list[0].Suggestion)
		require.Equal(t, diag.Pos{File: "msdkgen.yaml", Line: 1, Column: 11}, list[0].Pos)
	}
	for _, text := range []string{"latest", ">=", "0.4.x", "~0.4", "1.2.3.4", "0.4 || 1", "99999999"} {
		_, said := readConfig("requires: \"" + text + "\"\npackages:\n  - {spec: a, package: a, output: a}\n")
		require.Len(t, said, 1, text)
		require.Contains(t, said[0], "1:11: config: ")
	}
	require.Equal(t, ">=0.4.0", OldestFor("v0.4.0"))
	require.Empty(t, OldestFor("(devel)"))
}
