package codectest

// A published suite of texts that are JSON, are not, or may go either way. It is a file beside the code because bench holds it against the files that
// a library has of it.

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

//go:embed testdata/jsontestsuite.txt
var suiteText string

// Case is one text of the suite. Its name begins with y (JSON), n (not JSON) or i (up to the reader).
type Case struct{ Name, Text string }

// Suite returns the cases of JSONTestSuite.
func Suite() ([]Case, error) {
	var cases []Case
	for line := range strings.Lines(suiteText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		times := 1
		if count, more, ok := strings.Cut(rest, " "); ok && rest[0] != '"' {
			n, err := strconv.Atoi(count)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			times, rest = n, more
		}
		text := ""
		for times > 0 && rest != "" {
			quoted, err := strconv.QuotedPrefix(rest)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			part, err := strconv.Unquote(quoted)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			text += strings.Repeat(part, times)
			times, rest = 1, strings.TrimSpace(rest[len(quoted):])
		}
		cases = append(cases, Case{name, text})
	}
	return cases, nil
}
