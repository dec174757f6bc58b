package command

// The command sign: a finished request, signed as a generated client signs it, and every step on the way there.

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/internal/signing"
	"github.com/msdkgen/msdkgen/templates/support"
)

func signCommand() command {
	return command{
		name: "sign", args: "SPEC OPERATION [NAME=value...] [flags]",
		summary: "make one signed request, as a curl command or as HTTP text",
		details: `SPEC is a document, or msdk or timgroup, which come with msdkgen; OPERATION is an operationId of it. NAME=value sets a parameter, or a
member of the body. What a client fills in by itself (times, random values, constants, parts of the credentials, the signature) is filled
in here too; a parameter of these but the signature can be set as well. Nothing is sent.

  --body FILE       the body as it is to be sent ("-" is stdin); members that a client fills in are added to it
  --server URL      http(s)://host[:port][/prefix]; without it the first server of the document that serves the operation
  --variant NAME    of an operation with variants: its name or its value
  --time TIME       seconds since 1970, or 2006-01-02T15:04:05Z; without it now
  --nonce TEXT      in place of every random value
  --encrypt         encrypt the body, where the document says how
  --zero-random     all random bits of the encryption are 0; for tests only
  --format FORM     curl (the default) or http
  --explain         on stderr: every step of the signature, with its inputs and its result, and the string to sign
  --show-secrets    show secrets in that, and not only their names
` + credentialHelp + `
Exit codes: 0 done; 2 wrong usage, errors in the document, or it could not be done.

Examples:
  MSDKGEN_MSDKKEY=... msdkgen sign msdk verify_login appid=100703379 openid=A1B2 openkey=token userip=192.0.2.1 --credential appid=100703379
  msdkgen sign msdk qqscore_batch --body request.json --credentials keys.yaml --explain
  msdkgen sign api.yaml list --credentials keys.yaml --server https://api.example.com --format http
`,
		run: sign,
	}
}

// signFlags are the flags of sign.
type signFlags struct {
	body, server, variant, time, nonce, format string
	explain, secrets, encrypt, zero            bool
	credentials                                *credentialFlags
}

func sign(c *call) int {
	f := &signFlags{credentials: c.credentialFlags()}
	for name, target := range map[string]*string{
		"body": &f.body, "server": &f.server, "variant": &f.variant, "time": &f.time, "nonce": &f.nonce,
	} {
		c.flags.StringVar(target, name, "", "")
	}
	c.flags.StringVar(&f.format, "format", "curl", "")
	for name, target := range map[string]*bool{"explain": &f.explain, "show-secrets": &f.secrets, "encrypt": &f.encrypt, "zero-random": &f.zero} {
		c.flags.BoolVar(target, name, false, "")
	}
	rest, exit, ok := c.parse()
	switch {
	case !ok:
		return exit
	case len(rest) < 2:
		return c.usage("sign takes a document and an operation")
	case f.format != "curl" && f.format != "http":
		return c.usage("--format is curl or http")
	}
	api, exit, ok := c.model(rest[0])
	if !ok {
		return exit
	}
	plan, problem := c.plan(api, rest, f)
	if problem != "" {
		c.message("%s", problem)
		return exitFailed
	}
	built, err := signing.Build(plan)
	if err != nil {
		return c.cannotSign(err)
	}
	if f.server == "" {
		c.message("note: the server is %s; --server names another", plan.Server)
	}
	for _, note := range built.Notes {
		c.message("note: %s", note)
	}
	if f.explain {
		explainBuilt(c.stderr, plan.Call, built, f.secrets)
	}
	if f.format == "http" {
		_, _ = c.stdout.Write(built.Request.HTTP())
		return exitDone
	}
	_, _ = io.WriteString(c.stdout, built.Request.Curl())
	return exitDone
}

// cannotSign reports why a request cannot be made.
func (c *call) cannotSign(err error) int {
	var fault *signing.Fault
	if errors.As(err, &fault) {
		err = fmt.Errorf("the request cannot be signed: %w", err)
	}
	return c.fail(err)
}

// plan collects what a request is made of; arguments are a document, an operation and values.
func (c *call) plan(api *ir.API, arguments []string, f *signFlags) (p signing.Plan, problem string) {
	operation, values := arguments[1], arguments[2:]
	called, problem := findCall(api, arguments, f.variant)
	if problem != "" {
		return p, problem
	}
	scheme := called.Operation.Scheme
	p = signing.Plan{API: api, Call: called, Server: f.server, Now: time.Now(), Random: rand.Reader, Nonce: f.nonce}
	for _, text := range values {
		name, value, ok := strings.Cut(text, "=")
		if !ok || name == "" {
			return p, fmt.Sprintf("%q is not NAME=value", text)
		}
		p.Values = append(p.Values, signing.Pair{Name: name, Value: value})
	}
	if p.Server == "" {
		if p.Server = defaultServer(api, scheme); p.Server == "" {
			return p, "the document has no server for " + operation + "; give --server"
		}
	}
	if p.Credentials, problem = f.credentials.credentials(api, scheme); problem != "" {
		return p, problem
	}
	if f.time != "" {
		if p.Now, problem = parseMoment(f.time); problem != "" {
			return p, problem
		}
	}
	if f.body != "" {
		body, err := c.input(f.body)
		if err != nil {
			return p, err.Error()
		}
		p.Body = append([]byte{}, body...)
	}
	if f.encrypt {
		if called.Operation.Cipher == nil {
			return p, "the document does not say how " + operation + " is encrypted"
		}
		p.Encrypt = encryptWith(f.zero)
	}
	return p, ""
}

