package command

// The command schema: what msdkgen.yaml may hold, for editors and for those who check it elsewhere.

import "github.com/msdkgen/msdkgen/generator"

func schemaCommand() command {
	return command{
		name:    "schema",
		summary: "print the JSON Schema of msdkgen.yaml",
		details: `Prints the JSON Schema (draft 7) of msdkgen.yaml, with a description of every key. "msdkgen init" writes it beside msdkgen.yaml, where the
first line of that file leads editors to it; after an update of msdkgen, write it again.

Examples:
  msdkgen schema > msdkgen.schema.json
  msdkgen schema | jq '.definitions.package.properties.include.description'
`,
		run: schema,
	}
}

func schema(c *call) int {
	rest, exit, ok := c.parse()
	if !ok {
		return exit
	}
	if len(rest) > 0 {
		return c.usage("schema takes no argument %q", rest[0])
	}
	if _, err := c.stdout.Write(generator.ConfigSchema()); err != nil {
		return c.fail(err)
	}
	return exitDone
}
