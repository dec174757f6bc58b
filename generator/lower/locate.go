package lower

// Where the requests of a scheme name the app that calls and state their time. A server needs to know before it knows anything else,
// so all operations of a scheme have to agree.

import (
	"cmp"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// locate fills App and Time of a scheme.
func (l *lowering) locate(s *ir.Scheme, users []*ir.Operation) {
	if i := slices.IndexFunc(s.Credentials, func(c *ir.Credential) bool { return c.App }); i >= 0 {
		app := s.Credentials[i]
		s.App = l.locator(s, users, wanted{
			what: "the app", pos: app.Pos, hole: func(part ir.TemplatePart) *ir.Fill {
				if part.Kind == ir.HoleCredential && part.Hole == app.Name.Spec {
					return &ir.Fill{Kind: ir.FillCredential}
				}
				return nil
			},
			is:      func(f *ir.Fill) bool { return f.Kind == ir.FillCredential && f.Credential == app.Name.Spec },
			missing: "nothing carries \"" + app.Name.Spec + "\", which names the app", fix: "x-msdk-value: {credential: " + app.Name.Spec + "}",
		})
	}
	s.Time = l.locator(s, users, wanted{
		what: "the time", hole: func(part ir.TemplatePart) *ir.Fill {
			if v := valueNamed(s, part.Hole); part.Kind == ir.HoleValue && v != nil && v.Fill.Kind == ir.FillTimestamp {
				return v.Fill
			}
			return nil
		},
		is:     isTime,
		prefer: func(at ir.Locator) bool { return covers(s, at) },
		known:  func(at ir.Locator) bool { return s.Program != nil && asksFor(s, at) },
	})
	l.checkWindow(s, users)
}

func isTime(f *ir.Fill) bool { return f.Kind == ir.FillTimestamp || f.Kind == ir.FillMillis }

// wanted is what locator looks for.
type wanted struct {
	what    string // in messages
	pos     diag.Pos
	hole    func(ir.TemplatePart) *ir.Fill // the fill of a hole that holds it, else nil
	is      func(*ir.Fill) bool            // whether a parameter or member holds it
	missing string                         // what to say of an operation without it; empty: that is no fault if no operation has it
	fix     string
	known   func(ir.Locator) bool // whether its absence is reported elsewhere; nil: nowhere
	prefer  func(ir.Locator) bool // of several, one with this; nil: any
}

// locator finds what every request of a scheme has in one place: in a template, else in a parameter or member that all operations share.
func (l *lowering) locator(s *ir.Scheme, users []*ir.Operation, w wanted) *ir.Locator {
	var holes []ir.Locator
	for _, place := range s.Places {
		for _, part := range place.Template {
			if f := w.hole(part); f != nil {
				holes = append(holes, ir.Locator{Pos: part.Pos, In: ir.InSignature, Name: part.Hole, Format: f.Format, Offset: f.Offset})
			}
		}
	}
	if len(holes) > 0 {
		return w.best(holes)
	}
	var first []ir.Locator // of the first operation that has any
	for _, op := range users {
		if first = spots(op, w.is); len(first) > 0 {
			break
		}
	}
	if len(first) == 0 && w.missing == "" {
		return nil
	}
	shared := slices.Clone(first)
	everywhere, agreed := true, true
	for _, op := range users {
		at := spots(op, w.is)
		if len(at) == 0 {
			everywhere = false
			if w.known == nil || !w.known(first[0]) {
				l.withoutSpot(op, w, first)
			}
			continue
		}
		shared = slices.DeleteFunc(shared, func(a ir.Locator) bool {
			return !slices.ContainsFunc(at, func(b ir.Locator) bool { return sameSpot(a, b) })
		})
		if len(shared) == 0 && agreed {
			agreed = false
			l.list.Errorf(at[0].Pos, diag.CodeExtension, "%s travels as the %s here, but as the %s elsewhere", w.what, spotWord(at[0]), spotWord(first[0])).
				See(first[0].Pos, "here").Suggest("a server looks for it in one place: the scheme %q needs it in the same one everywhere", s.Name.Spec)
		}
	}
	if !everywhere || len(shared) == 0 {
		return nil
	}
	return w.best(shared)
}

// best is the first of several that states the time of the request and that the signature covers: a time ahead of the clock says when a
// request expires, and one that is not covered proves nothing.
func (w *wanted) best(all []ir.Locator) *ir.Locator {
	rank := func(at ir.Locator) int {
		switch {
		case w.prefer != nil && !w.prefer(at):
			return 2
		case at.Offset > 0:
			return 1
		}
		return 0
	}
	at := slices.MinFunc(all, func(a, b ir.Locator) int { return cmp.Compare(rank(a), rank(b)) })
	return &at
}

// withoutSpot reports an operation whose requests lack what the others have.
func (l *lowering) withoutSpot(op *ir.Operation, w wanted, first []ir.Locator) {
	message := w.missing
	if message == "" {
		message = "no request of this operation states " + w.what + ", which the others of its scheme do"
	}
	d := l.list.Errorf(op.Pos, diag.CodeExtension, "%s", message)
	switch {
	case w.pos.IsValid():
		d.See(w.pos, "the credential")
	case len(first) > 0:
		d.See(first[0].Pos, "stated here")
	}
	if w.fix != "" {
		d.Suggest("%s", w.fix)
	}
}

func spotWord(at ir.Locator) string {
	text := inWord[at.In] + " \"" + at.Name + "\""
	if at.Format != "" {
		text += " in " + string(at.Format)
	}
	return text
}

func sameSpot(a, b ir.Locator) bool {
	return a.In == b.In && sameName(a.In, a.Name, b.Name) && a.Format == b.Format && a.Offset == b.Offset
}

// spots are the places in the requests of an operation that are filled from a certain source: parameters first, then those members
// of the body that every variant has.
func spots(op *ir.Operation, is func(*ir.Fill) bool) []ir.Locator {
	var all []ir.Locator
	for _, in := range []ir.In{ir.InQuery, ir.InHeader, ir.InPath} {
		for _, p := range op.Parameters {
			if p.In == in && p.Fill != nil && is(p.Fill) {
				all = append(all, ir.Locator{Pos: p.Pos, In: in, Name: p.Name.Spec, Format: p.Fill.Format, Offset: p.Fill.Offset})
			}
		}
	}
	if len(op.Calls) == 0 || op.Calls[0].Body == nil {
		return all
	}
	for _, f := range op.Calls[0].Body.Type.Fields {
		if f.In != ir.InBody || f.Fill == nil || !is(f.Fill) {
			continue
		}
		everywhere := true
		for _, c := range op.Calls {
			g := memberNamed(c, f.Name.Spec)
			everywhere = everywhere && g != nil && g.Fill != nil && is(g.Fill) && g.Fill.Format == f.Fill.Format
		}
		if everywhere {
			all = append(all, ir.Locator{Pos: f.Pos, In: ir.InBody, Name: f.Name.Spec, Format: f.Fill.Format, Offset: f.Fill.Offset})
		}
	}
	return all
}

// checkWindow checks that an age limit is about a time that the signature covers: any other could be changed by whoever repeats a request.
func (l *lowering) checkWindow(s *ir.Scheme, users []*ir.Operation) {
	pos, stated := l.windows[s]
	switch {
	case !stated || len(users) == 0 || s.Program == nil:
	case s.Time == nil:
		l.list.Errorf(pos, diag.CodeExtension, "the requests of %q state no time, so that there is no age to limit", s.Name.Spec).
			Suggest("fill a parameter with x-msdk-value: timestamp, or put a value {timestamp: seconds} into the template")
	case !covers(s, *s.Time):
		l.list.Errorf(pos, diag.CodeExtension, "the signature does not cover the time, so that whoever repeats a request can change it").
			See(s.Time.Pos, "the time").Suggest("take it as an operand of a step")
	}
}

// covers reports whether a program reads what stands at a place.
func covers(s *ir.Scheme, at ir.Locator) bool {
	if s.Program == nil {
		return false
	}
	for _, step := range s.Program.Steps {
		for _, a := range operands(step) {
			if reads(a, at) {
				return true
			}
		}
		if step.Select != nil && includes(step, at) {
			return true
		}
	}
	return false
}

// asksFor reports whether a program asks for what stands at a place by its name.
func asksFor(s *ir.Scheme, at ir.Locator) bool {
	for _, step := range s.Program.Steps {
		if slices.ContainsFunc(operands(step), func(a ir.Operand) bool { return a.Text != "" && reads(a, at) }) {
			return true
		}
	}
	return false
}

// reads reports whether an operand holds what stands at a place.
func reads(a ir.Operand, at ir.Locator) bool {
	switch a.Kind {
	case ir.OperandValue:
		return at.In == ir.InSignature && a.Text == at.Name
	case ir.OperandParameter, ir.OperandHeader, ir.OperandPathValue, ir.OperandField:
		return operandIn[a.Kind] == at.In && sameName(at.In, a.Text, at.Name)
	case ir.OperandQuery:
		return at.In == ir.InQuery
	case ir.OperandTarget, ir.OperandURL:
		return at.In == ir.InQuery || at.In == ir.InPath
	case ir.OperandPath, ir.OperandEncodedPath:
		return at.In == ir.InPath
	case ir.OperandBody:
		return at.In == ir.InBody
	}
	return false
}

// includes reports whether a list of parameters or headers holds what stands at a place.
func includes(step *ir.Step, at ir.Locator) bool {
	c := step.Select
	if step.Op == ir.OpHeaders {
		name := strings.ToLower(at.Name)
		return at.In == ir.InHeader && (slices.Contains(c.Only, name) || c.Prefix != "" && strings.HasPrefix(name, c.Prefix))
	}
	return slices.Contains(c.From, at.In) && !slices.Contains(c.Except, at.Name) && (len(c.Only) == 0 || slices.Contains(c.Only, at.Name))
}
