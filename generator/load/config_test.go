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
		{"pakages: []\n", "1:1: missing-key: the configuration needs the key \"packages\"\n1:1: unknown-key: the configuration has no key \"pakages\" [did you mean \"packages\"?]"},
		{"verbose: true\n" + entry("a", "a", "a"), `1:1: unknown-key: the configuration has no key "verbose" [the keys are strict, packages]`},
		{"strict: yes\n" + entry("a", "a", "a"), `1:9: wrong-kind: "strict" takes true or false, not the text "yes"`},
		{"packages: {}\n", `1:11: wrong-kind: "packages" takes a list, not a mapping`},
		{"packages: []\n", "1:11: config: packages is empty; there is nothing to generate"},
		{"packages: [a]\n", `1:12: wrong-kind: this place takes a mapping, not the text "a"`},
		{"[]\n", "1:1: wrong-kind: the configuration is a mapping, not a list"},
		{"packages:\n  - spec: a\n    pakage: b\n    output: c\n",
			"2:5: missing-key: a package needs the key \"package\"\n3:5: unknown-key: a package has no key \"pakage\" [did you mean \"package\"?]"},
		{entry("1", "a", "a"), `2:11: wrong-kind: "spec" takes text, not the number 1 [put it in quotes: "1"]`},
		{entry("''", "a", "a"), "2:11: config: spec is empty"},
		{entry("a", "a-b", "a"), `3:14: config: "a-b" is not a Go package name`},
		{entry("a", "func", "a"), `3:14: config: "func" is not a Go package name`},
		{entry("a", "_", "a"), `3:14: config: "_" is not a Go package name`},
		{entry("a", "main", "a"), "3:14: config: a package with the name main cannot be imported"},
		{entry("a", "a", "../a"), `4:13: config: the output "../a" leads out of the folder of msdkgen.yaml`},
		{entry("a", "a", "a/../../b"), `4:13: config: the output "a/../../b" leads out of the folder of msdkgen.yaml`},
		{entry("a", "a", "/a"), `4:13: config: the output "/a" is not relative to msdkgen.yaml`},
		{entry("a", "a", `'C:\a'`), `4:13: config: the output "C:\\a" is not relative to msdkgen.yaml`},
		{entry("a", "a", "./a/"), `4:13: config: the output "./a/" is not a clean path [write a]`},
		{entry("a", "a", `'a\b'`), `4:13: config: the output "a\\b" is not a clean path [write a/b]`},
		{entry("a", "a", "x") + "  - {spec: b, package: b, output: x}\n", `5:35: config: two packages have the output "x" {4:13 the other one}`},
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
