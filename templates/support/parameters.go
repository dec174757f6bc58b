package support

// The parameters of a request that came in, held against the operation's table. Apart from the exchange because this is about single values,
// and nothing of it is believed yet.

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// parameterError is about one parameter. It never holds the value.
type parameterError struct {
	in            where
	name, problem string
}

// Error names the parameter and the problem.
func (e parameterError) Error() string { return e.in.String() + " " + e.name + " " + e.problem }

// checkParameters reads the query and holds all parameters against the operation's table. What is missing goes before what is wrong.
// except names a parameter that is not looked at: the one that selects a variant, where none was selected.
func (x *exchange) checkParameters(except string) *refusal {
	special, r := x.readQuery()
	if r != nil {
		return r
	}
	if s := x.op.scheme; s != nil && s.app.in != inBody && x.traced() { // nothing of it is believed yet
		x.app = x.claimedApp(s)
	}
	var room [24]foundParameter
	found := x.findParameters(room[:0])
	var wrong *refusal // the first one
	for i := range x.op.parameters {
		p := &x.op.parameters[i]
		var value string
		times := 0
		switch f := found[i]; {
		case p.in != inQuery:
			value, times = x.received(p)
		case f != 0:
			value, times = x.message.parameters[f.last()].value, f.times()
		case !p.required:
			continue
		}
		excepted := p.in == inQuery && p.name == except
		if p.required && !excepted && value == "" {
			return refusedParameter(failMissingParameter, p.in, p.name, "is missing")
		}
		checked := special || p.in != inQuery
		if wrong != nil || times <= 1 && (value == "" || !checked && !p.ruled()) {
			continue
		}
		if problem := p.problem(&x.rooms.checker, value, times, excepted, checked); problem != "" {
			wrong = refusedParameter(failBadParameter, p.in, p.name, problem)
		}
	}
	return wrong
}

var errQueryTooLong = errors.New("the query has too many parameters")

// readQuery takes the query apart. special: it holds escapes, or no ASCII.
func (x *exchange) readQuery() (special bool, r *refusal) {
	all := x.rooms.parameters[:0]
	s := scanQuery(x.request.URL.RawQuery)
	tooLong := false
	for !tooLong && s.next() {
		if tooLong = len(all) == maxQueryParameters; !tooLong {
			all = append(all, pair{s.name, s.value})
		}
	}
	x.rooms.taken = min(len(all), len(x.rooms.parameters)) // of a query that is refused as well
	switch {
	case tooLong:
		return false, refused(failBadParameter, errQueryTooLong)
	case s.err != nil:
		return false, refused(failBadParameter, s.err)
	}
	x.makeMessage(all)
	return s.special, nil
}

// foundParameter says where in the query a row of the table was found: 0 if it was not, else one more than the index of the last one, and
// a bit that says that there are several.
type foundParameter uint16

const foundAgain foundParameter = 1 << 15

func (f foundParameter) last() int { return int(f&^foundAgain) - 1 }

func (f foundParameter) times() int { return 1 + int(f/foundAgain) }

// findParameters returns for each row of the table where its value stands, in room where that is large enough.
func (x *exchange) findParameters(room []foundParameter) []foundParameter {
	found := append(room, make([]foundParameter, len(x.op.parameters))...)
	next := 0
	for i := range x.message.parameters {
		row := x.op.rowOf(x.message.parameters[i].name, next)
		if row < 0 {
			continue
		}
		again := foundParameter(0)
		if found[row] != 0 {
			again = foundAgain
		}
		found[row], next = foundParameter(i+1)|again, row+1
	}
	return found
}

// received returns the last value of a parameter, and how many there are.
func (x *exchange) received(p *parameter) (value string, times int) {
	switch p.in {
	case inHeader:
		if values := x.request.Header.Values(p.name); len(values) > 0 {
			return values[len(values)-1], len(values)
		}
		return "", 0
	case inPath:
		value, _ = find(x.pathValues, p.name)
		return value, 1
	}
	for _, q := range x.message.parameters {
		if q.name == p.name {
			value, times = q.value, times+1
		}
	}
	return value, times
}

// problem says what is wrong with a parameter; an empty value counts as an absent one. special is false for values that are ASCII.
func (p *parameter) problem(c *checker, value string, times int, anyValue, special bool) string {
	switch {
	case times > 1:
		return "is repeated" // two readers might take two different ones
	case value == "" || anyValue:
		return ""
	case (p.kind != paramText || special) && !p.hasKind(value):
		return "does not have the declared type"
	case (p.fill == fillConstant || p.fill == fillVariant) && value != p.value:
		return "does not have the only legal value, " + boundedLine(p.value, maxNameText)
	}
	if p.check == nil && !special {
		return ""
	}
	if broken, ok := p.validate(c, "", value).(*ValidationError); ok {
		return "breaks the rule " + broken.Violations[0].Rule
	}
	return ""
}

// hasKind reports whether a value looks like what the table declares.
func (p *parameter) hasKind(value string) bool {
	switch p.kind {
	case paramInt:
		return isInteger(value, int(p.bits))
	case paramFloat:
		_, err := strconv.ParseFloat(value, 64)
		return err == nil && strings.Trim(value, "0123456789+-.eE") == "" // ParseFloat also takes inf, nan and hexadecimal
	case paramBool:
		return value == "true" || value == "false"
	}
	return utf8.ValidString(value)
}

// isInteger takes decimal digits with or without a minus sign, within the range of a signed or unsigned integer of that many bits.
func isInteger(value string, bits int) bool {
	digits := 0
	for digits < len(value) && '0' <= value[digits] && value[digits] <= '9' {
		digits++
	}
	if bits == 0 {
		bits = 64
	}
	const few, many = 9, 18 // digits that any 32 bits, and any 64 bits, have room for
	switch {
	case digits == len(value) && (bits == 64 && digits <= many || bits == 32 && digits <= few):
		return digits > 0
	case strings.Trim(value, "-0123456789") != "":
		return false
	}
	if _, err := strconv.ParseInt(value, 10, bits); err == nil {
		return true
	}
	_, err := strconv.ParseUint(value, 10, bits)
	return err == nil
}
