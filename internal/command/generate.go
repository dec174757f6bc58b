package command

// The command generate: the generator around a real folder. It is where a document's path becomes one that the user can click on.

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/internal/diff"
)

const (
	toolPackage   = "github.com/msdkgen/msdkgen/cmd/msdkgen"
	defaultConfig = "msdkgen.yaml"
	devNull       = "/dev/null" // what patch and review tools expect, on every system
)

func generateCommand() command {
	return command{
		name: "generate", args: "[--check] [--config FILE]",
		summary: "write the packages that msdkgen.yaml lists (the default)",
		details: `Reads msdkgen.yaml and writes every package that it lists, into folders below its own. Files that would not change are not
touched; of the others in those folders only msdkgen's own are ever replaced or removed. With an error in any document
nothing is written at all. A terminal gets a line that says what was done.

  --check        write nothing; print the difference to what is there, and exit with 1 if there is one
  --config FILE  another file than ./msdkgen.yaml

Exit codes: 0 done, or up to date; 1 errors in a document, or with --check out of date; 2 wrong usage, a msdkgen that "requires" does not
admit, or it could not be done; with --check also for errors in a document, since nobody can tell then what is up to date.

Examples:
  msdkgen                                          # in the folder of msdkgen.yaml
  msdkgen generate --check                         # in a build, to see that generated code was committed
  msdkgen generate --check > stale.patch           # "git apply -p0 stale.patch" does what generate would do
  msdkgen generate --config backend/msdkgen.yaml   # from elsewhere
  go get -tool github.com/msdkgen/msdkgen/cmd/msdkgen   # once in a module, so that a Go file of it can say
  //go:generate go tool msdkgen generate
`,
		run: generate,
	}
}

func generate(c *call) int {
	check := c.flags.Bool("check", false, "write nothing, print what would change")
	config := c.flags.String("config", defaultConfig, "another file than ./msdkgen.yaml")
	rest, exit, ok := c.parse()
	if !ok {
		return exit
	}
	if len(rest) > 0 {
		return c.usage("generate takes no argument %q", rest[0])
	}
	begin := c.process.now()
	r, exit, ok := c.models(*config)
	if !ok {
		if *check {
			return exitFailed // nobody can tell what is up to date
		}
		return exit
	}
	files, faults := generator.Emit(*r.config, r.apis)
	if c.print(faults, r.docs); faults.HasErrors() {
		return exitFailed
	}
	if *check {
		return c.check(*config, files)
	}
	done, err := generator.Write(r.docs.root, files)
	if err != nil {
		return c.fail(err)
	}
	c.summary("%s, %s: %s written, %d removed, %d unchanged, in %s",
		count(len(r.apis), "package", "packages"), count(operations(r.apis), "operation", "operations"),
		count(len(done.Written), "file", "files"), len(done.Removed), done.Unchanged, c.process.now().Sub(begin).Round(time.Millisecond))
	return exitDone
}

func operations(apis []*ir.API) int {
	n := 0
	for _, api := range apis {
		n += len(api.Operations)
	}
	return n
}

// reading is a configuration with all that was made of it.
type reading struct {
	docs   documents
	config *generator.Config
	apis   []*ir.API
}

// models reads a configuration and its documents, and prints what is wrong with them. Unless ok, the command is over with the exit code.
func (c *call) models(config string) (r reading, exit int, ok bool) {
	if entry, err := os.Stat(config); err != nil || entry.IsDir() {
		c.message("cannot read the configuration %s; go to its folder, or name it with --config; \"msdkgen init\" writes a new one", config)
		return r, exitFailed, false
	}
	root, name := filepath.Dir(config), filepath.Base(config)
	r.docs = documents{disk: os.DirFS(root), root: root}
	cfg, list := generator.ReadConfig(r.docs, name)
	if cfg != nil {
		var refused diag.List
		cfg.Requires.Check(c.process.version, toolPackage, &refused)
		if len(refused) > 0 { // all else may follow from it: another version knows other keys
			c.print(refused, r.docs)
			return r, exitFailed, false
		}
		r.config = cfg
		r.docs.resolve(cfg)
		list = append(list, importPaths(cfg, root)...)
		// Also after errors in the configuration: its other packages are looked at in the same run.
		var more diag.List
		r.apis, more = generator.Models(r.docs, *cfg)
		r.docs.suggest(cfg, more)
		list = append(list, more...)
		if cfg.Strict {
			list.Strict()
		}
	}
	c.print(list, r.docs)
	return r, exitFindings, !list.HasErrors()
}

