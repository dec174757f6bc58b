package smalldiff

// The edits that rename, remove, move and replace, beside those of edits_test.go that add or alter in place.

import (
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/load"
)

func schemas(d *document) []string {
	var all []string
	for _, n := range d.root.Member("components").Member("schemas").Children {
		if !n.Has("x-go-name") {
			all = append(all, n.Pointer)
		}
	}
	return all
}

func renameSchema(e *edit) {
	before := "#/components/schemas/" + e.n.Key
	e.n.Key += "Renamed"
	var visit func(n *load.Node)
	visit = func(n *load.Node) {
		if n.Kind == load.Text && n.Value == before {
			n.Value += "Renamed"
		}
		for _, child := range n.Children {
			visit(child)
		}
	}
	visit(e.root)
	e.uses = 0
	for _, typ := range e.doc.api.Types {
		if typ.Component && "#/components/schemas/"+typ.Name.Spec == before {
			e.renamed = [2]string{typ.Name.Go, typ.Name.Go + "Renamed"}
		}
	}
	for _, text := range e.doc.whole {
		for line := range strings.SplitSeq(text, "\n") {
			if e.renamed[0] != "" && strings.Contains(line, e.renamed[0]) {
				e.uses++
			}
		}
	}
}

func properties(d *document) []string {
	return collect(d.root, func(n *load.Node) bool {
		return underProperties(n) && n.Kind == load.Mapping && !n.Has("x-msdk-value") && !slices.Contains(answerKeys, n.Key)
	})
}

func removeField(e *edit) {
	stripExamples(e.root)
	name := e.n.Key
	properties := at(e.root, e.n.Pointer[:strings.LastIndex(e.n.Pointer, "/")])
	schema := at(e.root, strings.TrimSuffix(properties.Pointer, "/properties"))
	e.about = []string{name}
	for _, override := range []string{text(e.n, "x-go-name"), text(e.root.Member("x-msdk-names"), name)} {
		if override != "" {
			e.about = append(e.about, override)
		}
	}
	e.lastUses(e.n)
	remove(properties, name)
	for _, list := range []string{"required", "x-msdk-expected"} {
		if names := schema.Member(list); names != nil {
			names.Children = slices.DeleteFunc(names.Children, func(n *load.Node) bool { return n.Value == name })
			if len(names.Children) == 0 {
				remove(schema, list)
			}
		}
	}
}

// lastUses adds what a removed field refers to: a type that nothing else refers to goes with it.
func (e *edit) lastUses(n *load.Node) {
	walk(n, func(n *load.Node) {
		name, ok := strings.CutPrefix(n.Value, "#/components/schemas/")
		if n.Key != "$ref" || !ok || slices.Contains(e.about, name) {
			return
		}
		target := at(e.root, load.Pointer("components", "schemas", name))
		e.about = append(e.about, name)
		if override := text(target, "x-go-name"); override != "" {
			e.about = append(e.about, override)
		}
		e.lastUses(target)
	})
}

func paths(d *document) []string {
	var all []string
	for _, n := range d.root.Member("paths").Children {
		all = append(all, n.Pointer)
	}
	if len(all) < 2 {
		return nil
	}
	return all
}

// movePath moves a path to another place of the document. What is generated from it goes out and comes in, at most.
func movePath(e *edit) {
	paths := e.root.Member("paths")
	i := slices.Index(paths.Children, e.n)
	paths.Children = slices.Delete(paths.Children, i, i+1)
	without, _ := e.doc.generate(e.root)
	e.uses = e.doc.whole.lines() - without.lines()
	to := e.pick(len(paths.Children))
	if to >= i {
		to++
	}
	paths.Children = slices.Insert(paths.Children, to, e.n)
}

var digests = []string{"md5", "sha1", "sha256"}

// signing are the digests of signing programs, each with the other two in place of it, and the operands of their texts, each without it
// and with a constant in front of it: there are not twenty digests.
func signing(d *document) []string {
	var all []string
	walk(d.root.Member("components").Member("securitySchemes"), func(n *load.Node) {
		if slices.Contains(digests, n.Key) {
			all = append(all, n.Pointer+" 1", n.Pointer+" 2")
		}
		if i := strings.LastIndex(n.Pointer, "/concat/"); i >= 0 && !strings.Contains(n.Pointer[i+len("/concat/"):], "/") {
			all = append(all, n.Pointer+" 3", n.Pointer+" 4")
		}
	})
	return all
}

func editSigning(e *edit) {
	switch e.variant {
	case 1, 2:
		e.n.Key = digests[(slices.Index(digests, e.n.Key)+e.variant)%len(digests)]
		return
	}
	list := at(e.root, e.n.Pointer[:strings.LastIndex(e.n.Pointer, "/")])
	i := slices.Index(list.Children, e.n)
	if e.variant == 3 && len(list.Children) > 1 {
		list.Children = slices.Delete(list.Children, i, i+1)
		return
	}
	list.Children = slices.Insert(list.Children, i, fragment(e.t, "", `{"constant": "&"}`))
}
