// Package naming is the stage between lower and emit, and the only maker of Go identifiers.
//
// Names are decided once, for everything together, because only then is it known what clashes. A name is a pure function of its
// spelling (words.go) unless something of a higher rank has it (scope.go). In the package scope the ranks are: what every
// generated package has, tags, security schemes, options, schemas under components, types lifted out of those, types of shared
// parameters, types made from operations, constants. The lower rank yields, to a name that says what it is:
//
//	schema Client           ClientSchema
//	property's type         …Property
//	parameter's type        …Parameter
//	operation's type        Operation…
//	constant                …Value
//	field Validate          ValidateField
//	query parameter openid  OpenidParameter, where the body has openid too
//	variant                 …Variant
//
// Two fields of one struct, or two values of one enum, that differ only in what Go spelling removes keep their own spelling:
// nick_name and nickName are Nick_name and NickName. Two schemas or two operations that do are an error, since whichever rule
// picked one of them would rename it when the other is added.
package naming

import (
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// assigner is one run of Assign.
type assigner struct {
	api   *ir.API
	list  *diag.List
	words map[string]string // x-msdk-names
	calls map[*ir.Name]bool // names of operations and calls
	types map[*ir.Name]*ir.Type
	tails map[*ir.Type]string // lifted types: the Go name of the field that they were lifted out of
	// blamed are the places of what lower found to stand there twice, or wrongly: a clash there follows from it.
	blamed map[diag.Pos]bool
	absent map[*ir.Name]bool // operations and calls that are left out
}

// Assign gives every ir.Name of api its Go name. Clashes that a rule resolves are warnings, others errors; so are names that no
// identifier can be made from. It must run once, after lower.
func Assign(api *ir.API, list *diag.List) {
	a := &assigner{
		api: api, list: list,
		words: map[string]string{}, calls: map[*ir.Name]bool{}, types: map[*ir.Name]*ir.Type{}, tails: map[*ir.Type]string{},
		blamed: map[diag.Pos]bool{}, absent: map[*ir.Name]bool{},
	}
	for _, d := range *list {
		if d.Severity == diag.SeverityError && (d.Code == diag.CodeDuplicateOp || d.Code == diag.CodeBadRule || d.Code == diag.CodeExtension) {
			a.blamed[d.Pos] = true
		}
	}
	for _, w := range api.Words {
		if a.valid(w.Pos, w.Go) {
			a.words[w.Spec] = w.Go
		}
	}
	a.operations()
	a.fields()
	pkg := a.scope("a name that every generated package has", support...)
	pkg.reserve(fileOf("Types"), holder{what: "the file of shared types"})
	a.tags(pkg)
	a.schemes(pkg)
	a.parameters(pkg)
	a.results()
	a.allTypes(pkg)
	a.constants(pkg)
}

func quote(s string) string { return strconv.Quote(s) }

// valid reports whether a name that the document gives is an exported identifier.
func (a *assigner) valid(pos diag.Pos, name string) bool {
	if isExported(name) {
		return true
	}
	a.list.Errorf(pos, diag.CodeInvalidName, "%s is no exported Go identifier", quote(name)).Suggest("a capital letter, then letters and digits")
	return false
}

// unnamed reports that no name can be made, and returns one that stands in for it: the run has an error, so it reaches no output.
func (a *assigner) unnamed(pos diag.Pos, what, spelling, fix string) string {
	a.list.Errorf(pos, diag.CodeInvalidName, "no Go identifier can be made from %s%s", what, quote(spelling)).Suggest("%s", fix)
	return "Unnamed" + strconv.Itoa(pos.Line) + "x" + strconv.Itoa(pos.Column)
}

// overridePos is where the name stands that the document gives.
func overridePos(n *ir.Name) diag.Pos {
	if n.OverridePos.IsValid() {
		return n.OverridePos
	}
	return n.Pos
}

// missing reports whether the document has no name where it should have one. That is complained about already, and there is no place
// to complain at.
func missing(n *ir.Name) bool { return n.Spec == "" && n.Override == "" && !n.Pos.IsValid() }

// want is the name that n gets if nobody else wants it, and whether the document fixes it.
func (a *assigner) want(n *ir.Name) (name string, fixed bool) {
	if missing(n) {
		return "Unnamed", false
	}
	if n.Override != "" && a.valid(overridePos(n), n.Override) {
		return n.Override, true
	}
	name = exported(pascal(n.Spec))
	if name == "" {
		return a.unnamed(n.Pos, "", n.Spec, "x-go-name"), false
	}
	return name, false
}

// wire is want for names that travel: x-msdk-names applies to them.
func (a *assigner) wire(n *ir.Name) (name string, fixed bool) {
	if word, ok := a.words[n.Spec]; ok && n.Override == "" {
		return word, false
	}
	return a.want(n)
}

// operations names the methods of the client, which are those of the server's interfaces too.
func (a *assigner) operations() {
	methods := a.scope("")
	var plain, variants []*candidate
	for _, op := range a.api.Operations {
		want, fixed := a.want(&op.Name)
		op.Name.Go = want
		a.calls[&op.Name] = true
		a.absent[&op.Name] = a.blamed[op.Name.Pos]
		for _, c := range op.Calls {
			a.calls[&c.Name] = true
			a.absent[&c.Name] = a.absent[&op.Name]
			if c.Variant == "" {
				plain = append(plain, &candidate{name: &c.Name, what: "operation", want: want, fixed: fixed, absent: a.absent[&op.Name], set: func(name string) { op.Name.Go = name }})
				continue
			}
			name := want + a.tail(c.Name.Pos, c.Variant)
			variants = append(variants, &candidate{name: &c.Name, what: "variant", fix: "rename one of them", want: name, yield: name + "Variant", absent: a.absent[&op.Name]})
		}
	}
	methods.assign(plain)
	methods.assign(variants)
}

// tail is a part of a name that stands behind another part, so that it may begin with a digit.
func (a *assigner) tail(pos diag.Pos, spelling string) string {
	name := pascal(spelling)
	if name == "" {
		return a.unnamed(pos, "", spelling, "x-go-name")
	}
	return name
}

// methods are those that a generated struct can have, and the field for unknown members.
var methods = []string{"Validate", "AppendJSON", "MarshalJSON", "UnmarshalJSON", "Extra", "LogValue", "Err"}

// fields names the members of every struct.
func (a *assigner) fields() {
	for _, t := range a.api.Types {
		if t.Name != nil {
			a.types[t.Name] = t
		}
		if t.Kind != ir.KindStruct {
			continue
		}
		s := a.scope("a method or field of generated structs", methods...)
		var body, parameters []*candidate
		for _, f := range t.Fields {
			want, fixed := a.wire(&f.Name)
			c := &candidate{name: &f.Name, what: "property", want: want, fixed: fixed, yield: want + "Field", raw: raw(f.Name.Spec)}
			switch {
			case f.Fill != nil:
				f.Name.Go = want // no field of the Go struct
			case f.In == ir.InBody:
				body = append(body, c)
			default:
				c.what, c.yield = "parameter", want+"Parameter"
				parameters = append(parameters, c)
			}
		}
		s.assign(body)
		s.assign(parameters)
		for _, f := range t.Fields {
			inner := f.Type
			for inner != nil && inner.Name == nil && inner.Elem != nil {
				inner = inner.Elem
			}
			if inner != nil && inner.Owner != nil && inner.Owner == t.Name {
				a.tails[inner] = f.Name.Go
			}
		}
	}
}

// fileOf stands in the package scope for the files of a tag: their names have no capitals.
func fileOf(tag string) string { return "file " + strings.ToLower(tag) }

func (a *assigner) tags(pkg *scope) {
	var rank []*candidate
	for _, t := range a.api.Tags {
		want, fixed := a.want(&t.Name)
		rank = append(rank, &candidate{
			name: &t.Name, what: "tag", fix: "rename one of them", want: want, fixed: fixed, yield: want + "Tag",
			also: func(name string) []string {
				return []string{name + "Server", "Unimplemented" + name + "Server", fileOf(name)}
			},
		})
	}
	pkg.assign(rank)
}

func (a *assigner) schemes(pkg *scope) {
	var rank []*candidate
	for _, s := range a.api.Schemes {
		want, fixed := a.want(&s.Name)
		rank = append(rank, &candidate{
			name: &s.Name, what: "security scheme", fix: "rename one of them", want: want, fixed: fixed, yield: want + "Scheme",
			also: func(name string) []string {
				return []string{name + "Credentials", "With" + name, "With" + name + "Provider"}
			},
		})
		credentials := a.scope("a method or field of generated structs", methods...)
		var fields []*candidate
		for _, c := range s.Credentials {
			name, fixed := a.wire(&c.Name)
			fields = append(fields, &candidate{
				name: &c.Name, what: "credential", fix: "rename one of them", want: name, fixed: fixed, yield: name + "Credential", raw: raw(c.Name.Spec),
			})
		}
		credentials.assign(fields)
		if s.Program == nil {
			continue
		}
		var steps []*candidate
		for _, step := range s.Program.Steps {
			name, fixed := a.want(&step.Name)
			steps = append(steps, &candidate{name: &step.Name, what: "step", fix: "rename one of them", want: name, fixed: fixed, raw: raw(step.Name.Spec)})
		}
		a.scope("").assign(steps)
	}
	pkg.assign(rank)
	a.functions()
}

// parameters names the parameters of operations and the options that fill some of them.
func (a *assigner) parameters(pkg *scope) {
	byOption := map[string]string{}
	var rank []*candidate
	for _, p := range a.api.Options {
		want, fixed := a.wire(&p.Name)
		rank = append(rank, &candidate{
			name: &p.Name, what: "parameter", want: want, fixed: fixed, yield: want + "Parameter", raw: raw(p.Name.Spec),
			also: func(name string) []string { return []string{"With" + name} },
			set:  func(name string) { byOption[p.Name.Spec] = name },
		})
	}
	pkg.assign(rank)
	for _, op := range a.api.Operations {
		for _, p := range op.Parameters {
			if name, ok := byOption[p.Name.Spec]; ok && p.Fill != nil && p.Fill.Kind == ir.FillOption {
				p.Name.Go = name
				continue
			}
			p.Name.Go, _ = a.wire(&p.Name)
		}
	}
}

func (a *assigner) results() {
	var rank []*candidate
	for _, r := range a.api.Results {
		want, fixed := a.want(&r.Name)
		rank = append(rank, &candidate{name: &r.Name, what: "result", fix: "rename one of them", want: want, fixed: fixed})
	}
	a.scope("").assign(rank)
}

// allTypes names the types, rank by rank.
func (a *assigner) allTypes(pkg *scope) {
	var components, nested, parameters, operations []*candidate
	for _, t := range a.api.Types {
		want, fixed := a.typeName(t)
		c := &candidate{name: t.Name, want: want, fixed: fixed, absent: a.absent[a.root(t)]}
		switch root := a.root(t); {
		case t.Component:
			c.what, c.yield = "schema", want+"Schema"
			components = append(components, c)
		case root != nil && a.calls[root]:
			c.what, c.yield = "type of the operation", "Operation"+want
			operations = append(operations, c)
		case root != nil:
			c.what, c.yield = "type of the property", want+"Property"
			nested = append(nested, c)
		default:
			c.what, c.yield = "type of the parameter", want+"Parameter"
			parameters = append(parameters, c)
		}
	}
	for _, rank := range [][]*candidate{components, nested, parameters, operations} {
		pkg.assign(rank)
	}
}

// root is the outermost name that a lifted type is named after: that of a call or of a component. nil for a type with no owner.
func (a *assigner) root(t *ir.Type) *ir.Name {
	owner := t.Owner
	for owner != nil && a.types[owner] != nil && a.types[owner].Owner != nil {
		owner = a.types[owner].Owner
	}
	return owner
}

// typeName is the name that a type wants. A lifted type takes the wanted name of its owner, not the resolved one, so that a clash
// of the owner renames the owner alone.
func (a *assigner) typeName(t *ir.Type) (name string, fixed bool) {
	if t.Owner == nil || t.Name.Override != "" {
		return a.want(t.Name)
	}
	base := t.Owner.Go // a call
	if owner := a.types[t.Owner]; owner != nil {
		base, _ = a.typeName(owner)
	}
	if tail, ok := a.tails[t]; ok {
		return base + tail, false
	}
	spec := strings.TrimPrefix(t.Name.Spec, t.Owner.Spec+".")
	if word, ok := a.words[spec]; ok {
		return base + word, false
	}
	return base + a.tail(t.Name.Pos, spec), false
}

// constants names enum values, servers and result codes.
func (a *assigner) constants(pkg *scope) {
	var rank []*candidate
	add := func(what, fix string, n *ir.Name, prefix, tail string, raw string) {
		c := &candidate{name: n, what: what, fix: fix, want: prefix + tail, yield: prefix + tail + "Value", raw: raw}
		if n.Override != "" && a.valid(overridePos(n), n.Override) {
			c.want, c.fixed = prefix+n.Override, true
		}
		rank = append(rank, c)
	}
	for _, t := range a.api.Types {
		if a.absent[a.root(t)] {
			continue
		}
		for _, v := range t.Values {
			add("value", "name the values with x-msdk-enum", &v.Name, t.Name.Go, a.valueTail(v), t.Name.Go+rawTail(v.Name.Spec))
		}
	}
	for _, s := range a.api.Servers {
		add("server", "give one of them another x-msdk-name", &s.Name, "Server", a.tailUnless(&s.Name), "")
	}
	for _, r := range a.api.Results {
		for _, e := range r.Errors {
			add("code", "give one of them another name", &e.Name, "Code"+r.Name.Go, a.tailUnless(&e.Name), "")
		}
	}
	pkg.assign(rank)
}

// tailUnless is tail, without a complaint where the document gives a name.
func (a *assigner) tailUnless(n *ir.Name) string {
	if n.Override != "" {
		return n.Override
	}
	return a.tail(n.Pos, n.Spec)
}

// valueTail is the part of a constant's name that follows its type's.
func (a *assigner) valueTail(v *ir.EnumValue) string {
	spec := v.Name.Spec
	word, known := a.words[spec]
	switch {
	case v.Name.Override != "":
		return v.Name.Override
	case known:
		return word
	case spec == "":
		return "Empty"
	case v.Value.Kind == ir.KindInt && strings.HasPrefix(spec, "-"):
		return "Minus" + spec[1:]
	}
	if pascal(spec) == "" {
		return a.unnamed(v.Name.Pos, "the value ", spec, "name the values with x-msdk-enum")
	}
	return pascal(spec)
}
