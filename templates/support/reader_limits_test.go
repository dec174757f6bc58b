package support

import (
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

func TestReaderDepth(t *testing.T) {
	nested := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	var g sampleMember
	for depth, ok := range map[int]bool{10: true, 63: true, 64: false, 65: false, 100_000: false} {
		_, err := read(`{"Account":"","x":`+nested(depth)+`}`, &g, readLimits{})
		if (err == nil) != ok {
			t.Error(depth, err)
		}
	}
	if _, err := read(`{"Account":"","x":`+nested(100)+`}`, &g, readLimits{depth: 101}); err != nil {
		t.Error(err)
	}
	if _, err := read(`{"Account":"","x":`+nested(100_000)+`}`, &g, readLimits{depth: 1 << 30}); err == nil {
		t.Error("no limit is above largestMaxDepth")
	}
	text := strings.Repeat(`{"x":`, 100_000)
	if _, err := read(text, &g, readLimits{}); err == nil || !strings.Contains(err.Error(), "nested too deeply") {
		t.Error(err)
	}
	// a document inside of a string starts where the one around it stands
	inner := `{"Account":"","x":` + nested(62) + `}`
	outer := `{"GroupId":"","Text":` + string(appendText(nil, inner)) + `}`
	if _, err := read(outer, new(sampleGroup), readLimits{}); err != nil {
		t.Error(err)
	}
	if _, err := read(outer, new(sampleGroup), readLimits{depth: 63}); err == nil {
		t.Error("64 levels where 63 are allowed")
	}
}

// allocated returns the bytes that f allocates, those that were given back included.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// What a body makes the reader allocate is a small multiple of the body, whatever the body is.
func TestReaderMemory(t *testing.T) {
	filled := func(size int, head, part, tail string) string {
		return head + strings.Repeat(part, size/len(part)) + tail
	}
	long := func(head, part, tail string) string { return filled(10<<20, head, part, tail) }
	fill := func(head, part, tail string) string { return filled(2<<20, head, part, tail) }
	noise := make([]byte, 10<<20)
	random := rand.NewChaCha8([32]byte{1})
	if _, err := random.Read(noise); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text   string
		factor uint64
	}{
		"noise":                  {string(noise), 1},
		"noise in a string":      {`{"msg":"` + string(noise), 1},
		"brackets":               {long("", "[", ""), 1},
		"spaces":                 {long("", " ", ""), 1},
		"digits":                 {long(`{"ret":`, "1", "}"), 1},
		"digits as text":         {fill(`{"GroupInfo":[{"Token":`, "1", "}]}"), 1},
		"escapes":                {fill(`{"ret":0,"msg":"`, `\n`, `"}`), 3},
		"a string without end":   {long(`{"msg":"`, `\\`, ""), 1},
		"empty objects":          {fill(`{"ret":0,"GroupInfo":[`, `{},`, `{}]}`), 3 * budgetFactor},
		"broken objects":         {fill(`{"ret":0,"GroupInfo":[`, `{"GroupId":1},`, `{}]}`), 1},
		"objects with text":      {fill(`{"ret":0,"GroupInfo":[{"GroupId":"`, `0123456789`, `"}]}`), 1},
		"unknown members":        {fill(`{"ret":0,"GroupInfo":[{`, `"":1,`, `"":1}]}`), 2 * budgetFactor},
		"members of a map":       {fill(`{"ret":0,"GroupInfo":[{"Counts":{`, `"a":1,`, `"a":1}}]}`), 1},
		"items of a comma list":  {fill(`{"ret":0,"GroupInfo":[{"Numbers":"`, `1,`, `1"}]}`), budgetFactor},
		"items beyond the limit": {fill(`{"ret":0,"GroupInfo":[{"MemberList":[`, `{},`, `{}]}]}`), 1},
		"an unknown list":        {long(`{"ret":0,"x":[`, `{},`, `{}]}`), 1},
		"strings in strings":     {fill(`{"ret":0,"GroupInfo":[{"Text":"{\"Account\":\"`, `\\n`, `\"}"}]}`), 6},
	} {
		got := allocated(func() { _, _ = read(c.text, new(sampleReply), readLimits{}) })
		limit := c.factor*uint64(len(c.text)) + 1<<18
		if c.factor >= budgetFactor {
			limit += 3 * budgetFloor
		}
		if got > limit {
			t.Errorf("%s: %d KiB for %d KiB", name, got>>10, len(c.text)>>10)
		}
	}
}

