package specdiff

// Operators on examples.

import "github.com/msdkgen/msdkgen/generator/load"

// messages lists examples that have a name.
func (s *site) messages(make func(o called, n *load.Node) mutation) []mutation {
	var all []mutation
	for _, o := range s.operations(anyOperation) {
		every(o.node, nil, func(n, holder *load.Node) {
			if holder != nil && holder.Key == "examples" && holder.Kind == load.Mapping && n.Has("value") {
				m := make(o, n)
				m.zone = o.pointer
				all = append(all, m)
			}
		})
	}
	return all
}

var exampleOperators = []operator{
	{"change an example", func(s *site) []mutation {
		return s.messages(func(_ called, n *load.Node) mutation {
			return mutation{
				apply: func(root *load.Node) { put(find(root, n.Pointer+"/value"), "zz_more", textNode("x")) },
				want:  expected{"example-changed", n.Pointer + "/value", n.Pointer + "/value", Verdicts{Tests: r0}},
			}
		})
	}},
	{"remove an example", func(s *site) []mutation {
		return s.messages(func(_ called, n *load.Node) mutation {
			return mutation{
				apply: dropAt(upTo(n.Pointer, "/"), n.Key),
				want:  expected{"example-removed", n.Pointer, upTo(n.Pointer, "/"), Verdicts{Tests: r0}},
			}
		})
	}},
	{"add an example", func(s *site) []mutation {
		return s.messages(func(_ called, n *load.Node) mutation {
			return mutation{
				apply: func(root *load.Node) {
					added := clone(find(root, n.Pointer))
					put(added.Member("value"), "zz_more", textNode("x"))
					put(find(root, upTo(n.Pointer, "/")), "zz-added", added)
				},
				want: expected{"example-added", upTo(n.Pointer, "/"), upTo(n.Pointer, "/") + "/zz-added", Verdicts{Tests: c0}},
			}
		})
	}},
	{"rename an example", func(s *site) []mutation {
		return s.messages(func(_ called, n *load.Node) mutation {
			return mutation{
				apply: func(root *load.Node) { find(root, n.Pointer).Key = "zz-renamed" },
				want:  expected{"example-renamed", n.Pointer, upTo(n.Pointer, "/") + "/zz-renamed", Verdicts{Tests: c0}},
			}
		})
	}},
	{"say something else about an example", func(s *site) []mutation {
		return s.messages(func(_ called, n *load.Node) mutation {
			return mutation{
				apply: setAt(n.Pointer, "summary", func() *load.Node { return textNode("In other words.") }),
				want:  expected{"example-words-changed", "-", n.Pointer + "/summary", Verdicts{Tests: d0}},
			}
		})
	}},
}
