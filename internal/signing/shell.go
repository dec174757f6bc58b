package signing

// The words of a shell command: quotes, escapes, continued lines. Nothing is expanded.

import (
	"errors"
	"strconv"
	"strings"
)

// shellWords splits a command. Operators such as | are words of their own.
func shellWords(text string) ([]string, error) {
	s := &shellScanner{rest: strings.ReplaceAll(text, "\\\r\n", "\\\n")}
	for s.rest != "" && s.err == nil {
		s.next()
	}
	s.end()
	return s.words, s.err
}

type shellScanner struct {
	rest   string
	word   strings.Builder
	inWord bool
	words  []string
	err    error
}

func (s *shellScanner) end() {
	if s.inWord {
		s.words = append(s.words, s.word.String())
	}
	s.word.Reset()
	s.inWord = false
}

func (s *shellScanner) fail(text string) { s.err, s.rest = errors.New(text), "" }

// next reads one character, or one quoted part.
func (s *shellScanner) next() {
	c := s.rest[0]
	switch {
	case strings.HasPrefix(s.rest, "\\\n"):
		s.rest = s.rest[2:]
	case c == ' ' || c == '\t' || c == '\r' || c == '\n':
		s.end()
		s.rest = s.rest[1:]
	case strings.HasPrefix(s.rest, "$'"):
		s.ansi()
	case c == '\'':
		content, rest, ok := strings.Cut(s.rest[1:], "'")
		if !ok {
			s.fail("a single quote is not closed")
			return
		}
		s.add(content)
		s.rest = rest
	case c == '"':
		s.double()
	case c == '\\':
		if len(s.rest) < 2 {
			s.fail("the command ends in a backslash")
			return
		}
		s.add(s.rest[1:2])
		s.rest = s.rest[2:]
	case c == '$' || c == '`':
		s.fail("the command holds a variable or another command, which is not expanded here; put the value in its place")
	case c == '#' && !s.inWord:
		_, s.rest, _ = strings.Cut(s.rest, "\n")
	case strings.IndexByte("|;<>&()", c) >= 0:
		s.end()
		s.words = append(s.words, string(c))
		s.rest = s.rest[1:]
	default:
		s.add(s.rest[:1])
		s.rest = s.rest[1:]
	}
}

func (s *shellScanner) add(text string) {
	s.word.WriteString(text)
	s.inWord = true
}

// double reads a part in double quotes.
func (s *shellScanner) double() {
	s.inWord = true
	for i := 1; i < len(s.rest); i++ {
		switch c := s.rest[i]; {
		case c == '"':
			s.rest = s.rest[i+1:]
			return
		case c == '\\' && i+1 < len(s.rest):
			i++
			if next := s.rest[i]; strings.IndexByte("\"\\$`", next) >= 0 {
				s.word.WriteByte(next)
			} else if next != '\n' {
				s.word.WriteByte('\\')
				s.word.WriteByte(next)
			}
		case c == '$' || c == '`':
			s.fail("the command holds a variable or another command, which is not expanded here; put the value in its place")
			return
		default:
			s.word.WriteByte(c)
		}
	}
	s.fail("a double quote is not closed")
}

// ansi reads a part in $'…', which browsers write.
func (s *shellScanner) ansi() {
	s.inWord = true
	for i := 2; i < len(s.rest); i++ {
		switch c := s.rest[i]; {
		case c == '\'':
			s.rest = s.rest[i+1:]
			return
		case c == '\\' && i+1 < len(s.rest):
			text, used := ansiEscape(s.rest[i+1:])
			s.word.WriteString(text)
			i += used
		default:
			s.word.WriteByte(c)
		}
	}
	s.fail("a single quote is not closed")
}

// ansiEscape reads what follows a backslash.
func ansiEscape(text string) (meaning string, used int) {
	if at := strings.IndexByte("abefnrtv", text[0]); at >= 0 {
		return string("\a\b\x1b\f\n\r\t\v"[at]), 1
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[text[0]]
	if digits > 0 {
		end := 1
		for end < len(text) && end <= digits && strings.IndexByte("0123456789abcdefABCDEF", text[end]) >= 0 {
			end++
		}
		n, err := strconv.ParseUint(text[1:end], 16, 32)
		if err != nil {
			return "\\" + text[:1], 1
		}
		if text[0] == 'x' {
			return string([]byte{byte(n)}), end
		}
		return string(rune(n)), end
	}
	if c := text[0]; c >= '0' && c <= '7' {
		return octal(text)
	}
	return text[:1], 1
}

func octal(text string) (meaning string, used int) {
	n := 0
	for used < len(text) && used < 3 && text[used] >= '0' && text[used] <= '7' {
		n = n*8 + int(text[used]-'0')
		used++
	}
	return string([]byte{byte(n)}), used
}

// printfText is what printf makes of a format with escapes and no directives.
func printfText(format string) []byte {
	var out []byte
	for i := 0; i < len(format); i++ {
		if format[i] != '\\' || i+1 == len(format) {
			out = append(out, format[i])
			continue
		}
		text, used := ansiEscape(format[i+1:])
		out = append(out, text...)
		i += used
	}
	return out
}
