package command

// The command init: what a module needs in order to run msdkgen, and what to do next. It writes what is not there and changes nothing
// that is, except that it adds lines to .gitattributes.

import (
	"errors"
	"fmt"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/spec"
)

func initCommand() command {
	return command{
		name: "init", args: "[--spec SPEC] [--package NAME] [--output FOLDER] [--standin] [--force]",
		summary: "set up msdkgen in the module around this folder",
		details: `Writes into this folder

  msdkgen.yaml         what to generate, with a comment on every key
  msdkgen.schema.json  its JSON Schema, which the first line of msdkgen.yaml leads editors to; no network is needed
  msdkgen.go           the line that "go generate" runs
  .gitattributes       generated files have LF line ends everywhere, and reviews fold the bulky ones; lines are added to what is there

and says what to do next. What exists already stays as it is.

  --spec SPEC      the document: a file below this folder, or msdk or timgroup, which come with msdkgen; msdk if it is left out
  --package NAME   the name of the Go package; made from the document's name if it is left out
  --output FOLDER  the folder of the package; internal/NAME if it is left out
  --standin        also write cmd/NAME-standin, a program that stands in for the vendor; where msdkgen.yaml exists already, one for each of its
                   packages, and nothing else
  --force          replace msdkgen.yaml and msdkgen.schema.json

Exit codes: 0 done; 2 wrong usage, no module here, msdkgen.yaml exists already, or it could not be done.

Examples:
  msdkgen init                                        # in a module: MSDK in internal/msdk
  msdkgen init --spec timgroup --output internal/im --package im
  msdkgen init --spec api/vendor.yaml
  msdkgen init --standin                              # then, after generate: go run ./cmd/msdk-standin
  go run github.com/msdkgen/msdkgen/cmd/msdkgen@latest init   # before msdkgen is a tool of the module
`,
		run: initialize,
	}
}

// setup is one run of init.
type setup struct {
	call   *call
	module goModule
	spec   string
	name   string
	output string
	force  bool
	// programs: write programs that serve the stand-ins.
	programs bool
}

func initialize(c *call) int {
	s := &setup{call: c}
	c.flags.StringVar(&s.spec, "spec", "msdk", "the document: a file, msdk or timgroup")
	c.flags.StringVar(&s.name, "package", "", "the name of the Go package")
	c.flags.StringVar(&s.output, "output", "", "the folder of the package")
	c.flags.BoolVar(&s.programs, "standin", false, "also write a program that stands in for the vendor")
	c.flags.BoolVar(&s.force, "force", false, "replace msdkgen.yaml and msdkgen.schema.json")
	rest, exit, ok := c.parse()
	if !ok {
		return exit
	}
	if len(rest) > 0 {
		return c.usage("init takes no argument %q", rest[0])
	}
	if s.module, ok = moduleAround("."); !ok {
		c.message("there is no go.mod here or above; go to the module that shall hold the generated package, or make one: go mod init example.com/yourmodule")
		return exitFailed
	}
	if s.programs && !s.force && exists(defaultConfig) {
		if err := s.standIns(); err != nil {
			return c.fail(err)
		}
		return exitDone
	}
	if s.name == "" {
		s.name = packageName(strings.TrimSuffix(path.Base(filepath.ToSlash(s.spec)), path.Ext(s.spec)))
	}
	if s.output == "" {
		s.output = "internal/" + s.name
	}
	if problem := s.problem(); problem != "" {
		c.message("%s", problem)
		return exitFailed
	}
	err := s.write()
	if err == nil && s.programs {
		err = s.standIns()
	}
	if err != nil {
		return c.fail(err)
	}
	s.next()
	return exitDone
}

// packageName makes a package name out of any text: its letters and digits, in lower case.
func packageName(text string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
	name = strings.TrimLeftFunc(name, unicode.IsDigit)
	if !token.IsIdentifier(name) || name == "main" {
		return "api"
	}
	return name
}

// problem says why nothing is written, "" if nothing is in the way. The configuration is read as generate will read it, so that what is
// written is right.
func (s *setup) problem() string {
	if _, err := os.Lstat(defaultConfig); err == nil && !s.force {
		return defaultConfig + " exists already; change it there, or replace it with --force"
	}
	cfg, list := generator.ReadConfig(draft(s.config()), defaultConfig)
	if list.HasErrors() {
		first := list[0]
		if first.Suggestion != "" {
			return first.Message + "; " + first.Suggestion
		}
		return first.Message
	}
	given := cfg.Packages[0].Spec
	docs := documents{disk: os.DirFS("."), root: "."}
	docs.resolve(cfg)
	if _, err := fs.Stat(docs, cfg.Packages[0].Spec); err == nil || strings.HasPrefix(cfg.Packages[0].Spec, embeddedFolder) {
		return ""
	}
	if near, ok := diag.Nearest(given, spec.Names()); ok {
		return fmt.Sprintf("there is no document %q; did you mean %q, which comes with msdkgen?", given, near)
	}
	return fmt.Sprintf("there is no document %q below this folder; %s come with msdkgen", given, strings.Join(spec.Names(), " and "))
}

// draft is a file system whose every file has one text: a configuration that is not written yet.
type draft string

// ReadFile implements fs.ReadFileFS.
func (d draft) ReadFile(string) ([]byte, error) { return []byte(d), nil }

// Open implements fs.FS; nobody opens a draft.
func (d draft) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// write writes the files, and says about each what became of it.
func (s *setup) write() error {
	if err := s.file(defaultConfig, s.config(), s.force); err != nil {
		return err
	}
	if err := s.file(schemaFile, string(generator.ConfigSchema()), s.force); err != nil {
		return err
	}
	if err := s.goFile(); err != nil {
		return err
	}
	return s.attributes()
}

// file writes one file. One that is there stays, unless it may be replaced.
func (s *setup) file(name, content string, replace bool) error {
	mode := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if replace {
		mode = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	file, err := os.OpenFile(name, mode, 0o644)
	if errors.Is(err, fs.ErrExist) {
		s.call.message("kept %s, which is there already", name)
		return nil
	}
	if err != nil {
		return err
	}
	_, err = file.WriteString(content)
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	s.call.message("wrote %s", name)
	return nil
}

// goFile writes the file with the go:generate line, unless some file of the folder has one.
func (s *setup) goFile() error {
	name, clause, err := s.packageHere()
	if err != nil {
		return err
	}
	if name != "" {
		s.call.message("kept %s, which runs msdkgen already", name)
		return nil
	}
	if err := s.file(goFile, goText(clause), false); err != nil {
		return err
	}
	text, err := os.ReadFile(goFile)
	if err == nil && !runsTool(string(text)) {
		s.call.message("add this line to a Go file of this folder: %s", generateLine)
	}
	return err
}

// attributes adds to .gitattributes the lines whose patterns it does not have.
func (s *setup) attributes() error {
	old, err := os.ReadFile(attributesFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	added, n := missingAttributes(string(old), s.output)
	if n == 0 {
		s.call.message("kept %s, which has the lines already", attributesFile)
		return nil
	}
	file, err := os.OpenFile(attributesFile, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	_, err = file.WriteString(added)
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	s.call.message("added %s to %s", count(n, "line", "lines"), attributesFile)
	return nil
}

// next tells what there is left to do.
func (s *setup) next() {
	steps := append(s.module.toolSteps(), fmt.Sprintf("look through %s and run: go generate .", defaultConfig))
	for i, step := range steps {
		word := "then"
		if i == 0 {
			word = "next"
		}
		s.call.message("%s: %s", word, step)
	}
}
