//go:build !standin && !unix

package command

import (
	"errors"
	"os"
	"os/exec"
)

// takeOver runs another program and waits for it. Both get what the terminal sends.
func (c *call) takeOver(program string, args []string) int {
	child := exec.Command(program, args...)
	child.Stdin, child.Stdout, child.Stderr = os.Stdin, c.stdout, c.stderr
	err := child.Run()
	var exited *exec.ExitError
	switch {
	case errors.As(err, &exited):
		return exited.ExitCode()
	case err != nil:
		return c.fail(err)
	}
	return exitDone
}
