package command

// The command spec: the documents that come with msdkgen, as they are, for those who want to read, change or compare them.

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/spec"
)

func specCommand() command {
	return command{
		name: "spec", args: "[NAME]",
		summary: "print a document that comes with msdkgen, or list their names",
		details: `Prints the document that a short name stands for, msdk or timgroup, byte for byte as this msdkgen reads it. Without a name, lists the names.

Exit codes: 0 done; 2 wrong usage, or there is no such document.

Examples:
  msdkgen spec                        # the names
  msdkgen spec msdk > msdk.yaml       # a copy to change: "spec: msdk.yaml" in msdkgen.yaml then takes it
  msdkgen spec msdk | grep -n 'operationId: wx'
`,
		run:   printSpec,
		words: specNames,
	}
}

func printSpec(c *call) int {
	rest, exit, ok := c.parse()
	switch {
	case !ok:
		return exit
	case len(rest) > 1:
		return c.usage("spec takes one name")
	case len(rest) == 0:
		for _, name := range spec.Names() {
			fmt.Fprintln(c.stdout, name)
		}
		return exitDone
	}
	files, file, ok := spec.Named(rest[0])
	if !ok {
		hint := strings.Join(spec.Names(), " and ") + " come with msdkgen"
		if near, ok := diag.Nearest(rest[0], spec.Names()); ok {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		c.message("there is no document %q; %s", rest[0], hint)
		return exitFailed
	}
	content, err := fs.ReadFile(files, file)
	if err == nil {
		_, err = c.stdout.Write(content)
	}
	if err != nil {
		return c.fail(err)
	}
	return exitDone
}
