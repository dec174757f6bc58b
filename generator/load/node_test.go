package load

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
)

func TestNodesThatAreNotThere(t *testing.T) {
	var n *Node
	var list diag.List
	require.Nil(t, n.Member("a").Member("b"))
	require.False(t, n.Has("a"))
	require.Nil(t, n.JSON())
	require.False(t, n.Place().IsValid())
	require.False(t, n.Where().IsValid())
	_, ok := n.AsText(&list)
	require.False(t, ok)
	require.Empty(t, list)
	require.Nil(t, (*Document)(nil).At(""))
}

func TestDecoding(t *testing.T) {
	n, said := readTreeFrom(file, "text: a\nbool: true\nint: -7\nlist: [a, b]\nmap: {z: 1, y: 2}\n")
	require.Empty(t, said)
	var list diag.List
	text, ok := n.Member("text").AsText(&list)
	require.Equal(t, "a", text)
	require.True(t, ok)
	truth, ok := n.Member("bool").AsBool(&list)
	require.True(t, truth && ok)
	number, ok := n.Member("int").AsInt(&list)
	require.Equal(t, int64(-7), number)
	require.True(t, ok)
	items, ok := n.Member("list").AsList(&list)
	require.Equal(t, "b", items[1].Value)
	require.True(t, ok)
	members, ok := n.Member("map").AsMapping(&list)
	require.Equal(t, "z", members[0].Key)
	require.True(t, ok)
	require.Empty(t, list)
}

func TestDecodingFaults(t *testing.T) {
	n, said := readTreeFrom(file, "text: 1\nbool: yes\nint: 1.5\nbig: 99999999999999999999\nlist: {}\nmap: []\n")
	require.Empty(t, said)
	var list diag.List
	_, ok := n.Member("text").AsText(&list)
	require.False(t, ok)
	_, ok = n.Member("bool").AsBool(&list)
	require.False(t, ok)
	_, ok = n.Member("int").AsInt(&list)
	require.False(t, ok)
	_, ok = n.Member("big").AsInt(&list)
	require.False(t, ok)
	_, ok = n.Member("list").AsList(&list)
	require.False(t, ok)
	_, ok = n.Member("map").AsMapping(&list)
	require.False(t, ok)
	require.Equal(t, []string{
		`1:7: wrong-kind: "text" takes text, not the number 1 [put it in quotes: "1"]`,
		`2:7: wrong-kind: "bool" takes true or false, not the text "yes" [write true]`,
		`3:6: wrong-kind: "int" takes a whole number of 64 bits, not 1.5`,
		`4:6: wrong-kind: "big" takes a whole number of 64 bits, not 99999999999999999999`,
		`5:7: wrong-kind: "list" takes a list, not a mapping`,
		`6:6: wrong-kind: "map" takes a mapping, not a list`,
	}, lines(list))
}
