package support

// This file connects the codecs with encoding/json, whose interfaces the generated types implement in one line each.

import "bytes"

// marshal is MarshalJSON of every generated type.
func marshal(v jsonAppender) ([]byte, error) { return v.AppendJSON(nil), nil }

// unmarshal is UnmarshalJSON of every generated type. Its errors are a *DecodeError, or a *ValidationError if only required
// members are missing; the value is then filled with what there was. null changes nothing, as encoding/json asks for.
func unmarshal(text []byte, v jsonTarget) error {
	if string(bytes.TrimSpace(text)) == "null" {
		return nil
	}
	d := newReader(string(text), readLimits{})
	if err := d.document(v); err != nil {
		return err
	}
	return d.validation("")
}
