package main

// Before anything is measured: every contender has to have read the same values, and to write the same document. Otherwise the ratios compare
// different work. It is apart because it needs reflection, which must not come near what is measured.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// checkSame lets every contender decode text and encode what it read. The first result lists what may be looked over, the second what may not.
func checkSame(text []byte, all []*contender) (remarks []string, err error) {
	var first map[string]any
	for i, c := range all {
		if err := c.decode(text); err != nil {
			return remarks, fmt.Errorf("%s cannot decode it: %w", c.name, err)
		}
		values, _ := canonical(reflect.ValueOf(c.value())).(map[string]any)
		if i == 0 {
			first = values
		} else if path := difference(first, values); path != "" {
			return remarks, fmt.Errorf("%s read other values than %s, at %s", c.name, all[0].name, path)
		}
		for _, encode := range []func() ([]byte, error){c.fresh, c.reuse} {
			if encode == nil {
				continue
			}
			out, err := encode()
			if err != nil {
				return remarks, fmt.Errorf("%s cannot encode it: %w", c.name, err)
			}
			if path := difference(parsed(text), parsed(out)); path != "" {
				remarks = append(remarks, fmt.Sprintf("%s writes another document than it read, at %s", c.name, path))
				break
			}
		}
	}
	return remarks, nil
}

func parsed(text []byte) any {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return "not JSON: " + err.Error()
	}
	return v
}

// canonical reduces a struct of any contender to its values. Absent and zero are the same, because a plain struct cannot tell them apart; so are the
// spellings of Go names. Members that the document does not name are left out: only our types keep them.
func canonical(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer:
		return canonical(v.Elem())
	case reflect.String:
		return v.String()
	case reflect.Int64:
		return v.Int()
	case reflect.Slice:
		items := make([]any, v.Len())
		for i := range items {
			items[i] = canonical(v.Index(i))
		}
		return items
	case reflect.Struct:
		if v.NumField() == 2 && goName(v.Type().Field(0)) == "value" && goName(v.Type().Field(1)) == "set" {
			return canonical(v.Field(0))
		}
		members := map[string]any{}
		for i := range v.NumField() {
			name := goName(v.Type().Field(i))
			if value := canonical(v.Field(i)); name != "extra" && !empty(value) {
				members[name] = value
			}
		}
		return members
	}
	return "unknown kind " + v.Kind().String()
}

func goName(f reflect.StructField) string { return strings.ToLower(f.Name) }

func empty(v any) bool {
	switch v := v.(type) {
	case string:
		return v == ""
	case int64:
		return v == 0
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// difference returns the place where two trees differ, "" if they do not.
func difference(a, b any) string { return differenceAt("$", a, b) }

func differenceAt(path string, a, b any) string {
	switch a := a.(type) {
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok {
			return path
		}
		names := slices.Sorted(maps.Keys(a))
		for name := range b {
			if _, both := a[name]; !both {
				names = append(names, name)
			}
		}
		slices.Sort(names) // so that the same difference is reported each time
		for _, name := range names {
			if at := differenceAt(path+"."+name, a[name], b[name]); at != "" {
				return at
			}
		}
		return ""
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return path
		}
		for i := range a {
			if at := differenceAt(fmt.Sprintf("%s[%d]", path, i), a[i], b[i]); at != "" {
				return at
			}
		}
		return ""
	}
	if a != b {
		return path
	}
	return ""
}
