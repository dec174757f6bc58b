package specdiff

// Seeded mutations: each operator changes one thing at places of the real documents, and the comparison has to find exactly that thing, at exactly
// that place, with the verdicts that are written down here beside the operator, and nothing else.
//
// Mutations far from each other share a document, because reading one takes longer than comparing many. "-places 20 -alone" takes twenty places
// for each operator and a document for each mutation.

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/load"
)

var (
	placesFlag = flag.Int("places", 3, "how many places each mutation is tried at, per document")
	aloneFlag  = flag.Bool("alone", false, "a document for each mutation")
	writeFlag  = flag.String("write", "", "a folder to write each document and its report to, for bench/oasdiff")
)

// expected is the row that a mutation has to make.
type expected struct {
	rule     string
	old, new string // pointers; "-" for any
	verdicts Verdicts
}

// mutation is one operator at one place.
type mutation struct {
	operator string
	zone     string // what it changes: no other mutation below or above it in the same document
	apply    func(root *load.Node)
	want     expected
	more     []expected // where one change is two facts
}

// operator makes mutations of a document.
type operator struct {
	name  string
	sites func(s *site) []mutation
}

// site is what operators look at.
type site struct {
	root  *load.Node
	usage *usage
	doc   *Document
}

// mutations draws places for every operator, always the same ones.
func mutations(t testing.TB, name string) (*Document, []mutation) {
	t.Helper()
	old := read(t, name+".json", read(t, name+".yaml", text(t, name)).spec.Root.JSON())
	s := &site{root: old.spec.Root, usage: usageOf(old.spec.Root), doc: old}
	var all []mutation
	for i, o := range operators() {
		found := o.sites(s)
		random := rand.New(rand.NewPCG(uint64(i)+7, 2025))
		random.Shuffle(len(found), func(i, j int) { found[i], found[j] = found[j], found[i] })
		most := *placesFlag
		if len(found) > 0 && found[0].zone == everything && most < 20 {
			most = 2 // each of them costs a document
		}
		found = found[:min(len(found), most)]
		for _, m := range found {
			m.operator = o.name
			all = append(all, m)
		}
	}
	return old, all
}

// batches puts mutations that do not touch each other together.
func batches(all []mutation) [][]mutation {
	var sets [][]mutation
	for _, m := range all {
		i := slices.IndexFunc(sets, func(set []mutation) bool {
			return !*aloneFlag && !slices.ContainsFunc(set, func(o mutation) bool { return within(m.zone, o.zone) || within(o.zone, m.zone) })
		})
		if i < 0 {
			sets = append(sets, nil)
			i = len(sets) - 1
		}
		sets[i] = append(sets[i], m)
	}
	return sets
}

func mutate(t testing.TB, old *Document, set []mutation) *Document {
	t.Helper()
	root := clone(old.spec.Root)
	var names, bad []string
	for _, m := range set {
		m.apply(root)
		names = append(names, m.operator+" at "+m.zone)
	}
	var list diag.List
	d := Read(fstest.MapFS{"new.json": {Data: root.JSON()}}, "new.json", "new.json", &list)
	for _, problem := range list {
		// An example that does not fit any more is in the way of generating, not of comparing.
		fine := problem.Severity == diag.SeverityWarning || problem.Code == diag.CodeUnsupported || problem.Code == diag.CodeBadExample
		if !fine {
			bad = append(bad, fmt.Sprintf("%s: %s", problem.Code, problem.Message))
		}
	}
	require.Empty(t, bad, "%s", strings.Join(names, "\n"))
	require.NotNil(t, d)
	return d
}

// TestMutations is the proof of the rules.
func TestMutations(t *testing.T) {
	tried, documents := map[string]int{}, 0
	for _, name := range specs {
		old, all := mutations(t, name)
		for _, set := range batches(all) {
			report := Compare(old, mutate(t, old, set))
			write(t, fmt.Sprintf("%s-%03d", name, documents), set, old, report)
			left := report.Changes
			documents++
			for _, m := range set {
				tried[m.operator]++
				for _, want := range append([]expected{m.want}, m.more...) {
					left = expect(t, name, m.operator, want, left)
				}
			}
			for _, c := range left {
				t.Errorf("%s: nobody asked for %s at %q -> %q (%s): %s %s", name, c.Rule, c.Old.Pointer, c.New.Pointer, verdictWords(c.Verdicts), c.Subject, c.Text)
				for _, m := range set {
					if m.zone != everything && (within(c.New.Pointer, m.zone) || within(m.zone, c.New.Pointer)) {
						t.Logf("  perhaps %v", m)
					}
				}
			}
		}
	}
	total := 0
	for _, o := range operators() {
		require.NotZero(t, tried[o.name], "%s has no place", o.name)
		total += tried[o.name]
	}
	t.Logf("%d mutations by %d operators in %d documents", total, len(tried), documents)
}

// write leaves a mutated document, the original and the report to another program.
func write(t *testing.T, name string, set []mutation, old *Document, report *Report) {
	t.Helper()
	if *writeFlag == "" {
		return
	}
	root := clone(old.spec.Root)
	for _, m := range set {
		m.apply(root)
	}
	var b strings.Builder
	require.NoError(t, Print(&b, report, "json", Options{}))
	for file, content := range map[string]string{
		name + ".new.json": string(root.JSON()), name + ".report.json": b.String(), name + ".name.txt": fmt.Sprint(set), strings.Split(name, "-")[0] + ".json": string(old.spec.Root.JSON()),
	} {
		require.NoError(t, os.WriteFile(filepath.Join(*writeFlag, file), []byte(content), 0o644))
	}
}

// expect takes the row of a mutation out of the changes.
func expect(t *testing.T, name, operator string, want expected, changes []*Change) []*Change {
	t.Helper()
	place := func(wanted, got string) bool { return wanted == "-" || wanted == got }
	i := slices.IndexFunc(changes, func(c *Change) bool {
		return c.Rule == want.rule && place(want.old, c.Old.Pointer) && place(want.new, c.New.Pointer)
	})
	if i < 0 {
		t.Errorf("%s: %s: no %s at %q -> %q", name, operator, want.rule, want.old, want.new)
		return changes
	}
	c := changes[i]
	if c.Verdicts != want.verdicts {
		t.Errorf("%s: %s at %q: verdicts\n got %s\nwant %s", name, operator, c.New.Pointer, verdictWords(c.Verdicts), verdictWords(want.verdicts))
	}
	if c.Level != c.Verdicts.Worst() || c.Level == Breaking && c.Action == "" || c.Subject == "" || c.Text == "" {
		t.Errorf("%s: %s at %q: an incomplete row: %+v", name, operator, c.New.Pointer, c)
	}
	return slices.Delete(slices.Clone(changes), i, i+1)
}

// verdicts of a direction: what stands for the other one is left out.
func (s *site) verdicts(pointer string, request, response, inRequests, inResponses Level) Verdicts {
	where := s.usage.where(pointer)
	v := Verdicts{Go: inRequests}
	if where&inRequest != 0 {
		v.Request = request
	} else {
		v.Go = inResponses
	}
	if where&inResponse != 0 {
		v.Response = response
	}
	return v
}

func (m mutation) String() string { return fmt.Sprintf("%s at %s", m.operator, m.zone) }
