package generator

// This file is the only one in the module that changes a user's disk. It is kept apart from the pipeline so that Generate stays
// a pure function of its input, and so that everything a careful reader worries about (what is overwritten, what is removed,
// what a killed run leaves behind) can be read in one place. compare.go, beside it, only looks.

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// Summary says what Write did. Paths are slash separated and below the root.
type Summary struct {
	Written   []string // created or replaced
	Removed   []string // our own files that the documents no longer ask for
	Unchanged int      // left alone, down to their modification time
}

// Temporary files start with a dot, so that the go command does not compile one that a killed run left behind, and stand beside
// their targets, because a rename is atomic only within one file system.
const (
	temporaryPrefix = ".msdkgen-"
	temporarySuffix = ".tmp"
)

// Each other run that starts meanwhile takes our temporary files for leftovers at most once, so a handful of attempts is plenty.
const stageAttempts = 5

// Write makes the disk below root agree with files, one folder per package.
//
// Nothing is touched before all of it is known to be possible: a file that is not ours is never replaced or removed, and all new
// contents lie complete beside their targets before the first of them is renamed into place. An error up to that point leaves
// everything as it was. An error after it leaves every file whole, old or new, and running again finishes the work.
func Write(root string, files []File) (Summary, error) {
	return (&writer{}).write(root, files)
}

// writer is one run of Write.
type writer struct {
	root *os.Root
	// before is called ahead of every step that changes the disk. It is nil except in tests, which let a step fail or end the
	// run there.
	before func(step, path string) error
	made   []string // folders that this run created, outermost first
}

// staged is one new content that waits for its rename.
type staged struct {
	change    Change
	temporary string
}

func (w *writer) write(dir string, files []File) (Summary, error) {
	var summary Summary
	root, err := openRoot(dir)
	if err != nil {
		return summary, err
	}
	defer root.Close()
	w.root = root

	changes, err := compare(root, files)
	if err != nil {
		return summary, err
	}
	if err := w.clean(files); err != nil {
		return summary, err
	}
	waiting, err := w.stage(changes)
	if err != nil {
		w.abandon(waiting)
		w.removeMade()
		return summary, err
	}
	summary.Unchanged = len(files) - len(waiting)
	for i := range waiting {
		if err := w.replace(&waiting[i]); err != nil {
			w.abandon(waiting[i:])
			return summary, fmt.Errorf("%w (%d of %d files were replaced; run again to finish)", err, i, len(waiting))
		}
		summary.Written = append(summary.Written, waiting[i].change.Path)
	}
	for _, c := range changes {
		if c.New != nil {
			continue
		}
		if err := w.remove(c.Path); err != nil {
			return summary, fmt.Errorf("remove the stale file: %w", err)
		}
		summary.Removed = append(summary.Removed, c.Path)
	}
	return summary, nil
}

// clean removes what a killed run left behind in the folders that this run is about.
func (w *writer) clean(files []File) error {
	for _, folder := range folders(files) {
		entries, err := readFolder(w.root, folder)
		if err != nil {
			return err
		}
		for _, entry := range entries {
			if !isTemporary(entry) {
				continue
			}
			if err := w.remove(path.Join(folder, entry.Name())); err != nil {
				return fmt.Errorf("remove what an interrupted run left: %w", err)
			}
		}
	}
	return nil
}

func isTemporary(entry fs.DirEntry) bool {
	return entry.Type().IsRegular() && strings.HasPrefix(entry.Name(), temporaryPrefix) && strings.HasSuffix(entry.Name(), temporarySuffix)
}

// stage writes every new content beside its target. What it returns together with an error is what has to be taken away again.
func (w *writer) stage(changes []Change) ([]staged, error) {
	var waiting []staged
	for _, c := range changes {
		if c.New == nil {
			continue
		}
		temporary, err := w.stageOne(c)
		if temporary != "" {
			waiting = append(waiting, staged{c, temporary})
		}
		if err != nil {
			return waiting, fmt.Errorf("nothing was changed: %w", err)
		}
	}
	return waiting, nil
}

// stageOne returns the name of the temporary file, also with an error if the file exists by then.
func (w *writer) stageOne(c Change) (string, error) {
	if err := w.makeFolder(path.Dir(c.Path)); err != nil {
		return "", err
	}
	// The random part keeps two runs at once from writing into one file.
	temporary := path.Join(path.Dir(c.Path), temporaryPrefix+path.Base(c.Path)+"-"+rand.Text()+temporarySuffix)
	if err := w.step("create", temporary); err != nil {
		return "", err
	}
	file, err := w.root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return "", err
	}
	_, err = file.Write(c.New)
	if stepErr := w.step("write", temporary); err == nil {
		err = stepErr
	}
	return temporary, errors.Join(err, file.Close())
}

// makeFolder creates a folder and what is missing above it, and remembers both.
func (w *writer) makeFolder(folder string) error {
	if _, err := w.root.Stat(folder); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if above := path.Dir(folder); above != "." {
		if err := w.makeFolder(above); err != nil {
			return err
		}
	}
	if err := w.step("mkdir", folder); err != nil {
		return err
	}
	err := w.root.Mkdir(folder, 0o755)
	if errors.Is(err, fs.ErrExist) {
		return nil // another run was faster
	}
	if err == nil {
		w.made = append(w.made, folder)
	}
	return err
}

// replace renames one staged file onto its target. A second run that starts meanwhile takes our temporary files for leftovers
// and removes them; then the content is staged once more.
func (w *writer) replace(s *staged) error {
	for attempt := 1; ; attempt++ {
		if err := w.step("rename", s.change.Path); err != nil {
			return err
		}
		err := w.root.Rename(s.temporary, s.change.Path)
		if !errors.Is(err, fs.ErrNotExist) || attempt == stageAttempts {
			return err
		}
		if s.temporary, err = w.stageOne(s.change); err != nil {
			return err
		}
	}
}

func (w *writer) remove(name string) error {
	if err := w.step("remove", name); err != nil {
		return err
	}
	if err := w.root.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil // another run was faster
}

// abandon takes staged files away after a failure. Its own failures are not reported: the one that led here is, and the next run
// cleans up.
func (w *writer) abandon(waiting []staged) {
	for _, s := range waiting {
		_ = w.root.Remove(s.temporary)
	}
}

// removeMade takes away the folders that a failed run created. Remove refuses those that are not empty, which is what we want.
func (w *writer) removeMade() {
	for _, folder := range slices.Backward(w.made) {
		_ = w.root.Remove(folder)
	}
}

func (w *writer) step(name, path string) error {
	if w.before == nil {
		return nil
	}
	return w.before(name, path)
}
