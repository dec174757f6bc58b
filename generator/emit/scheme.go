package emit

import (
	"fmt"
	"net/http"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/msdkgen/msdkgen/generator/ir"
)

// The table of a security scheme: the facts that client and server share. Apart from client.go, where it is printed, because most of
// it is about what a server has to find in a request.

// schemeTable adds the facts about a scheme.
func (p *pkg) schemeTable(f *jen.File, index int, s *ir.Scheme) {
	fileComment(f, fmt.Sprintf("%s is the security scheme %s.", schemeVar(s), oneLine(s.Name.Spec)))
	f.Var().Id(schemeVar(s)).Op("=").Id("scheme").Add(rows(func(add func(...jen.Code)) {
		row := func(key string, value *jen.Statement) { add(jen.Id(key).Op(":").Add(value)) }
		row("name", jen.Lit(s.Name.Spec))
		row("index", jen.Lit(index))
		if hasApp(s) {
			row("hasApp", jen.True())
		}
		if s.App != nil {
			row("app", locator(s.App, false))
		}
		if s.Time != nil {
			row("time", locator(s.Time, true))
		}
		if s.Window > 0 {
			row("window", seconds(s.Window))
		}
		if s.Keys != nil {
			row("keyParameter", jen.Lit(s.Keys.Parameter))
		}
		if keys := keyCases(s); len(keys) > 0 {
			row("keys", jen.Index().Id("keyCase").Add(rows(func(add func(...jen.Code)) {
				for _, c := range keys {
					add(keyCaseRow(c))
				}
			})))
		}
		texts := func(key string, values []string) {
			if len(values) > 0 {
				row(key, jen.Index().String().Values(literals(values)...))
			}
		}
		texts("secrets", secretNames(s))
		texts("required", requiredNames(s))
		if len(s.Values) > 0 {
			row("values", jen.Index().Id("signValue").Add(rows(func(add func(...jen.Code)) {
				for _, v := range s.Values {
					add(signValueRow(v))
				}
			})))
		}
		row("places", jen.Index().Id("place").Add(rows(func(add func(...jen.Code)) {
			for _, place := range s.Places {
				add(placeRow(place))
			}
		})))
		if s.Program != nil {
			row("sign", jen.Id(signFunc(s)))
		} else {
			row("builtin", jen.Id("newUserSig").Call())
		}
		if p.cipherOf(s) != nil {
			row("cipher", jen.Op("&").Id(cipherVar(s)))
		}
	}))
}

// cipherOf is the cipher of a scheme's operations; nil if none of them is encrypted.
func (p *pkg) cipherOf(s *ir.Scheme) *ir.Cipher {
	for _, op := range p.api.Operations {
		if op.Scheme == s && op.Cipher != nil {
			return op.Cipher
		}
	}
	return nil
}

// cipherTable adds how the bodies of a scheme's operations are encrypted.
func cipherTable(f *jen.File, s *ir.Scheme, c *ir.Cipher) {
	fileComment(f, fmt.Sprintf("%s encrypts the bodies of the operations of %s with %s, see [WithEncryption].", cipherVar(s), oneLine(s.Name.Spec), oneLine(c.Name)))
	f.Var().Id(cipherVar(s)).Op("=").Id("cipher").Add(rows(func(add func(...jen.Code)) {
		row := func(key string, value *jen.Statement) { add(jen.Id(key).Op(":").Add(value)) }
		row("secret", jen.Lit(c.Secret))
		if c.SignCiphertext {
			row("signCiphertext", jen.True())
		}
		if c.Required {
			row("always", jen.True())
		}
		row("contentHeader", jen.Lit(http.CanonicalHeaderKey(c.ContentHeader)))
		row("acceptHeader", jen.Lit(http.CanonicalHeaderKey(c.AcceptHeader)))
	}))
}

func seconds(d time.Duration) *jen.Statement {
	return jen.Lit(int(d/time.Second)).Op("*").Qual("time", "Second")
}

func hasApp(s *ir.Scheme) bool {
	for _, c := range s.Credentials {
		if c.App {
			return true
		}
	}
	return false
}

// wheres are the names that the support package has for the parts of a request. The query goes without saying.
var wheres = map[ir.In]string{
	ir.InQuery: "inQuery", ir.InHeader: "inHeader", ir.InPath: "inPath", ir.InBody: "inBody", ir.InSignature: "inSignature",
}

func locator(l *ir.Locator, isTime bool) *jen.Statement {
	name := l.Name
	if l.In == ir.InHeader {
		name = asciiLower(name)
	}
	return jen.Id("locator").ValuesFunc(func(g *jen.Group) {
		g.Id("in").Op(":").Id(wheres[l.In])
		g.Id("name").Op(":").Lit(name)
		if isTime {
			timeFields(g, l.Format, l.Offset)
		}
	})
}

