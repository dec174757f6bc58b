// Package narrow leaves out of the model what msdkgen.yaml does not ask for: the stage between naming and emit, where a package has include
// or exclude.
//
// It is a stage of its own, and stands behind naming, for one reason: names are decided for the whole document. So whatever is left has the
// name that it has in the full package, and a subset can grow without a rename.
package narrow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// Apply narrows api to what include names, all of it where it is nil, without what exclude names. tags, operations and paths choose among
// operations, one of them is enough; channels choose among the variants of those operations, and say nothing about an operation without
// variants. What only left-out operations used goes too: types, options, schemes, servers, results with their codes, documents.
//
// A name that stands for nothing, and a choice that leaves nothing, are errors at their line; a name in exclude that include has left out
// already is a warning. api must have its Go names. With an error it must not be emitted from.
func Apply(api *ir.API, include, exclude *load.Selection, list *diag.List) {
	if include == nil && exclude == nil {
		return
	}
	n := &narrowing{api: api, list: list, before: len(*list)}
	left := n.left(include, exclude)
	if len(left) == 0 {
		n.empty(include, exclude)
		return
	}
	cited := citations(api)
	n.keepCalls(left)
	n.keepUsed()
	still := citations(api)
	api.Documents = slices.DeleteFunc(api.Documents, func(d *ir.Document) bool { return cited[d.Name] && !still[d.Name] })
}

// narrowing is one run of Apply.
type narrowing struct {
	api    *ir.API
	list   *diag.List
	before int // complaints before this run
}

// left are the calls that are included and not excluded.
func (n *narrowing) left(include, exclude *load.Selection) map[*ir.Call]bool {
	in, out := n.chosen(include), n.chosen(exclude)
	left := map[*ir.Call]bool{}
	for _, op := range n.api.Operations {
		for _, c := range op.Calls {
			if in.admits(c) {
				left[c] = true
			}
		}
	}
	out.warnIdle(left, n.list)
	for c := range left {
		if out.names(c) {
			delete(left, c)
		}
	}
	return left
}

// choice is one name of a selection with the calls that it stands for.
type choice struct {
	load.Choice
	calls map[*ir.Call]bool
}

// choices is a selection, looked up in the document. nil stands for a selection that is not there.
type choices struct {
	operations []choice // from tags, operations and paths
	channels   []choice
}

// admits reports whether an include names c.
func (s *choices) admits(c *ir.Call) bool {
	if s == nil {
		return true
	}
	holds := func(all []choice) bool {
		return slices.ContainsFunc(all, func(one choice) bool { return one.calls[c] })
	}
	return (len(s.operations) == 0 || holds(s.operations)) && (len(s.channels) == 0 || c.Variant == "" || holds(s.channels))
}

// names reports whether an exclude names c.
func (s *choices) names(c *ir.Call) bool {
	if s == nil {
		return false
	}
	return slices.ContainsFunc(s.all(), func(one choice) bool { return one.calls[c] })
}

func (s *choices) all() []choice { return slices.Concat(s.operations, s.channels) }

// warnIdle reports names of an exclude that take nothing away from what is left.
func (s *choices) warnIdle(left map[*ir.Call]bool, list *diag.List) {
	if s == nil {
		return
	}
	for _, one := range s.all() {
		if len(one.calls) == 0 {
			continue // complained about already
		}
		idle := true
		for c := range one.calls {
			idle = idle && !left[c]
		}
		if idle {
			list.Warnf(one.Pos, diag.CodeConfig, "%q excludes nothing that is included", one.Text).Suggest("leave it out")
		}
	}
}

// kind is one key of a selection: what its names mean, and which there are.
type kind struct {
	key, what string
	matches   func(name string, c *ir.Call) bool
	known     func(c *ir.Call) string
}

// kinds are the keys of a selection in their order.
var kinds = []kind{
	{"tags", "tag", func(name string, c *ir.Call) bool { return c.Operation.Tag.Name.Spec == name }, func(c *ir.Call) string { return c.Operation.Tag.Name.Spec }},
	{"operations", "operation", func(name string, c *ir.Call) bool { return c.Operation.Name.Spec == name }, func(c *ir.Call) string { return c.Operation.Name.Spec }},
	{"paths", "path", matchesPath, func(c *ir.Call) string { return c.Operation.Path }},
	{"channels", "channel", func(name string, c *ir.Call) bool { return c.Variant == name }, func(c *ir.Call) string { return c.Variant }},
}

