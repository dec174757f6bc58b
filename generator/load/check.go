// The walk over a document along the grammar: kinds, keys, closed sets. References are collected here and followed in refs.go.
package load

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// checker walks one document.
type checker struct {
	list    *diag.List
	root    *Node
	openapi string // the version as the document states it
	version version
	seen    map[*Node]string // mappings that were walked, with their shape
	refs    []reference
	targets map[string]*Node // where a pointer leads, nil for nowhere
	passed  map[*Node]bool   // what a pointer leads to or through
	foreign []*Node          // keys of the other version of OpenAPI
	unread  []string         // keys that were warned about and stay in the tree
	endless bool             // schemas recurse in a way that kin-openapi finds no end of when it checks a default
}

// check reports everything in which a document differs from the grammar, and removes from it what the next stages could not read.
// nil means that the document is not one of the versions that the grammar knows.
func check(root *Node, list *diag.List) *checker {
	c := &checker{list: list, root: root, seen: map[*Node]string{}, targets: map[string]*Node{}, passed: map[*Node]bool{}}
	if !c.knownVersion() {
		return nil
	}
	c.value(root, object("document"))
	c.followRefs()
	c.breakCycles()
	c.boundLists()
	for _, member := range c.foreign {
		if !c.passed[member] { // "$defs" of 3.1 in a document of 3.0 has no meaning, but a $ref may lead there all the same
			member.condemn(ignored)
		}
	}
	root.prune()
	return c
}

// knownVersion looks at the key openapi.
func (c *checker) knownVersion() bool {
	if swagger := c.root.Member("swagger"); swagger != nil {
		c.list.Errorf(swagger.KeyPos, diag.CodeVersion, "the document is Swagger %s, not OpenAPI 3.0 or 3.1", swagger.Value).Suggest("convert it to OpenAPI 3.0")
		return false
	}
	node := c.root.Member("openapi")
	if node == nil {
		c.list.Errorf(c.root.Pos, diag.CodeVersion, "the document does not say which version of OpenAPI it is").Suggest("begin it with openapi: 3.0.3")
		return false
	}
	c.openapi = node.Value
	parts := strings.SplitN(node.Value, ".", 3)
	known := node.Kind == Text && len(parts) == 3 && parts[0] == "3" && (parts[1] == "0" || parts[1] == "1") && parts[2] != "" && parts[2][0] >= '0' && parts[2][0] <= '9'
	if !known {
		c.list.Errorf(node.Pos, diag.CodeVersion, "openapi is %s; 3.0.x and 3.1.x are known", node.describe()).Suggest("write 3.0.3 or 3.1.0")
		return false
	}
	c.version = only30
	if parts[1] == "1" {
		c.version = only31
	}
	return true
}

func (c *checker) knows(v version) bool { return v == everywhere || v == c.version }

// value checks a node against what may stand in its place.
func (c *checker) value(n *Node, v value) {
	switch {
	case v.any:
	case n.Kind == Text && v.text:
		c.word(n, v)
	case n.Kind == Bool && (v.boolean || v.boolean31 && c.version == only31):
	case n.Kind == Number && v.number:
		if _, err := strconv.ParseFloat(n.Value, 64); err != nil {
			n.condemn(refused)
			c.list.Errorf(n.Pos, diag.CodeWrongKind, "%s takes a number in the range of 64-bit floating point, not %s", n.subject(), n.Value)
		}
	case n.Kind == Number && v.integer:
		if _, err := strconv.ParseUint(n.Value, 10, 64); err != nil {
			c.wrongKind(n, v)
		}
	case n.Kind == List && v.item != nil:
		for _, item := range n.Children {
			c.value(item, *v.item)
		}
	case n.Kind == Mapping && v.entry != nil:
		for _, member := range n.Children {
			if v.media && !strings.Contains(member.Key, "/") && member.Key != "*" && !strings.HasPrefix(member.Key, "x-") {
				member.condemn(refused)
				c.list.Errorf(member.KeyPos, diag.CodeInvalidOpenAPI, "%q is no media type", member.Key).Suggest("write the media type above it: application/json")
				continue
			}
			if v.named && !componentName.MatchString(member.Key) {
				c.list.Errorf(member.KeyPos, diag.CodeInvalidOpenAPI, "%q is no name for a component; it consists of letters, digits, dots, dashes and underscores", member.Key)
			}
			c.value(member, *v.entry)
		}
	case n.Kind == Mapping && v.shape != "":
		if ref := n.Member("$ref"); ref != nil && v.ref {
			c.reference(n, ref, v.shape)
			return
		}
		c.object(n, v.shape)
	default:
		c.wrongKind(n, v)
	}
}

