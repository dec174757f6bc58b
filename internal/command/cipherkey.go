package command

// Where encrypt and decrypt have their key from. It is apart because of the one rule that holds for all of it: no message repeats any of a
// key, also of what only might be one.

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/msdkgen/msdkgen/templates/support"
)

const (
	keyEnvironment = "MSDKGEN_KEY_HEX"
	keySize        = 16  // bytes
	maxKeyFile     = 100 // bytes; more is no key, whatever it is
)

const keyHelp = `
The key has 16 bytes. It comes from one of

  --key-file FILE  a file with the 16 bytes, or with 32 hexadecimal digits; one line end behind them does not count
  MSDKGEN_KEY_HEX  in the environment: 32 hexadecimal digits; used if no flag names a key
  --key-hex HEX    32 hexadecimal digits
  --key TEXT       16 bytes of text

Other users of the machine can read the flags of a running command, and a shell keeps them in its history. For a key that matters
take a file or the environment.
`

// keySource is what the flags say about the key.
type keySource struct {
	flags           *flag.FlagSet
	file, hex, text string
}

func (c *call) keyFlags() *keySource {
	s := &keySource{flags: c.flags}
	c.flags.StringVar(&s.file, "key-file", "", "")
	c.flags.StringVar(&s.hex, "key-hex", "", "")
	c.flags.StringVar(&s.text, "key", "", "")
	return s
}

// key returns the key, or what is wrong about it.
func (s *keySource) key() (support.TeaKey, string) {
	var named []string
	s.flags.Visit(func(f *flag.Flag) {
		if f.Name == "key" || strings.HasPrefix(f.Name, "key-") {
			named = append(named, "--"+f.Name)
		}
	})
	if len(named) > 1 {
		return support.TeaKey{}, fmt.Sprintf("%s: one of them is enough", strings.Join(named, " and "))
	}
	from := keyEnvironment
	if len(named) == 1 {
		from = named[0]
	}
	switch from {
	case "--key":
		if looksHex([]byte(s.text)) {
			return support.TeaKey{}, "--key: a msdktea key has 16 bytes; these look like hexadecimal digits, which --key-hex reads"
		}
		return parsedKey(from, s.text)
	case "--key-file":
		return fileKey(s.file)
	case "--key-hex":
		return hexKey(from, s.hex)
	}
	digits, ok := os.LookupEnv(keyEnvironment)
	if !ok {
		return support.TeaKey{}, "there is no key: give --key-file, or " + keyEnvironment + " in the environment"
	}
	return hexKey(from, digits)
}

func parsedKey(from, secret string) (support.TeaKey, string) {
	key, err := support.NewTeaKey(secret)
	if err != nil {
		return key, fmt.Sprintf("%s: %v", from, err)
	}
	return key, ""
}

func hexKey(from, digits string) (support.TeaKey, string) {
	raw := []byte(strings.TrimSpace(digits))
	if problem := decodeHex(raw); problem != "" {
		return support.TeaKey{}, from + " " + problem
	}
	return parsedKey(from, string(raw[:len(raw)/2]))
}

// fileKey reads a key out of a file. The length tells bytes from digits.
func fileKey(name string) (support.TeaKey, string) {
	file, err := os.Open(name)
	if err != nil {
		return support.TeaKey{}, fmt.Sprintf("--key-file: %v", err)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxKeyFile))
	if err != nil {
		return support.TeaKey{}, fmt.Sprintf("--key-file: %v", err)
	}
	line := bytes.TrimSuffix(bytes.TrimSuffix(content, []byte("\n")), []byte("\r"))
	switch {
	case len(content) == keySize && len(line) < keySize && printable(line):
		// A byte too few and a line end: 16 bytes, but hardly the key.
		return support.TeaKey{}, fmt.Sprintf("--key-file: %s holds a text of %d bytes and a line end; a msdktea key has 16 bytes", name, len(line))
	case len(content) == keySize:
		line = content
	case looksHex(line):
		return hexKey("--key-file", string(line))
	case len(line) != keySize:
		return support.TeaKey{}, fmt.Sprintf("--key-file: %s holds neither 16 bytes nor 32 hexadecimal digits", name)
	}
	return parsedKey("--key-file", string(line))
}

// looksHex reports whether a text is a key in hexadecimal.
func looksHex(text []byte) bool { return len(text) == 2*keySize && decodeHex(bytes.Clone(text)) == "" }

func printable(text []byte) bool {
	for _, b := range text {
		if b < ' ' || b > '~' {
			return false
		}
	}
	return true
}
