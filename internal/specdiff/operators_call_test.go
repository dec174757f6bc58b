package specdiff

// Operators on operations and parameters.

import (
	"slices"
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/load"
)

// setOperation sets one key of operations that lack it, or have it, as asked.
func setOperation(name, key string, has bool, value func() *load.Node, rule string, v Verdicts) operator {
	return operator{name, func(s *site) []mutation {
		return s.of(s.operations(func(o called) bool { return o.node.Has(key) == has }), func(o called) mutation {
			m := mutation{apply: setAt(o.pointer, key, value), want: expected{rule, o.pointer, o.pointer + "/" + key, v}}
			if has {
				m.want.old = m.want.new
			}
			return m
		})
	}}
}

func dropOperation(name, key string, rule string, v Verdicts) operator {
	return operator{name, func(s *site) []mutation {
		return s.of(s.operations(func(o called) bool { return o.node.Has(key) && o.node.Member(key).Value != "false" }), func(o called) mutation {
			return mutation{apply: dropAt(o.pointer, key), want: expected{rule, o.pointer + "/" + key, o.pointer, v}}
		})
	}}
}

// signsThePath reports whether the scheme of an operation reads the path.
func (s *site) signsThePath(o called) bool {
	for _, alternative := range children(o.node.Member("security")) {
		for _, scheme := range alternative.Children {
			n := s.root.Member("components").Member("securitySchemes").Member(scheme.Key)
			return strings.Contains(string(n.JSON()), `{"source":"path"}`)
		}
	}
	return false
}

