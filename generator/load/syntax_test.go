package load

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestYAMLSyntaxErrors(t *testing.T) {
	const quoted = "[put the text in quotes]"
	for _, c := range []struct{ name, text, want string }{
		{"indentation between two levels", "paths:\n  /a:\n    get:\n      x: 1\n   post:\n      y: 2\nz: 1\n",
			"5:4: yaml-syntax: the indentation of 3 blanks fits no line above [indent it by 2 blanks or 4 blanks]"},
		{"indentation far below the head of the mapping", "a:\n  b: 1\n" + strings.Repeat("  # comment\n", 300) + " c: 1\n",
			"303:2: yaml-syntax: the indentation of 1 blank fits no line above [indent it by 0 blanks or 2 blanks]"},
		{"indentation of the first line", " a: 1\nb: 2\n", "2:1: yaml-syntax: the indentation of 0 blanks fits no line above [indent it by 1 blank]"},
		{"indentation in a list", "a:\n  - x: 1\n   y: 2\n", "3:4: yaml-syntax: the indentation of 3 blanks fits no line above [indent it by 2 blanks or 4 blanks]"},
		{"indentation behind a block of text", "a:\n  b: |\n     x: 1\n      y\n     z\n  c: 1\n d: 1\n",
			"7:2: yaml-syntax: the indentation of 1 blank fits no line above [indent it by 0 blanks or 2 blanks]"},
		{"tab", "openapi: 3.0.3\ninfo:\n\ttitle: x\n", "3:1: yaml-syntax: a tab stands in the indentation [indent with blanks only]"},
		{"tab behind blanks", "a:\n  b: 1\n  \tc: 2\n", "3:3: yaml-syntax: a tab stands in the indentation [indent with blanks only]"},
		{"key below a value", "info:\n  title: x\n    version: 1\nb: 2\n",
			"3:5: yaml-syntax: a key stands below a value, or is indented too far [give it the indentation of the keys above it]"},
		{"colon in a value", "info:\n  title: Login: the first\n  version: 1\n",
			`2:15: yaml-syntax: a colon followed by a blank stands inside unquoted text [put the text in quotes: "Login: the first"]`},
		{"quotation mark closed by a later one", "info:\n  title: \"Login\n  version: \"1\"\nb: 2\n", "2:10: yaml-syntax: this quotation mark is not closed on its line"},
		{"quotation mark never closed", "info:\n  title: \"Login\n  version: 1\nb: 2\n", "2:10: yaml-syntax: this quotation mark is not closed"},
		{"quotation mark never closed, far above the end", "info:\n  title: x\nb: \"y\n" + strings.Repeat("- 1\n", 300), "3:4: yaml-syntax: this quotation mark is not closed"},
		{"apostrophe", "a: 'it's'\nb: 1\n", "1:8: yaml-syntax: text follows after the closing quotation mark [write '' for an apostrophe inside the text]"},
		{"quotation mark inside", "a:\n  b: \"x\" y\n", `2:10: yaml-syntax: text follows after the closing quotation mark [write \" for a quotation mark inside the text]`},
		{"no colon", "info:\n  title: x\n  version\npaths: {}\n", `3:3: yaml-syntax: "version" has no colon behind it, and is no key`},
		{"no blank after the colon", "info:\n  title:x\n  version: 1\n", `2:3: yaml-syntax: "title:x" has no colon behind it, and is no key [put a blank after the colon]`},
		{"open bracket", "tags: [a, b\npaths: {}\n", "1:7: yaml-syntax: this bracket is not closed with ], or a comma is missing behind it"},
		{"brace in text", "tags: [x, /a/{id}, b]\npaths: {}\n", "1:14: yaml-syntax: unquoted text between brackets cannot hold { [put the text in quotes]"},
		{"open brace", "a:\n  b: {c: [1], d: 2\n  e: 1\n", "2:6: yaml-syntax: this bracket is not closed with }, or a comma is missing behind it"},
		{"at sign", "a: @x\n", "1:4: yaml-syntax: unquoted text cannot begin with @ " + quoted},
		{"backtick", "a:\n  - `x`\n", "2:5: yaml-syntax: unquoted text cannot begin with ` " + quoted},
		{"percent", "a: %x\n", "1:4: yaml-syntax: unquoted text cannot begin with % " + quoted},
		{"escape", "a: \"x\\d+\"\n", `1:6: yaml-syntax: double quotes know no such escape [write \\ for a backslash, or use single quotes]`},
		{"half a character", "a: \"\\ud83d\"\n", `1:5: yaml-syntax: double quotes know no such escape [write \\ for a backslash, or use single quotes]`},
		{"list behind its key", "a: - b\n", "1:4: yaml-syntax: a list cannot begin behind its key [write each item on a line of its own, or the list in brackets: [a, b]]"},
		{"key among items", "a:\n  - b\n  c: 1\n", "3:3: yaml-syntax: a list item is due here [begin the line with a dash, or indent it less to end the list]"},
		{"item without a blank", "a:\n  - {b: 1}\n  -{b: 2}\n", "3:3: yaml-syntax: this dash begins no list item [put a blank behind the dash]"},
		{"item without a blank in a list of keys", "a:\n  - b: 1\n  -b: 2\n", "3:3: yaml-syntax: this dash begins no list item [put a blank behind the dash]"},
		{"item among keys", "a: 1\n- b\n", "2:1: yaml-syntax: a list item stands among the keys of a mapping"},
		{"closing bracket", "a: 1\nb: }\n", "2:4: yaml-syntax: a value is due here [put the text in quotes if it begins with a bracket or a comma]"},
		{"in the second document", "a: 1\n---\nb: @x\n", "3:4: yaml-syntax: unquoted text cannot begin with @ " + quoted},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, said := readTreeFrom(file, c.text)
			require.Nil(t, n)
			require.Equal(t, []string{c.want}, said)
			// The ends of lines make no difference.
			_, said = readTreeFrom(file, strings.ReplaceAll(c.text, "\n", "\r\n"))
			require.Equal(t, []string{c.want}, said)
		})
	}
}
