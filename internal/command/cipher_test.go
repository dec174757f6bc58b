package command

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	testKeyText = "0123456789ABCDEF"
	testKeyHex  = "30313233343536373839414243444546"
)

// runOn runs a command with something on stdin.
func runOn(stdin string, args ...string) result {
	var stdout, stderr bytes.Buffer
	exit := Run(args, strings.NewReader(stdin), &stdout, &stderr)
	return result{exit, stdout.String(), stderr.String()}
}

// Both commands against every known answer, as bytes and as hexadecimal.
func TestCipherKnownAnswers(t *testing.T) {
	names, err := filepath.Glob("../../golden/wire/known/msdktea/*.txt")
	require.NoError(t, err)
	done := map[string]int{}
	for _, name := range names {
		kind, _, _ := strings.Cut(filepath.Base(name), "-")
		if kind == "block" {
			continue
		}
		head, plain := readVector(t, name)
		cipher, err := hex.DecodeString(head["ciphertext"])
		require.NoError(t, err)
		key := []string{"--key-hex", head["key"]}
		opened := runOn(string(cipher), "decrypt", key[0], key[1])
		openedHex := runOn(head["ciphertext"], "decrypt", "--hex", key[0], key[1])
		done[kind]++
		if kind == "refuse" {
			require.Equal(t, exitFindings, opened.exit, name)
			require.Equal(t, exitFindings, openedHex.exit, name)
			require.Empty(t, opened.stdout+openedHex.stdout, name)
			require.Contains(t, opened.stderr, "msdkgen: stdin: the ", name)
			continue
		}
		require.Equal(t, result{stdout: plain}, opened, name)
		require.Equal(t, result{stdout: hex.EncodeToString([]byte(plain)) + "\n"}, openedHex, name)
		if random := head["random"]; random != "" && strings.Trim(random, "0") == "" {
			done["zero"]++
			require.Equal(t, result{stdout: string(cipher)}, runOn(plain, "encrypt", "--zero-random", key[0], key[1]), name)
			digits := hex.EncodeToString([]byte(plain))
			require.Equal(t, result{stdout: head["ciphertext"] + "\n"},
				runOn(" "+strings.ToUpper(digits[:4])+"\r\n\t"+digits[4:]+"\n", "encrypt", "--hex", "--zero-random", key[0], key[1]), name)
		}
	}
	require.Equal(t, map[string]int{"encrypt": 13, "brace": 2, "decrypt": 3, "refuse": 17, "zero": 8}, done)
}

