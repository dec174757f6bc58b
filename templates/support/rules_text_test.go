package support

import (
	"errors"
	"testing"
)

func TestParameterRules(t *testing.T) {
	p := parameter{name: "conn", check: func(c *checker, value string) {
		number, _ := textInteger[int64](value)
		c.maximum("conn", number, 1)
	}}
	if err := p.validate(new(checker), "op", "1"); err != nil {
		t.Error(err)
	}
	var broken *ValidationError
	if err := p.validate(new(checker), "op", "77"); !errors.As(err, &broken) || broken.Violations[0].Path != "conn" || broken.Operation != "op" {
		t.Errorf("got %v", err)
	}
	if err := (&parameter{name: "seq"}).validate(new(checker), "op", "\xff"); !errors.Is(err, ErrValidation) {
		t.Errorf("got %v", err)
	}
}

// A caller who means the replacement character may send it; one whose text would be changed into it is told.
func TestChangedText(t *testing.T) {
	type inner struct{ Texts []Opt[string] }
	type request struct {
		Name string
		Map  map[string]string
		In   *inner
	}
	body := []byte("{\"name\":\"\uFFFD\"}")
	for name, c := range map[string]struct {
		req  request
		good bool
	}{
		"meant":       {request{Name: "\uFFFD"}, true},
		"plain":       {request{Name: "a\xff"}, false},
		"in a map":    {request{Map: map[string]string{"a": "\xff"}}, false},
		"as a key":    {request{Map: map[string]string{"\xff": "a"}}, false},
		"in a list":   {request{In: &inner{[]Opt[string]{Some("\xff")}}}, false},
		"nothing bad": {request{In: &inner{[]Opt[string]{Some("a")}}}, true},
	} {
		if err := changedText("op", body, &c.req); (err == nil) != c.good {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := changedText("op", []byte("{}"), &request{Name: "\xff"}); err != nil {
		t.Errorf("looked although nothing was replaced: %v", err)
	}
}