var operationOperators = []operator{
	setOperation("describe an operation in other words", "summary", true, func() *load.Node { return textNode("In other words.") }, "words-changed", Verdicts{Go: d0}),
	setOperation("find another line", "x-msdk-doc", true, func() *load.Node {
		return mappingNode("document", textNode("facts"), "line", numberNode("4711"))
	}, "words-changed", Verdicts{Go: d0}),
	{"name an operation in Go", func(s *site) []mutation {
		return s.of(s.operations(func(o called) bool { return !o.node.Has("x-go-name") }), func(o called) mutation {
			return mutation{
				apply: setAt(o.pointer, "x-go-name", func() *load.Node { return textNode("Else" + unique(o.pointer)) }),
				want:  expected{"go-name-changed", o.pointer, o.pointer + "/x-go-name", Verdicts{Go: b0}},
			}
		})
	}},
	setOperation("shorten the time limit", "x-msdk-timeout", true, func() *load.Node { return numberNode("3099") }, "timeout-shortened", Verdicts{Go: r0}),
	setOperation("extend the time limit", "x-msdk-timeout", true, func() *load.Node { return numberNode("3101") }, "timeout-extended", Verdicts{Go: c0}),
	setOperation("state a time limit", "x-msdk-timeout", false, func() *load.Node { return numberNode("3100") }, "timeout-shortened", Verdicts{Go: r0}),
	dropOperation("state no time limit", "x-msdk-timeout", "timeout-extended", Verdicts{Go: c0}),
	dropOperation("forbid to repeat", "x-msdk-repeatable", "repeatable-removed", Verdicts{Request: r0, Go: r0}),
	{"allow to repeat", func(s *site) []mutation {
		return s.of(s.operations(func(o called) bool { m := o.node.Member("x-msdk-repeatable"); return m != nil && m.Value == "false" }), func(o called) mutation {
			key := o.pointer + "/x-msdk-repeatable"
			return mutation{apply: setAt(o.pointer, "x-msdk-repeatable", yes), want: expected{"repeatable-added", key, key, Verdicts{Request: c0, Go: c0}}}
		})
	}},
	setOperation("deprecate an operation", "deprecated", false, yes, "deprecated", Verdicts{Request: c0, Response: c0, Go: r0}),
	setOperation("write what nothing reads", "x-vendor-note", false, yes, "unread-changed", Verdicts{Go: d0}),
	{"sign by another scheme", func(s *site) []mutation {
		return s.of(s.operations(func(o called) bool { return o.node.Has("security") }), func(o called) mutation {
			const schemes = "/components/securitySchemes"
			old := o.node.Member("security").Children[0].Children[0].Key
			other := "zz" + unique(o.pointer)
			return mutation{
				apply: func(root *load.Node) {
					put(find(root, schemes), other, clone(find(root, schemes).Member(old)))
					find(root, o.pointer+"/security/0").Children[0].Key = other
				},
				want: expected{"scheme-changed", o.pointer + "/security", o.pointer + "/security", Verdicts{Request: b0, Go: r0, Signing: b0}},
				more: []expected{{"scheme-added", schemes, schemes + "/" + other, Verdicts{Go: c0, Signing: c0}}},
			}
		})
	}},
	{"add a path", func(s *site) []mutation {
		return s.of(s.operations(func(o called) bool { return !o.node.Has("x-msdk-path-aliases") }), func(o called) mutation {
			return mutation{
				apply: func(root *load.Node) { addText(find(root, o.pointer), "x-msdk-path-aliases", "/zz"+o.path) },
				want:  expected{"alias-added", o.pointer, o.pointer + "/x-msdk-path-aliases/0", Verdicts{Request: c0, Go: c0}},
			}
		})
	}},
	{"take a path away", func(s *site) []mutation {
		return s.of(s.operations(func(o called) bool { return len(children(o.node.Member("x-msdk-path-aliases"))) == 1 }), func(o called) mutation {
			return mutation{
				apply: dropAt(o.pointer, "x-msdk-path-aliases"),
				want:  expected{"alias-removed", o.pointer + "/x-msdk-path-aliases/0", o.pointer, Verdicts{Request: r0, Go: c0}},
			}
		})
	}},
	{"rename a path", func(s *site) []mutation {
		return s.of(s.operations(anyOperation), func(o called) mutation {
			v := Verdicts{Request: b0, Go: c0}
			if s.signsThePath(o) {
				v.Signing = b0
			}
			path := upTo(o.pointer, "/")
			return mutation{
				zone:  path,
				apply: func(root *load.Node) { find(root, path).Key = o.path + "_renamed" },
				want:  expected{"operation-renamed", path, path + "_renamed", v},
			}
		})
	}},
	{"rename an operation", func(s *site) []mutation {
		return s.of(s.operations(func(o called) bool { return !o.node.Has("x-go-name") }), func(o called) mutation {
			return mutation{
				apply: setAt(o.pointer, "operationId", func() *load.Node { return textNode(o.id + "_renamed") }),
				want:  expected{"go-name-changed", o.pointer + "/operationId", o.pointer + "/operationId", Verdicts{Go: b0}},
			}
		})
	}},
	{"remove an operation", func(s *site) []mutation {
		if len(s.operations(anyOperation)) < 2 {
			return nil
		}
		return alone(s.of(s.operations(func(o called) bool { return s.ownsNothing(o) }), func(o called) mutation {
			return mutation{
				apply: dropAt("/paths", o.path),
				want:  expected{"operation-removed", o.pointer, "/paths", Verdicts{Request: b0, Go: b0}},
			}
		}))
	}},
	{"add an operation", func(s *site) []mutation {
		return s.of(s.operations(anyOperation), func(o called) mutation {
			return mutation{
				zone: "/paths/~1zz" + strings.ReplaceAll(o.path, "/", "~1"),
				apply: func(root *load.Node) {
					added := clone(find(root, upTo(o.pointer, "/")))
					for _, op := range added.Children {
						put(op, "operationId", textNode("zz_"+o.id))
						drop(op, "x-msdk-path-aliases")
						drop(op, "x-go-name")
					}
					put(find(root, "/paths"), "/zz"+o.path, added)
				},
				want: expected{"operation-added", "/paths", "/paths/~1zz" + strings.ReplaceAll(o.path, "/", "~1") + o.pointer[strings.LastIndex(o.pointer, "/"):], Verdicts{Request: c0, Go: c0}},
			}
		})
	}},
	{"document a status", func(s *site) []mutation {
		return s.of(s.operations(anyOperation), func(o called) mutation {
			return mutation{
				apply: setAt(o.pointer+"/responses", "500", func() *load.Node { return mappingNode("description", textNode("A fault.")) }),
				want:  expected{"status-added", o.pointer + "/responses", o.pointer + "/responses/500", Verdicts{Response: r0, Go: c0}},
			}
		})
	}},
	{"let the body be left out", func(s *site) []mutation {
		return s.of(s.operations(func(o called) bool {
			m := o.node.Member("requestBody").Member("required")
			return m != nil && m.Value == "true"
		}), func(o called) mutation {
			return mutation{
				apply: dropAt(o.pointer+"/requestBody", "required"),
				want:  expected{"body-optional", o.pointer + "/requestBody/required", o.pointer + "/requestBody", Verdicts{Request: c0, Go: c0}},
			}
		})
	}},
	{"rewire a variant", func(s *site) []mutation {
		return s.variants(func(o called, n *load.Node) mutation {
			others := map[string]string{"1": "6", "2": "7"}
			return mutation{
				apply: func(root *load.Node) {
					put(find(root, n.Pointer), "value", textNode(others[n.Member("value").Value]))
				},
				want: expected{"operation-rewired", n.Pointer + "/value", n.Pointer + "/value", Verdicts{Request: b0, Go: c0}},
			}
		})
	}},
	{"rename a variant", func(s *site) []mutation {
		return s.variants(func(o called, n *load.Node) mutation {
			return mutation{
				apply: func(root *load.Node) {
					every(find(root, o.pointer), nil, func(r, _ *load.Node) {
						if (r.Key == "title" || r.Key == "x-msdk-variant") && r.Value == n.Key {
							r.Value += "Renamed"
						}
					})
					find(root, n.Pointer).Key += "Renamed"
				},
				want: expected{"go-name-changed", n.Pointer, n.Pointer + "Renamed", Verdicts{Go: b0}},
			}
		})
	}},
}

