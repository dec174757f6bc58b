package standin_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk"
	"github.com/msdkgen/msdkgen/generated/msdk/msdktest"
)

// The example of docs/standin.md.

func TestLoginIsRetried(t *testing.T) {
	srv := msdktest.NewServer(t) // ends with the test
	srv.VerifyLogin.Once().Result(msdk.CodeV3Internal307, "").Example("logged-in")

	req := &msdk.VerifyLoginRequest{OpenID: "A1B2", OpenKey: "token", UserIP: "192.0.2.1"}
	if _, err := srv.Client().VerifyLogin(t.Context(), req); err != nil {
		t.Fatal(err)
	}
	calls := srv.VerifyLogin.RequireCalled(t, 2)
	if calls[1].Request.OpenID != "A1B2" {
		t.Error(calls[1].Request)
	}
}

// The page shows what stands here, names every fault, and every flag stands in the help that it refers to.
func TestDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/standin.md")
	require.NoError(t, err)
	own, err := os.ReadFile("docs_test.go")
	require.NoError(t, err)
	_, example, ok := strings.Cut(string(own), "\nfunc TestLoginIsRetried")
	require.True(t, ok)
	example, _, ok = strings.Cut(example, "\n}\n")
	require.True(t, ok)
	require.Contains(t, string(page), "\nfunc TestLoginIsRetried"+example+"\n}\n")
	for _, fault := range msdktest.Faults() {
		require.Contains(t, string(page), "\n| `"+string(fault)+"` |")
	}
}
