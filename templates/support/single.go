package support

// Lists of which a single item travels as the item itself, and several as a list (x-msdk-single). Apart from the other lists because
// only documents with such lists need it.

// readSingle reads a list, or one item in its place; null makes it nil.
func readSingle[T any](to *[]T, d *jsonReader, limit int, read func(*T, *jsonReader)) {
	*to = nil
	switch d.peek() {
	case '[':
		readList(to, d, limit, read)
	case 'n':
		d.null()
	default:
		room := roomFor[T](d, nil, 1)
		if d.err != nil {
			return
		}
		*to = room[:1]
		read(&room[:1][0], d)
	}
}

// appendSingle appends a single item as itself, any other number of items as a list.
func appendSingle[T any](dst []byte, items []T, write func(*T, []byte) []byte) []byte {
	if len(items) == 1 {
		return write(&items[0], dst)
	}
	return appendList(dst, items, write)
}

func singleField[T any](dst []byte, key string, items []T, write func(*T, []byte) []byte) []byte {
	return append(appendSingle(append(dst, key...), items, write), ',')
}

func optSingleField[T any](dst []byte, key string, items []T, write func(*T, []byte) []byte) []byte {
	if items == nil {
		return dst
	}
	return singleField(dst, key, items, write)
}

// enterSingle goes into item i of such a list with n items. A single item has no index on the wire.
func (c *checker) enterSingle(name string, i, n int) {
	if n == 1 {
		c.enter(name)
		return
	}
	c.enterItem(name, i)
}
