//go:build unix

package bench

// Whole processes: what the command costs its user, and what its output costs the compiler. The operating system counts, for the process and
// all that it started.

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// ownTime is the processor time of this process so far, its own and the kernel's.
func ownTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// run runs a command and returns its processor time and its largest size in memory, in bytes.
func run(b *testing.B, folder string, environment []string, name string, args ...string) (cpu time.Duration, peak int64) {
	b.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), environment...)
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%s: %v\n%s", strings.Join(cmd.Args, " "), err, out)
	}
	peak = cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss
	if runtime.GOOS != "darwin" {
		peak *= 1024 // elsewhere it comes in kilobytes
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peak
}

// One run of "msdkgen generate" for both packages, into an empty folder: reading, generating and writing.
func BenchmarkCommand(b *testing.B) {
	program := filepath.Join(b.TempDir(), "msdkgen")
	run(b, root, nil, "go", "build", "-o", program, "./cmd/msdkgen")
	config := "strict: true\npackages:\n  - {spec: msdk, package: msdk, output: msdk}\n  - {spec: timgroup, package: timgroup, output: timgroup}\n"
	var cpu time.Duration
	var peak int64
	for b.Loop() {
		b.StopTimer()
		folder := b.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "msdkgen.yaml"), []byte(config), 0o644); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		one, size := run(b, folder, nil, program, "generate")
		cpu, peak = cpu+one, max(peak, size)
	}
	b.ReportMetric(cpu.Seconds()/float64(b.N), "cpu-s/op")
	b.ReportMetric(float64(peak)/1e6, "peak-MB")
}

// "go build" of generated/msdk, with a build cache that holds the standard library and nothing else. net/http is the yardstick: the same
// compiler at the same time on a package that everyone knows.
func BenchmarkBuild(b *testing.B) {
	goRoot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		b.Fatal(err)
	}
	for _, built := range []struct{ name, path, file string }{
		{"msdk", "./generated/msdk", filepath.Join(root, "generated", "msdk", "doc_gen.go")},
		{"yardstick", "net/http", filepath.Join(strings.TrimSpace(string(goRoot)), "src", "net", "http", "doc.go")},
	} {
		b.Run(built.name, func(b *testing.B) {
			environment := []string{"GOCACHE=" + b.TempDir(), "GOFLAGS="}
			list := exec.Command("go", "list", "-deps", "-f", "{{if .Standard}}{{.ImportPath}}{{end}}", built.path)
			list.Dir = root
			library, err := list.Output()
			if err != nil {
				b.Fatal(err)
			}
			run(b, root, environment, "go", append([]string{"build"}, strings.Fields(string(library))...)...)
			var cpu time.Duration
			for n := 0; b.Loop(); n++ {
				b.StopTimer()
				changed := overlay(b, built.file, n)
				b.StartTimer()
				one, _ := run(b, root, environment, "go", "build", "-overlay", changed, built.path)
				cpu += one
			}
			b.ReportMetric(cpu.Seconds()/float64(b.N), "cpu-s/op")
		})
	}
}

// The yardstick for BenchmarkGenerate and BenchmarkCommand: gofmt, which parses and prints what they generate, and does nothing else.
func BenchmarkYardstick(b *testing.B) {
	var cpu time.Duration
	for b.Loop() {
		one, _ := run(b, root, nil, "gofmt", "-l", "generated")
		cpu += one
	}
	b.ReportMetric(cpu.Seconds()/float64(b.N), "cpu-s/op")
}

// overlay makes the compiler see one more comment in a file, so that a build has to be done again.
func overlay(b *testing.B, name string, n int) string {
	b.Helper()
	folder := b.TempDir()
	text, err := os.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	absolute, err := filepath.Abs(name)
	if err != nil {
		b.Fatal(err)
	}
	changed := filepath.Join(folder, "changed.go")
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {absolute: changed}})
	if err != nil {
		b.Fatal(err)
	}
	list := filepath.Join(folder, "overlay.json")
	for file, content := range map[string][]byte{changed: fmt.Appendf(text, "\n// %d\n", n), list: replace} {
		if err := os.WriteFile(file, content, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	return list
}
