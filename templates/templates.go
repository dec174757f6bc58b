// Package templates holds the text that generated packages get as it stands.
//
// support is real Go: compiled, vetted, tested and fuzzed here, and copied file by file into every generated package. A package that
// is imported at run time instead would let the generated code and its support drift apart in version, and would put this module
// into the module graph of every consumer.
//
// One file is not copied: support/commands.go, through which msdkgen's own commands run what generated packages run.
package templates

import "embed"

// Support is the folder of support files.
//
//go:embed support/*.go
var Support embed.FS

// Standin is the folder of what a stand-in server is made of.
//
//go:embed standin/*.go
var Standin embed.FS
