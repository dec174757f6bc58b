package support

// The order of named values. Apart from the operations on lists because a memory of requests sorts too, and no generic function of the
// standard library, whose code would be compiled again in every package for this one type.

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// sorted returns the list in an order, byte by byte. What the order does not tell apart stays as it was.
func sorted(list []pair, order func(a, b pair) int) []pair {
	const few = 20 // up to there, moving them one by one is the fastest way
	result := slices.Clone(list)
	if len(result) > few {
		sort.Stable(&ordering{result, order})
		return result
	}
	for i := range result {
		for j := i; j > 0 && order(result[j], result[j-1]) < 0; j-- {
			result[j], result[j-1] = result[j-1], result[j]
		}
	}
	return result
}

// ordering is a list that is being sorted.
type ordering struct {
	list  []pair
	order func(a, b pair) int
}

func (o *ordering) Len() int           { return len(o.list) }
func (o *ordering) Less(i, j int) bool { return o.order(o.list[i], o.list[j]) < 0 }
func (o *ordering) Swap(i, j int)      { o.list[i], o.list[j] = o.list[j], o.list[i] }

func byName(a, b pair) int {
	return cmp.Or(strings.Compare(a.name, b.name), strings.Compare(a.value, b.value))
}
