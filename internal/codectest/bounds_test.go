package codectest

import (
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Documents that are nested as deeply as they may be, and a little more, in each way to be nested.
func TestDepth(t *testing.T) {
	member, reply, channel := target(t, "timgroup.GroupMember"), target(t, "timgroup.GetGroupInfoResponse"), target(t, "msdk.GetGroupInfoWeChatResponse")
	for n := 55; n < 70; n++ {
		lists := strings.Repeat("[", n) + strings.Repeat("]", n)
		objects := strings.Repeat(`{"a":`, n) + "1" + strings.Repeat("}", n)
		mixed := strings.Repeat(`[{"a":`, n/2) + "[ ]" + strings.Repeat("}]", n/2)
		for _, value := range []string{lists, objects, mixed} {
			require.NoError(t, member.Check(value, ParseStd))
			require.NoError(t, member.Check(`{"x":`+value+`,"Role":"a"}`, ParseStd))
			require.NoError(t, member.Check(`{"a":[[{}]],"x":`+value+`,"AppMemberDefinedData":[{"x":`+value+`}]}`, ParseStd))
			require.NoError(t, reply.Check(`{"ErrorCode":0,"GroupInfo":[{"MemberList":[{"x":`+value+`}]},{"x":`+value+`}]}`, ParseStd))
			require.NoError(t, channel.Check(`{"ret":0,"channel_info":`+spell(Seeded(1), `{"x":`+value+`}`, false)+`}`, ParseStd))
		}
	}
}

// What a text makes a decoder allocate is a small multiple of the text, and texts that ask for more are refused.
func TestMemory(t *testing.T) {
	const size, factor, floor = 1 << 20, 24, 16 << 20
	reply := target(t, "timgroup.GetGroupInfoResponse")
	filled := func(head, part, tail string) string {
		return `{"ErrorCode":0,` + head + strings.Repeat(part, size/len(part)) + tail
	}
	for name, c := range map[string]struct {
		text  string
		taken bool
	}{
		"empty objects":      {filled(`"GroupInfo":[`, `{},`, `{}]}`), false},
		"objects in objects": {filled(`"GroupInfo":[`, `{"MemberList":[{},{}]},`, `{}]}`), false},
		"unknown members":    {filled(`"GroupInfo":[{`, `"":1,`, `"":1}]}`), false},
		"unknown lists":      {filled(`"x":[`, `[],{},`, `0]}`), true},
		"brackets":           {filled(`"x":`, `[`, ``), false},
		"escapes":            {filled(`"ErrorInfo":"`, `\n`, `"}`), true},
		"digits":             {filled(`"ErrorCode":`, `1`, `}`), false},
		"members":            {filled(`"GroupInfo":[{"MemberList":[`, `{"Member_Account":"someone","Role":"Member","JoinTime":1425976500},`, `{}]}]}`), true},
	} {
		v := reply.New()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := v.UnmarshalJSON([]byte(c.text))
		runtime.ReadMemStats(&after)
		require.Equal(t, c.taken, err == nil, "%s: %v", name, err)
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(factor*len(c.text)+floor), name)
	}
}
