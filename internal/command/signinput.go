package command

// What sign and verify have in common: the document, the operation in it, and the credentials. They are apart from both because of the rule
// that holds for credentials: no message repeats any of one.

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/internal/signing"
	"github.com/msdkgen/msdkgen/spec"
)

const credentialHelp = `
Credentials have the names that the document gives them. They come from

  MSDKGEN_NAME               in the environment, such as MSDKGEN_MSDKKEY
  --credentials FILE         lines NAME=value or NAME: value; lines of a scheme may be indented below its name
  --credential NAME=value    may be repeated

the later ones before the earlier ones. NAME.previous (MSDKGEN_NAME_PREVIOUS in the environment) is the previous one of a secret that is being
exchanged. Other users of the machine can read the flags of a running command, and a shell keeps them in its history: for a key that matters
take the environment or a file.
`

// maxInput bounds files that are read, in bytes.
const maxInput = signing.MaxBody + 1<<20

// model reads the document that an argument names. Unless the last result is true, the command is over with the exit code.
func (c *call) model(name string) (api *ir.API, exit int, ok bool) {
	root, file := filepath.Dir(name), filepath.Base(name)
	docs := documents{disk: os.DirFS(root), root: root}
	cfg := &generator.Config{Packages: []generator.Package{{Spec: file, Package: "api", Output: "out"}}}
	docs.resolve(cfg)
	if _, err := os.Stat(name); err != nil && !strings.HasPrefix(cfg.Packages[0].Spec, embeddedFolder) {
		hint := ""
		if near, ok := diag.Nearest(name, spec.Names()); ok {
			hint = fmt.Sprintf("; did you mean %q, which comes with msdkgen?", near)
		}
		c.message("cannot read the document %s%s", name, hint)
		return nil, exitFailed, false
	}
	apis, list := generator.Models(docs, *cfg)
	if apis[0] == nil || list.HasErrors() {
		c.print(slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return d.Severity != diag.SeverityError }), docs)
		return nil, exitFailed, false
	}
	return apis[0], exitDone, true
}

// pairs are flags of the form name=value.
type pairs []signing.Pair

// String is empty: the values may be keys.
func (p *pairs) String() string { return "" }

// Set takes one. The message of package flag would repeat the value, so what is wrong is found later.
func (p *pairs) Set(text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok {
		name = ""
	}
	*p = append(*p, signing.Pair{Name: name, Value: value})
	return nil
}

// credentialFlags is what the flags say about credentials.
type credentialFlags struct {
	file   string
	single pairs
}

func (c *call) credentialFlags() *credentialFlags {
	f := &credentialFlags{}
	c.flags.StringVar(&f.file, "credentials", "", "")
	c.flags.Var(&f.single, "credential", "")
	return f
}

// credentials collects those of a scheme; nil stands for a call that is not signed. problem says what is wrong.
func (f *credentialFlags) credentials(api *ir.API, s *ir.Scheme) (all signing.Credentials, problem string) {
	all = signing.Credentials{}
	known := map[string]bool{}
	for _, other := range api.Schemes {
		for _, credential := range other.Credentials {
			known[credential.Name.Spec] = true
		}
	}
	if s == nil {
		return all, ""
	}
	own := map[string]bool{}
	for _, credential := range s.Credentials {
		name := credential.Name.Spec
		own[name] = true
		variable := environmentName(name)
		all[name] = signing.Credential{Current: os.Getenv(variable), Previous: os.Getenv(variable + "_PREVIOUS")}
	}
	given, problem := f.given(api, s)
	if problem != "" {
		return nil, problem
	}
	for _, p := range given {
		name, previous := strings.CutSuffix(p.Name, ".previous")
		switch {
		case !known[name]:
			return nil, unknownCredential(name, s)
		case !own[name]:
			continue // of another scheme: one file may serve several
		}
		credential := all[name]
		if previous {
			credential.Previous = p.Value
		} else {
			credential.Current = p.Value
		}
		all[name] = credential
	}
	return all, ""
}