func TestReaderBudget(t *testing.T) {
	const size = 4 << 20
	text := `{"ret":0,"GroupInfo":[` + strings.Repeat(`{},`, size/3) + `{}]}`
	_, err := read(text, new(sampleReply), readLimits{})
	if err == nil || !strings.Contains(err.Error(), "too much memory") {
		t.Error(err)
	}
	small := `{"ret":0,"GroupInfo":[` + strings.Repeat(`{"GroupId":""},`, 3000) + `{"GroupId":""}]}`
	var r sampleReply
	if _, err := read(small, &r, readLimits{}); err != nil || len(r.Groups) != 3001 {
		t.Error(err)
	}
}

// A type that contains itself has lists inside of lists of the same items. Each takes what another one has left.
func TestReaderBudgetOfTrees(t *testing.T) {
	text := `{"c":[` + strings.Repeat(`{"c":[{"c":[{"n":"a"}]},{"n":"b"}]},`, 2000) + `{}]}`
	var tree readTree
	d, err := read(text, &tree, readLimits{})
	if err != nil || len(tree.Children) != 2001 {
		t.Fatal(err)
	}
	if took := budgetFloor + budgetFactor*len(text) - d.budget; took > 4<<20 {
		t.Errorf("%d KiB for %d KiB", took>>10, len(text)>>10)
	}
}

func TestReaderViolationsAreBounded(t *testing.T) {
	text := `{"ret":0,"GroupInfo":[` + strings.Repeat(`{},`, 300) + `{}]}`
	d, err := read(text, new(sampleReply), readLimits{})
	if err != nil || len(d.violations()) != maxViolations || d.omitted != 201 {
		t.Error(err, len(d.violations()), d.omitted)
	}
	if got := d.validation("op").Error(); !strings.HasSuffix(got, "; and 298 more") {
		t.Error(got)
	}
}

// A document inside of a string shares the limits of the one around it.
func TestReaderLimitsInsideStrings(t *testing.T) {
	members := func(to *[]sampleMember, d *jsonReader) {
		readEmbedded(to, d, nil, func(to *[]sampleMember, d *jsonReader) { readList(to, d, 0, (*sampleMember).readJSON) })
	}
	_, d := value(`"[`+strings.Repeat(`{},`, 149)+`{}]"`, readLimits{}, members)
	if d.err != nil || len(d.violations()) != maxViolations || d.omitted != 50 {
		t.Error(d.err, len(d.violations()), d.omitted)
	}
	if d.budget >= budgetFloor+budgetFactor*len(d.src) {
		t.Error("items inside of a string cost nothing")
	}
	groups := func(to *[]sampleGroup, d *jsonReader) {
		readEmbedded(to, d, nil, func(to *[]sampleGroup, d *jsonReader) { readList(to, d, 0, (*sampleGroup).readJSON) })
	}
	_, other := value(`"[`+strings.Repeat(`{},`, 1<<18)+`{}]"`, readLimits{}, groups)
	if d = other; d.err == nil || !strings.Contains(d.err.Reason, "too much memory") {
		t.Error(d.err)
	}
}

func TestReaderAllocations(t *testing.T) {
	text := `{"ret":0,"msg":"success","unknown":{"a":[1,2,{}]},"token":"0123456789abcdef0123456789abcdef"}`
	var r sampleReply
	got := testing.AllocsPerRun(100, func() {
		if _, err := read(text, &r, readLimits{}); err != nil {
			t.Error(err)
		}
	})
	if got > 1 { // the reader itself
		t.Error(got, "allocations for a small response")
	}
	list := `{"ret":0,"GroupInfo":[{"GroupId":"a"},{"GroupId":"b"}]}`
	got = testing.AllocsPerRun(100, func() { _, _ = read(list, &r, readLimits{}) })
	if got > 8 { // the reader, two rooms of the list, two objects; the race detector adds some
		t.Error(got, "allocations for a list of two objects")
	}
}
