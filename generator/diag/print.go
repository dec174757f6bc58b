// How diagnostics look to people. It is separate from Diagnostic so that stages never care about layout, and so that color
// stands in one place: whoever writes paints.
package diag

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	tabWidth    = 4    // cells between tab stops in an excerpt
	mostCells   = 120  // an excerpt is cut around its column to about this width
	mostPrinted = 5000 // diagnostics of a list: a large file with a fault in each line would make gigabytes of text
)

// Print writes the list in its order: each complaint on a line of its own, then the line of the source that it points at with a caret
// below the column, the related places, and the suggestion.
//
// source gives the content of a file by the name that positions carry, nil if it is not to be had; the excerpts are then left out.
// A source may be nil as a whole.
func Print(w io.Writer, list List, source func(file string) []byte) {
	write(w, list, &printer{source: source})
}

// PrintColored is Print for a terminal that knows ANSI colors: without them, the text is the same.
func PrintColored(w io.Writer, list List, source func(file string) []byte) {
	write(w, list, &printer{source: source, color: true})
}

func write(w io.Writer, list List, p *printer) {
	p.lines = map[string][][]byte{}
	for i, d := range list {
		if i == mostPrinted {
			fmt.Fprintf(&p.out, "and %d more\n", len(list)-i)
			break
		}
		p.diagnostic(d)
	}
	_, _ = w.Write(p.out.Bytes()) // there is no better place to report that reports cannot be written
}

type printer struct {
	out    bytes.Buffer
	source func(file string) []byte
	color  bool
	lines  map[string][][]byte // of the files that were asked for
}

// The colors, as ANSI codes.
const (
	bold   = "1"
	red    = "31"
	green  = "32"
	yellow = "33"
	blue   = "34"
)

// paint colors a text that is not empty.
func (p *printer) paint(color, text string) string {
	if !p.color || text == "" {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

func (p *printer) diagnostic(d Diagnostic) {
	severity, color := "", red
	if d.Severity == SeverityWarning {
		severity, color = "warning: ", yellow
	}
	fmt.Fprintf(&p.out, "%s%s %s\n", p.paint(bold, prefix(d.Pos)), p.paint(color, severity+string(d.Code)+":"), harmless(d.Message))
	p.excerpt(d.Pos)
	for _, related := range d.Related {
		fmt.Fprintf(&p.out, "  %s %s%s\n", p.paint(blue, "also:"), p.paint(bold, prefix(related.Pos)), harmless(related.Message))
		p.excerpt(related.Pos)
	}
	if d.Suggestion != "" {
		fmt.Fprintf(&p.out, "  %s %s\n", p.paint(green, "help:"), harmless(d.Suggestion))
	}
}

// prefix is the place with the colon behind it, nothing for no place.
func prefix(pos Pos) string {
	if text := pos.String(); text != "" {
		return harmless(text) + ": "
	}
	return ""
}

// excerpt writes the line that pos points at, with its number, and the caret.
func (p *printer) excerpt(pos Pos) {
	line, ok := p.line(pos)
	if !ok || len(bytes.TrimSpace(line)) == 0 {
		return // nothing to see: an empty file, or a complaint about what should stand here
	}
	number := strconv.Itoa(pos.Line)
	margin := strings.Repeat(" ", len(number))
	if pos.Column == 0 {
		text, _ := cut(cells(line, 0))
		fmt.Fprintf(&p.out, "  %s %s\n", p.paint(blue, number+" |"), text)
		return
	}
	text, caret := cut(cells(line, pos.Column-1))
	fmt.Fprintf(&p.out, "  %s %s\n  %s %s%s\n", p.paint(blue, number+" |"), text, p.paint(blue, margin+" |"), strings.Repeat(" ", caret), p.paint(red, "^"))
}

// line finds a line of a source file.
func (p *printer) line(pos Pos) ([]byte, bool) {
	if !pos.IsValid() || p.source == nil {
		return nil, false
	}
	lines, known := p.lines[pos.File]
	if !known {
		if content := p.source(pos.File); content != nil {
			lines = bytes.Split(bytes.TrimPrefix(content, []byte("\ufeff")), []byte("\n"))
		}
		p.lines[pos.File] = lines
	}
	if pos.Line > len(lines) {
		return nil, false
	}
	return bytes.TrimSuffix(lines[pos.Line-1], []byte("\r")), true
}

// cell is one character as it is shown, with its width on a screen.
type cell struct {
	text  string
	width int
}

// cells lays out a line; caret is the index of the cell that the byte at column belongs to, len(row) behind the end.
func cells(line []byte, column int) (row []cell, caret int) {
	caret = -1
	position := 0
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRune(line[i:])
		if caret < 0 && column < i+size {
			caret = len(row)
		}
		shown := cell{string(r), width(r)}
		switch {
		case r == '\t':
			n := tabWidth - position%tabWidth
			shown = cell{strings.Repeat(" ", n), n}
		case r == utf8.RuneError && size == 1 || !visible(r):
			shown = cell{"\ufffd", 1}
		}
		row = append(row, shown)
		position += shown.width
		i += size
	}
	if caret < 0 {
		caret = len(row)
	}
	return row, caret
}

// cut shortens a row around its caret and returns its text and the caret's distance from the left in cells.
func cut(row []cell, caret int) (text string, distance int) {
	from, to := 0, len(row)
	total := 0
	for _, c := range row {
		total += c.width
	}
	if total > mostCells {
		// Two thirds of the room go to what stands before the caret: there the reader finds the key.
		from = caret
		for room := mostCells * 2 / 3; from > 0 && room >= row[from-1].width; from-- {
			room -= row[from-1].width
		}
		to = from
		for room := mostCells; to < len(row) && room >= row[to].width; to++ {
			room -= row[to].width
		}
	}
	var b strings.Builder
	if from > 0 {
		b.WriteString("…")
		distance = 1
	}
	for i, c := range row[from:to] {
		b.WriteString(c.text)
		if from+i < caret {
			distance += c.width
		}
	}
	if to < len(row) {
		b.WriteString("…")
	}
	return strings.TrimRight(b.String(), " "), distance
}

// visible reports whether a character can be shown as it is: no control characters, and none that turn the direction of writing.
func visible(r rune) bool {
	return unicode.IsPrint(r) || unicode.Is(unicode.Zs, r) || unicode.Is(unicode.M, r)
}

// harmless replaces what could disturb a terminal or break a message into two lines.
func harmless(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case !visible(r):
			return utf8.RuneError
		}
		return r
	}, text)
}

