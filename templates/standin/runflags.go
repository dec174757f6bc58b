package standin

// The flags of a program, and where its credentials come from. No message repeats a credential, also what only might be one.

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
)

var errHelp = errors.New("help")

// runFlags is what the flags say.
type runFlags struct {
	address  string
	portFile string
	level    slog.Level
	settings Settings
}

const runHelp = `serves a stand-in for the vendor until it is told to stop.

  --addr HOST:PORT          where to listen; 127.0.0.1:8080 if it is left out, port 0 for any free one. It is plain HTTP and meant for this
                            machine: think twice before you give another host
  --port-file FILE          write the port there when it is ready; the file goes when the program ends
  --credential NAME=value   a credential, by its name in the document; may be repeated
  --credentials FILE        lines NAME=value or NAME: value; lines of a scheme may be indented below its name
  --strict                  refuse what the vendor might refuse: departures from the document, unknown apps, times that are 5 minutes off
  --time-window DURATION    refuse requests whose time is further off than that, such as 5m
  --clock-skew DURATION     the stand-in's clock is ahead of the machine's, such as 10m or -1h
  --fault NAME=RATE         let calls go wrong by chance, such as 502=0.1; may be repeated, or a list with commas. The faults are
                            slow, reset, truncated, tampered, 502, platform, is_lost
  --seed NUMBER             of that chance; the same seed gives the same faults in the order of the calls
  --slowness DURATION       how long a slow answer takes; 10s if it is left out
  --explain-to-caller       say in the header X-Stand-In-Explanation why a request was refused; without it only the log says so
  --log-level LEVEL         debug (every call), info, warn (refused calls), error; info if it is left out

Credentials also come from the environment: MSDKGEN_NAME, such as MSDKGEN_MSDKKEY. The file goes before the environment, a flag before
both. NAME.previous (MSDKGEN_NAME_PREVIOUS) is the previous one of a secret that is being exchanged. What nobody gives is made up and
printed. Other users of the machine can read the flags of a running program: for a key that matters take the environment or a file.

A call is answered with the document's first example, unless the caller asks for something else, with a header, or with a parameter of the
query that is not part of what is signed:

  X-Stand-In-Result: -502       stand-in-result=-502       a result code, and a message behind a comma if you like
  X-Stand-In-Example: NAME      stand-in-example=NAME      another example of the document
  X-Stand-In-Fault: 502         stand-in-fault=502         one of the faults above
  X-Stand-In-Signed: TEXT       the string that you sign, as it is, percent-encoded, or base64:…; the log says where it differs
`

// readFlags reads the command line; errHelp says that it asked for help and has got it.
func readFlags(name string, args []string, getenv func(string) string, stdout io.Writer, parts []Vendor) (*runFlags, error) {
	f := &runFlags{}
	f.settings.Faults = map[string]float64{}
	given := map[string]string{}
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&f.address, "addr", "127.0.0.1:8080", "")
	set.StringVar(&f.portFile, "port-file", "", "")
	file := set.String("credentials", "", "")
	set.Func("credential", "", func(text string) error {
		name, value, ok := strings.Cut(text, "=")
		if !ok {
			name = "" // found later: the message of package flag would repeat the text, which may be a key
		}
		given[name] = value
		return nil
	})
	strict := set.Bool("strict", false, "")
	set.DurationVar(&f.settings.TimeWindow, "time-window", 0, "")
	set.DurationVar(&f.settings.ClockSkew, "clock-skew", 0, "")
	set.DurationVar(&f.settings.Slowness, "slowness", 0, "")
	set.Func("fault", "", func(text string) error { return setFaults(f.settings.Faults, text) })
	set.Uint64Var(&f.settings.Seed, "seed", 0, "")
	set.BoolVar(&f.settings.TellCaller, "explain-to-caller", false, "")
	set.TextVar(&f.level, "log-level", slog.LevelInfo, "")
	switch err := set.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		_, _ = fmt.Fprintf(stdout, "%s %s", name, runHelp)
		return nil, errHelp
	case err != nil:
		return nil, fmt.Errorf("%w; --help shows how it is used", err)
	case set.NArg() > 0:
		return nil, fmt.Errorf("there is no argument %q; --help shows how it is used", set.Arg(0))
	}
	f.settings.Lenient = !*strict
	if _, _, err := net.SplitHostPort(f.address); err != nil {
		return nil, fmt.Errorf("--addr takes HOST:PORT: %w", err)
	}
	if f.settings.TimeWindow < 0 || f.settings.Slowness < 0 {
		return nil, errors.New("--time-window and --slowness must not be negative")
	}
	credentials, err := collect(*file, given, getenv, parts)
	f.settings.Credentials = credentials
	return f, err
}

