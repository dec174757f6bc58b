package specdiff

// What stands at the head of a document: servers, and the Go spelling of words.

import (
	"slices"
	"strings"

	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
)

// words compares x-msdk-names: one row for each spelling, whatever it names.
func (c *comparison) words() {
	const key = "x-msdk-names"
	older, newer := c.old.spec.Root.Member(key), c.new.spec.Root.Member(key)
	before, after := map[string]string{}, map[string]string{}
	for _, w := range c.old.API.Words {
		before[w.Spec] = w.Go
	}
	for _, w := range c.new.API.Words {
		after[w.Spec] = w.Go
	}
	for _, w := range append(slices.Clone(c.new.API.Words), c.old.API.Words...) {
		if before[w.Spec] == after[w.Spec] || c.spelled[w.Spec] {
			continue
		}
		c.spelled[w.Spec] = true
		f := c.fact("go-word-changed", older.Member(w.Spec), newer.Member(w.Spec), "word "+w.Spec, "the Go spelling was %s, is %s now", orNone(before[w.Spec]), orNone(after[w.Spec])).
			values(before[w.Spec], after[w.Spec]).everywhere()
		f.old, f.new = first(f.old, older), first(f.new, newer)
		if was, is := goSpelling(c.old, w.Spec), goSpelling(c.new, w.Spec); was != "" && is != "" && was != is {
			f.goBreaksIf(true).do("Rename %s to %s wherever your code names it.", was, is)
		}
	}
}

// goSpelling is the Go name of the first field, parameter or credential of a spelling, "" where nothing has it.
func goSpelling(d *Document, spelling string) string {
	for _, t := range d.API.Types {
		for _, f := range t.Fields {
			if f.Name.Spec == spelling && f.Name.Override == "" && f.Fill == nil {
				return f.Name.Go
			}
		}
		for _, v := range t.Values {
			if v.Name.Spec == spelling && v.Name.Override == "" {
				return v.Name.Go
			}
		}
	}
	for _, s := range d.API.Schemes {
		for _, credential := range s.Credentials {
			if credential.Name.Spec == spelling {
				return credential.Name.Go
			}
		}
	}
	for _, p := range d.API.Options {
		if p.Name.Spec == spelling && p.Name.Override == "" {
			return p.Name.Go
		}
	}
	return ""
}

// servers compares the servers by their names, then by their addresses.
func (c *comparison) servers() {
	before, after := c.old.API.Servers, c.new.API.Servers
	taken := map[*ir.Server]bool{}
	list := func(d *Document) *load.Node { return first(d.spec.Root.Member("servers"), d.spec.Root) }
	for _, same := range []func(a, b *ir.Server) bool{
		func(a, b *ir.Server) bool { return a.Name.Spec == b.Name.Spec },
		func(a, b *ir.Server) bool { return a.URL == b.URL },
	} {
		for _, a := range before {
			for _, b := range after {
				if !taken[a] && !taken[b] && same(a, b) {
					taken[a], taken[b] = true, true
					c.server(a, b)
				}
			}
		}
	}
	for _, a := range before {
		if !taken[a] {
			f := c.fact("server-removed", c.old.at(a.Pos), nil, "server "+a.Name.Go, "%s is gone", a.URL).values(a.URL, "").everywhere()
			f.new = list(c.new)
			f.do("Choose another server than %s.", a.Name.Go)
		}
	}
	for _, b := range after {
		if !taken[b] {
			f := c.fact("server-added", nil, c.new.at(b.Pos), "server "+b.Name.Go, "%s is new", b.URL).values("", b.URL).everywhere()
			f.old = list(c.old)
		}
	}
}

func (c *comparison) server(a, b *ir.Server) {
	older, newer := c.old.at(a.Pos), c.new.at(b.Pos)
	label := "server " + b.Name.Go
	if a.URL != b.URL {
		c.memberFact("server-moved", older, newer, "url", label, "was %s, is %s now", a.URL, b.URL).values(a.URL, b.URL).everywhere()
	}
	if a.Name.Go != b.Name.Go {
		c.memberFact("server-renamed", older, newer, "x-msdk-name", label, "the Go constant was %s, is %s now", a.Name.Go, b.Name.Go).values(a.Name.Go, b.Name.Go).everywhere().
			do("Rename the constant %s to %s.", a.Name.Go, b.Name.Go)
	}
	names := func(s *ir.Server) string {
		var words []string
		for _, scheme := range s.Schemes {
			words = append(words, scheme.Name.Spec)
		}
		slices.Sort(words)
		return strings.Join(words, ", ")
	}
	if x, y := names(a), names(b); x != y {
		c.memberFact("server-schemes-changed", older, newer, "x-msdk-schemes", label, "served the operations of %s, serves those of %s now", orAll(x), orAll(y)).values(x, y).everywhere()
	}
}

func orAll(text string) string {
	if text == "" {
		return "all schemes"
	}
	return text
}
