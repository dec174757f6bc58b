// The tree as kin-openapi's objects. Its own reader decodes JSON, each object twice and some parts four times, and took a quarter of
// the whole generation; here the objects are filled from the tree at once, with the origins that its errors carry. What this
// builder does not know, it leaves to that reader.
package load

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

var (
	anyType       = reflect.TypeFor[any]()
	originType    = reflect.TypeFor[*openapi3.Origin]()
	schemaType    = reflect.TypeFor[openapi3.Schema]()
	schemaRefType = reflect.TypeFor[openapi3.SchemaRef]()
)

// kinObject is the root as kin-openapi has it, with its references resolved. refs are the references to schemas that the document holds.
func kinObject(root *Node) (doc *openapi3.T, refs []*openapi3.SchemaRef, err error) {
	doc = &openapi3.T{}
	b := newKinBuilder()
	if b.build(reflect.ValueOf(doc).Elem(), root) && openapi3.NewLoader().ResolveRefsIn(doc, nil) == nil {
		return doc, b.refs, nil
	}
	// Something is not as it should be, or a reference leads into an extension: kin-openapi's own reader has the word.
	doc = &openapi3.T{}
	if err := json.Unmarshal(root.JSON(), doc); err != nil {
		return nil, nil, err
	}
	refs = setOrigins(doc, root)
	return doc, refs, openapi3.NewLoader().ResolveRefsIn(doc, nil)
}

// kinBuilder fills objects.
type kinBuilder struct {
	types map[reflect.Type]*kinStruct // what it has learned about them
	refs  []*openapi3.SchemaRef       // the references among what it has filled
}

func newKinBuilder() *kinBuilder { return &kinBuilder{types: map[reflect.Type]*kinStruct{}} }

// kinStruct is where the members of an object go.
type kinStruct struct {
	fields map[string][]int // by the key of the document
	origin []int            // nil: none
	ref    []int            // of types that are a reference or a value: both fields; else nil
	value  []int
}

func (b *kinBuilder) structOf(t reflect.Type) *kinStruct {
	if s := b.types[t]; s != nil {
		return s
	}
	s := &kinStruct{fields: map[string][]int{}}
	for _, field := range reflect.VisibleFields(t) {
		tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case !field.IsExported():
		case field.Type == originType:
			s.origin = field.Index
		case tag != "" && tag != "-":
			s.fields[tag] = field.Index
		case tag == "" && field.Name == "Ref":
			s.ref = field.Index
		case tag == "" && field.Name == "Value":
			s.value = field.Index
		}
	}
	b.types[t] = s
	return s
}

// build fills v from n; false says that n is not of v's form, or that v is of an unknown one.
func (b *kinBuilder) build(v reflect.Value, n *Node) bool {
	if n.Kind == Null {
		return v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface
	}
	if known, ok := b.special(v, n); known {
		return ok
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return b.build(v.Elem(), n)
	case reflect.Struct:
		return b.object(v, n)
	case reflect.Map:
		return b.mapping(v, n)
	case reflect.Slice:
		return b.list(v, n)
	case reflect.Interface:
		return setAny(v, n)
	}
	return setScalar(v, n)
}

// special fills the types that have a form of their own.
func (b *kinBuilder) special(v reflect.Value, n *Node) (known, ok bool) {
	if v.Kind() != reflect.Struct && v.Kind() != reflect.Slice {
		return false, false
	}
	switch target := v.Addr().Interface().(type) {
	case *openapi3.Types:
		if n.Kind == Text {
			*target = openapi3.Types{n.Value}
			return true, true
		}
		return false, false
	case *openapi3.BoolSchema:
		if n.Kind == Bool {
			target.Has = new(bool)
			*target.Has = n.Value == "true"
			return true, true
		}
		target.Schema = &openapi3.SchemaRef{}
		return true, b.build(reflect.ValueOf(target.Schema).Elem(), n)
	case *openapi3.ExclusiveBound:
		if n.Kind == Bool {
			target.Bool = new(bool)
			*target.Bool = n.Value == "true"
			return true, true
		}
		target.Value = new(float64)
		return true, setScalar(reflect.ValueOf(target.Value).Elem(), n)
	case *openapi3.Paths:
		target.Origin = origin(n)
		return true, kinMembers(b, n, target.Set)
	case *openapi3.Responses:
		target.Origin = origin(n)
		return true, kinMembers(b, n, target.Set)
	case *openapi3.Callback:
		target.Origin = origin(n)
		return true, kinMembers(b, n, target.Set)
	case *openapi3.MappingRef:
		target.Ref = n.Value
		return true, n.Kind == Text
	}
	return false, false
}

