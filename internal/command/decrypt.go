package command

// The command decrypt. Besides doing it, it says what may have happened to a ciphertext on its way here.

import (
	"bytes"
	"encoding/json"

	"github.com/msdkgen/msdkgen/templates/support"
)

func decryptCommand() command {
	return command{
		name: "decrypt", args: "[--hex] [--key-file FILE | --key-hex HEX | --key TEXT]",
		summary: "decrypt stdin with msdktea",
		details: `Reads a body from stdin as it came over the wire, decrypts it with msdktea and writes the plaintext to stdout. At most 64 MiB
are read. A body of the wrong length, one that was damaged or cut off, and one that was made with another key is refused, and
nothing is written. Somebody who changes a body on purpose is not found out: that takes a signature, and HTTPS.

  --hex            stdin and stdout are hexadecimal; white space on stdin does not count
` + keyHelp + `
Exit codes: 0 done; 1 the ciphertext is not good; 2 wrong usage, or it could not be done.

Examples:
  msdkgen decrypt --key-file msdktea.key <answer.bin
  curl --silent -H 'Accept-Encrypt: msdktea' URL | MSDKGEN_KEY_HEX=000102030405060708090a0b0c0d0e0f msdkgen decrypt
  printf 39f9b073052982641f965c389351f56b | msdkgen decrypt --hex --key-hex 000102030405060708090a0b0c0d0e0f
`,
		run: decrypt,
	}
}

func decrypt(c *call) int {
	b, exit, ok := c.cipherBody(maxPlain + maxFrame)
	if !ok {
		return exit
	}
	plain, err := support.DecryptTea(b.text, b.key)
	if err != nil {
		c.message("stdin: %v%s", err, suspicion(b))
		return exitFindings
	}
	return c.deliver(plain, b.hex)
}

// suspicion says what a body that does not decrypt looks like, empty if like nothing in particular. A body is looked at as a whole: the
// first byte of a ciphertext is any byte.
func suspicion(b cipherBody) string {
	switch n := len(b.text); {
	case n == 0:
		return "; there is nothing on it"
	case json.Valid(b.text):
		return "; it is JSON, so it may never have been encrypted"
	case b.hex:
		return ""
	case decodeHex(withoutSpace(bytes.Clone(b.text))) == "":
		return "; it looks like hexadecimal, which --hex reads"
	case n%8 == 1 && b.text[n-1] == '\n':
		return "; it ends in a line feed that may have been added on the way"
	}
	return ""
}