func unknownCredential(name string, s *ir.Scheme) string {
	var names []string
	for _, credential := range s.Credentials {
		names = append(names, credential.Name.Spec)
	}
	hint := s.Name.Spec + " has " + strings.Join(names, ", ")
	if near, ok := diag.Nearest(name, names); ok {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	if len(name) > 64 { // hardly a name
		return "there is no such credential; " + hint
	}
	return fmt.Sprintf("there is no credential %q; %s", name, hint)
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

// given are the credentials of the file, and behind them those of the flags.
func (f *credentialFlags) given(api *ir.API, s *ir.Scheme) (all []signing.Pair, problem string) {
	if f.file != "" {
		text, err := readFile(f.file, 1<<20)
		if err != nil {
			return nil, err.Error()
		}
		if all, problem = credentialLines(string(text), api, s); problem != "" {
			return nil, f.file + ":" + problem
		}
	}
	for _, p := range f.single {
		if p.Name == "" {
			return nil, "--credential takes NAME=value"
		}
		all = append(all, p)
	}
	return all, ""
}

// credentialLines reads a file of credentials. It is a small part of YAML, in which a value is always text: a key of digits stays as it is.
// Messages hold line numbers and nothing of a line.
func credentialLines(text string, api *ir.API, s *ir.Scheme) (all []signing.Pair, problem string) {
	section, inSection := "", ""
	for i, line := range strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n") {
		content := strings.TrimSpace(line)
		if content == "" || content[0] == '#' || content == "---" {
			continue
		}
		indented := line[0] == ' ' || line[0] == '\t'
		name, value, ok := cutCredential(content)
		switch {
		case !ok:
			return nil, fmt.Sprintf("%d: the line is neither NAME=value nor NAME: value", i+1)
		case indented && section == "":
			return nil, fmt.Sprintf("%d: the line is indented, but stands below no scheme", i+1)
		case !indented && value == "" && strings.HasSuffix(content, ":"):
			section, inSection = name, name
			continue
		case !indented:
			section, inSection = "", ""
		}
		if inSection != "" && inSection != s.Name.Spec {
			continue
		}
		if value, ok = unquoted(value); !ok {
			return nil, fmt.Sprintf("%d: the quotes around the value are not closed", i+1)
		}
		all = append(all, signing.Pair{Name: strings.TrimPrefix(name, "export "), Value: value})
	}
	return lowerNames(all, api), ""
}

// cutCredential splits a line at = or at a colon, whichever comes first.
func cutCredential(line string) (name, value string, ok bool) {
	at := strings.IndexAny(line, "=:")
	if at <= 0 {
		return "", "", false
	}
	return strings.TrimSpace(line[:at]), strings.TrimSpace(line[at+1:]), true
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

// lowerNames gives names of the environment, such as MSDKGEN_MSDKKEY, the spelling of the document.
func lowerNames(all []signing.Pair, api *ir.API) []signing.Pair {
	var credentials []*ir.Credential
	for _, s := range api.Schemes {
		credentials = append(credentials, s.Credentials...)
	}
	for i, p := range all {
		for _, credential := range credentials {
			variable := environmentName(credential.Name.Spec)
			switch p.Name {
			case variable, strings.TrimPrefix(variable, "MSDKGEN_"):
				all[i].Name = credential.Name.Spec
			case variable + "_PREVIOUS", strings.TrimPrefix(variable, "MSDKGEN_") + "_PREVIOUS":
				all[i].Name = credential.Name.Spec + ".previous"
			}
		}
	}
	return all
}

// readFile reads a file of at most limit bytes.
func readFile(name string, limit int64) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readAll(file, name, limit)
}

func readAll(r io.Reader, name string, limit int64) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if int64(len(content)) > limit {
		return nil, fmt.Errorf("%s is larger than %d bytes", name, limit)
	}
	return content, nil
}

// input reads a file, or stdin for "-" and for no name at all.
func (c *call) input(name string) ([]byte, error) {
	if name == "" || name == "-" {
		return readAll(c.stdin, "stdin", maxInput)
	}
	return readFile(name, maxInput)
}
