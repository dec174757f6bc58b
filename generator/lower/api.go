// Package lower is the stage between load and naming: it turns a loaded document into the model, and takes every decision about
// OpenAPI on the way. What it cannot express it refuses by name, at its line.
//
// One file per concept of OpenAPI. Nothing below this stage knows YAML or OpenAPI.
package lower

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// lowering is one run of API.
type lowering struct {
	doc    *load.Document
	strict bool
	v31    bool // OpenAPI 3.1: JSON Schema as of 2020-12
	list   *diag.List
	api    *ir.API

	components map[string]*component
	// nested are the types that were lifted out of components, lifted those that were lifted out of operations.
	nested, lifted []*ir.Type
	// closed holds what additionalProperties says about a struct; without an entry the direction of its use decides.
	closed map[*ir.Type]bool
	// untyped holds types whose schema states none that is known; that was complained about.
	untyped map[*ir.Type]bool
	// top holds the fields that stand at the top of a request body: only there can a client fill or copy a value.
	top map[*ir.Field]bool
	// judged holds the result that judges a response, echoing the places of the fields at the top of one that repeat a parameter.
	judged  map[*ir.Type]*ir.Result
	echoing map[diag.Pos]bool
	// nodes leads from operations back to the document, for the checks that run when all operations are known.
	nodes map[*ir.Operation]*load.Node
	// readings are what the signing programs take from requests, windows the places of their age limits, ciphers what encrypts their bodies.
	readings map[*ir.Scheme][]reading
	windows  map[*ir.Scheme]diag.Pos
	ciphers  map[*ir.Scheme]*ir.Cipher
	// allowed are the values that the enum of a parameter lists, shared the types of parameters under components.
	allowed map[*ir.Parameter][]string
	shared  map[*load.Node]*ir.Type
	ids     map[string]*ir.Operation
	samples []sample
}

// API lowers doc and reports everything in it that is wrong or not supported. strict also asks for the facts that a document
// should state but need not. The result is never nil; it must not be emitted from when list has errors.
func API(doc *load.Document, strict bool, list *diag.List) *ir.API {
	l := &lowering{
		doc: doc, strict: strict, list: list, api: &ir.API{},
		components: map[string]*component{},
		closed:     map[*ir.Type]bool{},
		untyped:    map[*ir.Type]bool{},
		top:        map[*ir.Field]bool{},
		judged:     map[*ir.Type]*ir.Result{},
		echoing:    map[diag.Pos]bool{},
		nodes:      map[*ir.Operation]*load.Node{},
		readings:   map[*ir.Scheme][]reading{},
		windows:    map[*ir.Scheme]diag.Pos{},
		ciphers:    map[*ir.Scheme]*ir.Cipher{},
		allowed:    map[*ir.Parameter][]string{},
		shared:     map[*load.Node]*ir.Type{},
		ids:        map[string]*ir.Operation{},
	}
	if doc == nil || doc.Root == nil {
		return l.api
	}
	before := len(*list)
	l.head()
	l.results()
	l.schemes()
	l.servers()
	l.allComponents()
	l.paths()
	l.collectTypes()
	l.checkRecursion()
	l.checkFills()
	l.checkConditions()
	l.checkSigning()
	l.checkSamples()
	narrow(list, before)
	return l.api
}

// narrow drops what load reported as breaking some rule of OpenAPI where this stage knows a narrower code for the same place:
// kin-openapi stops at the first fault of a kind, so that load cannot leave these faults to it nor report them all.
func narrow(list *diag.List, before int) {
	narrower := map[diag.Pos]bool{}
	for _, d := range (*list)[before:] {
		narrower[d.Pos] = narrower[d.Pos] || d.Code != diag.CodeInvalidOpenAPI
	}
	*list = slices.DeleteFunc(*list, func(d diag.Diagnostic) bool { return d.Code == diag.CodeInvalidOpenAPI && narrower[d.Pos] })
}

// head lowers what stands before the paths and does not depend on anything else.
func (l *lowering) head() {
	root := l.doc.Root
	l.refuse(root, rootRefusals)
	info := root.Member("info")
	l.api.Pos = root.Pos
	l.api.File = l.doc.File
	l.api.OpenAPI = text(root.Member("openapi"))
	l.v31 = strings.HasPrefix(l.api.OpenAPI, "3.1")
	l.api.Title = text(info.Member("title"))
	l.api.Version = text(info.Member("version"))
	l.api.Description = text(info.Member("description"))
	documents, _ := root.Member("x-msdk-documents").AsMapping(l.list)
	for _, n := range documents {
		d := &ir.Document{Pos: n.Place(), Name: n.Key}
		if l.mapping(n, "title", "date", "sha256") {
			d.Title, _ = l.text(n.Member("title"))
			d.Date, _ = l.text(n.Member("date"))
			d.SHA256, _ = l.text(n.Member("sha256"))
			l.documentFits(n, d)
		}
		l.api.Documents = append(l.api.Documents, d)
	}
	words, _ := root.Member("x-msdk-names").AsMapping(l.list)
	for _, n := range words {
		if name, ok := l.text(n); ok {
			l.api.Words = append(l.api.Words, &ir.Word{Pos: n.Pos, Spec: n.Key, Go: name})
		}
	}
}

