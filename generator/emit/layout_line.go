package emit

import (
	"bytes"
	"strings"
)

// One line of a declaration, as gofmt lays it out: blanks between tokens, tabs in front, and values in columns. What decides is the token,
// the one before it, and the bracket that both stand in.

// bracket is an open bracket.
type bracket struct {
	open     byte
	line     int       // on which it was opened
	kind     kind      // what is inside
	function signature // of what stands around it
}

// signature says how far the parameters and results of a function were read.
type signature uint8

const (
	noSignature signature = iota
	behindFunc            // a receiver or the name follows
	behindName            // the parameters follow
	behindParameters
	inResults
)

// kind says what stands between two brackets.
type kind uint8

const (
	inExpression kind = iota // of a call, an index
	inTypes                  // of parameters and results
	inLiteral
	inBlock
	inStruct
	inInterface
	inSpecs // const ( … ), import ( … )
)

// layouter lays out one declaration.
type layouter struct {
	out   *bytes.Buffer
	stack []bracket
	line  int

	afterComment bool
	adjacent     bool
	section      []pairLine // lines "key: value" that have their values in one column

	// Of the line at hand.
	text     []byte
	before   lexeme
	first    lexeme
	rest     string // behind the token at hand
	function signature
	block    bool // a bracket at the end begins a block
	base     int  // number of brackets around the line
	colon    int  // where the value of a pair begins, 0 if nowhere
	binary   int
	summing  bool
}

// depth is the number of tabs in front of a line inside of the brackets that are open: one for each line that opened some.
func (l *layouter) depth() int {
	n, last := 0, -1
	for _, b := range l.stack {
		if b.line != last {
			n, last = n+1, b.line
		}
	}
	return n
}

func (l *layouter) top() (b bracket, ok bool) {
	if len(l.stack) == 0 {
		return bracket{kind: inBlock}, false
	}
	return l.stack[len(l.stack)-1], true
}

func (l *layouter) newLine(depth int, label bool) {
	if label {
		depth--
	}
	for range depth {
		l.out.WriteByte('\t')
	}
}

// code lays out a line that is no comment.
func (l *layouter) code(line string) error {
	if line == "" {
		return errForm
	}
	l.line++
	l.text, l.before, l.first = l.text[:0], lexeme{}, lexeme{}
	l.function, l.block, l.colon, l.binary, l.summing = noSignature, false, 0, 0, false
	l.base = len(l.stack)
	around, inside := l.top()
	depth := l.depth()
	for i := 0; i < len(line); {
		t, end := lex(line, i)
		if end == i {
			return errForm
		}
		if i = end; t.class == blank {
			continue
		}
		l.rest = strings.TrimLeft(line[i:], " ")
		if l.first.class == 0 {
			l.first = t
			if t.class == closer {
				if !inside || l.afterComment {
					return errForm
				}
				depth, l.base = l.depthOf(around), l.base-1
			}
			l.begin(t, around)
		}
		if err := l.token(t); err != nil {
			return err
		}
	}
	return l.finish(around, depth)
}

// depthOf is the number of tabs in front of the line that ends b.
func (l *layouter) depthOf(b bracket) int {
	n, last := 0, -1
	for _, outer := range l.stack {
		if outer.line != last && outer.line != b.line {
			n, last = n+1, outer.line
		}
	}
	return n
}

// begin prepares for a line: a method of an interface begins with its name.
func (l *layouter) begin(t lexeme, around bracket) {
	if around.kind == inInterface && t.class == word {
		l.function = behindName
	}
}

// token adds one token to the line.
func (l *layouter) token(t lexeme) error {
	around, _ := l.top()
	if !l.allowed(t, around) {
		return errForm
	}
	if l.function == behindParameters && t.text != "{" && t.text != "," && t.class != closer {
		l.function = inResults
		l.space()
		l.before = lexeme{} // neither called nor indexed
	}
	unary := t.class == operator && l.unary(t, around)
	if t.class == operator && !unary {
		if err := l.count(t); err != nil {
			return err
		}
	}
	if l.needsSpace(t, around, unary) {
		l.space()
	}
	l.text = append(l.text, t.text...)
	if unary {
		t.class = prefix
	}
	l.block = l.block || t.text == "if" || t.text == "for" || t.text == "switch"
	err := l.nest(t, around)
	l.before = t
	return err
}

// count allows operators whose blanks do not depend on what stands around them.
func (l *layouter) count(t lexeme) error {
	l.binary++
	switch t.text {
	case "+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "&^":
		l.summing = true
		if b, _ := l.top(); b.kind == inExpression {
			return errForm
		}
	}
	if l.summing && l.binary > 1 {
		return errForm
	}
	return nil
}

func (l *layouter) space() {
	if n := len(l.text); n > 0 && l.text[n-1] != ' ' {
		l.text = append(l.text, ' ')
	}
}

// unary reports whether an operator has nothing in front of it that it could work on.
func (l *layouter) unary(t lexeme, around bracket) bool {
	switch t.text {
	case "!", "...":
		return true
	case "*", "&", "-", "+", "^":
	default:
		return false
	}
	if t.text == "*" && (around.kind == inTypes || around.kind == inStruct || l.function == inResults || bytes.HasSuffix(l.text, []byte("[]"))) {
		return true // a pointer
	}
	switch l.before.class {
	case word, textLexeme, closer:
		return false
	}
	return true
}

