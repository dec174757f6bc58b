package specdiff

// What the trees differ in and no rule has explained: words, keys that nothing reads, and, as a last resort, a row that says so.

import (
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// wordKeys hold words for people. What stands below them is compared as a whole.
var wordKeys = []string{"description", "summary", "externalDocs", "x-msdk-doc", "$comment", "contact", "license", "termsOfService", "reason", "text", "layer", "note", "line", "info", "xml", "example"}

// residue makes a row for every difference that is left.
func (c *comparison) residue() {
	rest := map[string]*fact{}
	for _, d := range c.wordsAsAWhole(componentByComponent(compareNodes(c.old.spec.Root, c.new.spec.Root, c.renamed))) {
		if c.explained(d) || c.comesAlong(d) {
			continue
		}
		n := first(d.new, d.old)
		above, inside := c.holder(d), insideExtension(n.Pointer)
		switch {
		case isWords(n) && !c.isMessage(n):
			c.wordFact(d)
		case c.isUnused(d):
			c.gather(rest, "unused-changed", above, d, "differs; no operation uses it")
		case strings.HasPrefix(n.Key, "x-") && !strings.HasPrefix(n.Key, "x-msdk-") && n.Key != "x-go-name" && !inside:
			c.fact("unread-changed", d.old, d.new, "key "+n.Key, "was %s, is %s now", orNone(nodeText(d.old)), orNone(nodeText(d.new))).
				values(nodeText(d.old), nodeText(d.new)).everywhere(c.usersOf(d)...)
		case c.isRead(n):
			c.gather(rest, "rewritten", above, d, "says the same in another way")
		default:
			c.fact("unexplained", d.old, d.new, "key "+n.Key, "was %s, is %s now; msdkgen does not support it", orNone(nodeText(d.old)), orNone(nodeText(d.new))).
				values(nodeText(d.old), nodeText(d.new)).everywhere(c.usersOf(d)...)
		}
	}
}

// componentByComponent splits sections of components that come or go as a whole.
func componentByComponent(all []nodeChange) []nodeChange {
	var split []nodeChange
	for _, d := range all {
		n := first(d.new, d.old)
		if d.old != nil && d.new != nil || n.Kind != load.Mapping || !within(n.Pointer, "/components") || strings.Count(n.Pointer, "/") > 2 {
			split = append(split, d)
			continue
		}
		var parts []nodeChange
		for _, child := range n.Children {
			if d.old != nil {
				parts = append(parts, nodeChange{old: child})
			} else {
				parts = append(parts, nodeChange{new: child})
			}
		}
		split = append(split, componentByComponent(parts)...)
	}
	return split
}

// gather makes one row out of everything of a kind in one operation or component.
func (c *comparison) gather(rest map[string]*fact, rule, above string, d nodeChange, text string) {
	if d.old == nil {
		d.old = c.old.around(translate(holderOf(d.new.Pointer), c.renamed, true))
	}
	if d.new == nil {
		d.new = c.new.around(translate(holderOf(d.old.Pointer), c.renamed, false))
	}
	if f := rest[rule+above]; f != nil {
		f.old, f.new = common(c.old, f.old, d.old), common(c.new, f.new, d.new)
		return
	}
	f := c.fact(rule, nil, nil, above, "%s", text).everywhere(c.usersOf(d)...)
	f.old, f.new = d.old, d.new
	rest[rule+above] = f
}

func holderOf(pointer string) string { return pointer[:max(0, strings.LastIndexByte(pointer, '/'))] }

// common is the innermost node around two.
func common(d *Document, a, b *load.Node) *load.Node {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	pointer := a.Pointer
	for !within(b.Pointer, pointer) {
		pointer = pointer[:strings.LastIndexByte(pointer, '/')]
	}
	return d.spec.At(pointer)
}

// holder names the operation or component that a difference is in.
func (c *comparison) holder(d nodeChange) string {
	n := first(d.new, d.old)
	parts := strings.Split(n.Pointer, "/")
	switch {
	case len(parts) > 3 && parts[1] == "paths":
		if ids := c.usersOf(d); len(ids) > 0 {
			return "operation " + listed(ids, 3)
		}
		return "path " + strings.NewReplacer("~1", "/", "~0", "~").Replace(parts[2])
	case len(parts) > 3 && parts[1] == "components":
		return strings.TrimPrefix(strings.TrimSuffix(parts[2], "s"), "x-msdk-") + " " + parts[3]
	case len(parts) > 1:
		return "key " + parts[1]
	}
	return "document"
}

func (c *comparison) usersOf(d nodeChange) []string {
	var ids []string
	if d.old != nil {
		ids = append(ids, c.old.usersOf(d.old.Pointer)...)
	}
	if d.new != nil {
		ids = append(ids, c.new.usersOf(d.new.Pointer)...)
	}
	slices.Sort(ids)
	return c.new.operationOrder(slices.Compact(ids), c.old)
}

// explained reports whether a fact says what is to be said about a difference: about it or about what is around it, on either side.
func (c *comparison) explained(d nodeChange) bool {
	if d.old != nil && d.new != nil && d.new.Key == "$ref" && c.renamed[strings.TrimPrefix(d.old.Value, "#")] == strings.TrimPrefix(d.new.Value, "#") {
		return true // to what has another name
	}
	return coveredNode(d.old, c.oldSeen) || coveredNode(d.new, c.newSeen)
}

// coveredNode reports whether facts say what is to be said about a node, or about each item of a list that comes or goes as a whole.
func coveredNode(n *load.Node, seen map[string]bool) bool {
	if n == nil {
		return false
	}
	if covered(n.Pointer, seen) {
		return true
	}
	items := n.Kind == load.List && len(n.Children) > 0
	for _, child := range n.Children {
		items = items && seen[child.Pointer]
	}
	return items
}

func covered(pointer string, seen map[string]bool) bool {
	for {
		if seen[pointer] {
			return true
		}
		i := strings.LastIndexByte(pointer, '/')
		if i < 0 {
			return false
		}
		pointer = pointer[:i]
	}
}

// isWords reports whether a node is documentation.
func isWords(n *load.Node) bool {
	return wordKey(n) || strings.HasPrefix(n.Pointer, "/tags/") || n.Key == "tags" && n.Pointer == "/tags" || within(n.Pointer, "/info") || within(n.Pointer, "/openapi") ||
		within(n.Pointer, "/x-msdk-documents")
}

func wordKey(n *load.Node) bool {
	if n.Key == "title" {
		return !strings.Contains(n.Pointer, "/oneOf/") && !strings.Contains(n.Pointer, "/anyOf/")
	}
	return slices.Contains(wordKeys, n.Key)
}

// isMessage reports whether a node stands inside of an example: whatever its key is called, it is no documentation there; or whether it is
// itself the name of a property.
func (c *comparison) isMessage(n *load.Node) bool {
	parts := strings.Split(n.Pointer, "/")
	for i := 1; i < len(parts)-1; i++ {
		if parts[i] == "value" && i >= 2 && (parts[i-2] == "examples" || parts[i-2] == "x-msdk-examples-as-printed") {
			return true
		}
	}
	return len(parts) > 1 && parts[len(parts)-2] == "properties" && (len(parts) < 3 || parts[len(parts)-3] != "properties")
}

// wordsAsAWhole cuts differences below x-msdk-doc and the like down to one for each.
func (c *comparison) wordsAsAWhole(all []nodeChange) []nodeChange {
	var kept []nodeChange
	seen := map[[2]string]bool{}
	for _, d := range all {
		older, newer := c.wholeWords(c.old, d.old), c.wholeWords(c.new, d.new)
		if older != nil && newer == nil && d.new == nil {
			newer = c.new.spec.At(translate(older.Pointer, c.renamed, false))
		}
		if newer != nil && older == nil && d.old == nil {
			older = c.old.spec.At(translate(newer.Pointer, c.renamed, true))
		}
		if older == nil && newer == nil {
			kept = append(kept, d)
			continue
		}
		key := [2]string{}
		if older != nil {
			key[0] = older.Pointer
		}
		if newer != nil {
			key[1] = newer.Pointer
		}
		if !seen[key] {
			seen[key] = true
			kept = append(kept, nodeChange{older, newer})
		}
	}
	return kept
}

// wholes are keys whose members make sense together only.
var wholes = []string{"x-msdk-doc", "externalDocs", "contact", "license", "xml", "example"}

func (c *comparison) wholeWords(d *Document, n *load.Node) *load.Node {
	if n == nil || c.isMessage(n) {
		return nil
	}
	for pointer := n.Pointer; ; {
		i := strings.LastIndexByte(pointer, '/')
		if i <= 0 {
			return nil
		}
		m := d.spec.At(pointer)
		if m != nil && slices.Contains(wholes, m.Key) && m != n && !c.isMessage(m) {
			return m
		}
		pointer = pointer[:i]
	}
}

func (c *comparison) wordFact(d nodeChange) {
	n := first(d.new, d.old)
	rule := "words-changed"
	switch {
	case strings.Contains(n.Pointer, "/examples/") || strings.Contains(n.Pointer, "/x-msdk-examples-as-printed/"):
		rule = "example-words-changed"
	case within(n.Pointer, "/components/securitySchemes") || within(n.Pointer, "/components/x-msdk-security-schemes"):
		rule = "sign-words-changed"
	}
	text := "reads differently"
	switch {
	case d.old == nil:
		text = "is new"
	case d.new == nil:
		text = "is gone"
	}
	key := n.Key
	if key == "" {
		key = "entry"
	}
	c.fact(rule, d.old, d.new, key+" of "+c.described(d), "%s", text).values(plain(d.old), plain(d.new)).everywhere(c.usersOf(d)...)
}

// plain is a text as it is, anything else as JSON, bounded.
func plain(n *load.Node) string {
	if n != nil && n.Kind == load.Text {
		return clip(strings.Join(strings.Fields(n.Value), " "), 120)
	}
	return nodeText(n)
}

// described names what words are about: the nearest thing that has a name.
func (c *comparison) described(d nodeChange) string {
	n := first(d.new, d.old)
	parts := strings.Split(n.Pointer, "/")
	for i := len(parts) - 2; i > 1; i-- {
		name := strings.NewReplacer("~1", "/", "~0", "~").Replace(parts[i])
		switch parts[i-1] {
		case "properties":
			return "field " + name
		case "examples", "x-msdk-examples-as-printed":
			return "example " + name
		case "schemas":
			return "schema " + name
		case "parameters":
			return "parameter " + c.parameterName(d, strings.Join(parts[:i+1], "/"), name)
		case "responses":
			return "response " + name
		case "x-msdk-documents":
			return "document " + name
		}
	}
	return c.holder(d)
}

func (c *comparison) parameterName(d nodeChange, pointer, otherwise string) string {
	side := c.new
	if d.new == nil {
		side = c.old
	}
	if name := side.spec.At(pointer).Member("name"); name != nil {
		return name.Value
	}
	return otherwise
}

// isUnused reports whether a difference is in a component that no operation uses on either side, or that is new or gone as a whole: what uses
// it has a row.
func (c *comparison) isUnused(d nodeChange) bool {
	n := first(d.new, d.old)
	return component(n.Pointer) != "" && len(c.usersOf(d)) == 0
}

// comesAlong reports whether a component is new or gone as a whole, and in use: the place that uses it differs as well.
func (c *comparison) comesAlong(d nodeChange) bool {
	n := first(d.new, d.old)
	return (d.old == nil || d.new == nil) && component(n.Pointer) == n.Pointer && len(c.usersOf(d)) > 0
}

// insideExtension reports whether a pointer leads below an x-msdk-* key.
func insideExtension(pointer string) bool { return strings.Contains(pointer, "/x-msdk-") }

// isRead reports whether lower reads a key, so that a difference without a rule is none of meaning.
func (c *comparison) isRead(n *load.Node) bool {
	if strings.Contains(n.Pointer, "/callbacks/") || strings.Contains(n.Pointer, "/headers/") || strings.Contains(n.Pointer, "/links/") || strings.Contains(n.Pointer, "/webhooks/") {
		return false
	}
	if insideExtension(n.Pointer) || strings.HasPrefix(n.Key, "x-msdk-") || n.Key == "" {
		return true
	}
	parts := strings.Split(n.Pointer, "/")
	if len(parts) > 2 && slices.Contains([]string{"properties", "schemas", "securitySchemes", "responses", "parameters", "requestBodies"}, parts[len(parts)-2]) {
		return true
	}
	return slices.Contains(readKeys, n.Key)
}

// readKeys are the keys of OpenAPI that have a place in the model.
var readKeys = []string{
	"$ref", "additionalProperties", "allOf", "const", "content", "default", "deprecated", "enum", "examples", "exclusiveMaximum", "exclusiveMinimum",
	"format", "in", "items", "maxItems", "maxLength", "maxProperties", "maximum", "minItems", "minLength", "minProperties", "minimum", "multipleOf",
	"name", "nullable", "oneOf", "anyOf", "operationId", "parameters", "pattern", "properties", "requestBody", "required", "responses", "schema",
	"security", "servers", "tags", "title", "type", "uniqueItems", "url", "value", "x-go-name", "components", "schemas", "paths", "application/json",
}

// lostMethods raises the verdict for Go where a response loses its method Validate, together with its last rule.
func (c *comparison) lostMethods() {
	for _, a := range c.old.API.Operations {
		for _, call := range a.Calls {
			t := answer(call)
			if t == nil || t.Name == nil || t.Component {
				continue
			}
			b := c.responseNamed(t.Name.Go)
			if b == nil || !checks(t, map[*ir.Type]bool{}) || checks(b, map[*ir.Type]bool{}) {
				continue
			}
			for _, f := range c.facts {
				if f.met&inResponse != 0 && (f.limit || strings.HasPrefix(f.Rule, "enum-opened") || f.Rule == "condition-removed") && slices.Contains(f.ops, a.Name.Spec) {
					f.goBreaksIf(true).do("Do without %s.Validate: there is nothing to check any more.", t.Name.Go)
				}
			}
		}
	}
}

func (c *comparison) responseNamed(name string) *ir.Type {
	for _, op := range c.new.API.Operations {
		for _, call := range op.Calls {
			if t := answer(call); t != nil && t.Name != nil && t.Name.Go == name {
				return t
			}
		}
	}
	return nil
}
