package support

// This file passes over values without turning them into Go values: unknown members, members that the client fills, and raw
// JSON. What is skipped is checked as strictly as what is read.

import "strings"

// skip passes over the value of a member that the document does not know. Not inlined: every type that keeps no such members has it.
//
//go:noinline
func (d *jsonReader) skip() {
	d.unknownAt = d.pos
	d.skipValue()
	d.unknownAt = 0
}

// unknown passes over the value of a member that the document rules out. Its name may be anything, even a secret, and is not repeated.
func (d *jsonReader) unknown() {
	d.breach(breach{offset: d.nameAt, name: "?", rule: ruleUnknown, message: "is a member that the document rules out"})
	d.skip()
}

// extra adds the member at hand, which the document does not know, to x. The first one of an object begins x anew: what x held is of an
// earlier text, and may be shared with a copy of the value.
func (d *jsonReader) extra(m *members, x *Extra) {
	name, start := d.name, d.pos
	d.skip()
	if d.err != nil {
		return
	}
	raw := d.src[start:d.pos]
	if d.copied {
		raw = strings.Clone(raw)
	}
	if !m.extra {
		room := roomFor[extraList](d, nil, 1)
		if d.err != nil {
			return
		}
		x.kept, m.extra = &room[:1][0], true
	}
	members := x.kept.members
	if len(members) == cap(members) {
		if members = roomFor(d, members, max(2*len(members), 1)); d.err != nil {
			return
		}
	}
	x.kept.members = append(members, extraMember{name: name, raw: raw})
}

// readRaw keeps the text of any value; null makes it nil.
func readRaw(to *RawJSON, d *jsonReader) {
	*to = nil
	start := d.pos
	d.skipValue()
	text := d.src[start:d.pos]
	if d.err == nil && text != "null" {
		*to = RawJSON(text)
	}
}

// skipText checks that the value is a string.
func (d *jsonReader) skipText() {
	if d.peek() == '"' {
		d.stringBody()
		return
	}
	d.nullOr("a string")
}

// skipTextOrInt is skipText with the leniency of textOrInt.
func (d *jsonReader) skipTextOrInt() { d.textOrInt(new(string)) }

// skipInt checks that the value is an integer.
func (d *jsonReader) skipInt() {
	if d.atNumber() {
		d.integerText()
		return
	}
	d.nullOr("an integer")
}

// skipIntOrText is skipInt with the leniency of intOrText.
func (d *jsonReader) skipIntOrText() { d.intOrText(new(int64)) }

// skipConst checks that the value is the constant that the document gives. raw is that constant as JSON.
func (d *jsonReader) skipConst(raw string) {
	start := d.pos
	d.skipValue()
	text := d.src[start:d.pos]
	if d.err != nil || text == raw || text == "null" {
		return
	}
	if strings.HasPrefix(text, `"`) && strings.HasPrefix(raw, `"`) &&
		string(appendUnescaped(nil, text)) == string(appendUnescaped(nil, raw)) {
		return
	}
	d.breach(breach{offset: start, rule: "const", message: "is not the constant of the document"})
}

// skipValue passes over any value.
func (d *jsonReader) skipValue() {
	switch c := d.peek(); {
	case c == '"':
		d.stringBody()
	case c == '{':
		d.skipObject()
	case c == '[':
		if d.beginList() {
			for n := 0; d.item(n); n++ {
				d.skipValue()
			}
		}
	case c == 't' || c == 'f':
		d.bool(new(bool))
	case c == 'n':
		d.null()
	case d.atNumber():
		d.number()
	default:
		d.unexpected("a value")
	}
}

// skipObject passes over an object. Its names are checked, but not decoded.
func (d *jsonReader) skipObject() {
	m := members{of: &noFields}
	for d.object(&m); d.toName(&m); {
		d.stringBody()
		if !d.colon() {
			return
		}
		d.skipValue()
	}
}

// validJSON reports whether text is one JSON document. It is what a RawJSON has to be before it is sent.
func validJSON(text string) bool {
	d := jsonReader{src: text, maxDepth: largestMaxDepth}
	d.next()
	d.skipValue()
	d.end()
	return d.err == nil
}
