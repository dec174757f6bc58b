// Following $ref. It runs after the walk, when every place of the document has its shape: a reference has to lead to something, and to
// something of the shape that is due.
package load

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// reference is one $ref, or a pointer in a discriminator's mapping.
type reference struct {
	holder *Node // the mapping with the $ref
	text   *Node // the pointer
	shape  string
}

// reference notes a mapping with a $ref for later.
func (c *checker) reference(n, ref *Node, shape string) {
	if _, walked := c.seen[n]; walked {
		return
	}
	c.seen[n] = shape
	c.besideRef(n, shape)
	if ref.Kind != Text {
		c.wrongKind(ref, text)
		c.drop(reference{n, ref, shape})
		return
	}
	c.refs = append(c.refs, reference{holder: n, text: ref, shape: shape})
}

// followRefs checks all references. A place that only a reference leads to is walked then, which may add to the list.
func (c *checker) followRefs() {
	for i := 0; i < len(c.refs); i++ {
		ref := c.refs[i]
		if c.follow(ref) {
			continue
		}
		c.drop(ref)
	}
}

// drop removes a reference that cannot be followed. A schema becomes one without constraints, since its place has to be filled.
func (c *checker) drop(ref reference) {
	ref.holder.condemn(refused)
	if ref.shape == "schema" && ref.holder != ref.text {
		ref.holder.fate = emptied
	}
}

func (c *checker) follow(ref reference) bool {
	pointer := ref.text.Value
	switch {
	case pointer == "#":
		return c.sameShape(ref, c.root)
	case strings.HasPrefix(pointer, "#") && !strings.HasPrefix(pointer, "#/"):
		d := c.list.Errorf(ref.text.Pos, diag.CodeUnsupported, "the anchor %q is not supported; a $ref is a path such as #/components/schemas/Name", pointer)
		if strings.Contains(pointer, "/") {
			d.Suggest("did you mean %q?", "#/"+pointer[1:])
		}
		return false
	case !strings.HasPrefix(pointer, "#"):
		d := c.list.Errorf(ref.text.Pos, diag.CodeUnsupported, "%q leads to another document, which is not supported", pointer)
		if place := c.componentNamed(pointer, ref.shape); place != "" {
			d.Suggest("did you mean %q?", place)
		} else if path := "#/" + strings.TrimPrefix(pointer, "/"); strings.HasPrefix(path, "#/components/") {
			d.Suggest("did you mean %q?", path)
		} else {
			d.Suggest("bring everything into one document")
		}
		return false
	}
	target := c.resolve(pointer)
	if target == nil {
		d := c.list.Errorf(ref.text.Pos, diag.CodeDanglingRef, "%q leads to nothing", pointer)
		if near := c.nearestTarget(pointer, ref.shape); near != "" {
			d.Suggest("did you mean %q?", near)
		}
		return false
	}
	return c.sameShape(ref, target) && !c.circular(ref, target)
}

// resolve finds the place that a pointer with "#/" in front names, nil for none.
func (c *checker) resolve(pointer string) *Node {
	if target, known := c.targets[pointer]; known {
		return target
	}
	target := c.root
	for token := range strings.SplitSeq(pointer[2:], "/") {
		if plain, err := url.PathUnescape(token); err == nil {
			token = plain
		}
		target = target.step(unescapeToken(token))
		if target == nil {
			break
		}
		c.passed[target] = true
	}
	c.targets[pointer] = target
	return target
}

// step goes to a member or an item.
func (n *Node) step(token string) *Node {
	if n.Kind == List {
		if i, err := strconv.Atoi(token); err == nil && i >= 0 && i < len(n.Children) {
			return n.Children[i]
		}
	}
	return n.Member(token)
}

// sameShape reports a reference to something else than is due. A target that was not walked yet is walked.
func (c *checker) sameShape(ref reference, target *Node) bool {
	shape, walked := c.seen[target]
	if !walked {
		c.value(target, refOr(ref.shape).or(value{boolean31: ref.shape == "schema"}))
		return target.fate < refused
	}
	if shape == ref.shape {
		return true
	}
	c.list.Errorf(ref.text.Pos, diag.CodeInvalidOpenAPI, "%q is %s; %s is due here", ref.text.Value, shapes[shape].name, shapes[ref.shape].name).
		See(target.Place(), "%s", shapes[shape].name)
	return false
}

// circular reports a chain of references that comes back to itself without passing anything else.
func (c *checker) circular(ref reference, target *Node) bool {
	passed := map[*Node]bool{ref.holder: true}
	for {
		if passed[target] {
			c.list.Errorf(ref.text.Pos, diag.CodeInvalidOpenAPI, "%q leads back to itself, through nothing but references", ref.text.Value)
			return true
		}
		passed[target] = true
		next := target.Member("$ref")
		if next == nil || next.Kind != Text || !strings.HasPrefix(next.Value, "#/") {
			return false
		}
		if target = c.resolve(next.Value); target == nil {
			return false // reported at that reference
		}
	}
}

// componentSections are the members of components that hold the shapes which can be referred to.
var componentSections = map[string]string{
	"schema": "schemas", "response": "responses", "parameter": "parameters", "example": "examples", "request body": "requestBodies",
	"header": "headers", "security scheme": "securitySchemes", "link": "links", "callback": "callbacks", "path item": "pathItems",
}

// componentNamed finds a component whose bare name was written where a pointer is due.
func (c *checker) componentNamed(name, shape string) string {
	section := c.root.Member("components").Member(componentSections[shape])
	if !section.Has(name) {
		return ""
	}
	return "#" + Pointer("components", section.Key, name)
}

// nearestTarget looks for a slip of the pen in the last token of a pointer.
func (c *checker) nearestTarget(pointer, shape string) string {
	at := strings.LastIndexByte(pointer, '/')
	word := unescapeToken(pointer[at+1:])
	if place := c.componentNamed(word, shape); place != "" {
		return place
	}
	if at < 2 {
		return ""
	}
	parent := c.resolve(pointer[:at])
	if parent == nil || parent.Kind != Mapping {
		return ""
	}
	var names []string
	for _, member := range parent.Children {
		names = append(names, member.Key)
	}
	if near, ok := diag.Nearest(word, names); ok {
		return pointer[:at+1] + escapeToken(near)
	}
	return ""
}
