package signing

// The body of a request: the caller's bytes with what a client adds, or made of single values.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// bodyFields are the members at the top of a call's body, in document order.
func bodyFields(c *ir.Call) []*ir.Field {
	if c.Body == nil || c.Body.Type == nil {
		return nil
	}
	var fields []*ir.Field
	for _, f := range c.Body.Type.Fields {
		if f.In == ir.InBody {
			fields = append(fields, f)
		}
	}
	return fields
}

// makeBody makes the body; without one it stays nil.
func (b *builder) makeBody() {
	if b.Call.Body == nil {
		if b.Body != nil {
			b.problem("%s has no body", b.op.Name.Spec)
		}
		return
	}
	if len(b.Body) > MaxBody {
		b.problem("the body is larger than %d MiB", MaxBody>>20)
		return
	}
	form := isForm(b.op)
	given, reason := Fields(b.Body, form)
	if reason != "" {
		b.problem("%s", reason+b.whereBroken(form))
		return
	}
	body := bytes.Clone(b.Body)
	if b.Body == nil && !form {
		body = []byte("{}")
	}
	if b.Body != nil {
		b.checkMembers(given)
		if bytes.HasSuffix(b.Body, []byte("\n")) {
			b.note("the body ends in a line end, which is sent, and signed where the body is")
		}
	}
	for _, f := range bodyFields(b.Call) {
		body = b.addField(body, f, given, form)
	}
	if b.Body == nil && !b.Call.Body.Required && string(body) == "{}" {
		return
	}
	b.body = body
	if b.body == nil {
		b.body = []byte{}
	}
}

// whereBroken says where JSON is malformed.
func (b *builder) whereBroken(form bool) string {
	var syntax *json.SyntaxError
	var any json.RawMessage
	err := json.Unmarshal(b.Body, &any)
	if s, ok := err.(*json.SyntaxError); ok && !form {
		syntax = s
		before := b.Body[:min(int(syntax.Offset), len(b.Body))]
		line := bytes.Count(before, []byte("\n")) + 1
		return fmt.Sprintf(": line %d, column %d: %s", line, len(before)-bytes.LastIndexByte(before, '\n')-1, syntax.Error())
	}
	return ""
}

// addField adds one member: the caller's value, or the client's own.
func (b *builder) addField(body []byte, f *ir.Field, given []Pair, form bool) []byte {
	name := f.Name.Spec
	_, has := find(given, name)
	value, single := find(b.Values, name)
	isParameter := slices.ContainsFunc(b.op.Parameters, func(p *ir.Parameter) bool { return p.Name.Spec == name })
	switch {
	case f.Fill != nil && f.Fill.Kind == ir.FillSignature:
		if has {
			b.problem("the body holds %s already, which is the place of the signature", name)
		}
		return body
	case b.Body != nil && single && !isParameter:
		b.used[name] = true
		b.problem("%s belongs into the body, which is given as a whole", name)
		return body
	case has:
		return body
	case b.Body == nil && single && (f.Also != "" || !isParameter || f.Fill == nil):
		b.used[name] = true
	case f.Fill == nil:
		if f.Required {
			b.missing(name)
		}
		return body
	default:
		var found bool
		if value, found = b.filled(f); !found {
			return body
		}
	}
	return addMember(body, name, b.literal(f, value), value, form)
}

func (b *builder) missing(name string) {
	if b.Body == nil {
		b.problem("the body needs %s: %s=…, or --body", name, name)
		return
	}
	b.note("the body lacks %s, which is required", name)
}

// filled is what the client supplies for a field.
func (b *builder) filled(f *ir.Field) (value string, found bool) {
	switch f.Fill.Kind {
	case ir.FillConstant:
		return f.Fill.Constant.Text, true
	case ir.FillCredential:
		value = b.Credentials[f.Fill.Credential].Current
		return value, value != ""
	case ir.FillTimestamp, ir.FillMillis, ir.FillNonce:
		return b.made(f.Fill, f.Type), true
	}
	return "", false
}

// literal is a value as the body's JSON has it.
func (b *builder) literal(f *ir.Field, value string) string {
	t := f.Type
	kind := t.Kind
	if kind == ir.KindEnum {
		kind = t.Base
	}
	switch {
	case t.Embedded || t.Comma || kind == ir.KindString || kind == ir.KindTime || kind == ir.KindBytes:
		b.checkText(f.Name.Spec, t, value)
		return jsonText(value)
	case kind == ir.KindInt || kind == ir.KindFloat || kind == ir.KindBool:
		b.checkText(f.Name.Spec, t, value)
		return value
	case json.Valid([]byte(value)):
		return value
	case kind == ir.KindUnion || kind == ir.KindAny:
		return jsonText(value)
	}
	b.problem("%s: the value has to be JSON, for it is %s", f.Name.Spec, kind)
	return value
}

// addMember adds a member to an object or a field to a form.
func addMember(body []byte, name, literal, text string, form bool) []byte {
	if form {
		if len(body) > 0 {
			body = append(bytes.Clone(body), '&')
		}
		return append(body, encodeQuery([]Pair{{name, text}})...)
	}
	end := bytes.LastIndexByte(body, '}')
	if end < 0 {
		return body
	}
	head := bytes.TrimRight(body[:end], jsonBlanks)
	result := bytes.Clone(head)
	if !bytes.HasSuffix(head, []byte("{")) {
		result = append(result, ',')
	}
	result = append(append(append(result, jsonText(name)...), ':'), literal...)
	return append(result, body[end:]...)
}

func jsonText(text string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // cannot fail
	return strings.TrimSuffix(b.String(), "\n")
}

// checkMembers says what is odd about the members of a body that was given as a whole: names that the document does not have, and values
// of another JSON type, which vendors refuse without saying why.
func (b *builder) checkMembers(given []Pair) {
	var names []string
	fields := map[string]*ir.Field{}
	for _, f := range bodyFields(b.Call) {
		names = append(names, f.Name.Spec)
		fields[f.Name.Spec] = f
	}
	var raw map[string]json.RawMessage
	_ = json.Unmarshal(b.Body, &raw)
	for _, p := range given {
		f := fields[p.Name]
		switch {
		case f != nil && raw[p.Name] != nil:
			b.checkKind(f, raw[p.Name])
		case f == nil:
			if near, ok := diag.Nearest(p.Name, names); ok {
				b.note("the body's member %q is unknown; did you mean %q?", p.Name, near)
			} else {
				b.note("the body's member %q is unknown", p.Name)
			}
		}
	}
}

func (b *builder) checkKind(f *ir.Field, raw json.RawMessage) {
	kind := f.Type.Kind
	if kind == ir.KindEnum {
		kind = f.Type.Base
	}
	text := len(raw) > 0 && raw[0] == '"'
	number := len(raw) > 0 && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9')
	switch {
	case kind == ir.KindString && number && !f.Type.Embedded:
		b.note("the body's member %q is a number; it has to be text", f.Name.Spec)
	case (kind == ir.KindInt || kind == ir.KindFloat) && text:
		b.note("the body's member %q is text; it has to be a number", f.Name.Spec)
	}
}
