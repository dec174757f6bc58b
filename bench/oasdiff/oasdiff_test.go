// Package oasdiff holds msdkgen diff against another program: what oasdiff calls an error has to be breaking or risky there, for the same operation.
//
// It is a module of its own because oasdiff brings many modules, and needs the network once, to download them. Run it with
//
//	go -C bench/oasdiff test -v -timeout 30m .
//
// It asks the tests of internal/specdiff to write their mutated documents and the reports about them, and compares those with oasdiff's own.
package oasdiff

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/diff"
	"github.com/oasdiff/oasdiff/load"

	"github.com/getkin/kin-openapi/openapi3"
)

var places = flag.Int("places", 2, "how many places each mutation is tried at, per document")

// report is what of a report matters here.
type report struct {
	Changes []struct {
		Rule       string
		Level      string
		Operations []string
	}
}

func TestErrorsAreBreakingOrRisky(t *testing.T) {
	folder := t.TempDir()
	write := exec.Command("go", "test", "./internal/specdiff", "-count=1", "-timeout=60m", "-run", "^TestMutations$", "-args", "-alone", fmt.Sprint("-places=", *places), "-write="+folder)
	write.Dir = filepath.Join("..", "..")
	if out, err := write.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	reports, err := filepath.Glob(filepath.Join(folder, "*.report.json"))
	if err != nil || len(reports) == 0 {
		t.Fatalf("no reports: %v", err)
	}
	originals := map[string]*load.SpecInfo{}
	checked, errors := 0, map[string]int{}
	for _, file := range reports {
		base := strings.TrimSuffix(file, ".report.json")
		original, _, _ := strings.Cut(filepath.Base(base), "-")
		if originals[original] == nil {
			originals[original] = spec(t, filepath.Join(folder, original+".json"))
		}
		name, err := os.ReadFile(base + ".name.txt")
		if err != nil {
			t.Fatal(err)
		}
		for _, complaint := range compare(t, originals[original], spec(t, base+".new.json")) {
			errors[complaint.GetId()]++
			if !serious(t, file, complaint) {
				t.Errorf("%s: oasdiff says %s at %s %s (%s): no breaking or risky row", name, complaint.GetId(), complaint.GetOperation(), complaint.GetPath(), complaint.GetOperationId())
			}
		}
		checked++
	}
	var ids []string
	for id, n := range errors {
		ids = append(ids, fmt.Sprintf("%s %d", id, n))
	}
	slices.Sort(ids)
	t.Logf("%d documents; errors of oasdiff by kind: %s", checked, strings.Join(ids, ", "))
	if len(errors) == 0 {
		t.Error("oasdiff found no error at all: the comparison proves nothing")
	}
}

func spec(t *testing.T, file string) *load.SpecInfo {
	t.Helper()
	info, err := load.NewSpecInfo(openapi3.NewLoader(), load.NewSource(file))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return info
}

// compare returns what oasdiff calls an error.
func compare(t *testing.T, older, newer *load.SpecInfo) []checker.Change {
	t.Helper()
	config := diff.NewConfig()
	found, sources, err := diff.GetWithOperationsSourcesMap(config, older, newer)
	if err != nil {
		t.Fatal(err)
	}
	var errors []checker.Change
	for _, change := range checker.CheckBackwardCompatibility(checker.NewConfig(checker.GetAllChecks()), found, sources) {
		if change.GetLevel() == checker.ERR {
			errors = append(errors, change)
		}
	}
	return errors
}

// serious reports whether a report has a breaking or risky row that affects an operation.
func serious(t *testing.T, file string, complaint checker.Change) bool {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var r report
	if err := json.Unmarshal(content, &r); err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Changes {
		if (c.Level == "breaking" || c.Level == "risky") && (slices.Contains(c.Operations, complaint.GetOperationId()) || complaint.GetOperationId() == "") {
			return true
		}
	}
	return false
}
