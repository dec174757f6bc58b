package support

import (
	"reflect"
	"strings"
	"testing"
)

func TestSingle(t *testing.T) {
	for _, c := range []struct {
		text, again string
		want        []string
	}{
		{`"a"`, `"a"`, []string{"a"}},
		{`["a"]`, `"a"`, []string{"a"}},
		{`["a","b"]`, `["a","b"]`, []string{"a", "b"}},
		{`[]`, `[]`, []string{}},
		{`null`, `[]`, nil},
	} {
		d := newReader(c.text, readLimits{})
		var got []string
		readSingle(&got, d, 0, itemText[string])
		d.end()
		if d.err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s is read as %q, %v", c.text, got, d.err)
		}
		if again := string(appendSingle(nil, got, writeText[string])); again != c.again {
			t.Errorf("%s is written as %s", c.text, again)
		}
	}
	d := newReader(`5`, readLimits{})
	var got []string
	if readSingle(&got, d, 0, itemText[string]); d.err == nil {
		t.Error("a number is taken for a string or a list of strings")
	}
	d = newReader(`["a","b"]`, readLimits{})
	if readSingle(&got, d, 1, itemText[string]); len(got) != 1 || len(d.violations()) != 1 {
		t.Errorf("the limit lets %q pass", got)
	}
	if got := string(optSingleField[string](nil, `"k":`, nil, writeText)); got != "" {
		t.Errorf("an absent list is written as %s", got)
	}
}

func TestPathOfASingleItem(t *testing.T) {
	var c checker
	c.enterSingle("list", 0, 1)
	c.add("id", "required", "")
	c.leave()
	c.enterSingle("list", 1, 2)
	c.add("id", "required", "")
	c.leave()
	if c.violations[0].Path != "list.id" || c.violations[1].Path != "list[1].id" {
		t.Errorf("paths %v", c.violations)
	}
}

// Single items take as much memory as the items of lists do, and pay for it out of the same budget.
func TestSingleBudget(t *testing.T) {
	single := func(to *[]wide, d *jsonReader) {
		readSingle(to, d, 0, func(_ *wide, d *jsonReader) { d.skipValue() })
	}
	_, d := value(`[`+strings.Repeat(`1,`, 1<<13)+`1]`, readLimits{}, func(to *[][]wide, d *jsonReader) { readList(to, d, 0, single) })
	refuse(t, "a kilobyte for two bytes", d, "too much memory")
	got, d := value(`[1,[2,3],4,null,[]]`, readLimits{}, func(to *[][]wide, d *jsonReader) { readList(to, d, 0, single) })
	if d.err != nil || len(got) != 5 || len(got[0]) != 1 || cap(got[0]) != 1 || len(got[1]) != 2 || len(got[2]) != 1 || got[3] != nil || got[4] == nil {
		t.Error(d.err, len(got))
	}
}
