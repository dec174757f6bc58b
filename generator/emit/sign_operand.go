package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// The operands of signing programs. A value has one of a few Go types; each function here gives it the type that is needed.

// value is an operand as it is, and its type.
func (p *program) value(o *ir.Operand) (*jen.Statement, form) {
	m := func(method string, args ...jen.Code) *jen.Statement { return jen.Id("m").Dot(method).Call(args...) }
	switch o.Kind {
	case ir.OperandStep:
		step := p.steps[o.Text]
		return jen.Id(step.name), step.form
	case ir.OperandKey:
		return jen.Id("key"), formString
	case ir.OperandSecret:
		if optionalCredential(p.scheme, o.Text) {
			return m("optionalSecret", jen.Lit(o.Text)), formString
		}
		return m("secret", jen.Lit(o.Text)), formString
	case ir.OperandHeader:
		return m("header", jen.Lit(asciiLower(o.Text))), formString
	}
	if source, ok := sources[o.Kind]; ok {
		return source()
	}
	if method, ok := lookups[o.Kind]; ok {
		return m(method, jen.Lit(o.Text)), formString
	}
	return jen.Lit(o.Text), formString
}

// lookups are the operands that have a name.
var lookups = map[ir.OperandKind]string{
	ir.OperandCredential: "credential",
	ir.OperandValue:      "value",
	ir.OperandParameter:  "parameter",
	ir.OperandPathValue:  "pathValue",
	ir.OperandField:      "field",
}

// sources are the operands that have none.
var sources = map[ir.OperandKind]func() (*jen.Statement, form){
	ir.OperandMethod:      member("method", formString),
	ir.OperandURLScheme:   member("urlScheme", formString),
	ir.OperandHost:        member("host", formString),
	ir.OperandHostName:    stated("hostName"),
	ir.OperandPort:        stated("port"),
	ir.OperandBody:        member("body", formBytes),
	ir.OperandPath:        computed("path"),
	ir.OperandEncodedPath: computed("encodedPath"),
	ir.OperandQuery:       computed("query"),
	ir.OperandTarget:      computed("target"),
	ir.OperandURL:         computed("url"),
}

func member(name string, f form) func() (*jen.Statement, form) {
	return func() (*jen.Statement, form) { return jen.Id("m").Dot(name), f }
}

func computed(method string) func() (*jen.Statement, form) {
	return func() (*jen.Statement, form) { return jen.Id("m").Dot(method).Call(), formBytes }
}

func stated(method string) func() (*jen.Statement, form) {
	return func() (*jen.Statement, form) { return jen.Id("m").Dot(method).Call(), formString }
}

// text is an operand as a string or a []byte, for functions that take either.
func (p *program) text(o *ir.Operand) *jen.Statement {
	value, form := p.value(o)
	if form == formArray {
		return value.Index(jen.Op(":"))
	}
	return value
}

// bytes is an operand as a []byte.
func (p *program) bytes(o *ir.Operand) *jen.Statement {
	value, form := p.value(o)
	switch form {
	case formArray:
		return value.Index(jen.Op(":"))
	case formString:
		return jen.Index().Byte().Call(value)
	}
	return value
}

// string is an operand as a string.
func (p *program) string(o *ir.Operand) *jen.Statement {
	value, form := p.value(o)
	if form == formString {
		return value
	}
	return jen.String().Call(p.text(o))
}

// piece is an operand as a part of a longer text.
func (p *program) piece(o *ir.Operand) piece {
	if o.Kind == ir.OperandConstant {
		return piece{literal: o.Text}
	}
	return piece{value: p.text(o)}
}

func optionalCredential(s *ir.Scheme, name string) bool {
	for _, c := range s.Credentials {
		if c.Name.Spec == name {
			return c.Optional
		}
	}
	return false
}

// asciiLower is how the support code compares the names of headers.
func asciiLower(name string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, name)
}
