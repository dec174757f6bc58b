package command

// The command diff: two documents in, what changed between them out.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/internal/specdiff"
)

func diffCommand() command {
	return command{
		name: "diff", args: "[OLD] NEW",
		summary: "say what changed between two documents, and for whom it breaks",
		details: `Compares two OpenAPI documents and prints a row for each change: what it means for requests and for responses on the wire, for Go
callers, for signing and encryption, and for tests; where it stands on both sides; and, where it breaks something, what the caller's code
has to do. docs/reviewing.md explains how to read it.

OLD and NEW are files, git:REF:PATH for a file of a commit (a path that begins with ./ is relative to this folder, another one to the root
of the repository), or msdk and timgroup for the documents that come with msdkgen. Without OLD, NEW is compared with its last committed
version, git:HEAD:NEW.

  --format FORMAT  text (default), markdown for a comment at a pull request, json, or github for annotations
  --fail-on LEVEL  exit with 1 from this level on: breaking (default), risky, compatible, documentation, or none for never
  --rules          list the rules: what each means, and how much it matters to whom; with --format json, as JSON
  --schema         print the JSON Schema of --format json

Exit codes: 0 no change reaches the level; 1 one does; 2 wrong usage, or a document cannot be compared.

Examples:
  msdkgen diff spec/msdk.yaml                                  # what did I change since the last commit?
  msdkgen diff git:origin/main:spec/msdk.yaml spec/msdk.yaml   # what does this branch change?
  msdkgen diff msdk ours.yaml --fail-on risky
  msdkgen diff old.yaml new.yaml --format markdown > comment.md
`,
		run: runDiff,
	}
}

func runDiff(c *call) int {
	format := c.flags.String("format", "text", "")
	failOn := c.flags.String("fail-on", "breaking", "")
	rules := c.flags.Bool("rules", false, "")
	schema := c.flags.Bool("schema", false, "")
	rest, exit, ok := c.parse()
	if !ok {
		return exit
	}
	level, ok := specdiff.ParseLevel(*failOn)
	switch {
	case !ok && *failOn != "none":
		return c.usage("--fail-on takes breaking, risky, compatible, documentation or none, not %q", *failOn)
	case !slices.Contains(specdiff.Formats(), *format):
		return c.usage("--format takes %s, not %q", strings.Join(specdiff.Formats(), ", "), *format)
	case *rules || *schema:
		if len(rest) > 0 || *rules && *schema {
			return c.usage("--rules and --schema stand alone")
		}
		return c.describeDiff(*schema, *format == "json")
	case len(rest) == 0 || len(rest) > 2:
		return c.usage("diff takes one or two documents, not %d", len(rest))
	}
	if len(rest) == 1 {
		older, err := committed(rest[0])
		if err != nil {
			return c.fail(err)
		}
		rest = []string{older, rest[0]}
	}
	sides := make([]*specdiff.Document, 2)
	for i, name := range rest {
		if sides[i], ok = c.side(name); !ok {
			exit = exitFailed // the other side is looked at all the same
		}
	}
	if exit != exitDone {
		return exit
	}
	report := specdiff.Compare(sides[0], sides[1])
	if err := specdiff.Print(c.stdout, report, *format, specdiff.Options{FailOn: level}); err != nil {
		return c.fail(err)
	}
	if level != specdiff.None && report.Worst() >= level {
		return exitFindings
	}
	return exitDone
}

// side reads one document. What is not supported is compared as far as it is understood; every other error is in the way.
func (c *call) side(name string) (*specdiff.Document, bool) {
	s, err := openSource(name)
	if err != nil {
		c.fail(err)
		return nil, false
	}
	var list diag.List
	d := specdiff.Read(s.files, s.file, s.shown, &list)
	var bad diag.List
	unsupported := 0
	for _, problem := range list {
		switch {
		case problem.Severity != diag.SeverityError:
		case problem.Code == diag.CodeUnsupported:
			unsupported++
		default:
			problem.Pos.File = s.shown
			bad = append(bad, problem)
		}
	}
	if len(bad) > 0 || d == nil {
		bad.Sort()
		diag.Print(c.stderr, bad, func(string) []byte { return s.content })
		c.message("%s cannot be compared before that is repaired", s.shown)
		return nil, false
	}
	if unsupported > 0 {
		c.message("%s: %s not supported and compared as written", s.shown, count(unsupported, "place is", "places are"))
	}
	return d, true
}

// describeDiff prints what says something about the command itself.
func (c *call) describeDiff(schema, asJSON bool) int {
	switch {
	case schema:
		fmt.Fprint(c.stdout, specdiff.Schema())
	case asJSON:
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(specdiff.Rules()); err != nil {
			return c.fail(err)
		}
		fmt.Fprint(c.stdout, b.String())
	default:
		printRules(c.stdout)
	}
	return exitDone
}

func printRules(w io.Writer) {
	for _, r := range specdiff.Rules() {
		fmt.Fprintf(w, "%s\n    %s\n    %s\n", r.ID, r.Meaning, ruleLevels(r))
		if r.Raised != "" {
			fmt.Fprintf(w, "    %s\n", r.Raised)
		}
	}
}

func ruleLevels(r specdiff.Rule) string {
	var words []string
	add := func(name string, l specdiff.Level) {
		if l != specdiff.None {
			words = append(words, name+" "+l.String())
		}
	}
	v := r.Verdicts
	add("request", v.Request)
	add("response", v.Response)
	add("go", v.Go)
	if r.GoInResponses != v.Go {
		add("go in responses", r.GoInResponses)
	}
	add("signing", v.Signing)
	add("tests", v.Tests)
	return strings.Join(words, " · ")
}
