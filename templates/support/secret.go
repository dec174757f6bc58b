package support

// This file holds the types of what must never be printed. They are apart so that the one question "how could a key get into a
// log" has one place to look at.

import (
	"fmt"
	"log/slog"
)

// Key is a secret that signs. It prints as *** wherever it is printed: fmt, slog, JSON, text. A second, previous key bridges
// the time in which a key is exchanged: a server accepts both, a client signs with the current one.
//
// The secret stands behind two pointers because fmt does not ask unexported fields how they want to be printed. Of a Key in such
// a field it prints an address then; one pointer to a struct it would follow where the verb does not suit.
type Key struct {
	pair **keyPair
}

type keyPair struct {
	current, previous string
}

// NewKey returns a key. An empty secret makes the zero Key.
func NewKey(secret string) Key {
	if secret == "" {
		return Key{}
	}
	return newKey(keyPair{current: secret})
}

func newKey(pair keyPair) Key {
	p := &pair
	return Key{pair: &p}
}

// WithPrevious returns k with the secret that was in use before.
func (k Key) WithPrevious(secret string) Key {
	return newKey(keyPair{current: k.current(), previous: secret})
}

// IsZero reports whether there is no current secret.
func (k Key) IsZero() bool { return k.current() == "" }

func (k Key) current() string {
	if k.pair == nil {
		return ""
	}
	return (*k.pair).current
}

func (k Key) previous() string {
	if k.pair == nil {
		return ""
	}
	return (*k.pair).previous
}

// Format implements [fmt.Formatter]: every verb prints ***.
func (k Key) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(masked)) }

// String returns ***.
func (k Key) String() string { return masked }

// LogValue implements [slog.LogValuer].
func (k Key) LogValue() slog.Value { return slog.StringValue(masked) }

// MarshalText implements [encoding.TextMarshaler], which serves JSON and XML as well.
func (k Key) MarshalText() ([]byte, error) { return []byte(masked), nil }

// Sensitive is text that travels, and must not be printed: a token, say. It prints as *** under every verb of fmt, in slog and
// where encoding/json, encoding/xml or a text encoder meets it directly; empty text prints as nothing. The types of this
// package convert it when they write themselves as JSON, so that the true value is sent. string(s) is the true value.
//
// fmt does not ask unexported struct fields how they want to be printed: keep a Sensitive in exported ones.
type Sensitive string

// Format implements [fmt.Formatter]: every verb prints ***.
func (s Sensitive) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s.String())) }

// String returns ***, or nothing for empty text.
func (s Sensitive) String() string {
	if s == "" {
		return ""
	}
	return masked
}

// LogValue implements [slog.LogValuer].
func (s Sensitive) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText implements [encoding.TextMarshaler] with the masked text.
func (s Sensitive) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// maskedLogValue is what a generated type with sensitive fields logs: what fmt prints of it, where each field masks itself.
// Without it, slog's JSON handler would ask MarshalJSON, which writes what is sent.
// Not inlined: a call is less to compile in each of those types.
//
//go:noinline
func maskedLogValue(v any) slog.Value { return slog.StringValue(fmt.Sprintf("%+v", v)) }
