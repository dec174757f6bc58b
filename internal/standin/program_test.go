package standin_test

// The stand-ins as a program, driven from outside.

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/msdk/msdktest"
	"github.com/msdkgen/msdkgen/generated/timgroup/timgrouptest"
)

// stream is a writer that a running program and its test share.
type stream struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (s *stream) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *stream) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// running is a program that runs.
type running struct {
	base     string
	out, log *stream
	portFile string
	stop     func() int
}

// run starts the program with both parts, and waits until it is ready.
func run(t *testing.T, args ...string) *running {
	t.Helper()
	return runIn(t, nil, args...)
}

func runIn(t *testing.T, environment map[string]string, args ...string) *running {
	t.Helper()
	r := &running{out: &stream{}, log: &stream{}, portFile: filepath.Join(t.TempDir(), "port")}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	args = append([]string{"--addr", "127.0.0.1:0", "--port-file", r.portFile}, args...)
	go func() {
		ended <- msdktest.Run(ctx, "test", args, func(name string) string { return environment[name] }, r.out, r.log, msdktest.NewPart(), timgrouptest.NewPart())
	}()
	var port []byte
	require.Eventually(t, func() bool {
		var err error
		port, err = os.ReadFile(r.portFile)
		return err == nil && strings.Contains(r.out.String(), "\ntimgroup, ")
	}, 20*time.Second, time.Millisecond)
	r.base = "http://127.0.0.1:" + strings.TrimSpace(string(port))
	var once sync.Once
	result := 0
	r.stop = func() int {
		once.Do(func() {
			cancel()
			result = <-ended
		})
		return result
	}
	t.Cleanup(func() { r.stop() })
	return r
}

func (r *running) counts(t *testing.T) map[string]map[string]int64 {
	t.Helper()
	resp, err := http.Get(r.base + "/healthz")
	require.NoError(t, err)
	defer resp.Body.Close()
	var health struct {
		Status string
		Counts map[string]map[string]int64
	}
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&health))
	require.Equal(t, "ok", health.Status)
	return health.Counts
}

func TestProgram(t *testing.T) {
	t.Parallel()
	r := run(t)
	now := time.Now()

	t.Run("v3 with the odd content type and a slash", func(t *testing.T) {
		answer, _ := v3Request("/auth/verify_login/", loginBody, now).send(t, r.base)
		require.Equal(t, `{"ret":0,"msg":"user is logged in"}`, answer)
	})
	t.Run("echo", func(t *testing.T) {
		request := v3Request("/wxoauth/verify_login", loginBody, now)
		request.query += "&msdkExtInfo=serial_9"
		answer, _ := request.send(t, r.base)
		require.Contains(t, answer, `"msdkExtInfo":"serial_9"`)
	})
	t.Run("v5, its variants", func(t *testing.T) {
		body := `{"openid":"OPENID1","token":"TOKEN","channel_info":{"guild_id":"1","zone_id":"1"}}`
		qq, _ := v5Request("/v2/group/get_group_info", body, now).send(t, r.base)
		require.Zero(t, code(t, qq))
		wechat, _ := v5Request("/v2/group/get_group_info", body, now, "channelid", "1").send(t, r.base)
		require.Zero(t, code(t, wechat))
		require.NotEqual(t, qq, wechat)
		unknown, _ := v5Request("/v2/group/get_group_info", body, now, "channelid", "99").send(t, r.base)
		require.NotZero(t, code(t, unknown))
	})
	t.Run("v5 encrypted", func(t *testing.T) {
		request := v5Request("/v2/group/create_bind_group", groupBody, now)
		request.body = rawEncrypt(rawEncKey, groupBody)
		request.header = map[string]string{"Content-Encrypt": "msdktea", "Accept-Encrypt": "msdktea"}
		answer, header := request.send(t, r.base)
		require.Equal(t, "msdktea", header.Get("Content-Encrypt"))
		require.Zero(t, code(t, rawDecrypt(t, rawEncKey, answer)))
	})
	t.Run("Tencent IM", func(t *testing.T) {
		answer, _ := imRequest(`{"GroupIdList":["@TGS#1"]}`, now).send(t, r.base)
		require.Zero(t, code(t, answer))
		require.Contains(t, answer, `"ActionStatus":"OK"`)
	})
	t.Run("any app, any time", func(t *testing.T) {
		request := v3Request("/auth/verify_login", loginBody, time.Unix(1440938160, 0))
		request.query = strings.Replace(request.query, rawApp, "wxabcdef", 1)
		answer, _ := request.send(t, r.base)
		require.Zero(t, code(t, answer))
	})
	counts := r.counts(t)["msdk"]
	require.Equal(t, int64(1), counts["trailing-slash"])
	require.Equal(t, int64(3), counts["content-type"])
	require.Equal(t, int64(1), counts["any-app"])
	require.NotZero(t, counts["answered"])

	require.Zero(t, r.stop())
	require.NoFileExists(t, r.portFile)
	require.Contains(t, r.log.String(), `"msg":"stopped","package":"timgroup"`)
}

