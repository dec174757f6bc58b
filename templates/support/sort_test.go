package support

import (
	"fmt"
	"slices"
	"testing"
)

// Short lists and long ones come out in the same order, equal ones in that in which they stood, and the list itself stays.
func TestSortedIsStable(t *testing.T) {
	for _, n := range []int{0, 1, 2, 20, 21, 300} {
		var list []pair
		for i := range n {
			list = append(list, pair{fmt.Sprint(i * 7 % 5), fmt.Sprint(i)})
		}
		byFirst := func(a, b pair) int { return byName(pair{name: a.name}, pair{name: b.name}) }
		want, before := slices.Clone(list), slices.Clone(list)
		slices.SortStableFunc(want, byFirst)
		if got := sorted(list, byFirst); !slices.Equal(got, want) {
			t.Errorf("%d: %v", n, got)
		}
		if !slices.Equal(list, before) {
			t.Errorf("%d: the list was changed", n)
		}
	}
}
