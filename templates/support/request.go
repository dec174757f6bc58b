package support

// One attempt as it goes onto the wire: parameters in document order, the body, the signature over exactly those, the URL. It is
// made anew for every attempt, from one reading of the clock, and the bytes that were signed are the bytes that are sent: nothing
// between here and the connection writes to them.

import (
	"encoding/binary"
	"io"
	"net/http"
)

// signedRequest is one attempt, ready to be sent.
type signedRequest struct {
	path    messagePath // behind that of the server
	query   string
	headers []pair // besides the content type
	body    string
	hasBody bool // it may be empty
}

// moment is one reading of the clock and the random numbers that go with it.
type moment struct {
	filler
	source io.Reader
	drawn  [8]byte
}

func (k *call) newMoment() *moment {
	m := &k.moment
	m.now, m.source, m.err = k.client.clock(), k.client.random, nil
	return m
}

func (m *moment) next() uint64 {
	if _, err := io.ReadFull(m.source, m.drawn[:]); err != nil {
		m.drawn = [8]byte{}
		if m.err == nil {
			m.err = randomError{}
		}
	}
	return binary.BigEndian.Uint64(m.drawn[:])
}

// credential returns a part of the credentials that is no secret.
func (k *call) credential(name string) string {
	if k.credentials == nil {
		return ""
	}
	return k.credentials.value(name)
}

// clientCipher is what a client does with a cipher.
type clientCipher interface {
	wants(s *callSettings) bool
	seal(k *call, body []byte) ([]byte, error)
	headers(hasBody bool) []pair
	openAnswer(k *call, header http.Header, body []byte) ([]byte, error)
}

// sign makes the next attempt.
func (k *call) sign() (signedRequest, error) {
	k.keepPlaced()
	m := k.newMoment()
	if err := k.fillParameters(m); err != nil {
		return signedRequest{}, err
	}
	body := k.room[:0]
	hasBody := k.op.body != bodyNone
	if hasBody {
		var err error
		if body, err = k.encode(&m.filler); err != nil {
			return signedRequest{}, err
		}
	}
	if m.err != nil {
		return signedRequest{}, k.misconfigured(m.err.Error())
	}
	parts := &k.parts
	if k.sealed {
		parts.headers = append(parts.headers, k.op.cipher.headers(hasBody)...)
	}
	sealFirst := k.sealed && hasBody && k.op.cipher.coversCiphertext()
	if sealFirst {
		var err error
		if body, err = k.op.cipher.seal(k, body); err != nil {
			return signedRequest{}, err
		}
	}
	k.makeMessage(body)
	if k.op.scheme != nil {
		if err := k.makeSignature(m); err != nil {
			return signedRequest{}, err
		}
		var err error
		if body, err = k.place(body); err != nil {
			return signedRequest{}, err
		}
	}
	if k.sealed && hasBody && !sealFirst {
		var err error
		if body, err = k.op.cipher.seal(k, body); err != nil {
			return signedRequest{}, err
		}
	}
	text := k.appendQuery(body)
	k.room = roomOf(k.room, text)
	sent := string(text) // body and query in one piece of memory
	return signedRequest{
		path: parts.path, query: sent[len(body):], headers: parts.headers, body: sent[:len(body)], hasBody: hasBody,
	}, nil
}

// makeMessage makes the request as a signature sees it. It is made in its place, member by member: it is large.
func (k *call) makeMessage(body []byte) {
	parts, m := &k.parts, &k.message
	*m = message{}
	m.method, m.urlScheme, m.host, m.base, m.own = k.op.method, k.endpoint.scheme, k.endpoint.host, k.endpoint.path, parts.path
	m.parameters, m.pathValues, m.body, m.readFields = parts.query, parts.pathValues, body, k.op.fields
}

// encode writes the body in the form that the document asks for.
func (k *call) encode(f *filler) ([]byte, error) {
	dst := k.room[:0]
	if form, ok := k.req.(formBody); ok && k.op.form != nil {
		return form.appendForm(dst, f), nil
	}
	body := k.req.appendBody(dst, f)
	return body, changedText(k.op.id, body, k.req)
}

