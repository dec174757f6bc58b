package support

// Forms: bodies of the type application/x-www-form-urlencoded with plain values. Their syntax is that of a query.

const formType = "application/x-www-form-urlencoded"

// appendFormField appends one field.
func appendFormField(dst []byte, name, value string) []byte {
	if len(dst) > 0 {
		dst = append(dst, '&')
	}
	return appendQuery(dst, []pair{{name, value}})
}
