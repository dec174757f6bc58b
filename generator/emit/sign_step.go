package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// The operations of signing programs: one row each. An operation that gets compiled differently is a change of its row.

// stepOps has one function for each operation of a program.
var stepOps map[ir.StepOp]func(p *program, g *jen.Group, step *ir.Step)

func init() { // in a function: the rows refer to functions that look steps up again
	stepOps = map[ir.StepOp]func(*program, *jen.Group, *ir.Step){
		ir.OpConcat:       concat,
		ir.OpJoin:         join,
		ir.OpMD5:          digest("crypto/md5", "Sum"),
		ir.OpSHA1:         digest("crypto/sha1", "Sum"),
		ir.OpSHA224:       digest("crypto/sha256", "Sum224"),
		ir.OpSHA256:       digest("crypto/sha256", "Sum256"),
		ir.OpSHA384:       digest("crypto/sha512", "Sum384"),
		ir.OpSHA512:       digest("crypto/sha512", "Sum512"),
		ir.OpHMAC:         hmacStep,
		ir.OpHex:          encoded(func() *jen.Statement { return jen.Qual("encoding/hex", "AppendEncode") }),
		ir.OpUpperHex:     upperHex,
		ir.OpBase64:       encoded(base64("StdEncoding")),
		ir.OpBase64Raw:    encoded(base64("RawStdEncoding")),
		ir.OpBase64URL:    encoded(base64("URLEncoding")),
		ir.OpBase64URLRaw: encoded(base64("RawURLEncoding")),
		ir.OpFromHex:      decoded("fromHex"),
		ir.OpFromBase64:   decoded("fromBase64"),
		ir.OpUTF8:         utf8Bytes,
		ir.OpLower:        recased("appendLower"),
		ir.OpUpper:        recased("appendUpper"),
		ir.OpTrim:         trim,
		ir.OpLength:       length,
		ir.OpPercent:      percentEncode,
		ir.OpSlice:        slice,
		ir.OpReplace:      replace,
		ir.OpDate:         date,
		ir.OpIf:           ifPresent,
		ir.OpParameters:   parameterList,
		ir.OpHeaders:      headerList,
		ir.OpList:         textList,
		ir.OpSort:         sortList,
		ir.OpGo:           callFunction,
	}
}

func concat(p *program, g *jen.Group, step *ir.Step) { p.joined(g, step, "") }

// joined adds the parts of a text, or of bytes, one behind the other.
func (p *program) joined(g *jen.Group, step *ir.Step, with string) {
	var pieces []piece
	for i := range step.Args {
		if i > 0 {
			pieces = append(pieces, piece{literal: with})
		}
		pieces = append(pieces, p.piece(&step.Args[i]))
	}
	p.declare(step, formBytes)
	appendPieces(g, p.steps[step.Name.Spec].name, pieces)
}

func join(p *program, g *jen.Group, step *ir.Step) {
	list, form := (*jen.Statement)(nil), formBytes
	if len(step.Args) == 1 {
		list, form = p.value(&step.Args[0])
	}
	if form != formList {
		p.joined(g, step, step.With)
		return
	}
	args := []jen.Code{buffer(256), list}
	function := "appendPairs"
	switch {
	case step.Take == ir.TakeNames:
		function = "appendNames"
	case step.Take == ir.TakeValues:
		function = "appendValues"
	case step.Bare:
		function = "appendBarePairs"
	}
	if step.Take == ir.TakeBoth {
		args = append(args, jen.Lit(step.Pair))
	}
	g.Add(p.declare(step, formBytes)).Op(":=").Id(function).Call(append(args, jen.Lit(step.With))...)
}

func digest(path, sum string) func(*program, *jen.Group, *ir.Step) {
	return func(p *program, g *jen.Group, step *ir.Step) {
		text := p.bytes(&step.Args[0])
		if p.explains(&step.Args[0]) {
			text = jen.Id("m").Dot("keep").Call(text)
		}
		g.Add(p.declare(step, formArray)).Op(":=").Qual(path, sum).Call(text)
	}
}

// explains reports whether an operand of a hash is what explains a signature that does not fit: a text that was put together, or a part of
// the request. A digest explains nothing.
func (p *program) explains(o *ir.Operand) bool {
	switch o.Kind {
	case ir.OperandStep:
		for _, step := range p.scheme.Program.Steps {
			if step.Name.Spec == o.Text {
				return step.Type == ir.StepText && p.steps[o.Text].form == formBytes
			}
		}
	case ir.OperandBody, ir.OperandQuery, ir.OperandTarget, ir.OperandURL:
		return true
	}
	return false
}

// newHashes are the functions that hmac takes.
var newHashes = map[string][2]string{
	"md5":    {"crypto/md5", "New"},
	"sha1":   {"crypto/sha1", "New"},
	"sha224": {"crypto/sha256", "New224"},
	"sha256": {"crypto/sha256", "New"},
	"sha384": {"crypto/sha512", "New384"},
	"sha512": {"crypto/sha512", "New"},
}

