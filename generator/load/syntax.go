// Where a syntax error of YAML really is, and what it is called in plain words. yaml.v3 gives a line without a column, and for the
// most frequent faults the line is that of the surrounding mapping. This file is only reached when parsing failed: guesses made
// here can word a message badly, but never refuse a good document.
package load

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"sort"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// A syntaxCase words one of the parser's complaints about a line.
type syntaxCase struct {
	problem string // part of the parser's message
	report  func(f *syntaxFault)
}

var syntaxCases = []syntaxCase{
	{"unknown anchor", (*syntaxFault).alias},
	{"could not find expected ':'", (*syntaxFault).noColon},
	{"found unexpected end of stream", (*syntaxFault).openQuote},
	{"found unexpected document indicator", (*syntaxFault).openQuote},
	{"mapping values are not allowed", (*syntaxFault).extraColon},
	{"block sequence entries are not allowed", (*syntaxFault).itemBehindKey},
	{"did not find expected key", (*syntaxFault).noKey},
	{"did not find expected '-' indicator", (*syntaxFault).noDash},
	{"did not find expected <document start>", (*syntaxFault).noKey},
	{"did not find expected ',' or", (*syntaxFault).openBracket},
	{"did not find expected node content", (*syntaxFault).noValue},
	{"cannot start any token", (*syntaxFault).badStart},
	{"unknown escape character", (*syntaxFault).badEscape},
	{"expected hexdecimal number", (*syntaxFault).badEscape},
	{"invalid Unicode character escape", (*syntaxFault).badEscape},
	{"exceeded max depth", (*syntaxFault).tooDeep},
}

// syntaxFault is one failed parse: the parser's words and the line at which it stopped.
type syntaxFault struct {
	*treeBuilder
	problem string
	number  int    // line, from 1
	line    []byte // its content
	indent  int    // its leading blanks
	stopped int    // the line at which the parser stopped; number may go back from there

	// What recover.go has to know: where the line was meant to stand is unknown, because of a tab or because it fits nowhere; and that
	// nothing can be said about what follows.
	tabbed, misplaced, lost bool
	itemDue                 bool // the line is none of a list's items, and neither are those beside it
	swallows                bool // a quotation mark or bracket is to blame, so that the parser stopped anywhere
}

// syntaxError reports one failed parse, with one complaint at the line that the result has.
func (b *treeBuilder) syntaxError(body []byte, err error) *syntaxFault {
	f := &syntaxFault{treeBuilder: b, problem: problemOf(err)}
	f.look(b.failingLine(body, err))
	f.stopped = f.number
	if tab := bytes.IndexByte(leading(f.line), '\t'); tab >= 0 {
		f.tabbed = true
		f.report(tab, "a tab stands in the indentation").Suggest("indent with blanks only")
		return f
	}
	if f.quoteLeftOpen() {
		return f
	}
	for _, c := range syntaxCases {
		if strings.Contains(f.problem, c.problem) {
			c.report(f)
			return f
		}
	}
	f.lost = true
	f.report(f.indent, "the text is not YAML from here on (%s)", f.problem)
	return f
}

var reportedLine = regexp.MustCompile(`^line [0-9]+: `)

// problemOf strips the parser's own idea of the place from its message.
func problemOf(err error) string {
	return reportedLine.ReplaceAllString(strings.TrimPrefix(err.Error(), "yaml: "), "")
}

// lineReader hands out one line per call, so that what the parser has asked for tells how far it came.
type lineReader struct {
	rest  []byte
	lines int
}

func (r *lineReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	end := bytes.IndexByte(r.rest, '\n') + 1
	if end == 0 {
		end = len(r.rest)
	}
	n := copy(p, r.rest[:end])
	r.rest = r.rest[n:]
	if n == end {
		r.lines++
	}
	return n, nil
}

// failingLine finds the first line with which the parser fails in this very way. It reads some tokens ahead, so that the line it
// stopped at is a bound; the text without that line then still fails the same way, or does not.
func (b *treeBuilder) failingLine(body []byte, err error) int {
	reader := &lineReader{rest: body}
	_ = decodeAll(reader)
	last := min(max(reader.lines, 1), len(b.text.lines))
	without := func(line int) bool {
		previous := decodeAll(bytes.NewReader(body[:b.text.lines[line-1]]))
		return previous != nil && previous.Error() == err.Error()
	}
	for range nearLines {
		if last == 1 || !without(last) {
			return last
		}
		last--
	}
	// A quotation mark that is never closed fails in one way from its line to the end, which may be far: the line is halved in on.
	return sort.Search(last-1, func(i int) bool { return without(i + 2) }) + 1
}

// nearLines is how many lines failingLine goes back one by one. Each costs the parsing of the text up to there.
const nearLines = 20

// decodeAll parses every document of a text.
func decodeAll(r io.Reader) error {
	decoder := yaml.NewDecoder(r)
	for {
		err := decodeYAML(decoder, new(yaml.Node))
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (f *syntaxFault) look(number int) {
	f.number, f.line = number, f.text.line(number)
	f.indent = len(leading(f.line))
}

// leading returns the blanks and tabs that a line begins with.
func leading(line []byte) []byte {
	return line[:len(line)-len(bytes.TrimLeft(line, " \t"))]
}

// report adds the error at a column, counted from 0, of the line.
func (f *syntaxFault) report(column int, format string, args ...any) *diag.Diagnostic {
	return f.list.Errorf(f.text.at(f.number, column), diag.CodeYAMLSyntax, format, args...)
}
