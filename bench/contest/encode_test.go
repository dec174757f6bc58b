//go:build unix

package main

// The encoding section as benchmarks, each with a name of its own: to compare two states of our own encoder with the tools that people know. Ratios
// between contenders are the command's business.

import (
	"testing"
	"time"
)

// BenchmarkEncode also reports the fastest of many short stretches: on a machine with other work to do, that is what two states can be compared by.
func BenchmarkEncode(b *testing.B) {
	s := settings{seed: 1, counts: []int{50, 500}}
	for _, p := range s.payloads() {
		for _, c := range p.contenders() {
			if c.reuse == nil {
				continue
			}
			if err := c.decode(p.text); err != nil {
				b.Fatal(p.name, c.name, err)
			}
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
		}
	}
}
