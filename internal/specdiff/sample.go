package specdiff

// The request that both sides of a change of signing are shown with: one that the documents describe, with made-up credentials and a fixed clock.

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// SideBySide shows what two schemes make of one request.
type SideBySide struct {
	Operation string      `json:"operation"` // that the request calls
	Request   string      `json:"request"`   // request line and body; two lines, with - and + in front, where method or path changed too
	Old       Explanation `json:"old"`
	New       Explanation `json:"new"`
}

// sideBySide signs a request in both ways: one of the given operations, or of the first one that the scheme signs. nil where neither side
// signs anything.
func (c *comparison) sideBySide(a, b *ir.Scheme, before, after *ir.Operation) *SideBySide {
	if before == nil || after == nil {
		before, after = operationOf(c.old, a), operationOf(c.new, b)
		if before == nil {
			before = after
		}
		if after == nil {
			after = before
		}
	}
	if after == nil {
		return nil
	}
	s := c.signBoth(a, b, before, after, "")
	if s.Old.Signature == s.New.Signature && s.Old.Steps == nil {
		// The programs differ in what they do to marks, such as percent-encoding: a request that holds some tells them apart.
		return c.signBoth(a, b, before, after, " /+ü")
	}
	return s
}

// signBoth signs one request in both ways. marks stand at the end of its texts.
func (c *comparison) signBoth(a, b *ir.Scheme, before, after *ir.Operation, marks string) *SideBySide {
	r := sample(before, after, marks, a, b)
	if !readsBody(a) && !readsBody(b) { // it plays no part
		r.Body = ""
		r.Headers = slices.DeleteFunc(r.Headers, func(h SampleParameter) bool { return h.Name == contentType })
	}
	then := r
	then.Method, then.Path = before.Method, fillPath(before.Path, r.PathValues)
	r.Path = fillPath(after.Path, r.PathValues)
	s := &SideBySide{Operation: after.Name.Spec, Request: requestLine(r)}
	if then.Path != r.Path || then.Method != r.Method {
		line, _, _ := strings.Cut(requestLine(then), "\n")
		s.Request = "- " + line + "\n+ " + s.Request
	}
	var ok, also bool
	s.Old, ok = c.explain.Explain(a, then)
	s.New, also = c.explain.Explain(b, r)
	if !ok || !also {
		s.Old.Steps, s.New.Steps = stepTexts(c.old, a), stepTexts(c.new, b)
	}
	return s
}

func operationOf(d *Document, s *ir.Scheme) *ir.Operation {
	for _, op := range d.API.Operations {
		if s != nil && op.Scheme == s {
			return op
		}
	}
	return nil
}

// stepTexts are the steps of a program as they are written.
func stepTexts(d *Document, s *ir.Scheme) []string {
	if s == nil {
		return []string{"unsigned"}
	}
	sign := d.resolved(d.at(s.Pos)).Member(signKey)
	if steps := sign.Member("steps"); steps != nil {
		var texts []string
		for _, step := range steps.Children {
			texts = append(texts, clip(string(step.JSON()), 200))
		}
		return texts
	}
	return []string{clip(string(sign.JSON()), 200)}
}

// sample makes a request with the parameters of both sides.
func sample(before, after *ir.Operation, marks string, schemes ...*ir.Scheme) Sample {
	r := Sample{Method: after.Method, Path: after.Path, Credentials: map[string]string{}, marks: marks}
	for _, s := range schemes {
		if s == nil {
			continue
		}
		for _, credential := range s.Credentials {
			r.Credentials[credential.Name.Spec] = "example-" + credential.Name.Spec
			if !credential.Secret {
				r.Credentials[credential.Name.Spec] += marks
			}
			if credential.Kind == ir.KindInt {
				r.Credentials[credential.Name.Spec] = "1400000000"
			}
		}
	}
	for _, op := range []*ir.Operation{after, before} {
		for _, p := range op.Parameters {
			same := func(q SampleParameter) bool { return q.Name == p.Name.Spec }
			has := slices.ContainsFunc(r.Query, same) && p.In == ir.InQuery || slices.ContainsFunc(r.Headers, same) && p.In == ir.InHeader ||
				slices.ContainsFunc(r.PathValues, same) && p.In == ir.InPath
			value, ok := sampleValue(op, p, r)
			switch {
			case !ok || has:
			case p.In == ir.InQuery:
				r.Query = append(r.Query, SampleParameter{p.Name.Spec, value})
			case p.In == ir.InHeader:
				r.Headers = append(r.Headers, SampleParameter{p.Name.Spec, value})
			case p.In == ir.InPath:
				r.PathValues = append(r.PathValues, SampleParameter{p.Name.Spec, value})
			}
		}
		if r.Body == "" {
			r.setBody(op)
		}
	}
	return r
}

