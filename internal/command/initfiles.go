package command

// The texts that init writes.

import (
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator"
)

const (
	schemaFile     = "msdkgen.schema.json"
	goFile         = "msdkgen.go"
	attributesFile = ".gitattributes"
	generateLine   = "//go:generate go tool msdkgen generate"
)

const configText = `# yaml-language-server: $schema=msdkgen.schema.json
# What msdkgen generates. "go generate" writes it; "go tool msdkgen generate --check" says whether it is up to date.
# The line above leads editors to the schema beside this file. After an update: go tool msdkgen schema > msdkgen.schema.json

# The versions of msdkgen that may generate: the oldest one, or bounds such as ">=0.4.0 <2". A build without a version always may.
REQUIRES

# Warnings are errors, and a document has to state the name of each server and where the vendor documents each operation.
strict: STRICT

# One package for each entry.
packages:
  - # The OpenAPI document: a file below this folder, or msdk or timgroup, which come with msdkgen.
    spec: SPEC
    # The name of the Go package, and its folder below this one. Other files in the folder are left alone.
    package: NAME
    output: OUTPUT
    # Its import path; made of go.mod and the output, if this is left out.
    # import: example.com/game/internal/msdk

    # What to generate; everything, if this is left out. An operation is in if a tag, its operationId or its path is named; channels choose
    # among the variants of an operation. What only the rest used goes with it, and nothing is renamed. "go tool msdkgen dump --list operations SPEC" lists names.
    # include:
    #   tags: [Login]
    #   operations: [verify_login]
    #   paths: [/auth/*]
    #   channels: [QQ]

    # What not to generate of that; the same keys.
    # exclude:
    #   channels: [WeChat]

    # The parts of the package; all of them, if this is left out.
    # emit:
    #   client: true
    #   server: true
    #   validators: true
    #   tests: true
    #   standin: true   # a server that stands in for the vendor, in the folder <package>test
`

// config is the text of msdkgen.yaml.
func (s *setup) config() string {
	requires := "# requires: \">=0.4.0\""
	if oldest := generator.OldestFor(s.call.process.version); oldest != "" {
		requires = "requires: " + strconv.Quote(oldest)
	}
	strict := "false"
	if s.spec == "msdk" || s.spec == "timgroup" {
		strict = "true" // our own documents state all of it
	}
	return strings.NewReplacer("REQUIRES", requires, "STRICT", strict, "SPEC", yamlText(s.spec), "NAME", yamlText(s.name), "OUTPUT", yamlText(s.output)).
		Replace(configText)
}

var plainYAML = regexp.MustCompile(`^[A-Za-z_./][A-Za-z0-9_./-]*$`)

// yamlText is a text as YAML reads it.
func yamlText(text string) string {
	switch strings.ToLower(text) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n":
		return strconv.Quote(text)
	}
	if plainYAML.MatchString(text) {
		return text
	}
	return strconv.Quote(text)
}

func goText(clause string) string {
	return "// This file is for \"go generate\": it runs msdkgen, which reads msdkgen.yaml.\n\npackage " + clause + "\n\n" + generateLine + "\n"
}

// runsTool reports whether a Go file has a go:generate line that runs msdkgen.
func runsTool(text string) bool {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "//go:generate ") && strings.Contains(line, "msdkgen") {
			return true
		}
	}
	return false
}

// packageHere returns the Go file of the working directory that runs msdkgen already, if there is one, and the package clause for a new file:
// that of the others, else one made from the module's name.
func (s *setup) packageHere() (runs, clause string, err error) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		return "", "", err
	}
	for _, name := range names { // sorted
		text, err := os.ReadFile(name)
		if err != nil {
			return "", "", err
		}
		if runsTool(string(text)) {
			return name, "", nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.PackageClauseOnly)
		if err == nil && clause == "" && !strings.HasSuffix(name, "_test.go") {
			clause = file.Name.Name
		}
	}
	if clause != "" {
		return "", clause, nil
	}
	here, err := os.Getwd()
	if err != nil {
		return "", "", err
	}
	if here != s.module.root {
		return "", packageName(filepath.Base(here)), nil
	}
	last := path.Base(s.module.path)
	if regexp.MustCompile(`^v[0-9]+$`).MatchString(last) {
		last = path.Base(path.Dir(s.module.path))
	}
	return "", packageName(last), nil
}

// missingAttributes is what .gitattributes lacks, to be put behind what it has, and the number of its lines that are not comments.
func missingAttributes(old, output string) (added string, n int) {
	known := map[string]bool{}
	for line := range strings.Lines(old) {
		if words := strings.Fields(line); len(words) > 0 {
			known[words[0]] = true
		}
	}
	end := "\n"
	if strings.Contains(old, "\r\n") {
		end = "\r\n"
	}
	var b strings.Builder
	group := func(comment string, lines ...[2]string) {
		for _, line := range lines {
			pattern := attributePattern(line[0])
			if known[strings.Fields(pattern)[0]] {
				continue
			}
			if comment != "" {
				b.WriteString("# " + comment + end)
				comment = ""
			}
			b.WriteString(pattern + " " + line[1] + end)
			n++
		}
	}
	folder := "/" + output
	standIn := folder + "/*test"
	group("Generated by msdkgen: the same bytes on every system.",
		[2]string{folder + "/*_gen.go", "text eol=lf"}, [2]string{folder + "/*_gen_test.go", "text eol=lf"},
		[2]string{standIn + "/*_gen.go", "text eol=lf"})
	group("Bulk that follows from the rest: folded in a review. Support code changes with msdkgen alone; git diff --text shows it.",
		[2]string{folder + "/codec_*_gen.go", "linguist-generated"},
		[2]string{folder + "/support_*_gen.go", "linguist-generated -diff"},
		[2]string{folder + "/support_*_gen_test.go", "linguist-generated -diff"},
		[2]string{standIn + "/standin_*_gen.go", "linguist-generated -diff"},
		[2]string{"/" + schemaFile, "linguist-generated"})
	if n > 0 && old != "" && !strings.HasSuffix(old, "\n") {
		return end + b.String(), n
	}
	return b.String(), n
}

// attributePattern quotes a pattern that has blanks in it, as .gitattributes wants it.
func attributePattern(pattern string) string {
	if strings.ContainsAny(pattern, " \t\"\\") {
		return strconv.Quote(pattern)
	}
	return pattern
}
