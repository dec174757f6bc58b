package golden

// Reports of changes: an archive of diff/ holds two documents and the report in each format.

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/msdkgen/msdkgen/generator/diag"
	"github.com/msdkgen/msdkgen/internal/specdiff"
)

func TestDiff(t *testing.T) {
	files, err := filepath.Glob("diff/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			docs := fstest.MapFS{}
			var documents []txtar.File
			for _, f := range archive.Files {
				if strings.HasSuffix(f.Name, ".yaml") {
					docs[f.Name] = &fstest.MapFile{Data: f.Data}
					documents = append(documents, f)
				}
			}
			side := func(name string) *specdiff.Document {
				var list diag.List
				d := specdiff.Read(docs, name, name, &list)
				require.False(t, list.HasErrors(), "%v", list)
				return d
			}
			report := specdiff.Compare(side("old.yaml"), side("new.yaml"))
			archive.Files = documents
			for _, format := range specdiff.Formats() {
				var out strings.Builder
				require.NoError(t, specdiff.Print(&out, report, format, specdiff.Options{FailOn: specdiff.Breaking}))
				archive.Files = append(archive.Files, txtar.File{Name: "want/" + format, Data: []byte(out.String())})
			}
			compare(t, file, string(txtar.Format(archive)))
		})
	}
}
