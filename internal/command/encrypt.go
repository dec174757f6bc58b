package command

// The command encrypt, and what it shares with decrypt: how bodies come in and go out, as bytes or as hexadecimal. Both run the code that
// generated packages have.

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/msdkgen/msdkgen/templates/support"
)

// maxPlain bounds what is read, in bytes of plaintext. Bodies on the wire have a few megabytes at most; whoever sends more has taken the
// wrong file.
const maxPlain = 64 << 20

// maxFrame is by how much a ciphertext can be longer than its plaintext, in bytes.
const maxFrame = 17

func encryptCommand() command {
	return command{
		name: "encrypt", args: "[--hex] [--zero-random] [--key-file FILE | --key-hex HEX | --key TEXT]",
		summary: "encrypt stdin with msdktea",
		details: `Reads a body from stdin, encrypts it with msdktea and writes to stdout the bytes that go over the wire. At most 64 MiB are read.

  --hex            stdin and stdout are hexadecimal; white space on stdin does not count
  --zero-random    all random bits are 0, so that the same input gives the same output; for tests only
` + keyHelp + `
msdktea hides a body from a casual look. It does not prove who wrote it: use HTTPS as well.

Exit codes: 0 done; 2 wrong usage, or it could not be done.

Examples:
  msdkgen encrypt --key-file msdktea.key <request.json >request.bin
  printf '{"ret":0}' | MSDKGEN_KEY_HEX=000102030405060708090a0b0c0d0e0f msdkgen encrypt | curl --data-binary @- URL
  printf 313233343536 | msdkgen encrypt --hex --zero-random --key-hex 000102030405060708090a0b0c0d0e0f
`,
		run: encrypt,
	}
}

func encrypt(c *call) int {
	zero := c.flags.Bool("zero-random", false, "")
	b, exit, ok := c.cipherBody(maxPlain)
	if !ok {
		return exit
	}
	var random io.Reader = rand.Reader
	if *zero {
		random = zeros{}
	}
	ciphertext, err := support.EncryptTea(b.text, b.key, random)
	if err != nil {
		return c.fail(err)
	}
	return c.deliver(ciphertext, b.hex)
}

// zeros is a random source without chance.
type zeros struct{}

// Read fills p with zeros.
func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// cipherBody is what encrypt and decrypt work on.
type cipherBody struct {
	text []byte
	key  support.TeaKey
	hex  bool // of both streams
}

// cipherBody reads the flags that the two commands share, the key and stdin, of which at most limit bytes are taken; hexadecimal may be
// twice as long, and half of that again in white space. Unless the last result is true, the command is over with the exit code.
func (c *call) cipherBody(limit int) (b cipherBody, exit int, ok bool) {
	c.flags.BoolVar(&b.hex, "hex", false, "")
	source := c.keyFlags()
	rest, exit, ok := c.parse()
	if !ok {
		return b, exit, false
	}
	if len(rest) > 0 {
		// The argument is not repeated: it may be a key that lost its flag.
		return b, c.usage("%s reads stdin and takes no argument", c.command.name), false
	}
	var problem string
	if b.key, problem = source.key(); problem != "" {
		return b, c.usage("%s", problem), false
	}
	most := limit
	if b.hex {
		most = 3 * limit
	}
	text, err := io.ReadAll(io.LimitReader(c.stdin, int64(most)+1))
	if err != nil {
		return b, c.fail(fmt.Errorf("stdin cannot be read: %w", err)), false
	}
	tooLong := len(text) > most
	if b.hex && !tooLong {
		text = withoutSpace(text)
		if problem := decodeHex(text); problem != "" {
			return b, c.usage("stdin %s", problem), false
		}
		text = text[:len(text)/2]
		tooLong = len(text) > limit
	}
	if tooLong {
		c.message("stdin holds more than %d MiB", limit>>20)
		return b, exitFailed, false
	}
	b.text = text
	return b, exitDone, true
}

// deliver writes a result to stdout, hexadecimal with a line feed behind it.
func (c *call) deliver(text []byte, asHex bool) int {
	if asHex {
		text = append(hex.AppendEncode(make([]byte, 0, 2*len(text)+1), text), '\n')
	}
	if _, err := c.stdout.Write(text); err != nil {
		return c.fail(fmt.Errorf("stdout cannot be written: %w", err))
	}
	return exitDone
}

// withoutSpace removes white space in place.
func withoutSpace(text []byte) []byte {
	kept := text[:0]
	for _, b := range text {
		if b != ' ' && b != '\t' && b != '\r' && b != '\n' {
			kept = append(kept, b)
		}
	}
	return kept
}

// decodeHex decodes digits in place, into their first half. A complaint, empty if there is none, says nothing about the digits: they may
// be those of a key.
func decodeHex(digits []byte) string {
	switch {
	case len(bytes.Trim(digits, "0123456789abcdefABCDEF")) > 0:
		return "is not hexadecimal"
	case len(digits)%2 == 1:
		return "has an odd number of hexadecimal digits"
	}
	if _, err := hex.Decode(digits, digits); err != nil {
		return "is not hexadecimal"
	}
	return ""
}
