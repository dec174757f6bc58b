package lower

// x-msdk-results: how a response tells success from failure.

import (
	"slices"
	"strconv"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// results decodes x-msdk-results.
func (l *lowering) results() {
	all, _ := l.doc.Root.Member("x-msdk-results").AsMapping(l.list)
	var alike []*load.Node
	for _, n := range all {
		r := &ir.Result{Pos: n.Place(), Name: ir.Name{Spec: n.Key, Pos: n.Place()}}
		if n.Has("like") {
			alike = append(alike, n)
			l.api.Results = append(l.api.Results, r)
			continue
		}
		if !l.mapping(n, "code", "message", "success", "empty", "status", "wrapped", "failures", "errors") {
			continue
		}
		r.Code, _ = l.text(l.need(n, "code"))
		r.Message, r.Elsewhere, _ = l.messages(n.Member("message"))
		success := l.need(n, "success")
		r.Success = l.codes(success)
		if isKind(success, load.List) && len(success.Children) == 0 {
			l.list.Errorf(success.Place(), diag.CodeExtension, "without a code for success every response is a failure")
		}
		r.Empty = l.codes(n.Member("empty"))
		for _, code := range r.Empty {
			if slices.Contains(r.Success, code) {
				l.list.Errorf(n.Member("empty").Place(), diag.CodeExtension, "the code %d stands under success already", code)
			}
		}
		r.Status = l.status(n.Member("status"))
		l.wrapped(n.Member("wrapped"), r)
		l.failures(n.Member("failures"), r)
		l.errorCodes(n.Member("errors"), r)
		l.api.Results = append(l.api.Results, r)
	}
	for _, n := range alike {
		l.alike(n)
	}
}

// alike fills in a result that is another one but for the names of its fields. The other one may stand behind it.
func (l *lowering) alike(n *load.Node) {
	if !l.mapping(n, "like", "code", "message", "status", "empty") {
		return
	}
	like := n.Member("like")
	base := l.result(like)
	if base == nil {
		return
	}
	r := l.api.Results[slices.IndexFunc(l.api.Results, func(r *ir.Result) bool { return r.Name.Spec == n.Key })]
	if base == r || l.doc.Root.Member("x-msdk-results").Member(base.Name.Spec).Has("like") {
		l.list.Errorf(like.Pos, diag.CodeExtension, "%q has no codes of its own", base.Name.Spec).Suggest("name the result that lists them")
		return
	}
	r.Like = base
	r.Code, r.Message, r.Elsewhere, r.Status = base.Code, base.Message, base.Elsewhere, base.Status
	r.Success, r.Empty, r.Wrapped, r.Failures = base.Success, base.Empty, base.Wrapped, base.Failures
	if code, ok := l.text(n.Member("code")); ok {
		r.Code = code
	}
	if message, elsewhere, ok := l.messages(n.Member("message")); ok {
		r.Message, r.Elsewhere = message, elsewhere
	}
	if n.Has("status") {
		r.Status = l.status(n.Member("status"))
	}
	if n.Has("empty") {
		r.Empty, r.OwnEmpty = l.codes(n.Member("empty")), true
		for _, f := range r.Failures {
			if slices.Contains(r.Empty, f.Code) {
				l.list.Errorf(n.Member("empty").Place(), diag.CodeExtension, "the code %d says that a call was refused", f.Code).See(f.Pos, "said here")
			}
		}
	}
}

// messages reads the name of the field that holds the text, or a list of such names.
func (l *lowering) messages(n *load.Node) (first string, others []string, ok bool) {
	if !isKind(n, load.List) {
		first, ok = l.text(n)
		return first, nil, ok
	}
	var names []string
	for _, item := range n.Children {
		name, ok := l.text(item)
		switch {
		case !ok:
		case name == "" || slices.Contains(names, name):
			l.list.Errorf(item.Pos, diag.CodeExtension, "%q is the name of no further field", name)
		default:
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		if len(n.Children) == 0 {
			l.list.Errorf(n.Pos, diag.CodeExtension, "the text has no field").Suggest("name one, or leave out %q", n.Key)
		}
		return "", nil, false
	}
	return names[0], names[1:], true
}

// codes reads a list of result codes.
func (l *lowering) codes(n *load.Node) []int64 {
	items, _ := n.AsList(l.list)
	var codes []int64
	for _, item := range items {
		if code, ok := l.integer(item); ok {
			codes = append(codes, code)
		}
	}
	return codes
}

func (l *lowering) status(n *load.Node) *ir.Status {
	if n == nil || !l.mapping(n, "field", "success", "failure") {
		return nil
	}
	s := &ir.Status{Pos: n.Place()}
	s.Field, _ = l.text(l.need(n, "field"))
	s.Success, _ = l.text(l.need(n, "success"))
	s.Failure, _ = l.text(l.need(n, "failure"))
	return s
}

func (l *lowering) wrapped(n *load.Node, r *ir.Result) {
	all, _ := n.AsMapping(l.list)
	for _, m := range all {
		code, err := strconv.ParseInt(m.Key, 10, 64)
		if err != nil {
			l.list.Errorf(m.Place(), diag.CodeWrongKind, "%q is no result code", m.Key)
			continue
		}
		if platform, ok := l.text(m); ok {
			r.Wrapped = append(r.Wrapped, &ir.Wrapped{Pos: m.Place(), Code: code, Platform: platform})
		}
	}
}

func (l *lowering) failures(n *load.Node, r *ir.Result) {
	var known []string
	for _, kind := range ir.FailureKinds() {
		known = append(known, string(kind))
	}
	if n == nil || !l.mapping(n, known...) {
		return
	}
	for _, m := range n.Children {
		code, ok := l.integer(m)
		if ok && slices.Contains(known, m.Key) {
			if slices.Contains(r.Success, code) || slices.Contains(r.Empty, code) {
				l.list.Errorf(m.Pos, diag.CodeExtension, "the code %d counts as a success, so that a refused call would pass for one that succeeded", code)
			}
			r.Failures = append(r.Failures, &ir.Failure{Pos: m.Place(), Kind: ir.FailureKind(m.Key), Code: code})
		}
	}
}

// errorCodes decodes the vendor's table of codes.
func (l *lowering) errorCodes(n *load.Node, r *ir.Result) {
	items, _ := n.AsList(l.list)
	seen := map[int64]*ir.ErrorCode{}
	for _, item := range items {
		if !l.mapping(item, "code", "name", "layer", "text", "retry", "x-msdk-doc") {
			continue
		}
		code, ok := l.integer(l.need(item, "code"))
		if !ok {
			continue
		}
		e := &ir.ErrorCode{Pos: item.Pos, Code: code, Retry: l.boolean(item.Member("retry"))}
		e.Layer, _ = l.text(item.Member("layer"))
		e.Text, _ = l.text(item.Member("text"))
		e.Doc = ir.Doc{Description: e.Text, Source: l.source(item.Member("x-msdk-doc"))}
		e.Name = ir.Name{Spec: codeName(code), Pos: item.Member("code").Pos}
		if name, ok := l.text(item.Member("name")); ok {
			e.Name = ir.Name{Spec: name, Override: name, Pos: item.Member("name").Pos}
		}
		if first := seen[code]; first != nil {
			l.list.Errorf(item.Member("code").Pos, diag.CodeExtension, "the code %d is listed twice", code).See(first.Pos, "first listed here")
			continue
		}
		seen[code] = e
		r.Errors = append(r.Errors, e)
	}
}

// codeName names a code for which the vendor has no word. A minus sign is no part of an identifier.
func codeName(code int64) string {
	digits := strconv.FormatInt(code, 10)
	if code < 0 {
		return "Minus" + digits[1:]
	}
	return digits
}

// result finds the result that n names, nil if n is absent or names none.
func (l *lowering) result(n *load.Node) *ir.Result {
	name, ok := l.text(n)
	if !ok {
		return nil
	}
	var names []string
	for _, r := range l.api.Results {
		if r.Name.Spec == name {
			return r
		}
		names = append(names, r.Name.Spec)
	}
	l.unknown(n.Pos, diag.CodeUnknownName, "result", name, names)
	return nil
}

// resultFits checks that t has the fields that r reads. n is where r was chosen.
func (l *lowering) resultFits(n *load.Node, r *ir.Result, t *ir.Type) {
	check := func(name string, kind ir.Kind) {
		i := slices.IndexFunc(t.Fields, func(f *ir.Field) bool { return f.Name.Spec == name })
		switch {
		case name == "":
		case i < 0:
			l.list.Errorf(n.Pos, diag.CodeExtension, "the result %q reads %q, which the response does not have", r.Name.Spec, name).
				See(t.Pos, "the response")
		case baseKind(t.Fields[i].Type) != kind:
			l.list.Errorf(n.Pos, diag.CodeExtension, "the result %q reads %q as %s, but it is %s", r.Name.Spec, name, kind, baseKind(t.Fields[i].Type)).
				See(t.Fields[i].Pos, "declared here")
		case t.Fields[i].Fill != nil:
			l.list.Errorf(n.Pos, diag.CodeExtension, "the result %q reads %q, which is a constant", r.Name.Spec, name).
				See(t.Fields[i].Fill.Pos, "stated here")
		case kind == ir.KindInt:
			l.codeField(n, t.Fields[i])
		}
	}
	check(r.Code, ir.KindInt)
	check(r.Message, ir.KindString)
	for _, name := range r.Elsewhere {
		check(name, ir.KindString)
	}
	if r.Status != nil && t.ItemResult == nil {
		check(r.Status.Field, ir.KindString)
	}
}

// codeField marks the field that holds the result code. Every result has the same Go type of code, which holds 64 bits.
func (l *lowering) codeField(n *load.Node, f *ir.Field) {
	if f.Type.Kind != ir.KindInt || f.Type.Bits != 64 || f.Type.Unsigned {
		l.list.Errorf(f.Pos, diag.CodeUnsupported, "a result code that is anything but a plain integer of 64 bits is not supported").
			See(n.Pos, "it is read as one here")
		return
	}
	f.Code = true
}