func setFaults(rates map[string]float64, text string) error {
	for _, part := range strings.Split(text, ",") {
		name, value, ok := strings.Cut(part, "=")
		rate, err := strconv.ParseFloat(value, 64)
		switch {
		case !slices.Contains(Faults(), Fault(name)):
			return fmt.Errorf("there is no fault %q; there are: %s", name, faultNames())
		case !ok || err != nil || !(rate >= 0 && rate <= 1):
			return errors.New("a rate is a number between 0 and 1, as in 502=0.1")
		}
		rates[name] = rate
	}
	total := 0.0
	for _, fault := range Faults() {
		total += rates[string(fault)]
	}
	if total > 1 {
		return errors.New("the rates of all faults together are more than 1")
	}
	return nil
}

// maxCredentialFile bounds what is read, in bytes.
const maxCredentialFile = 1 << 20

// collect puts credentials together: those of the environment, before them those of the file, before both those of the flags.
func collect(file string, flags map[string]string, getenv func(string) string, parts []Vendor) (map[string]string, error) {
	all := map[string]string{}
	known := map[string]bool{}
	for _, part := range parts {
		for _, c := range part.Credentials() {
			for suffix, variable := range map[string]string{"": "", previousSuffix: "_PREVIOUS"} {
				name := c[1] + suffix
				known[name], known[c[0]+"/"+name] = true, true
				if value := getenv(environmentName(c[1]) + variable); value != "" {
					all[name] = value
				}
			}
		}
	}
	if file != "" {
		text, err := readSmall(file)
		if err != nil {
			return nil, err
		}
		if problem := readCredentials(text, known, all); problem != "" {
			return nil, fmt.Errorf("%s:%s", file, problem)
		}
	}
	for name, value := range flags {
		if name == "" {
			return nil, errors.New("--credential takes NAME=value")
		}
		if !known[name] {
			return nil, unknownName(name, known)
		}
		all[name] = value
	}
	return all, nil
}

func unknownName(name string, known map[string]bool) error {
	var names []string
	for other := range known {
		if !strings.Contains(other, "/") && !strings.HasSuffix(other, previousSuffix) {
			names = append(names, other)
		}
	}
	slices.Sort(names)
	return fmt.Errorf("there is no credential %q; there are: %s", printable(name), strings.Join(names, ", "))
}

func readSmall(name string) (string, error) {
	file, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxCredentialFile+1))
	if err == nil && len(text) > maxCredentialFile {
		err = fmt.Errorf("%s is larger than a file of credentials can be", name)
	}
	return string(text), err
}

// environmentName is the name of a credential's variable.
func environmentName(name string) string {
	return "MSDKGEN_" + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, name)
}

// readCredentials reads lines of a name and a value. Its message holds a line number and nothing of the line.
func readCredentials(text string, known map[string]bool, all map[string]string) (problem string) {
	section := ""
	for i, line := range strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n") {
		content := strings.TrimSpace(line)
		if content == "" || content[0] == '#' || content == "---" {
			continue
		}
		at := strings.IndexAny(content, "=:")
		if at <= 0 {
			return strconv.Itoa(i+1) + ": the line is neither NAME=value nor NAME: value"
		}
		name := strings.TrimSpace(strings.TrimPrefix(content[:at], "export "))
		value, ok := unquoted(strings.TrimSpace(content[at+1:]))
		indented := line[0] == ' ' || line[0] == '\t'
		switch {
		case !ok:
			return strconv.Itoa(i+1) + ": the quotes around the value are not closed"
		case !indented && value == "" && content[at] == ':':
			section = name
			continue
		case !indented:
			section = ""
		}
		if name, ok = knownName(name, section, known); !ok {
			return strconv.Itoa(i+1) + ": no document has a credential of this name"
		}
		all[name] = value
	}
	return ""
}

// knownName finds what a line means: the spelling of the document, with its scheme where the line stands below one, or that of the
// environment.
func knownName(name, section string, known map[string]bool) (string, bool) {
	if section != "" {
		name = section + "/" + name
	}
	if known[name] {
		return name, true
	}
	for other := range known {
		variable := environmentName(strings.TrimSuffix(other, previousSuffix))
		if strings.HasSuffix(other, previousSuffix) {
			variable += "_PREVIOUS"
		}
		if name == variable || name == strings.TrimPrefix(variable, "MSDKGEN_") {
			return other, true
		}
	}
	return "", false
}

// unquoted takes quotes away, or without them a comment behind the value.
func unquoted(value string) (string, bool) {
	if value == "" || value[0] != '"' && value[0] != '\'' {
		value, _, _ = strings.Cut(value, " #")
		return strings.TrimSpace(value), true
	}
	end := strings.LastIndexByte(value, value[0])
	return value[1:max(end, 1)], end > 0
}
