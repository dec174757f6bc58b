package command

// The command verify: is the signature of a request right, and if not, what did its sender do?

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/internal/signing"
	"github.com/msdkgen/msdkgen/templates/support"
)

func verifyCommand() command {
	return command{
		name: "verify", args: "SPEC [FILE] [flags]",
		summary: "say whether the signature of a request is right, and if not, why",
		details: `Reads a request from FILE or stdin: HTTP text (LF or CRLF) or a curl command, whose files (@FILE) are read beside it. The operation is found
by method and path. Nothing is sent.

If the signature is wrong, other readings are tried, alone and in pairs: another key, the previous one, milliseconds, another order or
encoding of the parameters, another form of the body or of the address, and many more; the ones that fit are named. Otherwise it shows
what is signed, with the names of secrets in their places.

  --string FILE     the string that the sender signed: says where it first differs from the right one; a line end behind it is an
                    editor's, and does not count
  --server URL      the address that the sender called, where HTTP text does not tell: http(s)://host[:port][/prefix]
  --time TIME       check the age of the request too, as at this time (seconds since 1970, or 2006-01-02T15:04:05Z)
  --window SECONDS  how old it may be then, in place of what the document says
  --explain         on stderr: every step of the right signature
  --show-secrets    show secrets in that, and not only their names
` + credentialHelp + `
Exit codes: 0 the signature is right; 1 it is not; 2 wrong usage, errors in the document, or it could not be said.

Examples:
  MSDKGEN_MSDKKEY=... msdkgen verify msdk request.txt
  msdkgen verify msdk --credentials keys.yaml --string signed.txt request.txt
  msdkgen sign msdk check_token --body b.json --credentials keys.yaml | msdkgen verify msdk --credentials keys.yaml
`,
		run: verify,
	}
}

// verifyFlags are the flags of verify.
type verifyFlags struct {
	own, server, time string
	seconds           int
	explain, secrets  bool
	credentials       *credentialFlags
}

func verify(c *call) int {
	f := &verifyFlags{credentials: c.credentialFlags()}
	c.flags.StringVar(&f.own, "string", "", "")
	c.flags.StringVar(&f.server, "server", "", "")
	c.flags.StringVar(&f.time, "time", "", "")
	c.flags.IntVar(&f.seconds, "window", 0, "")
	c.flags.BoolVar(&f.explain, "explain", false, "")
	c.flags.BoolVar(&f.secrets, "show-secrets", false, "")
	rest, exit, ok := c.parse()
	switch {
	case !ok:
		return exit
	case len(rest) == 0 || len(rest) > 2:
		return c.usage("verify takes a document, and the file with the request or stdin")
	}
	api, exit, ok := c.model(rest[0])
	if !ok {
		return exit
	}
	check, notes, err := c.requestCheck(api, append(rest[1:], "")[0], f)
	if err != nil {
		return c.fail(err)
	}
	x := signing.Explain(*check)
	x.Notes = append(notes, x.Notes...)
	if f.explain && x.Run != nil {
		x.Run.Print(c.stderr, f.secrets)
	}
	printVerdict(c.stdout, check, x, f.secrets)
	if x.Valid {
		return exitDone
	}
	return exitFindings
}

// requestCheck reads the request and finds what it is for.
func (c *call) requestCheck(api *ir.API, file string, f *verifyFlags) (check *signing.Check, notes []string, err error) {
	text, err := c.input(file)
	if err != nil {
		return nil, nil, err
	}
	got, notes, err := parseRequest(text, file)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", shownInput(file), err)
	}
	match, err := findOperation(api, got)
	if err != nil {
		return nil, nil, err
	}
	check = &signing.Check{API: api, Match: match, Received: got, Server: f.server, Decrypt: decryptWith, Window: time.Duration(f.seconds) * time.Second}
	var problem string
	if check.Credentials, problem = f.credentials.credentials(api, match.Operation.Scheme); problem != "" {
		return nil, nil, errors.New(problem)
	}
	if problem = unconfigured(match.Operation.Scheme, check.Credentials); problem != "" {
		return nil, nil, errors.New(problem)
	}
	if f.time != "" {
		if check.Now, problem = parseMoment(f.time); problem != "" {
			return nil, nil, errors.New(problem)
		}
	}
	if f.own != "" {
		if check.Own, err = c.input(f.own); err != nil {
			return nil, nil, err
		}
		check.Own = append([]byte{}, check.Own...) // an empty file is a string as well
	}
	return check, notes, nil
}

func shownInput(file string) string {
	if file == "" || file == "-" {
		return "stdin"
	}
	return file
}