// encryptWith is the cipher of generated packages.
func encryptWith(zero bool) func([]byte, string) ([]byte, error) {
	var random io.Reader = rand.Reader
	if zero {
		random = zeros{}
	}
	return func(plaintext []byte, secret string) ([]byte, error) {
		key, err := support.NewTeaKey(secret)
		if err != nil {
			return nil, err
		}
		return support.EncryptTea(plaintext, key, random)
	}
}

// parseMoment reads --time.
func parseMoment(text string) (t time.Time, problem string) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		if n >= 1e12 || n < 0 {
			return t, fmt.Sprintf("--time %s is in seconds, not in milliseconds", text)
		}
		return time.Unix(n, 0), ""
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return t, fmt.Sprintf("--time %q is neither seconds since 1970 nor a time such as 2006-01-02T15:04:05Z", text)
	}
	return t, ""
}

// defaultServer is the first server that serves a scheme.
func defaultServer(api *ir.API, s *ir.Scheme) string {
	for _, server := range api.Servers {
		if s == nil || len(server.Schemes) == 0 || slices.Contains(server.Schemes, s) {
			return server.URL
		}
	}
	return ""
}

// findCall finds an operation, and its variant by its name, its value or the value of its parameter.
func findCall(api *ir.API, arguments []string, variant string) (called *ir.Call, problem string) {
	document, name, values := arguments[0], arguments[1], arguments[2:]
	var names []string
	for _, op := range api.Operations {
		names = append(names, op.Name.Spec)
		if op.Name.Spec == name || strings.EqualFold(op.Name.Go, name) {
			return chooseVariant(op, variant, values)
		}
	}
	if near, ok := diag.Nearest(name, names); ok {
		return nil, fmt.Sprintf("there is no operation %q; did you mean %q?", name, near)
	}
	hint := fmt.Sprintf("\"msdkgen dump --list operations %s\" lists all %d", document, len(names))
	if few := diag.Few(name, names); len(few) > 0 {
		hint = fmt.Sprintf("did you mean %s? ", strings.Join(few, " or ")) + hint
	}
	return nil, fmt.Sprintf("there is no operation %q; %s", name, hint)
}

func chooseVariant(op *ir.Operation, variant string, values []string) (called *ir.Call, problem string) {
	if op.Variants == nil {
		if variant != "" {
			return nil, op.Name.Spec + " has no variants"
		}
		return op.Calls[0], ""
	}
	selector := op.Variants.Parameter.Name.Spec
	if variant == "" {
		for _, text := range values {
			if value, ok := strings.CutPrefix(text, selector+"="); ok {
				variant = value
			}
		}
	}
	var names []string
	for _, called := range op.Calls {
		if strings.EqualFold(called.Variant, variant) || called.Value == variant {
			return called, ""
		}
		names = append(names, fmt.Sprintf("%s (%s=%s)", called.Variant, selector, called.Value))
	}
	if variant == "" {
		return nil, fmt.Sprintf("%s has variants: choose %s with --variant", op.Name.Spec, strings.Join(names, " or "))
	}
	return nil, fmt.Sprintf("%s has no variant %q; it has %s", op.Name.Spec, variant, strings.Join(names, " and "))
}

// explainBuilt shows how a signature came about.
func explainBuilt(w io.Writer, called *ir.Call, built *signing.Built, secrets bool) {
	op := called.Operation
	fmt.Fprintf(w, "%s: %s %s\n", op.Name.Spec, op.Method, op.Path)
	if built.Run == nil {
		fmt.Fprintln(w, "the operation is not signed")
		return
	}
	fmt.Fprintf(w, "signed by %s%s\n\n", op.Scheme.Name.Spec, keyWords(op.Scheme, built.Run.Key))
	built.Run.Print(w, secrets)
	for i, p := range op.Scheme.Places {
		fmt.Fprintf(w, "%s %s: %s\n", p.In, p.Name, signing.Printable(built.Run.Placed[i].Show(secrets)))
	}
	if op.Cipher != nil && built.Plain != nil && string(built.Plain) != string(built.Request.Body) {
		fmt.Fprintf(w, "encrypted with %s (%s): %d bytes become %d\n", op.Cipher.Secret, op.Cipher.Name, len(built.Plain), len(built.Request.Body))
	}
	fmt.Fprintln(w)
}

// keyWords says which key signs, where there is a choice.
func keyWords(s *ir.Scheme, key *ir.KeyChoiceCase) string {
	if key == nil || s.Keys == nil {
		return ""
	}
	if s.Keys.Parameter == "" {
		return " with " + key.Secret
	}
	return fmt.Sprintf(" with %s, the key for %s=%s", key.Secret, s.Keys.Parameter, key.Value)
}
