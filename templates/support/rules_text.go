package support

// Rules that no field of a generated type states: those of query parameters that an option or the client fills, and the one rule of
// all text, that it is UTF-8. Apart from the checker's rules because they look at what is sent, not at the request that it came from.

import (
	"bytes"
	"reflect"
	"unicode/utf8"
)

// validate tests the value of a parameter, on both sides, with an empty checker. The error is a *ValidationError.
func (p *parameter) validate(c *checker, operation, value string) error {
	if p.check == nil && utf8.ValidString(value) {
		return nil
	}
	c.mode = checkClient
	c.validUTF8(p.name, value)
	if p.check != nil {
		p.check(c, value)
	}
	violations := c.violations
	c.clear()
	if len(violations) == 0 {
		return nil
	}
	return &ValidationError{Operation: operation, Violations: violations}
}

// changedText reports a body whose text is not what the caller gave. JSON is UTF-8, so the writer puts the replacement character in
// the place of every other byte; what is sent would then differ from what the query says and the caller knows. A body without that
// character, which is all of them but a few, costs one search.
func changedText(operation string, body []byte, req any) error {
	const first = 0xEF // of that character; it is faster to look for one byte
	if bytes.IndexByte(body, first) < 0 || !bytes.Contains(body, []byte("\uFFFD")) || wellFormed(reflect.ValueOf(req), 0) {
		return nil
	}
	return &ValidationError{Operation: operation, Violations: []Violation{
		{Path: "", Rule: "utf-8", Message: "a text of the request is not UTF-8"},
	}}
}

// wellFormed reports whether all text below v is UTF-8.
func wellFormed(v reflect.Value, depth int) bool {
	const maxDepth = 32 // deeper than any documented type; a type may contain itself
	if depth > maxDepth {
		return true
	}
	switch v.Kind() {
	case reflect.String:
		return utf8.ValidString(v.String())
	case reflect.Pointer, reflect.Interface:
		return v.IsNil() || wellFormed(v.Elem(), depth+1)
	case reflect.Struct:
		for i := range v.NumField() {
			if !wellFormed(v.Field(i), depth+1) {
				return false
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if !wellFormed(v.Index(i), depth+1) {
				return false
			}
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			if !wellFormed(key, depth+1) || !wellFormed(v.MapIndex(key), depth+1) {
				return false
			}
		}
	}
	return true
}
