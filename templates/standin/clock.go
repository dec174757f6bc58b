package standin

// The clock of a stand-in. It goes as the machine's clock does until a test moves it or stops it.

import (
	"sync"
	"time"
)

// Clock is a clock that a test can move. It is safe for concurrent use; the zero value goes with the machine's clock.
type Clock struct {
	mu      sync.Mutex
	ahead   time.Duration // of the machine's clock, while it goes
	stopped time.Time     // zero: it goes
}

// Now returns the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *Clock) now() time.Time {
	if !c.stopped.IsZero() {
		return c.stopped
	}
	return time.Now().Add(c.ahead)
}

// Set stops the clock at a time.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopped = t
}

// Stop stops the clock where it is.
func (c *Clock) Stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopped = c.now()
}

// Start lets a stopped clock go on from where it is.
func (c *Clock) Start() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.stopped.IsZero() {
		c.ahead, c.stopped = time.Until(c.stopped), time.Time{}
	}
}

// Advance moves the clock; below zero it moves back. Whether it goes does not change.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped.IsZero() {
		c.ahead += d
		return
	}
	c.stopped = c.stopped.Add(d)
}
