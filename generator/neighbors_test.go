package generator

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOtherPackageInTheFolder(t *testing.T) {
	for content, refused := range map[string]bool{
		"package game\n":                                true,
		"package a\n":                                   false,
		"//go:build ignore\n\npackage main\n":           false,
		"package documentation\n":                       false,
		"no Go at all":                                  false,
		"// Words.\n\n// More of them.\npackage game\n": true,
	} {
		root := t.TempDir()
		put(t, root, "out/mine.go", content)
		put(t, root, "out/mine_test.go", "package a_test\n")
		_, err := Compare(root, []File{generated("out/x_gen.go", "")})
		if refused {
			require.EqualError(t, err, "out/mine.go: is of package game, and generated files of package a would stand beside it; choose another folder", content)
		} else {
			require.NoError(t, err, content)
		}
	}
}
