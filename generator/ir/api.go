// Package ir is the model between the document and the code: what the generated package has to say, with every decision
// about OpenAPI already taken and none about Go's syntax.
//
// lower fills it, naming adds the Go names, emit reads it. It knows neither YAML nor printing. Each node carries the place
// in the document that it comes from, so that a later stage can complain about it.
package ir

import "github.com/msdkgen/msdkgen/generator/diag"

// Name is one spelling in the document and the Go identifier that naming gave it.
type Name struct {
	Spec        string // as the document spells it; this is what travels on the wire
	Go          string // exported Go identifier; empty until naming ran
	Override    string // x-go-name, where the document has one
	Pos         diag.Pos
	OverridePos diag.Pos // of Override, where it does not stand at Pos
}

// API is one whole document.
type API struct {
	Pos         diag.Pos
	File        string // base name of the document, for the first line of each generated file
	OpenAPI     string // version as the document states it, "3.0.3"
	Title       string
	Version     string
	Description string
	Documents   []*Document  // the vendor documents that the facts come from (x-msdk-documents)
	Words       []*Word      // x-msdk-names: spellings whose Go form no rule can guess
	Servers     []*Server    // in document order
	Tags        []*Tag       // in document order; operations without a tag belong to a tag named "default"
	Operations  []*Operation // in document order
	Types       []*Type      // every named type, in document order: components first, then types lifted out of operations
	Schemes     []*Scheme    // security schemes, in document order
	Results     []*Result    // x-msdk-results, in document order
	Options     []*Parameter // parameters filled from a client or call option, one per name, in document order
}

// Document is a text of the vendor's that facts were taken from.
type Document struct {
	Pos    diag.Pos
	Name   string // key used by Source.Document
	Title  string
	Date   string // as the document states it, YYYY-MM-DD
	SHA256 string // of the text that was read
}

// Source is the place of a fact in a vendor document (x-msdk-doc).
type Source struct {
	Pos      diag.Pos
	Document string
	Line     int
	Basis    Basis
	Note     string
}

// Basis says how sure a fact is.
type Basis uint8

// The bases, from the surest on.
const (
	BasisStated  Basis = iota // the document says so in words or in a table
	BasisExample              // only an example shows it
	BasisAssumed              // nothing shows it; docs/assumptions.md says why it was assumed
)

// Word is one entry of x-msdk-names.
type Word struct {
	Pos  diag.Pos
	Spec string
	Go   string
}

// Server is one environment or host.
type Server struct {
	Pos         diag.Pos
	Name        Name // from x-msdk-name, else made from the URL
	URL         string
	Description string
	Schemes     []*Scheme // the security schemes whose operations it serves (x-msdk-schemes); empty means all
}

// Tag groups operations; it becomes one server interface and one op file.
type Tag struct {
	Pos         diag.Pos
	Name        Name
	Description string
	Operations  []*Operation
}

// Doc is what a reader of the generated code is told about a thing.
type Doc struct {
	Summary     string
	Description string
	Deprecated  bool
	Source      *Source
}
