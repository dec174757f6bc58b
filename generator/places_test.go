package generator

// Every complaint has a place, whatever is broken. The documents of the golden cases are broken here in every value, which no list of
// cases does.

import (
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/load"
)

// breakages are what a value is replaced by; nil takes the value out, with its key.
var breakages = []*load.Node{
	nil, {Kind: load.Number, Value: "5"}, {Kind: load.Null}, {Kind: load.Text}, {Kind: load.Text, Value: "other words"}, {Kind: load.List}, {Kind: load.Mapping},
}

// breakOnce calls with for each value below n that was broken in one way; the ways take turns, so that a document is run once a value.
func breakOnce(n *load.Node, turn *int, with func()) {
	for i, child := range n.Children {
		whole := n.Children
		*turn++
		n.Children = slices.Delete(slices.Clone(whole), i, i+1)
		if breakage := breakages[*turn%len(breakages)]; breakage != nil {
			broken := *breakage
			broken.Key = child.Key
			n.Children = slices.Insert(n.Children, i, &broken)
		}
		with()
		n.Children = whole
		breakOnce(child, turn, with)
	}
}

func TestEveryComplaintHasAPlace(t *testing.T) {
	cases, err := filepath.Glob("../golden/cases/*.txtar")
	require.NoError(t, err)
	turn, complaints := 0, 0
	for _, file := range cases {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		spec, err := txtar.FS(archive)
		require.NoError(t, err)
		whole := load.Spec(spec, "spec.yaml", new(diag.List))
		if whole == nil {
			continue // a case of what cannot be read
		}
		breakOnce(whole.Root, &turn, func() {
			text := whole.Root.JSON()
			_, list := Generate(fstest.MapFS{"spec.json": {Data: text}}, Config{Strict: true, Packages: []Package{{Spec: "spec.json", Package: "api", Output: "out"}}})
			complaints += len(list)
			for _, d := range list {
				require.True(t, d.Pos.IsValid() && d.Pos.File != "", "%s: %s\n%s", d.Code, d.Message, text)
				for _, related := range d.Related {
					require.True(t, related.Pos.IsValid(), "%s: %s\n%s", d.Code, related.Message, text)
				}
			}
		})
	}
	require.Greater(t, complaints, 3000, "too little was broken to say anything")
}
