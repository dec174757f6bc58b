package support

// This file writes the members of an object, one function for each shape of a field. key is the name as JSON with its colon,
// as `"openid":`. Each function ends with a comma, so that none has to know whether it writes the first member; closeObject
// turns the last comma into the bracket. The functions whose name begins with opt leave an absent value out.

// closeObject ends an object.
func closeObject(dst []byte) []byte {
	if n := len(dst); dst[n-1] == ',' {
		dst[n-1] = '}'
		return dst
	}
	return append(dst, '}')
}

func textField[T ~string](dst []byte, key string, v T) []byte {
	return append(appendText(append(dst, key...), v), ',')
}

func intField[T integerType](dst []byte, key string, v T) []byte {
	return append(appendInt(append(dst, key...), v), ',')
}

func boolField[T ~bool](dst []byte, key string, v T) []byte {
	return append(appendBool(append(dst, key...), v), ',')
}

func floatField[T ~float32 | ~float64](dst []byte, key string, v T) []byte {
	return append(appendFloat(append(dst, key...), v), ',')
}

func objectField(dst []byte, key string, v jsonAppender) []byte {
	return append(v.AppendJSON(append(dst, key...)), ',')
}

// constField writes a member that is a constant; member is the whole of it.
func constField(dst []byte, member string) []byte {
	return append(append(dst, member...), ',')
}

func optField[T any](dst []byte, key string, v Opt[T], write func([]byte, T) []byte) []byte {
	if !v.set {
		return dst
	}
	return append(write(append(dst, key...), v.value), ',')
}

func listField[T any](dst []byte, key string, items []T, write func([]byte, T) []byte) []byte {
	return append(appendList(append(dst, key...), items, write), ',')
}

func optListField[T any](dst []byte, key string, items []T, write func([]byte, T) []byte) []byte {
	if items == nil {
		return dst
	}
	return listField(dst, key, items, write)
}

func mapField[V any](dst []byte, key string, m map[string]V, write func([]byte, V) []byte) []byte {
	return append(appendMap(append(dst, key...), m, write), ',')
}

func optMapField[V any](dst []byte, key string, m map[string]V, write func([]byte, V) []byte) []byte {
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

func embeddedField[T any](dst []byte, key string, v T, write func([]byte, T) []byte) []byte {
	return append(appendEmbedded(append(dst, key...), v, write), ',')
}

func optEmbeddedField[T any](dst []byte, key string, v Opt[T], write func([]byte, T) []byte) []byte {
	if !v.set {
		return dst
	}
	return embeddedField(dst, key, v.value, write)
}

// extraFields writes the members that the document does not know, as they were read.
func extraFields(dst []byte, x Extra) []byte {
	for _, m := range x.members {
		dst = append(appendText(dst, m.name), ':')
		dst = append(append(dst, m.raw...), ',')
	}
	return dst
}

// someIf is an Opt that is set on a condition: an embedded list or map is absent when it is nil.
func someIf[T any](v T, set bool) Opt[T] { return Opt[T]{value: v, set: set} }
