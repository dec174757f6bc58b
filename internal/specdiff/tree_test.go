package specdiff

// Trees that the mutations cut and graft. A mutated tree goes to the loader as JSON, which is read faster than YAML and keeps every pointer.

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/load"
)

func clone(n *load.Node) *load.Node {
	copied := *n
	copied.Children = make([]*load.Node, len(n.Children))
	for i, child := range n.Children {
		copied.Children[i] = clone(child)
	}
	return &copied
}

func textNode(value string) *load.Node   { return &load.Node{Kind: load.Text, Value: value} }
func numberNode(value string) *load.Node { return &load.Node{Kind: load.Number, Value: value} }
func boolNode(value bool) *load.Node {
	return &load.Node{Kind: load.Bool, Value: strconv.FormatBool(value)}
}
func listNode(items ...*load.Node) *load.Node { return &load.Node{Kind: load.List, Children: items} }

// mapping takes keys and values in turn.
func mappingNode(members ...any) *load.Node {
	n := &load.Node{Kind: load.Mapping}
	for i := 0; i < len(members); i += 2 {
		put(n, members[i].(string), members[i+1].(*load.Node))
	}
	return n
}

// put sets a member, in its place or at the end.
func put(n *load.Node, key string, value *load.Node) {
	value.Key = key
	for i, child := range n.Children {
		if child.Key == key {
			n.Children[i] = value
			return
		}
	}
	n.Children = append(n.Children, value)
}

func drop(n *load.Node, key string) {
	n.Children = slices.DeleteFunc(n.Children, func(child *load.Node) bool { return child.Key == key })
}

// dropText takes a text out of a list that is a member of n, and the list with its last item.
func dropText(n *load.Node, list, text string) bool {
	m := n.Member(list)
	if m == nil || m.Kind != load.List {
		return false
	}
	before := len(m.Children)
	m.Children = slices.DeleteFunc(m.Children, func(item *load.Node) bool { return item.Value == text })
	if len(m.Children) == 0 {
		drop(n, list)
	}
	return len(m.Children) < before
}

func addText(n *load.Node, list, text string) {
	if n.Member(list) == nil {
		put(n, list, listNode())
	}
	m := n.Member(list)
	m.Children = append(m.Children, textNode(text))
}

// find follows a pointer. Items count from 0.
func find(root *load.Node, pointer string) *load.Node {
	n := root
	for _, token := range strings.Split(pointer, "/")[1:] {
		token = strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
		if n == nil {
			return nil
		}
		if n.Kind == load.List {
			i, err := strconv.Atoi(token)
			if err != nil || i >= len(n.Children) {
				return nil
			}
			n = n.Children[i]
			continue
		}
		n = n.Member(token)
	}
	return n
}

// every calls visit for each node, its holder beside it.
func every(n, holder *load.Node, visit func(n, holder *load.Node)) {
	visit(n, holder)
	for _, child := range n.Children {
		every(child, n, visit)
	}
}

func hasText(n *load.Node, list, text string) bool {
	return slices.ContainsFunc(children(n.Member(list)), func(item *load.Node) bool { return item.Value == text })
}

func upTo(pointer, token string) string {
	i := strings.LastIndex(pointer, token)
	if i < 0 {
		return ""
	}
	return pointer[:i]
}

// unique is a word that stands for a pointer in names: two mutations of one document must not want the same one.
func unique(pointer string) string {
	h := fnv.New32a()
	h.Write([]byte(pointer))
	return fmt.Sprintf("%08x", h.Sum32())
}
