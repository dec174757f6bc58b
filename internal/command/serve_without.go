//go:build bootstrap

package command

// serve in the build that the go:generate line makes. Generated code must not be needed to build the program that generates it, so this one
// has no stand-in.

func (c *call) standIn([]string, []string) int {
	c.message("this msdkgen is built with the tag bootstrap, which leaves the stand-ins out; build it without the tag")
	return exitFailed
}
