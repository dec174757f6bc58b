// Going on behind a syntax error of YAML, so that one run shows more than the first. It is separate from syntax.go because it is about what
// follows a fault, not about the fault.
//
// The lines that hang on a faulty line are blanked, and the rest is read again. What is found there is reported only if it would be found
// without the first fault too: reading goes on at the first line that no repair of the faulty one can make a part of it, and a fault that
// turns up before that line ends the search. The tree of such a text is looked through for what is wrong with its keys (one that stands
// twice, an alias), and thrown away: the grammar would only complain about what was blanked.
package load

import (
	"bytes"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/msdkgen/msdkgen/generator/diag"
)

const (
	// maxSyntaxErrors is how many syntax errors of one file are reported.
	maxSyntaxErrors = 10
	// recoveryBytes bounds how much is read again for them: to find the line of one takes some dozens of readings.
	recoveryBytes = 4 << 20
)

// syntaxErrors reports the fault with which body could not be parsed, and those behind it that do not follow from it.
func (b *treeBuilder) syntaxErrors(body []byte, err error) {
	text := *b.text
	text.body = bytes.Clone(text.body) // it may belong to the caller
	first, last := 0, 0                // the lines of the latest fault, with those that hang on it
	for tries := min(maxSyntaxErrors, 1+recoveryBytes/len(body)); ; tries-- {
		var said diag.List
		f := (&treeBuilder{text: &text, list: &said}).syntaxError(body, err)
		if f.number <= last {
			break // it may follow from the one before
		}
		*b.list = append(*b.list, said...)
		part := f.lastLine()
		first, last = f.number, part
		if !f.swallows {
			last = max(part, f.stopped)
		}
		if f.lost || tries == 1 {
			break
		}
		for n := first; n <= part; n++ {
			text.blank(n, body, text.body)
		}
		var document *yaml.Node
		if document, err = (&treeBuilder{text: &text, list: &said}).parseAround(body); err == nil {
			b.lookThrough(document)
			return
		}
	}
	// What stands above the latest fault is as it is, whatever is wrong below.
	if document, err := (&treeBuilder{text: &text, list: new(diag.List)}).parseAround(body[:text.lines[first-1]]); err == nil {
		b.lookThrough(document)
	}
}

// lookThrough reports what is wrong with the keys and values of a text of which a part was blanked.
func (b *treeBuilder) lookThrough(document *yaml.Node) {
	if document != nil {
		b.value(document.Content[0], 0)
	}
}

// blank overwrites a line of some copies of the text, but not its end.
func (t *sourceText) blank(number int, copies ...[]byte) {
	start := t.lines[number-1]
	for _, body := range copies {
		line := body[start : start+len(t.line(number))]
		copy(line, bytes.Repeat([]byte(" "), len(line)))
	}
}

// lastLine returns the last line that may be a part of what the faulty line begins.
func (f *syntaxFault) lastLine() int {
	level, siblings, levels := f.level(), f.amongItems(), f.openLevels()
	last := f.number
	for n := f.number + 1; n <= len(f.text.lines); n++ {
		line := f.text.line(n)
		indent := leading(line)
		content := line[len(indent):]
		if len(content) == 0 || content[0] == '#' {
			continue
		}
		tabbed := f.tabbed && bytes.IndexByte(indent, '\t') >= 0 // one fault for a block of such lines
		closes := content[0] == ']' || content[0] == '}'
		item := isItem(content) && !siblings // a list may stand as deep as its key
		if f.itemDue {
			item = !isItem(content)
		}
		// Where one line fits nowhere, it may be one above that is wrong, and then those beside that one fit nowhere either.
		misfit := f.misplaced && !slices.Contains(levels, len(indent))
		if (len(indent) < level || len(indent) == level && !item) && !tabbed && !closes && !misfit {
			break
		}
		last = n
	}
	return last
}

func isItem(content []byte) bool {
	return content[0] == '-' && (len(content) == 1 || content[1] == ' ')
}

// level returns the indentation up to which a line is no part of what the faulty line begins, wherever that was meant to stand.
func (f *syntaxFault) level() int {
	switch {
	case f.tabbed:
		indent := leading(f.line)
		tabs := bytes.Count(indent, []byte("\t"))
		return min(len(indent)-tabs+tabs*f.unit(), f.levelAbove())
	case f.misplaced:
		below := -1
		for _, level := range f.openLevels() {
			if level < f.indent {
				below = level
			}
		}
		return min(below, f.levelAbove())
	}
	return f.indent
}

// levelAbove is the indentation of the nearest line above that says something.
func (f *syntaxFault) levelAbove() int {
	for n := f.number - 1; n > 0; n-- {
		line := f.text.line(n)
		if content := bytes.TrimSpace(line); len(content) > 0 && content[0] != '#' {
			return len(leading(line))
		}
	}
	return 0
}

// unit is the smallest indentation of the text: a tab stands for one at least.
func (f *syntaxFault) unit() int {
	unit := 2
	for n := 1; n <= len(f.text.lines); n++ {
		line := f.text.line(n)
		blanks := len(line) - len(bytes.TrimLeft(line, " "))
		if blanks == 1 && len(line) > 1 && line[1] != '\t' {
			unit = 1
		}
	}
	return unit
}

// amongItems reports whether the faulty line stands in a list whose items begin where it does: then the next one is none of it.
func (f *syntaxFault) amongItems() bool {
	if f.indent >= len(f.line) || f.line[f.indent] != '-' {
		return false
	}
	for n := f.number - 1; n > 0; n-- {
		line := f.text.line(n)
		indent := len(leading(line))
		if content := line[indent:]; len(content) > 0 && content[0] != '#' && indent <= f.indent {
			return indent == f.indent && isItem(content)
		}
	}
	return false
}