// matchesPath takes the path itself, one of its aliases, and a path above that ends in /*.
func matchesPath(name string, c *ir.Call) bool {
	above, below := strings.CutSuffix(name, "*")
	below = below && strings.HasSuffix(above, "/")
	for _, path := range append([]string{c.Operation.Path}, c.Operation.Aliases...) {
		if path == name || below && strings.HasPrefix(path, above) && path != above {
			return true
		}
	}
	return false
}

// chosen looks the names of a selection up; those that stand for nothing are reported.
func (n *narrowing) chosen(s *load.Selection) *choices {
	if s == nil {
		return nil
	}
	found := new(choices)
	for i, named := range [][]load.Choice{s.Tags, s.Operations, s.Paths, s.Channels} {
		for _, name := range named {
			one := choice{name, n.calls(kinds[i], name.Text)}
			if len(one.calls) == 0 {
				n.unknown(kinds[i], name)
			}
			if kinds[i].key == "channels" {
				found.channels = append(found.channels, one)
			} else {
				found.operations = append(found.operations, one)
			}
		}
	}
	return found
}

func (n *narrowing) calls(k kind, name string) map[*ir.Call]bool {
	calls := map[*ir.Call]bool{}
	for _, op := range n.api.Operations {
		for _, c := range op.Calls {
			if k.matches(name, c) {
				calls[c] = true
			}
		}
	}
	return calls
}

// mostListed is how many names a suggestion lists when none of them is near.
const mostListed = 12

// unknown reports a name that stands for nothing. It may be misspelt, of another kind, or the Go name of what was meant.
func (n *narrowing) unknown(k kind, name load.Choice) {
	d := n.list.Errorf(name.Pos, diag.CodeUnknownName, "there is no %s %q in %s", k.what, name.Text, n.api.File)
	known := n.known(k)
	near, isNear := diag.Nearest(name.Text, known)
	for _, op := range n.api.Operations {
		if k.key == "operations" && op.Name.Go == name.Text {
			near, isNear = op.Name.Spec, true // the configuration speaks the document's language, not Go's
		}
	}
	for _, other := range kinds {
		if other.key != k.key && len(n.calls(other, name.Text)) > 0 {
			d.Suggest("it is among the %s; name it under that key", other.key)
			return
		}
	}
	switch {
	case isNear:
		d.Suggest("did you mean %q?", near)
	case len(known) == 0:
		d.Suggest("the document has no %s at all", k.key)
	case len(known) <= mostListed:
		d.Suggest("the %s are %s", k.key, strings.Join(known, ", "))
	default:
		all := fmt.Sprintf("\"msdkgen dump --list %s %s\" lists all %d", k.key, n.api.Pos.File, len(known))
		if few := diag.Few(name.Text, known); len(few) > 0 {
			all = fmt.Sprintf("did you mean %s? ", strings.Join(few, " or ")) + all
		}
		d.Suggest("%s", all)
	}
}

// Names lists what a key of a selection (tags, operations, paths, channels) can name in a document; nil for any other key.
func Names(api *ir.API, key string) []string {
	for _, k := range kinds {
		if k.key == key {
			return (&narrowing{api: api}).known(k)
		}
	}
	return nil
}

// known lists the names of one kind, in document order, each once.
func (n *narrowing) known(k kind) []string {
	var names []string
	for _, op := range n.api.Operations {
		for _, c := range op.Calls {
			if name := k.known(c); name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// empty reports that nothing is left, unless a name that stands for nothing is to blame.
func (n *narrowing) empty(include, exclude *load.Selection) {
	if (*n.list)[n.before:].HasErrors() {
		return
	}
	at, also := include, exclude
	if at == nil {
		at, also = exclude, nil
	}
	d := n.list.Errorf(at.Pos, diag.CodeConfig, "nothing is left of %s: no operation is included and not excluded", n.api.File)
	if also != nil {
		d.See(also.Pos, "excluded here")
	}
}
