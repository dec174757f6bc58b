package lower

// Request bodies and responses.

import (
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// bodies lowers the request body of every call of an operation.
func (l *lowering) bodies(op *ir.Operation, n *load.Node) {
	body := l.resolve(n.Member("requestBody"))
	if body == nil {
		return
	}
	if op.Method == "GET" || op.Method == "DELETE" {
		l.unsupported(n.Member("requestBody"), "", "a body in a %s request", op.Method)
	}
	media := l.media(body, jsonType, formType)
	if content := body.Member("content"); content != nil && len(content.Children) == 0 && !content.Incomplete() {
		l.unsupported(content, "name the media type, such as application/json, or leave requestBody out", "a request body without a media type")
	}
	if media == nil {
		return
	}
	for _, c := range op.Calls {
		b := &ir.Body{Pos: body.Place(), ContentType: media.Key, Required: isTrue(body.Member("required"))}
		schema := l.variantSchema(media.Member("schema"), c)
		if l.isInlineObject(schema) {
			b.Flattened = true
		}
		tail := "Body"
		if b.Flattened {
			tail = "Request"
		}
		b.Type = l.schema(schema, scope{owner: &c.Name, tail: tail, operation: true})
		c.Body = b
		if plainType(media.Key) == formType {
			l.formMembers(b, schema)
		}
	}
	l.checkMembers(op, media.Member("schema"))
}

// isInlineObject reports whether the members of a schema can become fields of the request itself.
func (l *lowering) isInlineObject(n *load.Node) bool {
	return l.referred(n) == nil && (n.Has("allOf") || n.Has("properties") && l.typeWord(n) == "object")
}

// variantList is the list of the variants' schemas: under oneOf, or under anyOf where a message of one can pass for one of another.
// Other tools need to know which of the two it is; here the variant's name decides.
func variantList(schema *load.Node) *load.Node {
	if anyOf := schema.Member("anyOf"); anyOf != nil && !schema.Has("oneOf") {
		return anyOf
	}
	return schema.Member("oneOf")
}

// variantSchema is the schema for one call: the member of the list that bears the variant's name, or the schema that all share.
func (l *lowering) variantSchema(schema *load.Node, c *ir.Call) *load.Node {
	list := variantList(schema)
	if c.Variant == "" || list == nil {
		return schema
	}
	for _, member := range members(list) {
		if text(member.Member("title")) == c.Variant {
			return member
		}
	}
	l.list.Errorf(list.Place(), diag.CodeUnknownName, "no member has the title %q", c.Variant).See(c.Pos, "the variant")
	return nil
}

// checkMembers reports members of the list that belong to no variant, and a second list.
func (l *lowering) checkMembers(op *ir.Operation, schema *load.Node) {
	if op.Variants == nil {
		return
	}
	var names []string
	for _, c := range op.Calls {
		names = append(names, c.Variant)
	}
	if schema.Has("oneOf") && schema.Has("anyOf") {
		l.unsupported(schema.Member("anyOf"), "", "%q beside %q", "anyOf", "oneOf")
	}
	for _, member := range members(variantList(schema)) {
		title := member.Member("title")
		switch {
		case title == nil:
			l.list.Errorf(member.Place(), diag.CodeMissingKey, "the key %q is missing", "title").Suggest("it names the variant")
		case callNamed(op, text(title)) == nil:
			l.unknown(title.Pos, diag.CodeUnknownName, "variant", text(title), names)
		}
	}
}

// callNamed returns the call of a variant.
func callNamed(op *ir.Operation, variant string) *ir.Call {
	for _, c := range op.Calls {
		if c.Variant == variant {
			return c
		}
	}
	return nil
}

// request makes the struct of what a caller supplies: the members of the body, then the parameters that nothing else fills. There
// is always one, if need be an empty one: the first parameter that an operation gets must not change the method's signature.
func (l *lowering) request(op *ir.Operation, c *ir.Call) {
	var t *ir.Type
	if c.Body != nil && c.Body.Flattened {
		t = c.Body.Type
	} else {
		t = &ir.Type{
			Pos: c.Pos, Kind: ir.KindStruct, Owner: &c.Name,
			Name: &ir.Name{Spec: c.Name.Spec + ".Request", Pos: c.Name.Pos},
		}
		l.lifted = append(l.lifted, t)
	}
	if c.Body != nil && !c.Body.Flattened {
		t.Fields = append(t.Fields, &ir.Field{
			Pos: c.Body.Pos, Name: ir.Name{Spec: "Body", Pos: c.Body.Pos}, Type: c.Body.Type, Required: c.Body.Required, Doc: c.Body.Type.Doc,
		})
	}
	for _, p := range op.Parameters {
		if p.Fill != nil || p.Also {
			continue
		}
		t.Fields = append(t.Fields, &ir.Field{
			Pos: p.Pos, Name: p.Name, In: p.In, Doc: p.Doc, Type: p.Type, Required: p.Required, Expected: p.Expected, Sensitive: p.Sensitive,
			Default: p.Default, Rules: p.Rules,
		})
	}
	c.Request = t
}

// claims joins the body's fields that travel in the query too with their parameters, and notes the fields at which a client can
// fill or copy a value.
func (l *lowering) claims(op *ir.Operation) {
	for _, c := range op.Calls {
		if c.Body == nil {
			continue
		}
		for _, f := range c.Body.Type.Fields {
			l.top[f] = true
			l.claim(op, f)
		}
	}
	for _, p := range op.Parameters {
		for _, c := range op.Calls {
			if p.Also && p.Required && !claims(c, p) {
				l.list.Errorf(c.Pos, diag.CodeExtension, "nothing supplies the query parameter %q here", p.Name.Spec).
					Suggest("add x-msdk-also to a property of this variant's body")
			}
		}
	}
}

func claims(c *ir.Call, p *ir.Parameter) bool {
	return c.Body != nil && slices.ContainsFunc(c.Body.Type.Fields, func(f *ir.Field) bool { return f.Also == p.Name.Spec })
}

// claim joins one field with its parameter.
func (l *lowering) claim(op *ir.Operation, f *ir.Field) {
	if f.Also == "" {
		return
	}
	p := queryParameter(op, f.Also)
	switch {
	case p == nil:
		l.unknown(f.Pos, diag.CodeUnknownName, "query parameter", f.Also, queryNames(op)).See(op.Pos, "in this operation")
	case p.Fill != nil:
		l.list.Errorf(f.Pos, diag.CodeExtension, "the query parameter %q has a source of its own", f.Also).See(p.Fill.Pos, "its source")
	case f.Fill != nil:
		l.list.Errorf(f.Pos, diag.CodeExtension, "the client fills %q, so it has nothing to copy", f.Name.Spec)
	case !isScalar(f.Type):
		l.list.Errorf(f.Pos, diag.CodeExtension, "only strings and integers travel in the query too")
	default:
		p.Also = true
	}
}

// responses lowers what an operation answers: one JSON body with status 200; other statuses only in words.
func (l *lowering) responses(op *ir.Operation, n *load.Node) {
	found := false
	for _, status := range members(n.Member("responses")) {
		r := l.resolve(status)
		if strings.HasPrefix(status.Key, "x-") || r == nil {
			continue
		}
		l.refuse(r, responseRefusals)
		if status.Key != "200" {
			l.otherResponse(op, status, r)
			continue
		}
		found = true
		l.success(op, status, r)
	}
	if responses := n.Member("responses"); !found && responses != nil && !responses.Incomplete() {
		l.unsupported(responses, "", "an operation without a response of status 200")
	}
}

// success lowers the response of status 200.
func (l *lowering) success(op *ir.Operation, status, r *load.Node) {
	media := l.media(r, jsonType)
	if content := r.Member("content"); media == nil && len(members(content)) == 0 && !content.Incomplete() {
		l.unsupported(status, "", "a response without a body")
	}
	schema := media.Member("schema")
	var shared *ir.Type // of variants whose responses do not differ
	for _, c := range op.Calls {
		response := &ir.Response{Pos: status.Place(), Status: status.Key, Doc: l.describe(r)}
		c.Responses = append(c.Responses, response)
		if media == nil {
			continue
		}
		response.ContentType = jsonType
		switch {
		case op.Variants == nil || variantList(schema) != nil:
			response.Type = l.answer(l.variantSchema(schema, c), media, &c.Name)
		case shared == nil:
			shared = l.answer(schema, media, &op.Name)
			fallthrough
		default:
			response.Type = shared
		}
		if op.Result != nil && response.Type.Kind == ir.KindStruct {
			l.resultFits(l.nodes[op].Member("x-msdk-result"), op.Result, response.Type)
			l.judgedOnce(op, response.Type)
		}
		l.echoes(op, response.Type)
	}
	l.checkMembers(op, schema)
}

// judgedOnce checks that operations which share a response read the same members of it.
func (l *lowering) judgedOnce(op *ir.Operation, t *ir.Type) {
	first, r := l.judged[t], op.Result
	switch {
	case first == nil:
		l.judged[t] = r
	case first.Code != r.Code || first.Message != r.Message || !slices.Equal(first.Elsewhere, r.Elsewhere) || !sameStatus(first.Status, r.Status):
		l.list.Errorf(l.nodes[op].Member("x-msdk-result").Pos, diag.CodeExtension, "another operation reads other members of the same response").
			See(t.Pos, "the response").See(first.Pos, "the result of the other one")
	}
}

func sameStatus(a, b *ir.Status) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Field == b.Field && a.Success == b.Success && a.Failure == b.Failure
}