// parseRequest reads HTTP text or a curl command.
func parseRequest(text []byte, file string) (*signing.Received, []string, error) {
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, nil, errors.New("there is no request in it")
	}
	if !signing.IsCurl(text) {
		return signing.ParseHTTP(text)
	}
	folder := "."
	if file != "" && file != "-" {
		folder = filepath.Dir(file)
	}
	got, err := signing.ParseCurl(string(text), func(name string) ([]byte, error) {
		if !filepath.IsAbs(name) {
			name = filepath.Join(folder, name)
		}
		return readFile(name, signing.MaxBody)
	})
	return got, nil, err
}

// findOperation finds the signed operation that a request is for.
func findOperation(api *ir.API, got *signing.Received) (signing.Match, error) {
	matches := signing.Find(api, got.Method, got.Path)
	if len(matches) == 0 {
		var paths []string
		for _, op := range api.Operations {
			paths = append(append(paths, op.Path), op.Aliases...)
		}
		hint := ""
		if near, ok := diag.Nearest(strings.TrimSuffix(got.Path, "/"), paths); ok {
			hint = fmt.Sprintf("; did you mean %s?", near)
		}
		return signing.Match{}, fmt.Errorf("no operation has the path %s%s", signing.Printable(got.Path), hint)
	}
	if matches[0].Operation.Scheme == nil {
		return signing.Match{}, fmt.Errorf("%s is not signed", matches[0].Operation.Name.Spec)
	}
	return matches[0], nil
}

// unconfigured says that there is no secret at all: without one nothing can be said.
func unconfigured(s *ir.Scheme, all signing.Credentials) string {
	var names []string
	for _, credential := range s.Credentials {
		if credential.Secret && !credential.Optional {
			if all[credential.Name.Spec].Current != "" {
				return ""
			}
			names = append(names, credential.Name.Spec)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("no secret of %s is configured: %s (%s in the environment)", s.Name.Spec, strings.Join(names, " or "), environmentName(names[0]))
}

// decryptWith is the cipher of generated packages.
func decryptWith(ciphertext []byte, secret string) ([]byte, error) {
	key, err := support.NewTeaKey(secret)
	if err != nil {
		return nil, err
	}
	return support.DecryptTea(ciphertext, key)
}

// printVerdict says what came out.
func printVerdict(w io.Writer, check *signing.Check, x *signing.Explanation, secrets bool) {
	op := check.Match.Operation
	signed := "signed by " + op.Scheme.Name.Spec
	if x.Arrival != nil {
		signed += keyWords(op.Scheme, x.Arrival.Key)
	}
	if x.Valid {
		fmt.Fprintf(w, "valid: %s, %s\n", op.Name.Spec, signed)
	} else {
		fmt.Fprintf(w, "not valid: %s: %s\n%s\n", op.Name.Spec, x.Reason, signed)
	}
	for _, note := range x.Notes {
		fmt.Fprintf(w, "note: %s\n", signing.Printable(note))
	}
	printDifference(w, x)
	if x.Valid {
		return
	}
	if len(x.Would) > 0 {
		fmt.Fprintln(w, "\nWhat would have matched:")
		for _, finding := range x.Would {
			fmt.Fprintf(w, "  - %s (%s)\n", signing.Printable(finding.Text), finding.Code)
		}
	} else if x.Tried > 0 {
		fmt.Fprintf(w, "\nNone of %d other readings fits.\n", x.Tried)
	}
	for _, p := range x.Places {
		right := "which is right"
		if !p.Fits {
			right = "expected " + signing.Printable(p.Want.Show(secrets))
		}
		fmt.Fprintf(w, "\n%s %s: %s\n%s\n", p.Place.In, p.Place.Name, signing.Printable(p.Given), right)
	}
	if x.Run == nil {
		return
	}
	if d := x.Run.StringToSign(); d != nil {
		fmt.Fprintln(w)
		d.Print(w, secrets)
	}
}

// printDifference says where the sender's own string differs.
func printDifference(w io.Writer, x *signing.Explanation) {
	switch d := x.Difference; {
	case x.OwnIs != "":
		fmt.Fprintf(w, "\nThe given string is that of the step %s, and right.\n", x.OwnIs)
	case d != nil && d.InKey:
		fmt.Fprintf(w, "\nThe given string differs in the key, at byte %d:\n  right: %s\n  given: %s\n", d.Offset, d.Ours, d.Theirs)
	case d != nil:
		fmt.Fprintf(w, "\nThe given string differs at byte %d:\n  right: %s\n  given: %s\n", d.Offset, d.Ours, d.Theirs)
	}
}
