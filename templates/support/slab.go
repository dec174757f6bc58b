package support

// This file makes room for the items of lists. Lists of one kind share slabs: a body with a thousand short lists then takes a handful of
// allocations, not a thousand.
//
// It also bounds memory. An item may take much more memory than its text (`{}` may stand for a large struct), so that lists and maps
// charge what they take to a budget that grows with the text.

import "reflect"

const (
	// budgetFactor is how many bytes lists and maps may take for each byte of text. An ordinary body takes fewer than 3: what a
	// vendor sends is longer than what it is read into.
	budgetFactor = 8
	// budgetFloor is what they may take in any case: thousands of large structs of which a vendor sends little but the id.
	budgetFloor = 4 << 20
)

// charge takes n bytes off the budget.
func (d *jsonReader) charge(n int) {
	d.budget -= n
	if d.budget < 0 {
		d.fail("the items take too much memory for a text of this size")
	}
}

// sizeOf is the size of a T in bytes.
func sizeOf[T any]() int { return int(reflect.TypeFor[T]().Size()) }

// slab is what is left of the memory for items of type T.
type slab[T any] struct {
	free  []T // of length 0
	since int // where the first item of that type stands in the text
	items int // how many there were so far
}

// slabOf returns the slab for items of type T. A document has few types of items, hence a search.
func slabOf[T any](d *jsonReader) *slab[T] {
	for _, s := range d.slabs {
		if s, ok := s.(*slab[T]); ok {
			return s
		}
	}
	s := &slab[T]{since: d.pos}
	if !d.copied {
		d.slabs = append(d.slabs, s)
	}
	return s
}

// grow returns room for at least that many more items of a list that has the given ones, which fill the room they had.
func (s *slab[T]) grow(d *jsonReader, items []T, least int) []T {
	size := max(sizeOf[T](), 1)
	more := max(least, min(s.estimate(d, size, len(items)), d.budget/size))
	d.charge(more * size)
	if d.err != nil {
		return nil
	}
	room := make([]T, len(items), len(items)+more)
	copy(room, items)
	return room
}

// estimate returns how many more items to make room for, read of which the list at hand has. What was met so far says how many will
// follow in the rest of the text; but as a text may change its kind at any place, the room grows by a factor at most, and to a few times
// the size of the rest. It doubles in any case, so that no list is copied more often than that.
func (s *slab[T]) estimate(d *jsonReader, size, read int) int {
	const first, factor = 4, 8
	rest := len(d.src) - d.pos
	total := s.items + read
	switch {
	case d.copied:
		return read
	case total == 0:
		return min(first, rest/size)
	}
	passed := max(d.pos-s.since, 1)
	likely := total*rest/passed*9/8 + 1
	return max(read, min(likely, factor*total, budgetFactor/2*rest/size))
}
