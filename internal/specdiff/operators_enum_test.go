package specdiff

// Operators on enumerations.

import (
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/load"
)

// enums lists enumerations of two values and more.
func (s *site) enums(open bool, make func(n *load.Node) mutation) []mutation {
	var all []mutation
	every(s.root, nil, func(n, _ *load.Node) {
		isOpen := n.Has("x-msdk-enum") && !n.Has("enum")
		values := len(children(n.Member("enum")))
		if s.usage.where(n.Pointer) == 0 || n.Has("x-msdk-flags") || strings.Contains(n.Pointer, "/parameters/") || isOpen != open || !open && values < 2 || open && len(children(n.Member("x-msdk-enum"))) < 2 {
			return
		}
		m := make(n)
		m.zone = n.Pointer
		if i := strings.LastIndex(n.Pointer, "/properties/"); i >= 0 {
			m.zone = n.Pointer[:i]
		}
		all = append(all, m)
	})
	return all
}

// another is a value that no enumeration of the documents has.
func another(n *load.Node) *load.Node {
	if n.Kind == load.Number {
		return numberNode("4711")
	}
	return textNode("zz_another")
}

var enumOperators = []operator{
	{"add a value to an open enumeration", func(s *site) []mutation {
		return s.enums(true, func(n *load.Node) mutation {
			entries := n.Member("x-msdk-enum")
			added := another(entries.Children[0].Member("value"))
			return mutation{
				apply: func(root *load.Node) {
					list := find(root, entries.Pointer)
					list.Children = append(list.Children, mappingNode("value", added, "name", textNode("Another4711")))
				},
				want: expected{"open-enum-value-added", entries.Pointer, entries.Pointer + "/" + strconv.Itoa(len(entries.Children)), s.verdicts(n.Pointer, c0, c0, c0, c0)},
			}
		})
	}},
	{"remove a value from an open enumeration", func(s *site) []mutation {
		return s.enums(true, func(n *load.Node) mutation {
			entries := n.Member("x-msdk-enum")
			last := len(entries.Children) - 1
			return mutation{
				apply: func(root *load.Node) {
					list := find(root, entries.Pointer)
					list.Children = list.Children[:last]
				},
				want: expected{"open-enum-value-removed", entries.Children[last].Pointer, entries.Pointer, s.verdicts(n.Pointer, r0, c0, b0, b0)},
			}
		})
	}},
	{"add a value to a closed enumeration", func(s *site) []mutation {
		return s.enums(false, func(n *load.Node) mutation {
			enum := n.Member("enum")
			return mutation{
				apply: func(root *load.Node) {
					target := find(root, n.Pointer)
					list := target.Member("enum")
					list.Children = append(list.Children, another(enum.Children[0]))
					if names := target.Member("x-msdk-enum"); names != nil {
						names.Children = append(names.Children, mappingNode("name", textNode("Another4711")))
					}
				},
				want: expected{"enum-value-added", enum.Pointer, enum.Pointer + "/" + strconv.Itoa(len(enum.Children)), s.verdicts(n.Pointer, c0, r0, c0, c0)},
			}
		})
	}},
	{"rename a constant", func(s *site) []mutation {
		var all []mutation
		for _, open := range []bool{true, false} {
			all = append(all, s.enums(open, func(n *load.Node) mutation {
				name := children(n.Member("x-msdk-enum"))
				if len(name) == 0 || name[0].Member("name") == nil {
					return mutation{}
				}
				pointer := name[0].Pointer
				return mutation{
					apply: setAt(pointer, "name", func() *load.Node { return textNode("Another4711") }),
					want:  expected{"go-name-changed", pointer + "/name", pointer + "/name", s.verdicts(n.Pointer, n0, n0, b0, b0)},
				}
			})...)
		}
		var named []mutation
		for _, m := range all {
			if m.apply != nil {
				named = append(named, m)
			}
		}
		return named
	}},
	{"describe a value in other words", func(s *site) []mutation {
		return s.enums(true, func(n *load.Node) mutation {
			pointer := n.Member("x-msdk-enum").Children[0].Pointer
			return mutation{
				apply: setAt(pointer, "description", func() *load.Node { return textNode("In other words.") }),
				want:  expected{"words-changed", "-", pointer + "/description", Verdicts{Go: d0}},
			}
		})
	}},
}
