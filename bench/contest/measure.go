//go:build unix

package main

// The measuring itself. All entrants of a row take turns, round by round, so that whatever slows the machine slows them alike; what is reported is
// the median over the rounds of the ratio within a round. Time is processor time, of the process and the kernel, the garbage collector's
// included: on a machine with other work to do it is the only time that means something.

import (
	"fmt"
	"math"
	"runtime"
	"runtime/debug"
	"slices"
	"syscall"
	"time"
)

// entrant is one way to do the work of a row. run is nil where a library cannot do it.
type entrant struct {
	name string
	run  func() error
	held holder // may be nil
}

// holder is a value that a work makes or needs. An entrant has it during its turns only: the collector would walk over the values of all the others
// otherwise, and whoever takes least time would lose most by it.
type holder interface {
	hold()
	drop()
}

func (one entrant) begin() {
	if one.held != nil {
		one.held.hold()
	}
}

func (one entrant) rest() {
	if one.held != nil {
		one.held.drop()
	}
}

// row is one work and all who do it; the first is what the others are compared with. set makes the entrants, and gives a function that ends what
// they have running: only one row is set at a time, so that no collection of garbage has to walk over the values of another row.
type row struct {
	name string
	size int  // of the payload in bytes, 0 if there is none
	best bool // the fastest rounds are wanted too
	set  func() (entrants []entrant, end func(), err error)
}

// outcome is what one entrant took.
type outcome struct {
	name   string
	ratio  float64 // its processor time over that of the first
	spread float64 // half of the rounds lay within this part of the ratio, in either direction
	best   float64 // its fastest round over that of the first, while the collector rests; 0 where that was not measured
	allocs float64 // per call
	bytes  float64 // allocated per call
}

// effort says how long to measure.
type effort struct {
	rounds int
	slot   time.Duration // of processor time, for one entrant in one round
}

// minCalls are made in a slot however long they take, so that those who make garbage also pay for its collection.
const minCalls = 8

// run sets a row, measures it and ends it.
func (e effort) run(r row) ([]outcome, error) {
	entrants, end, err := r.set()
	if end != nil {
		defer end()
	}
	if err != nil {
		return nil, err
	}
	outcomes, err := e.measure(entrants)
	if err == nil && r.best {
		e.fastest(entrants, outcomes)
	}
	return outcomes, err
}

// fastest adds the ratios of the fastest rounds. What disturbs a round only makes it slower, and the collector takes turns of its own: without both,
// what is left is the work of the contender.
func (e effort) fastest(entrants []entrant, outcomes []outcome) {
	const part = 5 // of a slot: the shorter a round, the more are undisturbed
	best, calls := make([]time.Duration, len(entrants)), make([]int, len(entrants))
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	for _, one := range entrants {
		one.begin()
	}
	for round := range part * e.rounds {
		if round%part == 0 {
			runtime.GC()
		}
		for i, one := range entrants {
			if one.run == nil {
				continue
			}
			took := time.Duration(0)
			for took < e.slot/part/2 { // the first time; then the number of calls is known
				calls[i] = max(calls[i], 1)
				start := time.Now()
				for range calls[i] {
					_ = one.run()
				}
				if took = time.Since(start); took < e.slot/part/2 {
					calls[i] *= 2
				}
			}
			if took /= time.Duration(calls[i]); best[i] == 0 || took < best[i] {
				best[i] = took
			}
		}
	}
	for i := range outcomes {
		outcomes[i].best = float64(best[i]) / float64(best[0])
	}
}

func (e effort) measure(entrants []entrant) ([]outcome, error) {
	calls := make([]int, len(entrants))
	outcomes := make([]outcome, len(entrants))
	for i, one := range entrants {
		outcomes[i] = outcome{name: one.name, ratio: math.NaN()}
		if one.run == nil {
			continue
		}
		var err error
		one.begin()
		if calls[i], err = e.warmUp(one); err != nil {
			return nil, fmt.Errorf("%s: %w", one.name, err)
		}
		outcomes[i].allocs, outcomes[i].bytes = allocations(one, min(calls[i], 200))
		one.rest()
	}
	ratios := make([][]float64, len(entrants))
	for round := range e.rounds {
		each := make([]float64, len(entrants))
		for k := range entrants {
			if i := (k + round) % len(entrants); calls[i] > 0 { // each starts a round in its turn
				each[i] = perCall(entrants[i], calls[i])
			}
		}
		for i := range each {
			ratios[i] = append(ratios[i], each[i]/each[0])
		}
	}
	for i := range outcomes {
		if calls[i] == 0 {
			continue
		}
		slices.Sort(ratios[i])
		n := len(ratios[i])
		outcomes[i].ratio = ratios[i][n/2]
		outcomes[i].spread = max(ratios[i][n*3/4]-ratios[i][n/2], ratios[i][n/2]-ratios[i][n/4]) / ratios[i][n/2]
	}
	return outcomes, nil
}

// warmUp returns how many calls fill a slot.
func (e effort) warmUp(one entrant) (calls int, err error) {
	for calls = 1; ; calls *= 2 {
		start := processorTime()
		for range calls {
			if err := one.run(); err != nil {
				return 0, err
			}
		}
		if took := processorTime() - start; took > e.slot/4 {
			return max(minCalls, int(float64(calls)*float64(e.slot)/float64(took))), nil
		}
	}
}

// perCall is the processor time of one call in seconds. The garbage of others is swept away before.
func perCall(one entrant, calls int) float64 {
	one.begin()
	defer one.rest()
	runtime.GC()
	start := processorTime()
	for range calls {
		_ = one.run() // the warm-up has seen whether it fails
	}
	return (processorTime() - start).Seconds() / float64(calls)
}

// allocations counts those of all goroutines. The collector rests meanwhile: it would empty the pools that some keep their buffers in.
func allocations(one entrant, calls int) (count, bytes float64) {
	runtime.GC()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	_ = one.run()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range calls {
		_ = one.run()
	}
	runtime.ReadMemStats(&after)
	n := float64(calls)
	return float64(after.Mallocs-before.Mallocs) / n, float64(after.TotalAlloc-before.TotalAlloc) / n
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // it cannot fail with these arguments
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
