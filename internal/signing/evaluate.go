package signing

// Running a program: steps in order, operands, places. What each operation does stands in operations.go and lists.go.

import (
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// evaluation is a program that is being run.
type evaluation struct {
	Input
	key    Text
	done   map[string]Value
	traces map[string]*Trace
	keyed  map[string]bool // steps whose results go into the keys of others
	fault  *Fault
}

// Evaluate runs the program of a scheme. The error is a *Fault.
func Evaluate(in Input) (*Run, error) {
	e := &evaluation{Input: in, done: map[string]Value{}, traces: map[string]*Trace{}}
	run := &Run{Key: in.Key}
	if in.Scheme == nil || in.Scheme.Program == nil || in.Request == nil {
		return run, &Fault{Reason: "there is no program to run"}
	}
	if err := e.chooseKey(run); err != nil {
		return run, err
	}
	e.keyed = keySteps(in.Scheme.Program)
	for _, step := range in.Scheme.Program.Steps {
		t := &Trace{Step: step}
		run.Steps = append(run.Steps, t)
		e.traces[step.Name.Spec] = t
		for i := range step.Args {
			t.Inputs = append(t.Inputs, Named{describe(&step.Args[i]), e.operand(&step.Args[i])})
		}
		if e.fault == nil {
			t.Result = e.run(t)
			t.Result.Type = step.Type
		}
		if e.fault == nil && t.Result.size() > MaxText {
			e.fail("the result is too long")
		}
		if e.fault != nil {
			if e.fault.Step == "" {
				e.fault.Step = step.Name.Spec
			}
			return run, e.fault
		}
		e.done[step.Name.Spec] = t.Result
	}
	for _, place := range in.Scheme.Places {
		run.Placed = append(run.Placed, e.place(place))
		run.Signed = append(run.Signed, e.signed(place.Step))
	}
	if e.fault != nil {
		return run, e.fault
	}
	return run, nil
}

func (e *evaluation) fail(reason string) {
	if e.fault == nil {
		e.fault = &Fault{Reason: reason}
	}
}

// chooseKey finds the key that the request names, unless the input names it.
func (e *evaluation) chooseKey(run *Run) error {
	if e.Scheme.Keys == nil {
		return nil
	}
	if run.Key == nil {
		value, _ := find(e.Request.Query, e.Scheme.Keys.Parameter)
		run.Key = CaseOf(e.Scheme, value)
	}
	if run.Key == nil {
		return &Fault{Reason: "no key stands for this value of " + e.Scheme.Keys.Parameter}
	}
	text := e.Credentials.of(run.Key.Secret, e.Previous)
	if text == "" {
		return &Fault{Reason: "the key " + run.Key.Secret + " is not configured"}
	}
	e.key = secret(text, run.Key.Secret)
	return nil
}

// CaseOf returns the key that a value of the key parameter stands for, nil for none.
func CaseOf(s *ir.Scheme, value string) *ir.KeyChoiceCase {
	if s.Keys == nil {
		return nil
	}
	var otherwise *ir.KeyChoiceCase
	for _, c := range s.Keys.Choices {
		if c.Value == value || s.Keys.Parameter == "" {
			return c
		}
		if c.Otherwise {
			otherwise = c
		}
	}
	return otherwise
}

// describe says what an operand is, as the document does.
func describe(o *ir.Operand) string {
	switch o.Kind {
	case ir.OperandStep:
		return o.Text
	case ir.OperandKey:
		return "key"
	}
	if source, ok := sourceNames[o.Kind]; ok {
		return "source " + source
	}
	if kind, ok := operandNames[o.Kind]; ok {
		return kind + " " + o.Text
	}
	return "constant"
}

var operandNames = map[ir.OperandKind]string{
	ir.OperandSecret: "secret", ir.OperandCredential: "credential", ir.OperandValue: "value", ir.OperandParameter: "parameter",
	ir.OperandHeader: "header", ir.OperandPathValue: "path-parameter", ir.OperandField: "field",
}

var sourceNames = map[ir.OperandKind]string{
	ir.OperandMethod: "method", ir.OperandPath: "path", ir.OperandEncodedPath: "encoded-path", ir.OperandQuery: "query",
	ir.OperandTarget: "target", ir.OperandURL: "url", ir.OperandURLScheme: "scheme", ir.OperandHost: "host", ir.OperandBody: "body",
	ir.OperandHostName: "host-name", ir.OperandPort: "port",
}

// operand is the value of an operand.
func (e *evaluation) operand(o *ir.Operand) Value {
	switch o.Kind {
	case ir.OperandStep:
		return e.done[o.Text]
	case ir.OperandKey:
		return Value{Text: e.key}
	case ir.OperandSecret:
		return Value{Text: e.secret(o.Text)}
	}
	if read, ok := sources[o.Kind]; ok {
		return Value{Text: plain(read(e.Request))}
	}
	return Value{Text: plain(e.named(o))}
}

// named is an operand that has a name.
func (e *evaluation) named(o *ir.Operand) string {
	r := e.Request
	var value string
	switch o.Kind {
	case ir.OperandConstant:
		return o.Text
	case ir.OperandCredential:
		return e.Credentials[o.Text].Current
	case ir.OperandValue:
		value, _ = find(r.Values, o.Text)
	case ir.OperandParameter:
		value, _ = find(r.Query, o.Text)
	case ir.OperandPathValue:
		value, _ = find(r.PathValues, o.Text)
	case ir.OperandHeader:
		if value, _ = findHeader(r.Headers, o.Text); lowered(o.Text) == "host" {
			value = r.Host
		}
	case ir.OperandField:
		fields, reason := r.allFields()
		if reason != "" {
			e.fail(reason)
		}
		value, _ = find(fields, o.Text)
	}
	return value
}

// sources are the operands without a name.
var sources = map[ir.OperandKind]func(*Request) string{
	ir.OperandMethod:      func(r *Request) string { return r.Method },
	ir.OperandPath:        func(r *Request) string { return r.Path },
	ir.OperandEncodedPath: func(r *Request) string { return r.EncodedPath },
	ir.OperandQuery:       func(r *Request) string { return r.RawQuery },
	ir.OperandTarget:      (*Request).target,
	ir.OperandURL:         func(r *Request) string { return r.URLScheme + "://" + r.Host + r.target() },
	ir.OperandURLScheme:   func(r *Request) string { return r.URLScheme },
	ir.OperandHost:        func(r *Request) string { return r.Host },
	ir.OperandHostName:    func(r *Request) string { name, _ := r.splitHost(); return name },
	ir.OperandPort:        func(r *Request) string { _, port := r.splitHost(); return port },
	ir.OperandBody:        func(r *Request) string { return string(r.Body) },
}

// splitHost cuts the port off the host. Without one it is that of the address's scheme.
func (r *Request) splitHost() (name, port string) {
	colon := strings.LastIndexByte(r.Host, ':')
	switch {
	case colon >= 0 && !strings.HasSuffix(r.Host, "]"):
		return r.Host[:colon], r.Host[colon+1:]
	case r.URLScheme == "https":
		return r.Host, "443"
	}
	return r.Host, "80"
}

func (r *Request) target() string {
	if r.RawQuery == "" {
		return r.EncodedPath
	}
	return r.EncodedPath + "?" + r.RawQuery
}

// secret is a secret by name. Without it there is no signature, unless the document calls it optional.
func (e *evaluation) secret(name string) Text {
	text := e.Credentials.of(name, e.Previous)
	if c := credential(e.Scheme, name); text == "" && (c == nil || !c.Optional) {
		e.fail("the secret " + name + " is not configured")
	}
	return secret(text, name)
}

func credential(s *ir.Scheme, name string) *ir.Credential {
	for _, c := range s.Credentials {
		if c.Name.Spec == name {
			return c
		}
	}
	return nil
}

// place is the text for a place.
func (e *evaluation) place(p *ir.Place) Text {
	if len(p.Template) == 0 {
		return e.done[p.Step].Text
	}
	var j joiner
	for _, part := range p.Template {
		switch {
		case part.Hole == "":
			j.plain(part.Literal)
		case part.Kind == ir.HoleStep:
			j.text(e.done[part.Hole].Text)
		case part.Kind == ir.HoleValue:
			value, _ := find(e.Request.Values, part.Hole)
			j.plain(value)
		default:
			j.plain(e.Credentials[part.Hole].Current)
		}
	}
	return j.result()
}

// signed finds the last digest on the way to a step.
func (e *evaluation) signed(name string) *Digest {
	ahead := map[string]bool{name: true}
	steps := e.Scheme.Program.Steps
	for i := len(steps) - 1; i >= 0; i-- {
		step := steps[i]
		if !ahead[step.Name.Spec] {
			continue
		}
		if d := e.traces[step.Name.Spec].Digest; d != nil {
			return d
		}
		for _, from := range stepsBefore(step) {
			ahead[from] = true
		}
	}
	return nil
}

// stepsBefore names the steps that a step reads.
func stepsBefore(step *ir.Step) []string {
	var names []string
	for _, o := range step.Args {
		if o.Kind == ir.OperandStep {
			names = append(names, o.Text)
		}
	}
	if step.Select != nil {
		for _, add := range step.Select.Add {
			if add.Value.Kind == ir.OperandStep {
				names = append(names, add.Value.Text)
			}
		}
	}
	return names
}

// keySteps are the steps whose results go into the key of an HMAC.
func keySteps(p *ir.Program) map[string]bool {
	keyed := map[string]bool{}
	for i := len(p.Steps) - 1; i >= 0; i-- {
		step := p.Steps[i]
		if step.Op == ir.OpHMAC && len(step.Args) > 0 && step.Args[0].Kind == ir.OperandStep {
			keyed[step.Args[0].Text] = true
		}
		if keyed[step.Name.Spec] {
			for _, name := range stepsBefore(step) {
				keyed[name] = true
			}
		}
	}
	return keyed
}

// Operation names an operation with what belongs to it, as "hmac sha256".
func Operation(step *ir.Step) string {
	return strings.TrimSpace(string(step.Op) + " " + step.Hash)
}
