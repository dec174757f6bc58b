package lower

// x-msdk-value: values that the client supplies and not its caller, with the forms of times and random texts that signing programs
// use too.

import (
	"slices"
	"time"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// fillWords are the sources of x-msdk-value that are one word, in the order of the documentation, with the places that take them.
var fillWords = []struct {
	word string
	kind ir.FillKind
	in   []ir.In
}{
	{"timestamp", ir.FillTimestamp, []ir.In{ir.InQuery, ir.InHeader, ir.InPath, ir.InBody}},
	{"millis", ir.FillMillis, []ir.In{ir.InQuery, ir.InHeader, ir.InPath, ir.InBody}},
	{"nonce", ir.FillNonce, []ir.In{ir.InQuery, ir.InHeader, ir.InPath, ir.InBody}},
	{"constant", ir.FillConstant, []ir.In{ir.InQuery, ir.InHeader, ir.InPath, ir.InBody}},
	{"key", ir.FillKey, []ir.In{ir.InQuery}},
	{"signature", ir.FillSignature, []ir.In{ir.InQuery, ir.InHeader, ir.InBody}},
	{"variant", ir.FillVariant, []ir.In{ir.InQuery}},
	{"option", ir.FillOption, []ir.In{ir.InQuery, ir.InHeader, ir.InPath}},
}

// fill decodes x-msdk-value. Whether its source exists is checked where the operation is known.
func (l *lowering) fill(n *load.Node, in ir.In) *ir.Fill {
	switch {
	case n == nil:
		return nil
	case n.Kind == load.Mapping:
		return l.fillForm(n)
	}
	word, ok := l.text(n)
	if !ok {
		return nil
	}
	var words []string
	for _, f := range fillWords {
		if !slices.Contains(f.in, in) {
			continue
		}
		if f.word == word {
			return &ir.Fill{Pos: n.Pos, Kind: f.kind, Format: wordFormats[f.kind]}
		}
		words = append(words, f.word)
	}
	l.unknown(n.Pos, diag.CodeUnknownValue, "source", word, words)
	return nil
}

// wordFormats are the formats of times that one word asks for.
var wordFormats = map[ir.FillKind]ir.TimeFormat{ir.FillTimestamp: ir.TimeSeconds, ir.FillMillis: ir.TimeMillis}

// fillForm decodes a source that is a mapping.
func (l *lowering) fillForm(n *load.Node) *ir.Fill {
	switch {
	case n.Has("timestamp"):
		return l.timestampFill(n)
	case n.Has("nonce"):
		return l.nonceFill(n)
	case !l.mapping(n, "credential", "timestamp", "nonce"):
		return nil
	}
	name, ok := l.text(l.need(n, "credential"))
	if !ok {
		return nil
	}
	return &ir.Fill{Pos: n.Member("credential").Pos, Kind: ir.FillCredential, Credential: name}
}

// timeFormats are the words of times, in the order of the documentation.
var timeFormats = []ir.TimeFormat{
	ir.TimeSeconds, ir.TimeMillis, ir.TimeISO, ir.TimeISOMillis, ir.TimeISOBasic, ir.TimeDate, ir.TimeDateBasic, ir.TimeCompact,
	ir.TimeDateTime, ir.TimeHTTP,
}

// timeFormat reads the word of a time, "" if it is absent or unknown.
func (l *lowering) timeFormat(n *load.Node) ir.TimeFormat {
	word, ok := l.text(n)
	if !ok || slices.Contains(timeFormats, ir.TimeFormat(word)) {
		return ir.TimeFormat(word)
	}
	var words []string
	for _, f := range timeFormats {
		words = append(words, string(f))
	}
	d := l.unknown(n.Pos, diag.CodeUnknownValue, "time format", word, words)
	if d.Suggestion == "" {
		d.Suggest("%s", "one of seconds, milliseconds, iso, iso-millis, iso-basic, date, date-basic, compact, date-time and http")
	}
	return ""
}

// timestampFill decodes {timestamp: format}.
func (l *lowering) timestampFill(n *load.Node) *ir.Fill {
	if !l.mapping(n, "timestamp", "offset") {
		return nil
	}
	f := &ir.Fill{Pos: n.Member("timestamp").Pos, Kind: ir.FillTimestamp, Format: l.timeFormat(n.Member("timestamp"))}
	if f.Format == "" {
		return nil // without a format nobody can say of which type the value is
	}
	if m := n.Member("offset"); m != nil {
		seconds, ok := l.positive(m)
		if ok && seconds > int64(longestWindow/time.Second) {
			l.list.Errorf(m.Pos, diag.CodeExtension, "a time more than a day ahead; the unit is seconds")
			return f
		}
		f.Offset = time.Duration(seconds) * time.Second
	}
	return f
}

var alphabets = []string{"hex", "alphanumeric", "digits", "uuid"}

const (
	nonceLength  = 32 // where the document does not say
	longestNonce = 256
	uuidLength   = 36
)

// nonceFill decodes {nonce: alphabet, length: 32}.
func (l *lowering) nonceFill(n *load.Node) *ir.Fill {
	if !l.mapping(n, "nonce", "length") {
		return nil
	}
	f := &ir.Fill{Pos: n.Member("nonce").Pos, Kind: ir.FillNonce, Length: nonceLength}
	word, ok := l.text(n.Member("nonce"))
	if ok && !slices.Contains(alphabets, word) {
		l.unknown(f.Pos, diag.CodeUnknownValue, "alphabet", word, alphabets)
		return nil
	}
	f.Alphabet = word
	length := n.Member("length")
	if count, ok := l.positive(length); ok {
		f.Length = clamp(count)
	}
	switch {
	case word == "uuid":
		if length != nil && f.Length != uuidLength {
			l.list.Errorf(length.Pos, diag.CodeExtension, "a UUID has %d characters", uuidLength)
		}
		f.Length = uuidLength
	case f.Length > longestNonce:
		l.list.Errorf(length.Pos, diag.CodeExtension, "a random text has at most %d characters", longestNonce)
		f.Length = nonceLength
	}
	return f
}

// fillFits checks the source of a value against its type. single is the only value that enum or const allows.
func (l *lowering) fillFits(f *ir.Fill, t *ir.Type, single *ir.Value) {
	if f == nil {
		return
	}
	wrong, fix := "", ""
	kind := baseKind(t)
	number := f.Kind == ir.FillNonce && f.Alphabet == ""
	counted := f.Format == ir.TimeSeconds || f.Format == ir.TimeMillis
	switch f.Kind {
	case ir.FillConstant:
		f.Constant = single
		if single == nil {
			wrong = "a constant needs an enum of exactly one value"
		}
	case ir.FillTimestamp, ir.FillMillis, ir.FillNonce:
		switch {
		case number && kind != ir.KindInt:
			wrong, fix = "a number is filled in here, but the type is not integer", "{nonce: hex, length: 32} is text"
		case counted && kind != ir.KindInt && kind != ir.KindString:
			wrong = "this source fills a string or an integer"
		case !number && !counted && kind != ir.KindString:
			wrong = "text is filled in here, but the type is not string"
		}
	case ir.FillKey, ir.FillSignature:
		if kind != ir.KindString {
			wrong = "text is filled in here, but the type is not string"
		}
	case ir.FillCredential, ir.FillVariant:
		if kind != ir.KindString && kind != ir.KindInt {
			wrong = "this source fills a string or an integer"
		}
	}
	if wrong == "" {
		return
	}
	d := l.list.Errorf(f.Pos, diag.CodeExtension, "%s", wrong)
	if fix != "" {
		d.Suggest("%s", fix)
	}
}

// baseKind is the kind of the JSON value: that of its values for an enum.
func baseKind(t *ir.Type) ir.Kind {
	if t.Kind == ir.KindEnum {
		return t.Base
	}
	return t.Kind
}
