package command

// The small commands, which say something about msdkgen itself and touch no file.

import (
	"fmt"
	"io"
	"runtime/debug"
	"slices"

	"github.com/msdkgen/msdkgen/generator/diag"
)

func explainCommand() command {
	return command{
		name: "explain", args: "[CODE]",
		summary: "say what the code of a diagnostic means, or list all codes",
		details: `Examples:
  msdkgen explain unknown-key
  msdkgen explain              # all of them
`,
		run:   explain,
		words: codeNames,
	}
}

func explain(c *call) int {
	rest, exit, ok := c.parse()
	if !ok {
		return exit
	}
	if len(rest) > 1 {
		return c.usage("explain takes one code")
	}
	codes := codeNames()
	if len(rest) == 0 {
		for _, code := range codes {
			text, _ := diag.Explain(diag.Code(code))
			fmt.Fprintf(c.stdout, "%s\n    %s\n", code, text)
		}
		return exitDone
	}
	text, ok := diag.Explain(diag.Code(rest[0]))
	if !ok {
		hint := "\"msdkgen explain\" lists all of them"
		if near, ok := diag.Nearest(rest[0], codes); ok {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		c.message("there is no code %q; %s", rest[0], hint)
		return exitFailed
	}
	fmt.Fprintln(c.stdout, text)
	return exitDone
}

// codeNames lists the codes of diagnostics in alphabetical order.
func codeNames() []string {
	var codes []string
	for code := range diag.Codes() {
		codes = append(codes, string(code))
	}
	slices.Sort(codes)
	return codes
}

func versionCommand() command {
	return command{
		name:    "version",
		summary: "print the version of msdkgen",
		details: "Examples:\n  msdkgen version\n",
		run:     version,
	}
}

func version(c *call) int {
	rest, exit, ok := c.parse()
	if !ok {
		return exit
	}
	if len(rest) > 0 {
		return c.usage("version takes no argument")
	}
	fmt.Fprintln(c.stdout, "msdkgen", c.process.version)
	return exitDone
}

// toolVersion is the version of this msdkgen, "(devel)" for a build from a checkout: also for one that a replace line in go.mod stands for,
// whose own number says nothing.
func toolVersion(build *debug.BuildInfo) string {
	if build == nil {
		return devel
	}
	main := &build.Main
	if main.Replace != nil {
		main = main.Replace
	}
	if main.Version == "" {
		return devel
	}
	return main.Version
}

const devel = "(devel)"

func helpCommand() command {
	return command{
		name: "help", args: "[COMMAND]",
		summary: "show this text, or that of a command",
		details: "Examples:\n  msdkgen help\n  msdkgen help generate\n",
		run:     help,
		words:   commandNames,
	}
}

func help(c *call) int {
	rest, exit, ok := c.parse()
	if !ok {
		return exit
	}
	if len(rest) == 0 {
		overview(c.stdout)
		return exitDone
	}
	for _, other := range commands() {
		if other.name == rest[0] {
			(&call{command: other}).help(c.stdout)
			return exitDone
		}
	}
	c.message("%s", noCommand(rest[0]))
	return exitFailed
}

// overview is what `msdkgen help` prints.
func overview(w io.Writer) {
	fmt.Fprint(w, `msdkgen turns an OpenAPI document with x-msdk-* extensions into a Go package: client, server, validators.

Usage: msdkgen [COMMAND] [ARGUMENTS]

`)
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-10s  %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, `
Examples:
  msdkgen                      # write the packages that ./msdkgen.yaml lists
  msdkgen generate --check     # only look whether they are up to date
  msdkgen init                 # set up msdkgen in a module of yours: the files below, and what to do next
  msdkgen explain unknown-key  # what a diagnostic means

A configuration, msdkgen.yaml ("msdkgen schema" describes every key):
  requires: ">=0.4.0 <2"       # versions of msdkgen
  strict: true
  packages:
    - spec: msdk               # a path, or msdk and timgroup, which come with msdkgen
      package: msdk
      output: internal/msdk
      include: {tags: [Login]} # also operations, paths, channels; and exclude
      emit: {server: false}    # client, server, validators, tests

"msdkgen help COMMAND" says more about a command.
`)
}

// help prints the text of one command.
func (c *call) help(w io.Writer) {
	usage := "msdkgen " + c.command.name
	if c.command.args != "" {
		usage += " " + c.command.args
	}
	fmt.Fprintf(w, "Usage: %s\n\n%s\n\n%s", usage, c.command.summary, c.command.details)
}
