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
		run: explain,
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
	var codes []string
	for code := range diag.Codes() {
		codes = append(codes, string(code))
	}
	slices.Sort(codes)
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
	number := "(devel)"
	if build, ok := debug.ReadBuildInfo(); ok && build.Main.Version != "" {
		number = build.Main.Version
	}
	fmt.Fprintln(c.stdout, "msdkgen", number)
	return exitDone
}

func helpCommand() command {
	return command{
		name: "help", args: "[COMMAND]",
		summary: "show this text, or that of a command",
		details: "Examples:\n  msdkgen help\n  msdkgen help generate\n",
		run:     help,
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
	c.message("there is no command %q; \"msdkgen help\" lists them", rest[0])
	return exitFailed
}

// overview is what `msdkgen help` prints.
func overview(w io.Writer) {
	fmt.Fprint(w, `msdkgen turns an OpenAPI document with x-msdk-* extensions into a Go package: client, server, validators.

Usage: msdkgen [COMMAND] [ARGUMENTS]

`)
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-10s %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, `
Examples:
  msdkgen                      # write the packages that ./msdkgen.yaml lists
  msdkgen generate --check     # only look whether they are up to date
  msdkgen explain unknown-key  # what a diagnostic means

A configuration, msdkgen.yaml:
  strict: true
  packages:
    - spec: msdk               # a path, or msdk and timgroup, which come with msdkgen
      package: msdk
      output: internal/msdk

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
