package readme

// README.zh-CN.md says the same as README.md in another language. What can be compared without knowing either is compared here.

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	fenced   = regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```$")
	comment  = regexp.MustCompile(`(?m)[ \t]*#.*$`)
	bullet   = regexp.MustCompile("(?m)^- `([^`]+)`(?:: |：)")
	heading  = regexp.MustCompile(`(?m)^(#+) `)
	reserved = regexp.MustCompile("`[A-Za-z_][\\w.-]*`")
)

// codeBlocks are the blocks of a text, with their languages. Comments of commands and configurations are in the reader's language, and left out.
func codeBlocks(text string) []string {
	var all []string
	for _, m := range fenced.FindAllStringSubmatch(text, -1) {
		code := m[2]
		if m[1] == "sh" || m[1] == "yaml" {
			code = comment.ReplaceAllString(code, "")
		}
		all = append(all, m[1]+"\n"+code)
	}
	return all
}

// marks are the first groups of a pattern outside of code blocks.
func marks(pattern *regexp.Regexp, group int, text string) []string {
	var all []string
	for _, m := range pattern.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
		all = append(all, m[group])
	}
	return all
}

func TestChinese(t *testing.T) {
	english, other := read(t, "README.md"), read(t, chinese)
	require.Equal(t, codeBlocks(english), codeBlocks(other))
	require.Equal(t, marks(heading, 1, english), marks(heading, 1, other), "the levels of the headings")
	require.Equal(t, marks(bullet, 1, english), marks(bullet, 1, other), "the modules")
	links := regexp.MustCompile(`\]\(([^)#]+)\)`)
	require.Equal(t, marks(links, 1, english)[1:], marks(links, 1, other)[1:], "the links, but for the first, to the other language")
	require.ElementsMatch(t, marks(reserved, 0, english), marks(reserved, 0, other), "the names in the text")
}
