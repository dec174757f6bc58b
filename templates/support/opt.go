package support

// This file holds Opt, the form of a field that may be left out. It is apart because callers meet it in every request.

import "fmt"

// Opt is a value that may be absent. Absence differs from the zero value: Some("") is sent as "", Opt[string]{} is not sent at
// all. The zero value is absent. It has no JSON form of its own, because absence can only be written by whoever writes the
// member's name; the types that hold it have one.
type Opt[T any] struct {
	value T
	set   bool
}

// Some returns an Opt that holds v.
func Some[T any](v T) Opt[T] { return Opt[T]{value: v, set: true} }

// Get returns the value and whether there is one.
func (o Opt[T]) Get() (T, bool) { return o.value, o.set }

// Or returns the value, or d if there is none.
func (o Opt[T]) Or(d T) T {
	if o.set {
		return o.value
	}
	return d
}

// IsSet reports whether there is a value.
func (o Opt[T]) IsSet() bool { return o.set }

// Format implements [fmt.Formatter] by formatting the value, so that a type which masks itself does so in an Opt as well.
// An absent value prints as "unset".
func (o Opt[T]) Format(f fmt.State, verb rune) {
	if !o.set {
		_, _ = f.Write([]byte("unset"))
		return
	}
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), o.value)
}
