package emit

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// Signing programs, compiled to straight-line Go: each step becomes a variable of its own name, so that the function reads like the
// program in the document.

// signer adds the function that makes the signature of a scheme; client and server share it.
func signer(f *jen.File, s *ir.Scheme) {
	steps := map[string]*ir.Step{}
	fileComment(f, fmt.Sprintf("%s makes the signature of %s: the steps of the document's program, in their order.", signFunc(s), oneLine(s.Name.Spec)))
	f.Func().Id(signFunc(s)).Params(jen.Id("m").Op("*").Id("message"), jen.Id("key").String()).String().BlockFunc(func(g *jen.Group) {
		for _, step := range s.Program.Steps {
			stepOps[step.Op](g, step, steps)
			steps[step.Name.Spec] = step
		}
		last := s.Program.Steps[len(s.Program.Steps)-1]
		g.Return(asText(last))
	})
}

// stepOps has one function for each operation of a program.
var stepOps = map[ir.StepOp]func(g *jen.Group, step *ir.Step, steps map[string]*ir.Step){
	ir.OpConcat: concat,
	ir.OpQuery:  query,
	ir.OpMD5:    hash("crypto/md5", "Sum"),
	ir.OpSHA1:   hash("crypto/sha1", "Sum"),
	ir.OpSHA256: hash("crypto/sha256", "Sum256"),
	ir.OpHex:    hex,
}

// local is the variable of a step.
func local(step *ir.Step) string { return localName(step.Name.Go) }

// asText is the result of a text step as a string.
func asText(step *ir.Step) *jen.Statement {
	if isBuffer(step) {
		return jen.String().Call(jen.Id(local(step)))
	}
	return jen.Id(local(step))
}

// isBuffer reports whether the variable of a step is a []byte that was appended to.
func isBuffer(step *ir.Step) bool { return step.Op == ir.OpConcat }

// asBytes is the result of a step as a []byte.
func asBytes(step *ir.Step) *jen.Statement {
	switch {
	case isBuffer(step):
		return jen.Id(local(step))
	case step.Type == ir.StepBytes:
		return jen.Id(local(step)).Index(jen.Op(":"))
	}
	return jen.Index().Byte().Call(jen.Id(local(step)))
}

func concat(g *jen.Group, step *ir.Step, steps map[string]*ir.Step) {
	name := local(step)
	g.Var().Id(name).Index().Byte()
	for i := range step.Args {
		g.Id(name).Op("=").Append(jen.Id(name), operand(&step.Args[i], steps).Op("..."))
	}
}

func query(g *jen.Group, step *ir.Step, _ map[string]*ir.Step) {
	var args []jen.Code
	for _, o := range step.Args {
		for _, name := range o.Except {
			args = append(args, jen.Lit(name))
		}
	}
	g.Id(local(step)).Op(":=").Id("m").Dot("query").Call(args...)
}

func hash(path, sum string) func(*jen.Group, *ir.Step, map[string]*ir.Step) {
	return func(g *jen.Group, step *ir.Step, steps map[string]*ir.Step) {
		g.Id(local(step)).Op(":=").Qual(path, sum).Call(bytesOf(&step.Args[0], steps))
	}
}

func hex(g *jen.Group, step *ir.Step, steps map[string]*ir.Step) {
	g.Id(local(step)).Op(":=").Qual("encoding/hex", "EncodeToString").Call(bytesOf(&step.Args[0], steps))
}

// operand is one input as a value that append takes behind its dots: a string or a []byte.
func operand(o *ir.Operand, steps map[string]*ir.Step) *jen.Statement {
	switch o.Kind {
	case ir.OperandStep:
		if step := steps[o.Text]; step.Type == ir.StepText && !isBuffer(step) {
			return jen.Id(local(step))
		}
		return asBytes(steps[o.Text])
	case ir.OperandKey:
		return jen.Id("key")
	case ir.OperandSecret:
		return jen.Id("m").Dot("secret").Call(jen.Lit(o.Text))
	case ir.OperandParameter:
		return jen.Id("m").Dot("parameter").Call(jen.Lit(o.Text))
	case ir.OperandMethod:
		return jen.Id("m").Dot("method")
	case ir.OperandPath:
		return jen.Id("m").Dot("path")
	case ir.OperandBody:
		return jen.Id("m").Dot("body")
	}
	return jen.Lit(o.Text)
}

func bytesOf(o *ir.Operand, steps map[string]*ir.Step) *jen.Statement {
	switch o.Kind {
	case ir.OperandStep:
		return asBytes(steps[o.Text])
	case ir.OperandBody:
		return operand(o, steps)
	}
	return jen.Index().Byte().Call(operand(o, steps))
}
