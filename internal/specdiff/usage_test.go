package specdiff

// Which direction a place of a document travels in, found by following references in the tree: another way than that of the comparison, which
// follows the model.

import (
	"strings"

	"github.com/msdkgen/msdkgen/generator/load"
)

// usage is what the tests know about a document without asking the comparison.
type usage struct {
	root *load.Node
	met  map[string]direction // component -> where it is met
	ops  map[string]map[string]bool
}

func usageOf(root *load.Node) *usage {
	u := &usage{root: root, met: map[string]direction{}, ops: map[string]map[string]bool{}}
	for _, path := range children(root.Member("paths")) {
		for _, op := range path.Children {
			id := op.Member("operationId")
			if id == nil {
				continue
			}
			for _, part := range op.Children {
				switch part.Key {
				case "parameters", "requestBody":
					u.follow(part, inRequest, id.Value)
				case "responses":
					u.follow(part, inResponse, id.Value)
				}
			}
		}
	}
	return u
}

func (u *usage) follow(n *load.Node, where direction, op string) {
	every(n, nil, func(n, _ *load.Node) {
		if n.Key != "$ref" {
			return
		}
		to := strings.TrimPrefix(n.Value, "#")
		if u.met[to]&where != 0 && u.ops[to][op] {
			return
		}
		u.met[to] |= where
		if u.ops[to] == nil {
			u.ops[to] = map[string]bool{}
		}
		u.ops[to][op] = true
		u.follow(find(u.root, to), where, op)
	})
}

// where is the direction of a place; 0 for one that nothing uses.
func (u *usage) where(pointer string) direction {
	switch {
	case strings.Contains(pointer, "/requestBody/") || strings.HasPrefix(pointer, "/paths/") && strings.Contains(pointer, "/parameters/"):
		return inRequest
	case strings.Contains(pointer, "/responses/"):
		return inResponse
	}
	return u.met[component(pointer)]
}
