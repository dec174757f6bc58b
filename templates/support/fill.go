package support

// Where the parameters of an attempt come from: the request, the clock, the credentials, the options. Apart from request.go because the
// order there is that of the wire, and here each parameter is for itself.

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// requestParts is an attempt before it is signed.
type requestParts struct {
	query      []pair
	headers    []pair
	pathValues []pair
	path       messagePath
	slots      []slot // where signatures go in the query
	room       [2]slot
	roomQuery  [16]pair
}

// slot says that a place stands before the parameter with that index.
type slot struct{ at, place int }

// fillParameters collects the parameters in document order.
func (k *call) fillParameters(m *moment) error {
	k.parts = requestParts{}
	parts := &k.parts
	parts.query, parts.slots = parts.roomQuery[:0], parts.room[:0]
	for i := range k.op.parameters {
		p := &k.op.parameters[i]
		if p.fill == fillSignature {
			parts.open(k.op.scheme, p)
			continue
		}
		value, found, err := k.valueOf(p, m)
		if err != nil {
			return err
		}
		switch {
		case !found:
		case p.in == inHeader:
			parts.headers = append(parts.headers, pair{p.name, value})
		case p.in == inPath:
			parts.pathValues = append(parts.pathValues, pair{p.name, value})
		default:
			parts.query = append(parts.query, pair{p.name, value})
		}
	}
	for _, q := range k.settings.query {
		switch {
		case k.op.scheme.isPlace(inQuery, q.name):
			return k.misconfigured("the signature cannot be set by WithQuery")
		case k.op.parameter(q.name) == nil:
			parts.query = append(parts.query, q)
			k.secrets = append(k.secrets, q.value) // nobody knows what it is
		}
	}
	parts.openRest(k.op.scheme)
	parts.path = expandPath(k.op.path, parts.pathValues)
	if len(parts.pathValues) > 0 && hasDots(parts.path.encoded) {
		return k.misconfigured("a part of the path would be . or .., which leads elsewhere")
	}
	return nil
}

// open leaves room in the query for the place that a parameter declares.
func (r *requestParts) open(s *scheme, p *parameter) {
	if s == nil || p.in != inQuery {
		return
	}
	for i := range s.places {
		if s.places[i].in == inQuery && s.places[i].name == p.name {
			r.slots = append(r.slots, slot{len(r.query), i})
		}
	}
}

// openRest leaves room at the end for the places that no parameter declares.
func (r *requestParts) openRest(s *scheme) {
	if s == nil {
		return
	}
	declared := r.slots
	for i := range s.places {
		known := s.places[i].in != inQuery
		for _, other := range declared {
			known = known || other.place == i
		}
		if !known {
			r.slots = append(r.slots, slot{len(r.query), i})
		}
	}
}

// valueOf returns the value of a parameter and whether it is sent.
func (k *call) valueOf(p *parameter, m *moment) (value string, found bool, err error) {
	if p.in == inQuery {
		value, found = k.override(p.name)
	}
	if !found {
		value, found = k.fill(p, m)
	}
	if p.sensitive {
		k.secrets = append(k.secrets, value)
	}
	switch {
	case !found && p.required:
		return "", false, k.misconfigured("the " + p.in.String() + " " + p.name + " has no value")
	case !found:
		return "", false, nil
	}
	switch p.in {
	case inHeader:
		if value = strings.Trim(value, " \t"); holdsControl(value) {
			return "", false, k.misconfigured("the header " + p.name + " would hold a control character")
		}
	case inPath:
		if value == "" {
			return "", false, k.misconfigured("the path parameter " + p.name + " is empty")
		}
	}
	if p.check == nil && plainText(value) {
		return value, true, nil
	}
	return value, true, p.validate(&k.rooms.checker, k.op.id, value)
}

// plainText reports whether a text consists of ASCII, as nearly all values of parameters do.
func plainText(text string) bool {
	var all byte
	for i := range len(text) {
		all |= text[i]
	}
	return all < utf8.RuneSelf
}

// holdsControl reports what no header may hold: a line end in one would begin another header.
func holdsControl(value string) bool {
	return strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}

// override returns what the caller set by WithQuery.
func (k *call) override(name string) (value string, found bool) {
	for _, q := range k.settings.query {
		if q.name == name {
			return q.value, true
		}
	}
	return "", false
}

// fill returns the value of a parameter; found is false if it is left out. m may be nil for parameters that need no moment.
func (k *call) fill(p *parameter, m *moment) (value string, found bool) {
	switch p.fill {
	case fillRequest:
		if source, ok := k.req.(paramSource); ok {
			return source.param(p.fieldName())
		}
		return "", false
	case fillConstant, fillVariant:
		return p.value, true
	case fillKey:
		if k.key == nil {
			return "", false
		}
		return k.key.value, true
	case fillOption:
		for i := len(k.settings.parameters) - 1; i >= 0; i-- {
			if o := k.settings.parameters[i]; o.name == p.name {
				return o.value, true
			}
		}
		return p.value, p.value != ""
	}
	if m == nil {
		return "", false
	}
	switch p.fill {
	case fillTimestamp:
		return p.format.text(m.now.Add(p.offset)), true
	case fillNonce:
		if p.alphabet != "" {
			return m.randomText(p.alphabet, p.length), true
		}
		bits := int(p.bits)
		if bits == 0 {
			bits = 63
		}
		return strconv.FormatUint(m.random(bits), 10), true
	case fillCredential:
		value = m.credential(p.from)
		return value, value != ""
	}
	return "", false
}
