package lower

// The operations of signing steps: what each takes and gives. Those that select, order and join the parts of a request are in
// steplist.go.

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// stepOp is an operation and what decodes it: n is its node, s the step that it completes.
type stepOp struct {
	op     ir.StepOp
	decode func(p *program, n *load.Node, s *ir.Step)
}

var stepOps = []stepOp{
	{ir.OpConcat, (*program).concat},
	{ir.OpJoin, (*program).join},
	{ir.OpMD5, unary(ir.StepBytes, ir.StepText, ir.StepBytes)},
	{ir.OpSHA1, unary(ir.StepBytes, ir.StepText, ir.StepBytes)},
	{ir.OpSHA224, unary(ir.StepBytes, ir.StepText, ir.StepBytes)},
	{ir.OpSHA256, unary(ir.StepBytes, ir.StepText, ir.StepBytes)},
	{ir.OpSHA384, unary(ir.StepBytes, ir.StepText, ir.StepBytes)},
	{ir.OpSHA512, unary(ir.StepBytes, ir.StepText, ir.StepBytes)},
	{ir.OpHMAC, (*program).hmac},
	{ir.OpHex, unary(ir.StepText, ir.StepBytes)},
	{ir.OpUpperHex, unary(ir.StepText, ir.StepBytes)},
	{ir.OpBase64, unary(ir.StepText, ir.StepBytes)},
	{ir.OpBase64Raw, unary(ir.StepText, ir.StepBytes)},
	{ir.OpBase64URL, unary(ir.StepText, ir.StepBytes)},
	{ir.OpBase64URLRaw, unary(ir.StepText, ir.StepBytes)},
	{ir.OpFromHex, unary(ir.StepBytes, ir.StepText)},
	{ir.OpFromBase64, unary(ir.StepBytes, ir.StepText)},
	{ir.OpUTF8, unary(ir.StepBytes, ir.StepText)},
	{ir.OpLower, unary(ir.StepText, ir.StepText)},
	{ir.OpUpper, unary(ir.StepText, ir.StepText)},
	{ir.OpTrim, unary(ir.StepText, ir.StepText)},
	{ir.OpLength, unary(ir.StepText, ir.StepText, ir.StepBytes)},
	{ir.OpPercent, (*program).percent},
	{ir.OpSlice, (*program).slice},
	{ir.OpReplace, (*program).replace},
	{ir.OpDate, (*program).date},
	{ir.OpIf, (*program).choose},
	{ir.OpParameters, (*program).parameters},
	{ir.OpHeaders, (*program).headers},
	{ir.OpList, (*program).listOf},
	{ir.OpSort, (*program).sort},
	{ir.OpGo, (*program).goFunction},
}

// otherWords are what operations are called elsewhere.
var otherWords = map[string]ir.StepOp{
	"append": ir.OpConcat, "concatenate": ir.OpConcat, "implode": ir.OpJoin, "url-encode": ir.OpPercent, "urlencode": ir.OpPercent,
	"escape": ir.OpPercent, "substring": ir.OpSlice, "truncate": ir.OpSlice, "to-lower": ir.OpLower, "lowercase": ir.OpLower,
	"to-upper": ir.OpUpper, "uppercase": ir.OpUpper, "hex-upper": ir.OpUpperHex, "bytes": ir.OpUTF8, "strip": ir.OpTrim, "body": ir.OpParameters,
	"form": ir.OpParameters, "format": ir.OpDate, "function": ir.OpGo, "base64-url": ir.OpBase64URL,
}

// unknownOperation reports an operation that there is not.
func (l *lowering) unknownOperation(n *load.Node) {
	names := []string{shorthand}
	for _, o := range stepOps {
		names = append(names, string(o.op))
	}
	d := l.unknown(n.Place(), diag.CodeUnknownName, "operation", n.Key, names)
	word := strings.ReplaceAll(strings.ToLower(n.Key), "_", "-")
	switch hash := strings.ReplaceAll(strings.TrimPrefix(word, "hmac"), "-", ""); {
	case strings.HasPrefix(word, "hmac") && slices.Contains(hashNames, hash):
		d.Suggest("hmac: {hash: %s, key: …, of: …}", hash)
	case slices.Contains(names, strings.ReplaceAll(word, "-", "")):
		d.Suggest("did you mean %q?", strings.ReplaceAll(word, "-", ""))
	case otherWords[word] != "":
		d.Suggest("did you mean %q?", otherWords[word])
	case d.Suggestion == "":
		d.Suggest("the operations are %s", strings.Join(names, ", "))
	}
}

// unary makes the function of an operation that takes one operand of certain types and gives one type.
func unary(gives ir.StepType, takes ...ir.StepType) func(*program, *load.Node, *ir.Step) {
	return func(p *program, n *load.Node, s *ir.Step) {
		s.Type = gives
		if a, ok := p.typed(n, n.Key, takes...); ok {
			s.Args = []ir.Operand{a.Operand}
		}
	}
}

