package signing

// The operations of programs that work on text and bytes.

import (
	"crypto/hmac"
	"crypto/md5"  //nolint:gosec // vendors sign with it
	"crypto/sha1" //nolint:gosec // as above
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"strconv"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// hashes are the digests by the names that programs have for them.
var hashes = map[string]func() hash.Hash{
	"md5": md5.New, "sha1": sha1.New, "sha224": sha256.New224, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New,
}

// hashNames is the order in which they are tried.
var hashNames = []string{"md5", "sha1", "sha256", "sha512", "sha224", "sha384"}

// encodings are the operations that write bytes as text.
var encodings = map[ir.StepOp]func(string) string{
	ir.OpHex:          func(raw string) string { return hex.EncodeToString([]byte(raw)) },
	ir.OpUpperHex:     func(raw string) string { return raised(hex.EncodeToString([]byte(raw))) },
	ir.OpBase64:       func(raw string) string { return base64.StdEncoding.EncodeToString([]byte(raw)) },
	ir.OpBase64Raw:    func(raw string) string { return base64.RawStdEncoding.EncodeToString([]byte(raw)) },
	ir.OpBase64URL:    func(raw string) string { return base64.URLEncoding.EncodeToString([]byte(raw)) },
	ir.OpBase64URLRaw: func(raw string) string { return base64.RawURLEncoding.EncodeToString([]byte(raw)) },
}

// run does what the step says.
func (e *evaluation) run(t *Trace) Value {
	step := t.Step
	if encode, ok := encodings[step.Op]; ok {
		if other := encodings[e.quirks.encode]; other != nil && e.isPlaced(step) {
			encode = other
		}
		return Value{Text: argument(t, 0).Text.whole(encode)}
	}
	if _, ok := hashes[string(step.Op)]; ok {
		return e.digest(t, string(step.Op), nil, argument(t, 0).Text)
	}
	if step.Op == ir.OpHMAC {
		return e.digest(t, step.Hash, &argument(t, 0).Text, argument(t, 1).Text)
	}
	if change, ok := textOperations[step.Op]; ok {
		return Value{Text: change(e, step, argument(t, 0).Text)}
	}
	if make, ok := otherOperations[step.Op]; ok {
		return make(e, t)
	}
	e.fail("the operation " + string(step.Op) + " is unknown")
	return Value{}
}

// isPlaced reports whether the result of a step goes into a place.
func (e *evaluation) isPlaced(step *ir.Step) bool {
	for _, p := range e.Scheme.Places {
		if p.Step == step.Name.Spec {
			return true
		}
	}
	return false
}

// argument is an input of a step; one that is missing is empty, so that a faulty model does no harm.
func argument(t *Trace, i int) *Value {
	if i < len(t.Inputs) {
		return &t.Inputs[i].Value
	}
	return &Value{}
}

var otherOperations = map[ir.StepOp]func(*evaluation, *Trace) Value{}

func init() { // in a function: the rows call what refers to the table
	otherOperations = map[ir.StepOp]func(*evaluation, *Trace) Value{
		ir.OpConcat:     func(_ *evaluation, t *Trace) Value { return joined(t, "") },
		ir.OpJoin:       (*evaluation).join,
		ir.OpPercent:    (*evaluation).percent,
		ir.OpIf:         func(_ *evaluation, t *Trace) Value { return choose(t) },
		ir.OpParameters: (*evaluation).parameters,
		ir.OpHeaders:    (*evaluation).headers,
		ir.OpList:       func(_ *evaluation, t *Trace) Value { return list(t) },
		ir.OpSort:       (*evaluation).sort,
		ir.OpGo:         (*evaluation).call,
	}
}

// textOperations make text or bytes of text or bytes.
var textOperations = map[ir.StepOp]func(*evaluation, *ir.Step, Text) Text{
	ir.OpUTF8:  func(_ *evaluation, _ *ir.Step, t Text) Text { return t },
	ir.OpLower: func(_ *evaluation, _ *ir.Step, t Text) Text { return t.each(lowered) },
	ir.OpUpper: func(_ *evaluation, _ *ir.Step, t Text) Text { return t.each(raised) },
	ir.OpTrim: func(_ *evaluation, _ *ir.Step, t Text) Text {
		return t.whole(func(text string) string { return strings.Trim(text, " \t") })
	},
	ir.OpLength: func(_ *evaluation, _ *ir.Step, t Text) Text { return plain(strconv.Itoa(t.len())) },
	ir.OpSlice: func(_ *evaluation, step *ir.Step, t Text) Text {
		return t.whole(func(text string) string { return cutOut(text, step) })
	},
	ir.OpReplace: replace,
	ir.OpDate: func(e *evaluation, step *ir.Step, t Text) Text {
		at, ok := parseTime(t.Clear(), step.Read)
		if !ok {
			e.fail("the time is malformed")
			return nil
		}
		return plain(FormatTime(at, step.Write))
	},
	ir.OpFromHex: func(e *evaluation, _ *ir.Step, t Text) Text {
		return t.whole(func(text string) string {
			raw, err := hex.DecodeString(text)
			if err != nil {
				e.fail("the value is not hexadecimal")
			}
			return string(raw)
		})
	},
	ir.OpFromBase64: func(e *evaluation, _ *ir.Step, t Text) Text {
		return t.whole(func(text string) string {
			raw, ok := decodeBase64(text)
			if !ok {
				e.fail("the value is not base64")
			}
			return raw
		})
	},
}

// cutOut is what a slice leaves; beyond the end there is nothing.
func cutOut(text string, step *ir.Step) string {
	if step.Last {
		return text[max(len(text)-step.From, 0):]
	}
	if step.To >= 0 && step.To < len(text) {
		text = text[:step.To]
	}
	return text[min(max(step.From, 0), len(text)):]
}

func replace(e *evaluation, step *ir.Step, t Text) Text {
	text := t.Clear()
	if len(text)+strings.Count(text, step.Old)*len(step.New) > MaxText {
		e.fail("the result is too long")
		return nil
	}
	return secretIf(strings.ReplaceAll(text, step.Old, step.New), t.secret())
}

// digest makes a digest, or with a key an HMAC.
func (e *evaluation) digest(t *Trace, name string, key *Text, text Text) Value {
	newHash := hashes[e.quirks.hashFor(name)]
	if newHash == nil {
		e.fail("the digest " + name + " is unknown")
		return Value{}
	}
	t.Digest = &Digest{Step: t.Step.Name.Spec, Hash: name, Text: text}
	state := newHash()
	if key != nil {
		t.Digest.Hash, t.Digest.Key = "hmac-"+name, *key
		keyText, message := key.Clear(), text.Clear()
		if e.quirks.swapHMAC {
			keyText, message = message, keyText
		}
		state = hmac.New(newHash, []byte(keyText))
		state.Write([]byte(message))
	} else {
		state.Write([]byte(text.Clear()))
	}
	sum := string(state.Sum(nil))
	holds := text.secret() != "" || key != nil && key.secret() != ""
	if holds && e.keyed[t.Step.Name.Spec] || text.allSecret() {
		return Value{Text: secret(sum, t.Step.Name.Spec)} // who has it need not have the key
	}
	return Value{Text: plain(sum)}
}

// call runs a function of the caller's.
func (e *evaluation) call(t *Trace) Value {
	function := e.Functions[t.Step.Function]
	if function == nil {
		e.fail("the Go function " + t.Step.Function + " is only known to the generated code")
		return Value{}
	}
	var args []string
	name := ""
	for i := range t.Inputs {
		args = append(args, argument(t, i).Text.Clear())
		if s := argument(t, i).Text.secret(); s != "" {
			name = s
		}
	}
	text, err := function(args...)
	if err != nil {
		e.fail("the function " + t.Step.Function + " failed")
	}
	return Value{Text: secretIf(text, name)}
}
