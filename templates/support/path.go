package support

// This file makes paths in wire names, as GroupInfo[3].MemberList[0].Role. The reader and the checker share the form; the
// reader finds a path by walking through the text once more.

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxPathText  = 256
	maxNameText  = 64
	maxErrorText = 512
)

// pathScanner walks through JSON that was found right up to the offsets that it is asked for. Offsets must not decrease.
type pathScanner struct {
	src    string
	pos    int
	frames []pathFrame
}

// pathFrame is one object or list that is open.
type pathFrame struct {
	list    bool
	index   int
	name    string // last name of an object, as written between its quotes
	inValue bool   // the colon was passed
}

// path returns the path at offset. If name is not empty, it stands for the innermost name or index.
func (s *pathScanner) path(offset int, name string) string {
	s.advance(offset)
	var b strings.Builder
	for i, f := range s.frames {
		if i == len(s.frames)-1 && name != "" {
			appendPathName(&b, name)
			break
		}
		switch {
		case f.list:
			appendPathIndex(&b, f.index)
		case f.inValue:
			appendPathName(&b, f.name)
		}
		if b.Len() > maxPathText {
			break
		}
	}
	if len(s.frames) == 0 && name != "" {
		appendPathName(&b, name)
	}
	return boundedPath(b.String())
}

// advance moves to offset.
func (s *pathScanner) advance(offset int) {
	for s.pos < offset {
		var top *pathFrame
		if n := len(s.frames); n > 0 {
			top = &s.frames[n-1]
		}
		switch s.src[s.pos] {
		case '"':
			s.text(top, offset)
			continue
		case '{', '[':
			s.frames = append(s.frames, pathFrame{list: s.src[s.pos] == '['})
		case '}', ']':
			s.frames = s.frames[:max(len(s.frames)-1, 0)]
		case ',':
			if top != nil {
				top.index++
				top.inValue = false
			}
		case ':':
			if top != nil {
				top.inValue = true
			}
		}
		s.pos++
	}
}

// text passes over a string that ends before offset, or moves to offset.
func (s *pathScanner) text(top *pathFrame, offset int) {
	start := s.pos + 1
	for i := start; i < offset; i++ {
		n := strings.IndexAny(s.src[i:offset], `"\`)
		if n < 0 {
			break
		}
		i += n
		if s.src[i] == '\\' {
			i++ // whatever is escaped does not end the string
			continue
		}
		if top != nil && !top.list && !top.inValue {
			top.name = s.src[start:i]
		}
		s.pos = i + 1
		return
	}
	s.pos = offset
}

func appendPathIndex(b *strings.Builder, index int) {
	b.WriteByte('[')
	b.WriteString(strconv.Itoa(index))
	b.WriteByte(']')
}

func appendPathName(b *strings.Builder, name string) {
	if b.Len() > 0 {
		b.WriteByte('.')
	}
	b.WriteString(plainName(name))
}

// plainName returns name if it looks like the name of a member, and ? otherwise: names of maps are data, and a path is
// printed.
func plainName(name string) string {
	if name == "" || len(name) > maxNameText {
		return "?"
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.$@", r) || r == utf8.RuneError {
			return "?"
		}
	}
	return name
}

// joinPath puts the path inside a value behind the path of the value.
func joinPath(outer, inner string) string {
	if outer == "" || inner == "" || inner[0] == '[' {
		return outer + inner
	}
	return outer + "." + inner
}

// boundedPath is boundedLine for a path.
func boundedPath(path string) string { return boundedLine(path, maxPathText) }

// boundedLine cuts text to limit bytes at the border of a character and makes one printable line of it.
func boundedLine(text string, limit int) string {
	const mark = "…"
	if len(text) > limit {
		cut := limit - len(mark)
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut] + mark
	}
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text)
}
