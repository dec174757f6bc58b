// The text of a file and its lines. It is separate from the parsers because both of them, and the search for the place of a syntax
// error, turn offsets into places; it also refuses what is no text, so that the parsers need not.
package load

import (
	"bytes"
	"errors"
	"io/fs"
	"sort"
	"unicode/utf8"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// sourceText is the content of one file without its byte order mark.
type sourceText struct {
	file  string
	body  []byte
	lines []int // offset at which each line starts, as an editor counts lines
	// breaks are the lines as YAML 1.1 counts them: a lone carriage return, NEL and the Unicode separators end a line there too.
	// yaml.v3 reports such lines.
	breaks []int
	cursor cursor
}

// cursor remembers the last place that was looked up. Nodes come in the order of the text, so that a document of one huge line is
// walked once and not once per node.
type cursor struct{ line, column, offset int }

// maxBytes bounds a document. Most have less than one megabyte, and what is made of one takes forty times its size.
const maxBytes = 32 << 20

// readText reads a file. nil means that it cannot be used, and that the reason is in the list.
func readText(fsys fs.FS, name string, list *diag.List) *sourceText {
	if info, err := fs.Stat(fsys, name); err == nil && info.Size() > maxBytes {
		tooLarge(name, list)
		return nil
	}
	body, err := fs.ReadFile(fsys, name)
	if err == nil && len(body) > maxBytes { // what has no size of its own, such as a pipe
		tooLarge(name, list)
		return nil
	}
	if err != nil {
		reason := err
		var pathError *fs.PathError
		if errors.As(err, &pathError) {
			reason = pathError.Err // the name stands in front of the message already
		}
		list.Errorf(diag.Pos{File: name}, diag.CodeUnreadable, "the file cannot be read: %v", reason)
		return nil
	}
	t := &sourceText{file: name, body: bytes.TrimPrefix(body, []byte("\ufeff"))}
	t.findLines()
	if !t.legible(list) {
		return nil
	}
	return t
}

func tooLarge(name string, list *diag.List) {
	list.Errorf(diag.Pos{File: name}, diag.CodeUnreadable, "the file is larger than the %d MB that a document may have", maxBytes>>20).
		Suggest("leave out what the package does not need")
}

func (t *sourceText) findLines() {
	t.lines = append(t.lines, 0)
	t.breaks = append(t.breaks, 0)
	for i := 0; i < len(t.body); i++ {
		size := 0
		switch c := t.body[i]; {
		case c == '\n':
			t.lines = append(t.lines, i+1)
			size = 1
		case c == '\r' && i+1 < len(t.body) && t.body[i+1] == '\n':
			continue // the line feed ends the line
		case c == '\r':
			size = 1
		case c == 0xC2 && bytes.HasPrefix(t.body[i:], []byte("\u0085")):
			size = 2
		case c == 0xE2 && (bytes.HasPrefix(t.body[i:], []byte("\u2028")) || bytes.HasPrefix(t.body[i:], []byte("\u2029"))):
			size = 3
		default:
			continue
		}
		i += size - 1
		t.breaks = append(t.breaks, i+1)
	}
	t.cursor = cursor{line: 1, column: 1}
}

// legible reports bytes that are not UTF-8 and characters that YAML does not allow.
func (t *sourceText) legible(list *diag.List) bool {
	if utf16(t.body) {
		list.Errorf(t.pos(0), diag.CodeYAMLSyntax, "the text is UTF-16").Suggest("save the file as UTF-8")
		return false
	}
	for i := 0; i < len(t.body); {
		if c := t.body[i]; c >= 0x20 && c < 0x7F || c == '\n' || c == '\t' || c == '\r' {
			i++
			continue
		}
		r, size := utf8.DecodeRune(t.body[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			list.Errorf(t.pos(i), diag.CodeYAMLSyntax, "the byte 0x%02X is not UTF-8", t.body[i]).Suggest("save the file as UTF-8")
			return false
		case r < 0xA0 && r != 0x85 || r == 0xFEFF || r == 0xFFFE || r == 0xFFFF:
			list.Errorf(t.pos(i), diag.CodeYAMLSyntax, "the character %U may not stand in a document", r).
				Suggest(`remove it, or write it as \u%04X in double quotes`, r)
			return false
		}
		i += size
	}
	return true
}

// utf16 recognizes the text by its mark, or by the zero in one half of its first character, which is ASCII in YAML and in JSON.
func utf16(body []byte) bool {
	return bytes.HasPrefix(body, []byte{0xFE, 0xFF}) || bytes.HasPrefix(body, []byte{0xFF, 0xFE}) ||
		len(body) >= 2 && (body[0] == 0) != (body[1] == 0)
}

// pos turns an offset into a place.
func (t *sourceText) pos(offset int) diag.Pos {
	offset = max(0, min(offset, len(t.body)))
	line := sort.SearchInts(t.lines, offset+1)
	return diag.Pos{File: t.file, Line: line, Column: offset - t.lines[line-1] + 1}
}

// inset is what a node keeps of how its text is written, see Node.
func (t *sourceText) inset(n *Node) uint8 {
	start := t.lines[n.Pos.Line-1] + n.Pos.Column - 1
	for quotes := range 2 {
		if at := start + quotes; at <= len(t.body) && bytes.HasPrefix(t.body[at:], []byte(n.Value)) {
			return uint8(quotes + 1)
		}
	}
	return 0
}

// offset turns yaml.v3's line and column, which counts characters, into an offset.
func (t *sourceText) offset(line, column int) int {
	if line < 1 || line > len(t.breaks) {
		return len(t.body)
	}
	if t.cursor.line != line || t.cursor.column > column {
		t.cursor = cursor{line: line, column: 1, offset: t.breaks[line-1]}
	}
	c := &t.cursor
	for c.column < column && c.offset < len(t.body) {
		_, size := utf8.DecodeRune(t.body[c.offset:])
		c.offset += size
		c.column++
	}
	return c.offset
}

// line returns the content of a line, counted from 1 as an editor does, without its end.
func (t *sourceText) line(number int) []byte {
	if number < 1 || number > len(t.lines) {
		return nil
	}
	end := len(t.body)
	if number < len(t.lines) {
		end = t.lines[number] - 1
	}
	return bytes.TrimSuffix(t.body[t.lines[number-1]:end], []byte("\r"))
}

// at returns the place of a column, counted from 0 in bytes, on a line.
func (t *sourceText) at(line, column int) diag.Pos {
	return diag.Pos{File: t.file, Line: line, Column: column + 1}
}
