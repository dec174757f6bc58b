package command

// The command lint: a look at documents that writes nothing. Its findings are what was asked for, so they go to stdout, in three forms.

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/internal/lint"
	"github.com/msdkgen/msdkgen/spec"
)

func lintCommand() command {
	return command{
		name: "lint", args: "[SPEC…] [--config FILE] [--strict] [--format text|json|github]",
		summary: "look for mistakes in documents, and write nothing",
		details: `Reads documents as generate does, reports all that generate would, and what is legal but most likely a mistake: something that
nothing uses, a secret that would be printed, an operation without a signature. "msdkgen explain CODE" says what a finding means.

A SPEC is a file, or msdk or timgroup, which come with msdkgen. Without one, all documents of msdkgen.yaml are looked at.

  --config FILE   another file than ./msdkgen.yaml
  --strict        ask for what strict mode requires, and take every warning for an error; "strict: true" in msdkgen.yaml does the same
  --format FORM   text (default), json (docs/linting.md describes it), or github (annotations of a pull request)

Findings go to stdout. Exit codes: 0 no errors, though there may be warnings; 1 errors; 2 wrong usage, or it could not be done.

Examples:
  msdkgen lint                          # the documents of ./msdkgen.yaml
  msdkgen lint --strict api.yaml        # one file, warnings count
  msdkgen lint --format github          # in a build on GitHub
  msdkgen lint --format json msdk | jq -r '.findings[].code'
`,
		run: runLint,
	}
}

// reporters are the forms of a report.
var reporters = map[string]func(io.Writer, *findings){"text": textReport, "json": jsonReport, "github": githubReport}

func runLint(c *call) int {
	strict := c.flags.Bool("strict", false, "")
	config := c.flags.String("config", defaultConfig, "")
	format := c.flags.String("format", "text", "")
	names, exit, ok := c.parse()
	if !ok {
		return exit
	}
	report, known := reporters[*format]
	if !known {
		return c.usage("lint has no format %q; there are text, json and github", *format)
	}
	f := &findings{texts: map[string]func() []byte{}, print: diag.Print}
	if c.colored(c.stdout) {
		f.print = diag.PrintColored
	}
	if len(names) > 0 {
		for _, name := range names {
			docs, p, found := document(name)
			if !found {
				return c.noDocument(name)
			}
			f.documents++
			f.add(docs, lint.Document(docs, p, *strict))
		}
	} else if exit := c.lintConfigured(f, *config, *strict); exit != exitDone {
		return exit
	}
	f.list.Sort()
	report(c.stdout, f)
	c.summary("%s looked at: %s, %s", count(f.documents, "document", "documents"), count(f.errors(), "error", "errors"),
		count(len(f.list)-f.errors(), "warning", "warnings"))
	if f.list.HasErrors() {
		return exitFindings
	}
	return exitDone
}

// lintConfigured looks at the documents of a configuration, each once.
func (c *call) lintConfigured(f *findings, config string, strict bool) int {
	if entry, err := os.Stat(config); err != nil || entry.IsDir() {
		c.message("cannot read the configuration %s; name a document, or a configuration with --config", config)
		return exitFailed
	}
	root := filepath.Dir(config)
	docs := documents{disk: os.DirFS(root), root: root}
	cfg, list := generator.ReadConfig(docs, filepath.Base(config))
	if cfg == nil {
		f.add(docs, list)
		return exitDone
	}
	docs.resolve(cfg)
	strict = strict || cfg.Strict
	seen := map[string]bool{}
	for _, p := range cfg.Packages {
		if !seen[p.Spec] {
			seen[p.Spec] = true
			f.documents++
			list = append(list, lint.Document(docs, p, strict)...)
		}
	}
	if strict {
		list.Strict()
	}
	docs.suggest(cfg, list)
	f.add(docs, list)
	return exitDone
}

// document finds the document of an argument: a file anywhere, else one that comes with msdkgen.
func document(name string) (documents, generator.Package, bool) {
	root := filepath.Dir(name)
	docs := documents{disk: os.DirFS(root), root: root}
	if entry, err := os.Stat(name); err == nil && !entry.IsDir() {
		return docs, generator.Package{Spec: filepath.Base(name)}, true
	}
	cfg := &generator.Config{Packages: []generator.Package{{Spec: name}}}
	docs.resolve(cfg)
	return docs, cfg.Packages[0], cfg.Packages[0].Spec != name
}

