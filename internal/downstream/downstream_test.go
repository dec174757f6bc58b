// Package downstream sets up msdkgen in a module of somebody else's, as the README says it, and works there as its owner would: with the go
// command alone, without a network, on a part of a document and under a package name of its own. It is all tests, and apart from the other
// end-to-end tests because nothing of this module is imported there.
package downstream

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	// The tool is built by the go command, of which the test cache knows nothing. This import ties its answer to the tool's code.
	_ "github.com/msdkgen/msdkgen/internal/command"
)

const (
	tool = "github.com/msdkgen/msdkgen/cmd/msdkgen"
	// mostIndirect is how many lines the tool may add to a go.mod: whoever reviews that change reads each of them.
	mostIndirect = 15
)

const config = `# The login alone.
packages:
  - spec: msdk
    package: login
    output: internal/login
    include: {operations: [verify_login]}
`

// game is the code of the other module: both sides of the generated package, over a socket.
const game = `package game

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"

	"example.com/game/internal/login"
)

type service struct{ login.UnimplementedLoginServer }

func (service) VerifyLogin(_ context.Context, req *login.VerifyLoginRequest) (*login.VerifyLoginResponse, error) {
	if req.OpenID != "A1B2" {
		return nil, &login.Error{Code: login.CodeV3BadSignature, Message: "nobody"}
	}
	return &login.VerifyLoginResponse{Msg: "welcome, " + string(req.OpenID)}, nil
}

func TestLogin(t *testing.T) {
	keys := login.WithMSDKV3(login.MSDKV3Credentials{AppID: "100703379", AppKey: login.NewKey("an example")})
	handler, err := login.NewHandler(login.Services{Login: service{}}, keys)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	client, err := login.NewClient(keys, login.WithServer(login.Server(server.URL)))
	if err != nil {
		t.Fatal(err)
	}
	req := &login.VerifyLoginRequest{OpenID: "A1B2", OpenKey: "token", UserIP: "192.0.2.1"}
	answer, err := client.VerifyLogin(context.Background(), req)
	if err != nil || answer.Msg != "welcome, A1B2" {
		t.Fatal(answer, err)
	}
	req.OpenID = "C3"
	var failure *login.Error
	if _, err = client.VerifyLogin(context.Background(), req); !errors.As(err, &failure) || failure.Code != login.CodeV3BadSignature {
		t.Fatal(err)
	}
	req.OpenID = ""
	var broken *login.ValidationError
	if _, err = client.VerifyLogin(context.Background(), req); !errors.As(err, &broken) {
		t.Fatal(err)
	}
}
`

// stand is a test of the other module against the stand-in for its own part of the document.
const stand = `package game

import (
	"errors"
	"testing"

	"example.com/game/internal/login"
	"example.com/game/internal/login/logintest"
)

func TestStandIn(t *testing.T) {
	srv := logintest.NewServer(t)
	srv.VerifyLogin.Once().Result(login.CodeV3BadSignature, "").Example("logged-in")
	req := &login.VerifyLoginRequest{OpenID: "A1B2", OpenKey: "token", UserIP: "192.0.2.1"}
	_, err := srv.Client().VerifyLogin(t.Context(), req)
	var failure *login.Error
	if !errors.As(err, &failure) || failure.Code != login.CodeV3BadSignature {
		t.Fatal(err)
	}
	answer, err := srv.Client().VerifyLogin(t.Context(), req)
	if err != nil || answer.Msg != "user is logged in" {
		t.Fatal(answer, err)
	}
	if calls := srv.VerifyLogin.RequireCalled(t, 2); calls[1].Request.OpenID != "A1B2" {
		t.Error(calls[1].Request)
	}
}
`

// module is the folder of the other module.
type module string

// run runs the go command there.
func (m module) run(args ...string) (stdout, stderr string, exit int) {
	cmd := exec.Command("go", args...)
	cmd.Dir = string(m)
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOSUMDB=off", "GOFLAGS=-mod=mod", "GOWORK=off", "GOTOOLCHAIN=local", "PWD="+string(m))
	var out, message strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &message
	err := cmd.Run()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		return "", err.Error(), -1
	}
	return out.String(), message.String(), cmd.ProcessState.ExitCode()
}