// timeFields adds how a time is written, unless it is plain seconds.
func timeFields(g *jen.Group, format ir.TimeFormat, offset time.Duration) {
	if name := timeFormat(format); name != "timeSeconds" {
		g.Id("format").Op(":").Id(name)
	}
	if offset != 0 {
		g.Id("offset").Op(":").Add(seconds(offset))
	}
}

// timeFormat is the support package's name of a format.
func timeFormat(format ir.TimeFormat) string {
	if name, ok := timeFormats[format]; ok {
		return name
	}
	return "timeSeconds"
}

var timeFormats = map[ir.TimeFormat]string{
	ir.TimeMillis:    "timeMillis",
	ir.TimeISO:       "timeISO",
	ir.TimeISOMillis: "timeISOMillis",
	ir.TimeISOBasic:  "timeISOBasic",
	ir.TimeDate:      "timeDate",
	ir.TimeDateBasic: "timeDateBasic",
	ir.TimeCompact:   "timeCompact",
	ir.TimeDateTime:  "timeDateTime",
	ir.TimeHTTP:      "timeHTTP",
}

// nonceFields adds how random text is made.
func nonceFields(g *jen.Group, f *ir.Fill) {
	g.Id("alphabet").Op(":").Id(alphabets[f.Alphabet])
	g.Id("length").Op(":").Lit(nonceLength(f))
}

var alphabets = map[string]string{
	"hex": "nonceHex", "alphanumeric": "nonceAlphanumeric", "digits": "nonceDigits", "uuid": "nonceUUID",
}

func nonceLength(f *ir.Fill) int {
	if f.Length == 0 {
		return 32
	}
	return f.Length
}

func keyCaseRow(c *ir.KeyChoiceCase) *jen.Statement {
	return jen.ValuesFunc(func(g *jen.Group) {
		if c.Value != "" {
			g.Id("value").Op(":").Lit(c.Value)
		}
		g.Id("secret").Op(":").Lit(c.Secret)
		if c.Otherwise {
			g.Id("otherwise").Op(":").True()
		}
	})
}

// keyCases are the keys that a scheme can sign with. A program that speaks of its key without a choice means the only secret; one that
// names its secrets itself needs none here.
func keyCases(s *ir.Scheme) []*ir.KeyChoiceCase {
	if s.Keys != nil {
		return s.Keys.Choices
	}
	if s.Program != nil && !usesKey(s) {
		return nil
	}
	for _, name := range secretNames(s) {
		return []*ir.KeyChoiceCase{{Secret: name}}
	}
	return nil
}

func secretNames(s *ir.Scheme) []string {
	var names []string
	for _, c := range s.Credentials {
		if c.Secret {
			names = append(names, c.Name.Spec)
		}
	}
	return names
}

// requiredNames are the credentials that have to be configured, besides the app and the keys that are chosen from.
func requiredNames(s *ir.Scheme) []string {
	chosen := map[string]bool{}
	for _, c := range keyCases(s) {
		chosen[c.Secret] = true
	}
	var names []string
	for _, c := range s.Credentials {
		if !c.App && !c.Optional && !chosen[c.Name.Spec] {
			names = append(names, c.Name.Spec)
		}
	}
	return names
}

func signValueRow(v *ir.SignValue) *jen.Statement {
	return jen.ValuesFunc(func(g *jen.Group) {
		g.Id("name").Op(":").Lit(v.Name.Spec)
		if v.Fill.Kind == ir.FillNonce {
			nonceFields(g, v.Fill)
			return
		}
		timeFields(g, v.Fill.Format, v.Fill.Offset)
	})
}

func placeRow(place *ir.Place) *jen.Statement {
	return jen.ValuesFunc(func(g *jen.Group) {
		g.Id("in").Op(":").Id(wheres[place.In])
		g.Id("name").Op(":").Lit(place.Name)
		if len(place.Template) == 0 {
			return
		}
		g.Id("form").Op(":").Op("&").Id("template").ValuesFunc(func(g *jen.Group) {
			g.Id("parts").Op(":").Index().Id("templatePart").Add(rows(func(add func(...jen.Code)) {
				for _, part := range place.Template {
					add(templatePartRow(part))
				}
			}))
			if place.Separator != "" {
				g.Id("separator").Op(":").Lit(place.Separator)
			}
		})
	})
}

func templatePartRow(part ir.TemplatePart) *jen.Statement {
	if part.Hole == "" {
		return jen.Values(jen.Id("literal").Op(":").Lit(part.Literal))
	}
	kind := map[ir.HoleKind]string{ir.HoleStep: "holeStep", ir.HoleValue: "holeValue", ir.HoleCredential: "holeCredential"}[part.Kind]
	return jen.Values(jen.Id("hole").Op(":").Id(kind), jen.Id("name").Op(":").Lit(part.Hole))
}
