package naming

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// spellings are chosen to clash with one another, with support, with operations and with what names yield to.
var spellings = []string{
	"Client", "ClientSchema", "client", "Group", "group", "GroupInfo", "group_info", "GroupRequest", "GroupResponse", "OperationGroupRequest",
	"LoginServer", "login_server", "App", "Opt", "AppSchema", "GroupA", "GroupAB", "groupA", "GroupAbProperty", "X", "2x", "N2x", "WithVersion",
}

// document builds one API with the given schemas, in the given order.
func document(schemas []string) *ir.API {
	op, types := operation("group", 1, field("a", 1))
	api := &ir.API{Operations: []*ir.Operation{op}, Tags: []*ir.Tag{{Name: name("login", 1)}}}
	for i, s := range schemas {
		c := component(s, 10+i, field("a_b", 1), field("aB", 1))
		inner := name(s+".a_b", 10+i)
		nested := &ir.Type{Kind: ir.KindEnum, Name: &inner, Owner: c.Name, Values: []*ir.EnumValue{{Name: name("v", 1)}}}
		c.Fields[0].Type = nested
		api.Types = append(api.Types, c, nested)
	}
	api.Types = append(api.Types, types...)
	return api
}

// named returns what each schema is called, and whether the document can be generated from.
func named(schemas []string) (map[string]string, bool) {
	api := document(schemas)
	var list diag.List
	Assign(api, &list)
	names := map[string]string{}
	for _, t := range api.Types {
		if t.Component {
			names[t.Name.Spec] = t.Name.Go
		}
	}
	return names, !list.HasErrors()
}

// TestAddingASchemaRenamesNone adds schemas to random documents: as long as the result can be generated from at all, no other
// schema is called anything else than before.
func TestAddingASchemaRenamesNone(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2)) // fixed: a failure repeats
	kept := 0
	for range 1500 {
		shuffled := slices.Clone(spellings)
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		n := random.IntN(5)
		before, ok := named(shuffled[:n])
		after, stillOK := named(shuffled[:n+1])
		if !ok || !stillOK {
			continue
		}
		kept++
		delete(after, shuffled[n])
		require.Equal(t, before, after, "adding %s", shuffled[n])
	}
	require.Greater(t, kept, 300, "too few documents that say anything")
}

// TestOrderDoesNotMatter names the same schemas in two orders: both are an error, or both give the same names.
func TestOrderDoesNotMatter(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 600 {
		shuffled := slices.Clone(spellings)
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		some := shuffled[:random.IntN(8)]
		forward, ok := named(some)
		reversed := slices.Clone(some)
		slices.Reverse(reversed)
		backward, okBackward := named(reversed)
		require.Equal(t, ok, okBackward, some)
		if ok {
			require.Equal(t, forward, backward, some)
		}
	}
}

// TestNamesDiffer checks what all of this is for: without errors, no two things in the package scope have one name.
func TestNamesDiffer(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 800 {
		shuffled := slices.Clone(spellings)
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		api := document(shuffled[:random.IntN(7)])
		var list diag.List
		Assign(api, &list)
		if list.HasErrors() {
			continue
		}
		seen := maps.Collect(maps.All(map[string]string{"LoginServer": "tag", "UnimplementedLoginServer": "tag"}))
		for _, n := range support {
			seen[n] = "support"
		}
		claim := func(n *ir.Name) {
			require.NotContains(t, seen, n.Go, "%s and %s", n.Spec, seen[n.Go])
			require.True(t, isExported(n.Go), n.Go)
			seen[n.Go] = n.Spec
		}
		for _, typ := range api.Types {
			claim(typ.Name)
			for _, v := range typ.Values {
				claim(&v.Name)
			}
		}
	}
}
