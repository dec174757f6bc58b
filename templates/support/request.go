package support

// One attempt as it goes onto the wire: parameters in document order, the body, the signature over exactly those, the URL. It is
// made anew for every attempt, from one reading of the clock, and the bytes that were signed are the bytes that are sent: nothing
// between here and the connection writes to them.

import (
	"encoding/binary"
	"io"
	"slices"
	"strconv"
	"time"
)

// signedRequest is one attempt, ready to be sent.
type signedRequest struct {
	url  string
	body []byte // nil: none
}

// moment is one reading of the clock and the random numbers that go with it.
type moment struct {
	filler
	source io.Reader
}

func (k *call) newMoment() *moment {
	m := &moment{source: k.client.random}
	m.now = k.client.clock()
	m.nonce = m.next
	m.credential = func(name string) string {
		if k.credentials == nil {
			return ""
		}
		return k.credentials.value(name)
	}
	return m
}

// randomError says that there were no random numbers to be had.
type randomError struct{}

// Error names the fault.
func (randomError) Error() string { return "the random source failed" }

func (m *moment) next() uint64 {
	var b [8]byte
	if _, err := io.ReadFull(m.source, b[:]); err != nil && m.err == nil {
		m.err = randomError{}
	}
	return binary.BigEndian.Uint64(b[:])
}

// sign makes the next attempt.
func (k *call) sign() (signedRequest, error) {
	m := k.newMoment()
	parameters, place, err := k.fillQuery(m)
	if err != nil {
		return signedRequest{}, err
	}
	var body []byte
	if k.op.body != bodyNone {
		body = k.req.appendBody(make([]byte, 0, 512), &m.filler)
		if err := changedText(k.op.id, body, k.req); err != nil {
			return signedRequest{}, err
		}
	}
	if m.err != nil {
		return signedRequest{}, k.misconfigured(m.err.Error())
	}
	if s := k.op.scheme; s != nil {
		signature, err := k.signature(m.now, &message{
			method: k.op.method, path: k.endpoint.path + k.op.path, body: body, parameters: parameters,
		})
		if err != nil {
			return signedRequest{}, err
		}
		k.secrets = append(k.secrets, signature)
		parameters = slices.Insert(parameters, place, queryParameter{s.signature, signature})
	}
	url := append(make([]byte, 0, 512), k.endpoint.base...)
	url = append(url, k.op.path...)
	if len(parameters) > 0 {
		url = appendQuery(append(url, '?'), parameters)
	}
	return signedRequest{url: string(url), body: body}, nil
}

// signature runs the scheme's program, or asks its issuer.
func (k *call) signature(now time.Time, m *message) (string, error) {
	s := k.op.scheme
	if s.builtin != nil {
		text, err := k.client.issuers[s.index].credential(k.credentials, now)
		if err != nil {
			return "", &SignatureError{Operation: k.op.id, Reason: err.Error()}
		}
		return text, nil
	}
	text, ok := s.compute(m, k.credentials, k.key, currentKey)
	k.used = m.used
	if !ok {
		return "", k.misconfigured("the credentials of " + s.name + " lack a secret that signs")
	}
	return text, nil
}

// fillQuery returns the parameters without the signature, and the place where that goes.
func (k *call) fillQuery(m *moment) (parameters []queryParameter, place int, err error) {
	parameters = make([]queryParameter, 0, len(k.op.parameters)+len(k.settings.query)+1)
	place = -1
	for i := range k.op.parameters {
		p := &k.op.parameters[i]
		if p.fill == fillSignature {
			place = len(parameters)
			continue
		}
		value, found := k.override(p.name)
		if !found {
			value, found = k.fill(p, m)
		}
		switch {
		case found:
			if err := p.validate(k.op.id, value); err != nil {
				return nil, 0, err
			}
			parameters = append(parameters, queryParameter{p.name, value})
		case p.required:
			return nil, 0, k.misconfigured("the query parameter " + p.name + " has no value")
		}
		if p.sensitive {
			k.secrets = append(k.secrets, value)
		}
	}
	if place < 0 {
		place = len(parameters)
	}
	for _, q := range k.settings.query {
		switch {
		case k.op.scheme != nil && q.name == k.op.scheme.signature:
			return nil, 0, k.misconfigured("the signature cannot be set by WithQuery")
		case k.op.parameter(q.name) == nil:
			parameters = append(parameters, q)
			k.secrets = append(k.secrets, q.value) // nobody knows what it is
		}
	}
	return parameters, place, nil
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
			return source.param(p.name)
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
		return strconv.FormatInt(m.now.Unix(), 10), true
	case fillMillis:
		return strconv.FormatInt(m.now.UnixMilli(), 10), true
	case fillNonce:
		bits := p.bits
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

// mask returns the list of the call's secrets. It is made only when a text from outside has to be shown.
func (k *call) mask() *mask {
	m := new(mask)
	if s := k.op.scheme; s != nil {
		s.addSecrets(m, k.credentials, k.used)
	}
	for _, secret := range k.secrets {
		m.add(secret)
	}
	m.addSensitive(k.req)
	return m
}
