package emit

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// errors_gen.go: for each result of the document its codes as constants, how they are judged, and what the document says about
// them.

func (p *pkg) errors() draft {
	f := p.file()
	for _, r := range p.api.Results {
		codes(f, r)
		resultTable(f, r)
		if r.Like == nil {
			describe(f, r)
		}
	}
	return draft{name: "errors_gen.go", code: f}
}

func codes(f *jen.File, r *ir.Result) {
	if len(r.Errors) == 0 {
		return
	}
	fileComment(f, "The codes of "+oneLine(r.Name.Spec)+", in the order of the document.")
	f.Const().DefsFunc(func(g *jen.Group) {
		for _, e := range r.Errors {
			text := paragraphs(e.Text)
			if e.Layer != "" {
				text += "\nLayer: " + oneLine(e.Layer) + "."
			}
			if e.Retry {
				text += "\nA second attempt may succeed."
			}
			comment(g, text)
			g.Id(e.Name.Go).Id("Code").Op("=").Op(fmt.Sprint(e.Code))
		}
	})
}

func resultTable(f *jen.File, r *ir.Result) {
	text := fmt.Sprintf("%s says how a response of %s tells success from failure.", resultVar(r), oneLine(r.Name.Spec))
	if r.Like != nil {
		text += "\nThe codes are those of " + oneLine(r.Like.Name.Spec) + "."
	}
	fileComment(f, text)
	f.Var().Id(resultVar(r)).Op("=").Id("result").Add(rows(func(add func(...jen.Code)) {
		row := func(key string, value *jen.Statement) { add(jen.Id(key).Op(":").Add(value)) }
		row("name", jen.Lit(r.Name.Spec))
		row("code", jen.Lit(r.Code))
		if r.Message != "" {
			row("message", jen.Lit(r.Message))
		}
		if r.Status != nil {
			row("status", jen.Lit(r.Status.Field))
			row("statusSuccess", jen.Lit(r.Status.Success))
			row("statusFailure", jen.Lit(r.Status.Failure))
		}
		if r.Like != nil {
			sharedRows(row, r)
			return
		}
		row("success", successFunc(r))
		if len(r.Empty) > 0 {
			row("empty", codesFunc(r.Empty))
		}
		if len(r.Wrapped) > 0 {
			row("wrapped", wrapped(r))
		}
		row("failures", jen.Id("failureCodes").Add(failureRows(r)))
		row("describe", jen.Id("describe"+r.Name.Go))
	}))
}

// sharedRows adds what a result has in common with the one that it is like.
func sharedRows(row func(string, *jen.Statement), r *ir.Result) {
	like := r.Like
	if r.OwnEmpty {
		row("success", successFunc(r))
		if len(r.Empty) > 0 {
			row("empty", codesFunc(r.Empty))
		}
	} else {
		row("success", jen.Id(resultVar(like)).Dot("success"))
		if len(like.Empty) > 0 {
			row("empty", jen.Id(resultVar(like)).Dot("empty"))
		}
	}
	if len(like.Wrapped) > 0 {
		row("wrapped", jen.Id(resultVar(like)).Dot("wrapped"))
	}
	row("failures", jen.Id(resultVar(like)).Dot("failures"))
	row("describe", jen.Id("describe"+like.Name.Go))
}

// successFunc is the function that knows the codes of a success, empty answers included.
func successFunc(r *ir.Result) *jen.Statement {
	return codesFunc(append(r.Success[:len(r.Success):len(r.Success)], r.Empty...))
}

// codesFunc is a function that knows some codes.
func codesFunc(codes []int64) *jen.Statement {
	return jen.Func().Params(jen.Id("code").Id("Code")).Bool().Block(jen.Return(isOneOf(codes)))
}

func isOneOf(codes []int64) *jen.Statement {
	s := jen.Null()
	for i, c := range codes {
		if i > 0 {
			s.Op("||")
		}
		s.Id("code").Op("==").Op(fmt.Sprint(c))
	}
	return s
}

func wrapped(r *ir.Result) *jen.Statement {
	return jen.Func().Params(jen.Id("code").Id("Code")).String().Block(
		jen.Switch(jen.Id("code")).BlockFunc(func(g *jen.Group) {
			for _, w := range r.Wrapped {
				g.Case(jen.Op(fmt.Sprint(w.Code))).Block(jen.Return(jen.Lit(w.Platform)))
			}
		}),
		jen.Return(jen.Lit("")))
}

// failureFields are the members of the support package's failureCodes.
var failureFields = map[ir.FailureKind]string{
	ir.FailureTooLarge:         "tooLarge",
	ir.FailureEmptyBody:        "emptyBody",
	ir.FailureNotJSON:          "notJSON",
	ir.FailureMissingParameter: "missingParameter",
	ir.FailureBadParameter:     "badParameter",
	ir.FailureUnknownApp:       "unknownApp",
	ir.FailureDecryption:       "decryption",
	ir.FailureBadSignature:     "badSignature",
	ir.FailureExpired:          "expired",
	ir.FailureInvalid:          "invalid",
	ir.FailureNoSuchOperation:  "noSuchOperation",
	ir.FailureInternal:         "internal",
}

func failureRows(r *ir.Result) *jen.Statement {
	return rows(func(add func(...jen.Code)) {
		for _, kind := range ir.FailureKinds() {
			for _, failure := range r.Failures {
				if failure.Kind == kind {
					add(jen.Id(failureFields[kind]).Op(":").Op(fmt.Sprint(failure.Code)))
				}
			}
		}
	})
}

func describe(f *jen.File, r *ir.Result) {
	name := "describe" + r.Name.Go
	fileComment(f, name+" returns what the document says about a code, and whether a second attempt may succeed.")
	f.Func().Id(name).Params(jen.Id("code").Id("Code")).Params(jen.Id("text").String(), jen.Id("retry").Bool()).BlockFunc(func(g *jen.Group) {
		if len(r.Errors) > 0 {
			g.Switch(jen.Id("code")).BlockFunc(func(g *jen.Group) {
				for _, e := range r.Errors {
					g.Case(jen.Id(e.Name.Go)).Block(jen.Return(jen.Lit(oneLine(e.Text)), jen.Lit(e.Retry)))
				}
			})
		}
		g.Return(jen.Lit(""), jen.False())
	})
}
