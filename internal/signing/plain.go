package signing

// The small operations on plain text: letters, percent-encoding, times, decoding. None of them knows of programs.

import (
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/msdkgen/msdkgen/generator/ir"
)

func lowered(text string) string {
	return mapBytes(text, func(c byte) byte {
		if c >= 'A' && c <= 'Z' {
			return c | 0x20
		}
		return c
	})
}

func raised(text string) string {
	return mapBytes(text, func(c byte) byte {
		if c >= 'a' && c <= 'z' {
			return c &^ 0x20
		}
		return c
	})
}

func mapBytes(text string, change func(byte) byte) string {
	out := []byte(text)
	for i, c := range out {
		out[i] = change(c)
	}
	return string(out)
}

// percentEncode writes text as a step says.
func percentEncode(text string, how ir.Percent) string {
	const rfc3986 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
	var stay [128]bool
	for _, c := range []byte(rfc3986) {
		stay[c] = strings.IndexByte(how.Encode, c) < 0
	}
	for _, c := range []byte(how.Keep) {
		if c < 128 && strings.IndexByte(rfc3986, c) < 0 {
			stay[c] = true
		}
	}
	digits := "0123456789ABCDEF"
	if how.LowerHex {
		digits = lowered(digits)
	}
	var b strings.Builder
	for _, c := range []byte(text) {
		switch {
		case how.Plus && c == ' ':
			b.WriteByte('+')
		case c < 128 && stay[c]:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', digits[c/16], digits[c%16]})
		}
	}
	return b.String()
}

// percentDecode is the reverse; plus says whether + is a space.
func percentDecode(text string, plus bool) (decoded string, ok bool) {
	if plus {
		text = strings.ReplaceAll(text, "+", " ")
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "%")
		b.WriteString(before)
		if !found {
			return b.String(), true
		}
		if len(rest) < 2 {
			return "", false
		}
		c, err := hex.DecodeString(rest[:2])
		if err != nil {
			return "", false
		}
		b.Write(c)
		text = rest[2:]
	}
}

// encodeQuery writes a query as the client does: all but the unreserved characters encoded.
func encodeQuery(pairs []Pair) string {
	var parts []string
	for _, p := range pairs {
		parts = append(parts, percentEncode(p.Name, ir.Percent{})+"="+percentEncode(p.Value, ir.Percent{}))
	}
	return strings.Join(parts, "&")
}

// readQuery reads a query or a form. The reason is empty unless it is malformed.
func readQuery(raw string, most int) (pairs []Pair, reason string) {
	for part := range strings.SplitSeq(raw, "&") {
		switch {
		case part == "":
			continue
		case strings.Contains(part, ";"):
			return nil, "holds a semicolon that is not percent-encoded"
		case len(pairs) == most:
			return nil, "has more than " + strconv.Itoa(most) + " parameters"
		}
		name, value, _ := strings.Cut(part, "=")
		n, ok1 := percentDecode(name, true)
		v, ok2 := percentDecode(value, true)
		if !ok1 || !ok2 {
			return nil, "holds a percent sign without two hexadecimal digits behind it"
		}
		pairs = append(pairs, Pair{n, v})
	}
	return pairs, ""
}

// layouts are the forms of times that are no plain numbers.
var layouts = map[ir.TimeFormat]string{
	ir.TimeISO:       "2006-01-02T15:04:05Z",
	ir.TimeISOMillis: "2006-01-02T15:04:05.000Z",
	ir.TimeISOBasic:  "20060102T150405Z",
	ir.TimeDate:      "2006-01-02",
	ir.TimeDateBasic: "20060102",
	ir.TimeCompact:   "20060102150405",
	ir.TimeDateTime:  "2006-01-02 15:04:05",
	ir.TimeHTTP:      "Mon, 02 Jan 2006 15:04:05 GMT",
}

// FormatTime writes a time as the model says, in UTC. The empty format is that of seconds.
func FormatTime(t time.Time, format ir.TimeFormat) string {
	switch format {
	case ir.TimeSeconds, "":
		return strconv.FormatInt(t.Unix(), 10)
	case ir.TimeMillis:
		return strconv.FormatInt(t.UnixMilli(), 10)
	}
	return t.UTC().Format(layouts[format])
}

// parseTime reads a time in the one spelling that FormatTime has.
func parseTime(text string, format ir.TimeFormat) (t time.Time, ok bool) {
	switch format {
	case ir.TimeSeconds, ir.TimeMillis, "":
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n > 1<<52 || n < -1<<52 {
			return t, false
		}
		if t = time.UnixMilli(n); format != ir.TimeMillis {
			t = time.Unix(n, 0)
		}
	default:
		var err error
		if t, err = time.Parse(layouts[format], text); err != nil {
			return t, false
		}
	}
	return t, FormatTime(t, format) == text
}

// decodeBase64 reads either alphabet, with or without padding.
func decodeBase64(text string) (decoded string, ok bool) {
	if strings.ContainsAny(text, "\r\n") {
		return "", false
	}
	text = strings.NewReplacer("-", "+", "_", "/").Replace(text)
	encoding := base64.RawStdEncoding
	if strings.HasSuffix(text, "=") {
		encoding = base64.StdEncoding
	}
	raw, err := encoding.Strict().DecodeString(text)
	return string(raw), err == nil
}

// singleSpaced is a header's value as it is signed: trimmed, each run of blanks one space.
func singleSpaced(value string) string {
	return strings.Join(strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == '\t' }), " ")
}
