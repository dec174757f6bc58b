package support

// This file reads what holds other values: lists and maps. They are functions because methods cannot be generic. What they read an item
// with is given to them, in the form in which the readers of single values have it.

// beginList enters a list. It returns false for null, which is a list that is absent, and after an error.
func (d *jsonReader) beginList() bool {
	if d.peek() != '[' {
		d.nullOr("a list")
		return false
	}
	if !d.descend() {
		return false
	}
	d.pos++
	return true
}

// item moves to the next item of a list and returns false at the end. n is the number of items that were read.
func (d *jsonReader) item(n int) bool {
	if p := d.pos + 1; n > 0 && p < len(d.src) && d.src[p-1] == ',' && d.src[p] > ' ' {
		d.pos = p
		return true
	}
	return d.firstItem(n)
}

// firstItem is item for the first one, the end, and white space.
func (d *jsonReader) firstItem(n int) bool {
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
func readList[T any](to *[]T, d *jsonReader, limit int, read func(*T, *jsonReader)) {
	*to = nil
	start := d.pos
	if !d.beginList() {
		return
	}
	s, items := takeFree[T](d)
	n := 0
	for ; d.item(n); n++ {
		if limit > 0 && n >= limit {
			d.skipValue()
			continue
		}
		if n == cap(items) {
			if items = grow(s, d, items, 1); items == nil {
				return
			}
		}
		items = items[:n+1]
		read(&items[n], d)
	}
	if items == nil {
		items = []T{}
	}
	*to = finish(s, items)
	d.count(start, "maxItems", "items", n, limit)
}

// count records a violation if n is above limit; start is where the list or map begins.
func (d *jsonReader) count(start int, rule, things string, n, limit int) {
	if limit > 0 && n > limit && d.err == nil {
		d.breach(breach{offset: start, rule: rule, message: countMessage(n, things, "at most", limit)})
	}
}

// readMap reads an object whose names are data; null makes it nil. Members beyond limit are checked, but not kept. That one of those is repeated
// is not noticed: to know would take memory for names without bound, and the object is refused in any case. Decoders give no limit, since the
// budget bounds what a map takes.
func readMap[V any](to *map[string]V, d *jsonReader, limit int, read func(*V, *jsonReader)) {
	*to = nil
	start, n := d.pos, 0
	cost := 2 * (sizeOf((*string)(nil)) + sizeOf((*V)(nil))) // a map keeps about half of its room free
	walk := members{of: &noFields}
	if d.object(&walk); walk.before == 0 {
		return
	}
	m := map[string]V{}
	for ; d.more(&walk); n++ {
		name, nameAt := d.name, d.nameAt
		if _, repeated := m[name]; repeated {
			d.failAt(nameAt, name, "the member is repeated")
			break
		}
		if limit > 0 && n >= limit {
			d.skipValue()
			continue
		}
		d.charge(cost)
		var v V
		read(&v, d)
		m[name] = v
	}
	*to = m
	d.count(start, "maxProperties", "members", n, limit)
}

// noFields is for objects of which no member is known.
var noFields jsonFields
