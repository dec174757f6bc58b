package lower

// Operands of signing steps: where a step takes its input from.

import (
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// argument is an operand and the type of its value.
type argument struct {
	ir.Operand
	typ ir.StepType
}

// reading is a name that a program takes from the requests of its scheme. Whether they have it is checked when they are known.
type reading struct {
	ir.Operand
	// selects says that the name only selects among what there is: it is enough that one operation has it.
	selects bool
	from    []ir.In // of a selection: where it may stand
}

var sources = []struct {
	word string
	kind ir.OperandKind
}{
	{"method", ir.OperandMethod},
	{"path", ir.OperandPath},
	{"encoded-path", ir.OperandEncodedPath},
	{"query", ir.OperandQuery},
	{"target", ir.OperandTarget},
	{"url", ir.OperandURL},
	{"scheme", ir.OperandURLScheme},
	{"host", ir.OperandHost},
	{"host-name", ir.OperandHostName},
	{"port", ir.OperandPort},
	{"body", ir.OperandBody},
}

// operandKeys has one function for each form of an operand; it reports whether the operand makes sense.
var operandKeys = []struct {
	key    string
	decode func(p *program, m *load.Node, a *argument) bool
}{
	{"constant", (*program).constant},
	{"key", (*program).key},
	{"secret", (*program).secretOperand},
	{"credential", (*program).credentialOperand},
	{"value", (*program).value},
	{"parameter", (*program).parameter},
	{"header", (*program).header},
	{"path-parameter", (*program).pathParameter},
	{"field", (*program).field},
	{"source", (*program).source},
}

func operandWords() []string {
	var words []string
	for _, o := range operandKeys {
		words = append(words, o.key)
	}
	return words
}

// operand decodes one operand: the name of an earlier step, or a mapping with one key.
func (p *program) operand(n *load.Node) (argument, bool) {
	l := p.l
	if isKind(n, load.Text) {
		return p.earlier(n)
	}
	if n == nil || !l.mapping(n, operandWords()...) {
		return argument{}, false
	}
	if len(n.Children) != 1 {
		l.list.Errorf(n.Pos, diag.CodeExtension, "an operand has exactly one key, here are %d", len(n.Children))
		return argument{}, false
	}
	m := n.Children[0]
	a := argument{Operand: ir.Operand{Pos: n.Pos}}
	for _, o := range operandKeys {
		if o.key == m.Key {
			return a, o.decode(p, m, &a)
		}
	}
	return a, false
}

// typed decodes one operand and reports it if the operation cannot take its type. by is the key that takes it.
func (p *program) typed(n *load.Node, by string, takes ...ir.StepType) (argument, bool) {
	a, ok := p.operand(n)
	if !ok {
		return a, false
	}
	var words []string
	for _, t := range takes {
		if a.typ == t {
			return a, true
		}
		words = append(words, t.String())
	}
	p.l.list.Errorf(a.Pos, diag.CodeStepType, "%q takes %s, this is %s", by, strings.Join(words, " or "), a.typ).Suggest("%s", typeFix(takes[0], a.typ))
	return a, false
}

// typeFix says how to get from one type to another.
func typeFix(to, from ir.StepType) string {
	switch {
	case to == ir.StepText && from == ir.StepBytes:
		return "encode it first, with hex or base64"
	case from == ir.StepList:
		return "put its entries together first, with join"
	case to == ir.StepBytes:
		return "make a digest of it first (md5, sha256, hmac), decode it (from-hex, from-base64), or take its characters (utf8)"
	}
	return "parameters, headers, list and sort give lists"
}

// earlier decodes the name of a step.
func (p *program) earlier(n *load.Node) (argument, bool) {
	if s := p.finished(n.Value); s != nil {
		return argument{Operand: ir.Operand{Pos: n.Pos, Kind: ir.OperandStep, Text: n.Value}, typ: s.Type}, true
	}
	if later := p.names[n.Value]; later != nil {
		p.l.list.Errorf(n.Pos, diag.CodeStepOrder, "the step %q is not finished here", n.Value).See(later.Pos, "defined here")
		return argument{}, false
	}
	d := p.l.unknown(n.Pos, diag.CodeUnknownName, "step", n.Value, p.order)
	if form := p.operandForm(n.Value); form != "" {
		d.Suggest("{%s: %s}", form, n.Value)
	} else if d.Suggestion == "" {
		d.Suggest("an operand is the name of a step, or {constant: …}, {parameter: …}, {source: …} and the like")
	}
	return argument{}, false
}

// operandForm is the form of an operand that a bare name was perhaps meant for, "" if there is none.
func (p *program) operandForm(name string) string {
	c := credential(p.scheme, name)
	switch {
	case c != nil && c.Secret:
		return "secret"
	case c != nil:
		return "credential"
	case valueNamed(p.scheme, name) != nil:
		return "value"
	}
	for _, s := range sources {
		if s.word == name {
			return "source"
		}
	}
	return ""
}

func (p *program) constant(m *load.Node, a *argument) (ok bool) {
	a.Kind = ir.OperandConstant
	a.Text, ok = p.l.text(m)
	return ok
}

func (p *program) key(m *load.Node, a *argument) bool {
	a.Kind = ir.OperandKey
	if value, ok := m.AsBool(p.l.list); !ok {
		return false
	} else if !value {
		p.l.list.Errorf(m.Place(), diag.CodeExtension, "an operand that is none").Suggest("{key: true}")
		return false
	}
	if p.scheme.Keys == nil {
		p.l.list.Errorf(m.Place(), diag.CodeExtension, "the scheme has no keys to choose from").Suggest("name the secret: {secret: …}")
		return false
	}
	return true
}

func (p *program) secretOperand(m *load.Node, a *argument) bool {
	a.Kind = ir.OperandSecret
	a.Text = p.l.secret(m, p.scheme)
	return a.Text != ""
}

func (p *program) credentialOperand(m *load.Node, a *argument) bool {
	a.Kind = ir.OperandCredential
	a.Text = p.l.credentialName(m, p.scheme, false)
	return a.Text != ""
}

func (p *program) value(m *load.Node, a *argument) (ok bool) {
	a.Kind = ir.OperandValue
	if a.Text, ok = p.l.text(m); !ok || valueNamed(p.scheme, a.Text) != nil {
		return ok
	}
	var names []string
	for _, v := range p.scheme.Values {
		names = append(names, v.Name.Spec)
	}
	p.l.unknown(m.Pos, diag.CodeUnknownName, "value", a.Text, names)
	return false
}

func (p *program) parameter(m *load.Node, a *argument) bool {
	return p.named(m, a, ir.OperandParameter, ir.InQuery)
}

func (p *program) header(m *load.Node, a *argument) bool {
	return p.named(m, a, ir.OperandHeader, ir.InHeader)
}

func (p *program) pathParameter(m *load.Node, a *argument) bool {
	return p.named(m, a, ir.OperandPathValue, ir.InPath)
}

func (p *program) field(m *load.Node, a *argument) bool {
	return p.named(m, a, ir.OperandField, ir.InBody)
}

// named decodes the name of something that travels. A signature cannot be an input of its own program.
func (p *program) named(m *load.Node, a *argument, kind ir.OperandKind, in ir.In) (ok bool) {
	a.Kind = kind
	if a.Text, ok = p.l.text(m); !ok {
		return false
	}
	if in == ir.InHeader {
		a.Text = strings.ToLower(a.Text)
	}
	if place := placeAt(p.scheme, in, a.Text); place != nil {
		p.l.list.Errorf(m.Pos, diag.CodeExtension, "the signature cannot sign itself: it goes into the %s %q", inWord[in], a.Text).
			See(place.Pos, "here").Suggest("a signature over another one takes that one's step")
		return false
	}
	p.read(reading{Operand: ir.Operand{Pos: m.Pos, Kind: kind, Text: a.Text}})
	return true
}

// read notes what a program takes from requests.
func (p *program) read(r reading) { p.l.readings[p.scheme] = append(p.l.readings[p.scheme], r) }

func (p *program) source(m *load.Node, a *argument) bool {
	word, ok := p.l.text(m)
	if !ok {
		return false
	}
	var words []string
	for _, s := range sources {
		if s.word != word {
			words = append(words, s.word)
			continue
		}
		a.Kind = s.kind
		if a.Kind != ir.OperandBody {
			return true
		}
		for _, place := range p.scheme.Places {
			if place.In == ir.InBody {
				p.l.list.Errorf(m.Pos, diag.CodeExtension, "the signature cannot sign itself: the body holds it, as %q", place.Name).
					See(place.Pos, "here").Suggest("sign the members of the body: parameters: {from: [body]}")
				return false
			}
		}
		return true
	}
	if d := p.l.unknown(m.Pos, diag.CodeUnknownName, "source", word, words); d.Suggestion == "" {
		d.Suggest("the sources are %s", strings.Join(words, ", "))
	}
	return false
}