func hmacStep(p *program, g *jen.Group, step *ir.Step) {
	hash := newHashes[step.Hash]
	key, text := p.text(&step.Args[0]), p.text(&step.Args[1])
	if p.explains(&step.Args[1]) {
		text = jen.Id("m").Dot("keep").Call(p.bytes(&step.Args[1]))
	}
	g.Add(p.declare(step, formBytes)).Op(":=").Id("hmacSum").Call(jen.Qual(hash[0], hash[1]), key, text)
}

func base64(encoding string) func() *jen.Statement {
	return func() *jen.Statement { return jen.Qual("encoding/base64", encoding).Dot("AppendEncode") }
}

func encoded(function func() *jen.Statement) func(*program, *jen.Group, *ir.Step) {
	return func(p *program, g *jen.Group, step *ir.Step) {
		bytes := p.bytes(&step.Args[0])
		g.Add(p.declare(step, formBytes)).Op(":=").Add(function()).Call(buffer(128), bytes)
	}
}

func upperHex(p *program, g *jen.Group, step *ir.Step) {
	bytes := p.bytes(&step.Args[0])
	g.Add(p.declare(step, formBytes)).Op(":=").Id("appendUpper").
		Call(buffer(128), jen.Qual("encoding/hex", "AppendEncode").Call(buffer(128), bytes))
}

func decoded(method string) func(*program, *jen.Group, *ir.Step) {
	return func(p *program, g *jen.Group, step *ir.Step) {
		text := p.bytes(&step.Args[0])
		g.Add(p.declare(step, formBytes)).Op(":=").Id("m").Dot(method).Call(text)
	}
}

func utf8Bytes(p *program, g *jen.Group, step *ir.Step) {
	text := p.bytes(&step.Args[0])
	g.Add(p.declare(step, formBytes)).Op(":=").Add(text)
}

func recased(function string) func(*program, *jen.Group, *ir.Step) {
	return func(p *program, g *jen.Group, step *ir.Step) {
		text := p.text(&step.Args[0])
		g.Add(p.declare(step, formBytes)).Op(":=").Id(function).Call(buffer(256), text)
	}
}

func trim(p *program, g *jen.Group, step *ir.Step) {
	text := p.bytes(&step.Args[0])
	g.Add(p.declare(step, formBytes)).Op(":=").Qual("bytes", "Trim").Call(text, jen.Lit(" \t"))
}

func length(p *program, g *jen.Group, step *ir.Step) {
	text := p.text(&step.Args[0])
	g.Add(p.declare(step, formBytes)).Op(":=").Qual("strconv", "AppendInt").
		Call(buffer(20), jen.Int64().Call(jen.Len(text)), jen.Lit(10))
}

func percentEncode(p *program, g *jen.Group, step *ir.Step) {
	how := jen.Id("percent").ValuesFunc(func(g *jen.Group) {
		e := step.Encoding
		switch {
		case e == nil:
			return
		case e.Keep != "":
			g.Id("keep").Op(":").Lit(e.Keep)
		}
		if e.Encode != "" {
			g.Id("encode").Op(":").Lit(e.Encode)
		}
		if e.Plus {
			g.Id("plus").Op(":").True()
		}
		if e.LowerHex {
			g.Id("lowerHex").Op(":").True()
		}
	})
	if list, form := p.value(&step.Args[0]); form == formList {
		g.Add(p.declare(step, formList)).Op(":=").Id("percentList").Call(list, how)
		return
	}
	text := p.text(&step.Args[0])
	g.Add(p.declare(step, formBytes)).Op(":=").Id("appendPercent").Call(buffer(256), text, how)
}

func slice(p *program, g *jen.Group, step *ir.Step) {
	_, form := p.value(&step.Args[0])
	if form == formArray {
		form = formBytes
	}
	text := p.text(&step.Args[0])
	if step.Last {
		g.Add(p.declare(step, form)).Op(":=").Id("last").Call(text, jen.Lit(step.From))
		return
	}
	g.Add(p.declare(step, form)).Op(":=").Id("cut").Call(text, jen.Lit(step.From), jen.Lit(step.To))
}

func replace(p *program, g *jen.Group, step *ir.Step) {
	text := p.bytes(&step.Args[0])
	part := func(text string) *jen.Statement { return jen.Index().Byte().Call(jen.Lit(text)) }
	g.Add(p.declare(step, formBytes)).Op(":=").Qual("bytes", "ReplaceAll").Call(text, part(step.Old), part(step.New))
}

func date(p *program, g *jen.Group, step *ir.Step) {
	text := p.string(&step.Args[0])
	g.Add(p.declare(step, formBytes)).Op(":=").Id("m").Dot("date").Call(text, jen.Id(timeFormat(step.Read)), jen.Id(timeFormat(step.Write)))
}

