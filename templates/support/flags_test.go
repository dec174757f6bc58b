package support

import (
	"strconv"
	"testing"
)

func TestFlagNames(t *testing.T) {
	name := func(v int32) string {
		switch v {
		case 1:
			return "Read"
		case 4:
			return "Write"
		}
		return strconv.Itoa(int(v))
	}
	for v, want := range map[int32]string{0: "0", 1: "Read", 5: "Read|Write", 6: "2|Write", -1 << 31: "-2147483648"} {
		if got := flagNames(v, name); got != want {
			t.Errorf("%d prints as %q, want %q", v, got, want)
		}
	}
	if got := flagNames(uint64(1)<<63|1, func(v uint64) string { return strconv.FormatUint(v, 10) }); got != "1|9223372036854775808" {
		t.Errorf("the highest bit: %q", got)
	}
}