// needsSpace reports whether a blank stands between the token before and t.
func (l *layouter) needsSpace(t lexeme, around bracket, unary bool) bool {
	b := l.before
	switch {
	case b.class == 0 || b.text == "." || b.class == opener || b.class == prefix:
		return false
	case t.text == "." || t.text == "," || t.text == ";" || t.text == ":" || t.class == closer || t.text == "++" || t.text == "--":
		return false
	case b.text == "," || b.text == ";" || b.text == ":" || b.class == assign || b.class == operator || t.class == assign:
		return true
	case unary && t.text == "...":
		return around.kind == inTypes
	case unary:
		return b.text != "]"
	case t.class == operator:
		return true
	case t.text == "{":
		return l.opensBlock() || (b.text == "struct" || b.text == "interface") && l.rest != "}"
	case t.text == "(":
		return b.class == keyword && (b.text != "func" || l.function == behindFunc)
	case t.text == "[":
		return b.class == keyword && b.text != "map" || b.class == word && l.rest[0] == ']' && (around.kind == inTypes || around.kind == inStruct || l.first.text == "type")
	}
	return b.text != "]" && b.text != ")" || l.function == behindFunc
}

// opensBlock reports whether a curly bracket that follows begins statements.
func (l *layouter) opensBlock() bool {
	return l.function >= behindParameters || l.block && len(l.stack) == l.base || l.before.text == "else"
}

// allowed refuses what the forms here do not have, so that each of the rules below can be simple.
func (l *layouter) allowed(t lexeme, around bracket) bool {
	b := l.before
	begun := b.text == "{" && around.line == l.line
	switch {
	case begun && around.kind != inLiteral && (t.text != "}" || l.block),
		b.class == assign && t.class == assign, b.class == operator && t.class == operator && (t.text == "/" || b.text == "<" || b.text == t.text), // a comment, a channel
		t.text == "(" && (b.text == "(" && !strings.HasPrefix(l.rest, "*") || b.text == "return" || b.text == "if" || b.text == "for" || b.text == "switch" || b.text == "case"),
		t.text == "(" && (b.text == "var" || b.text == "type") && l.rest == "",
		t.text == ":" && around.open == '[', t.text == ";" && l.first.text != "for" && l.first.text != "if",
		t.text == "[" && l.function == behindName:
		return false
	}
	switch t.text {
	case "struct", "interface":
		return l.first.text == "type" && len(l.stack) == 0
	case "chan", "select", "go", "goto", "defer", "fallthrough":
		return false
	}
	return true
}

// nest follows brackets and signatures.
func (l *layouter) nest(t lexeme, around bracket) error {
	switch {
	case t.text == "func":
		l.function = behindName
		if len(l.stack) == 0 && len(l.text) == len("func") {
			l.function = behindFunc
		}
	case t.class == word && l.function == behindFunc:
		l.function = behindName
	case t.class == opener:
		l.stack = append(l.stack, bracket{t.text[0], l.line, l.inside(t, around), l.function})
		l.function = noSignature
	case t.class == closer:
		if len(l.stack) == 0 {
			return errForm
		}
		l.function = l.stack[len(l.stack)-1].function
		l.stack = l.stack[:len(l.stack)-1]
		switch {
		case l.function == behindName:
			l.function = behindParameters
		case t.text == "}":
			l.function = noSignature
		}
	case t.text == ",":
		l.function = noSignature
	case t.text == ":" && around.kind == inLiteral && around.line < l.line && l.colon == 0:
		l.colon = len(l.text)
	}
	return nil
}

// inside says what stands behind an opening bracket.
func (l *layouter) inside(t lexeme, around bracket) kind {
	b := l.before.text
	switch {
	case t.text == "(" && (b == "const" || b == "import"):
		return inSpecs
	case t.text == "(" && l.function != noSignature:
		return inTypes
	case t.text != "{":
		return inExpression
	case b == "struct":
		return inStruct
	case b == "interface":
		return inInterface
	case l.opensBlock():
		return inBlock
	}
	return inLiteral
}

// finish writes the line, or keeps it until its section is complete.
func (l *layouter) finish(around bracket, depth int) error {
	opened := false
	if b, ok := l.top(); ok && (b.line == l.line || l.first.class == closer && b.line == around.line) {
		if opened = l.before.class == opener; !opened {
			return errForm // a list that goes on
		}
		if l.block && len(l.stack) > l.base+1 {
			return errForm // a condition that goes on
		}
		if l.first.class == closer {
			l.reopen(around)
		}
	}
	label := l.first.text == "case" || l.first.text == "default"
	if l.before.class == operator || l.before.class == prefix && l.before.text != "..." || l.before.class == assign || l.before.text == "." || label && l.before.text != ":" {
		return errForm
	}
	columns := l.first.class != closer && (around.kind == inStruct || around.kind == inSpecs && l.first.class == word && len(l.text) > len(l.first.text))
	if columns && l.adjacent && !l.afterComment {
		return errForm
	}
	l.adjacent = columns
	if label && l.afterComment {
		return errForm
	}
	l.afterComment = false
	if l.colon > 0 && !label && around.kind == inLiteral {
		return l.pair(depth, opened)
	}
	l.endSection()
	l.newLine(depth, label)
	l.out.Write(l.text)
	l.out.WriteByte('\n')
	return nil
}

// reopen makes this line the one that opened what was opened together with b, which it has closed, and is still open: "}, func() {" stands
// as deep as the line of the call did.
func (l *layouter) reopen(b bracket) {
	for i := range l.stack {
		if l.stack[i].line == b.line {
			l.stack[i].line = l.line
		}
	}
}
