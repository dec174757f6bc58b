// Places for kin-openapi's errors. It knows lines only for documents that it parsed itself; but each of its objects has room for an
// origin, and errors carry that of the object they are about. So the origins are set here, from the tree, with the pointer as the name.
package load

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// setOrigins walks the document, before references are resolved and it still is a tree, beside the tree of nodes. It returns the references
// to schemas that it has met.
func setOrigins(doc *openapi3.T, root *Node) []*openapi3.SchemaRef {
	o := &origins{}
	o.set(reflect.ValueOf(doc), root)
	return o.refs
}

// withoutReferences calls validate while references to schemas under components lead to a schema without constraints. kin-openapi
// follows them from each component anew, in time that grows with the square of their number; each component is looked at itself.
func withoutReferences(refs []*openapi3.SchemaRef, validate func() error) error {
	schemas := make([]*openapi3.Schema, len(refs))
	for i, ref := range refs {
		schemas[i] = ref.Value
		if name, component := strings.CutPrefix(ref.Ref, "#/components/schemas/"); component && !strings.Contains(name, "/") && ref.Value != nil {
			ref.Value = &openapi3.Schema{}
		}
	}
	err := validate()
	for i, ref := range slices.Backward(refs) { // backward, for one that stands there twice
		ref.Value = schemas[i]
	}
	return err
}

// origins is the walk of setOrigins.
type origins struct{ refs []*openapi3.SchemaRef }

func (o *origins) set(v reflect.Value, n *Node) {
	if n == nil {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return
		}
		o.set(v.Elem(), n)
		// Paths, Responses and Callback keep their members behind a method.
		if members := v.MethodByName("Map"); members.IsValid() {
			o.set(members.Call(nil)[0], n)
		}
	case reflect.Struct:
		o.setStruct(v, n)
	case reflect.Slice:
		for i := 0; i < v.Len() && i < len(n.Children); i++ {
			o.set(v.Index(i), n.Children[i])
		}
	case reflect.Map:
		if v.Type().Elem().Kind() != reflect.Pointer || v.Type().Key().Kind() != reflect.String {
			return // extensions and other plain values
		}
		for _, member := range n.Children {
			if element := v.MapIndex(reflect.ValueOf(member.Key).Convert(v.Type().Key())); element.IsValid() {
				o.set(element, member)
			}
		}
	}
}

func (o *origins) setStruct(v reflect.Value, n *Node) {
	t := v.Type()
	isRef := false
	for i := range t.NumField() {
		field, name := v.Field(i), t.Field(i).Name
		if !t.Field(i).IsExported() {
			continue
		}
		tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		switch {
		case field.Type() == originType && field.CanSet():
			field.Set(reflect.ValueOf(origin(n)))
		case name == "Ref" && field.Kind() == reflect.String:
			isRef = field.String() != ""
			if ref, ok := v.Addr().Interface().(*openapi3.SchemaRef); ok && isRef {
				o.refs = append(o.refs, ref)
			}
		case tag == "" && (name == "Value" || name == "Schema") && !isRef:
			o.set(field, n) // the object behind SchemaRef and its like
		case tag != "" && tag != "-" && (field.Kind() == reflect.Slice || field.Kind() == reflect.Map || field.Kind() == reflect.Pointer || field.Kind() == reflect.Struct):
			o.set(field, n.Member(tag))
		}
	}
}

// locate follows an error from the outside in: wrappers name sections, paths and operations; an origin is more exact.
func (d *Document) locate(err error) *finding {
	f := &finding{node: d.Root}
	inner := err
	for e := err; e != nil; e = errors.Unwrap(e) {
		f.step(e)
		if node := d.originOf(e); node != nil {
			f.node = node
		}
		if coded, ok := e.(openapi3.CodedError); ok {
			f.code = coded.Code()
		}
		inner = e
		if isLast(e) {
			break
		}
	}
	f.word(inner)
	d.refine(f, inner)
	return f
}

// isLast holds for errors whose causes have no place of their own.
func isLast(err error) bool {
	switch err.(type) {
	case *openapi3.DefaultViolatesSchema, *openapi3.ServerURLTemplateError:
		return true
	}
	return false
}

// originOf returns the node that an error's origin names.
func (d *Document) originOf(err error) *Node {
	v := reflect.Indirect(reflect.ValueOf(err))
	if v.Kind() != reflect.Struct {
		return nil
	}
	field := v.FieldByName("Origin")
	if !field.IsValid() || field.Type() != originType || field.IsNil() {
		return nil
	}
	return d.index[field.Interface().(*openapi3.Origin).Key.Name]
}

