// Package codectest holds generated codecs against a second opinion: an oracle parses a text, the model of the document says what the text
// means to a type, and both have to agree with what UnmarshalJSON, AppendJSON and MarshalJSON of that type do.
//
// It is no part of the tool. It is a package, and not the tests of one, because two suites use it: its own, which runs always and asks
// encoding/json, and the fuzzing in bench/fuzz, which asks go-json-experiment/json too. It sees generated types only through what they
// export, so that it outlives any rewriting of the codecs.
//
// This file turns the model of a document into shapes: what a decoder has to know of a type and nothing else.
package codectest

import (
	"fmt"
	"io/fs"
	"reflect"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// Kind is the JSON form of a value, or a few of them that one Go type stands for.
type Kind uint8

// The kinds.
const (
	Any Kind = iota
	Bool
	Int
	Float
	Text
	IntOrText
	List
	Map
	Object
)

// Shape is how a value travels.
type Shape struct {
	Kind     Kind
	Bits     int  // Int: 32 or 64
	Unsigned bool // Int

	TakesText     bool // Int: a string with an integer in it is taken
	TakesInt      bool // Text: an integer is taken
	TakesEmbedded bool // Object: a string with an object in it is taken
	EmptyList     bool // Object: [] is taken
	Embedded      bool // travels inside a string
	Comma         bool // List: one string, items between commas
	Single        bool // List: one item may travel as itself

	Elem   *Shape  // List and Map
	Limit  int     // List: items that are kept; 0 is no limit
	Fields []Field // Object
	Extra  bool    // Object: unknown members are kept
	Closed bool    // Object: unknown members break a rule
}

// Field is one member of an object.
type Field struct {
	Wire     string
	Go       string // empty: the client fills it, and Go has no field for it
	Shape    *Shape
	Plain    bool   // the Go field is the value itself, otherwise it is one that may be absent
	Required bool   // its absence breaks a rule
	Code     bool   // its absence is an error
	Const    string // JSON of the only value that does not break a rule; empty: any
}

// nilable reports whether the Go type has a form for an absent value.
func (s *Shape) nilable() bool { return s.Kind == List || s.Kind == Map || s.Kind == Any }

// Optional reports whether the Go field is an Opt.
func (f *Field) Optional() bool { return !f.Plain && !f.Shape.nilable() }

// Codec is what a pointer to a generated type can do.
type Codec interface {
	UnmarshalJSON(data []byte) error
	MarshalJSON() ([]byte, error)
	AppendJSON(dst []byte) []byte
}

// Target is a generated type on trial.
type Target struct {
	Name  string // package and type
	Shape *Shape
	typ   reflect.Type
}

// New returns a new value of the type.
func (t *Target) New() Codec { return reflect.New(t.typ).Interface().(Codec) }

// Targets returns a target for each sample, whose types were generated from a document.
func Targets(fsys fs.FS, document string, samples ...Codec) ([]*Target, error) {
	_, api, list := generator.Model(fsys, generator.Package{Spec: document}, false)
	if api == nil {
		return nil, fmt.Errorf("no model of %s: %v", document, list)
	}
	for _, d := range list {
		if d.Severity == diag.SeverityError {
			return nil, fmt.Errorf("%s: %v", document, d)
		}
	}
	m := modeler{structs: structsOf(api), codes: codesOf(api), made: map[*ir.Type]*Shape{}}
	var targets []*Target
	for _, sample := range samples {
		typ := reflect.TypeOf(sample).Elem()
		t := m.structs[typ.Name()]
		if t == nil {
			return nil, fmt.Errorf("%s has no type %s", document, typ.Name())
		}
		targets = append(targets, &Target{Name: typ.String(), Shape: m.shape(t), typ: typ})
	}
	for _, settle := range m.later {
		settle()
	}
	return targets, nil
}

// structsOf returns the structs of a document by their names in Go.
func structsOf(api *ir.API) map[string]*ir.Type {
	found := map[string]*ir.Type{}
	for _, t := range api.Types {
		if t.Kind == ir.KindStruct && t.Name != nil {
			found[t.Name.Go] = t
		}
	}
	for _, op := range api.Operations {
		for _, c := range op.Calls {
			if c.Request != nil && (c.Body == nil || c.Body.Flattened) {
				found[c.Request.Name.Go] = c.Request
			}
			for _, r := range c.Responses {
				if r.Type != nil && r.Type.Kind == ir.KindStruct {
					found[r.Type.Name.Go] = r.Type
				}
			}
		}
	}
	return found
}

// codesOf returns the wire name of the result code of each response.
func codesOf(api *ir.API) map[*ir.Type]string {
	codes := map[*ir.Type]string{}
	for _, op := range api.Operations {
		for _, c := range op.Calls {
			for _, r := range c.Responses {
				if r.Type != nil && op.Result != nil {
					codes[r.Type] = op.Result.Code
					break // a call has one type of response
				}
			}
		}
	}
	return codes
}
