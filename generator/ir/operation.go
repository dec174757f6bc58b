package ir

import (
	"time"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// Operation is one method on one path.
type Operation struct {
	Pos        diag.Pos
	Name       Name // from operationId, else from method and path
	Method     string
	Path       string   // as the document spells it
	Aliases    []string // further paths with the same meaning (x-msdk-path-aliases)
	Tag        *Tag
	Doc        Doc
	Parameters []*Parameter  // path, query, header and cookie, in document order, path-level ones first
	Scheme     *Scheme       // nil: the operation is not signed
	Cipher     *Cipher       // nil: the operation is not encrypted
	Result     *Result       // nil: the HTTP status alone decides
	Timeout    time.Duration // per attempt; 0 means that the document states none
	Repeatable bool          // whether a failed call may be sent again
	Calls      []*Call       // exactly one, or one per variant
	Variants   *Variants     // nil unless the operation has x-msdk-variants
}

// Variants tells apart several calls that share one path and method.
type Variants struct {
	Pos       diag.Pos
	Parameter *Parameter // its value selects the call
}

// Call is what a caller calls: an operation, or one variant of it. It becomes one client method and one server method.
type Call struct {
	Pos       diag.Pos
	Operation *Operation
	Name      Name   // operation name, plus the variant's name
	Variant   string // spelling of the variant, empty for a plain operation
	Value     string // value of Variants.Parameter that selects the variant
	Doc       Doc
	Request   *Type // struct of what the caller supplies: body fields and parameters; without fields where there is nothing to supply
	Body      *Body // nil: no request body
	Responses []*Response
	Examples  []*Example
}

// Body is a request body in one content type.
type Body struct {
	Pos         diag.Pos
	ContentType string
	Type        *Type
	Required    bool
	// Flattened says that the fields of Type, an inline object, are fields of Call.Request themselves.
	// Otherwise Call.Request has one field named Body.
	Flattened bool
}

// Response is what one status answers.
type Response struct {
	Pos         diag.Pos
	Status      string // "200", "4XX", "default"
	ContentType string // empty: no body
	Type        *Type
	Doc         Doc
}

// In says where a parameter or request field travels.
type In uint8

// The places of the wire.
const (
	InBody In = iota
	InQuery
	InPath
	InHeader
	InCookie
	InSignature // a hole in the place of a signature, see Place.Template
)

// String returns the word that OpenAPI uses, "body" for InBody.
func (in In) String() string {
	return [...]string{"body", "query", "path", "header", "cookie", "signature"}[in]
}

// Parameter is one value outside of the body.
type Parameter struct {
	Pos       diag.Pos
	Name      Name
	In        In
	Doc       Doc
	Type      *Type
	Required  bool
	Expected  bool // see Field
	Sensitive bool
	Fill      *Fill // nil: the caller supplies it, or a body field does (Also)
	Also      bool  // a body field supplies it, see Field.Also
	Default   *Value
	Rules     []*Rule
}

// FillKind says who supplies a value that the caller does not.
type FillKind uint8

// The sources of x-msdk-value.
const (
	FillTimestamp  FillKind = iota // the client's clock, in Fill.Format
	FillMillis                     // milliseconds since 1970; short for FillTimestamp in TimeMillis
	FillNonce                      // a random integer over the full range of the parameter's type, or random text
	FillConstant                   // the only value that the document allows
	FillCredential                 // a part of the credentials, named by Fill.Credential
	FillKey                        // names the key that signs, see KeyChoice
	FillSignature                  // the finished signature, or the credential that a built-in scheme makes
	FillVariant                    // the value that selects the variant
	FillOption                     // a client or call option, else Parameter.Default, else left out
)

// Fill is the decoded form of x-msdk-value.
type Fill struct {
	Pos        diag.Pos
	Kind       FillKind
	Credential string        // for FillCredential
	Constant   *Value        // for FillConstant
	Format     TimeFormat    // for FillTimestamp and FillMillis
	Offset     time.Duration // for FillTimestamp: added to the clock, so that a request can state when it expires
	Alphabet   string        // for FillNonce in text: "hex", "alphanumeric", "digits" or "uuid"; empty: a random integer
	Length     int           // for FillNonce in text: characters, never 0
}

// Value is a literal of the document with the kind that it was written in.
type Value struct {
	Pos    diag.Pos
	Kind   Kind   // KindString, KindInt, KindFloat, KindBool, or KindAny for null, lists and objects
	Text   string // a string's value, a number as written, "true", "false", otherwise JSON
	IsNull bool
}

// Example is one documented message.
type Example struct {
	Pos      diag.Pos
	Name     string // key under examples; request and response of one exchange share it
	Summary  string
	Response bool   // false: a request
	Status   string // of a response
	JSON     []byte // compact, keys in document order
	Source   *Source
	// Printed is set when the document contradicts itself: JSON is then what the page prints (x-msdk-examples-as-printed).
	Printed *Printed
}

// Printed explains an example that its own document refutes.
type Printed struct {
	Pos        diag.Pos
	Reason     string
	Violations []string // "path: rule", as the validator reports them
}
