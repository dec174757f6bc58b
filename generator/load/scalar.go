// What an unquoted scalar means: the core schema of YAML 1.2, with JSON's types as the result. yaml.v3 resolves by a mixture of 1.1
// and 1.2 (dates, 0b1, 1_000, 0777 as an octal number), so that its verdict is not used.
package load

import (
	"math/big"
	"regexp"
	"strings"
)

var (
	decimalNumber = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
	basedNumber   = regexp.MustCompile(`^0(o[0-7]+|x[0-9a-fA-F]+)$`)
	leadingZero   = regexp.MustCompile(`^[-+]?0[0-9]`)
	notANumber    = regexp.MustCompile(`^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$`)
)

// plain sets kind and value of n from an unquoted scalar. A scalar that has no JSON value stays text; problem then says why.
func (n *Node) plain(value string) (problem, fix string) {
	n.Kind, n.Value = Text, value
	switch value {
	case "", "~", "null", "Null", "NULL":
		n.Kind, n.Value = Null, ""
		return "", ""
	case "true", "True", "TRUE", "false", "False", "FALSE":
		n.Kind, n.Value = Bool, strings.ToLower(value)
		return "", ""
	}
	if !strings.ContainsRune("+-.0123456789", rune(value[0])) {
		return "", ""
	}
	switch {
	case basedNumber.MatchString(value):
		// SetString reads the prefixes 0o and 0x.
		if number, ok := new(big.Int).SetString(value, 0); ok {
			n.Kind, n.Value = Number, number.String()
		}
	case notANumber.MatchString(value):
		return value + " is no number that JSON can hold", "put it in quotes if text is meant"
	case !decimalNumber.MatchString(value):
		return "", ""
	case leadingZero.MatchString(value):
		return value + " may be read as a decimal or as an octal number", "put it in quotes if text is meant, or leave out the leading zeros"
	default:
		n.Kind, n.Value = Number, jsonNumber(value)
	}
	return "", ""
}

// jsonNumber writes a decimal number of YAML as JSON does, with all its digits.
func jsonNumber(value string) string {
	value = strings.TrimPrefix(value, "+")
	sign := ""
	if rest, negative := strings.CutPrefix(value, "-"); negative {
		sign, value = "-", rest
	}
	mantissa, exponent := value, ""
	if at := strings.IndexAny(value, "eE"); at >= 0 {
		mantissa, exponent = value[:at], value[at:]
	}
	if strings.HasPrefix(mantissa, ".") {
		mantissa = "0" + mantissa
	}
	if strings.HasSuffix(mantissa, ".") {
		mantissa += "0"
	}
	return sign + mantissa + exponent
}
