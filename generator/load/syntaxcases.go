// The wording of each kind of YAML syntax error. syntax.go found the line; here the line itself is looked at.
package load

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
)

var aliasName = regexp.MustCompile(`\*[^\s,\]}]+`)

func (f *syntaxFault) alias() {
	place := aliasName.FindIndex(f.line)
	if place == nil {
		place = []int{f.indent, f.indent}
	}
	f.list.Errorf(f.text.at(f.number, place[0]), diag.CodeYAMLFeature, "an alias (%s) stands here", f.line[place[0]:place[1]]).
		Suggest("write the value out, or move it to components and use $ref; text that begins with * is put in quotes")
}

// noColon: a line that should be a key has no colon. The parser notices on a later line.
func (f *syntaxFault) noColon() {
	if f.conflictMark() || f.foreignBlank() || f.textBelowBar() {
		return
	}
	for n := f.number; n > 0; n-- {
		line := f.text.line(n)
		content := bytes.TrimSpace(line)
		if len(content) == 0 || content[0] == '#' || colonIn(line, 0) >= 0 {
			continue
		}
		f.look(n)
		break
	}
	d := f.report(f.indent, "%s has no colon behind it, and is no key", clip(string(bytes.TrimSpace(f.line))))
	if at := bytes.IndexByte(f.line, ':'); at > 0 {
		d.Suggest("put a blank after the colon")
	}
}

// openQuote: a quotation mark is never closed.
func (f *syntaxFault) openQuote() {
	block := f.blockLines()
	for n := f.number; n > 0; n-- {
		if column := openQuoteIn(f.text.line(n)); column >= 0 && !block[n] {
			f.look(n)
			f.swallows = true
			f.report(column, "this quotation mark is not closed")
			return
		}
	}
	f.lost = true
	f.report(f.indent, "a quotation mark is not closed")
}

// quoteLeftOpen reports a quotation mark on an earlier line whose text swallows the failing line, or ends where another begins. Every other
// complaint would then be about the wrong line, so that this is asked first.
func (f *syntaxFault) quoteLeftOpen() bool {
	block := f.blockLines()
	for n := f.number - 1; n > 0; n-- {
		column := openQuoteIn(f.text.line(n))
		if column < 0 || block[n] {
			continue
		}
		start := f.text.lines[n-1] + column
		if end := closingQuote(f.text.body[start:]); end >= 0 {
			closed := f.text.pos(start + end)
			behind := bytes.TrimSpace(f.text.line(closed.Line)[closed.Column:])
			if closed.Line < f.number && (len(behind) == 0 || bytes.IndexByte([]byte("#,]}:"), behind[0]) >= 0) {
				return false // a text of several lines that is in order
			}
		} else if strings.Contains(f.problem, "unexpected end of stream") || strings.Contains(f.problem, "document indicator") {
			return false // what openQuote is for
		}
		f.look(n)
		f.swallows = true
		f.report(column, "this quotation mark is not closed on its line")
		return true
	}
	return false
}

// blockLines tells which lines, counted from 1, are the text of a block: what looks like YAML there is none.
func (f *syntaxFault) blockLines() []bool {
	block := make([]bool, len(f.text.lines)+1)
	scalar := -1 // indentation of the line that the text hangs on
	for n := 1; n <= len(f.text.lines); n++ {
		line := f.text.line(n)
		content := bytes.TrimLeft(line, " ")
		indent := len(line) - len(content)
		switch {
		case len(content) == 0:
		case scalar >= 0 && indent > scalar:
			block[n] = true
		case blockScalar.Match(content):
			scalar = indent
		default:
			scalar = -1
		}
	}
	return block
}

