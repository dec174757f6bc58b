package support

// msdktea, the cipher that MSDK puts over a whole body: how a body is encrypted, how it is decrypted, and how a body that may be
// either is told apart. It is a file of its own because all that it takes are bytes, a key and random numbers: client, server and the
// commands of msdkgen use the same code, and a package without encryption does without it.
//
// The cipher is TEA with 16 rounds on blocks of 8 bytes, words and key big-endian. What is encrypted is a frame: one byte with 5 random
// bits and the padding's length in its low 3 bits, the padding, 2 bytes of salt (both random), the body, 7 zero bytes. The
// padding makes the frame a multiple of 8. Blocks are chained through what goes into the cipher and what comes out of it.
//
// The zero bytes at the end are all that a receiver can check. They find a wrong key and an accident; they do not stop somebody who
// changes a message on purpose. msdktea hides a body from a casual look and proves nothing: signature and HTTPS are needed as well.

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

const (
	// teaHeader and teaAccept are the headers of a call whose bodies are encrypted; teaCoding is the value of both.
	teaHeader = "Content-Encrypt"
	teaAccept = "Accept-Encrypt"
	teaCoding = "msdktea"

	teaKeySize   = 16
	teaBlockSize = 8
	teaRounds    = 16
	teaDelta     = 0x9E3779B9
	teaLastSum   = teaRounds * teaDelta & (1<<32 - 1)
	teaPadMask   = 7  // the bits of the first byte that hold the padding's length
	teaSalt      = 2  // random bytes between padding and body
	teaTail      = 7  // zero bytes behind the body
	teaShortest  = 16 // the frame of an empty body
)

var (
	errTeaNoKey  = errors.New("there is no msdktea key")
	errTeaShort  = errors.New("the ciphertext is shorter than 16 bytes")
	errTeaBlocks = errors.New("the length of the ciphertext is not a multiple of 8")
	// errTeaFrame does not say which of its two reasons holds: a sender who tries out ciphertexts must not learn it.
	errTeaFrame  = errors.New("the ciphertext is damaged, or was made with another key")
	errTeaCoding = errors.New("the header " + teaHeader + " asks for another cipher than " + teaCoding)
	errTeaPlain  = errors.New("the body is neither JSON nor encrypted with this key")
)

// teaKey is a key in the form that the cipher works with. The zero teaKey is none.
//
// It prints as ***. The words stand behind two pointers for the reason that [Key] gives.
type teaKey struct {
	words **[4]uint32
}

// newTeaKey parses a key, which has 16 bytes of any value.
func newTeaKey(secret string) (teaKey, error) {
	if len(secret) != teaKeySize {
		return teaKey{}, errors.New("a msdktea key has 16 bytes, this one has " + strconv.Itoa(len(secret)))
	}
	words := new([4]uint32)
	for i := range words {
		words[i] = binary.BigEndian.Uint32([]byte(secret[4*i : 4*i+4]))
	}
	return teaKey{&words}, nil
}

// isZero reports whether there is no key.
func (k teaKey) isZero() bool { return k.words == nil }

// Format implements [fmt.Formatter]: every verb prints ***.
func (k teaKey) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(masked)) }

// appendEncrypted appends the ciphertext of plain to dst. It takes as many bytes from random as the frame needs, 3 to 10. plain
// may overlap dst. The error is a missing key, or a randomError.
func appendEncrypted(dst, plain []byte, key teaKey, random io.Reader) ([]byte, error) {
	if key.isZero() {
		return dst, errTeaNoKey
	}
	pad := -(1 + teaSalt + len(plain) + teaTail) & teaPadMask
	head := 1 + pad + teaSalt
	start, end := len(dst), len(dst)+head+len(plain)+teaTail
	out := slices.Grow(dst, end-start)[:end]
	frame := out[start:]
	// The body first: writing anything else might write over it, where plain overlaps dst.
	copy(frame[head:], plain)
	clear(frame[head+len(plain):])
	// Read into the frame itself: a buffer of its own would have to be allocated, because random is an interface.
	if _, err := io.ReadFull(random, frame[:head]); err != nil {
		return dst, randomError{}
	}
	frame[0] = frame[0]&^teaPadMask | byte(pad)
	encryptTea(frame, *key.words)
	return out, nil
}

// decrypted returns the body out of a ciphertext. It is strict: the length, the padding's length and each of the 7 zero bytes have
// to be right.
func decrypted(ciphertext []byte, key teaKey) ([]byte, error) {
	switch {
	case key.isZero():
		return nil, errTeaNoKey
	case len(ciphertext) < teaShortest:
		return nil, errTeaShort
	case len(ciphertext)%teaBlockSize != 0:
		return nil, errTeaBlocks
	}
	frame := make([]byte, len(ciphertext))
	decryptTea(frame, ciphertext, *key.words)
	head := 1 + int(frame[0]&teaPadMask) + teaSalt
	end := len(frame) - teaTail
	// All of the tail is looked at before anything is decided, so that the time tells nothing about it.
	var tail byte
	for _, b := range frame[end:] {
		tail |= b
	}
	if tail != 0 || head > end {
		return nil, errTeaFrame
	}
	return frame[head:end:end], nil
}

