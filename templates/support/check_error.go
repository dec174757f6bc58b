package support

// This file holds the error of a check. It is apart because callers see it, and because it must be safe to print.

import (
	"strconv"
	"strings"
)

// Violation is one rule that a value breaks. It never holds the value.
type Violation struct {
	Path    string // member in wire names, as GroupInfo[3].MemberList[0].Role; empty for the value as a whole
	Rule    string // required, expected, or the keyword of the document: maxLength, or max-bytes for x-msdk-max-bytes
	Message string // what the rule says, and what was measured
}

// String returns "path: rule (message)".
func (v Violation) String() string {
	path := v.Path
	if path == "" {
		path = "the value"
	}
	return path + ": " + v.Rule + " (" + v.Message + ")"
}

// ValidationError holds all rules that a value breaks, in the order of the document; at most 100, the others are counted in
// the text.
type ValidationError struct {
	Operation  string // operationId; empty for a value that belongs to none
	Violations []Violation
	more       int // violations beyond those
}

// Error returns one line of at most 512 bytes with the first violations.
func (e *ValidationError) Error() string {
	const shown = 3
	var lines []string
	for _, v := range e.Violations[:min(len(e.Violations), shown)] {
		lines = append(lines, boundedLine(v.String(), maxErrorText/4))
	}
	if rest := len(e.Violations) - len(lines) + e.more; rest > 0 {
		lines = append(lines, "and "+strconv.Itoa(rest)+" more")
	}
	return boundedLine(errorPrefix(e.Operation)+"validation: "+strings.Join(lines, "; "), maxErrorText)
}

// Is makes errors.Is(err, ErrValidation) true.
func (e *ValidationError) Is(target error) bool { return target == ErrValidation }
