package emit

import (
	"fmt"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// examples_gen_test.go: every example of the document, decoded, validated and encoded again.

func (p *pkg) examples() []draft {
	if !p.hasExamples() {
		return nil
	}
	f := p.file()
	for _, op := range p.api.Operations {
		for _, c := range op.Calls {
			if len(p.testable(c)) > 0 {
				p.exampleTest(f, c)
			}
		}
	}
	return []draft{{name: "examples_gen_test.go", code: f}}
}

func (p *pkg) hasExamples() bool {
	for _, op := range p.api.Operations {
		for _, c := range op.Calls {
			if len(p.testable(c)) > 0 {
				return true
			}
		}
	}
	return false
}

// testable are the examples of a call that the package can test. One that breaks rules needs the validators.
func (p *pkg) testable(c *ir.Call) []*ir.Example {
	if p.opt.Omit.Tests {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(c.Examples), func(e *ir.Example) bool {
		return p.opt.Omit.Validators && e.Printed != nil && len(e.Printed.Violations) > 0
	})
}

func (p *pkg) exampleTest(f *jen.File, c *ir.Call) {
	f.Line()
	f.Func().Id("Test" + c.Name.Go + "Examples").Params(jen.Id("t").Op("*").Qual("testing", "T")).BlockFunc(func(g *jen.Group) {
		for _, e := range p.testable(c) {
			text := exampleComment(e)
			if text != "" {
				comment(g, text)
			}
			g.Id("checkExample").Call(exampleArguments(c, e)...)
		}
	})
}

func exampleComment(e *ir.Example) string {
	text := paragraphs(e.Summary)
	if e.Printed != nil {
		text += "\nAs printed, although the document refutes it: " + oneLine(e.Printed.Reason)
	}
	if s := e.Source; s != nil {
		text += fmt.Sprintf("\n%s, line %d.", oneLine(s.Document), s.Line)
	}
	return text
}

func exampleArguments(c *ir.Call, e *ir.Example) []jen.Code {
	t := c.Request
	if e.Response {
		t = response(c)
	}
	args := []jen.Code{
		jen.Id("t"),
		jen.Lit(e.Name),
		jen.New(jen.Id(t.Name.Go)),
		literal(string(e.JSON)),
		violations(e),
	}
	if !e.Response {
		for _, f := range t.Fields {
			if f.Fill != nil && f.Fill.Kind != ir.FillConstant || f.In != ir.InBody {
				args = append(args, jen.Lit(f.Name.Spec))
			}
		}
	}
	return args
}

func violations(e *ir.Example) *jen.Statement {
	if e.Printed == nil {
		return jen.Nil()
	}
	return jen.Index().String().ValuesFunc(func(g *jen.Group) {
		for _, v := range e.Printed.Violations {
			g.Lit(v)
		}
	})
}
