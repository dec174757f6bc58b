package fuzz

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/msdkgen/msdkgen/internal/codectest"
)

func TestMain(m *testing.M) {
	debug.SetGCPercent(800) // what is compared is small and soon forgotten
	os.Exit(m.Run())
}

// suite is what the fuzz tests share.
type suite struct {
	targets []*codectest.Target
	mirror  *Mirror
	spelled map[*codectest.Target]bool // whether the mirror can have its names
}

func newSuite(t testing.TB) *suite {
	t.Helper()
	targets, err := allTargets()
	if err != nil {
		t.Fatal(err)
	}
	s := &suite{targets, NewMirror(), map[*codectest.Target]bool{}}
	for _, target := range targets {
		s.spelled[target] = Spells(target.Shape)
	}
	return s
}

// check compares one text in every way there is.
func (s *suite) check(target *codectest.Target, text string) error {
	if err := target.Check(text, Parse); err != nil {
		return err
	}
	n, err := Parse(text)
	_, stdErr := codectest.ParseStd(text)
	if (err == nil) != (stdErr == nil) {
		return fmt.Errorf("%q: go-json-experiment says %v, encoding/json with what it lacks %v", text, err, stdErr)
	}
	if err != nil || !s.spelled[target] {
		return nil
	}
	return s.reflected(target, text, target.Expect(n, Parse, codectest.Form{}))
}

// reflected compares the model, with which the type has been found to agree, with what json/v2 does for a struct with the same members.
func (s *suite) reflected(target *codectest.Target, text string, want codectest.Expectation) error {
	got, err := s.mirror.Decode(target.Shape, text, want.Raised)
	switch {
	case want.Reject != nil && want.Reject.Why == "depth":
		return nil // only the generated codecs have a limit, and they have been found to keep it
	case want.Reject != nil && err == nil:
		return fmt.Errorf("%s: %q: only the model has a fault at %s: %s", target.Name, text, want.Reject.Path, want.Reject.Why)
	case want.Reject != nil:
		return nil
	case err != nil && strings.TrimSpace(text) == "null":
		return nil // a response that is null: UnmarshalJSON changes nothing, and finds no code missing
	case err != nil:
		return fmt.Errorf("%s: %q: only json/v2 refuses it: %w", target.Name, text, err)
	case got != want.Value:
		return fmt.Errorf("%s: %q: json/v2 reads\n%s\nthe model\n%s", target.Name, text, got, want.Value)
	}
	if want.Raised {
		if _, err := s.mirror.Decode(target.Shape, text, false); err == nil {
			return errors.New("json/v2 takes names that are repeated")
		}
	}
	return nil
}

// Documents of each type, with faults in them, and texts next to those.
func TestDocuments(t *testing.T) {
	s := newSuite(t)
	for _, target := range s.targets {
		for seed := range uint64(200) {
			source := codectest.Seeded(seed)
			text := target.Document(source)
			if err := s.check(target, text); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			if len(text) > 4000 {
				continue
			}
			if err := s.check(target, codectest.Mutate(source, text)); err != nil {
				t.Fatalf("seed %d, changed: %v", seed, err)
			}
		}
	}
}

// finds are texts that were read wrongly once. The path of a fault with a name that is no word is in codectest's own tests.
var finds = []struct{ target, text string }{
	{"shapes.Tree", `{"c":[` + strings.Repeat(`{"c":[{"c":[{"n":"a"}]},{"n":"b"}]},`, 200) + `{}]}`}, // was said to take too much memory
	{"shapes.Closed", `{"abc":[` + strings.Repeat(`{"abc":[{"abc":[{"a":"a"}]},{"ab":1}]},`, 200) + `{}]}`},
	{"shapes.Lists", `{"nested":[` + strings.Repeat(`[1,2],[3],`, 200) + `[]],"pairs":[[{"key":"a"}],[],[{"key":"b"},{"key":"c"}]]}`},
	{"timgroup.GroupMember", "\u00a0null"}, // was taken for null
	{"timgroup.GroupMember", "\fnull"},
	{"timgroup.GroupMember", strings.Repeat(" ", 20) + "null"}, // was refused
}

