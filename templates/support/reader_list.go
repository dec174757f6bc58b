package support

// This file reads what holds other values: lists, maps, documents inside of strings. They are functions because methods cannot be
// generic. What they read an item with is given to them, in the form in which the readers of single values have it.

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
	s := slabOf[T](d)
	items, n := s.take(), 0
	for ; d.item(n); n++ {
		if limit > 0 && n >= limit {
			d.skipValue()
			continue
		}
		if n == cap(items) {
			if items = s.grow(d, items, 1); items == nil {
				return
			}
		}
		items = items[:n+1]
		read(&items[n], d)
	}
	if items == nil {
		items = []T{}
	}
	kept := len(items)
	*to = items[:kept:kept]
	s.giveBack(items[kept:])
	s.met.count += kept
	d.count(start, "maxItems", "items", n, limit)
}

// count records a violation if n is above limit; start is where the list or map begins.
func (d *jsonReader) count(start int, rule, things string, n, limit int) {
	if limit > 0 && n > limit && d.err == nil {
		d.breach(breach{offset: start, rule: rule, message: countMessage(n, things, "at most", limit)})
	}
}

// readMap reads an object whose names are data; null makes it nil. Members beyond limit are checked, but not kept.
func readMap[V any](to *map[string]V, d *jsonReader, limit int, read func(*V, *jsonReader)) {
	*to = nil
	start, n := d.pos, 0
	cost := 2 * (sizeOf[string]() + sizeOf[V]()) // a map keeps about half of its room free
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

// readObjectOrText reads an object that some senders write as JSON text inside a string.
func readObjectOrText[T any](to *T, d *jsonReader, read func(*T, *jsonReader)) {
	if d.strict || d.peek() != '"' {
		read(to, d)
		return
	}
	d.lenient[leniencyEmbeddedJSON]++
	readEmbedded(to, d, read)
}

// readEmbedded reads a document that travels as text inside a string. Places inside of it are reported at the string.
func readEmbedded[T any](to *T, d *jsonReader, read func(*T, *jsonReader)) {
	if d.peek() != '"' {
		d.nullOr("a string with JSON in it")
		return
	}
	start := d.pos
	text := d.stringValue()
	if d.err != nil {
		return
	}
	inner := readers.Get().(*jsonReader)
	inner.src, inner.maxDepth, inner.strict, inner.copied, inner.budget = text, d.maxDepth-d.depth, d.strict, d.copied, d.budget
	inner.slabs, d.slabs = d.slabs, nil // the memory for items is the same; positions in the text differ, and only mislead the guesses
	inner.next()
	read(to, inner)
	inner.end()
	d.slabs = inner.slabs
	d.adopt(inner, start)
	inner.release()
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