// encryptTea encrypts whole blocks in place. With P for the plain blocks and C for the encrypted ones,
// X[i] = P[i] ^ C[i-1] and C[i] = E(X[i]) ^ X[i-1]; before the first block C and X are zero.
func encryptTea(blocks []byte, key *[4]uint32) {
	var c0, c1, x0, x1 uint32
	for ; len(blocks) >= teaBlockSize; blocks = blocks[teaBlockSize:] {
		block := blocks[:teaBlockSize]
		p0, p1 := binary.BigEndian.Uint32(block)^c0, binary.BigEndian.Uint32(block[4:])^c1
		v0, v1 := encryptTeaBlock(p0, p1, key)
		c0, c1, x0, x1 = v0^x0, v1^x1, p0, p1
		binary.BigEndian.PutUint32(block, c0)
		binary.BigEndian.PutUint32(block[4:], c1)
	}
}

// decryptTea decrypts whole blocks into dst, which is as long as src: X[i] = D(C[i] ^ X[i-1]) and P[i] = X[i] ^ C[i-1].
func decryptTea(dst, src []byte, key *[4]uint32) {
	var c0, c1, x0, x1 uint32
	for ; len(src) >= teaBlockSize && len(dst) >= teaBlockSize; src, dst = src[teaBlockSize:], dst[teaBlockSize:] {
		from, to := src[:teaBlockSize], dst[:teaBlockSize]
		n0, n1 := binary.BigEndian.Uint32(from), binary.BigEndian.Uint32(from[4:])
		x0, x1 = decryptTeaBlock(n0^x0, n1^x1, key)
		binary.BigEndian.PutUint32(to, x0^c0)
		binary.BigEndian.PutUint32(to[4:], x1^c1)
		c0, c1 = n0, n1
	}
}

// encryptTeaBlock is the cipher itself, E.
//
// Every step waits for the one before it, and every block for the one before it, so the operations of these loops are all of the
// time that msdktea takes; unrolling makes them slower. Inlined into the functions above they would share the registers with the
// chain, and the compiler would keep their words in memory: a quarter slower. The sum counts the rounds for the same reason.
//
//go:noinline
func encryptTeaBlock(v0, v1 uint32, key *[4]uint32) (uint32, uint32) {
	k0, k1, k2, k3 := key[0], key[1], key[2], key[3]
	for sum := uint32(teaDelta); ; sum += teaDelta {
		v0 += (v1<<4 + k0) ^ (v1 + sum) ^ (v1>>5 + k1)
		v1 += (v0<<4 + k2) ^ (v0 + sum) ^ (v0>>5 + k3)
		if sum == teaLastSum {
			return v0, v1
		}
	}
}

// decryptTeaBlock is D, the reverse of encryptTeaBlock.
//
//go:noinline
func decryptTeaBlock(v0, v1 uint32, key *[4]uint32) (uint32, uint32) {
	k0, k1, k2, k3 := key[0], key[1], key[2], key[3]
	for sum := uint32(teaLastSum); sum != 0; sum -= teaDelta {
		v1 -= (v0<<4 + k2) ^ (v0 + sum) ^ (v0>>5 + k3)
		v0 -= (v1<<4 + k0) ^ (v1 + sum) ^ (v1>>5 + k1)
	}
	return v0, v1
}

// openBody returns the plaintext of a body that came in, and whether it was encrypted; a client opens answers with it and a server
// requests. header is the value of the message's Content-Encrypt header, "" if it has none. The zero key stands for a side without
// a key: it takes what has no header as plaintext. A plaintext result is body itself.
//
// The header decides where there is one. Without it, what decrypts strictly was encrypted: among plain bodies one in 2^56 would
// pass for encrypted. Asking the other way round would not do, because the first byte proves nothing: one ciphertext in 256 begins
// with a brace. What does not decrypt is plaintext only if it is JSON, so that an answer under another key is reported as that.
func openBody(body []byte, header string, key teaKey) (plain []byte, encrypted bool, err error) {
	switch header = strings.Trim(header, " \t"); {
	case strings.EqualFold(header, teaCoding):
		plain, err = decrypted(body, key)
		return plain, true, err
	case header != "":
		return nil, false, errTeaCoding
	case key.isZero():
		return body, false, nil
	}
	if plain, err = decrypted(body, key); err == nil {
		return plain, true, nil
	}
	if json.Valid(body) {
		return body, false, nil
	}
	return nil, false, errTeaPlain
}
