// Keys that exclude each other and that kin-openapi has no place for: it stops at them before it validates. They are found here, and the
// later one is taken out, so that everything else about the document is still looked at.
package load

import "github.com/msdkgen/msdkgen/generator/diag"

// exclusive are the two keys of a shape of which an object has one at most.
var exclusive = map[string][2]string{
	"parameter": {"schema", "content"},
	"header":    {"schema", "content"},
}

// both reports an object of shape name that has two keys which exclude each other.
func (c *checker) both(n *Node, name string) {
	pair, known := exclusive[name]
	if !known {
		return
	}
	first, second := n.Member(pair[0]), n.Member(pair[1])
	if first == nil || second == nil || first.fate == refused || second.fate == refused {
		return
	}
	second.condemn(refused)
	c.list.Errorf(second.KeyPos, diag.CodeInvalidOpenAPI, "%s has %q or %q, not both", shapes[name].name, pair[0], pair[1]).See(first.KeyPos, "the other one")
}