// ownsNothing reports whether removing an operation leaves every shared type where it is: in requests or in responses of others.
func (s *site) ownsNothing(o called) bool {
	for _, ops := range s.usage.ops {
		if ops[o.id] && len(ops) == 1 {
			return false
		}
	}
	return true
}

func (s *site) variants(make func(o called, n *load.Node) mutation) []mutation {
	var all []mutation
	for _, o := range s.operations(anyOperation) {
		for _, n := range children(o.node.Member("x-msdk-variants").Member("cases")) {
			m := make(o, n)
			m.zone = o.pointer
			all = append(all, m)
		}
	}
	return all
}

// ownParameters are the lists of operations.
func (s *site) ownParameters(make func(o called, list *load.Node) mutation) []mutation {
	return s.of(s.operations(func(o called) bool { return o.node.Has("parameters") }), func(o called) mutation {
		return make(o, o.node.Member("parameters"))
	})
}

// signsAll reports whether a scheme signs whatever parameters there are.
func (s *site) signsAll(o called) Level {
	for _, alternative := range children(o.node.Member("security")) {
		for _, scheme := range alternative.Children {
			text := string(s.root.Member("components").Member("securitySchemes").Member(scheme.Key).JSON())
			if strings.Contains(text, `"parameters":{"from":["query"]}`) || strings.Contains(text, `"query":{"except"`) {
				return c0
			}
		}
	}
	return n0
}

