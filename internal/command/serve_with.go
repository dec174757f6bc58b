//go:build !bootstrap

package command

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/msdkgen/msdkgen/internal/standin"
)

// standIn serves until the process is told to stop.
func (c *call) standIn(documents, args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(16 << 20) // the heap of a stand-in is small; without a limit it grows to twice of what the whole tool holds
	}
	return standin.Run(ctx, "msdkgen serve", documents, args, os.Getenv, c.stdout, c.stderr)
}
