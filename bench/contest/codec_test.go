//go:build unix

package main

// The sections about codecs as benchmarks, each contender with a name of its own: what "go test -bench" shows, and benchstat compares. Ratios between
// contenders that took turns are the command's business.

import (
	"testing"
	"time"
)

// BenchmarkDecode measures by the clock, with the collector as it is set.
func BenchmarkDecode(b *testing.B) {
	eachContender(func(p payload, c *contender) {
		b.Run(p.name+"/"+c.name, func(b *testing.B) {
			defer c.forget()
			b.ReportAllocs()
			for range b.N {
				if err := c.decode(p.text); err != nil {
					b.Fatal(err)
				}
			}
		})
	})
}

// BenchmarkEncode also reports the fastest of many short stretches: on a machine with other work to do, that is what two states can be compared by.
func BenchmarkEncode(b *testing.B) {
	eachContender(func(p payload, c *contender) {
		if c.reuse == nil {
			return
		}
		if err := c.decode(p.text); err != nil {
			b.Fatal(p.name, c.name, err)
		}
		defer c.forget()
		b.Run(p.name+"/"+c.name, func(b *testing.B) {
			calls := 1 + 10_000/len(p.text)
			fastest := time.Hour
			b.ReportAllocs()
			for i := 0; i < b.N; i += calls {
				start := time.Now()
				for range calls {
					if _, err := c.reuse(); err != nil {
						b.Fatal(err)
					}
				}
				fastest = min(fastest, time.Since(start))
			}
			b.ReportMetric(float64(fastest)/float64(calls), "fastest-ns/op")
		})
	})
}

func eachContender(do func(payload, *contender)) {
	s := settings{seed: 1, counts: []int{50, 500}}
	for _, p := range s.payloads() {
		for _, c := range p.contenders() {
			do(p, c)
		}
	}
}
