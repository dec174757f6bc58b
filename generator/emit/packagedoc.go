package emit

import (
	"bytes"
	"fmt"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// doc_gen.go: the package documentation. It is text, not code, so it is written without jennifer.

func (p *pkg) packageDoc() draft {
	var b bytes.Buffer
	line := func(s string) { b.WriteString(s + "\n") }
	line(p.header())
	line("")
	for _, l := range commentLines([]string{
		fmt.Sprintf("Package %s %s %s.", p.opt.Package, p.sides(), p.title()),
		paragraphs(p.api.Description),
	}) {
		line(l)
	}
	p.operationTable(line)
	p.documentTable(line)
	line("package " + p.opt.Package)
	return draft{name: "doc_gen.go", text: b.Bytes()}
}

func (p *pkg) title() string {
	if title := oneLine(p.api.Title); title != "" {
		return title
	}
	return "the operations of " + oneLine(p.api.File)
}

// operationTable lists every call. A list and not columns: one more operation is one more line.
func (p *pkg) operationTable(line func(string)) {
	for _, tag := range p.tags() {
		line("//")
		line("// # " + heading(tag))
		line("//")
		eachCall(tag, func(c *ir.Call) {
			line(fmt.Sprintf("//   - %s: %s %s%s", p.link(c), c.Operation.Method, oneLine(c.Operation.Path), variantWords(c)))
		})
	}
}

func heading(tag *ir.Tag) string {
	return "Operations of " + oneLine(tag.Name.Spec)
}

// documentTable names the texts that the facts come from.
func (p *pkg) documentTable(line func(string)) {
	if len(p.api.Documents) == 0 {
		return
	}
	line("//")
	line("// # Documents")
	line("//")
	for _, d := range p.api.Documents {
		text := fmt.Sprintf("//   - %s: %s", oneLine(d.Name), oneLine(d.Title))
		if d.Date != "" {
			text += ", " + oneLine(d.Date)
		}
		line(text)
	}
}
