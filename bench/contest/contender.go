package main

// The contenders: who decodes and encodes, each in the fastest way that its documentation names for a body that the caller may use again. They are
// apart so that a contender is one entry to add.

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"

	sonic "github.com/bytedance/sonic"
	sonicenc "github.com/bytedance/sonic/encoder"
	"github.com/bytedance/sonic/option"
	"github.com/go-faster/jx"
	experiment "github.com/go-json-experiment/json"
	goccy "github.com/goccy/go-json"
)

// contender is one library with one type: ready to be measured. decode fills the same value each time, after setting it to zero; fresh and reuse encode that
// value, into memory of their own and into memory that they keep.
type contender struct {
	name     string
	decode   func(text []byte) error
	value    func() any
	fresh    func() ([]byte, error) // nil: as another contender does
	reuse    func() ([]byte, error) // nil with fresh
	validate func() error           // nil: the library has no such thing
	forget   func()                 // sets the value to zero
}

// held is the value of a contender that has to have read a text before its turn.
type held struct {
	*contender
	text []byte
}

func (h held) hold() { _ = h.decode(h.text) } // that it can be read was seen when the row was set

func (h held) drop() { h.forget() }

// codec is one library with the type T. reuse makes a function because it may keep more than a buffer. fresh and reuse are nil where a library encodes
// in one way only, and another codec has it.
type codec[T any] struct {
	name   string
	decode func(text []byte, v *T) error
	fresh  func(v *T) ([]byte, error)
	reuse  func(v *T) func() ([]byte, error)
}

func (c codec[T]) contender() *contender {
	v := new(T)
	entry := &contender{
		name: c.name,
		decode: func(text []byte) error {
			*v = *new(T)
			return c.decode(text, v)
		},
		value:  func() any { return v },
		forget: func() { *v = *new(T) },
	}
	if c.fresh != nil {
		entry.fresh, entry.reuse = func() ([]byte, error) { return c.fresh(v) }, c.reuse(v)
	}
	if checked, ok := any(v).(interface{ Validate() error }); ok {
		entry.validate = checked.Validate
	}
	return entry
}

// ownMessage is what every type of our generated packages can do.
type ownMessage[T any] interface {
	*T
	UnmarshalJSON(text []byte) error
	MarshalJSON() ([]byte, error)
	AppendJSON(dst []byte) []byte
}

func own[T any, P ownMessage[T]]() codec[T] {
	return codec[T]{
		name:   "msdkgen",
		decode: func(text []byte, v *T) error { return P(v).UnmarshalJSON(text) },
		fresh:  func(v *T) ([]byte, error) { return P(v).MarshalJSON() },
		reuse: func(v *T) func() ([]byte, error) {
			var buf []byte
			return func() ([]byte, error) {
				buf = P(v).AppendJSON(buf[:0])
				return buf, nil
			}
		},
	}
}

// ogenMessage is what every type that ogen generates can do.
type ogenMessage[T any] interface {
	*T
	Decode(d *jx.Decoder) error
	Encode(e *jx.Encoder)
}

// ogenCodec does what a client or a server of ogen does around its decoders, the look for trailing bytes included.
func ogenCodec[T any, P ogenMessage[T]]() codec[T] {
	return codec[T]{
		name: "jx, by ogen",
		decode: func(text []byte, v *T) error {
			d := jx.DecodeBytes(text)
			if err := P(v).Decode(d); err != nil {
				return err
			}
			if err := d.Skip(); err != io.EOF {
				return errors.New("trailing bytes")
			}
			return nil
		},
		fresh: func(v *T) ([]byte, error) {
			e := new(jx.Encoder)
			P(v).Encode(e)
			return e.Bytes(), nil
		},
		reuse: func(v *T) func() ([]byte, error) {
			e := new(jx.Encoder)
			return func() ([]byte, error) {
				e.Reset()
				P(v).Encode(e)
				return e.Bytes(), nil
			}
		},
	}
}

// reflecting are the libraries that read the tags of a plain struct.
func reflecting[T any]() []codec[T] {
	fastest := sonic.ConfigFastest
	if err := sonic.Pretouch(reflect.TypeFor[T](), option.WithCompileRecursiveDepth(8)); err != nil {
		panic(err) // a type that sonic cannot compile has no place among the plain structs
	}
	return []codec[T]{
		{
			name:   "encoding/json",
			decode: func(text []byte, v *T) error { return json.Unmarshal(text, v) },
			fresh:  func(v *T) ([]byte, error) { return json.Marshal(v) },
			reuse: func(v *T) func() ([]byte, error) {
				var buf bytes.Buffer
				e := json.NewEncoder(&buf)
				e.SetEscapeHTML(false)
				return into(&buf, func() error { return e.Encode(v) })
			},
		}, {
			name:   "go-json-experiment",
			decode: func(text []byte, v *T) error { return experiment.Unmarshal(text, v) },
			fresh:  func(v *T) ([]byte, error) { return experiment.Marshal(v) },
			reuse: func(v *T) func() ([]byte, error) {
				var buf bytes.Buffer
				return into(&buf, func() error { return experiment.MarshalWrite(&buf, v) })
			},
		}, {
			name:   "goccy/go-json",
			decode: func(text []byte, v *T) error { return goccy.Unmarshal(text, v) },
			fresh:  func(v *T) ([]byte, error) { return goccy.MarshalWithOption(v, goccy.DisableHTMLEscape()) },
			reuse: func(v *T) func() ([]byte, error) {
				var buf bytes.Buffer
				e := goccy.NewEncoder(&buf)
				e.SetEscapeHTML(false)
				return into(&buf, func() error { return e.Encode(v) })
			},
		}, {
			// Its strings point into its input, so the input is copied first: ours do the same. Encoding is as above.
			name: "goccy, substrings",
			decode: func(text []byte, v *T) error {
				return goccy.UnmarshalWithOption(bytes.Clone(text), v, goccy.DecodeNoCopyString())
			},
		}, {
			// In this setting strings are not checked: neither their UTF-8 nor whether they hold control bytes.
			name:   "sonic, fastest",
			decode: func(text []byte, v *T) error { return fastest.Unmarshal(text, v) },
			fresh:  func(v *T) ([]byte, error) { return fastest.Marshal(v) },
			reuse: func(v *T) func() ([]byte, error) {
				var buf []byte
				return func() ([]byte, error) {
					buf = buf[:0]
					err := sonicenc.EncodeInto(&buf, v, sonicenc.NoQuoteTextMarshaler|sonicenc.NoValidateJSONMarshaler)
					return buf, err
				}
			},
		},
	}
}

// into encodes into a buffer that is emptied before.
func into(buf *bytes.Buffer, encode func() error) func() ([]byte, error) {
	return func() ([]byte, error) {
		buf.Reset()
		err := encode()
		return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), err
	}
}

// field is all contenders for one message, ours first.
func field[Ours, Plain, Ogen any, PO ownMessage[Ours], PG ogenMessage[Ogen]]() []*contender {
	all := []*contender{own[Ours, PO]().contender(), ogenCodec[Ogen, PG]().contender()}
	for _, c := range reflecting[Plain]() {
		all = append(all, c.contender())
	}
	return all
}