const contentType = "Content-Type"

// setBody takes a request example of an operation, or what has to be in a body.
func (r *Sample) setBody(op *ir.Operation) {
	for _, call := range op.Calls {
		if call.Body == nil {
			continue
		}
		r.Form = strings.HasPrefix(call.Body.ContentType, "application/x-www-form-urlencoded")
		if !r.Form {
			r.Headers = append(r.Headers, SampleParameter{contentType, call.Body.ContentType})
		}
		for _, e := range call.Examples {
			if !r.Form && !e.Response && len(e.JSON) <= 300 && !fillsMembers(call.Body.Type) {
				r.Body = string(e.JSON)
				return
			}
		}
		r.Body = r.members(op, call.Body)
		return
	}
}

// fillsMembers reports whether the client fills members of a body: examples hold other credentials and times than the sample.
func fillsMembers(t *ir.Type) bool {
	return slices.ContainsFunc(t.Fields, func(f *ir.Field) bool { return f.Fill != nil && f.Fill.Kind != ir.FillConstant })
}

// members makes a body of the members that have to be there, and of those that the client fills.
func (r *Sample) members(op *ir.Operation, body *ir.Body) string {
	var all []SampleParameter
	var texts []string
	for _, f := range body.Type.Fields {
		p := &ir.Parameter{Name: f.Name, In: f.In, Type: f.Type, Required: f.Required, Expected: f.Expected, Fill: f.Fill, Default: f.Default}
		value, ok := sampleValue(op, p, *r)
		if !ok || f.In != ir.InBody {
			continue
		}
		all = append(all, SampleParameter{f.Name.Spec, value})
		texts = append(texts, jsonText(f.Name.Spec)+":"+memberText(f.Type, value))
	}
	if r.Form {
		return encodePairs(all)
	}
	return "{" + strings.Join(texts, ",") + "}"
}

// memberText is a member's value as JSON; what has members itself is empty.
func memberText(t *ir.Type, value string) string {
	switch base(t) {
	case ir.KindString:
		return jsonText(value)
	case ir.KindStruct, ir.KindMap:
		return "{}"
	case ir.KindList:
		return "[]"
	case ir.KindBool:
		return "true"
	}
	return value
}

func jsonText(text string) string {
	encoded, err := json.Marshal(text)
	if err != nil {
		return `""`
	}
	return string(encoded)
}

// sampleValue is what the client, or a caller who sets no more than has to be, would send.
func sampleValue(op *ir.Operation, p *ir.Parameter, r Sample) (value string, sent bool) {
	if p.Fill == nil {
		if !p.Required && !p.Expected && !p.Also && r.marks == "" {
			return "", false
		}
		return sampleText(p.Type, r.marks), true
	}
	switch p.Fill.Kind {
	case ir.FillTimestamp, ir.FillMillis, ir.FillNonce:
		return fillSample(p.Fill), true
	case ir.FillConstant:
		if p.Fill.Constant != nil {
			return p.Fill.Constant.Text, true
		}
	case ir.FillCredential:
		return r.Credentials[p.Fill.Credential], true
	case ir.FillKey:
		if op.Scheme != nil && op.Scheme.Keys != nil && len(op.Scheme.Keys.Choices) > 0 {
			return op.Scheme.Keys.Choices[0].Value, true
		}
	case ir.FillVariant:
		return op.Calls[0].Value, true
	case ir.FillOption:
		if p.Default != nil {
			return p.Default.Text, true
		}
	}
	return "", false
}

func sampleText(t *ir.Type, marks string) string {
	switch {
	case t.Kind == ir.KindEnum && len(t.Values) > 0:
		return t.Values[0].Value.Text
	case base(t) == ir.KindString:
		return "A1B2" + marks
	}
	return "1"
}

// requestLine shows a request without its signature.
func requestLine(r Sample) string {
	line := r.Method + " " + (&url.URL{Path: r.Path}).EscapedPath()
	if len(r.Query) > 0 {
		line += "?" + encodePairs(r.Query)
	}
	for _, h := range r.Headers {
		line += "\n" + h.Name + ": " + h.Value
	}
	if r.Body != "" {
		line += "\n"
		if len(r.Headers) > 0 {
			line += "\n"
		}
		line += r.Body
	}
	return line
}

func encodePairs(pairs []SampleParameter) string {
	var all []string
	for _, p := range pairs {
		all = append(all, url.QueryEscape(p.Name)+"="+url.QueryEscape(p.Value))
	}
	return strings.Join(all, "&")
}

// fillPath puts parameters in their places in a path.
func fillPath(path string, values []SampleParameter) string {
	for _, v := range values {
		path = strings.ReplaceAll(path, "{"+v.Name+"}", v.Value)
	}
	return path
}
