package lower

// Schemas: what shape a value has. Its constraints (rules.go), enums (enum.go) and allOf (composition.go) have files of their own.

import (
	"slices"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// component is one entry of components/schemas.
type component struct {
	node *load.Node
	typ  *ir.Type // nil until it is lowered, and while an alias is being followed
	busy bool
}

// scope says what the types are named after that are lifted out of a schema.
type scope struct {
	owner     *ir.Name // the call or the type around it
	tail      string   // what follows the owner's name
	into      *ir.Type // the component's type, which others may hold already
	operation bool     // inside of an operation: lifted types stand behind the components
	plain     bool     // the client fills the value: an enum needs no type of its own
}

// allComponents lowers every component, in document order.
func (l *lowering) allComponents() {
	all := members(l.doc.Root.Member("components").Member("schemas"))
	for _, n := range all {
		l.components[n.Key] = &component{node: n}
	}
	for _, n := range all {
		l.component(n.Key)
	}
}

// component returns the type of a component, nil if there is none. Inside of a recursion the type is not complete yet.
func (l *lowering) component(name string) *ir.Type {
	c := l.components[name]
	if c == nil {
		return nil
	}
	if c.busy || c.typ != nil {
		if c.typ == nil {
			l.list.Errorf(c.node.Place(), diag.CodeInvalidOpenAPI, "the schema %q is a reference to itself", name)
		}
		return c.typ
	}
	c.busy = true
	defer func() { c.busy = false }()
	if c.node.Has("$ref") && (!l.v31 || len(c.node.Children) == 1) {
		c.typ = l.reference(c.node) // an alias: one shape, one Go type
		return c.typ
	}
	c.typ = &ir.Type{
		Pos: c.node.Place(), Component: true,
		Name: &ir.Name{Spec: name, Override: text(c.node.Member("x-go-name")), OverridePos: c.node.Member("x-go-name").Where(), Pos: c.node.Place()},
	}
	l.schema(c.node, scope{into: c.typ})
	return c.typ
}

// reference lowers a mapping that holds a $ref to a schema.
func (l *lowering) reference(n *load.Node) *ir.Type {
	ref := n.Member("$ref")
	name, ok := componentName(text(ref))
	if !ok {
		l.unsupported(ref, "move the schema to components/schemas", "a reference to %q", text(ref))
		return &ir.Type{Pos: n.Pos}
	}
	if t := l.component(name); t != nil {
		return t
	}
	return &ir.Type{Pos: n.Pos} // dangling, or a circle of aliases: reported where it was met first
}

// harmlessSiblings may stand beside a reference anywhere.
var harmlessSiblings = []string{"$ref", "allOf", "title", "description", "summary", "deprecated", "example", "examples", "externalDocs", "$comment", "x-msdk-doc"}

// schema lowers a schema that is no property: an item, a component, a body. What is stated at it belongs to its type.
func (l *lowering) schema(n *load.Node, s scope) *ir.Type {
	if ref := l.referred(n); ref != nil && s.into == nil {
		for _, m := range n.Children {
			if !(n.Has("$ref") && !l.v31) && !slices.Contains(harmlessSiblings, m.Key) {
				l.unsupported(m, "state it at the schema that is referred to", "%q beside a reference outside of properties", m.Key)
			}
		}
		return l.reference(ref)
	}
	t := l.shape(n, s)
	f := l.facts(n, t)
	t.Rules = append(t.Rules, f.rules...)
	t.Accept, t.AcceptEmbedded, t.Sensitive = f.accept, f.embedded, f.sensitive
	t.Nullable = t.Nullable || f.nullable
	return t
}

// shape lowers everything about a schema but the facts that a property may state about its value.
func (l *lowering) shape(n *load.Node, s scope) *ir.Type {
	t := s.into
	if t == nil {
		t = &ir.Type{Pos: n.Where()}
	}
	if isFalse(n) {
		l.unsupported(n, "", "a schema that allows nothing")
	}
	if !isKind(n, load.Mapping) {
		return t
	}
	t.Doc = l.describe(n)
	t.Format = text(n.Member("format"))
	if n.Has("oneOf") && l.choice(n, t, s) || l.refuse(n, schemaRefusals) {
		return t
	}
	if n.Has("allOf") || n.Has("$ref") {
		return l.composition(n, t, s)
	}
	word := l.typeWord(n)
	switch word {
	case "string", "integer":
		if word == "string" && n.Has("x-msdk-list") {
			l.commaList(n, t, s)
		} else {
			l.scalar(n, t, s, word)
		}
	case "number":
		t.Kind, t.Bits = ir.KindFloat, 64
	case "boolean":
		t.Kind = ir.KindBool
	case "array":
		t.Kind = ir.KindList
		s.into, s.plain = nil, false
		s = l.inside(t, s)
		t.Elem = l.schema(n.Member("items"), s)
	case "object":
		return l.object(n, t, s)
	}
	if word != "string" && word != "integer" {
		l.checkEnum(n, t.Kind)
	}
	l.marks(n, t)
	return t
}

// inside is the scope of what a named list or map holds: its types are named after the list. In an unnamed one the scope stays.
func (l *lowering) inside(t *ir.Type, s scope) scope {
	s.into = nil
	if t.Name != nil {
		s.owner, s.tail = t.Name, "Item"
	}
	return s
}

// scalar lowers strings and integers, with their enums.
func (l *lowering) scalar(n *load.Node, t *ir.Type, s scope, word string) {
	t.Kind = ir.KindString
	if word == "integer" {
		t.Kind, t.Bits = ir.KindInt, 64
		switch t.Format {
		case "", "int64":
		case "int32":
			t.Bits = 32
		case "uint32":
			t.Bits, t.Unsigned = 32, true
		case "uint64":
			t.Unsigned = true
		default:
			l.unsupported(n.Member("format"), "int32, int64, uint32 and uint64 are; a smaller range is minimum and maximum", "the format %q", t.Format)
		}
	} else if slices.Contains(formatRefusals, t.Format) {
		l.unsupported(n.Member("format"), "leave the format out; the text is then passed on as it is", "the format %q", t.Format)
	}
	l.checkEnum(n, t.Kind)
	l.valuesFit(n, t)
	if (len(enumValues(n)) > 1 || isOpenEnum(n)) && !s.plain {
		l.enum(n, t, s)
	}
}

// typeWord returns the one type of a schema, "null" set aside. Without a type the other keywords tell; "" is any value.
func (l *lowering) typeWord(n *load.Node) string {
	stated := n.Member("type")
	switch {
	case isKind(stated, load.Text):
		return l.knownType(stated)
	case isKind(stated, load.List):
		words := slices.DeleteFunc(slices.Clone(stated.Children), func(c *load.Node) bool { return c.Value == "null" })
		if len(words) != 1 {
			l.unsupported(stated, "", "a value of %d types", len(words))
			return ""
		}
		return l.knownType(words[0])
	case n.Has("properties") || n.Has("additionalProperties"):
		return "object"
	case n.Has("items"):
		return "array"
	}
	first := n.Member("const")
	if values := members(n.Member("enum")); first == nil && len(values) > 0 {
		first = values[0]
	}
	if first != nil {
		return map[ir.Kind]string{ir.KindString: "string", ir.KindInt: "integer", ir.KindFloat: "number", ir.KindBool: "boolean"}[value(first).Kind]
	}
	return ""
}

func (l *lowering) knownType(n *load.Node) string {
	words := []string{"string", "integer", "number", "boolean", "array", "object"}
	switch {
	case n.Value == "null":
		l.unsupported(n, "", "a value that is always null")
		return ""
	case !slices.Contains(words, n.Value):
		l.unknown(n.Pos, diag.CodeUnknownValue, "type", n.Value, words)
		return ""
	}
	return n.Value
}

// lift makes t a named type. Components have their name already.
func (l *lowering) lift(n *load.Node, t *ir.Type, s scope) {
	if t.Name != nil {
		return
	}
	t.Name = &ir.Name{Spec: s.tail, Pos: n.Place()}
	if s.owner != nil {
		t.Owner = s.owner
		t.Name.Spec = s.owner.Spec + "." + s.tail
	}
	if n.Key != s.tail { // at a property, x-go-name is the name of the field
		t.Name.Override, t.Name.OverridePos = text(n.Member("x-go-name")), n.Member("x-go-name").Where()
	}
	if s.operation {
		l.lifted = append(l.lifted, t)
	} else {
		l.nested = append(l.nested, t)
	}
}

// object lowers a mapping: a struct where it names properties, else a map.
func (l *lowering) object(n *load.Node, t *ir.Type, s scope) *ir.Type {
	additional := n.Member("additionalProperties")
	if !n.Has("properties") && !isFalse(additional) {
		t.Kind = ir.KindMap
		t.Elem = l.schema(additional, l.inside(t, s))
		l.requiredKnown(n, t)
		l.marks(n, t)
		return t
	}
	t.Kind = ir.KindStruct
	l.lift(n, t, s)
	l.openness(n, t)
	l.properties(n, t, s)
	l.requiredKnown(n, t)
	l.marks(n, t)
	return t
}

// openness notes what the document says about members that it does not name.
func (l *lowering) openness(n *load.Node, t *ir.Type) {
	additional := n.Member("additionalProperties")
	if additional == nil {
		return
	}
	l.closed[t] = l.closed[t] || isFalse(additional)
	if len(members(additional)) > 0 {
		l.unsupported(additional, "members that are not named are kept as they came; say true", "a schema for members beside those that are named")
	}
}

// marks decodes the extensions that change how the whole type travels.
func (l *lowering) marks(n *load.Node, t *ir.Type) {
	apply := func(key string, fits bool, to string) bool {
		m := n.Member(key)
		if m == nil {
			return false
		}
		if !fits {
			l.list.Errorf(m.Place(), diag.CodeExtension, "%q applies to %s", key, to)
		}
		return fits
	}
	object := t.Kind == ir.KindStruct || t.Kind == ir.KindMap
	apply("x-msdk-enum", len(enumValues(n)) > 0 || isScalar(t), "strings and integers")
	if key := "x-msdk-flags"; apply(key, t.Open && t.Base == ir.KindInt, "an integer whose bits x-msdk-enum lists; the keyword enum would forbid to combine them") {
		t.Flags = l.boolean(n.Member(key))
		t.Open = !t.Flags
	}
	if key := "x-msdk-embedded-json"; apply(key, object || t.Kind == ir.KindList || t.Kind == ir.KindAny, "an object, an array or any value") {
		t.Embedded = l.boolean(n.Member(key))
	}
	if key := "x-msdk-empty-list"; apply(key, object, "an object") {
		t.EmptyList = l.boolean(n.Member(key))
	}
	apply("x-msdk-list", t.Comma, "a string, which is what travels: type: string, and the type of the items under x-msdk-items")
	apply("x-msdk-items", t.Comma, "a string with x-msdk-list")
	apply("x-msdk-single", t.Single, "oneOf: an item, and a list of such items")
	if key := "x-msdk-item-result"; apply(key, t.Kind == ir.KindStruct, "an object with properties") {
		if t.ItemResult = l.result(n.Member(key)); t.ItemResult != nil {
			l.resultFits(n.Member(key), t.ItemResult, t)
		}
	}
}

func isScalar(t *ir.Type) bool {
	k := baseKind(t)
	return k == ir.KindString || k == ir.KindInt
}
