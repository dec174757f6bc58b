package command

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// fullDisk is a stdout behind which nothing fits any more.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestLostOutputIsAFailure(t *testing.T) {
	project(t, "old.yaml", goodSpec, "new.yaml", strings.Replace(goodSpec, "openapi:", "# another one\nopenapi:", 1))
	for _, args := range []string{"version", "help", "explain", "completion bash", "schema", "dump old.yaml", "diff old.yaml new.yaml", "diff --rules", "lint --format json old.yaml"} {
		var stderr strings.Builder
		require.Equal(t, exitFailed, Run(strings.Fields(args), strings.NewReader(""), fullDisk{}, &stderr), args)
		require.Contains(t, stderr.String(), "no space left", args)
	}
}

func TestBareIsTheWriterItself(t *testing.T) {
	require.Same(t, os.Stdout, bare(&output{Writer: os.Stdout}))
	require.Same(t, os.Stdout, bare(os.Stdout))
}