// What the program prints works as it is printed.
func TestProgramCurl(t *testing.T) {
	t.Parallel()
	curl, err := exec.LookPath("curl")
	if err != nil {
		t.Skip("there is no curl here")
	}
	r := run(t)
	n := 0
	for line := range strings.Lines(r.out.String()) {
		if command, ok := strings.CutPrefix(strings.TrimSpace(line), "curl "); ok {
			n++
			answer, err := exec.Command("sh", "-c", curl+" --noproxy '*' "+command).Output()
			require.NoError(t, err)
			require.Zero(t, code(t, string(answer)), line)
		}
	}
	require.Equal(t, 3, n, "one for each scheme")
}

// A caller gets what it asks for, by header or by a parameter that no signature covers.
func TestWishes(t *testing.T) {
	t.Parallel()
	r := run(t)
	now := time.Now()
	byHeader := v3Request("/auth/verify_login", loginBody, now)
	byHeader.header["X-Stand-In-Result"] = "-502"
	answer, _ := byHeader.send(t, r.base)
	require.Equal(t, int64(-502), code(t, answer))

	byQuery := v5Request("/v2/group/create_bind_group", groupBody, now)
	byQuery.query = "stand-in-result=1200%2C%20no%20permission&" + byQuery.query
	answer, _ = byQuery.send(t, r.base)
	require.Equal(t, int64(1200), code(t, answer))
	require.Contains(t, answer, "no permission")

	unknown := v3Request("/auth/verify_login", loginBody, now)
	unknown.query += "&stand-in-fault=fire"
	answer, _ = unknown.send(t, r.base)
	require.Contains(t, answer, `there is no fault "fire"; there are: slow, reset`)

	gateway := v3Request("/auth/verify_login", loginBody, now)
	gateway.query += "&stand-in-fault=502"
	answer, header := gateway.send(t, r.base)
	require.Contains(t, answer, "<h1>502 Bad Gateway</h1>")
	require.Equal(t, "text/html", header.Get("Content-Type"))
}

func TestProgramCredentials(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "keys")
	require.NoError(t, os.WriteFile(file, []byte("# keys of a test\nmsdkV3:\n  msdkkey: \"from the file\"\n  msdkkey.previous = before\nSERVERKEY=server\n"), 0o600))
	r := runIn(t, map[string]string{"MSDKGEN_MSDKKEY": "from the environment", "MSDKGEN_SERVERKEY": "x"}, "--credentials", file, "--credential", "serverkey=by flag")
	now := time.Now()
	for _, key := range []string{"from the file", "before"} {
		request := v3Request("/auth/verify_login", loginBody, now)
		request.query = strings.Replace(request.query, md5Hex(rawMSDKKey+fmt.Sprint(now.Unix())), md5Hex(key+fmt.Sprint(now.Unix())), 1)
		answer, _ := request.send(t, r.base)
		require.Zero(t, code(t, answer), key)
	}
	all := r.out.String() + r.log.String()
	require.Contains(t, all, "msdkV3 msdkkey is as given: ***")
	for _, secret := range []string{"from the file", "before", "by flag", "from the environment"} {
		require.NotContains(t, all, secret)
	}
}

func TestProgramUsage(t *testing.T) {
	t.Parallel()
	bad := filepath.Join(t.TempDir(), "keys")
	require.NoError(t, os.WriteFile(bad, []byte("msdkkey: a\nSECRETTEXT\n"), 0o600))
	for _, test := range []struct {
		args []string
		says string
	}{
		{[]string{"--addr", "8080"}, "--addr takes HOST:PORT"},
		{[]string{"--fault", "fire=1"}, `there is no fault "fire"`},
		{[]string{"--fault", "502=2"}, "a rate is a number between 0 and 1"},
		{[]string{"--fault", "502=0.6,slow=0.6"}, "together are more than 1"},
		{[]string{"--credential", "SECRETTEXT"}, "--credential takes NAME=value"},
		{[]string{"--credential", "msdkey=SECRETTEXT"}, `there is no credential "msdkey"; there are: appid`},
		{[]string{"--credentials", bad}, "keys:2: the line is neither NAME=value nor NAME: value"},
		{[]string{"--credential", "enckey=SECRETTEXT"}, "msdk"},
		{[]string{"--nothing"}, "flag provided but not defined"},
		{[]string{"msdk"}, `there is no argument "msdk"`},
	} {
		var out, log stream
		ctx, cancel := context.WithCancel(t.Context())
		cancel() // should it start, it ends at once
		exit := msdktest.Run(ctx, "test", append([]string{"--addr=127.0.0.1:0"}, test.args...), func(string) string { return "" }, &out, &log, msdktest.NewPart())
		require.Equal(t, 2, exit, "%q", test.args)
		require.Contains(t, log.String(), test.says)
		require.NotContains(t, log.String(), "SECRETTEXT", "%q", test.args)
	}
	var out, log stream
	require.Zero(t, msdktest.Run(t.Context(), "test", []string{"--help"}, func(string) string { return "" }, &out, &log, msdktest.NewPart()))
	require.Contains(t, out.String(), "--explain-to-caller")
}
