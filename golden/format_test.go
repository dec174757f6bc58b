package golden

// The layout of what comes out. emit/layout.go lays out most declarations by rules of its own, because go/format takes longer than all the
// rest; here its output is held against go/format's.

import (
	"bytes"
	"go/format"
	"maps"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/internal/diff"
)

func TestOutputIsFormatted(t *testing.T) {
	files, err := repository()
	require.NoError(t, err)
	places := map[string]string{} // from a text to one place of it: the cases share their support code
	for _, c := range readCases(t) {
		for name, text := range c.got {
			if strings.HasSuffix(name, ".go") {
				places[text] = c.name + ": " + name
			}
		}
	}
	for _, file := range files {
		if strings.HasSuffix(file.Path, ".go") {
			places[string(file.Content)] = file.Path
		}
	}
	require.Greater(t, len(places), len(files)/2)
	texts := make(chan string, len(places))
	for text := range maps.Keys(places) {
		texts <- text
	}
	close(texts)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for text := range texts {
				formatted, err := format.Source([]byte(text))
				if err != nil {
					t.Errorf("%s: %v", places[text], err)
				} else if !bytes.Equal(formatted, []byte(text)) {
					t.Errorf("%s is not what go/format makes of it:\n%s", places[text], shorten(diff.Unified(places[text], "go/format", text, string(formatted))))
				}
			}
		})
	}
	workers.Wait()
}