func (c *checker) word(n *Node, v value) {
	if v.url {
		c.webAddress(n)
	}
	if v.schema && strings.HasPrefix(n.Value, "#/") {
		c.refs = append(c.refs, reference{holder: n, text: n, shape: "schema"})
	}
	if v.words == nil {
		return
	}
	for _, word := range v.words {
		if n.Value == word {
			return
		}
	}
	n.condemn(refused)
	d := c.list.Errorf(n.Pos, diag.CodeUnknownValue, "%s cannot be %s; it is one of %s", n.subject(), clip(n.Value), strings.Join(v.words, ", "))
	near, ok := diag.Nearest(n.Value, v.words)
	switch {
	case n.Key == "type" && n.Value == "null" && c.version == only30:
		d.Suggest("OpenAPI 3.0 says nullable: true beside the type")
	case ok:
		d.Suggest("did you mean %q?", near)
	case n.Key == "type" && slices.Contains(v.words, otherTypes[strings.ToLower(n.Value)]):
		d.Suggest("write type: %s", otherTypes[strings.ToLower(n.Value)])
	case n.Key == "in" && (n.Value == "body" || n.Value == "formData"):
		d.Suggest("%q is a form of Swagger 2.0; OpenAPI 3 says requestBody beside parameters", "in: "+n.Value)
	}
}

// otherTypes are words of other languages for the types of a schema.
var otherTypes = map[string]string{
	"int": "integer", "int32": "integer", "int64": "integer", "long": "integer", "short": "integer", "float": "number", "double": "number", "decimal": "number",
	"bool": "boolean", "str": "string", "text": "string", "char": "string", "varchar": "string", "date": "string", "datetime": "string", "date-time": "string",
	"list": "array", "map": "object", "dict": "object", "struct": "object", "json": "object",
}

// webAddress checks the scheme of an absolute URL. One with variables, and one without a scheme, is for lower to judge.
func (c *checker) webAddress(n *Node) {
	scheme, _, absolute := strings.Cut(n.Value, "://")
	if !absolute || strings.ContainsAny(scheme, "{}") || strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") {
		return
	}
	n.condemn(faulty)
	c.list.Errorf(n.Pos, diag.CodeUnknownValue, "the URL of a server begins with %q or %q, not with %s", "http://", "https://", clip(scheme+"://"))
}

func (c *checker) wrongKind(n *Node, v value) {
	if n.fate == refused {
		return // reported where it was read: a number that JSON cannot hold
	}
	n.condemn(refused)
	if c.newForm(n, v) {
		return
	}
	d := c.list.Errorf(n.Pos, diag.CodeWrongKind, "%s takes %s, not %s", n.subject(), v.describe(c.version), n.describe())
	switch {
	case n.Key == "required" && n.Kind == Bool:
		d.Suggest("list the names of the required properties in the schema that has them: required: [name]")
	case v.text && (n.Kind == Number || n.Kind == Bool):
		d.Suggest("put it in quotes: %s", strconv.Quote(n.Value))
	case n.Kind == Null:
		d.Suggest("give it a value, or remove the key")
	case v.boolean && !v.text && truthWords[strings.ToLower(n.Value)] != "" && n.Kind == Text:
		d.Suggest("write %s", truthWords[strings.ToLower(n.Value)])
	case v.shape == "schema" && n.Kind == Text && slices.Contains(schemaTypes, n.Value):
		d.Suggest("write {type: %s}", n.Value)
	case n.Kind == List && v.item == nil && (v.entry != nil || v.shape != ""):
		d.Suggest("write its members as keys, without dashes and brackets")
	case n.Kind == Text && (n.Value == "true" || n.Value == "false") && v.boolean, n.Kind == Text && decimalNumber.MatchString(n.Value) && (v.integer || v.number):
		d.Suggest("leave out the quotes")
	case v.item != nil && n.missesBlank():
		d.Suggest("put a blank behind the dash")
	case v.item != nil && n.Kind == Text && (v.item.text || n.Key == "enum"):
		d.Suggest("write it as a list: [%s]", n.Value)
	case n.Kind == Text && v.shape == "" && v.entry != nil && v.entry.item != nil:
		d.Suggest("write {%s: []}", n.Value)
	case n.Kind == Text && v.shape == "server":
		d.Suggest("write {url: %s}", n.Value)
	}
}

