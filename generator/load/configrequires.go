// The key requires of msdkgen.yaml: which versions of msdkgen may generate. Apart from config.go because it has a small language of its
// own, and an order of versions.
package load

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
)

// Requirement is the decoded value of requires: bounds that all have to hold. The zero value admits every version.
type Requirement struct {
	Pos    diag.Pos
	Text   string
	bounds []bound
}

// bound is one comparison with a version.
type bound struct {
	op      string // one of operators
	version release
}

// release is a version: three numbers and, where it has one, what stands behind the hyphen.
type release struct {
	numbers    [3]int
	prerelease string
}

// String returns the spelling that the go command takes.
func (v release) String() string {
	text := "v"
	for i, n := range v.numbers {
		if i > 0 {
			text += "."
		}
		text += strconv.Itoa(n)
	}
	if v.prerelease != "" {
		text += "-" + v.prerelease
	}
	return text
}

var (
	oneBound = regexp.MustCompile(`^(>=|<=|>|<|=|)(v?\d.*)$`)
	oneRange = regexp.MustCompile(`(>=|<=|>|<|=)\s+`)
	numbered = regexp.MustCompile(`^v?(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?(?:-([0-9A-Za-z.-]+))?(\+[0-9A-Za-z.-]+)?$`)
	// pseudo is the end of a version that the go command makes up for a commit without a tag.
	pseudo = regexp.MustCompile(`[.-]\d{14}-[0-9a-f]{12}$`)
)

// operators say whether a comparison with -1, 0 or 1 as its result holds.
var operators = map[string]func(order int) bool{
	">=": func(order int) bool { return order >= 0 },
	"<=": func(order int) bool { return order <= 0 },
	">":  func(order int) bool { return order > 0 },
	"<":  func(order int) bool { return order < 0 },
	"=":  func(order int) bool { return order == 0 },
	"":   func(order int) bool { return order >= 0 }, // a plain version is the oldest that will do
}

// readRequirement decodes requires.
func readRequirement(n *Node, list *diag.List) (r Requirement) {
	if n == nil {
		return r
	}
	text, ok := n.AsText(list)
	if !ok {
		return r
	}
	r.Pos, r.Text = n.Pos, text
	for _, word := range strings.FieldsFunc(oneRange.ReplaceAllString(text, "$1"), func(c rune) bool { return c == ' ' || c == ',' }) {
		parts := oneBound.FindStringSubmatch(word)
		if parts != nil {
			if v, ok := parseVersion(parts[2]); ok {
				r.bounds = append(r.bounds, bound{parts[1], v})
				continue
			}
		}
		list.Errorf(n.Pos, diag.CodeConfig, "%q in requires is no condition about a version", word).Suggest(`write "0.4.0" for this version or a newer one, or a range such as ">=0.4.0 <2"`)
		return Requirement{}
	}
	if len(r.bounds) == 0 {
		list.Errorf(n.Pos, diag.CodeConfig, "requires is empty").Suggest("leave it out, or name the oldest version that will do")
	}
	return r
}

// parseVersion reads one to three numbers; the missing ones are 0.
func parseVersion(text string) (v release, ok bool) {
	parts := numbered.FindStringSubmatch(text)
	if parts == nil {
		return v, false
	}
	for i := range v.numbers {
		v.numbers[i], _ = strconv.Atoi(parts[i+1]) // up to six digits, or none
	}
	v.prerelease = parts[4]
	return v, true
}

// compare orders versions as semantic versioning does.
func (v release) compare(w release) int {
	if order := slices.Compare(v.numbers[:], w.numbers[:]); order != 0 {
		return order
	}
	switch {
	case v.prerelease == w.prerelease:
		return 0
	case v.prerelease == "":
		return 1
	case w.prerelease == "":
		return -1
	}
	return slices.CompareFunc(strings.Split(v.prerelease, "."), strings.Split(w.prerelease, "."), comparePart)
}

// comparePart orders two parts behind the hyphen: numbers by value and before words.
func comparePart(a, b string) int {
	x, xErr := strconv.ParseUint(a, 10, 64)
	y, yErr := strconv.ParseUint(b, 10, 64)
	switch {
	case xErr == nil && yErr == nil:
		return cmp.Compare(x, y)
	case xErr == nil:
		return -1
	case yErr == nil:
		return 1
	}
	return strings.Compare(a, b)
}

// IsRelease reports whether a version of the tool is one that was published under a number. "(devel)", versions made up for a commit,
// and builds of a changed checkout are not: nobody can say what they hold.
func IsRelease(tool string) bool {
	_, ok := parseVersion(tool)
	return ok && !pseudo.MatchString(tool) && !strings.Contains(tool, "+dirty")
}

// Check reports a tool that requires does not admit: where that is asked for, and which command gets one that it does admit. A tool that is
// no release is admitted, see IsRelease. A version before its release counts for its own bounds only: <2 does not admit 2.0.0-rc.1.
func (r Requirement) Check(tool, module string, list *diag.List) {
	if !IsRelease(tool) {
		return
	}
	v, _ := parseVersion(tool)
	for _, b := range r.bounds {
		order := v.compare(b.version)
		if b.op == "<" && b.version.prerelease == "" && v.prerelease != "" && v.numbers == b.version.numbers {
			order = 0
		}
		if operators[b.op](order) {
			continue
		}
		fault := "too new"
		if order < 0 || b.op == ">" {
			fault = "too old"
		}
		list.Errorf(r.Pos, diag.CodeConfig, "this is msdkgen %s, which is %s: %q is required", v, fault, r.Text).
			Suggest("run: go get -tool '%s@%s'; or change requires", module, r.query(b))
		return
	}
}

// query is what the go command is to be asked for, so that the bound that was missed is kept. Where an upper bound stands too, it leads to the
// newest version that will do.
func (r Requirement) query(missed bound) string {
	for _, b := range r.bounds {
		if b.op == "<" || b.op == "<=" || b.op == "=" {
			return strings.TrimPrefix(b.op, "=") + b.version.String()
		}
	}
	if missed.op == ">" {
		return "latest"
	}
	return missed.version.String()
}

// OldestFor is the value of requires that asks for a tool at least as new as this one; "" for one that is no release.
func OldestFor(tool string) string {
	if !IsRelease(tool) {
		return ""
	}
	v, _ := parseVersion(tool)
	return ">=" + strings.TrimPrefix(v.String(), "v")
}