func ifPresent(p *program, g *jen.Group, step *ir.Step) {
	condition := p.text(&step.Args[0])
	branch := func(i int) *jen.Statement { return p.bytes(&step.Args[i]) }
	yes, no := branch(1), branch(2)
	form, kind := formBytes, jen.Index().Byte()
	if step.Type == ir.StepList {
		form, kind = formList, jen.Index().Id("pair")
	}
	p.declare(step, form)
	name := p.steps[step.Name.Spec].name
	g.Var().Id(name).Add(kind)
	g.If(jen.Len(condition).Op(">").Lit(0)).Block(jen.Id(name).Op("=").Add(yes)).Else().Block(jen.Id(name).Op("=").Add(no))
}

func parameterList(p *program, g *jen.Group, step *ir.Step) {
	from := step.Select.From
	if len(from) == 0 {
		from = []ir.In{ir.InQuery}
	}
	lists := map[ir.In]string{ir.InQuery: "queryList", ir.InBody: "fieldList"}
	p.declare(step, formList)
	name := p.steps[step.Name.Spec].name
	for i, in := range from {
		list := jen.Id("m").Dot(lists[in]).Call()
		if i == 0 {
			g.Id(name).Op(":=").Add(list)
			continue
		}
		g.Id(name).Op("=").Append(jen.Id(name), list.Op("..."))
	}
	if len(step.Select.Only) > 0 {
		g.Id(name).Op("=").Id("only").Call(append([]jen.Code{jen.Id(name)}, literals(step.Select.Only)...)...)
	}
	p.selected(g, name, step.Select)
}

func headerList(p *program, g *jen.Group, step *ir.Step) {
	p.declare(step, formList)
	name := p.steps[step.Name.Spec].name
	g.Id(name).Op(":=").Id("m").Dot("headerList").Call(append([]jen.Code{jen.Lit(step.Select.Prefix)}, literals(step.Select.Only)...)...)
	p.selected(g, name, step.Select)
}

// selected adds what a selection says beyond the names that it asks for.
func (p *program) selected(g *jen.Group, name string, s *ir.Selection) {
	change := func(function string, args ...jen.Code) {
		g.Id(name).Op("=").Id(function).Call(append([]jen.Code{jen.Id(name)}, args...)...)
	}
	if len(s.Except) > 0 {
		change("except", literals(s.Except)...)
	}
	if s.DropEmpty {
		change("withoutEmpty")
	}
	if s.Lower {
		change("lowerNames")
	}
	if s.Repeated != "" {
		change("oneEach", jen.Lit(s.Repeated))
	}
	for i := range s.Add {
		g.Id(name).Op("=").Append(jen.Id(name), jen.Id("pair").Values(jen.Lit(s.Add[i].Name), p.string(&s.Add[i].Value)))
	}
}

func literals(texts []string) []jen.Code {
	var all []jen.Code
	for _, text := range texts {
		all = append(all, jen.Lit(text))
	}
	return all
}

func textList(p *program, g *jen.Group, step *ir.Step) {
	var entries []jen.Code
	for i := range step.Args {
		entries = append(entries, jen.Values(jen.Id("value").Op(":").Add(p.string(&step.Args[i]))))
	}
	g.Add(p.declare(step, formList)).Op(":=").Index().Id("pair").Values(entries...)
}

func sortList(p *program, g *jen.Group, step *ir.Step) {
	list, _ := p.value(&step.Args[0])
	order := map[ir.SortKey][2]string{ir.SortName: {"byName", "byFoldedName"}, ir.SortValue: {"byValue", "byFoldedValue"}}[step.By]
	by := order[0]
	if step.Fold {
		by = order[1]
	}
	g.Add(p.declare(step, formList)).Op(":=").Id("sorted").Call(list, jen.Id(by))
}

// callFunction calls a function that stands beside the generated code.
func callFunction(p *program, g *jen.Group, step *ir.Step) {
	var args []jen.Code
	for i := range step.Args {
		o := &step.Args[i]
		if _, form := p.value(o); o.Kind == ir.OperandStep && p.types(o.Text) == ir.StepBytes && form != formString {
			args = append(args, p.bytes(o))
			continue
		}
		args = append(args, p.string(o))
	}
	form := formString
	if step.Type == ir.StepBytes {
		form = formBytes
	}
	g.List(p.declare(step, form), jen.Err()).Op(":=").Id(step.Function).Call(args...)
	g.Id("m").Dot("check").Call(jen.Err(), jen.Lit(step.Function))
}

// types is the type of a step's result.
func (p *program) types(name string) ir.StepType {
	for _, step := range p.scheme.Program.Steps {
		if step.Name.Spec == name {
			return step.Type
		}
	}
	return ir.StepText
}
