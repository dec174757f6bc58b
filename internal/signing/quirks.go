package signing

// Other readings of a program, for finding out what a caller did instead. The zero value changes nothing. They are hooks into the evaluator
// and not changed programs, so that one attempt is one field, and so that what they do can be combined.

import "github.com/msdkgen/msdkgen/generator/ir"

// unsorted is an order of its own, beside those of ir.SortKey.
const unsorted = -1

type quirks struct {
	unsorted  bool
	reversed  bool
	fold      bool // the other choice about the case of letters
	noPercent bool // no percent-encoding
	plus      bool // the other choice about spaces
	lowerHex  bool // the other choice about the case of escapes
	empties   bool // the other choice about empty entries
	encoded   bool // entries percent-encoded when they are collected
	omit      string
	extra     *Pair // an entry more
	hash      map[string]string
	swapHMAC  bool
	encode    ir.StepOp // how placed results are written
}

func (q *quirks) hashFor(name string) string {
	if other := q.hash[name]; other != "" {
		return other
	}
	return name
}

func (q *quirks) percentAs(how ir.Percent) ir.Percent {
	how.Plus = how.Plus != q.plus
	how.LowerHex = how.LowerHex != q.lowerHex
	return how
}

func (q *quirks) dropsEmpty(drop bool) bool { return drop != q.empties }

func (q *quirks) order(step *ir.Step) (by int, fold bool) {
	if q.unsorted {
		return unsorted, false
	}
	return int(step.By), step.Fold != q.fold
}

// entries changes the entries of a list as they are collected.
func (q *quirks) entries(all []Entry) []Entry {
	if q.omit == "" && q.extra == nil && !q.encoded {
		return all
	}
	var kept []Entry
	for _, entry := range all {
		if q.omit != "" && entry.Name == q.omit {
			continue
		}
		if q.encoded {
			entry.Name = percentEncode(entry.Name, ir.Percent{Plus: q.plus, LowerHex: q.lowerHex})
			entry.Value = entry.Value.each(func(text string) string { return percentEncode(text, ir.Percent{Plus: q.plus, LowerHex: q.lowerHex}) })
		}
		kept = append(kept, entry)
	}
	if q.extra != nil {
		kept = append(kept, Entry{q.extra.Name, plain(q.extra.Value)})
	}
	return kept
}