// extraColon: a second ": " on a line, or a key below a value.
func (f *syntaxFault) extraColon() {
	first := colonIn(f.line, f.indent)
	if first >= 0 {
		value := bytes.TrimSpace(f.line[first+1:])
		if second := colonIn(f.line, first+1); second >= 0 && value[0] != '{' && value[0] != '[' { // in brackets it is in order
			f.report(second, "a colon followed by a blank stands inside unquoted text").
				Suggest("put the text in quotes: %s", clip(string(value)))
			return
		}
	}
	for n := f.number - 1; n > 0; n-- {
		above := f.text.line(n)
		if content := bytes.TrimSpace(above); len(content) == 0 || content[0] == '#' {
			continue
		}
		if colonIn(above, 0) < 0 && len(leading(above)) <= f.indent {
			f.noColon()
			return
		}
		break
	}
	f.misplaced = true
	f.report(f.indent, "a key stands below a value, or is indented too far").
		Suggest("give it the indentation of the keys above it")
}

// itemBehindKey: "key: - item".
func (f *syntaxFault) itemBehindKey() {
	column := bytes.Index(f.line, []byte(": - "))
	if column < 0 {
		column = f.indent - 2
	}
	f.report(column+2, "a list cannot begin behind its key").Suggest("write each item on a line of its own, or the list in brackets: [a, b]")
}

// noKey: something that is no key among the keys of a mapping; most often the indentation is wrong.
func (f *syntaxFault) noKey() {
	if f.conflictMark() || f.dashWithoutBlank() || f.behindQuote() || f.behindBracket() || f.wrongIndentation() {
		return
	}
	if bytes.HasPrefix(bytes.TrimSpace(f.line), []byte("- ")) {
		f.report(f.indent, "a list item stands among the keys of a mapping")
		return
	}
	f.lost = true
	f.report(f.indent, "a key followed by a colon is due here")
}

func (f *syntaxFault) noDash() {
	if f.dashWithoutBlank() || f.behindQuote() || f.wrongIndentation() {
		return
	}
	f.itemDue = true
	f.report(f.indent, "a list item is due here").Suggest("begin the line with a dash, or indent it less to end the list")
}

// dashWithoutBlank: "-{name: a}" or "-name: a" among the items of a list.
func (f *syntaxFault) dashWithoutBlank() bool {
	content := f.line[f.indent:]
	if len(content) < 2 || content[0] != '-' || content[1] == '-' || content[1] == ' ' {
		return false
	}
	f.report(f.indent, "this dash begins no list item").Suggest("put a blank behind the dash")
	return true
}

// behindQuote: text between a closing quotation mark and the end of the line.
func (f *syntaxFault) behindQuote() bool {
	start := valueStart(f.line)
	if start >= len(f.line) || f.line[start] != '"' && f.line[start] != '\'' {
		return false
	}
	end := closingQuote(f.line[start:])
	if end < 0 {
		return false
	}
	rest := f.line[start+end+1:]
	content := bytes.TrimLeft(rest, " \t")
	if len(content) == 0 || content[0] == '#' || content[0] == ':' {
		return false
	}
	mark := map[byte]string{'"': `write \" for a quotation mark inside the text`, '\'': "write '' for an apostrophe inside the text"}[f.line[start]]
	f.report(start+end+1+len(rest)-len(content), "text follows after the closing quotation mark").Suggest("%s", mark)
	return true
}

// wrongIndentation compares the line with the levels that are open above it.
func (f *syntaxFault) wrongIndentation() bool {
	levels := f.openLevels()
	if len(levels) == 0 || slices.Contains(levels, f.indent) {
		return false
	}
	var near []string
	for i, level := range levels {
		if level < f.indent && (i+1 == len(levels) || levels[i+1] > f.indent) || level > f.indent && (i == 0 || levels[i-1] < f.indent) {
			near = append(near, blanks(level))
		}
	}
	f.misplaced = true
	f.report(f.indent, "the indentation of %s fits no line above", blanks(f.indent)).Suggest("indent it by %s", strings.Join(near, " or "))
	return true
}

func blanks(n int) string {
	if n == 1 {
		return "1 blank"
	}
	return fmt.Sprintf("%d blanks", n)
}

var blockScalar = regexp.MustCompile(`(^|: +|- +)[|>][-+0-9]*\s*(#.*)?$`)

