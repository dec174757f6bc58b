// Slips of the pen that the parser words as something else. Each looks at one line, and is only asked after parsing failed; apart from
// syntaxcases.go because they are independent of the parser's words.
package load

import (
	"bytes"
	"unicode/utf8"
)

// conflictMarks are what a merge leaves in a file that two people changed.
var conflictMarks = [][]byte{[]byte("<<<<<<< "), []byte("======="), []byte(">>>>>>> "), []byte("||||||| ")}

func (f *syntaxFault) conflictMark() bool {
	for n := 1; n <= f.number; n++ {
		for _, mark := range conflictMarks {
			if bytes.HasPrefix(f.text.line(n), mark) {
				f.look(n)
				f.lost = true
				f.report(0, "a conflict of a merge was left here").Suggest("decide for one of the two sides, and remove the marks")
				return true
			}
		}
	}
	return false
}

// foreignBlanks are characters that look like YAML's own and are none; input methods for Chinese produce most of them.
var foreignBlanks = map[rune]struct{ name, instead string }{
	'\u00a0': {"a no-break space (U+00A0)", "write an ordinary blank"},
	'\u3000': {"an ideographic space (U+3000)", "write an ordinary blank"},
	'\uff1a': {"a full-width colon (U+FF1A)", "write an ordinary colon with a blank behind it"},
}

// foreignBlank looks at a line that should be a key and has no colon.
func (f *syntaxFault) foreignBlank() bool {
	for n := f.number; n > 0 && n >= f.number-1; n-- {
		line := f.text.line(n)
		if colonIn(line, 0) >= 0 {
			continue
		}
		for i := 0; i < len(line); {
			r, size := utf8.DecodeRune(line[i:])
			if foreign, ok := foreignBlanks[r]; ok {
				f.look(n)
				f.report(i, "%s stands here", foreign.name).Suggest("%s", foreign.instead)
				return true
			}
			i += size
		}
	}
	return false
}

// textBelowBar: the text of a block scalar has to be indented deeper than its key.
func (f *syntaxFault) textBelowBar() bool {
	for n := f.number; n > 1; n-- {
		line, above := f.text.line(n), f.text.line(n-1)
		if len(bytes.TrimSpace(line)) == 0 || !blockScalar.Match(above) {
			if colonIn(line, 0) >= 0 && n < f.number {
				return false
			}
			continue
		}
		if len(leading(line)) > len(leading(above)) {
			return false
		}
		f.look(n)
		f.lost = true // its lines look like keys
		f.report(f.indent, "the text that | or > announces is not indented").Suggest("indent it deeper than its key")
		return true
	}
	return false
}

// behindBracket: text between a closing bracket and the end of the line.
func (f *syntaxFault) behindBracket() bool {
	start := valueStart(f.line)
	if start >= len(f.line) || f.line[start] != '[' && f.line[start] != '{' {
		return false
	}
	depth := 0
	for i := start; i < len(f.line); i++ {
		switch f.line[i] {
		case '"', '\'':
			if end := closingQuote(f.line[i:]); end > 0 {
				i += end
			}
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		if depth > 0 {
			continue
		}
		rest := bytes.TrimLeft(f.line[i+1:], " \t")
		if len(rest) == 0 || rest[0] == '#' {
			return false
		}
		f.report(len(f.line)-len(rest), "text follows after the closing bracket").Suggest("remove it, or put the whole value in quotes")
		return true
	}
	return false
}

// openBracketIn returns the column of a bracket that is opened on the line and not closed on it; -1 without one. A comment ends the line.
func openBracketIn(line []byte, opening, closing byte) int {
	var open []int
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '#' && (i == 0 || bytes.IndexByte([]byte(" \t[{,"), line[i-1]) >= 0):
			i = len(line)
		case (c == '"' || c == '\'') && (i == 0 || bytes.IndexByte([]byte(" \t[{,:"), line[i-1]) >= 0):
			if end := closingQuote(line[i:]); end > 0 {
				i += end
			}
		case c == opening:
			open = append(open, i)
		case c == closing && len(open) > 0:
			open = open[:len(open)-1]
		}
	}
	if len(open) == 0 {
		return -1
	}
	return open[len(open)-1]
}

// braceInText finds an opening bracket in the middle of unquoted text that stands between brackets, such as the one in [/a/{id}]: there it
// begins a mapping, and does not belong to the text. -1 for none.
func braceInText(line []byte) int {
	depth := 0
	for i := 0; i < len(line); i++ {
		before := byte(' ')
		if i > 0 {
			before = line[i-1]
		}
		begins := bytes.IndexByte([]byte(" \t[{,:"), before) >= 0
		switch c := line[i]; {
		case c == '#' && begins && before != ':':
			return -1
		case (c == '"' || c == '\'') && begins:
			if end := closingQuote(line[i:]); end > 0 {
				i += end
			}
		case (c == '{' || c == '[') && !begins && depth > 0:
			return i
		case (c == '{' || c == '[') && begins:
			depth++
		case (c == '}' || c == ']') && depth > 0:
			depth--
		}
	}
	return -1
}
