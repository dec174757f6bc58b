package specdiff

// Two trees of nodes side by side: which members and items differ. The order of members counts nowhere, that of items only where nothing tells
// them apart.

import (
	"bytes"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/load"
)

// nodeChange is a node that only one side has, or a value that differs.
type nodeChange struct {
	old, new *load.Node
}

// compareNodes returns the outermost differences of two nodes. renamed leads from pointers of the first to those of the second.
func compareNodes(older, newer *load.Node, renamed map[string]string) []nodeChange {
	switch {
	case older == nil && newer == nil:
		return nil
	case older == nil || newer == nil || older.Kind != newer.Kind:
		return []nodeChange{{older, newer}}
	case older.Kind == load.Mapping:
		return compareMembers(older, newer, renamed)
	case older.Kind == load.List:
		return compareItems(older, newer, renamed)
	case older.Value != newer.Value:
		return []nodeChange{{older, newer}}
	}
	return nil
}

func compareMembers(older, newer *load.Node, renamed map[string]string) []nodeChange {
	var changes []nodeChange
	taken := make(map[string]bool, len(older.Children))
	byKey := make(map[string]*load.Node, len(newer.Children))
	byPointer := map[string]*load.Node{}
	for _, child := range newer.Children {
		byKey[child.Key] = child
		byPointer[child.Pointer] = child
	}
	for _, a := range older.Children {
		b := byKey[a.Key]
		if target, ok := renamed[a.Pointer]; ok && byPointer[target] != nil {
			b = byPointer[target]
		}
		if b != nil {
			taken[b.Key] = true
		}
		changes = append(changes, compareNodes(a, b, renamed)...)
	}
	for _, b := range newer.Children {
		if !taken[b.Key] {
			changes = append(changes, nodeChange{nil, b})
		}
	}
	return changes
}

// identities are the members that tell the items of a list apart, the surest first.
var identities = []string{"$ref", "x-msdk-name", "name", "code", "title", "url", "value"}

// compareItems pairs equal items first, then those of one identity, then the rest in their order.
func compareItems(older, newer *load.Node, renamed map[string]string) []nodeChange {
	pairOf := make(map[*load.Node]*load.Node, len(older.Children))
	taken := make(map[*load.Node]bool, len(newer.Children))
	pair := func(same func(a, b *load.Node) bool) {
		for _, a := range older.Children {
			if pairOf[a] != nil {
				continue
			}
			for _, b := range newer.Children {
				if !taken[b] && same(a, b) {
					pairOf[a], taken[b] = b, true
					break
				}
			}
		}
	}
	equal := make(map[*load.Node][]byte, len(older.Children)+len(newer.Children))
	for _, n := range append(slices.Clone(older.Children), newer.Children...) {
		equal[n] = n.JSON()
	}
	pair(func(a, b *load.Node) bool { return bytes.Equal(equal[a], equal[b]) })
	for _, key := range identities {
		pair(func(a, b *load.Node) bool {
			x, y := a.Member(key), b.Member(key)
			return x != nil && y != nil && x.Value != "" && x.Value == y.Value && samePlace(a, b)
		})
	}
	if strings.Contains(older.Pointer, ordered) && len(older.Children) == len(newer.Children) && outOfOrder(older, newer, pairOf) {
		return []nodeChange{{older, newer}}
	}
	left := slices.DeleteFunc(slices.Clone(newer.Children), func(b *load.Node) bool { return taken[b] })
	var changes []nodeChange
	for _, a := range older.Children {
		b := pairOf[a]
		if b == nil && len(left) > 0 && a.Kind == left[0].Kind && (a.Kind != load.Mapping || len(older.Children) == len(newer.Children)) {
			b, left = left[0], left[1:]
		}
		changes = append(changes, compareNodes(a, b, renamed)...)
	}
	for _, b := range left {
		changes = append(changes, nodeChange{nil, b})
	}
	return changes
}

// ordered is where the order of items means something.
const ordered = "/x-msdk-sign/"

// outOfOrder reports whether equal items stand in another order.
func outOfOrder(older, newer *load.Node, pairOf map[*load.Node]*load.Node) bool {
	for i, a := range older.Children {
		if b := pairOf[a]; b != nil && newer.Children[i] != b {
			return true
		}
	}
	return false
}

// samePlace reports whether two parameters of one name travel in one place. Other items have none.
func samePlace(a, b *load.Node) bool {
	x, y := a.Member("in"), b.Member("in")
	return x == nil || y == nil || x.Value == y.Value
}
