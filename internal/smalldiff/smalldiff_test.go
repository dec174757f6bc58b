package smalldiff

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/internal/diff"
)

var places = flag.Int("smalldiff.places", 2, "how many places of the documents each kind of edit is made at; 20 take half a minute")

// bound is the most lines that may change for each use of what is edited, in each group of files. A changed line counts twice: once as it
// was, once as it is.
type bound struct {
	facts    int // everything that a reviewer reads
	codec    int // codec_*, which is bulk
	examples int // examples_gen_test.go; for each edit, not for each use
	// names allows more where names come or go with the edit: the first rule of a type is also the first of what holds it, and the last use
	// of a type takes the type with it.
	names bool
	same  bool // the lines of a file stay what they are, and only their order changes
}

// change is what an edit made of the output.
type change struct {
	facts, codec  int
	examples      int
	gone, come    []string // declared names
	files, moved  []string // with changes; with other lines than before
	supportChange []string
}

// lineCount counts the lines that a difference takes out and puts in.
func lineCount(before, after string) int {
	n := 0
	for i, line := range strings.Split(diff.Unified("a", "b", before, after), "\n") {
		if i >= 2 && line != "" && (line[0] == '-' || line[0] == '+') {
			n++
		}
	}
	return n
}

func sortedLines(text string) string {
	all := strings.Split(text, "\n")
	slices.Sort(all)
	return strings.Join(all, "\n")
}

func compare(t *testing.T, before, after output) change {
	t.Helper()
	var c change
	was, is := map[string]bool{}, map[string]bool{}
	all := maps.Clone(before)
	maps.Copy(all, after)
	for _, file := range slices.Sorted(maps.Keys(all)) {
		if before[file] == after[file] {
			continue
		}
		c.files = append(c.files, file)
		if sortedLines(before[file]) != sortedLines(after[file]) {
			c.moved = append(c.moved, file)
		}
		lines := lineCount(before[file], after[file])
		switch {
		case strings.HasPrefix(file, "support_"):
			c.supportChange = append(c.supportChange, file)
		case strings.HasPrefix(file, "codec_"):
			c.codec += lines
		case file == "examples_gen_test.go":
			c.examples += lines
		default:
			c.facts += lines
		}
		for _, side := range []struct {
			text string
			into map[string]bool
		}{{before[file], was}, {after[file], is}} {
			if side.text != "" {
				maps.Copy(side.into, names(t, file, side.text))
			}
		}
	}
	for name := range was {
		if !is[name] {
			c.gone = append(c.gone, name)
		}
	}
	for name := range is {
		if !was[name] {
			c.come = append(c.come, name)
		}
	}
	slices.Sort(c.gone)
	slices.Sort(c.come)
	return c
}

// plain is a name without case and punctuation, so that a spelling of a document is found in a Go name.
func plain(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", ".", "").Replace(name))
}

// unrelated returns the names that came or went and hold none of the spellings that an edit is about. A type may get or lose a method
// with its first or last field of a kind, such as the one that checks rules.
func (c change) unrelated(e *edit) []string {
	if e.renamed[0] != "" {
		var after []string
		for _, name := range c.gone {
			after = append(after, strings.ReplaceAll(name, e.renamed[0], e.renamed[1]))
		}
		slices.Sort(after)
		if slices.Equal(after, c.come) {
			return nil
		}
	}
	return slices.DeleteFunc(slices.Concat(c.gone, c.come), func(name string) bool {
		if strings.HasSuffix(name, "()") && len(e.about) > 0 && slices.ContainsFunc(e.owners, func(owner string) bool { return strings.Contains(name, owner) }) {
			return true
		}
		return slices.ContainsFunc(e.about, func(spelling string) bool { return strings.Contains(plain(name), plain(spelling)) })
	})
}

// worst keeps the largest change of a kind.
type worst struct {
	edits, facts, codec, examples, names int
	uses                                 int // of the edit with the most lines for each use
	place                                string
}

// TestSmallDifferences edits the documents and holds what changes in the output to the bounds.
func TestSmallDifferences(t *testing.T) {
	var table strings.Builder
	for i, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			var w worst
			want := *places
			for j, d := range documents(t) {
				n := want - w.edits // what the small document has no places for, the large one has
				if j == 0 {
					n = (want + 3) / 4
				}
				editSome(t, k, d, n, rand.New(rand.NewPCG(uint64(i), uint64(j))), &w)
			}
			require.Positive(t, w.edits)
			fmt.Fprintf(&table, "| %s | %d | %d | %d | %d | %d | %d | `%s` |\n", k.name, w.edits, w.uses, w.facts, w.codec, w.examples, w.names, w.place)
		})
	}
	t.Logf("worst cases\n| edit | edits | uses | lines | of codec | of examples | names | place |\n|---|---|---|---|---|---|---|---|\n%s", table.String())
}

// editSome makes n edits of a kind at places from the seed. Places at which the edit gives a document with faults are passed over: a field
// that something else refers to cannot just go.
func editSome(t *testing.T, k kind, d *document, n int, random *rand.Rand, w *worst) {
	t.Helper()
	all := k.places(d)
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, place := range all {
		if n == 0 {
			return
		}
		e := &edit{t: t, doc: d, root: clone(d.root), pick: random.IntN, uses: 1}
		pointer, variant, _ := strings.Cut(place, " ")
		e.owners = d.ownersOf(pointer)
		_, _ = fmt.Sscan(variant, &e.variant)
		e.n = at(e.root, pointer)
		require.NotNil(t, e.n, pointer)
		k.apply(e)
		after, list := d.generate(e.root)
		if list.HasErrors() {
			continue
		}
		before := d.whole
		if k.bare {
			before = d.bare
		}
		c := compare(t, before, after)
		what := fmt.Sprintf("%s at %s of %s", k.name, place, d.name)
		judge(t, k, e, c, what)
		n--
		w.edits++
		if perUse(c.facts+c.codec, e.uses) > perUse(w.facts+w.codec, w.uses) || w.place == "" {
			w.facts, w.codec, w.uses, w.names, w.place = c.facts, c.codec, e.uses, len(c.gone)+len(c.come), d.name+" "+place
		}
		w.examples = max(w.examples, c.examples)
	}
}

// room is how many lines the names that came or went may take with them: a small function each, or a line with its comment.
func (c change) room() int {
	n := 0
	for _, name := range slices.Concat(c.gone, c.come) {
		n += 4
		if strings.HasSuffix(name, "()") {
			n += 8
		}
	}
	return n
}

func perUse(lines, uses int) int { return (lines + max(uses, 1) - 1) / max(uses, 1) }

func judge(t *testing.T, k kind, e *edit, c change, what string) {
	t.Helper()
	require.Empty(t, c.unrelated(e), "%s: names that have nothing to do with it changed", what)
	facts, codec := k.bound.facts*cmp.Or(e.uses, 1), k.bound.codec*cmp.Or(e.uses, 1)
	if k.bound.names {
		facts += c.room()
		codec += c.room()
	}
	require.LessOrEqual(t, c.facts, facts, "%s: lines in %q", what, c.files)
	require.LessOrEqual(t, c.codec, codec, "%s: lines of codec in %q", what, c.files)
	require.LessOrEqual(t, c.examples, k.bound.examples, "%s: lines of examples", what)
	require.Empty(t, c.supportChange, "%s: support code changed", what)
	if k.bound.same {
		require.Empty(t, c.moved, "%s: lines changed, not only their order", what)
	}
}
