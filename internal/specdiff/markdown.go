package specdiff

// The forms of a report that GitHub shows: a comment at a pull request, and annotations at the lines of a file.

import (
	"fmt"
	"strings"
)

// maxComment bounds a comment: GitHub refuses one of more than 65536 characters.
const maxComment = 60000

// asMarkdown is the report as a comment.
func asMarkdown(r *Report, _ Options) string {
	var b strings.Builder
	fmt.Fprintf(&b, "### API: %s\n\n%s → %s\n", r.headline(), code(r.Old), code(r.New))
	words := 0
	for _, g := range r.groups() {
		var rows []*Change
		for _, c := range g.changes {
			if c.Level == Documentation {
				words++
				continue
			}
			rows = append(rows, c)
		}
		if len(rows) == 0 {
			continue
		}
		section := markdownGroup(g.title, rows)
		if b.Len()+len(section) > maxComment {
			b.WriteString("\nThere is more than a comment can hold; `msdkgen diff` shows all of it.\n")
			return b.String()
		}
		b.WriteString(section)
	}
	if words > 0 {
		markdownWords(&b, r, words)
	}
	return b.String()
}

func markdownGroup(title string, rows []*Change) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n#### %s\n\n| | change | request | response | Go | signing | tests | lines |\n|---|---|---|---|---|---|---|---|\n", escape(title))
	for _, c := range rows {
		fmt.Fprintf(&b, "| **%s** | %s: %s |", c.Level, escape(c.Subject), escape(c.Text))
		for _, a := range axes {
			word := a.of(c.Verdicts).String()
			if a.of(c.Verdicts) == None {
				word = "–"
			}
			fmt.Fprintf(&b, " %s |", word)
		}
		fmt.Fprintf(&b, " %d → %d |\n", c.Old.Pos.Line, c.New.Pos.Line)
	}
	var todo []string
	for _, c := range rows {
		if c.Action != "" && (c.Level == Breaking || c.Level == Risky) {
			todo = append(todo, fmt.Sprintf("- [ ] %s: %s\n", escape(c.Subject), escape(c.Action)))
		}
	}
	if todo != nil {
		b.WriteString("\nWhat the caller's code has to do:\n\n" + strings.Join(todo, ""))
	}
	for _, c := range rows {
		for _, s := range c.Signing {
			markdownSigning(&b, s)
		}
	}
	return b.String()
}

func markdownSigning(b *strings.Builder, s SideBySide) {
	language := "http"
	if strings.HasPrefix(s.Request, "- ") { // both request lines
		language = "diff"
	}
	fmt.Fprintf(b, "\nThe same request, calling %s:\n\n%s\n", escape(s.Operation), fenced(language, strings.Split(s.Request, "\n")))
	for _, row := range signingRows(s) {
		fmt.Fprintf(b, "\n%s:\n\n%s\n", strings.ToUpper(row.title[:1])+row.title[1:], fenced("diff", row.lines()))
	}
}

// fenced is a block of code that nothing in its lines can end.
func fenced(language string, lines []string) string {
	fence := "```"
	for i := range lines {
		lines[i] = visible(lines[i])
		for strings.Contains(lines[i], fence) {
			fence += "`"
		}
	}
	return fence + language + "\n" + strings.Join(lines, "\n") + "\n" + fence
}

func markdownWords(b *strings.Builder, r *Report, n int) {
	var rows strings.Builder
	left := 0
	for _, c := range r.Changes {
		if c.Level != Documentation {
			continue
		}
		row := fmt.Sprintf("- %s: %s (%d → %d)%s\n", escape(c.Subject), escape(c.Text), c.Old.Pos.Line, c.New.Pos.Line, markdownValues(c))
		if b.Len()+rows.Len()+len(row) > maxComment {
			left++
			continue
		}
		rows.WriteString(row)
	}
	fmt.Fprintf(b, "\n<details><summary>%s of documentation</summary>\n\n%s", countWords(n, "change", "changes"), rows.String())
	if left > 0 {
		fmt.Fprintf(b, "- and %d more; `msdkgen diff` shows all of them\n", left)
	}
	b.WriteString("\n</details>\n")
}

func markdownValues(c *Change) string {
	switch {
	case c.Before == "" && c.After == "":
		return ""
	case c.Before == "":
		return ": " + code(c.After)
	case c.After == "":
		return ": " + code(c.Before)
	}
	return ": " + code(c.Before) + " → " + code(c.After)
}

// code is a text as code, whatever backticks it holds.
func code(text string) string {
	text = strings.ReplaceAll(visible(text), "|", "\\|")
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		return fence + " " + text + " " + fence
	}
	return fence + text + fence
}

// escape keeps the text of a document from being read as Markdown, as HTML or as the name of a person.
func escape(text string) string {
	var b strings.Builder
	for _, r := range visible(text) {
		switch {
		case r == '@':
			b.WriteString("@\u200b") // names nobody
			continue
		case strings.ContainsRune("\\`*_[]<>|#~", r):
			b.WriteByte('\\')
		case r == '&':
			b.WriteString("&amp;")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// commands are the kinds of annotations.
var commands = map[Level]string{Breaking: "error", Risky: "warning", Compatible: "notice", Documentation: "notice"}

// asGitHub is the report as annotations at the lines of NEW. What reaches the level to fail on is an error.
func asGitHub(r *Report, o Options) string {
	var b strings.Builder
	for _, c := range r.Changes {
		command := commands[c.Level]
		if o.FailOn != None && c.Level >= o.FailOn {
			command = "error"
		}
		message := c.Subject + ": " + c.Text + " (" + verdictWords(c.Verdicts) + ")"
		if len(c.Operations) > 0 {
			message += "\nin " + r.heading(c)
		}
		if c.Action != "" {
			message += "\ndo: " + c.Action
		}
		for _, s := range c.Signing {
			for _, row := range signingRows(s) {
				message += "\n" + row.title + "\n" + strings.Join(row.lines(), "\n")
			}
		}
		fmt.Fprintf(&b, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", command, annotation(c.New.Pos.File), c.New.Pos.Line, c.New.Pos.Column,
			annotation(c.Level.String()+": "+c.Rule), commandText(message))
	}
	return b.String()
}

func commandText(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.ReplaceAll(visible(lines[i]), "%", "%25")
	}
	return strings.Join(lines, "%0A")
}

func annotation(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(commandText(text))
}
