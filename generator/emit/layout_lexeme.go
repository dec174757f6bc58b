package emit

import (
	"go/token"
	"strings"
)

// The tokens of a line. Apart from the layout because it knows Go's spelling and nothing else; go/scanner would look for positions and
// semicolons that nobody asks for here.

// class is the kind of a lexeme.
type class uint8

const (
	blank class = iota + 1
	word
	keyword
	textLexeme
	opener
	closer
	assign
	operator
	prefix // an operator that works on what follows
	mark   // . , ; :
)

// lexeme is a token of Go.
type lexeme struct {
	class class
	text  string
}

// signs are the tokens of several signs, by the first one.
var signs = map[byte][]lexeme{
	'.': {{operator, "..."}},
	'&': {{assign, "&^="}, {operator, "&^"}, {operator, "&&"}},
	'<': {{operator, "<<"}, {operator, "<="}},
	'>': {{operator, ">>"}, {operator, ">="}},
	'|': {{operator, "||"}, {assign, "|="}},
	'=': {{operator, "=="}},
	'!': {{operator, "!="}},
	':': {{assign, ":="}},
	'+': {{assign, "+="}, {mark, "++"}},
	'-': {{assign, "-="}, {mark, "--"}},
}

// lex reads the token at i. It returns i for one that it does not know.
func lex(line string, i int) (lexeme, int) {
	start := i
	c := line[i]
	switch {
	case c == ' ':
		return lexeme{blank, " "}, i + 1
	case c == '"' || c == '`' || c == '\'':
		end := literalEnd(line, i)
		if end < 0 {
			return lexeme{}, start
		}
		return lexeme{textLexeme, line[i : end+1]}, end + 1
	case letter(c):
		for i < len(line) && (letter(line[i]) || digit(line[i])) {
			i++
		}
		if c >= 'b' && c <= 'v' && token.IsKeyword(line[start:i]) {
			return lexeme{keyword, line[start:i]}, i
		}
		return lexeme{word, line[start:i]}, i
	case digit(c):
		for i < len(line) && (digit(line[i]) || 'a' <= line[i] && line[i] <= 'z' || line[i] == '.' || line[i] == '_') {
			i++
		}
		if i < len(line) && letter(line[i]) { // gofmt would write it in small letters
			return lexeme{}, start
		}
		return lexeme{textLexeme, line[start:i]}, i
	}
	return sign(line, i)
}

// sign reads a token of neither letters nor digits.
func sign(line string, i int) (lexeme, int) {
	var class class
	switch line[i] {
	case '(', '[', '{':
		return lexeme{opener, line[i : i+1]}, i + 1
	case ')', ']', '}':
		return lexeme{closer, line[i : i+1]}, i + 1
	case ',', ';':
		return lexeme{mark, line[i : i+1]}, i + 1
	case '.', ':':
		class = mark
	case '=':
		class = assign
	case '<', '>', '!', '+', '-', '*', '/', '%', '&', '|', '^':
		class = operator
	default:
		return lexeme{}, i
	}
	if i+1 < len(line) && strings.IndexByte(".&<>|=^+-", line[i+1]) >= 0 {
		for _, s := range signs[line[i]] {
			if strings.HasPrefix(line[i:], s.text) {
				return s, i + len(s.text)
			}
		}
	}
	return lexeme{class, line[i : i+1]}, i + 1
}

func letter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= 0x80
}

func digit(c byte) bool { return '0' <= c && c <= '9' }
