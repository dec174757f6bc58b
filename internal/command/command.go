// Package command is the command line: which commands there are, their flags, their exit codes, and what goes to which stream.
//
// It is a room of its own, and cmd/msdkgen only its door, so that tests run a whole command in their own process: arguments and streams in,
// exit code out. Data goes to stdout and messages to stderr.
package command

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// Exit codes.
const (
	exitDone     = 0 // done, and nothing to complain about
	exitFindings = 1 // errors in a document, or generated code that is not what the documents ask for
	exitFailed   = 2 // wrong usage, or it could not be done
)

// command is one command of the tool.
type command struct {
	name    string
	args    string // what follows the name in the usage line
	summary string
	details string // the rest of its help: what it does, and examples
	run     func(c *call) int
	words   func() []string // what its arguments can be, for completion; nil: files
}

// commands returns all of them in the order of the help text. A function and not a variable, because help refers to it.
func commands() []command {
	return []command{
		generateCommand(),
		initCommand(),
		diffCommand(),
		lintCommand(),
		signCommand(),
		verifyCommand(),
		encryptCommand(),
		decryptCommand(),
		serveCommand(),
		specCommand(),
		schemaCommand(),
		dumpCommand(),
		explainCommand(),
		completionCommand(),
		versionCommand(),
		helpCommand(),
	}
}

// call is one run of one command.
type call struct {
	command command
	args    []string
	flags   *flag.FlagSet
	stdin   io.Reader
	stdout  io.Writer
	stderr  io.Writer
	process process
	// probing says that the command is only asked for its flags: parse ends it.
	probing bool
}

// process is what a command learns of the process around it, beside its arguments and streams. Tests give their own.
type process struct {
	terminal func(io.Writer) bool
	getenv   func(string) string
	now      func() time.Time
	version  string // of msdkgen
}

// Run does what the arguments (without the program's name) say and returns the exit code. Without a command, or with nothing but flags,
// it generates.
func Run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	build, _ := debug.ReadBuildInfo()
	return runIn(process{isTerminal, os.Getenv, time.Now, toolVersion(build)}, args, stdin, stdout, stderr)
}

// runIn is Run in a given process.
func runIn(p process, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	name := "generate"
	switch {
	case len(args) > 0 && (args[0] == "-h" || args[0] == "-help" || args[0] == "--help"):
		name, args = "help", nil
	case len(args) > 0 && args[0] == "--version":
		name, args = "version", nil
	case len(args) > 0 && !strings.HasPrefix(args[0], "-"):
		name, args = args[0], args[1:]
	}
	for _, c := range commands() {
		if c.name == name {
			out := &output{Writer: stdout}
			exit := c.run(&call{
				command: c, args: args, flags: flag.NewFlagSet(name, flag.ContinueOnError),
				stdin: stdin, stdout: out, stderr: stderr, process: p,
			})
			if out.err != nil && exit != exitFailed { // 2 has said why already
				fmt.Fprintf(stderr, "msdkgen: stdout cannot be written: %v\n", out.err)
				return exitFailed
			}
			return exit
		}
	}
	fmt.Fprintf(stderr, "msdkgen: %s\n", noCommand(name))
	return exitFailed
}

// noCommand is the complaint about a name that is no command's.
func noCommand(name string) string {
	if near, ok := diag.Nearest(name, commandNames()); ok {
		return fmt.Sprintf("there is no command %q; did you mean %q?", name, near)
	}
	return fmt.Sprintf("there is no command %q; \"msdkgen help\" lists them", name)
}

func commandNames() []string {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	return names
}

// flagsOf returns the flags of a command in alphabetical order. It asks the command itself, so that there is no second list of them.
func flagsOf(c command) []*flag.Flag {
	probe := &call{command: c, flags: flag.NewFlagSet(c.name, flag.ContinueOnError), stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, probing: true}
	c.run(probe)
	var flags []*flag.Flag
	probe.flags.VisitAll(func(f *flag.Flag) { flags = append(flags, f) })
	return flags
}

// takesValue reports whether a word follows a flag.
func takesValue(f *flag.Flag) bool {
	boolean, ok := f.Value.(interface{ IsBoolFlag() bool })
	return !ok || !boolean.IsBoolFlag()
}

// parse reads the flags, which may stand before and behind the other arguments, and returns those. Unless the last result is true, the
// command is over with the exit code.
func (c *call) parse() (rest []string, exit int, ok bool) {
	if c.probing {
		return nil, exitDone, false
	}
	c.flags.SetOutput(io.Discard) // its messages name no command to turn to
	args := c.args
	for {
		if err := c.flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				c.help(c.stdout)
				return nil, exitDone, false
			}
			return nil, c.usage("%s", withoutValue(err.Error())), false
		}
		read := len(args) - c.flags.NArg()
		ended := read > 0 && args[read-1] == "--"
		args = args[read:]
		if ended || len(args) == 0 {
			return append(rest, args...), exitDone, true
		}
		rest, args = append(rest, args[0]), args[1:]
	}
}

// withoutValue takes the value out of a message of package flag, which repeats it: it may be a key that was given to the wrong flag.
func withoutValue(text string) string {
	if before, after, ok := strings.Cut(text, " value \""); ok {
		return before + " value" + after[strings.LastIndexByte(after, '"')+1:]
	}
	text, _, _ = strings.Cut(text, "=") // "bad flag syntax: ---name=value"
	return text
}

// usage complains about the arguments.
func (c *call) usage(format string, args ...any) int {
	c.message("%s; \"msdkgen help %s\" shows how it is used", fmt.Sprintf(format, args...), c.command.name)
	return exitFailed
}

// fail reports what could not be done.
func (c *call) fail(err error) int {
	// Several refusals at once come as one error with a line each.
	for line := range strings.SplitSeq(err.Error(), "\n") {
		c.message("%s", line)
	}
	return exitFailed
}

func (c *call) message(format string, args ...any) {
	fmt.Fprintf(c.stderr, "msdkgen: %s\n", fmt.Sprintf(format, args...))
}

// summary says in one line what was done, to a person. A log of a build is not interested.
func (c *call) summary(format string, args ...any) {
	if c.process.terminal(c.stderr) {
		c.message(format, args...)
	}
}

// colored reports whether to color what goes to w: on a terminal that knows how, unless the user has said NO_COLOR (https://no-color.org).
func (c *call) colored(w io.Writer) bool {
	return c.process.terminal(bare(w)) && c.process.getenv("NO_COLOR") == "" && c.process.getenv("TERM") != "dumb" &&
		(runtime.GOOS != "windows" || c.process.getenv("WT_SESSION") != "" || c.process.getenv("TERM") != "")
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	entry, err := file.Stat()
	return err == nil && entry.Mode()&os.ModeCharDevice != 0
}
