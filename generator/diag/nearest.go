// Guessing what was meant by a misspelt word. It stands in diag because every stage that looks up names offers the guess.
package diag

import (
	"slices"
	"strings"
	"unicode"
)

// Nearest returns the candidate that differs least from word: letters inserted, left out, changed, or two neighbours swapped. A
// difference in case alone is none. ok is false when nothing is near enough to be a slip of the pen: one fault in four letters, three
// at most. Of two equally near ones the first wins.
func Nearest(word string, candidates []string) (near string, ok bool) {
	a := []rune(strings.ToLower(word))
	best := -1
	for _, candidate := range candidates {
		if candidate == word {
			continue // the word itself is no correction
		}
		b := []rune(strings.ToLower(candidate))
		most := max(len(a), len(b)) / 4
		if most > 3 {
			most = 3
		}
		if len(a)-len(b) > most || len(b)-len(a) > most {
			continue
		}
		d := distance(a, b)
		if d <= most && (best < 0 || d < best) {
			best, near = d, candidate
		}
	}
	return near, best >= 0
}

// Few returns up to three candidates that have something of a word, best first: for a hint where Nearest finds no slip of the pen. They hold the
// word or are held by it, or two of three letters are in place; only letters and digits count, and case does not.
func Few(word string, candidates []string) []string {
	const most = 3
	type ranked struct {
		candidate string
		distance  int
	}
	a := lettersOf(word)
	var near []ranked
	for _, candidate := range candidates {
		b := lettersOf(candidate)
		d := distance([]rune(a), []rune(b))
		holds := len(a) >= most && len(b) >= most && (strings.Contains(b, a) || strings.Contains(a, b))
		switch {
		case candidate == word:
		case holds:
			near = append(near, ranked{candidate, d - 1<<20}) // before all that only resemble it
		case d <= len(a)/3:
			near = append(near, ranked{candidate, d})
		}
	}
	slices.SortStableFunc(near, func(x, y ranked) int { return x.distance - y.distance })
	var few []string
	for _, one := range near[:min(most, len(near))] {
		few = append(few, one.candidate)
	}
	return few
}

func lettersOf(word string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, word)
}

// distance counts the edits between two words (optimal string alignment).
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
