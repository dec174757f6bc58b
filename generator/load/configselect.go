// What a package of msdkgen.yaml leaves out: include, exclude and emit. Apart from config.go because these keys are about a part of a
// document and of its output, the others about the whole of it. Only their form is checked here; whether a name stands for something
// is known when the document is.
package load

import (
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// Selection names parts of a document: the value of include or of exclude.
type Selection struct {
	Pos        diag.Pos // of its key
	Tags       []Choice
	Operations []Choice // operationId
	Paths      []Choice // as the document spells them; one that ends in /* stands for all below it
	Channels   []Choice // labels of variants
}

// Choice is one name in a Selection.
type Choice struct {
	Pos  diag.Pos
	Text string
}

// Parts are the parts of a generated package that can be left out. The zero value leaves out none.
type Parts struct {
	Client, Server, Validators, Tests, Standin bool
}

// lists returns the lists of a selection in the order of selectionKeys.
func (s *Selection) lists() []*[]Choice {
	return []*[]Choice{&s.Tags, &s.Operations, &s.Paths, &s.Channels}
}

// readSelection decodes include or exclude; nil where it is absent or says nothing.
func readSelection(n *Node, list *diag.List) *Selection {
	if n == nil {
		return nil
	}
	members, ok := n.AsMapping(list)
	if !ok {
		return nil
	}
	if len(members) == 0 {
		list.Errorf(n.KeyPos, diag.CodeConfig, "%s names nothing", n.Key).Suggest("leave it out, or give it %s", strings.Join(selectionKeys, ", "))
		return nil
	}
	onlyKeys(n, list, n.Key, selectionKeys)
	s := &Selection{Pos: n.KeyPos}
	for i, choices := range s.lists() {
		*choices = readChoices(n.Member(selectionKeys[i]), list)
	}
	return s
}

// readChoices decodes one list of names.
func readChoices(n *Node, list *diag.List) []Choice {
	if n == nil {
		return nil
	}
	items, ok := n.AsList(list)
	if ok && len(items) == 0 {
		list.Errorf(n.KeyPos, diag.CodeConfig, "%s is empty", n.Key).Suggest("leave it out, or name something")
	}
	var choices []Choice
	first := map[string]diag.Pos{}
	for _, item := range items {
		text, ok := item.AsText(list)
		switch {
		case !ok:
			continue
		case text == "":
			list.Errorf(item.Pos, diag.CodeConfig, "a name in %s is empty", n.Key)
			continue
		case first[text].IsValid():
			list.Errorf(item.Pos, diag.CodeConfig, "%s has %q twice", n.Key, text).See(first[text], "the first one")
			continue
		}
		first[text] = item.Pos
		choices = append(choices, Choice{Pos: item.Pos, Text: text})
	}
	return choices
}

// contradictions reports names that are both included and excluded.
func contradictions(include, exclude *Selection, list *diag.List) {
	if include == nil || exclude == nil {
		return
	}
	for i, excluded := range exclude.lists() {
		for _, out := range *excluded {
			for _, in := range *include.lists()[i] {
				if in.Text == out.Text {
					list.Errorf(out.Pos, diag.CodeConfig, "%q is both included and excluded", out.Text).See(in.Pos, "included here")
				}
			}
		}
	}
}

// readEmit decodes emit. What is not named is emitted. standin is the place of a stand-in that is asked for.
func readEmit(n *Node, list *diag.List) (omit Parts, standin diag.Pos) {
	if n == nil {
		return omit, standin
	}
	if _, ok := n.AsMapping(list); !ok {
		return omit, standin
	}
	onlyKeys(n, list, "emit", emitKeys)
	for i, left := range []*bool{&omit.Client, &omit.Server, &omit.Validators, &omit.Tests, &omit.Standin} {
		member := n.Member(emitKeys[i])
		if member == nil {
			continue
		}
		if emitted, ok := member.AsBool(list); ok {
			*left = !emitted
		}
	}
	if omit.Client && omit.Server {
		list.Errorf(n.KeyPos, diag.CodeConfig, "neither client nor server is emitted").Suggest("a package has at least one of the two")
	}
	if member := n.Member("standin"); member != nil && !omit.Standin {
		standin = member.Pos
		if omit.Client || omit.Server {
			list.Errorf(member.Pos, diag.CodeConfig, "a stand-in needs both client and server")
		}
	}
	return omit, standin
}
