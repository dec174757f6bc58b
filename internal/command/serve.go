package command

// The command serve: a stand-in for a vendor as a program. What serves is generated code, which the build that generates it does not have,
// see serve_without.go; here is what is the same for both.

import (
	"flag"
	"fmt"
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/spec"
)

func serveCommand() command {
	return command{
		name: "serve", args: "[SPEC...] [--addr HOST:PORT] [--strict] [--fault NAME=RATE] [--seed NUMBER]",
		summary: "stand in for the vendor: check, decrypt, validate and answer requests",
		details: `Serves msdk, timgroup or, if none is named, both behind one port, until it is told to stop. A request is limited, decrypted, verified and
validated as the vendor does it, and answered in the vendor's shape: with the document's example, unless the caller asks for something
else. Credentials that nobody gives are made up and printed, with a line of curl that works. "msdkgen init --standin" writes a program that
does the same for another document.

  --addr HOST:PORT          where to listen; 127.0.0.1:8080 if it is left out, port 0 for any free one
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
both. NAME.previous (MSDKGEN_NAME_PREVIOUS) is the previous one of a secret that is being exchanged. Other users of the machine can read
the flags of a running program: for a key that matters take the environment or a file.

A caller asks for an answer with a header, or with a parameter of the query that is not part of what is signed:

  X-Stand-In-Result: -502       stand-in-result=-502       a result code, and a message behind a comma if you like
  X-Stand-In-Example: NAME      stand-in-example=NAME      another example of the document
  X-Stand-In-Fault: 502         stand-in-fault=502         one of the faults above
  X-Stand-In-Signed: TEXT       the string that you sign, as it is, percent-encoded, or base64:…; the log says where it differs

GET /healthz answers with counts: calls, refusals, faults, and each leniency that was made use of. The log is JSON, on stderr.

Exit codes: 0 it was told to stop; 2 wrong usage, or it could not be done.

Examples:
  msdkgen serve msdk                                        # on 127.0.0.1:8080, with keys that are made up
  msdkgen serve msdk --strict --credentials keys.yaml
  msdkgen serve msdk timgroup --addr 127.0.0.1:0 --port-file port
  msdkgen serve msdk --fault 502=0.1,slow=0.05 --seed 7     # for the tests of a caller's retries
`,
		run: serve,
	}
}

// serveFlags are the flags of the stand-ins, which read them themselves. The value says whether a word follows.
var serveFlags = map[string]bool{
	"addr": true, "port-file": true, "credential": true, "credentials": true, "strict": false, "time-window": true, "clock-skew": true,
	"fault": true, "seed": true, "slowness": true, "explain-to-caller": false, "log-level": true,
}

// passedOn is a flag that goes to the stand-in as it came.
type passedOn struct {
	name  string
	value bool // a word follows
	all   *[]string
}

// String is empty: a value may be a key.
func (p *passedOn) String() string { return "" }

// Set takes one.
func (p *passedOn) Set(text string) error {
	if !p.value {
		on, err := strconv.ParseBool(text)
		if err != nil {
			return fmt.Errorf("it takes true or false")
		}
		text = strconv.FormatBool(on)
	}
	*p.all = append(*p.all, "--"+p.name+"="+text)
	return nil
}

// IsBoolFlag is for package flag.
func (p *passedOn) IsBoolFlag() bool { return !p.value }

var _ flag.Value = (*passedOn)(nil)

func serve(c *call) int {
	var args []string
	for name, value := range serveFlags {
		c.flags.Var(&passedOn{name, value, &args}, name, "")
	}
	documents, exit, ok := c.parse()
	if !ok {
		return exit
	}
	for _, document := range documents {
		if _, _, known := spec.Named(document); known {
			continue
		}
		if near, ok := diag.Nearest(document, spec.Names()); ok {
			return c.usage("there is no stand-in for %q; did you mean %q?", document, near)
		}
		return c.usage("there is a stand-in for %s, and none for %q; \"msdkgen init --standin\" writes a program for another document",
			strings.Join(spec.Names(), " and "), document)
	}
	return c.standIn(documents, args)
}