// Finds stay found.
func TestFinds(t *testing.T) {
	s := newSuite(t)
	for _, find := range finds {
		if err := s.check(s.targets[s.index(t, find.target)], find.text); err != nil {
			t.Error(err)
		}
	}
}

// inside are documents inside of strings as senders write them: hardly any document made at random is without white space, escapes in texts and
// members in another order. shapes.Taken has them in three ways.
var inside = []string{
	`{"level":1,"name":"a"}`, `{"level":1}`, `{"name":"a"}`, `{}`, `{"name":"a","level":1}`, `{"level":1,"name":"a","level":2}`, `{"level":-1,"name":""}`,
	`{"level":1,"name":"花清龙"}`, `{"level":1,"name":"a\nb"}`, `{"level":1,"name":null}`, `{"level":1,"name":"a","x":[{"y":"z"}]}`, `{"level": 1, "name": "a"}`,
	`{"level":1,"name":"a","deeper":"{\"level\":1,\"name\":\"b\"}"}`, `{"level":1,"deeper":{"name":"\\]\"#"}}`,
}

// Documents inside of strings, with one byte changed or left out, in the string and in the document.
func TestInsideStrings(t *testing.T) {
	s := newSuite(t)
	target := s.targets[s.index(t, "shapes.Taken")]
	around := func(text string) string {
		return strings.ReplaceAll(`{"quoted":@,"always":@,"sometimes":@}`, "@", text)
	}
	check := func(text string) {
		if err := s.check(target, text); err != nil {
			t.Fatal(err)
		}
	}
	for _, document := range inside {
		text := asText(document)
		check(around(text))
		for i := range len(document) {
			for _, other := range []string{"", `"`, `\`, ",", "}", "0", " ", "n", "\x01", "\xff"} {
				check(`{"always":` + asText(document[:i]+other+document[i+1:]) + `}`)
			}
		}
		for i := range len(text) {
			for _, other := range []string{"", `"`, `\`, "\x01", "\xff"} {
				check(`{"quoted":` + text[:i] + other + text[i+1:] + `}`)
			}
		}
	}
}

// asText writes a document as a string, with as few escapes as can be.
func asText(document string) string {
	return `"` + strings.NewReplacer(`"`, `\"`, `\`, `\\`).Replace(document) + `"`
}

// index returns the index of a target.
func (s *suite) index(t testing.TB, name string) int {
	t.Helper()
	i := slices.IndexFunc(s.targets, func(target *codectest.Target) bool { return target.Name == name })
	if i < 0 {
		t.Fatal("no target " + name)
	}
	return i
}

// FuzzText decodes any bytes as each of the types.
func FuzzText(f *testing.F) {
	s := newSuite(f)
	for _, find := range finds {
		f.Add(byte(s.index(f, find.target)), find.text)
	}
	for _, document := range inside {
		f.Add(byte(s.index(f, "shapes.Taken")), `{"always":`+asText(document)+`}`)
	}
	for i, target := range s.targets {
		for seed := range uint64(12) {
			if text := target.Document(codectest.Seeded(seed)); len(text) < 3000 {
				f.Add(byte(i), text)
			}
		}
	}
	f.Fuzz(func(t *testing.T, which byte, text string) {
		if err := s.check(s.targets[int(which)%len(s.targets)], text); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzShape makes documents out of the choices that the bytes stand for, so that most of what is tried is nearly right. A number of changes
// follows.
func FuzzShape(f *testing.F) {
	s := newSuite(f)
	for i := range s.targets {
		f.Add(byte(i), strings.Repeat("\x01\x07\x02\x09\x03", 40), "")
		f.Add(byte(i), strings.Repeat("\x00\x11\x05\x23\x42\x07\xff", 60), "\x01\x21\x03")
	}
	f.Fuzz(func(t *testing.T, which byte, choices, changes string) {
		target := s.targets[int(which)%len(s.targets)]
		source := &codectest.Choices{Bytes: choices}
		text := target.Document(source)
		if changes != "" && len(text) < 10000 {
			text = codectest.Mutate(&codectest.Choices{Bytes: changes}, text)
		}
		if err := s.check(target, text); err != nil {
			t.Fatal(err)
		}
	})
}
