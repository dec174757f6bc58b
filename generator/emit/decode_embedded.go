package emit

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// The short way through an object that stands inside of a string: its members are read where they are, between escaped quotes, so that the string
// need not be decoded first. It is apart from the other short way because it takes less: text and integers. What it does not take, readJSON
// reads, from the start.

// embedded returns the types that t itself names as documents inside of strings: itself, or those of its members.
func embedded(t *ir.Type) []*ir.Type {
	var found []*ir.Type
	if t.Embedded || t.AcceptEmbedded {
		found = append(found, t)
	}
	for _, f := range t.Fields {
		if f.AcceptEmbedded {
			found = append(found, f.Type)
		}
	}
	return found
}

// inText reports whether t is an object that stands inside of strings and has the short way through them. Types are told apart by their
// names: what may be inside of a string is a copy of the type that may not.
func (p *pkg) inText(t *ir.Type) bool {
	if p.texts == nil {
		p.texts = map[string]bool{}
		p.eachMessageType(func(t *ir.Type) {
			for _, t := range embedded(t) {
				if hasInText(t) {
					p.texts[t.Name.Go] = true
				}
			}
		})
	}
	return t.Name != nil && p.texts[t.Name.Go]
}

// hasInText reports whether the short way would take any member of t.
func hasInText(t *ir.Type) bool {
	return t.Kind == ir.KindStruct && slices.ContainsFunc(inWordFields(t), takenInText)
}

// inWordFields are the fields that the short way can note as seen.
func inWordFields(t *ir.Type) []*ir.Field {
	fields := bodyFields(t)
	return fields[:min(len(fields), inWord)]
}

func takenInText(f *ir.Field) bool {
	t := fieldValue(f)
	return f.Fill == nil && !t.Embedded && (textual(t) || integral(t) && intName(t) == "int64")
}

// inTextFunc is the short way for t, or nil.
func inTextFunc(t *ir.Type) *jen.Statement {
	if hasInText(t) {
		return methodOf(t, "readInText")
	}
	return jen.Nil()
}

// readInText adds the short way.
func readInText(f *jen.File, t *ir.Type, fields []*ir.Field) {
	f.Line()
	comment(f.Group, "readInText is readJSON for an object inside of a string. It returns false where it does not take all of it.")
	f.Add(method(t)).Id("readInText").Params(jen.Id("d").Op("*").Id("jsonReader")).Bool().BlockFunc(func(g *jen.Group) {
		g.Const().DefsFunc(func(g *jen.Group) { memberIndexes(g, fields) })
		g.List(jen.Id("src"), jen.Id("p")).Op(":=").Id("d").Dot("enterText").Call()
		g.Id("seen").Op(":=").Uint64().Call(jen.Lit(0))
		for _, field := range inWordFields(t) {
			if takenInText(field) {
				readNextInText(g, field)
			}
		}
		g.Return(jen.Id("d").Dot("leaveText").Call(jen.Op("&").Id(fieldsVar(t)), jen.Id("p"), jen.Id("seen")))
	})
}

// readNextInText reads one member, if it stands next in the text.
func readNextInText(g *jen.Group, f *ir.Field) {
	key, found := fieldKey(f), jen.Id("q").Op(">").Lit(0)
	read := "textInText"
	if textual(fieldValue(f)) {
		key += `"`
	} else {
		read = "intInText"
		found.Op("&&").Id("isDigit").Call(jen.Id("src").Index(jen.Id("q")))
	}
	key = strings.NewReplacer(`"`, `\"`, `\`, `\\`).Replace(key)
	g.If(jen.Id("q").Op(":=").Add(after(key)), found).BlockFunc(func(g *jen.Group) {
		readNextScalar(g, f, read)
		g.Id("seen").Op("|=").Lit(1).Op("<<").Id(memberIndex(f))
	})
}
