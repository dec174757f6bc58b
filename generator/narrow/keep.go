package narrow

// What goes with the operations that are left out: whatever only they used. Apart from narrow.go because it follows from the model alone,
// and asks the configuration nothing. Order is kept everywhere.

import (
	"slices"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// keepCalls drops all other calls, operations without calls, and tags without operations.
func (n *narrowing) keepCalls(left map[*ir.Call]bool) {
	kept := func(operations []*ir.Operation) []*ir.Operation {
		return slices.DeleteFunc(slices.Clone(operations), func(op *ir.Operation) bool { return len(op.Calls) == 0 })
	}
	for _, op := range n.api.Operations {
		op.Calls = slices.DeleteFunc(slices.Clone(op.Calls), func(c *ir.Call) bool { return !left[c] })
	}
	n.api.Operations = kept(n.api.Operations)
	for _, tag := range n.api.Tags {
		tag.Operations = kept(tag.Operations)
	}
	n.api.Tags = slices.DeleteFunc(n.api.Tags, func(t *ir.Tag) bool { return len(t.Operations) == 0 })
}

// keepUsed drops what nothing uses any more.
func (n *narrowing) keepUsed() {
	types := map[*ir.Type]bool{}
	results := map[*ir.Result]bool{}
	schemes := map[*ir.Scheme]bool{}
	options := map[string]bool{}
	for _, op := range n.api.Operations {
		results[op.Result], schemes[op.Scheme] = true, true
		for _, p := range op.Parameters {
			reach(p.Type, types)
			if p.Fill != nil && p.Fill.Kind == ir.FillOption {
				options[p.Name.Spec] = true
			}
		}
		for _, c := range op.Calls {
			reach(c.Request, types)
			if c.Body != nil {
				reach(c.Body.Type, types)
			}
			for _, r := range c.Responses {
				reach(r.Type, types)
			}
		}
	}
	for t := range types {
		results[t.ItemResult] = true
	}
	for _, r := range n.api.Results {
		if results[r] {
			results[r.Like] = true // its codes and its failures are used under the other's name
		}
	}
	n.api.Types = slices.DeleteFunc(n.api.Types, func(t *ir.Type) bool { return !types[t] })
	n.api.Results = slices.DeleteFunc(n.api.Results, func(r *ir.Result) bool { return !results[r] })
	n.api.Options = slices.DeleteFunc(n.api.Options, func(p *ir.Parameter) bool { return !options[p.Name.Spec] })
	n.keepSchemes(schemes)
}

// keepSchemes drops schemes, and servers that serve no other schemes.
func (n *narrowing) keepSchemes(used map[*ir.Scheme]bool) {
	unused := func(s *ir.Scheme) bool { return !used[s] }
	n.api.Schemes = slices.DeleteFunc(n.api.Schemes, unused)
	n.api.Servers = slices.DeleteFunc(n.api.Servers, func(s *ir.Server) bool {
		limited := len(s.Schemes) > 0 // a server without a list serves all
		s.Schemes = slices.DeleteFunc(s.Schemes, unused)
		return limited && len(s.Schemes) == 0
	})
}

// reach marks every type below t.
func reach(t *ir.Type, seen map[*ir.Type]bool) {
	if t == nil || seen[t] {
		return
	}
	seen[t] = true
	reach(t.Elem, seen)
	for _, f := range t.Fields {
		reach(f.Type, seen)
	}
	if t.Union != nil {
		for _, m := range t.Union.Members {
			reach(m, seen)
		}
	}
}

// citations are the names of the documents that some fact of api comes from.
func citations(api *ir.API) map[string]bool {
	cited := map[string]bool{}
	cite := func(s *ir.Source) {
		if s != nil {
			cited[s.Document] = true
		}
	}
	for _, op := range api.Operations {
		cite(op.Doc.Source)
		for _, p := range op.Parameters {
			cite(p.Doc.Source)
		}
		for _, c := range op.Calls {
			cite(c.Doc.Source)
			for _, e := range c.Examples {
				cite(e.Source)
			}
		}
	}
	for _, t := range api.Types {
		cite(t.Doc.Source)
		for _, f := range t.Fields {
			cite(f.Doc.Source)
		}
		for _, v := range t.Values {
			cite(v.Doc.Source)
		}
	}
	for _, r := range api.Results {
		for _, e := range r.Errors {
			cite(e.Doc.Source)
		}
	}
	for _, s := range api.Schemes {
		cite(s.Doc.Source)
		for _, c := range s.Credentials {
			cite(c.Doc.Source)
		}
	}
	return cited
}
