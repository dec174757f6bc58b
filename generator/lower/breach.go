package lower

// What an example or a default breaks, and how that is said. validator.go finds it; the wording is apart because the short form of a breach
// is part of documents (x-msdk-examples-as-printed) and must not follow the taste of messages.

import (
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// breach is one rule that a value breaks.
type breach struct {
	pos        diag.Pos
	path, rule string
	stated     diag.Pos // where the document states the rule
	limit      string   // what the rule asks for, in the document's words; empty where its name says it
}

// String is the form in which x-msdk-examples-as-printed lists it.
func (b breach) String() string {
	if b.path == "" {
		return b.rule
	}
	return b.path + ": " + b.rule
}

// sentence is String with what the rule asks for.
func (b breach) sentence() string {
	if b.limit == "" {
		return b.String()
	}
	return b.String() + " " + b.limit
}

// show attaches the place of the rule to a complaint, unless the line that is shown has it already.
func (b breach) show(d *diag.Diagnostic) {
	if b.stated.IsValid() && b.stated.Line != b.pos.Line {
		d.See(b.stated, "stated here")
	}
}

// typeWord is the word of OpenAPI for a type that a value has the wrong kind for.
func typeWord(t *ir.Type) string {
	if t.Embedded || t.Comma {
		return "string"
	}
	return word(baseKind(t))
}

// word is the word of OpenAPI for a kind.
func word(k ir.Kind) string {
	if name, ok := typeWords[k]; ok {
		return name
	}
	return k.String()
}

// typeWords are the kinds in the words of OpenAPI; the others have none.
var typeWords = map[ir.Kind]string{
	ir.KindBool: "boolean", ir.KindInt: "integer", ir.KindFloat: "number", ir.KindString: "string", ir.KindList: "array", ir.KindMap: "object",
	ir.KindStruct: "object", ir.KindUnion: "integer or string",
}

// limitOf is what a rule asks for; a rule without an operand asks for what it says.
func limitOf(r *ir.Rule) string {
	switch {
	case r.Number != "":
		return r.Number
	case r.Text != "" || r.Keyword == "const":
		return clip(r.Text)
	case r.Keyword == "uniqueItems":
		return ""
	}
	return strconv.FormatInt(r.Int, 10)
}

// maxShown is how much of a value or of a pattern a message quotes.
const maxShown = 40

func clip(text string) string {
	if runes := []rune(text); len(runes) > maxShown {
		text = string(runes[:maxShown]) + "…"
	}
	return strconv.Quote(text)
}

// oneOfValues lists the values of a closed enum, as far as a message has room.
func oneOfValues(t *ir.Type) string {
	all := enumTexts(t)
	if len(all) > maxListed {
		return "(one of its " + strconv.Itoa(len(all)) + " values)"
	}
	return "(one of " + strings.Join(all, ", ") + ")"
}
