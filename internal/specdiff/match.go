package specdiff

// Which fields, parameters and operations of two documents are the same one. Names decide; where a name is gone and another one is new, the
// shape and the words tell whether it is a likely rename, because two rows "removed" and "added" would hide what happened.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// candidate is what two things are compared by when their names differ.
type candidate struct {
	name, shape, words string
}

// matched is the result of match: indices of pairs, and of what is left over on either side.
type matched struct {
	pairs          [][2]int
	removed, added []int
}

// match finds pairs by name, then likely renames.
func match(before, after []candidate) matched {
	var m matched
	taken := make([]bool, len(after))
	for i, a := range before {
		j := slices.IndexFunc(after, func(b candidate) bool { return a.name == b.name })
		if j < 0 || taken[j] {
			m.removed = append(m.removed, i)
			continue
		}
		taken[j] = true
		m.pairs = append(m.pairs, [2]int{i, j})
	}
	for j := range after {
		if !taken[j] {
			m.added = append(m.added, j)
		}
	}
	for _, i := range slices.Clone(m.removed) {
		j := likely(before[i], m.added, after)
		if j < 0 || likelyBack(after[j], m.removed, before) != i {
			continue
		}
		m.pairs = append(m.pairs, [2]int{i, j})
		m.removed = slices.DeleteFunc(m.removed, func(k int) bool { return k == i })
		m.added = slices.DeleteFunc(m.added, func(k int) bool { return k == j })
	}
	slices.SortStableFunc(m.pairs, func(p, q [2]int) int { return p[1] - q[1] })
	return m
}

// likely returns the best counterpart among others, -1 for none.
func likely(a candidate, others []int, all []candidate) int {
	best, score := -1, 0.0
	for _, j := range others {
		if s := resemblance(a, all[j]); s > score {
			best, score = j, s
		}
	}
	return best
}

func likelyBack(b candidate, others []int, all []candidate) int { return likely(b, others, all) }

// resemblance is 0 for things that are not the same one under another name.
func resemblance(a, b candidate) float64 {
	if a.shape != b.shape {
		return 0
	}
	spelling := similar(a.name, b.name)
	switch {
	case a.words != "" && a.words == b.words:
		return 2 + spelling
	case spelling >= 0.5:
		return 1 + spelling
	case a.words == "" && b.words == "":
		return 0.1 + spelling
	}
	return 0
}

// similar is how much two spellings have in common, from 0 to 1, case set aside.
func similar(a, b string) float64 {
	const most = 100
	a, b = strings.ToLower(clip(a, most)), strings.ToLower(clip(b, most))
	longest := max(len(a), len(b))
	if longest == 0 {
		return 1
	}
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return max(0.5, float64(min(len(a), len(b)))/float64(longest))
	}
	return 1 - float64(distance(a, b))/float64(longest)
}

// distance counts the bytes to insert, delete or replace.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

func matchFields(before, after []*ir.Field) (pairs [][2]*ir.Field, removed, added []*ir.Field) {
	candidates := func(fields []*ir.Field) (all []candidate) {
		for _, f := range fields {
			words := f.Doc.Description
			if f.Fill != nil {
				words = fillWords(f.Fill) + words
			}
			all = append(all, candidate{f.Name.Spec, fieldShape(f, 0), words})
		}
		return all
	}
	m := match(candidates(before), candidates(after))
	for _, p := range m.pairs {
		pairs = append(pairs, [2]*ir.Field{before[p[0]], after[p[1]]})
	}
	for _, i := range m.removed {
		removed = append(removed, before[i])
	}
	for _, j := range m.added {
		added = append(added, after[j])
	}
	return pairs, removed, added
}

func matchParameters(before, after []*ir.Parameter) (pairs [][2]*ir.Parameter, removed, added []*ir.Parameter) {
	candidates := func(parameters []*ir.Parameter, others []*ir.Parameter) (all []candidate) {
		for _, p := range parameters {
			// The same name in another place is the same parameter, moved; a name can stand in two places, and then the place counts.
			name := p.Name.Spec
			if slices.ContainsFunc(others, func(q *ir.Parameter) bool { return sameHeader(p, q) && q.Name.Spec != name }) {
				name = strings.ToLower(name)
			}
			both := func(q *ir.Parameter) bool { return q.Name.Spec == p.Name.Spec && q.In != p.In }
			if slices.ContainsFunc(parameters, both) || slices.ContainsFunc(others, func(q *ir.Parameter) bool {
				return both(q) && slices.ContainsFunc(others, both) && len(others) > 1 && counted(others, p.Name.Spec) > 1
			}) {
				name += " in " + p.In.String()
			}
			all = append(all, candidate{name, fmt.Sprint(p.In, fillWords(p.Fill)) + fieldShape(asField(p), 0), p.Doc.Description})
		}
		return all
	}
	m := match(candidates(before, after), candidates(after, before))
	for _, p := range m.pairs {
		pairs = append(pairs, [2]*ir.Parameter{before[p[0]], after[p[1]]})
	}
	for _, i := range m.removed {
		removed = append(removed, before[i])
	}
	for _, j := range m.added {
		added = append(added, after[j])
	}
	return pairs, removed, added
}

func counted(parameters []*ir.Parameter, name string) int {
	n := 0
	for _, p := range parameters {
		if p.Name.Spec == name {
			n++
		}
	}
	return n
}

// maxShape bounds how deep a shape goes; recursion ends there too.
const maxShape = 4

// fieldShape is the same text for fields that differ in their names and words only.
func fieldShape(f *ir.Field, depth int) string {
	return fmt.Sprint(duty(f), f.Nullable, f.MayBeEmpty, f.Sensitive, f.Also, f.Echo, value(f.Default), acceptWords(f), rulesShape(f.Rules), fillWords(f.Fill)) + typeShape(f.Type, depth)
}

func typeShape(t *ir.Type, depth int) string {
	if t == nil || depth > maxShape {
		return ""
	}
	if t.Component {
		return t.Name.Spec
	}
	var b strings.Builder
	fmt.Fprint(&b, base(t), t.Format, t.Bits, t.Unsigned, t.Open, t.Flags, t.Comma, t.Single, t.Embedded, rulesShape(t.Rules))
	for _, v := range t.Values {
		fmt.Fprint(&b, " ", value(&v.Value))
	}
	if t.Elem != nil {
		b.WriteString("[" + typeShape(t.Elem, depth+1) + "]")
	}
	for _, f := range t.Fields {
		b.WriteString("{" + f.Name.Spec + fieldShape(f, depth+1) + "}")
	}
	return b.String()
}

func rulesShape(rules []*ir.Rule) string {
	var words []string
	for _, r := range rules {
		words = append(words, r.Keyword+"="+ruleText(r))
	}
	return strings.Join(words, ",")
}

// operationShape is the same text for operations that differ in path, name and words only.
func operationShape(op *ir.Operation) string {
	var b strings.Builder
	b.WriteString(op.Method)
	for _, p := range op.Parameters {
		b.WriteString(" " + p.Name.Spec + fieldShape(asField(p), 0))
	}
	for _, call := range op.Calls {
		b.WriteString(" (" + call.Variant)
		if call.Body != nil {
			b.WriteString(typeShape(call.Body.Type, 0))
		}
		b.WriteString(typeShape(answer(call), 0) + ")")
	}
	return b.String()
}
