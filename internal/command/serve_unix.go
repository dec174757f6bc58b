//go:build !standin && unix

package command

import (
	"os"
	"syscall"
)

// takeOver lets another program have this process: its signals, its streams, its exit code.
func (c *call) takeOver(program string, args []string) int {
	err := syscall.Exec(program, append([]string{program}, args...), os.Environ())
	return c.fail(err)
}
