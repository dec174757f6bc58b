package golden

// The exported API of each generated package, a symbol a line. A line that goes away is a break for those who use the package; the file makes it
// visible in review, where the generated difference is too long to find it in.

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator"
)

func TestAPI(t *testing.T) {
	files, err := repository()
	require.NoError(t, err)
	packages := make(map[string][]generator.File)
	for _, file := range files {
		packages[path.Dir(file.Path)] = append(packages[path.Dir(file.Path)], file)
	}
	for folder, files := range packages {
		t.Run(path.Base(folder), func(t *testing.T) {
			symbols, err := exported(files)
			require.NoError(t, err)
			compare(t, path.Join("api", path.Base(folder)+".txt"), strings.Join(symbols, "\n")+"\n")
		})
	}
}

func TestExported(t *testing.T) {
	symbols, err := exported([]generator.File{{Path: "a/a_gen.go", Content: []byte(`package a

type (
	Text string
	Alias = other
	other struct{ Hidden int }
	Opt[T any] struct{ Value, Other T; hidden int; Text; *other }
	Server interface {
		Do(ctx context.Context) (
			*Text, error) // over two lines
		hide()
		fmt.Stringer
	}
)

// One is documented.
const One, two = Text("1"), "2"

var Err, err = errors.New(
	"x"), 1

func New[T any](a, b int, more ...func(T) error) (*Opt[T], error) { return nil, nil }
func hidden() {}
func (o *Opt[T]) Get() (v T, ok bool) { return }
func (o Opt[T]) hidden() {}
func (o other) Do() {}
`)}, {Path: "a/a_gen_test.go", Content: []byte("package a\n\nfunc TestA() {}\n")}})
	require.NoError(t, err)
	require.Equal(t, []string{
		`Alias: type = other`,
		`Err: var`,
		`New: func[T any](a, b int, more ...func(T) error) (*Opt[T], error)`,
		`One: const = Text("1")`,
		`Opt.*other: embedded`,
		`Opt.Get: func (*Opt[T]) () (v T, ok bool)`,
		`Opt.Other: field T`,
		`Opt.Text: embedded`,
		`Opt.Value: field T`,
		`Opt: type[T any] struct`,
		`Server.Do: method (ctx context.Context) (*Text, error)`,
		`Server.fmt.Stringer: embedded`,
		`Server.hide: method, unexported`,
		`Server: type interface`,
		`Text: type string`,
	}, symbols)
}

// exported returns a line for each exported symbol, sorted.
func exported(files []generator.File) ([]string, error) {
	a := api{tokens: token.NewFileSet()}
	for _, file := range files {
		if strings.HasSuffix(file.Path, "_test.go") {
			continue
		}
		syntax, err := parser.ParseFile(a.tokens, file.Path, file.Content, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, declaration := range syntax.Decls {
			switch d := declaration.(type) {
			case *ast.FuncDecl:
				a.function(d)
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					a.spec(d.Tok, spec)
				}
			}
		}
	}
	slices.Sort(a.lines)
	return a.lines, nil
}

// api collects the lines.
type api struct {
	tokens *token.FileSet
	lines  []string
}

func (a *api) add(format string, args ...any) {
	a.lines = append(a.lines, fmt.Sprintf(format, args...))
}

// text prints a piece of syntax in one line.
func (a *api) text(node any) string {
	var out bytes.Buffer
	if err := printer.Fprint(&out, a.tokens, node); err != nil {
		return err.Error()
	}
	text := strings.Join(strings.Fields(out.String()), " ")
	return strings.NewReplacer("( ", "(", ", )", ")", " )", ")").Replace(text)
}

func (a *api) function(d *ast.FuncDecl) {
	if !d.Name.IsExported() {
		return
	}
	signature := strings.TrimPrefix(a.text(d.Type), "func")
	if d.Recv == nil {
		a.add("%s: func%s", d.Name.Name, signature)
		return
	}
	receiver := a.text(d.Recv.List[0].Type)
	base, _, _ := strings.Cut(strings.TrimPrefix(receiver, "*"), "[")
	if ast.IsExported(base) {
		a.add("%s.%s: func (%s) %s", base, d.Name.Name, receiver, signature)
	}
}

func (a *api) spec(kind token.Token, spec ast.Spec) {
	switch s := spec.(type) {
	case *ast.ValueSpec:
		for i, name := range s.Names {
			if !name.IsExported() {
				continue
			}
			line := name.Name + ": " + kind.String()
			if s.Type != nil {
				line += " " + a.text(s.Type)
			}
			if kind == token.CONST && i < len(s.Values) {
				line += " = " + a.text(s.Values[i])
			}
			a.add("%s", line)
		}
	case *ast.TypeSpec:
		if s.Name.IsExported() {
			a.typ(s)
		}
	}
}

func (a *api) typ(s *ast.TypeSpec) {
	name := s.Name.Name
	head := name + ": type"
	if s.TypeParams != nil {
		var list []string
		for _, p := range s.TypeParams.List {
			for _, n := range p.Names {
				list = append(list, n.Name+" "+a.text(p.Type))
			}
		}
		head += "[" + strings.Join(list, ", ") + "]"
	}
	if s.Assign.IsValid() {
		head += " ="
	}
	switch t := s.Type.(type) {
	case *ast.StructType:
		a.add("%s struct", head)
		for _, field := range t.Fields.List {
			a.field(name, field)
		}
	case *ast.InterfaceType:
		a.add("%s interface", head)
		for _, method := range t.Methods.List {
			a.method(name, method)
		}
	default:
		a.add("%s %s", head, a.text(s.Type))
	}
}

func (a *api) field(owner string, field *ast.Field) {
	if field.Names == nil {
		a.add("%s.%s: embedded", owner, a.text(field.Type))
	}
	for _, name := range field.Names {
		if name.IsExported() {
			a.add("%s.%s: field %s", owner, name.Name, a.text(field.Type))
		}
	}
}

// method also reports unexported methods: one more of them shuts out every implementation from elsewhere.
func (a *api) method(owner string, method *ast.Field) {
	if method.Names == nil {
		a.add("%s.%s: embedded", owner, a.text(method.Type))
	}
	for _, name := range method.Names {
		if name.IsExported() {
			a.add("%s.%s: method %s", owner, name.Name, strings.TrimPrefix(a.text(method.Type), "func"))
		} else {
			a.add("%s.%s: method, unexported", owner, name.Name)
		}
	}
}
