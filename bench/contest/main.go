//go:build unix

// Command contest measures the generated packages beside the other ways to do the same in Go, all in one run, and prints the tables of
// docs/performance.md in Markdown. It runs in the folder of its module:
//
//	go run ./contest                         # everything, about five minutes
//	go run ./contest -doc ../docs/performance.md # the same, and the tables go into the document
//	go run ./contest -only decode,encode     # some sections
//	go run ./contest -file friends=body.json # another payload in place of the made ones
//
// It is a command and not a set of benchmarks because its result is ratios: all contenders have to take turns in one process.
package main

//go:generate go run -tags bootstrap github.com/msdkgen/msdkgen/cmd/msdkgen generate
//go:generate go run ./routes

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	sonic "github.com/bytedance/sonic"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// settings are what the flags say.
type settings struct {
	effort effort
	only   []string
	seed   uint64
	counts []int // of friends
	files  []payload
	doc    string // a document to write the tables into
}

// run is the command. It returns 0 after the tables, 2 where there are none.
func run(args []string, stdout, stderr io.Writer) int {
	s, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err == nil {
		err = fresh()
	}
	if err == nil {
		err = s.contest(stdout, stderr)
	}
	if err != nil {
		fmt.Fprintln(stderr, "contest:", err)
		return 2
	}
	return 0
}

func parse(args []string, stderr io.Writer) (s settings, err error) {
	f := flag.NewFlagSet("contest", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.IntVar(&s.effort.rounds, "rounds", 11, "`number` of rounds in which all take turns")
	f.DurationVar(&s.effort.slot, "slot", 50*time.Millisecond, "processor `time` of each contender in a round")
	f.Uint64Var(&s.seed, "seed", 1, "`seed` of the payloads")
	f.StringVar(&s.doc, "doc", "", "also write the tables into the document at this `path`, between its two marks")
	only := f.String("only", "", "sections to measure, joined with commas: "+strings.Join(sectionNames, ","))
	counts := f.String("friends", "50,500", "`numbers` of friends, joined with commas")
	f.Func("file", "`KIND=PATH`: a payload in place of the made ones; KIND is login, friends or groups; may be repeated", func(text string) error {
		return s.addFile(text)
	})
	if err := f.Parse(args); err != nil {
		return s, err
	}
	if f.NArg() > 0 {
		return s, fmt.Errorf("unexpected argument %q", f.Arg(0))
	}
	for _, text := range strings.Split(*counts, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 100_000 {
			return s, fmt.Errorf("-friends: %q is not a number from 1 to 100000", text)
		}
		s.counts = append(s.counts, n)
	}
	if *only != "" {
		s.only = strings.Split(*only, ",")
	}
	for _, name := range s.only {
		if !slices.Contains(sectionNames, name) {
			return s, fmt.Errorf("-only: there is no section %q; the sections are %s", name, strings.Join(sectionNames, ", "))
		}
	}
	if s.effort.rounds < 1 || s.effort.slot <= 0 {
		return s, errors.New("-rounds and -slot have to be positive")
	}
	return s, nil
}

func (s *settings) addFile(text string) error {
	kind, path, _ := strings.Cut(text, "=")
	for _, m := range messages() {
		if m.kind == kind {
			content, err := os.ReadFile(path)
			s.files = append(s.files, payload{message: m, name: fmt.Sprintf("%s, file %d", kind, len(s.files)+1), text: content, file: true})
			return err
		}
	}
	return fmt.Errorf("the kind is %q, not login, friends or groups", kind)
}

// payloads are the files, or the made ones.
func (s *settings) payloads() []payload {
	if len(s.files) > 0 {
		return s.files
	}
	all := []payload{{message: loginMessage, name: "login", text: loginPayload()}}
	for _, n := range s.counts {
		all = append(all, payload{message: friendsMessage, name: fmt.Sprintf("%d friends", n), text: friendsPayload(newSource(s.seed), n)})
	}
	return append(all, payload{message: groupsMessage, name: "groups", text: groupsPayload(newSource(s.seed), groupsSize)})
}

// head says what the figures depend on.
func (s *settings) head(w io.Writer) {
	experiments := "none"
	versions := map[string]string{}
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, module := range build.Deps {
			versions[module.Path] = module.Version
		}
		for _, setting := range build.Settings {
			if setting.Key == "GOEXPERIMENT" {
				experiments = setting.Value
			}
		}
	}
	fmt.Fprintf(w, "%s, %s/%s, %d processors, GOGC %s, experiments: %s.", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0), gogc(), experiments)
	for _, path := range []string{"github.com/ogen-go/ogen", "github.com/go-faster/jx", "github.com/go-json-experiment/json", "github.com/goccy/go-json", "github.com/bytedance/sonic"} {
		fmt.Fprintf(w, " %s %s.", strings.TrimPrefix(path, "github.com/"), versions[path])
	}
	if sonic.APIKind == sonic.UseStdJSON {
		fmt.Fprint(w, " **sonic does not know this Go and uses encoding/json.**")
	}
	fmt.Fprintf(w, " %d rounds of %v each.\n", s.effort.rounds, s.effort.slot)
}

func gogc() string {
	if text := os.Getenv("GOGC"); text != "" {
		return text
	}
	return "100"
}
