package support

// This file connects the codecs with encoding/json, whose interfaces the generated types implement in a line or two each.

import (
	"bytes"
	"sync"
)

// scratch is a buffer that is used again and again, so that a value needs one allocation to be written: that of the result.
type scratch struct{ room []byte }

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// newScratch is called in every type's MarshalJSON: a call there is less to compile than its body, and takes no time to speak of.
//
//go:noinline
func newScratch() *scratch { return scratches.Get().(*scratch) }

// keep returns a copy of what was written into the room, and gives the room back.
func (s *scratch) keep(written []byte) ([]byte, error) {
	text := make([]byte, len(written))
	copy(text, written)
	s.release(written)
	return text, nil
}

// release gives the room back, in which something was written that nobody needs any more.
func (s *scratch) release(written []byte) {
	const largest = 4 << 20 // what is larger is left to the garbage collector
	if s.room = written[:0]; cap(written) <= largest {
		scratches.Put(s)
	}
}

// unmarshal is UnmarshalJSON of every generated type. Its errors are a *DecodeError, or a *ValidationError if only required
// members are missing; the value is then filled with what there was. null changes nothing, as encoding/json asks for.
func unmarshal(text []byte, v jsonTarget) error {
	if string(bytes.Trim(text, " \t\r\n")) == "null" { // what JSON calls white space, and no more
		return nil
	}
	d := readers.Get().(*jsonReader)
	d.start(string(text), readLimits{})
	err := d.document(v)
	if err == nil {
		err = d.validation("")
	}
	d.release()
	return err
}