var kinSections = map[string]string{
	"schema": "schemas", "parameter": "parameters", "header": "headers", "request body": "requestBodies", "response": "responses",
	"security scheme": "securitySchemes", "example": "examples", "link": "links", "callback": "callbacks",
	"external docs": "externalDocs",
}

// step moves to the part of the document that a wrapper names, as far as it exists.
func (f *finding) step(err error) {
	var tokens []string
	switch e := err.(type) {
	case *openapi3.SectionValidationError:
		tokens = []string{e.Section}
		if plural, ok := kinSections[e.Section]; ok {
			tokens = []string{plural}
		}
	case *openapi3.PathValidationError:
		tokens = []string{e.Path}
	case *openapi3.WebhookValidationError:
		tokens = []string{e.Name}
	case *openapi3.OperationValidationError:
		tokens = []string{strings.ToLower(e.Method)}
	case *openapi3.ComponentValidationError:
		tokens = []string{kinSections[e.Section], e.Name}
	case *openapi3.OAuthFlowValidationError:
		tokens = []string{"flows", e.FlowKind}
	}
	for _, token := range tokens {
		if next := f.node.step(token); next != nil {
			f.node = next
		}
	}
}

// refine moves a finding from its object to the exact member or item, and finds the other place of what exists twice.
func (d *Document) refine(f *finding, err error) {
	switch err := err.(type) {
	case *openapi3.SecurityRequirementSchemeUndefinedError:
		if node := d.At(err.JSONPointer); node != nil {
			f.node = node
		}
		if d.At("/components").took() || d.At("/components/securitySchemes").took() {
			f.message = "" // the scheme may be among what was taken out
		}
		var names []string
		for _, scheme := range d.At("/components/securitySchemes").members() {
			names = append(names, scheme.Key)
		}
		if near, ok := diag.Nearest(err.Scheme, names); ok {
			f.suggestion = fmt.Sprintf("did you mean %q?", near)
		} else if len(names) > 0 {
			f.suggestion = "known here: " + strings.Join(names, ", ")
		}
	case *openapi3.DuplicateRequiredFieldError:
		f.second(f.node.Member("required"), func(n *Node) bool { return n.Value == err.Field })
	case *openapi3.DuplicateTagError:
		f.second(d.Root.Member("tags"), func(n *Node) bool { return n.Member("name").text() == err.Name })
	case *openapi3.DuplicateParameterError:
		around := f.node.Pointer[:max(0, strings.LastIndexByte(f.node.Pointer, '/'))]
		f.second(d.At(around), func(n *Node) bool {
			return n.Member("name").text() == err.Name && n.Member("in").text() == err.In
		})
	case *openapi3.ConflictingPathsError:
		f.second(d.Root.Member("paths"), func(n *Node) bool { return n.Key == err.Path1 || n.Key == err.Path2 })
	}
}

// second makes the second child that fits the place of the finding and the first one its other place.
func (f *finding) second(holder *Node, fits func(*Node) bool) {
	var found []*Node
	for _, child := range holder.members() {
		if fits(child) {
			found = append(found, child)
		}
	}
	if len(found) > 1 {
		f.node, f.also = found[1], found[:1]
	}
}

func (n *Node) members() []*Node {
	if n == nil {
		return nil
	}
	return n.Children
}

// took reports whether something was taken out of n.
func (n *Node) took() bool { return n != nil && n.fate != sound }

func (n *Node) text() string {
	if n == nil {
		return ""
	}
	return n.Value
}

// defaultBreaks says which limit a default breaks, with the limit and the value, as far as kin-openapi's error and the tree tell.
func (f *finding) defaultBreaks(reason *openapi3.SchemaError) string {
	message := "the default does not fit its own schema"
	if value := f.node.Member("default"); value != nil {
		message = fmt.Sprintf("the default %s does not fit its own schema", bounded(string(value.JSON())))
	}
	limit := f.node.Member(reason.SchemaField)
	if limit == nil || len(reason.JSONPointer()) > 0 {
		return message + ": " + bounded(reason.Reason)
	}
	text := limit.Value
	if text == "" {
		text = string(limit.JSON())
	}
	return fmt.Sprintf("%s, %s: %s", message, limit.Key, bounded(text))
}

// bounded makes one line of limited length of a message that is not ours.
func bounded(message string) string {
	const most = 300
	message = strings.Join(strings.Fields(message), " ")
	if runes := []rune(message); len(runes) > most {
		message = string(runes[:most]) + "…"
	}
	return message
}
