package codectest

import (
	"math"
	"reflect"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/msdkgen/msdkgen/generated/timgroup"
)

// set puts a text into every plain string below v, and a number into every integer.
func set(v reflect.Value, text string, number int64) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int64:
		v.SetInt(number)
	case reflect.Slice:
		for i := range v.Len() {
			set(v.Index(i), text, number)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				set(f, text, number)
			}
		}
	}
}

// What callers put into a value may be anything: bytes that are not UTF-8 become U+FFFD, as encoding/json has it.
func TestWrittenValues(t *testing.T) {
	reply, request := target(t, "timgroup.GetGroupInfoResponse"), target(t, "timgroup.GetGroupInfoRequest")
	values := map[*Target]Codec{
		reply: &timgroup.GetGroupInfoResponse{GroupInfo: []timgroup.GroupInfo{
			{AppDefinedData: []timgroup.CustomField{{}}}, {MemberList: []timgroup.GroupMember{{AppMemberDefinedData: []timgroup.CustomField{{}}}}},
		}},
		request: &timgroup.GetGroupInfoRequest{GroupIDList: make([]timgroup.GroupID, 2)},
	}
	check := func(text string, number int64) {
		for target, v := range values {
			set(reflect.ValueOf(v).Elem(), text, number)
			written := v.AppendJSON(nil)
			set(reflect.ValueOf(v).Elem(), string([]rune(text)), number)
			tree, err := ParseStd(string(written))
			require.NoError(t, err, "%s", written)
			require.Equal(t, target.Print(v), target.Expect(tree, ParseStd, Form{}).Value, "%q, %d", text, number)
			require.NoError(t, target.checkBuffers(text, v, v.AppendJSON(nil)))
		}
	}
	Texts(11, func(text string) { check(text, 0) })
	for digits, n := 0, int64(1); digits < 19; digits, n = digits+1, n*10 {
		for _, near := range []int64{n - 1, n, n + 1, 1234567890123456789 / n} {
			check(strconv.FormatInt(near, 10), near)
			check("", -near)
		}
	}
	check("", math.MaxInt64)
	check("", math.MinInt64)
}
