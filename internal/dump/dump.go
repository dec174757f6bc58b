// Package dump writes the model as JSON, for people who write tools of their own: what msdkgen understood of a document, after every decision.
//
// It is a room of its own because it looks at the model from outside, and walks through it by reflection: a fact that the model learns is
// dumped without a line here. The order is that of the model, which is that of the document, so that two dumps can be compared line by line.
//
// The form: a node is an object, its keys are the names of the model's fields in lower camel case. What is empty, false or absent is
// left out. "pos" is file:line:column. A thing that has a list of its own at the top (an operation, type, scheme or result) is written there
// and is its name everywhere else. Times are in milliseconds; numbers that bounds consist of are texts, as the document writes them.
package dump

import (
	"bytes"
	"encoding/json"
	"reflect"
	"time"
	"unicode"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// Version is the version of the form. It changes when a program that reads dumps would have to.
const Version = 1

// Package is one package of a configuration with its model.
type Package struct {
	Name   string // empty where a document was dumped without a configuration
	Output string
	Spec   string
	API    *ir.API
}

// Write returns the packages as indented JSON. place turns a position into text.
func Write(packages []Package, place func(diag.Pos) string) ([]byte, error) {
	d := &dumper{place: place}
	d.open('{')
	d.key("version")
	d.value(Version)
	d.key("packages")
	d.open('[')
	for _, p := range packages {
		d.item()
		d.open('{')
		for _, text := range []struct{ key, value string }{{"package", p.Name}, {"output", p.Output}, {"spec", p.Spec}} {
			if text.value != "" {
				d.key(text.key)
				d.value(text.value)
			}
		}
		d.key("api")
		d.node(reflect.ValueOf(p.API).Elem())
		d.close('}')
	}
	d.close(']')
	d.close('}')
	if d.err != nil {
		return nil, d.err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, d.out.Bytes(), "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// dumper writes compact JSON; indenting comes last.
type dumper struct {
	out   bytes.Buffer
	place func(diag.Pos) string
	depth int // nodes around the one at hand
	first bool
	err   error
	// within are the unnamed things around the one at hand: a model that contains itself without a name would have no end.
	within []any
}

func (d *dumper) open(bracket byte) {
	d.out.WriteByte(bracket)
	d.first = true
}

func (d *dumper) close(bracket byte) {
	d.out.WriteByte(bracket)
	d.first = false
}

// item puts the comma in front of all elements but the first.
func (d *dumper) item() {
	if !d.first {
		d.out.WriteByte(',')
	}
	d.first = false
}

func (d *dumper) key(name string) {
	d.item()
	d.value(name)
	d.out.WriteByte(':')
}

// value writes what encoding/json knows.
func (d *dumper) value(v any) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil && d.err == nil {
		d.err = err
	}
	d.out.Write(bytes.TrimSuffix(text.Bytes(), []byte("\n")))
	d.first = false
}

// node writes a struct of the model.
func (d *dumper) node(v reflect.Value) {
	d.depth++
	d.open('{')
	for i := range v.NumField() {
		field := v.Field(i)
		if absent(field) || v.Type().Field(i).Name == "Base" && field.IsZero() { // of no enum
			continue
		}
		d.key(lowerCamel(v.Type().Field(i).Name))
		if name, ok := field.Interface().(*ir.Name); ok && v.Type().Field(i).Name == "Owner" {
			d.value(name.Go)
			continue
		}
		d.member(field)
	}
	d.close('}')
	d.depth--
}

// absent reports whether a field says nothing. A code, a count and a word of a closed set say something when they are zero, too.
func absent(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Uint8, reflect.Int64:
		return v.Type() == reflect.TypeFor[time.Duration]() && v.IsZero()
	case reflect.Slice:
		return v.Len() == 0
	}
	return v.IsZero()
}

// member writes the value of a field. Lists of the API itself hold their elements, all other mentions are names.
func (d *dumper) member(v reflect.Value) {
	switch value := v.Interface().(type) {
	case diag.Pos:
		d.value(d.place(value))
		return
	case time.Duration:
		d.value(value.Milliseconds())
		return
	case []byte: // an example: JSON already
		d.out.Write(value)
		d.first = false
		return
	}
	if words, ok := words[v.Type()]; ok && int(v.Uint()) < len(words) {
		d.value(words[v.Uint()])
		return
	}
	switch v.Kind() {
	case reflect.Slice:
		d.open('[')
		for i := range v.Len() {
			d.item()
			d.member(v.Index(i))
		}
		d.close(']')
	case reflect.Pointer:
		d.pointer(v)
	case reflect.Struct:
		d.node(v)
	case reflect.Map:
		d.table(v)
	default:
		if word, ok := v.Interface().(interface{ String() string }); ok {
			d.value(word.String())
			return
		}
		d.value(v.Interface())
	}
}

// table writes a map from text; encoding/json would not know how to write its values.
func (d *dumper) table(v reflect.Value) {
	d.open('{')
	for _, key := range sortedKeys(v) {
		d.key(key)
		d.member(v.MapIndex(reflect.ValueOf(key)))
	}
	d.close('}')
}

// pointer writes what v points at, or its name where it has a place of its own.
func (d *dumper) pointer(v reflect.Value) {
	const top = 1 // below the API
	if name := nameOf(v.Interface()); name != "" && d.depth > top {
		d.value(name)
		return
	}
	for _, outer := range d.within {
		if outer == v.Interface() {
			d.value("itself")
			return
		}
	}
	d.within = append(d.within, v.Interface())
	d.node(v.Elem())
	d.within = d.within[:len(d.within)-1]
}

// nameOf is the name of a thing that has a list of its own in the API, "" for what is written where it is used.
func nameOf(v any) string {
	switch v := v.(type) {
	case *ir.Operation:
		return v.Name.Go
	case *ir.Type:
		if v.Name != nil {
			return v.Name.Go
		}
	case *ir.Scheme:
		return v.Name.Go
	case *ir.Result:
		return v.Name.Go
	case *ir.Tag:
		return v.Name.Go
	}
	return ""
}

// lowerCamel is a field's name as a key: url, sha256, goName.
func lowerCamel(name string) string {
	runes := []rune(name)
	for i := range runes {
		if i > 0 && i+1 < len(runes) && unicode.IsLower(runes[i+1]) || i > 0 && !unicode.IsUpper(runes[i]) {
			break
		}
		runes[i] = unicode.ToLower(runes[i])
	}
	return string(runes)
}