// of returns the operand of an operation that has options: the operation's own value, or the member "of" beside the options.
func (p *program) of(n *load.Node, options ...string) *load.Node {
	if !isKind(n, load.Mapping) {
		return n
	}
	plain := len(n.Children) > 0
	for _, m := range n.Children {
		plain = plain && slices.Contains(operandWords(), m.Key)
	}
	if plain {
		return n
	}
	if !p.l.mapping(n, append([]string{"of"}, options...)...) {
		return nil
	}
	return p.l.need(n, "of")
}

func (p *program) concat(n *load.Node, s *ir.Step) {
	items, ok := n.AsList(p.l.list)
	if ok && len(items) == 0 {
		p.l.list.Errorf(n.Place(), diag.CodeExtension, "nothing to join")
	}
	var first *argument
	for _, item := range items {
		a, ok := p.operand(item)
		switch {
		case !ok:
			continue
		case a.typ == ir.StepList:
			p.l.list.Errorf(a.Pos, diag.CodeStepType, "%q takes text, this is %s", n.Key, a.typ).Suggest("%s", typeFix(ir.StepText, a.typ))
			continue
		case first == nil:
			first = &a
		case a.typ != first.typ:
			p.l.list.Errorf(a.Pos, diag.CodeStepType, "%q takes text or bytes, not both: this is %s", n.Key, a.typ).
				See(first.Pos, "this is %s", first.typ).Suggest("encode the bytes with hex or base64, or turn the text into bytes with utf8")
			continue
		}
		s.Args = append(s.Args, a.Operand)
	}
	if first != nil {
		s.Type = first.typ
	}
}

var hashNames = []string{"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}

func (p *program) hmac(n *load.Node, s *ir.Step) {
	s.Type = ir.StepBytes
	if !p.l.mapping(n, "hash", "key", "of") {
		return
	}
	s.Hash = p.word(p.l.need(n, "hash"), "hash", hashNames)
	for _, name := range []string{"key", "of"} {
		if m := p.l.need(n, name); m != nil {
			if a, ok := p.typed(m, name, ir.StepText, ir.StepBytes); ok {
				s.Args = append(s.Args, a.Operand)
			}
		}
	}
}

// word reads one word of a set, "" if it is absent or another one.
func (p *program) word(n *load.Node, what string, words []string) string {
	word, ok := p.l.text(n)
	if ok && !slices.Contains(words, word) {
		p.l.unknown(n.Pos, diag.CodeUnknownValue, what, word, words)
		return ""
	}
	return word
}

// unreserved are the marks that RFC 3986 leaves as they are, beside letters and digits.
const unreserved = "-._~"

func (p *program) percent(n *load.Node, s *ir.Step) {
	a, ok := p.typed(p.of(n, "keep", "encode", "space", "lower-hex"), n.Key, ir.StepText, ir.StepList)
	s.Encoding = &ir.Percent{}
	if ok {
		s.Args, s.Type = []ir.Operand{a.Operand}, a.typ
		p.nameless[s.Name.Spec] = p.nameless[a.Text]
	}
	if !n.Has("of") {
		return
	}
	if m := n.Member("keep"); m != nil {
		s.Encoding.Keep, _ = p.l.text(m)
		for _, c := range s.Encoding.Keep {
			if c <= ' ' || c >= 0x7f || c == '%' || isUnreserved(c) {
				p.l.list.Errorf(m.Pos, diag.CodeExtension, "%q is not a mark that could be kept: letters, digits and %s are kept anyway", c, unreserved)
			}
		}
	}
	if m := n.Member("encode"); m != nil {
		s.Encoding.Encode, _ = p.l.text(m)
		for _, c := range s.Encoding.Encode {
			if !strings.ContainsRune(unreserved, c) {
				p.l.list.Errorf(m.Pos, diag.CodeExtension, "%q is not among the marks that are otherwise kept: %s", c, unreserved)
			}
		}
	}
	s.Encoding.Plus = p.word(n.Member("space"), "form of a space", []string{"plus", "percent"}) == "plus"
	s.Encoding.LowerHex = p.l.boolean(n.Member("lower-hex"))
}

func isUnreserved(c rune) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.ContainsRune(unreserved, c)
}

func (p *program) slice(n *load.Node, s *ir.Step) {
	if a, ok := p.typed(p.of(n, "from", "to", "last"), n.Key, ir.StepText, ir.StepBytes); ok {
		s.Args, s.Type = []ir.Operand{a.Operand}, a.typ
	}
	from, to, last := n.Member("from"), n.Member("to"), n.Member("last")
	s.To = -1
	if last != nil {
		s.Last = true
		count, _ := p.l.positive(last)
		s.From = clamp(count)
		for _, m := range []*load.Node{from, to} {
			if m != nil {
				p.l.list.Errorf(m.Place(), diag.CodeExtension, "%q has no meaning beside %q", m.Key, "last")
			}
		}
		return
	}
	if from == nil && to == nil {
		p.l.list.Errorf(n.Place(), diag.CodeMissingKey, "the part to take is missing").Suggest("{of: …, from: 0, to: 8} or {of: …, last: 8}")
		return
	}
	start, _ := p.l.integer(from)
	s.From = clamp(start)
	if end, ok := p.l.integer(to); ok {
		s.To = clamp(end)
		if end <= start {
			p.l.list.Errorf(to.Pos, diag.CodeExtension, "nothing is left from %d to %d", start, end)
		}
	}
	if start < 0 {
		p.l.list.Errorf(from.Pos, diag.CodeExtension, "%q counts bytes from 0 on", "from").Suggest("last: %d takes the end", -max(start, -clampAt))
	}
}

