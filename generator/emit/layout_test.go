package emit

import (
	"go/format"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// layout is go/format, byte by byte, for forms that it lays out itself and for those that it hands on.
func TestLayoutIsGofmt(t *testing.T) {
	const head = "// Code generated; DO NOT EDIT.\n\npackage p\n\n\n"
	for _, source := range []string{
		"type T struct{\n// A one.\nA Opt [string]\n// B two.\nB * T\n// C three.\nC [] * T\n// D four.\nD map [string] [] int\n}\n",
		"type T struct{\nA int\nLonger string\n}\n", "type T struct{}\n", "type T = Other\n", "type I interface{\nF (ctx context.Context,v * T) (* T,error)\nG ()\nfmt . Stringer\n}\n",
		"type T [] string\n", "type T map [string] int\nvar x T\nvar y = 1\n",
		"func (v * T) F () {}\nfunc G () {\n}\nfunc H () * T {\n}\nfunc (T) H () (int,error) {\nreturn 1,nil\n}\n",
		"func f (a,b int,c ... string) [] * T {\nreturn g (a,c ...)\n}\n",
		"func f (provide func (ctx context.Context) (T,error)) Option {\nreturn with (func (x * T) error {\nreturn nil\n},provide)\n}\n",
		"func f () func (x int) bool {\nreturn func (x int) bool {\nreturn ! g (x)\n}\n}\n",
		"func f (v int) {\nswitch v {\ncase 1,2: \ng (- 1)\nh (a [i],b [1 : 2])\ndefault: \nreturn\n}\n}\n",
		"func f () {\nif a == nil && b != \"\" {\ng ()\n} else if c {\nh ()\n} else {\ni ()\n}\n}\n",
		"func f () {\nfor i := range 10 {\nx [i] = (* string) (& v . A)\n}\nfor a (& m);b (& m); {\nc ((* string) (& v . A))\n}\n}\n",
		"func f () {\nif a == b - 1 {\ng (a + b)\n}\nx := a + b * c\ny := a * b\nz := f (a * b)\ni ++\n}\n", "func f () {\nx := * p\n* p = & T {}\ny = - x\n}\n",
		"func f () {\nif (a) {\ng ((b))\n}\nreturn (c)\n}\n", "func f () {\n\nx ()\n\n\ny ()\n\n}\n", "func f () {\nx () // why\n// end\n}\n",
		"var x = T {\nid : \"a\",\nlonger : 3 * time.Second,\nlist : [] int {0,1},\nrows : [] row {\n{name : \"a\",kind : k},\n{},\n},\nf : func (x int) int {\nreturn x\n},\nb : 1,\n}\n",
		"var x = map [string] int {\n\"a\" : 1,\n\"äö\" : 2,\n\"abc\" : 3,\n}\n", "var x = T {\na : 1,\n// note.\nbcd : 2,\n}\n",
		"var x = map [string] string {\n\"0123456789012345678901234567890123456789012345\" : \"\",\n\"a\" : \"\",\n}\n",
		"func f () {\nif q := after (src,p,`\"a\":`); q > 0 && isDigit (src [q]) {\np = pastComma (src,d . intAt (q,& v . A . value))\nv . A . set = true\nseen |= 1 << atA\n}\n}\n", "func f () {\nconst (\natA = iota\natLonger\nb\n)\nconst c = 1\n}\n", "const (\na = iota\nb\nlong = 3\n)\n",
		"const (\n// A one.\nA Code = 1\n// B two.\nLong Code = - 2\n)\nconst c = 1 << 3\n", "const (\nA = 1\nLong = 2\n)\n", "import (\n\"b\"\n\"a\"\n)\n", "import (\n\"a\"\n\"b/c\"\n)\n",
		"// F does.\n// - one\n// - two\nfunc F () {}\n", "// F does.\n//\n// Heading\n//\n// Text.\nfunc F () {}\n", "// F ``quotes'' it.\nfunc F () {}\n", "// Apart.\n\nfunc F () {}\n",
		"//go:noinline\nfunc F () {}\n", "// F does.\n//    code\nfunc F () {}\n", "// F does.\n// 1. one\nfunc F () {}\n", "// F.\n//\n// [a]: http://x\nfunc F () {}\n",
		"func f () {\ng (func () {\na ()\n},func (x int) {\nb ()\n},c).d (\"e\",[] T {\n{1},\n},func () {\nh ()\n})\n}\n",
		"var x = [] T {\nf (\"a\",func () {\na ()\n},& T {\nk : 1,\nlong : func () {\nb ()\n},\n},g (func () {\nc ()\n},func () {\nd ()\n})),\nf (1),\n}\n",
		"var x = T {\nkey : f (func () {\na ()\n},func () {\nb ()\n}),\nk : 1,\n}\n", "func f () {\ng (T {\na : 1,\n},T {\nb : 2,\n})\nif x {\na ()\n} else if g (func () {\nb ()\n},func () {\nc ()\n}) {\nd ()\n}\n}\n",
		"var x = `a\nb  c`\n", "var x = 'a'\nvar y = \"a  b\\\"{\"\n", "var x = 0XFF\nvar y = 1E3\n", "func f [T any] (x T) {\ng [T] (x)\n}\n",
		"func f () {\nselect {\ncase <- c: \ngo g ()\n}\nl:\nx . (T)\n}\n", "func f () {\ng (a,\nb)\nh (\na,\nb,\n)\nreturn a &&\nb\n}\n", "func f () {\nx := struct{a int} {1}\nvar y interface{}\n}\n",
	} {
		want, err := format.Source([]byte(head + source))
		require.NoError(t, err, source)
		got, err := layout([]byte(head + source))
		require.NoError(t, err, source)
		require.Equal(t, string(want), string(got))

		documented := strings.Replace(head, "package", "// Package p does.\npackage", 1) + source
		want, err = format.Source([]byte(documented))
		require.NoError(t, err, source)
		got, err = layout([]byte(documented))
		require.NoError(t, err, source)
		require.Equal(t, string(want), string(got))
	}
	_, err := layout([]byte(head + "func f () {\nx := := 1\n}\n"))
	require.Error(t, err, "what is no Go is an error")
}
