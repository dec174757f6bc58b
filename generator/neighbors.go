package generator

// This file looks at the Go files beside generated ones. They are left alone; but one of another package in the same folder would keep both
// from compiling, and nothing that Write could do would repair that. It is apart from compare.go because it reads Go, and that does not.

import (
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strings"
)

// otherPackages refuses a folder that holds Go files of another package than the generated one. Files with a build constraint are passed
// over: they may never be compiled together.
func otherPackages(root *os.Root, folder string, entries []fs.DirEntry, files []File) error {
	ours := ""
	for _, file := range files {
		if path.Dir(file.Path) == folder && strings.HasSuffix(file.Path, ".go") && !strings.HasSuffix(file.Path, "_test.go") {
			ours = packageName(file.Content)
			break
		}
	}
	if ours == "" {
		return nil
	}
	var refusals []error
	for _, entry := range entries {
		name := path.Join(folder, entry.Name())
		if !entry.Type().IsRegular() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(entry.Name(), ".") || strings.HasPrefix(entry.Name(), "_") {
			continue
		}
		content, err := root.ReadFile(name)
		if err != nil || isOurs(content) {
			continue
		}
		if theirs := packageName(content); theirs != "" && theirs != ours && theirs != "documentation" {
			refusals = append(refusals, fmt.Errorf("%s: is of package %s, and generated files of package %s would stand beside it; choose another folder", name, theirs, ours))
		}
	}
	return errors.Join(refusals...)
}

// packageName is the package of a Go file, "" for one with a build constraint or without a package clause.
func packageName(content []byte) string {
	file, err := parser.ParseFile(token.NewFileSet(), "", content, parser.PackageClauseOnly|parser.ParseComments)
	if err != nil {
		return ""
	}
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if strings.HasPrefix(comment.Text, "//go:build ") || strings.HasPrefix(comment.Text, "// +build ") {
				return ""
			}
		}
	}
	return file.Name.Name
}
