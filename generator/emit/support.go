package emit

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
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
	case name == "doc.go" || name == "commands.go" || strings.HasSuffix(name, "_test.go"):
		return false
	case name == "msdktea.go" || strings.HasPrefix(name, "encrypt"):
		return p.encrypts()
	case name == "sort.go":
		return !p.opt.Omit.Server || p.signsWith("sign_list.go")
	case name == "explain.go" || strings.HasPrefix(name, "ideas"):
		return p.opt.hasStandIn()
	case name == "form.go" && p.opt.Omit.Server:
		return p.sendsForms()
	case name == "route_server.go" || name == "route.go" && p.opt.Omit.Client:
		return p.hasPathValues()
	case name == "usersig_explain.go":
		return p.opt.hasStandIn() && p.hasBuiltin("tim-usersig")
	case name == "usersig.go":
		return p.hasBuiltin("tim-usersig")
	case strings.HasPrefix(name, "sign_"):
		return p.signsWith(name)
	case typeSupport[name] != nil:
		return p.uses(typeSupport[name])
	}
	return true
}

// typeSupport says for each file of a form of types which types need it.
var typeSupport = map[string]func(t *ir.Type) bool{
	"echo.go": func(t *ir.Type) bool {
		return slices.ContainsFunc(t.Fields, func(f *ir.Field) bool { return f.Echo != "" })
	},
	"flags.go":           func(t *ir.Type) bool { return t.Flags },
	"intortext.go":       func(t *ir.Type) bool { return t.Kind == ir.KindUnion },
	"item.go":            func(t *ir.Type) bool { return t.ItemResult != nil },
	"reader_embedded.go": func(t *ir.Type) bool { return len(embedded(t)) > 0 },
	"reader_order.go": func(t *ir.Type) bool {
		return t.Kind == ir.KindList && t.Elem.Kind == ir.KindStruct && len(bodyFields(t.Elem)) > 0 || slices.ContainsFunc(embedded(t), hasInText)
	},
	"single.go": func(t *ir.Type) bool { return t.Single },
}

// signSupport says for each file of operations which steps need it.
var signSupport = map[string]func(step *ir.Step) bool{
	"sign_list.go": func(step *ir.Step) bool {
		return step.Type == ir.StepList || step.Op == ir.OpJoin && len(step.Args) == 1
	},
	"sign_host.go": func(step *ir.Step) bool {
		return slices.ContainsFunc(inputs(step), func(o ir.Operand) bool { return o.Kind == ir.OperandHostName || o.Kind == ir.OperandPort })
	},
	"sign_percent.go": func(step *ir.Step) bool { return step.Op == ir.OpPercent },
	"sign_text.go": func(step *ir.Step) bool {
		switch step.Op {
		case ir.OpHMAC, ir.OpUpperHex, ir.OpFromHex, ir.OpFromBase64, ir.OpLower, ir.OpUpper, ir.OpSlice, ir.OpDate, ir.OpGo:
			return true
		}
		return false
	},
}

// inputs are all operands of a step.
func inputs(step *ir.Step) []ir.Operand {
	all := slices.Clone(step.Args)
	if step.Select != nil {
		for _, added := range step.Select.Add {
			all = append(all, added.Value)
		}
	}
	return all
}

// signsWith reports whether a scheme of the package needs a file of the signing support.
func (p *pkg) signsWith(name string) bool {
	for _, s := range p.api.Schemes {
		switch {
		case name == "sign_fields.go" && readsFields(s):
			return true
		case name == "sign_template.go" && hasTemplate(s):
			return true
		case s.Program == nil || signSupport[name] == nil:
			continue
		}
		for _, step := range s.Program.Steps {
			if signSupport[name](step) {
				return true
			}
		}
	}
	return false
}

func hasTemplate(s *ir.Scheme) bool {
	for _, place := range s.Places {
		if len(place.Template) > 0 {
			return true
		}
	}
	return false
}

// encrypts reports whether bodies of an operation are encrypted.
func (p *pkg) encrypts() bool {
	return slices.ContainsFunc(p.api.Operations, func(op *ir.Operation) bool { return op.Cipher != nil })
}

// sendsForms reports whether the body of a request is a form.
func (p *pkg) sendsForms() bool {
	return slices.ContainsFunc(p.api.Operations, func(op *ir.Operation) bool {
		return slices.ContainsFunc(op.Calls, func(c *ir.Call) bool { return isForm(c) })
	})
}

// hasPathValues reports whether the path of an operation has parameters.
func (p *pkg) hasPathValues() bool {
	return slices.ContainsFunc(p.api.Operations, func(op *ir.Operation) bool { return strings.Contains(op.Path, "{") })
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
