package lower

// Checks of each security scheme against the operations that use it: what its program reads has to be sent, what it makes has to
// have a place.

import (
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// checkSigning checks each scheme against the operations that use it.
func (l *lowering) checkSigning() {
	for _, s := range l.api.Schemes {
		var users []*ir.Operation
		for _, op := range l.api.Operations {
			if op.Scheme == s {
				users = append(users, op)
			}
		}
		l.checkCipherHeaders(users)
		for _, place := range s.Places {
			l.carried(s, users, use{ir.Operand{Pos: place.Pos, Text: place.Name}, place.In}, ir.FillSignature, "signature")
		}
		if s.Keys != nil && s.Keys.Parameter != "" {
			l.carried(s, users, use{ir.Operand{Pos: s.Keys.Pos, Text: s.Keys.Parameter}, ir.InQuery}, ir.FillKey, "key")
		}
		for _, r := range l.readings[s] {
			if r.selects {
				l.selected(users, r)
			} else {
				l.declared(s, users, use{r.Operand, operandIn[r.Kind]})
			}
		}
		l.locate(s, users)
		if slices.ContainsFunc(users, func(op *ir.Operation) bool { return op.Cipher != nil }) {
			l.checkCiphertext(s)
			l.checkCipherApp(s)
		}
	}
}

// operandIn says where an operand that has a name stands in a request.
var operandIn = map[ir.OperandKind]ir.In{
	ir.OperandParameter: ir.InQuery, ir.OperandHeader: ir.InHeader, ir.OperandPathValue: ir.InPath, ir.OperandField: ir.InBody,
}

// use is a name that a scheme expects in a request.
type use struct {
	ir.Operand
	in ir.In
}

// addPlaces declares the places of a signature that the document declares by its security scheme alone, so that every later stage
// finds them among the parameters.
func (l *lowering) addPlaces(op *ir.Operation) {
	if op.Scheme == nil {
		return
	}
	for _, place := range op.Scheme.Places {
		if place.In == ir.InBody || parameterIn(op, place.In, place.Name) != nil {
			continue
		}
		op.Parameters = append(op.Parameters, &ir.Parameter{
			Pos: place.Pos, Name: ir.Name{Spec: place.Name, Pos: place.Pos}, In: place.In, Required: true, Sensitive: true,
			Type: &ir.Type{Pos: place.Pos, Kind: ir.KindString}, Fill: &ir.Fill{Pos: place.Pos, Kind: ir.FillSignature},
		})
	}
}

// sends reports whether all requests of an operation can hold something of this name.
func sends(op *ir.Operation, in ir.In, name string) bool {
	if in != ir.InBody {
		return parameterIn(op, in, name) != nil || in == ir.InHeader && slices.Contains(sentHeaders, strings.ToLower(name))
	}
	for _, c := range op.Calls {
		if memberNamed(c, name) == nil {
			return false
		}
	}
	return true
}

// memberNamed returns the member of the body of a call, nil for none.
func memberNamed(c *ir.Call, name string) *ir.Field {
	if c.Body == nil || c.Body.Type == nil {
		return nil
	}
	for _, f := range c.Body.Type.Fields {
		if f.In == ir.InBody && f.Name.Spec == name {
			return f
		}
	}
	return nil
}

// sentNames are the names in one place of an operation's requests.
func sentNames(op *ir.Operation, in ir.In) []string {
	if in != ir.InBody {
		names := parameterNames(op, in)
		if in == ir.InHeader {
			names = append(names, sentHeaders...)
		}
		return names
	}
	var names []string
	for _, c := range op.Calls {
		if c.Body == nil {
			continue
		}
		for _, f := range c.Body.Type.Fields {
			if f.In == ir.InBody { // parameters stand in the same struct
				names = append(names, f.Name.Spec)
			}
		}
	}
	return names
}

// allNames are the names in some places of the requests of several operations, each once.
func allNames(users []*ir.Operation, from ...ir.In) []string {
	var names []string
	for _, op := range users {
		for _, in := range from {
			for _, name := range sentNames(op, in) {
				if !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

// carried checks that each operation of a scheme has something that the client fills with the given source.
func (l *lowering) carried(s *ir.Scheme, users []*ir.Operation, u use, kind ir.FillKind, word string) {
	if !l.declared(s, users, u) {
		return
	}
	reported := map[diag.Pos]bool{}
	wrong := func(pos diag.Pos, f *ir.Fill) {
		if (f == nil || f.Kind != kind) && !reported[pos] {
			reported[pos] = true
			l.list.Errorf(pos, diag.CodeExtension, "the client has to fill the %s %q", inWord[u.in], u.Text).
				See(u.Pos, "the scheme %q uses it", s.Name.Spec).Suggest("x-msdk-value: %s", word)
		}
	}
	for _, op := range users {
		if p := parameterIn(op, u.in, u.Text); p != nil && u.in != ir.InBody {
			wrong(p.Pos, p.Fill)
		}
		for _, c := range op.Calls {
			if f := memberNamed(c, u.Text); f != nil && u.in == ir.InBody {
				wrong(f.Pos, f.Fill)
			}
		}
	}
}

// declared checks that each operation of a scheme sends what its program uses.
func (l *lowering) declared(s *ir.Scheme, users []*ir.Operation, u use) bool {
	var without []*ir.Operation
	for _, op := range users {
		if !sends(op, u.in, u.Text) {
			without = append(without, op)
		}
	}
	if len(without) > 0 && l.parametersRefused(without) {
		return false // it may be the one that was complained about
	}
	if len(users) > 0 && len(without) == len(users) {
		d := l.unknown(u.Pos, diag.CodeUnknownName, inWord[u.in], u.Text, allNames(users, u.in))
		if d.Suggestion == "" || u.in == ir.InHeader && !strings.HasPrefix(d.Suggestion, "did you mean") {
			d.Suggest("no operation of %q sends it; declare it there", s.Name.Spec)
		}
		return false
	}
	for _, op := range without {
		l.list.Errorf(op.Pos, diag.CodeExtension, "the %s %q is not declared, but the scheme %q uses it", inWord[u.in], u.Text, s.Name.Spec).
			See(u.Pos, "used here")
	}
	return true
}

// parametersRefused reports whether a parameter of one of the operations was complained about.
func (l *lowering) parametersRefused(ops []*ir.Operation) bool {
	refused := func(n *load.Node) bool { return n.Incomplete() }
	if slices.ContainsFunc(members(l.doc.Root.Member("components").Member("parameters")), refused) {
		return true
	}
	return slices.ContainsFunc(ops, func(op *ir.Operation) bool {
		return slices.ContainsFunc(members(l.nodes[op].Member("parameters")), refused)
	})
}

// selected checks that a name which selects among parameters, members or headers is one of them, in some operation.
func (l *lowering) selected(users []*ir.Operation, r reading) {
	if len(users) == 0 {
		return
	}
	for _, op := range users {
		for _, in := range r.from {
			if slices.ContainsFunc(sentNames(op, in), func(name string) bool { return sameName(in, name, r.Text) }) {
				return
			}
		}
	}
	what := inWord[ir.InQuery]
	if len(r.from) > 0 {
		what = inWord[r.from[0]]
	}
	if len(r.from) > 1 {
		what = "parameter"
	}
	l.unknown(r.Pos, diag.CodeUnknownName, what, r.Text, allNames(users, r.from...))
}
