package support

// This file writes the members of an object, one function for each shape of a field. key is the name as JSON with its colon, as
// `"openid":`. What writes a member ends with a comma, so that none has to know whether it writes the first one; closeObject turns the last
// comma into the bracket. The functions whose name begins with opt leave an absent value out. Those that are not generic are not inlined: a
// generated package calls them a thousand times.

import "strconv"

// openObject begins an object.
//
//go:noinline
func openObject(dst []byte) []byte { return append(dst, '{') }

// closeObject ends an object.
//
//go:noinline
func closeObject(dst []byte) []byte {
	if n := len(dst); dst[n-1] == ',' {
		dst[n-1] = '}'
		return dst
	}
	return append(dst, '}')
}

// beginMember writes the name of a member whose value follows, endMember what stands behind that value.
//
//go:noinline
func beginMember(dst []byte, key string) []byte { return append(dst, key...) }

//go:noinline
func endMember(dst []byte) []byte { return append(dst, ',') }

// textField writes a member that is text.
//
//go:noinline
func textField(dst []byte, key, s string) []byte { return putText(append(putKey(dst, key), '"'), s) }

//go:noinline
func optTextField(dst []byte, key string, set bool, v string) []byte {
	if !set {
		return dst
	}
	return textField(dst, key, v)
}

//go:noinline
func intField(dst []byte, key string, v int64) []byte { return putInt(putKey(dst, key), v) }

//go:noinline
func uintField(dst []byte, key string, v uint64) []byte { return putUint(putKey(dst, key), v) }

//go:noinline
func optIntField(dst []byte, key string, set bool, v int64) []byte {
	if !set {
		return dst
	}
	return intField(dst, key, v)
}

//go:noinline
func optUintField(dst []byte, key string, set bool, v uint64) []byte {
	if !set {
		return dst
	}
	return uintField(dst, key, v)
}

//go:noinline
func boolField(dst []byte, key string, v bool) []byte {
	return append(strconv.AppendBool(append(dst, key...), v), ',')
}

//go:noinline
func optBoolField(dst []byte, key string, set, v bool) []byte {
	if !set {
		return dst
	}
	return boolField(dst, key, v)
}

//go:noinline
func floatField(dst []byte, key string, v float64) []byte {
	return append(appendFloat(append(dst, key...), v), ',')
}

//go:noinline
func optFloatField(dst []byte, key string, set bool, v float64) []byte {
	if !set {
		return dst
	}
	return floatField(dst, key, v)
}

// constField writes a member that is a constant; member is the whole of it.
//
//go:noinline
func constField(dst []byte, member string) []byte {
	return append(append(dst, member...), ',')
}

func listField[T any](dst []byte, key string, items []T, write func(*T, []byte) []byte) []byte {
	return append(appendList(append(dst, key...), items, write), ',')
}

func optListField[T any](dst []byte, key string, items []T, write func(*T, []byte) []byte) []byte {
	if items == nil {
		return dst
	}
	return listField(dst, key, items, write)
}

func mapField[V any](dst []byte, key string, m map[string]V, write func(*V, []byte) []byte) []byte {
	return append(appendMap(append(dst, key...), m, write), ',')
}

func optMapField[V any](dst []byte, key string, m map[string]V, write func(*V, []byte) []byte) []byte {
	if m == nil {
		return dst
	}
	return mapField(dst, key, m, write)
}

func anyField(dst []byte, key string, v RawJSON) []byte {
	return append(appendRaw(append(dst, key...), v), ',')
}

func optAnyField(dst []byte, key string, v RawJSON) []byte {
	if v == nil {
		return dst
	}
	return anyField(dst, key, v)
}

func commaField[T listPart](dst []byte, key string, items []T) []byte {
	return append(appendComma(append(dst, key...), items), ',')
}

func optCommaField[T listPart](dst []byte, key string, items []T) []byte {
	if items == nil {
		return dst
	}
	return commaField(dst, key, items)
}

func embeddedField[T any](dst []byte, key string, v *T, write func(*T, []byte) []byte) []byte {
	return append(appendEmbedded(append(dst, key...), v, write), ',')
}

// closeExtra ends an object behind the members that the document does not know, which are written as they were read.
//
//go:noinline
func closeExtra(dst []byte, x Extra) []byte {
	for _, m := range x.members() {
		dst = append(appendText(dst, m.name), ':')
		dst = append(append(dst, m.raw...), ',')
	}
	if n := len(dst); dst[n-1] == ',' {
		dst[n-1] = '}'
		return dst
	}
	return append(dst, '}')
}
