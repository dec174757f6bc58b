package specdiff

// What a comparison remembers while it goes along: facts, who is affected by each, and which nodes they explain.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// direction says where a fact is met.
type direction uint8

const (
	inRequest direction = 1 << iota
	inResponse
	inBoth = inRequest | inResponse
)

// fact is a change in the making. A fact about a shared schema is found once; each operation that reaches the schema is then noted.
type fact struct {
	Change
	rule     *Rule
	met      direction
	always   bool // it is a change without any operation too
	ops      []string
	raised   Verdicts // what the case at hand adds to the rule
	goLevel  *Level   // takes the place of the rule's verdict for Go
	old, new *load.Node
	limit    bool // loosening it can take a response its method Validate
}

// typePair is two types that stand at the same place.
type typePair struct {
	old, new *ir.Type
	bare     bool // their rules were compared together with those of the field that holds them
}

// pairFacts is what is known about a pair: its own facts and the pairs below it.
type pairFacts struct {
	facts []*fact
	below []typePair
}

type comparison struct {
	old, new *Document
	facts    []*fact
	pairs    map[typePair]*pairFacts
	fields   map[[2]string][]*fact // facts about shared parameters, by the pointers of both sides
	renamed  map[string]string     // pointers of OLD -> their counterparts in NEW
	schemas  map[*ir.Type]*ir.Type // renamed components: OLD -> NEW
	oldSeen  map[string]bool       // pointers that facts explain, everything below included
	newSeen  map[string]bool
	spelled  map[string]bool // words of x-msdk-names that changed
	// parameterNames leads from the old names of renamed parameters to the new ones.
	parameterNames map[string]string
	explain        Explainer
}

func newComparison(older, newer *Document) *comparison {
	return &comparison{
		old: older, new: newer, pairs: map[typePair]*pairFacts{}, fields: map[[2]string][]*fact{}, renamed: map[string]string{},
		schemas: map[*ir.Type]*ir.Type{}, oldSeen: map[string]bool{}, newSeen: map[string]bool{}, spelled: map[string]bool{}, parameterNames: map[string]string{}, explain: Programs{},
	}
}

// fact makes a fact about two nodes; one of them may be nil where a side has no such thing. It explains both.
func (c *comparison) fact(rule string, older, newer *load.Node, subject, format string, args ...any) *fact {
	f := &fact{rule: ruleByID[rule], old: older, new: newer}
	if f.rule == nil {
		f.rule = ruleByID["unexplained"] // a misspelt rule must not stop a review; a test looks for it
		subject = rule + ": " + subject
	}
	f.Rule, f.Subject, f.Text = f.rule.ID, subject, fmt.Sprintf(format, args...)
	c.explains(older, newer)
	c.facts = append(c.facts, f)
	return f
}

// explains notes that a fact says what is to be said about two nodes.
func (c *comparison) explains(older, newer *load.Node) {
	if older != nil {
		c.oldSeen[older.Pointer] = true
	}
	if newer != nil {
		c.newSeen[newer.Pointer] = true
	}
}

// explainsMember does so for a key of two mappings.
func (c *comparison) explainsMember(older, newer *load.Node, keys ...string) {
	for _, key := range keys {
		c.explains(older.Member(key), newer.Member(key))
	}
}

func (f *fact) values(before, after string) *fact {
	f.Before, f.After = before, after
	return f
}

func (f *fact) do(format string, args ...any) *fact {
	f.Action = fmt.Sprintf(format, args...)
	return f
}

// meet notes that an operation is affected.
func (f *fact) meet(where direction, ops ...string) *fact {
	f.met |= where
	for _, op := range ops {
		if !slices.Contains(f.ops, op) {
			f.ops = append(f.ops, op)
		}
	}
	return f
}

// everywhere makes it a change whether an operation is affected or not.
func (f *fact) everywhere(ops ...string) *fact {
	f.always = true
	return f.meet(inBoth, ops...)
}

// golang sets the verdict for Go callers.
func (f *fact) golang(l Level) *fact {
	f.goLevel = &l
	return f
}

// goBreaksIf makes it breaking for Go callers.
func (f *fact) goBreaksIf(breaks bool) *fact {
	if breaks {
		f.raised.Go = Breaking
	}
	return f
}

