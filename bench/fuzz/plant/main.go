// Command plant asks whether the comparisons of internal/codectest and bench/fuzz find faults that are there. It copies the module to a temporary
// folder, puts one fault after the other into the support code and its generated copies there, and runs the comparisons until one of them fails.
//
//	go -C bench run ./fuzz/plant              # all faults; about ten seconds each, most of it compiling
//	go -C bench run ./fuzz/plant -only depth  # those whose names have a word in them
//	go -C bench run ./fuzz/plant -list
//
// It exits with 1 if a fault is not found within a minute of processor time, and with 2 if the text of a fault is not in the code any more: the table
// in faults.go then has to be adjusted.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const limit = time.Minute // of processor time, to find one fault

func main() {
	only := flag.String("only", "", "plant the faults whose names contain this")
	list := flag.Bool("list", false, "print the names of the faults")
	flag.Parse()
	os.Exit(run(*only, *list))
}

func run(only string, list bool) int {
	var chosen []fault
	for _, f := range faults {
		if strings.Contains(f.name, only) {
			chosen = append(chosen, f)
		}
	}
	if list {
		for _, f := range chosen {
			fmt.Println(f.name)
		}
		return 0
	}
	folder, err := os.MkdirTemp("", "plant")
	if err != nil {
		return fail(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	field := &field{root: folder, out: filepath.Join(folder, "compare.test")}
	if err := field.copyModule(); err != nil {
		return fail(err)
	}
	missing := 0
	for _, f := range chosen {
		if err := field.plant(f); err != nil {
			fmt.Fprintln(os.Stderr, err)
			missing++
			continue
		}
		field.restore()
	}
	if missing > 0 || len(chosen) == 0 {
		return fail(fmt.Errorf("%d of %d faults are not in the code any more", missing, len(chosen)))
	}
	if where, took, err := field.find(); err != nil || where != "" {
		return fail(fmt.Errorf("without a fault: %s fails after %v, %v", where, took, err))
	}
	return field.all(chosen)
}

func fail(err error) int {
	fmt.Fprintln(os.Stderr, err)
	return 2
}

// field is the copy that faults are planted in.
type field struct {
	root, out string
	before    map[string][]byte // files as they were
}

// all plants the faults, one at a time.
func (p *field) all(chosen []fault) int {
	exit := 0
	for _, f := range chosen {
		if err := p.plant(f); err != nil {
			return fail(err)
		}
		where, took, err := p.find()
		p.restore()
		switch {
		case err != nil:
			return fail(fmt.Errorf("%s: %w", f.name, err))
		case where == "":
			fmt.Printf("%-56s NOT FOUND in %.1f s\n", f.name, took.Seconds())
			exit = 1
		default:
			fmt.Printf("%-56s %5.1f s, %s\n", f.name, took.Seconds(), where)
		}
	}
	return exit
}

// comparisons are tried in this order.
var comparisons = []struct{ name, module, pkg string }{
	{"internal/codectest", ".", "./internal/codectest"},
	{"bench/fuzz", "bench", "./fuzz"},
}

// find returns the comparison that fails, and how much processor time was spent until it did.
func (p *field) find() (where string, took time.Duration, err error) {
	for _, c := range comparisons {
		dir := filepath.Join(p.root, c.module)
		build := exec.Command("go", "test", "-c", "-o", p.out, c.pkg)
		build.Dir = dir
		if out, err := build.CombinedOutput(); err != nil {
			return "", took, fmt.Errorf("%w\n%s", err, out)
		}
		left := limit - took
		compare := exec.Command(p.out, "-test.failfast", "-test.timeout", (10 * left).String())
		compare.Dir = filepath.Join(dir, c.pkg)
		out, err := compare.CombinedOutput()
		took += compare.ProcessState.UserTime() + compare.ProcessState.SystemTime()
		if _, failed := err.(*exec.ExitError); err != nil && !failed {
			return "", took, err
		}
		if took > limit {
			return "", took, nil
		}
		if err != nil {
			return c.name + " " + firstFailure(string(out)), took, nil
		}
	}
	return "", took, nil
}

// firstFailure returns the name of the test that failed.
func firstFailure(out string) string {
	if _, after, ok := strings.Cut(out, "--- FAIL: "); ok {
		name, _, _ := strings.Cut(after, " ")
		return name
	}
	if strings.Contains(out, "panic: ") {
		return "panic"
	}
	return "without a word"
}

// copies are the files that a file of the support code is copied to. A path with a slash stands for itself.
func (p *field) copies(file string) ([]string, error) {
	if strings.Contains(file, "/") {
		return []string{filepath.Join(p.root, filepath.FromSlash(file))}, nil
	}
	generated := "support_" + strings.TrimSuffix(file, ".go") + "_gen.go"
	found := []string{filepath.Join(p.root, "templates", "support", file)}
	for _, pattern := range []string{"generated/*", "bench/fuzz/shapes"} {
		more, err := filepath.Glob(filepath.Join(p.root, filepath.FromSlash(pattern), generated))
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return found, nil
}

// plant puts a fault into every copy.
func (p *field) plant(f fault) error {
	p.before = map[string][]byte{}
	files, err := p.copies(f.file)
	if err != nil {
		return err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if n := bytes.Count(text, []byte(f.old)); n != 1 {
			p.restore()
			return fmt.Errorf("%s: %s has this text %d times, want once:\n%s", f.name, f.file, n, f.old)
		}
		p.before[file] = text
		if err := os.WriteFile(file, bytes.Replace(text, []byte(f.old), []byte(f.new), 1), 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (p *field) restore() {
	for file, text := range p.before {
		if err := os.WriteFile(file, text, 0o600); err != nil {
			panic(err) // nothing that follows would mean anything
		}
	}
}

// copyModule copies what compiles. This command runs inside of the module bench.
func (p *field) copyModule() error {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/msdkgen/msdkgen").Output()
	if err != nil {
		return err
	}
	from := strings.TrimSpace(string(out))
	return filepath.WalkDir(from, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(p.root, strings.TrimPrefix(name, from))
		switch {
		case entry.Name() == ".git":
			return filepath.SkipDir
		case entry.IsDir():
			return os.MkdirAll(to, 0o755)
		case !entry.Type().IsRegular():
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(to, text, 0o600)
	})
}
