//go:build unix

package main

// What the tables rest on: that different work is noticed, that payloads are the same everywhere, that a ratio is the right way around. Nothing here
// depends on speed.

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestSame(t *testing.T) {
	text := friendsPayload(newSource(1), 3)
	remarks, err := checkSame(text, friendsMessage.contenders())
	if err != nil || len(remarks) > 0 {
		t.Fatal(remarks, err)
	}
	all := friendsMessage.contenders()
	decode := all[2].decode
	all[2].decode = func(text []byte) error {
		return decode(bytes.Replace(text, []byte(`"is_lost":"0"`), []byte(`"is_lost":"1"`), 1))
	}
	if _, err := checkSame(text, all); err == nil || !strings.Contains(err.Error(), "encoding/json read other values than msdkgen, at $.islost") {
		t.Error(err)
	}
	all = friendsMessage.contenders()
	all[1].reuse = func() ([]byte, error) { return []byte(`{"ret":0,"msg":"success"}`), nil }
	if remarks, err := checkSame(text, all); err != nil || len(remarks) != 1 || !strings.Contains(remarks[0], "jx, by ogen writes another document than it read, at $.extinfo") {
		t.Error(remarks, err)
	}
	all = friendsMessage.contenders()
	all[3].decode = func([]byte) error { return errors.New("planted") }
	if _, err := checkSame(text, all); err == nil || !strings.Contains(err.Error(), "planted") {
		t.Error(err)
	}
}

func TestDifference(t *testing.T) {
	for _, test := range []struct{ a, b, at string }{
		{`{"a":[1,{"b":2}]}`, `{"a":[1,{"b":2}]}`, ""},
		{`{"a":[1,{"b":2}]}`, `{"a":[1,{"b":3}]}`, "$.a[1].b"},
		{`{"a":1}`, `{"a":1,"b":2}`, "$.b"},
		{`{"a":1,"b":2}`, `{"a":1}`, "$.b"},
		{`{"a":[1]}`, `{"a":[1,2]}`, "$.a"},
		{`{"a":[1]}`, `{"a":{}}`, "$.a"},
		{`1`, `"1"`, "$"},
	} {
		if at := difference(parsed([]byte(test.a)), parsed([]byte(test.b))); at != test.at {
			t.Errorf("%s, %s: %q in place of %q", test.a, test.b, at, test.at)
		}
	}
}

func TestPayloads(t *testing.T) {
	if text := string(loginPayload()); text != `{"ret":0,"msg":"user is logged in"}` {
		t.Error(text)
	}
	made := func(seed uint64) []byte { return groupsPayload(newSource(seed), groupsSize) }
	one := made(1)
	if !json.Valid(one) || len(one) < groupsSize || len(one) > groupsSize+2000 {
		t.Error(len(one))
	}
	if !bytes.Equal(one, made(1)) || bytes.Equal(one, made(2)) {
		t.Error("a payload depends on its seed, and on nothing else")
	}
}

func TestMeasure(t *testing.T) {
	spin := func(times int) func() error {
		return func() error {
			kept = kept[:0]
			for range times {
				kept = append(kept, new([64]byte))
			}
			return nil
		}
	}
	outcomes, err := effort{rounds: 3, slot: time.Millisecond}.measure([]entrant{{name: "few", run: spin(100)}, {name: "none"}, {name: "many", run: spin(10_000)}})
	if err != nil || outcomes[0].ratio != 1 || outcomes[2].ratio < 2 || outcomes[0].allocs < 100 || outcomes[2].allocs < 10_000 {
		t.Error(outcomes, err)
	}
	if outcomes[1].String() != "–" {
		t.Error(outcomes[1])
	}
	if _, err := (effort{rounds: 1, slot: 1}).measure([]entrant{{name: "broken", run: func() error { return errors.New("planted") }}}); err == nil || err.Error() != "broken: planted" {
		t.Error(err)
	}
}

var kept []*[64]byte

// count is a holder that knows how many of its kind hold a value.
type count struct{ of *int }

func (c count) hold() { *c.of++ }

func (c count) drop() { *c.of-- }

func TestHold(t *testing.T) {
	holding := 0
	alone := func() error {
		if holding != 1 {
			t.Errorf("%d hold values while one is measured", holding)
		}
		return nil
	}
	if _, err := (effort{rounds: 2, slot: time.Microsecond}).measure([]entrant{{"a", alone, count{&holding}}, {"b", alone, count{&holding}}}); err != nil || holding != 0 {
		t.Error(holding, err)
	}
}

func TestWriteInto(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.md")
	for _, test := range []struct{ old, want string }{
		{"a\n" + begin + "old\n" + end + "b\n", "a\n" + begin + "\nnew\n\n" + end + "b\n"},
		{"a\n" + begin + "b\n", ""},
		{"a\n" + end + begin, ""},
	} {
		if err := os.WriteFile(name, []byte(test.old), 0o600); err != nil {
			t.Fatal(err)
		}
		err := writeInto(name, []byte("new\n"))
		text, _ := os.ReadFile(name)
		if (err == nil) != (test.want != "") || err == nil && string(text) != test.want || err != nil && string(text) != test.old {
			t.Errorf("%q %v", text, err)
		}
	}
}

func TestFlags(t *testing.T) {
	for _, args := range []string{"-only nothing", "-friends 0", "-friends x", "-rounds 0", "-slot 0s", "-file other=contest_test.go", "-file login=missing", "more", "-x"} {
		if _, err := parse(strings.Fields(args), new(bytes.Buffer)); err == nil {
			t.Errorf("%s was taken", args)
		}
	}
	s, err := parse(strings.Fields("-only decode,lenient -file friends=plain.go"), new(bytes.Buffer))
	if err != nil || len(s.payloads()) != 1 || len(s.only) != 2 {
		t.Error(s, err)
	}
}

// Every row can be set and run once.
func TestRows(t *testing.T) {
	s := settings{seed: 1, counts: []int{2}}
	payloads := s.payloads()
	for i := range payloads {
		if payloads[i].kind == "groups" {
			payloads[i].text = groupsPayload(newSource(1), 1000)
		}
	}
	all, err := s.sections(payloads, func(text string) { t.Error(text) })
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		for _, r := range one.rows {
			entrants, end, err := r.set()
			if err != nil || len(entrants) < 2 {
				t.Fatal(one.name, r.name, err)
			}
			for _, e := range entrants {
				if e.run == nil {
					continue
				}
				e.begin()
				if err := e.run(); err != nil {
					t.Error(one.name, r.name, e.name, err)
				}
			}
			if end != nil {
				end()
			}
		}
	}
}
