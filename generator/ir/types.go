package ir

import "github.com/msdkgen/msdkgen/generator/diag"

// Kind is the shape of a value.
type Kind uint8

// The kinds. Each JSON Schema type maps to one of them; formats choose among bits, time and bytes.
const (
	KindAny Kind = iota
	KindBool
	KindInt
	KindFloat
	KindString
	KindBytes
	KindTime
	KindEnum
	KindList
	KindMap
	KindStruct
	KindUnion
)

// String returns the word used in messages and in the model's dump.
func (k Kind) String() string {
	return [...]string{"any", "bool", "int", "float", "string", "bytes", "time", "enum", "list", "map", "struct", "union"}[k]
}

// Type is the shape of a value. Two uses of one component share one *Type; recursion is a cycle of pointers.
type Type struct {
	Pos  diag.Pos
	Kind Kind
	Name *Name // nil: not named, written out where it is used
	// Component says that the type stands under components; otherwise an operation's request, response or inline object made it.
	Component bool
	// Owner is the name that Name.Spec begins with, a dot between them: that of the call, or of the type around it. nil for components.
	Owner  *Name
	Doc    Doc
	Format string // as the document spells it

	Bits     int  // int and float: 32 or 64
	Unsigned bool // int
	Nullable bool

	Elem *Type // list and map

	Fields []*Field // struct, in document order
	Extra  bool     // struct: unknown members are allowed, and kept
	Closed bool     // struct: unknown members break a rule (additionalProperties: false)

	Base   Kind         // enum: KindString or KindInt
	Values []*EnumValue // enum, in document order
	Open   bool         // enum: other values are possible (x-msdk-enum without enum)
	Flags  bool         // enum: values are bits to be combined (x-msdk-flags)

	Union *Union

	Rules          []*Rule
	Accept         []Kind // further JSON kinds to be taken when decoding (x-msdk-accept)
	AcceptEmbedded bool   // struct: a text that holds one is taken too when decoding (x-msdk-accept: [embedded-json])
	EmptyList      bool   // struct: `[]` is taken for an empty object
	Comma          bool   // list: travels as one string, items joined with commas (x-msdk-list: comma)
	Single         bool   // list: one item travels as the item itself (x-msdk-single)
	Embedded       bool   // travels as a JSON document inside a string (x-msdk-embedded-json)
	Sensitive      bool   // never printed

	ItemResult *Result // struct that carries a result code of its own, an item of a list (x-msdk-item-result)
}

// Union is a oneOf or anyOf. The only one that is emitted is that of an integer and a string, in this order.
type Union struct {
	Exclusive     bool // oneOf
	Members       []*Type
	Discriminator string
	Mapping       map[string]*Type
}

// EnumValue is one listed value.
type EnumValue struct {
	Pos   diag.Pos
	Name  Name // Spec holds the text that names it
	Value Value
	Doc   Doc
}

// Field is one member of a struct. Required, Expected and Nullable are facts of their own: the first is the document's word,
// the second says that the document lists the field without a word that it may be left out, the third is about null.
type Field struct {
	Pos            diag.Pos
	Name           Name
	In             In // InBody for members of ordinary structs
	Doc            Doc
	Type           *Type
	Required       bool
	Expected       bool
	Nullable       bool
	MayBeEmpty     bool // required or expected, and "" or [] is a legal value of it (x-msdk-may-be-empty)
	Sensitive      bool
	Code           bool // the result code of a response, or of an item with one of its own
	Default        *Value
	Fill           *Fill  // the client supplies it: it is then no field of the Go struct
	Also           string // query parameter that carries the same value (x-msdk-also)
	Echo           string // query parameter that a server repeats here (x-msdk-echo)
	Rules          []*Rule
	Accept         []Kind
	AcceptEmbedded bool // see Type
}

// Plain reports whether the Go field is a plain value; otherwise it is an optional one.
func (f *Field) Plain() bool { return f.Required || f.Expected }

// Rule is one constraint.
type Rule struct {
	Pos     diag.Pos
	Keyword string     // JSON Schema keyword or x-msdk-* key: "maxLength", "x-msdk-max-bytes"
	Int     int64      // lengths and counts
	Number  string     // bounds, as the document writes them
	Text    string     // pattern
	When    *Condition // for x-msdk-required-when
}

// Condition is "another field of the same struct, or of one around it, has one of these values".
type Condition struct {
	Pos    diag.Pos
	Field  string // wire name of the deciding field
	Up     int    // how many structs outward the field stands
	Values []Value
}
