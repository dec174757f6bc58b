package specdiff

// A text for a piece of the model that is the same for pieces of the same meaning. It goes by reflection, on purpose: a member that the model
// gets tomorrow is compared from the first day.

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/ir"
)

// canonical prints a piece of the model without places, words and Go names. steps gives steps of a signing program numbers in place of their
// names, which travel nowhere.
func canonical(piece any, steps map[string]string) string {
	var b strings.Builder
	printCanonical(&b, reflect.ValueOf(piece), steps, 0)
	return b.String()
}

// unordered are members that are sets: their order means nothing.
var unordered = []string{"Except", "Only"}

// stepNames are members that hold the name of a step.
var stepNames = []string{"Step", "Hole"}

// maxCanonical bounds the depth; the model of a scheme is a few levels deep.
const maxCanonical = 20

func printCanonical(b *strings.Builder, v reflect.Value, steps map[string]string, depth int) {
	if depth > maxCanonical || !v.IsValid() {
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			b.WriteString("none")
			return
		}
		printCanonical(b, v.Elem(), steps, depth+1)
	case reflect.Slice:
		b.WriteByte('[')
		for i := range v.Len() {
			printCanonical(b, v.Index(i), steps, depth+1)
			b.WriteByte(' ')
		}
		b.WriteByte(']')
	case reflect.Struct:
		printStruct(b, v, steps, depth)
	case reflect.String:
		fmt.Fprintf(b, "%q", v.String())
	default:
		fmt.Fprint(b, v.Interface())
	}
}

func printStruct(b *strings.Builder, v reflect.Value, steps map[string]string, depth int) {
	if name, ok := v.Interface().(ir.Name); ok {
		if number := steps[name.Spec]; number != "" {
			name.Spec = number
		}
		fmt.Fprintf(b, "%q", name.Spec)
		return
	}
	operand, isOperand := v.Interface().(ir.Operand)
	t := v.Type()
	b.WriteByte('{')
	for i := range t.NumField() {
		member, value := t.Field(i), v.Field(i)
		if !member.IsExported() || member.Type == reflect.TypeFor[diag.Pos]() || member.Type == reflect.TypeFor[ir.Doc]() {
			continue
		}
		fmt.Fprintf(b, "%s:", member.Name)
		names := slices.Contains(stepNames, member.Name) || isOperand && operand.Kind == ir.OperandStep && member.Name == "Text"
		switch {
		case value.Kind() == reflect.String && names && steps[value.String()] != "":
			b.WriteString(steps[value.String()])
		case slices.Contains(unordered, member.Name) && value.Type() == reflect.TypeFor[[]string]():
			fmt.Fprintf(b, "%q", slices.Sorted(slices.Values(value.Interface().([]string))))
		default:
			printCanonical(b, value, steps, depth+1)
		}
		b.WriteByte(' ')
	}
	b.WriteByte('}')
}

// schemeParts prints what two schemes say about signatures, in the parts that have rules of their own; what is none of them goes under "".
func schemeParts(a, b *ir.Scheme) (before, after map[string]string) {
	before, after = partsOf(a, true), partsOf(b, true)
	if before["Program"] != after["Program"] { // the numbers of steps tell nothing then
		before["Place"], after["Place"] = partsOf(a, false)["Place"], partsOf(b, false)["Place"]
	}
	return before, after
}

// partsOf prints one of them. Steps have numbers; without, all but the last one have their names.
func partsOf(s *ir.Scheme, numbered bool) map[string]string {
	steps := map[string]string{}
	if s.Program != nil {
		for i, step := range s.Program.Steps {
			if numbered {
				steps[step.Name.Spec] = fmt.Sprintf("step %d", i)
			} else if i == len(s.Program.Steps)-1 {
				steps[step.Name.Spec] = "the last step"
			}
		}
	}
	parts := map[string]string{}
	v := reflect.ValueOf(*s)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		switch name {
		case "Pos", "Name", "Doc", "Credentials", "Window", "Values":
			continue // they have rules of their own
		case "App", "Time":
			continue // they follow from parameters, credentials and places
		case "Places":
			name = "Place"
		case "Program", "Keys", "Place":
		default:
			name = ""
		}
		piece := v.Field(i).Interface()
		if name == "Place" {
			piece = withoutSeparators(s.Places)
		}
		parts[name] += canonical(piece, steps) + ";"
	}
	return parts
}

// withoutSeparators leaves out what has a rule of its own.
func withoutSeparators(places []*ir.Place) []ir.Place {
	var all []ir.Place
	for _, p := range places {
		kept := *p
		kept.Separator = ""
		all = append(all, kept)
	}
	return all
}
