package codectest

// The second opinion: a text as a tree of values with their places, as a JSON library sees it. Here encoding/json is asked, and what it lets pass
// although the standard does not (bytes that are not UTF-8, half a surrogate pair) is looked for beside it.

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Node is one value of a text.
type Node struct {
	Kind       byte   // what the value begins with: { [ " 0 t f n
	Raw        string // as written
	Text       string // of a string, decoded
	Start, End int    // of Raw in the text
	Names      []Name // of an object
	Items      []*Node
}

// Name is the name of a member.
type Name struct {
	Text       string
	Raw        string // as written between its quotes
	Start, End int
}

// Parser reads a text strictly: UTF-8 and whole surrogate pairs only, nothing behind the value. It allows repeated names, because what they
// mean depends on the type.
type Parser func(text string) (*Node, error)

// errParse says that encoding/json takes the text and the standard does not.
var errParse = errors.New("not UTF-8, or half a surrogate pair")

// ParseStd is a Parser that asks encoding/json.
func ParseStd(text string) (*Node, error) {
	if !json.Valid([]byte(text)) {
		return nil, fmt.Errorf("not JSON")
	}
	if !utf8.ValidString(text) || loneSurrogate(text) {
		return nil, errParse
	}
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	w := Walk{Text: text, Next: func() (any, int, error) {
		token, err := d.Token()
		return token, int(d.InputOffset()), err
	}}
	return w.Value()
}

// loneSurrogate reports whether a text, which is JSON, holds the escape of half a surrogate pair.
func loneSurrogate(text string) bool {
	if !strings.Contains(text, `\u`) {
		return false
	}
	high := false // the escape in front was the first half of a pair
	for i := 0; i < len(text); i++ {
		var unit uint16
		isEscape := false
		if text[i] == '\\' {
			i++
			if text[i] == 'u' {
				_, err := fmt.Sscanf(text[i+1:i+5], "%04x", &unit)
				isEscape = err == nil
				i += 4
			}
		}
		low := isEscape && unit>>10 == 0xDC00>>10
		if low != high {
			return true
		}
		high = isEscape && unit>>10 == 0xD800>>10
	}
	return high
}

// Walk makes a tree of tokens. A token is a json.Delim, a string, a json.Number, a bool or nil.
type Walk struct {
	Text string
	Next func() (token any, end int, err error)
	last int
}

// Value reads the only value of the text.
func (w *Walk) Value() (*Node, error) {
	n, err := w.value()
	if err != nil {
		return nil, err
	}
	if _, _, err := w.Next(); err != io.EOF {
		return nil, fmt.Errorf("text behind the value: %v", err)
	}
	return n, nil
}

// token returns the next token and its place.
func (w *Walk) token() (token any, start, end int, err error) {
	start = w.last
	for start < len(w.Text) && strings.IndexByte(" \t\r\n,:", w.Text[start]) >= 0 {
		start++
	}
	token, end, err = w.Next()
	w.last = end
	return token, start, end, err
}

func (w *Walk) value() (*Node, error) {
	token, start, end, err := w.token()
	if err != nil {
		return nil, err
	}
	n := &Node{Start: start, End: end, Raw: w.Text[start:end]}
	switch token := token.(type) {
	case json.Delim:
		if n.Kind = byte(token); n.Kind != '{' && n.Kind != '[' {
			return n, nil // the end of the value around it
		}
		return n, w.inside(n)
	case string:
		n.Kind, n.Text = '"', token
	case json.Number:
		n.Kind = '0'
	case bool:
		if n.Kind = 'f'; token {
			n.Kind = 't'
		}
	default:
		n.Kind = 'n'
	}
	return n, nil
}

func (w *Walk) inside(n *Node) error {
	for {
		if n.Kind == '{' {
			name, start, end, err := w.token()
			if err != nil {
				return err
			}
			text, ok := name.(string)
			if !ok {
				return n.close(w, end)
			}
			n.Names = append(n.Names, Name{text, w.Text[start+1 : end-1], start, end})
		}
		item, err := w.value()
		if err != nil {
			return err
		}
		if item.Kind == ']' {
			return n.close(w, item.End)
		}
		n.Items = append(n.Items, item)
	}
}

func (n *Node) close(w *Walk, end int) error {
	n.End = end
	n.Raw = w.Text[n.Start:end]
	return nil
}
