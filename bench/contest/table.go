package main

// What is printed: one table in Markdown for each section. Ratios only, because seconds of one machine say little about another.

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// section is a group of rows with the same columns.
type section struct {
	name, about string
	rows        []row
	more        bool // allocations are shown as a difference to the first column
}

// columns writes a table with a column for each entrant.
func (s section) columns(w io.Writer, results [][]outcome) {
	fmt.Fprintf(w, "\n### %s\n\n%s\n\n|", s.name, s.about)
	for _, o := range results[0] {
		fmt.Fprintf(w, " | %s", o.name)
	}
	fmt.Fprintf(w, " |\n|---%s|\n", strings.Repeat("|---", len(results[0])))
	for i, r := range s.rows {
		fmt.Fprintf(w, "| %s", r.name)
		if r.size > 0 {
			fmt.Fprintf(w, ", %s", thousands(r.size))
		}
		for k, o := range results[i] {
			if s.more && k > 0 {
				fmt.Fprintf(w, " | %s (%s)", ratio(o.ratio), signed(o.allocs-results[i][0].allocs))
			} else {
				fmt.Fprintf(w, " | %s", o)
			}
		}
		fmt.Fprintln(w, " |")
	}
}

// fastest writes a table of the fastest rounds, where they were measured.
func (s section) fastest(w io.Writer, results [][]outcome) {
	if !s.rows[0].best {
		return
	}
	fmt.Fprintf(w, "\nThe work itself: the fastest round of each, while the collector rests.\n\n|")
	for _, o := range results[0] {
		fmt.Fprintf(w, " | %s", o.name)
	}
	fmt.Fprintf(w, " |\n|---%s|\n", strings.Repeat("|---", len(results[0])))
	for i, r := range s.rows {
		fmt.Fprintf(w, "| %s, %s", r.name, thousands(r.size))
		for _, o := range results[i] {
			if o.best == 0 {
				fmt.Fprint(w, " | –")
			} else {
				fmt.Fprintf(w, " | %s", ratio(o.best))
			}
		}
		fmt.Fprintln(w, " |")
	}
}

// String is the ratio, and the allocations in parentheses.
func (o outcome) String() string {
	if math.IsNaN(o.ratio) {
		return "–"
	}
	return fmt.Sprintf("%s (%s)", ratio(o.ratio), thousands(int(math.Round(o.allocs))))
}

// ratio has three digits that count.
func ratio(r float64) string {
	switch {
	case r == 1:
		return "1"
	case r < 10:
		return fmt.Sprintf("%.2f", r)
	}
	return fmt.Sprintf("%.1f", r)
}

func signed(n float64) string {
	sign := "+"
	if n < 0 {
		sign = "−"
	}
	return sign + thousands(int(math.Round(math.Abs(n))))
}

func thousands(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// spread says how far the rounds lay apart, over all ratios of a table.
func spread(results [][]outcome) string {
	var all []float64
	for _, r := range results {
		for _, o := range r[1:] {
			if !math.IsNaN(o.ratio) {
				all = append(all, 100*o.spread)
			}
		}
	}
	slices.Sort(all)
	return fmt.Sprintf("Half of the rounds lay within %.0f %% of the ratio shown, in the worst row within %.0f %%.", all[len(all)/2], all[len(all)-1])
}