func readVector(t *testing.T, name string) (head map[string]string, text string) {
	t.Helper()
	content, err := os.ReadFile(name)
	require.NoError(t, err)
	lines, text, ok := strings.Cut(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n\n")
	require.True(t, ok, name)
	head = map[string]string{}
	for line := range strings.SplitSeq(lines, "\n") {
		key, value, _ := strings.Cut(line, ": ")
		head[key] = value
	}
	return head, strings.TrimSuffix(text, "\n")
}

func TestEncryptIsRandom(t *testing.T) {
	seen := map[string]bool{}
	for range 4 {
		got := runOn("x", "encrypt", "--key", testKeyText)
		require.Equal(t, exitDone, got.exit, got.stderr)
		require.Equal(t, result{stdout: "x"}, runOn(got.stdout, "decrypt", "--key", testKeyText))
		seen[got.stdout] = true
	}
	require.Len(t, seen, 4)
}

// Every way to give a key leads to the same one.
func TestCipherKeys(t *testing.T) {
	want := result{stdout: "866ea2e2acfa9309849e59be1de798d4bd406a0abcf56526\n"}
	encrypt := func(args ...string) result {
		return runOn("31323334353637", append([]string{"encrypt", "--hex", "--zero-random"}, args...)...)
	}
	require.Equal(t, want, encrypt("--key", testKeyText))
	require.Equal(t, want, encrypt("--key-hex", testKeyHex))
	require.Equal(t, want, encrypt("--key-hex", strings.ToUpper(testKeyHex)))
	for _, content := range []string{testKeyText, testKeyText + "\n", testKeyText + "\r\n", testKeyHex, testKeyHex + "\n", testKeyHex + "\r\n"} {
		project(t, "key", content)
		require.Equal(t, want, encrypt("--key-file", "key"), "%q", content)
	}
	t.Setenv(keyEnvironment, testKeyHex)
	require.Equal(t, want, encrypt())
	t.Setenv(keyEnvironment, strings.Repeat("00", 16))
	require.Equal(t, want, encrypt("--key", testKeyText), "a flag goes before the environment")
	// 16 bytes of any value are a key, also one that ends as a line does.
	project(t, "key", "\xff\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\n")
	require.Equal(t, exitDone, encrypt("--key-file", "key").exit)
}

// No message repeats any of what may be a key, wherever it was put.
func TestCipherMistakes(t *testing.T) {
	const secret = "feedface"
	tests := []struct {
		name  string
		key   string // content of the file key
		env   string
		args  []string
		stdin string
		want  string
	}{
		{"no key", "", "", nil, "", "there is no key: give --key-file, or MSDKGEN_KEY_HEX"},
		{"an empty key", "", "", []string{"--key", ""}, "", "--key: a msdktea key has 16 bytes, this one has 0"},
		{"a short key", "", "", []string{"--key", secret}, "", "--key: a msdktea key has 16 bytes, this one has 8"},
		{"characters are not bytes", "", "", []string{"--key", "feedfacefeedfaceé"[8:]}, "", "this one has 10"},
		{"hexadecimal as text", "", "", []string{"--key", strings.Repeat(secret, 4)}, "", "which --key-hex reads"},
		{"text as hexadecimal", "", "", []string{"--key-hex", secret + "xxxxxxxx"}, "", "--key-hex is not hexadecimal"},
		{"odd digits", "", "", []string{"--key-hex", secret + "f"}, "", "--key-hex has an odd number"},
		{"few digits", "", "", []string{"--key-hex", secret}, "", "--key-hex: a msdktea key has 16 bytes, this one has 4"},
		{"a bad environment", "", secret, nil, "", "MSDKGEN_KEY_HEX: a msdktea key has 16 bytes, this one has 4"},
		{"an empty environment", "", " ", nil, "", "this one has 0"},
		{"two keys", "", "", []string{"--key", secret, "--key-hex", secret}, "", "--key and --key-hex: one of them is enough"},
		{"no file", "", "", []string{"--key-file", "none"}, "", "--key-file: open none"},
		{"a folder", "", "", []string{"--key-file", "."}, "", "--key-file: read ."},
		{"a short file", secret, "", []string{"--key-file", "key"}, "", "key holds neither 16 bytes nor 32 hexadecimal digits"},
		{"a long file", strings.Repeat(secret, 1000), "", []string{"--key-file", "key"}, "", "key holds neither"},
		{"15 characters and a line end", secret + "1234567\n", "", []string{"--key-file", "key"}, "", "holds a text of 15 bytes and a line end"},
		{"14 characters and a line end", secret + "123456\r\n", "", []string{"--key-file", "key"}, "", "holds a text of 14 bytes and a line end"},
		{"a key without its flag", "", "", []string{secret}, "", "reads stdin and takes no argument"},
		{"a key for another flag", "", "", []string{"--hex=" + secret}, "", "invalid boolean value for -hex"},
		{"a hyphen too many", "", "", []string{"---key=" + secret}, "", "bad flag syntax: ---key;"},
		{"an unknown flag", "", "", []string{"--key_hex=" + secret}, "", "not defined: -key_hex"},
		{"not hexadecimal", "", "", []string{"--hex", "--key", testKeyText}, secret + "g", "stdin is not hexadecimal"},
		{"odd input", "", "", []string{"--hex", "--key", testKeyText}, secret + "f", "stdin has an odd number"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			project(t, "key", test.key)
			t.Setenv(keyEnvironment, test.env)
			if test.env == "" {
				require.NoError(t, os.Unsetenv(keyEnvironment))
			}
			for _, command := range []string{"encrypt", "decrypt"} {
				got := runOn(test.stdin, append([]string{command}, test.args...)...)
				require.Equal(t, exitFailed, got.exit, got.stderr)
				require.Empty(t, got.stdout)
				require.Contains(t, got.stderr, test.want)
				require.NotContains(t, got.stderr, secret)
			}
		})
	}
}

