package emit

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"slices"
	"strings"
)

// The layout of the files that jennifer prints. go/format would be most of the time of a generation, and almost all of what is emitted
// has a few simple forms: so each declaration is laid out here if all of its lines have one of those, and by go/format otherwise. The
// result is the same, byte by byte; a test compares. How a line is laid out stands in layout_line.go.

// errForm says that a declaration has a form that is left to go/format.
var errForm = errors.New("a form that is left to go/format")

// layout formats a file.
func layout(source []byte) ([]byte, error) {
	parts, ok := split(source)
	if !ok {
		return format.Source(source)
	}
	out := bytes.NewBuffer(make([]byte, 0, len(source)+len(source)/8))
	for i, p := range parts {
		if i > 0 {
			if p.blank || p.doc > 0 || p.word() != parts[i-1].word() {
				out.WriteByte('\n')
			}
		}
		start := out.Len()
		if err := p.write(out); err == nil {
			continue
		}
		out.Truncate(start)
		formatted, err := p.format()
		if err != nil {
			return nil, err
		}
		out.Write(formatted)
	}
	return out.Bytes(), nil
}

// format has the part formatted by go/format, as part of a file: a comment at its head is then documentation.
func (p *part) format() ([]byte, error) {
	if p.word() == "package" {
		return format.Source([]byte(strings.Join(p.lines, "\n") + "\n"))
	}
	const clause = "package p\n\n"
	formatted, err := format.Source([]byte(clause + strings.Join(p.lines, "\n") + "\n"))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.lines[p.doc], err)
	}
	return bytes.TrimPrefix(formatted, []byte(clause)), nil
}

// part is the package clause or one declaration, with the comment in front of it.
type part struct {
	lines []string
	doc   int  // that many lines are the comment
	blank bool // something separates the part from the one before it
}

// word is the first word of the declaration.
func (p *part) word() string {
	word, _, _ := strings.Cut(p.lines[p.doc], " ")
	return word
}

// split divides a file into its parts. Every line stands in the first column; a part that spans several lines ends with a line that begins
// with a bracket. It returns false for a file that is not of this kind.
func split(source []byte) (parts []part, ok bool) {
	lines := strings.Split(string(source), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	for i := 0; i < len(lines); {
		p := part{blank: i > 0 && lines[i] == ""}
		for i < len(lines) && lines[i] == "" {
			i++
		}
		if i == len(lines) {
			break
		}
		start := i
		for i < len(lines) && strings.HasPrefix(lines[i], "//") {
			i++
		}
		p.doc = i - start
		first := len(parts) == 0 && p.doc == 1 && i+1 < len(lines) && lines[i] == "" && (strings.HasPrefix(lines[i+1], "package ") || strings.HasPrefix(lines[i+1], "//"))
		if first { // the line that marks a generated file belongs to nothing
			parts = append(parts, part{lines: lines[start:i], doc: 0})
			continue
		}
		if i == len(lines) || !topLevel(lines[i]) {
			return nil, false
		}
		i = partEnd(lines, i)
		if i < 0 {
			return nil, false
		}
		p.lines = lines[start:i]
		parts = append(parts, p)
	}
	return parts, true
}

func topLevel(line string) bool {
	for _, word := range []string{"func ", "var ", "type ", "const ", "import ", "package "} {
		if strings.HasPrefix(line, word) {
			return true
		}
	}
	return false
}

// partEnd returns the line behind the declaration that begins on line i, -1 if it cannot tell. Where one ends, the next line is empty, a
// comment or a declaration, and the last line ends what was opened.
func partEnd(lines []string, i int) int {
	depth := 0
	for ; i < len(lines); i++ {
		if strings.HasPrefix(lines[i], "//") {
			continue
		}
		change, ok := brackets(lines[i])
		if depth += change; !ok || depth < 0 {
			return -1
		}
		if depth == 0 {
			return i + 1
		}
	}
	return -1
}

// brackets counts what a line opens and does not close. It returns false for a literal that does not end.
func brackets(line string) (change int, ok bool) {
	for i := 0; i < len(line); i++ {
		switch c := line[i]; c {
		case '(', '[', '{':
			change++
		case ')', ']', '}':
			change--
		case '"', '`', '\'':
			if i = literalEnd(line, i); i < 0 {
				return 0, false
			}
		}
	}
	return change, true
}

// literalEnd returns the place of the quote that ends the literal which begins at i, -1 if there is none.
func literalEnd(line string, i int) int {
	quote := line[i]
	for i++; i < len(line); i++ {
		switch {
		case line[i] == quote:
			return i
		case line[i] == '\\' && quote != '`':
			i++
		}
	}
	return -1
}

// write lays the part out.
func (p *part) write(out *bytes.Buffer) error {
	if p.word() == "import" && !slices.IsSorted(p.lines[p.doc+1:max(p.doc+1, len(p.lines)-1)]) {
		return errForm
	}
	l := layouter{out: out}
	for i := 0; i < len(p.lines); i++ {
		if !strings.HasPrefix(p.lines[i], "//") {
			if err := l.code(p.lines[i]); err != nil {
				return err
			}
			continue
		}
		end := i
		for end < len(p.lines) && strings.HasPrefix(p.lines[end], "//") {
			end++
		}
		if err := l.comment(p.lines[i:end], len(p.lines) == 1); err != nil {
			return err
		}
		i = end - 1
	}
	l.endSection()
	return nil
}

// comment lays out a comment that stands in front of something. gofmt rewrites what is markup in a documentation comment; a comment that
// could have some is left to it.
func (l *layouter) comment(lines []string, alone bool) error {
	l.endSection()
	single := 0 // lines of this paragraph
	for i, line := range lines {
		if line == "//" {
			single = 0
			continue
		}
		text, ok := strings.CutPrefix(line, "// ")
		if !alone && (!ok || text == "" || markup(text)) {
			return errForm
		}
		single++
		last := i+1 == len(lines) || lines[i+1] == "//"
		if single == 1 && last && len(lines) > 1 && !strings.HasSuffix(text, ".") {
			return errForm // a heading, perhaps
		}
	}
	if !alone && (lines[0] == "//" || lines[len(lines)-1] == "//") {
		return errForm
	}
	for _, line := range lines {
		l.newLine(l.depth(), false)
		l.out.WriteString(line)
		l.out.WriteByte('\n')
	}
	l.afterComment = true
	return nil
}

// markup reports whether a line of a comment could be a list, a heading, a link or a quotation, or has blanks that gofmt would move.
func markup(text string) bool {
	c := text[0]
	switch {
	case c == ' ' || c == '\t' || c == '#' || c == '-' || c == '*' || c == '+' || c >= 0x80 && strings.HasPrefix(text, "•"):
		return true
	case c == '[' && strings.Contains(text, "]:"):
		return true
	}
	if '0' <= c && c <= '9' {
		if rest := strings.TrimLeft(text, "0123456789"); rest == "" || rest[0] == '.' || rest[0] == ')' {
			return true
		}
	}
	return strings.Contains(text, "``") || strings.Contains(text, "''") || strings.Contains(text, "  ") || strings.ContainsRune(text, '\t')
}
