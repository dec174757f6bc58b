//go:build unix

// Package bench measures what the project promises about its own cost: processor time, memory, growth with the size of a document, and
// what its output costs to compile. It is all benchmarks and judges nothing: a test that fails on a slow day is worse than none. The figures
// and how to get them stand in docs/performance.md.
package bench

import (
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"testing"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/generator/emit"
	"github.com/msdkgen/msdkgen/generator/ir"
	"github.com/msdkgen/msdkgen/generator/load"
	"github.com/msdkgen/msdkgen/generator/lower"
	"github.com/msdkgen/msdkgen/generator/naming"
)

const root = ".."

// configuration is that of this repository, read as the command reads it.
func configuration(b *testing.B) generator.Config {
	b.Helper()
	config, list := generator.ReadConfig(os.DirFS(root), "msdkgen.yaml")
	noErrors(b, list)
	return *config
}

func noErrors(b *testing.B, list diag.List) {
	b.Helper()
	if list.HasErrors() {
		b.Fatalf("%d complaints, the first is: %s", len(list), list[0].Message)
	}
}

func generate(b *testing.B, documents fs.FS, config generator.Config) (bytes int) {
	b.Helper()
	files, list := generator.Generate(documents, config)
	noErrors(b, list)
	for _, f := range files {
		bytes += len(f.Content)
	}
	return bytes
}

// Both packages of this repository, in one process that does it again and again.
func BenchmarkGenerate(b *testing.B) {
	documents, config := os.DirFS(root), configuration(b)
	b.ReportAllocs()
	start := ownTime(b)
	for b.Loop() {
		generate(b, documents, config)
	}
	b.ReportMetric((ownTime(b)-start).Seconds()/float64(b.N), "cpu-s/op")
}

// Documents of 60, 300 and 1000 operations. If the time and the memory for one operation do not grow with their number, neither grows
// faster than linearly.
func BenchmarkGrowth(b *testing.B) {
	for _, operations := range []int{60, 300, 1000} {
		b.Run(fmt.Sprint(operations), func(b *testing.B) {
			documents, config := synthetic(b, operations)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start, size := ownTime(b), 0
			for b.Loop() {
				size = generate(b, documents, config)
			}
			cpu := ownTime(b) - start
			runtime.ReadMemStats(&after)
			each := float64(b.N * operations)
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/each, "ns/operation")
			b.ReportMetric(float64(cpu.Nanoseconds())/each, "cpu-ns/operation")
			b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/each, "B/operation")
			b.ReportMetric(float64(size)/float64(operations), "written-B/operation")
		})
	}
}

// The stage that prints and formats, on one processor and on two: the ratio of the two is what formatting files side by side is worth.
func BenchmarkEmit(b *testing.B) {
	config := configuration(b)
	var apis []*ir.API
	for _, p := range config.Packages {
		var list diag.List
		api := lower.API(load.Spec(os.DirFS(root), p.Spec, &list), config.Strict, &list)
		naming.Assign(api, &list)
		noErrors(b, list)
		apis = append(apis, api)
	}
	for _, processors := range []int{1, 2} {
		b.Run(fmt.Sprintf("processors=%d", processors), func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			start := ownTime(b)
			for b.Loop() {
				for i, api := range apis {
					if _, err := emit.Files(api, emit.Options{Package: config.Packages[i].Package}); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric((ownTime(b)-start).Seconds()/float64(b.N), "cpu-s/op")
		})
	}
}
