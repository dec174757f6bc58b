package emit

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/msdkgen/msdkgen/templates"
)

// <package>test/standin_*_gen.go: the stand-in's own code, copied. Nothing in it changes but the first line, the package clause and the
// import of the package that it belongs to.

// standInFor is the import in whose place that of the generated package comes.
const standInFor = `"github.com/msdkgen/msdkgen/templates/support"`

func (s *standin) copies() []draft {
	entries, err := fs.ReadDir(templates.Standin, "standin")
	if err != nil {
		panic(err) // the folder is embedded
	}
	var drafts []draft
	for _, e := range entries {
		if e.Name() == "doc.go" || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		text, err := fs.ReadFile(templates.Standin, "standin/"+e.Name())
		if err != nil {
			panic(err)
		}
		name := "standin_" + strings.TrimSuffix(e.Name(), ".go") + "_gen.go"
		drafts = append(drafts, draft{name: path.Join(s.name, name), text: s.copy(text), done: true})
	}
	return drafts
}

func (s *standin) copy(text []byte) []byte {
	clause := []byte("package standin\n")
	i := bytes.Index(text, clause)
	if i < 0 {
		panic("emit: a file of the stand-in without its package clause")
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n\n", s.header())
	b.Write(text[:i])
	fmt.Fprintf(&b, "package %s\n", s.name)
	b.Write(bytes.Replace(text[i+len(clause):], []byte(standInFor), []byte(`"`+s.opt.Import+`"`), 1))
	return b.Bytes()
}
