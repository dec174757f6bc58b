package ir

import (
	"time"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// Scheme is one way to prove who calls: the credentials it takes and how a request is signed with them.
type Scheme struct {
	Pos         diag.Pos
	Name        Name
	Doc         Doc
	Credentials []*Credential // in document order
	Keys        *KeyChoice    // nil: the program names its secrets itself
	Values      []*SignValue  // made anew for each attempt; they travel in the places of the signature, nowhere else
	Program     *Program      // nil for a built-in
	Builtin     string        // "tim-usersig", or empty
	Places      []*Place      // where finished steps go, in the order of their steps; at least one
	App         *Locator      // where a request names the app; nil: it does not, and the handler has one set of credentials
	Time        *Locator      // where a request states its time; nil: nowhere
	Window      time.Duration // how old a request may be, as the document states it; 0: it states nothing
}

// Credential is one thing that a caller configures for a scheme.
type Credential struct {
	Pos      diag.Pos
	Name     Name
	Doc      Doc
	Kind     Kind // KindString or KindInt
	Secret   bool // a key: masked wherever it is printed, and kept as current and previous for rotation
	App      bool // names the app that the keys belong to; at most one credential does
	Optional bool // a client is complete without it
}

// KeyChoice says which of several keys signs, and which parameter tells the other side.
type KeyChoice struct {
	Pos       diag.Pos
	Parameter string
	Choices   []*KeyChoiceCase // in order of preference: a client signs with the first whose key it has
}

// KeyChoiceCase is one value of the parameter and the key that it stands for.
type KeyChoiceCase struct {
	Pos       diag.Pos
	Value     string
	Secret    string
	Otherwise bool // also taken for values that no case lists
}

// SignValue is a value that the signer makes for each attempt. The other side reads it out of the signature's place.
type SignValue struct {
	Pos  diag.Pos
	Name Name
	Fill *Fill // FillTimestamp or FillNonce
}

// Locator says where a value stands in a request.
type Locator struct {
	Pos    diag.Pos
	In     In            // InQuery, InHeader, InPath, InBody (a member at the top, or a field of a form) or InSignature
	Name   string        // of the parameter or member; for InSignature the name of the hole in a place's template
	Format TimeFormat    // of a time
	Offset time.Duration // of a time: how far ahead of its clock a client states it, see Fill.Offset
}

// Place is where the result of a step goes.
type Place struct {
	Pos  diag.Pos
	In   In     // InQuery, InHeader or InBody
	Name string // of the parameter, the header or the member at the top of the body
	Step string // name of the step; the last one where the document says nothing
	// Template is the text around it, in pieces; without pieces the step's result is the whole value. Its holes are names of steps,
	// values and credentials.
	Template []TemplatePart
	// Separator cuts the template into elements that may come in any order, with others between them and the one that holds the
	// signature more than once. Empty: the whole value has the template's form.
	Separator string
}

// TemplatePart is literal text, or a hole.
type TemplatePart struct {
	Pos     diag.Pos
	Literal string
	Hole    string   // empty: Literal is the part
	Kind    HoleKind // what Hole names
}

// HoleKind says what a hole of a template names.
type HoleKind uint8

// The kinds of holes.
const (
	HoleStep HoleKind = iota
	HoleValue
	HoleCredential
)

// StepType is the type of a signing step's result.
type StepType uint8

// The types of steps.
const (
	StepText  StepType = iota // characters
	StepBytes                 // a digest, before it is encoded
	StepList                  // names with values, in an order
)

// String returns the word used in messages.
func (t StepType) String() string { return [...]string{"text", "bytes", "a list"}[t] }

// Program is the decoded form of x-msdk-sign: steps in order, the last one is the signature.
type Program struct {
	Pos   diag.Pos
	Steps []*Step
}

// Step is one named value. Which of the other members count depends on Op.
type Step struct {
	Pos  diag.Pos
	Name Name
	Op   StepOp
	Args []Operand // in the order that is given at the operation
	Type StepType

	Hash     string     // OpHMAC: "md5", "sha1", "sha224", "sha256", "sha384" or "sha512"
	Pair     string     // OpJoin of a list: between a name and its value
	With     string     // OpJoin: between the parts
	Take     Take       // OpJoin of a list
	Bare     bool       // OpJoin of a list: a name with an empty value stands alone, without Pair
	Encoding *Percent   // OpPercent
	From, To int        // OpSlice: half open, in bytes; To < 0 means the end. OpSlice with Last: the last From bytes
	Last     bool       // OpSlice
	Old, New string     // OpReplace
	Read     TimeFormat // OpDate
	Write    TimeFormat // OpDate
	By       SortKey    // OpSort
	Fold     bool       // OpSort: ASCII letters compare without their case
	Select   *Selection // OpParameters and OpHeaders
	Function string     // OpGo: a function of the generated package's folder
}

// StepOp is what a step does with its operands.
type StepOp string

// The operations; emit and the evaluator have one function for each.
const (
	OpConcat       StepOp = "concat"         // text... -> text, or bytes... -> bytes
	OpJoin         StepOp = "join"           // text... -> text, or list -> text
	OpMD5          StepOp = "md5"            // text or bytes -> bytes
	OpSHA1         StepOp = "sha1"           // as md5
	OpSHA224       StepOp = "sha224"         // as md5
	OpSHA256       StepOp = "sha256"         // as md5
	OpSHA384       StepOp = "sha384"         // as md5
	OpSHA512       StepOp = "sha512"         // as md5
	OpHMAC         StepOp = "hmac"           // Args[0] the key, Args[1] the message; each text or bytes -> bytes
	OpHex          StepOp = "hex"            // bytes -> text, lower case
	OpUpperHex     StepOp = "upper-hex"      // bytes -> text
	OpBase64       StepOp = "base64"         // bytes -> text, with padding
	OpBase64Raw    StepOp = "base64-raw"     // bytes -> text, without padding
	OpBase64URL    StepOp = "base64url"      // bytes -> text, with - and _ and padding
	OpBase64URLRaw StepOp = "base64url-raw"  // bytes -> text, with - and _, without padding
	OpFromHex      StepOp = "from-hex"       // text -> bytes; text of another form fails
	OpFromBase64   StepOp = "from-base64"    // text -> bytes, either alphabet, padding optional; text of another form fails
	OpUTF8         StepOp = "utf8"           // text -> bytes
	OpLower        StepOp = "lower"          // text -> text, ASCII letters
	OpUpper        StepOp = "upper"          // text -> text, ASCII letters
	OpTrim         StepOp = "trim"           // text -> text without spaces and tabs at both ends
	OpLength       StepOp = "length"         // text or bytes -> text, the number of bytes in decimal digits
	OpPercent      StepOp = "percent-encode" // text -> text, or list -> list (names and values)
	OpSlice        StepOp = "slice"          // text -> text, or bytes -> bytes; beyond the end there is nothing
	OpReplace      StepOp = "replace"        // text -> text, every occurrence
	OpDate         StepOp = "date"           // text -> text, UTC; text that is no such time fails
	OpIf           StepOp = "if"             // Args[0] present (not empty) -> Args[1], else Args[2]; the two have one type
	OpParameters   StepOp = "parameters"     // -> list
	OpHeaders      StepOp = "headers"        // -> list; names in lower case, values trimmed and with single spaces
	OpList         StepOp = "list"           // text... -> list of values without names
	OpSort         StepOp = "sort"           // list -> list, byte by byte
	OpGo           StepOp = "go"             // any... -> text or bytes: func(args...) (string or []byte, error) beside the generated code
)

// Take says which parts of a list's entries are joined.
type Take uint8

// The parts.
const (
	TakeBoth Take = iota
	TakeNames
	TakeValues
)

// SortKey says what a list is sorted by.
type SortKey uint8

// The keys.
const (
	SortName  SortKey = iota // then by value
	SortValue                // then by name
)

// Selection says which parameters, members or headers make a list, in the order of the request.
type Selection struct {
	Pos       diag.Pos
	From      []In           // OpParameters: InQuery, InBody (top-level members of JSON, or the fields of a form); in this order
	Only      []string       // if any: nothing else. OpHeaders: in lower case
	Prefix    string         // OpHeaders: also all headers whose name begins with it, in lower case
	Except    []string       // places of signatures are never part of it and need not be named
	DropEmpty bool           // entries with an empty value are left out
	Lower     bool           // OpParameters: names in lower case
	Repeated  string         // OpParameters: between the values of a name that comes more than once, which then are one entry; "": they stay apart
	Add       []NamedOperand // appended, in document order
}

// NamedOperand is an entry that a program adds to a list.
type NamedOperand struct {
	Name  string
	Value Operand
}

// Percent is a way of percent-encoding. The unreserved characters of RFC 3986 stay: letters, digits, - . _ ~
type Percent struct {
	Keep     string // further ASCII characters that stay
	Encode   string // unreserved characters that do not stay
	Plus     bool   // a space becomes +
	LowerHex bool   // %2f and not %2F
}

// TimeFormat is how a time is written; all of them are in UTC.
type TimeFormat string

// The formats.
const (
	TimeSeconds   TimeFormat = "seconds"      // 1440938160, since 1970
	TimeMillis    TimeFormat = "milliseconds" // 1440938160000, since 1970
	TimeISO       TimeFormat = "iso"          // 2015-08-30T12:36:00Z
	TimeISOMillis TimeFormat = "iso-millis"   // 2015-08-30T12:36:00.000Z
	TimeISOBasic  TimeFormat = "iso-basic"    // 20150830T123600Z
	TimeDate      TimeFormat = "date"         // 2015-08-30
	TimeDateBasic TimeFormat = "date-basic"   // 20150830
	TimeCompact   TimeFormat = "compact"      // 20150830123600
	TimeDateTime  TimeFormat = "date-time"    // 2015-08-30 12:36:00
	TimeHTTP      TimeFormat = "http"         // Sun, 30 Aug 2015 12:36:00 GMT
)

// OperandKind says where an operand comes from.
type OperandKind uint8

// The sources of operands. All but the body's bytes and steps of type bytes are text; the body counts as text.
const (
	OperandConstant OperandKind = iota
	OperandStep
	OperandKey         // the key that KeyChoice selected
	OperandSecret      // a secret by name
	OperandCredential  // a credential that is no secret, by name
	OperandValue       // a SignValue by name
	OperandParameter   // a query parameter, decoded; empty if it is absent
	OperandHeader      // a header, its first value; host and content-type included
	OperandPathValue   // a path parameter, decoded
	OperandField       // a top-level member of the body, or a field of a form: a string's value, a number as written, true, false, JSON as sent
	OperandMethod      // in upper case
	OperandPath        // decoded
	OperandEncodedPath // as on the request line
	OperandQuery       // as on the request line, without ? and without the places of signatures
	OperandTarget      // encoded path, and ? with OperandQuery where that is not empty
	OperandURL         // scheme://host and OperandTarget
	OperandURLScheme   // http or https
	OperandHost        // host, with the port where the address has one
	OperandHostName    // host, without the port
	OperandPort        // the port; without one in the address, that of its scheme
	OperandBody        // the exact bytes of the body: plaintext, or ciphertext where the cipher says that it is signed
)

// Operand is one input of a step.
type Operand struct {
	Pos  diag.Pos
	Kind OperandKind
	Text string // constant, or the name of a step, secret, credential, value, parameter, header or member
}

// Cipher is the decoded form of x-msdk-encrypt: how the bodies of a scheme's operations are encrypted.
type Cipher struct {
	Pos            diag.Pos
	Name           string // "msdktea"
	Secret         string // the credential of the operation's scheme that holds the key
	SignCiphertext bool   // the signature covers the ciphertext, and not the plaintext
	ContentHeader  string // header that says that a body is encrypted, "Content-Encrypt"
	AcceptHeader   string // header that asks for an encrypted answer, "Accept-Encrypt"
	Required       bool   // plaintext is refused; without it the client encrypts when it is told to
}

// Characters are those that a time or a random text is made of.
func (f *Fill) Characters() string {
	const digits, letters = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	switch {
	case f.Kind == FillNonce:
		return map[string]string{"hex": digits + "abcdef", "alphanumeric": digits + letters, "digits": digits, "uuid": digits + "abcdef-"}[f.Alphabet]
	case f.Format == TimeHTTP:
		return digits + letters + ", :"
	case f.Format == TimeISO, f.Format == TimeISOMillis:
		return digits + "-T:.Z"
	case f.Format == TimeISOBasic:
		return digits + "TZ"
	case f.Format == TimeDate, f.Format == TimeDateTime:
		return digits + "- :"
	}
	return digits
}
