package support

// This file is the core of the JSON reader: where it stands in the text, and within which bounds. The readers of objects, of single
// values, of lists and of text stand in files of their own; generated code calls all of them.

import (
	"strings"
	"sync"
)

// jsonReader reads one JSON document out of a string. Values are parts of that string, so that reading copies nothing that has
// no escapes in it.
//
// Every read starts at the first byte of a value and ends right behind it. The first error wins: fail keeps it and moves to the
// end of the text, where all further reads find nothing and all loops end. Callers therefore ask for the error once, at the end.
type jsonReader struct {
	src       string
	pos       int
	strict    bool // refuses what the vendor's leniencies would take
	copied    bool // every text and list gets memory of its own
	depth     int
	maxDepth  int
	name      string // name of the member at hand, where it is not one of the fields, see more
	nameAt    int    // where that name begins
	unknownAt int    // where the value of an unknown member begins while it is read, otherwise 0
	budget    int    // bytes that lists and maps may still take, see charge
	texts     strings.Builder
	slabs     []any // a *slab[T] for each type of item that was met
	embedded  embedding
	lenient   [leniencyKinds]int
	breaches  []breach
	omitted   int // breaches beyond the first maxViolations
	err       *DecodeError
}

// The leniencies of the reader. The counters in jsonReader.lenient are indexed by them.
const (
	leniencyTextForInt   = iota // a string where an integer is declared
	leniencyIntForText          // an integer where a string is declared
	leniencyEmptyList           // [] for an empty object
	leniencyEmbeddedJSON        // a string with an object in it for the object
	leniencyKinds
)

// readLimits are the bounds of one reading; the zero value stands for the defaults.
type readLimits struct {
	depth  int  // levels of nesting; 0 means defaultMaxDepth
	strict bool // no leniencies
	copied bool // texts do not share memory with the document, nor lists with one another
}

const (
	defaultMaxDepth = 64
	// largestMaxDepth caps what a caller may ask for: each level is a call of its own on the stack.
	largestMaxDepth = 10_000
)

// jsonTarget is what a document can be read into: a pointer to a generated type.
type jsonTarget interface {
	readJSON(d *jsonReader)
}

// newReader returns a reader at the start of text.
func newReader(text string, limits readLimits) *jsonReader {
	d := new(jsonReader)
	d.start(text, limits)
	return d
}

func (d *jsonReader) start(text string, limits readLimits) {
	depth := limits.depth
	if depth <= 0 {
		depth = defaultMaxDepth
	}
	d.src, d.maxDepth, d.strict, d.copied = text, min(depth, largestMaxDepth), limits.strict, limits.copied
	d.budget = budgetFloor + budgetFactor*len(text)
}

// readers keeps readers for the next document: they are handed to generated code through an interface, which would put each of them
// on the heap.
var readers = sync.Pool{New: func() any { return new(jsonReader) }}

// embedding is what a reader keeps for documents inside of strings, see readEmbedded.
type embedding struct {
	inside bool   // the text at hand stands inside of a string
	exact  bool   // whatever is wrong is to be reported where it is
	behind int    // bytes behind the string in the texts around
	part   []byte // where a string is decoded, part of which may hold text
	used   int    // how much of it
}

// release gives a reader back.
func (d *jsonReader) release() {
	d.clear()
	readers.Put(d)
}

// clear makes a reader ready for another document. Nothing of the last one stays in it.
func (d *jsonReader) clear() {
	part := d.embedded.part
	clear(part[:d.embedded.used])
	*d = jsonReader{}
	d.embedded.part = part
}

// document reads the whole text into v. The error is a *DecodeError without an operation. Members that are required and
// missing are no error here, see violations.
func (d *jsonReader) document(v jsonTarget) error {
	if d.next() == 'n' {
		d.unexpected("an object")
	}
	v.readJSON(d)
	d.end()
	if d.err != nil {
		return d.err
	}
	return nil
}

// end asks that nothing but white space is left.
func (d *jsonReader) end() {
	d.next()
	if d.pos < len(d.src) {
		d.fail("text after the end of the document")
	}
}

// next skips white space and returns the byte behind it, 0 at the end of the text.
func (d *jsonReader) next() byte {
	for d.pos < len(d.src) {
		c := d.src[d.pos]
		if c > ' ' || c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return c
		}
		d.pos++
	}
	return 0
}

// peek returns the byte at hand, 0 at the end of the text.
func (d *jsonReader) peek() byte {
	if d.pos < len(d.src) {
		return d.src[d.pos]
	}
	return 0
}

// descend enters an object or a list, whose opening bracket is at hand and stays there.
func (d *jsonReader) descend() bool {
	if d.depth >= d.maxDepth {
		d.fail("nested too deeply")
		return false
	}
	d.depth++
	return true
}

// ascend leaves an object or a list; the closing bracket is at hand.
func (d *jsonReader) ascend() {
	d.depth--
	d.pos++
}
