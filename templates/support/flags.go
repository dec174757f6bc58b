package support

// Printing values that are made of bits (x-msdk-flags). Apart because only documents with such values need it.

// flagNames returns the names of the bits of v, the lowest first, joined with |. Zero is a value of its own, with or without a name.
func flagNames[T integerType](v T, name func(T) string) string {
	if v == 0 {
		return name(0)
	}
	text := ""
	for bit := T(1); bit != 0; bit <<= 1 {
		if v&bit == 0 {
			continue
		}
		if text != "" {
			text += "|"
		}
		text += name(bit)
	}
	return text
}
