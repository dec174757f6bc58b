//go:build !standin

package command

// serve in a msdkgen without the tag standin. Generated code must not be needed to build the program that generates it, so this build has
// no stand-in; it builds one that has, keeps it, and lets it take over.

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
)

func (c *call) standIn(documents, args []string) int {
	program, err := c.standInProgram()
	if err != nil {
		c.message("this msdkgen is built without its stand-ins, and could not build one that has them: %v", err)
		c.message("do it by hand: go install -tags standin %s@latest", standInPackage)
		return exitFailed
	}
	return c.takeOver(program, append(append([]string{"serve"}, documents...), args...))
}

// standInProgram returns the path of a msdkgen with stand-ins. One is kept in the user's cache for each msdkgen that asked for one: as
// long as that does not change, neither need this.
func (c *call) standInProgram() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	entry, err := os.Stat(self)
	if err != nil {
		return "", err
	}
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%d\n%d", here, self, entry.Size(), entry.ModTime().UnixNano()))
	folder := filepath.Join(cache, "msdkgen", "standin-"+hex.EncodeToString(sum[:8]))
	program := filepath.Join(folder, "msdkgen")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	if entry, err := os.Stat(program); err == nil && entry.Mode().IsRegular() {
		return program, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	c.message("building the stand-ins, once: go build -tags standin %s", standInPackage)
	return program, buildStandIn(folder, program)
}

// buildStandIn builds in the module around the working directory, if that knows msdkgen; else the version that this one has.
func buildStandIn(folder, program string) error {
	tool, err := exec.LookPath("go")
	if err != nil {
		return err
	}
	first := exec.Command(tool, "build", "-tags", "standin", "-o", program, standInPackage)
	output, err := first.CombinedOutput()
	if err == nil {
		return nil
	}
	problem := fmt.Errorf("go build: %w: %s", err, firstLines(string(output)))
	build, ok := debug.ReadBuildInfo()
	if !ok || build.Main.Version == "" || build.Main.Version == "(devel)" {
		return problem
	}
	second := exec.Command(tool, "install", "-tags", "standin", standInPackage+"@"+build.Main.Version)
	second.Env = append(os.Environ(), "GOBIN="+folder)
	if output, err := second.CombinedOutput(); err != nil {
		return errors.Join(problem, fmt.Errorf("go install: %w: %s", err, firstLines(string(output))))
	}
	return nil
}

// firstLines is as much of a build's output as a message holds.
func firstLines(output string) string {
	lines := strings.Split(strings.TrimSpace(output), "\n")
	return strings.Join(lines[:min(len(lines), 3)], "; ")
}
