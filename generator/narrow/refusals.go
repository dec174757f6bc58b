package narrow

// What is said about the parts of a document that are left out. Apart from narrow.go, which narrows a model without errors: this decides
// whether there is one.

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// grammar are the codes of what makes a text no OpenAPI document. Such a fault counts wherever it stands: what it was meant to say is unknown.
var grammar = []diag.Code{
	diag.CodeUnreadable, diag.CodeYAMLSyntax, diag.CodeDuplicateKey, diag.CodeYAMLFeature, diag.CodeUnknownKey, diag.CodeWrongKind,
	diag.CodeMissingKey, diag.CodeUnknownValue, diag.CodeVersion, diag.CodeDanglingRef, diag.CodeInvalidOpenAPI,
}

// Overlook returns list without the complaints about what the selection leaves out: operations, and components that nothing uses then. What
// breaks the grammar of OpenAPI stays. Refusals that stay say how to leave out what is refused, if configured: if there is a msdkgen.yaml to
// say it in.
func Overlook(doc *load.Document, api *ir.API, include, exclude *load.Selection, configured bool, list diag.List) diag.List {
	narrowed := include != nil || exclude != nil
	if !slices.ContainsFunc(list, func(d diag.Diagnostic) bool {
		return d.Code == diag.CodeUnsupported && configured || narrowed && !slices.Contains(grammar, d.Code)
	}) {
		return list
	}
	p := takeApart(doc, api)
	n := &narrowing{api: api, list: new(diag.List)} // a name that stands for nothing is for Apply to report
	left := map[*ir.Operation]bool{}
	for c := range n.left(include, exclude) {
		left[c.Operation] = true
	}
	from := []*part{p.rest}
	for _, part := range p.of {
		if slices.ContainsFunc(part.operations, func(op *ir.Operation) bool { return left[op] }) {
			from = append(from, part)
		}
	}
	used := reached(from, func(p *part) []*part { return p.uses })
	var kept diag.List
	for _, d := range list {
		part := p.at(d.Pos)
		if d.Pos.File != "" && narrowed && !used[part] && !slices.Contains(grammar, d.Code) {
			continue
		}
		if d.Code == diag.CodeUnsupported && configured && part != p.rest {
			advise(&d, api, part, left)
		}
		kept = append(kept, d)
	}
	return kept
}

// mostExcluded is how many operations a suggestion lists.
const mostExcluded = 8

// advise says which operations have to go for a refusal to go.
func advise(d *diag.Diagnostic, api *ir.API, refused *part, left map[*ir.Operation]bool) {
	using := reached([]*part{refused}, func(p *part) []*part { return p.usedBy })
	users := map[*ir.Operation]bool{}
	for part := range using {
		for _, op := range part.operations {
			users[op] = left[op]
		}
	}
	var names []string
	for _, op := range api.Operations {
		if users[op] {
			names = append(names, flowText(op.Name.Spec))
		}
	}
	advice := ""
	switch {
	case len(names) == 0:
		advice = "no operation uses it: remove it, or let include in msdkgen.yaml name what the package needs"
	case len(names) == len(left):
		return // nothing would remain
	case len(names) > mostExcluded:
		advice = strconv.Itoa(len(names)) + " operations use it: let include in msdkgen.yaml name others"
	default:
		advice = "leave it out in msdkgen.yaml: exclude: {operations: [" + strings.Join(names, ", ") + "]}"
	}
	if d.Suggestion != "" {
		advice = d.Suggestion + "; or " + advice
	}
	d.Suggest("%s", advice)
}

var plainFlow = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./-]*$`)

// flowText writes a name as an item of a list in brackets.
func flowText(name string) string {
	if plainFlow.MatchString(name) {
		return name
	}
	return strconv.Quote(name)
}