// digestForm is a SHA-256 digest as sha256sum prints it.
var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// documentFits checks what is only useful if it can be compared: with a calendar, and with the digest of a file.
func (l *lowering) documentFits(n *load.Node, d *ir.Document) {
	if date := n.Member("date"); isKind(date, load.Text) && !isDate(d.Date) {
		l.list.Errorf(date.Pos, diag.CodeExtension, "%q is no date", d.Date).Suggest("write year, month and day, such as 2025-01-31")
	}
	digest := n.Member("sha256")
	if !isKind(digest, load.Text) || digestForm.MatchString(d.SHA256) {
		return
	}
	complaint := l.list.Errorf(digest.Pos, diag.CodeExtension, "a SHA-256 digest is 64 hexadecimal digits in lower case; this is %s", clip(d.SHA256))
	if digestForm.MatchString(strings.ToLower(d.SHA256)) {
		complaint.Suggest("write it in lower case")
		return
	}
	complaint.Suggest("sha256sum prints it")
}

func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

func (l *lowering) servers() {
	for _, n := range members(l.doc.Root.Member("servers")) {
		l.refuse(n, serverRefusals)
		url := n.Member("url")
		_, rest, absolute := strings.Cut(text(url), "://")
		if !absolute {
			l.unsupported(url, "a client needs the whole URL", "a relative URL of a server")
			continue
		}
		l.serverFits(url)
		s := &ir.Server{Pos: n.Place(), URL: text(url), Description: text(n.Member("description"))}
		if name, ok := l.text(n.Member("x-msdk-name")); ok {
			s.Name = ir.Name{Spec: name, Override: name, Pos: n.Member("x-msdk-name").Pos}
		} else {
			s.Name = ir.Name{Spec: rest, Pos: url.Place()}
			if l.strict && !n.Has("x-msdk-name") {
				l.list.Errorf(n.Place(), diag.CodeMissingKey, "the key %q is missing", "x-msdk-name").
					Suggest("strict mode takes the names of servers from the document")
			}
		}
		if schemes := n.Member("x-msdk-schemes"); isKind(schemes, load.List) && len(schemes.Children) == 0 {
			l.list.Errorf(schemes.Place(), diag.CodeExtension, "a server without a scheme serves no operation").Suggest("leave the key out if it serves all of them")
		}
		for _, name := range l.texts(n.Member("x-msdk-schemes")) {
			if scheme := l.scheme(name.Value); scheme != nil {
				s.Schemes = append(s.Schemes, scheme)
			} else {
				l.unknown(name.Pos, diag.CodeUnknownName, "security scheme", name.Value, l.schemeNames())
			}
		}
		l.api.Servers = append(l.api.Servers, s)
	}
}

// tag returns the tag of an operation. Tags come in the order of the list at the head of the document, others behind them in
// the order of their first use.
func (l *lowering) tag(op *load.Node) *ir.Tag {
	name, pos := "default", op.Place()
	if tags := members(op.Member("tags")); len(tags) > 0 {
		name, pos = tags[0].Value, tags[0].Pos
	}
	for _, t := range l.api.Tags {
		if t.Name.Spec == name {
			return t
		}
	}
	t := &ir.Tag{Pos: pos, Name: ir.Name{Spec: name, Pos: pos}}
	l.api.Tags = append(l.api.Tags, t)
	return t
}

// declaredTags enters the tags at the head of the document.
func (l *lowering) declaredTags() {
	for _, n := range members(l.doc.Root.Member("tags")) {
		name := n.Member("name")
		l.api.Tags = append(l.api.Tags, &ir.Tag{
			Pos:         n.Place(),
			Name:        ir.Name{Spec: text(name), Pos: name.Where()},
			Description: text(n.Member("description")),
		})
	}
}

// collectTypes brings the named types into document order and decides which of them keep unknown members: those that a response
// can hold, because the vendor may add to it at any time.
func (l *lowering) collectTypes() {
	for _, n := range members(l.doc.Root.Member("components").Member("schemas")) {
		if c := l.components[n.Key]; c != nil && c.typ != nil && c.typ.Component && c.typ.Name.Spec == n.Key {
			l.api.Types = append(l.api.Types, c.typ)
		}
	}
	l.api.Types = append(l.api.Types, l.nested...)
	// A component is lowered when it is first met, which may be before its turn.
	slices.SortStableFunc(l.api.Types, func(a, b *ir.Type) int {
		return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column))
	})
	l.api.Types = append(l.api.Types, l.lifted...)
	answered := map[*ir.Type]bool{}
	for _, op := range l.api.Operations {
		for _, c := range op.Calls {
			for _, r := range c.Responses {
				reach(r.Type, answered)
			}
		}
	}
	for _, t := range l.api.Types {
		if t.Kind != ir.KindStruct {
			continue
		}
		closed, stated := l.closed[t]
		t.Closed = closed
		t.Extra = stated && !closed || !stated && answered[t]
	}
	l.api.Tags = slices.DeleteFunc(l.api.Tags, func(t *ir.Tag) bool { return len(t.Operations) == 0 })
}

// reach marks every type below t.
func reach(t *ir.Type, seen map[*ir.Type]bool) {
	if t == nil || seen[t] {
		return
	}
	seen[t] = true
	reach(t.Elem, seen)
	for _, f := range t.Fields {
		reach(f.Type, seen)
	}
}
