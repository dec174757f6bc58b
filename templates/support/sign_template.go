package support

// The place of a signature where it is one part of a longer text, such as an Authorization header. The program writes that text as a
// whole; a server first takes out what only the text tells it (a time, a nonce, an app), runs the same program with that, and
// compares the whole.

import (
	"crypto/subtle"
	"strings"
)

const (
	maxElements   = 32 // of a text with a separator
	maxSignatures = 8  // elements that hold a signature
)

// template is the form of such a text.
type template struct {
	parts     []templatePart
	separator string // between elements that come in any order, with unknown ones among them; "": there are none
}

// templatePart is literal text, or a hole.
type templatePart struct {
	literal string
	hole    holeKind
	name    string // of the value or the credential in the hole
}

// holeKind says what stands in a hole.
type holeKind uint8

const (
	holeNone       holeKind = iota // the part is literal
	holeStep                       // what the program made
	holeValue                      // what the signer made for this attempt
	holeCredential                 // a credential that is no secret
)

// capture returns the values and credentials that text holds; ok is false if it does not have the form.
func (t *template) capture(text string) (values, credentials []pair, ok bool) {
	if t.separator == "" {
		return captureParts(t.parts, text, nil, nil)
	}
	elements := strings.SplitN(text, t.separator, maxElements+1)
	if len(elements) > maxElements {
		return nil, nil, false
	}
	for _, form := range t.elements() {
		found := 0
		for _, element := range elements {
			v, c, ok := captureParts(form, element, values, credentials)
			if !ok {
				continue
			}
			if found++; found == 1 {
				values, credentials = v, c
			}
		}
		if found == 0 || found > 1 && !holdsStep(form) || found > maxSignatures {
			return nil, nil, false // a time that is stated twice could be read twice, differently
		}
	}
	return values, credentials, true
}

// elements cuts the form at its separators.
func (t *template) elements() [][]templatePart {
	var forms [][]templatePart
	var form []templatePart
	for _, part := range t.parts {
		if part.hole != holeNone {
			form = append(form, part)
			continue
		}
		for i, literal := range strings.Split(part.literal, t.separator) {
			if i > 0 {
				forms, form = append(forms, form), nil
			}
			if literal != "" {
				form = append(form, templatePart{literal: literal})
			}
		}
	}
	return append(forms, form)
}

func holdsStep(form []templatePart) bool {
	for _, part := range form {
		if part.hole == holeStep {
			return true
		}
	}
	return false
}

// captureParts reads text in one form. A hole reaches up to the next literal, the last one to the end.
func captureParts(form []templatePart, text string, values, credentials []pair) (v, c []pair, ok bool) {
	for i, part := range form {
		if part.hole == holeNone {
			if text, ok = strings.CutPrefix(text, part.literal); !ok {
				return nil, nil, false
			}
			continue
		}
		end := len(text)
		if i+1 < len(form) {
			end = strings.Index(text, form[i+1].literal) // two holes in a row: the first one is empty
		}
		if end < 0 {
			return nil, nil, false
		}
		switch part.hole {
		case holeValue:
			values = append(values[:len(values):len(values)], pair{part.name, text[:end]})
		case holeCredential:
			credentials = append(credentials[:len(credentials):len(credentials)], pair{part.name, text[:end]})
		}
		text = text[end:]
	}
	return values, credentials, text == ""
}

// equal compares in constant time: 1 if given is what was computed, 0 if not. With a separator every element that was computed has
// to be among the given ones.
func (t *template) equal(computed []byte, given string) int {
	if t.separator == "" {
		return subtle.ConstantTimeCompare(computed, []byte(given))
	}
	all := 1
	elements := strings.SplitN(given, t.separator, maxElements+1)
	for _, want := range strings.Split(string(computed), t.separator) {
		found := 0
		for _, element := range elements {
			found |= subtle.ConstantTimeCompare([]byte(want), []byte(element))
		}
		all &= found
	}
	return all
}