// makeSignature runs the scheme's program, or asks its issuer. What comes out lies in k.message.placed.
func (k *call) makeSignature(m *moment) error {
	s, msg := k.op.scheme, &k.message
	if s.builtin != nil {
		text, err := k.client.issuers[s.index].credential(k.credentials, m.now)
		if err != nil {
			return &SignatureError{Operation: k.op.id, Reason: err.Error()}
		}
		msg.begin(k.credentials, currentKey)
		msg.place([]byte(text))
		return nil
	}
	for i := range s.values {
		msg.values = append(msg.values, pair{s.values[i].name, s.values[i].make(m)})
	}
	if m.err != nil {
		return k.misconfigured(m.err.Error())
	}
	if k.op.body != bodyNone {
		msg.contentType = k.op.sentContentType()
	}
	for _, h := range k.parts.headers {
		msg.sentHeaders = append(msg.sentHeaders, pair{asciiLower(h.name), h.value})
	}
	if s.compute(msg, k.credentials, k.key, currentKey) {
		return nil
	}
	if msg.fault != "" {
		return &SignatureError{Operation: k.op.id, Reason: msg.fault}
	}
	return k.misconfigured("the credentials of " + s.name + " lack a secret that signs")
}

// make makes the value for one attempt.
func (v *signValue) make(m *moment) string {
	if v.alphabet != "" {
		return m.randomText(v.alphabet, v.length)
	}
	return v.format.text(m.now.Add(v.offset))
}

// place puts the finished texts into the headers and the body; those of the query are written with the query.
func (k *call) place(body []byte) ([]byte, error) {
	for i := range k.op.scheme.places {
		p, text := &k.op.scheme.places[i], k.message.placed[i]
		switch {
		case p.in == inHeader && holdsControl(string(text)):
			return nil, k.misconfigured("the header " + p.name + " would hold a control character")
		case p.in == inHeader:
			k.parts.headers = append(k.parts.headers, pair{p.name, string(text)})
		case p.in == inBody && k.op.form != nil:
			if len(body) > 0 {
				body = append(body, '&')
			}
			body = appendQuery(body, []pair{{p.name, string(text)}})
		case p.in == inBody:
			body = appendMember(body, p.name, string(text))
		}
	}
	return body, nil
}

// appendMember adds a member at the end of a JSON object.
func appendMember(object []byte, name, text string) []byte {
	object = object[:len(object)-1]
	if object[len(object)-1] != '{' {
		object = append(object, ',')
	}
	object = appendText(append(appendText(object, name), ':'), text)
	return append(object, '}')
}

// appendQuery writes the query string behind the body. The texts of places go into it as bytes: no signature is ever a string on its
// own.
func (k *call) appendQuery(dst []byte) []byte {
	parts := &k.parts
	start, done := len(dst), 0
	for _, slot := range parts.slots { // in the order of the query
		dst = appendFurther(dst, start, parts.query[done:slot.at])
		if done = slot.at; len(dst) > start {
			dst = append(dst, '&')
		}
		dst = appendEscaped(dst, k.op.scheme.places[slot.place].name)
		dst = appendEscaped(append(dst, '='), k.message.placed[slot.place])
	}
	return appendFurther(dst, start, parts.query[done:])
}

// appendFurther writes parameters behind those that stand in dst from start on.
func appendFurther(dst []byte, start int, parameters []pair) []byte {
	if len(parameters) > 0 && len(dst) > start {
		dst = append(dst, '&')
	}
	return appendQuery(dst, parameters)
}

// keepPlaced remembers the signatures of the attempt before, for the mask.
func (k *call) keepPlaced() {
	for _, text := range k.message.placed {
		k.secrets = append(k.secrets, string(text))
	}
	k.message.placed = nil
}

// mask returns the list of the call's secrets. It is made only when a text from outside has to be shown.
func (k *call) mask() *mask {
	m := new(mask)
	if s := k.op.scheme; s != nil {
		s.addSecrets(m, k.credentials)
	}
	for _, text := range k.message.placed {
		m.add(string(text))
	}
	for _, secret := range k.secrets {
		m.add(secret)
	}
	m.addSensitive(k.req)
	return m
}
