package specdiff

// Operators on results, servers and the rest of a document's head.

import (
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/load"
)

// codes makes mutations of the rows of the vendor's tables.
func (s *site) codes(make func(result, row *load.Node) mutation) []mutation {
	var all []mutation
	for _, r := range children(s.root.Member("x-msdk-results")) {
		for _, row := range children(r.Member("errors")) {
			if strings.Contains(string(r.Member("failures").JSON())+string(r.Member("wrapped").JSON())+string(r.Member("empty").JSON()), row.Member("code").Value) {
				continue
			}
			m := make(r, row)
			m.zone = row.Pointer
			if m.want.old == r.Pointer+"/errors" || m.want.new == r.Pointer+"/errors" {
				m.zone = r.Pointer // the others move up
			}
			all = append(all, m)
		}
	}
	return all
}

var resultOperators = []operator{
	{"add a result code", func(s *site) []mutation {
		return s.codes(func(r, _ *load.Node) mutation {
			list := r.Member("errors")
			return mutation{
				apply: func(root *load.Node) {
					target := find(root, list.Pointer)
					target.Children = append(target.Children, mappingNode("code", numberNode("4711"), "name", textNode("Another4711"), "text", textNode("Another one.")))
				},
				want: expected{"error-code-added", list.Pointer, list.Pointer + "/" + strconv.Itoa(len(list.Children)), Verdicts{Response: c0, Go: c0, Tests: c0}},
			}
		})
	}},
	{"remove a result code", func(s *site) []mutation {
		return s.codes(func(r, row *load.Node) mutation {
			return mutation{
				apply: func(root *load.Node) {
					list := find(root, r.Pointer+"/errors")
					for i, item := range list.Children {
						if item.Member("code").Value == row.Member("code").Value {
							list.Children = append(list.Children[:i:i], list.Children[i+1:]...)
							break
						}
					}
				},
				want: expected{"error-code-removed", row.Pointer, r.Pointer + "/errors", Verdicts{Response: c0, Go: b0, Tests: b0}},
			}
		})
	}},
	rowOperator("change a result code", "code", func(row *load.Node) *load.Node {
		return numberNode("9" + strings.TrimPrefix(row.Member("code").Value, "-"))
	}, "error-code-changed", Verdicts{Response: b0, Go: r0, Tests: b0}),
	rowOperator("rename a result code", "name", func(row *load.Node) *load.Node { return textNode("Else" + unique(row.Pointer)) }, "error-code-renamed", Verdicts{Go: b0, Tests: c0}),
	rowOperator("explain a result code in other words", "text", func(*load.Node) *load.Node { return textNode("In other words.") }, "words-changed", Verdicts{Go: d0}),
	{"retry after a result code", func(s *site) []mutation {
		return s.codes(func(r, row *load.Node) mutation {
			if row.Has("retry") {
				return mutation{apply: dropAt(row.Pointer, "retry"), want: expected{"error-retry-changed", row.Pointer + "/retry", row.Pointer, Verdicts{Response: c0, Go: r0, Tests: r0}}}
			}
			return mutation{apply: setAt(row.Pointer, "retry", yes), want: expected{"error-retry-changed", row.Pointer, row.Pointer + "/retry", Verdicts{Response: c0, Go: r0, Tests: r0}}}
		})
	}},
	resultOperator("change what is a success", "success", func(n *load.Node) *load.Node { return listNode(numberNode("0"), numberNode("4711")) }, "success-codes-changed", Verdicts{Response: b0, Go: r0, Tests: b0}),
	resultOperator("change what is empty", "empty", func(n *load.Node) *load.Node { return listNode(numberNode("4712")) }, "empty-codes-changed", Verdicts{Response: b0, Go: r0, Tests: b0}),
	{"refuse with another code", func(s *site) []mutation {
		var all []mutation
		for _, r := range children(s.root.Member("x-msdk-results")) {
			for _, failure := range children(r.Member("failures")) {
				all = append(all, mutation{
					zone:  failure.Pointer,
					apply: setAt(r.Pointer+"/failures", failure.Key, func() *load.Node { return numberNode("4711") }),
					want:  expected{"failure-code-changed", failure.Pointer, failure.Pointer, Verdicts{Go: c0, Tests: r0}},
				})
			}
		}
		return all
	}},
}

func rowOperator(name, key string, value func(row *load.Node) *load.Node, rule string, v Verdicts) operator {
	return operator{name, func(s *site) []mutation {
		return s.codes(func(_, row *load.Node) mutation {
			return mutation{apply: setAt(row.Pointer, key, func() *load.Node { return value(row) }), want: expected{rule, row.Pointer + "/" + key, row.Pointer + "/" + key, v}}
		})
	}}
}

