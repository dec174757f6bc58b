package codectest

// The model: what a text means to a type. It is the list of documented differences to encoding/json in the form of code: each place where the
// generated codecs are stricter or more lenient than it has a line here, and nothing is left out of a comparison because it differs.

import (
	"slices"
	"sort"
	"strconv"
	"strings"
)

// maxDepth is how deep a document may be nested.
const maxDepth = 64

// Expectation is what decoding a text has to come to.
type Expectation struct {
	Reject  *Reject  // nil: the text is taken
	Value   string   // canonical, see printer
	Broken  []string // "rule path" of each violation that the reader has to find, sorted
	Lenient int      // how often a leniency of the document was made use of
	Raised  bool     // names are repeated that nobody asked for: json/v2 refuses them, and we keep them
}

// Reject is the first fault in a text that is JSON.
type Reject struct {
	Low, High int // the offset of the error lies between these
	Path      string
	Why       string
}

// Form chooses among the ways to print a value.
type Form struct {
	// EveryExtra prints each unknown member; otherwise the names of all, and of a repeated one the last value, which is what an Extra
	// tells its caller.
	EveryExtra bool
	// Written prints a list or map that is nil as an empty one where it is written as an empty one.
	Written bool
}

// Expect says what the text of a tree means to the type.
func (t *Target) Expect(n *Node, parse Parser, form Form) (e Expectation) {
	r := reading{parse: parse, form: form, max: maxDepth, to: &e}
	defer func() {
		if fault := recover(); fault != nil {
			reject, ok := fault.(*Reject)
			if !ok {
				panic(fault)
			}
			e.Reject = reject
		}
		slices.Sort(e.Broken)
	}()
	if n.Kind == 'n' { // to UnmarshalJSON, null changes nothing
		e.Value = Zero(t.Shape, form)
		return e
	}
	var b strings.Builder
	r.value(&b, n, t.Shape, nil)
	e.Value = b.String()
	return e
}

// reading is the walk through one text, or through one inside of a string.
type reading struct {
	parse      Parser
	form       Form
	depth, max int
	inString   *Node // the string that the text is in
	to         *Expectation
}

// reject ends the walk.
func (r *reading) reject(low, high int, at *place, why string) {
	if r.inString != nil {
		low, high = r.inString.Start, r.inString.End
	}
	panic(&Reject{low, high, at.String(), why})
}

func (r *reading) unlike(n *Node, at *place, why string) { r.reject(n.Start, n.End, at, why) }

func (r *reading) broken(rule string, at *place) {
	r.to.Broken = append(r.to.Broken, rule+" "+at.String())
}

// enter counts a level of nesting.
func (r *reading) enter(n *Node, at *place) {
	if r.depth >= r.max {
		r.unlike(n, at, "depth")
	}
	r.depth++
}

// value prints what n means as s. It returns false for null, having printed the zero value.
func (r *reading) value(b *strings.Builder, n *Node, s *Shape, at *place) bool {
	switch {
	case n.Kind == 'n':
		b.WriteString(Zero(s, r.form))
		return false
	case s.Embedded:
		if n.Kind != '"' {
			r.unlike(n, at, "want a string")
		}
		inner := *s
		inner.Embedded = false
		r.embedded(b, n, &inner, at)
	case s.Kind == List:
		r.list(b, n, s, at)
	case s.Kind == Map:
		r.table(b, n, s, at)
	case s.Kind == Object:
		r.object(b, n, s, at)
	case s.Kind == Any:
		r.skip(n, at)
		b.WriteString(strconv.Quote(n.Raw))
	default:
		r.single(b, n, s, at)
	}
	return true
}

// embedded goes into the document in a string.
func (r *reading) embedded(b *strings.Builder, n *Node, s *Shape, at *place) {
	tree, err := r.parse(n.Text)
	if err != nil {
		r.reject(n.Start, n.End, nil, "not JSON inside of a string")
	}
	inner := reading{parse: r.parse, form: r.form, max: r.max - r.depth, inString: n, to: r.to}
	if r.inString != nil {
		inner.inString = r.inString
	}
	inner.value(b, tree, s, at)
}

func (r *reading) list(b *strings.Builder, n *Node, s *Shape, at *place) {
	switch {
	case s.Comma:
		r.comma(b, n, s, at)
		return
	case n.Kind != '[' && s.Single:
		b.WriteByte('[')
		r.value(b, n, s.Elem, at)
		b.WriteString(" ]")
		return
	case n.Kind != '[':
		r.unlike(n, at, "want a list")
	}
	r.enter(n, at)
	b.WriteByte('[')
	for i, item := range n.Items {
		if s.Limit > 0 && i >= s.Limit {
			r.skip(item, at.item(i))
			continue
		}
		r.value(b, item, s.Elem, at.item(i))
		b.WriteByte(' ')
	}
	b.WriteByte(']')
	r.depth--
	if s.Limit > 0 && len(n.Items) > s.Limit {
		r.broken("maxItems", at)
	}
}

// comma reads a list that travels as one string. The empty string is the empty list.
func (r *reading) comma(b *strings.Builder, n *Node, s *Shape, at *place) {
	if n.Kind != '"' {
		r.unlike(n, at, "want a string with a list in it")
	}
	b.WriteByte('[')
	if n.Text != "" {
		for _, part := range strings.Split(n.Text, ",") {
			if s.Elem.Kind == Int {
				printed, ok := integer(part, s.Elem)
				if !ok {
					r.unlike(n, at, "no integer between commas")
				}
				part = printed
			} else {
				part = strconv.Quote(part)
			}
			b.WriteString(part)
			b.WriteByte(' ')
		}
	}
	b.WriteByte(']')
}

func (r *reading) table(b *strings.Builder, n *Node, s *Shape, at *place) {
	if n.Kind != '{' {
		r.unlike(n, at, "want an object")
	}
	r.enter(n, at)
	entries := map[string]string{}
	for i, item := range n.Items {
		name := n.Names[i]
		if _, met := entries[name.Text]; met {
			below := at
			if name.Text != "" { // an empty name is no step of a path
				below = at.member(name.Text)
			}
			r.reject(name.Start, name.End, below, "repeated")
		}
		var v strings.Builder
		r.value(&v, item, s.Elem, at.member(name.Raw))
		entries[name.Text] = v.String()
	}
	r.depth--
	PrintTable(b, entries)
}

// PrintTable prints a map, its values printed before.
func PrintTable(b *strings.Builder, entries map[string]string) {
	names := make([]string, 0, len(entries))
	for name := range entries {
		names = append(names, name)
	}
	sort.Strings(names)
	b.WriteByte('{')
	for _, name := range names {
		b.WriteString(strconv.Quote(name) + ":" + entries[name] + " ")
	}
	b.WriteByte('}')
}

// skip passes over a value that no field takes.
func (r *reading) skip(n *Node, at *place) {
	if n.Kind != '{' && n.Kind != '[' {
		return
	}
	r.enter(n, at)
	for _, item := range n.Items {
		r.skip(item, at)
	}
	r.depth--
	r.to.Raised = r.to.Raised || repeats(n.Names)
}

func repeats(names []Name) bool {
	met := map[string]bool{}
	for _, name := range names {
		if met[name.Text] {
			return true
		}
		met[name.Text] = true
	}
	return false
}
