package support

// This file is the core of the JSON reader: where it stands in the text, how it walks through an object, and which members it
// has met. The readers of single values, of lists and of text stand in files of their own; generated code calls all of them.

// jsonReader reads one JSON document out of a string. Values are parts of that string, so that reading copies nothing that has
// no escapes in it.
//
// Every read starts at the first byte of a value and ends right behind it. The first error wins: fail keeps it and moves to the
// end of the text, where all further reads find nothing and all loops end. Callers therefore ask for the error once, at the end.
type jsonReader struct {
	src       string
	pos       int
	name      string // name of the member at hand, set by more
	nameAt    int    // where that name begins
	unknownAt int    // where the value of an unknown member begins while it is read, otherwise 0
	state     objectState
	strict    bool // refuses what the vendor's leniencies would take
	depth     int
	maxDepth  int
	budget    int // bytes that lists and maps may still take, see charge
	lenient   [leniencyKinds]int
	breaches  []breach
	omitted   int // breaches beyond the first maxViolations
	err       *DecodeError
}

// objectState says what more has to expect.
type objectState uint8

const (
	stateNext   objectState = iota // a comma or the end of the object
	stateFirst                     // a name or the end of the object
	stateEmpty                     // nothing: the object was an empty list, or could not be read
	stateNull                      // nothing: null stood in the object's place
	stateAbsent                    // as stateNull, and more has said so
)

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
	depth := limits.depth
	if depth <= 0 {
		depth = defaultMaxDepth
	}
	return &jsonReader{
		src: text, maxDepth: min(depth, largestMaxDepth), strict: limits.strict,
		budget: budgetFloor + budgetFactor*len(text),
	}
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

// descend enters an object or a list; the opening bracket is at hand.
func (d *jsonReader) descend() {
	if d.depth >= d.maxDepth {
		d.fail("nested too deeply")
		return
	}
	d.depth++
	d.pos++
}

// ascend leaves an object or a list; the closing bracket is at hand.
func (d *jsonReader) ascend() {
	d.depth--
	d.pos++
}

// object begins an object; more then walks through its members. null is taken for an object that is absent.
func (d *jsonReader) object() {
	switch d.peek() {
	case '{':
		d.state = stateFirst
		d.descend()
	case 'n':
		d.state = stateNull
		d.null()
	default:
		d.state = stateEmpty
		d.unexpected("an object")
	}
}

// objectOrEmptyList is object for types that vendors write as [] when they are empty.
func (d *jsonReader) objectOrEmptyList() {
	if d.peek() != '[' || d.strict {
		d.object()
		return
	}
	d.state = stateEmpty
	d.descend()
	if d.next() != ']' {
		d.unexpected("an object, or an empty list in its place")
		return
	}
	d.ascend()
	d.lenient[leniencyEmptyList]++
}

// more moves to the value of the next member and puts its name into d.name. It returns false at the end of the object and
// after an error.
func (d *jsonReader) more() bool {
	state := d.state
	d.state = stateNext
	switch state {
	case stateEmpty:
		return false
	case stateNull:
		d.state = stateAbsent
		return false
	}
	c := d.next()
	if c == '}' {
		d.ascend()
		return false
	}
	if state != stateFirst {
		if c != ',' {
			d.unexpected("a comma or the end of the object")
			return false
		}
		d.pos++
		c = d.next()
	}
	if c != '"' {
		d.unexpected("the name of a member")
		return false
	}
	return d.memberName()
}

// memberName reads a name and the colon behind it.
func (d *jsonReader) memberName() bool {
	d.nameAt = d.pos
	d.name = d.stringValue()
	if d.next() != ':' {
		d.unexpected("a colon")
		return false
	}
	d.pos++
	d.next()
	return true
}

// fieldSet remembers which members of an object were met. The first 64 need no memory of their own.
type fieldSet struct {
	first fieldWord
	rest  []fieldWord
}

// fieldWord holds 64 members. A member that is null was named, but has no value.
type fieldWord struct {
	named, valued uint64
}

// word returns the word and the bit of a member, nil if no member of that word was met.
func (s *fieldSet) word(index int) (*fieldWord, uint64) {
	bit := uint64(1) << (index % 64)
	if index < 64 {
		return &s.first, bit
	}
	if i := index/64 - 1; i < len(s.rest) {
		return &s.rest[i], bit
	}
	return nil, bit
}

// mark notes that the member at hand was met; meeting it twice is an error. index counts the members of the type from 0.
func (d *jsonReader) mark(s *fieldSet, index int) {
	w, bit := s.word(index)
	for w == nil {
		s.rest = append(s.rest, fieldWord{})
		w, bit = s.word(index)
	}
	if w.named&bit != 0 {
		d.failAt(d.nameAt, d.name, "the member is repeated")
		return
	}
	w.named |= bit
	if d.peek() != 'n' {
		w.valued |= bit
	}
}

// has reports whether a member was met with a value. It is true where nothing is to be reported: after an error, and for an
// object that is null, which its own parent reports where it matters.
func (d *jsonReader) has(s *fieldSet, index int) bool {
	if d.err != nil || d.state == stateAbsent {
		return true
	}
	w, bit := s.word(index)
	return w != nil && w.valued&bit != 0
}

// require records a violation if the member is missing or null. It is called right after more returned false.
func (d *jsonReader) require(s *fieldSet, index int, name string) {
	if !d.has(s, index) {
		d.breach(breach{offset: d.pos - 1, name: name, rule: "required", message: "is missing"})
	}
}

// requireCode is require for the result code, without which nobody can tell success from failure: its absence is an error.
func (d *jsonReader) requireCode(s *fieldSet, index int, name string) {
	if !d.has(s, index) {
		d.failAt(d.pos-1, name, "the result code is missing")
	}
}