// echoes checks the members of a response that repeat a query parameter.
func (l *lowering) echoes(op *ir.Operation, t *ir.Type) {
	for _, f := range t.Fields {
		if f.Echo == "" {
			continue
		}
		l.echoing[f.Pos] = true
		switch {
		case queryParameter(op, f.Echo) == nil:
			l.unknown(f.Pos, diag.CodeUnknownName, "query parameter", f.Echo, queryNames(op)).See(op.Pos, "in this operation")
		case !isScalar(f.Type) || f.Fill != nil || f.Code:
			l.list.Errorf(f.Pos, diag.CodeExtension, "only strings and integers that a service may leave out repeat a parameter")
		}
	}
}

// answer lowers the schema of a response, which has to be an object: that is what a client method returns.
func (l *lowering) answer(schema, media *load.Node, owner *ir.Name) *ir.Type {
	before := len(*l.list)
	t := l.schema(schema, scope{owner: owner, tail: "Response", operation: true})
	if t.Kind != ir.KindStruct && len(*l.list) == before && !l.resolve(schema).Incomplete() {
		if schema == nil {
			schema = media
		}
		l.unsupported(schema, "", "a response that is no object with properties")
	}
	return t
}

// otherResponse takes a response of another status for its words; what a body would say is not emitted.
func (l *lowering) otherResponse(op *ir.Operation, status, r *load.Node) {
	if strings.HasPrefix(status.Key, "2") {
		l.unsupported(status, "", "the status %s", status.Key)
		return
	}
	if content := r.Member("content"); content != nil {
		l.unsupported(content, "", "a body with the status %s", status.Key)
	}
	for _, c := range op.Calls {
		c.Responses = append(c.Responses, &ir.Response{Pos: status.Place(), Status: status.Key, Doc: l.describe(r)})
	}
}
