// Small looks at one line of YAML: where its value starts, where a quotation mark closes. Apart from syntaxcases.go because
// several cases share them.
package load

import (
	"bytes"
	"regexp"
)

// colonIn returns the column of the first colon from column on that is followed by a blank or the end and stands outside of quotes; -1 without one.
func colonIn(line []byte, from int) int {
	for i := from; i < len(line); i++ {
		switch c := line[i]; {
		case c == '#' && i > 0 && line[i-1] == ' ':
			return -1
		case (c == '"' || c == '\'') && (i == 0 || bytes.IndexByte([]byte(" \t[{,"), line[i-1]) >= 0):
			end := closingQuote(line[i:])
			if end < 0 {
				return -1
			}
			i += end
		case c == ':' && (i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '\t'):
			return i
		}
	}
	return -1
}

var keyBefore = regexp.MustCompile(`^[ \t]*(?:- +)*(?:(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#][^"'#]*?):[ \t]+)?`)

// valueStart returns the column behind dashes and key.
func valueStart(line []byte) int {
	return keyBefore.FindIndex(line)[1]
}

// openQuoteIn returns the column of a quotation mark that opens a value on the line and is not closed on it; -1 without one.
func openQuoteIn(line []byte) int {
	start := valueStart(line)
	if start >= len(line) || line[start] != '"' && line[start] != '\'' || closingQuote(line[start:]) >= 0 {
		return -1
	}
	return start
}

// closingQuote returns the index of the mark that closes the one at the start of text; -1 without one.
func closingQuote(text []byte) int {
	mark := text[0]
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && mark == '"':
			i++
		case text[i] == mark && mark == '\'' && i+1 < len(text) && text[i+1] == mark:
			i++
		case text[i] == mark:
			return i
		}
	}
	return -1
}
