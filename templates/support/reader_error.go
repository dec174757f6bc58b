package support

// This file makes the reader's errors: what was expected, and where. Positions are found only here, by reading the text again
// from its start, so that a document without faults pays nothing for them.

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// DecodeError says that a text is not JSON, or not JSON of the declared shape. It holds no part of the text but the names of
// members, because bodies carry tokens.
type DecodeError struct {
	Operation string // operationId; empty where a value was decoded on its own
	Offset    int    // bytes in front of the fault
	Line      int    // from 1; 0 if the fault has no place
	Column    int    // bytes from the start of the line, from 1
	Path      string // member, in wire names: GroupInfo[3].MemberList[0].Role; at most 256 bytes
	Reason    string
}

// Error returns one line of at most 512 bytes.
func (e *DecodeError) Error() string {
	path, place := "", ""
	if e.Path != "" {
		path = e.Path + ": "
	}
	if e.Line > 0 {
		place = fmt.Sprintf(" (line %d, column %d)", e.Line, e.Column)
	}
	return boundedLine(errorPrefix(e.Operation)+"decoding: "+path+e.Reason+place, maxErrorText)
}

// Is makes errors.Is(err, ErrDecode) true.
func (e *DecodeError) Is(target error) bool { return target == ErrDecode }

// fail reports a fault at hand.
func (d *jsonReader) fail(reason string) { d.failAt(d.pos, "", reason) }

// failAt reports a fault. name is the member that it is about, where the text around the offset does not say it.
func (d *jsonReader) failAt(offset int, name, reason string) {
	if d.err == nil {
		d.err = d.decodeError(offset, name, reason)
	}
	d.pos = len(d.src)
}

// unexpected reports that something else than want is at hand.
func (d *jsonReader) unexpected(want string) {
	if d.err != nil {
		return // what stands at hand is then the end of the text, and says nothing
	}
	found := "the end of the text"
	if d.pos < len(d.src) {
		found = byteName(d.src[d.pos])
	}
	d.fail("want " + want + ", found " + found)
}

func (d *jsonReader) decodeError(offset int, name, reason string) *DecodeError {
	before := d.src[:offset]
	lineStart := strings.LastIndexByte(before, '\n') + 1
	e := &DecodeError{
		Offset: offset, Line: strings.Count(before, "\n") + 1, Column: offset - lineStart + 1, Reason: reason,
	}
	at := offset
	if d.unknownAt > 0 { // a name that the document does not know may be anything, even a secret
		at, name = d.unknownAt, "?"
	}
	scan := pathScanner{src: d.src}
	e.Path = scan.path(at, name)
	return e
}

// byteName describes the byte that a value begins with, without repeating text that may be secret.
func byteName(c byte) string {
	switch {
	case c == '{':
		return "an object"
	case c == '[':
		return "a list"
	case c == '"':
		return "a string"
	case c == '-' || isDigit(c):
		return "a number"
	case c == 't' || c == 'f':
		return "true or false"
	case c == 'n':
		return "null"
	case strings.IndexByte(",:}]", c) >= 0:
		return strconv.Quote(string(rune(c)))
	case c < ' ' || c == 0x7f:
		return controlName(c)
	}
	return "a character that begins no value"
}

// controlName describes a control character by its number.
func controlName(c byte) string { return fmt.Sprintf("control character 0x%02x", c) }

// breach is a violation that the reader has found, with the place still as an offset.
type breach struct {
	offset  int
	name    string // member that is missing at offset; empty: the path of the offset itself
	inside  string // path inside an embedded document
	rule    string
	message string
}

// breach keeps b. The first maxViolations are kept, the others are counted. Not inlined: many things may break a rule.
//
//go:noinline
func (d *jsonReader) breach(b breach) {
	if len(d.breaches) == maxViolations {
		d.omitted++
		return
	}
	d.breaches = append(d.breaches, b)
}

// violations returns what the reader has found missing or too long, in the order of the text. Nothing is reported after an
// error.
func (d *jsonReader) violations() []Violation {
	if d.err != nil || len(d.breaches) == 0 {
		return nil
	}
	sort.SliceStable(d.breaches, func(i, j int) bool { return d.breaches[i].offset < d.breaches[j].offset })
	scan := pathScanner{src: d.src}
	found := make([]Violation, 0, len(d.breaches))
	for _, b := range d.breaches {
		path := boundedPath(joinPath(scan.path(b.offset, b.name), b.inside))
		found = append(found, Violation{Path: path, Rule: b.rule, Message: b.message})
	}
	return found
}

// validation returns the violations as an error, nil if there are none.
func (d *jsonReader) validation(operation string) error {
	found := d.violations()
	if len(found) == 0 {
		return nil
	}
	return &ValidationError{Operation: operation, Violations: found, more: d.omitted}
}
