package codectest

// The same canonical form, of a Go value: by reflection, through what the package exports.

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Print returns the canonical form of a value of the type.
func (t *Target) Print(v Codec) string {
	var b strings.Builder
	printValue(&b, reflect.ValueOf(v).Elem(), t.Shape)
	return b.String()
}

func printValue(b *strings.Builder, v reflect.Value, s *Shape) {
	switch s.Kind {
	case Text:
		b.WriteString(strconv.Quote(v.String()))
	case Int:
		if s.Unsigned {
			b.WriteString(strconv.FormatUint(v.Uint(), 10))
			return
		}
		b.WriteString(strconv.FormatInt(v.Int(), 10))
	case IntOrText:
		whole := v.MethodByName("Int").Call(nil)
		if whole[1].Bool() {
			b.WriteString(strconv.FormatInt(whole[0].Int(), 10))
			return
		}
		b.WriteString(strconv.Quote(v.MethodByName("Text").Call(nil)[0].String()))
	case Bool:
		b.WriteString(strconv.FormatBool(v.Bool()))
	case Float:
		b.WriteString(PrintFloat(v.Float()))
	case Any:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		b.WriteString(strconv.Quote(string(v.Bytes())))
	case List, Map:
		printMany(b, v, s)
	case Object:
		printObject(b, v, s)
	}
}

func printMany(b *strings.Builder, v reflect.Value, s *Shape) {
	if v.IsNil() {
		b.WriteString("nil")
		return
	}
	if s.Kind == Map {
		entries := map[string]string{}
		for _, name := range v.MapKeys() {
			var item strings.Builder
			printValue(&item, v.MapIndex(name), s.Elem)
			entries[name.String()] = item.String()
		}
		PrintTable(b, entries)
		return
	}
	if v.Cap() != v.Len() && !s.Comma {
		b.WriteString("(who appends to this list writes over another one)")
	}
	b.WriteByte('[')
	for i := range v.Len() {
		printValue(b, v.Index(i), s.Elem)
		b.WriteByte(' ')
	}
	b.WriteByte(']')
}

func printObject(b *strings.Builder, v reflect.Value, s *Shape) {
	b.WriteByte('{')
	for i := range s.Fields {
		f := &s.Fields[i]
		if f.Go == "" {
			continue
		}
		b.WriteString(f.Go + "=")
		value := v.FieldByName(f.Go)
		if f.Optional() {
			got := value.MethodByName("Get").Call(nil)
			if value = got[0]; !got[1].Bool() {
				if !value.IsZero() {
					b.WriteString("(a value that is said to be absent)")
				}
				b.WriteString("- ")
				continue
			}
		}
		printValue(b, value, f.Shape)
		b.WriteByte(' ')
	}
	if s.Extra {
		extra := v.FieldByName("Extra").Interface().(interface{ Names() []string })
		get := v.FieldByName("Extra").MethodByName("Get")
		PrintExtra(b, extra.Names(), func(name string, _ int) string {
			return string(get.Call([]reflect.Value{reflect.ValueOf(name)})[0].Bytes())
		}, Form{})
	}
	b.WriteByte('}')
}

// fault is what an error of a generated package says.
type fault struct {
	Offset, Line, Column int
	Path, Reason         string
	Broken               []string // of a validation error: "rule path"
}

// faultOf takes an error apart. Each package has error types of its own, hence by name.
func faultOf(err error) (*fault, error) {
	v := reflect.ValueOf(err)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return nil, fmt.Errorf("an error of type %T", err)
	}
	v = v.Elem()
	switch v.Type().Name() {
	case "DecodeError":
		number := func(name string) int { return int(v.FieldByName(name).Int()) }
		return &fault{
			Offset: number("Offset"), Line: number("Line"), Column: number("Column"),
			Path: v.FieldByName("Path").String(), Reason: v.FieldByName("Reason").String(),
		}, nil
	case "ValidationError":
		f := &fault{Broken: []string{}}
		list := v.FieldByName("Violations")
		for i := range list.Len() {
			f.Broken = append(f.Broken, list.Index(i).FieldByName("Rule").String()+" "+list.Index(i).FieldByName("Path").String())
		}
		return f, nil
	}
	return nil, fmt.Errorf("an error of type %T", err)
}
