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

// sizeOf is the size in bytes of what item points to; nil pointers will do.
func sizeOf(item any) int { return int(reflect.TypeOf(item).Elem().Size()) }

// slab is what is left of the memory for items of type T. What works on it are functions, because methods of a generic type are compiled
// twice for each T; and there are few of them, and short ones, because they are compiled for each T at all.
type slab[T any] struct {
	free  []T       // of length 0
	spare *spare[T] // what is left of memory that lists inside of other ones took, where a type contains itself
	met   items
}

// spare is a stack of rests.
type spare[T any] struct {
	free []T
	next *spare[T]
}

// items says how many items of one type were met.
type items struct {
	since int // where the first one stands in the text
	count int // how many there were so far
	size  int // bytes of one
}

// takeFree returns the slab for items of type T and takes what is free of it: a list inside of the one that asks gets something else. A
// document has few types of items, hence a search. It and the two that follow are not to be inlined: they are compiled for each type of item.
//
//go:noinline
func takeFree[T any](d *jsonReader) (s *slab[T], free []T) {
	for _, known := range d.slabs {
		if s, ok := known.(*slab[T]); ok {
			free, s.free = s.free, nil
			if s.spare != nil {
				s.free, s.spare = s.spare.free, s.spare.next
			}
			return s, free
		}
	}
	s = new(slab[T])
	d.addSlab(s, &s.met, (*T)(nil))
	return s, nil
}

// addSlab begins a slab for items of the type that item points to. Where texts are copied, lists share no memory.
//
//go:noinline
func (d *jsonReader) addSlab(slab any, met *items, item any) {
	met.since, met.size = d.pos, max(sizeOf(item), 1)
	if !d.copied {
		d.slabs = append(d.slabs, slab)
	}
}

// finish counts the items of a list, takes back the room behind them, and returns the list without it.
//
//go:noinline
func finish[T any](s *slab[T], list []T) []T {
	n := len(list)
	s.met.count += n
	if cap(list) > n {
		if cap(s.free) > 0 {
			s.spare = &spare[T]{s.free, s.spare}
		}
		s.free = list[n:n]
	}
	return list[:n:n]
}

// grow returns room for at least that many more items of a list that has the given ones, which fill the room they had. It returns nil where
// the budget is spent, and the text with it.
//
//go:noinline
func grow[T any](s *slab[T], d *jsonReader, have []T, least int) []T {
	more := s.met.charge(d, len(have), least)
	if more == 0 {
		return nil
	}
	room := make([]T, len(have), len(have)+more)
	copy(room, have)
	return room
}

// roomFor returns room for n items that begins with the given ones, out of the memory that all objects of the document share. It returns
// nil where the budget is spent.
func roomFor[T any](d *jsonReader, have []T, n int) []T {
	s, room := takeFree[T](d)
	if cap(room) < n {
		if room = grow(s, d, nil, n); room == nil {
			return nil
		}
	}
	room = finish(s, room[:n])[:len(have)]
	copy(room, have)
	return room
}

// charge takes the memory for more items off the budget and returns how many they are, 0 if there is not enough for the least number.
func (i *items) charge(d *jsonReader, read, least int) int {
	more := max(least, min(i.estimate(d, read), d.budget/i.size))
	d.charge(more * i.size)
	if d.err != nil {
		return 0
	}
	return more
}

// estimate returns how many more items to make room for, read of which the list at hand has. What was met so far says how many will
// follow in the rest of the text. But a text may change its kind at any place: a guess may take little memory, or little more than what
// was right before, and never more than a part of the budget. The room doubles in any case, so that no list is copied more often.
func (i *items) estimate(d *jsonReader, read int) int {
	const first, little, factor, part = 4, 64 << 10, 8, 4
	rest := len(d.src) - d.pos
	total := i.count + read
	switch {
	case d.copied:
		return read
	case total == 0:
		return min(first, rest/i.size)
	}
	passed := max(d.pos-i.since, 1)
	likely := total*rest/passed*17/16 + 1
	return max(read, min(likely, max(little/i.size, factor*total), d.budget/part/i.size))
}
