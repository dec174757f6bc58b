package signing

// Two strings to sign, compared: where they first differ, with what stands around that place and without a secret in it.

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Difference is the first place where two strings differ.
type Difference struct {
	Offset int    // in bytes
	Ours   string // from a little before that place on, masked, in Go's quotes
	Theirs string
	InKey  bool // the difference lies in a secret
}

// around is how much of a string is shown before and behind a difference, in bytes.
const around = 32

// compareOwn compares the caller's own string with what is signed.
func (c *Check) compareOwn(x *Explanation) {
	if c.Own == nil || x.Run == nil {
		return
	}
	own := string(c.Own)
	right := x.Run.StringToSign()
	if right == nil {
		return
	}
	if Compare(right.Text, own, c.Credentials) == nil {
		return
	}
	own = strings.TrimSuffix(strings.TrimSuffix(own, "\n"), "\r") // an editor's line end
	if x.Difference = Compare(right.Text, own, c.Credentials); x.Difference == nil {
		return
	}
	for _, t := range x.Run.Steps {
		if t.Digest != nil && t.Digest != right && Compare(t.Digest.Text, own, c.Credentials) == nil {
			x.OwnIs, x.Difference = t.Step.Name.Spec, nil
			return
		}
	}
}

// Compare returns the first place where a string of somebody else's differs from ours, nil if they are the same. The other may have the
// names of secrets in braces, as Masked writes them, in place of the secrets.
func Compare(ours Text, theirs string, credentials Credentials) *Difference {
	if theirs == ours.Clear() || theirs == ours.Masked() {
		return nil
	}
	marked := mark(theirs, credentials)
	a, b := ours.Clear(), theirs
	if ours.secret() != "" && marked.secret() == "" && strings.Contains(theirs, "{"+ours.secret()+"}") {
		ours = plain(ours.Masked())
		a = ours.Clear()
	}
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	d := &Difference{Offset: n}
	var inKey bool
	d.Ours, d.InKey = ours.window(n)
	d.Theirs, inKey = marked.window(n)
	if d.InKey && !inKey {
		// What stands in the place of our key is somebody's key, too, most likely.
		d.Theirs = marked.before(n) + "…"
		d.Theirs = strconv.Quote(d.Theirs)
	}
	return d
}

// mark finds the secrets in a text. A short secret is marked wherever it stands: better too much than too little.
func mark(text string, credentials Credentials) Text {
	type known struct{ name, text string }
	var all []known
	for name, c := range credentials {
		for _, text := range []string{c.Current, c.Previous} {
			if len(text) >= 4 {
				all = append(all, known{name, text})
			}
		}
	}
	// The longer ones first: one secret may begin with another.
	slices.SortFunc(all, func(a, b known) int { return cmp.Or(len(b.text)-len(a.text), strings.Compare(a.name, b.name)) })
	result := plain(text)
	for _, k := range all {
		var next Text
		for _, p := range result {
			if p.Secret != "" {
				next = append(next, p)
				continue
			}
			for i, piece := range strings.Split(p.Text, k.text) {
				if i > 0 {
					next = append(next, Part{k.text, k.name})
				}
				next = next.add(Part{Text: piece})
			}
		}
		result = next
	}
	return result
}

// window shows what stands around a place; whole secrets are masked.
func (t Text) window(at int) (shown string, inSecret bool) {
	var b strings.Builder
	b.WriteString(t.before(at))
	end, start := at+around, 0
	for _, p := range t {
		from, to := start, start+len(p.Text)
		start = to
		if to <= at || from >= end {
			continue
		}
		if p.Secret != "" {
			if from >= at { // otherwise it stands in before already
				b.WriteString("{" + p.Secret + "}")
			}
			inSecret = inSecret || from <= at
			continue
		}
		b.WriteString(p.Text[max(at-from, 0):min(end-from, len(p.Text))])
	}
	if start > end {
		b.WriteString("…")
	}
	return strconv.Quote(b.String()), inSecret
}

// before shows what stands before a place, and a secret that reaches over it.
func (t Text) before(at int) string {
	var b strings.Builder
	first, start := at-around, 0
	for _, p := range t {
		from, to := start, start+len(p.Text)
		start = to
		if to <= first || from >= at {
			continue
		}
		if p.Secret != "" {
			b.WriteString("{" + p.Secret + "}")
			continue
		}
		b.WriteString(p.Text[max(first-from, 0):min(at-from, len(p.Text))])
	}
	if first > 0 {
		return "…" + b.String()
	}
	return b.String()
}
