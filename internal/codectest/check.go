package codectest

// The comparison: one text, one type, everything that can be said about them.

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Check decodes a text into a new value and compares what comes of it with what the model expects of the oracle's tree: whether the text is taken,
// every value, unknown members in their order, violations, the place of an error; then the value is encoded again in every way there is.
// The error, if there is one, says what differs.
func (t *Target) Check(text string, parse Parser) error {
	v := t.New()
	given := []byte(text)
	err := v.UnmarshalJSON(given)
	if string(given) != text {
		return t.differs(text, "the decoder writes into what it was given")
	}
	tree, parseErr := parse(text)
	if parseErr != nil {
		if err == nil {
			return t.differs(text, "taken, although it is no JSON: %v", parseErr)
		}
		return t.checkPlace(text, err, nil)
	}
	want := t.Expect(tree, parse, Form{})
	if want.Reject != nil {
		if err == nil {
			return t.differs(text, "taken, although there is a fault at %s: %s", want.Reject.Path, want.Reject.Why)
		}
		return t.checkPlace(text, err, want.Reject)
	}
	if err := t.checkBroken(text, err, want.Broken); err != nil {
		return err
	}
	if got := t.Print(v); got != want.Value {
		return t.differs(text, "decoded as\n%s\nwant\n%s", got, want.Value)
	}
	return t.checkWritten(text, v, tree, parse)
}

func (t *Target) differs(text, format string, args ...any) error {
	return fmt.Errorf("%s: %q (%d bytes)\n%s", t.Name, clip(text), len(text), fmt.Sprintf(format, args...))
}

func clip(text string) string {
	const most = 6000
	if len(text) > most {
		return text[:most] + "…"
	}
	return text
}

// stdSyntax returns the offset behind the byte at which encoding/json finds that a text is not JSON, the length of one that is.
func stdSyntax(text string) int {
	var syntax *json.SyntaxError
	if err := json.Unmarshal([]byte(text), new(json.RawMessage)); errors.As(err, &syntax) {
		return int(syntax.Offset)
	}
	return len(text)
}

// checkPlace looks at an error of decoding: its place lies in the text, not behind the place where encoding/json gives up, and where the model
// knows the fault, it is that one.
func (t *Target) checkPlace(text string, err error, want *Reject) error {
	f, wrong := faultOf(err)
	switch {
	case wrong != nil:
		return t.differs(text, "%v", wrong)
	case f.Broken != nil:
		return t.differs(text, "reported as broken rules only: %v", err)
	case f.Offset < 0 || f.Offset > len(text) || len(f.Path) > 256 || len(err.Error()) > 512 || f.Reason == "":
		return t.differs(text, "out of bounds: %+v", f)
	}
	before := text[:f.Offset]
	if f.Line != strings.Count(before, "\n")+1 || f.Column != f.Offset-strings.LastIndexByte(before, '\n') {
		return t.differs(text, "line and column are not those of the offset: %+v", f)
	}
	if limit := stdSyntax(text); f.Offset > limit {
		return t.differs(text, "encoding/json ends at offset %d, the error is behind it: %+v", limit, f)
	}
	if want == nil {
		return nil
	}
	if f.Offset < want.Low || f.Offset > want.High {
		return t.differs(text, "%s (%s) is at %d to %d, the error: %+v", want.Path, want.Why, want.Low, want.High, f)
	}
	if f.Path != want.Path && want.Why != "depth" && len(want.Path) < longestPath && want.Why != "not JSON inside of a string" {
		return t.differs(text, "the fault (%s) is at %s, the error: %+v", want.Why, want.Path, f)
	}
	return nil
}

// mostViolations is how many an error names.
const mostViolations = 100

func (t *Target) checkBroken(text string, err error, want []string) error {
	if err == nil {
		if len(want) > 0 {
			return t.differs(text, "no error, although these rules are broken: %q", want)
		}
		return nil
	}
	f, wrong := faultOf(err)
	if wrong != nil || f.Broken == nil {
		return t.differs(text, "refused: %v", err)
	}
	if len(err.Error()) > 512 {
		return t.differs(text, "an error of %d bytes", len(err.Error()))
	}
	if len(want) > mostViolations {
		if len(f.Broken) != mostViolations {
			return t.differs(text, "%d violations of %d, want %d", len(f.Broken), len(want), mostViolations)
		}
		return nil
	}
	slices.Sort(f.Broken)
	for _, v := range want {
		if len(v) >= longestPath {
			return nil
		}
	}
	if !slices.Equal(f.Broken, want) {
		return t.differs(text, "broken rules:\n%q\nwant\n%q", f.Broken, want)
	}
	return nil
}

// checkWritten encodes a value that was decoded from a text.
func (t *Target) checkWritten(text string, v Codec, tree *Node, parse Parser) error {
	written := v.AppendJSON(nil)
	back, err := parse(string(written))
	if err != nil {
		return t.differs(text, "written as %q, which is no JSON: %v", written, err)
	}
	form := Form{EveryExtra: true, Written: true}
	want, got := t.Expect(tree, parse, form), t.Expect(back, parse, form)
	switch {
	case got.Reject != nil:
		return t.differs(text, "written as %s, which has a fault at %s: %s", written, got.Reject.Path, got.Reject.Why)
	case got.Value != want.Value:
		return t.differs(text, "written as %s, which means\n%s\nwant\n%s", written, got.Value, want.Value)
	case got.Lenient > 0:
		return t.differs(text, "written as %s, which takes leniency to read", written)
	}
	again := t.New()
	_ = again.UnmarshalJSON(written) // the second time changes nothing
	if err := again.UnmarshalJSON(written); err != nil {
		if f, wrong := faultOf(err); wrong != nil || f.Broken == nil || !slices.Equal(sorted(f.Broken), got.Broken) {
			return t.differs(text, "written as %s, and read again: %v", written, err)
		}
	}
	form = Form{}
	if printed, meant := t.Print(again), t.Expect(back, parse, form).Value; printed != meant {
		return t.differs(text, "written as %s, and read again as\n%s\nwant\n%s", written, printed, meant)
	}
	return t.checkBuffers(text, v, written)
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

// checkBuffers encodes into buffers of other sizes, with something in front and with something left over from before.
func (t *Target) checkBuffers(text string, v Codec, want []byte) error {
	marshaled, err := v.MarshalJSON()
	if err != nil || !bytes.Equal(marshaled, want) {
		return t.differs(text, "MarshalJSON returns %s, %v, AppendJSON %s", marshaled, err, want)
	}
	const front = `{"a":[1,` // ends with the comma that a list or an object would turn into its bracket
	for _, room := range []int{0, 1, 7, len(want), len(want) + len(front), 2*len(want) + 64} {
		used := bytes.Repeat([]byte{'"'}, max(room, len(front)))
		got := v.AppendJSON(append(used[:0:room], front...))
		if string(got) != front+string(want) {
			return t.differs(text, "into a buffer of %d bytes: %s, want %s%s", room, got, front, want)
		}
	}
	return nil
}