// What a body that does not decrypt may be.
func TestDecryptSuspects(t *testing.T) {
	good := runOn("1234567", "encrypt", "--zero-random", "--key", testKeyText).stdout
	tests := []struct{ name, stdin, want string }{
		{"nothing", "", "shorter than 16 bytes; there is nothing on it"},
		{"JSON", `{"ret":0,"msg":"ok"}`, "; it is JSON"},
		{"hexadecimal", hex.EncodeToString([]byte(good)) + "\n", "; it looks like hexadecimal, which --hex reads"},
		{"a line feed more", good + "\n", "; it ends in a line feed"},
		{"cut off", good[:16], "the ciphertext is damaged, or was made with another key\n"},
		{"a byte less", good[:23], "the length of the ciphertext is not a multiple of 8\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := runOn(test.stdin, "decrypt", "--key", testKeyText)
			require.Equal(t, exitFindings, got.exit)
			require.Empty(t, got.stdout)
			require.Contains(t, got.stderr, test.want)
		})
	}
	asHex := runOn("00 11", "decrypt", "--hex", "--key", testKeyText)
	require.Equal(t, result{exitFindings, "", "msdkgen: stdin: the ciphertext is shorter than 16 bytes\n"}, asHex)
}

// endless is a stdin that never ends; it counts what is taken from it.
type endless struct{ taken int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	e.taken += len(p)
	return len(p), nil
}

func TestCipherReadsNotWithoutBound(t *testing.T) {
	for _, args := range [][]string{{"encrypt"}, {"decrypt"}} {
		source := new(endless)
		var stdout, stderr bytes.Buffer
		exit := Run(append(args, "--key", testKeyText), source, &stdout, &stderr)
		require.Equal(t, exitFailed, exit)
		require.Empty(t, stdout.String())
		require.Equal(t, "msdkgen: stdin holds more than 64 MiB\n", stderr.String())
		require.LessOrEqual(t, source.taken, maxPlain+maxFrame+1)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error)  { return 0, errors.New("unplugged") }
func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestCipherBrokenStreams(t *testing.T) {
	var stdout, stderr bytes.Buffer
	require.Equal(t, exitFailed, Run([]string{"encrypt", "--key", testKeyText}, broken{}, &stdout, &stderr))
	require.Equal(t, "msdkgen: stdin cannot be read: unplugged\n", stderr.String())
	stderr.Reset()
	require.Equal(t, exitFailed, Run([]string{"encrypt", "--key", testKeyText}, strings.NewReader(""), broken{}, &stderr))
	require.Equal(t, "msdkgen: stdout cannot be written: io: read/write on closed pipe\n", stderr.String())
}

// The examples in the help give what they promise.
func TestCipherHelp(t *testing.T) {
	const key = "000102030405060708090a0b0c0d0e0f"
	for _, command := range []string{"encrypt", "decrypt"} {
		help := run("help", command).stdout
		require.Contains(t, help, "Other users of the machine can read the flags of a running command")
		require.Contains(t, help, key)
	}
	require.Equal(t, "39f9b073052982641f965c389351f56b\n", runOn("313233343536", "encrypt", "--hex", "--zero-random", "--key-hex", key).stdout)
	require.Equal(t, "313233343536\n", runOn("39f9b073052982641f965c389351f56b", "decrypt", "--hex", "--key-hex", key).stdout)
}
