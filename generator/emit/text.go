package emit

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/dave/jennifer/jen"
)

// Text of the document reaches the output through this file alone: as a comment by way of comment and as a literal by way of
// literal or jen.Lit. jennifer prints a comment that starts with // or /* as it stands, so that a description could otherwise
// leave its comment and become code.

// comment adds paragraphs of documentation to g, one sentence a line: a change of one sentence is then a change of one line,
// however long its neighbours are. Empty paragraphs are left out.
func comment(g *jen.Group, paragraphs ...string) {
	for _, line := range commentLines(paragraphs) {
		g.Comment(line)
	}
}

// fileComment is comment for a declaration at the top level of a file.
func fileComment(f *jen.File, paragraphs ...string) {
	for _, line := range commentLines(paragraphs) {
		f.Comment(line)
	}
}

// commentLines returns finished comment lines. Each begins with "// ", so that jennifer leaves it alone, and holds nothing that
// ends a line.
func commentLines(paragraphs []string) []string {
	var lines []string
	for _, p := range strings.Split(strings.Join(paragraphs, "\n\n"), "\n\n") {
		sentences := sentences(p)
		if len(sentences) == 0 {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "//")
		}
		for _, s := range sentences {
			lines = append(lines, "// "+s)
		}
	}
	return lines
}

// paragraphs brings the document's own text into the form that commentLines takes: lines that were only wrapped are joined, items
// of lists keep their lines, blank lines separate paragraphs.
func paragraphs(text string) string {
	var b strings.Builder
	fresh := true // nothing to join to
	for _, line := range strings.Split(strings.Map(lineFeed, text), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			if !fresh {
				b.WriteString("\n\n")
			}
			fresh = true
			continue
		case !fresh && listItem.MatchString(line):
			b.WriteByte('\n')
		case !fresh:
			b.WriteByte(' ')
		}
		b.WriteString(line)
		fresh = false
	}
	return strings.TrimSpace(b.String())
}

var listItem = regexp.MustCompile(`^([-*+]|[0-9]+[.)]) `)

func lineFeed(r rune) rune {
	if isLineBreak(r) {
		return '\n'
	}
	return r
}

// sentences splits text where a full stop, question or exclamation mark is followed by white space and a capital letter, and
// at every line break.
func sentences(text string) []string {
	var all []string
	for _, line := range strings.FieldsFunc(text, isLineBreak) {
		line = printable(line)
		for line != "" {
			end := sentenceEnd(line)
			all = append(all, guard(strings.TrimSpace(line[:end])))
			line = strings.TrimSpace(line[end:])
		}
	}
	return all
}

// sentenceEnd returns the length of the first sentence of line.
func sentenceEnd(line string) int {
	for i := 0; i+2 < len(line); i++ {
		if strings.IndexByte(".?!", line[i]) < 0 || line[i+1] != ' ' {
			continue
		}
		if rest := strings.TrimLeft(line[i+2:], " "); rest != "" && unicode.IsUpper([]rune(rest)[0]) && !abbreviation(line[:i]) {
			return i + 1
		}
	}
	return len(line)
}

// abbreviation reports whether text ends in a one-letter word, as "e.g" or an initial does: no sentence ends there.
func abbreviation(text string) bool {
	last := text[strings.LastIndexAny(text, " .")+1:]
	return len(last) <= 1
}

// guard keeps a sentence from being read as a directive: "// +build" is one even inside a longer comment.
func guard(s string) string {
	if strings.HasPrefix(s, "+build") {
		return `"` + s
	}
	return s
}

func isLineBreak(r rune) bool {
	return r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029'
}

// printable replaces what a reader cannot see, or what would reorder what he sees, by a question mark, and folds white space.
func printable(s string) string {
	s = strings.ToValidUTF8(s, "?")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == ' ':
			return ' '
		case !unicode.IsPrint(r):
			return '?'
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// oneLine is text that stands inside a comment of our own.
func oneLine(s string) string {
	return printable(strings.Join(strings.FieldsFunc(s, isLineBreak), " "))
}

// literal is a Go string literal, in backquotes where that reads better. The text is quoted here, so handing it to jen.Op is safe.
func literal(s string) *jen.Statement {
	if strings.ContainsRune(s, '"') && strconv.CanBackquote(s) {
		return jen.Op("`" + s + "`")
	}
	return jen.Op(strconv.Quote(s))
}

// sentence ends text with a full stop where it has none.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	if strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}
