package support

// This file holds what is kept of a document beyond its declared members: raw JSON, and members that nobody declared.

import (
	"encoding/json"
	"fmt"
	"strings"
)

// RawJSON is one JSON value as text. nil is an absent value. What is not JSON is sent as null, and Validate reports it.
type RawJSON []byte

// MarshalJSON implements [encoding/json.Marshaler].
func (r RawJSON) MarshalJSON() ([]byte, error) { return appendRaw(nil, r), nil }

// UnmarshalJSON implements [encoding/json.Unmarshaler]. As [encoding/json.RawMessage] does, it keeps null as the text that it is; in a member of a
// generated type, null is an absent value.
func (r *RawJSON) UnmarshalJSON(text []byte) error {
	*r = append(RawJSON(nil), text...)
	return nil
}

// Extra holds the members of an object that its document does not know, in the order of the text. A value may be anything,
// even a secret: printing an Extra shows names only. Where a value is read into again, the members of the later text take the place of all
// earlier ones; a text without any leaves them, as it leaves every field that it does not name.
type Extra struct {
	_    [0]func()  // not to be compared: two that hold the same are not the same
	kept *extraList // nil: none; one word, because every object has it and few need it
}

type extraList struct{ members []extraMember }

type extraMember struct {
	name string
	raw  string
}

func (x Extra) members() []extraMember {
	if x.kept == nil {
		return nil
	}
	return x.kept.members
}

// Len returns the number of members.
func (x Extra) Len() int { return len(x.members()) }

// Names returns the names in the order of the text.
func (x Extra) Names() []string {
	members := x.members()
	names := make([]string, len(members))
	for i, m := range members {
		names[i] = m.name
	}
	return names
}

// Get returns the value of a member, of the last one where a name is repeated, and nil if there is none.
func (x Extra) Get(name string) RawJSON {
	members := x.members()
	for i := len(members) - 1; i >= 0; i-- {
		if members[i].name == name {
			return RawJSON(members[i].raw)
		}
	}
	return nil
}

// Decode stores the value of a member in v, as [encoding/json.Unmarshal] does. It returns false if there is no such member.
func (x Extra) Decode(name string, v any) (bool, error) {
	raw := x.Get(name)
	if raw == nil {
		return false, nil
	}
	return true, json.Unmarshal(raw, v)
}

// Format implements [fmt.Formatter]: every verb prints the names.
func (x Extra) Format(f fmt.State, _ rune) {
	names := x.Names()
	for i, name := range names {
		names[i] = plainName(name)
	}
	_, _ = f.Write([]byte("[" + strings.Join(names, " ") + "]"))
}
