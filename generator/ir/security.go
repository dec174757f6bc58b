package ir

import "github.com/msdkgen/msdkgen/generator/diag"

// Scheme is one way to prove who calls: the credentials it takes and how a request is signed with them.
type Scheme struct {
	Pos         diag.Pos
	Name        Name
	Doc         Doc
	Credentials []*Credential // in document order
	Keys        *KeyChoice    // nil: the program names its secrets itself
	Program     *Program      // nil for a built-in
	Builtin     string        // "tim-usersig", or empty
	Place       Place
}

// Credential is one thing that a caller configures for a scheme.
type Credential struct {
	Pos    diag.Pos
	Name   Name
	Doc    Doc
	Kind   Kind // KindString or KindInt
	Secret bool // a key: masked wherever it is printed, and kept as current and previous for rotation
	App    bool // names the app that the keys belong to; exactly one credential does
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

// Place is where the finished signature goes.
type Place struct {
	Pos  diag.Pos
	In   In
	Name string
}

// StepType is the type of a signing step's result.
type StepType uint8

// The types of steps.
const (
	StepText  StepType = iota // characters
	StepBytes                 // a digest, before it is encoded
)

// String returns the word used in messages.
func (t StepType) String() string {
	if t == StepBytes {
		return "bytes"
	}
	return "text"
}

// Program is the decoded form of x-msdk-sign: steps in order, the last one is the signature.
type Program struct {
	Pos   diag.Pos
	Steps []*Step
}

// Step is one named value.
type Step struct {
	Pos  diag.Pos
	Name Name
	Op   StepOp
	Args []Operand
	Type StepType
}

// StepOp is what a step does with its operands.
type StepOp string

// The operations; emit has one function for each.
const (
	OpConcat StepOp = "concat" // text, text ... -> text
	OpMD5    StepOp = "md5"    // text or bytes -> bytes
	OpSHA1   StepOp = "sha1"   // text or bytes -> bytes
	OpSHA256 StepOp = "sha256" // text or bytes -> bytes
	OpHex    StepOp = "hex"    // bytes -> text, lower case
	OpQuery  StepOp = "query"  // the query parameters but some, sorted by name, k=v joined with & -> text
)

// OperandKind says where an operand comes from.
type OperandKind uint8

// The sources of operands.
const (
	OperandConstant OperandKind = iota
	OperandStep
	OperandKey       // the key that KeyChoice selected
	OperandSecret    // a secret by name
	OperandParameter // a query parameter, decoded
	OperandMethod
	OperandPath
	OperandBody // the exact bytes of the plaintext body
)

// Operand is one input of a step.
type Operand struct {
	Pos    diag.Pos
	Kind   OperandKind
	Text   string   // constant, or the name of step, secret or parameter
	Except []string // OpQuery only: parameters that are left out
}

// Cipher encrypts bodies. Its place in the model is fixed; nothing emits it yet.
type Cipher struct {
	Pos  diag.Pos
	Name string
}
