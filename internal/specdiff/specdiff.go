// Package specdiff says what changed between two OpenAPI documents, for people who review the change: what it means on the wire, for Go
// callers, for signing and encryption, and for tests.
//
// It is a room of its own because it looks at two models at once, which no stage of the generator does. The lowered models decide (two ways to
// write the same thing are no change); the trees of nodes add the words, the places of both sides, and a proof of completeness: a difference
// between the trees that no rule explains becomes a row too, so that nothing passes in silence.
//
// All verdicts are seen from a client that was generated from OLD and meets a vendor that answers as NEW says; the verdict for Go is about its
// callers, once the code is generated anew.
package specdiff

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// Level says how much a change matters.
type Level uint8

// The levels, from the mildest on.
const (
	None          Level = iota // this side of things is not affected
	Documentation              // words only
	Compatible                 // what worked goes on to work
	Risky                      // what worked may stop to work: it depends on values, or on how it is used
	Breaking                   // what worked is refused, understood in another way, or does not compile
)

var levelWords = [...]string{"none", "documentation", "compatible", "risky", "breaking"}

// String returns the word for a level.
func (l Level) String() string { return levelWords[l] }

// MarshalText makes a level its word in JSON.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// ParseLevel reads the word for a level other than none.
func ParseLevel(word string) (Level, bool) {
	i := slices.Index(levelWords[:], word)
	return Level(max(i, 0)), i > 0
}

// Verdicts says how much a change matters to whom.
type Verdicts struct {
	Request  Level `json:"request"`  // requests as clients send them today
	Response Level `json:"response"` // responses as clients read them today
	Go       Level `json:"go"`       // code that calls the generated package, after generating anew
	Signing  Level `json:"signing"`  // signatures and encryption
	Tests    Level `json:"tests"`    // examples and result codes, which tests are made of
}

// Worst is the level of the change as a whole.
func (v Verdicts) Worst() Level { return max(v.Request, v.Response, v.Go, v.Signing, v.Tests) }

// Place is where a change stands on one side. For something that only the other side has, it is the nearest place around it.
type Place struct {
	Pointer string   // JSON pointer, "" for the document itself
	Pos     diag.Pos // the key, or the item of a list
}

// Change is one row of a report.
type Change struct {
	Rule       string // one of Rules
	Level      Level  // the worst verdict
	Verdicts   Verdicts
	Operations []string // operationIds in document order; none: the document as a whole
	Subject    string   // what changed: "field userip of VerifyLoginRequest"
	Text       string   // how
	Before     string   // the values, where they fit into a line
	After      string
	Action     string // what the caller's code has to do; never empty for a breaking change
	Old, New   Place
	Signing    []SideBySide // for each scheme whose signatures come out differently
}

// Report is everything that changed, the worst first, then in the order of NEW.
type Report struct {
	Old, New string // the documents, as the user named them
	Changes  []*Change

	lines map[string]string // method and path of each operation
}

// Count returns how many changes have a level.
func (r *Report) Count(l Level) int {
	n := 0
	for _, c := range r.Changes {
		if c.Level == l {
			n++
		}
	}
	return n
}

// Worst returns the worst level of all changes.
func (r *Report) Worst() Level {
	worst := None
	for _, c := range r.Changes {
		worst = max(worst, c.Level)
	}
	return worst
}

// Compare returns what changed between two documents. It never fails: documents that hold errors have to be refused before.
func Compare(older, newer *Document) *Report {
	c := newComparison(older, newer)
	c.servers()
	c.words()
	c.results()
	c.schemes()
	c.operations()
	c.renamedSchemas()
	c.lostMethods()
	c.residue()
	r := &Report{Old: older.Name, New: newer.Name, Changes: c.finish(), lines: map[string]string{}}
	for _, side := range []*Document{older, newer} {
		for _, op := range side.API.Operations {
			if op.Name.Spec != strings.ToLower(op.Method)+" "+op.Path { // that is what it is called where it has no operationId
				r.lines[op.Name.Spec] = op.Method + " " + op.Path
			}
		}
	}
	slices.SortStableFunc(r.Changes, func(a, b *Change) int {
		return cmp.Or(
			cmp.Compare(b.Level, a.Level),
			cmp.Compare(a.New.Pos.Line, b.New.Pos.Line), cmp.Compare(a.New.Pos.Column, b.New.Pos.Column),
			cmp.Compare(a.Old.Pos.Line, b.Old.Pos.Line), cmp.Compare(a.Old.Pos.Column, b.Old.Pos.Column),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Text, b.Text))
	})
	return r
}
