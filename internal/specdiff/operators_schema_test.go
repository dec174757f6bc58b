package specdiff

// Operators on schemas: fields, whether they have to be there, limits.

import (
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/load"
)

func newProperty() *load.Node {
	return mappingNode("type", textNode("string"), "description", textNode("Something that no other field is about: 4711."))
}

// structures lists schemas with properties, by one property each.
func (s *site) structures() []property {
	var all []property
	seen := map[string]bool{}
	for _, p := range s.properties(anyProperty) {
		if !seen[p.schema] {
			seen[p.schema] = true
			all = append(all, p)
		}
	}
	return all
}

func addField(name, rule string, required, expectedToo bool, levels [4]Level) operator {
	return operator{name, func(s *site) []mutation {
		return s.at(s.structures(), func(p property) mutation {
			added := p
			added.name = "zz_new"
			return mutation{
				apply: func(root *load.Node) {
					put(find(root, p.schema).Member("properties"), added.name, newProperty())
					lists(root, added, required, expectedToo)
				},
				want: expected{rule, p.schema + "/properties", p.schema + "/properties/zz_new", s.verdicts(p.pointer, levels[0], levels[1], levels[2], levels[3])},
			}
		})
	}}
}

var fieldOperators = []operator{
	addField("add a field", "field-added", false, false, [4]Level{c0, c0, c0, c0}),
	addField("add an expected field", "field-added-expected", false, true, [4]Level{r0, c0, b0, c0}),
	addField("add a required field", "field-added-required", true, false, [4]Level{b0, c0, b0, c0}),
	{"remove a field", func(s *site) []mutation {
		// What refers to a schema may be the only one that does, and the schema's own changes would go with it.
		whole := func(p property) bool { return !strings.Contains(string(p.node.JSON()), `"$ref"`) }
		return s.at(s.properties(whole), func(p property) mutation {
			rule, response := "field-removed", b0
			if p.optional() {
				rule, response = "field-removed-optional", r0
			}
			return mutation{
				apply: func(root *load.Node) {
					lists(root, p, false, false)
					drop(find(root, p.schema).Member("properties"), p.name)
				},
				want: expected{rule, p.pointer, p.schema + "/properties", s.verdicts(p.pointer, r0, response, b0, b0)},
			}
		})
	}},
	{"rename a field", func(s *site) []mutation {
		return s.at(s.properties(func(p property) bool { return !p.node.Has("x-go-name") }), func(p property) mutation {
			renamed := p
			renamed.name = p.name + "_renamed"
			return mutation{
				apply: func(root *load.Node) {
					lists(root, p, false, false)
					find(root, p.pointer).Key = renamed.name
					lists(root, renamed, p.required(), p.expected())
				},
				want: expected{"field-renamed", p.pointer, p.schema + "/properties/" + renamed.name, s.verdicts(p.pointer, b0, b0, b0, b0)},
			}
		})
	}},
	retype("text becomes an integer", "string", "integer", "type-changed", [2]Level{b0, b0}),
	retype("an integer becomes text", "integer", "string", "type-changed", [2]Level{b0, b0}),
	retype("an integer becomes a number", "integer", "number", "type-widened", [2]Level{c0, b0}),
	{"narrow an integer", func(s *site) []mutation {
		return s.at(s.properties(ofType("integer")), func(p property) mutation {
			return mutation{
				apply: setAt(p.pointer, "format", func() *load.Node { return textNode("int32") }),
				want:  expected{"type-narrowed", p.pointer, p.pointer + "/format", s.verdicts(p.pointer, b0, c0, b0, b0)},
			}
		})
	}},
	keyedProperty("state a format", "format", func() *load.Node { return textNode("uri") }, "format-changed", ofType("string"), [4]Level{r0, r0, c0, c0}),
	{"rename a schema", func(s *site) []mutation {
		var all []mutation
		for _, n := range children(s.root.Member("components").Member("schemas")) {
			if s.usage.where(n.Pointer) == 0 || n.Has("x-go-name") {
				continue
			}
			breaks := b0
			if t := n.Member("type"); t != nil && (t.Value == "array" && !n.Has("x-msdk-list")) || n.Has("x-msdk-list") || n.Has("oneOf") || n.Has("x-msdk-sensitive") {
				breaks = c0 // Go writes these out
			}
			all = append(all, mutation{
				zone: everything,
				apply: func(root *load.Node) {
					every(root, nil, func(r, _ *load.Node) {
						if r.Key == "$ref" && r.Value == "#"+n.Pointer {
							r.Value += "Renamed"
						}
					})
					find(root, n.Pointer).Key += "Renamed"
				},
				want: expected{"schema-renamed", n.Pointer, n.Pointer + "Renamed", Verdicts{Go: breaks}},
			})
		}
		return all
	}},
	{"name a field in Go", func(s *site) []mutation {
		return s.at(s.properties(func(p property) bool {
			return !p.node.Has("x-go-name") && p.node.Has("type") && (ofType("string", "integer")(p))
		}), func(p property) mutation {
			return mutation{
				apply: setAt(p.pointer, "x-go-name", func() *load.Node { return textNode("SomethingElse") }),
				want:  expected{"go-name-changed", p.pointer, p.pointer + "/x-go-name", s.verdicts(p.pointer, n0, n0, b0, b0)},
			}
		})
	}},
	{"close a schema", func(s *site) []mutation {
		return s.at(s.structures(), func(p property) mutation {
			v := s.verdicts(p.schema, r0, c0, c0, c0)
			if s.usage.where(p.schema)&inResponse != 0 {
				v.Go = b0 // Extra goes
			}
			return mutation{
				apply: setAt(p.schema, "additionalProperties", func() *load.Node { return boolNode(false) }),
				want:  expected{"members-closed", p.schema, p.schema + "/additionalProperties", v},
			}
		})
	}},
	{"move an inline schema to components", func(s *site) []mutation {
		return s.at(s.properties(func(p property) bool { return ofType("array")(p) || listOfText(p) }), func(p property) mutation {
			return mutation{
				apply: func(root *load.Node) {
					n := find(root, p.pointer)
					moved := clone(n)
					drop(moved, "description")
					drop(moved, "x-msdk-doc")
					drop(moved, "x-msdk-may-be-empty")
					put(find(root, "/components/schemas"), "Moved"+unique(p.pointer), moved)
					for _, key := range []string{"type", "items", "maxItems", "minItems"} {
						drop(n, key)
					}
					put(n, "allOf", listNode(mappingNode("$ref", textNode("#/components/schemas/Moved"+unique(p.pointer)))))
				},
				want: expected{"rewritten", p.pointer, p.pointer, Verdicts{Go: d0}},
			}
		})
	}},
}