// kinMembers fills the types that keep their members behind a method.
func kinMembers[T any](b *kinBuilder, n *Node, set func(string, *T)) bool {
	if n.Kind != Mapping {
		return false
	}
	for _, member := range n.Children {
		if strings.HasPrefix(member.Key, "x-") {
			continue
		}
		element := new(T)
		if !b.build(reflect.ValueOf(element).Elem(), member) {
			return false
		}
		set(member.Key, element)
	}
	return true
}

func (b *kinBuilder) object(v reflect.Value, n *Node) bool {
	s := b.structOf(v.Type())
	if s.origin != nil {
		v.FieldByIndex(s.origin).Set(reflect.ValueOf(origin(n)))
	}
	if s.ref != nil && s.value != nil {
		return b.reference(v, n, s)
	}
	if n.Kind == Bool && v.Type() == schemaType {
		always := n.Value == "true"
		v.Addr().Interface().(*openapi3.Schema).Always = &always
		return true
	}
	if n.Kind != Mapping {
		return false
	}
	for _, member := range n.Children {
		// Extensions and unknown keys have been judged; kin-openapi need not see them.
		if i, known := s.fields[member.Key]; known && !b.build(v.FieldByIndex(i), member) {
			return false
		}
	}
	return true
}

// reference fills a type that is either a reference or a value.
func (b *kinBuilder) reference(v reflect.Value, n *Node, s *kinStruct) bool {
	ref := n.Member("$ref")
	switch {
	case ref == nil:
		return b.build(v.FieldByIndex(s.value), n)
	case ref.Kind != Text || ref.Value == "":
		return false
	}
	if schema, ok := v.Addr().Interface().(*openapi3.SchemaRef); ok {
		b.refs = append(b.refs, schema)
	}
	if v.Type() == schemaRefType && hasSiblings(n) {
		at := v.FieldByIndex(s.origin).Interface()
		err := json.Unmarshal(n.JSON(), v.Addr().Interface()) // it keeps them where only it can reach
		v.FieldByIndex(s.origin).Set(reflect.ValueOf(at))
		return err == nil
	}
	v.FieldByIndex(s.ref).SetString(ref.Value)
	return true
}

// hasSiblings reports whether something that may constrain stands beside a reference.
func hasSiblings(n *Node) bool {
	for _, member := range n.Children {
		if member.Key != "$ref" && !strings.HasPrefix(member.Key, "x-") {
			return true
		}
	}
	return false
}

func (b *kinBuilder) mapping(v reflect.Value, n *Node) bool {
	if n.Kind != Mapping {
		return false
	}
	t := v.Type()
	v.Set(reflect.MakeMapWithSize(t, len(n.Children)))
	for _, member := range n.Children {
		element := reflect.New(t.Elem()).Elem()
		if !b.build(element, member) {
			return false
		}
		v.SetMapIndex(reflect.ValueOf(member.Key).Convert(t.Key()), element)
	}
	return true
}

func (b *kinBuilder) list(v reflect.Value, n *Node) bool {
	if n.Kind != List {
		return false
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Children), len(n.Children)))
	for i, item := range n.Children {
		if !b.build(v.Index(i), item) {
			return false
		}
	}
	return true
}

// setAny fills a value of any form: an example, a default, a member of an enum.
func setAny(v reflect.Value, n *Node) bool {
	if v.Type() != anyType {
		return false
	}
	var value any
	switch n.Kind {
	case Text:
		value = n.Value
	case Bool:
		value = n.Value == "true"
	default:
		if json.Unmarshal(n.JSON(), &value) != nil {
			return false
		}
	}
	v.Set(reflect.ValueOf(value))
	return true
}

func setScalar(v reflect.Value, n *Node) bool {
	switch v.Kind() {
	case reflect.String:
		v.SetString(n.Value)
		return n.Kind == Text
	case reflect.Bool:
		v.SetBool(n.Value == "true")
		return n.Kind == Bool
	case reflect.Float64:
		number, err := strconv.ParseFloat(n.Value, 64)
		v.SetFloat(number)
		return n.Kind == Number && err == nil
	case reflect.Uint64:
		number, err := strconv.ParseUint(n.Value, 10, 64)
		v.SetUint(number)
		return n.Kind == Number && err == nil
	}
	return false
}

// origin is the place of an object, with the pointer as its name.
func origin(n *Node) *openapi3.Origin {
	pos := n.Place()
	return &openapi3.Origin{Key: &openapi3.Location{File: pos.File, Line: pos.Line, Column: pos.Column, Name: n.Pointer}}
}
