package specdiff

// Where values come from that no caller supplies, in words: two sources that differ in anything have different words.

import (
	"fmt"
	"time"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// fillWords says where a value comes from.
func fillWords(f *ir.Fill) string {
	switch {
	case f == nil:
		return "the caller"
	case f.Kind == ir.FillConstant:
		return value(f.Constant)
	case f.Kind == ir.FillCredential:
		return "the credential " + f.Credential
	case f.Kind == ir.FillTimestamp || f.Kind == ir.FillMillis:
		return clockWords(f)
	case f.Kind == ir.FillNonce && f.Alphabet == "uuid":
		return "a random UUID"
	case f.Kind == ir.FillNonce && f.Alphabet != "":
		return fmt.Sprintf("%d random characters (%s)", f.Length, f.Alphabet)
	}
	if words, ok := fillSources[f.Kind]; ok {
		return words
	}
	return fmt.Sprintf("source %d", f.Kind)
}

func clockWords(f *ir.Fill) string {
	words := "the clock"
	if format := timeFormat(f); format != ir.TimeSeconds {
		words += ", as " + string(format)
	}
	if f.Offset != 0 {
		words += ", " + f.Offset.Round(time.Millisecond).String() + " ahead"
	}
	return words
}

// timeFormat is how a source writes the time.
func timeFormat(f *ir.Fill) ir.TimeFormat {
	switch {
	case f.Kind == ir.FillMillis:
		return ir.TimeMillis
	case f.Format == "":
		return ir.TimeSeconds
	}
	return f.Format
}

var fillSources = map[ir.FillKind]string{
	ir.FillNonce: "a random number", ir.FillKey: "the choice of the key", ir.FillSignature: "the signature", ir.FillVariant: "the variant", ir.FillOption: "an option",
}

// otherTime makes a fact breaking where a time is written in another way: no vendor reads both.
func (f *fact) otherTime(before, after *ir.Fill) *fact {
	isTime := func(f *ir.Fill) bool { return f != nil && (f.Kind == ir.FillTimestamp || f.Kind == ir.FillMillis) }
	if isTime(before) && isTime(after) && timeFormat(before) != timeFormat(after) {
		f.raised.Request = Breaking
	}
	return f
}
