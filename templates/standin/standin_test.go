package standin

// What of the stand-in does not depend on a generated package. The rest is tested in internal/standin, with real ones.

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestClock(t *testing.T) {
	var c Clock
	require.WithinDuration(t, time.Now(), c.Now(), time.Minute)
	c.Advance(time.Hour)
	require.WithinDuration(t, time.Now().Add(time.Hour), c.Now(), time.Minute)
	c.Stop()
	stopped := c.Now()
	require.Equal(t, stopped, c.Now())
	c.Advance(-2 * time.Hour)
	require.Equal(t, stopped.Add(-2*time.Hour), c.Now())
	c.Start()
	require.WithinDuration(t, time.Now().Add(-time.Hour), c.Now(), time.Minute)
	c.Set(time.Unix(7, 0))
	require.Equal(t, time.Unix(7, 0), c.Now())
}

func TestSamePath(t *testing.T) {
	for _, test := range []struct {
		pattern, path string
		same          bool
	}{
		{"/a/b", "/a/b", true},
		{"/a/b", "/a/b/", true},
		{"/a/b/", "/a/b", true},
		{"/a/b", "/a/c", false},
		{"/a/{id}/c", "/a/1/c", true},
		{"/a/{id}/c", "/a//c", false},
		{"/a/{id}/c", "/a/1/2/c", false},
		{"/a/{id}", "/a/1/c", false},
		{"/a/{id}", "/a", false},
	} {
		require.Equal(t, test.same, samePath(test.pattern, test.path), "%v", test)
	}
}

func TestAllowance(t *testing.T) {
	var a allowance
	now := time.Unix(1000, 0)
	n := 0
	for a.allowed(now) {
		n++
	}
	require.Equal(t, searchesAtOnce, n)
	require.False(t, a.allowed(now.Add(10*time.Millisecond)))
	require.True(t, a.allowed(now.Add(time.Second)))
}

// Faults come as often as they are asked for, and a seed repeats them.
func TestDraw(t *testing.T) {
	rates := map[Fault]float64{FaultSlow: 0.25, FaultReset: 0.5}
	one, other := newChance(3, rates), newChance(3, rates)
	counts := map[Fault]int{}
	for range 10_000 {
		fault := one.draw()
		require.Equal(t, fault, other.draw())
		counts[fault]++
	}
	require.InDelta(t, 2500, counts[FaultSlow], 200)
	require.InDelta(t, 5000, counts[FaultReset], 200)
	require.InDelta(t, 2500, counts[""], 200)
	var none *chance
	require.Empty(t, none.draw())
}

func TestCutWishes(t *testing.T) {
	rest, result, example, fault := cutWishes("b=%41+&stand-in-result=-1%2Ctext&a==1&stand-in-fault=502&stand-in-example=x+y&stand-in-fault=%zz", "7", "", "")
	require.Equal(t, "b=%41+&a==1&stand-in-fault=%zz", rest)
	require.Equal(t, []string{"-1,text", "x y", "502"}, []string{result, example, fault})
}

func TestSignedByCaller(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "plain": "plain", "base64:YQpi": "a\nb", "base64:%": "base64:%", "a%0Ab": "a\nb", "50% off": "50% off",
	} {
		require.Equal(t, want, signedByCaller(http.Header{headerSigned: {text}}))
	}
}

func TestHeaderText(t *testing.T) {
	require.Equal(t, `a; "b\u00e9\n"; c`, headerText("a\n  \"b\u00e9\\n\"\n  c"))
	require.NotContains(t, headerText("a\r\nX: y\x00"), "\n")
	require.Len(t, headerText(strings.Repeat("x", 10_000)), 4096)
}

func TestSuccessor(t *testing.T) {
	for _, secret := range []string{"1", "demo-enckey-0123", strings.Repeat("k", 200)} {
		next := successor(secret)
		require.Len(t, next, len(secret))
		require.NotEqual(t, secret, next)
		require.Equal(t, next, successor(secret))
	}
}

func TestReadCredentials(t *testing.T) {
	known := map[string]bool{"key": true, "key.previous": true, "s/key": true, "app-id": true, "s/app-id": true}
	all := map[string]string{}
	require.Empty(t, readCredentials("\ufeff# a\n---\nkey: 'a b' \nkey.previous = 12 # why\r\ns:\n  key: \"x\"\nexport MSDKGEN_APP_ID=7\n", known, all))
	require.Equal(t, map[string]string{"key": "a b", "key.previous": "12", "s/key": "x", "app-id": "7"}, all)
	for text, problem := range map[string]string{
		"key":        "1: the line is neither NAME=value nor NAME: value",
		"\nother: 1": "2: no document has a credential of this name",
		"key: 'a":    "1: the quotes around the value are not closed",
	} {
		require.Equal(t, problem, readCredentials(text, known, map[string]string{}))
	}
}

func TestPrintable(t *testing.T) {
	require.Equal(t, "a?b?", printable("a\nb\xff"))
	require.Less(t, len(printable(strings.Repeat("x", 5000))), 300)
}
