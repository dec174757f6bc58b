package specdiff

// What the printed forms of a report share: which rows stand together, and the words for the axes.

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
)

// Formats lists the forms of a report, by the words of --format.
func Formats() []string { return []string{"text", "markdown", "json", "github"} }

// Print writes a report in one of the Formats. shown turns the file of a place into what the reader can open.
func Print(w io.Writer, r *Report, format string, o Options) error {
	var text string
	switch format {
	case "text":
		text = asText(r, o)
	case "markdown":
		text = asMarkdown(r, o)
	case "github":
		text = asGitHub(r, o)
	case "json":
		content, err := asJSON(r)
		if err != nil {
			return err
		}
		text = content
	default:
		return fmt.Errorf("there is no format %q; known are %s", format, strings.Join(Formats(), ", "))
	}
	_, err := io.WriteString(w, text)
	return err
}

// Options say how much a printed report shows.
type Options struct {
	FailOn Level // GitHub shows what reaches it as an error
}

// axis is one side of things that a verdict is about.
type axis struct {
	name string
	of   func(Verdicts) Level
}

var axes = []axis{
	{"request", func(v Verdicts) Level { return v.Request }},
	{"response", func(v Verdicts) Level { return v.Response }},
	{"go", func(v Verdicts) Level { return v.Go }},
	{"signing", func(v Verdicts) Level { return v.Signing }},
	{"tests", func(v Verdicts) Level { return v.Tests }},
}

// group is the rows that stand below one heading.
type group struct {
	title   string
	changes []*Change
}

// most is how many operations a heading names.
const most = 6

// groups sorts the rows by what they affect: the group with the worst row first, then in the order of the rows, which is that of NEW.
func (r *Report) groups() []group {
	var all []group
	index := map[string]int{}
	for _, c := range r.Changes {
		title := r.heading(c)
		i, ok := index[title]
		if !ok {
			i = len(all)
			index[title] = i
			all = append(all, group{title: title})
		}
		all[i].changes = append(all[i].changes, c)
	}
	slices.SortStableFunc(all, func(a, b group) int { return cmp.Compare(b.changes[0].Level, a.changes[0].Level) })
	return all
}

func (r *Report) heading(c *Change) string {
	switch n := len(c.Operations); {
	case n == 0:
		return "the document"
	case n == 1:
		return strings.TrimSpace(c.Operations[0] + "  " + r.lines[c.Operations[0]])
	default:
		return fmt.Sprintf("%d operations: %s", n, listed(c.Operations, most))
	}
}

// headline says in one line what there is.
func (r *Report) headline() string {
	if len(r.Changes) == 0 {
		return "no difference"
	}
	var parts []string
	for l := Breaking; l > None; l-- {
		if n := r.Count(l); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, l))
		}
	}
	return countWords(len(r.Changes), "change", "changes") + ": " + strings.Join(parts, ", ")
}

// verdictWords lists the axes that are affected.
func verdictWords(v Verdicts) string {
	var words []string
	for _, a := range axes {
		if l := a.of(v); l != None {
			words = append(words, a.name+" "+l.String())
		}
	}
	return strings.Join(words, " · ")
}

// places says where a row stands on both sides.
func places(c *Change) string {
	older, newer := visible(c.Old.Pointer), visible(c.New.Pointer)
	if older == newer {
		return fmt.Sprintf("old line %d, new line %d  %s", c.Old.Pos.Line, c.New.Pos.Line, newer)
	}
	return fmt.Sprintf("old line %d  %s\n    new line %d  %s", c.Old.Pos.Line, older, c.New.Pos.Line, newer)
}

// visible makes control characters of a document harmless to a terminal, and keeps a text on its line.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r): // Cf can turn the direction of writing
			return '\uFFFD'
		}
		return r
	}, text)
}

