// Package diag says where a complaint about a document points and how it is printed.
//
// It stands below every other room so that each node of the model can carry its place and each stage can
// report through the same list. It knows nothing of YAML, OpenAPI or Go.
package diag

import "strconv"

// Pos is a place in a source document. Line and Column count from 1; Column counts bytes, as editors that jump to
// file:line:col expect. The zero Pos is "no place": it stands for facts that the generator itself supplied.
type Pos struct {
	File   string // path as the user gave it, relative where possible
	Line   int
	Column int
}

// IsValid reports whether p points anywhere.
func (p Pos) IsValid() bool { return p.Line > 0 }

// String renders p as file:line:col, leaving out what is not known.
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return p.File + ":" + strconv.Itoa(p.Line)
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// Before orders positions by file, line and column, so that a list of complaints reads from top to bottom.
func (p Pos) Before(q Pos) bool {
	if p.File != q.File {
		return p.File < q.File
	}
	if p.Line != q.Line {
		return p.Line < q.Line
	}
	return p.Column < q.Column
}
