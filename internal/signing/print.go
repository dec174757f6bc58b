package signing

// How a run is shown to people: every step with its inputs and its result, secrets by their names unless they are asked for.

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Printable makes text that came from outside safe for a terminal: control characters but line feeds, and bytes that are no text, as \x.
func Printable(text string) string {
	var b strings.Builder
	for i, r := range text {
		switch {
		case r == '\n' || unicode.IsPrint(r) && r != unicode.ReplacementChar:
			b.WriteRune(r)
		case r < 0x80 || r == unicode.ReplacementChar:
			fmt.Fprintf(&b, `\x%02x`, text[i])
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// Print writes every step of a run.
func (r *Run) Print(w io.Writer, secrets bool) {
	for i, t := range r.Steps {
		fmt.Fprintf(w, "%2d. %s: %s\n", i+1, t.Step.Name.Spec, Operation(t.Step))
		width := 0
		for _, in := range t.Inputs {
			width = max(width, len(in.Name))
		}
		for _, in := range t.Inputs {
			fmt.Fprintf(w, "      %-*s  %s\n", width, in.Name, Indented(in.Value.Show(secrets), 8+width))
		}
		fmt.Fprintf(w, "    = %s\n", Indented(t.Result.Show(secrets), 6))
	}
	for i, d := range r.Signed {
		if d == nil || i > 0 && r.Signed[i-1] == d {
			continue
		}
		d.Print(w, secrets)
	}
}

// Print writes the string to sign.
func (d *Digest) Print(w io.Writer, secrets bool) {
	fmt.Fprintf(w, "string to sign (%s, step %s):\n", d.Hash, d.Step)
	fmt.Fprintf(w, "    %s\n", Indented(d.Text.Show(secrets), 4))
	if d.Key != nil {
		fmt.Fprintf(w, "with the key:\n    %s\n", Indented(d.Key.Show(secrets), 4))
	}
}

// Indented is printable text whose further lines begin under the first one.
func Indented(text string, by int) string {
	return strings.ReplaceAll(Printable(text), "\n", "\n"+strings.Repeat(" ", by))
}
