package support

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"testing"
)

// The definition of msdktea once more, as plainly as it can be written: a frame that is built by appending, a cipher for one block, a
// chain that keeps every block. It shares nothing with msdktea.go, because an error that encryption and decryption have in common
// (a round too few, say) is seen by no test that only goes there and back.

// referenceBlock is TEA for one block of 8 bytes.
func referenceBlock(block, key []byte, encrypt bool) []byte {
	y, z := binary.BigEndian.Uint32(block[0:4]), binary.BigEndian.Uint32(block[4:8])
	a, b := binary.BigEndian.Uint32(key[0:4]), binary.BigEndian.Uint32(key[4:8])
	c, d := binary.BigEndian.Uint32(key[8:12]), binary.BigEndian.Uint32(key[12:16])
	for i := 1; i <= 16; i++ {
		if encrypt {
			sum := uint32(i) * 0x9E3779B9
			y += ((z << 4) + a) ^ (z + sum) ^ ((z >> 5) + b)
			z += ((y << 4) + c) ^ (y + sum) ^ ((y >> 5) + d)
		} else {
			sum := uint32(17-i) * 0x9E3779B9
			z -= ((y << 4) + c) ^ (y + sum) ^ ((y >> 5) + d)
			y -= ((z << 4) + a) ^ (z + sum) ^ ((z >> 5) + b)
		}
	}
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, y), z)
}

func xorBlocks(a, b []byte) []byte {
	c := make([]byte, 8)
	for i := range c {
		c[i] = a[i] ^ b[i]
	}
	return c
}

// referencePadding is how many bytes of padding a body of n bytes gets.
func referencePadding(n int) int {
	pad := 0
	for (1+pad+2+n+7)%8 != 0 {
		pad++
	}
	return pad
}

func referenceEncrypt(plain, key, random []byte) []byte {
	pad := referencePadding(len(plain))
	frame := []byte{random[0]/8*8 + byte(pad)}
	frame = append(frame, random[1:1+pad+2]...)
	frame = append(frame, plain...)
	return referenceChain(append(frame, 0, 0, 0, 0, 0, 0, 0), key)
}

// referenceChain encrypts a frame, whatever is in it.
func referenceChain(frame, key []byte) []byte {
	x, c := [][]byte{make([]byte, 8)}, [][]byte{make([]byte, 8)}
	for i := 0; 8*i < len(frame); i++ {
		x = append(x, xorBlocks(frame[8*i:8*i+8], c[i]))
		c = append(c, xorBlocks(referenceBlock(x[i+1], key, true), x[i]))
	}
	return bytes.Join(c[1:], nil)
}

var errReference = errors.New("refused by the reference")

func referenceDecrypt(ciphertext, key []byte) ([]byte, error) {
	if len(ciphertext) < 16 || len(ciphertext)%8 != 0 {
		return nil, errReference
	}
	x, c := [][]byte{make([]byte, 8)}, [][]byte{make([]byte, 8)}
	var frame []byte
	for i := 0; 8*i < len(ciphertext); i++ {
		c = append(c, ciphertext[8*i:8*i+8])
		x = append(x, referenceBlock(xorBlocks(c[i+1], x[i]), key, false))
		frame = append(frame, xorBlocks(x[i+1], c[i])...)
	}
	pad := int(frame[0] % 8)
	if len(frame)-1-pad-2-7 < 0 {
		return nil, errReference
	}
	for _, b := range frame[len(frame)-7:] {
		if b != 0 {
			return nil, errReference
		}
	}
	return frame[1+pad+2 : len(frame)-7], nil
}

// fuzzKey makes a key of any bytes.
func fuzzKey(key []byte) string {
	var full [16]byte
	copy(full[:], key)
	return string(full[:])
}

