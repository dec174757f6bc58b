package support

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// teaVector is one file of golden/wire/known/msdktea; the README of the folder above describes them.
type teaVector struct {
	name       string
	key        string
	random     []byte // nil: not known
	block      []byte // nil: a message
	plain      []byte
	ciphertext []byte
	fault      string // not empty: has to be refused
}

func teaVectors(t testing.TB) []teaVector {
	t.Helper()
	names, err := filepath.Glob("../../golden/wire/known/msdktea/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []teaVector
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		head, plain, ok := strings.Cut(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n\n")
		if !ok {
			t.Fatalf("%s: no blank line between head and text", name)
		}
		v := teaVector{name: strings.TrimSuffix(filepath.Base(name), ".txt"), plain: []byte(strings.TrimSuffix(plain, "\n"))}
		for line := range strings.SplitSeq(head, "\n") {
			key, value, _ := strings.Cut(line, ": ")
			switch key {
			case "key":
				v.key = string(unhex(t, value))
			case "random":
				v.random = unhex(t, value)
			case "block":
				v.block = unhex(t, value)
			case "ciphertext":
				v.ciphertext = unhex(t, value)
			case "fault":
				v.fault = value
			default:
				if !strings.HasPrefix(line, "# ") {
					t.Fatalf("%s: %q is no head line", name, line)
				}
			}
		}
		all = append(all, v)
	}
	return all
}

func unhex(t testing.TB, digits string) []byte {
	t.Helper()
	b, err := hex.DecodeString(digits)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func testTeaKey(t testing.TB, secret string) teaKey {
	t.Helper()
	key, err := newTeaKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

const otherTeaKey = "0123456789abcdef"

func TestTeaKnownAnswers(t *testing.T) {
	kinds := map[string]int{}
	for _, v := range teaVectors(t) {
		kind, _, _ := strings.Cut(v.name, "-")
		kinds[kind]++
		t.Run(v.name, func(t *testing.T) {
			key := testTeaKey(t, v.key)
			switch {
			case v.block != nil:
				testTeaBlock(t, v)
				return
			case v.fault != "":
				if plain, err := decrypted(v.ciphertext, key); err == nil || plain != nil {
					t.Errorf("%s: taken for %x", v.fault, plain)
				}
				if _, err := referenceDecrypt(v.ciphertext, []byte(v.key)); err == nil {
					t.Errorf("%s: the reference takes it", v.fault)
				}
				return
			}
			plain, err := decrypted(v.ciphertext, key)
			if err != nil || !bytes.Equal(plain, v.plain) {
				t.Errorf("got %q, %v", plain, err)
			}
			for _, header := range []string{"", "msdktea"} {
				plain, encrypted, err := openBody(v.ciphertext, header, key)
				if err != nil || !encrypted || !bytes.Equal(plain, v.plain) {
					t.Errorf("openBody with header %q: %q, %v, %v", header, plain, encrypted, err)
				}
			}
			if v.random == nil {
				return
			}
			random := bytes.NewReader(v.random)
			ciphertext, err := appendEncrypted(nil, v.plain, key, random)
			if err != nil || !bytes.Equal(ciphertext, v.ciphertext) {
				t.Errorf("got %x, %v", ciphertext, err)
			}
			if random.Len() != 0 {
				t.Errorf("%d random bytes were not drawn", random.Len())
			}
		})
	}
	if fmt.Sprint(kinds) != "map[block:2 brace:2 decrypt:3 encrypt:13 refuse:17]" {
		t.Errorf("the folder holds %v", kinds)
	}
}

// testTeaBlock tries the bare cipher: the first block of a chain.
func testTeaBlock(t *testing.T, v teaVector) {
	key := testTeaKey(t, v.key)
	got := bytes.Clone(v.block)
	encryptTea(got, *key.words)
	if !bytes.Equal(got, v.ciphertext) {
		t.Errorf("encrypted: %x", got)
	}
	if reference := referenceBlock(v.block, []byte(v.key), true); !bytes.Equal(reference, v.ciphertext) {
		t.Errorf("the reference gives %x", reference)
	}
	decryptTea(got, v.ciphertext, *key.words)
	if !bytes.Equal(got, v.block) {
		t.Errorf("decrypted: %x", got)
	}
}

func TestTeaKey(t *testing.T) {
	for _, secret := range []string{"", "0123456789abcde", "0123456789abcdefg", strings.Repeat("61", 16), "ключключключ"} {
		key, err := newTeaKey(secret)
		if err == nil || !key.isZero() {
			t.Fatalf("a key of %d bytes is taken", len(secret))
		}
		if secret != "" && strings.Contains(err.Error(), secret) || !strings.Contains(err.Error(), fmt.Sprint("has ", len(secret))) {
			t.Errorf("the error says %q", err)
		}
	}
	key := testTeaKey(t, "\x00\x00\x00\x01\xff\xfe\xfd\xfcключ"[:16])
	if (*key.words)[0] != 1 || (*key.words)[1] != 0xfffefdfc || key.isZero() {
		t.Error("words are big-endian")
	}
	if !(teaKey{}).isZero() {
		t.Error("the zero key")
	}
	key = testTeaKey(t, canaryKey[:16])
	first := fmt.Sprint(binary.BigEndian.Uint32([]byte(canaryKey)))
	type holder struct {
		Shown  teaKey
		hidden teaKey
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o", "%c", "%U", "%t", "%e"} {
		for _, v := range []any{key, &key, holder{key, key}, &holder{key, key}, []teaKey{key}} {
			if text := fmt.Sprintf(verb, v); leaks(text) || strings.Contains(text, first) {
				t.Errorf("%s of %T: %s", verb, v, text)
			}
		}
	}
}

func TestAppendEncrypted(t *testing.T) {
	key := testTeaKey(t, otherTeaKey)
	random := bytes.Repeat([]byte{0xa5}, 10)
	for n := range 40 {
		plain := bytes.Repeat([]byte{'x'}, n)
		alone, err := appendEncrypted(nil, plain, key, bytes.NewReader(random))
		if err != nil || len(alone)%8 != 0 || len(alone) < n+10 || len(alone) > n+17 {
			t.Fatalf("%d bytes become %d, %v", n, len(alone), err)
		}
		// What is in the way stays, and what lay behind it before does not get into the tail.
		room := bytes.Repeat([]byte{0xee}, 80)
		behind, err := appendEncrypted(room[:5], plain, key, bytes.NewReader(random))
		if err != nil || string(behind[:5]) != "\xee\xee\xee\xee\xee" || !bytes.Equal(behind[5:], alone) || &behind[0] != &room[0] {
			t.Fatalf("%d bytes behind others: %x, %v", n, behind, err)
		}
		copy(room, plain)
		if over, err := appendEncrypted(room[:0], room[:n], key, bytes.NewReader(random)); err != nil || !bytes.Equal(over, alone) {
			t.Fatalf("%d bytes in their own place: %x, %v", n, over, err)
		}
	}
	kept := []byte("kept")
	if dst, err := appendEncrypted(kept, []byte("x"), teaKey{}, bytes.NewReader(random)); !errors.Is(err, errTeaNoKey) || string(dst) != "kept" {
		t.Errorf("without a key: %q, %v", dst, err)
	}
	if dst, err := appendEncrypted(kept, []byte("x"), key, bytes.NewReader(random[:2])); !errors.Is(err, randomError{}) || string(dst) != "kept" {
		t.Errorf("without random numbers: %q, %v", dst, err)
	}
}

func TestTeaAllocations(t *testing.T) {
	key := testTeaKey(t, otherTeaKey)
	plain, random, room := bytes.Repeat([]byte("x"), 5000), bytes.NewReader(nil), make([]byte, 0, 6000)
	ciphertext, err := appendEncrypted(nil, plain, key, bytes.NewReader(make([]byte, 10)))
	if err != nil {
		t.Fatal(err)
	}
	ten := make([]byte, 10)
	for name, c := range map[string]struct {
		want float64
		do   func() error
	}{
		"encrypt":              {1, func() error { random.Reset(ten); _, err := appendEncrypted(nil, plain, key, random); return err }},
		"encrypt, room enough": {0, func() error { random.Reset(ten); _, err := appendEncrypted(room, plain, key, random); return err }},
		"decrypt":              {1, func() error { _, err := decrypted(ciphertext, key); return err }},
		"open":                 {1, func() error { _, _, err := openBody(ciphertext, teaCoding, key); return err }},
	} {
		if got := testing.AllocsPerRun(50, func() {
			if err := c.do(); err != nil {
				t.Error(err)
			}
		}); got != c.want {
			t.Errorf("%s: %v allocations, not %v", name, got, c.want)
		}
	}
}

// Every length, every bit: what was touched is refused or, if it is plaintext that changed, at least no longer the same.
func TestDecryptedIsStrict(t *testing.T) {
	key := testTeaKey(t, otherTeaKey)
	plain := []byte(`{"ret":0,"msg":"ok"}`)
	good, err := appendEncrypted(nil, plain, key, bytes.NewReader(make([]byte, 10)))
	if err != nil {
		t.Fatal(err)
	}
	for n := range good {
		want := errTeaFrame
		switch {
		case n < 16:
			want = errTeaShort
		case n%8 != 0:
			want = errTeaBlocks
		}
		if got, err := decrypted(good[:n], key); !errors.Is(err, want) {
			t.Errorf("the first %d bytes are taken for %q, %v", n, got, err)
		}
	}
	if got, err := decrypted(append(bytes.Clone(good), 0), key); err == nil {
		t.Errorf("a byte more is taken for %q", got)
	}
	for bit := range 8 * len(good) {
		bad := bytes.Clone(good)
		bad[bit/8] ^= 1 << (bit % 8)
		if got, err := decrypted(bad, key); err == nil {
			t.Errorf("with bit %d changed it is taken for %q", bit, got)
		}
	}
	for bit := range 128 {
		secret := []byte(otherTeaKey)
		secret[bit/8] ^= 1 << (bit % 8)
		_, err := decrypted(good, testTeaKey(t, string(secret)))
		// TEA has four keys for each cipher, because the high bits of two words cancel out. One bit alone never does.
		if !errors.Is(err, errTeaFrame) {
			t.Errorf("with bit %d of the key changed: %v", bit, err)
		}
	}
	if _, err := decrypted(good, teaKey{}); !errors.Is(err, errTeaNoKey) {
		t.Error(err)
	}
	got, err := decrypted(good, key)
	if err != nil || cap(got) != len(plain) {
		t.Errorf("appending to the body would write into the tail: capacity %d, %v", cap(got), err)
	}
}

func TestOpenBody(t *testing.T) {
	key := testTeaKey(t, otherTeaKey)
	answer := `{"ret":0,"msg":"ok"}`
	ciphertext, err := appendEncrypted(nil, []byte(answer), key, bytes.NewReader(make([]byte, 10)))
	if err != nil {
		t.Fatal(err)
	}
	text := string(ciphertext)
	block := `{"ret":1,"a":12}` // as long as a ciphertext
	for name, c := range map[string]struct {
		body, header string
		key          teaKey
		plain        string
		encrypted    bool
		err          error
	}{
		"encrypted, says so":                   {text, "msdktea", key, answer, true, nil},
		"encrypted, says so otherwise":         {text, " MSDKTEA\t", key, answer, true, nil},
		"encrypted, says nothing":              {text, "", key, answer, true, nil},
		"plain, says encrypted":                {answer, "msdktea", key, "", true, errTeaBlocks},
		"plain, says encrypted, as long":       {block, "msdktea", key, "", true, errTeaFrame},
		"plain":                                {answer, "", key, answer, false, nil},
		"plain, as long as a ciphertext":       {block, "", key, block, false, nil},
		"plain, not an object":                 {` "down for maintenance" `, "", key, ` "down for maintenance" `, false, nil},
		"not JSON":                             {"<html>502</html>", "", key, "", false, errTeaPlain},
		"nothing":                              {"", "", key, "", false, errTeaPlain},
		"nothing, says encrypted":              {"", "msdktea", key, "", true, errTeaShort},
		"another key":                          {text, "", testTeaKey(t, canaryKey[:16]), "", false, errTeaPlain},
		"another key, says so":                 {text, "msdktea", testTeaKey(t, canaryKey[:16]), "", true, errTeaFrame},
		"another cipher":                       {text, "aes", key, "", false, errTeaCoding},
		"the header as a document garbles it":  {text, "msdktea;![](guild)", key, "", false, errTeaCoding},
		"no key":                               {answer, "", teaKey{}, answer, false, nil},
		"no key, any bytes":                    {"<html>", "", teaKey{}, "<html>", false, nil},
		"no key, says encrypted":               {text, "msdktea", teaKey{}, "", true, errTeaNoKey},
		"no key, another cipher":               {text, "aes", teaKey{}, "", false, errTeaCoding},
		"deep JSON is checked without a crash": {strings.Repeat("[", 100_001), "", key, "", false, errTeaPlain},
	} {
		plain, encrypted, err := openBody([]byte(c.body), c.header, c.key)
		if string(plain) != c.plain || encrypted != c.encrypted || !errors.Is(err, c.err) {
			t.Errorf("%s: %q, %v, %v", name, plain, encrypted, err)
		}
	}
	if teaHeader != "Content-Encrypt" || teaAccept != "Accept-Encrypt" {
		t.Error("the names of the headers")
	}
}

// A ciphertext that begins with a brace is no JSON, and JSON under a key is no ciphertext.
func TestBraceProvesNothing(t *testing.T) {
	n := 0
	for _, v := range teaVectors(t) {
		if !strings.HasPrefix(v.name, "brace-") {
			continue
		}
		n++
		if v.ciphertext[0] != '{' || json.Valid(v.ciphertext) {
			t.Errorf("%s: %q", v.name, v.ciphertext)
		}
		if plain, encrypted, err := openBody(v.ciphertext, "", testTeaKey(t, otherTeaKey)); err == nil {
			t.Errorf("%s under another key: %q, %v", v.name, plain, encrypted)
		}
	}
	if n == 0 {
		t.Error("there is none")
	}
}

func BenchmarkTea(b *testing.B) {
	key := testTeaKey(b, otherTeaKey)
	ten := make([]byte, 10)
	for _, size := range []int{150, 64 << 10} { // a request, and a large answer
		plain, random := bytes.Repeat([]byte("x"), size), bytes.NewReader(nil)
		ciphertext, err := appendEncrypted(nil, plain, key, bytes.NewReader(ten))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("encrypt/%d", size), func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				random.Reset(ten)
				if _, err := appendEncrypted(nil, plain, key, random); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("decrypt/%d", size), func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := decrypted(ciphertext, key); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
