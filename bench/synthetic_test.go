//go:build unix

package bench

// Documents of any size, made of the operations of spec/msdk.yaml: what they hold is as mixed as real ones are. They are made as text, so
// that reading them is a part of what is measured.

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/msdkgen/msdkgen/generator"
)

var (
	pathLine = regexp.MustCompile(`(?m)^  /\S+:$`)
	names    = regexp.MustCompile(`(?m)^(  /[^\s:]+|      operationId: \S+|      x-msdk-path-aliases: \[[^\]\s]+)(:|\]|)$`)
	goNames  = regexp.MustCompile(`(?m)^      x-go-name: \S+$`)
)

// synthetic is a document with so many operations: those of the real one, again and again, each time under other names.
func synthetic(b *testing.B, operations int) (fs.FS, generator.Config) {
	b.Helper()
	raw, err := os.ReadFile(filepath.Join(root, "spec", "msdk.yaml"))
	if err != nil {
		b.Fatal(err)
	}
	head, rest, found := strings.Cut(string(raw), "\npaths:\n")
	paths, tail, ended := strings.Cut(rest, "\ncomponents:\n")
	if !found || !ended {
		b.Fatal("spec/msdk.yaml has another layout now")
	}
	starts := pathLine.FindAllStringIndex(paths, -1)
	var text strings.Builder
	text.WriteString(head + "\npaths:\n")
	for i := range operations {
		from, copied := i%len(starts), i/len(starts)
		to := len(paths)
		if from+1 < len(starts) {
			to = starts[from+1][0]
		}
		item := paths[starts[from][0]:to]
		if copied > 0 {
			item = names.ReplaceAllString(item, fmt.Sprintf("${1}_copy%d${2}", copied))
			item = goNames.ReplaceAllString(item, fmt.Sprintf("${0}Copy%d", copied))
		}
		text.WriteString(item)
	}
	text.WriteString("\ncomponents:\n" + tail)
	if n := strings.Count(text.String(), "\n      operationId: "); n != operations {
		b.Fatalf("%d operations in place of %d", n, operations)
	}
	documents := fstest.MapFS{"synthetic.yaml": {Data: []byte(text.String())}}
	return documents, generator.Config{Strict: true, Packages: []generator.Package{{Spec: "synthetic.yaml", Package: "synthetic", Output: "synthetic"}}}
}
