// Schemas that contain themselves. Recursion through properties or items is ordinary, since each level consumes a level of the value;
// recursion through allOf alone means nothing. And kin-openapi runs for ever on some of it, which ends in a stack overflow that nothing
// recovers from: these cases have to be known before it sees the document.
package load

import (
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// sameValue are the keys whose schemas apply to the very value that the schema around them applies to.
var sameValue = []string{"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"}

// subschemas are all keys that hold schemas.
var subschemas = append([]string{
	"properties", "items", "additionalProperties", "prefixItems", "contains", "patternProperties", "propertyNames",
	"unevaluatedItems", "unevaluatedProperties", "contentSchema",
}, sameValue...)

// cycleFinder is a depth-first search along some of those keys and along references.
type cycleFinder struct {
	*checker
	keys    []string
	untyped bool            // pass only through schemas without a type
	open    map[*Node]bool  // true while a schema is on the path, false when it is done
	found   func(via *Node) // called with the reference that the cycle was closed by
}

// maxLists bounds how many lists and maps stand inside of one another, references included: Go code is written out for all of them in
// one place, so that the bound on the nesting of the text is none for this.
const maxLists = 20

// boundLists reports the first schema whose lists and maps are nested deeper than that.
func (c *checker) boundLists() {
	depths := map[*Node]int{}
	var walk func(n *Node) bool
	walk = func(n *Node) bool {
		if c.seen[n] == "schema" && !n.Has("$ref") && c.lists(n, depths) > maxLists {
			c.list.Errorf(n.Place(), diag.CodeUnsupported, "more than %d lists and maps inside of one another are not supported", maxLists)
			return true
		}
		return slices.ContainsFunc(n.Children, walk)
	}
	walk(c.root)
}

// lists counts the lists and maps that a value of schema n consists of before anything else comes.
func (c *checker) lists(n *Node, depths map[*Node]int) int {
	if n == nil || n.Kind != Mapping {
		return 0
	}
	if known, ok := depths[n]; ok {
		return known // also for a list of itself, which lower judges
	}
	depths[n] = 0
	most := c.lists((&cycleFinder{checker: c}).target(n.Member("$ref")), depths)
	for _, key := range []string{"items", "additionalProperties"} {
		if child := n.Member(key); child != nil {
			most = max(most, 1+c.lists(child, depths))
		}
	}
	for _, child := range n.Member("allOf").members() {
		most = max(most, c.lists(child, depths))
	}
	depths[n] = most
	return most
}

// breakCycles reports schemas that contain themselves through allOf alone, and takes the reference out. Other cycles stay: a parent
// that lists its children with oneOf, and children with an allOf of the parent, are common.
func (c *checker) breakCycles() {
	c.findCycles(&cycleFinder{keys: sameValue[:1], found: func(via *Node) {
		ref := via.Member("$ref")
		c.list.Errorf(ref.Pos, diag.CodeInvalidOpenAPI, "%q contains itself through allOf", ref.Value)
		via.condemn(emptied)
	}})
	c.findCycles(&cycleFinder{keys: sameValue, found: func(*Node) { c.endless = true }})
	bare := false
	c.findCycles(&cycleFinder{keys: subschemas, untyped: true, found: func(*Node) { bare = true }})
	if bare {
		c.endless = true
		c.refuseSiblings()
	}
}

// refuseSiblings takes out what kin-openapi would look at in search of an end that does not exist: schemas beside a $ref, in 3.1, in a
// document with a recursive schema that has no type.
func (c *checker) refuseSiblings() {
	if c.version != only31 {
		return
	}
	for _, ref := range c.refs {
		if ref.shape != "schema" || ref.holder == ref.text {
			continue
		}
		for _, key := range subschemas {
			if sibling := ref.holder.Member(key); sibling != nil {
				c.list.Errorf(sibling.KeyPos, diag.CodeUnsupported, "%q beside a $ref is not supported where schemas without a type recurse", key).
					Suggest("give the schemas that recurse a type, or put the $ref and what stands beside it into allOf")
				sibling.condemn(refused)
			}
		}
	}
}

// findCycles starts at every schema that a reference leads to: without one there is no cycle.
func (c *checker) findCycles(f *cycleFinder) {
	f.checker, f.open = c, map[*Node]bool{}
	for _, ref := range c.refs {
		if ref.shape == "schema" {
			f.visit(f.target(ref.text), nil)
		}
	}
}

// target is where a $ref leads, nil for nowhere or elsewhere.
func (f *cycleFinder) target(ref *Node) *Node {
	if ref == nil || ref.Kind != Text || !strings.HasPrefix(ref.Value, "#/") {
		return nil
	}
	return f.resolve(ref.Value)
}

// visit walks on from a schema; via is the last reference on the way to it.
func (f *cycleFinder) visit(n, via *Node) {
	if n == nil || n.Kind != Mapping || n.fate >= emptied || f.untyped && n.Has("type") {
		return
	}
	if open, known := f.open[n]; known {
		if open && via != nil {
			f.found(via)
		}
		return
	}
	f.open[n] = true
	f.visit(f.target(n.Member("$ref")), n)
	for _, key := range f.keys {
		member := n.Member(key)
		switch {
		case member == nil:
		case key == "properties" || key == "patternProperties" || key == "dependentSchemas" || member.Kind == List:
			for _, child := range member.Children {
				f.visit(child, via)
			}
		default:
			f.visit(member, via)
		}
	}
	f.open[n] = false
}
