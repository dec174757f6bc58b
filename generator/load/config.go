// msdkgen.yaml. It is read here and not in cmd because this is the only reader of YAML, and because its faults are placed and worded
// as those of a spec are.
package load

import (
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// Config is the decoded msdkgen.yaml.
type Config struct {
	Requires Requirement // versions of msdkgen that the file asks for
	Strict   bool        // warnings become errors, and more is required
	Packages []PackageConfig
}

// PackageConfig is one package to generate.
type PackageConfig struct {
	Pos        diag.Pos // of the entry
	Spec       string   // the document: a path relative to msdkgen.yaml, or the name of a built-in one
	SpecPos    diag.Pos
	Package    string // Go package name
	PackagePos diag.Pos
	Output     string // folder, slash-separated, clean and relative to msdkgen.yaml
	OutputPos  diag.Pos
	Import     string     // import path of the package; empty: whoever reads the file may find it in go.mod
	StandinPos diag.Pos   // of emit.standin, where it says true
	Include    *Selection // nil: everything
	Exclude    *Selection // nil: nothing
	Omit       Parts      // what is not emitted
}

// The keys of msdkgen.yaml, in the order in which messages and the JSON Schema list them.
var (
	configKeys    = []string{"requires", "strict", "packages"}
	packageKeys   = []string{"spec", "package", "output", "import", "include", "exclude", "emit"}
	selectionKeys = []string{"tags", "operations", "paths", "channels"}
	emitKeys      = []string{"client", "server", "validators", "tests", "standin"}
)

// ReadConfig reads msdkgen.yaml; ConfigSchema says what it may hold. nil when the file cannot be read at all; entries with errors are
// left out of Packages.
func ReadConfig(fsys fs.FS, name string, list *diag.List) *Config {
	root := readTree(fsys, name, list)
	if root == nil {
		return nil
	}
	if root.Kind != Mapping {
		list.Errorf(root.Pos, diag.CodeWrongKind, "the configuration is a mapping, not %s", root.describe())
		return nil
	}
	onlyKeys(root, list, "the configuration", configKeys)
	config := &Config{}
	config.Requires = readRequirement(root.Member("requires"), list)
	config.Strict, _ = root.Member("strict").AsBool(list)
	packages := root.Member("packages")
	if packages == nil && root.misspells("packages", configKeys) {
		return config
	}
	if packages == nil {
		list.Errorf(root.Pos, diag.CodeMissingKey, `the configuration needs the key "packages"`)
		return config
	}
	entries, ok := packages.AsList(list)
	if ok && len(entries) == 0 {
		list.Errorf(packages.Pos, diag.CodeConfig, "packages is empty; there is nothing to generate")
	}
	taken := map[string]diag.Pos{}
	for _, entry := range entries {
		p, ok := readPackage(entry, list)
		if first, twice := taken[p.Output]; twice && p.Output != "" {
			list.Errorf(p.OutputPos, diag.CodeConfig, "two packages have the output %q", p.Output).See(first, "the other one")
			ok = false
		}
		if p.Output != "" && !taken[p.Output].IsValid() {
			taken[p.Output] = p.OutputPos
		}
		if ok {
			config.Packages = append(config.Packages, p)
		}
	}
	return config
}

// readPackage decodes one entry; ok is false when something is wrong with it.
func readPackage(entry *Node, list *diag.List) (p PackageConfig, ok bool) {
	before := len(*list)
	p.Pos = entry.Pos
	if _, isMapping := entry.AsMapping(list); !isMapping {
		return p, false
	}
	onlyKeys(entry, list, "a package", packageKeys)
	p.Spec, p.SpecPos = requiredText(entry, "spec", list)
	p.Package, p.PackagePos = requiredText(entry, "package", list)
	p.Output, p.OutputPos = requiredText(entry, "output", list)
	if p.Package != "" && (!token.IsIdentifier(p.Package) || p.Package == "_") {
		list.Errorf(p.PackagePos, diag.CodeConfig, "%q is not a Go package name", p.Package)
	}
	if p.Package == "main" {
		list.Errorf(p.PackagePos, diag.CodeConfig, "a package with the name main cannot be imported")
	}
	checkPath("spec", p.Spec, p.SpecPos, list)
	checkPath("output", p.Output, p.OutputPos, list)
	if member := entry.Member("import"); member != nil {
		p.Import, _ = member.AsText(list)
		checkImport(member.Pos, p.Import, list)
	}
	p.Include = readSelection(entry.Member("include"), list)
	p.Exclude = readSelection(entry.Member("exclude"), list)
	contradictions(p.Include, p.Exclude, list)
	p.Omit, p.StandinPos = readEmit(entry.Member("emit"), list)
	return p, len(*list) == before
}

// requiredText decodes a text that has to be there and not be empty.
func requiredText(entry *Node, key string, list *diag.List) (string, diag.Pos) {
	member := entry.Member(key)
	if member == nil && entry.misspells(key, packageKeys) {
		return "", entry.Pos
	}
	if member == nil {
		list.Errorf(entry.Pos, diag.CodeMissingKey, "a package needs the key %q", key)
		return "", entry.Pos
	}
	text, ok := member.AsText(list)
	if ok && text == "" {
		list.Errorf(member.Pos, diag.CodeConfig, "%s is empty", key)
	}
	return text, member.Pos
}

// checkPath refuses what lies outside of the folder of msdkgen.yaml, and spellings that another system would read differently.
func checkPath(what, name string, pos diag.Pos, list *diag.List) {
	if name == "" || fs.ValidPath(name) && !strings.ContainsAny(name, `\:`) {
		return
	}
	clean := path.Clean(strings.ReplaceAll(name, `\`, "/"))
	switch {
	case path.IsAbs(clean) || strings.Contains(clean, ":"):
		list.Errorf(pos, diag.CodeConfig, "the %s %q is not relative to msdkgen.yaml", what, name)
	case clean == ".." || strings.HasPrefix(clean, "../"):
		list.Errorf(pos, diag.CodeConfig, "the %s %q leads out of the folder of msdkgen.yaml", what, name)
	default:
		list.Errorf(pos, diag.CodeConfig, "the %s %q is not a clean path", what, name).Suggest("write %s", clean)
	}
}

// importPath is what the go command takes for a path, and a bit less.
var importPath = regexp.MustCompile(`^[A-Za-z0-9._~+-]+(/[A-Za-z0-9._~+-]+)*$`)

func checkImport(pos diag.Pos, text string, list *diag.List) {
	if !importPath.MatchString(text) || !fs.ValidPath(text) || text == "." {
		list.Errorf(pos, diag.CodeConfig, "%q is not an import path", text)
	}
}

// misspells reports whether onlyKeys has complained about a key that was meant to be a given one: its message says what to write.
func (n *Node) misspells(key string, known []string) bool {
	return slices.ContainsFunc(n.Children, func(member *Node) bool {
		near, ok := diag.Nearest(member.Key, known)
		return ok && near == key && !slices.Contains(known, member.Key)
	})
}

// onlyKeys reports members of a mapping that nothing reads.
func onlyKeys(n *Node, list *diag.List, name string, known []string) {
	for _, member := range n.Children {
		if slices.Contains(known, member.Key) {
			continue
		}
		d := list.Errorf(member.KeyPos, diag.CodeUnknownKey, "%s has no key %q", name, member.Key)
		if near, ok := diag.Nearest(member.Key, known); ok {
			d.Suggest("did you mean %q?", near)
		} else {
			d.Suggest("the keys are %s", strings.Join(known, ", "))
		}
	}
}
