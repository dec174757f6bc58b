package support

// This file reads what holds other values: lists, maps, optional values, objects inside of lists, and documents inside of
// strings. They are functions because methods cannot be generic.
//
// It also bounds memory. An item may take much more memory than its text (`{}` may stand for a large struct), so that lists
// and maps charge what they take to a budget that grows with the text.

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

// beginList enters a list. It returns false for null, which is a list that is absent, and after an error.
func (d *jsonReader) beginList() bool {
	if d.peek() != '[' {
		d.nullOr("a list")
		return false
	}
	d.descend()
	return d.err == nil
}

// item moves to the next item of a list and returns false at the end. n is the number of items that were read.
func (d *jsonReader) item(n int) bool {
	c := d.next()
	switch {
	case c == ']':
		d.ascend()
		return false
	case d.pos == len(d.src):
		d.unexpected("an item or the end of the list")
		return false
	case n == 0:
		return true
	case c != ',':
		d.unexpected("a comma or the end of the list")
		return false
	}
	d.pos++
	d.next()
	return true
}

// readList reads a list; null makes it nil. Items beyond limit are checked, but not kept, and make a violation; 0 is no limit.
func readList[T any](d *jsonReader, limit int, read func(*jsonReader) T) []T {
	start := d.pos
	if !d.beginList() {
		return nil
	}
	items, n := []T{}, 0
	for ; d.item(n); n++ {
		if limit > 0 && n >= limit {
			d.skipValue()
			continue
		}
		if len(items) == cap(items) {
			items = grow(d, items)
		}
		items = append(items, read(d))
	}
	d.count(start, "maxItems", "items", n, limit)
	return items
}

// grow doubles the room of a list: the total of all rooms is then at most twice the last one. It follows what was read, never
// what a text announces.
func grow[T any](d *jsonReader, items []T) []T {
	more := max(len(items), 1)
	d.charge(more * sizeOf[T]())
	if d.err != nil {
		return nil
	}
	room := make([]T, len(items), len(items)+more)
	copy(room, items)
	return room
}

// count records a violation if n is above limit; start is where the list or map begins.
func (d *jsonReader) count(start int, rule, things string, n, limit int) {
	if limit > 0 && n > limit && d.err == nil {
		d.breach(breach{offset: start, rule: rule, message: countMessage(n, things, "at most", limit)})
	}
}

// readMap reads an object whose names are data; null makes it nil. Members beyond limit are checked, but not kept.
func readMap[V any](d *jsonReader, limit int, read func(*jsonReader) V) map[string]V {
	start, n := d.pos, 0
	cost := 2 * (sizeOf[string]() + sizeOf[V]()) // a map keeps about half of its room free
	d.object()
	if d.state != stateFirst {
		d.more()
		return nil
	}
	m := map[string]V{}
	for ; d.more(); n++ {
		name := d.name
		if _, repeated := m[name]; repeated {
			d.failAt(d.nameAt, name, "the member is repeated")
			break
		}
		if limit > 0 && n >= limit {
			d.skipValue()
			continue
		}
		d.charge(cost)
		m[name] = read(d)
	}
	d.count(start, "maxProperties", "members", n, limit)
	return m
}

// readOpt reads a value that may be absent; null leaves it so.
func readOpt[T any](d *jsonReader, read func(*jsonReader) T) Opt[T] {
	if d.peek() == 'n' {
		d.null()
		return Opt[T]{}
	}
	return Some(read(d))
}

// readObject reads a generated struct as a value.
func readObject[T any, P interface {
	*T
	jsonTarget
}](d *jsonReader) T {
	var v T
	P(&v).readJSON(d)
	return v
}

// readObjectOrText is readObject for an object that some senders write as JSON text inside a string.
func readObjectOrText[T any, P interface {
	*T
	jsonTarget
}](d *jsonReader) T {
	if d.strict || d.peek() != '"' {
		return readObject[T, P](d)
	}
	d.lenient[leniencyEmbeddedJSON]++
	return readEmbedded(d, readObject[T, P])
}

// readEmbedded reads a document that travels as text inside a string. Places inside of it are reported at the string.
func readEmbedded[T any](d *jsonReader, read func(*jsonReader) T) T {
	var zero T
	if d.peek() != '"' {
		d.nullOr("a string with JSON in it")
		return zero
	}
	start := d.pos
	inner := jsonReader{src: d.stringValue(), maxDepth: d.maxDepth - d.depth, strict: d.strict, budget: d.budget}
	if d.err != nil {
		return zero
	}
	inner.next()
	v := read(&inner)
	inner.end()
	d.adopt(&inner, start)
	return v
}

// adopt takes over what the reader of an embedded document has found. start is where the string begins.
func (d *jsonReader) adopt(inner *jsonReader, start int) {
	d.budget = inner.budget
	for i, n := range inner.lenient {
		d.lenient[i] += n
	}
	if inner.err != nil {
		d.failAt(start, "", "inside the string: "+inner.err.Reason)
		d.err.Path = boundedPath(joinPath(d.err.Path, inner.err.Path))
		return
	}
	for _, v := range inner.violations() {
		d.breach(breach{offset: start, inside: v.Path, rule: v.Rule, message: v.Message})
	}
	d.omitted += inner.omitted
}
