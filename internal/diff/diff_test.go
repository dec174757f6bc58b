package diff

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestUnified(t *testing.T) {
	number := func(from, to int) string {
		var s strings.Builder
		for i := from; i <= to; i++ {
			fmt.Fprintf(&s, "%d\n", i)
		}
		return s.String()
	}
	tests := []struct{ name, old, new, want string }{
		{"equal", "a\n", "a\n", ""},
		{"both empty", "", "", ""},
		{"a new file", "", "a\nb\n", "@@ -0,0 +1,2 @@\n+a\n+b\n"},
		{"a removed file", "a\n", "", "@@ -1 +0,0 @@\n-a\n"},
		{"in the middle", number(1, 9), strings.Replace(number(1, 9), "5\n", "five\n", 1),
			"@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"},
		{"an insertion at the start", number(1, 9), "0\n" + number(1, 9), "@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n"},
		{"a deletion at the end", number(1, 9), number(1, 8), "@@ -6,4 +6,3 @@\n 6\n 7\n 8\n-9\n"},
		{"six equal lines between: one hunk", number(1, 8), "a\n" + number(2, 7) + "b\n",
			"@@ -1,8 +1,8 @@\n-1\n+a\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+b\n"},
		{"seven equal lines between: two hunks", number(1, 9), "a\n" + number(2, 8) + "b\n",
			"@@ -1,4 +1,4 @@\n-1\n+a\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+b\n"},
		{"no newline before", "a", "a\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
		{"no newline after", "a\nb\n", "a\nb", "@@ -1,2 +1,2 @@\n a\n-b\n+b\n\\ No newline at end of file\n"},
		{"equal braces stay in their function", "f {\n x\n}\n\ng {\n y\n}\n", "f {\n x\n}\n\nh {\n z\n}\n\ng {\n y\n}\n",
			"@@ -2,6 +2,10 @@\n  x\n }\n \n+h {\n+ z\n+}\n+\n g {\n  y\n }\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := test.want
			if want != "" {
				want = "--- old\n+++ new\n" + want
			}
			require.Equal(t, want, Unified("old", "new", test.old, test.new))
		})
	}
}

// Whatever the difference looks like, applying it to the old text has to give the new one.
func TestUnifiedApplies(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		var s strings.Builder
		for range random.IntN(40) {
			s.WriteByte("abcdefghij"[random.IntN(10)])
			s.WriteByte('\n')
		}
		if random.IntN(4) == 0 {
			s.WriteString("end")
		}
		return s.String()
	}
	for range 5000 {
		old, updated := text(), text()
		if random.IntN(2) == 0 { // near each other
			at := random.IntN(len(old) + 1)
			updated = old[:at] + text() + old[at:]
		}
		difference := Unified("old", "new", old, updated)
		require.Equal(t, updated, apply(t, old, difference), "%q -> %q\n%s", old, updated, difference)
	}
}

// apply is a strict patch: every line has to match, every count has to be right.
func apply(t *testing.T, old, difference string) string {
	if difference == "" {
		return old
	}
	a := lines(old)
	rest := lines(difference)[2:]
	var out []string
	at := 0
	for len(rest) > 0 {
		var oldSpan, newSpan string
		_, err := fmt.Sscanf(rest[0], "@@ -%s +%s @@", &oldSpan, &newSpan)
		require.NoError(t, err)
		rest = rest[1:]
		oldFrom, oldCount := parseSpan(t, oldSpan)
		newFrom, newCount := parseSpan(t, newSpan)
		out = append(out, a[at:oldFrom]...)
		at = oldFrom
		require.Equal(t, newFrom, len(out))
		for len(rest) > 0 && rest[0][0] != '@' {
			line := rest[0][1:]
			mark := rest[0][0]
			rest = rest[1:]
			if len(rest) > 0 && rest[0][0] == '\\' {
				line = strings.TrimSuffix(line, "\n")
				rest = rest[1:]
			}
			if mark != '+' {
				require.Equal(t, a[at], line)
				at++
			}
			if mark != '-' {
				out = append(out, line)
			}
		}
		require.Equal(t, oldFrom+oldCount, at)
		require.Equal(t, newFrom+newCount, len(out))
	}
	return strings.Join(append(out, a[at:]...), "")
}

func parseSpan(t *testing.T, span string) (from, count int) {
	count = 1
	if strings.Contains(span, ",") {
		_, err := fmt.Sscanf(span, "%d,%d", &from, &count)
		require.NoError(t, err)
	} else {
		_, err := fmt.Sscanf(span, "%d", &from)
		require.NoError(t, err)
	}
	if count > 0 {
		from--
	}
	return from, count
}