// truthWords are what YAML 1.1 took for true and false, and what stands in for them elsewhere.
var truthWords = map[string]string{"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}

// schemaTypes are the words that are often written where a schema is due.
var schemaTypes = []string{"array", "boolean", "integer", "number", "object", "string"}

// newForm reports what 3.1 allows in a place and 3.0 does not, with the way in which 3.0 says it.
func (c *checker) newForm(n *Node, v value) bool {
	if c.version != only30 {
		return false
	}
	instead := ""
	limit, exclusive := strings.CutPrefix(n.Key, "exclusive")
	switch {
	case n.Key == "type" && n.Kind == List && v.words != nil:
		instead = typeOf30(n)
	case exclusive && n.Kind == Number && v.boolean:
		instead = fmt.Sprintf("in 3.0 write %s: %s with %s: true", strings.ToLower(limit), n.Value, n.Key)
	}
	if instead == "" {
		return false
	}
	c.list.Errorf(n.Pos, diag.CodeWrongKind, "%q with %s is a form of OpenAPI 3.1; this document is %s", n.Key, n.Kind, c.openapi).Suggest("%s", instead)
	return true
}

// typeOf30 says what 3.0 has for a list of types.
func typeOf30(n *Node) string {
	var names []string
	nullable := ""
	for _, item := range n.Children {
		if item.Value == "null" || item.Kind == Null {
			nullable = " with nullable: true"
			continue
		}
		names = append(names, item.Value)
	}
	if len(names) != 1 {
		return "in 3.0 a schema has one type" + nullable
	}
	return "in 3.0 write type: " + names[0] + nullable
}

// missesBlank recognizes the items of a list without a blank behind the dash: they make a text, or the first key of a mapping.
func (n *Node) missesBlank() bool {
	begins := func(text string) bool { return len(text) > 1 && text[0] == '-' }
	return n.Kind == Text && begins(n.Value) || n.Kind == Mapping && len(n.Children) > 0 && begins(n.Children[0].Key)
}

// describe says in words what may stand at a place.
func (v value) describe(version version) string {
	var words []string
	for _, alternative := range []struct {
		is   bool
		word string
	}{
		{v.text, "text"}, {v.boolean || v.boolean31 && version == only31, "true or false"}, {v.number, "a number"}, {v.integer, "a whole number from 0 on"},
		{v.item != nil, "a list"}, {v.entry != nil || v.shape != "", "a mapping"},
	} {
		if alternative.is {
			words = append(words, alternative.word)
		}
	}
	return strings.Join(words, " or ")
}

// object checks the members of a mapping against a shape.
func (c *checker) object(n *Node, name string) {
	if _, walked := c.seen[n]; walked {
		return
	}
	c.seen[n] = name
	s := shapes[name]
	for _, member := range n.Children {
		c.member(member, name)
	}
	for _, k := range s.keys {
		if k.required && c.knows(k.version) && !n.Has(k.name) && !c.misspelt(n, k.name) {
			c.missing(n, s, k.name, "")
		}
	}
	c.both(n, name)
	for _, w := range s.when {
		if reason := n.Member(w.key); reason != nil && reason.Value == w.is && c.knows(w.version) {
			for _, need := range w.needs {
				if !n.Has(need) {
					c.missing(n, s, need, fmt.Sprintf(" of %s %s", w.key, w.is))
				}
			}
		}
	}
}

// misspelt reports whether a key that is missing was complained about as a misspelt one: its message says what to write.
func (c *checker) misspelt(n *Node, name string) bool {
	for _, member := range n.Children {
		if near, ok := diag.Nearest(member.Key, []string{name}); ok && near == name && member.fate == refused {
			n.condemn(faulty)
			return true
		}
	}
	return false
}

func (c *checker) missing(n *Node, s *shape, name, detail string) {
	n.condemn(faulty)
	c.list.Errorf(n.Place(), diag.CodeMissingKey, "%s%s needs the key %q", s.name, detail, name)
}

// member checks one member of a mapping of shape s.
func (c *checker) member(member *Node, name string) {
	s := shapes[name]
	known := false
	for _, k := range s.keys {
		if k.name != member.Key {
			continue
		}
		if c.knows(k.version) {
			c.value(member, k.takes)
			return
		}
		known = true
	}
	switch {
	case strings.HasPrefix(member.Key, "x-"):
		c.extension(member, s)
	case s.free != nil && s.keyed(member.Key):
		c.value(member, *s.free)
	case s.free != nil && s.keyed(strings.ToUpper(member.Key)): // 4xx; common, and told apart from nothing else
		c.list.Warnf(member.KeyPos, diag.CodeUnknownKey, "%q is taken for %q", member.Key, strings.ToUpper(member.Key)).Suggest("write %s", strings.ToUpper(member.Key))
		member.Key = strings.ToUpper(member.Key)
		c.value(member, *s.free)
	case s.free != nil:
		member.condemn(refused)
		c.list.Errorf(member.KeyPos, diag.CodeUnknownKey, "%q is no key of %s", member.Key, s.name).Suggest("a key here is %s", s.wanted)
	case known:
		other := map[version]string{only30: "3.1", only31: "3.0"}[c.version]
		c.foreign = append(c.foreign, member)
		c.list.Warnf(member.KeyPos, diag.CodeUnknownKey, "%q is a key of OpenAPI %s; this document is %s, in which it has no meaning", member.Key, other, c.openapi)
	default:
		c.unknown(member, s, name)
	}
}

// unknown reports a key that is not in the grammar: as an error if it looks like a slip of the pen, since it then stands for something.
// Short keys resemble too many words for that.
func (c *checker) unknown(member *Node, s *shape, name string) {
	var candidates []string
	for _, k := range s.keys {
		if c.knows(k.version) {
			candidates = append(candidates, k.name)
		}
	}
	var d *diag.Diagnostic
	near, ok := diag.Nearest(member.Key, candidates)
	if len(near) > 3 {
		member.condemn(refused)
		d = c.list.Errorf(member.KeyPos, diag.CodeUnknownKey, "%s has no key %q", s.name, member.Key)
	} else {
		c.unread = append(c.unread, member.Key)
		d = c.list.Warnf(member.KeyPos, diag.CodeUnknownKey, "%s has no key %q; nothing reads it", s.name, member.Key)
	}
	if !ok {
		near, ok = diag.Nearest(member.Key, s.extensions) // X-MSDK-Timeout
	}
	switch {
	case ok:
		d.Suggest("did you mean %q?", near)
	case member.Key == "schema" && (name == "request body" || name == "response"):
		d.Suggest("write content: {application/json: {schema: …}}")
	default:
		c.belongs(d, member.Key)
	}
}

// belongs suggests the objects that have a key, as long as they are few enough to be of help.
func (c *checker) belongs(d *diag.Diagnostic, name string) {
	var owners []string
	for _, s := range slices.Sorted(maps.Keys(shapes)) {
		if slices.ContainsFunc(shapes[s].keys, func(k key) bool { return k.name == name && c.knows(k.version) }) {
			owners = append(owners, shapes[s].name)
		}
	}
	if len(owners) > 0 && len(owners) <= 3 {
		d.Suggest("%q is a key of %s", name, strings.Join(owners, " and of "))
	}
}
