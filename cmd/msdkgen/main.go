// Command msdkgen turns OpenAPI documents with x-msdk-* extensions into Go packages. "msdkgen help" says how it is used.
package main

import (
	"os"
	"runtime"
	"runtime/debug"

	"github.com/msdkgen/msdkgen/internal/command"
)

// A run is over in half a second and allocates little: all that the collector would do, it would do for nothing. So it waits until the
// process has freeMemory bytes; from then on it works with gcPercent, because a run that needs more may need much more, and from memoryLimit on
// as hard as it has to, because a document of megabytes is another matter.
const (
	freeMemory  = 72 << 20
	gcPercent   = 200
	memoryLimit = 1 << 30
)

func main() {
	if len(os.Args) < 2 || os.Args[1] != "serve" { // which is to stay, and to stay small
		collectLate()
	}
	os.Exit(command.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

func collectLate() {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(freeMemory)
	runtime.AddCleanup(&struct{ first *int }{new(int)}, func(int) {
		debug.SetGCPercent(gcPercent)
		debug.SetMemoryLimit(memoryLimit)
	}, 0) // it is called after the first collection
}
