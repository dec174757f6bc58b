package emit

import (
	"strings"
	"testing"

	"github.com/dave/jennifer/jen"
	"github.com/stretchr/testify/require"
)

func TestCommentLinesHoldOneSentenceEach(t *testing.T) {
	require.Equal(t, []string{
		"// The group's id.",
		"// Not the guild's, e.g. 2134!",
		"// Version 2.0 keeps it.",
		"//",
		"// Second paragraph",
	}, commentLines([]string{"The group's id. Not the guild's, e.g. 2134!\nVersion 2.0 keeps it.", "", "Second paragraph"}))
}

// Whatever a document says, its text stays inside its comment.
func TestCommentCannotBecomeCode(t *testing.T) {
	for _, hostile := range []string{
		"// hidden\nfunc init() { panic(1) }",
		"*/ func init() {} /*",
		"/* \r func init() {}",
		"a\u2028func init() {}",
		"a\u0085func init() {}",
		"+build ignore",
		"go:build ignore",
		"\xff\xfe\x00func init() {}",
		"\u202efunc init() {}",
	} {
		f := jen.NewFile("p")
		f.NoFormat = true
		fileComment(f, hostile)
		f.Var().Id("x").Int()
		for _, line := range strings.Split(strings.TrimSpace(f.GoString()), "\n") {
			if line == "package p" || line == "" || line == "var x int" {
				continue
			}
			require.True(t, strings.HasPrefix(line, "// "), "%q leaves its comment: %q", hostile, line)
			require.NotContains(t, line, "// +build")
			require.NotContains(t, line, "\u202e")
		}
	}
}

func TestLiteralIsAlwaysOneGoString(t *testing.T) {
	for text, want := range map[string]string{
		`{"ret":0}`: "`{\"ret\":0}`",
		"a`b\"":     "\"a`b\\\"\"",
		"plain":     `"plain"`,
		"a\"\nb":    `"a\"\nb"`,
		"\"\r":      `"\"\r"`,
	} {
		require.Equal(t, want, literal(text).GoString())
	}
}

func TestNumberKeepsItsValue(t *testing.T) {
	for text, want := range map[string]string{
		"4294967295":           "4294967295",
		"-10000":               "-10000",
		"18446744073709551615": "18446744073709551615",
		"0.50":                 "0.5",
	} {
		require.Equal(t, want, number(text).GoString())
	}
}