// FuzzTea goes there and back, beside the reference.
func FuzzTea(f *testing.F) {
	for _, v := range teaVectors(f) {
		f.Add(v.plain, []byte(v.key), v.random)
	}
	f.Fuzz(func(t *testing.T, plain, secret, random []byte) {
		key := testTeaKey(t, fuzzKey(secret))
		// Copied: the fuzzing engine may keep several arguments in the same memory.
		random = append(bytes.Clone(random), make([]byte, 10)...)[:10]
		want := referenceEncrypt(plain, []byte(fuzzKey(secret)), random)
		source := bytes.NewReader(random)
		ciphertext, err := appendEncrypted(nil, plain, key, source)
		if err != nil || !bytes.Equal(ciphertext, want) {
			t.Fatalf("%x is encrypted as %x, not %x, %v", plain, ciphertext, want, err)
		}
		if drawn := len(random) - source.Len(); drawn != 1+referencePadding(len(plain))+2 {
			t.Fatalf("%d random bytes for %d bytes", drawn, len(plain))
		}
		if got, err := decrypted(ciphertext, key); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("%x comes back as %x, %v", plain, got, err)
		}
	})
}

// FuzzTeaDecrypt decrypts and opens anything, beside the reference.
func FuzzTeaDecrypt(f *testing.F) {
	for _, v := range teaVectors(f) {
		f.Add(v.ciphertext, []byte(v.key), "")
		f.Add(v.plain, []byte(v.key), "msdktea")
	}
	f.Fuzz(func(t *testing.T, ciphertext, secret []byte, header string) {
		key, before := testTeaKey(t, fuzzKey(secret)), bytes.Clone(ciphertext)
		want, refused := referenceDecrypt(ciphertext, []byte(fuzzKey(secret)))
		got, err := decrypted(ciphertext, key)
		if (err == nil) != (refused == nil) || !bytes.Equal(got, want) {
			t.Fatalf("%x is decrypted to %x, %v; not %x, %v", ciphertext, got, err, want, refused)
		}
		plain, encrypted, opened := openBody(ciphertext, header, key)
		switch {
		case err == nil && (header == "" || header == teaCoding):
			if opened != nil || !encrypted || !bytes.Equal(plain, want) {
				t.Fatalf("%x is opened as %x, %v, %v", ciphertext, plain, encrypted, opened)
			}
		case header == "" && json.Valid(ciphertext):
			if opened != nil || encrypted || !bytes.Equal(plain, ciphertext) {
				t.Fatalf("%q is opened as %q, %v, %v", ciphertext, plain, encrypted, opened)
			}
		case opened == nil && (header == "" || header == teaCoding):
			t.Fatalf("%x is opened as %x", ciphertext, plain)
		}
		if !bytes.Equal(ciphertext, before) {
			t.Fatal("the input has changed")
		}
	})
}

// FuzzTeaFrame decrypts what only a sender with the key can make: frames with any head, and one byte of the tail that is not as
// it has to be. Bytes at random nearly never get that far.
func FuzzTeaFrame(f *testing.F) {
	f.Add([]byte("\x00abcdefg"), []byte(otherTeaKey), byte(0), byte(0))
	f.Add([]byte("\x07abcdefg"), []byte(otherTeaKey), byte(0), byte(0))
	f.Add([]byte("\xfdabcdefgh0123456789"), []byte(otherTeaKey), byte(6), byte(1))
	f.Fuzz(func(t *testing.T, front, secret []byte, at, value byte) {
		frame := append(bytes.Clone(front), make([]byte, referencePadding(len(front)-1-2)+7)...)
		frame[len(frame)-7+int(at%7)] = value
		ciphertext := referenceChain(frame, []byte(fuzzKey(secret)))
		want, refused := referenceDecrypt(ciphertext, []byte(fuzzKey(secret)))
		got, err := decrypted(ciphertext, testTeaKey(t, fuzzKey(secret)))
		if (err == nil) != (refused == nil) || !bytes.Equal(got, want) {
			t.Fatalf("the frame %x is decrypted to %x, %v; not %x, %v", frame, got, err, want, refused)
		}
	})
}
