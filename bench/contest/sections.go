//go:build unix

package main

// The run as a whole: which sections there are, in which order, and what is said about them.

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
)

var sectionNames = []string{"decode", "encode", "validate", "handler", "trip", "bare", "sign", "route", "lenient"}

// contest first looks whether all contenders do the same work, then measures section by section.
func (s *settings) contest(stdout, stderr io.Writer) error {
	all, err := s.sections(s.payloads(), func(text string) { fmt.Fprintln(stderr, "contest: remark:", text) })
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := s.print(io.MultiWriter(stdout, &text), stderr, all); err != nil || s.doc == "" {
		return err
	}
	return writeInto(s.doc, text.Bytes())
}

// sections are those that were asked for.
func (s *settings) sections(payloads []payload, remark func(string)) (all []section, err error) {
	if err := checkPayloads(payloads, remark); err != nil {
		return nil, err
	}
	validate, err := validateSection(payloads)
	if err != nil {
		return nil, err
	}
	for _, part := range []struct {
		name     string
		sections []section
	}{
		{"decode", []section{decodeSection(payloads)}},
		{"encode", []section{reuseSection(payloads), freshSection(payloads)}},
		{"validate", []section{validate}},
		{"handler", []section{handlerSection(payloads, remark)}},
		{"trip", []section{tripSection(payloads)}},
		{"bare", []section{bareSection(payloads)}},
		{"sign", []section{signSection()}},
		{"route", []section{routeSection()}},
		{"lenient", []section{lenientSection(newSource(s.seed))}},
	} {
		if len(s.only) == 0 || slices.Contains(s.only, part.name) {
			all = append(all, part.sections...)
		}
	}
	return all, nil
}

func (s *settings) print(stdout, stderr io.Writer, all []section) error {
	s.head(stdout)
	for _, one := range all {
		var results [][]outcome
		for _, r := range one.rows {
			fmt.Fprintf(stderr, "contest: %s: %s\n", one.name, r.name)
			result, err := s.effort.run(r)
			if err != nil {
				return fmt.Errorf("%s, %s: %w", one.name, r.name, err)
			}
			results = append(results, result)
		}
		one.columns(stdout, results)
		fmt.Fprintf(stdout, "\n%s\n", spread(results))
		one.fastest(stdout, results)
	}
	return nil
}

// The lines in a document between which the tables stand.
const begin, end = "<!-- contest: written by go -C bench run ./contest -doc -->\n", "<!-- contest: end -->\n"

// writeInto puts the tables into a document, in the place of those that are there.
func writeInto(name string, tables []byte) error {
	old, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	head, rest, found := bytes.Cut(old, []byte(begin))
	_, tail, ended := bytes.Cut(rest, []byte(end))
	if !found || !ended {
		return fmt.Errorf("%s lacks the lines %q and %q", name, begin, end)
	}
	return os.WriteFile(name, slices.Concat(head, []byte(begin), []byte("\n"), tables, []byte("\n"), []byte(end), tail), 0o644)
}
