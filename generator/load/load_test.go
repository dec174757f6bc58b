// Shared by the tests of this room: reading a document from a string, and complaints as lines of text.
package load

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
)

const (
	file = "api.yaml"
	// head makes five lines; what a test appends begins on line 6.
	head   = "openapi: 3.0.3\ninfo:\n  title: T\n  version: '1'\npaths: {}\n"
	head31 = "openapi: 3.1.0\ninfo:\n  title: T\n  version: '1'\npaths: {}\n"
)

// lines renders a list one complaint a line, sorted: "6:3: code: message [help] {6:5 related}".
func lines(list diag.List) []string {
	list.Sort()
	all := []string{}
	for _, d := range list {
		line := fmt.Sprintf("%d:%d: ", d.Pos.Line, d.Pos.Column)
		if d.Severity == diag.SeverityWarning {
			line += "warning: "
		}
		line += fmt.Sprintf("%s: %s", d.Code, d.Message)
		if d.Suggestion != "" {
			line += " [" + d.Suggestion + "]"
		}
		for _, r := range d.Related {
			line += fmt.Sprintf(" {%d:%d %s}", r.Pos.Line, r.Pos.Column, r.Message)
		}
		all = append(all, line)
	}
	return all
}

func readSpec(t *testing.T, name, text string) (*Document, []string) {
	t.Helper()
	var list diag.List
	d := Spec(fstest.MapFS{name: {Data: []byte(text)}}, name, &list)
	for _, complaint := range list {
		require.Equal(t, name, complaint.Pos.File)
		require.True(t, complaint.Pos.IsValid(), "a place is due: %s", complaint.Message)
	}
	return d, lines(list)
}

func readTreeFrom(name, text string) (*Node, []string) {
	var list diag.List
	n := readTree(fstest.MapFS{name: {Data: []byte(text)}}, name, &list)
	return n, lines(list)
}

// complaints runs a table of documents with all that is said about each.
func complaints(t *testing.T, cases []complaintCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, got := readSpec(t, file, c.text)
			require.Equal(t, strings.Split(c.want, "\n"), got)
		})
	}
}

type complaintCase struct{ name, text, want string }

func join(all []string) string { return strings.Join(all, "\n") }
