package support

// Times and random texts as documents write them. The client makes them, the server reads times back, and a program may turn one form
// into another; all three go through the same table.

import (
	"strconv"
	"time"
)

// timeFormat is how a time is written; all of them are in UTC.
type timeFormat uint8

const (
	timeSeconds   timeFormat = iota // 1440938160, since 1970
	timeMillis                      // 1440938160000, since 1970
	timeISO                         // 2015-08-30T12:36:00Z
	timeISOMillis                   // 2015-08-30T12:36:00.000Z
	timeISOBasic                    // 20150830T123600Z
	timeDate                        // 2015-08-30
	timeDateBasic                   // 20150830
	timeCompact                     // 20150830123600
	timeDateTime                    // 2015-08-30 12:36:00
	timeHTTP                        // Sun, 30 Aug 2015 12:36:00 GMT
)

// layout is the form as package time knows it, "" for numbers.
func (f timeFormat) layout() string {
	return [...]string{
		"", "", "2006-01-02T15:04:05Z", "2006-01-02T15:04:05.000Z", "20060102T150405Z", "2006-01-02", "20060102", "20060102150405",
		"2006-01-02 15:04:05", "Mon, 02 Jan 2006 15:04:05 GMT",
	}[f]
}

// append writes a time.
func (f timeFormat) append(dst []byte, t time.Time) []byte {
	switch f {
	case timeSeconds:
		return strconv.AppendInt(dst, t.Unix(), 10)
	case timeMillis:
		return strconv.AppendInt(dst, t.UnixMilli(), 10)
	}
	return t.UTC().AppendFormat(dst, f.layout())
}

// text is append as a string.
func (f timeFormat) text(t time.Time) string { return string(f.append(make([]byte, 0, 32), t)) }

// parse reads a time; ok is false for text that is none. Only the one spelling that append has is a time.
func (f timeFormat) parse(text string) (t time.Time, ok bool) {
	switch f {
	case timeSeconds, timeMillis:
		n, err := strconv.ParseInt(text, 10, 64)
		const longest = 1 << 52 // milliseconds, and seconds as well: far beyond any year, and no sum overflows
		if err != nil || n > longest || n < -longest {
			return time.Time{}, false
		}
		if t = time.Unix(n, 0); f == timeMillis {
			t = time.UnixMilli(n)
		}
	default:
		var err error
		if t, err = time.Parse(f.layout(), text); err != nil {
			return time.Time{}, false
		}
	}
	return t, string(f.append(make([]byte, 0, 32), t)) == text
}

// span is for how long a text stays true: a date is that of a whole day.
func (f timeFormat) span() time.Duration {
	if f == timeDate || f == timeDateBasic {
		return 24 * time.Hour
	}
	return 0
}

// The alphabets of random texts.
const (
	nonceHex          = "0123456789abcdef"
	nonceDigits       = "0123456789"
	nonceAlphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	nonceUUID         = "uuid" // version 4, in lower case; the length does not count
)

// randomText returns random text of an alphabet. Every character is equally likely: bytes that would favor the first ones are thrown
// away. The bytes of the source are used in their order.
func (f *filler) randomText(alphabet string, length int) string {
	if alphabet == nonceUUID {
		return f.uuid()
	}
	text := make([]byte, 0, length)
	limit := uint64(256 - 256%len(alphabet))
	for draws := 0; len(text) < length && f.err == nil; draws++ {
		if draws > length+64 { // a source that gives the same unusable byte for ever
			f.err = randomError{}
		}
		for bits, left := f.nonce(), 8; left > 0 && len(text) < length; bits, left = bits<<8, left-1 {
			if b := bits >> 56; b < limit {
				text = append(text, alphabet[b%uint64(len(alphabet))])
			}
		}
	}
	return string(text)
}

func (f *filler) uuid() string {
	a, b := f.nonce(), f.nonce()
	a = a&^0xf000 | 0x4000
	b = b&^(3<<62) | 2<<62
	text := make([]byte, 0, 36)
	for i := 60; i >= 0; i -= 4 {
		if i == 28 || i == 12 {
			text = append(text, '-')
		}
		text = append(text, nonceHex[a>>i&15])
	}
	text = append(text, '-')
	for i := 60; i >= 0; i -= 4 {
		if i == 44 {
			text = append(text, '-')
		}
		text = append(text, nonceHex[b>>i&15])
	}
	return string(text)
}

// madeText writes a member that is made anew for each attempt.
func (f *filler) madeText(dst []byte, key string, value func() string) []byte {
	if f == nil {
		return dst
	}
	return textField(dst, key, value())
}

// madeNumber is madeText for a member that is a number.
func (f *filler) madeNumber(dst []byte, key string, value func() string) []byte {
	if f == nil {
		return dst
	}
	return append(append(append(dst, key...), value()...), ',')
}
