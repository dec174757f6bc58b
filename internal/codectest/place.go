package codectest

// Paths as errors print them, made here a second time from what the documentation says of them: names with dots, indexes in brackets, and a
// question mark for a name that is not a plain word.

import (
	"strconv"
	"strings"
	"unicode"
)

// place is where a value stands. nil is the document itself.
type place struct {
	up    *place
	name  string
	index int // -1 for a member
}

// longestPath is up to where paths are compared: longer ones are cut, and where they are cut is nobody's business.
const longestPath = 200

func (p *place) String() string {
	if p == nil {
		return ""
	}
	outer := p.up.String()
	if p.index >= 0 {
		return outer + "[" + strconv.Itoa(p.index) + "]"
	}
	name := p.name
	if !plain(name) {
		name = "?"
	}
	if outer == "" {
		return name
	}
	return outer + "." + name
}

func (p *place) member(name string) *place { return &place{up: p, name: name, index: -1} }
func (p *place) item(i int) *place         { return &place{up: p, index: i} }

func plain(name string) bool {
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.$@", r) {
			return false
		}
	}
	return name != "" && len(name) <= 64
}