// asText is the report for a terminal.
func asText(r *Report, _ Options) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s -> %s: %s\n", visible(r.Old), visible(r.New), r.headline())
	for _, g := range r.groups() {
		fmt.Fprintf(&b, "\n%s\n", visible(g.title))
		for _, c := range g.changes {
			fmt.Fprintf(&b, "  %s: %s: %s  [%s]\n", c.Level, visible(c.Subject), visible(c.Text), c.Rule)
			fmt.Fprintf(&b, "    %s\n", verdictWords(c.Verdicts))
			fmt.Fprintf(&b, "    %s\n", places(c))
			textValues(&b, c)
			for _, s := range c.Signing {
				textSigning(&b, s)
			}
			if c.Action != "" {
				fmt.Fprintf(&b, "    do: %s\n", visible(c.Action))
			}
		}
	}
	return b.String()
}

// textValues shows values that the sentence does not hold already.
func textValues(b *strings.Builder, c *Change) {
	if c.Before != "" && !strings.Contains(c.Text, c.Before) {
		fmt.Fprintf(b, "    - %s\n", visible(c.Before))
	}
	if c.After != "" && !strings.Contains(c.Text, c.After) {
		fmt.Fprintf(b, "    + %s\n", visible(c.After))
	}
}

func textSigning(b *strings.Builder, s SideBySide) {
	fmt.Fprintf(b, "    the same request, calling %s:\n", visible(s.Operation))
	for _, line := range strings.Split(s.Request, "\n") {
		fmt.Fprintln(b, strings.TrimRight("      "+visible(line), " "))
	}
	for _, row := range signingRows(s) {
		fmt.Fprintf(b, "    %s:\n", row.title)
		for _, line := range row.lines() {
			fmt.Fprintf(b, "      %s\n", strings.TrimRight(visible(line), " "))
		}
	}
}

// signingRow is a text of both ways of signing.
type signingRow struct{ title, old, new string }

// signingRows are what two ways of signing make of a request. A row that says nothing new is left out, but for the string to sign.
func signingRows(s SideBySide) []signingRow {
	if s.Old.Steps != nil || s.New.Steps != nil {
		return []signingRow{{"the steps", strings.Join(s.Old.Steps, "\n"), strings.Join(s.New.Steps, "\n")}}
	}
	var rows []signingRow
	for i := range max(len(s.Old.Hashed), len(s.New.Hashed)) {
		row := signingRow{"a text that is hashed before", nth(s.Old.Hashed, i), nth(s.New.Hashed, i)}
		if row.old != row.new {
			rows = append(rows, row)
		}
	}
	title := "the string to sign"
	if s.Old.StringToSign == s.New.StringToSign {
		title = "the string to sign, the same as before"
	}
	rows = append(rows, signingRow{title, s.Old.StringToSign, s.New.StringToSign})
	for _, row := range []signingRow{{"the digest", s.Old.Digest, s.New.Digest}, {"the place of the signature", s.Old.Place, s.New.Place}} {
		if row.old != row.new {
			rows = append(rows, row)
		}
	}
	return append(rows, signingRow{"the signature", s.Old.Signature, s.New.Signature})
}

func nth(texts []string, i int) string {
	if i < len(texts) {
		return texts[i]
	}
	return ""
}

// lines puts both texts line by line below each other: lines at the beginning and at the end that both have once, the others with the side that
// they are of.
func (r signingRow) lines() []string {
	older, newer := strings.Split(r.old, "\n"), strings.Split(r.new, "\n")
	head, tail := 0, 0
	for head < len(older) && head < len(newer) && older[head] == newer[head] {
		head++
	}
	for tail < len(older)-head && tail < len(newer)-head && older[len(older)-1-tail] == newer[len(newer)-1-tail] {
		tail++
	}
	var all []string
	add := func(mark string, lines []string) {
		for _, line := range lines {
			all = append(all, mark+line)
		}
	}
	add("  ", older[:head])
	if r.old != "" || r.new == "" {
		add("- ", older[head:len(older)-tail])
	}
	if r.new != "" || r.old == "" {
		add("+ ", newer[head:len(newer)-tail])
	}
	add("  ", older[len(older)-tail:])
	return all
}
