package specdiff

// The operators: what they look for, and the list of them. The expectations beside them are written by hand, from the meaning of the change.

import (
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/load"
)

const (
	n0 = None
	d0 = Documentation
	c0 = Compatible
	r0 = Risky
	b0 = Breaking
)

func operators() []operator {
	return slices.Concat(fieldOperators, dutyOperators, valueOperators, enumOperators, parameterOperators, operationOperators, exampleOperators,
		signOperators, resultOperators, headOperators)
}

// property is one that operators may change.
type property struct {
	pointer, schema, name string
	node, holder          *load.Node
}

// properties lists those that travel, without those that other facts of the document hang on.
func (s *site) properties(fits func(p property) bool) []property {
	tied := map[string]bool{}
	for _, r := range children(s.root.Member("x-msdk-results")) {
		for _, key := range []string{"code", "message"} {
			if m := r.Member(key); m != nil {
				tied[m.Value] = true
			}
		}
		if m := r.Member("status").Member("field"); m != nil {
			tied[m.Value] = true
		}
	}
	every(s.root, nil, func(n, _ *load.Node) {
		if w := n.Member("x-msdk-required-when"); w != nil {
			tied[strings.TrimPrefix(w.Member("field").Value, "../")] = true
		}
	})
	var all []property
	every(s.root, nil, func(n, _ *load.Node) {
		if n.Key != "properties" || n.Kind != load.Mapping || strings.Contains(n.Pointer, "/examples/") || strings.Contains(n.Pointer, "/x-msdk-examples") {
			return
		}
		schema := strings.TrimSuffix(n.Pointer, "/properties")
		if i := strings.Index(schema, "/properties/"); i >= 0 && strings.Contains(schema[i:], "/oneOf/") {
			return // an item that stands there twice, as itself and in a list
		}
		if s.usage.where(n.Pointer) == 0 || !strings.HasPrefix(schema, "/paths/") && !strings.HasPrefix(schema, "/components/schemas/") {
			return
		}
		for _, p := range n.Children {
			busy := p.Has("x-msdk-value") || p.Has("x-msdk-also") || p.Has("x-msdk-echo") || p.Has("x-msdk-required-when") || tied[p.Key]
			one := property{p.Pointer, schema, p.Key, p, s.doc.spec.At(schema)}
			if !busy && fits(one) {
				all = append(all, one)
			}
		}
	})
	return all
}

// at makes a mutation for each property.
func (s *site) at(properties []property, make func(p property) mutation) []mutation {
	var all []mutation
	for _, p := range properties {
		m := make(p)
		m.zone = p.schema
		all = append(all, m)
	}
	return all
}

func anyProperty(property) bool { return true }

// ofType is a property with a type of its own and nothing that limits its values.
func ofType(words ...string) func(property) bool {
	return func(p property) bool {
		t := p.node.Member("type")
		if t == nil || !slices.Contains(words, t.Value) {
			return false
		}
		for _, m := range p.node.Children {
			if !slices.Contains([]string{"type", "description", "x-msdk-doc", "x-msdk-may-be-empty", "deprecated"}, m.Key) {
				return false
			}
		}
		return true
	}
}

func (p property) required() bool { return hasText(p.holder, "required", p.name) }
func (p property) expected() bool { return hasText(p.holder, "x-msdk-expected", p.name) }
func (p property) optional() bool { return !p.required() && !p.expected() }

// isOpt reports whether an optional field of the property is an Opt in Go: lists, maps and any value have an absent form of their own.
func (s *site) isOpt(p property) bool {
	n := p.node
	for reference(n) != nil {
		n = s.doc.spec.At(reference(n).Value)
	}
	t := n.Member("type")
	switch {
	case n.Has("x-msdk-list") || t == nil || t.Value == "array":
		return n.Has("oneOf") && !n.Has("x-msdk-single")
	case t.Value == "object":
		return n.Has("properties")
	}
	return true
}

// lists rewrites the lists of a schema that name a property.
func lists(root *load.Node, p property, required, expected bool) {
	schema := find(root, p.schema)
	dropText(schema, "required", p.name)
	dropText(schema, "x-msdk-expected", p.name)
	if required {
		addText(schema, "required", p.name)
	}
	if expected {
		addText(schema, "x-msdk-expected", p.name)
	}
}

// called is one operation.
type called struct {
	pointer, path, id string
	node              *load.Node
}

func (s *site) operations(fits func(o called) bool) []called {
	var all []called
	for _, path := range children(s.root.Member("paths")) {
		for _, op := range path.Children {
			if id := op.Member("operationId"); id != nil {
				if o := (called{op.Pointer, path.Key, id.Value, op}); fits(o) {
					all = append(all, o)
				}
			}
		}
	}
	return all
}

func anyOperation(called) bool { return true }

// of makes a mutation for each operation.
func (s *site) of(operations []called, make func(o called) mutation) []mutation {
	var all []mutation
	for _, o := range operations {
		m := make(o)
		if m.zone == "" {
			m.zone = o.pointer
		}
		all = append(all, m)
	}
	return all
}

// everything is the zone of a mutation that has a document to itself.
const everything = ""

// alone gives mutations a document each.
func alone(all []mutation) []mutation {
	for i := range all {
		all[i].zone = everything
	}
	return all
}

// setAt puts a member of the node at a pointer.
func setAt(pointer, key string, value func() *load.Node) func(*load.Node) {
	return func(root *load.Node) { put(find(root, pointer), key, value()) }
}

func dropAt(pointer, key string) func(*load.Node) {
	return func(root *load.Node) { drop(find(root, pointer), key) }
}

// keyedProperty sets one key of each property that lacks it.
func keyedProperty(name, key string, value func() *load.Node, rule string, fits func(property) bool, levels [4]Level) operator {
	return operator{name, func(s *site) []mutation {
		return s.at(s.properties(func(p property) bool { return !p.node.Has(key) && fits(p) }), func(p property) mutation {
			return mutation{
				apply: setAt(p.pointer, key, value),
				want:  expected{rule, p.pointer, p.pointer + "/" + key, s.verdicts(p.pointer, levels[0], levels[1], levels[2], levels[3])},
			}
		})
	}}
}
