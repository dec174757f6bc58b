package command

// The command generate: the generator around a real folder. It is where a document's path becomes one that the user can click on.

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/internal/diff"
)

const (
	defaultConfig = "msdkgen.yaml"
	devNull       = "/dev/null" // what patch and review tools expect, on every system
)

func generateCommand() command {
	return command{
		name: "generate", args: "[--check] [--config FILE]",
		summary: "write the packages that msdkgen.yaml lists (the default)",
		details: `Reads msdkgen.yaml and writes every package that it lists, into folders below its own. Files that would not change are not
touched; of the others in those folders only msdkgen's own are ever replaced or removed. With an error in any document
nothing is written at all.

  --check        write nothing; print the difference to what is there, and exit with 1 if there is one
  --config FILE  another file than ./msdkgen.yaml

Exit codes: 0 done, or up to date; 1 errors in a document, or out of date; 2 wrong usage, or it could not be done.

Examples:
  msdkgen                                          # in the folder of msdkgen.yaml
  msdkgen generate --check                         # in a build, to see that generated code was committed
  msdkgen generate --config backend/msdkgen.yaml   # from elsewhere
  go get -tool github.com/msdkgen/msdkgen/cmd/msdkgen   # once in a module, so that a Go file of it can say
  //go:generate go tool msdkgen generate
`,
		run: generate,
	}
}

func generate(c *call) int {
	check := c.flags.Bool("check", false, "")
	config := c.flags.String("config", defaultConfig, "")
	rest, exit, ok := c.parse()
	if !ok {
		return exit
	}
	if len(rest) > 0 {
		return c.usage("generate takes no argument %q", rest[0])
	}
	if entry, err := os.Stat(*config); err != nil || entry.IsDir() {
		c.message("cannot read the configuration %s; go to its folder, or name it with --config", *config)
		return exitFailed
	}
	root, name := filepath.Dir(*config), filepath.Base(*config)
	docs := documents{disk: os.DirFS(root), root: root}

	cfg, list := generator.ReadConfig(docs, name)
	var files []generator.File
	if cfg != nil {
		docs.resolve(cfg)
		// Also after errors in the configuration: its other packages are looked at in the same run.
		var more diag.List
		files, more = generator.Generate(docs, *cfg)
		docs.suggest(cfg, more)
		list = append(list, more...)
		if cfg.Strict {
			list.Strict()
		}
	}
	c.print(list, docs)
	if list.HasErrors() {
		return exitFindings
	}
	if *check {
		return c.check(root, files)
	}
	done, err := generator.Write(root, files)
	if err != nil {
		return c.fail(err)
	}
	c.summary("%d written, %d removed, %d unchanged", len(done.Written), len(done.Removed), done.Unchanged)
	return exitDone
}

// check prints what generate would change. It goes through the same comparison as Write, so that the two cannot disagree.
func (c *call) check(root string, files []generator.File) int {
	changes, err := generator.Compare(root, files)
	if err != nil {
		return c.fail(err)
	}
	if len(changes) == 0 {
		c.summary("%d files are up to date", len(files))
		return exitDone
	}
	for _, change := range changes {
		fmt.Fprint(c.stdout, unified(root, change))
	}
	c.message("%s out of date; run \"msdkgen generate\"", count(len(changes), "file is", "files are"))
	return exitFindings
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

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
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
	diag.Print(c.stderr, shown, func(file string) []byte { return docs.text(names[file]) })
}
