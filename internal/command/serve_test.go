package command

import (
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generator"
	"github.com/msdkgen/msdkgen/generator/diag"
)

// What is wrong is found before anything is built or served.
func TestServeUsage(t *testing.T) {
	for _, test := range []struct {
		args []string
		says string
	}{
		{[]string{"serve", "msdkk"}, `there is no stand-in for "msdkk"; did you mean "msdk"?`},
		{[]string{"serve", "vendor.yaml"}, `"msdkgen init --standin" writes a program for another document`},
		{[]string{"serve", "--strict=maybe"}, "it takes true or false"},
		{[]string{"serve", "--fire"}, "flag provided but not defined: -fire"},
	} {
		got := run(test.args...)
		require.Equal(t, exitFailed, got.exit, test.args)
		require.Contains(t, got.stderr, test.says)
	}
	require.Contains(t, run("serve", "--help").stdout, "--explain-to-caller")
}

// The flags that are passed on are those that the stand-in's own help describes.
func TestServeFlags(t *testing.T) {
	text, err := os.ReadFile("../../templates/standin/runflags.go")
	require.NoError(t, err)
	for _, f := range flagsOf(serveCommand()) {
		require.Contains(t, string(text), "\n  --"+f.Name+" ", f.Name)
		require.Equal(t, serveFlags[f.Name], takesValue(f))
	}
	require.Equal(t, len(serveFlags), strings.Count(string(text), "\n  --"))
}

func TestInitStandin(t *testing.T) {
	project(t, "go.mod", gameModule)
	done := run("init", "--standin")
	require.Equal(t, exitDone, done.exit, done.stderr)
	require.Contains(t, done.stderr, "msdkgen: wrote cmd/msdk-standin/main.go\nmsdkgen: run it: go run ./cmd/msdk-standin\n")
	program := read(t, "cmd/msdk-standin/main.go")
	require.Contains(t, program, "import \"example.com/game/v2/internal/msdk/msdktest\"\n\nfunc main() { msdktest.Main() }\n")
	_, err := parser.ParseFile(token.NewFileSet(), "main.go", program, parser.ParseComments)
	require.NoError(t, err)

	// With a configuration there already, only programs are written, and none is replaced.
	require.NoError(t, os.WriteFile("msdkgen.yaml", []byte("packages:\n  - {spec: msdk, package: vendor, output: api/vendor, import: example.com/other}\n"+
		"  - {spec: msdk, package: caller, output: api/caller, emit: {server: false}}\n"), 0o644))
	again := run("init", "--standin")
	require.Equal(t, exitDone, again.exit, again.stderr)
	require.Equal(t, "msdkgen: wrote cmd/vendor-standin/main.go\nmsdkgen: run it: go run ./cmd/vendor-standin\n"+
		"msdkgen: caller has no stand-in; it needs client, server and standin among what is emitted\n", again.stderr)
	require.Contains(t, read(t, "cmd/vendor-standin/main.go"), `"example.com/other/vendortest"`)
	require.Contains(t, run("init", "--standin").stderr, "kept cmd/vendor-standin/main.go, which is there already")
}

func TestImportPaths(t *testing.T) {
	project(t, "go.mod", gameModule, "server/msdkgen.yaml", "")
	cfg := &generator.Config{Packages: []generator.Package{{Package: "a", Output: "internal/a"}, {Package: "b", Output: "b", Import: "example.com/b"}}}
	require.Empty(t, importPaths(cfg, "server"))
	require.Equal(t, "example.com/game/v2/server/internal/a", cfg.Packages[0].Import)
	require.Equal(t, "example.com/b", cfg.Packages[1].Import)

	require.NoError(t, os.WriteFile("go.mod", []byte("// no module line\n"), 0o644))
	cfg = &generator.Config{Packages: []generator.Package{{Package: "a", Output: "a"}, {Package: "b", Output: "b", StandinPos: diag.Pos{File: "msdkgen.yaml", Line: 3, Column: 5}}}}
	list := importPaths(cfg, ".")
	require.Len(t, list, 1)
	require.Contains(t, list[0].Message, `the stand-in of "b" has to import the package`)
	require.Empty(t, cfg.Packages[0].Import)
}