func addParameter(name, rule string, required bool, value func() *load.Node, request, golang Level) operator {
	return operator{name, func(s *site) []mutation {
		return s.ownParameters(func(o called, list *load.Node) mutation {
			return mutation{
				apply: func(root *load.Node) {
					p := mappingNode("name", textNode("zz_new"), "in", textNode("query"), "description", textNode("Something of its own: 4711."), "schema", mappingNode("type", textNode("integer")))
					if required {
						put(p, "required", boolNode(true))
					}
					if value != nil {
						put(p, "x-msdk-value", value())
					}
					target := find(root, list.Pointer)
					target.Children = append(target.Children, p)
				},
				want: expected{rule, list.Pointer, list.Pointer + "/" + strconv.Itoa(len(list.Children)), Verdicts{Request: request, Go: golang, Signing: s.signsAll(o)}},
			}
		})
	}}
}

// options are the shared parameters that an option fills.
func (s *site) options(make func(n *load.Node, v Verdicts) mutation) []mutation {
	var all []mutation
	for _, n := range children(s.root.Member("components").Member("parameters")) {
		if source := n.Member("x-msdk-value"); source == nil || source.Value != "option" || s.usage.met[n.Pointer] == 0 {
			continue
		}
		signing := n0
		for _, o := range s.operations(func(o called) bool { return s.usage.ops[n.Pointer][o.id] }) {
			signing = max(signing, s.signsAll(o))
		}
		m := make(n, Verdicts{Signing: signing})
		m.zone = n.Pointer
		all = append(all, m)
	}
	return all
}

// unechoed leaves out parameters that a response repeats: those stay in the query.
func (s *site) unechoed(all []mutation) []mutation {
	echoed := map[string]bool{}
	every(s.root, nil, func(n, _ *load.Node) {
		if n.Key == "x-msdk-echo" {
			echoed[n.Value] = true
		}
	})
	return slices.DeleteFunc(all, func(m mutation) bool { return echoed[s.doc.spec.At(m.zone).Member("name").Value] })
}

var parameterOperators = []operator{
	addParameter("add a parameter", "parameter-added", false, nil, c0, c0),
	addParameter("add a required parameter", "parameter-added-required", true, nil, b0, b0),
	addParameter("add a parameter that the client fills", "parameter-added-filled", true, func() *load.Node { return textNode("nonce") }, b0, c0),
	{"move a parameter to a header", func(s *site) []mutation {
		return s.unechoed(s.options(func(n *load.Node, v Verdicts) mutation {
			v.Request, v.Go = b0, c0
			return mutation{
				apply: setAt(n.Pointer, "in", func() *load.Node { return textNode("header") }),
				want:  expected{"parameter-moved", n.Pointer + "/in", n.Pointer + "/in", v},
			}
		}))
	}},
	{"rename a parameter", func(s *site) []mutation {
		return s.options(func(n *load.Node, v Verdicts) mutation {
			v.Request, v.Go = b0, b0
			return mutation{
				apply: func(root *load.Node) {
					name := n.Member("name").Value
					put(find(root, n.Pointer), "name", textNode(name+"_renamed"))
					every(root, nil, func(r, holder *load.Node) {
						if r.Key == "x-msdk-echo" && r.Value == name {
							r.Value += "_renamed"
						}
					})
				},
				want: expected{"parameter-renamed", n.Pointer + "/name", n.Pointer + "/name", v},
			}
		})
	}},
	{"require a parameter", func(s *site) []mutation {
		return s.options(func(n *load.Node, v Verdicts) mutation {
			if n.Has("required") {
				return mutation{
					apply: dropAt(n.Pointer, "required"),
					want:  expected{"became-optional", n.Pointer, n.Pointer, Verdicts{Request: c0, Go: c0}},
				}
			}
			return mutation{
				apply: setAt(n.Pointer, "required", yes),
				want:  expected{"became-required", n.Pointer, n.Pointer, Verdicts{Request: b0, Go: c0}},
			}
		})
	}},
	{"describe a parameter in other words", func(s *site) []mutation {
		return s.options(func(n *load.Node, _ Verdicts) mutation {
			return mutation{
				apply: setAt(n.Pointer, "description", func() *load.Node { return textNode("In other words.") }),
				want:  expected{"words-changed", n.Pointer + "/description", n.Pointer + "/description", Verdicts{Go: d0}},
			}
		})
	}},
}