// check prints what generate would change. It goes through the same comparison as Write, so that the two cannot disagree.
func (c *call) check(config string, files []generator.File) int {
	root := filepath.Dir(config)
	changes, err := generator.Compare(root, files)
	if err != nil {
		return c.fail(err)
	}
	if len(changes) == 0 {
		c.summary("%d files are up to date", len(files))
		return exitDone
	}
	color := c.colored(c.stdout)
	for _, change := range changes {
		text := unified(root, change)
		if color {
			text = coloredDiff(text)
		}
		fmt.Fprint(c.stdout, text)
	}
	c.message("%s out of date; run \"%s\"", count(len(changes), "file is", "files are"), repair(config))
	return exitFindings
}

// repair is the command that brings the output of a configuration up to date, as it has to be typed in the working directory.
func repair(config string) string {
	text := "msdkgen generate"
	if m, ok := moduleAround(filepath.Dir(config)); ok && m.tool {
		text = "go tool " + text
	}
	if config != defaultConfig {
		text += " --config " + shellWord(config)
	}
	return text
}

// shellWord is a word as a shell takes it.
func shellWord(word string) string {
	if strings.ContainsAny(word, " \t'\"$&;|<>()*?[]`!#~\\") {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}

func unified(root string, change generator.Change) string {
	name := filepath.ToSlash(filepath.Join(root, filepath.FromSlash(change.Path)))
	before, after := name, name
	if change.Old == nil {
		before = devNull
	}
	if change.New == nil {
		after = devNull
	}
	return diff.Unified(before, after, diff.UnixLines(string(change.Old)), diff.UnixLines(string(change.New)))
}

// coloredDiff paints the lines of a difference as git does.
func coloredDiff(text string) string {
	var b strings.Builder
	hunks := false
	for line := range strings.Lines(text) {
		style := ""
		switch {
		case !hunks && (strings.HasPrefix(line, "---") || strings.HasPrefix(line, "+++")):
			style = "1"
		case strings.HasPrefix(line, "@@"):
			style, hunks = "36", true
		case strings.HasPrefix(line, "-"):
			style = "31"
		case strings.HasPrefix(line, "+"):
			style = "32"
		}
		if style == "" {
			b.WriteString(line)
			continue
		}
		b.WriteString("\x1b[" + style + "m" + strings.TrimSuffix(line, "\n") + "\x1b[0m\n")
	}
	return b.String()
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// print shows complaints with paths that lead there from the working directory.
func (c *call) print(list diag.List, docs documents) {
	shown := make(diag.List, len(list))
	names := make(map[string]string) // as shown -> as in docs
	show := func(pos diag.Pos) diag.Pos {
		if pos.File == "" {
			return pos
		}
		inside := pos.File
		pos.File = docs.shown(inside)
		names[pos.File] = inside
		return pos
	}
	for i, d := range list {
		d.Pos = show(d.Pos)
		related := d.Related
		d.Related = nil
		for _, r := range related {
			r.Pos = show(r.Pos)
			d.Related = append(d.Related, r)
		}
		shown[i] = d
	}
	shown.Sort()
	print := diag.Print
	if c.colored(c.stderr) {
		print = diag.PrintColored
	}
	print(c.stderr, shown, func(file string) []byte { return docs.text(names[file]) })
}
