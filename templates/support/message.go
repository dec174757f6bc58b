package support

// The request as a signature sees it. Both sides run the same program over the same [message]; the client makes it from what it is
// going to send, the server from what came in. It lies inside of the call or the exchange, and finished signatures lie inside of
// it: signing costs no memory of its own. What few programs need (lists, fields of the body, dates) stands in the files sign_*.go.

import (
	"bytes"
	"net/http"
)

// message is what a signature can cover, and what came out.
type message struct {
	method      string
	urlScheme   string      // http or https
	host        string      // with the port where the address has one
	base        messagePath // of the server's URL on a client, and of the public URL on a server; mostly empty
	own         messagePath // behind it; of a request that came in, once somebody has asked for it
	parameters  []pair      // of the query, decoded, without the places of signatures
	contentType string      // of a client's body
	sentHeaders []pair      // of a client, besides: names in lower case
	pathValues  []pair      // decoded
	body        []byte      // what the signature covers: the plaintext, or the ciphertext where the document says so
	values      []pair      // of the signer: times and random text that travel in the place of a signature

	// arrived is the header of a request that came in; nil on a client. arrivedQuery is its query, from which the places of signatures are cut
	// when somebody asks for it.
	arrived      http.Header
	arrivedQuery string
	request      *http.Request
	readPath     func(r *http.Request) messagePath // makes own of request, which few programs look at; nil once it has, and on a client
	places       []place

	// readFields splits body into its fields; nil if no program looks at them. They are read once, when they are first asked for.
	readFields func(body []byte) (fields []pair, fault string)
	bodyFields []pair
	bodyFault  string
	fieldsRead bool

	credentials credentials
	generation  keyGeneration

	// What the program leaves behind: fault says, in a fixed text without any value, why there is no signature; missing that a
	// secret is not configured; placed holds the text for each place, in the order of the scheme's places.
	fault   string
	missing bool
	placed  [][]byte

	// trial looks at, and may change, what is hashed; nil unless a signature that does not fit is being explained.
	trial signTrial

	room       [256]byte // for placed
	roomUsed   int
	roomPlaced [2][]byte
}

// messagePath is a path in both spellings.
type messagePath struct {
	decoded string
	encoded string // as on the request line
}

// begin makes the message ready for a run of the program with the keys of one generation.
func (m *message) begin(c credentials, generation keyGeneration) {
	m.credentials, m.generation = c, generation
	m.fault, m.missing = "", false
	m.placed, m.roomUsed = m.roomPlaced[:0], 0
}

// signTrial is a run of the program that looks for a mistake, see attempt.
type signTrial interface{ text(text []byte) []byte }

// keep passes on the text that is to be hashed, and shows it to a trial where there is one.
func (m *message) keep(text []byte) []byte {
	if m.trial == nil {
		return text
	}
	return m.trial.text(bytes.Clone(text)) // a copy, so that text itself may stay on the stack
}

// place takes the finished text for the next place.
func (m *message) place(text []byte) {
	free := m.room[m.roomUsed:m.roomUsed:len(m.room)]
	m.placed = append(m.placed, append(free, text...))
	m.roomUsed = min(m.roomUsed+len(text), len(m.room))
}

// fail keeps the first reason why there can be no signature.
func (m *message) fail(reason string) {
	if m.fault == "" {
		m.fault = reason
	}
}

// parameter returns the decoded value of a query parameter, "" if it is absent.
func (m *message) parameter(name string) string {
	value, _ := find(m.parameters, name)
	return value
}

// header returns the first value of a header, "" if it is absent. The name is in lower case.
func (m *message) header(name string) string {
	switch {
	case name == "host":
		return m.host
	case m.arrived != nil:
		return m.arrived.Get(name)
	case name == "content-type":
		return m.contentType
	}
	value, _ := find(m.sentHeaders, name)
	return value
}

// pathValue returns the decoded value of a path parameter.
func (m *message) pathValue(name string) string {
	value, _ := find(m.pathValues, name)
	return value
}

// value returns what the signer made for this attempt, see signValue.
func (m *message) value(name string) string {
	value, _ := find(m.values, name)
	return value
}

// fields returns the fields of the body, in their order.
func (m *message) fields() []pair {
	if !m.fieldsRead && m.readFields != nil {
		m.bodyFields, m.bodyFault = m.readFields(m.body)
		m.fieldsRead = true
	}
	if m.bodyFault != "" {
		m.fail(m.bodyFault)
	}
	return m.bodyFields
}

// field returns the value of a field of the body, "" if it is absent.
func (m *message) field(name string) string {
	value, _ := find(m.fields(), name)
	return value
}

// path is the decoded path.
func (m *message) path() []byte { return append([]byte(m.base.decoded), m.ownPath().decoded...) }

// encodedPath is the path as on the request line.
func (m *message) encodedPath() []byte { return append([]byte(m.base.encoded), m.ownPath().encoded...) }

func (m *message) ownPath() messagePath {
	if m.readPath != nil {
		m.own, m.readPath = m.readPath(m.request), nil
	}
	return m.own
}

// query is the query string as on the request line, without the places of signatures.
func (m *message) query() []byte {
	if m.arrived != nil {
		for i := range m.places {
			if p := &m.places[i]; p.in == inQuery {
				m.arrivedQuery = cutParameter(m.arrivedQuery, p.name)
			}
		}
		m.places = nil
		return []byte(m.arrivedQuery)
	}
	return appendQuery(nil, m.parameters)
}

// url is the whole address: scheme, host, encoded path and, where there is one, the query.
func (m *message) url() []byte {
	text := append(append(append([]byte(nil), m.urlScheme...), "://"...), m.host...)
	return append(text, m.target()...)
}

// target is the encoded path and, where there is one, the query.
func (m *message) target() []byte {
	text := m.encodedPath()
	if query := m.query(); len(query) > 0 {
		text = append(append(text, '?'), query...)
	}
	return text
}

// credential returns a credential that is no secret.
func (m *message) credential(name string) string {
	if m.credentials == nil {
		return ""
	}
	return m.credentials.value(name)
}

// secret returns a secret of the credentials. Without it there is no signature: one that is made without a key anybody can make.
func (m *message) secret(name string) string {
	secret := m.optionalSecret(name)
	m.missing = m.missing || secret == ""
	return secret
}

// optionalSecret returns a secret that need not be configured. Where only one of several secrets is being exchanged, the others have
// no previous one.
func (m *message) optionalSecret(name string) string {
	if m.credentials == nil {
		return ""
	}
	key := m.credentials.secret(name)
	if secret := m.generation.of(key); secret != "" {
		return secret
	}
	return key.current()
}
