package diag

import (
	"fmt"
	"slices"
	"strings"
)

// Severity says whether a complaint stops the generation.
type Severity uint8

const (
	// SeverityError stops the generation: nothing is written.
	SeverityError Severity = iota
	// SeverityWarning is printed and does not stop anything; strict mode turns it into an error.
	SeverityWarning
)

// String returns the word that stands in a printed diagnostic.
func (s Severity) String() string {
	if s == SeverityWarning {
		return "warning"
	}
	return "error"
}

// Related is a second place that a reader has to see in order to understand the first ("also defined here").
type Related struct {
	Pos     Pos
	Message string
}

// Diagnostic is one complaint about one place.
type Diagnostic struct {
	Pos        Pos
	Severity   Severity
	Code       Code
	Message    string // one sentence without a full stop; names the offending text in quotes
	Suggestion string // what to write instead, may be empty
	Related    []Related
}

// List collects the complaints of a whole run. Stages add to it and go on, so that a user sees all of them at once.
type List []Diagnostic

// Errorf adds an error.
func (l *List) Errorf(pos Pos, code Code, format string, args ...any) *Diagnostic {
	return l.add(Diagnostic{Pos: pos, Code: code, Message: fmt.Sprintf(format, args...)})
}

// Warnf adds a warning.
func (l *List) Warnf(pos Pos, code Code, format string, args ...any) *Diagnostic {
	return l.add(Diagnostic{Pos: pos, Severity: SeverityWarning, Code: code, Message: fmt.Sprintf(format, args...)})
}

func (l *List) add(d Diagnostic) *Diagnostic {
	*l = append(*l, d)
	return &(*l)[len(*l)-1]
}

// Suggest attaches the text of a repair and returns d, so that it can follow Errorf directly.
func (d *Diagnostic) Suggest(format string, args ...any) *Diagnostic {
	d.Suggestion = fmt.Sprintf(format, args...)
	return d
}

// See attaches a second place and returns d.
func (d *Diagnostic) See(pos Pos, format string, args ...any) *Diagnostic {
	d.Related = append(d.Related, Related{Pos: pos, Message: fmt.Sprintf(format, args...)})
	return d
}

// HasErrors reports whether the list holds anything that stops the generation.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == SeverityError })
}

// Strict turns every warning into an error.
func (l List) Strict() {
	for i := range l {
		l[i].Severity = SeverityError
	}
}

// Sort orders the list by place, then by code and message, and drops exact repetitions: two stages may meet the same fault.
func (l *List) Sort() {
	slices.SortStableFunc(*l, func(a, b Diagnostic) int {
		switch {
		case a.Pos.Before(b.Pos):
			return -1
		case b.Pos.Before(a.Pos):
			return 1
		case a.Code != b.Code:
			return strings.Compare(string(a.Code), string(b.Code))
		}
		return strings.Compare(a.Message, b.Message)
	})
	*l = slices.CompactFunc(*l, func(a, b Diagnostic) bool {
		return a.Pos == b.Pos && a.Code == b.Code && a.Message == b.Message
	})
}