// width is the number of cells that a character takes.
func width(r rune) int {
	switch {
	case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r):
		return 0
	case unicode.Is(wide, r):
		return 2
	}
	return 1
}

// wide holds the ranges of East Asian wide and fullwidth characters and of emoji, coarsely: whole blocks, unassigned places included.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x1100, Hi: 0x115F, Stride: 1}, // Hangul jamo
		{Lo: 0x2E80, Hi: 0x303E, Stride: 1}, // radicals, CJK punctuation
		{Lo: 0x3041, Hi: 0x33FF, Stride: 1}, // kana, enclosed and compatibility forms
		{Lo: 0x3400, Hi: 0x4DBF, Stride: 1},
		{Lo: 0x4E00, Hi: 0x9FFF, Stride: 1}, // unified ideographs
		{Lo: 0xA000, Hi: 0xA4CF, Stride: 1},
		{Lo: 0xA960, Hi: 0xA97F, Stride: 1},
		{Lo: 0xAC00, Hi: 0xD7A3, Stride: 1}, // Hangul syllables
		{Lo: 0xF900, Hi: 0xFAFF, Stride: 1},
		{Lo: 0xFE30, Hi: 0xFE6F, Stride: 1},
		{Lo: 0xFF00, Hi: 0xFF60, Stride: 1}, // fullwidth forms
		{Lo: 0xFFE0, Hi: 0xFFE6, Stride: 1},
	},
	R32: []unicode.Range32{
		{Lo: 0x1F300, Hi: 0x1F64F, Stride: 1},
		{Lo: 0x1F680, Hi: 0x1F6FF, Stride: 1},
		{Lo: 0x1F900, Hi: 0x1F9FF, Stride: 1},
		{Lo: 0x20000, Hi: 0x3FFFD, Stride: 1},
	},
}
