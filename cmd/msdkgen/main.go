// Command msdkgen turns OpenAPI documents with x-msdk-* extensions into Go packages. "msdkgen help" says how it is used.
package main

import (
	"os"
	"runtime/debug"

	"github.com/msdkgen/msdkgen/internal/command"
)

// A run is over in half a second and holds little: most of what the collector would do, it would do for nothing.
const gcPercent = 400

func main() {
	debug.SetGCPercent(gcPercent)
	os.Exit(command.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