func (c *call) noDocument(name string) int {
	hint := fmt.Sprintf("it is neither a file nor one of %s, which come with msdkgen", strings.Join(spec.Names(), ", "))
	if near, ok := diag.Nearest(name, spec.Names()); ok {
		hint = fmt.Sprintf("did you mean %q, which comes with msdkgen?", near)
	}
	c.message("cannot read the document %s; %s", name, hint)
	return exitFailed
}

// findings are those of all documents, with paths that lead there from the working directory.
type findings struct {
	list      diag.List
	texts     map[string]func() []byte // the content of a file, by its path as shown
	documents int
	print     func(io.Writer, diag.List, func(file string) []byte) // in color or without
}

// add takes the complaints about what docs holds.
func (f *findings) add(docs documents, list diag.List) {
	show := func(pos diag.Pos) diag.Pos {
		if inside := pos.File; inside != "" {
			pos.File = docs.shown(inside)
			f.texts[pos.File] = func() []byte { return docs.text(inside) }
		}
		return pos
	}
	for _, d := range list {
		d.Pos = show(d.Pos)
		related := d.Related
		d.Related = nil
		for _, r := range related {
			d.Related = append(d.Related, diag.Related{Pos: show(r.Pos), Message: r.Message})
		}
		f.list = append(f.list, d)
	}
}

func (f *findings) errors() int {
	n := 0
	for _, d := range f.list {
		if d.Severity == diag.SeverityError {
			n++
		}
	}
	return n
}

func textReport(w io.Writer, f *findings) {
	f.print(w, f.list, func(file string) []byte {
		if text := f.texts[file]; text != nil {
			return text()
		}
		return nil
	})
}

// The JSON form. Its members keep their names and meanings; new ones may join them.
type (
	jsonPlace struct {
		File    string `json:"file"`
		Line    int    `json:"line,omitempty"`
		Column  int    `json:"column,omitempty"`
		Message string `json:"message"`
	}
	jsonFinding struct {
		Code     diag.Code `json:"code"`
		Severity string    `json:"severity"`
		jsonPlace
		Suggestion string      `json:"suggestion,omitempty"`
		Related    []jsonPlace `json:"related,omitempty"`
	}
	jsonFindings struct {
		Version  int           `json:"version"`
		Errors   int           `json:"errors"`
		Warnings int           `json:"warnings"`
		Findings []jsonFinding `json:"findings"`
	}
)

func jsonReport(w io.Writer, f *findings) {
	all := jsonFindings{Version: 1, Errors: f.errors(), Warnings: len(f.list) - f.errors(), Findings: []jsonFinding{}}
	place := func(pos diag.Pos, message string) jsonPlace {
		return jsonPlace{pos.File, pos.Line, pos.Column, message}
	}
	for _, d := range f.list {
		finding := jsonFinding{Code: d.Code, Severity: d.Severity.String(), jsonPlace: place(d.Pos, d.Message), Suggestion: d.Suggestion}
		for _, r := range d.Related {
			finding.Related = append(finding.Related, place(r.Pos, r.Message))
		}
		all.Findings = append(all.Findings, finding)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(all) // there is no better place to report that reports cannot be written
}

// What a workflow command of GitHub takes as its own punctuation.
var (
	githubText     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func githubReport(w io.Writer, f *findings) {
	for _, d := range f.list {
		text := d.Message
		for _, r := range d.Related {
			text += "\nalso: " + r.Pos.String() + ": " + r.Message
		}
		if d.Suggestion != "" {
			text += "\nhelp: " + d.Suggestion
		}
		place := ""
		if d.Pos.File != "" {
			place = "file=" + githubProperty.Replace(d.Pos.File) + ","
		}
		if d.Pos.IsValid() {
			place += fmt.Sprintf("line=%d,col=%d,", d.Pos.Line, d.Pos.Column)
		}
		fmt.Fprintf(w, "::%s %stitle=%s::%s\n", d.Severity, place, d.Code, githubText.Replace(text))
	}
}
