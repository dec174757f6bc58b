//go:build !bootstrap

package standin

import (
	"context"
	"fmt"
	"io"

	"github.com/msdkgen/msdkgen/generated/msdk/msdktest"
	"github.com/msdkgen/msdkgen/generated/timgroup/timgrouptest"
)

// Run serves the stand-ins of some documents behind one port, all of them if none is named, until ctx ends. args are flags, see
// msdktest.Run; the result is an exit code.
func Run(ctx context.Context, name string, documents, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	all := []msdktest.Vendor{msdktest.NewPart(), timgrouptest.NewPart()}
	parts := all
	if len(documents) > 0 {
		parts = nil
	}
	taken := map[string]bool{}
	for _, document := range documents {
		found := false
		for _, part := range all {
			if part.Name() == document && !taken[document] {
				parts, found, taken[document] = append(parts, part), true, true
			}
		}
		if !found && !taken[document] {
			fmt.Fprintf(stderr, "%s: there is no stand-in for %q\n", name, document)
			return 2
		}
	}
	return msdktest.Run(ctx, name, args, getenv, stdout, stderr, parts...)
}
