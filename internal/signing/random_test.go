package signing

// Random documents: schemes with programs that are well typed, and an operation for each.

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
)

// maker makes one scheme.
type maker struct {
	*rand.Rand
	form, inBody bool
	steps        []map[string]any
	text, bytes  []string // steps by type
	list         []string
	unused       map[string]string // step -> type
	values       bool
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// add adds a step; its operand steps count as used.
func (m *maker) add(kind string, operation string, value any) {
	name := fmt.Sprintf("s%d", len(m.steps))
	m.steps = append(m.steps, map[string]any{"name": name, operation: value})
	m.unused[name] = kind
	switch kind {
	case "text":
		m.text = append(m.text, name)
	case "bytes":
		m.bytes = append(m.bytes, name)
	default:
		m.list = append(m.list, name)
	}
}

// use returns an earlier step.
func (m *maker) use(from []string) string {
	name := from[m.IntN(len(from))]
	delete(m.unused, name)
	return name
}

// textOperand is a random operand that is text.
func (m *maker) textOperand() any {
	if len(m.text) > 0 && m.IntN(2) == 0 {
		return m.use(m.text)
	}
	choices := []any{
		map[string]any{"constant": pick(m.Rand, "&", "key=", "ä ö", "\n", "x/y", "%2F")},
		map[string]any{"parameter": pick(m.Rand, "a", "b", "c")},
		map[string]any{"header": pick(m.Rand, "X-One", "X-Two", "Host", "Content-Type")},
		map[string]any{"path-parameter": "item"},
		map[string]any{"field": pick(m.Rand, "f1", "f2", "n", "flag")},
		map[string]any{"credential": "region"},
		map[string]any{"secret": pick(m.Rand, "key", "other")},
		map[string]any{"source": pick(m.Rand, "method", "path", "encoded-path", "query", "target", "url", "scheme", "host", "host-name", "port", "body")},
	}
	if m.values {
		choices = append(choices, map[string]any{"value": pick(m.Rand, "t", "r")}, map[string]any{"value": "t"})
	}
	operand := pick(m.Rand, choices...)
	if source, ok := operand.(map[string]any)["source"]; ok && m.inBody && source == "body" {
		return map[string]any{"source": "method"}
	}
	return operand
}

func (m *maker) texts(n int) []any {
	var all []any
	for range n {
		all = append(all, m.textOperand())
	}
	return all
}

// either is text or bytes.
func (m *maker) either() any {
	if len(m.bytes) > 0 && m.IntN(2) == 0 {
		return m.use(m.bytes)
	}
	return m.textOperand()
}

func (m *maker) percent(of any) map[string]any {
	how := map[string]any{"of": of}
	if m.IntN(3) == 0 {
		how["keep"] = pick(m.Rand, "/", "*+", "!'()")
	}
	if m.IntN(3) == 0 {
		how["encode"] = pick(m.Rand, "~", "-_")
	}
	if m.IntN(3) == 0 {
		how["space"] = "plus"
	}
	if m.IntN(3) == 0 {
		how["lower-hex"] = true
	}
	return how
}

// step adds a random step.
func (m *maker) step() {
	hashes := []string{"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}
	switch m.IntN(18) {
	case 0:
		m.add("text", "concat", m.texts(1+m.IntN(3)))
	case 1:
		m.add("text", "join", map[string]any{"of": m.texts(2 + m.IntN(2)), "with": pick(m.Rand, "\n", "&", "")})
	case 2:
		m.add("bytes", pick(m.Rand, hashes...), m.either())
	case 3:
		m.add("bytes", "hmac", map[string]any{"hash": pick(m.Rand, hashes...), "key": m.either(), "of": m.either()})
	case 4:
		m.add("text", pick(m.Rand, "lower", "upper", "trim"), m.textOperand())
	case 5:
		m.add("bytes", "utf8", m.textOperand())
	case 6:
		m.add("text", "length", m.either())
	case 7:
		m.add("text", "percent-encode", m.percent(m.textOperand()))
	case 8:
		how := map[string]any{"of": m.textOperand()}
		if m.IntN(3) == 0 {
			how["last"] = 1 + m.IntN(9)
		} else {
			how["from"], how["to"] = m.IntN(5), 5+m.IntN(20)
		}
		m.add("text", "slice", how)
	case 9:
		m.add("text", "replace", map[string]any{"of": m.textOperand(), "old": pick(m.Rand, "+", "%20", "a"), "new": pick(m.Rand, "", "-", "*+")})
	case 10:
		m.add("text", "if", map[string]any{"present": m.textOperand(), "then": m.textOperand(), "else": m.textOperand()})
	case 11:
		m.add("list", "list", m.texts(1+m.IntN(3)))
	case 12:
		m.add("list", "parameters", m.selection())
	case 13:
		m.add("list", "headers", m.headers())
	default:
		m.listStep()
	}
}

// listStep works on a list; without one it writes bytes as text.
func (m *maker) listStep() {
	if len(m.bytes) > 0 && (len(m.list) == 0 || m.IntN(2) == 0) {
		m.add("text", pick(m.Rand, "hex", "upper-hex", "base64", "base64-raw", "base64url", "base64url-raw"), m.use(m.bytes))
		return
	}
	if len(m.list) == 0 {
		return
	}
	of := m.use(m.list)
	switch m.IntN(3) {
	case 0:
		m.add("list", "sort", map[string]any{"of": of, "by": pick(m.Rand, "name", "value"), "ignore-case": m.IntN(2) == 0})
	case 1:
		m.add("list", "percent-encode", m.percent(of))
	default:
		m.add("text", "join", m.joinOf(of))
	}
}

// joinOf joins a list. Without a name in its entries only values can be taken.
func (m *maker) joinOf(of string) map[string]any {
	how := map[string]any{"of": of, "with": pick(m.Rand, "\n", "&", "")}
	if m.nameless(of) {
		return how
	}
	switch m.IntN(4) {
	case 0:
		how["take"] = "names"
	case 1:
		how["take"] = "values"
	case 2:
		how["bare"] = true
		how["pair"] = "="
	default:
		how["pair"] = pick(m.Rand, "=", ":", "")
	}
	return how
}

// nameless reports whether a list comes from the operation "list".
func (m *maker) nameless(name string) bool {
	for _, step := range m.steps {
		if step["name"] != name {
			continue
		}
		for _, operation := range []string{"sort", "percent-encode"} {
			if how, ok := step[operation].(map[string]any); ok {
				return m.nameless(how["of"].(string))
			}
		}
		_, is := step["list"]
		return is
	}
	return false
}

func (m *maker) headers() map[string]any {
	only := []any{"X-One", "Host", "Content-Type"}
	s := map[string]any{"only": only[:1+m.IntN(3)], "prefix": pick(m.Rand, "x-t", "X-")}
	if m.IntN(2) == 0 {
		s["add"] = map[string]any{"X-Zz": m.textOperand()}
	}
	return s
}

func (m *maker) selection() map[string]any {
	s := map[string]any{"from": pick(m.Rand, []any{"query"}, []any{"body"}, []any{"query", "body"})}
	switch m.IntN(3) {
	case 0:
		s["only"] = []any{"a", "c", "f1", "n"}
	case 1:
		s["except"] = []any{"b", "flag"}
	}
	if fmt.Sprint(s["from"]) != "[query body]" {
		delete(s, "only")
		delete(s, "except")
	}
	if m.IntN(2) == 0 {
		s["drop-empty"] = true
	}
	if m.IntN(3) == 0 {
		s["names"] = "lower"
	}
	if m.IntN(2) == 0 {
		s["repeated"] = ","
	}
	if m.IntN(3) == 0 {
		s["add"] = map[string]any{"zz": m.textOperand()}
	}
	return s
}

// finish makes the signature of all that is left over, with the key.
func (m *maker) finish() {
	for _, step := range m.steps {
		name := step["name"].(string)
		switch m.unused[name] {
		case "list":
			delete(m.unused, name)
			m.add("text", "join", m.joinOf(name))
		case "bytes":
			delete(m.unused, name)
			m.add("text", "base64", name)
		}
	}
	all := []any{map[string]any{"secret": "key"}}
	for _, step := range m.steps {
		if name := step["name"].(string); m.unused[name] == "text" {
			delete(m.unused, name)
			all = append(all, name)
		}
	}
	if m.values {
		all = append(all, map[string]any{"value": "t"}, map[string]any{"value": "r"})
	}
	m.add("text", "concat", all)
	m.add("bytes", pick(m.Rand, "md5", "sha256"), m.text[len(m.text)-1])
	m.add("text", pick(m.Rand, "hex", "base64", "upper-hex"), m.bytes[len(m.bytes)-1])
}

// randomDocument is a document with n schemes and an operation for each.
func randomDocument(r *rand.Rand, n int) string {
	var paths, schemes, outside strings.Builder
	for i := range n {
		m := &maker{Rand: r, form: r.IntN(3) == 0, unused: map[string]string{}}
		place := map[string]any{"query": "sig"}
		in, name := "query", "sig"
		switch r.IntN(5) {
		case 0:
			place, in, name = map[string]any{"header": "X-Sig"}, "header", "X-Sig"
		case 1:
			m.values = true
			place, in, name = map[string]any{"header": "Authorization", "template": "Test {app}/{t}, Nonce={r}, Signature={signature}"}, "header", "Authorization"
		case 2:
			m.values = true
			place, in, name = map[string]any{"header": "X-Sig", "template": "t={t},n={r},v1={signature}", "separator": ","}, "header", "X-Sig"
		case 3:
			m.inBody = true
			place = map[string]any{"body": "sign"}
		}
		for range 3 + r.IntN(12) {
			m.step()
		}
		m.finish()
		sign := map[string]any{"steps": m.steps, "place": place}
		if m.values {
			sign["values"] = map[string]any{"t": map[string]any{"timestamp": pick(r, "seconds", "iso-basic", "iso-millis", "date-time")},
				"r": map[string]any{"nonce": pick(r, "hex", "alphanumeric"), "length": 12}}
		}
		content := map[string]any{
			"x-msdk-credentials": map[string]any{
				"app": map[string]any{"app": true}, "key": map[string]any{"secret": true},
				"other": map[string]any{"secret": true, "optional": true}, "region": map[string]any{},
			}, "x-msdk-sign": sign,
		}
		target := &schemes
		if m.inBody {
			target = &outside
		} else {
			content["type"], content["in"], content["name"] = "apiKey", in, name
		}
		fmt.Fprintf(target, "    s%d: %s\n", i, asJSON(content))
		paths.WriteString(randomOperation(i, m))
	}
	return fmt.Sprintf(documentForm, paths.String(), schemes.String(), outside.String())
}

func randomOperation(i int, m *maker) string {
	media, payload, use := "application/json", "Payload", fmt.Sprintf("security: [{s%d: []}]", i)
	if m.form {
		media = "application/x-www-form-urlencoded"
	}
	if m.inBody {
		payload, use = "Signed", fmt.Sprintf("x-msdk-security: s%d", i)
	}
	return fmt.Sprintf(operationForm, i, i, use, media, payload)
}

const operationForm = `  /op%d/{item}/x:
    post:
      operationId: op%d
      %s
      parameters:
        - {$ref: '#/components/parameters/item'}
        - {$ref: '#/components/parameters/a'}
        - {$ref: '#/components/parameters/b'}
        - {$ref: '#/components/parameters/c'}
        - {$ref: '#/components/parameters/app'}
        - {$ref: '#/components/parameters/one'}
        - {$ref: '#/components/parameters/two'}
      requestBody: {required: true, content: {%s: {schema: {$ref: '#/components/schemas/%s'}}}}
      responses: {"200": {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/Answer'}}}}}
`

const documentForm = `openapi: 3.0.3
info: {title: Random, version: "1"}
servers: [{url: "http://h.example:8080", x-msdk-name: Only}]
paths:
%scomponents:
  parameters:
    item: {name: item, in: path, required: true, schema: {type: string}}
    a: {name: a, in: query, required: true, schema: {type: string}}
    b: {name: b, in: query, schema: {type: string}}
    c: {name: c, in: query, schema: {type: string}}
    app: {name: app, in: query, required: true, schema: {type: string}, x-msdk-value: {credential: app}}
    one: {name: X-One, in: header, schema: {type: string}}
    two: {name: X-Two, in: header, required: true, schema: {type: string}}
  schemas:
    Answer: {type: object, properties: {ok: {type: boolean}}}
    Payload: {type: object, required: [f1], properties: {f1: {type: string}, f2: {type: string}, n: {type: integer}, flag: {type: boolean}}}
    Signed: {type: object, required: [f1, sign], properties: {f1: {type: string}, f2: {type: string}, n: {type: integer}, flag: {type: boolean}, sign: {type: string, x-msdk-value: signature}}}
  securitySchemes:
%s  x-msdk-security-schemes:
%s`

func asJSON(v any) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(v)
	return strings.TrimSpace(b.String())
}
