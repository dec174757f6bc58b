package main

// The package forms is output of this project, and would go on measuring yesterday's templates if nobody looked.

import (
	"bytes"
	"errors"
	"os"
	"path"

	"github.com/msdkgen/msdkgen/generator"
)

var errStale = errors.New("contest/forms is not what msdkgen generates now: run go generate ./contest first")

// fresh compares the package forms with what would be generated.
func fresh() error {
	const folder = "contest"
	config, list := generator.ReadConfig(os.DirFS(folder), "msdkgen.yaml")
	if list.HasErrors() {
		return errors.New("contest/msdkgen.yaml cannot be read; run this in the folder bench")
	}
	files, list := generator.Generate(os.DirFS(folder), *config)
	if list.HasErrors() {
		return errors.New("contest/forms.yaml: " + list[0].Message)
	}
	for _, f := range files {
		written, err := os.ReadFile(path.Join(folder, f.Path))
		if err != nil || !bytes.Equal(written, f.Content) {
			return errStale
		}
	}
	return nil
}