// clampAt bounds positions in a text: what is longer is cut there, and no request is that long.
const clampAt = 1 << 30

func clamp(i int64) int { return int(min(max(i, 0), clampAt)) }

func (p *program) replace(n *load.Node, s *ir.Step) {
	if !p.l.mapping(n, "of", "old", "new") {
		return
	}
	if a, ok := p.typed(p.l.need(n, "of"), n.Key, ir.StepText); ok {
		s.Args = []ir.Operand{a.Operand}
	}
	old := p.l.need(n, "old")
	ok := false
	if s.Old, ok = p.l.text(old); ok && s.Old == "" {
		p.l.list.Errorf(old.Pos, diag.CodeExtension, "nothing to replace")
	}
	s.New, _ = p.l.text(p.l.need(n, "new"))
}

func (p *program) date(n *load.Node, s *ir.Step) {
	if !p.l.mapping(n, "of", "from", "to") {
		return
	}
	if a, ok := p.typed(p.l.need(n, "of"), n.Key, ir.StepText); ok {
		s.Args = []ir.Operand{a.Operand}
	}
	s.Read = p.l.timeFormat(p.l.need(n, "from"))
	s.Write = p.l.timeFormat(p.l.need(n, "to"))
}

func (p *program) choose(n *load.Node, s *ir.Step) {
	if !p.l.mapping(n, "present", "then", "else") {
		return
	}
	every := []ir.StepType{ir.StepText, ir.StepBytes, ir.StepList}
	present, ok := p.typed(p.l.need(n, "present"), "present", ir.StepText, ir.StepList)
	then, okThen := p.typed(p.l.need(n, "then"), "then", every...)
	otherwise, okElse := argument{Operand: ir.Operand{Pos: n.Pos, Kind: ir.OperandConstant}}, true
	if m := n.Member("else"); m != nil {
		otherwise, okElse = p.typed(m, "else", every...)
	}
	if okThen {
		s.Type = then.typ
	}
	if !ok || !okThen || !okElse {
		return
	}
	if then.typ != otherwise.typ {
		p.l.list.Errorf(otherwise.Pos, diag.CodeStepType, "both outcomes of %q have one type, this is %s", n.Key, otherwise.typ).
			See(then.Pos, "this is %s", then.typ).Suggest("%s", typeFix(ir.StepText, max(then.typ, otherwise.typ)))
	}
	p.nameless[s.Name.Spec] = p.nameless[then.Text] && p.nameless[otherwise.Text]
	s.Args = []ir.Operand{present.Operand, then.Operand, otherwise.Operand}
}

// importNames are those of the packages that any file of generated code imports: a function of such a name would not compile beside it.
var importNames = []string{
	"atomic", "base64", "binary", "bits", "bytes", "cmp", "context", "debug", "errors", "fmt", "hash", "hex", "hmac", "html",
	"http", "io", "json", "maps", "math", "md5", "net", "os", "rand", "reflect", "regexp", "sha1", "sha256", "sha512", "slices",
	"slog", "sort", "strconv", "strings", "subtle", "sync", "time", "unicode", "url", "utf8", "zlib",
}

func (p *program) goFunction(n *load.Node, s *ir.Step) {
	if !p.l.mapping(n, "function", "of", "gives") {
		return
	}
	name := p.l.need(n, "function")
	if text, ok := p.l.text(name); ok {
		s.Function = text
		switch {
		case !token.IsIdentifier(text) || text == "_" || text == "init" || text == "main":
			p.l.list.Errorf(name.Pos, diag.CodeInvalidName, "%q is no name of a Go function", text)
		case types.Universe.Lookup(text) != nil || slices.Contains(importNames, text):
			p.l.list.Errorf(name.Pos, diag.CodeInvalidName, "the generated code uses the name %q for something else", text).
				Suggest("name the function after what it makes: make%s", strings.ToUpper(text[:1])+text[1:])
		}
	}
	if p.word(p.l.need(n, "gives"), "type", []string{"text", "bytes"}) == "bytes" {
		s.Type = ir.StepBytes
	}
	items, _ := p.l.need(n, "of").AsList(p.l.list)
	for _, item := range items {
		if a, ok := p.typed(item, n.Key, ir.StepText, ir.StepBytes); ok {
			s.Args = append(s.Args, a.Operand)
		}
	}
}
