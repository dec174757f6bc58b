package support

import (
	"reflect"
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
