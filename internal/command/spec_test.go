package command

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is printed is the document itself, and a copy of it works where the name did.
func TestSpec(t *testing.T) {
	for _, name := range []string{"msdk", "timgroup"} {
		want, err := os.ReadFile("../../spec/" + name + ".yaml")
		require.NoError(t, err)
		require.Equal(t, result{stdout: string(want)}, run("spec", name))
	}
	require.Equal(t, result{stdout: "msdk\ntimgroup\n"}, run("spec"))
	require.Equal(t, result{exit: exitFailed, stderr: "msdkgen: there is no document \"msdkk\"; did you mean \"msdk\"?\n"}, run("spec", "msdkk"))
	require.Equal(t, result{exit: exitFailed, stderr: "msdkgen: there is no document \"api.yaml\"; msdk and timgroup come with msdkgen\n"}, run("spec", "api.yaml"))
	require.Equal(t, result{exit: exitFailed, stderr: "msdkgen: spec takes one name; \"msdkgen help spec\" shows how it is used\n"}, run("spec", "msdk", "timgroup"))
	require.Contains(t, run("spec", "--help").stdout, "msdkgen spec msdk > msdk.yaml")
}