func listOfText(p property) bool {
	items := p.node.Member("items")
	return items != nil && items.Member("type") != nil && items.Member("type").Value == "string" && !items.Has("enum") && !items.Has("x-msdk-enum") && !p.node.Has("oneOf")
}

func retype(name, from, to, rule string, levels [2]Level) operator {
	return operator{name, func(s *site) []mutation {
		plain := func(p property) bool { return ofType(from)(p) && !p.node.Has("x-msdk-may-be-empty") }
		return s.at(s.properties(plain), func(p property) mutation {
			return mutation{
				apply: setAt(p.pointer, "type", func() *load.Node { return textNode(to) }),
				want:  expected{rule, p.pointer + "/type", p.pointer + "/type", s.verdicts(p.pointer, levels[0], levels[1], b0, b0)},
			}
		})
	}}
}

// duties change whether a field has to be there.
func duties(name, rule string, from func(property) bool, required, expectedToo bool, request, response Level, typed bool) operator {
	return operator{name, func(s *site) []mutation {
		return s.at(s.properties(from), func(p property) mutation {
			golang := c0
			if typed && s.isOpt(p) {
				golang = b0
			}
			return mutation{
				apply: func(root *load.Node) { lists(root, p, required, expectedToo) },
				want:  expected{rule, p.pointer, p.pointer, s.verdicts(p.pointer, request, response, golang, golang)},
			}
		})
	}}
}

var dutyOperators = []operator{
	duties("require an optional field", "became-required", property.optional, true, false, b0, c0, true),
	duties("require an expected field", "became-required-from-expected", property.expected, true, false, r0, c0, false),
	duties("expect an optional field", "became-expected", property.optional, false, true, r0, c0, true),
	duties("expect a required field", "became-expected-from-required", property.required, false, true, c0, r0, false),
	duties("let a required field be left out", "became-optional", property.required, false, false, c0, b0, true),
	duties("let an expected field be left out", "became-optional-from-expected", property.expected, false, false, c0, r0, true),
	{"forbid an empty value", func(s *site) []mutation {
		return s.at(s.properties(func(p property) bool { return p.node.Has("x-msdk-may-be-empty") }), func(p property) mutation {
			return mutation{
				apply: dropAt(p.pointer, "x-msdk-may-be-empty"),
				want:  expected{"empty-forbidden", p.pointer + "/x-msdk-may-be-empty", p.pointer, s.verdicts(p.pointer, b0, c0, r0, c0)},
			}
		})
	}},
	keyedProperty("allow an empty value", "x-msdk-may-be-empty", yes, "empty-allowed",
		func(p property) bool { return ofType("string")(p) && !p.optional() }, [4]Level{c0, r0, c0, c0}),
	keyedProperty("allow null", "nullable", yes, "became-nullable", ofType("string", "integer"), [4]Level{c0, r0, c0, c0}),
}

func yes() *load.Node { return boolNode(true) }