func resultOperator(name, key string, value func(*load.Node) *load.Node, rule string, v Verdicts) operator {
	return operator{name, func(s *site) []mutation {
		var all []mutation
		for _, r := range children(s.root.Member("x-msdk-results")) {
			if r.Has(key) {
				all = append(all, mutation{
					zone:  r.Pointer,
					apply: func(root *load.Node) { put(find(root, r.Pointer), key, value(r)) },
					want:  expected{rule, r.Pointer + "/" + key, r.Pointer + "/" + key, v},
				})
			}
		}
		return all
	}}
}

// serverOperator makes mutations of servers.
func serverOperator(name string, make func(s *site, i int, n *load.Node) mutation) operator {
	return operator{name, func(s *site) []mutation {
		var all []mutation
		for i, n := range children(s.root.Member("servers")) {
			m := make(s, i, n)
			m.zone = n.Pointer
			if m.want.old == "/servers" || m.want.new == "/servers" {
				m.zone = "/servers" // the others move up
			}
			all = append(all, m)
		}
		return all
	}}
}

var headOperators = []operator{
	serverOperator("remove a server", func(_ *site, i int, n *load.Node) mutation {
		return mutation{
			apply: func(root *load.Node) {
				list := find(root, "/servers")
				list.Children = append(list.Children[:i:i], list.Children[i+1:]...)
			},
			want: expected{"server-removed", n.Pointer, "/servers", Verdicts{Request: r0, Go: b0}},
		}
	}),
	serverOperator("add a server", func(s *site, _ int, _ *load.Node) mutation {
		last := strconv.Itoa(len(s.root.Member("servers").Children))
		return mutation{
			apply: func(root *load.Node) {
				list := find(root, "/servers")
				list.Children = append(list.Children, mappingNode("url", textNode("https://zz.example.com"), "x-msdk-name", textNode("Another")))
			},
			want: expected{"server-added", "/servers", "/servers/" + last, Verdicts{Request: c0, Go: c0}},
		}
	}),
	serverOperator("move a server", func(_ *site, _ int, n *load.Node) mutation {
		return mutation{
			apply: setAt(n.Pointer, "url", func() *load.Node { return textNode("https://" + unique(n.Pointer) + ".example.com") }),
			want:  expected{"server-moved", n.Pointer + "/url", n.Pointer + "/url", Verdicts{Request: r0, Go: c0}},
		}
	}),
	serverOperator("rename a server", func(_ *site, _ int, n *load.Node) mutation {
		return mutation{
			apply: setAt(n.Pointer, "x-msdk-name", func() *load.Node { return textNode("Another" + unique(n.Pointer)) }),
			want:  expected{"server-renamed", n.Pointer + "/x-msdk-name", n.Pointer + "/x-msdk-name", Verdicts{Go: b0}},
		}
	}),
	serverOperator("serve everything", func(_ *site, _ int, n *load.Node) mutation {
		return mutation{
			apply: dropAt(n.Pointer, "x-msdk-schemes"),
			want:  expected{"server-schemes-changed", n.Pointer + "/x-msdk-schemes", n.Pointer, Verdicts{Request: r0, Go: r0, Signing: r0}},
		}
	}),
	{"say something else about the document", func(s *site) []mutation {
		return []mutation{
			{zone: "/info", apply: setAt("/info", "version", func() *load.Node { return textNode("9.9.9") }), want: expected{"words-changed", "/info/version", "/info/version", Verdicts{Go: d0}}},
			{zone: "/info", apply: setAt("/info", "description", func() *load.Node { return textNode("In other words.") }), want: expected{"words-changed", "/info/description", "/info/description", Verdicts{Go: d0}}},
			{zone: "/tags", apply: setAt("/tags/0", "description", func() *load.Node { return textNode("In other words.") }), want: expected{"words-changed", "/tags/0/description", "/tags/0/description", Verdicts{Go: d0}}},
		}
	}},
	{"spell a word in another way", func(s *site) []mutation {
		var all []mutation
		for _, w := range children(s.root.Member("x-msdk-names")) {
			if goSpelling(s.doc, w.Key) != w.Value {
				continue
			}
			all = append(all, mutation{
				zone:  everything,
				apply: func(root *load.Node) { find(root, w.Pointer).Value += "Too" },
				want:  expected{"go-word-changed", w.Pointer, w.Pointer, Verdicts{Go: b0}},
			})
		}
		return all
	}},
	{"add a schema that nothing uses", func(s *site) []mutation {
		return []mutation{{
			zone:  "/components/schemas/ZZ",
			apply: setAt("/components/schemas", "ZZ", newProperty),
			want:  expected{"unused-changed", "/components/schemas", "/components/schemas/ZZ", Verdicts{Go: d0}},
		}}
	}},
}
