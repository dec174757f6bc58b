package emit

// What the last paragraph of a deprecated thing says. Apart from text.go because it looks for meaning in the document's words: OpenAPI has a
// flag for "deprecated" and no place for the reason, so that documents give it, and what to use instead, in their descriptions.

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// deprecationReason recognizes sentences that say why a thing should not be used, or what to use in its place.
var deprecationReason = regexp.MustCompile(`(?i)\bdeprecated\b|\bobsolete\b|\bsuperseded\b|\bdiscontinued\b|\bno longer\b|\bclosed to\b|\breplaced (by|with)\b|` +
	`\bin favou?r of\b|\bin (its|their) place\b|\bdo not (start to )?use\b|\buse\b.*\binstead\b|\binstead\b.*\buse\b|\bothers?\b.*\buses?\b|\bnew\b.*\buse\b|废弃|弃用|停用|下线|不再|改用|请使用`)

// deprecated parts the description of a thing into what stays where it is and the paragraph that Go's tools look for: the sentences that say
// why, else where the document says that it is so. what names the thing. The paragraph is empty for what is not deprecated.
func deprecated(d ir.Doc, what string) (text, last string) {
	text = docText(d)
	if !d.Deprecated {
		return text, ""
	}
	var reasons, kept []string
	for _, paragraph := range strings.Split(text, "\n\n") {
		var rest []string
		for _, s := range sentences(paragraph) {
			if deprecationReason.MatchString(s) {
				reasons = append(reasons, s)
			} else {
				rest = append(rest, s)
			}
		}
		if len(rest) > 0 {
			kept = append(kept, strings.Join(rest, "\n"))
		}
	}
	if len(reasons) == 0 {
		last = fmt.Sprintf("the document marks %s as deprecated, and does not say what to use instead", oneLine(what))
		if s := d.Source; s != nil {
			last += fmt.Sprintf("; see %s, line %d", oneLine(s.Document), s.Line)
		}
		return text, "Deprecated: " + last + "."
	}
	reasons[0] = strings.TrimPrefix(reasons[0], "Deprecated: ")
	return strings.Join(kept, "\n\n"), "Deprecated: " + strings.Join(reasons, "\n")
}
