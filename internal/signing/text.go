package signing

// Text that knows its secrets, and how it is shown. Whatever a step makes of a secret is one too, unless it is a digest; a digest of nothing
// but secrets, or one that becomes the key of another, still is.

import (
	"encoding/hex"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// Part is a piece of a text.
type Part struct {
	Text   string
	Secret string // name of the secret that it is, or is made of; "": it is none
}

// Text is text or bytes, in pieces.
type Text []Part

func plain(text string) Text {
	if text == "" {
		return nil
	}
	return Text{{Text: text}}
}

func secret(text, name string) Text {
	if text == "" {
		return nil
	}
	return Text{{text, name}}
}

// Clear is the whole text, secrets included.
func (t Text) Clear() string {
	if len(t) == 1 {
		return t[0].Text
	}
	var b strings.Builder
	for _, p := range t {
		b.WriteString(p.Text)
	}
	return b.String()
}

// Masked is the text with the names of secrets in braces where they stand.
func (t Text) Masked() string { return t.show(false, func(text string) string { return text }) }

// Show is Clear or Masked.
func (t Text) Show(secrets bool) string {
	if secrets {
		return t.Clear()
	}
	return t.Masked()
}

func (t Text) show(secrets bool, form func(string) string) string {
	var b strings.Builder
	for _, p := range t {
		if p.Secret != "" && !secrets {
			b.WriteString("{" + p.Secret + "}")
			continue
		}
		b.WriteString(form(p.Text))
	}
	return b.String()
}

func (t Text) len() int {
	n := 0
	for _, p := range t {
		n += len(p.Text)
	}
	return n
}

// secret names the first secret in the text, "" if there is none.
func (t Text) secret() string {
	for _, p := range t {
		if p.Secret != "" {
			return p.Secret
		}
	}
	return ""
}

// allSecret reports whether there is nothing but secrets.
func (t Text) allSecret() bool {
	for _, p := range t {
		if p.Secret == "" {
			return false
		}
	}
	return len(t) > 0
}

// add appends, and joins what is not secret.
func (t Text) add(more ...Part) Text {
	for _, p := range more {
		if n := len(t); n > 0 && t[n-1].Secret == p.Secret && p.Secret == "" {
			t = append(t[:n-1:n-1], Part{Text: t[n-1].Text + p.Text})
			continue
		}
		if p.Text != "" {
			t = append(t, p)
		}
	}
	return t
}

// joiner puts a text together without copying what it has again and again.
type joiner struct {
	done Text
	open strings.Builder
}

func (j *joiner) plain(text string) { j.open.WriteString(text) }

func (j *joiner) text(t Text) {
	for _, p := range t {
		if p.Secret == "" {
			j.open.WriteString(p.Text)
			continue
		}
		j.close()
		j.done = append(j.done, p)
	}
}

func (j *joiner) close() {
	if j.open.Len() > 0 {
		j.done = append(j.done, Part{Text: j.open.String()})
		j.open.Reset()
	}
}

func (j *joiner) result() Text {
	j.close()
	return j.done
}

// each changes every piece by itself: for operations that treat each byte alone.
func (t Text) each(change func(string) string) Text {
	result := make(Text, 0, len(t))
	for _, p := range t {
		result = append(result, Part{change(p.Text), p.Secret})
	}
	return result
}

// whole changes the text as a whole: with a secret in it, all of it is secret.
func (t Text) whole(change func(string) string) Text {
	return secretIf(change(t.Clear()), t.secret())
}

func secretIf(text, name string) Text {
	if name == "" {
		return plain(text)
	}
	return secret(text, name)
}

// Entry is an entry of a list.
type Entry struct {
	Name  string
	Value Text
}

// Value is the result of a step.
type Value struct {
	Type ir.StepType
	Text Text    // of text and bytes
	List []Entry // of a list
}

// size is the number of bytes.
func (v Value) size() int {
	n := v.Text.len()
	for _, e := range v.List {
		n += len(e.Name) + e.Value.len()
	}
	return n
}

// Show is the value as one text: bytes in hexadecimal, the entries of a list in lines.
func (v Value) Show(secrets bool) string {
	switch v.Type {
	case ir.StepBytes:
		return v.Text.show(secrets, func(text string) string { return hex.EncodeToString([]byte(text)) })
	case ir.StepList:
		var lines []string
		for _, e := range v.List {
			if e.Name == "" {
				lines = append(lines, e.Value.Show(secrets))
				continue
			}
			lines = append(lines, e.Name+" = "+e.Value.Show(secrets))
		}
		return strings.Join(lines, "\n")
	}
	return v.Text.Show(secrets)
}
