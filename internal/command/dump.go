package command

// The command dump: the model as JSON.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/internal/dump"
)

func dumpCommand() command {
	return command{
		name: "dump", args: "[--config FILE] [--list KIND] [SPEC]",
		summary: "print what msdkgen understands of a document, as JSON",
		details: `Prints the model that packages are made from: operations with their calls, types, rules, signing programs, result codes, each with its
place in the document, its name on the wire and its name in Go, in document order. With SPEC that of one document, a file or msdk or timgroup;
else that of every package of msdkgen.yaml, narrowed to what the package includes.

  --config FILE  another file than ./msdkgen.yaml
  --list KIND    only the names of one kind, one a line: tags, operations, paths or channels, as include and exclude take them

What is empty or false is left out. Operations, types, schemes, results and tags are written once, in the lists of "api", and are
their Go names everywhere else. "version" changes when a program that reads this would have to.

Exit codes: 0 done; 1 errors in a document; 2 wrong usage, or it could not be done.

Examples:
  msdkgen dump msdk | jq -r '.packages[].api.operations[] | .name.spec + " " + .path'
  msdkgen dump spec/vendor.yaml > model.json
  msdkgen dump --list operations msdk
  msdkgen dump --config backend/msdkgen.yaml
`,
		run:   dumpModel,
		words: specNames,
	}
}

func dumpModel(c *call) int {
	config := c.flags.String("config", defaultConfig, "another file than ./msdkgen.yaml")
	kind := c.flags.String("list", "", "only the names of one kind: tags, operations, paths or channels")
	rest, exit, ok := c.parse()
	if !ok {
		return exit
	}
	if *kind != "" && !slices.Contains(listedKinds, *kind) {
		return c.usage("dump lists no %q, only %s", *kind, strings.Join(listedKinds, ", "))
	}
	var r reading
	switch len(rest) {
	case 0:
		r, exit, ok = c.models(*config)
	case 1:
		r, exit, ok = c.oneModel(rest[0])
	default:
		return c.usage("dump takes one document")
	}
	if !ok {
		return exit
	}
	if *kind != "" {
		return c.list(r, *kind)
	}
	var packages []dump.Package
	for i, p := range r.config.Packages {
		packages = append(packages, dump.Package{Name: p.Package, Output: p.Output, Spec: r.docs.shown(p.Spec), API: r.apis[i]})
	}
	place := func(pos diag.Pos) string {
		pos.File = r.docs.shown(pos.File)
		return pos.String()
	}
	text, err := dump.Write(packages, place)
	if err == nil {
		_, err = c.stdout.Write(text)
	}
	if err != nil {
		return c.fail(err)
	}
	return exitDone
}

// listedKinds are the keys of include and exclude.
var listedKinds = []string{"tags", "operations", "paths", "channels"}

// list prints the names of one kind, each once.
func (c *call) list(r reading, kind string) int {
	said := map[string]bool{}
	for _, api := range r.apis {
		for _, name := range generator.Names(api, kind) {
			if !said[name] {
				said[name] = true
				fmt.Fprintln(c.stdout, name)
			}
		}
	}
	return exitDone
}

// oneModel is models for a document without a configuration. The document may stand anywhere.
func (c *call) oneModel(given string) (r reading, exit int, ok bool) {
	docs, p, found := document(given)
	if !found {
		return r, c.noDocument(given), false
	}
	r.docs, r.config = docs, &generator.Config{Packages: []generator.Package{p}}
	var list diag.List
	r.apis, list = generator.Models(r.docs, *r.config)
	c.print(list, r.docs)
	if list.HasErrors() {
		for _, d := range list {
			if d.Code == diag.CodeUnreadable {
				return r, exitFailed, false
			}
		}
	}
	return r, exitFindings, !list.HasErrors()
}
