// Package diff prints how two texts differ, in the unified form that patch and code review tools read.
//
// It is a room of its own because both the command (`generate --check`) and the tests that hold generated/ against a
// regeneration show differences, and because a comparison that prints a wrong difference is worse than none.
//
// The comparison is the "patience" one: lines that occur once on either side, and in the same order, are taken as fixed points,
// and the stretches between them are compared in the same manner. Generated code is full of equal closing braces and blank lines,
// which other methods like to match with each other across functions; fixed points keep a change inside of its function.
package diff

import (
	"fmt"
	"sort"
	"strings"
)

// context is the number of equal lines around each change.
const context = 3

// Unified returns the difference between two texts, empty if there is none. The names stand in the first two lines; use /dev/null
// for a file that does not exist.
func Unified(oldName, newName, oldText, newText string) string {
	if oldText == newText {
		return ""
	}
	a, b := lines(oldText), lines(newText)
	var out strings.Builder
	fmt.Fprintf(&out, "--- %s\n+++ %s\n", oldName, newName)
	for _, h := range hunks(compare(a, b), len(a)) {
		h.print(&out, a, b)
	}
	return out.String()
}

// UnixLines returns a text with \n in place of \r\n, for comparisons that should not care how a file was checked out.
func UnixLines(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

// lines splits a text after each line end, so that a missing one at the end of the text is a difference too.
func lines(text string) []string {
	if text == "" {
		return nil
	}
	all := strings.SplitAfter(text, "\n")
	if all[len(all)-1] == "" {
		all = all[:len(all)-1]
	}
	return all
}

// edit says that a[a0:a1] is replaced by b[b0:b1].
type edit struct{ a0, a1, b0, b1 int }

// compare returns the edits that turn a into b, in order.
func compare(a, b []string) []edit {
	var edits []edit
	c := comparison{a: a, b: b, add: func(e edit) {
		// Two stretches may end and begin at the same place.
		if n := len(edits); n > 0 && edits[n-1].a1 == e.a0 && edits[n-1].b1 == e.b0 {
			edits[n-1].a1, edits[n-1].b1 = e.a1, e.b1
			return
		}
		edits = append(edits, e)
	}}
	c.stretch(edit{0, len(a), 0, len(b)})
	return edits
}

type comparison struct {
	a, b []string
	add  func(edit)
}

// stretch compares one stretch of a with one of b.
func (c *comparison) stretch(s edit) {
	for s.a0 < s.a1 && s.b0 < s.b1 && c.a[s.a0] == c.b[s.b0] {
		s.a0++
		s.b0++
	}
	for s.a0 < s.a1 && s.b0 < s.b1 && c.a[s.a1-1] == c.b[s.b1-1] {
		s.a1--
		s.b1--
	}
	if s.a0 == s.a1 && s.b0 == s.b1 {
		return
	}
	points := c.fixedPoints(s)
	if len(points) == 0 {
		c.add(s)
		return
	}
	for _, p := range points {
		c.stretch(edit{s.a0, p.a, s.b0, p.b})
		s.a0, s.b0 = p.a+1, p.b+1
	}
	c.stretch(s)
}

// point is a line of a and the equal line of b.
type point struct{ a, b int }

// fixedPoints returns the longest sequence of lines that occur once on both sides of the stretch, in the same order on both.
func (c *comparison) fixedPoints(s edit) []point {
	type place struct{ inA, inB, countA, countB int }
	places := make(map[string]*place)
	for i := s.a0; i < s.a1; i++ {
		p := places[c.a[i]]
		if p == nil {
			p = new(place)
			places[c.a[i]] = p
		}
		p.inA = i
		p.countA++
	}
	for i := s.b0; i < s.b1; i++ {
		if p := places[c.b[i]]; p != nil {
			p.inB = i
			p.countB++
		}
	}
	var candidates []point
	for i := s.a0; i < s.a1; i++ { // along a, not over the map: the order matters
		if p := places[c.a[i]]; p.countA == 1 && p.countB == 1 {
			candidates = append(candidates, point{i, p.inB})
		}
	}
	return longestAscending(candidates)
}

// longestAscending returns the longest subsequence whose b ascends; the a of the points ascends already. It deals the points onto
// piles as in the card game: a point goes onto the first pile whose top is larger, and remembers the top of the pile before.
func longestAscending(points []point) []point {
	var tops []int // index of the point on top of each pile
	before := make([]int, len(points))
	for i, p := range points {
		pile := sort.Search(len(tops), func(n int) bool { return points[tops[n]].b > p.b })
		before[i] = -1
		if pile > 0 {
			before[i] = tops[pile-1]
		}
		if pile == len(tops) {
			tops = append(tops, i)
		} else {
			tops[pile] = i
		}
	}
	longest := make([]point, len(tops))
	if len(tops) == 0 {
		return nil
	}
	for n, i := len(tops)-1, tops[len(tops)-1]; i >= 0; n, i = n-1, before[i] {
		longest[n] = points[i]
	}
	return longest
}

// hunk is a group of edits that are near enough to share their context.
type hunk struct {
	edits    []edit
	from, to int // lines of a, context included
}

func hunks(edits []edit, length int) []hunk {
	var all []hunk
	for _, e := range edits {
		from, to := max(0, e.a0-context), min(length, e.a1+context)
		if n := len(all); n > 0 && all[n-1].to >= from {
			all[n-1].edits = append(all[n-1].edits, e)
			all[n-1].to = to
			continue
		}
		all = append(all, hunk{[]edit{e}, from, to})
	}
	return all
}

func (h hunk) print(out *strings.Builder, a, b []string) {
	first, last := h.edits[0], h.edits[len(h.edits)-1]
	newFrom := first.b0 - (first.a0 - h.from)
	newTo := last.b1 + (h.to - last.a1)
	fmt.Fprintf(out, "@@ -%s +%s @@\n", span(h.from, h.to), span(newFrom, newTo))
	at := h.from
	for _, e := range h.edits {
		printLines(out, " ", a[at:e.a0])
		printLines(out, "-", a[e.a0:e.a1])
		printLines(out, "+", b[e.b0:e.b1])
		at = e.a1
	}
	printLines(out, " ", a[at:h.to])
}

// span prints lines from (counted from 0) to before to. An empty span names the line before it, as patch expects.
func span(from, to int) string {
	switch to - from {
	case 0:
		return fmt.Sprintf("%d,0", from)
	case 1:
		return fmt.Sprint(from + 1)
	}
	return fmt.Sprintf("%d,%d", from+1, to-from)
}

func printLines(out *strings.Builder, mark string, lines []string) {
	for _, line := range lines {
		out.WriteString(mark)
		out.WriteString(line)
		if !strings.HasSuffix(line, "\n") {
			out.WriteString("\n\\ No newline at end of file\n")
		}
	}
}
