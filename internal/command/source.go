package command

// Where a document to be compared comes from: a file, a commit, or msdkgen itself.

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing/fstest"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/spec"
)

// source is a document as it was read.
type source struct {
	files   fs.FS
	file    string // within files
	shown   string // as the user named it
	content []byte
}

const gitPrefix = "git:"

// openSource reads a document that is named on the command line.
func openSource(name string) (source, error) {
	if reference, ok := strings.CutPrefix(name, gitPrefix); ok {
		content, file, err := gitShow(reference)
		if err != nil {
			return source{}, fmt.Errorf("%s: %w", name, err)
		}
		return inMemory(name, filepath.Base(file), content), nil
	}
	content, err := os.ReadFile(name)
	if err == nil {
		return inMemory(name, filepath.Base(name), content), nil
	}
	if files, file, ok := spec.Named(name); ok {
		if content, err := fs.ReadFile(files, file); err == nil {
			return inMemory(embeddedFolder+file, file, content), nil
		}
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	if near, ok := diag.Nearest(name, spec.Names()); ok && errors.Is(err, fs.ErrNotExist) {
		return source{}, fmt.Errorf("%s cannot be read: %w; did you mean %q, which comes with msdkgen?", name, err, near)
	}
	return source{}, fmt.Errorf("%s cannot be read: %w", name, err)
}

func inMemory(shown, file string, content []byte) source {
	return source{files: fstest.MapFS{file: {Data: content}}, file: file, shown: filepath.ToSlash(shown), content: content}
}

// committed names the last committed version of a file.
func committed(name string) (string, error) {
	if strings.HasPrefix(name, gitPrefix) {
		return "", fmt.Errorf("%s is a committed version already; name the one to compare it with, too", name)
	}
	if _, err := os.Stat(name); err != nil {
		if _, _, ok := spec.Named(name); ok {
			return "", fmt.Errorf("%s comes with msdkgen and has no committed version; name the document to compare it with, too", name)
		}
		return "", fmt.Errorf("%s cannot be read: %w", name, fs.ErrNotExist)
	}
	if filepath.IsAbs(name) {
		return gitPrefix + "HEAD:" + name, nil
	}
	return gitPrefix + "HEAD:./" + filepath.ToSlash(filepath.Clean(name)), nil
}

// gitShow reads REF:PATH. git runs in the folder of an absolute path, which may belong to another repository than this folder does.
func gitShow(reference string) (content []byte, file string, err error) {
	ref, file, ok := strings.Cut(reference, ":")
	if !ok || ref == "" || file == "" {
		return nil, "", errors.New("a file of a commit is written git:REF:PATH, as in git:HEAD:spec/api.yaml")
	}
	if strings.HasPrefix(ref, "-") {
		return nil, "", fmt.Errorf("%q is no name of a commit", ref)
	}
	program, err := exec.LookPath("git")
	if err != nil {
		return nil, "", errors.New("git is not installed, or not on the PATH")
	}
	folder, path := "", file
	if filepath.IsAbs(file) {
		folder, path = filepath.Dir(file), "./"+filepath.Base(file)
	}
	var stdout, stderr bytes.Buffer
	run := exec.Command(program, "cat-file", "blob", ref+":"+path) // "show" would list a folder
	run.Dir, run.Stdout, run.Stderr = folder, &stdout, &stderr
	if err := run.Run(); err != nil {
		said := strings.TrimSpace(stderr.String())
		if said == "" {
			said = err.Error()
		}
		first, _, _ := strings.Cut(said, "\n")
		if strings.HasSuffix(first, ": bad file") {
			first = "it is no file"
		}
		return nil, "", fmt.Errorf("git cannot show it: %s", strings.TrimPrefix(first, "fatal: "))
	}
	return stdout.Bytes(), file, nil
}
