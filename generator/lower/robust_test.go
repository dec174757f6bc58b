package lower

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/load"
)

// allNodes lists n and everything below it.
func allNodes(n *load.Node) []*load.Node {
	all := []*load.Node{n}
	for _, c := range n.Children {
		all = append(all, allNodes(c)...)
	}
	return all
}

// mangle gives a node another kind, or takes, repeats or renames a member, and returns how to undo that.
func mangle(random *rand.Rand, n *load.Node, others []*load.Node) (undo func()) {
	before := *n
	switch random.IntN(5) {
	case 0:
		n.Kind, n.Children = load.NodeKind(random.IntN(6)), nil
	case 1:
		other := others[random.IntN(len(others))]
		n.Kind, n.Value, n.Children = other.Kind, other.Value, other.Children
		if len(allNodesUpTo(n, 20000)) >= 20000 { // it contains itself now
			*n = before
		}
	case 2:
		if len(n.Children) > 0 {
			i := random.IntN(len(n.Children))
			n.Children = append(n.Children[:i:i], n.Children[i+1:]...)
		}
	case 3:
		n.Children = append(n.Children[:len(n.Children):len(n.Children)], n.Children...)
	case 4:
		n.Key, n.Value = others[random.IntN(len(others))].Key, others[random.IntN(len(others))].Value
	}
	return func() { *n = before }
}

// allNodesUpTo is allNodes that gives up.
func allNodesUpTo(n *load.Node, limit int) []*load.Node {
	all := []*load.Node{n}
	for i := 0; i < len(all) && len(all) < limit; i++ {
		all = append(all, all[i].Children...)
	}
	return all
}

// TestMangledDocuments lowers documents that break every promise of the loader. Whatever comes out, it must come out, and a
// document that was good before is good again afterwards.
func TestMangledDocuments(t *testing.T) {
	for _, name := range []string{"msdk.yaml", "timgroup.yaml"} {
		var list diag.List
		doc := load.Spec(os.DirFS("../../spec"), name, &list)
		random := rand.New(rand.NewPCG(7, 8)) // fixed: a failure repeats
		all := allNodes(doc.Root)
		for range 500 {
			undo := mangle(random, all[random.IntN(len(all))], all)
			undoSecond := mangle(random, all[random.IntN(len(all))], all)
			var list diag.List
			require.NotNil(t, API(doc, true, &list))
			undoSecond()
			undo()
		}
		API(doc, true, &list)
		require.Empty(t, list)
	}
}

// TestMangledSchemes does the same with small documents in which nearly every node belongs to a signing program.
func TestMangledSchemes(t *testing.T) {
	files, err := filepath.Glob("../../golden/cases/scheme-*.txtar")
	require.NoError(t, err)
	texts := [][]byte{[]byte(withSteps("")), []byte(inBody), []byte(steps(goodSteps))}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		texts = append(texts, archive.Files[0].Data)
	}
	require.Greater(t, len(texts), 10)
	random := rand.New(rand.NewPCG(5, 6))
	for _, text := range texts {
		var list diag.List
		doc := load.Spec(fstest.MapFS{"t.yaml": {Data: text}}, "t.yaml", &list)
		require.Empty(t, list)
		all := allNodes(doc.Root)
		for range 400 {
			undo := mangle(random, all[random.IntN(len(all))], all)
			undoSecond := mangle(random, all[random.IntN(len(all))], all)
			var list diag.List
			require.NotNil(t, API(doc, true, &list))
			undoSecond()
			undo()
		}
		require.NotNil(t, API(doc, false, &list))
		require.Empty(t, list)
	}
}
