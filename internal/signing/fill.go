package signing

// The parameters of a request, and the values that a client supplies by itself: times, random values, constants, parts of the credentials.

import (
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// makeParameters collects the parameters in document order.
func (b *builder) makeParameters() {
	contentType := ""
	if body := b.Call.Body; body != nil && b.body != nil {
		if contentType = body.ContentType; contentType == "" {
			contentType = "application/json"
		}
		b.headers = append(b.headers, Pair{"Content-Type", contentType})
	}
	for _, p := range b.op.Parameters {
		if p.Fill != nil && p.Fill.Kind == ir.FillSignature {
			if p.In == ir.InQuery {
				b.query = append(b.query, Pair{Name: p.Name.Spec})
			}
			continue
		}
		value, found := b.parameter(p)
		if !found {
			if p.Required && !(p.Fill != nil && p.Fill.Kind == ir.FillKey) { // chooseKey has said so
				b.problem("the %s parameter %s needs a value: %s=…", p.In, p.Name.Spec, p.Name.Spec)
			}
			continue
		}
		b.checkText(p.Name.Spec, p.Type, value)
		switch p.In {
		case ir.InHeader:
			if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
				b.problem("the header %s would hold a control character", p.Name.Spec)
			}
			b.headers = append(b.headers, Pair{p.Name.Spec, strings.Trim(value, " \t")})
		case ir.InPath:
			if value == "" || value == "." || value == ".." {
				b.problem("the path parameter %s is empty or made of dots", p.Name.Spec)
			}
			b.path = append(b.path, Pair{p.Name.Spec, value})
		default:
			b.query = append(b.query, Pair{p.Name.Spec, value})
		}
	}
}

// parameter is the value of a parameter; found is false if it is left out.
func (b *builder) parameter(p *ir.Parameter) (value string, found bool) {
	b.used[p.Name.Spec] = true
	if value, found = find(b.Values, p.Name.Spec); found {
		if p.Fill != nil && p.Fill.Kind == ir.FillVariant && value != b.Call.Value {
			b.problem("%s=%s is not the variant %s, which has %s", p.Name.Spec, value, b.Call.Variant, b.Call.Value)
		}
		return value, true
	}
	if p.Also {
		return b.fromBody(p.Name.Spec)
	}
	if p.Fill == nil {
		return "", false
	}
	switch p.Fill.Kind {
	case ir.FillConstant:
		return p.Fill.Constant.Text, true
	case ir.FillVariant:
		return b.Call.Value, true
	case ir.FillKey:
		if b.key == nil {
			return "", false
		}
		return b.key.Value, true
	case ir.FillCredential:
		value = b.Credentials[p.Fill.Credential].Current
		return value, value != ""
	case ir.FillOption:
		if p.Default == nil {
			return "", false
		}
		return p.Default.Text, true
	}
	return b.made(p.Fill, p.Type), true
}

// fromBody is the value of a parameter that repeats a field of the body.
func (b *builder) fromBody(name string) (value string, found bool) {
	for _, f := range bodyFields(b.Call) {
		if f.Also == name {
			fields, _ := Fields(b.body, isForm(b.op))
			return find(fields, f.Name.Spec)
		}
	}
	return "", false
}

// made is a time or a random value. t may be nil.
func (b *builder) made(fill *ir.Fill, t *ir.Type) string {
	switch {
	case fill.Kind == ir.FillMillis:
		return FormatTime(b.Now.Add(fill.Offset), ir.TimeMillis)
	case fill.Kind == ir.FillTimestamp:
		return FormatTime(b.Now.Add(fill.Offset), fill.Format)
	case b.Nonce != "":
		return b.Nonce
	case fill.Alphabet == "":
		return b.randomNumber(t)
	}
	return b.randomText(fill)
}

func (b *builder) randomBytes(n int) []byte {
	raw := make([]byte, n)
	if b.Random == nil {
		b.problem("there is no source of random values")
		return raw
	}
	if _, err := io.ReadFull(b.Random, raw); err != nil {
		b.problem("the random source failed")
	}
	return raw
}

// randomNumber is a whole number over the range of its type.
func (b *builder) randomNumber(t *ir.Type) string {
	bits := 63
	if t != nil && t.Kind == ir.KindInt && t.Bits == 32 {
		if bits = 31; t.Unsigned {
			bits = 32
		}
	}
	return strconv.FormatUint(binary.BigEndian.Uint64(b.randomBytes(8))>>(64-bits), 10)
}

var alphabets = map[string]string{
	"hex": "0123456789abcdef", "digits": "0123456789",
	"alphanumeric": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
}

func (b *builder) randomText(fill *ir.Fill) string {
	if fill.Alphabet == "uuid" {
		raw := b.randomBytes(16)
		raw[6], raw[8] = raw[6]&0x0f|0x40, raw[8]&0x3f|0x80
		return fmt.Sprintf("%x-%x-%x-%x-%x", raw[:4], raw[4:6], raw[6:8], raw[8:10], raw[10:])
	}
	alphabet := alphabets[fill.Alphabet]
	if alphabet == "" {
		alphabet = alphabets["hex"]
	}
	var text []byte
	for len(text) < fill.Length && len(b.problems) == 0 {
		for _, c := range b.randomBytes(8) {
			if int(c) < 256-256%len(alphabet) && len(text) < fill.Length {
				text = append(text, alphabet[int(c)%len(alphabet)])
			}
		}
	}
	return string(text)
}

// checkText reports text that is not of a type, as far as that can be said.
func (b *builder) checkText(name string, t *ir.Type, value string) {
	if t == nil {
		return
	}
	kind := t.Kind
	if kind == ir.KindEnum {
		kind = t.Base
		b.checkEnum(name, t, value)
	}
	switch kind {
	case ir.KindInt:
		if _, err := strconv.ParseInt(value, 10, 64); err != nil {
			if _, err := strconv.ParseUint(value, 10, 64); err != nil {
				b.problem("%s: %q is not a whole number", name, value)
			}
		}
	case ir.KindFloat:
		if _, err := strconv.ParseFloat(value, 64); err != nil {
			b.problem("%s: %q is not a number", name, value)
		}
	case ir.KindBool:
		if value != "true" && value != "false" {
			b.problem("%s: %q is neither true nor false", name, value)
		}
	}
}

func (b *builder) checkEnum(name string, t *ir.Type, value string) {
	if t.Open || t.Flags {
		return
	}
	var listed []string
	for _, v := range t.Values {
		if v.Value.Text == value {
			return
		}
		listed = append(listed, v.Value.Text)
	}
	if near, ok := diag.Nearest(value, listed); ok {
		b.note("%s: %q is not one of its values; did you mean %q?", name, value, near)
		return
	}
	b.note("%s: %q is not one of its values, %s", name, value, strings.Join(listed, ", "))
}

func (b *builder) note(format string, args ...any) {
	b.notes = append(b.notes, fmt.Sprintf(format, args...))
}
