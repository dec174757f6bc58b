package support

// The tables that the generated code fills: one operation for each call, one result for each family of result codes. They hold
// facts only; what a fact makes the client and the server do stands in the other files. They are apart from those files because
// both sides read them, and because they are what a reader of the generated code meets first.

import "time"

// Server is the base URL of one environment or host: scheme, host and, where there is one, the path in front of every operation.
type Server string

// App names one game or app at the vendor; keys belong to an app.
type App string

// Code is a result code of the vendor.
type Code int64

// operation is one call: a method on a path, or one variant of it.
type operation struct {
	id         string
	method     string
	path       string        // with {name} for path parameters
	scheme     *scheme       // nil: not signed
	result     *result       // nil: the HTTP status alone decides
	timeout    time.Duration // what the vendor documents for one attempt; 0: nothing
	repeatable bool          // a failed call may be sent again
	body       bodyRule
	// contentType is that of the body as the document spells it; "": application/json.
	contentType string
	form        []parameter // the fields of a body that is a form; nil: it is JSON
	// fields splits a body for its signature; nil if no signature looks into one.
	fields     func(body []byte) (fields []pair, fault string)
	cipher     bodyCipher  // nil: bodies are plain
	parameters []parameter // in document order
}

// bodyCipher encrypts bodies, see cipher. It is an interface so that packages without encryption need none of that code.
type bodyCipher interface {
	problem(c credentials) string
	hasKey(c credentials) bool
	coversCiphertext() bool
	clientCipher
	serverCipher
}

// sentContentType is the content type of a body.
func (op *operation) sentContentType() string {
	if op.contentType == "" {
		return jsonContent
	}
	return op.contentType
}

// parameter returns the row of a query parameter, nil if the operation has none of that name.
func (op *operation) parameter(name string) *parameter {
	for i := range op.parameters {
		if op.parameters[i].in == inQuery && op.parameters[i].name == name {
			return &op.parameters[i]
		}
	}
	return nil
}

// rowOf returns the place of a query parameter in the table, -1 if it is not there. Callers mostly keep to the order of the document: the
// search begins at next.
func (op *operation) rowOf(name string, next int) int {
	for i := next; i < len(op.parameters); i++ {
		if p := &op.parameters[i]; p.name == name && p.in == inQuery {
			return i
		}
	}
	for i := range op.parameters[:next] {
		if p := &op.parameters[i]; p.name == name && p.in == inQuery {
			return i
		}
	}
	return -1
}

// bodyRule says whether a request has a body.
type bodyRule uint8

const (
	bodyNone bodyRule = iota
	bodyOptional
	bodyRequired
)

// parameter is one parameter of the query, the header or the path. What each call looks at stands in front, in few bytes: a table is read
// anew from memory for nearly every call.
type parameter struct {
	name      string
	in        where
	kind      paramKind
	required  bool
	sensitive bool // never printed
	fill      fillKind
	bits      uint8      // of an integer; 0: 64
	format    timeFormat // fillTimestamp
	// check tests the document's rules about the value; nil if there are none, or if the request's own check tests them.
	check    func(c *checker, value string)
	field    string        // name under which the request knows it; "": name. Two places may have a parameter of the same name
	from     string        // fillCredential: the name of the credential
	value    string        // fillConstant and fillVariant: the value; fillOption: the document's default, "" if it has none
	offset   time.Duration // fillTimestamp: added to the clock
	alphabet string        // fillNonce: of random text; "": a random integer over the whole range of bits
	length   int           // of random text
}

// ruled reports whether the document says more about the value than that it is text.
func (p *parameter) ruled() bool {
	return p.kind != paramText || p.check != nil || p.fill == fillConstant || p.fill == fillVariant
}

// fieldName is the name under which the request knows the parameter.
func (p *parameter) fieldName() string {
	if p.field != "" {
		return p.field
	}
	return p.name
}

// paramKind is what a parameter's text has to look like.
type paramKind uint8

const (
	paramText paramKind = iota
	paramInt
	paramFloat
	paramBool
)

// fillKind says who supplies a parameter on the client.
type fillKind uint8

const (
	fillRequest    fillKind = iota // a field of the request
	fillTimestamp                  // the time
	fillNonce                      // a random integer or text
	fillConstant                   // the only legal value
	fillCredential                 // a part of the credentials
	fillKey                        // names the key that signs
	fillSignature                  // the signature, or the credential that a built-in scheme makes
	fillVariant                    // the value that selects the variant
	fillOption                     // a client or call option, else the default, else left out
)

// result says how a response tells success from failure.
type result struct {
	name    string
	code    string // wire name of the field that holds the code
	message string // wire name of the text beside it, "" if there is none
	// status is the wire name of a word beside the code, "" if there is none.
	status, statusSuccess, statusFailure string

	success  func(code Code) bool
	empty    func(code Code) bool   // a success that has nothing but its code; nil if there is none
	wrapped  func(code Code) string // the platform whose own code stands in the message of this one, "" for the rest; may be nil
	failures failureCodes
	describe func(code Code) (text string, retry bool) // documented text, and whether a second attempt may succeed; may be nil
}

// failureCodes holds the vendor's code for each reason to refuse a call before a handler runs. A reason that the vendor has no
// code for stays 0; see [result.failureCode].
type failureCodes struct {
	noSuchOperation  Code
	tooLarge         Code
	emptyBody        Code
	missingParameter Code
	badParameter     Code
	unknownApp       Code
	decryption       Code
	badSignature     Code
	expired          Code
	notJSON          Code
	invalid          Code
	internal         Code
}

func (r *result) platform(code Code) string {
	if r == nil || r.wrapped == nil {
		return ""
	}
	return r.wrapped(code)
}

func (r *result) text(code Code) (text string, retry bool) {
	if r == nil || r.describe == nil {
		return "", false
	}
	return r.describe(code)
}

// packageFacts is what client and handler have to know about the whole package.
type packageFacts struct {
	name    string        // of the package, for messages
	schemes []*scheme     // in the order of scheme.index
	servers []knownServer // in document order
}

// knownServer is a server that the document lists.
type knownServer struct {
	url     Server
	schemes []*scheme // whose operations it serves; none: all operations
}

func (k *knownServer) serves(s *scheme) bool {
	if len(k.schemes) == 0 {
		return true
	}
	for _, own := range k.schemes {
		if own == s {
			return true
		}
	}
	return false
}
