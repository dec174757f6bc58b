package support

// Lists in signing programs: which parameters, fields and headers are signed, in which order, and how they are joined. Every function
// leaves the list that it is given as it is, since a later step may ask for that one.

import (
	"cmp"
	"slices"
	"strings"
)

// queryList returns the query parameters in the order of the request, repeated ones included.
func (m *message) queryList() []pair { return slices.Clone(m.parameters) }

// fieldList returns the fields of the body in the order of the request: the members at the top of a JSON object, or those of a form.
func (m *message) fieldList() []pair { return slices.Clone(m.fields()) }

// headerList returns the headers that are named, and those whose names begin with prefix unless it is empty. Names are in lower case,
// values trimmed and with single spaces. It is sorted by name: the order on the wire does not reach the other side.
func (m *message) headerList(prefix string, names ...string) []pair {
	var list []pair
	add := func(name string, values ...string) {
		if !slices.Contains(names, name) && (prefix == "" || !strings.HasPrefix(name, prefix)) {
			return
		}
		for i, value := range values {
			values[i] = strings.Join(strings.FieldsFunc(value, isBlank), " ")
		}
		list = append(list, pair{name, strings.Join(values, ",")})
	}
	add("host", m.host)
	for name, values := range m.arrived {
		if name = asciiLower(name); name != "host" && name != "" {
			add(name, slices.Clone(values)...)
		}
	}
	if m.contentType != "" {
		add("content-type", m.contentType)
	}
	for _, h := range m.sentHeaders {
		add(h.name, h.value)
	}
	return sorted(list, byName)
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' }

// only keeps the pairs with the given names.
func only(list []pair, names ...string) []pair {
	return kept(list, func(p pair) bool { return slices.Contains(names, p.name) })
}

// except leaves out the pairs with the given names.
func except(list []pair, names ...string) []pair {
	return kept(list, func(p pair) bool { return !slices.Contains(names, p.name) })
}

// withoutEmpty leaves out the pairs with an empty value.
func withoutEmpty(list []pair) []pair { return kept(list, func(p pair) bool { return p.value != "" }) }

func kept(list []pair, keep func(pair) bool) []pair {
	result := make([]pair, 0, len(list))
	for _, p := range list {
		if keep(p) {
			result = append(result, p)
		}
	}
	return result
}

// lowerNames puts the names into lower case.
func lowerNames(list []pair) []pair {
	result := slices.Clone(list)
	for i := range result {
		result[i].name = asciiLower(result[i].name)
	}
	return result
}

// oneEach makes one pair of those with the same name: the values in their order, with separator between them.
func oneEach(list []pair, separator string) []pair {
	result := make([]pair, 0, len(list))
	for i, p := range list {
		if _, again := find(list[:i], p.name); again {
			continue
		}
		values := []string{p.value}
		for _, q := range list[i+1:] {
			if q.name == p.name {
				values = append(values, q.value)
			}
		}
		result = append(result, pair{p.name, strings.Join(values, separator)})
	}
	return result
}

func byValue(a, b pair) int {
	return cmp.Or(strings.Compare(a.value, b.value), strings.Compare(a.name, b.name))
}

// byFoldedName and byFoldedValue take ASCII letters of either case for the same.
func byFoldedName(a, b pair) int {
	return cmp.Or(strings.Compare(asciiLower(a.name), asciiLower(b.name)), strings.Compare(a.value, b.value))
}

func byFoldedValue(a, b pair) int {
	return cmp.Or(strings.Compare(asciiLower(a.value), asciiLower(b.value)), strings.Compare(a.name, b.name))
}

// appendPairs joins names and values: equals stands between a name and its value, separator between two pairs.
func appendPairs(dst []byte, list []pair, equals, separator string) []byte {
	for i, p := range list {
		if i > 0 {
			dst = append(dst, separator...)
		}
		dst = append(append(append(dst, p.name...), equals...), p.value...)
	}
	return dst
}

// appendBarePairs is appendPairs; but a name with an empty value stands alone.
func appendBarePairs(dst []byte, list []pair, equals, separator string) []byte {
	for i, p := range list {
		if i > 0 {
			dst = append(dst, separator...)
		}
		if dst = append(dst, p.name...); p.value != "" {
			dst = append(append(dst, equals...), p.value...)
		}
	}
	return dst
}

// appendNames joins the names.
func appendNames(dst []byte, list []pair, separator string) []byte {
	for i, p := range list {
		if i > 0 {
			dst = append(dst, separator...)
		}
		dst = append(dst, p.name...)
	}
	return dst
}

// appendValues joins the values.
func appendValues(dst []byte, list []pair, separator string) []byte {
	for i, p := range list {
		if i > 0 {
			dst = append(dst, separator...)
		}
		dst = append(dst, p.value...)
	}
	return dst
}
