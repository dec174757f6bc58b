package signing

// Texts around signatures, such as an Authorization header: reading the values out of them, and comparing.

import (
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// Limits of a text with a separator, as the generated code has them.
const (
	maxElements   = 32
	maxSignatures = 8
)

// readTemplate returns the values and the credentials that a text holds; ok is false if it does not have the form of the place.
func readTemplate(p *ir.Place, text string) (values, credentials []Pair, ok bool) {
	if p.Separator == "" {
		return readParts(p.Template, text)
	}
	elements := strings.Split(text, p.Separator)
	if len(elements) > maxElements {
		return nil, nil, false
	}
	for _, form := range templateElements(p) {
		found, signs := 0, false
		for _, part := range form {
			signs = signs || part.Hole != "" && part.Kind == ir.HoleStep
		}
		for _, element := range elements {
			v, c, ok := readParts(form, element)
			if !ok {
				continue
			}
			if found++; found == 1 {
				values, credentials = append(values, v...), append(credentials, c...)
			}
		}
		if found == 0 || found > maxSignatures || found > 1 && !signs {
			return nil, nil, false
		}
	}
	return values, credentials, true
}

// templateElements cuts a template at its separators.
func templateElements(p *ir.Place) [][]ir.TemplatePart {
	forms := [][]ir.TemplatePart{nil}
	for _, part := range p.Template {
		last := len(forms) - 1
		if part.Hole != "" {
			forms[last] = append(forms[last], part)
			continue
		}
		for i, literal := range strings.Split(part.Literal, p.Separator) {
			if i > 0 {
				forms = append(forms, nil)
				last++
			}
			if literal != "" {
				forms[last] = append(forms[last], ir.TemplatePart{Literal: literal})
			}
		}
	}
	return forms
}

// readParts reads a text in one form: a hole reaches up to the literal behind it.
func readParts(form []ir.TemplatePart, text string) (values, credentials []Pair, ok bool) {
	for i, part := range form {
		if part.Hole == "" {
			if text, ok = strings.CutPrefix(text, part.Literal); !ok {
				return nil, nil, false
			}
			continue
		}
		content, rest := text, ""
		if i+1 < len(form) {
			end := strings.Index(text, form[i+1].Literal) // a hole behind a hole has no literal: the first one is empty
			if end < 0 {
				return nil, nil, false
			}
			content, rest = text[:end], text[end:]
		}
		switch part.Kind {
		case ir.HoleValue:
			values = append(values, Pair{part.Hole, content})
		case ir.HoleCredential:
			credentials = append(credentials, Pair{part.Hole, content})
		}
		text = rest
	}
	return values, credentials, text == ""
}

// templateForm is the template as the document writes it.
func templateForm(p *ir.Place) string {
	var b strings.Builder
	for _, part := range p.Template {
		if part.Hole != "" {
			b.WriteString("{" + part.Hole + "}")
			continue
		}
		b.WriteString(part.Literal)
	}
	return b.String()
}

// signatures returns what stands in a place for the step itself: without a template the whole text. A template that the text does not have
// gives none.
func signatures(p *ir.Place, text string) []string {
	if len(p.Template) == 0 {
		return []string{text}
	}
	forms, elements := [][]ir.TemplatePart{p.Template}, []string{text}
	if p.Separator != "" {
		forms, elements = templateElements(p), strings.SplitN(text, p.Separator, maxElements)
	}
	var found []string
	for _, form := range forms {
		for _, element := range elements {
			if content, ok := holeOf(form, element, p.Step); ok {
				found = append(found, content)
			}
		}
	}
	return found
}

// holeOf returns what stands in the hole of a step.
func holeOf(form []ir.TemplatePart, text, step string) (content string, ok bool) {
	marked := make([]ir.TemplatePart, len(form))
	for i, part := range form {
		marked[i] = part
		if part.Hole == step && part.Kind == ir.HoleStep {
			marked[i].Kind = ir.HoleValue // so that it is read as one
		} else if part.Hole != "" {
			marked[i].Kind = ir.HoleStep
		}
	}
	values, _, ok := readParts(marked, text)
	if !ok || len(values) == 0 {
		return "", false
	}
	return values[0].Value, true
}

// fits compares what was computed for a place with what was given. With a separator every computed element has to be among the given
// ones. This is for explanations; a server compares in constant time.
func fits(p *ir.Place, computed, given string) bool {
	if p.Separator == "" || len(p.Template) == 0 {
		return computed == given
	}
	elements := strings.SplitN(given, p.Separator, maxElements+1)
	for want := range strings.SplitSeq(computed, p.Separator) {
		found := false
		for _, element := range elements {
			found = found || element == want
		}
		if !found {
			return false
		}
	}
	return true
}