var valueOperators = []operator{
	keyedProperty("limit a text", "maxLength", func() *load.Node { return numberNode("4000") }, "limit-tightened", ofType("string"), [4]Level{b0, c0, r0, c0}),
	keyedProperty("limit the bytes of a text", "x-msdk-max-bytes", func() *load.Node { return numberNode("4000") }, "limit-tightened", ofType("string"), [4]Level{b0, c0, r0, c0}),
	keyedProperty("limit a number", "minimum", func() *load.Node { return numberNode("-5") }, "limit-tightened", ofType("integer"), [4]Level{b0, c0, r0, c0}),
	keyedProperty("state a pattern", "pattern", func() *load.Node { return textNode("^.*$") }, "limit-tightened", ofType("string"), [4]Level{b0, c0, r0, c0}),
	keyedProperty("limit a list", "maxItems", func() *load.Node { return numberNode("999") }, "limit-tightened", listOfText, [4]Level{b0, c0, r0, c0}),
	keyedProperty("keep a text secret", "x-msdk-sensitive", yes, "sensitive-changed", ofType("string"), [4]Level{n0, n0, b0, b0}),
	keyedProperty("deprecate a field", "deprecated", yes, "deprecated", func(p property) bool { return ofType("string", "integer")(p) }, [4]Level{c0, c0, r0, r0}),
	keyedProperty("state a default", "default", func() *load.Node { return textNode("x") }, "default-changed", ofType("string"), [4]Level{r0, r0, r0, r0}),
	keyedProperty("take numbers for text", "x-msdk-accept", func() *load.Node { return listNode(textNode("integer")) }, "accept-changed", ofType("string"), [4]Level{c0, r0, c0, c0}),
	limitOperator("tighten a limit", "limit-tightened", true, [4]Level{b0, c0, r0, c0}),
	limitOperator("loosen a limit", "limit-loosened", false, [4]Level{c0, r0, c0, c0}),
	{"remove a limit", func(s *site) []mutation {
		return s.limits(func(n *load.Node, pointer, key string) mutation {
			return mutation{
				apply: dropAt(pointer, key),
				want:  expected{"limit-loosened", n.Pointer, pointer, s.verdicts(pointer, c0, r0, c0, c0)},
			}
		})
	}},
	{"require under another condition", func(s *site) []mutation {
		var all []mutation
		every(s.root, nil, func(n, holder *load.Node) {
			if n.Key == "x-msdk-required-when" && s.usage.where(n.Pointer) != 0 {
				all = append(all, mutation{
					zone:  upTo(n.Pointer, "/properties/"),
					apply: dropAt(holder.Pointer, n.Key),
					want:  expected{"condition-removed", n.Pointer, holder.Pointer, s.verdicts(n.Pointer, c0, r0, c0, c0)},
				})
			}
		})
		return all
	}},
}

// limits makes mutations of the limits of properties and their items. Responses that lose their last rule lose a method: they are tested apart.
func (s *site) limits(make func(n *load.Node, pointer, key string) mutation) []mutation {
	var all []mutation
	every(s.root, nil, func(n, holder *load.Node) {
		if holder == nil {
			return
		}
		limit := n.Key == "maxItems" || n.Key == "maxLength" || n.Key == "x-msdk-max-bytes" || n.Key == "maximum" || n.Key == "minItems" || n.Key == "minimum"
		where := s.usage.where(n.Pointer)
		both := holder.Has("minItems") && holder.Has("maxItems") // one may leave no room for the other
		if !limit || both || n.Kind != load.Number || where != inRequest || strings.Contains(n.Pointer, "/parameters/") || strings.Contains(n.Pointer, "/examples/") {
			return
		}
		m := make(n, holder.Pointer, n.Key)
		m.zone = upTo(n.Pointer, "/properties/")
		if m.zone == "" {
			m.zone = holder.Pointer
		}
		all = append(all, m)
	})
	return all
}

func limitOperator(name, rule string, tighten bool, levels [4]Level) operator {
	return operator{name, func(s *site) []mutation {
		return s.limits(func(n *load.Node, pointer, key string) mutation {
			value, err := strconv.Atoi(n.Value)
			if err != nil {
				value = 0
			}
			step := 1
			if strings.HasPrefix(key, "min") {
				step = -1
			}
			if tighten {
				step = -step
			}
			if value+step < 1 && key != "minimum" { // nothing would be left: the other way round is as good a test of nothing
				step, rule, levels := 1, "limit-loosened", [4]Level{c0, r0, c0, c0}
				if strings.HasPrefix(key, "min") {
					rule, levels = "limit-tightened", [4]Level{b0, c0, r0, c0}
				}
				return limitMutation(s, n, pointer, key, value+step, rule, levels)
			}
			return limitMutation(s, n, pointer, key, value+step, rule, levels)
		})
	}}
}

func limitMutation(s *site, n *load.Node, pointer, key string, value int, rule string, levels [4]Level) mutation {
	return mutation{
		apply: setAt(pointer, key, func() *load.Node { return numberNode(strconv.Itoa(value)) }),
		want:  expected{rule, n.Pointer, n.Pointer, s.verdicts(pointer, levels[0], levels[1], levels[2], levels[3])},
	}
}
