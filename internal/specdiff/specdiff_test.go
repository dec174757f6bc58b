package specdiff

import (
	"os"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator/diag"
)

var specs = []string{"msdk", "timgroup"}

func text(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile("../../spec/" + name + ".yaml")
	require.NoError(t, err)
	return content
}

func read(t testing.TB, name string, content []byte) *Document {
	t.Helper()
	var list diag.List
	d := Read(fstest.MapFS{name: {Data: content}}, name, name, &list)
	for _, problem := range list {
		require.True(t, problem.Severity == diag.SeverityWarning || problem.Code == diag.CodeUnsupported, "%s: %s: %s", problem.Pos, problem.Code, problem.Message)
	}
	require.NotNil(t, d)
	return d
}

// A document does not differ from itself, nor from itself as JSON, where everything stands in other places.
func TestNoDifference(t *testing.T) {
	for _, name := range specs {
		a := read(t, name+".yaml", text(t, name))
		b := read(t, name+".json", a.spec.Root.JSON())
		start := time.Now()
		for _, c := range Compare(a, b).Changes {
			t.Errorf("%s: %s %s: %s", name, c.Rule, c.Subject, c.Text)
		}
		t.Log(time.Since(start))
	}
}