// openLevels returns the columns at which keys and items above the line stand that are not ended yet, ascending.
func (f *syntaxFault) openLevels() []int {
	var levels []int
	scalar := -1 // indentation of the line that a block scalar hangs on
	for n := 1; n < f.number; n++ {
		line := f.text.line(n)
		content := bytes.TrimLeft(line, " ")
		indent := len(line) - len(content)
		if len(content) == 0 || content[0] == '#' || scalar >= 0 && indent > scalar {
			continue
		}
		scalar = -1
		for len(levels) > 0 && levels[len(levels)-1] > indent {
			levels = levels[:len(levels)-1]
		}
		column := indent
		for {
			if len(levels) == 0 || levels[len(levels)-1] < column {
				levels = append(levels, column)
			}
			item, isItem := bytes.CutPrefix(line[column:], []byte("- "))
			if !isItem {
				break
			}
			column = len(line) - len(bytes.TrimLeft(item, " "))
		}
		if blockScalar.Match(line[indent:]) {
			scalar = indent
		}
	}
	return levels
}

// openBracket: a list or mapping in brackets that is not closed, or lacks a comma. The line is the one with the opening bracket:
// without what follows it, the text fails in the same way.
func (f *syntaxFault) openBracket() {
	opening, closing := byte('['), "]"
	if strings.Contains(f.problem, "'}'") {
		opening, closing = '{', "}"
	}
	column := f.indent
	if at := braceInText(f.line); at >= 0 && openBracketIn(f.line, '[', ']') < 0 && openBracketIn(f.line, '{', '}') < 0 {
		f.report(at, "unquoted text between brackets cannot hold %s", f.line[at:at+1]).Suggest("put the text in quotes")
		return
	}
	f.lost = true
	for n := f.number; n > 0; n-- {
		line := f.text.line(n)
		if at := openBracketIn(line, opening, closing[0]); at >= 0 {
			f.look(n)
			column, f.lost, f.swallows = at, false, true
			break
		}
		if colonIn(line, 0) < 0 && n < f.number {
			break // the text of a block, in which a bracket means nothing
		}
	}
	f.report(column, "this bracket is not closed with %s, or a comma is missing behind it", closing)
}

// noValue: a closing bracket, or nothing, where a value is due.
func (f *syntaxFault) noValue() {
	f.report(min(valueStart(f.line), len(f.line)), "a value is due here").Suggest("put the text in quotes if it begins with a bracket or a comma")
}

var reserved = regexp.MustCompile("(?:^|: +|- +|[\\[{,] *)([@`%])")

func (f *syntaxFault) badStart() {
	place := reserved.FindSubmatchIndex(f.line)
	if place == nil {
		f.lost = true
		f.report(f.indent, "a character stands here that cannot begin a value")
		return
	}
	f.report(place[2], "unquoted text cannot begin with %s", f.line[place[2]:place[3]]).Suggest("put the text in quotes")
}

var escape = regexp.MustCompile(`\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0abtnvfreN_LP "/\\\t]|$)`)

func (f *syntaxFault) badEscape() {
	for i := 0; i < len(f.line); i++ {
		if f.line[i] != '\\' {
			continue
		}
		known := escape.FindIndex(f.line[i:])
		surrogate := bytes.HasPrefix(bytes.ToLower(f.line[i:]), []byte(`\ud`)) && i+3 < len(f.line) && f.line[i+3] >= '8' && f.line[i+3] != '9'+1
		if known == nil || known[0] != 0 || surrogate {
			f.report(i, "double quotes know no such escape").Suggest(`write \\ for a backslash, or use single quotes`)
			return
		}
		i += known[1] - 1
	}
	f.lost = true
	f.report(f.indent, "a text in double quotes holds an escape that YAML does not know")
}

func (f *syntaxFault) tooDeep() {
	f.lost = true
	f.report(f.indent, "values are nested deeper than %d levels", maxDepth)
}
