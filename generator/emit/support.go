package emit

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/templates"
)

// support_*_gen.go: the support package, copied whole. Nothing in it changes but the first line and the package clause.

// exampleSupport is the one test file that is copied: the examples of a generated package need it.
const exampleSupport = "example_test.go"

func (p *pkg) support() []draft {
	entries, err := fs.ReadDir(templates.Support, "support")
	if err != nil {
		panic(err) // the folder is embedded
	}
	var drafts []draft
	for _, e := range entries {
		if !p.needs(e.Name()) {
			continue
		}
		text, err := fs.ReadFile(templates.Support, "support/"+e.Name())
		if err != nil {
			panic(err)
		}
		drafts = append(drafts, draft{name: supportName(e.Name()), text: p.copied(text), done: true})
	}
	return drafts
}

// needs reports whether a file of the support package belongs into this package.
func (p *pkg) needs(name string) bool {
	switch {
	case p.omitted(name):
		return false
	case name == exampleSupport:
		return p.hasExamples()
	case name == "doc.go" || strings.HasSuffix(name, "_test.go"):
		return false
	case name == "usersig.go":
		return p.hasBuiltin("tim-usersig")
	case name == "flags.go":
		return p.uses(func(t *ir.Type) bool { return t.Flags })
	case name == "echo.go":
		return p.echoes()
	case name == "item.go":
		return p.uses(func(t *ir.Type) bool { return t.ItemResult != nil })
	case name == "intortext.go":
		return p.uses(func(t *ir.Type) bool { return t.Kind == ir.KindUnion })
	case name == "single.go":
		return p.uses(func(t *ir.Type) bool { return t.Single })
	}
	return true
}

// echoes reports whether a response repeats a parameter.
func (p *pkg) echoes() bool {
	return p.uses(func(t *ir.Type) bool {
		for _, f := range t.Fields {
			if f.Echo != "" {
				return true
			}
		}
		return false
	})
}

func (p *pkg) hasBuiltin(name string) bool {
	for _, s := range p.api.Schemes {
		if s.Builtin == name {
			return true
		}
	}
	return false
}

// uses reports whether some message holds a type that satisfies test.
func (p *pkg) uses(test func(*ir.Type) bool) bool {
	for _, op := range p.api.Operations {
		for _, c := range op.Calls {
			if anyBelow(c.Request, test) || anyBelow(response(c), test) {
				return true
			}
		}
	}
	return false
}

func supportName(name string) string {
	if base, ok := strings.CutSuffix(name, "_test.go"); ok {
		return "support_" + base + "_gen_test.go"
	}
	return "support_" + strings.TrimSuffix(name, ".go") + "_gen.go"
}

// copied gives a support file the first line of generated code and the package's own clause.
func (p *pkg) copied(text []byte) []byte {
	clause := []byte("package support\n")
	i := bytes.Index(text, clause)
	if i < 0 {
		panic("emit: a support file without its package clause")
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n\n", p.header())
	b.Write(text[:i])
	fmt.Fprintf(&b, "package %s\n", p.opt.Package)
	b.Write(text[i+len(clause):])
	return b.Bytes()
}
