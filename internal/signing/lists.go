package signing

// The operations of programs that make lists, and texts out of lists.

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// joined puts texts one behind the other.
func joined(t *Trace, with string) Value {
	var j joiner
	for i := range t.Inputs {
		if i > 0 {
			j.plain(with)
		}
		j.text(argument(t, i).Text)
	}
	return Value{Text: j.result()}
}

func (e *evaluation) join(t *Trace) Value {
	step := t.Step
	if len(step.Args) != 1 || !e.isList(&step.Args[0]) {
		return joined(t, step.With)
	}
	var j joiner
	for i, entry := range argument(t, 0).List {
		if i > 0 {
			j.plain(step.With)
		}
		if step.Take != ir.TakeValues {
			j.plain(entry.Name)
		}
		if step.Take == ir.TakeBoth && !(step.Bare && entry.Value.len() == 0) {
			j.plain(step.Pair)
		}
		if step.Take != ir.TakeNames {
			j.text(entry.Value)
		}
	}
	return Value{Text: j.result()}
}

// isList reports whether an operand is a step that makes a list.
func (e *evaluation) isList(o *ir.Operand) bool {
	return o.Kind == ir.OperandStep && e.done[o.Text].Type == ir.StepList
}

func (e *evaluation) percent(t *Trace) Value {
	var how ir.Percent
	if t.Step.Encoding != nil {
		how = *t.Step.Encoding
	}
	encode := func(text string) string {
		if e.quirks.noPercent {
			return text
		}
		return percentEncode(text, e.quirks.percentAs(how))
	}
	in := argument(t, 0)
	if in.size() > MaxText/3 {
		e.fail("the result is too long")
		return Value{}
	}
	if !e.isList(&t.Step.Args[0]) {
		return Value{Text: in.Text.each(encode)}
	}
	var result Value
	for _, entry := range in.List {
		result.List = append(result.List, Entry{encode(entry.Name), entry.Value.each(encode)})
	}
	return result
}

func choose(t *Trace) Value {
	if argument(t, 0).size() > 0 {
		return *argument(t, 1)
	}
	return *argument(t, 2)
}

func list(t *Trace) Value {
	var result Value
	for i := range t.Inputs {
		result.List = append(result.List, Entry{Value: argument(t, i).Text})
	}
	return result
}

func entries(pairs []Pair) []Entry {
	result := make([]Entry, 0, len(pairs))
	for _, p := range pairs {
		result = append(result, Entry{p.Name, plain(p.Value)})
	}
	return result
}

// parameters is the list of what stands in the query, in the body, or in both.
func (e *evaluation) parameters(t *Trace) Value {
	s := t.Step.Select
	if s == nil {
		s = &ir.Selection{}
	}
	from := s.From
	if len(from) == 0 {
		from = []ir.In{ir.InQuery}
	}
	var all []Entry
	for _, in := range from {
		if in != ir.InBody {
			all = append(all, entries(e.Request.Query)...)
			continue
		}
		fields, reason := e.Request.allFields()
		if reason != "" {
			e.fail(reason)
		}
		all = append(all, entries(fields)...)
	}
	if len(s.Only) > 0 {
		all = slices.DeleteFunc(all, func(entry Entry) bool { return !slices.Contains(s.Only, entry.Name) })
	}
	return e.selected(t, e.quirks.entries(all), s)
}

// selected does what else a selection says.
func (e *evaluation) selected(t *Trace, all []Entry, s *ir.Selection) Value {
	all = slices.DeleteFunc(all, func(entry Entry) bool {
		return slices.Contains(s.Except, entry.Name) || e.quirks.dropsEmpty(s.DropEmpty) && entry.Value.len() == 0
	})
	for i := range all {
		if s.Lower {
			all[i].Name = lowered(all[i].Name)
		}
	}
	if s.Repeated != "" {
		all = oneEach(all, s.Repeated)
	}
	for i := range s.Add {
		add := &s.Add[i]
		value := e.operand(&add.Value)
		t.Inputs = append(t.Inputs, Named{describe(&add.Value), value})
		all = append(all, Entry{add.Name, value.Text})
	}
	return Value{List: all}
}

// oneEach joins the values of a name that comes more than once.
func oneEach(all []Entry, separator string) []Entry {
	at := map[string]int{}
	var result []Entry
	for _, entry := range all {
		i, twice := at[entry.Name]
		if !twice {
			at[entry.Name] = len(result)
			result = append(result, entry)
			continue
		}
		var j joiner
		j.text(result[i].Value)
		j.plain(separator)
		j.text(entry.Value)
		result[i].Value = j.result()
	}
	return result
}

// headers is the list of headers, several of one name joined with commas, sorted by name.
func (e *evaluation) headers(t *Trace) Value {
	s := t.Step.Select
	if s == nil {
		s = &ir.Selection{}
	}
	values := map[string][]string{"host": {e.Request.Host}}
	for _, h := range e.Request.Headers {
		if name := lowered(h.Name); name != "host" && name != "" {
			values[name] = append(values[name], singleSpaced(h.Value))
		}
	}
	var names []string
	for name := range values {
		if slices.Contains(s.Only, name) || s.Prefix != "" && strings.HasPrefix(name, s.Prefix) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	var all []Entry
	for _, name := range names {
		all = append(all, Entry{name, plain(strings.Join(values[name], ","))})
	}
	return e.selected(t, e.quirks.entries(all), s)
}

func (e *evaluation) sort(t *Trace) Value {
	all := slices.Clone(argument(t, 0).List)
	by, fold := e.quirks.order(t.Step)
	if by == unsorted {
		return Value{List: all}
	}
	key := func(text string) string {
		if fold {
			return lowered(text)
		}
		return text
	}
	slices.SortStableFunc(all, func(a, b Entry) int {
		first, second := [2]string{a.Name, b.Name}, [2]string{a.Value.Clear(), b.Value.Clear()}
		if by == int(ir.SortValue) {
			first, second = second, first
		}
		order := cmp.Or(strings.Compare(key(first[0]), key(first[1])), strings.Compare(second[0], second[1]))
		if e.quirks.reversed {
			return -order
		}
		return order
	})
	return Value{List: all}
}