func (m module) must(t *testing.T, args ...string) {
	t.Helper()
	stdout, stderr, exit := m.run(args...)
	require.Zero(t, exit, "go %s\n%s%s", strings.Join(args, " "), stdout, stderr)
}

func (m module) write(t *testing.T, name, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(string(m), filepath.FromSlash(name)), []byte(text), 0o644))
}

func (m module) read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(string(m), filepath.FromSlash(name)))
	require.NoError(t, err)
	return string(content)
}

// getTool makes msdkgen a tool of the module. "go get" asks for the go.mod files of modules that nothing here is built from; on a machine that has
// built this module and nothing else, they are not to be had without a network. Then go.mod is written by hand, as "go get" would write it:
// with every module that a package of the tool comes from.
func (m module) getTool(t *testing.T, root string) {
	t.Helper()
	_, stderr, exit := m.run("get", "-tool", tool)
	if exit == 0 {
		return
	}
	require.Contains(t, stderr, "module lookup disabled by GOPROXY=off")
	list := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}} {{.Version}}{{end}}", "./cmd/msdkgen")
	list.Dir = root
	output, err := list.Output()
	require.NoError(t, err)
	modules := strings.Fields(string(output))
	requires := map[string]string{}
	for i := 0; i < len(modules); i++ {
		if modules[i] == "github.com/msdkgen/msdkgen" { // has no version there
			requires[modules[i]] = "v0.0.0-00010101000000-000000000000"
			continue
		}
		requires[modules[i]] = modules[i+1]
		i++
	}
	text := m.read(t, "go.mod") + "\ntool " + tool + "\n\nrequire (\n"
	for _, path := range slices.Sorted(maps.Keys(requires)) {
		text += "\t" + path + " " + requires[path] + " // indirect\n"
	}
	m.write(t, "go.mod", text+")\n")
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	require.NoError(t, err)
	m.write(t, "go.sum", string(sums))
}

func TestDownstream(t *testing.T) {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	m := module(t.TempDir())
	m.write(t, "go.mod", "module example.com/game\n\ngo 1.25.0\n")

	m.must(t, "mod", "edit", "-replace", "github.com/msdkgen/msdkgen="+root)
	m.getTool(t, root)
	indirect := regexp.MustCompile(`(?m)^\s*(?:require )?(\S+) \S+ // indirect$`).FindAllStringSubmatch(m.read(t, "go.mod"), -1)
	require.NotEmpty(t, indirect)
	require.LessOrEqual(t, len(indirect), mostIndirect, "%s", m.read(t, "go.mod"))
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	require.NoError(t, err)
	for _, line := range indirect {
		require.Contains(t, string(readme), "\n- `"+line[1]+"`: ", "README.md names every module that the tool brings, with its reason")
	}

	m.must(t, "tool", "msdkgen", "init", "--package", "login")
	require.Contains(t, m.read(t, "msdkgen.go"), "\npackage game\n")
	m.write(t, "msdkgen.yaml", config)
	m.write(t, "game_test.go", game)
	m.write(t, "stand_test.go", stand)
	m.must(t, "tool", "msdkgen", "init", "--standin")
	m.must(t, "generate", ".")
	m.must(t, "test", "./...")
	stdout, stderr, exit := m.run("run", "./cmd/login-standin", "--help")
	require.Zero(t, exit, stderr)
	require.Contains(t, stdout, "\n  --port-file FILE ")
	require.NoFileExists(t, filepath.Join(string(m), "internal", "login", "op_group_gen.go"))

	stdout, stderr, exit = m.run("tool", "msdkgen", "generate", "--check")
	require.Zero(t, exit, stdout+stderr)
	require.Empty(t, stdout+stderr)
	m.write(t, "internal/login/client_gen.go", strings.Replace(m.read(t, "internal/login/client_gen.go"), "\npackage login\n", "\npackage other\n", 1))
	stdout, stderr, exit = m.run("tool", "msdkgen", "generate", "--check")
	require.Equal(t, 1, exit)
	require.Contains(t, stdout, "\n-package other\n+package login\n")
	require.Contains(t, stderr, `msdkgen: 1 file is out of date; run "go tool msdkgen generate"`+"\n")
}
