package load

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What one run shows of several faults: each as it is shown alone, and none that follows from another.
func TestSeveralFaults(t *testing.T) {
	const tab, indentation = "yaml-syntax: a tab stands in the indentation [indent with blanks only]", "blanks fits no line above"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"tab, indentation, duplicate", "paths:\n  /a:\n\tget: 1\n      x: 1\n  /b:\n    get:\n      x: 1\n     y: 2\n  /c:\n    get: 1\n    get: 2\n",
			[]string{"3:1: " + tab, "8:6: yaml-syntax: the indentation of 5 " + indentation + " [indent it by 4 blanks or 6 blanks]",
				`11:5: duplicate-key: the key "get" stands twice in one mapping {10:5 first here}`}},
		{"duplicate above the fault", "a: 1\na: 2\nb: \"x\n", []string{`2:1: duplicate-key: the key "a" stands twice in one mapping {1:1 first here}`, "3:4: yaml-syntax: this quotation mark is not closed"}},
		{"what hangs on a tab is part of it", "paths:\n  /a:\n    get:\n      x: 1\n\t/b:\n    get:\n      x: 1\n  /c:\n    get: @\n",
			[]string{"5:1: " + tab, "9:10: yaml-syntax: unquoted text cannot begin with @ [put the text in quotes]"}},
		{"a block of tabs is one fault", "info:\n\ttitle: x\n\tversion: 1\npaths:\n\t/a:\n\t\tget: 1\n", []string{"2:1: " + tab, "5:1: " + tab}},
		{"a list as deep as its key", "a: - b\n- c\nd: {\n}\nd: 1\n",
			[]string{"1:4: yaml-syntax: a list cannot begin behind its key [write each item on a line of its own, or the list in brackets: [a, b]]",
				`5:1: duplicate-key: the key "d" stands twice in one mapping {3:1 first here}`}},
		{"items", "a:\n- b: x: y\n- c: `\n  d: 1\n- d: 1\n  d: 2\n", []string{`2:7: yaml-syntax: a colon followed by a blank stands inside unquoted text [put the text in quotes: "x: y"]`}},
		{"later items", "a:\n- z: 1\n- b: x: y\n- c: `\n  d: 1\n- d: 1\n  d: 2\n", []string{
			`3:7: yaml-syntax: a colon followed by a blank stands inside unquoted text [put the text in quotes: "x: y"]`,
			"4:6: yaml-syntax: unquoted text cannot begin with ` [put the text in quotes]",
			`7:3: duplicate-key: the key "d" stands twice in one mapping {6:3 first here}`}},
		{"items among keys", "a: 1\n- b\n- c\nd: %\n", []string{"2:1: yaml-syntax: a list item stands among the keys of a mapping", "4:4: yaml-syntax: unquoted text cannot begin with % [put the text in quotes]"}},
		{"brackets over several lines", "a: [\n  b\n  c: {\n]\nd: 1\nd: 2\n", []string{"1:4: yaml-syntax: this bracket is not closed with ], or a comma is missing behind it",
			`6:1: duplicate-key: the key "d" stands twice in one mapping {5:1 first here}`}},
		{"a conflict hides what is below it", "a: 1\na: 2\n<<<<<<< x\nb: 1\n=======\nb: 2\n>>>>>>> y\nc: @\n", []string{
			`2:1: duplicate-key: the key "a" stands twice in one mapping {1:1 first here}`,
			"3:1: yaml-syntax: a conflict of a merge was left here [decide for one of the two sides, and remove the marks]"}},
		{"an alias", "a: *b\nc: @\n", []string{"1:4: yaml-feature: an alias (*b) stands here [write the value out, or move it to components and use $ref; text that begins with * is put in quotes]",
			"2:4: yaml-syntax: unquoted text cannot begin with @ [put the text in quotes]"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, said := readTreeFrom(file, c.text)
			require.Nil(t, n)
			slices.SortFunc(said, func(a, b string) int { return lineOf(a) - lineOf(b) })
			require.Equal(t, c.want, said)
		})
	}
}

// A text that is faulty all over does not fill a screen.
func TestFaultsAreBounded(t *testing.T) {
	_, said := readTreeFrom(file, strings.Repeat("a: @\n", 50))
	require.Len(t, said, maxSyntaxErrors)
}

// placesOf cuts complaints down to their places and codes.
func placesOf(said []string) []string {
	var places []string
	for _, one := range said {
		places = append(places, strings.Join(strings.SplitN(one, ": ", 3)[:2], ": "))
	}
	return places
}

func lineOf(said string) int {
	text, _, _ := strings.Cut(said, ":")
	line, _ := strconv.Atoi(text)
	return line
}

// slips are what a hand does to a line that holds a key.
var slips = []func(line string) string{
	func(line string) string { return "\t" + strings.TrimLeft(line, " ") },
	func(line string) string { return strings.Replace(line, "  ", "\t", 1) },
	func(line string) string { return " " + line },
	func(line string) string { return strings.TrimPrefix(line, " ") },
	func(line string) string { return line + " x: y" },
	func(line string) string { return strings.Replace(line, ": ", ": \"", 1) },
	func(line string) string { return strings.Replace(line, ": ", ": '", 1) },
	func(line string) string { return strings.Replace(line, ": ", ": @", 1) },
	func(line string) string { return strings.Replace(line, ": ", ": [", 1) },
	func(line string) string { return strings.Replace(line, ":", "", 1) },
	func(line string) string { return strings.Replace(line, "- ", "-", 1) },
	func(line string) string { return strings.Replace(line, ": ", ": - ", 1) },
	func(line string) string { return strings.Replace(line, ": ", ": }", 1) },
	func(line string) string { return "" },
}

// Two slips in a real document: one alone causes one syntax error, and a run reports nothing that the one or the other does not cause alone.
func TestNoFaultFollows(t *testing.T) {
	text, err := os.ReadFile("../../spec/timgroup.yaml")
	require.NoError(t, err)
	lines := strings.Split(string(text), "\n")[95:280] // a part of its operations; the tree of it is one as well
	with := func(changes map[int]string) []string {
		changed := slices.Clone(lines)
		for n, line := range changes {
			changed[n] = line
		}
		_, said := readTreeFrom(file, strings.Join(changed, "\n"))
		return placesOf(said)
	}
	require.Empty(t, with(nil))
	random := rand.New(rand.NewPCG(1, 2))
	both, pairs := 0, 0
	for pairs < 60 {
		one, other := random.IntN(len(lines)), random.IntN(len(lines))
		first, second := slips[random.IntN(len(slips))](lines[one]), slips[random.IntN(len(slips))](lines[other])
		alone := with(map[int]string{one: first})
		too := with(map[int]string{other: second})
		if len(alone) == 0 || len(too) == 0 || one == other {
			continue // it is good YAML all the same
		}
		pairs++
		require.LessOrEqual(t, strings.Count(strings.Join(alone, " "), "yaml-syntax"), 1, "%d %q: %q", one+1, first, alone)
		together := with(map[int]string{one: first, other: second})
		for _, said := range together {
			require.Contains(t, append(alone, too...), said, "%d %q\n%d %q\n%q", one+1, first, other+1, second, together)
		}
		if len(together) > 1 {
			both++
		}
	}
	require.Greater(t, both, pairs/2)
}