// under brings the facts about a pair of types, and about all pairs below it, to an operation.
func (c *comparison) under(start typePair, where direction, op string) {
	seen := map[typePair]bool{start: true}
	for queue := []typePair{start}; len(queue) > 0; queue = queue[1:] {
		found := c.pair(queue[0], "")
		for _, f := range found.facts {
			f.meet(where, op)
		}
		for _, below := range found.below {
			if !seen[below] {
				seen[below] = true
				queue = append(queue, below)
			}
		}
	}
}

// finish turns facts into changes.
func (c *comparison) finish() []*Change {
	var all []*Change
	index := map[string]*fact{}
	for _, f := range c.facts {
		if f.met == 0 && !f.always {
			continue // between types that no operation holds at the same place
		}
		// Variants of an operation share places: one row.
		older, newer := c.old.place(f.old, f.new, c.renamed, true), c.new.place(f.new, f.old, c.renamed, false)
		key := strings.Join([]string{f.Rule, older.Pointer, newer.Pointer, f.Subject, f.Text}, "\n")
		if same := index[key]; same != nil {
			same.merge(f, c)
			continue
		}
		index[key] = f
		f.Verdicts = f.verdicts()
		f.Level = f.Verdicts.Worst()
		f.Operations = c.new.operationOrder(f.ops, c.old)
		f.Old, f.New = older, newer
		if f.Level == Breaking && f.Action == "" {
			f.Action = c.defaultAction(f)
		}
		all = append(all, &f.Change)
	}
	return all
}

// merge adds another fact about the same thing.
func (f *fact) merge(other *fact, c *comparison) {
	f.meet(other.met, other.ops...)
	v, w := f.Verdicts, other.verdicts()
	f.Verdicts = Verdicts{max(v.Request, w.Request), max(v.Response, w.Response), max(v.Go, w.Go), max(v.Signing, w.Signing), max(v.Tests, w.Tests)}
	f.Level = f.Verdicts.Worst()
	f.Operations = c.new.operationOrder(f.ops, c.old)
	if f.Level == Breaking && f.Action == "" {
		f.Action = c.defaultAction(f)
	}
}

// verdicts is what the rule says, where the fact is met, with what the case adds.
func (f *fact) verdicts() Verdicts {
	v := f.rule.Verdicts
	if f.met&inRequest == 0 {
		v.Request, v.Go = None, f.rule.GoInResponses
	}
	if f.met&inResponse == 0 {
		v.Response = None
	}
	if f.goLevel != nil {
		v.Go = *f.goLevel
	}
	r := f.raised
	return Verdicts{max(v.Request, r.Request), max(v.Response, r.Response), max(v.Go, r.Go), max(v.Signing, r.Signing), max(v.Tests, r.Tests)}
}

// defaultAction is what to do about a breaking change that has no advice of its own.
func (c *comparison) defaultAction(f *fact) string {
	switch v := f.Verdicts; {
	case v.Go == Breaking:
		return "Generate anew; the compiler shows the places."
	case v.Signing == Breaking:
		return "Generate anew and deploy together with the vendor's change: old clients are refused from then on."
	}
	return "Generate anew, and deploy before the vendor's change takes effect."
}

// place is the place of a node, or for something that this side lacks, of what is left around its counterpart.
func (d *Document) place(own, counterpart *load.Node, renamed map[string]string, isOld bool) Place {
	if own == nil && counterpart != nil {
		own = d.around(translate(counterpart.Pointer, renamed, isOld))
	}
	if own == nil {
		own = d.spec.Root
	}
	return Place{Pointer: own.Pointer, Pos: own.Place()}
}

// translate follows renames: from OLD to NEW, or back where toOld is set.
func translate(pointer string, renamed map[string]string, toOld bool) string {
	longest, target := "", ""
	for from, to := range renamed { // the longest match wins, whatever the order
		if toOld {
			from, to = to, from
		}
		if within(pointer, from) && len(from) > len(longest) {
			longest, target = from, to
		}
	}
	if longest == "" {
		return pointer
	}
	return target + pointer[len(longest):]
}

// quoted is a list of words for a sentence, bounded.
func listed(words []string, most int) string {
	if len(words) <= most {
		return strings.Join(words, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(words[:most], ", "), len(words)-most)
}

// clip bounds a text to what a line has room for.
func clip(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}

// first returns the first node that there is.
func first(nodes ...*load.Node) *load.Node { return cmp.Or(nodes...) }
