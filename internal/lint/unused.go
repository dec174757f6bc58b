package lint

// The rule about what nothing refers to. It walks the tree and not the model, because what is unused may not have reached the model.

import (
	"net/url"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// nouns are what the sections of components hold, in the words of a message.
var nouns = map[string]string{
	"schemas": "schema", "responses": "response", "parameters": "parameter", "examples": "example", "requestBodies": "request body",
	"headers": "header", "links": "link", "callbacks": "callback", "pathItems": "path item",
}

func unused(s *subject) {
	u := &uses{doc: s.doc, components: map[*load.Node]bool{}, results: map[string]bool{}, documents: map[string]bool{}}
	for _, member := range s.root.Children {
		switch member.Key {
		case "components", "x-msdk-documents", "x-msdk-results":
			continue // they are what is used; what refers to them from within counts once they are used themselves
		}
		u.walk(member)
	}
	components := s.root.Member("components")
	schemes := components.Member("securitySchemes")
	used := s.usedSchemes()
	for _, scheme := range children(schemes) {
		if used[scheme.Key] {
			u.walk(scheme)
		}
	}
	u.likes(s.root.Member("x-msdk-results"))
	for _, section := range children(components) {
		noun, listed := nouns[section.Key]
		for _, n := range section.Children {
			if listed && !strings.HasPrefix(n.Key, "x-") && !u.components[n] {
				s.leftOver(n, noun)
			}
		}
	}
	for _, scheme := range children(schemes) {
		if !used[scheme.Key] {
			s.leftOver(scheme, "security scheme")
		}
	}
	for _, n := range children(s.root.Member("x-msdk-results")) {
		if !u.results[n.Key] {
			s.leftOver(n, "result")
		}
	}
	for _, n := range children(s.root.Member("x-msdk-documents")) {
		if !u.documents[n.Key] {
			s.leftOver(n, "document")
		}
	}
	s.unusedTags()
	s.unusedWords()
}

func (s *subject) leftOver(n *load.Node, noun string) {
	s.warn(n.Place(), diag.CodeUnused, "nothing refers to the %s %q", noun, n.Key).Suggest("remove it, or refer to it")
}

func children(n *load.Node) []*load.Node {
	if n == nil {
		return nil
	}
	return n.Children
}

// uses collects what is referred to, from the paths on.
type uses struct {
	doc                *load.Document
	components         map[*load.Node]bool
	results, documents map[string]bool
}

// walk looks for references in everything below n, in examples too: a use too many is an unused schema that is not found, one too
// few would be a false complaint.
func (u *uses) walk(n *load.Node) {
	if n.Kind == load.Text {
		switch {
		case strings.HasPrefix(n.Value, "#/components/"):
			u.follow(n.Value)
		case n.Key == "x-msdk-result" || n.Key == "x-msdk-item-result":
			u.results[n.Value] = true
		}
	}
	if n.Key == "x-msdk-doc" {
		if document := n.Member("document"); document != nil {
			u.documents[document.Value] = true
		}
	}
	for _, child := range n.Children {
		u.walk(child)
	}
}

// follow marks the component that a reference leads to or into, and what that one refers to.
func (u *uses) follow(ref string) {
	if plain, err := url.PathUnescape(ref); err == nil {
		ref = plain
	}
	tokens := strings.SplitN(ref, "/", 5) // #, components, section, name, what is inside
	if len(tokens) < 4 {
		return
	}
	n := u.doc.At(strings.Join(tokens[:4], "/"))
	if n == nil || u.components[n] {
		return
	}
	u.components[n] = true
	u.walk(n)
}

// likes marks the results that a used one is like. A chain is as long as there are results at most.
func (u *uses) likes(results *load.Node) {
	for range children(results) {
		for _, n := range results.Children {
			if like := n.Member("like"); like != nil && u.results[n.Key] {
				u.results[like.Value] = true
			}
		}
	}
}

func (s *subject) usedSchemes() map[string]bool {
	used := map[string]bool{}
	require := func(list *load.Node) {
		for _, alternative := range children(list) {
			for _, scheme := range alternative.Children {
				used[scheme.Key] = true
			}
		}
	}
	require(s.root.Member("security"))
	for _, op := range s.api.Operations {
		require(s.at[op.Pos].Member("security"))
	}
	return used
}

func (s *subject) unusedTags() {
	used := map[string]bool{}
	for _, op := range s.api.Operations {
		used[op.Tag.Name.Spec] = true
	}
	for _, tag := range children(s.root.Member("tags")) {
		if name := tag.Member("name"); name != nil && !used[name.Value] {
			s.warn(name.Pos, diag.CodeUnused, "no operation has the tag %q", name.Value).Suggest("remove it, or give it to an operation")
		}
	}
}

// unusedWords finds entries of x-msdk-names for names that nothing has: a misspelt one renames nothing, silently.
func (s *subject) unusedWords() {
	if len(s.api.Words) == 0 {
		return
	}
	used := map[string]bool{}
	var spellings []string
	use := func(name string) {
		if !used[name] {
			used[name] = true
			spellings = append(spellings, name)
		}
	}
	seen := map[*ir.Type]bool{}
	for _, t := range s.api.Types {
		usedNames(t, seen, use)
	}
	for _, op := range s.api.Operations {
		for _, p := range op.Parameters {
			use(p.Name.Spec)
			usedNames(p.Type, seen, use)
		}
		for _, c := range op.Calls {
			usedNames(c.Request, seen, use)
			if c.Body != nil {
				usedNames(c.Body.Type, seen, use)
			}
			for _, r := range c.Responses {
				usedNames(r.Type, seen, use)
			}
		}
	}
	for _, scheme := range s.api.Schemes {
		for _, c := range scheme.Credentials {
			use(c.Name.Spec)
		}
	}
	for _, n := range children(s.root.Member("x-msdk-names")) {
		if used[n.Key] {
			continue
		}
		d := s.warn(n.Place(), diag.CodeUnused, "nothing in the document is spelt %q", n.Key)
		if near, ok := diag.Nearest(n.Key, spellings); ok {
			d.Suggest("did you mean %q?", near)
		} else {
			d.Suggest("remove it")
		}
	}
}

// usedNames calls use with the wire names of fields and enum values of t and of what it holds.
func usedNames(t *ir.Type, seen map[*ir.Type]bool, use func(string)) {
	if t == nil || seen[t] {
		return
	}
	seen[t] = true
	usedNames(t.Elem, seen, use)
	for _, f := range t.Fields {
		use(f.Name.Spec)
		usedNames(f.Type, seen, use)
	}
	for _, v := range t.Values {
		use(v.Name.Spec)
	}
}
